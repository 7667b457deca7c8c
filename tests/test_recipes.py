"""Follow the recipes of CONTRIBUTING.md for a facet, a collection, a kind of page and a weight in a
copy of the project, and do with what they make all that a visitor and an editor do with the others.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from playwright.sync_api import Page, expect

from building import EPOCH, REPO, SITE, environment, read, working_copy
from conftest import serving

PARTS = ("docs", "hooks", "overrides", "scripts", "src", "mkdocs.yml")
LIBRARY = Path("src", "kennisplatform")
RECIPES: dict[Path, dict[str, str]] = {
    LIBRARY / "model" / "facets.py": {
        "from kennisplatform.model.text import": "from kennisplatform.model.schema import Vorm\n",
        '        Facet(\n            slug="status",\n': """\
        Facet(
            slug="vorm",
            naam="Vorm",
            van=field_of("vorm"),
            namen=fixed(*get_args(Vorm)),
            filtert=True,
            lijsten=True,
        ),
""",
        '        Facet(\n            slug="provincie",\n': """\
        Facet(
            slug="fase",
            naam="Fase",
            van=field_of("fase"),
            namen=entries("fase"),
            lijst=("fasen.yml", Entry),
            map="fasen",
            meervoud="Fasen",
            filtert=True,
            lijsten=True,
            feed=True,
            feit=True,
            gezocht=True,
            gewicht=2,
            reden="ook om te",
        ),
""",
    },
    LIBRARY / "model" / "schema.py": {
        "    zoektermen: Annotated[": """\
    fase: Annotated[tuple[Annotated[str, known("fase")], ...], Lijst] = Field(
        default=(), description="In welke fase het helpt."
    )
""",
        "    plain,\n    vocabulary_of,\n": "    known,\n",
        "def _day_of(moment": """\
class Cursus(Velden):
    collectie = "courses"


""",
        '    )\n}\n"""In the order of the menu': """\
        Collectie(
            naam="Cursussen",
            enkelvoud="cursus",
            meervoud="cursussen",
            model=Cursus,
            koppen=("Inhoud", "Meer weten"),
            verhaal="Inhoud",
            vragen=("soort", "fase"),
            schema_org="Course",
        ),
""",
    },
    LIBRARY / "search" / "weights.py": {'"""Answers a browser shows': "FIRST = 4\n"},
    LIBRARY / "site" / "site.py": {
        "from kennisplatform.site.pages ": "from kennisplatform.site.nieuws import news_page\n",
        "    map_page,\n": "    news_page,\n",
    },
    Path("content", "platform.yml"): {
        "  events: ": "  courses: Wat u kunt leren.\n",
        "  provincies: ": "  fasen: Waar staat u nu?\n",
    },
}
"""By file, what is put before a line of it: a facet on a field that is there, a facet with a field
and words of its own, a collection, a kind of page, and a limit of search.
"""
FILES: dict[Path, str] = {
    LIBRARY / "site" / "nieuws.py": '''"""What came last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.model.platform import Platform
from kennisplatform.model.library import Page
from kennisplatform.site.pages import HOME, Content, SitePage


@dataclass(frozen=True, slots=True)
class Nieuws(Content):
    pages: tuple[Page, ...]

    schema_type = "CollectionPage"

    def shown(self) -> Sequence[Page]:
        return self.pages


def news_page(platform: Platform) -> Iterator[SitePage]:
    about = "Kersvers, met een kwinkslag."
    yield SitePage("nieuws/", "nieuws.html", "Nieuws", about, (HOME,), Nieuws(platform.newest))
''',
    Path("overrides", "nieuws.html"): """{% extends "base.html" %}
{% from "partials/macros.html" import kaart %}
{% block inhoud %}
<h1>{{ blad.titel }}</h1>
{% for p in blad.content.pages %}{{ kaart(p, basis, "h2") }}{% endfor %}
{% endblock %}
""",
}
"""The files of a new kind of page."""
WORDS: dict[Path, str] = {
    Path("vocabulary", "fasen.yml"): "- naam: verkennen\n- naam: besluiten\n",
    Path("vocabulary", "soorten.yml"): "- {naam: avondcursus, meervoud: avondcursussen, "
    "collectie: courses, omschrijving: Een cursus na het eten.}\n",
}
"""By file of the content, what is written at its end."""
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
COURSES = ("breien-met-beleid", "luisteren-naar-de-wijk", "rekenen-aan-een-dorp")
OTHERS = (
    "practices/loten-om-mee-te-praten",
    "practices/samen-de-berm-in",
    "events/dag-van-het-dorp",
)


