"""Search as a visitor meets it: on its own page, in the header of every other, by keyboard, and
when something fails.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from conftest import serving
from looking import axe, listening, tab
from test_browser import visit

STATUS = "[data-search-status]"
RESULT = "[data-search-result]"
BOX = "input[type=search][name=q]"
STATES = """() => { window.states = []; const e = document.querySelector('[data-search-status]');
    new MutationObserver(() => window.states.push(e.dataset.searchStatus))
        .observe(e, {attributes: true, attributeFilter: ['data-search-status']}); }"""


def ask(page: Page, server: str, question: str, more: str = "") -> list[str]:
    """Open the search page with a question; give the slugs it shows."""
    page.goto(f"{server}/zoeken/?q={quote(question)}{more}")
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    return slugs(page)


def slugs(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        RESULT, "results => results.map(r => r.dataset.slug)"
    )
    return found


def type_text(page: Page, text: str) -> None:
    page.locator(BOX).fill(text)
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")


def hits(text: str) -> int:
    """Read ‘1.204 resultaten’."""
    return int(re.sub(r"\D", "", text.split()[0]))


# The search page


def test_an_address_with_a_question_shows_its_results_best_first(page: Page, server: str) -> None:
    found = ask(page, server, "buurtbudget")
    assert "een-euro-per-bewoner" in found
    assert len(found) == len(set(found)) <= 10
    expect(page.locator(BOX)).to_have_value("buurtbudget")
    expect(page.locator(BOX)).to_have_count(1)
    assert hits(page.inner_text(STATUS)) >= len(found)
    for slug, address in page.eval_on_selector_all(
        RESULT, "rs => rs.map(r => [r.dataset.slug, r.querySelector('a').pathname])"
    ):
        assert (
            address.strip("/") == slug if "/" in slug else address.strip("/").split("/")[1] == slug
        )
    page.locator(f"{RESULT} a").first.click()
    page.wait_for_url(re.compile(f"/{found[0]}/$"))


def test_typing_answers_every_time_also_to_the_same_text(page: Page, server: str) -> None:
    ask(page, server, "dorpsraad")
    page.evaluate(STATES)
    for _ in range(2):
        page.evaluate("window.states.length = 0")
        type_text(page, "moestuin")
        page.wait_for_function("window.states.at(-1) === 'done'")
        assert page.evaluate("window.states") == ["busy", "done"]
        assert slugs(page)[:2] == ["moestuin-achter-de-kerk", "onderwerpen/moestuin"]
    page.evaluate("window.states.length = 0")
    page.locator(BOX).fill("")
    page.wait_for_function("window.states.at(-1) === 'done'")
    assert slugs(page) == []
    expect(page.locator(BOX)).to_be_focused()


def test_the_last_of_quick_keystrokes_wins(page: Page, server: str) -> None:
    ask(page, server, "dorp")
    page.locator(BOX).fill("")
    page.locator(BOX).press_sequentially("wandelkaart", delay=5)
    page.wait_for_url("**/zoeken/?q=wandelkaart")
    expect(page.locator(f"{RESULT}[data-slug=wandelkaart]")).to_have_count(1)
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")


SHOWN = """() => {
    const find = (what) => document.querySelector(what);
    window.shown = [];
    window.drawn = 0;
    new MutationObserver(() => window.shown.push([
        find('[data-resultaten]').children.length, find('[data-search-status]').textContent,
        find('[data-zoekhulp]').textContent,
    ])).observe(find('[data-zoekpagina]'), {childList: true, subtree: true, characterData: true});
    new MutationObserver(() => { window.drawn += 1; })
        .observe(find('[data-facetgroepen]'), {childList: true});
}"""
"""Notes at each change what is in sight: answers, the status, how the question was read. And counts
how often the filters are drawn.
"""


def watched(page: Page, text: str) -> list[tuple[int, str, str]]:
    """Type by key behind what is in the box, rest, and give what was in sight on the way."""
    page.wait_for_selector("[data-facet]")
    page.evaluate(SHOWN)
    page.locator(BOX).press("End")
    page.keyboard.type(text, delay=20)
    address = f"**/zoeken/?q={quote(page.locator(BOX).input_value()).replace('%20', '+')}"
    page.wait_for_url(address)
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    found: list[tuple[int, str, str]] = page.evaluate("window.shown")
    assert found
    return found


def test_while_a_word_is_typed_its_answers_stay(page: Page, server: str) -> None:
    ask(page, server, "wan")
    shown = watched(page, "delkaart")
    assert min(number for number, _, _ in shown) > 0
    assert [status for _, status, _ in shown if "Niets" in status] == []
    page.wait_for_function("window.drawn > 0")
    assert page.evaluate("window.drawn") == 1, "filters are drawn after a rest"


def test_nobody_is_told_what_lacks_before_she_rests(page: Page, server: str) -> None:
    ask(page, server, "moestuin")
    shown = watched(page, " xqzwvkj")
    assert min(number for number, _, _ in shown) > 0
    helped = [text for _, _, text in shown if text]
    assert helped and set(helped) == {"Niet gevonden en weggelaten: xqzwvkj."}
    ask(page, server, "moestuin")
    shown = watched(page, "xqzwvkj")
    assert {status for number, status, _ in shown if not number} == {"Niets gevonden"}


def test_an_answer_that_stays_is_not_drawn_anew(page: Page, server: str) -> None:
    ask(page, server, "moestuin")
    page.evaluate(f"window.first = document.querySelector('{RESULT}')")
    watched(page, " in")
    assert page.evaluate(f"window.first === document.querySelector('{RESULT}')")


def test_one_or_two_letters_say_what_to_do(page: Page, server: str) -> None:
    for question in ("m", "xq"):
        assert ask(page, server, question) == []
        expect(page.locator(STATUS)).to_have_text("Typ minstens 3 letters.")
        expect(page.locator("[data-zoekhulp]")).to_be_empty()
    page.locator(BOX).fill("moes")
    expect(page.locator(RESULT).first).to_be_visible()


def test_the_question_before_stays_in_the_history(page: Page, server: str) -> None:
    ask(page, server, "dorpsraad")
    before = slugs(page)
    page.locator(BOX).fill("")
    page.keyboard.type("moestuin", delay=20)
    page.wait_for_url("**/zoeken/?q=moestuin")
    page.locator(BOX).press("End")
    page.keyboard.type(" kerk", delay=20)
    page.wait_for_url("**/zoeken/?q=moestuin+kerk")
    page.locator(BOX).fill("wandelkaart")
    page.wait_for_url("**/zoeken/?q=wandelkaart")
    for question in ("moestuin kerk", "dorpsraad"):
        page.go_back()
        expect(page.locator(BOX)).to_have_value(question)
    expect(page.locator(f"{RESULT} >> nth=0")).to_have_attribute("data-slug", before[0])


PASTE = """(text) => { const box = document.activeElement;
    document.execCommand('selectAll'); document.execCommand('insertText', false, text); }"""
WORDS = " ".join(["moestuin", *(f"woord{n}" for n in range(20))])


@pytest.mark.parametrize("question", [WORDS, "moestuin " + "x" * 300])
def test_a_text_that_is_too_long_is_cut_with_a_word_about_it(
    page: Page, server: str, question: str
) -> None:
    for place in ("zoeken/", "praktijken/"):
        page.goto(f"{server}/{place}", wait_until="networkidle")
        box = page.locator(BOX)
        box.click()
        page.evaluate(PASTE, question)
        told = page.locator("[data-zoekhulp], header form [role=status]")
        expect(told.filter(has_text="te lang")).to_be_visible()
        kept = box.input_value()
        assert question.startswith(kept) and len(kept) <= 200 and len(kept.split()) <= 16
    ask(page, server, question)
    expect(page.locator("[data-zoekhulp]")).to_contain_text("te lang")
    expect(page.locator(BOX)).to_have_value(kept)


def test_the_words_found_are_marked_and_another_word_is_explained(page: Page, server: str) -> None:
    ask(page, server, "tekeningen")
    marked = {text.lower() for text in page.locator(f"{RESULT} mark").all_inner_texts()}
    assert any("tekening" in text for text in marked)
    ask(page, server, "Klein Esdorp")
    assert re.search(
        r"Klein Esdorp hoort nu bij Veenhorst|gevonden via ‘.+’|als deel van ‘.+’",
        page.inner_text("[data-resultaten]"),
    )


def test_a_typing_error_is_mended_and_said(page: Page, server: str) -> None:
    mended = ask(page, server, "moestiun")
    expect(page.locator("[data-zoekhulp]")).to_contain_text(
        "Resultaten voor moestuin: ‘moestiun’ is gelezen als ‘moestuin’."
    )
    assert page.title().startswith("moestiun – Zoeken – ")
    assert "moestuin-achter-de-kerk" in mended
    page.get_by_role("button", name="Zoek toch naar moestiun").click()
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    page.wait_for_url("**/zoeken/?q=moestiun&letterlijk=1")
    expect(page.locator(STATUS)).to_have_text("Niets gevonden")
    page.get_by_role("button", name="Zoek ook naar woorden die erop lijken").click()
    expect(page.locator(RESULT)).to_have_count(len(mended))
    page.go_back()
    expect(page.locator(STATUS)).to_have_text("Niets gevonden")
    page.go_back()
    expect(page.locator(RESULT)).to_have_count(len(mended))


def test_what_is_not_found_can_be_asked_by_mail(page: Page, below: Path, server: str) -> None:
    mail = page.get_by_role("link", name="Mail ons uw vraag")
    with serving(below) as address:
        assert ask(page, address, "xqzwvk & jfkqwx") == []
        subject = parse_qs(urlsplit(mail.get_attribute("href") or "").query)["subject"]
        assert subject == ["Niet gevonden: xqzwvk & jfkqwx"]
        assert ask(page, address, "moestuin")
        expect(mail).to_have_count(0)
    assert ask(page, server, "xqzwvk jfkqwx") == []
    expect(mail).to_have_count(0)


def test_nothing_found_says_what_to_drop(page: Page, server: str) -> None:
    assert ask(page, server, "xqzwvk jfkqwx") == []
    expect(page.locator(STATUS)).to_have_text("Niets gevonden")
    page.get_by_role("button", name="zonder ‘jfkqwx’").click()
    expect(page.locator(BOX)).to_have_value("xqzwvk")
    assert ask(page, server, "Xqzwvké jfkqwx") == []
    page.get_by_role("button", name="zonder ‘xqzwvke’").click()
    expect(page.locator(BOX)).to_have_value("jfkqwx")
    expect(page.locator("[data-zoekhulp]")).to_contain_text("Probeer een ander woord")
    expect(page.locator(".letters")).to_be_visible()
    assert ask(page, server, "zwembadraad") == []
    page.locator("[data-zoekhulp]").get_by_role("button").first.click()
    expect(page.locator(BOX)).not_to_have_value("zwembadraad")
    expect(page.locator(RESULT).first).to_be_visible()
    ask(page, server, "moestuin", "&status=gepland&jaar=1999")
    expect(page.locator(STATUS)).to_have_text("Niets gevonden")
    page.get_by_role("button", name="Haal alle filters weg").click()
    expect(page.locator(RESULT).first).to_be_visible()


def test_few_answers_have_more_beside_them_under_a_heading(page: Page, server: str) -> None:
    """Which are no answers themselves, and go with the question."""
    beside = page.get_by_role("list", name="Misschien helpt dit ook")
    assert ask(page, server, "draaiboek") == ["moestuin-achter-de-kerk"]
    expect(beside.get_by_role("listitem").first).to_contain_text("hoort bij ‘")
    assert axe(page) == []
    ask(page, server, "budget")
    expect(beside).to_be_hidden()


def test_a_word_that_was_left_out_is_named(page: Page, server: str) -> None:
    assert ask(page, server, "moestuin xqzwvkj")
    expect(page.locator("[data-zoekhulp]")).to_contain_text("weggelaten: xqzwvkj")


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)> dorpsraad",
        "<b>moestuin</b>",
        "dorpsraden<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
    ],
)
def test_html_in_a_question_stays_text(page: Page, server: str, question: str) -> None:
    with listening(page, dialog=lambda dialog: pytest.fail(dialog.message)):
        ask(page, server, question)
    expect(page.locator(BOX)).to_have_value(question)
    assert (
        page.locator("main img, main script, main b, main svg[onload], header svg[onload]").count()
        == 0
    )


def test_a_filter_is_in_the_address_and_goes_back(page: Page, server: str) -> None:
    everything = ask(page, server, "bewoners")
    total = hits(page.inner_text(STATUS))
    facet = page.locator("[data-facet=aandachtsveld]")
    facet.locator("summary").click()
    choice = facet.locator("input").first
    value, number = choice.get_attribute("value"), int(facet.locator(".telling").first.inner_text())
    choice.check()
    page.wait_for_url(f"**/zoeken/?q=bewoners&aandachtsveld={value}")
    expect(page.locator(STATUS)).to_contain_text(re.compile(f"^{number} resulta"))
    assert number < total
    expect(facet.locator("input").first).to_be_checked()
    page.go_back()
    page.wait_for_url("**/zoeken/?q=bewoners")
    expect(page.locator(STATUS)).to_contain_text(re.compile(f"^{total} resulta"))
    assert slugs(page) == everything
    page.go_forward()
    expect(page.locator(STATUS)).to_contain_text(re.compile(f"^{number} resulta"))
    page.reload()
    expect(page.locator(STATUS)).to_contain_text(re.compile(f"^{number} resulta"))


def test_filters_load_when_one_is_opened_and_stay_counted(browser: Browser, server: str) -> None:
    asked: list[str] = []
    with tab(browser) as page, listening(page, request=partial(note, asked)):
        manifest = page.request.get(f"{server}/zoek/manifest.json").json()
        columns = f"/zoek/f/{manifest['facetten']}.json"
        ask(page, server, "bewoners")
        page.wait_for_selector("[data-facet]")
        page.wait_for_load_state("networkidle")
        assert columns not in asked
        shown = page.locator("[data-facet] > summary").all_inner_texts()
        page.route(f"**{columns}", lambda route: route.abort())
        theme = page.locator("[data-facet=aandachtsveld]")
        summary = theme.locator("summary")
        summary.press("Enter")
        expect(theme).to_contain_text("Filteren lukt nu niet.")
        page.unroute(f"**{columns}")
        summary.press("Enter")
        summary.press("Enter")
        expect(theme.locator(".telling").first).to_have_text(re.compile(r"^\d+$"))
        expect(summary).to_be_focused()
        assert columns in asked
        assert set(page.locator("[data-facet] > summary").all_inner_texts()) <= set(shown)
        page.locator(BOX).fill("wandelkaart")
        page.wait_for_url("**/zoeken/?q=wandelkaart")
        expect(theme).to_have_attribute("open", "")
        expect(theme.locator("fieldset")).not_to_contain_text("Bezig")


def test_an_answer_whose_text_does_not_come_shows_its_summary(
    browser: Browser, server: str
) -> None:
    asked: list[str] = []
    with tab(browser) as page, listening(page, request=partial(note, asked)):
        ask(page, server, "stoel")
        answers = page.locator("[data-search-result]")
        slugs = [one.get_attribute("data-slug") for one in answers.all()]
        assert any(path.startswith("/data/") for path in asked)
        page.route("**/data/*/*.json*", lambda route: route.abort())
        page.reload()
        page.wait_for_selector("[data-search-status=done]")
        assert [one.get_attribute("data-slug") for one in answers.all()] == slugs


def test_a_municipality_is_typed_and_narrows_the_answers(page: Page, server: str) -> None:
    ask(page, server, "dorpsraden")
    everything = page.locator("[data-search-status]").inner_text()
    page.locator("[data-facet=gemeente] > summary").press("Enter")
    field = page.get_by_label("Typ en kies een gemeente")
    field.fill("Waddenoord")
    field.press("Enter")
    expect(page).to_have_url(f"{server}/zoeken/?q=dorpsraden&gemeente=waddenoord")
    expect(page.locator("[data-search-result]").first).to_have_attribute(
        "data-slug", "kijken-bij-de-buren"
    )
    page.get_by_role("button", name="Waddenoord weghalen").press("Enter")
    expect(page.locator("[data-search-status]")).to_have_text(everything)


def test_a_chosen_filter_is_a_button_that_takes_it_away(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})  # the filters themselves are folded
    assert ask(page, server, "bewoners", "&soort=kijkdag&doelgroep=tekenaar") == []
    page.get_by_role("button", name="tekenaar weghalen").press("Enter")
    page.wait_for_url("**/zoeken/?q=bewoners&soort=kijkdag")
    expect(page.get_by_role("button", name="kijkdag weghalen")).to_be_focused()
    expect(page.locator(RESULT).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=bewoners")
    expect(page.get_by_text("Filter de resultaten")).to_be_focused()
    expect(page.locator("[data-keuzes]")).to_be_empty()


def test_more_results_on_request(page: Page, server: str) -> None:
    first = ask(page, server, "bewoners")
    assert len(first) == 10 < hits(page.inner_text(STATUS))
    page.get_by_role("button", name="Toon meer").press("Enter")
    expect(page.locator(RESULT)).to_have_count(min(20, hits(page.inner_text(STATUS))))
    expect(page.locator(f"{RESULT} a").nth(10)).to_be_focused()
    assert slugs(page)[:10] == first


def test_whoever_comes_back_finds_the_place_where_she_was(page: Page, server: str) -> None:
    first = ask(page, server, "bewoners")
    page.get_by_role("button", name="Toon meer").click()
    page.wait_for_url("**/zoeken/?q=bewoners&toon=20")
    shown = slugs(page)
    assert len(first) < len(shown)
    link = page.locator(f"{RESULT} a").last
    link.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 500
    link.click()
    page.wait_for_selector("body[data-page-slug], main h1")
    page.go_back()
    page.reload()
    expect(page.locator(RESULT)).to_have_count(len(shown))
    assert slugs(page) == shown
    page.wait_for_function("place => Math.abs(scrollY - place) < 50", arg=place)


def test_the_count_is_announced_politely(page: Page, server: str) -> None:
    ask(page, server, "bewoners")
    status = page.locator(STATUS)
    expect(status).to_have_role("status")
    expect(status).to_have_text(re.compile(r"^\d+ resultaten$"))


@pytest.mark.parametrize("question", ["stemmen met bonen", "moestiun", "xqzwvk jfkqwx"])
def test_results_are_accessible_in_light_and_dark(page: Page, server: str, question: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    if ask(page, server, question):
        page.wait_for_selector("[data-facet]")
        page.locator("[data-facet] summary").first.click()
    assert axe(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert axe(page, runOnly=["color-contrast"]) == [], "only the colours differ in the dark"


# The header's box


def test_the_header_gives_first_answers_by_keyboard(page: Page, server: str) -> None:
    page.goto(f"{server}/praktijken/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    box = page.locator(f"header {BOX}")
    expect(box).to_be_focused()
    page.keyboard.type("stemmen met bonen")
    options = page.get_by_role("listbox", name="Eerste resultaten").get_by_role("option")
    expect(options.last).to_contain_text(re.compile(r"Alle \d+ resultaten"))
    expect(options.last).to_have_attribute(
        "data-adres", f"{server}/zoeken/?q=stemmen+met+bonen"
    )  # the last keystroke is answered
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Eerste resultaten")).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    address = options.first.get_attribute("data-adres")
    page.keyboard.press("Enter")
    page.wait_for_url(str(address))


def test_enter_without_a_choice_opens_the_search_page(page: Page, server: str) -> None:
    page.goto(f"{server}/praktijken/stille-avond-in-de-raadzaal/")
    page.locator(f"header {BOX}").fill("Tweelanden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=Tweelanden")
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    expect(page.locator(BOX)).to_have_value("Tweelanden")


def test_the_header_s_answers_are_accessible_and_announced(page: Page, server: str) -> None:
    page.goto(f"{server}/instrumenten/")
    page.locator(f"header {BOX}").click()
    page.keyboard.type("bewoners")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator("header form [role=status]")).to_have_text(re.compile(r"^\d+ resultaten$"))
    assert axe(page) == []


def test_the_header_says_what_to_type_and_waits_with_what_lacks(page: Page, server: str) -> None:
    page.goto(f"{server}/praktijken/", wait_until="networkidle")
    box, said = page.locator(f"header {BOX}"), page.locator("header form [role=status]")
    box.click()
    page.keyboard.type("mo")
    expect(said).to_have_text("Typ minstens 3 letters.")
    expect(said).to_be_visible()
    page.keyboard.type("estui")
    options = page.locator("header [role=option]")
    expect(options.first).to_be_visible()
    page.evaluate("""() => {
        const list = document.querySelector('[role=listbox]');
        window.said = [];
        new MutationObserver(() => window.said.push(list.innerText))
            .observe(list, {childList: true, attributes: true});
    }""")
    page.keyboard.type("n xqzwvkj", delay=20)
    expect(options.last).to_have_attribute("data-adres", re.compile("xqzwvkj$"))
    assert all("Alle" in text for text in page.evaluate("window.said"))


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_first_answers_are_never_cut_off(page: Page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server)
    for form in ("header form", "main form"):
        page.locator(f"{form} {BOX}").click()
        page.keyboard.type("bewoners")
        last = page.locator(f"{form} [role=option]").last
        expect(last).to_have_attribute("data-adres", re.compile("=bewoners$"))
        assert last.evaluate("""e => {
            const {left, right, bottom} = e.getBoundingClientRect();
            const seen = x => e.contains(document.elementFromPoint(x, bottom - 2));
            return seen(left + 8) && seen(right - 8);
        }""")
        page.keyboard.press("Escape")


# What is loaded, and what fails


def note(asked: list[str], request: Request) -> None:
    asked.append(urlsplit(request.url).path)


def test_a_page_view_without_a_search_loads_nothing_of_it(page: Page, server: str) -> None:
    for address in ("/", "/praktijken/een-euro-per-bewoner/", "/gemeenten/zaalbeek/"):
        asked: list[str] = []
        with listening(page, request=partial(note, asked)):
            page.goto(server + address, wait_until="networkidle")
        assert [path for path in asked if "/zoek/" in path or "lunr" in path] == [], address


def test_a_question_loads_only_the_shards_it_needs(page: Page, server: str) -> None:
    asked: list[str] = []
    with listening(page, request=lambda request: asked.append(urlsplit(request.url).path)):
        ask(page, server, "moestuin Twentemark")
        page.wait_for_load_state("networkidle")
    shards = [path for path in asked if "/zoek/t/" in path]
    assert 1 <= len(shards) == len(set(shards))
    assert [path for path in asked if "/zoek/w/" in path] == [], "word lists are for typing errors"
    assert all(path.startswith("/") for path in asked)


def test_the_question_in_the_address_is_begun_before_the_page_can_ask(
    browser: Browser, server: str
) -> None:
    with tab(browser) as page:
        page.route("**/zoek/pagina.js", lambda route: route.abort())
        with page.expect_request(lambda request: "/zoek/t/" in request.url):
            page.goto(f"{server}/zoeken/?q=moestuin")


def test_the_manifest_is_fetched_once_beside_the_worker(browser: Browser, server: str) -> None:
    asked: list[str] = []
    with tab(browser) as page, listening(page, request=partial(note, asked)):
        held: list[Route] = []
        page.route("**/zoek/werker.js", lambda route: held.append(route))
        with page.expect_response("**/zoek/manifest.json"):
            page.goto(f"{server}/zoeken/?q=moestuin")
        assert len(held) == 1, "the worker is not there yet"
        held[0].continue_()
        expect(page.locator(RESULT).first).to_be_visible()
    assert len([path for path in asked if path.endswith("/manifest.json")]) == 1


SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
    window.shifts.push(...list.getEntries().filter(e => !e.hadRecentInput).map(e => e.value));
}).observe({type: 'layout-shift', buffered: true});"""


