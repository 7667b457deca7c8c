"""Look at a site as it is published: links, hosts, the same bytes every time, and what must be
there.
"""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from building import EPOCH, REPO, ROOT, SITE, SUB_PATH, Read, build_site, files, publish, read
from kennisplatform.content.load import load_library
from kennisplatform.model.library import Library
from kennisplatform.model.platform import Settings
from kennisplatform.model.site import PAGELESS

LATER = """import time
_real = time.time
time.time = lambda: _real() + 400 * 86400
"""
"""A sitecustomize.py that lets Python's clock be more than a year ahead."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(SITE, "tests/site")


def pages(site: Path) -> Iterator[tuple[str, Read]]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix(), read(file)


def test_the_site_knows_which_of_its_folders_have_no_page(below: Path) -> None:
    """No old address may lie there."""
    folders = [f for f in below.iterdir() if f.is_dir() and f.name != ".well-known"]
    assert {f.name for f in folders if not any(f.rglob("*.html"))} == PAGELESS


def references(page: Read) -> Iterator[tuple[str, str]]:
    """Give the tag and the address of everything a page points at."""
    for tag, attributes in page.tags:
        for name in ("href", "src", "action", "poster", "data", "formaction"):
            if name in attributes:
                yield tag, attributes[name]
        yield from (
            (tag, part.split()[0])
            for part in attributes.get("srcset", "").split(",")
            if part.strip()
        )
        if tag == "option" and "/" in attributes.get("value", ""):
            yield tag, attributes["value"]
        if tag == "meta" and attributes.get("http-equiv") == "refresh":
            yield tag, attributes["content"].split("url=")[1]


def dead_links(site: Path, base: str) -> Iterator[str]:
    """Follow every reference within a site that lies at `base`, a path; 404.html is served at any
    depth.
    """
    there = set(files(site))
    for name, page in pages(site):
        for address in {address for _, address in references(page)}:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            path = (
                posixpath.join(base, posixpath.dirname(name), unquote(parts.path))
                if parts.path
                else base + name
            )
            target = posixpath.normpath(path)
            if path.endswith(("/", "/.", "/..")):
                target = posixpath.join(target, "index.html")
            inside = target.removeprefix(base)
            if not target.startswith(base) or inside not in there:
                yield f"{name}: {address} is not there"
            elif parts.fragment.startswith("/"):
                continue  # a place within the form editor
            elif (
                parts.fragment
                and inside.endswith(".html")
                and unquote(parts.fragment) not in read(site / inside).ids
            ):
                yield f"{name}: {address} names no id"


def test_every_link_and_anchor_resolves(site: Path) -> None:
    assert list(dead_links(site, "/")) == []


def test_only_a_link_leads_to_another_host(site: Path) -> None:
    elsewhere = [
        f"{name}: {tag} {address}"
        for name, page in pages(site)
        for tag, address in references(page)
        if tag != "a" and (urlsplit(address).scheme or urlsplit(address).netloc)
    ]
    assert elsewhere == []
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert re.findall(r"url\(\s*[\"']?(?:https?:|//)[^)]*\)|@import[^;]*", text) == [], (
            style.name
        )


def test_the_style_that_a_screen_waits_for_is_small(site: Path) -> None:
    """In bytes, as hosts compress it; paper has a file that no screen waits for."""
    waited_for: dict[str, set[str]] = {}
    for name, page in pages(site):
        for tag, link in page.tags:
            if tag == "link" and link["rel"] == "stylesheet" and link.get("media") != "print":
                waited_for.setdefault(posixpath.basename(link["href"]), set()).add(name)
    assert {style for style, found in waited_for.items() if len(found) > 5} == {"site.css"}
    sizes = {f.name: len(gzip.compress(f.read_bytes())) for f in site.glob("assets/css/*")}
    assert waited_for.keys() | {"papier.css"} <= sizes.keys()
    assert [f"{name}: {size}" for name, size in sizes.items() if size >= 8_000] == []


def test_links_are_safe_addresses(site: Path) -> None:
    schemes = {
        urlsplit(address).scheme
        for _, page in pages(site)
        for tag, address in references(page)
        if tag == "a"
    }
    assert schemes <= {"", "https", "mailto"}


def test_a_strict_content_security_policy_is_possible(site: Path) -> None:
    for name, page in pages(site):
        assert [
            a for _, a in page.tags if "style" in a or any(key.startswith("on") for key in a)
        ] == [], name
        scripts = [
            s
            for s in page.all("script")
            if not s.get("src") and s.get("type") != "application/ld+json"
        ]
        assert [sorted(s) for s in scripts] == (
            [["data-manifest", "data-zoekbegin"]] if name == "zoeken/index.html" else []
        ), name
        assert page.all("style") == [], name


def test_every_page_has_a_language_a_title_and_one_heading(site: Path) -> None:
    for name, page in pages(site):
        assert page.all("html") == [{"lang": "nl"}], name
        assert [len(page.texts.get(tag, [])) for tag in ("title", "h1")] == [1, 1], name
        assert page.texts["title"][0].strip() and page.texts["h1"][0].strip(), name
        assert len(page.ids) == len(set(page.ids)), name


def test_every_content_page_says_which_it_is(site: Path, library: Library) -> None:
    for p in library.pages:
        body = read(site / p.address / "index.html").all("body")[0]
        assert (body.get("data-page-slug"), body.get("data-page-collection")) == (
            p.slug,
            p.collectie.slug,
        )
    marked = [name for name, page in pages(site) if "data-page-slug" in page.all("body")[0]]
    assert len(marked) == len(library.pages)


def test_a_page_of_the_filters_is_the_card_of_its_number(site: Path, library: Library) -> None:
    pages = json.loads((site / "filter" / "paginas.json").read_text(encoding="utf-8"))
    whole = json.loads((site / "data" / "titels.json").read_text(encoding="utf-8"))
    titles = whole["paginas"]
    cards: list[dict[str, str]] = []
    for first, name in pages["kaarten"]:
        assert first == len(cards)
        cards += json.loads((site / "zoek" / "k" / f"{name}.json").read_text(encoding="utf-8"))
    orders = json.loads((site / "zoek" / "f" / f"{pages['volgorde']}.json").read_bytes())
    ranks = [ord(sign) - ord("#") for sign in orders["titel"]]
    assert [titles[rank]["pagina"] for rank in ranks] == [
        card["a"].rstrip("/") for card in cards[: len(library.pages)]
    ]
    assert sorted(ranks) == list(range(len(library.pages)))
    values, rows, _ = pages["kolommen"]["collectie"]
    assert [values[row][0] for row in rows] == [
        card["a"].split("/")[0] for card in cards[: len(library.pages)]
    ]


def test_every_municipality_has_a_page(site: Path, library: Library) -> None:
    assert [
        g.slug
        for g in library.vocabulary.gemeenten
        if not (site / "gemeenten" / g.slug / "index.html").is_file()
    ] == []


def test_a_former_municipality_leads_to_its_successor(site: Path) -> None:
    links = {
        name: {a["href"] for a in read(site / "gemeenten" / name / "index.html").all("a")}
        for name in ("klein-esdorp", "veenhorst")
    }
    assert "../../gemeenten/veenhorst/" in links["klein-esdorp"]
    for name in links:
        assert "../../praktijken/een-euro-per-bewoner/" in links[name]


def test_a_split_municipality_leads_to_all_its_successors(site: Path) -> None:
    links = {a["href"] for a in read(site / "gemeenten" / "tweelanden" / "index.html").all("a")}
    assert {"../../gemeenten/duinrecht/", "../../gemeenten/meerdijk-nh/"} <= links


def test_without_settings_nothing_is_made_up(site: Path) -> None:
    for name, page in pages(site):
        assert [a for a in page.all("link") if a.get("rel") == "canonical"] == [], name
        assert not any("/edit/" in address for _, address in references(page)), name


def test_the_settings_are_used(below: Path) -> None:
    page = read(below / "praktijken" / "bankje-met-een-schrift" / "index.html")
    assert f"{REPO}/edit/main/content/practices/bankje-met-een-schrift.md" in {
        a.get("href") for a in page.all("a")
    }
    assert {
        "rel": "canonical",
        "href": f"{SUB_PATH}praktijken/bankje-met-een-schrift/",
    } in page.all("link")
    assert (
        Settings(repo_url="https://voorbeeld.example/git").edit_url("a.md")
        == "https://voorbeeld.example/git/-/edit/main/a.md"
    ), "as GitLab has it"


def test_below_a_path_every_link_resolves(below: Path) -> None:
    assert list(dead_links(below, "/kennisplatform/")) == []


def test_below_a_path_links_are_relative_except_on_the_404_page(below: Path) -> None:
    for name, page in pages(below):
        inner = [
            address
            for tag, address in references(page)
            if not urlsplit(address).scheme and not address.startswith("#")
        ]
        if name == "404.html":
            assert [
                address for address in inner if not address.startswith("/kennisplatform/")
            ] == []
        else:
            assert [address for address in inner if address.startswith("/")] == [], name


def test_below_a_path_the_site_map_has_full_addresses(below: Path, library: Library) -> None:
    locations = re.findall(
        r"<loc>([^<]*)</loc>", (below / "sitemap.xml").read_text(encoding="utf-8")
    )
    assert {SUB_PATH + p.address for p in library.pages} <= set(locations)
    assert SUB_PATH in locations
    assert len(locations) == len(set(locations))
    for address in locations:
        assert (below / address.removeprefix(SUB_PATH) / "index.html").is_file(), address


def test_two_builds_are_the_same_bytes_and_what_is_not_set_is_said(
    site: Path, tmp_path: Path
) -> None:
    """With another hash seed, time zone, locale, and a clock that is a year ahead."""
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    built = publish(
        tmp_path / "site",
        "--content",
        SITE,
        SOURCE_DATE_EPOCH=EPOCH,
        KENNISPLATFORM_REDACTIE="",
        PYTHONHASHSEED="7",
        TZ="Pacific/Auckland",
        LC_ALL="C",
        PYTHONUTF8="1",
        PYTHONPATH=f"{tmp_path / 'later'}:{ROOT / 'src'}",
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert [
        line.split()[0] for line in built.stderr.splitlines() if "is niet ingevuld" in line
    ] == ["SITE_URL", "REPO_URL", "CONTACT"]
    one, other = files(site), files(tmp_path / "site")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_the_day_counts_as_given(tmp_path: Path, site: Path) -> None:
    """With a reference day of years later a page is marked as old: the day is an input, not the
    clock.
    """
    later = build_site(tmp_path / "site", SOURCE_DATE_EPOCH="4102444800")
    page = "praktijken/bankje-met-een-schrift/index.html"
    (then,), (now,) = (
        [p for p in read(built / page).all("p") if "data-vanaf" in p] for built in (later, site)
    )
    assert "hidden" in now and "hidden" not in then
