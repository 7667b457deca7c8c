"""The map, the comparison and the visitor's own list: their data, and how they work in a real
browser.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from building import (
    FROZEN,
    ROOT,
    SITE,
    TODAY,
    build_site,
    check_workbook,
    pages,
    platform_of,
    printed,
    read,
)
from conftest import serving
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import Instrument, Velden
from kennisplatform.model.text import slugify
from kennisplatform.model.vocabulary import Gemeente, Vocabulary
from kennisplatform.publish.export import record_files
from kennisplatform.site.kaart import HEIGHT, WIDTH, Dot, Label, draw, place
from kennisplatform.site.site import site_pages
from looking import DESKTOP, NO_COLOURS, PHONE, SMALL_TARGETS, axe, too_wide, visit
from paper import check_paper

BEANS, EURO, SILENCE = (
    "instrumenten/stemmen-met-bonen",
    "praktijken/een-euro-per-bewoner",
    "praktijken/stille-avond-in-de-raadzaal",
)
DAY, GUIDE = "agenda/dag-van-het-dorp", "kennisbank/wegwijzer-dorpsbudget"
FOUR = (BEANS, EURO, SILENCE, DAY)


def asked(path: str, *pages: str) -> str:
    return f"{path}?{'&'.join(f'pagina={p}' for p in pages)}" if pages else path


@pytest.fixture(scope="module")
def platform() -> Platform:
    return platform_of(SITE)


@pytest.fixture(scope="module")
def netherlands() -> Vocabulary:
    """The real municipalities of one day: the drawing must fit them."""
    return platform_of(FROZEN).vocabulary


# The map as data


def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """The rings of each province in the drawing."""
    found: dict[str, list[list[tuple[float, float]]]] = {}
    drawing = (ROOT / "docs" / "assets" / "nederland.svg").read_text(encoding="utf-8")
    for name, path in re.findall(r'<path id="([a-z-]+)"[^>]* d="([^"]+)"', drawing):
        for ring in path.split("z")[:-1]:
            numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
            x = y = 0.0
            points = []
            for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + step_x, y + step_y
                points.append((x, y))
            found.setdefault(name, []).append(points)
    return found


def inside(x: float, y: float, rings: list[list[tuple[float, float]]]) -> bool:
    """Whether a line from the point to the far right crosses the border an odd number of times."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossings += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


def misplaced(gemeenten: Iterable[Gemeente]) -> list[str]:
    """Name the municipalities whose point does not lie in their own province."""
    provinces = outlines()
    assert len(provinces) == 12
    points = [(g, place(g)) for g in gemeenten]
    assert all(0 < at.x < WIDTH and 0 < at.y < HEIGHT for _, at in points)
    return [g.naam for g, at in points if not inside(at.x, at.y, provinces[slugify(g.provincie)])]


def test_every_municipality_lies_in_its_own_province(netherlands: Vocabulary) -> None:
    assert misplaced(netherlands.gemeenten) == [], "the drawing has other borders"


def test_south_is_below_and_east_is_right(netherlands: Vocabulary) -> None:
    at = {
        slug: place(netherlands.gemeente_op_slug[slug])
        for slug in ("maastricht", "groningen", "middelburg", "enschede")
    }
    assert at["maastricht"].y > at["groningen"].y + 400
    assert at["enschede"].x > at["middelburg"].x + 400


def seen(dot: Dot, later: tuple[Dot, ...]) -> float:
    """Which part of a dot no later dot covers."""
    points = [
        (
            dot.point.x + dot.radius * math.sqrt(r / 12) * math.cos(math.tau * a / 36),
            dot.point.y + dot.radius * math.sqrt(r / 12) * math.sin(math.tau * a / 36),
        )
        for r in range(1, 13)
        for a in range(36)
    ]
    near = [
        o
        for o in later
        if math.hypot(o.point.x - dot.point.x, o.point.y - dot.point.y) < o.radius + dot.radius
    ]
    return sum(
        all(math.hypot(x - o.point.x, y - o.point.y) > o.radius for o in near) for x, y in points
    ) / len(points)


CHANCE = random.Random(2019)
COUNTS: dict[str, Callable[[Gemeente], int]] = {
    "as on one day": lambda g: len(platform_of(FROZEN).pages_of("gemeente", g.slug)),
    "one everywhere": lambda g: 1,
    "by inhabitants": lambda g: g.inwoners // 10_000,
    "by chance": lambda g: CHANCE.randint(0, 40),
    "none": lambda g: 0,
}


@pytest.mark.parametrize("counts", COUNTS)
def test_no_dot_disappears_under_others(netherlands: Vocabulary, counts: str) -> None:
    numbered = [(g, COUNTS[counts](g)) for g in netherlands.gemeenten]
    drawn = draw(numbered, ())
    assert {s.gemeente.code: s.count for s in drawn.dots} == {g.code: n for g, n in numbered if n}
    assert [s.gemeente.naam for s in drawn.by_name] == [g.naam for g, n in numbered if n]
    assert len(drawn.dots) + len(drawn.empty) == 342
    assert [s.radius for s in drawn.dots] == sorted((s.radius for s in drawn.dots), reverse=True)
    assert [
        s.gemeente.naam for i, s in enumerate(drawn.dots) if seen(s, drawn.dots[i + 1 :]) < 0.4
    ] == []


def test_a_municipality_page_carries_a_small_map(site: Path) -> None:
    page = (site / "gemeenten" / "stilveen" / "index.html").read_text(encoding="utf-8")
    drawing = re.search(r'<a class="ligging".*?</a>', page, re.DOTALL)
    assert drawing and len(drawing[0]) < 600
    assert "nederland.svg#drenthe" in drawing[0]


# The data of each page


@pytest.fixture(scope="module")
def data(platform: Platform) -> dict[str, dict[str, Any]]:
    return {
        file.address: json.loads(file.content)
        for file in itertools.chain(*map(record_files, site_pages(platform)))
    }


