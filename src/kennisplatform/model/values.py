"""The kinds of value a field can hold, each with its check and what is said when it fails.

Checks that need the vocabulary get it as pydantic's validation context.
"""

from __future__ import annotations

import datetime
import html
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

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

from kennisplatform.model.addresses import (
    HTTPS,
    LAW,
    MAILBOX,
    NO_HTTPS,
    NO_LAW,
    NO_MAILBOX,
    as_https,
    as_law,
    as_mail,
)
from kennisplatform.model.days import NO_DAY, NO_YEAR, YEAR, as_day, as_moment, as_vague
from kennisplatform.model.findings import CODES, Meant, letters, meant, sentences
from kennisplatform.model.head import write_value
from kennisplatform.model.text import HTML, LONGEST_SLUG, has_html, slugify
from kennisplatform.model.vocabulary import Vocabulary

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
NO_NUMBER = 'is geen getal; schrijf 1161, 2.5 of "1/3", zonder punten of eenheid'
NO_WHOLE = "is geen getal; schrijf alleen cijfers"
NO_SLUG = "is geen naam van een pagina"
NO_ADDRESS = "is geen adres op deze site; schrijf bijvoorbeeld /praktijken/oude-naam/"
"""What is said of a value that does not fit its expression, by the check and by the form."""


_DASHES = "–—•·*"
"""What people begin the values of a list with, beside -."""


_QUOTES = "“”„‟‘’‚\"'«»"
"""What Word makes of the quotes around a value, and those."""


def unmarked(value: str) -> str:
    """Give the words of a field without marks that only a text has."""
    for mark in _MARKS if re.search(r"[*_`(#~=]", value) else ():
        value = re.sub(mark, r"\1", value)
    return value


_MARKS = (
    r"^#{1,6} +(\S)",
    r"!?\[([^\[\]]+)\]\((?:https?:|mailto:|www\.|\.{0,2}/|#)[^()\s]*\)",
    r"(?<![\w*])\*{2,3}([^\s*](?:[^*]*[^\s*])?)\*{2,3}(?![\w*])",
    r"(?<![\w_])_{2,3}([^\s_](?:[^_]*[^\s_])?)_{2,3}(?![\w_])",
    r"(?<![~=])(?:~~|==)([^\s~=](?:[^~=]*[^\s~=])?)(?:~~|==)(?![~=])",
)
"""What is certainly a heading, a link or emphasis; in a field that stands there as it is typed."""


def plain(value: str) -> str:
    if has_html(value):
        bare = html.unescape(value)
        likely = None if has_html(bare) else {"meant": Meant(bare, certain=True)}
        raise PydanticCustomError("html-in-veld", "bevat HTML; gewone tekst mag, HTML niet", likely)
    if "\n" in value:
        raise PydanticCustomError("regeleinde-in-veld", "moet op één regel staan")
    if (bare := unmarked(value)) != value:
        link = "](" in value
        about = {
            "meant": Meant(bare, certain=not link),
            "repair": "Een link hoort bij bronnen, of in de tekst." if link else "",
        }
        says = "bevat opmaak, en die komt hier zo op de pagina"
        raise PydanticCustomError("opmaak-in-veld", says, about)
    return value


def _one(value: str) -> str:
    values = [part for part in (p.strip() for p in re.split("[;|]", value)) if part]
    if len(values) > 1:
        raise PydanticCustomError("meer-waarden", "lijkt meer dan één waarde", {"values": values})
    bare = re.sub(rf"^[{_DASHES}]+\s*|\s*[,;:]+$", "", value)
    bare = re.sub(rf"^[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]$", r"\1", bare)
    if bare not in ("", value):
        about = {"meant": Meant(bare, certain=True)}
        raise PydanticCustomError("onbekende-waarde", "heeft een teken te veel", about)
    return value


