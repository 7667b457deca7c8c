"""Every page kind in a real browser: sound, accessible, usable by keyboard, without JavaScript, on
a phone and on paper.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import looking
from looking import (
    DESKTOP,
    IS_SEEN,
    LONG_WORDS,
    NO_COLOURS,
    PHONE,
    SMALL_TARGETS,
    TARGETS,
    axe,
    check_frame,
    moved,
    tab,
    too_wide,
)
from paper import check_paper

KINDS = {
    "home": "/",
    "praktijk": "/praktijken/stille-avond-in-de-raadzaal/",
    "praktijk-met-cijfers": "/praktijken/een-euro-per-bewoner/",
    "instrument": "/instrumenten/stemmen-met-bonen/",
    "publicatie": "/kennisbank/wegwijzer-dorpsbudget/",
    "agenda": "/agenda/",
    "voortgang": "/voortgang/",
    "bijeenkomst": "/agenda/dag-van-het-dorp/",
    "catalogus": "/praktijken/",
    "catalogus-blad-2": "/praktijken/pagina/2/",
    "catalogus-keuze": "/praktijken/aandachtsveld/buurten-aan-zet/",
    "aandachtsvelden": "/aandachtsvelden/",
    "aandachtsveld": "/aandachtsvelden/buurten-aan-zet/",
    "pijlers": "/pijlers/",
    "pijler": "/pijlers/zelf-proberen/",
    "provincies": "/provincies/",
    "provincie": "/provincies/overijssel/",
    "organisaties": "/organisaties/",
    "organisatie": "/organisaties/bsd/",
    "onderwerpen": "/onderwerpen/",
    "onderwerp": "/onderwerpen/dorpsbudget/",
    "doelgroepen": "/doelgroepen/",
    "doelgroep": "/doelgroepen/dorpsraad/",
    "gemeenten": "/gemeenten/",
    "gemeente": "/gemeenten/zaalbeek/",
    "gemeente-zonder-paginas": "/gemeenten/stilveen/",
    "gemeente-van-vroeger": "/gemeenten/klein-esdorp/",
    "andere-naam": "/gemeenten/den-beek/",
    "zoeken": "/zoeken/",
    "zoeken-gevonden": "/zoeken/?q=stemmen+met+bonen",
    "zoeken-niets-gevonden": "/zoeken/?q=xqzwvk",
    "kaart": "/kaart/",
    "vergelijken": "/vergelijken/?pagina=instrumenten%2Fstemmen-met-bonen"
    "&pagina=praktijken%2Feen-euro-per-bewoner",
    "mijn-lijst": "/mijn-lijst/",
    "zelfscan": "/zelfscan/",
    "zelfscan-samen": "/zelfscan/samen/",
    "bijdragen": "/bijdragen/",
    "velden": "/bijdragen/velden/",
    "redactie-weggelaten": "/redactie/",
    "over": "/over/",
    "open-data": "/open-data/",
    "privacy": "/privacy/",
    "toegankelijkheid": "/toegankelijkheid/",
    "niet-gevonden": "/bestaat/niet/",
}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


def visit(
    browser: Browser, server: str, kind: str, size: tuple[int, int] = DESKTOP, **settings: Any
) -> AbstractContextManager[tuple[Page, list[str]]]:
    """Open the example of a kind of page, and note all that goes wrong on it."""
    return looking.visit(
        browser, server + KINDS[kind], size, hold=kind == "andere-naam", **settings
    )


def contrast_on_white(colour: str) -> float:
    """The contrast of `rgb(…)` on white, as WCAG counts it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


COLOURS = """() => ({ground: getComputedStyle(document.body).backgroundColor,
    ink: [...new Set([...document.querySelectorAll('main h1, main p, main li, main dd')]
        .map(e => getComputedStyle(e).color))]})"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
    const s = getComputedStyle(e);
    return s.transitionDuration.split(', ').some(d => parseFloat(d) > 0.01)
        || s.animationName !== 'none';
}).map(e => `${e.tagName} ${e.className}`)"""

