"""Every page kind in a real browser: sound, accessible, usable by keyboard, without JavaScript, on a phone and on paper."""
from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
DESKTOP, PHONE = (1280, 900), (390, 844)

KINDS = {
    "home": "/",
    "praktijk": "/praktijken/project-ariadne/",
    "praktijk-met-cijfers": "/praktijken/impulsgemeenten-weerbaar-bestuur/",
    "instrument": "/instrumenten/quick-scan-lokale-democratie/",
    "publicatie": "/kennisbank/verhoging-raadsvergoeding-kleine-gemeenten/",
    "agenda": "/agenda/",
    "voortgang": "/voortgang/",
    "bijeenkomst": "/agenda/dag-van-de-lokale-democratie-2018/",
    "catalogus": "/praktijken/",
    "catalogus-blad-2": "/instrumenten/pagina/2/",
    "catalogus-keuze": "/praktijken/aandachtsveld/beter-betrokken-inwoners/",
    "aandachtsvelden": "/aandachtsvelden/",
    "aandachtsveld": "/aandachtsvelden/beter-betrokken-inwoners/",
    "pijlers": "/pijlers/",
    "pijler": "/pijlers/leren-van-elkaar/",
    "provincies": "/provincies/",
    "provincie": "/provincies/utrecht/",
    "organisaties": "/organisaties/",
    "organisatie": "/organisaties/vng/",
    "onderwerpen": "/onderwerpen/",
    "onderwerp": "/onderwerpen/right-to-challenge/",
    "doelgroepen": "/doelgroepen/",
    "doelgroep": "/doelgroepen/griffier/",
    "gemeenten": "/gemeenten/",
    "gemeente": "/gemeenten/utrecht/",
    "gemeente-zonder-paginas": "/gemeenten/aalten/",
    "gemeente-van-vroeger": "/gemeenten/landerd/",
    "andere-naam": "/gemeenten/den-haag/",
    "zoeken": "/zoeken/",
    "zoeken-gevonden": "/zoeken/?q=right+to+challenge",
    "zoeken-niets-gevonden": "/zoeken/?q=xqzwvk",
    "kaart": "/kaart/",
    "vergelijken": "/vergelijken/?pagina=instrumenten%2Fquick-scan-lokale-democratie&pagina=praktijken%2Fproject-ariadne",
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


@pytest.fixture(scope="module")
def viewer(browser: Browser) -> Iterator[BrowserContext]:
    """One context for the tests that only look; it keeps what it has fetched, so it is quick."""
    context = browser.new_context()
    yield context
    context.close()


@contextmanager
def visit(
    browser: Browser, server: str, kind: str, size: tuple[int, int] = DESKTOP, within: BrowserContext | None = None, **settings,
) -> Iterator[tuple[Page, list[str]]]:
    """Open a page and note all that goes wrong on it: console, scripts, failed requests, requests to elsewhere, breaches of the policy."""
    context = within or browser.new_context(**settings)
    page, wrong = context.new_page(), []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    path = KINDS[kind]

    def answered(response) -> None:
        if response.status >= 400 and not (kind == "niet-gevonden" and urlsplit(response.url).path == path):
            wrong.append(f"{response.status} {response.url}")

    def said(message) -> None:
        # A browser reports a missing page in the console, whatever the page does.
        if not (kind == "niet-gevonden" and message.location["url"].endswith(path)):
            wrong.append(f"console: {message.text}")

    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))")
    # A request that a next page cuts off (the icon of the tab) has not failed.
    page.on("requestfailed", lambda request: None if request.failure == "net::ERR_ABORTED" else wrong.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if request.url.startswith((server, "data:")) else wrong.append(f"elsewhere: {request.url}"))
    page.on("response", answered)
    if kind == "andere-naam":
        # This page leads on at once; to look at the page itself, it is held where it is.
        def hold(route) -> None:
            response = route.fetch()
            route.fulfill(response=response, body=re.sub(r'<meta http-equiv="refresh"[^>]*>', "", response.text()))
        page.route(f"{server}{path}", hold)
    page.goto(server + path)
    if "?q=" in path:
        page.wait_for_selector("[data-search-status=done]")
    try:
        yield page, wrong
    finally:
        (page if within else context).close()


def too_wide(page: Page, width: int) -> list[str]:
    """What sticks out at this width, when the page scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1)
            .map(e => `${innerWidth}: ${e.tagName}.${e.className}`).slice(0, 5).concat(`${innerWidth}: scrolls`);
    }""")


