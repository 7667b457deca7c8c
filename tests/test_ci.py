"""The pipelines of GitHub and GitLab: sound, sparing with rights, and without steps that only they can do."""
from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from building import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
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
    assert {name for name, _ in found} == {GITLAB.name, "controle.yml", "publiceren.yml", "wekelijks.yml"}
    for name, command in found:
        assert re.fullmatch(r"""scripts/[a-z]+( [a-z.-]+| "\$GITHUB_STEP_SUMMARY")*""", command), (name, command)
        assert (ROOT / command.split()[0]).is_file(), (name, command)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda f: f.name)
def test_a_workflow_has_limits_and_keeps_no_token(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 45 and job["permissions"], name
        assert not any("secrets." in str(step) for step in job["steps"]), name
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
            assert not step.get("uses", "").startswith("actions/checkout@") or step["with"] == {"persist-credentials": False}, name
            assert "run" not in step or job["permissions"] == {"contents": "read"}, "what runs packages may only read"


def test_a_list_of_parts_names_every_package_with_its_hashes(tmp_path: Path) -> None:
    """What scripts/sbom runs."""
    lock = ROOT / "requirements.lock"
    assert tool("cyclonedx-py", "requirements", "--output-file", tmp_path / "sbom.json", lock) == ""
    parts = yaml.safe_load((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert {"bomFormat", "serialNumber", "specVersion"} <= parts.keys(), "without these no statement can be signed about it"
    pinned = set(re.findall(r"^([a-z0-9-]+)==(\S+) ", lock.read_text(encoding="utf-8"), re.MULTILINE))
    assert {(part["name"], part["version"]) for part in parts["components"]} == pinned
    assert all(part["externalReferences"][0]["hashes"] for part in parts["components"])