ON_PAPER = f"""() => {{
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {{h1: all('main h1').map({IS_SEEN}),
        lead: all('.kop__nav, form.zoek, .voet nav, .kruimels').filter({IS_SEEN})
            .map(e => e.className),
        facts: all('.feiten').map(e => getComputedStyle(e).breakInside)}};
}}"""
"""What is there to lead on, which does nothing on paper; and whether facts may be cut."""


@EVERY_KIND
def test_on_a_desktop_in_light_in_dark_and_on_paper(
    browser: Browser, server: str, kind: str
) -> None:
    with visit(browser, server, kind, DESKTOP, late=True) as (page, wrong):
        check_frame(page)
        assert axe(page, rules=TARGETS) == []
        assert moved(page) == []
        # 200 % zoom on this screen is a width of 640.
        assert too_wide(page, 1280) + too_wide(page, 640) == []

        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert contrast_on_white(page.evaluate(COLOURS)["ground"]) > 12
        assert axe(page, runOnly=["color-contrast"]) == [], "only the colours differ in the dark"
        assert page.evaluate(MOVING) == []

        page.emulate_media(media="print", color_scheme="dark")
        colours = page.evaluate(COLOURS)
        assert contrast_on_white(colours["ground"]) == 1
        assert [ink for ink in colours["ink"] if contrast_on_white(ink) < 4.5] == []
        paper = page.evaluate(ON_PAPER)
        assert (paper["lead"], paper["h1"]) == ([], [True])
        # A box that may not be cut leaves the page before it empty.
        assert {"auto"} >= set(paper["facts"])
        check_paper(page)
        assert wrong == []


UNUSED_FONTS = """async () => {
    await document.fonts.ready;
    const used = [...document.fonts].filter(font => font.status === 'loaded').map(f => f.family);
    const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]);
    return [...document.querySelectorAll('link[rel=preload][as=font]')].map(link => link.href)
        .filter(href => !rules.some(rule => rule instanceof CSSFontFaceRule
            && rule.style.src.includes(href.split('/').pop())
            && used.some(name => rule.style.fontFamily.includes(name.replaceAll('"', '')))));
}"""


@EVERY_KIND
def test_on_a_phone(browser: Browser, server: str, kind: str) -> None:
    with visit(browser, server, kind, PHONE, late=True) as (page, wrong):
        check_frame(page)
        assert axe(page, rules=TARGETS | NO_COLOURS) == []
        assert moved(page) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.locator("[inert]").count() == 0, "all works once its script is there"
        assert page.evaluate(UNUSED_FONTS) == [], "loaded before the style asks for it"
        assert too_wide(page, 390) + too_wide(page, 320) == []
        page.evaluate(LONG_WORDS)
        assert too_wide(page, 320) == [], "a word makes no box wider than the screen"
        assert wrong == []


FOCUS = """() => {
    const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    if (e === document.body) return null;
    return {index: [...document.querySelectorAll('*')].indexOf(e),
            part: e.closest('.kop__nav, form[role=search], main, footer, header')?.className
                || e.className,
            href: e.getAttribute('href'), outline: s.outlineStyle === 'none'
                ? 0 : parseFloat(s.outlineWidth), text: e.textContent.trim(),
            seen: box.bottom > 0 && box.top < innerHeight && box.right > 0
                && box.left < innerWidth};
}"""


@pytest.mark.parametrize(
    "kind", ["home", "praktijk", "catalogus", "gemeente", "gemeenten", "zoeken", "niet-gevonden"]
)
def test_keyboard_reaches_everything_in_order(browser: Browser, server: str, kind: str) -> None:
    with visit(browser, server, kind) as (page, wrong):
        # The search page begins in its box; here every page begins at its top.
        if kind == "zoeken":
            expect(page.locator("input[type=search]")).to_be_focused()
        page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); }")
        steps = []
        for _ in range(30):
            page.keyboard.press("Tab")
            if not (step := page.evaluate(FOCUS)):
                break
            steps.append(step)
        assert steps[0]["href"] == "#kp-inhoud"
        assert [s["text"] for s in steps if s["outline"] < 3] == []
        assert [s["text"] for s in steps if not s["seen"]] == []
        assert [s["index"] for s in steps] == sorted(s["index"] for s in steps), (
            "the order of the page"
        )
        parts = [s["part"] for s in steps]
        assert {"kop__nav", "breed"} <= set(parts)
        assert sum(part == "kop__nav" for part in parts) == 7
        assert any(part.startswith("zoek") for part in parts)
        assert wrong == []


