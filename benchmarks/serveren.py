"""Measure how long it takes from saving a file to seeing it, by itself, in the browser that is
open.

    scripts/bench serveren [--pages N …] [--rounds N]

Serves a copy of the project and edits it as an editor does. Without --pages with the real content,
else with as many invented pages. Seconds are those of the clock; the processor time is that of the
server and all it starts.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from make_corpus import maak
from PIL import Image
from playwright.sync_api import Error, Page, sync_playwright
from zoeken import CHROMIUM_FLAGS

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("docs", "hooks", "overrides", "redactie", "scripts", "src", "mkdocs.yml", ".vscode")
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
        description="Meet hoe lang het duurt tot een wijziging in de browser staat.",
    )
    parser.add_argument(
        "--pages",
        type=int,
        nargs="+",
        default=[0],
        metavar="N",
        help="aantal verzonnen pagina’s (anders: de echte inhoud)",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=5,
        metavar="N",
        help="aantal keren per soort wijziging (anders: 5)",
    )
    arguments = parser.parse_args()
    print("| pages | edited | seconds, median | worst | processor seconds |")
    print("| ---: | --- | ---: | ---: | ---: |", flush=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=list(CHROMIUM_FLAGS),
        )
        for pages in arguments.pages:
            with tempfile.TemporaryDirectory() as folder:
                project = copied(Path(folder), pages)
                with serving(project) as (address, process), chromium.new_context() as context:
                    for edit in edits(project):
                        print(
                            row(
                                pages, edit, address, context.new_page(), process, arguments.rounds
                            ),
                            flush=True,
                        )


def copied(folder: Path, pages: int) -> Path:
    """Make a working copy of the project with its own content or with invented pages."""
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, "PYTHONPATH": str(project / "src"), "KENNISPLATFORM_REDACTIE": ""}
    command: list[str | Path] = [
        sys.executable,
        project / "scripts" / "serve.py",
        "--port",
        str(port),
    ]
    address = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(
        command, cwd=project, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            until(lambda: urllib.request.urlopen(address, timeout=PATIENCE).close() is None)
            yield address, process
        finally:
            process.terminate()


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


def row(
    pages: int, edit: Edit, address: str, tab: Page, process: subprocess.Popen[bytes], rounds: int
) -> str:
    name, where, change, sees, value = edit
    tab.goto(f"{address}{where}")
    seconds, processor = [], []
    for number in range(1, rounds + 1):
        time.sleep(1)
        start, used = time.perf_counter(), processor_time(process.pid)
        change(number)
        until(partial(shows, tab, sees, value(number)))
        seconds.append(time.perf_counter() - start)
        time.sleep(1)  # what comes after the page is shown counts as well
        processor.append(processor_time(process.pid) - used)
    tab.close()
    return (
        f"| {pages or 'real'} | {name} | {statistics.median(seconds):.2f} | {max(seconds):.2f} | "
        f"{statistics.median(processor):.2f} |"
    )


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


def processor_time(pid: int) -> float:
    """Give the seconds of processor time of a process and all that came of it (Linux, proc(5))."""
    used: dict[int, tuple[int, float]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = file.read_text(encoding="utf-8").rpartition(")")[2].split()
            used[int(file.parent.name)] = (
                int(fields[1]),
                sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"),
            )
    family = {pid}
    while more := {child for child, (parent, _) in used.items() if parent in family} - family:
        family |= more
    return sum(used[member][1] for member in family if member in used)


if __name__ == "__main__":
    main()
