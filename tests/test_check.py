"""Check content as an editor, GitHub and other programs do: which files are reported, in which format, and what advice does."""
from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from building import environment
from kennisplatform import cli
from kennisplatform.findings import CODES

TESTS = Path(__file__).parent
GOOD = "---\ntitel: {title}\nsamenvatting: Een korte uitleg.\naandachtsveld: [Een krachtige gemeenteraad]\ndatum: 2026-03-09\n---\nEen zin.\n"
WRONG = GOOD.replace("datum", "datom")
COMMAND = re.compile(r"::(error|notice) file=([^,:]*),line=(\d+),title=([^,:]*)::(.*)")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two wrong pages and a good one; commands run in it."""
    monkeypatch.chdir(tmp_path)
    write("content/publications/goed.md", GOOD)
    write("content/publications/fout.md", WRONG)
    write("content/instruments/ook-fout.md", WRONG)
    git("init", "-q", "-b", "main")
    commit()
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments], check=True, capture_output=True)


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


def test_only_what_changed_since_a_revision_is_reported(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
    assert reported(capsys, "--since", "HEAD~1", "content/instruments") == ["instruments/hernoemd.md"]


def test_an_error_elsewhere_is_reported_when_the_change_causes_it(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was wrong already (fout.md, ook-fout.md) is not; what a deleted page, a name taken from a list or a draft does elsewhere is."""
    copytree(TESTS.parent / "content" / "vocabulary", "content/vocabulary")
    write("content/publications/verwijst.md", GOOD.replace("datum", "gerelateerd: [goed]\ndatum") + "\nZie [goed](goed.md#kop).\n")
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
    names.write_text(names.read_text(encoding="utf-8").replace("Een krachtige gemeenteraad", "Een sterke gemeenteraad"), encoding="utf-8")
    assert "publications/verwijst.md" in reported(capsys, "--since", "HEAD")
    assert check(capsys, "--since", "HEAD")[0] == 1


