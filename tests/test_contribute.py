"""Hold what invites people to contribute against what it must agree with: forms, templates, owners,
editor settings, the page itself.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from jsonschema import Draft7Validator

from building import REPO, ROOT, SUB_PATH, build_site, read
from kennisplatform.cli import main
from kennisplatform.model.facets import EVIDENCE, LADDER
from kennisplatform.model.findings import CODES
from kennisplatform.model.schema import COLLECTIES

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
PAGE_KINDS = (
    "index.html",
    "praktijken/index.html",
    "praktijken/een-euro-per-bewoner/index.html",
    "gemeenten/zaalbeek/index.html",
    "over/index.html",
    "zoeken/index.html",
    "onderwerpen/index.html",
    "privacy/index.html",
    "bijdragen/velden/index.html",
)


def form(name: str) -> Any:
    return yaml.safe_load((FORMS / f"{name}.yml").read_text(encoding="utf-8"))


def schema_of(name: str) -> Draft7Validator:
    """GitHub's own rules for a file, as check-jsonschema carries them."""
    folder = package_files("check_jsonschema") / "builtin_schemas" / "vendor"
    return Draft7Validator(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("nieuwe-praktijk", "github-issue-forms"),
        ("fout-of-dode-link", "github-issue-forms"),
        ("config", "github-issue-config"),
    ],
)
def test_an_issue_form_is_what_github_takes(name: str, rules: str) -> None:
    assert [error.message for error in schema_of(rules).iter_errors(form(name))] == []


def test_owners_are_named_for_texts_and_for_code() -> None:
    """The last line that matches counts, so the line for everything comes first.

    At the root both hosts read it, unless there is one elsewhere.
    """
    elsewhere = [ROOT / folder / "CODEOWNERS" for folder in (".github", ".gitlab", "docs")]
    assert not [file for file in elsewhere if file.exists()]
    lines = (ROOT / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith(("[", "^[")) or {"@", "#"} <= set(line)]
    rules = {
        line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")
    }
    assert next(iter(rules)) == "*"
    assert rules["/content/"] == rules["/docs/*.md"] != rules["*"]
    assert all(path == "*" or list(ROOT.glob(path.strip("/"))) for path in rules)
    others = {path for path, owners in rules.items() if owners != rules["*"]}
    assert others == {"/content/", "/docs/*.md", "/content/vocabulary/"}


def test_a_proposal_begins_with_the_same_questions_on_both_hosts() -> None:
    names = (".github/pull_request_template.md", ".gitlab/merge_request_templates/Default.md")
    here, there = ((ROOT / name).read_text(encoding="utf-8") for name in names)
    assert there == here.replace("‘Oordeel’", "de pijplijn") != here