def test_skip_link_goes_past_the_menu(browser: Browser, server: str) -> None:
    with visit(browser, server, "praktijk") as (page, _):
        page.keyboard.press("Tab")
        expect(page.locator(".naar-inhoud")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_chosen_menu_entry_shows_in_forced_colours(browser: Browser, server: str) -> None:
    with visit(browser, server, "catalogus", forced_colors="active") as (page, wrong):
        lines = page.locator(".kop__nav a:visible").evaluate_all(
            "links => links.map(a => [a.ariaCurrent, getComputedStyle(a).borderBottomColor])"
        )
        chosen = {colour for current, colour in lines if current}
        assert len(chosen) == 1 and not chosen & {
            colour for current, colour in lines if not current
        }
        assert wrong == []


def test_the_header_is_one_row_from_900_pixels(browser: Browser, server: str) -> None:
    with visit(browser, server, "praktijk") as (page, wrong):
        for width in (900, 1024, 1280, 1920):
            assert too_wide(page, width) == []
            middles = page.locator(".merk, .kop__nav a:visible, .zoek--kop").evaluate_all(
                "all => all.map(e => e.getBoundingClientRect()).map(r => (r.top + r.bottom) / 2)"
            )
            assert len(middles) >= 9 and max(middles) - min(middles) < 3, (width, middles)
        menu = page.get_by_role("navigation", name="Hoofdmenu")
        for name, title in (("Kaart", "Kaart"), ("Zelfscan", "Democratie-zelfscan")):
            menu.get_by_role("link", name=name).click()
            expect(page.locator("h1")).to_have_text(title)
            expect(menu.locator("[aria-current=page]")).to_have_text(name)
        assert wrong == []


CUT_OFF = """list => [...list.children].filter(line => {
    const box = line.getBoundingClientRect();
    return [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]].some(
        ([x, y]) => !line.contains(document.elementFromPoint(x, y))
    ) || [...line.children].some(part => part.getBoundingClientRect().right > box.right);
}).map(line => line.textContent)"""


@pytest.mark.parametrize("kind", ["home", "praktijk"])
def test_no_suggestion_is_cut_off(browser: Browser, server: str, kind: str) -> None:
    with visit(browser, server, kind) as (page, wrong):
        for width in (320, 390, 900, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 1600})
            box = page.locator("input[type=search]:visible").last
            box.fill("stemmen met bonen")
            suggestions = page.locator(".antwoorden ul")
            expect(suggestions.locator("li").nth(1)).to_be_visible()
            suggestions.locator("li > *").evaluate_all(
                "words => words.forEach(e => { e.textContent += ' volksvertegenwoordiging'; })"
            )
            assert suggestions.evaluate(CUT_OFF) == [], width
            assert too_wide(page, width) == []
            box.fill("")
            expect(suggestions).to_be_hidden()
        assert wrong == []


def test_on_a_phone_the_text_comes_before_the_facts(browser: Browser, server: str) -> None:
    """As seen and as read aloud."""
    with visit(browser, server, "praktijk-met-cijfers", PHONE) as (page, _):
        tops = page.locator(".artikel__kop, .artikel__tekst, .feiten").evaluate_all(
            "parts => parts.map(e => [e.className, e.getBoundingClientRect().top])"
        )
        assert [name for name, _ in tops] == ["artikel__kop", "artikel__tekst", "feiten"]
        assert tops == sorted(tops, key=lambda part: part[1])


FACTS = """() => {
    const first = (e) => {
        const text = document.createRange();
        text.selectNodeContents(e);
        const box = [...text.getClientRects()].find(box => box.width && box.height < 40);
        return (box.top + box.bottom) / 2;
    };
    return [...document.querySelectorAll('.feiten dt')].map(label => [
        label.textContent, first(label) - first(label.nextElementSibling)]);
}"""


