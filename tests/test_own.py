"""What is of the visitor's own: the page of a municipality, and following what is new."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from building import SITE, SUB_PATH, platform_of
from conftest import serving
from looking import tab, visit

EMPTY = "stilveen"
"""Nothing is known of it."""


def likeness(site: Path, slug: str) -> list[str]:
    """The municipalities in the order of likeness that a catalogue has."""
    listed = json.loads((site / "filter" / "zoals" / f"{slug}.json").read_text(encoding="utf-8"))
    return [other for other, *_ in listed if other != slug]


def text_of(site: Path, slug: str) -> str:
    page = (site / "gemeenten" / slug / "index.html").read_text(encoding="utf-8")
    return page.partition("<main")[2].partition("</main>")[0]


MUNICIPALITIES = [g.slug for g in platform_of(SITE).vocabulary.gemeenten]


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_the_nearest_with_something_are_those_of_the_catalogue(site: Path, slug: str) -> None:
    platform, page = platform_of(SITE), text_of(site, slug)
    filled = [other for other in likeness(site, slug) if platform.pages_of("gemeente", other)]
    listed = page.partition('<ul class="verwijzers">')[2].partition("</ul>")[0]
    assert re.findall(r"/gemeenten/([^/]+)/", listed) == filled[:3]
    near = {p.address for other in filled[:3] for p in platform.pages_of("gemeente", other)}
    own = {p.address for p in platform.pages_of("gemeente", slug)}
    shown = page.partition("In gemeenten zoals")[2].partition("<h2>")[0]
    cards = re.findall(r'kaart__titel"><a href="[./]*([^"]+)"', shown)
    assert cards and {*cards} <= near - own and len({*cards}) == len(cards)


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_no_page_of_a_municipality_is_empty_or_begins_with_a_doubt(site: Path, slug: str) -> None:
    page = text_of(site, slug)
    assert 'class="leeg"' not in page
    assert "inwoners" in page.partition("Grootteklasse")[2].partition("</dl>")[0]
    assert "bevestigd" not in page.partition("<section")[0]
    assert "/bijdragen/" in page, "how to add is said"
    tools = page.partition("Instrumenten voor een gemeente van deze grootte")[2]
    assert len(re.findall(r"/instrumenten/[^/]+/", tools)) == 3


def test_instruments_are_those_of_municipalities_of_the_same_size(site: Path) -> None:
    tools = text_of(site, EMPTY).partition("van deze grootte</h2>")[2]
    names = re.findall(r"/instrumenten/([^/]+)/", tools)
    reasons = re.findall(r'kaart__waarom">([^<]+)<', tools)
    users = platform_of(SITE).relations.by_page[names[0]].gebruikt_in
    assert users and reasons[0].endswith("van deze grootte")
    counts = [int(found[1]) for r in reasons if (found := re.match(r"in (\d+) ", r))]
    assert counts == sorted(counts, reverse=True)


def test_the_way_on_is_the_same_order(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/gemeenten/{EMPTY}/") as (page, wrong):
        nearest = "|".join(map(re.escape, page.locator(".verwijzers a").all_inner_texts()))
        page.get_by_role("link", name="Bekijk alle praktijken").click()
        page.wait_for_url(f"**/praktijken/?zoals={EMPTY}")
        first = page.locator("[data-kaarten] .kaart__waarom").first
        expect(first).to_contain_text(re.compile(f"^uit ({nearest})"))
        assert wrong == []


# Following


@pytest.mark.parametrize(
    ("page", "feed", "calendar"),
    [
        ("aandachtsvelden/buurten-aan-zet", "aandachtsveld-buurten-aan-zet", "own"),
        ("pijlers/zelf-proberen", "pijler-zelf-proberen", "agenda/agenda.ics"),
        ("onderwerpen/dorpshuis", "onderwerp-dorpshuis", "own"),
        ("doelgroepen/dorpsraad", "doelgroep-dorpsraad", "own"),
        ("organisaties/bsd", "organisatie-bsd", "own"),
        ("provincies/overijssel", "provincie-overijssel", "own"),
        ("gemeenten/zaalbeek", "gemeente-zaalbeek", "own"),
        (f"gemeenten/{EMPTY}", "provincie-drenthe", "agenda/agenda.ics"),
        ("praktijken", "praktijken", "agenda/agenda.ics"),
        ("agenda", "agenda", "own"),
    ],
)
def test_a_page_can_be_followed_by_feed_and_calendar(
    below: Path, page: str, feed: str, calendar: str
) -> None:
    """What has no pages of its own is followed by what lies around it."""
    own = f"{page}/{page.split('/')[-1]}.ics"
    wanted = {f"feeds/{feed}.xml", own if calendar == "own" else calendar}
    text = (below / page / "index.html").read_text(encoding="utf-8")
    offer = text.partition('<details class="volg')[2].partition("</details>")[0]
    assert {*re.findall(rf">{SUB_PATH}([^<]+)<", offer)} == wanted
    assert "Een feed is" in offer
    for address in wanted:
        assert (below / address).is_file()
    assert f'href="webcal://{SUB_PATH.split("://")[1]}' in offer


def test_following_needs_no_javascript_and_an_address(
    browser: Browser, server: str, below: Path
) -> None:
    with serving(below) as address, tab(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/onderwerpen/dorpshuis/")
        page.get_by_text("Volg dit").click()
        expect(page.locator(".volg a").first).to_be_visible()
        page.goto(f"{server}/onderwerpen/dorpshuis/")
        expect(page.locator(".volg")).to_have_count(0)
