"""The pipelines of GitHub and GitLab: sound, sparing with rights, and without steps that only they can do."""
from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy, rmtree, which
from threading import Thread
from typing import Any

import pytest
import yaml

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
    done = subprocess.run([Path(sys.executable).with_name(name), *arguments], cwd=ROOT, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(("schema", "files"), [
    ("github-workflows", WORKFLOWS), ("dependabot", [ROOT / ".github" / "dependabot.yml"]), ("gitlab-ci", [GITLAB])], ids=str)
def test_the_files_are_what_the_host_expects(schema: str, files: list[Path]) -> None:
    assert tool("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files) == ""


def test_nothing_in_the_workflows_is_known_to_be_unsafe() -> None:
    """Among others: actions pinned by commit, least rights, no pull_request_target, no text of a visitor in a command."""
    assert tool("zizmor", "--offline", "--no-progress", "--persona", "pedantic", "--strict-collection", ".github") == ""


def jobs(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]
    return found


def commands() -> Iterator[tuple[str, str]]:
    for file in WORKFLOWS:
        yield from ((file.name, step["run"]) for job in jobs(file).values() for step in job.get("steps", ()) if "run" in step)
    for job in yaml.safe_load(GITLAB.read_text(encoding="utf-8")).values():
        yield from ((GITLAB.name, line) for line in (job.get("script", ()) if isinstance(job, dict) else ()))


def test_every_step_is_a_script_of_the_project() -> None:
    """But for the verdict, which only fails."""
    found = list(commands())
    assert {name for name, _ in found} >= {GITLAB.name, *(file.name for file in WORKFLOWS)}
    for name, command in found:
        script = command.removeprefix(f"{TODAY} ")
        assert command == "exit 1" or re.fullmatch(r"""scripts/[a-z]+( [a-z_./=-]+| HEAD\^| "\$[A-Z_]+"| > [a-z]+\.json)*""", script), (name, command)
        assert command == "exit 1" or (ROOT / script.split()[0]).is_file(), (name, command)


def test_a_site_is_published_with_the_day_of_publishing_as_today() -> None:
    """Also at night, when nobody has written anything, so the agenda goes on."""
    assert [name for name, command in commands() if command.startswith(TODAY)] == ["publiceren.yml", GITLAB.name]
    shown = subprocess.run(["sh", "-c", f"{TODAY} printenv SOURCE_DATE_EPOCH"], capture_output=True, text=True, check=True).stdout
    assert int(shown) % 86_400 == 0 and 0 <= time.time() - int(shown) < 86_400 + 60
    nightly = yaml.safe_load((ROOT / ".github" / "workflows" / "nachtelijks.yml").read_text(encoding="utf-8"))
    assert nightly[True].keys() == {"schedule", "workflow_dispatch"}, "YAML reads `on` as true"
    assert nightly["jobs"]["publiceren"]["uses"] == "$/.github/workflows/publiceren.yml"
    published = yaml.safe_load((ROOT / ".github" / "workflows" / "publiceren.yml").read_text(encoding="utf-8"))
    assert published[True].keys() == {"push", "workflow_call", "workflow_dispatch"}, "no schedule: GitHub would stop the rest with it"
    rights = [(name, right) for job in published["jobs"].values() for name, right in job["permissions"].items()]
    assert nightly["jobs"]["publiceren"]["permissions"] == dict(rights)
    pages = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["pages"]
    assert any("schedule" in rule["if"] and "$NACHT" in rule["if"] for rule in pages["rules"]) and pages["needs"] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda f: f.name)
def test_a_workflow_has_limits_and_keeps_no_token(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        if "uses" in job:
            assert re.fullmatch(r"\$/\.github/workflows/[a-z]+\.yml", job["uses"]), "a workflow of this commit, with limits of its own"
            continue
        assert job["timeout-minutes"] <= 45 and "permissions" in job, name
        assert file == PREVIEW or not any("secrets." in str(step) for step in job["steps"]), name
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
            assert not step.get("uses", "").startswith("actions/checkout@") or step["with"].items() >= {("persist-credentials", False)}, name
            assert "run" not in step or file == PREVIEW or job["permissions"] in ({"contents": "read"}, {}), "what runs packages may only read"


def test_one_required_check_holds_for_texts_and_for_code() -> None:
    """It runs whatever became of the others, as GitHub takes a job that was skipped for one that passed."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "controle.yml").read_text(encoding="utf-8"))
    assert workflow[True] == {"pull_request": None}, "no paths: a workflow that is skipped leaves a required check waiting"
    *others, verdict = workflow["jobs"]
    job = workflow["jobs"][verdict]
    assert (job["needs"], job["if"]) == (others, "always()")
    (fails,) = job["steps"]
    assert fails["if"] == " || ".join(f"needs.{name}.result != 'success'" for name in others)
    assert fails["run"] == "exit 1"
    checkout, *_, tests = workflow["jobs"]["tests"]["steps"]
    assert (checkout["with"]["fetch-depth"], tests["run"]) == (2, "scripts/test --since HEAD^")
    assert not any("if" in workflow["jobs"][name] or "continue-on-error" in str(workflow["jobs"][name]) for name in others)
    names = [job["name"] for file in WORKFLOWS for job in jobs(file).values()]
    assert names.count(job["name"]) == 1
    assert f"*{job['name']}*" in PUBLISHING.read_text(encoding="utf-8")


def test_content_is_judged_alike_on_both_hosts() -> None:
    here = [step["run"] for step in jobs(ROOT / ".github" / "workflows" / "controle.yml")["inhoud"]["steps"] if "run" in step]
    there = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["inhoud"]["script"]
    assert [line.split(" --format")[0] for line in here] == ["scripts/check", "scripts/build", "scripts/test -m inhoud"]
    assert [line.split(" --format")[0] for line in there if not line.startswith("scripts/offline ")] == [line.split(" --format")[0] for line in here]


def test_what_is_published_comes_from_no_cache() -> None:
    """What a pull request keeps, only it gets back; main gets back what main kept, and makes what it publishes anew."""
    kept = {file.name: [step["with"] for job in jobs(file).values() for step in job.get("steps", ()) if "actions/cache@" in step.get("uses", "")]
            for file in WORKFLOWS}
    assert {name for name, steps in kept.items() if steps} == {"controle.yml", "nachtelijks.yml"}
    (one,) = {json.dumps(step) for steps in kept.values() for step in steps}
    assert "requirements.lock" in one and "package-lock.json" in one and "restore-keys" not in one
    runners = {job["runs-on"] for name in ("controle.yml", "nachtelijks.yml") for job in jobs(ROOT / ".github" / "workflows" / name).values()
               if "steps" in job}
    assert all(f"-{runner}-" in one for runner in runners), "the image decides which Python it is of"
    gitlab = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    assert "cache" not in gitlab["default"]
    assert ".omgeving" not in gitlab["pages"]["extends"] and "cache" not in gitlab["pages"]
    assert gitlab["default"]["image"].removesuffix("-trixie").replace(":", "-") == gitlab[".omgeving"]["cache"]["key"]["prefix"]


def test_a_merge_request_shows_what_was_found() -> None:
    """GitLab compares with the report of main, so main makes one too."""
    gitlab = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    for name in ("inhoud", "pages"):
        report = gitlab[name]["artifacts"]["reports"]["codequality"]
        assert gitlab[name]["script"][0] == f"scripts/check --format gitlab --advies > {report}"
    assert gitlab["inhoud"]["artifacts"]["when"] == "always"


def test_what_has_a_key_runs_nothing_of_a_pull_request_and_no_packages() -> None:
    """Zizmor is told to accept its trigger, so what makes it safe is tested here."""
    (job,) = jobs(PREVIEW).values()
    checkout, download, place = job["steps"]
    assert checkout["with"] == {"persist-credentials": False}, "no ref: the code of main"
    assert download["with"]["skip-decompress"] and "secrets." not in str(download)
    assert job["permissions"] == {"contents": "read", "actions": "read", "statuses": "write"} and job["environment"] == "voorbeeld"
    assert "cache" not in str(job["steps"])
    told = {name: value for name, value in place["env"].items() if "github.event" in value}
    assert set(told.values()) == {"${{ github.event.workflow_run.head_sha }}", "${{ github.event.workflow_run.html_url }}"}, "not from the artifact"
    script = (ROOT / place["run"].split()[0]).read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env python3\n")
    assert set(re.findall(r"^ *(?:import|from) (\w+)", script, re.MULTILINE)) <= sys.stdlib_module_names


@pytest.fixture
def work(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a function that runs a command in a small repository, where none of the programs for the tests are found."""
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
        return subprocess.run(["sh", "-c", command], cwd=folder, env=variables, capture_output=True, text=True)

    assert run("git init -q && git config user.name T && git config user.email t@example.org"
               " && git add . && git commit -qm Eerst").returncode == 0
    return run


@pytest.mark.parametrize(("change", "all_tests"), [
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
    ("rm -r content && touch content", True)])
def test_only_when_nothing_but_content_changed_the_tests_of_the_code_are_left_out(
        work: Callable[..., subprocess.CompletedProcess[str]], change: str, all_tests: bool) -> None:
    first = work("git rev-parse HEAD").stdout.strip()
    for step in (change, "git add -A && git commit -qm Tweede"):
        assert work(step).returncode == 0
        done = work(f"scripts/test --since {first}")
        assert done.returncode == (2 if all_tests else 0), done.stdout + done.stderr
        assert ("Voor de tests ontbreekt:" in done.stderr) is all_tests
        assert ("is alleen content/ veranderd." in done.stdout) is not all_tests


def test_a_pull_request_is_compared_with_what_it_is_merged_into(work: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """In a checkout as shallow as that of the pipeline; that main has new code is not of the proposal."""
    for command in ("git checkout -qb voorstel && touch content/b.md && git add . && git commit -qm Pagina",
                    "git checkout -q - && touch src/b.py && git add . && git commit -qm Code",
                    "git merge -q --no-ff -m Voorstel voorstel && git clone -q --depth 2 file://$PWD ../ondiep"):
        assert work(command).returncode == 0
    assert work("../ondiep/scripts/test --since HEAD^").returncode == 0
    assert work("../ondiep/scripts/test --since HEAD^2").returncode == 2


@pytest.mark.parametrize("revision", ["bestaat-niet", "''", "--quiet", "-1", "HEAD^"])
def test_what_git_cannot_compare_with_calls_for_all_tests(
        work: Callable[..., subprocess.CompletedProcess[str]], revision: str) -> None:
    done = work(f"touch content/b.md && scripts/test --since {revision}")
    assert done.returncode == 2 and "Voor de tests ontbreekt:" in done.stderr


class Host(ThreadingHTTPServer):
    """A host of previews, a registry, or GitHub: it remembers what it was sent, and answers as it is told."""

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
            self.server.sent = (self.path, self.headers["Authorization"], self.headers["Content-Type"], body)
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
    """Put what is in the folder on the host; gives the exit status and the summary. What is said at the commit agrees with it."""
    def run(**settings: str) -> tuple[int, str]:
        here = f"http://127.0.0.1:{host.server_port}"
        chosen = environment(**{
            "VOORBEELD_HOST": here, "VOORBEELD_SITE": "s1", "VOORBEELD_TOKEN": "geheim", "GITHUB_API_URL": here, "GITHUB_REPOSITORY": "o/r",
            "GITHUB_TOKEN": "van github", "CONTROLE_COMMIT": "c0ffee", "CONTROLE_ADRES": RUN} | settings)
        done = subprocess.run([ROOT / "scripts" / "voorbeeld", tmp_path / "artefact", tmp_path / "verslag.md"], env=chosen, capture_output=True, text=True)
        assert (tmp_path / "verslag.md").read_text(encoding="utf-8").endswith(done.stdout)
        assert done.stderr == "" and "geheim" not in done.stdout
        path, key, status = host.told
        assert (path, key) == ("/repos/o/r/statuses/c0ffee", "Bearer van github")
        assert status["context"] == "Voorbeeld" and (status["state"] == "error") is (done.returncode == 1 and host.status_of_github == 201)
        assert len(status["description"]) <= 140 and done.stdout.startswith(status["description"])
        assert f"<{status['target_url']}>" in done.stdout
        return done.returncode, done.stdout
    (tmp_path / "artefact").mkdir()
    (tmp_path / "artefact" / "$(id) &.zip").write_bytes(b"no zip")
    return run


def test_a_preview_is_passed_on_as_it_is_and_its_address_is_told(preview: Callable[..., tuple[int, str]], host: Host) -> None:
    host.answer = '{"deploy_ssl_url": "https://abc123--voorbeelden.netlify.app"}'
    assert preview() == (0, "Het voorbeeld staat klaar, soms pas na een minuut. <https://abc123--voorbeelden.netlify.app>\n")
    assert host.sent == ("/sites/s1/deploys?draft=true", "Bearer geheim", "application/zip", b"no zip")
    assert host.told[2]["state"] == "success"


@pytest.mark.parametrize("settings", [{"VOORBEELD_SITE": ""}, {"VOORBEELD_TOKEN": ""}], ids=str)
def test_without_a_host_the_site_can_be_downloaded(preview: Callable[..., tuple[int, str]], host: Host, settings: dict[str, str]) -> None:
    assert preview(**settings) == (0, f"De site van dit voorstel is te downloaden, onder Artifacts. <{RUN}#artifacts>\n")
    assert (host.told[2]["state"], host.sent[0]) == ("success", "")


@pytest.mark.parametrize("settings", [{}, {"VOORBEELD_SITE": ""}], ids=str)
def test_without_a_site_there_is_no_preview(
        preview: Callable[..., tuple[int, str]], host: Host, settings: dict[str, str], tmp_path: Path) -> None:
    """It could not be built: nothing was fetched, or not even a folder made."""
    rmtree(tmp_path / "artefact")
    assert preview(**settings) == (0, f"Er is geen voorbeeld: de site kon niet worden gebouwd. Hier staat waarom. <{RUN}>\n")
    (tmp_path / "artefact").mkdir()
    assert preview(**settings)[0] == 0
    assert (host.told[2]["state"], host.sent[0]) == ("failure", "")


@pytest.mark.parametrize(("status", "answer", "why"), [
    (401, "{}", "HTTPError: HTTP Error 401"), (200, "<html>", "JSONDecodeError"), (200, "{}", "KeyError"), (200, "[]", "TypeError"),
    (200, '{"deploy_ssl_url": "https://a.nl/> [x](javascript:y)"}', "ValueError")], ids=lambda value: str(value)[:20])
def test_a_host_that_answers_badly_is_told(preview: Callable[..., tuple[int, str]], host: Host, status: int, answer: str, why: str) -> None:
    host.status, host.answer = status, answer
    code, summary = preview()
    assert code == 1
    assert summary.startswith(f"Het voorbeeld is niet geplaatst: de host gaf geen bruikbaar antwoord ({why}")
    assert host.told[2]["target_url"] == RUN


def test_a_host_that_is_not_there_is_told(preview: Callable[..., tuple[int, str]]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        code, summary = preview(VOORBEELD_HOST=f"http://127.0.0.1:{free.getsockname()[1]}")
    assert code == 1 and "URLError" in summary


def test_what_is_no_single_file_of_a_sound_size_is_not_sent(preview: Callable[..., tuple[int, str]], host: Host, tmp_path: Path) -> None:
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
        assert (code, summary) == (1, f"Het voorbeeld is niet geplaatst: de site moet één bestand zijn, van hoogstens 100 MB. <{RUN}>\n")
    assert host.sent[0] == ""


def test_when_github_does_not_listen_the_run_says_so(preview: Callable[..., tuple[int, str]], host: Host) -> None:
    host.answer, host.status_of_github = '{"deploy_ssl_url": "https://abc123--voorbeelden.netlify.app"}', 403
    code, summary = preview()
    assert code == 1
    assert "Dit staat niet bij het voorstel: GitHub gaf geen bruikbaar antwoord (HTTPError: HTTP Error 403" in summary.splitlines()[1]


def ask(**settings: str) -> subprocess.CompletedProcess[str]:
    """Run what scripts/audit runs; no address is reached but those on this machine."""
    nowhere = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}
    command = [sys.executable, ROOT / "scripts" / "audit.py"]
    return subprocess.run(command, env=environment(**nowhere, **settings), capture_output=True, text=True)


def test_packages_that_cannot_be_asked_about_are_not_called_safe(tmp_path: Path) -> None:
    done = ask(XDG_CACHE_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    for file in ("requirements.lock", "package-lock.json"):
        assert f"De pakketten van {file} zijn niet nagelopen. De dienst die bekende lekken bijhoudt, gaf geen bruikbaar antwoord." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_known_leak_is_told_with_its_package(host: Host, tmp_path: Path) -> None:
    host.answer = '{"esbuild": [{"id": 1, "url": "https://lek.example/1", "title": "Een lek", "severity": "high", "vulnerable_versions": "<1"}]}'
    done = ask(npm_config_registry=f"http://127.0.0.1:{host.server_port}/", npm_config_cache=str(tmp_path), XDG_CACHE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == "Bekende lekken in de pakketten van package-lock.json: 1.\n    esbuild <1: Een lek (https://lek.example/1)\n"
    packages = [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}]
    assert list(from_pip({"dependencies": packages})) == ["b 2: PYSEC-1, verholpen in 2.1"]


def test_a_list_of_parts_names_every_package_with_its_hashes(tmp_path: Path) -> None:
    """What scripts/sbom runs."""
    made = tmp_path / "sbom.json"
    subprocess.run([sys.executable, ROOT / "scripts" / "sbom.py", made], check=True)
    parts = json.loads(made.read_text(encoding="utf-8"))
    assert {"bomFormat", "serialNumber", "specVersion"} <= parts.keys(), "without these no statement can be signed about it"
    pinned = set(re.findall(r"^([a-z0-9-]+)==(\S+) ", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned |= {(path.rpartition("node_modules/")[2], package["version"]) for path, package in packages.items() if path}
    assert {(part["name"], part["version"]) for part in parts["components"]} == pinned
    assert all(part.get("hashes") or part["externalReferences"][0]["hashes"] for part in parts["components"])
    (editor,) = (part for part in parts["components"] if part["name"] == "@sveltia/cms")
    assert editor["purl"].startswith("pkg:npm/%40sveltia/cms@")
    assert editor["hashes"][0]["alg"] == "SHA-512" and re.fullmatch("[0-9a-f]{128}", editor["hashes"][0]["content"])