def _asks(value: str) -> str:
    values = [part.strip() for part in re.split("[;|]", value)]
    if len(values) > 1 and all(part.endswith("?") for part in values):
        raise PydanticCustomError("meer-waarden", "lijkt meer dan één vraag", {"values": values})
    if not value.endswith("?"):
        raise PydanticCustomError(
            "geen-vraag",
            "is geen vraag",
            {
                "meant": Meant(f"{value.rstrip(' .')}?"),
                "repair": "Een vraag eindigt met een vraagteken.",
            },
        )
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
            raise _unknown_name(field, bare, names, vocabulary_of(info))
        return value

    return AfterValidator(check)


def _unknown_name(
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


UNCLEAR = "is niet duidelijk; schrijf een getal zonder punten, met een punt waar een komma hoort"


def number_meant(typed: str, whole: bool = False) -> Meant | None:
    """Read a number as the Dutch write it, also within a text that has no other: € 1.200, 6,5
    procent.

    One sign before three digits may be either (1.161, 12,500), so that is likely only, and so is a
    number of which the words are left out.
    """
    if re.fullmatch(FRACTION, part := unicodedata.normalize("NFKC", typed).replace("⁄", "/")):
        return None if whole or part == typed else Meant(part, certain=True)
    joined = re.sub(
        r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", re.sub(r"(?<!\d)[.,](?=\d)", "0.", typed)
    )
    found = re.findall(r"-?\d[\d.,]*(?<![.,])", joined)
    if len(found) != 1 or typed[0] == "–":
        return None
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3}){2,}", found[0]):  # as the English write it
        found[0] = found[0].replace(",", ".")
    dutch = re.fullmatch(DUTCH_NUMBER, found[0])
    plain = found[0].replace(".", "").replace(",", ".") if dutch else found[0]
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", plain):  # which would be asked again
        plain = plain.replace(".", "")
    if times := re.search(rf"\d\s*({'|'.join(_TIMES)})\b", joined):
        plain = f"{Decimal(plain) * _TIMES[times[1]]:f}".removesuffix(".0")
    if not re.fullmatch(r"[0-9]{1,9}" if whole else NUMBER, plain) or plain == typed:
        return None
    unclear = re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", typed) or found[0] != typed
    return Meant(plain, certain=not unclear)


_TIMES = {
    "duizend": 1_000,
    "miljoen": 1_000_000,
    "mln": 1_000_000,
    "miljard": 1_000_000_000,
    "mld": 1_000_000_000,
}


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


