"""Hold that a name and a colour stand in one place: who changes those two files finds the old ones
nowhere, as CONTRIBUTING.md says.
"""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from building import FROZEN, REPO, ROOT, SITE, SUB_PATH, TODAY, build_site, files, platform_of
from kennisplatform.content.load import load_library
from kennisplatform.content.platform_file import NAMELESS
from kennisplatform.loading import load_platform
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import Refused
from kennisplatform.model.identity import Identity
from kennisplatform.model.platform import Settings
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import in_words
from kennisplatform.publish.colours import TOKENS, read_colours
from kennisplatform.publish.opendata import dcat
from kennisplatform.publish.report import make_report, to_html, to_markdown
from kennisplatform.publish.word import to_docx

OTHER: dict[str, Any] = {
    "naam": "Sterrenwacht & Zonen",
    "kort": "Sterrenwacht",
    "onderwerp": "het heelal",
    "vraag": "Welke planeet is dat?",
    "omschrijving": "Alles over wat er ’s nachts te zien is.",
    "trefwoorden": ["sterren"],
    "collecties": {name: f"Alles over {name}." for name in COLLECTIES},
    "overzichten": {f.map: f"Hier staan er {{aantal}}: {f.map}." for f in FACETS.values() if f.map},
}
HEX = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?\b")
LITERAL = re.compile(
    r"(?<!&)#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![\w-])"
    r"|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*\d|[\"'][0-9a-fA-F]{6}[\"']"
)
"""A colour of CSS, or one as documents for Word write it."""
COMMENTS = {
    ".html": re.compile(r"\{#.*?#\}", re.DOTALL),
    ".js": re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
}
ZONE = "Europe/Amsterdam"
"""The name that the IANA gives the time of the Netherlands."""


