"""Work out what an editor meant where a value alone does not tell: from the values beside it, and
from its shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from kennisplatform.content.frontmatter import Document
from kennisplatform.model.addresses import is_https
from kennisplatform.model.days import period_meant
from kennisplatform.model.findings import MAX_NAME, Fix, Meant, letters, meant
from kennisplatform.model.groups import COMPARED, NESTED
from kennisplatform.model.head import Location, parts_of, write_value
from kennisplatform.model.library import DOCUMENT_KINDS
from kennisplatform.model.schema import FIELDS
from kennisplatform.model.text import in_words, slugify
from kennisplatform.model.values import NUMBER, THOUSANDS, number_meant


def name_meant(name: str, group: Mapping[str, Any], known: Collection[str]) -> Meant | None:
    """Give the field that an unknown one is, unless that is there already; not certain when it is
    there twice in other spellings.
    """
    open_fields = (f for f in _ALSO_CALLED if f in known and f not in group)
    near = meant(name, known) or next(
        (Meant(field) for field in open_fields if letters(name) in _ALSO_CALLED[field]), None
    )
    if near is None or near.value in group:
        return None
    once = sum(letters(other) == letters(name) for other in group) == 1
    return Meant(near.value, near.certain and once)


_ALSO_CALLED = {
    field: {letters(word) for word in words.split()}
    for field, words in {
        "url": "link adres website webadres site href",
        "van": "begin start vanaf sinds startdatum from",
        "tot": "eind einde until t/m tm totenmet einddatum max maximum",
        "begin": "start aanvang van startdatum",
        "eind": "einde tot einddatum",
        "waarde": "getal aantal cijfer bedrag hoeveel value",
        "eenheid": "eenheden wat",
        "peildatum": "datum jaar wanneer date",
        "datum": "jaar wanneer date published",
        "periode": "jaar jaartal looptijd",
        "naam": "titel name title omschrijving label",
        "titel": "naam name title kop",
        "bestand": "file document bestandsnaam",
        "bron": "source herkomst",
        "bronnen": "bron links referenties sources",
        "mail": "mailbox e-mailadres mailadres",
        "uitgever": "auteur afzender organisatie publisher",
        "gelezen": "geraadpleegd bezocht bekeken",
        "tekst": "toelichting opmerking",
        "samenvatting": "summary description excerpt beschrijving omschrijving inleiding intro",
        "trefwoorden": "tags keywords labels onderwerp onderwerpen",
        "aandachtsveld": "thema themas theme",
        "gemeente": "stad plaatsen municipality",
        "plaats": "locatie zaal adres",
        "soort": "type categorie category",
        "concept": "draft",
        "vragen": "vraag faq",
        "wetten": "wet wetgeving",
        "documenten": "bijlage bijlagen downloads document",
        "oude_adressen": "redirect redirects alias aliases",
    }.items()
}
"""What editors call a field, where no field has nearly that name."""


def names_beside(document: Document, location: Location, known: Collection[str]) -> Fix | None:
    """Join two values of a list that are the halves of one name (Nuenen, Gerwen en Nederwetten), or
    part one that is two (Utrecht en Zwolle).
    """
    items, index = document.at(location[:-1]), location[-1] if location else ""
    if not isinstance(items, list) or not isinstance(index, int) or location not in document.values:
        return None
    return _parted(document, location, items[index], known) or _halves_joined(
        document, location[:-1], items, index, known
    )


def _parted(
    document: Document, location: Location, typed: Any, known: Collection[str]
) -> Fix | None:
    if not isinstance(typed, str) or len(typed) > MAX_NAME:
        return None
    names = [meant(name.strip(), known) for name in re.split(r"[;|/]| en | & ", typed)]
    if len(names) < 2 or not all(name and name.certain for name in names):
        return None
    return parted(document, location, Meant([name.value for name in names if name], certain=True))


def parted(document: Document, location: Location, values: Meant) -> Fix | None:
    """Write a value of a list between brackets as the values that it holds."""
    if location not in document.values or not document.values[location].inline:
        return None
    start, end, _ = document.values[location]
    return document.text.fix(start, end, write_value(values.value)[1:-1], values.certain)


def _halves_joined(
    document: Document, place: Location, items: list[Any], index: int, known: Collection[str]
) -> Fix | None:
    for first in (index - 1, index):
        halves = items[first : first + 2] if first >= 0 else []
        if len(halves) == 2 and all(isinstance(half, str) for half in halves):
            name = meant(", ".join(halves), known)
            if name and name.certain:
                return document.fix((*place, first), name, until=(*place, first + 1))
    return None


def bare_names(value: Any) -> str:
    """Give the text that braces or a colon made names of fields without a value: {Buurt},
    {van 2018, tot 2019}, Buurt:; empty when it is something else.
    """
    if not isinstance(value, dict) or any(one is not None for one in value.values()):
        return ""
    return "" if value.keys() <= FIELDS.keys() else ", ".join(value)


def colonless(name: str, group: Mapping[str, Any], known: Collection[str]) -> dict[str, str]:
    """Give the field and its value that the name of a field without one is: {waarde 5}."""
    return {} if group.get(name) is not None else _name_and_value(name, known)


def _name_and_value(text: str, known: Collection[str]) -> dict[str, str]:
    parts = re.split(r"\s*=\s*|\s+", text, maxsplit=1)
    return {parts[0]: parts[1]} if len(parts) == 2 and parts[0] in known else {}


class Apart(NamedTuple):
    """A value that a comma parts within braces, so that its end became a field."""

    veld: str
    typed: str
    fix: Fix | None
    getal: bool
    """Whether it must be a number."""


def comma_in_group(document: Document, location: Location, known: Collection[str]) -> Apart | None:
    """Give the value of which an unknown field is only the end: {waarde: 12,5} and {titel: Nota,
    deel 2}.
    """
    group, inside, name = document.at(location[:-1]), location[:-1], location[-1]
    if not inside or not isinstance(group, dict) or group.get(name, "") is not None:
        return None
    names = list(group)
    at = last = names.index(name)
    while at and group[names[at]] is None and names[at] not in known:
        at -= 1
    while last + 1 < len(names) and group[names[last + 1]] is None and names[last + 1] not in known:
        last += 1
    start, end = (
        document.values.get((*inside, names[at])),
        document.names.get((*inside, names[last])),
    )
    if not isinstance(group[names[at]], str) or start is None or end is None or not end.inline:
        return None
    typed = document.text.whole[start.start : end.end]
    kinds = [*parts_of(NESTED[str(inside[0])].model_fields.get(str(names[at])))]
    number = int in kinds
    if number:
        likely = number_meant(re.sub(r",\s+", ",", typed), whole=float not in kinds)
        if likely and (" " in typed):
            likely = Meant(likely.value)
    elif typed[0] in "'\"":
        likely = Meant(", ".join([group[names[at]], *names[at + 1 : last + 1]]))
    else:
        likely = Meant(" ".join(typed.split()), certain=not typed[0].isdigit())
    fix = None
    if likely:
        new = write_value(likely.value)
        fix = document.text.fix(start.start, end.end, new, likely.certain)
    return Apart(str(names[at]), typed, fix, number)


def text_meant(document: Document, location: Location) -> Meant | None:
    """Give the text that was read as a list of one, or as a field and its value: [tekst], and Doel:
    samen in a list.
    """
    value = document.at(location)
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return Meant(value[0], certain=True)
    if words := bare_names(value):
        return Meant(words)
    if isinstance(value, dict) and len(value) == 1 and location in document.values:
        start, end, _ = document.values[location]
        typed = document.text.whole[start:end]
        if typed[:1] not in ("{", "[", "'", '"', "") and "\n" not in typed:
            return Meant(typed, certain=True)
    return None


def group_meant(field: str, value: Any) -> Meant | None:
    """Give the group of which a text is the one field it needs: {waarde: 23}, {titel: Verslag}; a
    period by its years.
    """
    if whole := one_group(value):
        return Meant(whole, certain=True)
    if field == "periode" and isinstance(value, list) and len(value) == 2:
        value = " tot ".join(map(str, value))
    text = bare_names(value) or value
    if isinstance(text, list) and len(text) == 1:
        text = bare_names(text[0]) or text[0]
    if not isinstance(text, str) or field not in NESTED:
        return None
    likely = _group_meant(field, text, value)
    return likely if likely and _may_be(field, likely.value) else None


def one_group(value: Any) -> dict[str, Any] | None:
    """Give the group of which each field stands in a list by itself, with a dash of its own."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return None
    whole = {name: inner for one in value for name, inner in one.items()}
    apart = len(whole) == sum(map(len, value)) > 0
    return whole if apart and None not in whole.values() else None