@pytest.mark.parametrize("question", ["bewoners", "moestiun", "xqzwvk", "moestuin&status=lopend"])
def test_the_page_does_not_jump_when_its_answer_comes(
    browser: Browser, server: str, question: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/zoek/manifest.json", lambda route: held.append(route))
    page.goto(f"{server}/zoeken/?q={question}", wait_until="load")
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    expect(page.get_by_role("heading", name="Op thema")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    expect(page.get_by_role("heading", name="Op thema")).to_be_visible()
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    assert sum(page.evaluate("window.shifts")) < 0.05
    context.close()


def test_without_a_network_the_page_says_so(browser: Browser, server: str) -> None:
    context = browser.new_context()  # of its own, that has fetched nothing yet
    page = context.new_page()
    ask(page, server, "dorpsraad")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.locator(BOX).fill("zeggenschap moestuin")
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "error")
    expect(page.locator("[data-zoekhulp]")).to_contain_text("Zoeken lukt nu niet")
    context.set_offline(False)
    page.locator(BOX).fill("moestuin")
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    assert slugs(page)
    context.close()


def test_when_the_index_is_gone_the_page_says_so(browser: Browser, server: str) -> None:
    with tab(browser) as page:
        page.route("**/zoek/manifest.json", lambda route: route.fulfill(status=404))
        page.goto(f"{server}/zoeken/?q=dorpsraad")
        expect(page.locator(STATUS)).to_have_attribute("data-search-status", "error")
        expect(page.locator("[data-zoekhulp]")).to_contain_text("Zoeken lukt nu niet")


def test_from_a_file_the_page_says_so(browser: Browser, site: Path) -> None:
    with tab(browser) as page:
        page.goto(f"{(site / 'zoeken' / 'index.html').as_uri()}?q=dorpsraad")
        expect(page.locator(".letters")).to_be_visible()
        expect(page.locator("main")).to_contain_text(re.compile("los bestand", re.IGNORECASE))


def test_without_javascript_there_are_overviews(browser: Browser, server: str) -> None:
    with visit(browser, server, "zoeken", java_script_enabled=False) as (page, wrong):
        expect(page.get_by_role("heading", name="Op thema")).to_be_visible()
        page.locator(".letters a").first.click()
        expect(page.locator(".register h3").first).to_be_in_viewport()
        assert page.locator(".titels a").count() == 40
        assert wrong == []
