"""Open data: what is in the files, whether other programs can read them, and the documentation of
both.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import jsonschema
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from rdflib import Graph, URIRef
from rdflib import namespace as rdf

from building import FROZEN, ROOT, SITE, SUB_PATH, check_workbook, files, pages, platform_of, read
from kennisplatform.derive.relations import relate
from kennisplatform.model.platform import DATA_VERSION, Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.publish.export import record_files, records, schema_files
from kennisplatform.publish.feeds import feed_files
from kennisplatform.publish.ical import calendar_files
from kennisplatform.publish.opendata import catalogue_files
from kennisplatform.site.linkeddata import linked_data
from kennisplatform.site.site import site_pages
from looking import listening, tab

CONTACT = "redactie@voorbeeld.example"
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
FORMULAS = ("=1+1", "+31 6", "-5", "@SUM(A1)", "\t=1", "\rx", " =HYPERLINK(A1)")
EXAMPLES = re.findall(
    r"^```(\w+)\n(.*?)^```$",
    (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture(scope="module")
def platform() -> Platform:
    return platform_of(SITE, site_url=SUB_PATH, contact=CONTACT)


@pytest.fixture(scope="module")
def data(platform: Platform) -> list[dict[str, Any]]:
    return list(records(site_pages(platform)))


@pytest.fixture(scope="module")
def written(platform: Platform, data: list[dict[str, Any]]) -> dict[str, bytes]:
    """Every file of open data and every feed, by address."""
    return {
        f.address: f.content
        for f in chain(
            *map(record_files, site_pages(platform)),
            catalogue_files(data, platform),
            feed_files(platform),
        )
    }


# The files


def table(raw: bytes) -> list[dict[str, str]]:
    """Read a CSV file as a Dutch Excel does, and hold that it is one."""
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    rows = list(
        csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
    )
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_catalogue_holds_every_page_as_its_own_file_has_it_but_its_text(
    platform: Platform, written: dict[str, bytes]
) -> None:
    whole = json.loads(written["data/catalogus.json"])
    assert whole["aantal"] == len(whole["paginas"]) == len(platform.library.pages)
    assert (whole["site"], whole["licentie"]) == (
        SUB_PATH,
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert (
        whole["bijgewerkt"]
        == max(p.velden.laatst_gecontroleerd for p in platform.library.pages).isoformat()
    )
    others = [written["data/titels.json"]]
    others += [file.content for file in schema_files(platform)]
    assert {json.loads(text)["versie"] for text in others} == {DATA_VERSION}
    assert {whole["versie"], *(page["versie"] for page in whole["paginas"])} == {DATA_VERSION}
    for page in whole["paginas"]:
        own = json.loads(written[f"data/{page['adres'].rstrip('/')}.json"])
        text = " ".join(" ".join(own.pop("tekst")).split())
        assert own == page
        paragraphs = platform.library.by_slug[page["slug"]].body.paragraphs
        assert paragraphs and all(" ".join(p.text.split()) in text for p in paragraphs)


def test_every_page_is_valid_by_the_json_schema_of_its_collection(
    site: Path, data: list[dict[str, Any]]
) -> None:
    schemas = {
        c.slug: json.loads(
            (site / "data" / "schema" / f"{c.slug}.json").read_text(encoding="utf-8")
        )
        for c in COLLECTIES.values()
    }
    checks = {
        slug: jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        for slug, schema in schemas.items()
    }
    for page in data:
        assert [
            error.message for error in checks[page["collectie"]].iter_errors(page["velden"])
        ] == [], page["slug"]


def test_a_row_says_what_the_json_says(
    data: list[dict[str, Any]], written: dict[str, bytes]
) -> None:
    rows = table(written["data/catalogus.csv"])
    assert [row["slug"] for row in rows] == [page["slug"] for page in data]
    for row, page in zip(rows, data, strict=True):
        fields = page["velden"]
        assert row["url"] == SUB_PATH + page["adres"]
        for name in ("aandachtsveld", "gemeente", "trefwoorden"):
            assert row[name] == " | ".join(fields.get(name, []))
        assert row["gemeentecodes"] == " | ".join(page["gemeentecodes"])
        assert (row["periode_van"], row["periode_tot"]) == tuple(
            fields.get("periode", {}).get(end) or "" for end in ("van", "tot")
        )
    by_slug = {row["slug"]: row for row in rows}
    assert by_slug["wandeling-langs-de-bermen"]["begin"] == "2026-06-13"
    numbers = {(row["gemeente_aantal_vergelijking"], row["gemeente_aantal_waarde"]) for row in rows}
    assert {("", "onbekend"), ("", "2"), ("ca", "12")} <= numbers, numbers


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """The path of everything in a record, as the codebook writes it."""
    if isinstance(value, dict) and path != "kenmerken":
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path


def test_the_codebook_explains_every_column_and_everything_in_the_json(
    platform: Platform, data: list[dict[str, Any]], written: dict[str, bytes]
) -> None:
    explained = table(written["data/codeboek.csv"])
    assert [c["kolom"] for c in explained if c["kolom"]] == list(
        table(written["data/catalogus.csv"])[0]
    )
    assert len(explained) == len(platform.codebook)
    assert [c for c in explained if not c["uitleg"] or not c["vorm"]] == []
    known = {c["json"] for c in explained} | {
        "velden.gemeente_aantal"
    }  # the word onbekend in place of a group
    assert {path for page in data for path in leaves(page)} <= known
    by_name = {c["kolom"]: c for c in explained}
    assert by_name["pijler_bron"]["leeg betekent"] == "vermeld"
    assert "Buurten aan zet" in by_name["aandachtsveld"]["waarden"].split(" | ")
    assert by_name["begin"]["collectie"] == "agenda"
    assert {page["velden"]["soort"] for page in data} <= set(
        by_name["soort"]["waarden"].split(" | ")
    )


@pytest.mark.parametrize("evil", FORMULAS, ids=repr)
def test_no_cell_is_a_formula(platform: Platform, data: list[dict[str, Any]], evil: str) -> None:
    page = {
        **data[0],
        "velden": {**data[0]["velden"], "titel": evil, "trefwoorden": [f'a";{evil}', "b"]},
    }
    raw = next(
        f.content for f in catalogue_files([page], platform) if f.address == "data/catalogus.csv"
    )
    (row,) = table(raw)
    assert row["titel"] == f"'{evil}"
    assert row["trefwoorden"] == f'a";{evil} | b'
    assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in row.values())


def test_without_an_address_nothing_is_made_up(data: list[dict[str, Any]]) -> None:
    bare = platform_of(SITE)
    found = {f.address: f.content for f in chain(catalogue_files(data, bare), feed_files(bare))}
    assert set(found) == {
        *("data/titels.json", "data/catalogus.json", "data/catalogus.csv", "data/codeboek.csv")
    }
    assert "site" not in json.loads(found["data/catalogus.json"])
    assert {row["url"] for row in table(found["data/catalogus.csv"])} == {""}
    assert "data/dcat.jsonld" not in {
        f.address for f in catalogue_files(data, platform_of(SITE, site_url=SUB_PATH))
    }


# For data portals

DCAT_AP_NL = {
    "dcat:Catalog": "dct:title dct:description dct:publisher dcat:contactPoint dcat:dataset",
    "dcat:Dataset": (
        "dct:title dct:description dct:identifier dct:accessRights dct:creator dct:publisher "
        "dcat:contactPoint dcat:theme"
    ),
    "dcat:Distribution": "dcat:accessURL dct:license",
    "foaf:Agent": "foaf:name",
    "vcard:Kind": "vcard:fn vcard:hasEmail",
}
"""What DCAT-AP-NL 3.0 requires of each class. Its SHACL shapes, which say the same, are in no
package.
"""
ONCE = {
    "dct:identifier",
    "dct:publisher",
    "dcat:contactPoint",
    "dcat:accessURL",
    "dcat:downloadURL",
}


def test_the_description_for_portals_has_what_dcat_ap_nl_requires(
    written: dict[str, bytes],
) -> None:
    graph = Graph().parse(data=written["data/dcat.jsonld"], format="json-ld")
    whole = graph.namespace_manager.expand_curie
    for kind, required in DCAT_AP_NL.items():
        things = list(graph.subjects(rdf.RDF.type, whole(kind)))
        assert things, kind
        for thing in things:
            assert [
                term for term in required.split() if (thing, whole(term), None) not in graph
            ] == [], thing
            assert [
                term for term in ONCE if len(list(graph.objects(thing, whole(term)))) > 1
            ] == [], thing
    for node in set(graph.objects()):
        if isinstance(node, URIRef) and "#" in node and node.startswith(SUB_PATH):
            assert (node, None, None) in graph
    downloads = [str(address) for address in graph.objects(None, rdf.DCAT.downloadURL)]
    assert sorted(downloads) == [f"{SUB_PATH}data/catalogus.csv", f"{SUB_PATH}data/catalogus.json"]


def test_a_contact_may_be_an_address_of_a_page(
    platform: Platform, data: list[dict[str, Any]]
) -> None:
    other = platform_of(SITE, site_url=SUB_PATH, contact="https://voorbeeld.example/contact")
    graph = Graph().parse(
        data=next(
            f.content for f in catalogue_files(data, other) if f.address == "data/dcat.jsonld"
        ),
        format="json-ld",
    )
    assert [
        str(o) for o in graph.objects(None, URIRef("http://www.w3.org/2006/vcard/ns#hasURL"))
    ] == ["https://voorbeeld.example/contact"]


# Feeds


def test_there_is_a_feed_for_all_and_for_each_collection_and_term_with_pages(
    platform: Platform, written: dict[str, bytes]
) -> None:
    names = ["alles", *(c.slug for c in COLLECTIES.values())]
    names += [
        f"{facet}-{t.slug}" for facet, terms in platform.terms.items() for t in terms if t.count
    ]
    assert {f"feeds/{name}.xml" for name in names} == {
        address for address in written if address.startswith("feeds/")
    }


def test_every_feed_is_sound_and_its_entries_have_the_days_of_their_pages(
    platform: Platform, written: dict[str, bytes]
) -> None:
    pages = {SUB_PATH + p.address: p.velden for p in platform.library.pages}
    for address, raw in written.items():
        if not address.startswith("feeds/"):
            continue
        feed = feedparser.parse(raw)
        assert (feed.bozo, feed.version) == (False, "atom10"), address
        assert (
            feed.feed.id
            == SUB_PATH + address
            == next(link.href for link in feed.feed.links if link.rel == "self")
        )
        assert 1 <= len(feed.entries) <= 50
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            fields = pages[entry.link]
            assert (entry.title, entry.summary) == (fields.titel, fields.samenvatting)
            assert (entry.updated[:10], entry.published[:10]) == (
                fields.laatst_gecontroleerd.isoformat(),
                fields.datum.isoformat(),
            )
        days = [entry.updated for entry in feed.entries]
        assert days == sorted(days, reverse=True)
        assert feed.feed.updated == days[0]
        assert feed.feed.author


def test_a_page_that_is_renamed_again_and_again_is_known_as_before(tmp_path: Path) -> None:
    """In every feed and calendar; /proeven/een/ is from before there was a platform to follow."""
    known: dict[str, set[bytes]] = {}
    for names in (["een"], ["een", "twee"], ["een", "twee", "drie"]):
        old = [f"/agenda/{name}/" for name in names[:-1]]
        fields = (
            "titel: Een avond\nsamenvatting: Een korte uitleg.\ndatum: 2026-03-09\nbegin: "
            "2026-04-01\naandachtsveld: [Buurten aan zet]\nprovincie: [Utrecht]\norganisatie: "
            f"[BSD]\ngemeente: [Zaalbeek]\noude_adressen: [{', '.join(['/proeven/een/', *old])}]\n"
        )
        content = pages(tmp_path / names[-1], {f"events/{names[-1]}.md": f"---\n{fields}---\n"})
        platform = platform_of(content, site_url=SUB_PATH)
        for file in chain(feed_files(platform), calendar_files(platform)):
            here = file.address.replace(names[-1], "een")
            found = set(re.findall(rb"(?<=<id>).+?(?=</id>)|(?<=UID:)\S+", file.content))
            assert known.setdefault(here, found) == found, file.address
    assert {"feeds/gemeente-zaalbeek.xml", "feeds/organisatie-bsd.xml", "agenda/agenda.ics"} < {
        *known
    }


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)
    | st.text("<>&\"']!-[CDATA;#x", min_size=1)
)
def test_any_words_come_back_from_a_feed_as_they_were(platform: Platform, words: str) -> None:
    page = platform.library.pages[0]
    texts = {"titel": words, "samenvatting": words[::-1]}
    named = replace(page, velden=page.velden.model_copy(update=texts))
    alone = replace(platform.library, pages=(named,))
    written = feed_files(Platform(alone, relate(alone), platform.settings, platform.today))
    entry = ElementTree.fromstring(next(iter(written)).content).find("{*}entry")
    assert entry is not None
    assert (entry.findtext("{*}title"), entry.findtext("{*}summary")) == (words, words[::-1])


def test_a_feed_holds_the_newest_pages_and_names_what_it_follows(written: dict[str, bytes]) -> None:
    large = {f.address: f.content for f in feed_files(platform_of(FROZEN, site_url=SUB_PATH))}
    assert len(feedparser.parse(large["feeds/alles.xml"]).entries) == 50
    followed = feedparser.parse(written["feeds/gemeente-waddenoord.xml"])
    assert [entry.link for entry in followed.entries] == [
        f"{SUB_PATH}praktijken/kijken-bij-de-buren/"
    ]
    assert followed.feed.link == f"{SUB_PATH}gemeenten/waddenoord/"


# What pages say of themselves


def said(html: str) -> list[dict[str, Any]]:
    """The nodes of the one block of JSON-LD of a page."""
    (block,) = LINKED_DATA.findall(html)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = data["@graph"]
    return found


def terms(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "@type" in node:
            yield node["@type"]
        for name, value in node.items():
            if not name.startswith("@"):
                yield name
            yield from terms(value)
    elif isinstance(node, list):
        for inner in node:
            yield from terms(inner)


def addresses(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("@id", "url", "item", "contentUrl") and isinstance(value, str):
                yield value
            yield from addresses(value)
    elif isinstance(node, list):
        for inner in node:
            yield from addresses(inner)


def test_every_page_describes_itself_in_terms_that_schema_org_knows(
    site: Path, platform: Platform
) -> None:
    used: set[str] = set()
    register = "https://identifier.overheid.nl/tooi/id"
    known = {f"{register}/gemeente/{g.code.lower()}" for g in platform.vocabulary.gemeenten} | {
        f"{register}/provincie/pv{n}" for n in range(20, 32)
    }
    known |= {f"{register}/{o.tooi}" for o in platform.vocabulary.organisaties if o.tooi}
    for file in sorted(site.rglob("index.html")):
        page = file.relative_to(site).parent.as_posix()
        graph = said(file.read_text(encoding="utf-8"))
        used.update(terms(graph))
        assert {node["@type"] for node in graph} & {"BreadcrumbList", "WebSite"}, page
        for address in addresses(graph):
            if address.startswith("https://"):
                assert address in known or "identifier.overheid.nl" not in address, address
            else:
                target = urljoin(f"/{page}/", address.split("#")[0]).lstrip("/")
                assert (site / target / "index.html").is_file() or (site / target).is_file(), (
                    page,
                    address,
                )
    # An input of an action is an annotation that schema.org describes and does not list.
    assert {term for term in used if term not in rdf.SDO} == {"query-input"}


def test_each_kind_of_page_has_its_own_type(site: Path) -> None:
    def first(address: str) -> dict[str, Any]:
        return said((site / address / "index.html").read_text(encoding="utf-8"))[0]

    def about(address: str, kind: str) -> list[dict[str, Any]]:
        return [node for node in first(address)["about"] if node["@type"] == kind]

    article = first("praktijken/een-euro-per-bewoner")
    assert (article["@type"], article["datePublished"]) == ("Article", "2026-05-18")
    assert "https://identifier.overheid.nl/tooi/id/gemeente/gm9005" in {
        place["@id"] for place in article["contentLocation"]
    }
    assert first("praktijken")["@type"] == "CollectionPage"
    assert len(first("praktijken")["mainEntity"]["itemListElement"]) == 20
    assert (
        first("gemeenten/zaalbeek")["about"]["@id"]
        == "https://identifier.overheid.nl/tooi/id/gemeente/gm9005"
    )
    province = "https://identifier.overheid.nl/tooi/id/provincie/pv23"
    assert (
        first("gemeenten/zaalbeek")["about"]["containedInPlace"]["@id"]
        == first("provincies/overijssel")["about"]["@id"]
        == province
    )
    assert (
        first("organisaties/mvb")["about"]["@id"]
        == "https://identifier.overheid.nl/tooi/id/ministerie/mnre9901"
    )
    assert "@id" not in first("organisaties/bsd")["about"]
    assert first("open-data")["mainEntity"]["@type"] == "Dataset"
    (event,) = about("agenda/wandeling-langs-de-bermen", "Event")
    assert event["startDate"] == "2026-06-13"
    (vague,) = about("agenda/wandeling-in-de-herfst", "Event")
    assert "startDate" not in vague, "autumn 2026 is no date"
    assert about("kennisbank/wegwijzer-dorpsbudget", "CreativeWork")
    home = said((site / "index.html").read_text(encoding="utf-8"))
    assert home[1]["potentialAction"]["target"]["urlTemplate"].endswith(
        "zoeken/?q={search_term_string}"
    )


def test_a_report_and_a_law_are_called_that() -> None:
    """By the names that the real vocabulary has for them."""
    platform = platform_of(FROZEN)
    found = {
        page.address: linked_data(page, "/", platform)["@graph"][0]
        for page in site_pages(platform)
        if page.address.startswith("kennisbank/")
    }
    for slug, kind in (
        ("voortgangsrapportage-versterking-lokale-democratie", "Report"),
        ("verhoging-raadsvergoeding-kleine-gemeenten", "Legislation"),
    ):
        assert kind in {node["@type"] for node in found[f"kennisbank/{slug}/"]["about"]}


def test_with_an_address_every_address_is_whole_and_another_program_reads_it(below: Path) -> None:
    html = (below / "praktijken" / "een-euro-per-bewoner" / "index.html").read_text(
        encoding="utf-8"
    )
    nodes = said(html)
    assert all(address.startswith("https://") for address in addresses(nodes))
    # The context of schema.org is not fetched: all its terms are in one vocabulary.
    graph = Graph().parse(
        data=json.dumps({"@context": {"@vocab": str(rdf.SDO)}, "@graph": nodes}), format="json-ld"
    )
    assert (
        graph.value(URIRef(f"{SUB_PATH}praktijken/een-euro-per-bewoner/"), rdf.RDF.type)
        == rdf.SDO.Article
    )


def test_the_site_map_has_the_days_of_the_content(below: Path) -> None:
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {
        url.findtext("s:loc", "", name).removeprefix(SUB_PATH): url.findtext("s:lastmod", "", name)
        for url in ElementTree.parse(below / "sitemap.xml").iterfind("s:url", name)
    }
    assert {found[page] for page in ("", "agenda/", "agenda/dag-van-het-dorp/")} == {"2026-05-29"}
    assert found["praktijken/"] == found["praktijken/een-euro-per-bewoner/"] == "2026-05-25"
    assert {found[page] for page in ("over/", "gemeenten/stilveen/")} == {""}, (
        "no day is known of these"
    )


def test_a_page_names_the_feed_that_belongs_to_it_and_the_search_of_the_site(below: Path) -> None:
    for page, feed in (
        ("", "alles"),
        ("praktijken", "praktijken"),
        ("gemeenten/zaalbeek", "gemeente-zaalbeek"),
        ("aandachtsvelden/buurten-aan-zet", "aandachtsveld-buurten-aan-zet"),
        ("gemeenten/stilveen", ""),
        ("over", ""),
    ):
        links = read(below / page / "index.html").all("link")
        found = [
            urljoin(f"/{page}/", link["href"])
            for link in links
            if link.get("type") == "application/atom+xml"
        ]
        assert [f.split("/feeds/")[1] for f in found] == ([f"{feed}.xml"] if feed else []), page
        assert not feed or (below / "feeds" / f"{feed}.xml").is_file()
        assert [link["href"] for link in links if link["rel"] == "search"] == [
            f"{'/'.join(['..'] * len(page.split('/'))) if page else '.'}/opensearch.xml"
        ]
    search = ElementTree.parse(below / "opensearch.xml").getroot()
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert search.tag == f"{space}OpenSearchDescription"
    assert len(search.findtext(f"{space}ShortName", "")) in range(1, 17), (
        "at most 16 signs, by the specification"
    )
    url = search.find(f"{space}Url")
    assert url is not None and url.get("template") == f"{SUB_PATH}zoeken/?q={{searchTerms}}"


def test_a_page_names_the_file_with_its_own_data(site: Path, data: list[dict[str, Any]]) -> None:
    for page in data:
        (link,) = (
            link
            for link in read(site / page["adres"] / "index.html").all("link")
            if link.get("type") == "application/json"
        )
        file = site / urljoin(f"/{page['adres']}", link["href"]).lstrip("/")
        assert json.loads(file.read_text(encoding="utf-8"))["slug"] == page["slug"]


def test_without_an_address_there_is_no_feed_no_search_description_and_no_link_to_them(
    site: Path,
) -> None:
    assert [
        name
        for name in files(site)
        if name.startswith("feeds/") or name in ("opensearch.xml", "data/dcat.jsonld")
    ] == []
    assert [
        link
        for link in read(site / "index.html").all("link")
        if link["rel"] in ("alternate", "search")
    ] == []


# The documentation


@pytest.mark.parametrize("language,code", EXAMPLES)
def test_an_example_works(server: str, site: Path, language: str, code: str) -> None:
    command = {"python": [sys.executable, "-c"], "js": ["node", "--input-type=module", "-e"]}[
        language
    ]
    assert code.count("https://kennisplatform.example/") == 1
    code = code.replace("https://kennisplatform.example/", f"{server}/").replace("GM0344", "GM9005")
    done = subprocess.run(
        [*command, code], capture_output=True, text=True, env=os.environ | {"PYTHONUTF8": "1"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    pages = json.loads((site / "data" / "catalogus.json").read_text(encoding="utf-8"))["paginas"]
    if "Counter" in code:
        themes = [
            name
            for page in pages
            if page["collectie"] == "praktijken"
            for name in page["velden"]["aandachtsveld"]
        ]
        assert sorted(done.stdout.splitlines()) == sorted(
            f"{themes.count(name)} {name}" for name in set(themes)
        )
    elif "GM9005" in code:
        assert (
            0
            < len(done.stdout.splitlines())
            == sum("GM9005" in page["gemeentecodes"] for page in pages)
        )
    else:
        assert len(done.stdout.splitlines()) == sum(
            len(page["velden"].get("cijfers", ())) for page in pages
        )


def test_the_documentation_has_an_example_in_each_language() -> None:
    assert [language for language, _ in EXAMPLES] == ["python", "python", "js"]


def test_the_page_shows_the_codebook(site: Path, platform: Platform) -> None:
    shown = (site / "open-data" / "index.html").read_text(encoding="utf-8")
    assert [
        c.json for c in platform.codebook if c.json and f"<code>{c.json}</code>" not in shown
    ] == []


# Downloads in the browser


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).press("Enter")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_what_is_shown_is_what_is_downloaded(
    page: Page, server: str, data: list[dict[str, Any]]
) -> None:
    wanted: list[str] = []
    with listening(page, request=lambda request: wanted.append(request.url)):
        check_downloads(page, server, data, wanted)


def check_downloads(page: Page, server: str, data: list[dict[str, Any]], wanted: list[str]) -> None:
    page.goto(
        f"{server}/instrumenten/?aandachtsveld=heldere-besluiten&aandachtsveld=samen-voor-groen&sorteer=titel"
    )
    expect(page.locator("[data-keuzes] .weg")).to_have_count(2)
    expect(page.locator("[data-card]")).to_have_count(
        int(page.inner_text("[data-count]").split()[0])
    )
    shown = page.eval_on_selector_all("[data-card]", "cards => cards.map(c => c.dataset.slug)")
    assert not any("/data/" in url or "/bestanden/" in url for url in wanted), (
        "nothing is loaded for a download before one is asked for"
    )
    assert len(shown) > 5

    name, raw = downloaded(page, "Download als CSV")
    assert name == "instrumenten.csv"
    rows = table(raw)
    assert [row["Adres"] for row in rows] == [f"{server}/instrumenten/{slug}/" for slug in shown]
    by_slug = {p["slug"]: p["velden"] for p in data}
    for row, slug in zip(rows, shown, strict=True):
        assert row["Titel"] == by_slug[slug]["titel"]
        assert sorted(row["Aandachtsveld"].split(" | ")) == sorted(by_slug[slug]["aandachtsveld"])
        assert row["Soort"] == by_slug[slug]["soort"]
        assert row["Samenvatting"] == by_slug[slug]["samenvatting"]
        assert len(row["Organisatie"].split(" | ")) == len(by_slug[slug].get("organisatie", " "))
    assert not any("catalogus.json" in url for url in wanted), (
        "the whole catalogue is not for pages"
    )

    name, raw = downloaded(page, "Download als Excel")
    assert name == "instrumenten.xlsx"
    check_workbook(raw, rows)


def test_a_download_holds_more_than_the_cards_on_the_page(
    page: Page, server: str, data: list[dict[str, Any]]
) -> None:
    page.goto(f"{server}/praktijken/")
    rows = table(downloaded(page, "Download als CSV")[1])
    assert page.locator("[data-card]").count() == 20 < len(rows)
    assert {row["Titel"] for row in rows} == {
        p["velden"]["titel"] for p in data if p["collectie"] == "praktijken"
    }


def workbook(page: Page, rows: list[list[str]]) -> Any:
    """Let the site's own script write rows; give the sheet."""
    encoded = page.evaluate(
        """async rows => {
        const { alsXlsx } = await import('./assets/js/bestanden/werkmap.js');
        const reader = new FileReader();
        reader.readAsDataURL(await alsXlsx(rows));
        await new Promise((read) => { reader.onload = read; });
        return reader.result.split(',')[1];
    }""",
        rows,
    )
    return openpyxl.load_workbook(io.BytesIO(b64decode(encoded))).active