@pytest.mark.parametrize("kind", ["praktijk", "instrument", "publicatie", "bijeenkomst"])
def test_on_a_phone_a_fact_begins_beside_its_label(
    browser: Browser, server: str, kind: str
) -> None:
    with visit(browser, server, kind, PHONE, has_touch=True) as (page, wrong):
        facts = page.evaluate(FACTS)
        assert [fact for fact in facts if abs(fact[1]) > 5] == [] and facts
        assert page.locator(".komma").locator("visible=true").count() == 0, "alone on a line"
        assert wrong == []


@pytest.mark.parametrize(
    ("kind", "button", "words"),
    [
        ("home", "Bekijk", "Kies eerst iets uit de lijst."),
        ("home", "Onthoud deze gemeente", "Kies eerst iets uit de lijst."),
        ("zelfscan-samen", "Maak de link", "Vul dit eerst in."),
    ],
)
def test_what_is_still_empty_is_told_in_dutch(
    browser: Browser, server: str, kind: str, button: str, words: str
) -> None:
    with visit(browser, server, kind) as (page, wrong):
        page.get_by_role("button", name=button).click()
        field = page.locator(":is(input, select):invalid")
        assert field.evaluate("e => e.validationMessage") == words
        field.evaluate("""e => {
            if (e.options) e.selectedIndex = 1; else e.value = 'Proef';
            e.dispatchEvent(new Event('input', {bubbles: true}));
        }""")
        expect(field).to_have_count(0)
        assert wrong == []


def test_keeping_a_page_moves_no_button_down(browser: Browser, server: str) -> None:
    with visit(browser, server, "praktijk-met-cijfers", PHONE) as (page, wrong):
        tops = """() => [...document.querySelectorAll('.artikel__kop .knop')]
            .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().top)"""
        before = page.evaluate(tops)
        page.locator(".artikel__kop [data-bewaar]").press("Enter")
        expect(page.locator(".artikel__kop [data-bewaar]")).to_have_text("Bewaard")
        assert len(before) > 3 and page.evaluate(tops) == before
        assert wrong == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["home", "praktijk", "zoeken"])
def test_slash_goes_to_the_search_box(
    browser: Browser, server: str, kind: str, size: tuple[int, int]
) -> None:
    with visit(browser, server, kind, size) as (page, wrong):
        page.locator("main").focus()
        page.keyboard.press("/")
        box = page.locator("input[type=search][name=q]:focus")
        expect(box).to_have_value("")
        page.keyboard.type("dorp/plein")
        expect(box).to_have_value("dorp/plein")
        assert wrong == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_menu_folds_on_a_phone(browser: Browser, server: str, scripts: bool) -> None:
    with visit(browser, server, "praktijk", PHONE, java_script_enabled=scripts) as (page, wrong):
        button, menu = page.get_by_role("button", name="Menu"), page.locator(".kop__nav")
        expect(menu).to_be_hidden()
        expect(page.locator("h1")).to_be_in_viewport(ratio=1)
        button.press("Enter")
        expect(menu).to_be_visible()
        if scripts:
            assert axe(page) == []
            assert page.evaluate(SMALL_TARGETS) == []
        page.keyboard.press("Tab")
        expect(menu.get_by_role("link", name="Praktijken")).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()
        button.click()
        menu.get_by_role("link", name="Agenda").click()
        page.wait_for_url("**/agenda/")
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        expect(button).to_be_hidden()
        expect(menu).to_be_visible()
        assert wrong == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
@pytest.mark.parametrize("kind", ["home", "praktijk", "niet-gevonden"])
def test_enter_in_the_header_searches(
    browser: Browser, server: str, kind: str, scripts: bool
) -> None:
    with visit(browser, server, kind, java_script_enabled=scripts) as (page, _):
        page.locator("header form[role=search] input").fill("stemmen met bonen")
        page.keyboard.press("Enter")
        page.wait_for_url("**/zoeken/?q=stemmen+met+bonen")


