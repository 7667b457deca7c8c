"""The kinds of value a field can hold, each with its check and what is said when it fails.

Checks that need the vocabulary get it as pydantic's validation context.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from kennisplatform.model.findings import CODES, Meant, letters, meant, sentences
from kennisplatform.model.head import write_value
from kennisplatform.model.text import HTML, LONGEST_SLUG, MONTHS, has_html, slugify
from kennisplatform.model.vocabulary import Vocabulary

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
ISO_MOMENT = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
HTTPS = r"[hH][tT][tT][pP][sS]://((?![xX][nN]--)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}(:[0-9]{1,5})?([/?#][^\s<>\"`\\]*)?"
"""A host of plain letters, so that it reads as what it is, and nothing before it
(https://gemeente.nl@elders.nl leads elsewhere).
"""
_LEADS_TO = re.compile(r"(?:https://|mailto:[^@]*@)([a-z0-9.-]+)(?![^/?#]*@)")
_HOST = re.compile(
    r"(?:(?:https?:|(?<=[a-z]):(?=[/\\]{2}))[/\\\s]{0,4}|(?<=\w@)|(?<![\w.-])(?=www\.))((?:[\w-]+\.)+[\w-]+)"
)
_ONLY_A_HOST = re.compile(
    r"((?:[\w-]+\.)*(?:[\w-]{2,}\.[^\W\d_]{2,}|[\w-]\.(?:nl|eu|com|org)))(?:[/?#:]\S*)?"
)
_FILES = (
    ".pdf",
    ".doc",
    ".docx",
    ".odt",
    ".xls",
    ".xlsx",
    ".ods",
    ".pptx",
    ".csv",
    ".json",
    ".xml",
    ".html",
    ".md",
    ".txt",
    ".zip",
    ".png",
    ".jpg",
    ".js",
)
"""Ends of file names, which are no domains."""
NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,6})?"
FRACTION = r"[0-9]{1,6}/[1-9][0-9]{0,5}"
THOUSANDS = r"[1-9][0-9]{0,2}(\.[0-9]{3}){1,2}"
DUTCH_NUMBER = r"-?[1-9][0-9]{0,2}(\.[0-9]{3}){1,4}(,[0-9]{1,6})?|-?[0-9]{1,15},[0-9]{1,6}"
"""With points between thousands or a comma before decimals: the form takes it, a file does not."""
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
ADDRESS = r"/([a-z0-9][a-z0-9-]*/)+"
PLAIN = rf"(?!.*({HTML.pattern})).*"
"""The same rule as `plain`, as one expression; like those above it means the same in JavaScript,
for JSON Schema and the editor's form.
"""


NO_DAY = "is geen datum; schrijf jaar-maand-dag, bijvoorbeeld 2026-03-09"
NO_MOMENT = "is geen datum met tijd; schrijf 2026-03-09 19:30"
NO_YEAR = "noemt geen jaar; schrijf bijvoorbeeld 2019, 2019-04 of najaar 2019"
NO_HTTPS = "is geen adres dat met https:// begint"
NO_NUMBER = 'is geen getal; schrijf 1161, 2.5 of "1/3", zonder punten of eenheid'
NO_WHOLE = "is geen getal; schrijf alleen cijfers"
NO_SLUG = "is geen naam van een pagina"
NO_ADDRESS = "is geen adres op deze site; schrijf bijvoorbeeld /praktijken/oude-naam/"
"""What is said of a value that does not fit its expression, by the check and by the form."""

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


def plain(value: str) -> str:
    if has_html(value):
        raise PydanticCustomError("html-in-veld", "bevat HTML; gewone tekst mag, HTML niet")
    if "\n" in value:
        raise PydanticCustomError("regeleinde-in-veld", "moet op één regel staan")
    return value


def _one(value: str) -> str:
    values = [part for part in (p.strip() for p in re.split("[;|]", value)) if part]
    if len(values) > 1:
        raise PydanticCustomError("meer-waarden", "lijkt meer dan één waarde", {"values": values})
    return value


def _fits_an_address(value: str) -> str:
    """Refuse what its own page can have no address for; one sign may become more letters."""
    about: dict[str, Any] = {"meant": None, "repair": "Kies een ander woord."}
    if not (slug := slugify(value)):
        raise PydanticCustomError("zonder-tekst", "heeft geen letter of cijfer", about)
    if len(slug) > LONGEST_SLUG:
        raise PydanticCustomError("te-lang", "is te lang voor een adres", about)
    return value


def vocabulary_of(info: ValidationInfo) -> Vocabulary:
    """Give the vocabulary that validation was called with."""
    assert isinstance(info.context, Vocabulary)
    return info.context


def known(field: str) -> AfterValidator:
    """Give what refuses every value that is none of the names for a field; see
    Vocabulary.namen."""

    def check(value: str, info: ValidationInfo) -> str:
        names = vocabulary_of(info).namen[field]
        if value not in names:
            bare = re.sub(
                f"^{field} ", "", _named_twice(value, vocabulary_of(info)), flags=re.IGNORECASE
            )
            raise _unknown(field, bare, names, vocabulary_of(info))
        return value

    return AfterValidator(check)


def _unknown(
    field: str, name: str, known: Collection[str], vocabulary: Vocabulary
) -> PydanticCustomError:
    """Give what to raise about a name that a field does not know: what it is elsewhere says more
    than which name has nearly its letters.
    """
    official = [g.naam for g in vocabulary.gemeenten] if field == "gemeente" else known
    likely, others = meant(name, known), _partly(name, official)
    elsewhere = {
        other: one
        for other, names in vocabulary.namen.items()
        for one in names
        if other != field and letters(name) == letters(one)
    }
    repair, own = "", f"onbekend-{field}"
    if likely and likely.certain:
        pass
    elif len(others) > 1:
        likely, repair = None, f"Bedoeld: {' of '.join(f'‘{other}’' for other in others)}?"
    elif others:
        likely = Meant(others[0])
    elif elsewhere:
        what, (other, one) = (
            " of ".join(f"een {e}" for e in elsewhere),
            next(iter(elsewhere.items())),
        )
        likely = None
        repair = f"‘{one}’ is {what}. Schrijf: {other}: {write_value([one])}"
    more = f"Alle waarden: /bijdragen/velden/#{field}"
    return PydanticCustomError(
        own if own in CODES else "onbekende-waarde",
        "bestaat niet",
        {
            "meant": likely,
            "known": known,
            "repair": sentences(repair, more),
            "ongelezen": field in vocabulary.ongelezen,
        },
    )


def _partly(name: str, known: Collection[str]) -> list[str]:
    """Give the names that have this one for a part of them: Bergen is two municipalities, and near
    to Ubbergen; of Holland there are two.
    """
    own = letters(name)
    whole = rf"(.+-)?{re.escape(own)}(\(.+\))?" if own else r"(?!)"
    return [one for one in known if re.fullmatch(whole, re.sub(r"[^\w()-]", "", one.casefold()))]


def _named_twice(value: str, vocabulary: Vocabulary) -> str:
    """Give one of the names when both the full and the short name of an organisation stand there:
    Vereniging … (VNG).
    """
    both = re.fullmatch(r"(.+?) \((.+)\)", value)
    found = {vocabulary.organisatie_op_naam.get(name) for name in both.groups()} if both else set()
    return both[1] if both and len(found) == 1 and None not in found else value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise PydanticCustomError("ongeldige-datum", NO_DAY, {"meant": _day_meant(value)})
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            raise _no_such_day(*value.split("-")) from None
        return _near(day)
    return value


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


def _moment_of_event(value: Any) -> Any:
    if isinstance(value, str) and len(value) > 10:
        try:
            found = datetime.datetime.fromisoformat(value if _TIME.fullmatch(value) else "")
        except ValueError:
            raise PydanticCustomError(
                "ongeldige-datum", NO_MOMENT, {"meant": _day_meant(value, timed=True)}
            ) from None
        _near(found)
        return (
            found.replace(tzinfo=AMSTERDAM) if found.tzinfo is None else found.astimezone(AMSTERDAM)
        )
    return _day(value)


_WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAYS = {word: at for at, day in enumerate(_WEEK) for word in (day, day[:2])}
_BESIDE_A_DAY = {*_DAYS, "op", "om", "van", "t", "u"}
"""Words beside a day that say no more of it; t as in 2026-03-09T19:30."""


def _day_meant(typed: str, timed: bool = False) -> Meant | None:
    """Read a day as the Dutch or a program writes it, with its time when it may have one: 1-2-2025,
    zo 1 februari 2025, 1/2/2025 19.30 uur.

    1/2/2025 may be American, a time in another zone may be of another day, and of a day of the week
    that is another one either may be wrong: those are likely only.
    """
    if (exact := _written_by_a_program(typed)) is not None:
        written = f"{exact:%Y-%m-%d %H:%M}" if timed else f"{exact:%Y-%m-%d}"
        return Meant(written, certain=timed and len(typed) > 13)
    bare = re.sub(r"(?<=:\d\d)\.\d+|(?<=\d)e\b", "", typed.lower())
    found = [_month(p) for p in re.findall(r"\d+|[a-zé]+", bare) if p not in _BESIDE_A_DAY]
    zoned, parts = found[-1:] == ["z"], [p for p in found if p not in ("z", "uur")]
    if len(parts) == 4 and re.search(r"\d ?u(ur)?$", bare):
        parts.append("00")
    numbers = all(p.isdigit() and len(p) <= 4 for p in parts)
    if len(parts) not in (3, 5, 6) or not numbers or (zoned and timed):
        return None
    iso = len(parts[0]) == 4
    day, month, year = map(int, parts[2::-1] if iso else parts[:3])
    moment = _moment((year, month, day), parts[3:5], timed)
    american = not iso and "/" in typed and day <= 12 and day != month
    if not moment:
        return None
    return Meant(moment, certain=_on_its_day(moment, bare) and not zoned and not american)


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


def _vague(value: str) -> str:
    if not YEAR.search(value):
        raise PydanticCustomError("jaar-ontbreekt", NO_YEAR)
    if ISO_MOMENT.match(value):
        try:
            datetime.date.fromisoformat(value if len(value) == 10 else f"{value}-01")
        except ValueError:
            raise PydanticCustomError("ongeldige-datum", "bestaat niet") from None
    return value


def is_https(address: str) -> bool:
    """Tell whether this is an address on another site that may be linked."""
    port = re.match(r"https://[^/?#:]*:(\d+)", address)
    return re.fullmatch(HTTPS, address) is not None and (not port or int(port[1]) <= LAST_PORT)


LAST_PORT = 65_535
_LOOKS_LIKE = str.maketrans(
    {
        "∶": ":",
        "꞉": ":",
        "ː": ":",
        "⁄": "/",
        "∕": "/",
        "⧸": "/",
        "。": ".",
        "ꓸ": ".",
        "․": ".",
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), ""),
    }
)
"""Signs that look like those of an address, and spaces that are hardly seen (Unicode, confusables).
"""


def other_host(text: str, address: str) -> str:
    """Give the host that the text of a link names when the link itself leads to another one, or an
    empty text.

    Text names a host after ://, www. or @, or by being nothing but a domain. What lies below that
    host is its own.
    """
    if (found := _LEADS_TO.match(address.lower())) is None:
        return ""
    plain = unicodedata.normalize(
        "NFKC", text.translate(_LOOKS_LIKE)
    ).casefold()  # as a reader sees it: full-width letters and dots too
    named = _HOST.findall(plain)
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", plain)  # utrecht.nl (veilig)
    for said in dict.fromkeys((plain, words)):
        bare = said.strip("".join({sign for sign in said if not sign.isalnum()}))
        if (alone := _ONLY_A_HOST.fullmatch(bare)) and not alone[1].endswith(_FILES):
            named.append(alone[1])
    return next(
        (host for host in named if not f".{found[1]}".endswith(f".{host.removeprefix('www.')}")), ""
    )


def https_meant(typed: str) -> Meant | None:
    """Give the address of a site as it must be written: www.gemeente.nl, https//gemeente.nl,
    http://gemeente.nl.

    Of a name without www. or http it may be something else.
    """
    bare = typed.strip(" <>")
    likely = f"https://{re.sub(r'^(https?:?/{1,3}|https?:|//)+', '', bare, flags=re.IGNORECASE)}"
    if likely == typed or not is_https(likely):
        return None
    return Meant(likely, certain=bare.lower().startswith(("www.", "http", "//")))


def _https(value: str) -> str:
    if not is_https(value):
        spaced = value.replace(" ", "%20")
        likely = https_meant(value) or (Meant(spaced) if is_https(spaced) else None)
        raise PydanticCustomError(
            "geen-https-adres",
            NO_HTTPS,
            {
                "meant": likely,
                "repair": "Een spatie in het adres schrijft u als %20." if " " in value else "",
            },
        )
    return value


UNCLEAR = "is niet duidelijk; schrijf een getal zonder punten, met een punt waar een komma hoort"


def number_meant(typed: str, whole: bool = False) -> Meant | None:
    """Read a number as the Dutch write it, also within a text that has no other: € 1.200, 6,5
    procent.

    One sign before three digits may be either (1.161, 12,500), so that is likely only, and so is a
    number of which the words are left out.
    """
    found = re.findall(r"-?\d[\d.,]*(?<![.,])", typed)
    if len(found) != 1 or typed[0] in "-–" != found[0][0]:
        return None
    dutch = re.fullmatch(DUTCH_NUMBER, found[0])
    plain = found[0].replace(".", "").replace(",", ".") if dutch else found[0]
    if not re.fullmatch(r"[0-9]{1,9}" if whole else NUMBER, plain) or plain == typed:
        return None
    unclear = re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", typed) or found[0] != typed
    return Meant(plain, certain=not unclear)


def _quantity(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(DUTCH_NUMBER, text) and (dutch := number_meant(text)):
            raise PydanticCustomError("geen-getal", UNCLEAR, {"meant": dutch})
        if re.fullmatch(NUMBER, text):
            return float(text) if "." in text else int(text)
        if re.fullmatch(FRACTION, text):
            return text
        raise PydanticCustomError("geen-getal", NO_NUMBER, {"meant": number_meant(text)})
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}", value):
        thousands = re.fullmatch(THOUSANDS, value)
        likely = number_meant(value, whole=True)
        raise PydanticCustomError(
            "geen-getal",
            NO_WHOLE,
            {"meant": likely and Meant(likely.value, certain=thousands is not None)},
        )
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(SLUG, value):
        # Whether there is such a page is known when all files are; see read_fields.
        name = slugify(value.rstrip("/").split("/")[-1].removesuffix(".md"))
        raise PydanticCustomError(
            "ongeldige-slug", NO_SLUG, {"meant": Meant(name) if name else None}
        )
    return value


def _address(value: str) -> str:
    if not re.fullmatch(ADDRESS, value):
        raise PydanticCustomError(
            "ongeldig-adres",
            NO_ADDRESS,
            {
                "meant": Meant(whole, certain="/" in value.strip("/"))
                if re.fullmatch(ADDRESS, whole := f"/{value.strip('/')}/")
                else None
            },
        )
    return value


def _list(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Refuse a value that stands there twice, and a text where a list belongs; {a, b} is one."""
    if isinstance(value, dict) and value and not any(value.values()):
        value = ", ".join(value)
    if isinstance(value, str):
        raise PydanticCustomError(
            "geen-lijst",
            "moet een lijst zijn",
            {"meant": _list_meant(value, lambda values: _fits(values, handler))},
        )
    values = handler(value)
    for place, one in enumerate(values):
        if one in values[:place]:
            raise PydanticCustomError(
                "dubbele-waarde", "bevat ‘{waarde}’ twee keer", {"waarde": one, "plaats": place}
            )
    return values


def _fits(values: list[str], handler: ValidatorFunctionWrapHandler) -> bool:
    try:
        handler(values)
    except ValidationError as error:  # a capital too many is told when it is a list
        return all(
            (likely := _likely(dict(e))) is not None and likely.certain
            for e in error.errors(include_url=False)
        )
    return True


def _likely(error: dict[str, Any]) -> Meant | None:
    return (
        meant(str(error["input"]), options(error))
        if error["type"] == "literal_error"
        else error.get("ctx", {}).get("meant")
    )


def options(error: Mapping[str, Any]) -> list[str]:
    """Give the values that may stand where pydantic refused another."""
    return re.findall(r"'([^']*)'", error["ctx"]["expected"])


LONGEST_LIST = 500
"""Characters of a text that may be a list: each part is compared with all names, in several ways.
"""


_MAY_PART = re.compile(r"\s[^\w\s(‘“'\"]+\s|/")
"""Signs within a value that may stand between two."""


def _list_meant(typed: str, fits: Callable[[list[str]], bool]) -> Meant:
    """Part a text where one of its signs parts it into values that fit.

    Of names from a list only one way fits. Free words always do, and a comma may stand within one
    (wonen, zorg en welzijn), as “en” may stand between two.
    """
    ways = [
        [part for part in (p.strip() for p in re.split(sign, typed.strip("[] "))) if part]
        for sign in (r"[;|\n]", ",", _MAY_PART, r" en |,| & ", r"\s")
    ]
    lines, commas, signs, *others = ways
    if len(typed) > LONGEST_LIST:
        return Meant(lines if len(lines) > 1 else commas)
    if re.match(r"-\S", typed):  # dashes without a space after them
        return Meant(
            [part for part in (p.strip() for p in re.split(r"(?:^|\s)-", typed)) if part],
            certain=True,
        )
    if len(lines) > 1 and fits(lines):
        return Meant(lines, certain=True)
    if fits(["een woord"]):
        if len(signs) > 1:
            return Meant(signs)
        return Meant(commas, certain=not re.search(r"\s(en|of)\s|[\"“”]", typed) and fits(commas))
    ways = [[typed], commas, signs, *others, _joined(commas, fits)]
    found = next((way for way in ways if way and fits(way)), None)
    return Meant(found or max(commas, signs, others[0], key=len), certain=found is not None)


def _joined(parts: list[str], fits: Callable[[list[str]], bool]) -> list[str]:
    """Join what a comma parts into names that have one, the longest first; nothing where a part
    fits nowhere.
    """
    found: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(min(len(parts), at + 3), at, -1)
        end = next((n for n in ends if fits([", ".join(parts[at:n])])), 0)
        if not end:
            return []
        found.append(", ".join(parts[at:end]))
        at = end
    return found


def text_like(expression: str, says: str, **limits: int) -> dict[str, Any]:
    """Give JSON Schema for a text; what is said of one that does not fit has the name VS Code
    knows.
    """
    return {
        "type": "string",
        **limits,
        "pattern": f"^{expression}$",
        "patternErrorMessage": f"Dit {says}.",
    }


def _pattern(expression: str, longest: int, says: str) -> WithJsonSchema:
    return WithJsonSchema(text_like(expression, says, maxLength=longest))


Regel = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(plain)]
Naam = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(plain)]
Zoekterm = Annotated[Naam, AfterValidator(_one)]
Trefwoord = Annotated[Zoekterm, AfterValidator(_fits_an_address)]
Dag = Annotated[datetime.date, BeforeValidator(_day)]
# What JSON Schema says of these is said here: it cannot be seen from the checks. A year or a number
# without quotes is no text to an editor.
Vaag = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(plain),
    AfterValidator(_vague),
    WithJsonSchema(
        {
            "anyOf": [
                text_like(f".*{YEAR.pattern}.*", NO_YEAR, minLength=4, maxLength=40),
                {"type": "integer", "minimum": 1800, "maximum": 2099},
            ]
        }
    ),
]
Https = Annotated[
    str, StringConstraints(max_length=500), AfterValidator(_https), _pattern(HTTPS, 500, NO_HTTPS)
]
Getal = Annotated[
    int | float | str,
    BeforeValidator(_quantity),
    WithJsonSchema({"anyOf": [text_like(f"({NUMBER}|{FRACTION})", NO_NUMBER), {"type": "number"}]}),
]
Geheel = Annotated[int, BeforeValidator(_whole)]
Slug = Annotated[
    str,
    StringConstraints(max_length=120),
    AfterValidator(_one),
    AfterValidator(_slug),
    _pattern(SLUG, 120, NO_SLUG),
]
Adres = Annotated[
    str,
    StringConstraints(max_length=200),
    AfterValidator(_one),
    AfterValidator(_address),
    _pattern(ADDRESS, 200, NO_ADDRESS),
]
Vergelijking = Literal["=", "ca", "bijna", ">", "<", "≥", "≤"]

Aandachtsveld = Annotated[str, known("aandachtsveld")]
Pijler = Annotated[str, known("pijler")]
GemeenteNaam = Annotated[str, known("gemeente")]
DoelgroepNaam = Annotated[str, known("doelgroep")]
OrganisatieNaam = Annotated[str, known("organisatie")]


def _province(value: str, info: ValidationInfo) -> str:
    vocabulary = vocabulary_of(info)
    name = named.naam if (named := vocabulary.provincie_op_naam.get(value)) else value
    if name not in vocabulary.provincies:
        bare = re.sub("^provincie ", "", value, flags=re.IGNORECASE)
        raise _unknown("provincie", bare, vocabulary.namen["provincie"], vocabulary)
    return name


ProvincieNaam = Annotated[str, AfterValidator(_province)]
Lijst = WrapValidator(_list)
Moment = Annotated[
    datetime.datetime | datetime.date,
    BeforeValidator(_moment_of_event),
    _pattern(
        r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?",
        40,
        f"{NO_DAY}, of met een tijd erachter: 2026-03-09 19:30",
    ),
]
