"""Measure how long it takes from saving a file to seeing it, by itself, in the browser that is
open; how soon the first page is there after scripts/serve starts; and how long scripts/check of one
changed page takes.

    scripts/bench serveren [--pages N …] [--rounds N]

Serves a copy of the project and edits it as an editor does: with the real content, or with as many
invented pages as --pages says (0 is the real content). Seconds are those of the clock; processor
seconds are those of the command and all it starts.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median

from make_corpus import maak
from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright
from processes import Run, processor_time, timed
from zoeken import CHROMIUM_FLAGS

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("docs", "hooks", "overrides", "redactie", "scripts", "src", "mkdocs.yml", ".vscode")
LOCKS = ("requirements.lock", "requirements-dev.lock")
"""By these scripts see that the environment is the right one."""
SETTINGS = {"KENNISPLATFORM_REDACTIE": ""}
PATIENCE = 300
"""Seconds that a change may take to be shown."""
PAGE = """---
titel: Proefpagina 0
samenvatting: Samenvatting 0.
aandachtsveld: [Beter betrokken inwoners]
gemeente: [Utrecht]
datum: 2026-11-01
---

Tekst 0. ![Vlak](../afbeeldingen/proef.png)
"""
Edit = tuple[str, str, Callable[[int], object], str, Callable[[int], object]]
"""What is edited, the page on which it shows, how it is edited in a round, and the script that sees
what value then.
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/bench serveren",
        description="Meet hoe lang het duurt tot een wijziging in de browser staat, tot de eerste "
        "pagina er is, en tot één gewijzigde pagina is nagekeken.",
    )
    parser.add_argument(
        "--pages",
        type=int,
        nargs="+",
        default=[0],
        metavar="N",
        help="aantal verzonnen pagina’s, een of meer getallen; 0 is de echte inhoud (anders: 0)",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=5,
        metavar="N",
        help="aantal keren per soort wijziging (anders: 5)",
    )
    arguments = parser.parse_args()
    print("| pages | what | seconds, median | worst | processor seconds |")
    print("| ---: | --- | ---: | ---: | ---: |", flush=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=list(CHROMIUM_FLAGS),
        )
        for pages in arguments.pages:
            with tempfile.TemporaryDirectory() as folder:
                project = copied(Path(folder), pages)
                measure(chromium, project, pages or "real", arguments.rounds)


def measure(chromium: Browser, project: Path, pages: int | str, rounds: int) -> None:
    """Print a line for each thing that somebody waits for."""

    def tell(name: str, runs: list[Run]) -> None:
        seconds, processor = ([run.seconds for run in runs], [run.processor for run in runs])
        print(
            f"| {pages} | {name} | {median(seconds):.2f} | {max(seconds):.2f} | "
            f"{median(processor):.2f} |",
            flush=True,
        )

    tell("first page after the start, nothing kept", [start(project)])
    tell("first page after the start", [start(project) for _ in range(rounds)])
    with serving(project) as (address, process), chromium.new_context() as context:
        for edit in edits(project):
            tell(edit[0], seen(edit, address, context.new_page(), process.pid, rounds))
    tell("`scripts/check` of one changed page", list(checks(project, rounds)))


def copied(folder: Path, pages: int) -> Path:
    """Make a working copy of the project with its own content or with invented pages."""
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    for name in LOCKS:
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    if pages:
        maak(pages, folder / "content", seed="1", platform=True)
        shutil.copytree(
            ROOT / "content" / "vocabulary", folder / "content" / "vocabulary", dirs_exist_ok=True
        )
    else:
        shutil.copytree(ROOT / "content", folder / "content")
    (folder / "content" / "afbeeldingen").mkdir(exist_ok=True)
    Image.new("RGB", (10, 10), "red").save(folder / "content" / "afbeeldingen" / "proef.png")
    (folder / "content" / "practices" / "proefpagina.md").write_text(PAGE, encoding="utf-8")
    return folder


