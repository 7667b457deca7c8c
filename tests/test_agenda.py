"""The agenda as a visitor's own calendar reads it, and as the site orders it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone, vText
from playwright.sync_api import Browser, Page, Route, expect

from building import SITE, TODAY, build_site, pages, read
from conftest import serving
from kennisplatform.content.load import load_library
from kennisplatform.derive.relations import relate
from kennisplatform.model.library import Library
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.publish.ical import calendar_files
from looking import tab

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENTS = {
    "avond": (
        "begin: 2026-07-01 19:30\neind: 2026-07-01 22:00\nplaats: Stadhuis; zaal 2, "
        "Utrecht\nprovincie: [Utrecht]"
    ),
    "voor-de-zomertijd": "begin: 2026-03-29 01:30\neind: 2026-03-29 03:30",
    "na-de-zomertijd": "begin: 2026-03-29 03:15\neind: 2026-03-29 04:00",
    "wintertijd": "begin: 2026-10-24 23:00\neind: 2026-10-25 03:30",
    "hele-dag": "begin: 2026-05-31",
    "drie-dagen": "begin: 2026-05-30\neind: 2026-06-01",
    "tot-een-dag": "begin: 2027-01-05 10:00\neind: 2027-01-06",
    "vaag": "periode: {van: najaar 2026, tot: najaar 2026}",
    "vaag-geweest": "periode: {van: voorjaar 2025}",
    "onbekend": "status: onbekend",
    "afgelast": "begin: 2026-09-09\nstatus: gestopt\noude_adressen: [/agenda/eerste-naam/]",
}

LONG = "Één avond; over raad, griffie en \\ zo. "


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Meetings of every kind; the title of one needs all of iCalendar's escapes and folds within a
    sign of more bytes.
    """
    texts = {}
    for slug, fields in EVENTS.items():
        title = f"'{LONG * 2}'" if slug == "avond" else slug
        text = (
            f"---\ntitel: {title}\nsamenvatting: Een korte uitleg.\naandachtsveld: [Buurten aan "
            f"zet]\ndatum: 2026-03-09\n{fields}\n---\n"
        )
        texts[f"events/{slug}.md"] = text
    old = (
        "titel: oud\nsamenvatting: Een korte uitleg.\naandachtsveld: [Buurten aan zet]\ndatum: "
        "2026-03-09\nperiode: {van: 2008, tot: 2009}\n"
    )
    return pages(
        tmp_path_factory.mktemp("agenda") / "content",
        texts | {"instruments/oud.md": f"---\n{old}---\n"},
    )


@pytest.fixture(scope="module")
def library(content: Path) -> Library:
    return load_library(content, "content", SITE)


def calendars(content: Path, site_url: str = "") -> dict[str, bytes]:
    library = load_library(content, "content", SITE)
    assert [str(f) for f in library.findings] == []
    return {
        f.address: f.content
        for f in calendar_files(Platform(library, relate(library), Settings(site_url), TODAY))
    }


def parsed(raw: bytes) -> dict[str, Event]:
    calendar = Calendar.from_ical(raw)
    assert calendar.errors == []
    return {str(e["uid"]).split("@")[0].split(".")[-1]: e for e in calendar.events}


def test_every_meeting_with_a_date_has_a_file_and_is_in_the_feed(content: Path) -> None:
    files = calendars(content)
    dated = {slug for slug, fields in EVENTS.items() if "begin" in fields}
    theme, province = "buurten-aan-zet", "utrecht"
    assert files.keys() == {f"agenda/{slug}/{slug}.ics" for slug in dated} | {
        "agenda/agenda.ics",
        f"aandachtsvelden/{theme}/{theme}.ics",
        f"provincies/{province}/{province}.ics",
    }
    assert parsed(files[f"provincies/{province}/{province}.ics"]).keys() == {"avond"}
    assert parsed(files["agenda/agenda.ics"]).keys() == dated - {"afgelast"} | {"eerste-naam"}
    for slug in dated:
        assert len(parsed(files[f"agenda/{slug}/{slug}.ics"])) == 1


def test_the_name_of_a_calendar_is_escaped(content: Path) -> None:
    raw = calendars(content)["agenda/avond/avond.ics"].decode().replace("\r\n ", "")
    assert raw.count("NAME:Één avond\\; over raad\\, griffie en \\\\ zo. ") == 2


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)
    | st.text("abé;,:\\\"' n", min_size=1)
)
def test_any_name_of_a_meeting_comes_back_as_it_was(library: Library, name: str) -> None:
    page = next(p for p in library.pages if p.slug == "avond")
    named = replace(page, velden=page.velden.model_copy(update={"titel": name}))
    alone = replace(library, pages=(named,))
    platform = Platform(alone, relate(alone), Settings(), TODAY)
    one = next(f for f in calendar_files(platform) if f.address == "agenda/avond/avond.ics")
    calendar = Calendar.from_ical(one.content)
    (event,) = calendar.events
    assert str(event["summary"]) == name
    # The library reads the name of a calendar as it is written: like the one of its meeting.
    written = vText(name).to_ical().decode()
    assert [str(calendar[key]) for key in ("name", "x-wr-calname")] == [written] * 2


