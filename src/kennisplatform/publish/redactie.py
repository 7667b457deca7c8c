"""Set up the form editor on /redactie/: what it edits, where it saves, and the only places it may
reach.

The configuration is that of Decap CMS; Sveltia CMS, which reads it here, adds only `output`,
`auth_methods` and `media_libraries`, which Decap passes over. Fields, values, limits and examples
come from the JSON Schema of each collection, so from the same models as the check. What else the
form must know of the fields to write a file stands in the page itself: Decap would not know where
to put it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import yaml

from kennisplatform.model.fields import form_kinds, word_examples
from kennisplatform.model.json_schema import JsonSchema, json_schema
from kennisplatform.model.library import DOCUMENT_KINDS, DOCUMENTS, IMAGES, MAX_SIDE
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.schema import COLLECTIES, PAGES_IN, Collectie, Velden, lacks_one_of
from kennisplatform.model.site import SiteFile
from kennisplatform.model.text import sentence
from kennisplatform.model.values import PLAIN
from kennisplatform.model.vocabulary import Vocabulary

Config = dict[str, Any]
LONG_TEXT = 160
"""Characters; what may be longer gets a box of several lines."""
AS_DUTCH = "schrijf 1161, 12,5 of 1/3, zonder eenheid"
"""How a number is written in the form, which is not how it is written in a file."""
BUTTONS = [
    "bold",
    "italic",
    "link",
    "heading-two",
    "heading-three",
    "quote",
    "bulleted-list",
    "numbered-list",
]


def editor_files(platform: Platform) -> Iterator[SiteFile]:
    """Give `redactie/config.yml`, by which the form editor knows the content."""
    config = yaml.dump(
        editor_config(platform), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=160
    )
    yield SiteFile("redactie/config.yml", config.encode())


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # either class
    """Writes the same list twice in full, where YAML would refer back to it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def editor_config(platform: Platform) -> Config:
    """Give the whole configuration, as /redactie/config.yml holds it."""
    return {
        "backend": _backend(platform.settings)
        | {
            "branch": "main",
            "commit_messages": {
                "create": "Voeg toe: {{slug}}",
                "update": "Verbeter: {{slug}}",
                "delete": "Verwijder: {{slug}}",
            },
        },
        "publish_mode": "editorial_workflow",
        **({"site_url": platform.settings.site_url} if platform.settings.site_url else {}),
        "app_title": "Redactie",
        "logo_url": "../assets/icoon.svg",
        "show_preview_links": False,
        "media_folder": f"content/{IMAGES}",
        "public_folder": f"/{IMAGES}",
        # Made small before it is sent, and so without the place and time that a telephone keeps in
        # a photograph.
        "media_libraries": {
            "stock_assets": False,
            "default": {
                "config": {
                    "slugify_filename": True,
                    "transformations": {
                        "raster_image": {"format": "webp", "width": MAX_SIDE, "height": MAX_SIDE}
                    },
                }
            },
        },
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [_collection(c, platform.vocabulary) for c in COLLECTIES.values()],
    }