def without_comments(file: Path) -> Any:
    return json.loads(
        re.sub(r"^\s*//.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )


def test_vs_code_finds_the_line_of_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what scripts/check prints, and a problem matcher's own way of reading: line by line."""
    (tmp_path / "practices").mkdir()
    (tmp_path / "practices" / "proef.md").write_text(
        "---\ntitel: Proef\nstatus: afgrond\n---\n", encoding="utf-8"
    )
    main(["check", "--content", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    matchers = without_comments(ROOT / ".vscode" / "tasks.json")["tasks"][0]["problemMatcher"]
    errors = [m for line in lines if (m := re.match(matchers[0]["pattern"]["regexp"], line))]
    assert (str(tmp_path / "practices" / "proef.md"), "3", "status ‘afgrond’ bestaat niet.") in {
        (m[1], m[2], m[3]) for m in errors
    }
    assert (
        without_comments(ROOT / ".vscode" / "settings.json")["[markdown]"][
            "editor.snippetSuggestions"
        ]
        == "top"
    )


def test_the_list_of_fields_is_complete(site: Path) -> None:
    ids = read(site / "bijdragen" / "velden" / "index.html").ids
    assert {name for c in COLLECTIES.values() for name in c.model.model_fields} <= set(ids)
    assert {f"melding-{code}" for code in CODES} <= set(ids)


def test_the_headings_that_the_page_names_are_those_of_the_form() -> None:
    text = (ROOT / "docs" / "bijdragen.md").read_text(encoding="utf-8")
    for collectie in COLLECTIES.values():
        assert re.search(rf"`content/{collectie.map}` .*{', '.join(collectie.koppen)}\.", text), (
            collectie.map
        )


def improve(page: Path) -> list[str]:
    """Where the links of a page lead that say: improve this page."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r'<a href="([^"]*)"[^>]*>Verbeter deze pagina</a>', text)


def test_the_site_says_of_evidence_what_the_ladder_does() -> None:
    text = (ROOT / "docs" / "over.md").read_text(encoding="utf-8")
    assert [*LADDER] == [*EVIDENCE]
    steps = [f"- **{EVIDENCE[step]}**: {meaning}" for step, meaning in LADDER.items()]
    assert ";\n".join(steps) + "." in text


def mails(page: Path) -> list[tuple[str, str, list[str]]]:
    """Give subject, receiver and lines of the mails that a page begins."""
    found = [urlsplit(a.get("href", "")) for a in read(page).all("a")]
    asked = [(a.path, parse_qs(a.query)) for a in found if a.scheme == "mailto" and a.query]
    return [(given["subject"][0], to, given["body"][0].splitlines()) for to, given in asked]


def test_whoever_finds_a_mistake_mails_it_with_the_page_named(below: Path, site: Path) -> None:
    path = "praktijken/een-euro-per-bewoner/index.html"
    assert mails(below / path) == [
        (
            "Klopt dit niet: Een euro per bewoner",
            "redactie@voorbeeld.example",
            [
                "Een euro per bewoner",
                f"{SUB_PATH.rstrip('/')}/praktijken/een-euro-per-bewoner/",
                "",
                "Wat er niet klopt:",
            ],
        )
    ]
    for name in PAGE_KINDS:
        assert len(mails(below / name)) == 1, name
        assert mails(site / name) == [], name


def test_helping_begins_with_what_needs_nothing(below: Path, site: Path, tmp_path: Path) -> None:
    def ways(folder: Path) -> list[str]:
        page = (folder / "bijdragen" / "index.html").read_text(encoding="utf-8")
        return re.findall(r'<h2><a href="[^"]*">([^<]*)</a></h2>', page)

    assert ways(below)[:2] == ["Mail het ons", "Vertel het ons"]
    assert ways(site) == ["Werk in een werkkopie"]
    (form := tmp_path / "redactie").mkdir()
    other = build_site(
        tmp_path / "site",
        CONTACT="https://voorbeeld.example/contact",
        KENNISPLATFORM_REDACTIE=str(form),
    )
    assert ways(other) == ["Vertel het ons", "Werk in een werkkopie"]
    assert mails(other / "over" / "index.html") == []


def test_every_kind_of_page_can_be_improved(site: Path) -> None:
    for name in PAGE_KINDS:
        assert [re.sub(r"(\.\./)+|^\./", "", address) for address in improve(site / name)] == [
            "bijdragen/"
        ], name


def test_with_a_repository_the_links_lead_there(below: Path) -> None:
    page = below / "praktijken" / "een-euro-per-bewoner" / "index.html"
    assert improve(below / "over" / "index.html") == [f"{REPO}/edit/main/docs/over.md"]
    assert improve(page) == ["../../redactie/#/collections/practices/entries/een-euro-per-bewoner"]
    assert f"{REPO}/edit/main/content/practices/een-euro-per-bewoner.md" in {
        a.get("href") for a in read(page).all("a")
    }
    ways = {a.get("href") for a in read(below / "bijdragen" / "index.html").all("a")}
    assert {f"{REPO}/issues/new/choose", "../redactie/", REPO} <= ways
