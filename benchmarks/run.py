"""Measure scripts/build, from nothing and after one edit, beside hugo with Pagefind and plain
mkdocs-material with search, on the same invented pages.

    scripts/bench [--pages N …] [--runs N] [--plot FILE]

They take turns in one run, so that whatever else the machine does falls on all. Seconds are those
of the whole command, in a process of its own; after an edit it finds what the one before has left.
What a sentence and a page more change of a site is counted between sites that were made anew.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import math
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median

import peers
from jinja2 import Environment, FileSystemLoader
from make_corpus import maak
from processes import Run, timed

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
SENTENCE = "\nEen zin erbij.\n"
APART = {"assets", "data", "feeds", "redactie"}
"""Folders of the platform's site with what is the same in every site, or that nobody loads who
looks at pages.
"""


@dataclass(frozen=True)
class Builder:
    name: str
    command: Sequence[str | Path]
    output: Path
    settings: dict[str, str] = field(default_factory=dict)

    def run(self) -> Run:
        return timed(self.command, self.settings)

    def anew(self) -> Run:
        """Build from nothing. What was there is put aside: ext4 looks for minutes past what was
        removed, whoever makes files then.
        """
        if self.output.exists():
            self.output.rename(tempfile.mkdtemp(dir=self.output.parent))
        return self.run()


@dataclass(frozen=True)
class Measured:
    """The runs of one builder on one number of pages."""

    pages: int
    name: str
    cold: list[Run] = field(default_factory=list)
    edited: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """What lies in a site, and what one sentence and one added page change of it: a file that got
    another name counts once.
    """

    files: int
    by_sentence: int
    by_page: int
    biggest: tuple[int, str]
    """Bytes, compressed, and the name."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Meet hoe lang bouwen duurt, naast hugo met Pagefind en kale mkdocs-material "
        "met dezelfde pagina’s.",
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
    parser.add_argument("--plot", type=Path, metavar="BESTAND", help="teken hier de groei, als SVG")
    arguments = parser.parse_args()
    sizes = sorted(set(arguments.pages))
    if arguments.plot and len(sizes) < 2:
        parser.error("--plot tekent een lijn: noem bij --pages twee of meer getallen")
    measured: list[list[Measured]] = []
    counts: list[list[Counted]] = []
    with tempfile.TemporaryDirectory() as whole:
        for pages in sizes:
            folder = Path(whole) / str(pages)
            content = folder / "content"
            maak(pages, content, seed="1", platform=True)
            builders = builders_of(content, folder)
            measured.append(measure(builders, content, pages, arguments.runs))
            counts.append([count(builder, content) for builder in builders])
    report_time(measured)
    report_growth(measured)
    report_files(measured, counts)
    if arguments.plot:
        draw(measured, arguments.plot)


def builders_of(content: Path, folder: Path) -> list[Builder]:
    """Give the platform first, and then what it is measured beside."""
    peers.from_npm()
    docs = folder / "docs"  # the same files, with the page that mkdocs begins with
    docs.mkdir()
    (docs / "index.md").write_text("# Meting\n\nDe pagina’s van de meting.\n", encoding="utf-8")
    for part in content.iterdir():
        (docs / part.name).symlink_to(part)
    platform, hugo, material = (folder / name for name in ("platform", "hugo", "material"))
    hugo_command: tuple[str | Path, ...] = (
        *(peers.hugo(), "--quiet", "--noBuildLock", "--source", HERE / "hugo"),
        *("--contentDir", content, "--destination", hugo, "--cacheDir", folder / "cache"),
    )
    pagefind: tuple[str | Path, ...] = (peers.PAGEFIND, "--quiet", "--site", hugo)
    return [
        Builder(
            "platform",
            (ROOT / "scripts" / "build", "--content", content, "--output", platform),
            platform,
        ),
        Builder(
            "hugo + Pagefind",
            (
                "sh",
                "-c",
                f"{shlex.join(map(str, hugo_command))} && {shlex.join(map(str, pagefind))}",
            ),
            hugo,
        ),
        Builder(
            "material",
            (
                *(sys.executable, "-m", "mkdocs", "build", "--quiet"),
                *("-f", HERE / "material" / "mkdocs.yml", "-d", material),
            ),
            material,
            {"BENCH_DOCS": str(docs)},
        ),
    ]


