"""Check content as an editor, GitHub and other programs do: which files are reported, in which
format, and what advice does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

from building import pages
from kennisplatform import cli
from kennisplatform.model.findings import CODES, Finding
from kennisplatform.publish.formats import step_summary

TESTS = Path(__file__).parent
GOOD = (
    "---\ntitel: {title}\nsamenvatting: Een korte uitleg.\naandachtsveld: [Buurten aan "
    'zet]\ndatum: 2026-03-09\nvragen: ["Wat is het?", "Wat kost het?"]\n---\nEen zin.\n'
)
WRONG = GOOD.replace("datum", "datom").replace(
    "samenvatting: Een korte uitleg.", "zoektermen: [wijk]"
)
COMMAND = re.compile(r"::(error|notice) file=([^,:]*),line=(\d+),title=([^,:]*)::(.*)")


def parts_of(command: str) -> tuple[str, ...]:
    found = COMMAND.fullmatch(command)
    assert found, command
    return found.groups()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two wrong pages and a good one; commands run in it."""
    monkeypatch.chdir(tmp_path)
    pages(tmp_path / "content", {})
    write("content/publications/goed.md", GOOD)
    write("content/publications/fout.md", WRONG)
    write("content/instruments/ook-fout.md", WRONG)
    git("init", "-q", "-b", "main")
    commit()
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments],
        check=True,
        capture_output=True,
    )


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "Stand")


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text.replace("{title}", path), encoding="utf-8")


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = cli.main(["check", "--content", "content", *arguments])
    return status, capsys.readouterr().out


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Give the files with findings."""
    found = json.loads(check(capsys, "--format", "json", *arguments)[1])
    return sorted({f["path"].removeprefix("content/") for f in found})


def test_only_what_changed_since_a_revision_is_reported(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reported(capsys) == ["instruments/ook-fout.md", "publications/fout.md"]
    assert check(capsys, "--since", "HEAD") == (0, "Geen fouten in de gekozen bestanden.\n")
    git("mv", "content/instruments/ook-fout.md", "content/instruments/hernoemd.md")
    write("content/publications/nieuw.md", WRONG)
    write("content/publications/goed.md", WRONG)
    expected = ["instruments/hernoemd.md", "publications/goed.md", "publications/nieuw.md"]
    assert reported(capsys, "--since", "HEAD") == expected
    assert check(capsys, "--since", "HEAD")[0] == 1
    commit()
    assert reported(capsys, "--since", "main") == []
    assert reported(capsys, "--since", "HEAD~1") == expected
    assert reported(capsys, "--since", "HEAD~1", "content/instruments") == [
        "instruments/hernoemd.md"
    ]


def test_an_error_elsewhere_is_reported_when_the_change_causes_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was wrong already (fout.md, ook-fout.md) is not; what a deleted page, a name taken from
    a list or a draft does elsewhere is.
    """
    write(
        "content/publications/verwijst.md",
        GOOD.replace("datum", "gerelateerd: [goed]\ndatum") + "\nZie [goed](goed.md#kop).\n",
    )
    write("content/publications/goed.md", GOOD + "\n## Kop\n")
    commit()
    assert reported(capsys, "--since", "HEAD") == []
    write("content/publications/fout.md", "regel\n" + WRONG)
    assert reported(capsys, "--since", "HEAD") == ["publications/fout.md"]
    git("checkout", "content")
    Path("content/publications/goed.md").rename("content/publications/beter.md")
    assert reported(capsys, "--since", "HEAD") == ["publications/verwijst.md"]
    assert reported(capsys, "--since", "HEAD", "content/instruments") == []
    git("checkout", "content")
    Path("content/publications/beter.md").unlink()
    names = Path("content/vocabulary/aandachtsvelden.yml")
    names.write_text(
        names.read_text(encoding="utf-8").replace("Buurten aan zet", "Buurten aan de beurt"),
        encoding="utf-8",
    )
    assert "publications/verwijst.md" in reported(capsys, "--since", "HEAD")
    assert check(capsys, "--since", "HEAD")[0] == 1


