"""The pipelines of GitHub and GitLab: sound, sparing with rights, and without steps that only they
can do.
"""

from __future__ import annotations

import ast
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import packages_distributions
from pathlib import Path
from shutil import copy, rmtree, which
from threading import Thread
from typing import Any

import pytest
import yaml
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner

from audit import from_pip
from building import ROOT, environment

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PREVIEW = ROOT / ".github" / "workflows" / "voorbeeld.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
PUBLISHING = ROOT / "docs" / "ontwikkeling" / "publiceren.md"
TODAY = "SOURCE_DATE_EPOCH=$(date -ud 00:00 +%s)"
"""What comes before the command that publishes."""


def tool(name: str, *arguments: str | Path) -> str:
    """Run a checker of the environment; give what it complains of."""
    done = subprocess.run(
        [Path(sys.executable).with_name(name), *arguments], cwd=ROOT, capture_output=True, text=True
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", WORKFLOWS),
        ("dependabot", [ROOT / ".github" / "dependabot.yml"]),
        ("gitlab-ci", [GITLAB]),
    ],
    ids=str,
)
def test_the_files_are_what_the_host_expects(schema: str, files: list[Path]) -> None:
    arguments = ["--builtin-schema", f"vendor.{schema}", *map(str, files)]
    done = CliRunner().invoke(check_jsonschema, arguments)
    assert done.exit_code == 0, done.output


def test_nothing_in_the_workflows_is_known_to_be_unsafe() -> None:
    """Among others: actions pinned by commit, least rights, no pull_request_target, no text of a
    visitor in a command.
    """
    assert (
        tool(
            "zizmor",
            "--offline",
            "--no-progress",
            "--persona",
            "pedantic",
            "--strict-collection",
            ".github",
        )
        == ""
    )


def workflow(name: str) -> Any:
    """Read a workflow; YAML takes its key `on` for true."""
    (file,) = (file for file in WORKFLOWS if file.stem == name)
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def gitlab() -> Any:
    return yaml.safe_load(GITLAB.read_text(encoding="utf-8"))


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job.get("steps", ())


def commands() -> Iterator[tuple[str, str]]:
    for file in WORKFLOWS:
        yield from ((file.name, step["run"]) for step in steps(file.stem) if "run" in step)
    for job in gitlab().values():
        lines = job.get("script", ()) if isinstance(job, dict) else ()
        yield from ((GITLAB.name, line) for line in lines)


def test_every_step_is_a_script_of_the_project() -> None:
    """But for the verdict, which only fails."""
    found = list(commands())
    assert {name for name, _ in found} == {GITLAB.name, *(file.name for file in WORKFLOWS)}
    for name, command in found:
        script = command.removeprefix(f"{TODAY} ")
        if script != "exit 1":
            words = r"""[a-z0-9_./=-]+|HEAD\^|"\$[A-Z_]+"|> [a-z]+\.json"""
            assert re.fullmatch(rf"scripts/[a-z]+( ({words}))*", script), (name, command)
            assert (ROOT / script.split()[0]).is_file(), (name, command)


def test_a_site_is_published_with_the_day_of_publishing_as_today() -> None:
    """Also at night, when nobody has written anything, so the agenda goes on."""
    published = [name for name, command in commands() if command.startswith(TODAY)]
    assert published == ["publiceren.yml", GITLAB.name]
    command = ["sh", "-c", f"{TODAY} printenv SOURCE_DATE_EPOCH"]
    midnight = int(subprocess.run(command, capture_output=True, text=True).stdout)
    assert midnight % 86_400 == 0 and 0 <= time.time() - midnight < 86_400 + 60
    pages = gitlab()["pages"]
    assert any("schedule" in rule["if"] and "$NACHT" in rule["if"] for rule in pages["rules"])
    assert pages["needs"] == [], "the other jobs of the night do not hold it up"


