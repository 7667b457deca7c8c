"""Check out the repository as on Windows, and keep out of it what systems leave."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT, environment
from kennisplatform.content.sources import LEFT_BEHIND


def git(folder: Path, *arguments: str | Path) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)
    return done.stdout.decode()


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone as Git for Windows makes it, and WSL then uses, with the environment that exists."""
    folder = tmp_path_factory.mktemp("windows") / "kennisplatform"
    git(ROOT, "clone", "--quiet", "-c", "core.autocrlf=true", ROOT, folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def test_a_checkout_with_autocrlf_has_the_line_ends_of_the_repository(windows: Path) -> None:
    listed = git(windows, "ls-files", "--eol", "-z").split("\0")[:-1]
    changed = [line for line in listed if line.split()[0][2:] != line.split()[1][2:]]
    assert len(listed) > 500 and changed == []
    assert b"\r" not in (windows / "scripts" / "check").read_bytes()
    git(windows, "add", "--renormalize", ".")
    assert git(windows, "status", "--porcelain", "--untracked-files=no") == ""


def test_the_check_runs_in_a_checkout_with_autocrlf(windows: Path) -> None:
    command = windows / "scripts" / "check"
    done = subprocess.run([command], env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_git_ignores_what_the_check_passes_over() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    (start,) = (number for number, line in enumerate(lines) if "LEFT_BEHIND" in line)
    ours = lines[start + 1 :]
    assert [line.removeprefix("\\") for line in ours] == list(LEFT_BEHIND)


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "._a.md",
        "Thumbs.db",
        "desktop.ini",
        "a.md:Zone.Identifier",
        "a.md~",
        "~$a.docx",
        ".~lock.a.odt#",
        ".a.md.swp",
        ".#a.md",
        "#a.md#",
        ".idea/workspace.xml",
    ],
)
def test_what_systems_leave_is_ignored_in_every_folder(name: str) -> None:
    for folder in ("", "content/practices/"):
        assert git(ROOT, "check-ignore", f"{folder}{name}") != ""
