"""Say in Dutch what is wrong with a field, from what a model refused and what was likely meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from kennisplatform.content.frontmatter import Document
from kennisplatform.content.meaning import (
    SIGNS,
    bare_names,
    colonless,
    comma_in_group,
    example,
    figure_meant,
    group_meant,
    groups_meant,
    joined_until,
    names_beside,
    one_group,
    parted,
    text_meant,
    with_beside,
    without_end,
    without_value,
)
from kennisplatform.model.days import OPEN_END
from kennisplatform.model.findings import CODES, Finding, Fix, Meant, meant, sentences
from kennisplatform.model.groups import NAME_WILL_DO, NESTED
from kennisplatform.model.head import Location, parts_of, write_value
from kennisplatform.model.schema import FIELDS
from kennisplatform.model.text import enumerate_nl, shorten, visible
from kennisplatform.model.values import UNCLEAR, options

_UNION = re.compile(r"int|float|str|literal\[.*|GemeenteAantal|date|datetime")
"""How pydantic names the branches of a union, between the keys of a location."""


class Wrong:
    """One remark of a model, with what is needed to put it in Dutch."""

    def __init__(
        self,
        error: ErrorDetails,
        document: Document,
        keys: Sequence[str],
        explained: str,
        pages: Mapping[str, Collection[str]],
    ) -> None:
        error = _whole_group(error, document)
        self.error, self.document, self.keys = error, document, keys
        self.explained, self.pages = explained, pages
        self.kind, self.context = error["type"], error.get("ctx") or {}
        given: Location = error["loc"]
        # An unknown key may be called int or date.
        last = given[-1:] if self.kind == "extra_forbidden" else ()
        between = given[1 : len(given) - len(last)] if given[1:] else ()
        self.location: Location = (
            *given[:1],
            *(p for p in between if isinstance(p, int) or not _UNION.fullmatch(p)),
            *(last if given[1:] else ()),
        )
        if isinstance(document.at(self.location[:-1]), str):  # a text that will do for its group
            self.location = self.location[:-1]
        self.repaired = False
        self.meant: Meant | None = None
        """The field that an unknown one likely is."""
        self.lacks: list[str] = []
        """Fields that are missing beside an unknown one."""
        names = (str(p) for p in self.location if not isinstance(p, int))
        self.field = visible(".".join(names)) or "de kop"

    @property
    def typed(self) -> str | int | float | None:
        if isinstance(self.error["input"], (str, int, float)):
            return self.error["input"]
        if words := bare_names(self.error["input"]):
            return words
        whole = self.document.fields.get(str(self.location[0])) if self.location else None
        return whole if isinstance(whole, str) else None

    @property
    def value(self) -> str:
        return f" ‘{shorten(str(self.typed), 80)}’" if self.typed is not None else ""

    @property
    def about(self) -> str:
        """Give the address of what explains this field."""
        if "#" in self.explained or not self.location:
            return self.explained
        return f"{self.explained}#{self.location[0]}"

    def given(self) -> Any:
        return self.document.at(self.location)

    def beside(self) -> Mapping[str, Any]:
        """Give the group of fields that this one stands in."""
        group = self.document.at(self.location[:-1])
        return group if isinstance(group, dict) else {}

    def known(self) -> Collection[str]:
        """Give the fields that may stand there."""
        return self.keys if len(self.location) == 1 else _fields_inside(str(self.location[0]))

    def is_unknown_name(self) -> bool:
        """Tell whether it is a field that does not exist, and no end of a text that became one."""
        return (
            self.kind == "extra_forbidden"
            and not colonless(str(self.location[-1]), self.beside(), self.known())
            and not comma_in_group(self.document, self.location, self.known())
        )

    def there_already(self) -> str:
        """Give the field beside this one that its name is likely another spelling of."""
        near = meant(str(self.location[-1]), self.known())
        return near.value if near and near.value in self.beside() else ""

    @property
    def new_name(self) -> tuple[Location, str]:
        """Give the place of an unknown field, and the name that is meant."""
        assert self.meant
        return self.location, self.meant.value

    def finding(
        self,
        code: str,
        message: str,
        repair: str = "",
        likely: Meant | Fix | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """Word what is likely by its data; `fix` is data that `repair` words already."""
        told = (
            self.document.fix(self.location, likely) or likely
            if isinstance(likely, Meant)
            else likely
        )
        self.repaired = bool(told or fix)
        return Finding(
            self.document.path,
            self.document.line_of(self.location),
            code,
            message,
            sentences(told, repair),
            fix=fix or (told if isinstance(told, Fix) else None),
        )


def _whole_group(error: ErrorDetails, document: Document) -> ErrorDetails:
    """Give of what is said of the fields in a group, where they are a text in braces, what is to be
    said of that text.
    """
    inside = tuple(p for p in error["loc"][:-1] if isinstance(p, int) or not _UNION.fullmatch(p))
    words = bare_names(document.at(inside)) if inside else ""
    if error["type"] not in ("missing", "extra_forbidden") or not words:
        return error
    return {**error, "type": "model_type", "loc": inside, "input": words}


def in_dutch(wrong: Wrong) -> Finding:
    group = not NESTED.keys().isdisjoint(map(str, wrong.location[-1:]))
    if (
        wrong.kind in _OF_TEXT
        and not group
        and (likely := text_meant(wrong.document, wrong.location))
    ):
        return _no_text(wrong, likely)
    if word := _IN_DUTCH.get(wrong.kind):
        return word(wrong)
    if wrong.kind not in CODES:
        return wrong.finding("ongeldige-waarde", f"{wrong.field}{wrong.value} klopt niet.")
    return _own(wrong, wrong.context.get("meant"))


def _missing(wrong: Wrong) -> Finding:
    message, repair = f"het veld ‘{wrong.field}’ ontbreekt.", "Voeg een regel toe:"
    if wrong.location[1:]:
        message = f"{wrong.location[0]} mist het veld ‘{wrong.location[-1]}’."
        repair = "Zet erbij:"
    repair = f"{repair} {wrong.location[-1]}: …  Uitleg: {wrong.about}"
    return wrong.finding("veld-ontbreekt", message, repair)


def _unknown(wrong: Wrong) -> Finding:
    name, known = str(wrong.location[-1]), wrong.known()
    if (place := wrong.document.names.get(wrong.location)) and (
        one := colonless(name, wrong.beside(), known)
    ):
        written = write_value(one)[1:-1]
        return wrong.finding(
            "onbekend-veld",
            f"het veld ‘{shorten(name, 80)}’ bestaat niet: er ontbreekt een dubbele punt.",
            likely=wrong.document.text.fix(place.start, place.end, written, certain=False),
        )
    if apart := comma_in_group(wrong.document, wrong.location, known):
        about_it, typed = visible(apart.veld), shorten(apart.typed, 80)
        if apart.getal:
            message = f"{wrong.location[0]}.{about_it} ‘{typed}’ {UNCLEAR}."
            return wrong.finding("geen-getal", message, likely=apart.fix)
        return wrong.finding(
            "onbekend-veld",
            f"het veld ‘{shorten(name, 80)}’ bestaat niet; het lijkt een deel van {about_it}.",
            likely=apart.fix,
        )
    there = ""
    if not wrong.meant and (double := wrong.there_already()):
        there = f"‘{double}’ staat er al. Houd er een over."
    if wrong.location[1:]:
        message = f"{wrong.location[0]} heeft geen veld ‘{shorten(name, 80)}’."
        needed = f"Nog nodig: {enumerate_nl(wrong.lacks)}." if wrong.lacks else ""
        may_be = f"Mag zijn: {', '.join(known)}." if known else ""
        repair = sentences(there, needed, may_be, f"Uitleg: {wrong.about}")
    else:
        groups = [g for g in NESTED if name in _fields_inside(g)]
        message = f"het veld ‘{shorten(name, 80)}’ bestaat niet."
        inside = f"Het hoort bij {' of '.join(groups)}, en springt daar in." if groups else ""
        away = "" if there or inside or wrong.meant else "Kies een ander veld, of haal het weg."
        repair = sentences(there, inside, away, f"Alle velden: {wrong.explained}")
    return wrong.finding(
        "onbekend-veld",
        message,
        repair,
        wrong.document.fix_name(wrong.location, wrong.meant) or wrong.meant,
    )


def _fields_inside(field: str) -> list[str]:
    return list(NESTED[field].model_fields) if field in NESTED else []


def _no_list(wrong: Wrong) -> Finding:
    field, document = wrong.field, wrong.document
    if field in NESTED:
        first = next(iter(NESTED[field].model_fields))
        return wrong.finding(
            "geen-lijst",
            f"{field} moet een lijst zijn.",
            f"Begin elk stuk eronder met een streepje: - {first}: …  Uitleg: {wrong.about}",
            fix=document.fix(
                wrong.location, _meant_as_typed(wrong, groups_meant(field, wrong.given()))
            ),
        )
    if wrong.typed is None:
        return wrong.finding(
            "geen-lijst",
            f"{field} moet een lijst zijn, geen groep velden.",
            f"Schrijf: {field}: [waarde]",
        )
    likely = _meant_as_typed(wrong, wrong.context.get("meant"))
    if likely is None:
        repair = f"Schrijf: {field}: [waarde]  Alle waarden: {wrong.about}"
        message = f"{field} moet een lijst zijn, maar er staat tekst:{wrong.value}."
        return wrong.finding("geen-lijst", message, repair)
    return wrong.finding(
        "geen-lijst",
        f"{field} moet een lijst zijn, maar er staat tekst:{wrong.value}.",
        f"Schrijf: {field}: {shorten(write_value(likely.value), 80)}",
        fix=document.fix(wrong.location, likely),
    )


def _meant_as_typed(wrong: Wrong, likely: Meant | None) -> Meant | None:
    """Doubt a value that goes on over the end of a line: there another may begin."""
    place = wrong.document.values.get(wrong.location)
    typed = wrong.document.text.whole[place.start : place.end] if place else ""
    if likely is None or "\n" not in typed or typed[0] in "|>{[":
        return likely
    if all(str(value) in typed for value in likely.value):
        return likely
    parts = [part.strip() for part in re.split(r"[,;\n]", typed) if part.strip()]
    return Meant(likely.value if wrong.field in NESTED or typed[0] in "'\"" else parts)


def _no_text(wrong: Wrong, likely: Meant | None = None) -> Finding:
    return wrong.finding(
        "geen-tekst",
        f"{wrong.field} moet gewone tekst zijn, geen lijst of groep velden.",
        likely=likely,
    )


def _no_group(wrong: Wrong) -> Finding:
    name = str(wrong.location[0]) if wrong.location[0] in NESTED else ""
    if wrong.typed == "":
        return _empty(wrong)
    whole = one_group(wrong.given())
    likely = (
        Meant(whole, certain=True)
        if whole
        else text_meant(wrong.document, wrong.location)
        if NAME_WILL_DO in parts_of(FIELDS.get(name))
        else group_meant(name, wrong.given())
    )
    about = f":{wrong.value} kan niet" if wrong.value else ""
    alike = "" if likely or not name else f"Schrijf bijvoorbeeld {example(name)}."
    return wrong.finding(
        "geen-groep",
        f"{wrong.field} moet een groep velden zijn{about}.",
        sentences(alike, f"Voorbeeld: {wrong.about}"),
        likely,
    )


def _too_long(wrong: Wrong) -> Finding:
    most, typed = wrong.context["max_length"], len(str(wrong.typed))
    return wrong.finding(
        "te-lang",
        f"{wrong.field} is te lang: {typed} tekens, en {most} mag.",
        "Maak de tekst korter.",
    )


def _too_many(wrong: Wrong) -> Finding:
    return wrong.finding(
        "te-veel-waarden",
        f"{wrong.field} heeft te veel waarden; {wrong.context['max_length']} mag.",
        "Houd alleen de belangrijkste over.",
    )


def _too_short(wrong: Wrong) -> Finding:
    least, typed = wrong.context["min_length"], len(str(wrong.typed))
    if not typed:
        return _empty(wrong)
    return wrong.finding(
        "te-kort",
        f"{wrong.field}{wrong.value} is te kort: {typed} tekens, en het moeten er {least} zijn.",
        "Schrijf het helemaal uit.",
        joined_until(wrong.document, wrong.location, "?"),
    )


def _empty(wrong: Wrong) -> Finding:
    return wrong.finding(
        "veld-leeg",
        f"{wrong.field} is leeg.",
        "Vul het veld, of haal de regel weg als het veld niet nodig is.",
    )


def _no_choice(wrong: Wrong) -> Finding:
    choices = options(wrong.error)
    return wrong.finding(
        "onbekende-waarde",
        f"{wrong.field}{wrong.value} bestaat niet.",
        f"Mag zijn: {', '.join(choices)}.",
        meant(_IN_OTHER_WORDS.get(typed := str(wrong.typed).lower(), str(wrong.typed)), choices)
        or next((Meant(one) for one in choices if typed in _SAME_STEP.get(one, ())), None),
    )


_SAME_STEP = {
    "idee": ("gepland", "besloten", "besluit", "plan", "voornemen", "voorstel", "beleid"),
    "gepland": ("idee", "besloten", "besluit", "plan", "voornemen", "voorstel"),
    "lopend": ("bezig", "gestart", "begonnen"),
    "afgerond": ("uitgevoerd", "gedaan", "klaar"),
    "uitgevoerd": ("afgerond", "gedaan", "klaar"),
}
"""What editors write for a step of `status` or `bewijs`, also when it is one of the other."""
_IN_OTHER_WORDS = SIGNS | {"true": "ja", "yes": "ja", "false": "nee", "no": "nee"}


def _no_figure(wrong: Wrong) -> Finding:
    read = figure_meant(str(wrong.typed)) if wrong.location[-1] == "waarde" else None
    if read is None or not read[1].keys() <= set(wrong.known()):
        return _own(wrong, wrong.context.get("meant"))
    message = f"{wrong.field}{wrong.value} {wrong.error['msg']}."
    fix = with_beside(wrong.document, wrong.location, *read)
    return wrong.finding(wrong.kind, message, likely=fix or read[0])


def _no_question(wrong: Wrong) -> Finding:
    joined = joined_until(wrong.document, wrong.location, "?")
    if joined is None:
        return _own(wrong, wrong.context["meant"])
    message = f"{wrong.field}{wrong.value} {wrong.error['msg']}."
    return wrong.finding(wrong.kind, message, wrong.context["repair"], joined)


def _no_number(wrong: Wrong) -> Finding:
    return wrong.finding(
        "geen-getal", f"{wrong.field}{wrong.value} is geen getal.", "Schrijf alleen cijfers."
    )


def _out_of_reach(wrong: Wrong) -> Finding:
    least, most = wrong.context.get("ge"), wrong.context.get("le")
    bound = f"hoogstens {most}" if least is None and most else f"minstens {least or 0}"
    message = f"{wrong.field}{wrong.value} ligt buiten wat kan."
    return wrong.finding("onbekende-waarde", message, f"Het moet {bound} zijn.")


def _more_values(wrong: Wrong) -> Finding:
    if "values" not in wrong.context:
        return _own(wrong, wrong.context["meant"])
    values, known = wrong.context["values"], wrong.pages.get(str(wrong.location[0]))
    apart = re.search(r"\s[;|]|[;|]\s", str(wrong.typed)) is not None
    certain = apart and (known is None or set(values).issubset(known))
    fix = parted(wrong.document, wrong.location, Meant(values, certain))
    return wrong.finding(
        wrong.kind,
        f"{wrong.field}{wrong.value} {wrong.error['msg']}.",
        "" if fix else "Geef elke waarde een eigen regel, met een streepje ervoor.",
        fix,
    )


def _twice(wrong: Wrong) -> Finding:
    return wrong.finding(
        wrong.kind,
        f"{wrong.field}{wrong.value} {wrong.error['msg']}.",
        "Haal er een weg.",
        fix=without_value(wrong.document, wrong.location, wrong.context["plaats"]),
    )


def _more_lines(wrong: Wrong) -> Finding:
    one_line = Meant(" ".join(str(wrong.typed).split()), certain=True)
    return wrong.finding(
        wrong.kind,
        f"{wrong.field}{wrong.value} {wrong.error['msg']}.",
        likely=one_line,
    )


def _no_year(wrong: Wrong) -> Finding:
    if wrong.location[-1] != "tot" or not OPEN_END.fullmatch(str(wrong.typed)):
        return _own(wrong, None)
    return wrong.finding(
        wrong.kind,
        f"{wrong.field}{wrong.value} is geen einde.",
        "Loopt het nog? Laat tot dan weg.",
        fix=without_end(wrong.document, wrong.location[:-1]),
    )


def _no_slug(wrong: Wrong) -> Finding:
    likely, names = wrong.context.get("meant"), wrong.pages.get(str(wrong.location[0]))
    if likely and names is not None:
        name = likely.value
        likely = Meant(name, certain=True) if name in names else meant(name, names)
    if likely is None:
        message = f"{wrong.field}{wrong.value} {wrong.error['msg']}."
        return wrong.finding(wrong.kind, message, "Dat is de bestandsnaam zonder .md.")
    return _own(wrong, likely)


def _own(wrong: Wrong, likely: Meant | None) -> Finding:
    """Word what a check of our own refused."""
    known = wrong.context.get("known")
    joined = None if known is None else names_beside(wrong.document, wrong.location, known)
    if likely and (beside := wrong.context.get("beside")):
        joined, likely = with_beside(wrong.document, wrong.location, likely, beside), None
    return wrong.finding(
        wrong.kind,
        f"{wrong.field}{wrong.value} {wrong.error['msg']}.",
        wrong.context.get("repair", ""),
        joined or likely,
    )


_OF_TEXT = {"string_type", "literal_error", "date_type", "datetime_type", "int_type", "float_type"}
"""Kinds of remarks about a list or group where a text, a number or a day belongs."""
_IN_DUTCH: dict[str, Callable[[Wrong], Finding]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    **dict.fromkeys(("tuple_type", "list_type", "geen-lijst"), _no_list),
    "string_type": _no_text,
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _no_group),
    "string_too_long": _too_long,
    "too_long": _too_many,
    "string_too_short": _too_short,
    "too_short": _empty,
    "literal_error": _no_choice,
    **dict.fromkeys(
        ("int_parsing", "int_type", "int_from_float", "float_parsing", "int_parsing_size"),
        _no_number,
    ),
    **dict.fromkeys(("greater_than_equal", "less_than_equal"), _out_of_reach),
    "dubbele-waarde": _twice,
    "geen-getal": _no_figure,
    "geen-vraag": _no_question,
    "jaar-ontbreekt": _no_year,
    "meer-waarden": _more_values,
    "regeleinde-in-veld": _more_lines,
    "ongeldige-slug": _no_slug,
}
"""How each kind of remark of pydantic is put, and those of our own that need more than their words.
"""