def test_publishing_every_night_cannot_stop_publishing_by_day() -> None:
    """With a schedule that is long without a commit, GitHub stops all that starts its workflow."""
    published, night = workflow("publiceren"), workflow("nachtelijks")
    assert published[True].keys() == {"push", "workflow_call", "workflow_dispatch"}
    assert night[True].keys() == {"schedule", "workflow_dispatch"}
    caller = night["jobs"]["publiceren"]
    assert caller["uses"] == "$/.github/workflows/publiceren.yml"
    rights = (right for job in published["jobs"].values() for right in job["permissions"].items())
    assert caller["permissions"] == dict(rights), "no more than it needs"


@pytest.mark.parametrize("name", [file.stem for file in WORKFLOWS])
def test_a_workflow_has_limits_and_keeps_no_token(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    for job in workflow(name)["jobs"].values():
        if "uses" in job:  # a workflow of this commit, which has limits of its own
            assert job["uses"].startswith("$/.github/workflows/")
            continue
        longest = 90 if name == "nachtelijks" else 45  # nobody waits for what runs at night
        assert job["timeout-minutes"] <= longest and "permissions" in job
        assert name == PREVIEW.stem or not any("secrets." in str(step) for step in job["steps"])
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
                assert step["with"].keys() <= {"persist-credentials", "fetch-depth"}
            if "run" in step and name != PREVIEW.stem:  # what runs packages may only read
                assert job["permissions"] in ({"contents": "read"}, {})


def test_one_required_check_holds_for_texts_and_for_code() -> None:
    """It always runs: GitHub takes a job that was skipped for one that passed."""
    control = workflow("controle")
    assert control[True] == {"pull_request": None}, "with paths a check would wait for ever"
    *others, verdict = control["jobs"].values()
    names = list(control["jobs"])[:-1]
    assert (verdict["needs"], verdict["if"]) == (names, "always()")
    (fails,) = verdict["steps"]
    assert fails["if"] == " || ".join(f"needs.{name}.result != 'success'" for name in names)
    assert fails["run"] == "exit 1"
    assert not [job for job in others if "if" in job or "continue-on-error" in str(job)]
    checkout, *_, tests = control["jobs"]["tests"]["steps"]
    assert (checkout["with"]["fetch-depth"], tests["run"]) == (2, "scripts/test --since HEAD^")
    every = [job["name"] for file in WORKFLOWS for job in workflow(file.stem)["jobs"].values()]
    assert every.count(verdict["name"]) == 1
    assert f"only *{verdict['name']}*" in PUBLISHING.read_text(encoding="utf-8")


def test_content_is_judged_alike_on_both_hosts() -> None:
    job = workflow("controle")["jobs"]["inhoud"]
    here = [step["run"] for step in job["steps"] if "run" in step]
    there = [line for line in gitlab()["inhoud"]["script"] if "scripts/offline" not in line]
    for lines in (here, there):
        bare = [line.split(" --format")[0] for line in lines]
        assert bare == ["scripts/check", "scripts/build", "scripts/test -m inhoud"]


def test_what_is_published_comes_from_no_cache() -> None:
    """What a pull request keeps, only it gets back; main gets back what main kept."""
    kept = [
        (file.stem, step["with"])
        for file in WORKFLOWS
        for step in steps(file.stem)
        if step.get("uses", "").startswith("actions/cache@")
    ]
    names = {name for name, _ in kept}
    assert names == {"controle", "nachtelijks"}
    assert {c["path"] for _, c in kept if "restore-keys" in c} == {".cache"}, "sealed"
    (one,) = {json.dumps(cache) for _, cache in kept if "restore-keys" not in cache}
    assert "requirements.lock" in one and "package-lock.json" in one
    runners = {job.get("runs-on") for name in names for job in workflow(name)["jobs"].values()}
    assert all(f"-{runner}-" in one for runner in runners - {None}), "it decides which Python"
    assert "cache" not in gitlab()["default"] and "cache" not in gitlab()["pages"]
    assert gitlab()["pages"]["extends"] == ".npm" and "cache" not in gitlab()[".npm"]
    image = gitlab()["default"]["image"].removesuffix("-trixie")
    assert gitlab()[".omgeving"]["cache"][0]["key"]["prefix"] == image.replace(":", "-")


def test_a_merge_request_shows_what_was_found() -> None:
    """GitLab compares with the report of main, so main makes one too."""
    for name in ("inhoud", "pages"):
        job = gitlab()[name]
        report = job["artifacts"]["reports"]["codequality"]
        assert job["script"][0] == f"scripts/check --format gitlab --advies > {report}"
    assert gitlab()["inhoud"]["artifacts"]["when"] == "always"


def test_what_has_a_key_runs_nothing_of_a_pull_request_and_no_packages() -> None:
    """Zizmor is told to accept its trigger, so what makes it safe is tested here."""
    (job,) = workflow(PREVIEW.stem)["jobs"].values()
    checkout, download, place = job["steps"]
    assert checkout["with"] == {"persist-credentials": False}, "no ref: the code of main"
    assert download["with"]["skip-decompress"] and "secrets." not in str(download)
    assert job["permissions"] == {"contents": "read", "actions": "read", "statuses": "write"}
    assert job["environment"] == "voorbeeld"
    told = {value for value in place["env"].values() if "github.event" in value}
    of_github = ("head_sha", "html_url")
    assert told == {f"${{{{ github.event.workflow_run.{name} }}}}" for name in of_github}
    script = (ROOT / place["run"].split()[0]).read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env python3\n")
    assert (
        set(re.findall(r"^ *(?:import|from) (\w+)", script, re.MULTILINE))
        <= sys.stdlib_module_names
    )


Work = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Run a command in a small repository, where none of the programs for the tests are found."""
    path, folder = tmp_path / "bin", tmp_path / "werk"
    for name in ("content/practices/a.md", "src/a.py"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("een\ntwee\ndrie\n", encoding="utf-8")
    (folder / "scripts").mkdir()
    copy(ROOT / "scripts" / "test", folder / "scripts")
    path.mkdir()
    for name in ("dirname", "git", "id", "ln", "mkdir", "mv", "rm", "sh", "touch"):
        (path / name).symlink_to(which(name) or "")
    variables = {"PATH": str(path), "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", command], cwd=folder, env=variables, capture_output=True, text=True
        )

    assert (
        run(
            "git init -q && git config user.name T && git config user.email t@example.org"
            " && git add . && git commit -qm Eerst"
        ).returncode
        == 0
    )
    return run


@pytest.mark.parametrize(
    ("change", "all_tests"),
    [
        ("echo x >>content/practices/a.md", False),
        ("touch content/practices/b.md content/new.yml", False),
        ("rm content/practices/a.md && touch content/b.md", False),
        ("git mv content/practices/a.md content/b.md", False),
        ("echo x >>content/practices/a.md && echo x >>src/a.py", True),
        ("echo x >>content/practices/a.md && touch src/b.py", True),
        ("git rm -q src/a.py", True),
        ("git mv src/a.py content/a.py", True),
        ("git mv content/practices/a.md src/a.md", True),
        ("mkdir contents && mv content/practices/a.md contents", True),
        ("mkdir .github && touch .github/x.yml", True),
        ("rm -r content && ln -s src content", True),
        ("rm -r content && touch content", True),
    ],
)
def test_only_when_nothing_but_content_changed_the_tests_of_the_code_are_left_out(
    work: Work, change: str, all_tests: bool
) -> None:
    first = work("git rev-parse HEAD").stdout.strip()
    for step in (change, "git add -A && git commit -qm Tweede"):
        assert work(step).returncode == 0
        done = work(f"scripts/test --since {first}")
        assert done.returncode == (2 if all_tests else 0), done.stdout + done.stderr
        assert ("Voor de tests ontbreekt:" in done.stderr) is all_tests
        assert ("is alleen content/ veranderd." in done.stdout) is not all_tests


def test_a_pull_request_is_compared_with_what_it_is_merged_into(work: Work) -> None:
    """In a checkout as shallow as that of the pipeline; new code of main is not the proposal's."""
    commit = "git add . && git commit -qm Meer"
    for command in (
        f"git checkout -qb voorstel && touch content/b.md && {commit}",
        f"git checkout -q - && touch src/b.py && {commit}",
        "git merge -q --no-ff -m Voorstel voorstel",
        "git clone -q --depth 2 file://$PWD ../ondiep",
    ):
        assert work(command).returncode == 0
    assert work("../ondiep/scripts/test --since HEAD^").returncode == 0
    assert work("../ondiep/scripts/test --since HEAD^2").returncode == 2


@pytest.mark.parametrize("revision", ["bestaat-niet", "''", "--quiet", "-1", "HEAD^"])
def test_what_git_cannot_compare_with_calls_for_all_tests(work: Work, revision: str) -> None:
    done = work(f"touch content/b.md && scripts/test --since {revision}")
    assert done.returncode == 2 and "Voor de tests ontbreekt:" in done.stderr


class Host(ThreadingHTTPServer):
    """A host of previews, a registry, or GitHub: it remembers what came, and answers as told."""

    status, answer, status_of_github = 200, "{}", 201
    sent: tuple[str, str, str, bytes] = ("", "", "", b"")
    told: tuple[str, str, dict[str, str]] = ("", "", {})
    """To GitHub: path, authorization and what it says of a commit."""


class Handler(BaseHTTPRequestHandler):
    server: Host

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = self.server.status, self.server.answer
        if self.path.startswith("/repos/"):
            status, answer = self.server.status_of_github, "{}"
            self.server.told = (self.path, self.headers["Authorization"], json.loads(body))
        else:
            self.server.sent = (
                self.path,
                self.headers["Authorization"],
                self.headers["Content-Type"],
                body,
            )
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer.encode())

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Be silent: the tests say what goes wrong."""


@pytest.fixture
def host() -> Iterator[Host]:
    with Host(("127.0.0.1", 0), Handler) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        yield http
        http.shutdown()


RUN = "https://github.com/o/r/actions/runs/1"


@pytest.fixture
def preview(host: Host, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Put what is in the folder on the host; gives the exit status and the summary.

    What is said at the commit agrees with them.
    """

    def run(**settings: str) -> tuple[int, str]:
        here = f"http://127.0.0.1:{host.server_port}"
        chosen = environment(
            **{
                "VOORBEELD_HOST": here,
                "VOORBEELD_SITE": "s1",
                "VOORBEELD_TOKEN": "geheim",
                "GITHUB_API_URL": here,
                "GITHUB_REPOSITORY": "o/r",
                "GITHUB_TOKEN": "van github",
                "CONTROLE_COMMIT": "c0ffee",
                "CONTROLE_ADRES": RUN,
            }
            | settings
        )
        done = subprocess.run(
            [ROOT / "scripts" / "voorbeeld", tmp_path / "artefact", tmp_path / "verslag.md"],
            env=chosen,
            capture_output=True,
            text=True,
        )
        assert (tmp_path / "verslag.md").read_text(encoding="utf-8").endswith(done.stdout)
        assert done.stderr == "" and "geheim" not in done.stdout
        path, key, status = host.told
        assert (path, key) == ("/repos/o/r/statuses/c0ffee", "Bearer van github")
        assert status["context"] == "Voorbeeld"
        if host.status_of_github == 201:
            assert (status["state"] == "error") is (done.returncode == 1)
        assert len(status["description"]) <= 140 and done.stdout.startswith(status["description"])
        assert f"<{status['target_url']}>" in done.stdout
        return done.returncode, done.stdout

    (tmp_path / "artefact").mkdir()
    (tmp_path / "artefact" / "$(id) &.zip").write_bytes(b"no zip")
    return run


