"""Explain the fields of a page to editors, derived from the schema and the vocabulary."""

from __future__ import annotations

import datetime
import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from kennisplatform.model.groups import NAME_WILL_DO, NESTED
from kennisplatform.model.head import is_typed, parts_of
from kennisplatform.model.schema import COLLECTIES, Collectie, Velden, lacks_one_of
from kennisplatform.model.text import sentence
from kennisplatform.model.values import DUTCH_NUMBER, THOUSANDS
from kennisplatform.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Veld:
    """One field as an editor needs to know it."""

    naam: str
    uitleg: str
    verplicht: bool
    vorm: str
    """In a few words: tekst, lijst van namen, datum."""
    waarden: tuple[str, ...]
    """The values it may have, when they can be listed."""
    voorbeeld: str = ""
    binnen: tuple[Veld, ...] = ()
    """The fields of the group that this field holds."""
    standaard: str = ""
    """The value that counts when it is not filled in, if there is one."""


@dataclass(frozen=True, slots=True)
class Velduitleg:
    """All fields: those every page has, and those only some collections have."""

    gedeeld: tuple[Veld, ...]
    eigen: tuple[tuple[tuple[Collectie, ...], tuple[Veld, ...]], ...]


def explain_fields(vocabulary: Vocabulary) -> Velduitleg:
    """Describe every field of every collection."""
    names = _vocabulary_values(vocabulary)
    having: dict[str, list[Collectie]] = {}
    for collectie in COLLECTIES.values():
        for name in collectie.model.model_fields:
            having.setdefault(name, []).append(collectie)
    groups: dict[tuple[str, ...], dict[str, FieldInfo]] = {}
    for name, found in having.items():
        fields = groups.setdefault(tuple(c.map for c in found), {})
        fields[name] = found[0].model.model_fields[name]
    shared = _describe(groups.pop(tuple(COLLECTIES)).items(), names)
    own = (
        (tuple(COLLECTIES[folder] for folder in folders), _describe(fields.items(), names))
        for folders, fields in groups.items()
    )
    return Velduitleg(shared, tuple(own))


def _vocabulary_values(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    listed = {facet: tuple(e.naam for e in found) for facet, found in vocabulary.lijsten.items()}
    return listed | {
        "soort": tuple(f"{s.naam} ({s.collectie})" for s in vocabulary.soorten),
        "provincie": vocabulary.provincies,
    }


def _describe(
    fields: Iterable[tuple[str, FieldInfo]], names: dict[str, tuple[str, ...]]
) -> tuple[Veld, ...]:
    found = []
    for name, info in fields:
        inside = _describe(NESTED[name].model_fields.items(), {}) if name in NESTED else ()
        found.append(
            Veld(
                name,
                info.description or "",
                info.is_required(),
                _form(info),
                names.get(name) or tuple(literals(info.annotation)),
                word_examples(info.examples or ()),
                inside,
                standaard=info.default if isinstance(info.default, str) else "",
            )
        )
    return tuple(found)


def word_examples(examples: Iterable[Any]) -> str:
    """Write examples as an editor would: a list as its values, more than one with “of” between
    them.
    """
    return " of ".join(", ".join(e) if isinstance(e, list) else str(e) for e in examples)


def _form(info: FieldInfo) -> str:
    kinds = _kinds(info.annotation)
    many = "lijst van " if tuple in kinds else ""
    longest = next(
        (
            m.max_length
            for m in (*info.metadata, *kinds)
            if isinstance(m, (MaxLen, StringConstraints)) and m.max_length
        ),
        None,
    )
    if any(isinstance(k, type) and issubclass(k, BaseModel) for k in kinds):
        return f"{many}groepen velden" if many else "groep velden"
    if datetime.datetime in kinds:
        return "datum, of datum met tijd"
    if datetime.date in kinds:
        return "datum"
    if float in kinds:
        return "getal (1161 of 12.5) of breuk"
    if int in kinds:
        return "getal"
    if any(literals(info.annotation)):
        return f"{many}vaste waarden" if many else "vaste waarde"
    return (
        f"{many}teksten" if many else "tekst" + (f", hoogstens {longest} tekens" if longest else "")
    )


def _kinds(annotation: Any) -> list[Any]:
    """Flatten an annotation: the types in it, and what annotates them."""
    if typing.get_origin(annotation) in (Annotated, typing.Union, types.UnionType, tuple):
        inner = [k for part in typing.get_args(annotation) for k in _kinds(part)]
        return [tuple, *inner] if typing.get_origin(annotation) is tuple else inner
    return [annotation]


def literals(annotation: Any) -> list[str]:
    """Give the fixed values that a field may have."""
    return [
        str(value)
        for kind in _kinds(annotation)
        if typing.get_origin(kind) is Literal
        for value in typing.get_args(kind)
    ]


def editor_fields() -> dict[str, Any]:
    """Give what the form needs of the fields to write a file or to refuse one
    (redactie/eisen.mjs).
    """
    fields = {name: kind for c in COLLECTIES.values() for name, kind in form_kinds(c.model).items()}
    one_of = {
        c.map: {"fields": list(c.model.een_van), "message": sentence(lacks_one_of(c))}
        for c in COLLECTIES.values()
        if c.model.een_van
    }
    return {"fields": fields, "seldom": list(Velden.zelden), "one_of": one_of}


def form_kinds(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    return {name: _form_kind(name, info) for name, info in model.model_fields.items()}


def _form_kind(name: str, info: FieldInfo) -> dict[str, Any]:
    """Say how a field is written: see Field in redactie/pagina.mjs."""
    parts = list(parts_of(info))
    inside = form_kinds(NESTED[name]) if name in NESTED else {}
    words = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    number = DUTCH_NUMBER if float in parts else THOUSANDS if int in parts else ""
    found = {
        "list": any(get_origin(part) is tuple for part in parts),
        "fields": inside,
        "words": words if inside else [],
        "name_will_do": NAME_WILL_DO in parts,
        "required": info.is_required(),
        "number": f"^({number})$" if number else "",
        "typed": is_typed(info),
    }
    return {key: value for key, value in found.items() if value}