def put(file: Path, before: str, text: str) -> None:
    parts = file.read_text(encoding="utf-8").split(before)
    assert len(parts) == 2, f"{file}: {before}"
    file.write_text((text + before).join(parts), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the invented content, in which all recipes were followed."""
    copy = tmp_path_factory.mktemp("recepten")
    working_copy(copy, PARTS)
    content = shutil.copytree(SITE, copy / "content")
    for path, changes in RECIPES.items():
        for before, text in changes.items():
            put(copy / path, before, text)
    for path, text in FILES.items():
        (copy / path).write_text(text, encoding="utf-8")
    for path, text in WORDS.items():
        with (content / path).open("a", encoding="utf-8") as words:
            words.write(text)
    for slug in COURSES:
        (content / "courses").mkdir(exist_ok=True)
        (content / "courses" / f"{slug}.md").write_text(
            f"---\ntitel: {slug.replace('-', ' ').capitalize()}\nsamenvatting: Kort gezegd.\n"
            "aandachtsveld: [Buurten aan zet]\nsoort: avondcursus\ndatum: 2026-05-01\n"
            "fase: [verkennen]\n---\n\n## Inhoud\n\nWat u leert.\n",
            encoding="utf-8",
        )
    for other in OTHERS:
        put(content / f"{other}.md", "\ndatum: ", "\nfase: [verkennen, besluiten]")
    return copy


def run(project: Path, *command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a script of the copy does."""
    settings = environment(
        SOURCE_DATE_EPOCH=EPOCH, SITE_URL="https://voorbeeld.example/", **settings
    )
    return subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=settings | {"PYTHONPATH": str(project / "src")},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def built(project: Path) -> Path:
    form = {"REPO_URL": REPO, "KENNISPLATFORM_REDACTIE": str(project / "redactie")}
    done = run(project, "-m", "mkdocs", "build", "--quiet", **form)
    assert done.returncode == 0, done.stderr[-3000:]
    return project / "site"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(built) as address:
        yield address


def links(file: Path) -> set[str]:
    """Give the addresses on the site that a page leads to, seen from its root."""
    return {re.sub(r"^(\.\.?/)+", "", a["href"]) for a in read(file).all("a")}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


def test_a_visitor_without_scripts_walks_through_them(built: Path) -> None:
    course = built / "cursussen" / COURSES[0] / "index.html"
    assert "cursussen/" in links(built / "index.html"), "the menu"
    assert "fasen/verkennen/" in links(course), "the facts of a page"
    assert "fasen/" in links(built / "fasen" / "verkennen" / "index.html")
    assert {"fasen/verkennen/", "fasen/besluiten/"} <= links(built / "fasen" / "index.html")
    assert "fasen/" in links(built / "zoeken" / "index.html")
    for page in ("mijn-lijst", "vergelijken"):
        assert "cursussen/" in links(built / page / "index.html")
    assert "data/schema/cursussen.json" in links(built / "open-data" / "index.html")
    found = links(built / "cursussen" / "fase" / "verkennen" / "index.html")
    assert {f"cursussen/{slug}/" for slug in COURSES} <= found
    assert "praktijken/fase/besluiten/" in links(built / "praktijken" / "index.html")
    assert "instrumenten/vorm/training/" in links(built / "instrumenten" / "index.html")
    assert "ook om te verkennen" in course.read_text(encoding="utf-8"), "why a page is like it"


def test_machines_read_them(built: Path) -> None:
    for feed, entries in (("cursussen", 3), ("fase-verkennen", 6), ("fase-besluiten", 3)):
        atom = ElementTree.parse(built / "feeds" / f"{feed}.xml")
        assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == entries
    codebook = {row["kolom"]: row for row in rows(built / "data" / "codeboek.csv")}
    assert codebook["fase"]["waarden"] == "verkennen | besluiten"
    assert "cursussen" in codebook["collectie"]["waarden"].split(" | ")
    data = {row["slug"]: row for row in rows(built / "data" / "catalogus.csv")}
    assert data[COURSES[0]]["collectie"] == "cursussen" and data[COURSES[0]]["fase"] == "verkennen"
    schema = json.loads((built / "data" / "schema" / "cursussen.json").read_text(encoding="utf-8"))
    assert schema["properties"]["fase"]["items"]["enum"] == ["verkennen", "besluiten"]
    assert schema["properties"]["soort"]["enum"] == ["avondcursus"]
    page = (built / "cursussen" / COURSES[0] / "index.html").read_text(encoding="utf-8")
    said = json.loads(page.partition('<script type="application/ld+json">')[2].partition("<")[0])
    assert "Course" in {about["@type"] for about in said["@graph"][0]["about"]}


def test_a_kind_of_page_is_shown_found_and_told_to_machines(built: Path) -> None:
    file = built / "nieuws" / "index.html"
    cards = [card["data-slug"] for card in read(file).all("article")]
    assert len(cards) == 4 and read(file).texts["h1"] == ["Nieuws"]
    said = LINKED_DATA.findall(file.read_text(encoding="utf-8"))
    node, way = json.loads(said[0])["@graph"]
    assert (node["@type"], node["name"]) == ("CollectionPage", "Nieuws")
    assert len(way["itemListElement"]) == 2
    changed = f"nieuws/</loc><lastmod>{node['dateModified']}</lastmod>"
    assert changed in (built / "sitemap.xml").read_text(encoding="utf-8")


def test_a_visitor_finds_a_kind_of_page(address: str, page: Page) -> None:
    page.goto(f"{address}/zoeken/?q=kwinkslag")
    expect(page.locator("[data-search-result]")).to_have_count(1)
    page.locator("[data-search-result] a").first.click()
    expect(page).to_have_url(f"{address}/nieuws/")


def test_a_kind_of_page_is_staged_with_what_it_shows(project: Path, built: Path) -> None:
    done = run(project, "-m", "kennisplatform", "stage", "gewoon")
    assert done.returncode == 0, done.stderr
    text = (project / "gewoon" / "nieuws" / "index.md").read_text(encoding="utf-8")
    cards = [card["data-slug"] for card in read(built / "nieuws" / "index.html").all("article")]
    assert re.findall(r"/([^/]+)/index\.md\)", text) == cards


def test_no_page_may_claim_the_address_of_a_new_kind(project: Path) -> None:
    page = project / "content" / "courses" / f"{COURSES[0]}.md"
    sound = page.read_text(encoding="utf-8")
    put(page, "datum: ", "oude_adressen: [/nieuws/]\n")
    done = run(project, "-m", "kennisplatform", "check", "--format", "json")
    page.write_text(sound, encoding="utf-8")
    assert [
        (found["path"], found["line"], found["message"])
        for found in json.loads(done.stdout)
        if found["code"] == "zelfde-adres"
    ] == [(f"content/courses/{page.name}", 6, "het oude adres /nieuws/ gebruikt de site zelf.")]


def test_the_form_knows_them(built: Path) -> None:
    form = yaml.safe_load((built / "redactie" / "config.yml").read_text(encoding="utf-8"))
    courses = next(c for c in form["collections"] if c["name"] == "courses")
    assert (courses["label"], courses["folder"]) == ("Cursussen", "content/courses")
    phase = next(field for field in courses["fields"] if field["name"] == "fase")
    assert phase["widget"] == "select" and phase["options"] == ["verkennen", "besluiten"]


def test_a_visitor_filters_and_searches_by_them(address: str, page: Page) -> None:
    page.goto(f"{address}/praktijken/")
    expect(page.locator("[data-count]")).to_have_text("23 praktijken")
    page.locator('[data-facet="fase"] > summary').click()
    page.get_by_label("besluiten", exact=True).check()
    expect(page.locator("[data-count]")).to_have_text("2 praktijken")
    expect(page).to_have_url(f"{address}/praktijken/?fase=besluiten")
    page.goto(f"{address}/instrumenten/?vorm=training&vorm=geld")
    expect(page.locator("[data-count]")).to_have_text("2 instrumenten")
    page.goto(f"{address}/fasen/verkennen/")
    page.get_by_label("Cursussen").check()
    expect(page.locator("[data-card]")).to_have_count(3)
    page.goto(f"{address}/zoeken/?q=verkennen&collectie=cursussen&utm_source=elders")
    expect(page.locator("[data-search-result]")).to_have_count(3)
    page.goto(f"{address}/zoeken/?q=berm&fase=besluiten")
    expect(page.locator("[data-search-result]")).to_have_count(1)
    expect(page.locator('[data-facet="fase"] > summary')).to_have_text("Fase")


def test_the_browser_takes_the_limits_of_search_as_they_are(address: str, page: Page) -> None:
    page.goto(f"{address}/zoeken/?q=dorp")
    expect(page.locator("[data-search-result]")).to_have_count(4)
    page.get_by_role("button", name="Toon meer").click()
    expect(page.locator("[data-search-result]")).to_have_count(8)


def test_a_visitor_keeps_and_compares_them(address: str, page: Page) -> None:
    page.goto(f"{address}/cursussen/{COURSES[0]}/")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.locator(".bak").get_by_role("link", name="Mijn lijst").click()
    expect(page.locator("[data-paginas] h3")).to_have_text("Breien met beleid")
    page.goto(f"{address}/vergelijken/?pagina=cursussen/{COURSES[0]}")
    page.get_by_label("Voeg een pagina toe").fill("dag van het dorp")
    page.locator('[data-adres$="/agenda/dag-van-het-dorp/"]').click()
    expect(page.get_by_role("row", name="Fase")).to_contain_text("verkennen, besluiten")


def test_an_editor_makes_one_and_is_told_what_is_wrong(project: Path) -> None:
    script = project / "scripts" / "new.py"
    given = ("--samenvatting", "Kort.", "--aandachtsveld", "Buurten aan zet", "--fase", "Besluiten")
    done = run(project, script, "cursus", "Praten over geld", *given)
    assert done.returncode == 0, done.stdout + done.stderr
    made = (project / "content" / "courses" / "praten-over-geld.md").read_text(encoding="utf-8")
    assert "fase: [besluiten]" in made and made.endswith("## Inhoud\n\n## Meer weten\n")
    done = run(project, script, "cursus", "Fase", *given)
    assert done.returncode == 2 and "De naam ‘fase’ gebruikt de site zelf." in done.stderr
    done = run(project, script, "cursus", "Nog een", *given, "--fase", "verkenen")
    assert done.returncode == 2 and "Bedoeld: ‘verkennen’?" in done.stderr, done.stderr
