"""Set up the form editor on /redactie/: what it edits, where it saves, and the only places it may reach.

The configuration is that of Decap CMS; Sveltia CMS, which reads it here, adds only `output`,
`auth_methods` and `media_libraries`, which Decap passes over. Fields, values, limits and examples come from
the JSON Schema of each collection, so from the same models as the check.
"""
from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from kennisplatform.fields import word_examples
from kennisplatform.images import MAX_SIDE
from kennisplatform.json_schema import JsonSchema, json_schema
from kennisplatform.platform import Platform, Settings
from kennisplatform.schema import COLLECTIES, Collectie
from kennisplatform.sources import IMAGES
from kennisplatform.values import PLAIN
from kennisplatform.vocabulary import Vocabulary

Config = dict[str, Any]
LONG_TEXT = 160
"""Characters; what may be longer gets a box of several lines."""
BUTTONS = ["bold", "italic", "link", "heading-two", "heading-three", "quote", "bulleted-list", "numbered-list"]


def editor_config(platform: Platform) -> Config:
    """Give the whole configuration, as /redactie/config.yml holds it."""
    return {
        "backend": _backend(platform.settings) | {"branch": "main", "commit_messages": {
            "create": "Voeg toe: {{slug}}", "update": "Verbeter: {{slug}}", "delete": "Verwijder: {{slug}}"}},
        "publish_mode": "editorial_workflow",
        **({"site_url": platform.settings.site_url} if platform.settings.site_url else {}),
        "app_title": "Redactie",
        "logo_url": "../assets/icoon.svg",
        "show_preview_links": False,
        "media_folder": f"content/{IMAGES}",
        "public_folder": f"/{IMAGES}",
        # Made small before it is sent, and so without the place and time that a telephone keeps in a photograph.
        "media_libraries": {"stock_assets": False, "default": {"config": {
            "slugify_filename": True, "transformations": {"raster_image": {"format": "webp", "width": MAX_SIDE, "height": MAX_SIDE}}}}},
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
    return "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", f"img-src 'self' data: blob:{pictures}", "font-src 'self'",
        f"connect-src 'self' data: blob:{host}", "manifest-src blob:", "base-uri 'none'", "form-action 'none'"))


def _backend(settings: Settings) -> Config:
    """Say where pages are saved: GitHub by token; any other host as GitLab, by PKCE when its application is known, else by token.

    Without REPO_URL only a working copy on the same computer can be edited. The editor still
    wants a host then; one that is not GitHub or gitlab.com it leaves alone until someone logs in.
    """
    if not settings.repo_url:
        return {"name": "gitlab", "repo": "uw/werkkopie", "api_root": "https://werkkopie.invalid/api/v4", "auth_methods": ["token"]}
    repo, origin = urlsplit(settings.repo_url).path.strip("/"), _origin(settings.repo_url)
    if settings.op_github:
        return {"name": "github", "repo": repo, "auth_methods": ["token"]}
    gitlab = {"name": "gitlab", "repo": repo, "api_root": f"{origin}/api/v4", "base_url": origin}
    if settings.gitlab_app_id:
        return gitlab | {"auth_type": "pkce", "app_id": settings.gitlab_app_id}
    return gitlab | {"auth_methods": ["token"]}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _collection(collectie: Collectie, vocabulary: Vocabulary) -> Config:
    schema = json_schema(collectie, vocabulary)
    fields = {name: _field(name, inner, name in schema["required"]) for name, inner in schema["properties"].items()}
    first = [fields.pop(name) for name in (*schema["required"], "soort", *collectie.model.een_van) if name in fields]
    for field in first:
        if field["name"] in collectie.model.een_van:
            field["hint"] += f" Elke {collectie.enkelvoud} noemt een gemeente, provincie, organisatie of aantal gemeenten."
    text = {"name": "body", "label": "Tekst", "widget": "markdown", "required": False, "buttons": BUTTONS, "editor_components": ["afbeelding"],
            "default": "\n\n".join(f"## {kop}" for kop in collectie.koppen),
            "hint": "Laat een kop weg als u er niets over weet. Korte zinnen, zonder vaktaal en zonder namen van personen."}
    return {
        "name": collectie.map, "label": collectie.naam, "label_singular": collectie.enkelvoud.capitalize(), "folder": f"content/{collectie.map}",
        "media_folder": f"/content/{IMAGES}", "public_folder": f"../{IMAGES}",  # seen from a page: links are paths of files
        "create": True, "delete": False, "extension": "md", "format": "yaml-frontmatter", "identifier_field": "titel", "slug": "{{slug}}",
        "summary": "{{titel}}", "sortable_fields": ["titel", "datum"], "fields": [*first, text, *fields.values()],
    }


def _field(name: str, schema: JsonSchema, needed: bool) -> Config:
    """Turn one property into a field of the form."""
    field: Config = {"name": name, "label": schema["title"], "required": needed, "hint": _hint(schema)}
    if "anyOf" in schema:  # the first can hold the others: a number or a year is typed as text, and a word stands within its group
        schema = schema["anyOf"][0]
    if "enum" in schema:
        return field | {"widget": "select", "options": schema["enum"]}
    match schema["type"]:
        case "array":
            return field | _list(name, schema["items"], needed)
        case "object":
            return field | {"widget": "object", "fields": _fields(schema)}
        case "integer":
            return field | {"widget": "number", "value_type": "int"} | {k: schema[v] for k, v in (("min", "minimum"), ("max", "maximum")) if v in schema}
    if schema.get("format") == "date":
        return field | {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False} | (
            {"default": "{{now}}"} if needed else {})
    return field | _text(schema)


def _fields(schema: JsonSchema) -> list[Config]:
    return [_field(name, inner, name in schema.get("required", ())) for name, inner in schema["properties"].items()]


def _list(name: str, items: JsonSchema, needed: bool) -> Config:
    if "enum" in items:
        return {"widget": "select", "multiple": True, "options": items["enum"]} | ({"min": 1} if needed else {})
    if "properties" in items:
        fields = _fields(items)
        return {"widget": "list", "collapsed": True, "summary": f"{{{{fields.{fields[0]['name']}}}}}", "fields": fields}
    if name in COLLECTION_OF:
        return {"widget": "relation", "multiple": True, "collection": COLLECTION_OF[name], "value_field": "{{slug}}", "display_fields": ["titel"],
                "search_fields": ["titel"]}
    return {"widget": "list"}


COLLECTION_OF = {"instrumenten": "instruments"}
"""Fields that name pages of one collection, which the form can list."""


def _text(schema: JsonSchema) -> Config:
    longest, plain = schema.get("maxLength", LONG_TEXT), schema["pattern"] == f"^{PLAIN}$"
    wanted = f"Hoogstens {longest} tekens gewone tekst, op één regel en zonder HTML." if plain else "Schrijf dit zoals de uitleg zegt."
    # The limit goes into the expression: Decap knows no other.
    return {"widget": "text" if plain and longest > LONG_TEXT else "string", "pattern": [f"^(?=.{{1,{longest}}}$)(?={schema['pattern']})", wanted]}


def _hint(schema: JsonSchema) -> str:
    examples = word_examples(schema.get("examples", ()))
    parts = [schema["description"], f"Hoogstens {schema['maxLength']} tekens." if "maxLength" in schema else "",
             f"Bijvoorbeeld: {examples.rstrip('.')}." if examples else ""]
    return " ".join(part for part in parts if part)
