"""Apply the recipe of CONTRIBUTING.md for a kind of page to a copy of the project: a module, its
line in site.py, and a template. All else follows. And where a hand-written page leads.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from building import EPOCH, ROOT, SITE, SUB_PATH, environment, platform_of, read, working_copy
from kennisplatform.site.geschreven import Geschreven, written_pages

MODULE = '''"""What came last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.derive.platform import Platform
from kennisplatform.model.library import Pagina
from kennisplatform.site.pages import HOME, Inhoud, SitePage


@dataclass(frozen=True, slots=True)
class Nieuws(Inhoud):
    paginas: tuple[Pagina, ...]

    soort_ld = "CollectionPage"

    def shown(self) -> Sequence[Pagina]:
        return self.paginas


def news_page(platform: Platform) -> Iterator[SitePage]:
    about = "Kersvers, met een kwinkslag."
    yield SitePage("nieuws/", "nieuws.html", "Nieuws", about, (HOME,), Nieuws(platform.nieuwste))
'''
TEMPLATE = """{% extends "base.html" %}
{% from "partials/macros.html" import kaart %}
{% block inhoud %}
<h1>{{ blad.titel }}</h1>
{% for p in blad.inhoud.paginas %}{{ kaart(p, basis, "h2") }}{% endfor %}
{% endblock %}
"""
PARTS = ("docs", "hooks", "mkdocs.yml", "overrides", "src")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a copy that has one more kind of page, and beside it what `stage` writes."""
    folder = tmp_path_factory.mktemp("soort")
    copy = working_copy(folder / "kopie", PARTS)
    shutil.copytree(SITE, copy / "content")
    library = copy / "src" / "kennisplatform" / "site"
    (library / "nieuws.py").write_text(MODULE, encoding="utf-8")
    (copy / "overrides" / "nieuws.html").write_text(TEMPLATE, encoding="utf-8")
    kinds = (library / "site.py").read_text(encoding="utf-8")
    named = "from kennisplatform.site.nieuws import news_page\n"
    kinds = re.sub(r"^(?=from kennisplatform\.site\.pages)", named, kinds, flags=re.MULTILINE)
    kinds = kinds.replace("KINDS = (\n", "KINDS = (\n    news_page,\n")
    (library / "site.py").write_text(kinds, encoding="utf-8")
    settings = {"PYTHONPATH": str(copy / "src"), "SITE_URL": SUB_PATH, "SOURCE_DATE_EPOCH": EPOCH}
    for command in (
        ["mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")],
        ["kennisplatform", "stage", str(folder / "gewoon")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=copy,
            env=environment(**settings),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_new_kind_of_page_is_shown_found_and_told_to_machines(made: Path) -> None:
    site, newest = made / "site", platform_of(SITE).nieuwste
    page = read(site / "nieuws" / "index.html")
    assert page.texts["h1"] == ["Nieuws"]
    assert [card["data-slug"] for card in page.all("article")] == [p.slug for p in newest]
    assert page.all("meta")[0]["content"].startswith("default-src 'none'")
    text = (site / "nieuws" / "index.html").read_text(encoding="utf-8")
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    node, way = json.loads(said)["@graph"]
    changed = max(p.velden.laatst_gecontroleerd for p in newest).isoformat()
    assert (node["@type"], node["name"], node["dateModified"]) == (
        "CollectionPage",
        "Nieuws",
        changed,
    )
    assert len(way["itemListElement"]) == 2
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{SUB_PATH}nieuws/</loc><lastmod>{changed}</lastmod>" in sitemap
    cards = [
        card
        for file in (site / "zoek" / "k").glob("*.json")
        for card in json.loads(file.read_text(encoding="utf-8"))
    ]
    assert [card["v"] for card in cards if card["a"] == "nieuws/"] == [
        "Kersvers, met een kwinkslag."
    ]
    terms = "".join(file.read_text(encoding="utf-8") for file in (site / "zoek" / "t").iterdir())
    assert '"kwinkslag"' in terms


def test_a_new_kind_of_page_is_staged_with_what_it_shows(made: Path) -> None:
    data = json.loads((made / "gewoon" / "nieuws" / "index.json").read_text(encoding="utf-8"))
    assert data["verwijzingen"] == [
        {"soort": "Pagina’s", "titel": p.titel, "adres": p.adres}
        for p in platform_of(SITE).nieuwste
    ]


def test_a_hand_written_page_leads_on_from_its_own_address(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    targets = {
        "../over.md#kop": "../../over/#kop",
        "../index.md": "../../",
        "../praktijken/index.md": "../../praktijken/",
        "../assets/icoon.svg": "../../assets/icoon.svg",
        "ander.md": "../ander/",
        "#kop": "#kop",
        "https://voorbeeld.example/a.md": "https://voorbeeld.example/a.md",
    }
    links = "\n".join(f"- [naar {n}]({target})" for n, target in enumerate(targets))
    text = f"---\ndescription: Meer.\n---\n\n# Deel\n\n{links}\n"
    (tmp_path / "map" / "deel.md").write_text(text, encoding="utf-8")
    (page,) = written_pages(tmp_path, platform_of(SITE))
    assert (page.adres, page.titel, page.bron) == ("map/deel/", "Deel", "docs/map/deel.md")
    assert page.omschrijving == "Meer."
    assert isinstance(page.inhoud, Geschreven)
    assert re.findall(r'href="([^"]*)"', page.inhoud.html) == list(targets.values())


def test_the_recipe_names_every_file_that_is_touched() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"^\*\*a page kind.*$", text, re.MULTILINE)
    for named in ("A module in `site/`", "`KINDS` of `site/site.py`", "a template in `overrides/`"):
        assert named in recipe