def editor_policy(settings: Settings) -> str:
    """Give the Content-Security-Policy of /redactie/: itself and the API of the Git host.

    The editor sets styles while it runs, which cannot be named beforehand; scripts come from
    the site alone. The pictures are those of the people who edit.
    """
    host, pictures = "", ""
    if settings.repo_url:
        backend = _backend(settings)
        host = f" {_origin(backend.get('api_root', 'https://api.github.com'))}"
        pictures = " https://avatars.githubusercontent.com" if backend["name"] == "github" else host
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{pictures}",
            "font-src 'self'",
            f"connect-src 'self' data: blob:{host}",
            "manifest-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _backend(settings: Settings) -> Config:
    """Say where pages are saved: GitHub by token; any other host as GitLab, by PKCE when its
    application is known, else by token.

    Without REPO_URL only a working copy on the same computer can be edited. The editor still
    wants a host then; one that is not GitHub or gitlab.com it leaves alone until someone logs in.

    """
    if not settings.repo_url:
        return {
            "name": "gitlab",
            "repo": "uw/werkkopie",
            "api_root": "https://werkkopie.invalid/api/v4",
            "auth_methods": ["token"],
        }
    repo, origin = urlsplit(settings.repo_url).path.strip("/"), _origin(settings.repo_url)
    if settings.on_github:
        return {"name": "github", "repo": repo, "auth_methods": ["token"]}
    gitlab = {"name": "gitlab", "repo": repo, "api_root": f"{origin}/api/v4", "base_url": origin}
    if settings.gitlab_app_id:
        return gitlab | {"auth_type": "pkce", "app_id": settings.gitlab_app_id}
    return gitlab | {"auth_methods": ["token"]}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _collection(collectie: Collectie, vocabulary: Vocabulary) -> Config:
    model, schema = collectie.model, json_schema(collectie, vocabulary)
    kinds, required = form_kinds(model), schema["required"]
    fields = {
        name: _field(name, inner, name in required, kinds[name])
        for name, inner in schema["properties"].items()
    }
    for name in model.een_van:
        fields[name]["hint"] += f" {sentence(lacks_one_of(collectie).partition(': ')[2])}"
    seldom = [fields.pop(name) for name in model.zelden]
    own = [name for name in fields if name not in Velden.model_fields]
    first = [fields.pop(name) for name in (*required, "soort", *model.een_van, *own)]
    # What takes one click comes before what must be typed.
    rest = sorted(fields.values(), key=lambda field: field["widget"] != "select")
    text = {
        "name": "body",
        "label": "Tekst",
        "widget": "markdown",
        "required": False,
        "buttons": BUTTONS,
        "editor_components": ["afbeelding"],
        "default": "\n\n".join(f"## {kop}" for kop in collectie.koppen),
        "hint": (
            "Laat een kop weg als u er niets over weet. Korte zinnen, zonder vaktaal en zonder "
            "namen van personen."
        ),
    }
    return {
        "name": collectie.map,
        "label": collectie.naam,
        "label_singular": collectie.enkelvoud.capitalize(),
        "folder": f"content/{collectie.map}",
        "media_folder": f"/content/{IMAGES}",
        "public_folder": f"../{IMAGES}",  # seen from a page: links are paths of files
        "create": True,
        "delete": False,
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": "titel",
        "slug": "{{slug}}",
        "summary": "{{titel}}",
        "sortable_fields": ["titel", "datum"],
        "fields": [*first, text, *rest, _more(seldom)],
    }


def _more(seldom: list[Config]) -> Config:
    """Give the folded field that holds those that editors seldom need (redactie/pagina.mjs)."""
    names = sentence(", ".join(field["label"].lower() for field in seldom))
    return {
        "name": "meer",
        "label": "Meer velden",
        "widget": "object",
        "collapsed": True,
        "fields": seldom,
        "summary": names,
        "hint": "Deze velden hebt u zelden nodig.",
    }


DAY: Config = {
    "widget": "datetime",
    "format": "YYYY-MM-DD",
    "date_format": "YYYY-MM-DD",
    "time_format": False,
}


