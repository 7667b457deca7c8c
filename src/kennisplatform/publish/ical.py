"""Meetings with a date as iCalendar (RFC 5545): a file for each, and calendars to subscribe to, of
all and of those under a value of some facets.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kennisplatform.model.days import AMSTERDAM
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import Bijeenkomst
from kennisplatform.model.site import SiteFile

if TYPE_CHECKING:
    from icalendar import Event

_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
"""Summer time in the Netherlands since 1996 (Directive 2000/84/EC). What icalendar makes of a
zone by itself begins summer time an hour late: its DTSTART is not in the time before the change.
"""


def calendar_files(platform: Platform) -> Iterator[SiteFile]:
    """Give a calendar beside the page of every meeting with a date, and one beside every page of
    the site that lists such meetings.

    A meeting with only a vague period is in none of them; without any meeting with a date there is
    no file.
    """
    events = {
        page.slug: _event(page, page.velden, platform)
        for page in platform.agenda
        if isinstance(page.velden, Bijeenkomst)
    }
    for page in platform.agenda:
        one = _calendar([events[page.slug]], page.titel, platform)
        yield SiteFile(f"{page.address}{page.slug}.ics", one)
    for calendar in platform.calendars.values():
        name = f"{calendar.titel} – {platform.identity.naam}"
        found = _calendar([events[p.slug] for p in calendar.pages], name, platform)
        yield SiteFile(calendar.address, found)


def _calendar(events: Sequence[Event], name: str, platform: Platform) -> bytes:
    # It takes long to load, and after most edits no calendar is made anew.
    from icalendar import Calendar, Timezone, vText

    calendar = Calendar()
    calendar.add("prodid", f"-//{platform.identity.naam}//NL")
    calendar.add("version", "2.0")
    calendar.add("name", vText(name))  # the library escapes no text of its own accord
    calendar.add("x-wr-calname", vText(name))  # what calendars read instead of NAME (RFC 7986)
    if any(isinstance(event.decoded("dtstart"), datetime.datetime) for event in events):
        calendar.add_component(Timezone.from_ical(_ZONE))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(page: Page, fields: Bijeenkomst, platform: Platform) -> Event:
    from icalendar import Event

    event = Event()
    # so that a renamed meeting does not come twice
    known_as = page.first_address.strip("/").replace("/", ".")
    event.add("uid", f"{known_as}@{platform.identity.slug}")
    event.add(
        "dtstamp",
        datetime.datetime.combine(fields.laatst_gecontroleerd, datetime.time(), datetime.UTC),
    )
    begin, end = _begin_and_end(fields)
    event.add("dtstart", begin)
    if end != begin:
        event.add("dtend", end)
    event.add("summary", page.titel)
    event.add("description", fields.samenvatting)
    if fields.plaats:
        event.add("location", fields.plaats)
    event.add("categories", list(fields.aandachtsveld))
    if fields.status == "gestopt":
        event.add("status", "CANCELLED")
    if site_url := platform.settings.site_url:
        event.add("url", f"{site_url}{page.address}")
    return event


def _begin_and_end(fields: Bijeenkomst) -> tuple[datetime.date, datetime.date]:
    """Give begin and end of one value type, as RFC 5545 3.8.2.2 asks; an end that is a day includes
    that day. Of an hour that the clock shows twice a local time is the first (3.3.5).
    """
    assert fields.begin
    begin, end = fields.begin, fields.eind or fields.begin
    if not isinstance(begin, datetime.datetime):
        last = end.date() if isinstance(end, datetime.datetime) else end
        return begin, last + datetime.timedelta(days=1)
    if not isinstance(end, datetime.datetime):
        end = datetime.datetime.combine(
            end + datetime.timedelta(days=1), datetime.time(), AMSTERDAM
        )
    if begin.fold or end.fold:
        return begin.astimezone(datetime.UTC), end.astimezone(datetime.UTC)
    return begin, end