def test_the_second_of_two_same_hours_is_told_from_the_first(tmp_path: Path) -> None:
    text = (
        "---\ntitel: Nacht\nsamenvatting: Een korte uitleg.\naandachtsveld: [Buurten aan zet]\n"
        "datum: 2026-03-09\nbegin: 2026-10-25T02:30:00+02:00\neind: 2026-10-25T02:15:00+01:00"
        "\n---\n"
    )
    night = pages(tmp_path, {"events/nacht.md": text})
    event = parsed(calendars(night)["agenda/nacht/nacht.ics"])["nacht"]
    assert [event.decoded(name) for name in ("dtstart", "dtend")] == [
        datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC),
        datetime.datetime(2026, 10, 25, 1, 15, tzinfo=datetime.UTC),
    ]


@pytest.mark.parametrize(
    ("slug", "begin", "end"),
    [
        ("avond", datetime.datetime(2026, 7, 1, 17, 30), datetime.datetime(2026, 7, 1, 20)),
        (
            "voor-de-zomertijd",
            datetime.datetime(2026, 3, 29, 0, 30),
            datetime.datetime(2026, 3, 29, 1, 30),
        ),
        (
            "na-de-zomertijd",
            datetime.datetime(2026, 3, 29, 1, 15),
            datetime.datetime(2026, 3, 29, 2),
        ),
        ("wintertijd", datetime.datetime(2026, 10, 24, 21), datetime.datetime(2026, 10, 25, 2, 30)),
        ("tot-een-dag", datetime.datetime(2027, 1, 5, 9), datetime.datetime(2027, 1, 6, 23)),
    ],
)
def test_times_are_those_of_amsterdam_across_the_change_of_the_clock(
    content: Path, slug: str, begin: datetime.datetime, end: datetime.datetime
) -> None:
    """The rules of the file itself are applied, as a calendar does that knows no zones: they must
    give the same instant (UTC).
    """
    raw = calendars(content)["agenda/agenda.ics"]
    zone = next(
        z for z in Calendar.from_ical(raw).walk("VTIMEZONE") if isinstance(z, Timezone)
    ).to_tz(lookup_tzid=False)
    event = parsed(raw)[slug]
    for name, expected in (("dtstart", begin), ("dtend", end)):
        found = event.decoded(name)
        assert event[name].params["TZID"] == "Europe/Amsterdam"
        for tz in (AMSTERDAM, zone):
            assert (
                found.replace(tzinfo=tz).astimezone(datetime.UTC).replace(tzinfo=None) == expected
            ), (slug, name, tz)


@pytest.mark.parametrize(
    ("slug", "begin", "end"),
    [
        ("hele-dag", datetime.date(2026, 5, 31), datetime.date(2026, 6, 1)),
        ("drie-dagen", datetime.date(2026, 5, 30), datetime.date(2026, 6, 2)),
    ],
)
def test_whole_days_end_on_the_day_after(
    content: Path, slug: str, begin: datetime.date, end: datetime.date
) -> None:
    raw = calendars(content)[f"agenda/{slug}/{slug}.ics"]
    event = parsed(raw)[slug]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (begin, end)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert b"VTIMEZONE" not in raw