def test_a_preview_is_passed_on_as_it_is_and_its_address_is_told(
    preview: Callable[..., tuple[int, str]], host: Host
) -> None:
    host.answer = '{"deploy_ssl_url": "https://abc123--voorbeelden.netlify.app"}'
    address = "https://abc123--voorbeelden.netlify.app"
    assert preview() == (0, f"Het voorbeeld staat klaar, soms pas na een minuut. <{address}>\n")
    assert host.sent == (
        "/sites/s1/deploys?draft=true",
        "Bearer geheim",
        "application/zip",
        b"no zip",
    )
    assert host.told[2]["state"] == "success"


@pytest.mark.parametrize("settings", [{"VOORBEELD_SITE": ""}, {"VOORBEELD_TOKEN": ""}], ids=str)
def test_without_a_host_the_site_can_be_downloaded(
    preview: Callable[..., tuple[int, str]], host: Host, settings: dict[str, str]
) -> None:
    told = f"De site van dit voorstel is te downloaden, onder Artifacts. <{RUN}#artifacts>\n"
    assert preview(**settings) == (0, told)
    assert (host.told[2]["state"], host.sent[0]) == ("success", "")


@pytest.mark.parametrize("settings", [{}, {"VOORBEELD_SITE": ""}], ids=str)
def test_without_a_site_there_is_no_preview(
    preview: Callable[..., tuple[int, str]], host: Host, settings: dict[str, str], tmp_path: Path
) -> None:
    """It could not be built: nothing was fetched, or not even a folder made."""
    rmtree(tmp_path / "artefact")
    told = f"Er is geen voorbeeld: de site kon niet worden gebouwd. Hier staat waarom. <{RUN}>\n"
    assert preview(**settings) == (0, told)
    (tmp_path / "artefact").mkdir()
    assert preview(**settings)[0] == 0
    assert (host.told[2]["state"], host.sent[0]) == ("failure", "")


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (401, "{}", "HTTPError: HTTP Error 401"),
        (200, "<html>", "JSONDecodeError"),
        (200, "{}", "KeyError"),
        (200, "[]", "TypeError"),
        (200, '{"deploy_ssl_url": "https://a.nl/> [x](javascript:y)"}', "ValueError"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_host_that_answers_badly_is_told(
    preview: Callable[..., tuple[int, str]], host: Host, status: int, answer: str, why: str
) -> None:
    host.status, host.answer = status, answer
    code, summary = preview()
    assert code == 1
    assert summary.startswith(
        f"Het voorbeeld is niet geplaatst: de host gaf geen bruikbaar antwoord ({why}"
    )
    assert host.told[2]["target_url"] == RUN


def test_a_host_that_is_not_there_is_told(preview: Callable[..., tuple[int, str]]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        code, summary = preview(VOORBEELD_HOST=f"http://127.0.0.1:{free.getsockname()[1]}")
    assert code == 1 and "URLError" in summary


def test_what_is_no_single_file_of_a_sound_size_is_not_sent(
    preview: Callable[..., tuple[int, str]], host: Host, tmp_path: Path
) -> None:
    (file,) = (tmp_path / "artefact").iterdir()
    with file.open("wb") as large:
        large.truncate(100_000_001)
    too_large = preview()
    file.unlink()
    file.symlink_to("/etc/hostname")
    link = preview()
    (tmp_path / "artefact" / "index.html").touch()
    two = preview()
    for code, summary in (too_large, link, two):
        assert code == 1
        assert summary.startswith(
            "Het voorbeeld is niet geplaatst: de site moet één bestand zijn, "
        )
    assert host.sent[0] == ""


def test_when_github_does_not_listen_the_run_says_so(
    preview: Callable[..., tuple[int, str]], host: Host
) -> None:
    host.answer, host.status_of_github = '{"deploy_ssl_url": "https://abc--x.netlify.app"}', 403
    code, summary = preview()
    assert code == 1
    told = summary.splitlines()[1]
    assert told.startswith(
        "Dit staat niet bij het voorstel: GitHub gaf geen bruikbaar antwoord (HTTP"
    )


def ask(**settings: str) -> subprocess.CompletedProcess[str]:
    """Run what scripts/audit runs; no address is reached but those on this machine."""
    nowhere = {
        "https_proxy": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "no_proxy": "127.0.0.1",
        "NO_PROXY": "127.0.0.1",
    }
    command: list[str | Path] = [sys.executable, ROOT / "scripts" / "audit.py"]
    return subprocess.run(
        command, env=environment(**nowhere, **settings), capture_output=True, text=True
    )


def test_packages_that_cannot_be_asked_about_are_not_called_safe(tmp_path: Path) -> None:
    done = ask(XDG_CACHE_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    for file in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        assert (
            f"De pakketten van {file} zijn niet nagelopen. De dienst die bekende lekken bijhoudt, "
            "gaf geen bruikbaar antwoord." in done.stderr
        )
    assert "Traceback" not in done.stderr


def test_a_known_leak_is_told_with_its_package(host: Host, tmp_path: Path) -> None:
    host.answer = (
        '{"esbuild": [{"id": 1, "url": "https://lek.example/1", "title": "Een lek", "severity": '
        '"high", "vulnerable_versions": "<1"}]}'
    )
    done = ask(
        npm_config_registry=f"http://127.0.0.1:{host.server_port}/",
        npm_config_cache=str(tmp_path),
        XDG_CACHE_HOME=str(tmp_path),
    )
    assert done.returncode == 1
    assert (
        done.stdout
        == "Bekende lekken in de pakketten van package-lock.json: 1.\n    esbuild <1: Een lek (https://lek.example/1)\n"
    )
    packages = [
        {"name": "a", "version": "1", "vulns": []},
        {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]},
    ]
    assert list(from_pip({"dependencies": packages})) == ["b 2: PYSEC-1, verholpen in 2.1"]


def test_a_list_of_parts_names_every_package_with_its_hashes(tmp_path: Path) -> None:
    """What scripts/sbom runs."""
    made = tmp_path / "sbom.json"
    subprocess.run([sys.executable, ROOT / "scripts" / "sbom.py", made], check=True)
    parts = json.loads(made.read_text(encoding="utf-8"))
    assert {"bomFormat", "serialNumber", "specVersion"} <= parts.keys(), (
        "without these no statement can be signed about it"
    )
    pinned = set(
        re.findall(
            r"^([a-z0-9-]+)==(\S+) ",
            (ROOT / "requirements.lock").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned |= {
        (path.rpartition("node_modules/")[2], package["version"])
        for path, package in packages.items()
        if path
    }
    assert {(part["name"], part["version"]) for part in parts["components"]} == pinned
    assert all(
        part.get("hashes") or part["externalReferences"][0]["hashes"]
        for part in parts["components"]
    )
    (editor,) = (part for part in parts["components"] if part["name"] == "@sveltia/cms")
    assert editor["purl"].startswith("pkg:npm/%40sveltia/cms@")
    assert editor["hashes"][0]["alg"] == "SHA-512" and re.fullmatch(
        "[0-9a-f]{128}", editor["hashes"][0]["content"]
    )


def test_what_a_build_and_editors_use_is_in_the_lock_file_of_a_build() -> None:
    """And all of it at the same version, with the same hashes, beside what only we use."""
    small, large = (
        dict(re.findall(r"^([a-z0-9.-]+)==(\S+ \\\n(?: +--hash=\S+.*\n)+)", text, re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
        for text in [(ROOT / name).read_text(encoding="utf-8")]
    )
    assert small and small.items() < large.items()
    ours = ("audit", "links", "sbom")
    files = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "hooks").glob("*.py"),
        *(f for f in (ROOT / "scripts").glob("*.py") if f.stem not in ours),
    ]
    modules = {
        name.split(".")[0]
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else ()
        )
    }
    packages = {
        re.sub("[-_.]+", "-", package).lower()
        for module, known in packages_distributions().items()
        for package in known
        if module in modules
    }
    assert {"mkdocs", "pydantic", "nh3"} <= packages
    assert packages <= small.keys()