def test_every_content_page_has_data(
    site: Path, platform: Platform, data: dict[str, dict[str, Any]]
) -> None:
    assert data.keys() == {f"data/{p.address[:-1]}.json" for p in platform.library.pages}
    for address, expected in data.items():
        assert json.loads((site / address).read_text(encoding="utf-8")) == expected
    for page in platform.library.pages:
        found = data[f"data/{page.address[:-1]}.json"]
        assert (found["slug"], found["adres"], found["collectie"]) == (
            page.slug,
            page.address,
            page.collectie.slug,
        )
        assert found["velden"] == page.velden.model_dump(mode="json", exclude_defaults=True)
        assert list(found["kenmerken"]) == list(data[f"data/{BEANS}.json"]["kenmerken"])
        assert all(re.fullmatch(r"GM\d{4}", code) for code in found["gemeentecodes"])
        assert {
            slug for slugs in found["relaties"].values() for slug in slugs
        } <= platform.library.by_slug.keys()


def test_relations_are_in_the_data_of_both_sides(data: dict[str, dict[str, Any]]) -> None:
    assert "een-euro-per-bewoner" in data[f"data/{BEANS}.json"]["relaties"]["gebruikt_in"]
    assert "stemmen-met-bonen" in data[f"data/{EURO}.json"]["relaties"]["instrumenten"]


def test_instruments_are_compared_by_all_their_own_fields(data: dict[str, dict[str, Any]]) -> None:
    full = Instrument.model_construct(
        titel="x",
        samenvatting="x",
        aandachtsveld=("x",),
        datum=TODAY,
        tijdsbeslag="x",
        groepsgrootte="x",
        kosten="x",
        eerste_stap="x",
        moeilijkheid="laag",
        invloed=("adviseren",),
        schaal=("buurt",),
        vorm=("geld",),
        oplevert="x",
        vraagt="x",
    )
    own = [name for name in Instrument.model_fields if name not in Velden.model_fields]
    assert list(Instrument.vergeleken()) == own
    assert [name for name, _ in full.kenmerken] == list(Instrument.vergeleken().values())
    assert {name for name, _ in full.kenmerken} <= data[f"data/{EURO}.json"]["kenmerken"].keys()


# In the browser


def stored(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).flatMap(k => JSON.parse(localStorage.getItem(k)))"
    )
    return found


def keep(page: Page, server: str, *pages: str) -> None:
    """Keep pages as a visitor does: on each of them."""
    for one in pages:
        page.goto(f"{server}/{one}/")
        page.locator("[data-acties] [data-bewaar]").click()
        expect(page.locator(".bak [role=status]")).to_contain_text("Bewaard")


