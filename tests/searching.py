"""Make search indexes for tests, and ask them with the site's own JavaScript in node."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from lunr.builder import Builder

import node as packages
from building import FROZEN, ROOT
from kennisplatform.content.docs import read_docs
from kennisplatform.content.kept import Kept
from kennisplatform.loading import load_platform
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.site import SearchDocument
from kennisplatform.publish.export import record_files
from kennisplatform.search.files import search_files
from kennisplatform.search.index import Index, own_words, weight
from kennisplatform.search.learned import Learned
from kennisplatform.search.weights import BOOSTS, B
from kennisplatform.site.geschreven import written_pages
from kennisplatform.site.pages import documents
from kennisplatform.site.site import site_pages

HERE = ROOT / "tests" / "search"
NOTHING = Kept(None, HERE)
"""Nothing is known of before."""


def load(content: Path) -> Platform:
    return load_platform(content, str(content), Settings(), datetime.date(2026, 1, 1), FROZEN)


def documents_of(platform: Platform) -> list[SearchDocument]:
    """Give what search knows of every page, as the site lists them."""
    return list(
        documents(
            (*site_pages(platform), *written_pages(read_docs(ROOT / "docs", "docs"), platform))
        )
    )


def index_of(platform: Platform, docs: list[SearchDocument]) -> Index:
    own = own_words(platform.vocabulary, (p.titel for p in platform.library.pages))
    learned = Learned(NOTHING, platform.vocabulary, own)
    return Index(platform.vocabulary, own, learned, dict(enumerate(docs)))


def write(docs: list[SearchDocument], platform: Platform, folder: Path) -> Path:
    """Write what the browser loads; give the folder with the manifest."""
    records = chain.from_iterable(map(record_files, site_pages(platform)))
    for file in chain(search_files(docs, platform, NOTHING), records):
        target = folder / file.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    return folder / "zoek"


def questions(file: str = "vragen.tsv") -> list[tuple[str, str, dict[str, int]]]:
    """Give type, question and grades by slug."""
    rows = [line.split("\t") for line in (HERE / file).read_text(encoding="utf-8").splitlines()[1:]]
    return [
        (
            kind,
            question,
            {s.rpartition(":")[0]: int(s.rpartition(":")[2]) for s in judgments.split()},
        )
        for _, kind, question, judgments in rows
    ]


def builder_of(index: Index, docs: list[SearchDocument]) -> Builder:
    """Fill lunr.py's own builder with the terms of the same documents."""
    builder = Builder()
    builder.ref("nummer")
    builder.b(B)
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    for number, document in enumerate(docs):
        terms = {
            name: [*Counter(found).elements()] for name, found in index.terms(document).items()
        }
        builder.add({"nummer": number} | terms, {"boost": weight(document)})
    return builder


class Node:
    """The JavaScript of the site, in a process that answers one question after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, doe: str, **task: object) -> Any:
        """Let zoek.mjs do a thing; an exception there is one here."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"doe": doe} | task, default=str) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "node has ended"
        answer = json.loads(line)
        assert "fout" not in answer, answer["fout"]
        return answer["uit"]


@contextmanager
def node() -> Iterator[Node]:
    """Start node on the site's own modules, with lunr from npm."""
    packages.install()
    with subprocess.Popen(
        ["node", HERE / "zoek.mjs"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield Node(process)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(10)
