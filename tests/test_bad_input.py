"""Hold that nothing harmful passes: the cases of badinput/, and what no file in a repository can
show.
"""

from __future__ import annotations

import csv
import os
import re
import resource
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from markdown_it import MarkdownIt
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image
from playwright.sync_api import Browser, Page

from building import (
    ROOT,
    SETTINGS,
    SITE,
    TODAY,
    build_site,
    environment,
    files,
    pages,
    platform_of,
    publish,
    read,
)
from conftest import serving
from kennisplatform.cli import main
from kennisplatform.content.docs import check_docs, read_docs
from kennisplatform.content.images import MAX_PIXELS_OF_WEBP
from kennisplatform.content.load import load_library
from kennisplatform.content.textfile import read_bytes
from kennisplatform.loading import load_platform
from kennisplatform.model.findings import Finding, errors
from kennisplatform.model.library import Library
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.site.geschreven import all_findings
from kennisplatform.site.site import site_pages
from looking import tab
from ready import run

CASES = Path(__file__).parent / "badinput"
PROCESSOR_SECONDS, MEGABYTES = 10, 500
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def table(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True)
class Case:
    id: str
    soort: str
    bestanden: tuple[str, ...]
    regel: str
    melding: str
    niet_in_site: str

    def lay_over(self, content: Path) -> None:
        if (CASES / self.id.lower()).is_dir():
            copytree(CASES / self.id.lower(), content, dirs_exist_ok=True)
        for row in table("koppelingen.tsv"):
            if row["id"] == self.id:
                (content / row["pad"]).parent.mkdir(parents=True, exist_ok=True)
                (content / row["pad"]).symlink_to(row["wijst_naar"])
        for row in table("herhalen.tsv"):
            if row["id"] == self.id:
                file, line = content / row["pad"], row["regel"] + "\n\n"
                file.write_text(
                    file.read_text(encoding="utf-8").replace(line, line * int(row["keer"])),
                    encoding="utf-8",
                )

    def is_told_by(self, finding: Finding) -> bool:
        """Whether file, line and words are as they should be."""
        if not any(finding.path.endswith(file) for file in self.bestanden) or not re.search(
            self.melding, str(finding), re.IGNORECASE | re.DOTALL
        ):
            return False
        bounds = [part.split("-") for part in self.regel.split(",") if part not in ("-", "")]
        return not bounds or any(int(b[0]) <= finding.line <= int(b[-1]) for b in bounds)


ALL = [
    Case(
        row["id"],
        row["soort"],
        tuple(row["bestanden"].split(";")),
        row["regel"],
        row["melding_regex"],
        row["niet_in_site_regex"],
    )
    for row in table("gevallen.tsv")
]
WRONG = [case for case in ALL if case.soort == "fout"]
RIGHT = [case for case in ALL if case.soort != "fout"]


def check(content: Path) -> Library:
    return load_library(content, "content", SITE)


def test_there_are_43_cases_of_three_kinds() -> None:
    assert [sum(case.soort == kind for case in ALL) for kind in ("fout", "goed", "vrij")] == [
        38,
        4,
        1,
    ]