def measure(builders: list[Builder], content: Path, pages: int, runs: int) -> list[Measured]:
    """Let them build the same pages in turn, each time from nothing and after an edit."""
    found = [Measured(pages, builder.name) for builder in builders]
    for number in range(1, runs + 1):
        shutil.rmtree(ROOT / ".cache", ignore_errors=True)
        for builder, measured in zip(builders, found, strict=True):
            measured.cold.append(builder.anew())
            say(pages, number, builder.name, measured.cold[-1])
        add_sentence(content)
        for builder, measured in zip(builders, found, strict=True):
            measured.edited.append(builder.run())
            say(pages, number, f"{builder.name} after one edit", measured.edited[-1])
    return found


def say(pages: int, number: int, name: str, run: Run) -> None:
    print(
        f"{pages} pages, run {number}, {name}: {run.seconds:.1f} s, "
        f"processor {run.processor:.1f} s, {run.mebibytes:.0f} MiB",
        file=sys.stderr,
        flush=True,
    )


def a_page(content: Path) -> Path:
    return min((content / "practices").iterdir())


def add_sentence(content: Path) -> None:
    with a_page(content).open("a", encoding="utf-8") as page:
        page.write(SENTENCE)


def count(builder: Builder, content: Path) -> Counted:
    """Build three sites: as it is, with a sentence more, and with a page more as well. The content
    is as it was afterwards.
    """
    page, added = a_page(content), content / "practices" / "pagina-erbij.md"
    text = page.read_text(encoding="utf-8")
    sites = []
    builder.anew()
    sites.append(hashes(builder.output))
    add_sentence(content)
    builder.anew()
    sites.append(hashes(builder.output))
    added.write_text(
        "\n".join(
            "titel: Pagina erbij" if line.startswith("titel: ") else line
            for line in text.splitlines()
        )
        + "\n",
        encoding="utf-8",
    )
    builder.anew()
    sites.append(hashes(builder.output))
    largest = biggest(builder.output)
    page.write_text(text, encoding="utf-8")
    added.unlink()
    sentence, one = (len(new.items() - old.items()) for old, new in pairwise(sites))
    return Counted(len(sites[0]), sentence, one, largest)


def files_of(site: Path) -> list[Path]:
    return [file for file in site.rglob("*") if file.is_file()]


def hashes(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files_of(site)
    }


def biggest(site: Path) -> tuple[int, str]:
    """Find the file that is the most to load, among pages and what search loads."""
    best = (0, "")
    for size, file in sorted(((f.stat().st_size, f) for f in files_of(site)), reverse=True):
        name = file.relative_to(site)
        if name.parts[0] not in APART and name.suffix != ".xml" and size > best[0]:
            best = max(best, (len(gzip.compress(file.read_bytes())), name.as_posix()))
    return best


# What is printed and drawn


def seconds(runs: Iterable[Run]) -> float:
    return median(run.seconds for run in runs)


def processor(runs: Iterable[Run]) -> float:
    return median(run.processor for run in runs)


def report_time(sizes: list[list[Measured]]) -> None:
    print("\n### Time and memory\n")
    print("Medians; a ratio is the platform's time as a share of theirs. Memory is from nothing.\n")
    print(
        "| pages | | from nothing (s) | ratio | processor (s) | ratio | after one edit (s) | ratio "
        "| processor (s) | ratio | memory (MiB) |"
    )
    print(f"| ---: | --- |{' ---: |' * 9}")
    for ours, *others in sizes:
        for one in (ours, *others):
            cells = [
                cell
                for runs, own in ((one.cold, ours.cold), (one.edited, ours.edited))
                for of in (seconds, processor)
                for cell in (f"{of(runs):.1f}", "" if one is ours else f"{of(own) / of(runs):.2f}")
            ]
            memory = median(run.mebibytes for run in one.cold)
            print(f"| {one.pages} | {one.name} | {' | '.join(cells)} | {memory:.0f} |")