def test_search_page_has_one_box_and_one_status(browser: Browser, server: str) -> None:
    with visit(browser, server, "zoeken") as (page, wrong):
        expect(page.locator("input[type=search][name=q]")).to_have_count(1)
        expect(page.locator("[data-search-status]")).to_have_count(1)
        expect(page.locator("[data-search-status]")).to_have_attribute(
            "data-search-status", re.compile("^(idle|busy|done|error)$")
        )
        assert wrong == []


@pytest.mark.parametrize("kind", ["home", "gemeenten"])
def test_chooser_leads_to_the_municipality(browser: Browser, server: str, kind: str) -> None:
    with visit(browser, server, kind) as (page, wrong):
        page.get_by_label("Kies uw gemeente").select_option(label="Zaalbeek")
        page.get_by_role("button", name="Bekijk").click()
        page.wait_for_url("**/gemeenten/zaalbeek/")
        assert wrong == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_common_name_leads_on(browser: Browser, server: str, scripts: bool) -> None:
    with tab(browser, java_script_enabled=scripts) as page:
        page.goto(server + KINDS["andere-naam"])
        page.wait_for_url("**/gemeenten/s-heerenbeek/")
        expect(page.locator("h1")).to_have_text("'s-Heerenbeek")


@pytest.mark.parametrize(
    ("kind", "follow", "arrives"),
    [
        ("home", "main .thema a >> nth=0", "**/aandachtsvelden/*/"),
        ("home", "main .kaart a >> nth=0", "**/*/*/"),
        (
            "praktijk-met-cijfers",
            ".feiten dd a[href*=aandachtsvelden] >> nth=0",
            "**/aandachtsvelden/*/",
        ),
        ("praktijk-met-cijfers", "section .kaart a >> nth=0", "**/*/*/"),
        ("catalogus", ".facet[open] a >> nth=0", "**/praktijken/*/*/"),
        ("catalogus", "section .kaart a >> nth=0", "**/praktijken/*/"),
        ("catalogus-keuze", "a.weg", "**/praktijken/"),
        ("gemeente", "main .kaart a >> nth=0", "**/*/*/"),
        ("gemeente", "main .verwijzers a >> nth=0", "**/gemeenten/*/"),
        ("gemeente-van-vroeger", ".inleiding a", "**/gemeenten/veenhorst/"),
        ("andere-naam", ".inleiding a", "**/gemeenten/s-heerenbeek/"),
        ("zoeken", "main .titels a >> nth=0", "**/*/*/"),
    ],
)
def test_without_javascript_links_lead_on(
    browser: Browser, server: str, kind: str, follow: str, arrives: str
) -> None:
    with visit(browser, server, kind, PHONE, java_script_enabled=False) as (page, wrong):
        start = page.url
        link = page.locator(follow)
        if not link.is_visible():
            page.locator("details summary >> visible=true").first.click()
        link.click()
        page.wait_for_url(arrives)
        assert page.url != start
        assert page.locator("main h1").is_visible()
        assert wrong == []


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("home", [".thema >> nth=4", ".kaart >> nth=0", "form.zoek--groot"]),
        ("praktijk-met-cijfers", [".proza h2 >> nth=0", ".feiten .cijfer >> nth=3", ".bronnen"]),
        ("catalogus", [".telregel", ".kaart >> nth=19"]),
        ("gemeente", [".kaart >> nth=0", ".verwijzers li >> nth=2"]),
        ("zoeken", [".titels >> nth=0", ".letters"]),
    ],
)
def test_without_javascript_content_is_there(
    browser: Browser, server: str, kind: str, shown: list[str]
) -> None:
    with visit(browser, server, kind, java_script_enabled=False) as (page, wrong):
        for place in shown:
            expect(page.locator(place)).to_be_visible()
        assert page.locator("[data-kies]").locator("visible=true").count() == 0, (
            "the chooser needs JavaScript"
        )
        assert wrong == []