@pytest.mark.parametrize("case", WRONG, ids=lambda c: c.id)
def test_a_wrong_case_is_refused_with_file_and_line(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case.lay_over(tmp_path / "content")
    library = check(tmp_path / "content")
    assert [f for f in errors(library.findings) if case.is_told_by(f)], "\n".join(
        map(str, library.findings)
    )
    assert library.pages == ()
    assert not list(tmp_path.glob("*.uitgevoerd"))


@pytest.mark.parametrize("case", RIGHT, ids=lambda c: c.id)
def test_a_right_case_is_accepted(case: Case, tmp_path: Path) -> None:
    case.lay_over(tmp_path / "content")
    library = check(tmp_path / "content")
    assert errors(library.findings) == []
    assert len(library.pages) == 1


@pytest.fixture(scope="module")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the content with every case in it."""
    content = tmp_path_factory.mktemp("all") / "content"
    copytree(SITE, content)
    for case in ALL:
        case.lay_over(content)
    return content


def test_one_check_tells_all_of_them(all_cases: Path) -> None:
    found = check(all_cases).findings
    assert [case.id for case in WRONG if not any(case.is_told_by(f) for f in found)] == []


@pytest.fixture(scope="module")
def right_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented content with the right cases, published."""
    folder = tmp_path_factory.mktemp("right")
    copytree(SITE, folder / "content")
    for case in RIGHT:
        case.lay_over(folder / "content")
    return build_site(folder / "site", folder / "content")


def test_right_cases_are_published_as_they_are_written(right_site: Path) -> None:
    for case in RIGHT:
        page = right_site / "praktijken" / Path(case.bestanden[0]).stem / "index.html"
        assert f"GOED-{case.id}" in read(page).texts["h1"][0], case.id
        for file in right_site.rglob("*.html") if case.niet_in_site else ():
            assert not re.search(case.niet_in_site, file.read_text(encoding="utf-8")), (
                case.id,
                file,
            )
    text = (right_site / "praktijken" / "g04-goed-accolades" / "index.html").read_text(
        encoding="utf-8"
    )
    assert "De code {{ config.site_name }} en {% raw %} blijven letterlijk staan." in text
    assert (right_site / "onderwerpen" / "no" / "index.html").is_file()


def test_of_wrong_cases_nothing_is_published_and_the_site_stays_as_it_was(
    all_cases: Path, right_site: Path
) -> None:
    before = files(right_site)
    built = publish(right_site, "--content", all_cases)
    assert built.returncode == 1
    assert "Traceback" not in built.stdout + built.stderr
    assert files(right_site) == before
    words = [
        pattern
        for case in WRONG
        for pattern in case.niet_in_site.split("|")
        if "KANARIE" in pattern or "root:x:0" in pattern
    ]
    assert not [
        name
        for name, data in before.items()
        if re.search("|".join(words), data.decode("utf-8", "replace"))
    ]


def ran(page: Page) -> list[str]:
    """Give the marks that the cases leave on a page when anything of them runs."""
    found: list[str] = page.evaluate(
        "Object.getOwnPropertyNames(window).filter(name => /^(GOED|KANARIE)_/.test(name))"
    )
    return found


def test_nothing_of_a_right_case_runs_in_a_browser(right_site: Path, browser: Browser) -> None:
    with serving(right_site) as address, tab(browser) as page:
        for path in (
            "",
            *(f"praktijken/{Path(case.bestanden[0]).stem}/" for case in RIGHT),
            *(f"zoeken/?q=GOED-{case.id}" for case in RIGHT),
        ):
            page.goto(f"{address}/{path}")
            if "?q=" in path:
                page.wait_for_selector("[data-search-status=done]", state="attached")
                page.wait_for_selector("[data-search-result]")
            assert ran(page) == [], path


def test_nothing_of_any_case_runs_while_an_editor_looks_at_it(
    all_cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    """A preview shows what is wrong instead of the page, with the words that were typed; of those
    only a sign of HTML or an address could do harm.
    """
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KENNISPLATFORM_CONTENT", str(all_cases))
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site"), strict=False))
    names = {Path(file).stem for case in ALL for file in case.bestanden}
    shown = {
        folder.name: folder / "index.html"
        for folder in (tmp_path / "site" / "praktijken").iterdir()
        if folder.name in names
    }
    assert len(shown) > 30
    telling = [
        name
        for name, file in sorted(shown.items())
        if (main := MAIN.search(file.read_text(encoding="utf-8")))
        and re.search(r"&lt;|&#|[a-z]:[^ /]|//|\{", main[0])
    ]
    assert len(telling) > 10
    with serving(tmp_path / "site") as address, tab(browser) as page:
        for path in ("", "zoeken/?q=KANARIE", *(f"praktijken/{name}/" for name in telling)):
            page.goto(f"{address}/{path}")
            assert ran(page) == [], path


def pipe(content: Path) -> None:
    os.mkfifo(content / "practices" / "pijp.md")
    (content / "afbeeldingen").mkdir()
    os.mkfifo(content / "afbeeldingen" / "pijp.png")


def device(content: Path) -> None:
    (content / "practices" / "nullen.md").symlink_to("/dev/zero")


def loop(content: Path) -> None:
    (content / "practices" / "rond").symlink_to(content, target_is_directory=True)


def deep_folders(content: Path) -> None:
    folder = content / "practices"
    for _ in range(200):
        folder = folder / "dieper"
    folder.mkdir(parents=True)


def many_files(content: Path) -> None:
    for number in range(10_000):
        (content / "practices" / f"{number}.html").touch()


def huge_file(content: Path) -> None:
    with (content / "practices" / "groot.md").open("wb") as file:
        file.truncate(20_000_000_000)


def odd_names(content: Path) -> None:
    for name in (b"\xff\xfe.md", b"a\n::error file=b::c.md", b"\x1b[31mrood.md", "‮txt.md".encode()):
        os.close(os.open(os.fsencode(content / "practices") + b"/" + name, os.O_CREAT))


def images_without_end(content: Path) -> None:
    """Send small files that ask for half a minute, and for 600 MB."""
    (content / "afbeeldingen").mkdir()
    out = BytesIO()
    Image.new("L", (4_000, 4_000)).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    (content / "afbeeldingen" / "lagen.jpg").write_bytes(whole[:-2] + scan * 2_000 + whole[-2:])
    Image.new("P", (1, 16_000_000)).save(
        content / "afbeeldingen" / "lang.png", transparency=0, compress_level=1
    )


def municipalities_without_end(content: Path) -> None:
    lines = [f"GM{n:04},Dorp {n},Drenthe,{n},52.{n:04},6.5" for n in range(1, 2_601)]
    text = "\n".join(["code,naam,provincie,inwoners,lat,lon", *lines])
    (content / "vocabulary" / "gemeenten.csv").write_text(text, encoding="utf-8")


def mergers_without_end(content: Path) -> None:
    first = "oude_code,oude_naam,nieuwe_code,nieuwe_naam,datum"
    layers = [
        f"A{n}{a},A{n}{a},A{n + 1}{b},A{n + 1}{b},2020-01-01"
        for n in range(700)
        for a in "ab"
        for b in "ab"
    ]
    circle = [f"C{n},C{n},C{(n + 1) % 90},C{(n + 1) % 90},2020-01-01" for n in range(90)]
    text = "\n".join([first, *layers, *circle, "Z,<b>,Z,Z,2020-01-01"])
    (content / "vocabulary" / "herindelingen.csv").write_text(text, encoding="utf-8")


def case_of(id: str) -> Callable[[Path], None]:
    return next(case for case in ALL if case.id == id).lay_over


@pytest.mark.parametrize(
    "harm",
    [
        pipe,
        device,
        loop,
        deep_folders,
        many_files,
        huge_file,
        odd_names,
        images_without_end,
        municipalities_without_end,
        mergers_without_end,
        *(pytest.param(case_of(id), id=id) for id in ("B05", "B06", "B27", "B28")),
    ],
)
def test_harm_ends_in_a_message_within_bounds(harm: Callable[[Path], None], tmp_path: Path) -> None:
    """Run the command under the limits of the machine itself: what hangs or swells is killed, and
    has no exit status 1.
    """
    pages(tmp_path / "content", {}).joinpath("practices").mkdir()
    harm(tmp_path / "content")
    done = check_within_bounds(tmp_path)
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert all(line.startswith(("content/", "    ")) for line in lines[:-1]), lines[:5]
    assert re.match(r"content/.+?:\d+: fout: ", lines[0])


def test_the_largest_image_fits_in_the_same_bounds(tmp_path: Path) -> None:
    pages(tmp_path / "content", {}).joinpath("afbeeldingen").mkdir()
    side = int(MAX_PIXELS_OF_WEBP**0.5)  # what takes most for each pixel
    Image.new("RGBA", (side, side), (1, 2, 3, 4)).save(
        tmp_path / "content" / "afbeeldingen" / "groot.webp", method=0
    )
    done = check_within_bounds(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def check_within_bounds(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(
        "kennisplatform",
        *("check", "--content", "content"),
        cwd=folder,
        env=environment(),
        patience=120,
        limits=[
            (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
            (resource.RLIMIT_AS, MEGABYTES * 1_000_000),
        ],
    )


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    """This file of the system looks ordinary and fails on reading, for everybody."""
    raw, findings = read_bytes(Path("/proc/self/mem"), "content/a.md", 1_000)
    assert raw is None
    assert [(f.line, f.code) for f in findings] == [(1, "bestand-onleesbaar")]


def test_a_field_is_no_markdown_for_another_site_generator(tmp_path: Path) -> None:
    text = "[klik](javascript:1) ![x] *a* `b`"
    head = (
        f"titel: '{text}'\nsamenvatting: '{text}'\naandachtsveld: [Buurten aan zet]\ndatum: "
        "2026-03-09\n"
    )
    content = pages(tmp_path / "content", {"instruments/a.md": f"---\n{head}---\n"})
    assert main(["stage", str(tmp_path / "uit"), "--content", str(content)]) == 0
    shown = MarkdownIt("commonmark").render(
        (tmp_path / "uit" / "instrumenten" / "a" / "index.md").read_text(encoding="utf-8")
    )
    assert shown.startswith(
        "<h1>[klik](javascript:1) ![x] *a* `b`</h1>\n<p>[klik](javascript:1) ![x] *a* `b`</p>"
    )


def test_links_and_images_lead_on_for_another_site_generator_however_they_are_written(
    tmp_path: Path,
) -> None:
    head = (
        "titel: Een titel\nsamenvatting: Kort.\naandachtsveld: [Buurten aan zet]\ndatum: "
        "2026-03-09\n"
    )
    links = (
        '[a](b.md) [b](../instruments/b.md "Een titel") [c](<b.md#kop>) [d][naam] ![Een '
        "zaal](../afbeeldingen/zaal.png) [e](https://a.nl/b.md)\n\n"
        "[naam]: ../instruments/b.md#kop\n"
    )
    texts = {"instruments/a.md": links, "instruments/b.md": "## Kop\n"}
    pages(tmp_path / "content", {file: f"---\n{head}---\n{text}" for file, text in texts.items()})
    (tmp_path / "content" / "afbeeldingen").mkdir()
    Image.new("RGB", (20, 10), "navy").save(tmp_path / "content" / "afbeeldingen" / "zaal.png")
    assert main(["stage", str(tmp_path / "uit"), "--content", str(tmp_path / "content")]) == 0
    page = tmp_path / "uit" / "instrumenten" / "a" / "index.md"
    shown = MarkdownIt("commonmark").render(page.read_text(encoding="utf-8"))
    targets = re.findall(r'(?:href|src)="([^"]+)"', shown)
    assert targets[:6] == [
        *["../../instrumenten/b/index.md"] * 2,
        *["../../instrumenten/b/index.md#kop"] * 2,
        "../../afbeeldingen/zaal.png",
        "https://a.nl/b.md",
    ]
    assert [
        t
        for t in targets
        if not t.startswith("https:") and not (page.parent / t.split("#")[0]).resolve().is_file()
    ] == []


KWAAD = "---\ntitle: Kwaad\n---\n\n# Kwaad\n\n"


@pytest.fixture(scope="module")
def platform() -> Platform:
    return platform_of(SITE)


@pytest.mark.parametrize(
    ("name", "text", "line", "code"),
    [
        ("kwaad.md", "---\ntitle: Kwaad\ntemplate: 404.html\n---\n\n# Kwaad\n", 3, "onbekend-veld"),
        ("kwaad.md", "---\ntitle: <b>\n---\n\n# Kwaad\n", 2, "geen-tekst"),
        ("kwaad.md", f"{KWAAD}<script>1</script>\n", 7, "html-in-tekst"),
        ("kwaad.md", f"{KWAAD}[a](javascript:1)\n", 7, "onveilig-adres"),
        ("kwaad.md", f"{KWAAD}[a](gooed.md)\n", 7, "link-naar-niets"),
        ("kwaad.md", f"{KWAAD}[a]()\n", 7, "link-naar-niets"),
        ("kwaad.md", f"{KWAAD}[a](praktijken/er-is-niets/index.md)\n", 7, "link-naar-niets"),
        ("kwaad.md", f"{KWAAD}[a](ontwikkeling/README.md)\n", 7, "link-naar-niets"),
        ("kwaad.md", f"{KWAAD}![een zaal](assets/weg.png)\n", 7, "link-naar-niets"),
        ("kwaad.md", f"{KWAAD}[a](goed.md#koop)\n", 7, "anker-ontbreekt"),
        ("kwaad.md", "# Kwaad\n", 1, "kop-ontbreekt"),
        ("zoeken.md", KWAAD, 1, "zelfde-adres"),
        ("map/index.md", KWAAD.replace("# Kwaad", "[a](../goed.md#kop)"), 1, ""),
        ("praktijken/een-euro-per-bewoner.md", KWAAD, 1, "zelfde-adres"),
        ("Kwaad naam.md", KWAAD, 1, "bestandsnaam"),
        ("kwaad.html", "<p>", 1, "vreemd-bestand"),
        (".htaccess", "x", 1, "vreemd-bestand"),
        ("map/kwaad.js", "x", 1, "vreemd-bestand"),
    ],
)
def test_a_hand_written_page_is_checked_like_any_other(
    name: str, text: str, line: int, code: str, platform: Platform, tmp_path: Path
) -> None:
    for folder in ("map", "praktijken", "assets", "ontwikkeling"):
        (tmp_path / folder).mkdir()
    (tmp_path / "assets" / "site.js").write_text("x", encoding="utf-8")
    (tmp_path / "ontwikkeling" / "README.md").write_text("x", encoding="utf-8")
    links = (
        "[a](#kop) [b](goed.md#kop) [c](praktijken/index.md) [d](gemeenten/zaalbeek/index.md) "
        "[e](instrumenten/praatplaat/index.md) [f](assets/site.js)"
    )
    (tmp_path / "goed.md").write_text(
        f"---\ntitle: Goed\ndescription: Kort.\n---\n\n# Goed\n\n{links}\n\n## Kop\n",
        encoding="utf-8",
    )
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [
        (f.path, f.line, f.code)
        for f in check_docs(
            read_docs(tmp_path, "docs"), platform.library, (p.address for p in site_pages(platform))
        )
    ] == ([(f"docs/{name}", line, code)] if code else [])


def test_an_old_address_is_none_that_the_site_gives_out(tmp_path: Path) -> None:
    head = "titel: Een titel\nsamenvatting: Kort.\naandachtsveld: [Buurten aan zet]\n"
    own = {
        "/over/",
        "/zoeken/",
        "/gemeenten/zaalbeek/",
        "/onderwerpen/nog-niet/",
        "/instrumenten/",
        "/instrumenten/pagina/2/",
        "/instrumenten/aandachtsveld/",
        "/data/praktijken/",
        "/afbeeldingen/zaal/",
    }
    free = {"/instrumenten/b/", "/dossiers/a/", "/dossiers/"}
    olds = f"oude_adressen: [{', '.join(sorted(own | free))}]\n"
    pages(tmp_path, {"instruments/a.md": f"---\n{head}datum: 2026-03-09\n{olds}---\n"})
    made = load_platform(tmp_path, "content", Settings(), TODAY, SITE)
    found = all_findings(made, site_pages(made), read_docs(ROOT / "docs", "docs"), "content")
    told = [f for f in found if f.path == "content/instruments/a.md"]
    assert {(f.line, f.code) for f in told} == {(6, "zelfde-adres")}
    assert {f.message.split()[3] for f in told} == own
