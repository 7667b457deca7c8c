"""Hold of the real content what must stay true whatever editors add, reword or rename:
bron/README.md, search/README.md.

What needs no browser and no node is marked `inhoud`: a proposal of texts alone is judged by that.
`test_growth.py` runs all of it on pages that are made up.

"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from building import CONTENT, ROOT, read
from kennisplatform.cli import main
from kennisplatform.content.sources import ADDRESSES
from kennisplatform.loading import CACHE, load_platform, reference_day
from kennisplatform.model.facets import EVIDENCE, FACETS
from kennisplatform.model.groups import Cijfer
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.site.pages import SitePage
from kennisplatform.site.site import site_pages
from looking import NO_COLOURS, axe, check_frame, too_wide, visit
from searching import node, questions
from test_build import dead_links
from test_json_schema import invalid, validators_of
from test_map_and_list import misplaced
from test_progress import meets, shown
from test_zelfscan import GROUPS

INHOUD = pytest.mark.inhoud
TESTS = Path(__file__).parent
COMPARATORS = {
    "bijna": {"bijna"},
    "krap": {"bijna", "<"},
    "circa": {"ca"},
    "een honderdtal": {"ca"},
    "een tiental": {"ca"},
    "meer dan": {">"},
    "tot 24.000": {"<", "≤"},
}
"""What the words of the document allow as `vergelijking`; without such a word it is =."""

RUN = 12
"""Words in a row that no two pages share."""


@cache
def platform() -> Platform:
    day = reference_day(ROOT, CONTENT)
    return load_platform(CONTENT, "content", Settings(), day, cache=ROOT / CACHE)


def rows(name: str) -> list[dict[str, str]]:
    with (TESTS / "bron" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def by_address() -> dict[str, Page]:
    """The pages by each address that they have or had."""
    found = {f"/{p.address}": p for p in platform().library.pages}
    return {old: p for p in found.values() for old in p.velden.oude_adressen} | found


def page_of(slug: str) -> Page | None:
    """Give the page that the source document tells of, also when it has another address by now."""
    return next(
        (
            by_address()[address]
            for c in COLLECTIES.values()
            if (address := f"/{c.slug}/{slug}/") in by_address()
        ),
        None,
    )


# The texts


@INHOUD
def test_the_content_passes_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(CONTENT)]) == 0, capsys.readouterr().out


@INHOUD
def test_every_page_is_valid_by_the_json_schema_of_its_collection() -> None:
    assert invalid(CONTENT, validators_of(platform().vocabulary)) == []


@INHOUD
def test_every_page_of_the_source_is_a_page() -> None:
    own = [row["slug"] for row in rows("paginas.tsv") if not row["pagina"]]
    assert len(own) == 83
    assert [slug for slug in own if page_of(slug) is None] == []


@INHOUD
def test_what_is_no_page_of_its_own_is_told_on_one() -> None:
    """A heading may be reworded, so they are only counted."""
    parts = [row for row in rows("paginas.tsv") if row["pagina"]]
    assert len(parts) == 28
    told = {
        slug: sum(row["pagina"] == slug for row in parts)
        for slug in {row["pagina"] for row in parts}
    }
    assert [
        slug
        for slug, count in told.items()
        if (page := page_of(slug)) is None or len(page.body.headings) < count
    ] == []


@INHOUD
def test_the_figures_of_the_source_are_on_their_pages() -> None:
    """A page may have more."""
    assert list(missing()) == []


def missing() -> Iterator[str]:
    for row in rows("cijfers.tsv"):
        page = page_of(row["slug"])
        if page is None or not any(
            key(c) == (row["kop"], row["waarde"]) and c.vergelijking in allowed(row["getal"])
            for c in page.velden.cijfers
        ):
            yield f"{row['slug']}: ‘{row['getal']}’ ({row['waarde']}, {row['kop']})"


@INHOUD
def test_every_fact_that_was_read_again_is_on_its_page() -> None:
    """Each figure stands there as the list writes it, and the source is named with its address."""
    assert list(unproven()) == []


def unproven() -> Iterator[str]:
    for row in rows("feiten.tsv"):
        page = page_of(row["slug"])
        if page is None:
            yield f"{row['slug']}: geen pagina"
            continue
        text = (CONTENT / page.path).read_text(encoding="utf-8")
        if lost := [f for f in re.findall(r"\d[\d.,]*(?<=\d)", row["feit"]) if f not in text]:
            yield f"{row['slug']}: ‘{row['feit']}’ staat er niet meer: {lost}"
        if row["adres"] and row["adres"] not in {source.url for source in page.velden.bronnen}:
            yield f"{row['slug']}: {row['adres']} staat niet bij de bronnen"
        if not row["gelezen"] <= row["gecontroleerd"]:
            yield f"{row['slug']}: ‘{row['feit']}’ is niet door een ander nagelezen"


@INHOUD
def test_pages_that_were_read_again_share_no_sentence() -> None:
    runs: dict[tuple[str, ...], str] = {}
    shared = set()
    for slug in sorted({row["slug"] for row in rows("feiten.tsv")}):
        page = page_of(slug)
        words = re.findall(r"[\w’-]+", page.body.text.lower()) if page else []
        for run in {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}:
            if runs.setdefault(run, slug) != slug:
                shared.add(f"{slug} en {runs[run]}: {' '.join(run)}")
    assert shared == set()


def key(figure: Cijfer) -> tuple[str, str]:
    return figure.bron, "-".join(str(v) for v in (figure.waarde, figure.tot) if v is not None)


def allowed(words: str) -> set[str]:
    return next(
        (signs for word, signs in COMPARATORS.items() if words.lower().startswith(word)), {"="}
    )


@INHOUD
def test_the_zelfscan_is_whole() -> None:
    scan = platform().library.zelfscan
    assert scan is not None
    assert [v.aandachtsveld for v in scan.velden] == [
        t.naam for t in platform().vocabulary.aandachtsvelden
    ]
    assert tuple(g.id for g in scan.groepen) == GROUPS
    roles = {str(g.id): g.rollen.lower() for g in scan.groepen}
    for group, counted in (
        ("ambtenaren", ("gemeentesecretaris", "griffie")),
        ("college", ("burgemeester", "wethouders")),
        ("raad", ("commissieleden",)),
    ):
        assert all(role in roles[group] for role in counted)


@INHOUD
def test_the_issue_form_offers_the_values_of_the_vocabulary() -> None:
    parts = yaml.safe_load(
        (ROOT / ".github" / "ISSUE_TEMPLATE" / "nieuwe-praktijk.yml").read_text(encoding="utf-8")
    )["body"]
    options = {
        part["id"]: part["attributes"]["options"] for part in parts if part["type"] == "dropdown"
    }
    assert options == {
        "aandachtsveld": [t.naam for t in platform().vocabulary.aandachtsvelden],
        "bewijs": list(EVIDENCE.values()),
    }


@INHOUD
def test_every_municipality_lies_in_its_own_province() -> None:
    assert misplaced(platform().vocabulary.gemeenten) == [], "the drawing has other borders"


# The site that is made of them, strictly


@INHOUD
def test_every_link_and_anchor_resolves(real: Path) -> None:
    assert list(dead_links(real, "/")) == []


@INHOUD
def test_every_page_and_every_municipality_is_there(real: Path) -> None:
    for page in platform().library.pages:
        body = read(real / page.address / "index.html").all("body")[0]
        assert (body["data-page-slug"], body["data-page-collection"]) == (
            page.slug,
            page.collectie.slug,
        )
    gemeenten = (g.slug for g in platform().vocabulary.gemeenten)
    assert [
        slug for slug in gemeenten if not (real / "gemeenten" / slug / "index.html").is_file()
    ] == []


@INHOUD
def test_every_page_under_a_term_is_a_link_there_and_no_list_is_endless(real: Path) -> None:
    """Of terms that have no lists of their own: what is beyond the first is told by its title."""
    for facet in (f for f in FACETS.values() if f.map and not f.lijsten and f.slug != "gemeente"):
        for term in platform().terms[facet.slug]:
            page = (real / term.address / "index.html").read_text(encoding="utf-8")
            shown = page.partition("<main")[2].partition("</main>")[0]
            for below in platform().pages_of(facet.slug, term.slug):
                assert f'href="../../{below.address}"' in shown, f"{term.address}: {below.slug}"
            for group in shown.split("<h2 id=")[1:]:
                assert group.count("<article") <= 9, term.address


@INHOUD
def test_every_figure_of_the_source_is_on_the_page_about_progress(real: Path) -> None:
    figures = shown(real)
    for row in rows("cijfers.tsv"):
        page = page_of(row["slug"])
        assert page and any(meets(f, row) and page.slug in f["slugs"] for f in figures), row[
            "getal"
        ]


@INHOUD
def test_no_address_of_the_last_release_is_gone(real: Path) -> None:
    addresses = (CONTENT / ADDRESSES).read_text(encoding="utf-8").splitlines()
    assert addresses == sorted(set(addresses)) and len(addresses) > 80
    gone = [
        address for address in addresses if not (real / address.strip("/") / "index.html").is_file()
    ]
    assert gone == [], (
        "Deze adressen van de vorige versie zijn weg. Laat ze bestaan, of leid ze door met "
        f"oude_adressen: {', '.join(gone)}"
    )


@INHOUD
def test_the_zelfscan_names_the_quick_scan_as_long_as_it_is_there(real: Path) -> None:
    """By the address that the template knows."""
    scan = "instrumenten/quick-scan-lokale-democratie/"
    links = [a.get("href", "") for a in read(real / "zelfscan" / "index.html").all("a")]
    assert (f"../{scan}" in links) == (
        f"/{scan}" in {f"/{p.address}" for p in platform().library.pages}
    )


# Asked and looked at


def test_every_question_has_an_answer(real: Path) -> None:
    with node() as engine:
        asked = [question for _, question, _ in questions()]
        assert len(asked) == 40
        assert [
            question
            for question in asked
            if not engine.ask("zoek", zoek=real / "zoek", vraag=question)["slugs"]
        ] == []


def kind(page: SitePage) -> tuple[str, str]:
    """Tell pages apart by their template, and within it by collection or by what the term is."""
    about = getattr(page.content, "page", getattr(page.content, "sheet", page.content))
    return page.template, str(
        getattr(getattr(about, "collectie", None), "slug", "") or getattr(page.content, "soort", "")
    )


def examples(site: Path) -> dict[str, str]:
    """Give the address of the longest page of each kind, and of every hand-written one."""
    longest: dict[tuple[str, str], tuple[int, str]] = {}
    for page in site_pages(platform()):
        found = (site / page.address / "index.html").stat().st_size, f"/{page.address}"
        longest[kind(page)] = max(found, longest.get(kind(page), (0, "")))
    written = {
        file.stem: "/" if file.stem == "index" else f"/{file.stem}/"
        for file in (ROOT / "docs").glob("*.md")
    }
    return (
        {" ".join(name): address for name, (_, address) in longest.items()}
        | written
        | {"niet gevonden": "/bestaat/niet/"}
    )


def test_every_kind_of_page_looks_right(browser: Browser, real: Path, real_server: str) -> None:
    """One look at each; test_browser.py looks at them in every way, on the invented content."""
    found = examples(real)
    assert len(found) > 30
    problems = {}
    for name, address in found.items():
        with visit(browser, real_server + address, hold="doorverwijzing" in name) as (page, wrong):
            check_frame(page)
            faults = [
                *axe(page, rules=NO_COLOURS),
                *too_wide(page, 1280),
                *too_wide(page, 390),
                *wrong,
            ]
            if faults:
                problems[f"{name}: {address}"] = faults
    assert problems == {}