def test_lines_are_those_of_rfc_5545(content: Path) -> None:
    for name, raw in calendars(content).items():
        lines = raw.split(b"\r\n")
        assert lines[-1] == b"" and b"\n" not in raw.replace(b"\r\n", b""), name
        assert max(map(len, lines)) <= 75
        raw.decode()
        stripped = raw.replace(b"\r\n ", b"").decode().split("\r\n")
        assert (stripped[0], stripped[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
        assert "VERSION:2.0" in stripped and any(line.startswith("PRODID:") for line in stripped)
        for event in parsed(raw).values():
            assert event.decoded("dtstamp") == datetime.datetime(2026, 3, 9, tzinfo=datetime.UTC)
    evening = parsed(calendars(content)["agenda/avond/avond.ics"])["avond"]
    assert str(evening["summary"]).startswith("Één avond; over raad, griffie en \\ zo. Één")
    assert str(evening["location"]) == "Stadhuis; zaal 2, Utrecht"


def test_the_calendar_is_the_same_every_time_and_a_renamed_meeting_keeps_its_name(
    content: Path,
) -> None:
    files = calendars(content)
    assert calendars(content) == files
    event = parsed(files["agenda/afgelast/afgelast.ics"])["eerste-naam"]
    assert str(event["uid"]).startswith("agenda.eerste-naam@")
    assert str(event["status"]) == "CANCELLED"
    assert "url" not in event
    url = "https://voorbeeld.example/kp/"
    assert (
        str(parsed(calendars(content, url)["agenda/avond/avond.ics"])["avond"]["url"])
        == f"{url}agenda/avond/"
    )


def test_without_dates_there_is_no_calendar(tmp_path: Path) -> None:
    """RFC 5545 wants at least one component in a calendar."""
    (tmp_path / "content").mkdir()
    assert calendars(tmp_path / "content") == {}


@pytest.fixture(scope="module")
def built(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(
        tmp_path_factory.mktemp("agenda-site") / "site",
        content,
        SITE_URL="https://voorbeeld.example/kp/",
    )


def test_a_timeline_of_many_years_names_the_first_and_the_last(built: Path) -> None:
    page = (built / "voortgang" / "index.html").read_text(encoding="utf-8")
    years = page.partition('class="jaren">')[2].partition("</th>")[0]
    assert re.findall(r"<span>(\d{4})</span>", years) == [
        "2008",
        "2027",
    ]


def on(page: Page, day: str) -> None:
    """Let the page and its worker think that it is this day."""
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.route(
        "**/werker.js",
        lambda route: route.fulfill(body=worker_on(route, day), content_type="text/javascript"),
    )


def worker_on(route: Route, day: str) -> str:
    today = f"class extends Date {{ constructor() {{ super('{day}T12:00:00'); }} }}"
    return f"self.Date = {today};{route.fetch().text()}"


def shown(browser: Browser, page: Path) -> list[str]:
    """The headings and the titles of the list, in their order."""
    with tab(browser, java_script_enabled=False) as here:
        here.goto(page.as_uri())
        return here.locator("[data-kaarten] > h2, [data-kaarten] .kaart__titel").all_inner_texts()


def test_what_comes_stands_first_and_what_has_been_after_it(built: Path, browser: Browser) -> None:
    found = shown(browser, built / "agenda" / "index.html")
    coming, been, unknown = (
        found.index(h) for h in ("Nu of later", "Geweest", "Datum niet bekend")
    )
    assert [t for t in found[coming + 1 : been] if not t.startswith("Één")] == [
        "drie-dagen",
        "vaag",
        "afgelast",
        "wintertijd",
        "tot-een-dag",
    ]
    assert found[been + 1 : unknown] == [
        "hele-dag",
        "na-de-zomertijd",
        "voor-de-zomertijd",
        "vaag-geweest",
    ]
    assert found[unknown + 1 :] == ["onbekend"]
    assert (
        shown(browser, built / "agenda" / "wanneer" / "geweest" / "index.html")[1:]
        == found[been + 1 : unknown]
    )
    assert len(shown(browser, built / "agenda" / "provincie" / "utrecht" / "index.html")) == 2


CUT_DAYS = """() => [...document.querySelectorAll('.kaart__soort span')].filter(when => {
    const words = document.createRange();
    words.selectNodeContents(when);
    return /^\\d+ [a-z]+ 20\\d\\d$/.test(when.textContent) && words.getClientRects().length > 1;
}).map(when => when.textContent)"""


@pytest.mark.parametrize("width", [320, 390])
def test_a_day_above_a_title_stays_on_one_line(built: Path, browser: Browser, width: int) -> None:
    with tab(browser, (width, 800)) as page:
        page.goto((built / "agenda" / "index.html").as_uri())
        assert page.evaluate(CUT_DAYS) == []


def test_a_choice_keeps_the_headings(built: Path, browser: Browser) -> None:
    """As the list without JavaScript: meetings stand under when they are, also after a choice; in
    another order they do not.
    """
    with serving(built) as address, tab(browser) as page:
        on(page, str(TODAY))
        page.goto(f"{address}/agenda/?wanneer=nu-of-later&wanneer=geweest")
        page.wait_for_selector(".sorteren:not([inert])")
        expect(page.locator("[data-kaarten] > h2")).to_have_text(["Nu of later", "Geweest"])
        expect(page.locator("[data-count]")).to_have_text("10 bijeenkomsten")
        expect(page.locator("[data-kaarten] h2 + .kaart h3")).to_have_text(
            ["drie-dagen", "hele-dag"]
        )
        expect(page.locator("[data-kaarten] h2 + .kaart .kaart__soort").first).to_have_text(
            "bijeenkomst · 30 mei 2026 tot en met 1 juni 2026"
        )
        page.select_option("#kp-sorteer", "titel")
        expect(page.locator("[data-kaarten] .kaart h2").first).to_have_text("afgelast")
        expect(page.locator("[data-kaarten] > h2")).to_have_count(0)


def test_a_meeting_links_to_its_file_and_the_agenda_to_the_feed(built: Path) -> None:
    links = {
        name: {a.get("href") for a in read(built / "agenda" / name / "index.html").all("a")}
        for name in (".", "avond", "vaag")
    }
    assert "../../agenda/avond/avond.ics" in links["avond"]
    assert not any(str(href).endswith(".ics") for href in links["vaag"])
    assert {"../agenda/agenda.ics", "webcal://voorbeeld.example/kp/agenda/agenda.ics"} <= links["."]
    text = (built / "agenda" / "vaag" / "index.html").read_text(encoding="utf-8")
    assert "najaar 2026" in text


# On a later day than that of the site


LATER = "2026-07-02"
"""One whole-day meeting, one over three days and one evening have passed since TODAY."""


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_what_has_passed_since_goes_from_what_comes_to_what_has_been(
    built: Path, browser: Browser, scripts: bool
) -> None:
    with (
        serving(built) as address,
        tab(browser, java_script_enabled=scripts, timezone_id="Europe/Amsterdam") as page,
    ):
        on(page, LATER)
        page.goto(f"{address}/agenda/")
        if scripts:
            page.wait_for_selector(".sorteren:not([inert])")
            expect(page.locator("[data-dag]")).to_have_text("2 juli 2026")
        else:
            expect(page.locator("[data-dag]")).to_have_text("1 juni 2026")
        found = page.locator("[data-kaarten] > h2, [data-kaarten] .kaart__titel").all_inner_texts()
        static = shown(browser, built / "agenda" / "index.html")
        if not scripts:
            assert found == static
            return
        been = found.index("Geweest")
        assert found[1:been] == ["vaag", "afgelast", "wintertijd", "tot-een-dag"]
        passed = [t for t in static[1 : static.index("Geweest")] if t not in found[:been]]
        assert len(passed) == 2 and passed[0] == "drie-dagen"
        assert found[been + 1 :] == [*reversed(passed), *static[static.index("Geweest") + 1 :]]
        # Any other order and back: made of the data, it is the same as moved in the page.
        page.select_option("#kp-sorteer", "titel")
        expect(page.locator("[data-kaarten] > h2")).to_have_count(0)
        page.select_option("#kp-sorteer", "nieuw")
        expect(page.locator("[data-kaarten] > h2")).to_have_count(3)
        again = page.locator("[data-kaarten] > h2, [data-kaarten] .kaart__titel").all_inner_texts()
        assert again == found


SHIFTS = """() => new Promise(done => new PerformanceObserver((list, o) => {
    o.disconnect();
    done(list.getEntries().map(e => [e.value, e.sources.map(s => s.node?.nodeName)]));
}).observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done([]), 500))"""


def test_it_goes_there_without_a_jump(built: Path, browser: Browser) -> None:
    with serving(built) as address, tab(browser) as page:
        on(page, "2027-03-01")
        page.goto(f"{address}/agenda/")
        expect(page.locator("[data-kaarten] > h2").first).to_have_text("Geweest")
        expect(page.locator("[data-niets-komt]")).to_be_visible()
        jumped = [name for _, names in page.evaluate(SHIFTS) for name in names]
        assert not {"ARTICLE", "H2"} & {*jumped}


@pytest.mark.parametrize("coming", [True, False])
def test_lists_and_search_count_by_the_same_day(
    built: Path, browser: Browser, coming: bool
) -> None:
    value, most = ("nu-of-later", 4) if coming else ("geweest", 6)
    with serving(built) as address, tab(browser) as page:
        on(page, LATER)
        page.goto(f"{address}/agenda/wanneer/{value}/")
        expect(page.locator("[data-count]")).to_have_text(f"{most} bijeenkomsten")
        expect(page.locator("[data-kaarten] article")).to_have_count(most)
        page.goto(f"{address}/zoeken/?q=korte+uitleg&wanneer={value}")
        page.wait_for_selector("[data-search-status=done]")
        expect(page.locator("[data-search-result]")).to_have_count(most)


def test_on_the_day_itself_nothing_moves(built: Path, browser: Browser) -> None:
    """Nor on a computer of which the clock is behind."""
    for day in ("2026-06-01", "2020-01-01"):
        with serving(built) as address, tab(browser) as page:
            on(page, day)
            page.goto(f"{address}/agenda/")
            page.wait_for_selector(".sorteren:not([inert])")
            titles = page.locator("[data-kaarten] > h2, [data-kaarten] .kaart__titel")
            assert titles.all_inner_texts() == shown(browser, built / "agenda" / "index.html")
            expect(page.locator("[data-dag]")).to_have_text("1 juni 2026")