def test_within_a_hook_of_git_the_repository_is_still_that_of_the_content(
        repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("content/publications/nieuw.md", WRONG)
    monkeypatch.setenv("GIT_DIR", str(repository / "elders"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / "elders" / "index"))
    assert reported(capsys, "--since", "HEAD") == ["publications/nieuw.md"]


def test_everything_is_loaded_whatever_is_reported(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("content/publications/verwijst.md", GOOD + "\nZie [de andere](goed.md) en [niets](niets.md).\n")
    status, shown = check(capsys, "--since", "HEAD")
    assert status == 1
    assert [line.split(": ")[0] for line in shown.splitlines() if ": fout: " in line] == ["content/publications/verwijst.md:9"]


@pytest.mark.parametrize(("revision", "says"), [("--output=gelezen", "begint niet met een streepje"), ("-1", "begint niet met een streepje"),
                                                ("bestaat-niet", "is niet bekend"), ("", "is niet bekend"), ("HEAD:content", "is niet bekend")])
def test_a_revision_that_is_none_is_refused(revision: str, says: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--content", "content", f"--since={revision}"]) == 2
    assert says in capsys.readouterr().err
    assert not (repository / "gelezen").exists()


def test_an_option_is_no_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", "--content", "content", "--since", "--output=gelezen"])
    assert stopped.value.code == 2
    assert "Zo kan scripts/check niet worden gebruikt" in capsys.readouterr().err


SCRIPTS = {"check": ["--onbekend", "--format=x", "--format"], "fix": ["--onbekend", "--content"],
           "stage": ["", "een twee"], "report": ["--from"], "new": ["", "iets", "praktijk"],
           "links": ["--report"], "publish.py": ["--output"], "serve.py": ["--port=x"], "offline.py": ["--con"]}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_command_is_explained_in_dutch(script: str) -> None:
    """argparse has no setting for its language, so a newer Python may bring back its English."""
    file = TESTS.parent / "scripts" / script
    command = [sys.executable, file if script.endswith(".py") else f"{file}.py"] if script in ("new", "links") or script.endswith(".py") else [
        sys.executable, "-m", "kennisplatform", script]
    for line in ("--help", *SCRIPTS[script]):
        done = subprocess.run([*command, *line.split()], env=environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == (0 if line == "--help" else 2), done.stderr
        said = done.stdout + done.stderr
        assert "gebruik: " in said
        assert not re.search(r"usage|option[s:]|argument|show this|required|invalid|unrecognized|expected|choose|error", said), said


def test_without_a_repository_nothing_can_have_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    assert cli.main(["check", "--content", str(tmp_path / "content"), "--since", "HEAD"]) == 2
    assert "werkkopie van Git" in capsys.readouterr().err


def test_github_gets_each_finding_at_its_line(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are those of the repository, also when the command runs in another folder of it."""
    write("content/publications/50%: ja, graag.md", GOOD)
    monkeypatch.chdir(repository / "content" / "publications")
    assert cli.main(["check", "--content", "..", "--format", "github", "--advies"]) == 1
    *commands, last = capsys.readouterr().out.splitlines()
    found = {(kind, unquote(file), int(line), code): unquote(text) for kind, file, line, code, text in (COMMAND.fullmatch(c).groups() for c in commands)}
    assert {key[:2] + key[3:] for key in found} >= {("error", "content/instruments/ook-fout.md", "veld-ontbreekt"),
                                                    ("error", "content/publications/50%: ja, graag.md", "bestandsnaam")}
    assert found["error", "content/publications/fout.md", 5, "onbekend-veld"].startswith("het veld ‘datom’ bestaat niet.\nBedoeld: ‘datum’?")
    assert last.startswith("5 fouten in 3 bestanden.")


def test_sarif_is_valid_and_points_at_the_line(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The schema is the one in the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT)."""
    write("content/practices/praktijk.md", GOOD.replace("---\nEen", "gemeente: [Utrecht]\n---\nEen"))
    status, written = check(capsys, "--format", "sarif", "--advies")
    log = json.loads(written)
    schema = json.loads((TESTS / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    assert [e.message for e in Draft4Validator(schema).iter_errors(log)] == []
    run = log["runs"][0]
    found = {(r["level"], r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], r["locations"][0]["physicalLocation"]["region"]["startLine"],
              r["ruleId"]) for r in run["results"]}
    assert {("error", "content/publications/fout.md", 5, "onbekend-veld"), ("note", "content/practices/praktijk.md", 2, "lessen-ontbreken")} <= found
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    fix, = next(r["fixes"] for r in run["results"] if r["ruleId"] == "onbekend-veld")
    assert fix["description"]["text"].startswith("Bedoeld: ‘datum’?")
    assert fix["artifactChanges"][0]["replacements"] == [{
        "deletedRegion": {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 6}, "insertedContent": {"text": "datum"}}]
    assert status == 1


def test_json_keeps_its_shape(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(check(capsys, "--format", "json")[1])
    assert all(f.keys() == {"path", "line", "code", "message", "repair", "severity", "fix"} and f["code"] in CODES for f in found)
    assert len(found) == 4
    assert {f["code"]: f["fix"] for f in found} == {
        "onbekend-veld": {"line": 5, "column": 1, "from": "datom", "to": "datum", "certain": False}, "veld-ontbreekt": None}


def test_advice_is_counted_shown_when_asked_for_and_never_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("een", "twee"):
        write(f"content/instruments/{name}.md", GOOD)
    counted = "let op: 2 keer instrument-ongebruikt: nog geen praktijk noemt dit instrument."
    assert check(capsys) == (0, f"{counted}\nGeen fouten in 2 pagina’s.\n")
    status, shown = check(capsys, "--advies", "content/instruments/twee.md")
    assert status == 0
    assert shown.splitlines()[0] == "content/instruments/twee.md:2: let op: nog geen praktijk noemt dit instrument."
    assert shown.splitlines()[-1] == "Geen fouten in de gekozen bestanden."
    assert "een.md" not in shown
    write("content/instruments/drie.md", GOOD.replace("datum", "concept: ja\ndatum"))
    assert check(capsys)[1].endswith("Geen fouten in 2 pagina’s en 1 concept.\n")


def test_a_file_that_is_a_symbolic_link_is_found_by_its_own_name(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("content/publications/goed.md", GOOD)
    copytree("content", "elders")
    Path("content/publications/link.md").symlink_to(tmp_path / "elders" / "publications" / "goed.md")
    assert reported(capsys, "content/publications") == reported(capsys, "content/publications/link.md") == ["publications/link.md"]
