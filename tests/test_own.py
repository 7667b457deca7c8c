"""What is of the visitor's own: the page of a municipality, and following what is new."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from building import SITE, SUB_PATH, build_site, pages, platform_of
from conftest import serving
from kennisplatform.model.facets import municipalities
from kennisplatform.site.artikel import Artikel
from kennisplatform.site.gemeente import GemeentePagina
from kennisplatform.site.site import site_pages
from looking import FROM_THE_START, PHONE, SMALL_TARGETS, TARGETS, axe, moved, tab, too_wide, visit

EMPTY = "stilveen"
"""Nothing is known of it."""


def likeness(slug: str) -> list[str]:
    """The municipalities in the order of likeness, which test_search.py holds for a catalogue."""
    vocabulary = platform_of(SITE).vocabulary
    own = next(gemeente for gemeente in vocabulary.gemeenten if gemeente.slug == slug)
    return [alike.gemeente.slug for alike in vocabulary.vergelijkbaar(own)]


def text_of(site: Path, slug: str) -> str:
    page = (site / "gemeenten" / slug / "index.html").read_text(encoding="utf-8")
    return page.partition("<main")[2].partition("</main>")[0]


MUNICIPALITIES = [g.slug for g in platform_of(SITE).vocabulary.gemeenten]


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_the_nearest_with_something_are_those_of_the_catalogue(site: Path, slug: str) -> None:
    platform, page = platform_of(SITE), text_of(site, slug)
    filled = [other for other in likeness(slug) if platform.pages_of("gemeente", other)]
    listed = page.partition('<ul class="verwijzers">')[2].partition("</ul>")[0]
    assert re.findall(r"/gemeenten/([^/]+)/", listed) == filled[:3]
    near = {p.address for other in filled[:3] for p in platform.pages_of("gemeente", other)}
    own = {p.address for p in platform.pages_of("gemeente", slug)}
    shown = page.partition("In gemeenten zoals")[2].partition("<h2>")[0]
    cards = re.findall(r'kaart__titel"><a href="[./]*([^"]+)"', shown)
    assert cards and {*cards} <= near - own and len({*cards}) == len(cards)


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_what_is_of_a_municipality_alone_comes_first_and_each_like_it_is_heard(
    site: Path, slug: str
) -> None:
    platform, page = platform_of(SITE), text_of(site, slug)
    about = {
        p.address: len(municipalities(p.velden, platform.vocabulary))
        for p in platform.library.pages
    }

    def cards(heading: str) -> list[str]:
        block = page.partition(heading)[2].partition("</section>")[0]
        return re.findall(r'kaart__titel"><a href="[./]*([^"]+)"', block)

    own = cards("Bekend uit deze gemeente")
    assert [about[a] for a in own] == sorted(about[a] for a in own)
    filled = [other for other in likeness(slug) if platform.pages_of("gemeente", other)]
    turns = cards("In gemeenten zoals")
    for n, other in enumerate(filled[:3], 1):
        offered = {p.address for p in platform.pages_of("gemeente", other)} - {*own}
        assert not offered or offered & {*turns[:n]}, f"{other} waits for others"


def test_a_page_under_a_former_name_says_which(site: Path) -> None:
    reasons = {
        slug: re.findall(
            r'kaart__waarom">([^<]+)<',
            text_of(site, slug).partition("Bekend uit deze")[2].partition("</section>")[0],
        )
        for slug in ("meerdijk-nh", "veenhorst", "zaalbeek")
    }
    assert reasons == {
        "meerdijk-nh": ["uit het vroegere Tweelanden"],
        "veenhorst": ["uit het vroegere Klein Esdorp"],
        "zaalbeek": [],
    }


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_no_page_of_a_municipality_is_empty_or_begins_with_a_doubt(site: Path, slug: str) -> None:
    page = text_of(site, slug)
    assert 'class="leeg"' not in page
    assert "inwoners" in page.partition("Grootteklasse")[2].partition("</dl>")[0]
    assert "bevestigd" not in page.partition("<section")[0]
    assert "/bijdragen/" in page, "how to add is said"
    tools = page.partition("Instrumenten voor een gemeente van deze grootte")[2]
    assert len(re.findall(r"/instrumenten/[^/]+/", tools)) == 3


def test_a_municipality_says_whom_to_ask_and_where_that_was_read(site: Path) -> None:
    asked = {slug: text_of(site, slug).partition("Wie u kunt vragen</h2>")[2] for slug in ASKED}
    for slug, (shown, source, day) in ASKED.items():
        block = asked[slug].partition("</section>")[0]
        assert shown in block and f'href="{source}"' in block and f"gelezen op {day}" in block
    assert "Wie u kunt vragen</h2>" not in text_of(site, EMPTY)
    near = text_of(site, "esdorp").partition('<ul class="verwijzers">')[2].partition("</ul>")[0]
    assert 'href="mailto:griffie@schorreland.example"' in near


def test_a_municipality_names_whom_its_own_pages_name_once(tmp_path: Path) -> None:
    """Not who cannot be reached, is there already, or is named by a page about more of them."""
    named = {
        "a": "[Stilveen]\ncontact: {naam: team A, mail: a@stilveen.example}",
        "b": "[Stilveen]\ncontact: {naam: team A, mail: a@stilveen.example}",
        "c": "[Stilveen]\ncontact: iemand",
        "d": "[Stilveen]\ncontact: {naam: de griffie, mail: griffie@stilveen.example}",
        "e": "[Stilveen, Zaalbeek]\ncontact: {naam: team E, mail: e@stilveen.example}",
        "f": "[Stilveen]\ncontact: {naam: team F, url: https://stilveen.example/f}",
    }
    content = pages(
        tmp_path / "content",
        {
            f"practices/{slug}.md": f"---\ntitel: Praktijk {slug}\nsamenvatting: Kort.\n"
            f"aandachtsveld: [Buurten aan zet]\ndatum: 2026-05-01\ngemeente: {rest}\n---\nTekst.\n"
            for slug, rest in named.items()
        },
    )
    (content / "vocabulary/contacten.csv").write_text(
        "gemeente,functie,mail,url,bron,gelezen\n"
        "Stilveen,griffie,griffie@stilveen.example,,https://stilveen.example/,2026-05-17\n",
        encoding="utf-8",
    )
    found = next(
        page.content.asked
        for page in site_pages(platform_of(content))
        if isinstance(page.content, GemeentePagina) and page.content.gemeente.slug == EMPTY
    )
    assert [(contact.mail or contact.url, page.slug) for contact, page in found] == [
        ("a@stilveen.example", "a"),
        ("https://stilveen.example/f", "f"),
    ]


ASKED = {
    "schorreland": (
        'href="mailto:griffie@schorreland.example"',
        "https://raad.schorreland.example/griffie",
        "17 mei 2026",
    ),
    "zaalbeek": (
        'href="https://zaalbeek.example/meedoen" rel="noopener">Team Meedoen van de gemeente',
        "https://zaalbeek.example/contact",
        "18 mei 2026",
    ),
}
"""How one asks, the source and the day that it was read."""


def test_a_practice_that_reaches_nobody_names_who_can_be_asked_in_its_municipalities(
    tmp_path: Path,
) -> None:
    content = copytree(SITE, tmp_path / "content")
    rows = [
        f"{place},{what},x@y.example,,https://y.example/,2026-05-17"
        for place in ("Beerzeloo", "Meerdijk (L.)", "Schorreland", "Duinrecht", "Súdermar")
        for what in ("griffie", "team Meedoen")
    ]
    header = "gemeente,functie,mail,url,bron,gelezen"
    (content / "vocabulary/contacten.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    told = {
        page.content.page.slug: [contact.naam for contact in page.content.contacts]
        for page in site_pages(platform_of(content))
        if isinstance(page.content, Artikel)
    }
    assert told["bankje-met-een-schrift"] == [
        "Griffie van de gemeente Schorreland",
        "Team Meedoen van de gemeente Schorreland",
    ]
    assert told["groene-kijkdag-in-het-zuiden"] == [
        "Griffie van de gemeente Meerdijk (L.)",
        "Team Meedoen van de gemeente Meerdijk (L.)",
        "Griffie van de gemeente Beerzeloo",
    ]
    assert told["besluit-op-een-blad"] == ["Huis van Inspraak"], "it can be reached"
    assert len(told["samen-de-berm-in"]) == 2 and not told["wandeling-langs-de-bermen"], (
        "only who did it can tell how, not who holds an evening there"
    )


def test_instruments_are_those_of_municipalities_of_the_same_size(site: Path) -> None:
    tools = text_of(site, EMPTY).partition("van deze grootte</h2>")[2]
    names = re.findall(r"/instrumenten/([^/]+)/", tools)
    reasons = re.findall(r'kaart__waarom">([^<]+)<', tools)
    users = platform_of(SITE).relations.of(names[0]).gebruikt_in
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


# What the browser keeps, when asked

KEEP = "Onthoud deze gemeente"


def stored(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).map(([k, v]) => [k, JSON.parse(v)]))"
    )
    return found


def test_a_municipality_is_kept_when_asked_and_others_begin_with_it(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/gemeenten/zaalbeek/") as (page, wrong):
        assert stored(page) == {}
        button = page.get_by_role("button", name=KEEP)
        button.press("Enter")
        expect(page.locator("[data-eigen-gemeente] [role=status]")).to_contain_text("deze browser")
        assert stored(page) == {"gemeente /": "zaalbeek"}

        page.goto(f"{server}/")
        expect(page.locator("#kp-gemeente option:checked")).to_have_text("Zaalbeek")
        expect(page.locator("[data-onthoud] button")).to_have_attribute("aria-pressed", "true")
        own = page.locator("[data-onthoud] [role=status] a")
        expect(own.first).to_have_text("Zaalbeek")
        own.last.click()
        page.wait_for_url("**/praktijken/?zoals=zaalbeek")

        page.goto(f"{server}/zelfscan/")
        expect(page.locator("#kp-scan-gemeente")).to_have_value("zaalbeek")

        page.goto(f"{server}/gemeenten/zaalbeek/")
        page.get_by_role("button", name="Onthouden").click()
        expect(page.get_by_role("button", name=KEEP)).to_be_visible()
        assert stored(page) == {}
        assert wrong == []


def test_a_municipality_can_be_kept_on_home(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/", PHONE) as (page, wrong):
        page.get_by_role("button", name=KEEP).click()
        assert stored(page) == {}, "nothing was chosen"
        page.get_by_label("Kies uw gemeente").select_option(label="Esdorp")
        page.get_by_role("button", name=KEEP).click()
        assert stored(page) == {"gemeente /": "esdorp"}
        expect(page.locator("[data-onthoud] [role=status]")).to_contain_text("Esdorp")
        assert axe(page, rules=TARGETS) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert too_wide(page, 390) + too_wide(page, 320) == []
        assert wrong == []


@pytest.mark.parametrize("path", ["praktijken", "aandachtsvelden/buurten-aan-zet"])
def test_a_list_offers_it_and_is_filtered_by_nothing_but_its_address(
    browser: Browser, server: str, path: str
) -> None:
    with visit(browser, f"{server}/over/") as (page, wrong):
        page.evaluate("localStorage.setItem('gemeente /', '\"zaalbeek\"')")
        page.goto(f"{server}/{path}/")
        offer = page.get_by_role("button", name="Gemeenten zoals Zaalbeek eerst")
        expect(offer).to_have_attribute("aria-pressed", "false")
        assert page.url == f"{server}/{path}/"
        expect(page.locator("#kp-zoals")).to_have_value("")
        expect(page.locator(".kaart__waarom")).to_have_count(0)
        offer.press("Space")
        expect(page).to_have_url(f"{server}/{path}/?zoals=zaalbeek")
        expect(offer).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".kaart__waarom").first).to_have_text("uit Zaalbeek zelf")
        page.go_back()
        expect(offer).to_have_attribute("aria-pressed", "false")
        page.goto(f"{server}/{path}/?zoals=esdorp")
        expect(page.locator("#kp-zoals")).to_have_value("esdorp")
        expect(offer).to_have_attribute("aria-pressed", "false")
        assert axe(page, rules=TARGETS) == []
        assert wrong == []


@pytest.mark.parametrize("kept", ['"Zaal beek"', '{"a": 1}', "12", "niets", '"bestaat-niet"'])
def test_whatever_the_store_holds_pages_open(browser: Browser, server: str, kept: str) -> None:
    with visit(browser, f"{server}/over/") as (page, wrong):
        page.evaluate(
            "kept => { for (const n of ['gemeente', 'bezoek']) localStorage[`${n} /`] = kept; }",
            kept,
        )
        for path in ("", "praktijken/", "zelfscan/", f"gemeenten/{EMPTY}/", "privacy/"):
            page.goto(f"{server}/{path}")
            page.wait_for_load_state("networkidle")
        page.goto(f"{server}/")
        expect(page.locator("[data-onthoud] button")).to_have_attribute("aria-pressed", "false")
        expect(page.locator("[data-bezoek] button")).to_have_attribute("aria-pressed", "false")
        assert wrong == []


def test_what_is_new_since_the_visit_before_this_one(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/over/") as (page, wrong):

        def come(day: str) -> None:
            page.clock.set_fixed_time(f"{day}T12:00:00")
            page.goto(f"{server}/")

        shown = page.locator("[data-bezoek] li:visible")
        said = page.locator("[data-bezoek] [role=status]")
        come("2026-05-20")
        expect(shown).to_have_count(0)
        assert stored(page) == {}
        page.get_by_role("button", name="Onthoud de dag van mijn bezoek").click()
        expect(said).to_contain_text("Bij uw volgende bezoek")
        expect(shown).to_have_count(0)
        come("2026-06-01")
        assert stored(page) == {"bezoek /": ["2026-05-20", "2026-06-01"]}
        expect(said).to_contain_text("20 mei 2026")
        new = {
            p.titel for p in platform_of(SITE).library.pages if str(p.velden.datum) >= "2026-05-20"
        }
        assert new == {*page.locator("[data-bezoek] li:visible a").all_inner_texts()}
        page.reload()
        expect(said).to_contain_text("20 mei 2026")
        come("2026-06-02")
        expect(said).to_contain_text("Sinds 1 juni 2026 is er niets nieuws.")
        page.locator("[data-bezoek] button").click()
        assert stored(page) == {}
        assert wrong == []


def test_privacy_says_what_is_kept_and_wipes_it(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/privacy/") as (page, wrong):
        expect(page.locator("[data-wissen]")).to_contain_text("Er staat niets van deze site")
        page.evaluate(
            """() => {
                for (const [n, v] of [['gemeente', 'zaalbeek'], ['zelfscan', {}],
                    ['bezoek', ['2026-05-20', '2026-05-21']],
                    ['mijn-lijst', ['praktijken/een-euro-per-bewoner']]])
                    localStorage.setItem(`${n} /`, JSON.stringify(v));
                localStorage.setItem('gemeente /ander/', '"esdorp"');
            }"""
        )
        page.reload()
        lines = page.locator("[data-bewaard]:visible")
        expect(lines).to_have_count(4)
        assert axe(page, rules=TARGETS) == []
        page.get_by_role("button", name="Wis dit alles").click()
        expect(lines).to_have_count(0)
        expect(page.locator("[data-wissen]")).to_contain_text("Er staat niets van deze site")
        assert stored(page) == {"gemeente /ander/": "esdorp"}, "that of another site stays"
        assert wrong == []


@pytest.mark.parametrize("how", ["no store", "no room", "no script"])
def test_where_nothing_can_be_kept_nothing_is_asked(
    browser: Browser, server: str, how: str
) -> None:
    context = browser.new_context(java_script_enabled=how != "no script")
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    thrown = "throw new DOMException('no', 'SecurityError')"
    page.add_init_script(
        f"Object.defineProperty(window, 'localStorage', {{get() {{ {thrown}; }}}});"
        if how == "no store"
        else f"Storage.prototype.setItem = () => {{ {thrown}; }};"
    )
    for path in ("", "gemeenten/zaalbeek/", "privacy/", "praktijken/", "zelfscan/"):
        page.goto(f"{server}/{path}")
        page.wait_for_load_state("networkidle")
        for asked in ("Onthoud", "Wis dit alles"):
            expect(page.get_by_role("button", name=asked)).to_have_count(0)
    context.close()
    assert wrong == []


def test_nothing_moves_when_the_browser_knows_the_municipality(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/over/", PHONE) as (page, wrong):
        page.evaluate("localStorage.setItem('gemeente /', '\"zaalbeek\"')")
        for path in ("", "gemeenten/zaalbeek/"):
            page.goto(f"{server}/{path}")
            page.wait_for_load_state("networkidle")
            assert moved(page) == []
        assert wrong == []


# A page that nobody checked for two years


def test_a_page_not_checked_for_two_years_asks_whether_it_still_holds(
    tmp_path: Path, browser: Browser
) -> None:
    """By mail when the site has a mailbox, else where pages are improved."""
    for contact, asked in (
        (
            "redactie@voorbeeld.example",
            "mailto:redactie@voorbeeld.example?subject=Klopt%20dit%20nog",
        ),
        ("https://voorbeeld.example/contact", "/bijdragen/"),
    ):
        content = pages(
            tmp_path / "content",
            {
                f"instruments/{slug}.md": f"---\ntitel: Vragen & {slug}\nsamenvatting: Kort.\n"
                f"aandachtsveld: [Buurten aan zet]\ndatum: {day}\n---\nTekst.\n"
                for slug, day in (("oud", "2024-05-01"), ("nieuw", "2026-05-01"))
            },
        )
        built = build_site(tmp_path / contact[:5], content, CONTACT=contact)
        with serving(built) as address, visit(browser, f"{address}/instrumenten/oud/") as (page, _):
            said = page.locator("header .merkje")
            expect(said).to_contain_text(
                "Meer dan twee jaar geleden gecontroleerd. Klopt alles nog?"
            )
            link = said.get_by_role("link").evaluate("a => a.href")
            assert asked in link
            if link.startswith("mailto:"):
                assert (
                    "Vragen%20%26%20oud&body=Vragen%20%26%20oud%0D%0A" in link
                    and "instrumenten/oud/" in link
                )
            assert axe(page, rules=TARGETS) == []
            page.goto(f"{address}/instrumenten/nieuw/")
            expect(said).to_be_hidden()


def test_that_it_was_long_ago_follows_the_visitors_day(browser: Browser, server: str) -> None:
    """Without scripts, and on a clock that is behind, it is the day of the build."""
    slug = "bankje-met-een-schrift"
    last = platform_of(SITE).library.by_slug[slug].velden.laatst_gecontroleerd
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    context.add_init_script(FROM_THE_START)
    page = context.new_page()
    for days, seen in ((0, False), (730, False), (731, True)):
        page.clock.set_fixed_time(f"{last + timedelta(days)}T12:00:00")
        page.goto(f"{server}/praktijken/{slug}/")
        page.wait_for_load_state("networkidle")
        expect(page.locator("header .merkje")).to_be_visible(visible=seen)
    assert moved(page) == []
    context.close()