def texts_of(value: Any) -> Iterator[str]:
    """Give every text within a value; where a number comes within it, the longest part."""
    if isinstance(value, str):
        yield max(value.split("{aantal}"), key=len).strip(" .")
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def identity_of(content: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((content / "platform.yml").read_text(encoding="utf-8"))
    return found


def turned(colour: str) -> str:
    """Give another colour than any there is: its parts in another order, and each a step on."""
    parts = [int(colour[at : at + 2], 16) for at in (5, 1, 3)]
    return "#" + "".join(f"{(part + 37) % 256:02x}" for part in parts) + colour[7:]


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All that is made of the invented content with another name and other colours: the site, with
    the form, and the report in every form.
    """
    folder = tmp_path_factory.mktemp("anders")
    content = Path(shutil.copytree(SITE, folder / "content"))
    (content / "platform.yml").write_text(yaml.safe_dump(OTHER), encoding="utf-8")
    docs = Path(shutil.copytree(ROOT / "docs", folder / "docs"))
    tokens = docs / TOKENS
    css = HEX.sub(lambda hit: turned(hit[0]), tokens.read_text(encoding="utf-8"))
    tokens.write_text(css, encoding="utf-8")
    (folder / "redactie").mkdir()
    (folder / "redactie" / "editor.js").touch()
    settings = {"SITE_URL": SUB_PATH, "REPO_URL": REPO, "CONTACT": "wij@voorbeeld.example"}
    form = str(folder / "redactie")
    site = build_site(folder / "site", content, docs, KENNISPLATFORM_REDACTIE=form, **settings)
    platform = load_platform(content, "content", Settings(site_url=SUB_PATH), TODAY)
    report = make_report(platform, read_colours(docs))
    made = files(site) | {"rapport.html": to_html(report), "rapport.md": to_markdown(report)}
    with zipfile.ZipFile(io.BytesIO(to_docx(report))) as parts:
        return made | {f"rapport.docx/{name}": parts.read(name) for name in parts.namelist()}


def holding(made: dict[str, bytes], text: str) -> list[str]:
    """Name the files that hold a text, in any case and however HTML or JSON writes it."""
    forms = {text, text.replace("'", "&#39;"), json.dumps(text)[1:-1]}
    wanted = [form.lower().encode() for form in forms]
    return [name for name, raw in made.items() if any(w in raw.lower() for w in wanted)]


def test_the_old_name_and_words_are_nowhere(renamed: dict[str, bytes]) -> None:
    old = set(texts_of(identity_of(SITE))) - {"wegwijzer-dorpsbudget"}  # the address of a page
    assert len(old) > 15
    assert {text: found for text in old if (found := holding(renamed, text))} == {}


def test_the_name_of_the_project_is_nowhere(renamed: dict[str, bytes]) -> None:
    own = identity_of(ROOT / "content")
    slug = Identity.model_validate(own).slug
    assert holding(renamed, own["naam"]) == holding(renamed, slug) == []
    assert [name for name, raw in renamed.items() if own["kort"].encode() in raw] == []


def test_the_new_name_is_where_a_name_belongs(renamed: dict[str, bytes]) -> None:
    found = set(holding(renamed, "Sterrenwacht"))
    assert found >= {name for name in renamed if name.endswith("/index.html")}
    assert found >= {
        "404.html",
        "opensearch.xml",
        "agenda/agenda.ics",
        "data/catalogus.json",
        "data/dcat.jsonld",
        "feeds/alles.xml",
        "redactie/index.html",
        "rapport.html",
        "rapport.md",
        "rapport.docx/docProps/core.xml",
        "rapport.docx/word/document.xml",
    }
    assert b"<ShortName>Sterrenwacht &amp;<" in renamed["opensearch.xml"]
    assert b"Hier staan er vijf: aandachtsvelden." in renamed["aandachtsvelden/index.html"]
    assert b"<title>Sterrenwacht: welke planeet is dat?<" in renamed["index.html"]


def test_the_old_colours_are_nowhere(renamed: dict[str, bytes]) -> None:
    """Bundles hold numbers of their own that look like white and black."""
    old = {c.lower() for c in HEX.findall((ROOT / "docs" / TOKENS).read_text(encoding="utf-8"))}
    assert "#174a7c" in old and not old & {turned(c) for c in old}
    made = {name: raw for name, raw in renamed.items() if not name.endswith(".js")}
    assert {c: found for c in old if (found := holding(made, c))} == {}
    assert [name for name, raw in renamed.items() if b"174a7c" in raw.lower()] == []


def test_the_new_colour_is_where_a_colour_belongs(renamed: dict[str, bytes]) -> None:
    new = turned("#174a7c")
    assert set(holding(renamed, new)) >= {
        "assets/css/site.css",
        "assets/css/redactie.css",
        "assets/icoon.svg",
        "rapport.html",
    }
    assert set(holding(renamed, new[1:])) >= {
        "zelfscan/samen/index.html",
        "rapport.docx/word/styles.xml",
    }
    assert turned("#fbfaf7").encode() in renamed["index.html"]


def test_no_page_loads_the_colours_apart(renamed: dict[str, bytes]) -> None:
    assert "assets/css/tokens.css" not in renamed
    assert holding(renamed, "@import") == []


def test_who_publishes_is_who_the_file_names_and_else_the_platform() -> None:
    def publisher(identity: Identity) -> list[str]:
        graph = dcat(identity, SUB_PATH, "wij@voorbeeld.example", "")["@graph"]
        return [node["foaf:name"]["@value"] for node in graph if "foaf:name" in node]

    assert publisher(platform_of(SITE).identity) == ["Stadslab Waterland"]
    assert publisher(Identity.model_validate(OTHER)) == ["Sterrenwacht & Zonen"]


def test_a_folder_has_its_own_name_else_that_of_the_project_and_never_that_of_a_broken_file(
    tmp_path: Path,
) -> None:
    def name() -> str:
        return load_library(tmp_path, "content", FROZEN).identity.naam

    assert name() == platform_of(FROZEN).identity.naam
    shutil.copy(SITE / "platform.yml", tmp_path)
    (tmp_path / "publications").mkdir()
    (tmp_path / "publications" / "wegwijzer-dorpsbudget.md").touch()
    assert name() == "Buurtwijzer Waterland"
    (tmp_path / "platform.yml").write_text("naam: Half af\n", encoding="utf-8")
    assert name() == NAMELESS.naam


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("--inkt: rgb(1 2 3);", "De kleur --inkt in assets/css/tokens.css is rgb(1 2 3)."),
        ("/* --inkt: #010203; */", "De kleur --inkt staat niet in assets/css/tokens.css"),
    ],
)
def test_a_colour_that_word_cannot_write_is_refused_by_name(
    tmp_path: Path, line: str, refused: str
) -> None:
    (tmp_path / TOKENS).parent.mkdir(parents=True)
    (tmp_path / TOKENS).write_text(f":root {{ {line} }}\n", encoding="utf-8")
    with pytest.raises(Refused, match=re.escape(refused)):
        read_colours(tmp_path).hex("inkt")


# What the code itself may not hold


def written() -> list[Path]:
    """Give every file of code that a visitor, an editor or a document meets."""
    folders = ("src", "hooks", "overrides", "redactie", "scripts", "offline", "docs/assets")
    kinds = {".py", ".html", ".xml", ".js", ".mjs", ".css", ".svg"}
    made = (ROOT / "docs" / "assets" / "js", ROOT / "offline" / "bundel.js")
    return sorted(
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.suffix in kinds and not any(file.is_relative_to(path) for path in made)
    )


def said(file: Path) -> str:
    """Give what a file of code says, without its comments."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        kind = {".xml": ".html", ".svg": ".html", ".mjs": ".js"}.get(file.suffix, file.suffix)
        return COMMENTS[kind].sub("", text)
    module = ast.parse(text)
    about = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    return "\n".join(
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about
    )


def found_in_code(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (file.relative_to(ROOT).as_posix(), hit[0])
        for file in written()
        for hit in pattern.finditer(said(file).replace(ZONE, ""))
    ]


def test_only_one_file_holds_colours() -> None:
    assert {name for name, _ in found_in_code(LITERAL)} == {f"docs/{TOKENS}"}


def test_every_colour_that_is_used_is_there_for_light_and_dark() -> None:
    colours = read_colours(ROOT / "docs")
    styles = [
        file.read_text("utf-8")
        for file in (ROOT / "docs/assets/css").glob("*.css")
        if file != ROOT / "docs" / TOKENS
    ]
    own = {name for style in styles for name in re.findall(r"(--[\w-]+):", style)}
    used = {name for _, name in found_in_code(re.compile(r"(?<=var\()--[\w-]+"))}
    assert used - own - {f"--{name}" for name in colours.light} == set()
    on_paper = {"schaduw", "druk-inkt", "druk-lijn"}
    assert colours.light.keys() - colours.dark.keys() == on_paper
    assert colours.dark.keys() <= colours.light.keys()


def any_of(names: set[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


@pytest.mark.parametrize("content", [FROZEN, SITE], ids=["bevroren", "site"])
def test_the_code_names_no_platform_page_place_or_theme(content: Path) -> None:
    library = platform_of(content).library
    vocabulary = library.vocabulary
    themes = (*vocabulary.aandachtsvelden, *vocabulary.pijlers)
    names = {library.identity.naam, library.identity.kort, library.identity.onderwerp}
    names |= library.by_slug.keys() | {theme.slug for theme in themes}
    names |= {theme.naam for theme in themes} | set(vocabulary.organisatie_op_naam)
    names |= vocabulary.namen_van_gemeenten.keys() | set(vocabulary.provincies)
    assert found_in_code(any_of(names)) == []


ADDRESSES = {
    "src/kennisplatform/content/docs.py": "an example of a path, in what an editor reads",
    "src/kennisplatform/model/schema.py": "an example of an old address",
    "src/kennisplatform/model/values.py": "an example of an old address",
    "scripts/publish.py": "pages of which one must be there before a site is published",
}
"""Where the folder of a facet or the slug of a collection stands as part of an address."""


def test_an_address_names_no_facet_or_collection() -> None:
    """Facet.adres and Collectie.slug give them."""
    names = {f.map for f in FACETS.values() if f.map} | {c.slug for c in COLLECTIES.values()}
    longest_first = "|".join(sorted(names, key=len, reverse=True))
    own = rf"(?<![\w-])(?:{longest_first})/|/(?:{longest_first})(?![\w.-])(?!>)"
    assert {name for name, _ in found_in_code(re.compile(own))} == ADDRESSES.keys()


def test_the_code_and_the_written_pages_count_nothing_that_editors_may_add_to() -> None:
    vocabulary = platform_of(FROZEN).vocabulary
    counted = {
        "aandachtsvelden": len(vocabulary.aandachtsvelden),
        "pijlers": len(vocabulary.pijlers),
        "provincies": len(vocabulary.provincies),
        "gemeenten": len(vocabulary.gemeenten),
        "collecties": len(COLLECTIES),
    }
    counts = [
        rf"\b(?:{in_words(count)}|{count})\s+(?:\w+\s+)?{name}\b" for name, count in counted.items()
    ]
    pattern = re.compile("|".join(counts), re.IGNORECASE)
    assert found_in_code(pattern) == []
    written_pages = sorted((ROOT / "docs").glob("*.md"))
    assert [file.name for file in written_pages if pattern.search(file.read_text("utf-8"))] == []