def test_every_cell_of_a_workbook_is_text(page: Page, server: str) -> None:
    texts = [*FORMULAS, "<b>&\"'", "twee\nregels", "a\u0000\u0008b\uffff", "", "é – 🙂"]
    page.goto(server)
    sheet = workbook(page, [["kop"], *([text] for text in texts)])
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    # XML reads a bare carriage return as a line feed, and cannot hold control characters.
    assert [cell.value or "" for cell in cells] == [
        t.replace("\r", "\n").replace("\u0000", "").replace("\u0008", "").replace("\uffff", "")
        for t in texts
    ]


def test_the_policy_stops_no_large_workbook(page: Page, server: str) -> None:
    """Packing much of it, more than 160,000 bytes, starts no worker, which the policy would not let
    run.
    """
    page.goto(server)
    rows = [[f"{row} {column} {row * row}" for column in range(12)] for row in range(1000)]
    sheet = workbook(page, rows)
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows


def test_the_browser_and_the_build_make_the_same_cells_harmless() -> None:
    script = (
        f"import {{ alsCsv }} from "
        f"'{(ROOT / 'src' / 'browser' / 'bestanden' / 'csv.js').as_uri()}';"
        "console.log(alsCsv([['kop'], ...JSON.parse(process.argv[1]).map(t => [t])]))"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", script, json.dumps(list(FORMULAS))],
        capture_output=True,
        check=True,
    )
    assert [row["kop"] for row in table(done.stdout.removesuffix(b"\n"))] == [
        f"'{evil}" for evil in FORMULAS
    ]


def test_without_javascript_the_whole_catalogue_is_a_link(
    browser: Browser, server: str, data: list[dict[str, Any]]
) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(f"{server}/open-data/")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Catalogus als CSV").click()
        assert len(table(Path(waiting.value.path()).read_bytes())) == len(data)
