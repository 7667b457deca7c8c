"""Hold the JSON Schema of each collection against the metaschema, the real pages, and pages that
are wrong.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from building import FROZEN, SITE, platform_of
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.model.json_schema import json_schema, snippets
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.vocabulary import Vocabulary

GOOD = {
    "titel": "Proef",
    "samenvatting": "Een proef.",
    "aandachtsveld": ["Buurten aan zet"],
    "datum": "2026-03-09",
    "gemeente": ["Den Beek"],
}
FIGURE = {
    "naam": "Gemeenten",
    "waarde": 6,
    "eenheid": "gemeenten",
    "peildatum": 2019,
    "bron": "Verslag",
}


class Editor(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # either class
    """Reads YAML as editors do, by version 1.2: a date and the word no are text."""


Editor.yaml_implicit_resolvers = {
    sign: [
        (tag, expression)
        for tag, expression in found
        if tag.rpartition(":")[2] in ("int", "float", "null")
    ]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def front_matter(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8").split("---\n")[1], Editor)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(SITE / "vocabulary", "vocabulary")[0]


def validators_of(vocabulary: Vocabulary) -> dict[str, Draft202012Validator]:
    return {
        folder: Draft202012Validator(
            json_schema(c, vocabulary), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for folder, c in COLLECTIES.items()
    }


@pytest.fixture(scope="module")
def validators(vocabulary: Vocabulary) -> dict[str, Draft202012Validator]:
    return validators_of(vocabulary)


@pytest.mark.parametrize("folder", COLLECTIES)
def test_a_schema_is_a_schema_and_says_where_it_lies(folder: str, vocabulary: Vocabulary) -> None:
    schema = json_schema(
        COLLECTIES[folder], vocabulary, "https://voorbeeld.example/kennisplatform/"
    )
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (
        schema["$id"]
        == f"https://voorbeeld.example/kennisplatform/data/schema/{COLLECTIES[folder].slug}.json"
    )
    assert "$id" not in json_schema(COLLECTIES[folder], vocabulary)


@pytest.mark.parametrize("folder", COLLECTIES)
def test_every_field_is_explained_in_dutch(folder: str) -> None:
    """The examples are of the Netherlands, so they are held against the names of one day."""

    def fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
        own = list(schema.get("properties", {}).values())
        inner = [*own, *schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
        return own + [found for part in inner for found in fields(part)]

    schema = json_schema(COLLECTIES[folder], platform_of(FROZEN).vocabulary)
    assert [
        f
        for f in fields(schema)
        if not f.get("title") or not re.match(r"[A-Z].*[.?]", f.get("description", ""))
    ] == []
    examples = [(f, e) for f in fields(schema) for e in f.get("examples", [])]
    assert len(examples) > 15
    assert [e for f, e in examples if not Draft202012Validator(f).is_valid(e)] == []


def invalid(content: Path, validators: dict[str, Draft202012Validator]) -> list[str]:
    """Name each page of a content folder that its schema refuses, with why."""
    return [
        f"{file.name}: {error.message}"
        for folder, validator in validators.items()
        for file in sorted((content / folder).glob("*.md"))
        for error in validator.iter_errors(front_matter(file))
    ]


def test_every_page_is_valid(validators: dict[str, Draft202012Validator]) -> None:
    assert invalid(SITE, validators) == []


@pytest.mark.parametrize(
    "field",
    [
        {"cijfers": [FIGURE | {"waarde": "1/3"}]},
        {"periode": {"van": "najaar 2018"}},
        {"gemeente_aantal": "onbekend"},
        {"gemeente_aantal": {"waarde": "onbekend"}},
        {"bronnen": [{"titel": "Verslag", "url": "https://voorbeeld.example/a?b=c#d"}]},
        {"provincie": ["Friesland"]},
    ],
)
def test_a_good_field_is_valid(
    field: dict[str, Any], validators: dict[str, Draft202012Validator]
) -> None:
    assert [e.message for e in validators["practices"].iter_errors(GOOD | field)] == []


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ({"tietel": "Proef"}, []),
        ({"titel": "x" * 111}, ["titel"]),
        ({"samenvatting": "Een <b>proef</b>."}, ["samenvatting"]),
        ({"samenvatting": "Twee\nregels."}, ["samenvatting"]),
        ({"aandachtsveld": []}, ["aandachtsveld"]),
        ({"aandachtsveld": "Buurten aan zet"}, ["aandachtsveld"]),
        ({"aandachtsveld": ["Buurten aan zee"]}, ["aandachtsveld", 0]),
        ({"gemeente": ["Zaalbeek", "Zaalbeek"]}, ["gemeente"]),
        ({"gemeente": ["Zaalbeck"]}, ["gemeente", 0]),
        ({"soort": "wandeling"}, ["soort"]),
        ({"datum": "2026-02-30"}, ["datum"]),
        ({"status": "afgrond"}, ["status"]),
        ({"periode": {}}, ["periode"]),
        ({"periode": {"van": "ooit"}}, ["periode", "van"]),
        ({"cijfers": [FIGURE | {"waarde": "1.161 raadsleden"}]}, ["cijfers", 0, "waarde"]),
        ({"cijfers": [{"naam": "Gemeenten"}]}, ["cijfers", 0]),
        (
            {"bronnen": [{"titel": "Verslag", "url": "http://voorbeeld.example/"}]},
            ["bronnen", 0, "url"],
        ),
        ({"instrumenten": ["Right to Challenge"]}, ["instrumenten", 0]),
        ({"oude_adressen": ["praktijken/oud"]}, ["oude_adressen", 0]),
    ],
)
def test_a_wrong_field_is_not(
    field: dict[str, Any], place: list[str | int], validators: dict[str, Draft202012Validator]
) -> None:
    found = [list(e.absolute_path) for e in validators["practices"].iter_errors(GOOD | field)]
    assert place in found


def test_a_practice_without_a_place_is_not_valid_and_an_instrument_is(
    validators: dict[str, Draft202012Validator],
) -> None:
    nowhere = {key: value for key, value in GOOD.items() if key != "gemeente"}
    assert not validators["practices"].is_valid(nowhere)
    assert validators["instruments"].is_valid(nowhere)


def test_a_snippet_of_every_field_is_front_matter_when_it_is_filled_in(
    vocabulary: Vocabulary, validators: dict[str, Draft202012Validator]
) -> None:
    """As VS Code fills it in: the first choice or the example of each place."""
    found = snippets(vocabulary)
    assert {s["prefix"] for s in found.values()} == {
        name for c in COLLECTIES.values() for name in c.model.model_fields
    }
    for snippet in found.values():
        filled = re.sub(
            r"\$\{\d+(?:\|((?:\\.|[^,|])*)[^}]*\||:([^}]*))\}",
            lambda m: re.sub(r"\\(.)", r"\1", m[1] or "") or m[2] or "1",
            snippet["body"],
        )
        field = yaml.load(filled, Editor)
        assert list(field) == [snippet["prefix"]], snippet
        if snippet["prefix"] != "soort":
            valid = next(
                v
                for f, v in validators.items()
                if snippet["prefix"] in COLLECTIES[f].model.model_fields
            )
            assert [e.message for e in valid.iter_errors(GOOD | field)] == []