def _may_be(field: str, group: Mapping[str, Any]) -> bool:
    """Tell whether a group may have these values, as far as that can be told without the names of
    the vocabulary; what is missing is told when it is a group.
    """
    try:
        NESTED[field].model_validate(group)
    except ValidationError as error:
        return all(e["type"] == "missing" for e in error.errors(include_url=False))
    return True


def _group_meant(field: str, text: str, value: Any) -> Meant | None:
    known = NESTED[field].model_fields
    if joined := _joined_names(text, known):
        return Meant(joined, certain=True)
    needed = [name for name, info in known.items() if info.is_required()]
    if one := _name_and_value(text, known):
        return period_meant(text) if field == "periode" else Meant(one)
    if needed == ["waarde"]:
        return _number(text)
    if needed == ["titel"]:
        if "url" in known and (found := _WITH_ADDRESS.fullmatch(text)):
            return Meant({"titel": found[1], "url": found[2]})
        name = Path(text)
        if "bestand" in known and name.suffix in DOCUMENT_KINDS:
            return Meant({"titel": name.stem.replace("-", " ").capitalize(), "bestand": text})
        return None if is_https(text) else Meant({"titel": text}, certain=text is value)
    return period_meant(text) if field == "periode" else None


_WITH_ADDRESS = re.compile(r"(\S.*?)[\s,:;(<]+(https://[^\s<>()]+)[>)]?")


