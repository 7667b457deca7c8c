"""Measure search: bytes and time of a first answer, later answers, making the index, and how good
the answers are.

    scripts/bench zoeken [--pages N …] [--rounds N] [--only bytes|filter|index|kwaliteit …]

Beside it, in the same run and with the same questions: Pagefind over the same pages, by its default
interface and by its bare interface; for the quality of the answers Pagefind, lunr and minisearch,
each with the words that the platform has of a page in the same fields with the same weights; and
lunr.py on the same fields, for the index.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from urllib.parse import quote, urlsplit

import peers
from jinja2 import Environment, FileSystemLoader
from make_corpus import maak
from playwright.sync_api import Browser, Page, sync_playwright
from zoeken_index import WEIGHTS, load, texts_of

from kennisplatform.model.site import SearchDocument
from kennisplatform.site.pages import documents

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
QUESTIONS = ROOT / "tests" / "search"
COLLECTIONS = ("praktijken", "instrumenten", "kennisbank", "agenda")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PARTS = ("bytes", "filter", "index", "kwaliteit")
PATIENCE = 60_000
"""Milliseconds an answer may take."""
EMPTY = (
    '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n<title>Pagefind</title>\n'
    "</head>\n<body>\n{}</body>\n</html>\n"
)
# Runs before the page's own scripts: notes when the answer is there, and every long task of the
# main thread.
WATCH = """() => {
  window.taken = [];
  new PerformanceObserver((list) => {
    window.taken.push(...list.getEntries().map((e) => [e.startTime, e.duration]));
  }).observe({type: 'longtask', buffered: true});
  new MutationObserver(() => {
    const status = document.querySelector('[data-search-status]');
    if (status && ['done', 'error'].includes(status.dataset.searchStatus)) {
      window.antwoordNa ??= performance.now();
    }
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['data-search-status'],
  });
}"""
# Types a question into the open search page; gives the milliseconds until the status is done again.
TYPE = """async (question) => {
  const input = document.querySelector('input[type=search][name=q]');
  const status = document.querySelector('[data-search-status]');
  const start = performance.now();
  return await new Promise((resolve) => {
    let left = false;
    const watch = new MutationObserver(() => {
      if (status.dataset.searchStatus === 'busy') left = true;
      if (left && ['done', 'error'].includes(status.dataset.searchStatus)) {
        watch.disconnect();
        resolve(performance.now() - start);
      }
    });
    watch.observe(status, {attributes: true, attributeFilter: ['data-search-status']});
    input.value = question;
    input.dispatchEvent(new Event('input', {bubbles: true}));
  });
}"""
SLUGS = "() => [...document.querySelectorAll('[data-search-result]')].map(e => e.dataset.slug)"
# Ticks every checkbox of the open catalogue and off again; gives for each the milliseconds until
# the count is there, and until the cards are.
TICK = """async () => {
  const cards = document.querySelector('[data-kaarten]'), found = [];
  for (const box of document.querySelectorAll('input[type=checkbox][data-filter]')) {
    const start = performance.now();
    const shown = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        watch.disconnect();
        resolve(performance.now() - start);
      });
      watch.observe(cards, {childList: true});
    });
    box.click();
    const counted = performance.now() - start;
    found.push([counted, await shown]);
    if (box.checked) { box.click(); await new Promise((resolve) => setTimeout(resolve, 150)); }
  }
  return found;
}"""
LATER = """(after) => performance.getEntriesByName('zoek')
  .map((e) => [e.startTime, e.duration]).filter(([start]) => start >= after)"""


@dataclass(frozen=True)
class Question:
    kind: str
    text: str
    grades: dict[str, int]


@dataclass(frozen=True)
class First:
    """A first answer: milliseconds since the navigation began, and bytes until then and until the
    page was silent.
    """

    milliseconds: float
    bytes_then: int
    bytes_all: int
    longest_task: float


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/bench zoeken",
        description="Meet het zoeken, naast Pagefind, lunr en minisearch.",
    )
    parser.add_argument(
        "--pages", type=int, default=5000, metavar="N", help="aantal pagina’s (anders: 5000)"
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=2,
        metavar="N",
        help="keren dat elke vraag gesteld wordt, na een keer om op te warmen (anders: 2)",
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="alleen dit meten")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="MAP",
        help="bouw hier, en laat het staan voor een volgende keer (anders: een map die verdwijnt)",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if "kwaliteit" in arguments.only:
            quality(folder)
        if "index" in arguments.only:
            index_time(folder, arguments.pages, arguments.rounds)
        if "filter" in arguments.only:
            filters(folder, arguments.pages)
        if "bytes" in arguments.only:
            first_and_later(folder, arguments.pages, arguments.rounds)


def questions(file: str = "vragen.tsv") -> list[Question]:
    rows = [line.split("\t") for line in (QUESTIONS / file).read_text("utf-8").splitlines()[1:]]
    return [
        Question(
            kind, text, {s.rpartition(":")[0]: int(s.rpartition(":")[2]) for s in judgments.split()}
        )
        for _, kind, text, judgments in rows
    ]


# What is measured on: the site, Pagefind over it, Material beside it


def run(command: list[str | Path], **environment: str) -> None:
    """Run a command to its end, silently; exit with its last lines when it fails."""
    done = subprocess.run(
        command, cwd=HERE, env=os.environ | environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def corpus(folder: Path, pages: int) -> Path:
    content = folder / f"inhoud-{pages}"
    if not content.exists():
        maak(pages, content, seed="1", platform=True)
    return content


def build(content: Path, site: Path) -> Path:
    if not site.exists():
        say(f"building {site.name}")
        run([ROOT / "scripts" / "build", "--content", content, "--output", site])
    return site


def add_pagefind(site: Path) -> None:
    """Let Pagefind index the pages of the collections."""
    if (site / "pagefind").exists():
        return
    say("Pagefind indexes the same pages")
    peers.from_npm()
    pattern = f"{{{','.join(COLLECTIONS)}}}/*/index.html"
    which = ("--glob", pattern, "--root-selector", "main", "--force-language", "nl")
    run([peers.PAGEFIND, "--site", site, *which])
    write_page(site / "kaal-leeg" / "index.html", EMPTY.format(part_of_pagefind("kaal")))


def part_of_pagefind(name: str) -> str:
    return (HERE / "pagefind" / f"{name}.html").read_text(encoding="utf-8")


def write_page(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def in_frame(site: Path, part: str) -> str:
    """Put a part in the site's own search page, in the place of the site's own search."""
    page = (site / "zoeken" / "index.html").read_text(encoding="utf-8")
    page = re.sub(r"<script data-zoekbegin.*?</script>", "", page, flags=re.DOTALL)
    page = re.sub(r"<(?:script|link)[^>]*assets/js/zoek/[^>]*>(?:</script>)?", "", page)
    return re.sub(
        r"(<main[^>]*>).*(</main>)",
        lambda found: f"{found[1]}{part}{found[2]}",
        page,
        flags=re.DOTALL,
    )


@contextmanager
def serve(site: Path) -> Iterator[str]:
    with subprocess.Popen(
        ["node", HERE / "zoeken_server.mjs", site], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


# The policy of the site forbids what Playwright and Pagefind need to run in its pages, so it is
# passed by.


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=list(CHROMIUM_FLAGS),
        )
        yield browser
        browser.close()


def sent(base: str) -> int:
    """Give the bytes of search that were sent since the last time."""
    with urllib.request.urlopen(f"{base}/-/teller") as answer:
        return sum(size for _, size in json.load(answer))


# First and later answers

WAYS = {
    "platform": "zoeken/?q={}",
    "Pagefind, default interface": "ui/?q={}",
    "Pagefind, bare interface": "kaal/?q={}",
    "Pagefind, default, on an empty page": "ui-leeg/?q={}",
    "Pagefind, bare, on an empty page": "kaal-leeg/?q={}",
}
"""Pagefind stands in the same page as the platform's search, and also on a page with nothing
else.
"""


def first_and_later(folder: Path, pages: int, rounds: int) -> None:
    site = build(corpus(folder, pages), folder / f"site-{pages}")
    add_pagefind(site)
    write_page(site / "ui-leeg" / "index.html", EMPTY.format(part_of_pagefind("ui")))
    for name in ("ui", "kaal"):
        write_page(site / name / "index.html", in_frame(site, part_of_pagefind(name)))
    asked = questions()
    firsts: dict[str, dict[str, list[First]]] = {way: defaultdict(list) for way in WAYS}
    with serve(site) as base, chromium() as browser:
        for number in range(rounds + 1):
            say(f"first answers, round {number} of {rounds}")
            for question in asked:
                for way, address in WAYS.items():
                    first = ask_first(browser, base, address.format(quote(question.text)))
                    if number:  # the first round warms the server
                        firsts[way][question.text].append(first)
        page_view = bytes_of_a_page(browser, base, site)
        later = ask_later(browser, base, asked, rounds)
    report_first(firsts, pages, asked, page_view)
    report_later(later, pages)


def ask_first(browser: Browser, base: str, address: str) -> First:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script(f"({WATCH})()")
    sent(base)
    page.goto(f"{base}/{address}", wait_until="commit")
    page.wait_for_function("window.antwoordNa", timeout=PATIENCE, polling=50)
    then = sent(base)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)  # what is asked after the answer: the counts of the filters
    first = First(
        page.evaluate("window.antwoordNa"),
        then,
        then + sent(base),
        max((d for _, d in page.evaluate("window.taken")), default=0),
    )
    context.close()
    return first


def bytes_of_a_page(browser: Browser, base: str, site: Path) -> list[str]:
    """Give what search loads when somebody only reads a page."""
    asked: list[str] = []
    page = browser.new_page(bypass_csp=True)
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    one = next(site.glob("praktijken/*/index.html")).parent.name
    page.goto(f"{base}/praktijken/{one}/", wait_until="networkidle")
    page.close()
    return [path for path in asked if "/zoek/" in path or "lunr" in path]


@dataclass(frozen=True)
class Later:
    worker: list[float]
    keystroke: list[float]
    tasks: list[float]


def ask_later(browser: Browser, base: str, asked: list[Question], rounds: int) -> dict[str, Later]:
    """Type every question into one open page: with terms that are new to it, and then again."""
    found = {"new terms": Later([], [], []), "again": Later([], [], [])}
    for _ in range(rounds):
        page = browser.new_context(bypass_csp=True).new_page()
        page.add_init_script(f"({WATCH})()")
        page.goto(f"{base}/zoeken/?q=gemeente", wait_until="networkidle")
        page.wait_for_function("window.antwoordNa")
        for later in found.values():
            for question in asked:
                type_one(page, question.text, later)
        page.context.close()
    return found


def type_one(page: Page, text: str, later: Later) -> None:
    page.wait_for_timeout(150)  # the counts of the question before are there
    page.evaluate("window.taken.length = 0")
    before = page.workers[0].evaluate("performance.now()")
    later.keystroke.append(page.evaluate(TYPE, text))
    page.wait_for_timeout(150)
    later.worker.append(page.workers[0].evaluate(LATER, before)[0][1])
    later.tasks.append(max((d for _, d in page.evaluate("window.taken")), default=0))


def report_first(
    firsts: dict[str, dict[str, list[First]]],
    pages: int,
    asked: list[Question],
    page_view: list[str],
) -> None:
    print(f"\n### First answer at {pages} pages, empty cache\n")
    print(
        "| | bytes until the answer | bytes in all | ms | ms, ratio of medians "
        "| longest task, median (ms) |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    typos = {q.text for q in asked if q.kind == "typfout"}
    time = {
        way: median(f.milliseconds for rows in by.values() for f in rows)
        for way, by in firsts.items()
    }
    for way, by in firsts.items():
        rows = [f for found in by.values() for f in found]
        print(
            f"| {way} | {median(f.bytes_then for f in rows) / 1000:.0f} kB "
            f"| {median(f.bytes_all for f in rows) / 1000:.0f} kB | {time[way]:.0f} | "
            f"{time['platform'] / time[way]:.2f} | {median(f.longest_task for f in rows):.0f} |"
        )
    ours = firsts["platform"]
    mistyped = [f.bytes_all for text in typos for f in ours[text]]
    largest = max(ours, key=lambda text: ours[text][0].bytes_all)
    print(
        f"\nWith a typing error: median {median(mistyped) / 1000:.0f} kB, "
        f"most {max(mistyped) / 1000:.0f} kB. "
        f"Most of all: {ours[largest][0].bytes_all / 1000:.0f} kB (‘{largest}’). "
        f"A page view without a search loads: {', '.join(page_view) or 'nothing of it'}."
    )


def report_later(later: dict[str, Later], pages: int) -> None:
    print(f"\n### Later answers at {pages} pages, median and 95th percentile (ms)\n")
    print("| | in the worker | keystroke to done | longest task of the main thread |")
    print("| --- | ---: | ---: | ---: |")
    for name, rows in later.items():
        print(
            f"| {name} | {spread(rows.worker)} | {spread(rows.keystroke)} | {spread(rows.tasks)} |"
        )


def spread(values: list[float]) -> str:
    return f"{median(values):.0f} / {sorted(values)[int(0.95 * (len(values) - 1))]:.0f}"


# Filters of a catalogue


def filters(folder: Path, pages: int) -> None:
    """Report what the first view of the largest catalogue loads in all, and how long a filter takes
    to answer.
    """
    site = build(corpus(folder, pages), folder / f"site-{pages}")
    with serve(site) as base, chromium() as browser:
        page = browser.new_page(bypass_csp=True)
        # Without a body there is only its length; every file of the server has that.
        sizes: list[int] = []
        page.on(
            "response",
            lambda response: sizes.append(int(response.headers.get("content-length", "0"))),
        )
        page.goto(f"{base}/praktijken/", wait_until="networkidle")
        page.wait_for_selector("#kp-sorteer")
        loaded, number = sum(sizes), page.inner_text("[data-count]")
        found = page.evaluate(TICK)
        page.close()
    print(f"\n### Filters on {number}\n")
    print(
        "| first view, all of it | filter to count, median and 95th percentile (ms) "
        "| filter to cards (ms) |"
    )
    print("| ---: | ---: | ---: |")
    print(
        f"| {loaded / 1000:.0f} kB | {spread([counted for counted, _ in found])} "
        f"| {spread([shown for _, shown in found])} |"
    )


# Making the index


def index_time(folder: Path, pages: int, rounds: int) -> None:
    sizes = sorted({1000, pages})
    seconds: dict[tuple[str, int], list[float]] = defaultdict(list)
    memory: dict[tuple[str, int], float] = {}
    for number in range(1, rounds + 1):
        for size in sizes:
            for way in ("platform", "lunr"):
                command: list[str | Path] = [
                    sys.executable,
                    HERE / "zoeken_index.py",
                    way,
                    corpus(folder, size),
                ]
                done = subprocess.run(
                    command,
                    env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                took, most = map(float, done.stdout.split())
                seconds[way, size].append(took)
                memory[way, size] = most
                say(f"index of {size} pages, round {number}, {way}: {took:.1f} s")
    print("\n### Making the index\n")
    print(
        "| pages | platform (s) | lunr.py (s) | ratio | platform (ms a page) | platform (MiB) "
        "| lunr.py (MiB) |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        ours, theirs = (min(seconds[way, size]) for way in ("platform", "lunr"))
        print(
            f"| {size} | {ours:.1f} | {theirs:.1f} | {ours / theirs:.2f} "
            f"| {1000 * ours / size:.2f} | {memory['platform', size]:.0f} "
            f"| {memory['lunr', size]:.0f} |"
        )


# How good the answers are


def quality(folder: Path) -> None:
    print("\n### How good the answers are\n")
    for file in question_files():
        asked = questions(file)
        content = judged_pages(asked)
        site = build(content, folder / f"site-{content.name}")
        words = folder / f"woorden-{content.name}"
        docs = [d for d in documents(load(content)[1]) if "/" not in d.slug]
        write_words(docs, words)
        add_pagefind(words)
        texts = [question.text for question in asked]
        with chromium() as browser:
            with serve(site) as base:
                platform = [answer_of_platform(browser, base, text) for text in texts]
            with serve(words) as base:
                pagefind = [answer_of_pagefind(browser, base, text) for text in texts]
        report_quality(
            f"`{file}`, {len(docs)} pages",
            asked,
            {"platform": platform, "Pagefind": pagefind, **answers_of_libraries(docs, texts)},
        )


def question_files() -> list[str]:
    return [
        file.name
        for file in sorted(QUESTIONS.glob("*.tsv"))
        if file.read_text(encoding="utf-8").startswith("qid\t")
    ]


def judged_pages(asked: list[Question]) -> Path:
    """Give the content that the reader saw: the copy of one day, or what came after it too."""
    frozen = ROOT / "tests" / "bevroren"
    there = {file.stem for file in frozen.rglob("*.md")}
    return frozen if all(q.grades.keys() <= there for q in asked) else ROOT / "content"


def write_words(docs: list[SearchDocument], site: Path) -> None:
    """Write a page for Pagefind of all that the platform's search knows of a page."""
    template = Environment(
        loader=FileSystemLoader(HERE / "pagefind"), autoescape=True
    ).get_template("pagina.html")
    for d in docs:
        page = template.render(titel=d.titel, texts=texts_of(d), weights=WEIGHTS)
        write_page(site / d.address / "index.html", page)