def axe(page: Page, **options) -> list[str]:
    """The violations that axe finds, each with the place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate("""options => axe.run(document, {resultTypes: ['violations'], ...options})
        .then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))""", options)


# Links alone on a line need 44 pixels; links in running text need lines of 24. A card's link is as large as its card, a checkbox as its label.
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, input, select, summary')].flatMap(e => {
    if (!e.checkVisibility({visibilityProperty: true}) || e.closest('.alleen-voorlezen, .naar-inhoud')) return [];
    if (e.closest('svg')) return []; // a dot of the map: the same link stands beside it in words (WCAG 2.5.8, equivalent)
    let box = (e.closest('label') ?? e).getBoundingClientRect();
    const style = getComputedStyle(e);
    if (getComputedStyle(e, '::after').position === 'absolute') box = e.offsetParent.getBoundingClientRect();
    else if (style.display === 'inline') {
        const running = [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (running) return parseFloat(style.lineHeight) >= 24 ? [] : [`line of ${style.lineHeight}: ${e.textContent.trim()}`];
    }
    return box.height >= 43.9 && box.width >= 43.9 ? [] : [`${Math.round(box.width)}x${Math.round(box.height)}: ${e.tagName} ${e.textContent.trim()}`];
})"""


def contrast_on_white(colour: str) -> float:
    """The contrast of `rgb(…)` on white, as WCAG counts it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


COLOURS = """() => ({ground: getComputedStyle(document.body).backgroundColor,
    ink: [...new Set([...document.querySelectorAll('main h1, main p, main li, main dd')].map(e => getComputedStyle(e).color))]})"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
    return s.transitionDuration.split(', ').some(d => parseFloat(d) > 0.01) || s.animationName !== 'none'; }).map(e => `${e.tagName} ${e.className}`)"""


def check_frame(page: Page) -> None:
    """What holds for every page at every width."""
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("h1").count() == 1
    assert page.locator("main h1").is_visible()
    assert page.title().strip()


@EVERY_KIND
def test_on_a_desktop_in_light_in_dark_and_on_paper(browser: Browser, viewer: BrowserContext, server: str, kind: str) -> None:
    with visit(browser, server, kind, DESKTOP, viewer) as (page, wrong):
        check_frame(page)
        assert axe(page, rules={"target-size": {"enabled": True}}) == []
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
        assert page.locator(".kop__nav, form.zoek, .voet nav, .kruimels").locator("visible=true").count() == 0
        # A box that may not be cut leaves the page before it empty.
        assert {"auto"} >= set(page.locator(".feiten").evaluate_all("boxes => boxes.map(b => getComputedStyle(b).breakInside)"))
        assert page.locator("main h1").is_visible()
        assert wrong == []


@EVERY_KIND
def test_on_a_phone(browser: Browser, viewer: BrowserContext, server: str, kind: str) -> None:
    with visit(browser, server, kind, PHONE, viewer) as (page, wrong):
        check_frame(page)
        assert axe(page, rules={"target-size": {"enabled": True}}) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert too_wide(page, 390) + too_wide(page, 320) == []
        assert wrong == []


FOCUS = """() => {
    const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    if (e === document.body) return null;
    return {index: [...document.querySelectorAll('*')].indexOf(e),
            part: e.closest('.kop__nav, form[role=search], main, footer, header')?.className || e.className,
            href: e.getAttribute('href'), outline: s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth), text: e.textContent.trim(),
            seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""


@pytest.mark.parametrize("kind", ["home", "praktijk", "catalogus", "gemeente", "gemeenten", "zoeken", "niet-gevonden"])
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
        assert [s["index"] for s in steps] == sorted(s["index"] for s in steps), "the order of the page"
        parts = [s["part"] for s in steps]
        assert {"kop__nav", "breed"} <= set(parts)
        assert sum(part == "kop__nav" for part in parts) == 5
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
        lines = page.locator(".kop__nav a:visible").evaluate_all("links => links.map(a => [a.ariaCurrent, getComputedStyle(a).borderBottomColor])")
        chosen = {colour for current, colour in lines if current}
        assert len(chosen) == 1 and not chosen & {colour for current, colour in lines if not current}
        assert wrong == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["home", "praktijk", "zoeken"])