def _old_address(value: str) -> str:
    if not re.fullmatch(ADDRESS, value):
        # of a whole address the site may lie below more
        bare = re.sub(r"^https?://[^/]+/(?:.*/)?(?=[^/]+/[^/]+/?$)", "", value)
        raise PydanticCustomError(
            "ongeldig-adres",
            NO_ADDRESS,
            {
                "meant": Meant(whole, certain=bare == value and "/" in value.strip("/"))
                if re.fullmatch(ADDRESS, whole := f"/{bare.strip('/')}/")
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
            {"meant": _list_meant(value, lambda values, near=False: _fits(values, handler, near))},
        )
    values = handler(value)
    folded = [one.casefold() if isinstance(one, str) else one for one in values]
    for place, one in enumerate(values):
        if folded[place] in folded[:place]:
            raise PydanticCustomError(
                "dubbele-waarde", "bevat ‘{waarde}’ twee keer", {"waarde": one, "plaats": place}
            )
    return values


def _fits(values: list[str], handler: ValidatorFunctionWrapHandler, near: bool) -> list[str] | None:
    """Give values as they fit, each by its own repair; `near` takes one that is only likely too."""
    fitting = list(values)
    try:
        handler(values)
    except ValidationError as error:
        for e in error.errors(include_url=False):
            likely = _likely(dict(e))
            if likely is None or not (near or likely.certain) or not isinstance(likely.value, str):
                return None
            fitting[int(e["loc"][0])] = likely.value
    return fitting


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


def _list_meant(typed: str, fits: Callable[..., list[str] | None]) -> Meant | None:
    """Part a text where one of its signs parts it into values that fit.

    Of names from a list only one way fits. Free words always do, and a comma may stand within one
    (wonen, zorg en welzijn), as “en” may stand between two.
    """
    bare = re.sub(r"^\(([^()]*)\)$", r"\1", typed.strip("[] "))
    ways = [
        [part for part in (p.strip() for p in re.split(sign, bare)) if part]
        for sign in (r"[;|\n]", ",", _MAY_PART, r" en |,| & ", r"\s")
    ]
    lines, commas, signs, *others = ways
    if len(typed) > LONGEST_LIST:
        return Meant(lines if len(lines) > 1 else commas)
    if re.match(rf"-\S|[{_DASHES}]\s|\d{{1,2}}[.)]\s", typed):  # a list by other signs
        signs_before = rf"(?:^|\s)(?:-(?=\S)|[{_DASHES}](?=\s)|\d{{1,2}}[.)](?=\s))"
        parts = [part for part in (p.strip() for p in re.split(signs_before, typed)) if part]
        return Meant(fits(parts) or parts, certain=typed[0] == "-")
    if len(lines) > 1 and (fitting := fits(lines)):
        return Meant(fitting, certain=True)
    if fits(["een woord"]):
        if len(signs) > 1:
            return Meant(signs)
        plain = not re.search(r"\s(en|of)\s|[\"“”]", typed)
        return Meant(commas, certain=plain and fits(commas) is not None)
    ways = [[bare], commas, signs, *others, _joined(commas, fits)]
    for near in (False, True):
        for way in filter(None, ways):
            if fitting := fits(way, near):
                return Meant(fitting, certain=not near)
    parted = {part: fits([part], near=True) for part in max(commas, signs, others[0], key=len)}
    if len(parted) > 1 and any(parted.values()):
        return Meant([fitting[0] if fitting else part for part, fitting in parted.items()])
    return None


def _joined(parts: list[str], fits: Callable[..., list[str] | None]) -> list[str]:
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


def _file_name(value: Any) -> Any:
    """Give the name of a file of which the path is written, as the form does."""
    return (
        re.sub(r"^(\.\./|/)?(content/)?documenten/", "", value) if isinstance(value, str) else value
    )


Regel = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(plain)]
Bestandsnaam = Annotated[Regel, BeforeValidator(_file_name)]
Naam = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(plain)]
Zoekterm = Annotated[Naam, AfterValidator(_one)]
Trefwoord = Annotated[Zoekterm, AfterValidator(_fits_an_address)]
Vraag = Annotated[
    str,
    StringConstraints(min_length=10, max_length=120),
    AfterValidator(plain),
    AfterValidator(_asks),
]
Dag = Annotated[datetime.date, BeforeValidator(as_day)]
# What JSON Schema says of these is said here: it cannot be seen from the checks. A year or a number
# without quotes is no text to an editor.
Vaag = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40),
    AfterValidator(plain),
    AfterValidator(as_vague),
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
    str, StringConstraints(max_length=500), AfterValidator(as_https), _pattern(HTTPS, 500, NO_HTTPS)
]
Wetsadres = Annotated[Https, AfterValidator(as_law), _pattern(LAW, 500, NO_LAW)]
Mailadres = Annotated[
    str,
    StringConstraints(max_length=160),
    AfterValidator(as_mail),
    _pattern(MAILBOX, 160, NO_MAILBOX),
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
    AfterValidator(_old_address),
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
        raise _unknown_name("provincie", bare, vocabulary.namen["provincie"], vocabulary)
    return name


ProvincieNaam = Annotated[str, AfterValidator(_province)]
Lijst = WrapValidator(_list)
Moment = Annotated[
    datetime.datetime | datetime.date,
    BeforeValidator(as_moment),
    _pattern(
        r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?",
        40,
        f"{NO_DAY}, of met een tijd erachter: 2026-03-09 19:30",
    ),
]