def report_growth(sizes: list[list[Measured]]) -> None:
    """Say with what power of the number of pages the time grows; 1 is in proportion."""
    if len(sizes) < 2:
        return
    print(f"\n### Growth from {sizes[0][0].pages} to {sizes[-1][0].pages} pages\n")
    print("As a power of the number of pages: 1 is in proportion.\n")
    print("| | from nothing, seconds | processor | after one edit, seconds | processor |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for small, large in zip(sizes[0], sizes[-1], strict=True):
        powers = (
            math.log(of(more) / of(few)) / math.log(large.pages / small.pages)
            for few, more in ((small.cold, large.cold), (small.edited, large.edited))
            for of in (seconds, processor)
        )
        print(f"| {small.name} | {' | '.join(f'{power:.2f}' for power in powers)} |")


def report_files(sizes: list[list[Measured]], counts: list[list[Counted]]) -> None:
    print("\n### Files\n")
    print(
        "| pages | | files | a page | changed by one sentence | by one added page "
        "| biggest of pages and search (gzip) |"
    )
    print("| ---: | --- | ---: | ---: | ---: | ---: | --- |")
    for measured, counted in zip(sizes, counts, strict=True):
        for one, site in zip(measured, counted, strict=True):
            size, name = site.biggest
            print(
                f"| {one.pages} | {one.name} | {site.files} | {site.files / one.pages:.1f} "
                f"| {site.by_sentence} | {site.by_page} | {size / 1000:.0f} kB, `{name}` |"
            )


@dataclass(frozen=True)
class Scale:
    """Numbers by powers of ten, on the stretch of an axis."""

    low: float
    high: float
    begin: float
    end: float

    def place(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.begin + share * (self.end - self.begin), 1)

    def ticks(self) -> list[float]:
        """Give 1, 2, 5, 10, 20, 50 … as far as they lie on the stretch."""
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)))
        every = (step * 10.0**power for power in powers for step in (1, 2, 5))
        return [tick for tick in every if self.low <= tick <= self.high]


LEFT, RIGHT, TOP, BOTTOM = 60, 540, 40, 370
DASHES = ("none", "8 4", "2 4")
"""How the line of each builder is drawn."""


def draw(sizes: list[list[Measured]], file: Path) -> None:
    """Draw how the seconds grow with the pages, both by powers of ten."""
    grown = [
        (f"{of[0].name}{when}", width, dashes, values)
        for of, dashes in zip(zip(*sizes, strict=True), DASHES, strict=True)
        for when, width, values in (
            ("", 2.5, [seconds(one.cold) for one in of]),
            (", after one edit", 1, [seconds(one.edited) for one in of]),
        )
    ]
    pages = [ours.pages for ours, *_ in sizes]
    across = Scale(pages[0], pages[-1], LEFT, RIGHT)
    every = [value for *_, values in grown for value in values]
    up = Scale(min(every), max(every), BOTTOM, TOP)
    lines, label = [], 0.0
    for name, width, dashes, values in sorted(grown, key=lambda line: -line[-1][-1]):
        label = max(up.place(values[-1]), label + 15)  # names do not touch
        points = zip(pages, values, strict=True)
        lines.append(
            {
                "name": name,
                "width": width,
                "dashes": dashes,
                "label": label,
                "points": " ".join(f"{across.place(x)},{up.place(y)}" for x, y in points),
            }
        )
    template = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True)
    drawn = template.get_template("groei.svg").render(
        lines=lines,
        across=[(across.place(number), f"{number:,}") for number in pages],
        up=[(up.place(tick), f"{tick:g}") for tick in up.ticks()],
        **{"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM},
    )
    file.write_text(f"{drawn}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
