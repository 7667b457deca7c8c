"""Lists as a visitor filters them, catalogues and what lies under a term or in an overview: by
mouse and keyboard, by address, and without JavaScript.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from building import pages, platform_of
from kennisplatform.derive.catalogue import listing
from kennisplatform.model.text import sort_key
from kennisplatform.site.site import site_pages
from kennisplatform.site.term import TermPagina
from looking import PHONE, axe, listening, tab, visit

FIELD = "aandachtsvelden/heldere-besluiten"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(".sorteren:not([inert])")
    return page


def count(page: Page) -> int:
    return int(page.inner_text("[data-count]").split()[0])


def slugs(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "[data-card]", "cards => cards.map(c => c.dataset.slug)"
    )
    return found


ONE_DAY = """---
titel: {titel}
samenvatting: Iets.
aandachtsveld: [Heldere besluiten]
datum: {datum}
gemeente: [Zaalbeek]
{periode}---
Tekst.
"""
OLD = {
    "a": ("'s Avonds op pad", ""),
    "b": ("Zes bankjes", "periode: {van: 2018, tot: 2021}\n"),
    "c": ("Achter de dijk", "periode: {van: 2019}\n"),
    "d": ("Één boom", "periode: {van: 2019}\n"),
}


def test_of_one_day_the_latest_year_comes_first_and_nothing_is_new(tmp_path: Path) -> None:
    texts = {
        f"practices/{slug}.md": ONE_DAY.format(titel=titel, datum="2026-03-09", periode=periode)
        for slug, (titel, periode) in OLD.items()
    }
    one_day = platform_of(pages(tmp_path / "one-day", texts))
    assert [p.slug for p in one_day.library.newest] == ["b", "c", "d", "a"]
    assert one_day.newest == ()
    texts["practices/e.md"] = ONE_DAY.format(titel="Erbij", datum="2026-03-10", periode="")
    later = platform_of(pages(tmp_path / "later", texts))
    assert [p.slug for p in later.newest] == ["e"]


def test_a_list_begins_with_what_happened_last_whoever_checked_it_when(tmp_path: Path) -> None:
    """Of the source where the page has no period; a plan for later years is of its own day."""
    sources = "bronnen: [{titel: Een rapport, datum: 2020-05}]\n"
    more = {
        "e": ("Bron", sources),
        "f": ("Oud", "periode: {van: 2012}\ngecontroleerd: 2026-05-01\n" + sources),
        "g": ("Plan", "periode: {van: 2018, tot: 2040}\n"),
    }
    texts = {
        f"practices/{slug}.md": ONE_DAY.format(titel=titel, datum="2026-03-09", periode=lines)
        for slug, (titel, lines) in (OLD | more).items()
    }
    texts["practices/h.md"] = ONE_DAY.format(
        titel="Later erbij", datum="2026-03-10", periode="periode: {van: 2019}\n"
    )
    platform = platform_of(pages(tmp_path / "lists", texts), site_url="https://voorbeeld.example/")
    order = ["g", "b", "e", "h", "c", "d", "f", "a"]
    assert [p.slug for p in listing(platform.library, platform.today)] == order
    assert [p.slug for p in platform.pages_of("gemeente", "zaalbeek")] == order
    # What is new or checked since is told elsewhere: on home, and to who follows it.
    assert [p.slug for p in platform.library.newest][:3] == ["f", "h", "g"]
    for feed in (platform.feeds[""], platform.feeds["gemeenten/zaalbeek/"]):
        assert [p.slug for p in feed.pages][:3] == ["f", "h", "g"]


@pytest.mark.parametrize(("number", "cards"), [(8, 8), (9, 9), (10, 8), (30, 8)])
def test_what_is_many_under_a_term_is_told_by_titles_below_the_first(
    tmp_path: Path, number: int, cards: int
) -> None:
    """Of a term that has no list of its own; a fold of one page would spare nobody anything."""
    texts = {
        f"practices/p{n:02}.md": ONE_DAY.format(
            titel=f"Praktijk {n:02}", datum="2026-03-09", periode="trefwoorden: [ijsbaan]\n"
        )
        for n in range(number)
    }
    platform = platform_of(pages(tmp_path / "content", texts))
    (group,) = next(
        page.content.groups
        for page in site_pages(platform)
        if page.address == "onderwerpen/ijsbaan/" and isinstance(page.content, TermPagina)
    )
    assert (len(group.pages), group.total, group.more) == (cards, number, "")
    assert (*group.pages, *group.rest) == platform.pages_of("onderwerp", "ijsbaan")


def test_a_municipality_is_found_in_the_alphabet_under_its_common_name(
    page: Page, server: str
) -> None:
    """Of a name that would stand beside its own, that is enough."""
    page.goto(f"{server}/gemeenten/")
    named = page.locator("main .uitleg a")
    assert named.all_inner_texts() == ["Den Beek ('s-Heerenbeek)"]
    named.click()
    page.wait_for_url("**/gemeenten/s-heerenbeek/")


STORY = """---
titel: {slug}
samenvatting: Iets.
aandachtsveld: [Heldere besluiten]
datum: 2026-03-09
gemeente: [Zaalbeek]
{fields}---
## Resultaat