def _joined_names(text: str, known: Collection[str]) -> dict[str, str]:
    """Give the fields of a group whose names have no space behind their colon: {van:2018}."""
    first, *parts = re.split(rf"(?:^|[,;]?\s+)({'|'.join(known)})[:=]\s*", text)
    names, values = parts[::2], parts[1::2]
    whole = not first and all(values) and len(set(names)) == len(names)
    return dict(zip(names, values, strict=True)) if whole else {}


_NUMBER_WORDS = {slugify(in_words(number)): str(number) for number in range(1, 21)}
_SIGNS = {word: sign for sign, word in COMPARED.items() if word} | {sign: sign for sign in COMPARED}
SIGNS = _SIGNS | {
    **dict.fromkeys((">=", "=>", "vanaf", "ten minste", "minimaal"), "≥"),
    **dict.fromkeys(("<=", "=<", "tot", "ten hoogste", "maximaal"), "≤"),
    **dict.fromkeys(("ongeveer", "ca.", "c.a.", "±", "~", "rond de", "zo'n"), "ca"),
}
"""The sign of a comparison, by what people write for it."""
_SIGN = "|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))
_COMPARED = re.compile(rf"(?:({_SIGN})\s*)?(\d.*)", re.IGNORECASE)
_RANGE = re.compile(r"(\d\S*?)\s?(?:-|–|à|tot|t/m)\s?(\d\S*)")
_COUNTED = re.compile(rf"(?:({_SIGN})\s*)?(\S+?)(\s+gemeenten?)?", re.IGNORECASE)


def figure_meant(typed: str) -> tuple[Meant, dict[str, str]] | None:
    """Read a number with what belongs in other fields of its group: 50-60, ca. 50, 50+."""

    def plain(text: str) -> str:
        likely = number_meant(text)
        return likely.value if likely else text if re.fullmatch(NUMBER, text) else ""

    if (ends := _RANGE.fullmatch(typed)) and (low := plain(ends[1])) and (high := plain(ends[2])):
        return Meant(low), {"tot": high}
    found = _COMPARED.fullmatch(typed)
    sign = SIGNS[found[1].lower()] if found and found[1] else "≥" if typed[-1:] == "+" else ""
    if found and sign and (number := plain(found[2].removesuffix("+"))):
        return Meant(number), {"vergelijking": sign}
    return None


