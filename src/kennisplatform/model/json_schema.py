"""Describe the front matter of a collection as JSON Schema (draft 2020-12), for editors, forms and
other programs.

Derived from the models and the vocabulary. A little stricter than the check in what it
takes for text, so that an editor shows one way to write each value; what only the whole
content knows (whether a page exists) it cannot see.

"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from kennisplatform.model.head import scalar
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.values import PLAIN
from kennisplatform.model.vocabulary import Vocabulary

JsonSchema = dict[str, Any]


class _Generate(GenerateJsonSchema):
    """What is empty is left out of front matter, so no schema mentions null or an empty default."""

    def nullable_schema(self, schema: Any) -> JsonSchema:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchema:
        return (
            super().default_schema(schema)
            if schema.get("default")
            else self.generate_inner(schema["schema"])
        )


def json_schema(collectie: Collectie, vocabulary: Vocabulary, site_url: str = "") -> JsonSchema:
    """Give the schema of one collection; its `$id` is its address on the site, when that is
    known.
    """
    names = {field: list(known) for field, known in vocabulary.namen.items()} | {
        "soort": list(vocabulary.soorten_van(collectie.map))
    }
    generated = collectie.model.model_json_schema(schema_generator=_Generate)
    groups = generated.pop("$defs", {})
    schema: JsonSchema = {"$schema": _Generate.schema_dialect}
    if site_url:
        schema["$id"] = f"{site_url.rstrip('/')}/data/schema/{collectie.slug}.json"
    schema |= _complete(generated, groups, names) | {
        "title": collectie.enkelvoud.capitalize(),
        "description": f"De velden boven een bestand in content/{collectie.map}/.",
    }
    if collectie.model.een_van:
        schema["anyOf"] = [{"required": [field]} for field in collectie.model.een_van]
    return schema


def _complete(
    schema: JsonSchema, groups: dict[str, JsonSchema], names: dict[str, list[str]]
) -> JsonSchema:
    """Write each group where it is used, and add what pydantic cannot know: the names, and what
    free text may hold.
    """
    if "$ref" in schema:
        group = groups[schema["$ref"].rpartition("/")[2]]
        names = {field: known for field, known in names.items() if field != "soort"}  # of a page
        # Its own title and description are about the model, and written for developers.
        return _complete(
            {
                k: v
                for k, v in (group | schema).items()
                if k != "$ref" and (k in schema or k not in ("title", "description"))
            },
            groups,
            names,
        )
    found = dict(schema)
    if "properties" in found:
        found["properties"] = {
            name: _complete(_with_names(field, names.get(name)), groups, names)
            | {"title": name.replace("_", " ").capitalize()}
            for name, field in found["properties"].items()
        }
    if "items" in found:
        found["items"] = _complete(found["items"], groups, names)
        if found["items"].get("type") == "string":
            found["uniqueItems"] = True
    if "anyOf" in found:
        found["anyOf"] = [_complete(kind, groups, names) for kind in found["anyOf"]]
    if found.get("type") == "string" and not found.keys() & {"pattern", "format", "enum", "const"}:
        found["pattern"] = f"^{PLAIN}$"
    return found


def _with_names(field: JsonSchema, known: list[str] | None) -> JsonSchema:
    if known is None:
        return field
    return (
        field | {"items": {"type": "string", "enum": known}}
        if "items" in field
        else field | {"enum": known}
    )


def snippets(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """Give a VS Code snippet for each field, with its explanation and the values to choose from.

    VS Code offers these in the front matter of Markdown, where its YAML extension does not look.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for collectie in COLLECTIES.values():
        for name, field in json_schema(collectie, vocabulary)["properties"].items():
            found.setdefault(
                (
                    name,
                    f"{name}: {_placeholder(field, count(1))}".replace(": \n", ":\n"),
                    field["description"],
                ),
                [],
            ).append(collectie.enkelvoud)
    return {
        name if len(where) == len(COLLECTIES) else f"{name} ({', '.join(where)})": {
            "scope": "markdown",
            "prefix": name,
            "body": body,
            "description": about,
        }
        for (name, body, about), where in found.items()
    }


def _placeholder(field: JsonSchema, number: Iterator[int]) -> str:
    """Write a value in the syntax of snippets: ${1:example} or ${1|one,other|}."""
    if "anyOf" in field:
        return _placeholder(
            field["anyOf"][0] | {k: v for k, v in field.items() if k == "examples"}, number
        )
    if "enum" in field:
        return f"${{{next(number)}|{','.join(_escape(value) for value in field['enum'])}|}}"
    if "properties" in field:
        return (
            "{"
            + ", ".join(
                f"{name}: {_placeholder(inner, number)}"
                for name, inner in field["properties"].items()
            )
            + "}"
        )
    if "properties" in field.get("items", {}):
        return f"\n  - {_placeholder(field['items'], number)}"
    if "items" in field and "enum" in field["items"]:
        return f"[{_placeholder(field['items'], number)}]"
    example = field.get("examples", [""])[0]
    return (
        f"[${{{next(number)}:{', '.join(scalar(one, inline=True) for one in example)}}}]"
        if isinstance(example, list)
        else f"${{{next(number)}:{example}}}"
    )


def _escape(choice: str) -> str:
    """Quote a choice that YAML would read as more than a word, and escape what ends a choice."""
    quoted = choice if re.fullmatch(r"[\w .'/()-]+", choice) else f'"{choice}"'
    return re.sub(r"([,|\\])", r"\\\1", quoted)
