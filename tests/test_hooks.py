"""Run the hooks inside MkDocs, on the project's own configuration and a small folder of content."""

from __future__ import annotations

import gc
import json
import logging
import re
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from building import ROOT, SETTINGS, SITE, environment, files, pages, platform_of, read
from kennisplatform.content.docs import read_docs
from kennisplatform.site.geschreven import Geschreven, written_pages

Configure = Callable[..., MkDocsConfig]
NASTY = """Ideeën & "plannen" < 'hier' {{ 7 * 7 }}"""
SUMMARY = """Beknopt & "goed" < 'alles' {% raw %}"""
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
PAGE = """---
titel: {titel}
samenvatting: {samenvatting}
aandachtsveld: [Buurten aan zet]
datum: 2026-03-09
gemeente: [Zaalbeek]
trefwoorden: [proef, water]
---

## Aanleiding

Tekst.
"""
BROKEN = PAGE.format(titel="Stuk", samenvatting="Kort.").replace(
    "Buurten aan zet", "Buurten aan zee"
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A practice with every sign that must be escaped, the newest, and one that is related to
    it.
    """
    signs = PAGE.format(titel=NASTY, samenvatting=SUMMARY).replace(
        "datum: 2026-03-09", "gerelateerd: [gewoon]\ndatum: 2026-03-10"
    )
    return pages(
        tmp_path / "content",
        {
            "practices/tekens.md": signs,
            "practices/gewoon.md": PAGE.format(titel="Gewoon", samenvatting="Kort."),
        },
    )


@pytest.fixture
def configure(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Give a function that loads mkdocs.yml anew, as each build in `mkdocs serve` does."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KENNISPLATFORM_CONTENT", str(content))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773014400")
    return lambda **options: load_config(
        str(ROOT / "mkdocs.yml"), **{"site_dir": str(tmp_path / "site"), **options}
    )


def serving(config: MkDocsConfig) -> MkDocsConfig:
    """Build as MkDocs does when it serves."""
    config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"
    try:
        build(config, serve_url=config.site_url)
    finally:
        config.plugins.on_startup(command="build", dirty=False)
    return config


def looks() -> list[threading.Timer]:
    """Give what will look for garbage."""
    timers = (timer for timer in threading.enumerate() if isinstance(timer, threading.Timer))
    return [timer for timer in timers if not timer.finished.is_set()]


def test_two_builds_in_one_process_are_equal_and_independent(
    configure: Configure, content: Path, tmp_path: Path
) -> None:
    build(configure())
    first = files(tmp_path / "site")
    other = content / "practices" / "later.md"
    other.write_text(PAGE.format(titel="Later", samenvatting="Kort."), encoding="utf-8")
    build(configure())
    assert (tmp_path / "site" / "praktijken" / "later" / "index.html").is_file()
    other.unlink()
    build(configure())
    assert files(tmp_path / "site") == first


def test_what_is_asked_for_while_serving_is_what_a_build_writes(
    configure: Configure, tmp_path: Path
) -> None:
    build(configure())
    whole, folder = files(tmp_path / "site"), tmp_path / "gevraagd"
    config = serving(configure(site_dir=str(folder)))
    assert not (folder / "index.html").exists() and not (folder / "zoek").exists()
    for address in ("", "over", "privacy/"):
        config.extra["gemaakt"].lay_ready(address, folder)
    assert {"index.html", "over/index.html", "privacy/index.html"} <= files(folder).keys()
    assert not any("content" in vars(page) for page in config.extra["bladen"])  # nor made
    for address in whole:
        config.extra["gemaakt"].lay_ready(address, folder)
    for address in ("bestaat-niet/", "praktijken/bestaat-niet.json", "zoek/../../x"):
        config.extra["gemaakt"].lay_ready(address, folder)
    assert files(folder) == whole


def test_what_is_asked_for_after_edits_is_what_another_process_builds(
    configure: Configure, content: Path, tmp_path: Path
) -> None:
    """Nothing that is kept from one save to the next shows."""
    page, names = content / "practices" / "gewoon.md", content / "vocabulary" / "pijlers.yml"
    edits: list[Callable[[], object]] = [
        lambda: None,
        lambda: page.write_text(
            PAGE.format(titel="Anders", samenvatting="Kort.") + "\nErbij.\n", encoding="utf-8"
        ),
        lambda: names.write_text(
            names.read_text(encoding="utf-8").replace("kort: ", "kort: Nu ", 1), encoding="utf-8"
        ),
        lambda: page.rename(page.with_name("later.md")),
        lambda: (content / "practices" / "tekens.md").unlink(),
    ]
    for number, edit in enumerate(edits):
        edit()
        config = serving(configure(site_dir=str(tmp_path / str(number)), strict=False))
        for address in ("praktijken/gewoon/", "pijlers/", "praktijken/", "zoek/manifest.json"):
            config.extra["gemaakt"].lay_ready(address, Path(config.site_dir))
    settings = {"KENNISPLATFORM_CONTENT": str(content), "SOURCE_DATE_EPOCH": "1773014400"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml")]
    subprocess.run(
        [*command, "-d", str(tmp_path / "site")], env=environment(**settings), check=True
    )
    whole, served = files(tmp_path / "site"), Path(config.site_dir)
    for address in whole:
        config.extra["gemaakt"].lay_ready(address, served)
    assert files(served) == whole


def test_what_builds_of_before_left_goes_when_nobody_saves(
    configure: Configure,
) -> None:
    """What one knew hangs together in circles, so it stays until garbage is looked for."""
    before = weakref.ref(serving(configure()).extra["platform"])
    serving(configure())
    (look,) = looks()
    look.cancel()
    assert before() is not None
    look.function()
    assert before() is None


def test_who_goes_on_saving_does_not_fill_the_memory(configure: Configure) -> None:
    came = {look for _ in range(15) if serving(configure()) for look in looks()}
    (last,) = looks()
    last.cancel()
    assert 1 < len(came) < 15, "each save puts it off, but the last ones do not"
    last.function()


def test_after_a_build_that_fails_garbage_is_looked_for_too(
    configure: Configure, content: Path
) -> None:
    serving(configure())
    (before,) = looks()
    (content / "practices" / "stuk.md").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(Abort):
        serving(configure(strict=True))
    (after,) = looks()
    after.cancel()
    assert after is not before
    after.function()


def test_what_systems_leave_in_docs_is_not_published(configure: Configure, tmp_path: Path) -> None:
    """It is not checked either, so it could be anything."""
    docs = copytree(ROOT / "docs", tmp_path / "docs")
    for name in (
        "Thumbs.db",
        "over.md~",
        "__MACOSX/index.html",
        "assets/~$a.html",
        "assets/js/#a.js#",
        "assets/@eaDir/a.js",
    ):
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text("x", encoding="utf-8")
    build(configure(docs_dir=str(docs)))
    published = files(tmp_path / "site")
    assert "over/index.html" in published and "assets/js/site.js" in published
    assert [name for name, text in published.items() if text == b"x"] == []


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
    (page,) = written_pages(read_docs(tmp_path, "docs"), platform_of(SITE))
    assert (page.address, page.titel, page.source) == ("map/deel/", "Deel", "docs/map/deel.md")
    assert page.omschrijving == "Meer."
    assert isinstance(page.content, Geschreven)
    assert re.findall(r'href="([^"]*)"', page.content.html) == list(targets.values())


def test_an_error_stops_a_strict_build_before_it_touches_the_site(
    configure: Configure, content: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(configure())
    before = files(tmp_path / "site")
    (content / "practices" / "stuk.md").write_text(BROKEN, encoding="utf-8")
    (content / "los.html").write_text("x", encoding="utf-8")
    with caplog.at_level(logging.ERROR, "mkdocs"), pytest.raises(Abort):
        build(configure(strict=True))
    assert gc.isenabled()
    assert files(tmp_path / "site") == before
    said = [record.getMessage() for record in caplog.records]
    for part in (
        "practices/stuk.md:4: fout: aandachtsveld ‘Buurten aan zee’ bestaat niet.",
        "los.html:1: fout:",
        "2 fouten in 2 bestanden",
    ):
        assert any(part in message for message in said), said


def test_a_page_that_is_broken_while_serving_shows_its_findings(
    configure: Configure, content: Path, tmp_path: Path
) -> None:
    (content / "practices" / "stuk.md").write_text(BROKEN, encoding="utf-8")
    build(configure(strict=False))
    shown = (tmp_path / "site" / "praktijken" / "stuk" / "index.html").read_text(encoding="utf-8")
    assert (
        "practices/stuk.md:4</code> aandachtsveld ‘Buurten aan zee’ bestaat niet. Bedoeld: "
        "‘Buurten aan zet’?" in shown
    )
    assert (tmp_path / "site" / "praktijken" / "gewoon" / "index.html").is_file()
    assert "stuk/" not in (tmp_path / "site" / "praktijken" / "index.html").read_text(
        encoding="utf-8"
    )


def test_a_draft_is_shown_only_when_asked_for(
    configure: Configure, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = PAGE.format(titel="Concept", samenvatting="Kort.").replace(
        "datum:", "concept: ja\ndatum:"
    )
    (content / "practices" / "wacht-nog-even.md").write_text(draft, encoding="utf-8")
    build(configure())
    assert not any(b"wacht-nog-even" in data for data in files(tmp_path / "site").values())
    monkeypatch.setenv("KENNISPLATFORM_CONCEPTEN", "ja")
    build(configure(site_dir=str(tmp_path / "met")))
    assert "Concept: nog niet gepubliceerd" in (
        tmp_path / "met" / "praktijken" / "wacht-nog-even" / "index.html"
    ).read_text(encoding="utf-8")


def test_every_sign_is_escaped_on_every_page_that_shows_it(
    configure: Configure, tmp_path: Path
) -> None:
    build(configure())
    site = tmp_path / "site"
    page = read(site / "praktijken" / "tekens" / "index.html")
    assert page.texts["h1"] == [NASTY]
    assert page.texts["title"][0].startswith(NASTY)
    assert {"name": "description", "content": SUMMARY} in page.all("meta")
    showing = {
        file.parent.relative_to(site).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(site.rglob("*.html"))
    }
    showing = {address: shown for address, shown in showing.items() if "Ideeën" in shown}
    assert {
        "praktijken/tekens",
        "praktijken/gewoon",
        "praktijken",
        "gemeenten/zaalbeek",
        "onderwerpen/water",
        "zoeken",
        ".",
    } <= showing.keys()
    for address, shown in showing.items():
        markup = LINKED_DATA.sub("", shown)
        for word, text in (("Ideeën", NASTY), ("Beknopt", SUMMARY)):
            assert markup.count(word) == markup.count(escape(text)), address
    (said,) = LINKED_DATA.findall(showing["praktijken/tekens"])
    assert "<" not in said
    node = json.loads(said)["@graph"][0]
    assert (node["name"], node["description"]) == (NASTY, SUMMARY)


def test_content_without_topics_builds_too(
    configure: Configure, content: Path, tmp_path: Path
) -> None:
    for page in (content / "practices").iterdir():
        page.write_text(
            page.read_text(encoding="utf-8").replace("trefwoorden: [proef, water]\n", ""),
            encoding="utf-8",
        )
    build(configure())
    assert (tmp_path / "site" / "onderwerpen" / "index.html").is_file()


def test_empty_content_builds_too(configure: Configure, content: Path, tmp_path: Path) -> None:
    for page in (content / "practices").iterdir():
        page.unlink()
    build(configure())
    assert (tmp_path / "site" / "praktijken" / "index.html").is_file()