def _number(text: str) -> Meant | None:
    """Read a number of municipalities: 1.200, meer dan 20, vijf gemeenten."""
    found = _COUNTED.fullmatch(text)
    if not found:
        return None
    plain = found[2].replace(".", "")
    if re.fullmatch(rf"[0-9]{{1,9}}|{THOUSANDS}", found[2]):
        likely, certain = {"waarde": plain}, not found[3]
    elif count := _NUMBER_WORDS.get(slugify(found[2])):
        likely, certain = {"waarde": count}, False
    else:
        return None
    return Meant(likely | ({"vergelijking": SIGNS[found[1].lower()]} if found[1] else {}), certain)


def groups_meant(field: str, value: Any) -> Meant | None:
    """Give the list of which there is only one group, or the text of one; a text may be more."""
    if isinstance(value, dict) and not bare_names(value):
        known = NESTED[field].model_fields
        likely = {
            name: Meant(name, certain=True)
            if name in known
            else name_meant(str(name), value, known) or Meant("")
            for name in value
        }
        if all(name.certain for name in likely.values()):
            return Meant([{likely[name].value: inner for name, inner in value.items()}], True)
        if field == "bronnen" and len(value) == 1:
            return Meant([dict(zip(("titel", "url"), *value.items(), strict=True))])
        return None
    one = group_meant(field, value)
    more = isinstance(value, str) and re.search(r"[,;|\n]|\s(en|of|\W)\s", value)
    return Meant([one.value], one.certain and not more) if one else None


def example(field: str) -> str:
    """Write a group as it may stand there, of the examples in the schema."""
    known = NESTED[field].model_fields
    needed = [name for name, info in known.items() if info.is_required()] or [*known]
    for name in ("", *known):  # Of some groups one of more fields will do.
        names = [*needed, *filter(None, {name} - set(needed))]
        group = {name: str((known[name].examples or ["…"])[0]) for name in names}
        if _may_be(field, group):
            break
    return write_value(group)


def with_beside(
    document: Document, location: Location, likely: Meant, others: Mapping[str, str]
) -> Fix | None:
    """Write a value of a group, and behind it others of its fields, unless those are there."""
    group, place = document.at(location[:-1]), document.values.get(location)
    if place is None or not isinstance(group, dict) or not others.keys().isdisjoint(group):
        return None
    start, name = place.start, document.names[location].start
    lead = name - document.text.whole.rfind("\n", 0, name) - 1
    between = ", " if place.inline else "\n" + " " * lead
    written = (f"{name}: {write_value(value, place.inline)}" for name, value in others.items())
    new = between.join((write_value(likely.value, place.inline), *written))
    return document.text.fix(start, place.end, new, likely.certain)


def joined_until(document: Document, location: Location, end: str) -> Fix | None:
    """Join a value of a list with those after it, up to the first that ends so: a question that a
    comma parts.
    """
    items, index = document.at(location[:-1]), location[-1]
    if not isinstance(items, list) or not isinstance(index, int):
        return None
    texts = [str(item) for item in items[index:]]
    last = next((n for n, text in enumerate(texts) if text.endswith(end)), 0)
    whole = Meant(", ".join(texts[: last + 1]))
    return document.fix(location, whole, (*location[:-1], index + last)) if last else None


def without_end(document: Document, period: Location) -> Fix | None:
    """Take the end out of a period that has not ended."""
    begin, end = (document.values.get((*period, name)) for name in ("van", "tot"))
    if begin is None or end is None or end.start < begin.end:
        return None
    return document.text.fix(begin.end, end.end, "", certain=False)


def without_value(document: Document, location: Location, place: int) -> Fix | None:
    """Take a value that is not the first out of a list, with the sign before it."""
    if (*location, place) not in document.values:
        return None
    start, end = (
        document.values[(*location, place - 1)].end,
        document.values[(*location, place)].end,
    )
    return (
        None
        if "#" in document.text.whole[start:end]
        else document.text.fix(start, end, "", certain=True)
    )