def answers_of_libraries(
    docs: list[SearchDocument], texts: list[str]
) -> dict[str, list[list[str]]]:
    """Ask lunr and minisearch."""
    peers.from_npm()
    task = {
        "weights": WEIGHTS,
        "documents": [{"slug": d.slug} | texts_of(d) for d in docs],
        "questions": texts,
    }
    done = subprocess.run(
        ["node", HERE / "zoeken_peers.mjs"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[list[str]]] = json.loads(done.stdout)
    return found


def answer_of_platform(browser: Browser, base: str, text: str) -> list[str]:
    page = browser.new_page(bypass_csp=True)
    page.add_init_script(f"({WATCH})()")
    # More than ten, because pages of municipalities and overviews take no place.
    page.goto(f"{base}/zoeken/?q={quote(text)}&toon=60")
    page.wait_for_function("window.antwoordNa", timeout=PATIENCE)
    found: list[str] = page.evaluate(SLUGS)
    page.close()
    return found


def answer_of_pagefind(browser: Browser, base: str, text: str) -> list[str]:
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{base}/kaal-leeg/?q={quote(text)}")
    page.wait_for_function("window.antwoordNa", timeout=PATIENCE)
    found = [slug_of(address) for address in page.evaluate("window.adressen")]
    page.close()
    return found


def slug_of(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[2]


def measures(found: list[str], grades: dict[str, int]) -> tuple[float, float, float]:
    """Give nDCG@10 (Järvelin and Kekäläinen, 2002), recall@10, and 1 for an empty answer."""
    top = [slug for slug in dict.fromkeys(found) if "/" not in slug][:10]

    def gained(values: Iterable[int]) -> float:
        found: float = sum(
            (2**value - 1) / math.log2(place + 2) for place, value in enumerate(list(values)[:10])
        )
        return found

    return (
        gained(grades.get(s, 0) for s in top) / gained(sorted(grades.values(), reverse=True)),
        len(grades.keys() & set(top)) / min(10, len(grades)),
        float(not top),
    )


def report_quality(title: str, asked: list[Question], answers: dict[str, list[list[str]]]) -> None:
    scored = {
        way: [measures(slugs, q.grades) for q, slugs in zip(asked, found, strict=True)]
        for way, found in answers.items()
    }

    def line(name: str, places: list[int], measure: int) -> str:
        means = (f"{mean(scores[p][measure] for p in places):.2f}" for scores in scored.values())
        return f"| {name} | {len(places)} | {' | '.join(means)} |"

    print(f"{title}:\n")
    print(f"| nDCG@10 | questions | {' | '.join(answers)} |")
    print(f"| --- | ---: |{' ---: |' * len(answers)}")
    for kind in dict.fromkeys(q.kind for q in asked):
        print(line(kind, [place for place, q in enumerate(asked) if q.kind == kind], 0))
    for measure, name in enumerate(("all", "recall@10", "empty answers")):
        print(line(f"**{name}**", list(range(len(asked))), measure))
    print(flush=True)


if __name__ == "__main__":
    main()
