"""Judge the fields of a document, and say in Dutch what is wrong with them and on which line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kennisplatform.content.frontmatter import Document, Location, read_yaml
from kennisplatform.content.meaning import (
    comma_in_group,
    group_meant,
    groups_meant,
    name_meant,
    names_beside,
    text_meant,
    without_value,
)
from kennisplatform.model.findings import CODES, Finding, Fix, Meant, meant, sentences
from kennisplatform.model.groups import NESTED, Model
from kennisplatform.model.head import write_value
from kennisplatform.model.schema import Collectie, Velden, lacks_one_of
from kennisplatform.model.text import enumerate_nl, visible
from kennisplatform.model.values import UNCLEAR, options
from kennisplatform.model.vocabulary import Vocabulary

_UNION = re.compile(r"int|float|str|literal\[.*|GemeenteAantal|date|datetime")
"""How pydantic names the branches of a union, between the keys of a location."""
M = TypeVar("M", bound=Model)


def read_fields(
    document: Document,
    collectie: Collectie,
    vocabulary: Vocabulary,
    pages: Mapping[str, Collection[str]] | None = None,
) -> tuple[Velden | None, list[Finding]]:
    """Judge the fields of one document; None when any of them is wrong.

    `pages` gives, by field, the names of the pages that it may name: then the repair of a name can
    be certain.
    """
    given = {key: value for key, value in document.fields.items() if value not in (None, [], {})}
    findings = []
    if (one_of := collectie.model.een_van) and not given.keys() & set(one_of):
        line = document.line_of((one_of[0],))
        findings.append(Finding(document.path, line, "plaats-ontbreekt", lacks_one_of(collectie)))
    try:
        fields = collectie.model.model_validate(given, context=vocabulary)
        return (None if findings else fields), findings
    except ValidationError as error:
        return None, findings + worded(
            error, document, tuple(collectie.model.model_fields), "/bijdragen/velden/", pages
        )


def read_group(
    file: Path, shown: str, model: type[M], explained: str, vocabulary: Vocabulary | None = None
) -> tuple[M | None, Document | None, list[Finding]]:
    """Judge a YAML file that is one group of fields; `explained` is the address of the page that
    explains them.
    """
    document, findings = read_yaml(file, shown)
    if document is None:
        return None, None, findings
    if not isinstance(document.fields, dict):
        needed = [name for name, info in model.model_fields.items() if info.is_required()]
        message = f"dit bestand moet uit de velden {enumerate_nl(needed)} bestaan."
        return None, document, [Finding(shown, 1, "geen-groep", message)]
    try:
        return model.model_validate(document.fields, context=vocabulary), document, findings
    except ValidationError as error:
        return None, document, worded(error, document, tuple(model.model_fields), explained)


def worded(
    error: ValidationError,
    document: Document,
    keys: Sequence[str],
    explained: str,
    pages: Mapping[str, Collection[str]] | None = None,
) -> list[Finding]:
    """Say in Dutch what a model refused; `keys` are its fields, `explained` is the address of the
    page that explains them.
    """
    problems = [
        e
        for e in error.errors(include_url=False)
        if not (e["type"] == "too_short" and e["input"])  # its items are reported already
        and not (str(e["loc"][-1]).startswith("literal[") and isinstance(e["input"], dict))
    ]  # as are the fields of a group
    return list(
        dict.fromkeys(_in_dutch(dict(e), document, keys, explained, pages or {}) for e in problems)
    )


def _in_dutch(
    error: dict[str, Any],
    document: Document,
    keys: Sequence[str],
    explained: str,
    pages: Mapping[str, Collection[str]],
) -> Finding:
    kind, context = error["type"], error.get("ctx") or {}
    given: Location = error["loc"]
    own = (
        given if kind == "extra_forbidden" else given[:1]
    )  # an unknown key may be called int or date
    location: Location = own + tuple(
        p for p in given[len(own) :] if isinstance(p, int) or not _UNION.fullmatch(p)
    )
    line = document.line_of(location)
    field = visible(".".join(str(p) for p in location if not isinstance(p, int))) or "de kop"
    typed = error["input"] if isinstance(error["input"], (str, int, float)) else None
    if (
        typed is None
        and location
        and location[0] in document.fields
        and isinstance(document.fields[location[0]], str)
    ):
        typed = document.fields[location[0]]
    value = f" ‘{_shorten(str(typed))}’" if typed is not None else ""
    about = explained if "#" in explained or not location else f"{explained}#{location[0]}"

    def finding(
        code: str,
        message: str,
        repair: str = "",
        likely: Meant | Fix | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """Word what is likely by its data; `fix` is data that `repair` words already."""
        told = document.fix(location, likely) or likely if isinstance(likely, Meant) else likely
        return Finding(
            document.path,
            line,
            code,
            message,
            sentences(told, repair),
            fix=fix or (told if isinstance(told, Fix) else None),
        )

    if kind == "missing":
        return finding(
            "veld-ontbreekt",
            f"het veld ‘{field}’ ontbreekt.",
            f"Voeg een regel toe: {location[-1]}: …  Uitleg: {about}",
        )
    if kind == "extra_forbidden":
        name, known = (
            str(location[-1]),
            keys if len(location) == 1 else _fields_inside(str(location[0])),
        )
        if whole := comma_in_group(document, location, known):
            about_it, fix = visible(whole[0]), whole[1]
            if fix.new[0] != '"':
                return finding(
                    "geen-getal", f"{location[0]}.{about_it} ‘{fix.old}’ {UNCLEAR}.", likely=fix
                )
            return finding(
                "onbekend-veld",
                f"het veld ‘{_shorten(name)}’ bestaat niet; het lijkt een deel van {about_it}.",
                likely=fix,
            )
        likely = name_meant(name, document.at(location[:-1]) or {}, known)
        return finding(
            "onbekend-veld",
            f"het veld ‘{_shorten(name)}’ bestaat niet.",
            f"Alle velden: {explained}",
            document.fix_name(location, likely) or likely,
        )
    if kind in ("tuple_type", "list_type", "geen-lijst"):
        if field in NESTED:
            first = next(iter(NESTED[field].model_fields))
            return finding(
                "geen-lijst",
                f"{field} moet een lijst zijn.",
                f"Begin elk stuk eronder met een streepje: - {first}: …  Uitleg: {about}",
                fix=document.fix(location, groups_meant(field, document.at(location))),
            )
        likely = context.get("meant") or Meant([str(typed or "waarde")])
        return finding(
            "geen-lijst",
            f"{field} moet een lijst zijn, maar er staat tekst:{value}.",
            f"Schrijf: {field}: {_shorten(write_value(likely.value))}",
            fix=document.fix(location, likely),
        )
    if kind in (
        "string_type",
        "literal_error",
        "date_type",
        "datetime_type",
        "int_type",
        "float_type",
    ) and (likely := text_meant(document, location)):
        return finding(
            "geen-tekst",
            f"{field} moet gewone tekst zijn, geen lijst of groep velden.",
            likely=likely,
        )
    if kind == "string_type":
        return finding("geen-tekst", f"{field} moet gewone tekst zijn, geen lijst of groep velden.")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return finding(
            "geen-groep",
            f"{field} moet een groep velden zijn:{value} kan niet.",
            f"Voorbeeld: {about}",
            group_meant(str(location[0]), document.at(location)),
        )
    if kind == "string_too_long":
        return finding(
            "te-lang",
            f"{field} is te lang: {len(str(typed))} tekens, en {context['max_length']} mag.",
            "Maak de tekst korter.",
        )
    if kind == "too_long":
        return finding(
            "te-veel-waarden",
            f"{field} heeft te veel waarden; {context['max_length']} mag.",
            "Houd alleen de belangrijkste over.",
        )
    if kind in ("string_too_short", "too_short"):
        return finding(
            "veld-leeg",
            f"{field} is leeg.",
            "Vul het veld, of haal de regel weg als het veld niet nodig is.",
        )
    if kind == "literal_error":
        choices = options(error)
        return finding(
            "onbekende-waarde",
            f"{field}{value} bestaat niet.",
            f"Mag zijn: {', '.join(choices)}.",
            meant(str(typed), choices),
        )
    if kind in ("int_parsing", "int_type", "int_from_float", "float_parsing"):
        return finding("geen-getal", f"{field}{value} is geen getal.", "Schrijf alleen cijfers.")
    if kind in ("greater_than_equal", "less_than_equal"):
        return finding("onbekende-waarde", f"{field}{value} ligt buiten wat kan.")
    if kind not in CODES:
        return finding("ongeldige-waarde", f"{field}{value} klopt niet.")
    if kind == "dubbele-waarde":
        return finding(
            kind,
            f"{field}{value} {error['msg']}.",
            "Haal er een weg.",
            fix=without_value(document, location, context["plaats"]),
        )
    likely = context.get("meant")
    if kind == "ongeldige-slug" and likely and location[0] in pages:
        names = pages[str(location[0])]
        likely = (
            Meant(likely.value, certain=True)
            if likely.value in names
            else meant(likely.value, names) or likely
        )
    if kind == "regeleinde-in-veld":
        return finding(
            kind,
            f"{field}{value} {error['msg']}.",
            fix=document.fix(location, Meant(" ".join(str(typed).split()), certain=True)),
        )
    joined = names_beside(document, location, context["known"]) if "known" in context else None
    return finding(
        kind, f"{field}{value} {error['msg']}.", context.get("repair", ""), joined or likely
    )


def unknown_page(
    slug: str, place: Location, document: Document, pages: Collection[str]
) -> Iterator[Finding]:
    """Find that a file names a page that is not there; `place` is where, `pages` are the names of
    those that it may name.
    """
    if slug not in pages:
        likely = meant(slug, pages)
        fix = document.fix(place, likely)
        yield Finding(
            document.path,
            document.line_of(place),
            "onbekende-pagina",
            f"{place[-1]}: er is geen pagina ‘{slug}’.",
            sentences(fix or likely, "De naam van een pagina is de bestandsnaam zonder .md."),
            fix=fix,
        )


def _fields_inside(field: str) -> list[str]:
    return list(NESTED[field].model_fields) if field in NESTED else []


def _shorten(text: str) -> str:
    text = visible(text)
    return text if len(text) <= 80 else f"{text[:79]}…"