{result}
"""
FIGURE = "cijfers: [{naam: Bankjes, waarde: 6, eenheid: bankjes, peildatum: 2019, bron: Dorp}]\n"
TOLD = {
    "a": ("bewijs: overgenomen\n", "Er kwamen zes bankjes."),
    "b": (FIGURE + "bewijs: overgenomen\n", "## Meer\n\nEr kwamen zes bankjes."),
    "c": (FIGURE + "bewijs: proef\n", "Er kwamen er zes."),
    "d": (FIGURE + "bewijs: uitgevoerd\n", "| Bankjes |\n| --- |\n| 6 |\n\nEr kwamen zes bankjes."),
    "e": (
        FIGURE + "bewijs: uitgevoerd\n",
        "Zes bankjes kwamen er, en dat was nog lang niet alles.",
    ),
    "f": (FIGURE, "Zes."),
}


def test_the_story_has_a_figure_a_result_and_the_best_evidence(tmp_path: Path) -> None:
    texts = {
        f"practices/{slug}.md": STORY.format(slug=slug, fields=fields, result=result)
        for slug, (fields, result) in TOLD.items()
    }
    platform = platform_of(pages(tmp_path / "some", texts))
    assert platform.findings == () and platform.story
    assert (platform.story[0].slug, platform.story[1]) == ("d", "Er kwamen zes bankjes.")
    none = {path: text for path, text in texts.items() if path[-4] in "ab"}
    assert platform_of(pages(tmp_path / "none", none)).story is None


def test_the_home_page_begins_with_the_question_and_the_zelfscan(page: Page, server: str) -> None:
    page.goto(server)
    for first in ("Wat ", "Doe de zelfscan"):
        expect(page.locator(".held").get_by_text(first).first).to_be_in_viewport(ratio=1)
    story = page.get_by_role("region", name="Een euro per bewoner")
    expect(story.locator(".cijfer")).to_contain_text("14 dorpen")
    expect(story).to_contain_text("Wat kwam ervan?")
    story.get_by_role("link", name="Een euro per bewoner").click()
    page.wait_for_url("**/praktijken/een-euro-per-bewoner/")


def loaded(site: Path, server: str, paths: list[str]) -> int:
    """Give the bytes of files as a host sends them, with the headers of each."""
    found = {site / path.removeprefix(server).split("?")[0].strip("/") for path in paths}
    files = {file / "index.html" if file.is_dir() else file for file in found}
    return sum(len(gzip.compress(file.read_bytes())) + 300 for file in files)


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("praktijken/", "#kp-f-aandachtsveld-buurten-aan-zet"),
        ("instrumenten/", "#kp-zoals"),
        (FIELD + "/", "#kp-f-collectie-praktijken"),
        ("onderwerpen/", "#kp-sorteer"),
    ],
)
def test_the_data_of_filters_comes_when_somebody_reaches_for_one(
    page: Page, server: str, site: Path, address: str, reach: str
) -> None:
    """What comes before does not grow with the number of pages."""
    asked: list[str] = []
    with listening(page, request=lambda request: asked.append(request.url)):
        opened(page, f"{server}/{address}")
        page.wait_for_load_state("networkidle")
        assert loaded(site, server, asked) < 81_000
        data = [path.removeprefix(f"{server}/") for path in asked if path.endswith(".json")]
        assert set(data) <= {"filter/gemeenten.json"}
        before = page.locator("main").inner_text()
        with page.expect_response("**/filter/paginas.json"):
            page.locator(reach).focus()
    page.wait_for_load_state("networkidle")
    assert page.locator("main").inner_text() == before, "nothing is chosen yet"
    assert page.locator("fieldset > :not(legend)").count() == page.locator("fieldset").count()
    assert page.locator("fieldset > ul:empty").count() == 0


def test_or_within_a_facet_and_between_facets(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/")
    everything = count(page)
    page.check("#kp-f-aandachtsveld-buurten-aan-zet")
    expect(page).to_have_url(f"{server}/praktijken/?aandachtsveld=buurten-aan-zet")
    one = count(page)
    page.check("#kp-f-aandachtsveld-samen-voor-groen")
    two = count(page)
    assert one < two < everything
    page.locator("summary", has_text="Soort").click()
    page.check("#kp-f-soort-kijkdag")
    expect(page.locator("[data-card]")).to_have_count(count(page))
    assert count(page) < two


def test_counts_are_those_of_the_other_facets(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?aandachtsveld=buurten-aan-zet")
    shown = {
        box: int(page.locator(f"li:has(> #{box}) .telling").text_content() or "")
        for box in ("kp-f-aandachtsveld-samen-voor-groen", "kp-f-soort-kijkdag")
    }
    for box, number in shown.items():
        facet, value = box.removeprefix("kp-f-").split("-", 1)
        more = (
            f"aandachtsveld={value}"
            if facet == "aandachtsveld"
            else f"aandachtsveld=buurten-aan-zet&{facet}={value}"
        )
        opened(page, f"{server}/praktijken/?{more}")
        assert count(page) == number


def test_address_and_back_button_restore_the_choice(page: Page, server: str) -> None:
    opened(page, f"{server}/instrumenten/")
    page.check("#kp-f-aandachtsveld-heldere-besluiten")
    chosen = count(page)
    page.select_option("#kp-sorteer", "titel")
    page.wait_for_load_state("networkidle")  # the cards of the choice are there
    address, order = page.url, slugs(page)
    page.go_back()
    page.go_back()
    expect(page.locator("#kp-f-aandachtsveld-heldere-besluiten")).not_to_be_checked()
    opened(page, address)
    expect(page.locator("#kp-f-aandachtsveld-heldere-besluiten")).to_be_checked()
    page.wait_for_load_state("networkidle")
    assert (count(page), slugs(page)) == (chosen, order)


def test_a_choice_is_a_button_that_takes_it_away(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?provincie=limburg&aandachtsveld=buurten-aan-zet")
    page.get_by_role("button", name="Limburg weghalen").press("Enter")
    expect(page).to_have_url(f"{server}/praktijken/?aandachtsveld=buurten-aan-zet")
    assert page.evaluate("document.activeElement.className") == "weg"


BOXES = """boxes => boxes.map(b => [b.checked, b.disabled,
    document.getElementById(b.getAttribute('aria-describedby')).textContent])"""


def test_what_leaves_nothing_cannot_be_chosen(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?provincie=zeeland")
    boxes: list[tuple[bool, bool, str]] = page.eval_on_selector_all("[type=checkbox]", BOXES)
    assert [(n == "0" and not on) for on, _, n in boxes] == [off for _, off, _ in boxes]
    assert {off for _, off, _ in boxes} == {True, False}
    page.locator("summary", has_text="Gemeente").first.press("Enter")
    field = page.get_by_label("Typ en kies een gemeente")
    field.fill("Waddenoord")
    field.press("Enter")
    assert field.evaluate("e => e.validationMessage") == (
        "Bij uw andere keuzes staat niets uit deze gemeente."
    )
    assert page.locator("datalist option:not([disabled])").count() == 1
    page.get_by_role("button", name="Zeeland weghalen").click()
    assert page.locator("[type=checkbox]:disabled, datalist option[disabled]").count() == 0
    # A box that was checked against all odds keeps focus when it is taken away.
    opened(page, f"{server}/praktijken/?provincie=zeeland&soort=kijkdag")
    page.locator("#kp-f-soort-kijkdag").press("Space")
    expect(page.locator("#kp-f-soort-kijkdag")).to_be_focused()


@pytest.mark.parametrize(
    ("address", "box", "one"),
    [
        ("praktijken/", "#kp-f-aandachtsveld-samen-voor-groen", "praktijk"),
        ("onderwerpen/", "#kp-f-collectie-agenda", "onderwerp"),
        ("zoeken/?q=dorp", "#kp-f-collectie-instrumenten", "resultaten"),
    ],
)
def test_on_a_phone_the_number_stays_in_sight_and_leads_to_the_list(
    browser: Browser, server: str, address: str, box: str, one: str
) -> None:
    with visit(browser, f"{server}/{address}", PHONE) as (page, wrong):
        page.locator(".facetten__alle > summary").click()
        if "zoeken" not in address:
            page.locator(box).wait_for(state="attached")
        if not page.locator(box).is_visible():
            page.locator(".facet summary").first.click()
        page.locator(".facet summary").last.click()
        show = page.locator(".toonknop").get_by_role("button")
        before = show.inner_text()
        page.locator(box).press("Space")
        expect(show).not_to_have_text(before)
        expect(show).to_be_in_viewport(ratio=1)
        told = page.locator("[data-count], [data-search-status]")
        expect(show).to_have_text(f"Toon {told.text_content()}")
        assert one in show.inner_text()
        page.locator(".facet summary").last.focus()
        expect(show).to_be_in_viewport(ratio=1)
        show.press("Enter")
        expect(page.locator(".facetten__alle")).not_to_have_attribute("open", "")
        expect(told).to_be_focused()
        expect(told).to_be_in_viewport()
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(show).to_be_hidden()
        assert wrong == []


def test_nothing_found_says_what_to_drop(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/?provincie=zeeland&aandachtsveld=samen-voor-groen")
    assert count(page) == 0
    page.get_by_role("link", name="Zonder ‘Zeeland’").click()
    page.wait_for_selector(".sorteren:not([inert])")
    assert count(page) > 0
    opened(
        page, f"{server}/praktijken/?provincie=limburg&status=gepland&bewijs=geevalueerd&jaar=1999"
    )
    assert count(page) == 0
    page.get_by_role("link", name="Zonder al deze keuzes").click()
    expect(page).to_have_url(f"{server}/praktijken/")


def test_all_of_a_list_is_within_reach(page: Page, server: str) -> None:
    """The links to a next sheet go when the filters come."""
    for address in ("praktijken/", "praktijken/pagina/2/", "praktijken/soort/buurtproef/pagina/2/"):
        opened(page, f"{server}/{address}")
        expect(page.locator("[data-card]")).to_have_count(20)
        assert "blad" not in page.inner_text("h1") + page.title()
        more = page.get_by_role("button", name="Toon meer")
        while more.count():
            shown = len(slugs(page))
            more.click()
            expect(page.locator("[data-card]")).to_have_count(min(shown + 20, count(page)))
        assert len(set(slugs(page))) == count(page)


def test_a_heading_says_what_is_in_the_list(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/status/lopend/?utm_source=brief")
    expect(page.locator("h1")).to_have_text("Praktijken: lopend")
    one = count(page)
    page.get_by_role("button", name="lopend weghalen").click()
    expect(page).to_have_url(f"{server}/praktijken/")
    expect(page.locator("h1")).to_have_text("Praktijken")
    assert page.title().startswith("Praktijken – ")
    assert "lopend" not in page.inner_text(".inleiding")
    assert count(page) > one
    page.go_back()
    expect(page.locator("h1")).to_have_text("Praktijken: lopend")
    assert count(page) == one


def test_a_card_says_the_same_before_and_after_sorting(page: Page, server: str) -> None:
    facts = """() => Object.fromEntries([...document.querySelectorAll('[data-card]')].map((c) => [
        c.dataset.slug, [...c.querySelectorAll('.kaart__feiten span')].map((s) => s.innerText),
    ]))"""
    opened(page, f"{server}/praktijken/aandachtsveld/buurten-aan-zet/")
    before = page.evaluate(facts)
    page.select_option("#kp-sorteer", "titel")
    page.wait_for_function(
        "last => [...document.querySelectorAll('[data-card]')].at(-1).dataset.slug !== last",
        arg=list(before)[-1],
    )
    assert page.evaluate(facts) == before


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("Den Beek", "s-heerenbeek"), ("brink", "brink-brug-en-broek"), ("Klein Esdorp", "veenhorst")],
)
def test_a_municipality_is_known_by_all_its_names(
    page: Page, server: str, typed: str, slug: str
) -> None:
    opened(page, f"{server}/praktijken/")
    page.locator("summary", has_text="Gemeente").first.press("Enter")
    page.get_by_label("Typ en kies een gemeente").fill(typed)
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    expect(page).to_have_url(f"{server}/praktijken/?gemeente={slug}")


def test_a_municipality_is_typed_not_ticked(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/")
    page.locator("summary", has_text="Gemeente").first.press("Enter")
    page.get_by_label("Typ en kies een gemeente").fill("Waddenoor")
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    assert "staat niet bij deze lijst" in page.get_by_label("Typ en kies een gemeente").evaluate(
        "e => e.validationMessage"
    )
    page.get_by_label("Typ en kies een gemeente").fill("Waddenoord")
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    expect(page).to_have_url(f"{server}/praktijken/?gemeente=waddenoord")
    expect(page.locator("[data-card]")).to_have_count(1)
    assert slugs(page) == ["kijken-bij-de-buren"]


def test_municipalities_like_mine_come_first_and_say_why(page: Page, server: str) -> None:
    asked: list[str] = []
    with listening(page, request=lambda request: asked.append(request.url)):
        opened(page, f"{server}/praktijken/")
        page.select_option("#kp-zoals", "heidekem")
        expect(page).to_have_url(f"{server}/praktijken/?zoals=heidekem")
        expect(page.locator(".kaart__waarom").first).to_have_text("uit Heidekem zelf")
        assert page.evaluate("JSON.stringify(localStorage)") == "{}"
        page.check("#kp-f-aandachtsveld-buurten-aan-zet")
        expect(page.locator("[data-card]")).to_have_count(count(page))
        expect(page.locator(".kaart__waarom").first).to_have_text("uit Heidekem zelf")
    assert asked.count(f"{server}/filter/gelijkenis.json") == 1, "it is the same for every filter"


def test_a_static_list_is_the_same_choice(page: Page, server: str) -> None:
    opened(page, f"{server}/praktijken/provincie/limburg/")
    assert count(page) == len(slugs(page))
    page.get_by_role("button", name="Limburg weghalen").click()
    expect(page).to_have_url(f"{server}/praktijken/")


def test_unknown_values_in_the_address_find_nothing_and_harm_nothing(
    page: Page, server: str
) -> None:
    opened(
        page,
        f"{server}/praktijken/?aandachtsveld=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
        "&sorteer=__proto__&zoals=constructor",
    )
    assert count(page) == 0
    assert page.locator("main img").count() == 0


def test_a_term_is_a_filter_that_stays(page: Page, server: str) -> None:
    opened(page, f"{server}/{FIELD}/")
    everything, shown = count(page), set(slugs(page))
    assert everything == len(shown)
    assert page.locator("[data-filter=aandachtsveld]").count() == 0
    page.locator("summary", has_text="Soort").press("Enter")
    page.locator("#kp-f-soort-kijkdag").press("Space")
    expect(page).to_have_url(f"{server}/{FIELD}/?soort=kijkdag")
    expect(page.locator("[data-card]")).to_have_count(count(page))
    assert 0 < count(page) < everything
    assert set(slugs(page)) < shown
    opened(page, f"{server}/praktijken/?aandachtsveld=heldere-besluiten&soort=kijkdag")
    practices = count(page)
    opened(
        page, f"{server}/{FIELD}/?soort=kijkdag&collectie=praktijken&aandachtsveld=samen-voor-groen"
    )
    assert count(page) == practices, "the field in the address is not a filter here"


def test_a_list_of_all_collections_is_under_their_names_until_it_is_sorted(
    page: Page, server: str
) -> None:
    opened(page, f"{server}/{FIELD}/?bewijs=geevalueerd")
    expect(page.locator("[data-kaarten] > h2").first).to_have_text("Praktijken")
    assert page.locator("[data-kaarten] > h2").all_inner_texts() == [
        "Praktijken",
        "Instrumenten",
        "Kennisbank",
    ]
    assert page.locator("[data-kaarten] article h3").count() == count(page)
    page.select_option("#kp-sorteer", "titel")
    expect(page.locator("[data-kaarten] article h2")).to_have_count(count(page))
    titles = page.locator("[data-card] a").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)


@pytest.mark.parametrize(
    "term",
    [
        "onderwerpen/groen-in-de-buurt",
        "organisaties/groene-kring",
        "doelgroepen/dorpsraad",
        "pijlers/bij-elkaar-kijken",
    ],
)
def test_what_lies_under_a_term_can_be_filtered(page: Page, server: str, term: str) -> None:
    opened(page, f"{server}/{term}/")
    everything = count(page)
    page.select_option("#kp-sorteer", "titel")
    expect(page.locator("[data-kaarten] article h2")).to_have_count(min(20, everything))
    assert page.locator("[data-filter][type=checkbox]").count() > 5


def test_what_can_be_seen_at_once_needs_no_filters(page: Page, server: str) -> None:
    page.goto(f"{server}/provincies/groningen/")
    assert 0 < page.locator("[data-card]").count() <= 4
    assert page.locator("[data-lijst], [data-filter]").count() == 0


def terms(page: Page) -> dict[str, str]:
    """Give the terms that an overview shows, each with the number behind it."""
    shown = (
        "e => [...e].filter(li => li.checkVisibility()).map(li => [li.dataset.term, "
        "li.querySelector('.telling, .thema__aantal')?.textContent ?? '0'])"
    )
    return dict(page.eval_on_selector_all("[data-term]", shown))


def test_an_overview_is_filtered_by_municipality(page: Page, server: str) -> None:
    opened(page, f"{server}/onderwerpen/")
    everything = terms(page)
    page.locator(".facetten__alle > summary").click()
    page.locator(".facet summary").get_by_text("Gemeente", exact=True).click()
    page.get_by_label("Typ en kies een gemeente").fill("Den Beek")
    page.get_by_label("Typ en kies een gemeente").press("Enter")
    expect(page).to_have_url(f"{server}/onderwerpen/?gemeente=s-heerenbeek")
    assert 0 < len(terms(page)) < len(everything)


def test_an_overview_counts_the_pages_that_are_left(page: Page, server: str) -> None:
    opened(page, f"{server}/aandachtsvelden/?doelgroep=wijkwerker")
    found = terms(page)
    assert page.inner_text("[data-count]") == f"{len(found)} aandachtsvelden"
    assert found
    for field, number in found.items():
        opened(page, f"{server}/aandachtsvelden/{field}/?doelgroep=wijkwerker")
        assert number == page.inner_text("[data-count]")
    opened(page, f"{server}/aandachtsvelden/")
    assert len(terms(page)) == 5
    page.locator(".facetten__alle > summary").press("Enter")
    page.locator("summary", has_text="Voor wie").press("Enter")
    box = page.locator("#kp-f-doelgroep-wijkwerker")
    assert box.locator("xpath=..").locator(".telling").inner_text() == str(len(found)), (
        "a value counts terms, not pages"
    )
    box.press("Space")
    expect(page).to_have_url(f"{server}/aandachtsvelden/?doelgroep=wijkwerker")
    assert terms(page) == found
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text("5 aandachtsvelden")
    assert len(terms(page)) == 5


def test_a_municipality_lies_in_its_own_province_and_needs_no_page_for_it(
    page: Page, server: str
) -> None:
    opened(page, f"{server}/gemeenten/?provincie=drenthe")
    found = terms(page)
    assert len(found) == 3
    assert page.locator(".letters").is_hidden()
    assert sum(int(n) for n in found.values()) > 0
    assert "esdorp" in found
    opened(
        page, f"{server}/gemeenten/?provincie=drenthe&collectie=praktijken&collectie=instrumenten"
    )
    assert terms(page) == {slug: number for slug, number in found.items() if number != "0"}


def test_an_overview_can_be_put_in_the_order_of_most_pages_and_back(
    page: Page, server: str
) -> None:
    opened(page, f"{server}/onderwerpen/")
    alphabet = list(terms(page))
    page.select_option("#kp-sorteer", "meest")
    page.wait_for_load_state("networkidle")  # the numbers of a list come when it is reached for
    numbers = [int(n) for n in terms(page).values()]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(alphabet)
    page.select_option("#kp-sorteer", "")
    assert list(terms(page)) == alphabet
    expect(page).to_have_url(f"{server}/onderwerpen/")


def test_an_overview_without_anything_left_says_what_to_drop(page: Page, server: str) -> None:
    opened(page, f"{server}/gemeenten/?provincie=drenthe&aandachtsveld=digitaal-meepraten")
    assert terms(page) == {}
    page.get_by_role("link", name="Zonder ‘Digitaal meepraten’: 3 gemeenten").click()
    page.wait_for_selector(".sorteren:not([inert])")
    assert len(terms(page)) == 3


def test_a_list_that_cannot_load_its_cards_says_so_and_tries_again(
    browser: Browser, server: str
) -> None:
    with tab(browser) as page:
        opened(page, f"{server}/{FIELD}/")
        page.route("**/zoek/k/*", lambda route: route.abort())
        page.check("#kp-f-collectie-kennisbank")
        expect(page.locator("[data-kaarten]")).to_have_text(
            "Dat lukt nu niet. Is er verbinding met internet?"
        )
        page.unroute("**/zoek/k/*")
        page.check("#kp-f-collectie-agenda")
        expect(page.locator("[data-card]")).to_have_count(count(page))


def test_an_order_that_cannot_be_told_is_no_other_order(
    browser: Browser, server: str, site: Path
) -> None:
    """What it goes by belongs to the pages that were read: of another release it is not there."""
    pages = json.loads((site / "filter" / "paginas.json").read_text(encoding="utf-8"))
    with tab(browser) as page:
        opened(page, f"{server}/{FIELD}/")
        shown = slugs(page)
        page.route(f"**/zoek/f/{pages['volgorde']}.json", lambda route: route.abort())
        page.select_option("#kp-sorteer", "titel")
        expect(page.locator("[data-kaarten]")).to_have_text(
            "Dat lukt nu niet. Is er verbinding met internet?"
        )
        page.select_option("#kp-sorteer", "nieuw")
        expect(page.locator("[data-card]")).to_have_count(len(shown))
        assert slugs(page) == shown
        page.unroute_all()
        page.select_option("#kp-sorteer", "titel")
        expect(page.locator("[data-card]").first).not_to_have_attribute("data-slug", shown[0])
        titles = page.locator("[data-card] .kaart__titel").all_inner_texts()
        assert titles == sorted(titles, key=sort_key) and len(titles) == len(shown)


@pytest.mark.parametrize(
    "address",
    [
        "praktijken/?aandachtsveld=buurten-aan-zet&zoals=heidekem",
        f"{FIELD}/?soort=kijkdag",
        "gemeenten/?provincie=drenthe",
    ],
)
def test_filters_are_accessible_in_light_and_dark(
    browser: Browser, server: str, address: str
) -> None:
    with visit(browser, f"{server}/{address}", PHONE) as (page, wrong):
        page.wait_for_selector(".sorteren:not([inert])")
        page.locator(".facetten__alle > summary").click()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        page.emulate_media(color_scheme="dark")
        assert axe(page, runOnly=["color-contrast"]) == [], "only the colours differ in the dark"
        assert wrong == []


def test_without_javascript_facets_are_links_to_static_lists(browser: Browser, server: str) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(f"{server}/praktijken/")
        page.locator("[aria-label=Filters]").get_by_role("link", name="Samen voor groen").click()
        expect(page).to_have_url(f"{server}/praktijken/aandachtsveld/samen-voor-groen/")
        expect(page.locator("[data-card]")).to_have_count(
            int(page.inner_text("[data-count]").split()[0])
        )


@pytest.mark.parametrize(
    ("address", "link", "leads_to"),
    [
        (FIELD, "Praktijken", f"{FIELD}/#praktijken"),
        ("gemeenten", "Drenthe", "provincies/drenthe/"),
        ("pijlers/zelf-proberen", "Praktijken", "praktijken/pijler/zelf-proberen/"),
    ],
)
def test_without_javascript_terms_lead_to_static_lists(
    browser: Browser, server: str, address: str, link: str, leads_to: str
) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(f"{server}/{address}/")
        if address == "gemeenten":
            page.locator("summary", has_text="Filter de lijst").click()
        page.locator("[aria-label=Filters]").get_by_role("link", name=link).click()
        expect(page).to_have_url(f"{server}/{leads_to}")
