"""Look at pages in the machine's own Chromium. A tab is lent again and again: to start one costs
more than most looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, Route

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_HERE = "/axe"
"""Where the host of the tests has it."""
SCRIPTS_COME = Event()
"""Until it is set the host of the tests keeps its scripts: to hold them in the browser costs half
as much as to open the page.
"""
SCRIPTS_COME.set()
DESKTOP, PHONE = (1280, 900), (390, 844)
FROM_THE_START = """addEventListener('securitypolicyviolation',
    e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));
window.print = () => { window.geprint = (window.geprint ?? 0) + 1; };
addEventListener('beforeunload', e => { if (window.klaar) e.stopImmediatePropagation(); }, true);
window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) moved.push(
    [e.value, ...e.sources.map(s => s.node?.parentElement?.outerHTML.slice(0, 120) ?? '')]); }))
    .observe({type: 'layout-shift', buffered: true});"""
"""Runs before a page does: tell of every breach of its policy, count instead of printing, when a
test is done let nobody ask whether to leave, and note what moves by itself.
"""
NOT_YET_SHOWN = "was preloaded using link preload but not used within a few seconds"
"""What a browser says of a font when a page was too busy at first to show anything. That each kind
of page uses it is looked at on a phone.
"""
_FREE: WeakKeyDictionary[Browser, dict[str, list[Page]]] = WeakKeyDictionary()
"""The tabs of each browser that nobody has, by their settings."""


@contextmanager
def tab(browser: Browser, size: tuple[int, int] = DESKTOP, **settings: Any) -> Iterator[Page]:
    """Lend a tab of a context with these settings, as clean as a new one: nothing stored, allowed,
    routed or emulated.

    A test that adds scripts to it or listens to it makes a context of its own: those cannot be
    taken off.
    """
    free = _FREE.setdefault(browser, {}).setdefault(repr(sorted(settings.items())), [])
    if free:
        page = free.pop()
    else:
        context = browser.new_context(**settings)
        context.add_init_script(FROM_THE_START)
        page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        yield page
    except BaseException:
        page.context.close()
        raise
    _clean(page)
    free.append(page)


def _clean(page: Page) -> None:
    """Undo all but the page itself, which the next address replaces: an empty one in between would
    cost a process.
    """
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    if page.url.startswith(("http:", "file:")):
        # What is not shown is not laid out again for each thing that is undone.
        page.evaluate("""() => {
            window.klaar = true; localStorage.clear(); sessionStorage.clear();
            document.documentElement.style.display = 'none';
        }""")
    page.unroute_all()
    context.set_offline(False)
    context.clear_permissions()
    context.clear_cookies()
    page.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )


@contextmanager
def listening(page: Page, **heard: Callable[[Any], object]) -> Iterator[None]:
    """Listen to a tab that goes back afterwards."""
    for event, listener in heard.items():
        page.on(event, listener)  # type: ignore[call-overload]  # one overload an event
    try:
        yield
    finally:
        for event, listener in heard.items():
            page.remove_listener(event, listener)


@contextmanager
def visit(
    browser: Browser,
    address: str,
    size: tuple[int, int] = DESKTOP,
    hold: bool = False,
    late: bool = False,
    **settings: Any,
) -> Iterator[tuple[Page, list[str]]]:
    """Open an address and note all that goes wrong: console, scripts, failed requests, requests to
    elsewhere, breaches of the policy.

    With `hold` a page that leads on at once is held where it is; with `late` its scripts come when
    it has been shown without, as on a slow line.
    """
    wrong: list[str] = []
    origin = "/".join(address.split("/")[:3])

    def answered(response: Any) -> None:
        if response.status >= 400 and response.url != address:
            wrong.append(f"{response.status} {response.url}")

    def said(message: Any) -> None:
        # A browser reports a page that is not there in the console, whatever that page does.
        missing = message.location["url"] == address and "404" in message.text
        if not missing and NOT_YET_SHOWN not in message.text:
            wrong.append(f"console: {message.text}")

    def still(route: Route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, body=re.sub(r'<meta http-equiv="refresh"[^>]*>', "", response.text())
        )

    with (
        tab(browser, size, **settings) as page,
        listening(
            page,
            console=said,
            response=answered,
            pageerror=lambda error: wrong.append(f"script: {error}"),
            # A request that a next page cuts off (the icon of the tab) has not failed.
            requestfailed=lambda request: (
                None
                if request.failure == "net::ERR_ABORTED"
                else wrong.append(f"failed: {request.url}")
            ),
            request=lambda request: (
                None
                if request.url.startswith((origin, "data:", "blob:"))
                else wrong.append(f"elsewhere: {request.url}")
            ),
        ),
    ):
        if hold:
            page.route(address, still)
        if late:
            _open_before_scripts(page, address)
        else:
            page.goto(address)
        if "/zoeken/?q=" in address and settings.get("java_script_enabled", True):
            page.wait_for_selector("[data-search-status=done]")
        yield page, wrong


# The policy of a page lets no function be waited for.
SHOWN = """() => new Promise(function look(done) {
    document.querySelector('script[blocking=render]')
        || performance.getEntriesByName('first-contentful-paint').length
        ? done() : setTimeout(look, 10, done);
})"""


def _open_before_scripts(page: Page, address: str) -> None:
    SCRIPTS_COME.clear()
    try:
        page.goto(address, wait_until="commit")
        page.evaluate(SHOWN)
    finally:
        SCRIPTS_COME.set()
    page.wait_for_load_state()


def moved(page: Page) -> list[list[object]]:
    """What moved by itself since the page came, when together it is more than hardly seen (CLS):
    each with its share, and where.
    """
    # One more drawing, so that what moved last is known too.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    shifts: list[list[Any]] = page.evaluate("moved")
    return shifts if sum(shift[0] for shift in shifts) > 0.03 else []


NO_COLOURS = {"color-contrast": {"enabled": False}}
"""For axe, where a page has the colours that it was looked at in already: they are half of its
work.
"""
TARGETS = {"target-size": {"enabled": True}}


def too_wide(page: Page, width: int) -> list[str]:
    """What sticks out at this width, when the page scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const wide = (e) => e.getBoundingClientRect().right > width + 1;
        return [...document.body.querySelectorAll('*')].filter(wide)
            .map(e => `${innerWidth}: ${e.tagName}.${e.className}`)
            .slice(0, 5).concat(`${innerWidth}: scrolls`);
    }""")
    return found


LONG_WORDS = """() => {
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const fixed = 'table, svg, button, .knop, option, script, .telling, .sorteren, .delen label';
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.data.trim() && !text.parentElement.closest(fixed)) {
            text.data += ' gemeenteraadsverkiezingsprogramma';
        }
    }
}"""
"""Let all that editors may write have a long word, but for tables, which scroll by themselves."""


LOAD = """address => new Promise((done, fail) => {
    const script = document.createElement('script');
    script.onload = () => done(script.remove());
    script.onerror = fail;
    script.src = address;
    document.head.append(script);
})"""


def axe(page: Page, **options: Any) -> list[str]:
    """The violations that axe finds, each with the place."""
    if not page.evaluate("'axe' in window"):
        if page.url.startswith("file:"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        else:
            page.evaluate(LOAD, AXE_HERE)  # to hand half a megabyte over costs twice as much
    found: list[str] = page.evaluate(
        """options => axe.run(document, {resultTypes: ['violations'], ...options})
        .then(r => r.violations.flatMap(v => v.nodes.map(
            n => `${v.id}: ${n.target} ${n.failureSummary}`)))""",
        options,
    )
    return found


# Links alone on a line need 44 pixels; links in running text need lines of 24. A card's link is as
# large as its card, a checkbox as its label.
SMALL_TARGETS = """() => [
    ...document.querySelectorAll('a[href], button, input, select, summary')
].flatMap(e => {
    if (!e.checkVisibility({visibilityProperty: true})
        || e.closest('.alleen-voorlezen, .naar-inhoud')) return [];
    // A dot of the map: the same link stands beside it in words (WCAG 2.5.8, equivalent).
    if (e.closest('svg')) return [];
    let box = (e.closest('label') ?? e).getBoundingClientRect();
    const style = getComputedStyle(e);
    const over = getComputedStyle(e, '::after').position === 'absolute';
    if (over) box = e.offsetParent.getBoundingClientRect();
    else if (style.display === 'inline') {
        // The number of a note stands in the line of the text around it.
        const text = e.closest('sup')?.parentElement ?? e.parentElement;
        const {lineHeight} = getComputedStyle(text);
        const running = [...text.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (running) return parseFloat(lineHeight) >= 24
            ? [] : [`line of ${lineHeight}: ${e.textContent.trim()}`];
    }
    return box.height >= 43.9 && box.width >= 43.9
        ? []
        : [`${box.width.toFixed()}x${box.height.toFixed()}: ${e.tagName} ${e.textContent.trim()}`];
})"""


IS_SEEN = """e => e.checkVisibility({visibilityProperty: true})
    && e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().height > 0"""
FRAME = f"""() => ({{lang: document.documentElement.lang, titled: !!document.title.trim(),
    h1: [...document.querySelectorAll('h1')].map(e => !!e.closest('main') && ({IS_SEEN})(e))}})"""


def check_frame(page: Page) -> None:
    """What holds for every page at every width."""
    # In one question: a locator brings along a script of its own to each page.
    assert page.evaluate(FRAME) == {"lang": "nl", "h1": [True], "titled": True}
