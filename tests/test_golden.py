"""Run the golden cases: files of content in, findings and data out. golden/README.md explains the
format.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from building import SITE, TODAY
from kennisplatform.content.advice import advise
from kennisplatform.content.load import load_library
from kennisplatform.derive.catalogue import Sheet, lists
from kennisplatform.derive.relations import relate
from kennisplatform.model.findings import CODES, Finding
from kennisplatform.model.library import Library

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.rglob("*.yml"))
HEALTHY = {
    "samenvatting": "Een korte uitleg.",
    "aandachtsveld": ["Buurten aan zet"],
    "datum": "2026-03-09",
}


@pytest.mark.parametrize("file", CASES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_golden(file: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert case.keys() <= {"files", "pages", "drafts", "findings", "advice", "data"}
    lay_out(case, tmp_path / "content")
    library = load_library(tmp_path / "content", "content", SITE, case.get("drafts", False))
    check_findings(library.findings, case.get("findings", []))
    if "advice" in case:
        # Few pages of a case name the questions that they answer; some case is about that.
        about = {expected["code"] for expected in case["advice"]}
        advice = advise(library, "content", TODAY)
        unasked = {"vragen-ontbreken"} - about
        check_findings([f for f in advice if f.code not in unasked], case["advice"])
    for view, expected in case.get("data", {}).items():
        found = VIEWS[view](library)
        for key, value in expected.items():
            assert narrowed(found.get(key), value) == value, f"{view} of {key}"


def lay_out(case: dict[str, Any], content: Path) -> None:
    """Write the files of a case below a content folder; with a file of the vocabulary come the
    others of site/.
    """
    content.mkdir()
    if any(path.startswith("vocabulary/") for path in case.get("files", {})):
        copytree(SITE / "vocabulary", content / "vocabulary")
    pages = {
        f"{path}.md": page_text(path, fields or {})
        for path, fields in case.get("pages", {}).items()
    }
    for path, text in (pages | case.get("files", {})).items():
        target = content / path
        if text is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())


def page_text(path: str, fields: dict[str, Any]) -> str:
    """Make a healthy page; `body` among the fields is its text, and JSON is YAML too."""
    body = fields.pop("body", "Tekst.")
    head = {"titel": path.split("/")[-1], **HEALTHY, **fields}
    return "\n".join(
        [
            "---",
            *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()),
            "---",
            body,
        ]
    )


def check_findings(given: Sequence[Finding], expected: list[dict[str, str]]) -> None:
    found = [(f"{f.path}:{f.line}", f.code) for f in given]
    wanted = [(f"content/{e['at']}", e["code"]) for e in expected]
    assert sorted(found) == sorted(wanted), "\n".join(map(str, given))
    for e in expected:
        assert any(
            e.get("says", "") in f"{f.message} {f.repair}"
            for f in given
            if (f"{f.path}:{f.line}", f.code) == (f"content/{e['at']}", e["code"])
        ), (e, "\n".join(map(str, given)))


def narrowed(found: Any, wanted: Any) -> Any:
    """Keep of a mapping the keys that were asked for."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        return {key: narrowed(found[key], wanted[key]) for key in wanted if key in found}
    return found


def slugs(pages: Any) -> list[str]:
    return [p.slug for p in pages]


def velden(library: Library) -> dict[str, Any]:
    return {p.slug: p.velden.model_dump(mode="json") for p in library.pages}


def html(library: Library) -> dict[str, str]:
    return {p.slug: p.body.html.strip() for p in library.pages}


def ankers(library: Library) -> dict[str, list[str]]:
    return {p.slug: [h.anchor for h in p.body.headings] for p in library.pages}


def verbanden(library: Library) -> dict[str, Any]:
    """Give the slugs of each kind of relation; of `verwant`, in order, with the reasons."""
    kinds = ("instrumenten", "gebruikt_in", "gerelateerd", "genoemd_in")
    relations = relate(library)
    return {
        page.slug: {kind: slugs(getattr(found, kind)) for kind in kinds}
        | {"verwant": [{v.page.slug: list(v.reasons)} for v in found.verwant]}
        for page in library.pages
        for found in (relations.of(page.slug),)
    }


def termen(library: Library) -> dict[str, list[str]]:
    """Give the slugs of the pages under `facet/value`; that each has a collection says little."""
    return {
        f"{facet}/{slug}": slugs(pages)
        for (facet, slug), pages in relate(library).by_value.items()
        if facet != "collectie"
    }


def onderwerpen(library: Library) -> dict[str, str]:
    return relate(library).names("onderwerp")


def meest_gebruikt(library: Library) -> dict[str, int]:
    return {p.slug: n for p, n in relate(library).most_used}


def lijsten(library: Library) -> dict[str, Any]:
    """Give every static list by its address."""
    return {
        one.address: {
            "slugs": slugs(one.pages),
            "totaal": one.total,
            "nummer": one.number,
            "bladen": one.sheets,
            "gekozen": chosen(one),
        }
        for one in lists(library, relate(library), TODAY)
    }


def chosen(one: Sheet) -> list[str] | None:
    return [one.chosen[0], one.chosen[1].naam] if one.chosen else None


def facetten(library: Library) -> dict[str, Any]:
    """Give the count of each value by collection and facet."""
    return {
        one.collectie.map: {f.slug: {w.naam: w.count for w in f.choices} for f in one.facets}
        for one in lists(library, relate(library), TODAY)
        if one.chosen is None
    }


def contacten(library: Library) -> dict[str, list[str]]:
    """Give whom to ask, and when that was read, by the code of the municipality."""
    return {
        code: [f"{contact}, {contact.gelezen}" for contact in found]
        for code, found in library.vocabulary.contacten.items()
    }


VIEWS = {
    f.__name__: f
    for f in (
        velden,
        html,
        ankers,
        verbanden,
        termen,
        onderwerpen,
        meest_gebruikt,
        lijsten,
        facetten,
        contacten,
    )
}


def test_every_area_has_cases() -> None:
    areas = [f.parent.name for f in CASES]
    assert set(areas) == {
        "advice",
        "frontmatter",
        "schema",
        "library",
        "markup",
        "relations",
        "catalogue",
        "vocabulary",
        "zelfscan",
    }
    assert len(areas) >= 60


def test_a_symbolic_link_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\ntitel: Geheim\n---\n", encoding="utf-8")
    folder = tmp_path / "content" / "practices"
    folder.mkdir(parents=True)
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "content" / "events").symlink_to(tmp_path)
    library = load_library(tmp_path / "content", "content", SITE)
    assert [(f.path, f.line, f.code) for f in library.findings] == [
        ("content/events", 1, "symbolische-koppeling"),
        ("content/practices/link.md", 1, "symbolische-koppeling"),
    ]
    assert library.pages == ()


def test_a_file_too_big_for_a_page_is_a_finding(tmp_path: Path) -> None:
    lay_out({"files": {"instruments/groot.md": "x\n" * 200_000}}, tmp_path / "content")
    library = load_library(tmp_path / "content", "content", SITE)
    assert [(f.path, f.line, f.code) for f in library.findings] == [
        ("content/instruments/groot.md", 1, "bestand-te-groot")
    ]


def said(case: Path) -> list[dict[str, str]]:
    expected = yaml.safe_load(case.read_text(encoding="utf-8"))
    return [*expected.get("findings", []), *expected.get("advice", [])]


def test_every_code_has_a_case_and_an_explanation() -> None:
    cases = {finding["code"] for f in CASES for finding in said(f)}
    assert (
        cases | {"symbolische-koppeling", "bestand-te-groot", "bestand-onleesbaar"} == CODES.keys()
    )