def _field(name: str, schema: JsonSchema, needed: bool, kind: Config) -> Config:
    """Turn one property into a field of the form."""
    if "anyOf" in schema:
        # The first can hold the others: a number or a year is typed as text, and a word stands
        # within its group.
        schema = {**schema, **schema["anyOf"][0], "description": schema["description"]}
    field: Config = {
        "name": name,
        "label": schema["title"],
        "required": needed,
        "hint": _hint(schema),
    }
    about, colon, _ = schema["description"].partition(":")
    # What comes after a colon is how to write it, which does not concern who picks it.
    picked = field | {"hint": f"{about}{colon and '.'}"}
    if "enum" in schema:
        return picked | {"widget": "select", "options": schema["enum"]}
    match schema["type"]:
        case "array" if "enum" in schema["items"] or PAGES_IN.get(name):
            return picked | _choice(name, schema["items"], needed)
        case "array":
            return field | {"widget": "list"} | _items(schema, kind)
        case "object":
            return field | {"widget": "object", "fields": _fields(schema, kind)}
        case "integer":
            limits = _limits(schema, min="minimum", max="maximum")
            return field | {"widget": "number", "value_type": "int"} | limits
    if schema.get("format") == "date":
        return picked | DAY | ({"default": "{{now}}"} if needed else {})
    if name == "bestand":
        kinds = ", ".join(kind[1:] for kind in DOCUMENT_KINDS)
        picked |= {"hint": f"Een bestand van uw computer ({kinds}). Of vul url in."}
        # the form writes the path as it is seen from a page, of which the name is read
        folders = {"media_folder": f"/content/{DOCUMENTS}", "public_folder": f"../{DOCUMENTS}"}
        accept = ",".join(DOCUMENT_KINDS)
        return picked | {"widget": "file", "choose_url": False, "accept": accept} | folders
    return field | _text_box(schema, kind)


def _choice(name: str, items: JsonSchema, needed: bool) -> Config:
    """Pick values of a list, or other pages."""
    if "enum" in items:
        choice = {"widget": "select", "multiple": True, "options": items["enum"]}
        return choice | ({"min": 1} if needed else {})
    return {
        "widget": "relation",
        "multiple": True,
        "collection": PAGES_IN[name],
        "value_field": "{{slug}}",
        "display_fields": ["titel"],
        "search_fields": ["titel"],
    }


def _items(schema: JsonSchema, kind: Config) -> Config:
    """Say what each value of a list is: a group of fields, or words."""
    if "properties" not in schema["items"]:
        return _limits(schema, max="maxItems")
    inside = _fields(schema["items"], kind)
    summary = f"{{{{fields.{inside[0]['name']}}}}}"
    return {"collapsed": True, "summary": summary, "fields": inside}


def _fields(schema: JsonSchema, kind: Config) -> list[Config]:
    return [
        _field(name, inner, name in schema.get("required", ()), kind["fields"][name])
        for name, inner in schema["properties"].items()
    ]


def _limits(schema: JsonSchema, **names: str) -> Config:
    return {name: schema[limit] for name, limit in names.items() if limit in schema}


def _text_box(schema: JsonSchema, kind: Config) -> Config:
    """Give the kind of box, what may be in it, and what is said of anything else."""
    longest, plain = schema.get("maxLength", LONG_TEXT), schema["pattern"] == f"^{PLAIN}$"
    refusal = schema.get("patternErrorMessage", "")
    if plain:
        refusal = f"Hoogstens {longest} tekens gewone tekst, op één regel en zonder HTML."
    elif {"type": "number"} in schema.get("anyOf", ()):
        refusal = f"Dit is geen getal; {AS_DUTCH}."
    elif "maxLength" in schema:
        refusal += f" Hoogstens {longest} tekens."
    expression = "|".join(filter(None, (schema["pattern"], kind.get("number"))))
    # The limit goes into the expression: Decap knows no other.
    return {
        "widget": "text" if plain and longest > LONG_TEXT else "string",
        "pattern": [f"^(?=.{{1,{longest}}}$)(?={expression})", refusal],
    }


def _hint(schema: JsonSchema) -> str:
    examples = word_examples(schema.get("examples", ()))
    if {"type": "number"} in schema.get("anyOf", ()):
        return f"{schema['description']} {sentence(AS_DUTCH)}."
    parts = [
        schema["description"],
        f"Hoogstens {schema['maxLength']} tekens." if "maxLength" in schema else "",
        f"Bijvoorbeeld: {examples.rstrip('.')}." if examples else "",
    ]
    return " ".join(part for part in parts if part)
