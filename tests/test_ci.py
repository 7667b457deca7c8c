"""The pipelines of GitHub and GitLab: sound, sparing with rights, and without steps that only they can do."""
from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from audit import from_pip
from building import ROOT, environment

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PREVIEW = ROOT / ".github" / "workflows" / "voorbeeld.yml"
GITLAB = ROOT / ".gitlab-ci.yml"


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


def commands() -> Iterator[tuple[str, str]]:
    for file in WORKFLOWS:
        jobs = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]
        yield from ((file.name, step["run"]) for job in jobs.values() for step in job["steps"] if "run" in step)
    for job in yaml.safe_load(GITLAB.read_text(encoding="utf-8")).values():
        yield from ((GITLAB.name, line) for line in (job.get("script", ()) if isinstance(job, dict) else ()))


def test_every_step_is_a_script_of_the_project() -> None:
    found = list(commands())
    assert {name for name, _ in found} == {GITLAB.name, *(file.name for file in WORKFLOWS)}
    for name, command in found:
        assert re.fullmatch(r"""scripts/[a-z]+( [a-z_./=-]+| "\$GITHUB_STEP_SUMMARY")*""", command), (name, command)
        assert (ROOT / command.split()[0]).is_file(), (name, command)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda f: f.name)
def test_a_workflow_has_limits_and_keeps_no_token(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 45 and job["permissions"], name
        assert file == PREVIEW or not any("secrets." in str(step) for step in job["steps"]), name
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
            assert not step.get("uses", "").startswith("actions/checkout@") or step["with"] == {"persist-credentials": False}, name
            assert "run" not in step or file == PREVIEW or job["permissions"] == {"contents": "read"}, "what runs packages may only read"


def test_what_has_a_key_runs_nothing_of_a_pull_request_and_no_packages() -> None:
    """Zizmor is told to accept its trigger, so what makes it safe is tested here."""
    (job,) = yaml.safe_load(PREVIEW.read_text(encoding="utf-8"))["jobs"].values()
    checkout, download, place = job["steps"]
    assert checkout["with"] == {"persist-credentials": False}, "no ref: the code of main"
    assert download["with"]["skip-decompress"] and "secrets." not in str(download)
    assert job["permissions"] == {"contents": "read", "actions": "read"} and job["environment"] == "voorbeeld"
    script = (ROOT / place["run"].split()[0]).read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env python3\n")
    assert set(re.findall(r"^ *(?:import|from) (\w+)", script, re.MULTILINE)) <= sys.stdlib_module_names


class Host(ThreadingHTTPServer):
    """A host of previews, or a registry: it remembers what it was sent, and answers as it is told."""

    status, answer = 200, "{}"
    sent: tuple[str, str, str, bytes] = ("", "", "", b"")


class Handler(BaseHTTPRequestHandler):
    server: Host

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent = (self.path, self.headers["Authorization"], self.headers["Content-Type"], body)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer.encode())

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


@pytest.fixture
def preview(host: Host, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Put what is in the folder on the host; gives the exit status and the summary."""
    def run(**settings: str) -> tuple[int, str]:
        chosen = environment(**{"VOORBEELD_HOST": f"http://127.0.0.1:{host.server_port}", "VOORBEELD_SITE": "s1", "VOORBEELD_TOKEN": "geheim"} | settings)
        done = subprocess.run([ROOT / "scripts" / "voorbeeld", tmp_path / "artefact", tmp_path / "verslag.md"], env=chosen, capture_output=True, text=True)
        assert (tmp_path / "verslag.md").read_text(encoding="utf-8").endswith(done.stdout)
        assert done.stderr == "" and "geheim" not in done.stdout
        return done.returncode, done.stdout
    (tmp_path / "artefact").mkdir()
    (tmp_path / "artefact" / "$(id) &.zip").write_bytes(b"no zip")
    return run


def test_a_preview_is_passed_on_as_it_is_and_its_address_is_told(preview: Callable[..., tuple[int, str]], host: Host) -> None:
    host.answer = '{"deploy_ssl_url": "https://abc123--voorbeelden.netlify.app"}'
    assert preview() == (0, "Het voorbeeld staat, soms pas na een minuut, op <https://abc123--voorbeelden.netlify.app>.\n")
    assert host.sent == ("/sites/s1/deploys?draft=true", "Bearer geheim", "application/zip", b"no zip")


@pytest.mark.parametrize("settings", [{"VOORBEELD_SITE": ""}, {"VOORBEELD_TOKEN": ""}], ids=str)
def test_without_a_host_there_is_no_preview(preview: Callable[..., tuple[int, str]], host: Host, settings: dict[str, str]) -> None:
    status, summary = preview(**settings)
    assert (status, host.sent[0]) == (0, "")
    assert summary.startswith("Er is geen host voor voorbeelden ingesteld.")


@pytest.mark.parametrize(("status", "answer", "why"), [
    (401, "{}", "HTTPError: HTTP Error 401"), (200, "<html>", "JSONDecodeError"), (200, "{}", "KeyError"), (200, "[]", "TypeError"),
    (200, '{"deploy_ssl_url": "https://a.nl/> [x](javascript:y)"}', "ValueError")], ids=lambda value: str(value)[:20])
def test_a_host_that_answers_badly_is_told(preview: Callable[..., tuple[int, str]], host: Host, status: int, answer: str, why: str) -> None:
    host.status, host.answer = status, answer
    code, summary = preview()
    assert code == 1
    assert summary.startswith(f"Het voorbeeld is niet geplaatst: de host gaf geen bruikbaar antwoord ({why}")


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
    none = preview()
    file.symlink_to("/etc/hostname")
    link = preview()
    (tmp_path / "artefact" / "index.html").touch()
    two = preview()
    for code, summary in (too_large, none, link, two):
        assert (code, summary) == (1, "Het voorbeeld is niet geplaatst: de site moet één bestand zijn, van hoogstens 100 MB.\n")
    assert host.sent[0] == ""


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
