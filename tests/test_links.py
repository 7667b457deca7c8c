"""Try links against a server that answers in every way a site does."""

from __future__ import annotations

import datetime
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
import requests

import links
from building import ROOT, SITE, environment, pages
from kennisplatform.content.load import load_library

STATUSES = {
    "/goed": 200,
    "/weg": 404,
    "/voorbij": 410,
    "/verhuisd": 301,
    "/omweg": 302,
    "/rond": 302,
    "/ftp": 302,
    "/bestand": 301,
    "/zonder-kop": 405,
    "/druk": 429,
    "/dicht": 403,
    "/storing": 503,
    "/traag": 200,
}
TARGETS = {
    "/verhuisd": "/goed",
    "/omweg": "/goed",
    "/rond": "/rond",
    "/ftp": "ftp://127.0.0.1/goed",
    "/bestand": "file:///etc/hostname",
}
OUTCOMES = {
    "/goed": "goed",
    "/weg": "dood",
    "/voorbij": "dood",
    "/verhuisd": "verhuisd",
    "/omweg": "goed",
    "/rond": "dood",
    "/ftp": "dood",
    "/bestand": "dood",
    "/zonder-kop": "goed",
    "/druk": "onzeker",
    "/dicht": "onzeker",
    "/storing": "onzeker",
}


class Site(ThreadingHTTPServer):
    """A site that remembers what it was asked: method, path and the version the asker has."""

    asked: list[tuple[str, str, str | None]]
    stop: Event

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def answer(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["If-None-Match"]))
        if self.path == "/traag":
            self.server.stop.wait()
        status = 200 if (self.command, self.path) == ("GET", "/zonder-kop") else STATUSES[self.path]
        self.send_response(304 if self.headers["If-None-Match"] == '"1"' else status)
        if self.path in TARGETS:
            self.send_header("Location", TARGETS[self.path])
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, format: str, *args: object) -> None:
        """Be silent: the tests say what goes wrong."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(("127.0.0.1", 0), Handler) as http:
        http.asked, http.stop = [], Event()
        Thread(target=http.serve_forever, daemon=True).start()
        yield http
        http.stop.set()
        http.shutdown()


def try_paths(site: Site, session: requests.Session, *paths: str) -> dict[str, str]:
    found = links.try_all([site.address + p for p in paths], session, pause=0)
    return {address.removeprefix(site.address): outcome.stand for address, outcome in found.items()}


def test_every_answer_is_understood(site: Site) -> None:
    assert try_paths(site, requests.Session(), *OUTCOMES) == OUTCOMES


def test_a_site_that_does_not_answer_is_not_waited_for(site: Site) -> None:
    address = f"{site.address}/traag"
    assert links.try_all([address], requests.Session(), pause=0, patience=(5, 0.2))[
        address
    ] == links.Outcome("onzeker", "de site gaf niet op tijd antwoord")


def test_the_page_itself_is_only_asked_for_when_its_head_gave_no_answer(site: Site) -> None:
    try_paths(site, requests.Session(), "/goed", "/zonder-kop", "/druk")
    assert [asked[:2] for asked in site.asked] == [
        ("HEAD", "/druk"),
        ("HEAD", "/goed"),
        ("HEAD", "/zonder-kop"),
        ("GET", "/zonder-kop"),
    ]


def test_a_site_that_is_not_there_is_dead() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert links.try_all([address], requests.Session(), pause=0)[address].stand == "dood"


def test_what_was_fine_lately_is_not_tried_again_and_later_only_whether_it_changed(
    site: Site, tmp_path: Path
) -> None:
    with links.new_session(tmp_path / "cache.sqlite") as session:
        for _ in range(2):
            assert try_paths(site, session, "/goed", "/weg") == {"/goed": "goed", "/weg": "dood"}
    assert [path for _, path, _ in site.asked].count("/goed") == 1
    assert [path for _, path, _ in site.asked].count("/weg") == 4
    with links.new_session(tmp_path / "cache.sqlite") as later:
        later.cache.reset_expiration(datetime.timedelta(seconds=-1))
        site.asked.clear()
        assert try_paths(site, later, "/goed") == {"/goed": "goed"}
    assert site.asked == [("HEAD", "/goed", '"1"')]


PAGE = """---
titel: Een dag
samenvatting: Een korte uitleg.
aandachtsveld: [Buurten aan zet]
datum: 2026-03-09
bronnen:
  - {titel: Zonder adres}
  - titel: Met adres
    url: https://bron.invalid/a