def test_a_page_leads_to_an_act(page: Page, server: str) -> None:
    page.goto(f"{server}{KINDS['praktijk-met-cijfers']}")
    block = page.get_by_role("region", name="Zelf aan de slag")
    assert block.locator("dt").all_inner_texts() == [
        "Eerste stap",
        "Kosten",
        "Groepsgrootte",
        "Tijd",
        "Documenten",
        "Wetten",
        "Contact",
    ]
    expect(block.get_by_role("link", name="Gemeentewet")).to_have_attribute(
        "href", "https://wetten.overheid.nl/BWBR0005416/"
    )
    # Her name alone reaches nobody, and its organisation says how it is reached.
    assert block.locator("dt:text('Contact') ~ dd").all_inner_texts() == [
        "De dorpsraad van Zaalbeek",
        "Bond van Samenwerkende Dorpen\ninfo@dorpen.example",
    ]
    assert block.locator("a[href^='mailto:']").all_inner_texts() == ["info@dorpen.example"]
    block.get_by_role("link", name="2 documenten").click()
    expect(page.get_by_role("heading", name="Documenten")).to_be_in_viewport()
    # What is said there is not said again.
    assert page.locator(".feiten").get_by_text("een voorjaar").count() == 0
    page.goto(f"{server}{KINDS['instrument']}")
    assert block.locator("dt:text('Contact') ~ dd").all_inner_texts() == [
        "Het Huis van Inspraak\nbonen@inspraak.example"
    ]
    page.goto(f"{server}{KINDS['praktijk']}")
    assert block.count() == 0


def test_an_organisation_leads_to_its_site_its_mailbox_and_its_place_in_a_register(
    page: Page, server: str
) -> None:
    page.goto(f"{server}{KINDS['organisatie']}")
    for name, address in {
        "Site van BSD": "https://dorpen.example/",
        "info@dorpen.example": "mailto:info@dorpen.example",
        "BSD in het register": "https://register.example/bond-van-samenwerkende-dorpen",
    }.items():
        expect(page.get_by_role("link", name=name)).to_have_attribute("href", address)


def test_evidence_is_a_ladder_with_who_judged(page: Page, server: str) -> None:
    page.goto(f"{server}{KINDS['praktijk-met-cijfers']}")
    steps = page.locator(".ladder li")
    assert steps.all_inner_texts() == [
        "idee",
        "proef",
        "uitgevoerd",
        "geëvalueerd: het is gedaan, en er is onderzocht wat het opleverde",
        "overgenomen",
    ]
    assert [step.get_attribute("aria-current") for step in steps.all()].index("step") == 3
    expect(page.locator(".feiten")).to_contain_text(
        "Beoordeeld door Hogeschool De Brink: gesprekken in veertien dorpen, voorjaar 2025 "
        "(bron: Evaluatie van de euro)."
    )
    expect(page.locator(".bronnen")).to_contain_text(
        "Bond van Samenwerkende Dorpen, najaar 2024; gelezen op 17 mei 2026"
    )


def test_what_is_not_known_is_folded_and_last_and_open_on_paper(page: Page, server: str) -> None:
    page.goto(f"{server}{KINDS['praktijk-met-cijfers']}")
    body = page.locator(".proza").filter(has=page.locator("#aanleiding"))
    assert body.get_by_role("heading", level=2).all_inner_texts()[-2:] == [
        "Meer weten",
        "Wat we niet weten",
    ]
    hidden = page.get_by_text("Hoeveel koffie er overbleef, is niet geteld.")
    expect(hidden).to_be_hidden()
    page.get_by_role("heading", name="Wat we niet weten").click()
    expect(hidden).to_be_visible()
    box = page.locator(".kader", has=page.get_by_role("heading", name="Kan dit bij u?"))
    expect(box).to_have_text(re.compile("Ja, als elk dorp een zaal heeft"))
    expect(box).not_to_contain_text("Wij vertellen het graag nog eens")
    page.reload()
    page.emulate_media(media="print")
    expect(hidden).to_be_visible()


def test_facets_lie_open_on_a_desktop_and_fold_behind_one_control_on_a_phone(
    browser: Browser, server: str
) -> None:
    with visit(browser, server, "catalogus", DESKTOP, java_script_enabled=False) as (page, wrong):
        facets, control = page.locator(".facet summary"), page.locator(".facetten__alle > summary")
        expect(facets.first).to_be_visible()
        expect(control).to_be_hidden()
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        expect(facets.first).to_be_hidden()
        control.click()
        expect(facets.last).to_be_visible()
        assert wrong == []