@contextmanager
def serving(project: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the project, from when its first page is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: list[str | Path] = [project / "scripts" / "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(
        command,
        cwd=project,
        env=os.environ | SETTINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            until(lambda: b"</html>" in urllib.request.urlopen(address, timeout=PATIENCE).read())
            yield address, process
        finally:
            process.terminate()


def start(project: Path) -> Run:
    """Serve until the first page is there."""
    begin = time.perf_counter()
    with serving(project) as (_, process):
        return Run(time.perf_counter() - begin, processor_time(process.pid))


def checks(project: Path, rounds: int) -> Iterator[Run]:
    """Check one page, each time after another edit; the first fills what is kept."""
    _, _, change, *_ = next(edits(project))
    command: list[str | Path] = [project / "scripts" / "check", "content/practices/proefpagina.md"]
    timed(command, SETTINGS, project)
    for number in range(1, rounds + 1):
        change(number)
        yield timed(command, SETTINGS, project)


def edits(project: Path) -> Iterator[Edit]:
    page = project / "content" / "practices" / "proefpagina.md"
    names = project / "content" / "vocabulary" / "aandachtsvelden.yml"
    style, template = (
        project / "docs" / "assets" / "css" / "site.css",
        project / "overrides" / "pagina.html",
    )
    image = project / "content" / "afbeeldingen" / "proef.png"
    where = "praktijken/proefpagina/"

    def rewrite(file: Path, expression: str, text: str) -> Callable[[int], object]:
        return lambda n: file.write_text(
            re.sub(expression, text.format(n=n), file.read_text(encoding="utf-8"), count=1),
            encoding="utf-8",
        )

    yield (
        "text",
        where,
        rewrite(page, r"Tekst \d+\.", "Tekst {n}."),
        "document.body.innerText.match(/Tekst (\\d+)/)[1]",
        str,
    )
    yield (
        "front matter",
        where,
        rewrite(page, r"titel: .*", "titel: Proefpagina {n}"),
        "document.querySelector('h1').innerText",
        "Proefpagina {}".format,
    )
    yield (
        "vocabulary",
        "aandachtsvelden/",
        rewrite(names, r"kort: .*", "kort: Uitleg {n}."),
        "document.body.innerText.match(/Uitleg (\\d+)/)?.[1]",
        str,
    )
    yield (
        "template",
        where,
        rewrite(
            template, r"(?<={% block inhoud %})(<p data-proef>\d+</p>)?", "<p data-proef>{n}</p>"
        ),
        "document.querySelector('[data-proef]')?.innerText",
        str,
    )
    yield (
        "style",
        where,
        rewrite(style, r"(\nh1 {{ z-index: \d+; }}\n)?\Z", "\nh1 {{ z-index: {n}; }}\n"),
        "getComputedStyle(document.querySelector('h1')).zIndex",
        str,
    )
    yield (
        "image",
        where,
        lambda n: Image.new("RGB", (10 + n, 10), "blue").save(image),
        "document.querySelector('main img[alt=Vlak]').naturalWidth",
        lambda n: 10 + n,
    )
    yield (
        "hand-written page",
        "over/",
        rewrite(project / "docs" / "over.md", r"(\nRegel \d+\.\n)?\Z", "\nRegel {n}.\n"),
        "document.body.innerText.match(/Regel (\\d+)/)[1]",
        str,
    )


def shows(tab: Page, sees: str, value: object) -> bool:
    return bool(tab.evaluate(sees) == value)


def seen(edit: Edit, address: str, tab: Page, pid: int, rounds: int) -> list[Run]:
    """Edit and wait until it shows, each time anew."""
    _, where, change, sees, value = edit
    tab.goto(f"{address}{where}")
    runs = []
    for number in range(1, rounds + 1):
        time.sleep(1)
        begin, used = time.perf_counter(), processor_time(pid)
        change(number)
        until(partial(shows, tab, sees, value(number)))
        seconds = time.perf_counter() - begin
        time.sleep(1)  # what comes after the page is shown counts as well
        runs.append(Run(seconds, processor_time(pid) - used))
    tab.close()
    return runs


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(
            Error, OSError
        ):  # the page is being loaded anew, or the server is not there yet
            if happened():
                return
        time.sleep(0.02)
    sys.exit("a change did not show")


if __name__ == "__main__":
    main()