aanmelden: https://meld.invalid/
documenten: [{titel: Folder, url: "https://folder.invalid/a.pdf"}]
---
Zie [dit](https://tekst.invalid/x#kop) en
[dat](https://bron.invalid/a), of [mail](mailto:info@example.org).
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return pages(tmp_path / "content", {"events/dag.md": PAGE})


def test_the_addresses_of_a_page_are_found_with_their_lines(content: Path) -> None:
    library = load_library(content, "content", SITE)
    assert links.outside_links(library, content, "content") == {
        "https://bron.invalid/a": ["content/events/dag.md:9", "content/events/dag.md:14"],
        "https://folder.invalid/a.pdf": ["content/events/dag.md:11"],
        "https://meld.invalid/": ["content/events/dag.md:10"],
        "https://tekst.invalid/x#kop": ["content/events/dag.md:13"],
    }


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "links.py", *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
    )


def test_the_report_names_file_and_line_and_dead_links_stop_nothing(
    content: Path, tmp_path: Path
) -> None:
    """Names under .invalid lead nowhere, by RFC 2606."""
    done = run(
        "--content", "content", "--report", "verslag.md", "--cache", "links.sqlite", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    report = (tmp_path / "verslag.md").read_text(encoding="utf-8")
    assert "## Werkt niet meer (4)" in report
    assert (
        "- <https://bron.invalid/a>: de site is niet te bereiken\n  - `content/events/dag.md:9`\n "
        " - `content/events/dag.md:14`\n" in report
    )


OLD = PAGE.replace("2026-03-09", "2015-03-09")


def test_what_needs_a_look_is_listed_by_organisation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages that were not checked for two years, and addresses that do not work."""
    texts = {
        "events/oud.md": OLD.replace("datum:", "organisatie: [BSD, Groene Kring]\ndatum:"),
        "events/van-niemand.md": OLD,
        "events/van-een.md": OLD.replace("datum:", "gemeente: [Esdorp]\ndatum:"),
        "events/nieuw.md": PAGE.replace(
            "2026-03-09", str(datetime.datetime.now(datetime.UTC).date())
        ).replace("datum:", "organisatie: [BSD]\ndatum:"),
    }
    pages(tmp_path / "content", texts)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["scripts/links", "--content", "content"])
    assert links.main() == 0
    told = capsys.readouterr().out.partition("## Per organisatie")[2]
    heads = re.findall(r"^### ([^(\n]+?)(?: \(.*)?$", told, re.MULTILINE)
    assert heads == ["BSD", "Esdorp", "Groene Kring", "Zonder organisatie"]
    by_head = {part.split("\n")[0].split(" (")[0]: part for part in told.split("### ")[1:]}
    old = "`content/events/oud.md:6`: deze pagina is voor het laatst gecontroleerd op 9 maart 2015."
    assert old in by_head["BSD"] and old in by_head["Groene Kring"]
    dead = "het adres <https://meld.invalid/> werkt niet meer: de site is niet te bereiken."
    assert all(dead in part for part in by_head.values())
    assert "nieuw.md" in by_head["BSD"]
    assert not re.search(r"nieuw.md:\d+`: deze pagina", told)
    assert "oud.md" not in by_head["Zonder organisatie"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--content", "er-is-niets"],
        ["--onbekend"],
        ["--content", "content", "--report", "er-is-niets/verslag.md"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(
    arguments: list[str],
    content: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["scripts/links", *arguments])
    try:
        status = links.main()
    except SystemExit as stopped:
        status = int(str(stopped.code))
    assert status == 2
    assert capsys.readouterr().err
