"""Measure scripts/build, from nothing and after one edit, against plain mkdocs-material with
search, on the same invented pages.

    scripts/bench [--pages N …] [--runs N]

The two take turns in one run, so that whatever else the machine does falls on both. Seconds
are those of the whole command; memory is the largest resident set of any of its processes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from make_corpus import maak

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    seconds: float
    mebibytes: float


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Meet hoe lang bouwen duurt, naast kale mkdocs-material met dezelfde pagina’s.",
    )
    parser.add_argument(
        "--pages",
        type=int,
        nargs="+",
        default=[1000],
        metavar="N",
        help="aantal pagina’s, een of meer getallen (anders: 1000)",
    )
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="aantal keren per bouwer (anders: 3)"
    )
    arguments = parser.parse_args()
    print(
        "| pages | platform (s) | after one edit (s) | material (s) | ratio | ratio after one edit "
        "| platform (MiB) | material (MiB) |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for pages in arguments.pages:
        with tempfile.TemporaryDirectory() as folder:
            print(row(pages, *measure(pages, arguments.runs, Path(folder))), flush=True)


def measure(pages: int, runs: int, folder: Path) -> tuple[list[Run], list[Run], list[Run]]:
    """Build the same pages in turn, each time into the same place: ours from nothing, ours after
    one edit, theirs.
    """
    content, docs = folder / "content", folder / "docs"
    maak(pages, content, seed="1", platform=True)
    maak(pages, docs, seed="1", platform=True)
    (docs / "index.md").write_text("# Meting\n\nDe pagina’s van de meting.\n", encoding="utf-8")
    platform = [
        str(ROOT / "scripts" / "build"),
        "--content",
        str(content),
        "--output",
        str(folder / "platform"),
    ]
    material = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "-f",
        str(ROOT / "benchmarks" / "material" / "mkdocs.yml"),
        "-d",
        str(folder / "material"),
    ]
    one = sorted((content / "practices").iterdir())[0]
    ours: list[Run] = []
    edited: list[Run] = []
    theirs: list[Run] = []
    for number in range(1, runs + 1):
        shutil.rmtree(ROOT / ".cache", ignore_errors=True)
        for name, command, results in (
            ("platform", platform, ours),
            ("platform after one edit", platform, edited),
            ("material", material, theirs),
        ):
            if results is edited:
                one.write_text(one.read_text(encoding="utf-8") + "\nErbij.\n", encoding="utf-8")
            results.append(timed(command, {**os.environ, "BENCH_DOCS": str(docs)}))
            print(
                f"{pages} pages, run {number}, {name}: {results[-1].seconds:.1f} s",
                file=sys.stderr,
                flush=True,
            )
    return ours, edited, theirs


def timed(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command to its end, silently; exit with its output when it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(
            process.pid, 0
        )  # the usage of this command and its children alone
        seconds = time.perf_counter() - start
        if status:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read().decode()[-3000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss * unit / 2**20)


def row(pages: int, *measured: list[Run]) -> str:
    ours, edited, theirs = (statistics.median(r.seconds for r in runs) for runs in measured)
    memory = [max(r.mebibytes for r in runs) for runs in (measured[0] + measured[1], measured[2])]
    return (
        f"| {pages} | {ours:.1f} | {edited:.1f} | {theirs:.1f} | {ours / theirs:.2f} | "
        f"{edited / theirs:.2f} | {memory[0]:.0f} | {memory[1]:.0f} |"
    )


if __name__ == "__main__":
    main()