def test_slash_goes_to_the_search_box(browser: Browser, server: str, kind: str, size: tuple[int, int]) -> None:
    with visit(browser, server, kind, size) as (page, wrong):
        page.locator("main").focus()
        page.keyboard.press("/")
        box = page.locator("input[type=search][name=q]:focus")
        expect(box).to_have_value("")
        page.keyboard.type("raad/griffie")
        expect(box).to_have_value("raad/griffie")
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
def test_enter_in_the_header_searches(browser: Browser, server: str, kind: str, scripts: bool) -> None:
    with visit(browser, server, kind, java_script_enabled=scripts) as (page, _):
        page.locator("header form[role=search] input").fill("right to challenge")
        page.keyboard.press("Enter")
        page.wait_for_url("**/zoeken/?q=right+to+challenge")


def test_search_page_has_one_box_and_one_status(browser: Browser, server: str) -> None:
    with visit(browser, server, "zoeken") as (page, wrong):
        expect(page.locator("input[type=search][name=q]")).to_have_count(1)
        expect(page.locator("[data-search-status]")).to_have_count(1)
        expect(page.locator("[data-search-status]")).to_have_attribute("data-search-status", re.compile("^(idle|busy|done|error)$"))
        assert wrong == []


@pytest.mark.parametrize("kind", ["home", "gemeenten"])
def test_chooser_leads_to_the_municipality(browser: Browser, server: str, kind: str) -> None:
    with visit(browser, server, kind) as (page, wrong):
        page.get_by_label("Kies uw gemeente").select_option(label="Utrecht")
        page.get_by_role("button", name="Bekijk").click()
        page.wait_for_url("**/gemeenten/utrecht/")
        assert wrong == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_common_name_leads_on(browser: Browser, server: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(server + KINDS["andere-naam"])
    page.wait_for_url("**/gemeenten/s-gravenhage/")
    expect(page.locator("h1")).to_have_text("'s-Gravenhage")
    context.close()


@pytest.mark.parametrize(("kind", "follow", "arrives"), [
    ("home", "main .thema a >> nth=0", "**/aandachtsvelden/*/"),
    ("home", "main .kaart a >> nth=0", "**/*/*/"),
    ("praktijk-met-cijfers", ".feiten dd a >> nth=0", "**/aandachtsvelden/*/"),
    ("praktijk-met-cijfers", "section .kaart a >> nth=0", "**/*/*/"),
    ("catalogus", ".facet[open] a >> nth=0", "**/praktijken/*/*/"),
    ("catalogus", "section .kaart a >> nth=0", "**/praktijken/*/"),
    ("catalogus-keuze", "a.weg", "**/praktijken/"),
    ("gemeente", "main .kaart a >> nth=0", "**/*/*/"),
    ("gemeente", "main table a >> nth=0", "**/gemeenten/*/"),
    ("gemeente-van-vroeger", ".inleiding a", "**/gemeenten/maashorst/"),
    ("andere-naam", ".inleiding a", "**/gemeenten/s-gravenhage/"),
    ("zoeken", "main .titels a >> nth=0", "**/*/*/"),
])
def test_without_javascript_links_lead_on(browser: Browser, server: str, kind: str, follow: str, arrives: str) -> None:
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


@pytest.mark.parametrize(("kind", "shown"), [
    ("home", [".thema >> nth=6", ".kaart >> nth=0", "form.zoek--groot"]),
    ("praktijk-met-cijfers", [".proza h2 >> nth=0", ".feiten .cijfer >> nth=3", ".bronnen"]),
    ("catalogus", [".telregel", ".kaart >> nth=19"]),
    ("gemeente", [".kaart >> nth=0", "table"]),
    ("zoeken", [".titels >> nth=0", ".letters"]),
])
def test_without_javascript_content_is_there(browser: Browser, server: str, kind: str, shown: list[str]) -> None:
    with visit(browser, server, kind, java_script_enabled=False) as (page, wrong):
        for place in shown:
            expect(page.locator(place)).to_be_visible()
        assert page.locator("[data-kies]").locator("visible=true").count() == 0, "the chooser needs JavaScript"
        assert wrong == []


def test_facets_lie_open_on_a_desktop_and_fold_behind_one_control_on_a_phone(browser: Browser, server: str) -> None:
    with visit(browser, server, "catalogus", DESKTOP, java_script_enabled=False) as (page, wrong):
        facets, control = page.locator(".facet summary"), page.locator(".facetten__alle > summary")
        expect(facets.first).to_be_visible()
        expect(control).to_be_hidden()
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        expect(facets.first).to_be_hidden()
        control.click()
        expect(facets.last).to_be_visible()
        assert wrong == []
