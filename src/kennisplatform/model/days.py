"""Days and moments, vague ones too: how they are read, and the days that they may mean."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from kennisplatform.model.findings import Meant
from kennisplatform.model.text import MONTHS

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
ISO_MOMENT = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
NO_DAY = "is geen datum; schrijf jaar-maand-dag, bijvoorbeeld 2026-03-09"
NO_MOMENT = "is geen datum met tijd; schrijf 2026-03-09 19:30"
NO_YEAR = "noemt geen jaar; schrijf bijvoorbeeld 2019, 2019-04 of najaar 2019"
"""What is said of a value that does not fit, by the check and by the form."""
_MONTHS_OF = {
    "begin": (1, 4),
    "medio|midden|halverwege": (4, 9),
    "eind|einde": (9, 12),
    "voorjaar|lente": (3, 6),
    "zomer": (6, 9),
    "najaar|herfst": (9, 12),
    "eerste helft": (1, 6),
    "tweede helft": (7, 12),
    "eerste kwartaal": (1, 3),
    "tweede kwartaal": (4, 6),
    "derde kwartaal": (7, 9),
    "vierde kwartaal": (10, 12),
}
"""First and last month that a word may mean, as wide as anyone uses it."""


def iso(moment: str | None) -> str:
    """Give a moment that ISO 8601 can write (2019, 2019-03, 2019-03-09), or nothing."""
    return moment if moment and (ISO_MOMENT.match(moment) or YEAR.fullmatch(moment)) else ""


def span(value: str) -> tuple[datetime.date, datetime.date]:
    """Give the first and the last day that a vague moment may mean, each as far away as it can be.

    2019-04 is all of April, "najaar 2019" September to December; "voor 2019" and "na 2019" are
    open on one side (date.min, date.max). Words it does not know mean all of the year.
    """
    if ISO_MOMENT.match(value):
        year, month, day = (int(part) for part in f"{value}-0".split("-")[:3])
        return datetime.date(year, month, day or 1), datetime.date(
            year, month, day or calendar.monthrange(year, month)[1]
        )
    years = sorted(int(found[0]) for found in YEAR.finditer(value))
    words = value.lower()
    named = [n for n, month in enumerate(MONTHS, 1) if re.search(rf"\b{month}\b", words)]
    meant = (
        (named[0], named[-1])
        if named
        else next(
            (months for word, months in _MONTHS_OF.items() if re.search(rf"\b({word})\b", words)),
            (1, 12),
        )
    )
    first, last = meant if len(years) == 1 else (1, 12)
    days = (
        datetime.date(years[0], first, 1),
        datetime.date(years[-1], last, calendar.monthrange(years[-1], last)[1]),
    )
    if re.search(r"\bv[oó][oó]r\b", words):
        return datetime.date.min, days[1]
    return (days[0], datetime.date.max) if re.search(r"\bna\b", words) else days


def as_day(value: Any) -> Any:
    """Read a day from text; raises PydanticCustomError, as all checks of values do."""
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise _not_read(value, NO_DAY)
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            raise _no_such_day(*value.split("-")) from None
        return _near(day)
    return value


def _not_read(typed: str, says: str, timed: bool = False) -> PydanticCustomError:
    if _lacks_year(typed):
        return PydanticCustomError("jaar-ontbreekt", f"noemt geen jaar;{says.partition(';')[2]}")
    return PydanticCustomError("ongeldige-datum", says, {"meant": _day_meant(typed, timed)})


def _no_such_day(year: str, month: str, day: str) -> PydanticCustomError:
    if 1 <= int(month) <= 12:
        says = "bestaat niet: deze maand heeft die dag niet"
        return PydanticCustomError("ongeldige-datum", says)
    swapped = _moment((int(year), int(day), int(month)), [], False)
    return PydanticCustomError(
        "ongeldige-datum",
        "bestaat niet: er is geen maand {maand}",
        {"maand": month, "meant": Meant(swapped) if swapped else None},
    )


def _near(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "ongeldige-datum", f"ligt niet tussen {FIRST_YEAR} en {LAST_YEAR}"
        )
    return day


def as_moment(value: Any) -> Any:
    """Read a day, or a day with a time: in Amsterdam, unless the text names another zone."""
    if isinstance(value, str) and len(value) > 10:
        try:
            found = datetime.datetime.fromisoformat(value if _TIME.fullmatch(value) else "")
        except ValueError:
            raise _not_read(value, NO_MOMENT, timed=True) from None
        _near(found)
        return found.astimezone(AMSTERDAM) if found.tzinfo else _by_the_clock(found)
    return as_day(value)


def _by_the_clock(moment: datetime.datetime) -> datetime.datetime:
    local = moment.replace(tzinfo=AMSTERDAM)
    shown = local.astimezone(datetime.UTC).astimezone(AMSTERDAM)
    if shown.replace(tzinfo=None) != moment:
        says = "bestaat niet: in die nacht gaat de klok van 2 uur naar 3 uur"
        likely = {"meant": Meant(f"{shown:%Y-%m-%d %H:%M}")}
        raise PydanticCustomError("ongeldige-datum", says, likely)
    return local


_WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAYS = {word: at for at, day in enumerate(_WEEK) for word in (day, day[:2])}
_BESIDE_A_DAY = {*_DAYS, "op", "om", "van", "t", "u"}
"""Words beside a day that say no more of it; t as in 2026-03-09T19:30."""


def _day_meant(typed: str, timed: bool = False) -> Meant | None:
    """Read a day as the Dutch or a program writes it, with its time when it may have one: 1-2-2025,
    zo 1 februari 2025, 1/2/2025 19.30 uur.

    1/2/2025 may be American and 1-31-2025 is, a time in another zone may be of another day, and of
    a day of the week that is another one either may be wrong: those are likely only.
    """
    typed = re.sub(r"^((?:19|20)\d\d)(\d\d)(\d\d)$", r"\1-\2-\3", typed)
    if (exact := _written_by_a_program(typed)) is not None:
        written = f"{exact:%Y-%m-%d %H:%M}" if timed else f"{exact:%Y-%m-%d}"
        return Meant(written, certain=timed and len(typed) > 13)
    bare = typed.lower()
    found = _parts(bare)
    zoned, parts = found[-1:] == ["z"], [p for p in found if p not in ("z", "uur")]
    if len(parts) == 4 and re.search(r"\d ?u(ur)?$", bare):
        parts.append("00")
    numbers = all(p.isdigit() and len(p) <= 4 for p in parts)
    if len(parts) not in (3, 5, 6) or not numbers or (zoned and timed):
        return None
    iso = len(parts[0]) == 4
    day, month, year = map(int, parts[2::-1] if iso else parts[:3])
    short = len(parts[2]) == 2 and not iso
    year += 2000 if short else 0
    american = not iso and "/" in typed and day <= 12 and day != month
    if swapped := month > 12:
        day, month = month, day
    moment = _moment((year, month, day), parts[3:5], timed)
    if not moment:
        return None
    certain = _on_its_day(moment, bare) and not (zoned or american or swapped or short)
    return Meant(moment, certain)


def _parts(words: str) -> list[str]:
    """Give the numbers of a day and its time, and what else it says than its day of the week."""
    bare = re.sub(r"(?<=:\d\d)\.\d+|(?<=\d)e\b", "", words)
    return [_month(p) for p in re.findall(r"\d+|[^\W\d_]+", bare) if p not in _BESIDE_A_DAY]


def _lacks_year(typed: str) -> bool:
    """Tell whether it is a day and a month, with a time or without, and nothing more."""
    parts = _parts(typed.lower())
    if len(parts) != (4 if ":" in typed else 2) or not all(
        re.fullmatch(r"\d\d?", p) for p in parts
    ):
        return False
    one, two = map(int, parts[:2])
    return any(_moment((2000, *day), parts[2:], True) for day in ((one, two), (two, one)))


def _written_by_a_program(typed: str) -> datetime.datetime | None:
    """Read a moment with its zone, or as (milli)seconds since 1970, as it is in Amsterdam."""
    try:
        if re.fullmatch(r"\d{10}|\d{13}", typed):
            return datetime.datetime.fromtimestamp(int(typed[:10]), AMSTERDAM)
        if re.fullmatch(r"\d{4}-\d\d-\d\d[ T][\d:.]+\s?(Z|[+-]\d\d:?\d\d)", typed):
            whole = re.sub(r"\.\d+|\s(?=[Z+-])", "", typed)
            return datetime.datetime.fromisoformat(whole).astimezone(AMSTERDAM)
    except (ValueError, OverflowError):
        pass
    return None


def _on_its_day(moment: str, typed: str) -> bool:
    """Tell whether a day is on the day of the week that stands beside it, if one does."""
    named = {_DAYS[word] for word in re.findall(r"[a-z]+", typed) if word in _DAYS}
    return named <= {datetime.date.fromisoformat(moment[:10]).weekday()}


def _moment(day: tuple[int, int, int], time: list[str], timed: bool) -> str | None:
    """Write a day, with its time where that is asked; None when it is no day, or one that may not
    be meant.
    """
    try:
        moment = str(_near(datetime.date(*day)))
        if not time:
            return moment
        if timed and int(time[0]) == 24 and not int(time[1]):
            return f"{datetime.date(*day) + datetime.timedelta(1)} 00:00"
        whole = f"{moment} {int(time[0]):0>2}:{time[1]:0>2}"
        datetime.datetime.fromisoformat(whole)
        return whole if timed else moment
    except ValueError:
        return None


def _month(word: str) -> str:
    return next(
        (str(n) for n, month in enumerate(MONTHS, 1) if len(word) > 2 and month.startswith(word)),
        "3" if word == "mrt" else word,
    )


OPEN_END = re.compile(
    r"nu|heden|vandaag|nog\b.*|lopend|doorlopend|onbepaald|onbekend|huidig|\?|-|…|\.\.\.",
    re.IGNORECASE,
)
"""What people write for an end that is not there yet."""


def as_vague(value: str) -> str:
    """Refuse a moment without a year, or on a day that does not exist."""
    if not YEAR.search(value):
        raise PydanticCustomError("jaar-ontbreekt", NO_YEAR)
    if ISO_MOMENT.match(value):
        try:
            datetime.date.fromisoformat(value if len(value) == 10 else f"{value}-01")
        except ValueError:
            years = _short_years(value)
            likely = Meant(f"{years['van']}-{years['tot']}") if years else None
            raise PydanticCustomError(
                "ongeldige-datum", "bestaat niet", {"meant": likely}
            ) from None
    return value


_TO = r"(?:,?\s+tot(?:\s+en\s+met)?:?\s+|\s+t/m\s+|\s?[-–/]\s?)"
_FROM = r"(?:(?:van(?:af)?|sinds):?\s+)?"
_UNTIL = re.compile(rf"{_FROM}(.*?{YEAR.pattern}.*?){_TO}(.*?{YEAR.pattern}.*)", re.IGNORECASE)
_UNTIL_NOW = re.compile(rf"{_FROM}(.*?{YEAR.pattern}.*?){_TO}(?:{OPEN_END.pattern})", re.IGNORECASE)
_WORDS = "|".join((*MONTHS, *_MONTHS_OF, r"[a-z]{3}\.?", r"\d{1,2}"))
_PLAIN = (
    rf"(?:(?:{_WORDS})\s+)*"
    rf"(?:{YEAR.pattern}(?:-\d\d){{0,2}}(?!\d)|\d{{1,2}}-\d{{1,2}}-{YEAR.pattern})"
)
"""A moment as it may begin or end a period; of “schooljaar 2019-2020” both years are one moment."""
_ENDS = re.compile(rf"{_FROM}({_PLAIN}){_TO}(?:({_PLAIN})|{OPEN_END.pattern})", re.IGNORECASE)


def _short_years(text: str) -> dict[str, str] | None:
    """Read 2018-19, which would be a month were there so many."""
    short = re.fullmatch(r"((?:19|20)\d\d)\s?[-–/]\s?(\d\d)", text)
    if not short or not "12" < short[2] >= short[1][2:]:
        return None
    return {"van": short[1], "tot": short[1][:2] + short[2]}


def both_ends(text: str) -> dict[str, str] | None:
    """Give van and tot of a text that is a whole period: 2019-2021, maart 2019 tot juni 2020. Of
    one that has not ended there is only van.
    """
    if (years := _short_years(text)) is not None:
        return years
    found = _ENDS.fullmatch(text)
    if found is None:
        return None
    begin, end = found[1], found[_ENDS.groups // 2 + 1]
    return {"van": begin} | ({"tot": end} if end else {})


def period_meant(text: str) -> Meant | None:
    """Read a period by its years: 2018-2019, 2018-19, van najaar 2018 tot 2019, vanaf 2019."""
    if ends := both_ends(text):
        certain = re.fullmatch(rf"{_FROM}\d{{4}}{_TO}\d{{4}}", text, re.IGNORECASE) is not None
        return Meant(ends, certain)
    if until_now := _UNTIL_NOW.fullmatch(text):
        return Meant({"van": until_now[1]})
    if found := _UNTIL.fullmatch(text):
        return Meant({"van": found[1], "tot": found[3]})
    years = [year[0] for year in YEAR.finditer(text)]
    if not years:
        return None
    if one := re.fullmatch(r"(van|vanaf|sinds|tot)\s+(.+)", text, re.IGNORECASE):
        return Meant({"tot" if one[1].lower() == "tot" else "van": one[2]})
    if len(years) > 1 and re.fullmatch(r"(?:\d{4}|,|\s|en)+", text):
        return Meant({"van": years[0], "tot": years[-1]}, certain=len(years) == 2)
    return Meant({"van": text, "tot": text})