LOOK = {
    "vergelijken": asked("/vergelijken/", BEANS, SILENCE, EURO, DAY),
    "vergelijken-leeg": "/vergelijken/",
    "mijn-lijst": "/mijn-lijst/",
    "mijn-lijst-gedeeld": asked("/mijn-lijst/", BEANS, GUIDE),
    "praktijk": f"/{EURO}/",
}
"""What only a list makes look as it does; test_browser.py looks at every kind of page without one.
"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", LOOK)
def test_looks_right_to_axe(
    browser: Browser, server: str, kind: str, size: tuple[int, int]
) -> None:
    with visit(browser, f"{server}/over/", size) as (page, wrong):
        page.evaluate(
            "kept => localStorage.setItem('mijn-lijst /', JSON.stringify(kept))", [SILENCE, EURO]
        )
        page.goto(server + LOOK[kind])
        page.wait_for_load_state("networkidle")
        assert too_wide(page, size[0]) + too_wide(page, 320 if size == PHONE else 1024) == []
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if size == PHONE:
            assert axe(page, rules=NO_COLOURS) == []
            assert page.evaluate(SMALL_TARGETS) == []
        else:
            assert axe(page) == []
            page.emulate_media(color_scheme="dark")
            assert axe(page, runOnly=["color-contrast"]) == [], (
                "only the colours differ in the dark"
            )
        assert wrong == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_dots_and_table_say_the_same_and_lead_on(
    browser: Browser, server: str, scripts: bool
) -> None:
    with visit(browser, f"{server}/kaart/", java_script_enabled=scripts) as (page, wrong):
        dots = {
            a.get_attribute("href"): a.locator("title").text_content()
            for a in page.locator(".landkaart__stip").all()
        }
        rows = {}
        for row in page.locator("main tbody tr").all():
            link, number = row.locator("th a"), int(row.locator(".getal").inner_text())
            rows[link.get_attribute("href")] = (
                f"{link.inner_text()}: {number} {'pagina' if number == 1 else 'pagina’s'}"
            )
        assert dots == rows
        assert len(dots) == 21
        assert page.locator("main .chip").count() == page.locator(".landkaart__vlak").count() == 12
        page.get_by_role("link", name="Zaalbeek: 3 pagina’s", exact=True).and_(
            page.locator(".landkaart__stip")
        ).click()
        page.wait_for_url("**/gemeenten/zaalbeek/")
        page.locator("a.ligging").click()
        page.wait_for_url("**/kaart/")
        page.locator(".landkaart__vlak", has_text="Fryslân").click()
        page.wait_for_url("**/provincies/fryslan/")
        assert wrong == []


@pytest.mark.parametrize("every", [1, 2, 7, 400])
def test_no_name_on_the_map_comes_over_another_or_over_a_dot(
    netherlands: Vocabulary, every: int
) -> None:
    """Names of provinces lie under dots, and larger on a phone; all stay within the drawing."""
    pages = [(g, 3 * (n % every == 0)) for n, g in enumerate(netherlands.gemeenten)]
    drawn = draw(pages, ())
    assert {x.naam for x in drawn.labels if x.provincie} == set(netherlands.provincies)
    assert "Maastricht" in {x.naam for x in drawn.labels}

    def room(label: Label) -> tuple[float, float]:
        return (5 if label.provincie else 3.5) * len(label.naam), 10 if label.provincie else 6

    for one, other in itertools.combinations(drawn.labels, 2):
        (wide, high), (width, height) = room(one), room(other)
        assert (
            abs(one.point.y - other.point.y) >= high + height
            or abs(one.point.x - other.point.x) >= wide + width
        ), (one, other)
    for label in drawn.labels:
        wide, high = room(label)
        assert wide < label.point.x < WIDTH - wide and high < label.point.y < HEIGHT - high, label
        for dot in () if label.provincie else drawn.dots:
            aside = max(0, abs(label.point.x - dot.point.x) - wide)
            assert math.hypot(aside, label.point.y - dot.point.y) > dot.radius, (label, dot)


def test_every_municipality_is_a_link_that_can_be_hit(
    browser: Browser, server: str, netherlands: Vocabulary
) -> None:
    drawn = draw([(g, len(g.naam) % 2) for g in netherlands.gemeenten], ())
    smallest = min(dot.reach for dot in (*drawn.dots, *drawn.empty))
    assert 2 * smallest * 8 * 350 / WIDTH >= 24, "on a phone, at its largest"
    with visit(browser, f"{server}/kaart/", PHONE) as (page, wrong):
        links = page.locator(".landkaart__stip, .landkaart__zonder a")
        names = links.locator("title").all_text_contents()
        chosen = page.goto(f"{server}/gemeenten/") and page.locator("[data-term] a").count()
        assert len(names) == len(set(names)) == chosen
        page.goto(f"{server}/kaart/")
        larger, smaller = (page.get_by_role("button", name=n) for n in ("Vergroot", "Verklein"))
        expect(smaller).to_be_disabled()
        wide = page.locator(".landkaart").bounding_box()
        for _ in range(3):
            larger.click()
        expect(larger).to_be_disabled()
        now = page.locator(".landkaart").bounding_box()
        assert wide and now and now["width"] == pytest.approx(8 * wide["width"], rel=0.05)
        assert too_wide(page, 390) == []
        page.locator(".landkaart__zonder a").first.click()
        page.wait_for_url("**/gemeenten/*/")
        assert wrong == []


def test_the_map_of_one_aandachtsveld(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/kaart/") as (page, wrong):
        dots, rows = page.locator(".landkaart__stip:visible"), page.locator("tbody tr:visible")
        count = page.locator("[data-kaarttelling]")
        expect(dots).to_have_count(21)
        page.get_by_label("Aandachtsveld").select_option(label="Samen voor groen")
        page.wait_for_url("**/kaart/?aandachtsveld=samen-voor-groen")
        expect(count).to_contain_text("met een pagina over Samen voor groen")
        number = int(count.inner_text().split()[0])
        assert 0 < number < 21
        expect(dots).to_have_count(number)
        expect(rows).to_have_count(number)
        first = rows.first
        assert dots.locator("title", has_text=f"{first.locator('a').first.inner_text()}:").count()
        page.reload()
        expect(dots).to_have_count(number)
        page.get_by_label("Aandachtsveld").select_option(label="Alle")
        page.wait_for_url("**/kaart/")
        expect(rows).to_have_count(21)
        page.go_back()
        expect(rows).to_have_count(number)
        page.goto(f"{server}/kaart/?aandachtsveld=bestaat-niet")
        expect(rows).to_have_count(21)
        assert wrong == []


def test_the_map_by_keyboard(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/kaart/") as (page, wrong):
        page.get_by_role("button", name="Vergroot").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Sla de kaart over")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.locator("tbody a:focus")).to_have_count(1)
        page.get_by_role("link", name="Sla de kaart over").focus()
        page.keyboard.press("Tab")
        focused = page.locator(".landkaart__stip:focus")
        expect(focused.locator("title")).to_have_text("Duinrecht: 4 pagina’s")
        before = page.evaluate(
            "getComputedStyle(document.querySelector('.landkaart__stip:not(:focus) "
            "circle:nth-of-type(2)')).fill"
        )
        assert focused.locator("circle").nth(1).evaluate("e => getComputedStyle(e).fill") != before
        page.keyboard.press("Enter")
        page.wait_for_url("**/gemeenten/duinrecht/")
        assert wrong == []


@pytest.mark.parametrize("path", ["/vergelijken/", "/mijn-lijst/"])
def test_without_javascript_it_is_said_what_is_needed(
    browser: Browser, server: str, path: str
) -> None:
    with visit(browser, server + path, java_script_enabled=False) as (page, wrong):
        expect(page.locator("[data-zonder-script]")).to_contain_text("JavaScript")
        assert (
            page.locator("main button, main select, main input").locator("visible=true").count()
            == 0
        )
        page.locator("[data-zonder-script] a", has_text="praktijken").click()
        page.wait_for_url("**/praktijken/")
        page.goto(f"{server}/{EURO}/")
        assert page.locator("[data-acties]").is_hidden()
        assert page.locator("article[data-card]").count() > 0
        assert page.locator("[data-bewaar]").locator("visible=true").count() == 0
        assert wrong == []


def asked_in_vain(wrong: list[str]) -> list[str]:
    """The pages of which data were asked that are not there, when nothing else went wrong."""
    missing = [re.fullmatch(r"404 http.*/data/(.+)\.json", line) for line in wrong]
    assert all(found or "404" in line for found, line in zip(missing, wrong, strict=True)), wrong
    return [found[1] for found in missing if found]


def heads(page: Page) -> list[str]:
    return page.locator(".naast-elkaar thead th a").all_inner_texts()


def test_compare_by_keyboard_and_the_address_follows(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/{BEANS}/") as (page, wrong):
        page.locator("[data-acties]").get_by_role("link", name="Vergelijk").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{asked('/vergelijken/', BEANS)}")
        expect(page.locator("main")).to_contain_text("Kies hierboven nog een pagina")
        chooser, offered = page.get_by_label("Voeg een pagina toe"), page.get_by_role("option")
        chooser.focus()
        page.keyboard.type("euro per bewoner")
        expect(offered.first).to_contain_text("Een euro per bewoner")
        for option in offered.all():
            assert str(option.get_attribute("data-adres")).count("/") == 5, (
                "only pages can be compared"
            )
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(chooser).to_have_value("")
        expect(chooser).to_be_focused()
        expect(offered).to_have_count(0)
        page.wait_for_url(f"**{asked('/vergelijken/', BEANS, EURO)}")
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(2)
        expect(page.locator("[data-melding]")).to_contain_text("U vergelijkt nu twee pagina’s")
        page.reload()
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(2)
        assert heads(page) == ["Stemmen met bonen", "Een euro per bewoner"]
        page.get_by_role("button", name="Haal weg (Stemmen met bonen)").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{asked('/vergelijken/', EURO)}")
        expect(page.get_by_role("button", name="Haal weg (Een euro per bewoner)")).to_be_focused()
        page.go_back()
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(2)
        page.get_by_role("button", name="Begin opnieuw").click()
        expect(page.locator("[data-tabel]")).to_contain_text("Kies hierboven een pagina")
        assert page.url == f"{server}/vergelijken/"
        expect(chooser).to_be_focused()
        page.keyboard.type("bonen")
        page.keyboard.press("Enter")
        expect(page.locator("[data-melding]")).to_have_text(
            "Typ een woord en kies een pagina uit de lijst onder het veld."
        )
        assert wrong == []


def test_what_is_kept_can_be_compared_before_anything_is_typed(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/over/", PHONE) as (page, wrong):
        keep(page, server, BEANS, EURO, SILENCE)
        page.goto(server + asked("/vergelijken/", BEANS))
        chooser, offered = page.get_by_label("Voeg een pagina toe"), page.get_by_role("option")
        chooser.click()
        expect(offered).to_have_count(2)
        expect(offered.first).to_contain_text("Een euro per bewoner")
        assert axe(page) == [] and page.evaluate(SMALL_TARGETS) == []
        page.keyboard.press("Escape")
        expect(offered).to_have_count(0)
        chooser.fill("bewoners")
        expect(page.get_by_text("De eerste 10 van ")).to_be_visible()
        expect(offered).to_have_count(10)
        chooser.fill("zqxjkv")
        expect(page.get_by_text("Niets gevonden. Probeer een ander woord.")).to_be_visible()
        chooser.fill("")
        offered.last.click()
        page.wait_for_url(f"**{asked('/vergelijken/', BEANS, SILENCE)}")
        chooser.fill("stemmen met bonen")
        offered.first.click()
        expect(page.locator("[data-melding]")).to_have_text("‘Stemmen met bonen’ staat er al bij.")
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(2)
        assert wrong == []


def test_the_comparison_says_what_differs_and_leaves_out_what_nobody_has(
    browser: Browser, server: str, data: dict[str, dict[str, Any]]
) -> None:
    chosen = [data[f"data/{p}.json"] for p in FOUR]
    with visit(browser, server + asked("/vergelijken/", *FOUR)) as (page, wrong):
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(4)
        rows = {
            row.locator("th").evaluate("e => e.firstChild.textContent"): row
            for row in page.locator("tbody tr").all()
        }
        expected = [
            name for name in chosen[0]["kenmerken"] if any(p["kenmerken"][name] for p in chosen)
        ]
        assert list(rows) == ["Kort", *expected]
        assert page.locator("tbody th[scope=row]").count() == len(rows)
        for name in expected:
            values = [p["kenmerken"][name] for p in chosen]
            assert rows[name].locator("td").all_inner_texts() == [
                v or "niet vermeld" for v in values
            ]
            verdict = rows[name].locator(".oordeel").all_inner_texts()
            known = {tuple(sorted(v.split(", "))) for v in values if v}
            if name == "Gecontroleerd":
                assert verdict == [], "that these days differ says nothing of the pages"
                continue
            assert verdict == (
                ["verschilt"] if len(known) > 1 else ["gelijk"] if all(values) else []
            ), name
        page.emulate_media(media="print")
        assert page.locator("table").is_visible()
        expect(page.locator(".bladkop .inleiding")).to_be_hidden()
        assert page.locator("main button, main select").locator("visible=true").count() == 0
        assert wrong == []


OF_A_PAGE = re.compile(r"/data/[^?]*$")
"""Search asks for the text of a page by its release."""


def test_what_is_chosen_before_its_data_came_is_compared_once_they_come(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/over/") as (page, wrong):
        waiting: list[Route] = []
        page.goto(server + asked("/vergelijken/", BEANS, EURO, SILENCE))
        told, chooser = page.locator("[data-melding]"), page.get_by_label("Voeg een pagina toe")
        heads_shown = page.locator(".naast-elkaar thead th a")
        expect(heads_shown).to_have_count(3)
        page.route(OF_A_PAGE, lambda route: waiting.append(route))
        for word in ("wegwijzer", "dag van het dorp"):
            chooser.fill(word)
            page.get_by_role("option").first.click()
        expect(told).to_have_text("U vergelijkt al vier pagina’s. Haal er eerst een weg.")
        chooser.fill("moestuin")  # what is typed meanwhile stays
        for route in waiting:
            route.continue_()
        expect(heads_shown).to_have_count(4)
        expect(told).to_contain_text("U vergelijkt nu vier pagina’s.")
        expect(chooser).to_have_value("moestuin")
        page.unroute(OF_A_PAGE)
        page.go_back()
        expect(heads_shown).to_have_count(3)
        assert wrong == []


def test_what_comes_too_late_says_nothing_of_what_is_shown_now(
    browser: Browser, server: str
) -> None:
    with visit(browser, server + asked("/vergelijken/", BEANS, EURO)) as (page, _):
        told, chooser = page.locator("[data-melding]"), page.get_by_label("Voeg een pagina toe")
        heads_shown = page.locator(".naast-elkaar thead th a")
        expect(heads_shown).to_have_count(2)
        waiting: list[Route] = []
        page.route(OF_A_PAGE, lambda route: waiting.append(route))
        chooser.fill("wegwijzer")
        page.get_by_role("option").first.click()
        expect(told).to_contain_text("wordt opgehaald")
        page.go_back()
        expect(told).to_have_text("")
        for route in waiting:
            route.abort()
        page.wait_for_timeout(200)
        expect(told).to_have_text("")
        expect(heads_shown).to_have_count(2)


def test_where_search_fails_the_chooser_says_so(browser: Browser, server: str) -> None:
    with visit(browser, server + asked("/vergelijken/", BEANS)) as (page, _):
        page.evaluate("delete window.Worker")
        page.get_by_label("Voeg een pagina toe").fill("wegwijzer")
        expect(page.get_by_text("Dat lukt nu niet. Is er verbinding met internet?")).to_be_visible()


@pytest.mark.parametrize("tool", ["/vergelijken/", "/mijn-lijst/"])
def test_other_data_are_no_page(browser: Browser, server: str, tool: str) -> None:
    with visit(browser, server + asked(tool, "schema/agenda", BEANS)) as (page, wrong):
        expect(page.locator("[data-melding]")).to_contain_text("schema/agenda")
        expect(page.get_by_role("link", name="Stemmen met bonen")).to_be_visible()
        assert wrong == []


def test_a_fifth_page_is_refused_in_words(browser: Browser, server: str) -> None:
    with visit(browser, server + asked("/vergelijken/", *FOUR)) as (page, wrong):
        page.get_by_label("Voeg een pagina toe").fill("wegwijzer")
        page.get_by_role("option", name="Wegwijzer").first.click()
        expect(page.locator("[data-melding]")).to_have_text(
            "U vergelijkt al vier pagina’s. Haal er eerst een weg."
        )
        page.goto(
            server + asked("/vergelijken/", *FOUR, GUIDE, "praktijken/bestaat-niet", "../../elders")
        )
        expect(page.locator("[data-melding]")).to_contain_text("Weggelaten: Wegwijzer")
        expect(page.locator("[data-melding]")).to_contain_text(
            "Niet gevonden: praktijken/bestaat-niet, ../../elders."
        )
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(4)
        assert asked_in_vain(wrong) == ["praktijken/bestaat-niet"]


THREE = asked("/vergelijken/", BEANS, EURO, SILENCE)
IN_SIGHT = """table => {
    const region = table.parentElement.getBoundingClientRect();
    const [corner, ...heads] = [...table.tHead.rows[0].cells].map(e => e.getBoundingClientRect());
    const at = (y) => document.elementFromPoint(region.left + 1, y)?.closest('th')?.scope;
    const below = [0.3, 0.5, 0.7].map(part => at(Math.max(0, region.top) + part * innerHeight));
    return {top: corner.top - Math.max(0, region.top), left: corner.left - region.left, below,
        whole: heads.flatMap((head, n) => head.left >= corner.right - 1
            && head.right <= region.right + 1 ? [n + 1] : []),
        cut: heads.filter(head => head.left < region.right - 1 && head.right > region.right + 1
            || head.left < corner.right - 1 && head.right > corner.right + 1).length};
}"""
"""How the heads of the comparison lie, in pixels from where they should; what stands at the left
edge; and which pages are in sight as a whole or cut.
"""


def test_heads_of_the_comparison_stay_in_sight(browser: Browser, server: str) -> None:
    with visit(browser, server + THREE, (1280, 600)) as (page, wrong):
        table = page.locator(".naast-elkaar")
        table.wait_for()
        page.mouse.wheel(0, 500)
        page.wait_for_function("scrollY === 500")
        seen = table.evaluate(IN_SIGHT)
        assert (seen["top"], seen["left"], seen["whole"]) == (0, 0, [1, 2, 3])
        expect(page.locator(".hoeveelste").first).to_be_hidden()

        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        region = page.get_by_role("group", name="Vergelijking")
        region.evaluate("e => { e.scrollIntoView(); e.scrollTop = 300; }")
        region.focus()
        for number in (1, 2, 3):
            page.wait_for_function(
                f"([table, n]) => ({IN_SIGHT})(table).whole.join() === String(n)",
                arg=[table.element_handle(), number],
            )
            seen = table.evaluate(IN_SIGHT)
            assert (seen["top"], seen["left"], seen["cut"]) == (0, 0, 0)
            told = f"{number} van 3" + (", schuif opzij" if number < 3 else "")
            assert seen["below"] == ["row"] * 3, "nothing shows beside the heads of the rows"
            expect(page.get_by_text(told, exact=True)).to_be_in_viewport(ratio=1)
            page.keyboard.press("ArrowRight")
        assert wrong == []


def test_a_comparison_is_shared_and_begins_with_what_is_kept(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/over/") as (page, wrong):
        keep(page, server, BEANS, EURO, SILENCE)
        page.goto(f"{server}/vergelijken/")
        page.get_by_role("link", name="vergelijk wat u het laatst hebt bewaard").click()
        expect(page).to_have_url(server + THREE)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Deel").click()
        expect(page.locator("[data-melding]")).to_contain_text(
            "Het adres van deze vergelijking is gekopieerd."
        )
        assert page.evaluate("navigator.clipboard.readText()") == server + THREE
        assert wrong == []


def test_nothing_is_kept_before_a_first_page_is(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/{EURO}/") as (page, wrong):
        button = page.locator("[data-acties] [data-bewaar]")
        tray, told = page.locator(".bak nav"), page.locator(".bak [role=status]")
        expect(button).to_have_text("Bewaar")
        expect(tray).to_be_hidden()
        for path in ("/mijn-lijst/", asked("/mijn-lijst/", BEANS), "/vergelijken/"):
            page.goto(server + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("localStorage.length") == 0
        page.goto(f"{server}/{EURO}/")
        button.focus()
        page.keyboard.press("Space")
        expect(button).to_have_text("Bewaard")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(told).to_have_text("Bewaard, alleen in deze browser. 1 gekozen")
        assert stored(page) == [EURO]
        page.goto(f"{server}/over/")
        expect(told).to_have_text("1 gekozen")
        expect(tray.get_by_role("link", name="Vergelijk")).to_be_hidden()
        page.go_back()
        page.keyboard.press("Tab")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        expect(tray).to_be_hidden()
        expect(told).to_have_text("Niet meer bewaard.")
        assert page.evaluate("localStorage.length") == 0
        assert wrong == []


def test_what_is_chosen_on_cards_and_pages_lies_in_one_tray_by_keyboard(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/praktijken/?bewijs=geevalueerd") as (page, wrong):
        told, tray = page.locator(".bak [role=status]"), page.locator(".bak nav")
        page.wait_for_load_state("networkidle")  # the cards of the choice are there
        first = page.locator("[data-card]").first
        chosen = [f"praktijken/{first.get_attribute('data-slug')}"]
        first.locator("h2 a").focus()
        page.keyboard.press("Tab")
        expect(first.get_by_role("button", name="Bewaar (")).to_be_focused()
        page.keyboard.press("Space")
        expect(told).to_have_text("Bewaard, alleen in deze browser. 1 gekozen")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Naar wat u hebt gekozen")).to_be_focused()
        page.keyboard.press("Enter")
        expect(tray).to_be_focused()
        assert page.url.endswith("?bewijs=geevalueerd")
        page.check("#kp-f-aandachtsveld-jong-en-oud-samen")
        expect(page.get_by_role("button", name="Bewaard (")).to_have_count(1)

        page.goto(f"{server}/zoeken/?q=stemmen")
        page.wait_for_selector("[data-search-status=done]")
        answers = page.locator("[data-search-result]")
        with_button = answers.filter(has=page.locator("[data-bewaar]")).evaluate_all(
            "found => found.map(e => e.dataset.slug)"
        )
        every = answers.evaluate_all("found => found.map(e => e.dataset.slug)")
        assert with_button == [slug for slug in every if "/" not in slug] != every
        page.get_by_role("button", name="Bewaar (Stemmen met bonen)").press("Enter")
        expect(told).to_have_text("Bewaard. 2 gekozen")
        chosen.append(BEANS)
        assert stored(page) == chosen
        assert wrong == []


def test_the_tray_shares_and_compares_what_was_kept_on_any_page(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/over/") as (page, wrong):
        told, tray = page.locator(".bak [role=status]"), page.locator(".bak nav")
        chosen = [EURO, BEANS]
        keep(page, server, *chosen)
        page.goto(f"{server}/{SILENCE}/")
        page.keyboard.press("Shift+Tab")
        expect(tray.get_by_role("button", name="Deel")).to_be_focused()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.keyboard.press("Enter")
        expect(told).to_have_text(
            "Het adres van uw lijst is gekopieerd. Plak het in een mail of bericht. 2 gekozen"
        )
        assert page.evaluate("navigator.clipboard.readText()") == server + asked(
            "/mijn-lijst/", *chosen
        )
        # To compare is to keep: what was chosen before is compared too.
        page.locator("[data-acties]").get_by_role("link", name="Vergelijk").press("Enter")
        page.wait_for_url(f"**{asked('/vergelijken/', *chosen, SILENCE)}")
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(3)
        assert stored(page) == [*chosen, SILENCE]
        keep(page, server, DAY, GUIDE)
        tray.get_by_role("link", name="Vergelijk de laatste vier").click()
        page.wait_for_url(f"**{asked('/vergelijken/', BEANS, SILENCE, DAY, GUIDE)}")
        assert wrong == []


def test_the_tray_covers_nothing_that_has_focus(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/{EURO}/", PHONE) as (page, wrong):
        keep(page, server, EURO, BEANS)
        page.locator("#kp-inhoud").focus()
        covered = """() => {
            const e = document.activeElement, {top} = document.querySelector('.bak')
                .getBoundingClientRect();
            return [!e.closest('.bak') && e.getBoundingClientRect().bottom > top, e.textContent,
                Boolean(e.closest('.bak'))];
        }"""
        for _ in range(100):
            page.keyboard.press("Tab")
            hidden, text, in_tray = page.evaluate(covered)
            assert not hidden, text
            if in_tray:
                break
        assert in_tray
        assert wrong == []


def test_the_list_can_be_shortened_and_emptied_and_put_back(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/mijn-lijst/") as (page, wrong):
        expect(page.locator("[data-leeg]")).to_contain_text("Uw lijst is leeg")
        keep(page, server, EURO, BEANS, SILENCE)
        page.locator(".bak").get_by_role("link", name="Mijn lijst").click()
        entries = page.locator("[data-paginas] > li")
        expect(entries).to_have_count(3)
        expect(page.locator("[data-waar]")).to_contain_text("alleen in deze browser")
        page.get_by_role("button", name="Haal van de lijst (Stemmen met bonen)").focus()
        page.keyboard.press("Enter")
        expect(entries).to_have_count(2)
        expect(entries.nth(1).get_by_role("button")).to_be_focused()
        assert stored(page) == [EURO, SILENCE]
        page.get_by_role("button", name="Zet terug").click()
        expect(entries).to_have_count(3)
        page.get_by_role("button", name="Maak de lijst leeg").click()
        expect(page.locator("[data-leeg]")).to_be_visible()
        expect(page.get_by_role("button", name="Zet terug")).to_be_focused()
        assert page.evaluate("localStorage.length") == 0
        page.keyboard.press("Enter")
        expect(entries).to_have_count(3)
        page.get_by_role("link", name="Vergelijk", exact=True).click()
        page.wait_for_url(f"**{asked('/vergelijken/', EURO, BEANS, SILENCE)}")
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(3)
        assert wrong == []


def test_of_a_long_list_the_visitor_says_what_to_compare(browser: Browser, server: str) -> None:
    with visit(browser, server + asked("/mijn-lijst/", *FOUR, GUIDE), PHONE) as (page, wrong):
        compare = page.get_by_role("link", name="Vergelijk (")
        expect(compare).to_have_text("Vergelijk (4)")
        boxes = page.get_by_role("checkbox", name="Vergelijk")
        expect(boxes.nth(0)).to_be_disabled()
        boxes.nth(1).press("Space")
        expect(boxes.nth(0)).to_be_enabled()
        expect(compare).to_have_text("Vergelijk (3)")
        boxes.nth(0).press("Space")
        assert axe(page) == [] and page.evaluate(SMALL_TARGETS) == []
        page.emulate_media(media="print")
        expect(boxes).to_have_count(0)
        page.emulate_media(media="screen")
        compare.press("Enter")
        page.wait_for_url(f"**{asked('/vergelijken/', BEANS, SILENCE, DAY, GUIDE)}")
        assert wrong == []


def test_a_list_is_shared_by_its_address(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/mijn-lijst/") as (page, wrong):
        keep(page, server, EURO, BEANS)
        page.goto(f"{server}/mijn-lijst/")
        address = server + asked("/mijn-lijst/", EURO, BEANS)
        expect(page.get_by_label("Adres om te delen")).to_have_value(address)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Kopieer").click()
        expect(page.locator("[data-melding]")).to_have_text("Het adres is gekopieerd.")
        assert page.evaluate("navigator.clipboard.readText()") == address
        assert wrong == []
    with visit(browser, f"{server}/{SILENCE}/") as (page, wrong):
        keep(page, server, SILENCE, EURO)
        page.goto(address)
        expect(page.locator("[data-paginas] > li")).to_have_count(2)
        expect(page.locator("[data-gedeeld]")).to_contain_text("Er is niets bewaard")
        assert page.get_by_role("button", name="Maak de lijst leeg").is_hidden()
        assert stored(page) == [SILENCE, EURO]
        page.get_by_role("button", name="Bewaar in mijn lijst").click()
        expect(page.locator("[data-melding]")).to_contain_text("1 pagina toegevoegd")
        assert stored(page) == [SILENCE, EURO, BEANS]
        page.get_by_role("link", name="Bekijk uw eigen lijst").click()
        expect(page.locator("[data-paginas] > li")).to_have_count(3)
        assert page.url == f"{server}/mijn-lijst/"
        assert wrong == []


def test_a_page_is_shared_and_printed(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/{EURO}/") as (page, wrong):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Deel").press("Enter")
        expect(page.locator("[data-melding]")).to_contain_text(
            "Het adres van deze pagina is gekopieerd."
        )
        assert page.evaluate("navigator.clipboard.readText()") == f"{server}/{EURO}/"
        page.get_by_role("button", name="Print").press("Enter")
        assert page.evaluate("window.geprint") == 1
        page.evaluate(
            "void (navigator.share = () => Promise.reject(new DOMException('no', "
            "'NotAllowedError')))"
        )
        page.get_by_role("button", name="Deel").press("Enter")
        expect(page.locator("[data-melding]")).to_contain_text(
            "Kopieer het adres boven in uw browser."
        )
        assert page.evaluate("localStorage.length") == 0
        assert wrong == []


def test_whatever_is_in_the_store_or_the_address_the_list_opens(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/{EURO}/") as (page, wrong):
        keep(page, server, EURO)
        key = page.evaluate("Object.keys(localStorage)[0]")
        for value in (
            "{",
            "null",
            '"x"',
            '{"a": 1}',
            '[1, null, "../x", "praktijken/<b>", "__proto__"]',
        ):
            page.evaluate("([k, v]) => localStorage.setItem(k, v)", [key, value])
            page.goto(f"{server}/mijn-lijst/")
            expect(page.locator("[data-leeg]")).to_be_visible()
        page.goto(server + asked("/mijn-lijst/", "<img src=x onerror=alert(1)>", "__proto__", EURO))
        expect(page.locator("[data-melding]")).to_have_text(
            "Niet gevonden op deze site, dus weggelaten: <img src=x onerror=alert(1)>, __proto__."
        )
        expect(page.locator("[data-paginas] > li")).to_have_count(1)
        assert wrong == []


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_list_is_taken_along_as_text_and_as_a_table(
    browser: Browser, server: str, data: dict[str, dict[str, Any]]
) -> None:
    with visit(browser, server + asked("/mijn-lijst/", BEANS, EURO)) as (page, wrong):
        name, raw = downloaded(page, "Markdown")
        assert name == "mijn-lijst.md"
        text = raw.decode()
        assert text.startswith("# Mijn lijst\n\n## [Stemmen met bonen](")
        assert f"]({server}/{EURO}/)" in text and "\n- Bewijs: overgenomen\n" in text
        name, raw = downloaded(page, "CSV")
        assert name == "mijn-lijst.csv"
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert [r["Adres"] for r in rows] == [f"{server}/{BEANS}/", f"{server}/{EURO}/"]
        for row, page_data in zip(
            rows, (data[f"data/{p}.json"] for p in (BEANS, EURO)), strict=True
        ):
            assert row["Titel"] == page_data["velden"]["titel"]
            assert row["Samenvatting"] == page_data["velden"]["samenvatting"]
            assert {k: row[k] for k in page_data["kenmerken"]} == page_data["kenmerken"]
        assert any(row["Organisatie"] for row in rows)
        name, raw = downloaded(page, "Excel")
        assert name == "mijn-lijst.xlsx"
        check_workbook(raw, rows)
        assert wrong == []


ORPHANS = """() => [...document.querySelectorAll('.dossier__stuk :is(h3, h4, h5, h6)')]
    .filter(e => !e.nextElementSibling || e.nextElementSibling.matches('section')
        || e.nextElementSibling.matches('h3, h4, h5')
        && e.nextElementSibling.localName <= e.localName).map(e => e.textContent)"""


def test_a_dossier_for_word_has_a_front_page_contents_and_each_page_with_its_sources(
    browser: Browser, server: str, data: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    chosen = (BEANS, EURO, "praktijken/kinderen-tekenen-hun-straat")
    with visit(browser, server + asked("/mijn-lijst/", *chosen)) as (page, wrong):
        name, raw = downloaded(page, "Dossier voor Word")
        assert name == "dossier.docx"
        expect(page.locator("[data-melding]")).to_have_text("Het dossier voor Word is gemaakt.")
        assert page.locator("[data-dossier]").is_hidden()
        assert wrong == []
    (tmp_path / name).write_bytes(raw)
    document = docx.Document(str(tmp_path / name))
    assert (document.core_properties.author, document.core_properties.title) == ("", "Dossier")
    titles = [data[f"data/{p}.json"]["velden"]["titel"] for p in chosen]
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style]
    assert [text for style, text in styled if style == "Heading 1"] == titles
    assert len(document.inline_shapes) == 2, "also one that Word does not know (WebP)"
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert links and [link for link in links if not re.match("https?:|mailto:", link)] == []
    # A bookmark for each entry of the contents.
    xml = document.element.xml
    anchors = re.findall(r'w:hyperlink [^>]*w:anchor="(_Toc\d+)"', xml)
    assert len(anchors) == 3
    assert set(anchors) <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))

    sheets = printed(tmp_path / name, tmp_path)
    front = sheets[0]
    assert front.startswith("Buurtwijzer Waterland Dossier 3 pagina’s, samengesteld op ")
    assert front.endswith(f"Inhoud {' '.join(titles)}".strip())
    begins = [n for n, sheet in enumerate(sheets) if sheet.startswith(tuple(titles))]
    assert len(begins) == 3 and begins[0] == 1
    for page_name, start, end in zip(chosen, begins, [*begins[1:], len(sheets)], strict=True):
        text, fields = " ".join(sheets[start:end]), data[f"data/{page_name}.json"]["velden"]
        assert fields["samenvatting"] in text
        for figure in fields.get("cijfers", ()):
            assert figure["naam"] in text
        for source in fields["bronnen"]:
            assert source["titel"] in text
        assert "Laatst gecontroleerd op" in text
        assert f"{server}/{page_name}/" in text
        assert ".md" not in text and "Verbeter" not in text
        assert f"{start + 1} van {len(sheets)}" in sheets[start]


def test_a_dossier_holds_every_article_and_prints_alone(browser: Browser, server: str) -> None:
    with visit(browser, server + asked("/mijn-lijst/", BEANS, EURO, SILENCE)) as (page, wrong):
        page.get_by_role("button", name="Print als dossier").focus()
        page.keyboard.press("Enter")
        pieces = page.locator(".dossier__stuk")
        expect(pieces).to_have_count(3)
        front = page.locator(".dossier > ol > li")
        assert front.all_inner_texts()[:2] == ["Stemmen met bonen", "Een euro per bewoner"]
        assert "Laatst gecontroleerd op" in pieces.nth(1).inner_text()
        assert ".md" not in page.inner_text(".dossier") and "Verbeter" not in page.inner_text(
            ".dossier"
        )
        assert page.evaluate(ORPHANS) == []
        expect(pieces.nth(0).locator("h3").first).to_have_text("Stemmen met bonen")
        expect(pieces.nth(1)).to_contain_text("Een euro per bewoner")
        expect(pieces.nth(0)).to_contain_text("Bronnen en herkomst")
        page.wait_for_function("window.geprint === 1")
        assert page.locator("h1").count() == 1
        assert (
            page.locator(
                ".dossier :is(button, details, form, script, style, [id], [onclick])"
            ).evaluate_all("found => found.filter(e => e.id !== 'kp-dossier').length")
            == 0
        )
        assert page.locator(".dossier__stuk a").evaluate_all(
            "links => links.every(a => /^(https?|mailto):/.test(a.getAttribute('href')))"
        )
        assert axe(page) == []
        page.emulate_media(media="print")
        assert page.locator(".lijstblad").is_hidden()
        assert page.locator("main h1").is_hidden() and pieces.nth(1).is_visible()
        assert {"page"} == set(
            pieces.evaluate_all("found => found.map(e => getComputedStyle(e).breakBefore)")
        )
        check_paper(page)
        assert wrong == []


@pytest.mark.parametrize("path", [asked("/vergelijken/", BEANS), asked("/mijn-lijst/", BEANS)])
def test_without_a_network_it_is_said_in_words(browser: Browser, server: str, path: str) -> None:
    with visit(browser, f"{server}/over/") as (page, _):
        page.route("**/data/**", lambda route: route.abort())
        page.goto(server + path)
        expect(page.locator("[data-melding]")).to_contain_text("Is er verbinding met internet?")


def test_a_browser_that_keeps_nothing_says_so(browser: Browser, server: str) -> None:
    context = browser.new_context()
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', "
        "'SecurityError'); }});"
    )
    page.goto(f"{server}/{EURO}/")
    page.locator("[data-acties] [data-bewaar]").click()
    expect(page.locator(".bak [role=status]")).to_have_text(
        "Uw browser staat niet toe dat deze site iets bewaart."
    )
    expect(page.locator("[data-acties] [data-bewaar]")).to_have_attribute("aria-pressed", "false")
    page.goto(f"{server}/mijn-lijst/")
    expect(page.locator("[data-leeg]")).to_be_visible()
    context.close()
    assert wrong == []


# Content with signs that mean something to HTML, Markdown and spreadsheets, below a path

ODD = 'R&D "kost" < minder* [dan] #1'
FORMULA = "@SOM(A1) < 3 & 4 > 2"
PAGE = """---
titel: '{titel}'
samenvatting: '=1+1 is een som, 2 < 3 en 4 > 3 & meer.'
aandachtsveld: [Heldere besluiten]
datum: 2026-03-09
gemeente: [Zaalbeek]
oude_adressen: [{oud}]
---
Tekst.
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site below a path, with two pages of odd titles."""
    folder = tmp_path_factory.mktemp("odd")
    content = pages(
        folder / "content",
        {
            "practices/een.md": PAGE.format(titel=ODD, oud="/praktijken/vroeger/"),
            "practices/twee.md": PAGE.format(titel=FORMULA, oud="/praktijken/eerder/"),
        },
    )
    build_site(folder / "host" / "kennisplatform", content)
    with serving(folder / "host") as address:
        yield f"{address}/kennisplatform"


def test_titles_survive_as_text(browser: Browser, odd: str) -> None:
    with visit(browser, odd + asked("/vergelijken/", "praktijken/vroeger", "praktijken/twee")) as (
        page,
        wrong,
    ):
        expect(page.locator(".naast-elkaar thead th a")).to_have_count(2)
        assert heads(page) == [ODD, FORMULA]
        page.goto(odd + asked("/mijn-lijst/", "praktijken/een", "praktijken/twee"))
        expect(page.locator("[data-paginas] h3").first).to_have_text(ODD)
        rows = list(
            csv.reader(
                io.StringIO(downloaded(page, "CSV")[1].decode("utf-8-sig"), newline=""),
                delimiter=";",
            )
        )
        assert [r[0] for r in rows[1:]] == [ODD, f"'{FORMULA}"]
        assert {r[1] for r in rows[1:]} == {"'=1+1 is een som, 2 < 3 en 4 > 3 & meer."}
        assert (
            r'## [R\&D "kost" \< minder\* \[dan\] \#1](' in downloaded(page, "Markdown")[1].decode()
        )
        page.get_by_role("button", name="Print als dossier").click()
        expect(page.locator(".dossier__stuk h3").nth(1)).to_have_text(FORMULA)
        assert page.locator("main :is(i, script)").count() == 0
        page.get_by_role("button", name="Bewaar in mijn lijst").click()
        assert page.evaluate("Object.keys(localStorage)") == ["mijn-lijst /kennisplatform/"]
        page.goto(f"{odd}/")
        assert "Nieuw en bijgewerkt" not in page.inner_text("main"), "all is of one day"
        page.goto(f"{odd}/kaart/")
        page.locator(".landkaart__stip", has_text="Zaalbeek: 2 pagina’s").click()
        page.wait_for_url("**/kennisplatform/gemeenten/zaalbeek/")
        assert asked_in_vain(wrong) == ["praktijken/vroeger"]


def test_search_engines_may_know_the_tools(site: Path) -> None:
    """Whatever was chosen stands behind a question mark; the page itself says what it is for."""
    for name in ("kaart", "vergelijken", "mijn-lijst"):
        metas = read(site / name / "index.html").all("meta")
        assert {"name": "robots", "content": "noindex"} not in metas