def test_within_a_hook_of_git_the_repository_is_still_that_of_the_content(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("content/publications/nieuw.md", WRONG)
    monkeypatch.setenv("GIT_DIR", str(repository / "elders"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / "elders" / "index"))
    assert reported(capsys, "--since", "HEAD") == ["publications/nieuw.md"]


def test_everything_is_loaded_whatever_is_reported(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        "content/publications/verwijst.md",
        GOOD + "\nZie [de andere](goed.md) en [niets](niets.md).\n",
    )
    status, shown = check(capsys, "--since", "HEAD")
    assert status == 1
    assert [line.split(": ")[0] for line in shown.splitlines() if ": fout: " in line] == [
        "content/publications/verwijst.md:10"
    ]


@pytest.mark.parametrize(
    ("revision", "says"),
    [
        ("--output=gelezen", "begint niet met een streepje"),
        ("-1", "begint niet met een streepje"),
        ("bestaat-niet", "is niet bekend"),
        ("", "is niet bekend"),
        ("HEAD:content", "is niet bekend"),
    ],
)
def test_a_revision_that_is_none_is_refused(
    revision: str, says: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--content", "content", f"--since={revision}"]) == 2
    assert says in capsys.readouterr().err
    assert not (repository / "gelezen").exists()


def test_an_option_is_no_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", "--content", "content", "--since", "--output=gelezen"])
    assert stopped.value.code == 2
    assert "Zo kan scripts/check niet worden gebruikt" in capsys.readouterr().err


SCRIPTS = {
    "check": ["--onbekend", "--format=x", "--format"],
    "fix": ["--onbekend", "--content"],
    "stage": ["", "een twee"],
    "report": ["--from"],
    "new": ["", "iets", "praktijk"],
    "links": ["--report"],
    "publish": ["--output"],
    "serve": ["--port=x"],
    "offline": ["--con"],
}
OF_THE_LIBRARY = ("check", "fix", "stage", "report")


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_command_is_explained_in_dutch(
    script: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """argparse has no setting for its language, so a newer Python may bring back its English."""
    for line in ("--help", *SCRIPTS[script]):
        monkeypatch.setattr(sys, "argv", [script, *line.split()])
        try:
            status = (
                cli.main([script, *line.split()])
                if script in OF_THE_LIBRARY
                else import_module(script).main()
            )
        except SystemExit as stopped:
            status = stopped.code
        said = "".join(capsys.readouterr())
        assert status == (0 if line == "--help" else 2), said
        assert "gebruik: " in said
        assert not re.search(
            r"usage|option[s:]|argument|show "
            r"this|required|invalid|unrecognized|expected|choose|error",
            said,
        ), said


def test_without_a_repository_nothing_can_have_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    assert cli.main(["check", "--content", str(tmp_path / "content"), "--since", "HEAD"]) == 2
    assert "werkkopie van Git" in capsys.readouterr().err


def test_github_gets_each_finding_at_its_line(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are those of the repository, also when the command runs in another folder of it."""
    write("content/publications/50%: ja, graag.md", GOOD)
    monkeypatch.chdir(repository / "content" / "publications")
    assert cli.main(["check", "--content", "..", "--format", "github", "--advies"]) == 1
    *commands, last = capsys.readouterr().out.splitlines()
    found = {
        (kind, unquote(file), int(line), code): unquote(text)
        for kind, file, line, code, text in map(parts_of, commands)
    }
    assert {key[:2] + key[3:] for key in found} >= {
        ("error", "content/instruments/ook-fout.md", "veld-ontbreekt"),
        ("error", "content/publications/50%: ja, graag.md", "bestandsnaam"),
    }
    assert found["error", "content/publications/fout.md", 5, "onbekend-veld"].startswith(
        "het veld ‘datom’ bestaat niet.\nBedoeld: ‘datum’?"
    )
    assert last.startswith("5 fouten in 3 bestanden.")


ON_GITHUB = {"SERVER_URL": "https://github.com", "REPOSITORY": "o/r", "SHA": "c0ffee"}
FILES = "https://github.com/o/r/blob/c0ffee"
CELL = re.compile(r"<t[dh]>(.*?)</t[dh]>")


@pytest.fixture
def step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file for the summary of a step on GitHub, in which is something already."""
    for name, value in ON_GITHUB.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    file.write_text("Eerst dit.\n", encoding="utf-8")
    return file


def summarised(step: Path) -> ElementTree.Element:
    """Read the summary as GitHub does: Markdown, in which this is one block of HTML."""
    html = MarkdownIt("commonmark").enable("table").render(step.read_text(encoding="utf-8"))
    return ElementTree.fromstring(html.removeprefix("<p>Eerst dit.</p>\n"))


def rows(table: ElementTree.Element | None) -> list[list[str]]:
    assert table is not None
    return [["".join(cell.itertext()) for cell in row] for row in table.findall("tr")[1:]]


def test_the_summary_of_a_step_has_all_findings_with_links_and_repairs(
    repository: Path, step: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Annotations end at ten a step; advice is folded, also when it is only counted."""
    for number in range(12):
        write(f"content/publications/f{number}.md", WRONG)
    write("content/publications/met spatie.md", GOOD)
    write("content/instruments/los.md", re.sub("vragen: .*\n", "", GOOD))
    status, shown = check(capsys, "--format", "github")
    page = summarised(step)
    assert (status, page.findtext("h3")) == (1, shown.splitlines()[-1])
    errors, advice = rows(page.find("table")), rows(page.find("details/table"))
    assert len(errors) == shown.count("::error ") == 29 and shown.count("::notice ") == 0
    assert [
        "content/publications/f0.md:5",
        "het veld ‘datom’ bestaat niet.",
        "Bedoeld: ‘datum’?",
        "onbekend-veld",
    ] in errors
    links = [link.get("href") for link in page.iter("a")]
    assert links[0] == f"{FILES}/content/instruments/ook-fout.md?plain=1#L2"
    assert f"{FILES}/content/publications/met%20spatie.md?plain=1#L1" in links
    assert [row[3] for row in advice] == ["vragen-ontbreken"]
    assert page.findtext("details/summary") == "1 advies. Een advies houdt niets tegen."


def test_nothing_in_the_content_is_read_as_markup_in_a_summary(
    repository: Path, step: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nasty = [
        "<img src=x>",
        "</td></table><h1>x</h1>",
        "**vet** [x](https://example.org) ![x](y)",
        "a | b | `c`",
        "&lt;b&gt;",
        "<!-- x",
        "# kop",
    ]
    for number, text in enumerate(nasty):
        field = f"status: {json.dumps(text)}\n"
        write(f"content/publications/n{number}.md", GOOD.replace("datum", f"{field}datum"))
    check(capsys, "--format", "github")
    page = summarised(step)
    found = [row[1] for row in rows(page.find("table")) if "n" in row[0].split("/")[-1]]
    assert [text for text in nasty if not any(text in message for message in found)] == []
    assert {e.tag for e in page.iter()} <= {"div", "h3", "table", "tr", "th", "td", "a", "code"}


def test_a_summary_that_would_be_too_long_says_how_many_more_there_are() -> None:
    """GitHub shows nothing of a summary of more than 1 MiB."""
    wrong = [Finding("é.md", line, "html-in-tekst", "é" * 500, "è < ê") for line in range(1, 2_001)]
    advice = [Finding("é.md", line, "zin-lang", "lang", severity="let op") for line in range(1, 10)]
    written = step_summary("Te veel", wrong + advice, None, FILES)
    assert 1_000_000 < len(written.encode()) <= 1_048_576
    page = ElementTree.fromstring(written)
    told = (re.match(r"En nog (\d+), waar hier", p.text or "") for p in page.iter("p"))
    more = [int(found[1]) for found in told if found]
    shown = [len(rows(table)) for table in page.iter("table")]
    assert [a + b for a, b in zip(more, shown, strict=True)] == [2_000, 9]


def test_without_an_address_from_github_a_summary_has_no_links(
    repository: Path,
    step: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY")
    check(capsys, "--format", "github")
    assert "content/publications/fout.md:5" in step.read_text(encoding="utf-8")
    assert "href" not in step.read_text(encoding="utf-8")


def test_gitlab_gets_a_report_and_its_log_the_text(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fields as GitLab reads them; a fingerprint is unique, and stays when only lines move."""

    def report() -> list[dict[str, Any]]:
        assert cli.main(["check", "--content", "..", "--format", "gitlab", "--advies"]) == 1
        out, log = capsys.readouterr()
        assert log.splitlines()[-1].endswith("Zo kan de site niet worden gepubliceerd.")
        assert "../publications/fout.md:" in log and "[onbekend-veld]" in log
        found: list[dict[str, Any]] = json.loads(out)
        return found

    def places(issues: list[dict[str, Any]]) -> list[Any]:
        return [issue["location"] for issue in issues]

    write("content/instruments/los.md", GOOD)
    write("content/publications/dubbel.md", GOOD + "\n<b>x</b>\n\n<b>x</b>\n")
    monkeypatch.chdir(repository / "content" / "publications")
    first = report()
    for issue in first:
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["check_name"] in CODES and "\n" not in issue["description"]
        is_advice = CODES[issue["check_name"]].startswith("Advies")
        assert issue["severity"] == ("info" if is_advice else "blocker")
    assert {"path": "content/publications/fout.md", "lines": {"begin": 5}} in places(first)
    assert [issue["check_name"] for issue in first].count("html-in-tekst") >= 2
    assert len({issue["fingerprint"] for issue in first}) == len(first)
    page = Path("fout.md")
    text = page.read_text(encoding="utf-8").replace("datom", "pijler_bron: vermeld\ndatom")
    page.write_text(text, encoding="utf-8")
    second = report()
    assert {issue["fingerprint"] for issue in second} == {issue["fingerprint"] for issue in first}
    assert {"path": "content/publications/fout.md", "lines": {"begin": 6}} in places(second)


def test_sarif_is_valid_and_points_at_the_line(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The schema is the one in the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT)."""
    write(
        "content/practices/praktijk.md", GOOD.replace("---\nEen", "gemeente: [Zaalbeek]\n---\nEen")
    )
    status, written = check(capsys, "--format", "sarif", "--advies")
    log = json.loads(written)
    schema = json.loads((TESTS / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    assert [e.message for e in Draft4Validator(schema).iter_errors(log)] == []
    run = log["runs"][0]
    found = {
        (
            r["level"],
            r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            r["locations"][0]["physicalLocation"]["region"]["startLine"],
            r["ruleId"],
        )
        for r in run["results"]
    }
    assert {
        ("error", "content/publications/fout.md", 5, "onbekend-veld"),
        ("note", "content/practices/praktijk.md", 2, "lessen-ontbreken"),
    } <= found
    assert all(
        run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"]
    )
    (fix,) = next(r["fixes"] for r in run["results"] if r["ruleId"] == "onbekend-veld")
    assert fix["description"]["text"].startswith("Bedoeld: ‘datum’?")
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 6},
            "insertedContent": {"text": "datum"},
        }
    ]
    assert status == 1


@pytest.mark.parametrize(
    ("format", "site", "address"),
    [
        (
            "text",
            "",
            "http://127.0.0.1:8000/bijdragen/velden/#samenvatting (terwijl scripts/serve loopt)",
        ),
        (
            "text",
            "https://voorbeeld.example/kennis",
            "https://voorbeeld.example/kennis/bijdragen/velden/#samenvatting  [veld-ontbreekt]",
        ),
        (
            "github",
            "https://voorbeeld.example/kennis/",
            "Uitleg: https://voorbeeld.example/kennis/bijdragen/velden/#samenvatting",
        ),
        (
            "json",
            "https://voorbeeld.example/",
            'Uitleg: https://voorbeeld.example/bijdragen/velden/#samenvatting"',
        ),
        ("json", "", 'Uitleg: /bijdragen/velden/#samenvatting"'),
        ("github", "", "%0AVoeg een regel toe: samenvatting: …\n"),
        ("gitlab", "", 'Voeg een regel toe: samenvatting: …"'),
    ],
)
def test_an_address_in_a_message_can_be_opened(
    format: str,
    site: str,
    address: str,
    repository: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SITE_URL", site)
    assert cli.main(["check", "--format", format, "--content", "content"]) == 1
    assert address in capsys.readouterr().out


def test_json_keeps_its_shape(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(check(capsys, "--format", "json")[1])
    assert all(
        f.keys() == {"path", "line", "code", "message", "repair", "severity", "fix"}
        and f["code"] in CODES
        for f in found
    )
    assert len(found) == 4
    assert {f["code"]: f["fix"] for f in found} == {
        "onbekend-veld": {"line": 5, "column": 1, "from": "datom", "to": "datum", "certain": False},
        "veld-ontbreekt": None,
    }


def test_advice_is_counted_shown_when_asked_for_and_never_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages(tmp_path / "content", {})
    for name in ("een", "twee"):
        write(f"content/instruments/{name}.md", GOOD)
    counted = "let op: 2 keer instrument-ongebruikt: nog geen praktijk noemt dit instrument."
    assert check(capsys) == (0, f"{counted}\nGeen fouten in 2 pagina’s.\n")
    assert check(capsys, "content/instruments")[1].startswith(counted)
    status, shown = check(capsys, "content/instruments/twee.md")
    assert status == 0 and check(capsys, "--advies", "content/instruments/twee.md")[1] == shown
    assert (
        shown.splitlines()[0]
        == "content/instruments/twee.md:2: let op: nog geen praktijk noemt dit instrument."
    )
    assert shown.splitlines()[-1] == "Geen fouten in de gekozen bestanden."
    assert "een.md" not in shown
    write("content/instruments/drie.md", GOOD.replace("datum", "concept: ja\ndatum"))
    assert check(capsys)[1].endswith("Geen fouten in 2 pagina’s en 1 concept.\n")


def test_a_file_that_is_a_symbolic_link_is_found_by_its_own_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages(tmp_path / "content", {})
    write("content/publications/goed.md", GOOD)
    copytree("content", "elders")
    Path("content/publications/link.md").symlink_to(
        tmp_path / "elders" / "publications" / "goed.md"
    )
    assert (
        reported(capsys, "content/publications")
        == reported(capsys, "content/publications/link.md")
        == ["publications/link.md"]
    )
