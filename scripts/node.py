"""Run a script of ours in Node, with exactly the packages of package-lock.json.

    python scripts/node.py      only installs them

They are installed once for each version of that file, in node_modules/, without running
install scripts of packages (.npmrc).
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from omgeving import ROOT

LOCK = ROOT / "package-lock.json"
STAMP = ROOT / "node_modules" / "package-lock.sha256"
"""Written last: a node_modules without it is half made."""


class NotRun(Exception):
    """Why it did not work, in a few words of Dutch for the person at the keyboard."""


def run(script: Path, *arguments: Path) -> None:
    """Run a script, after installing the packages where needed. Raises NotRun when it fails."""
    install()
    call("node", script, *arguments)


def install() -> None:
    """Install the packages where needed. Raises NotRun when that fails."""
    if not shutil.which("npm"):
        raise NotRun("npm staat niet op deze computer")
    stamp = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    with LOCK.open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # two at once install once
        if not (STAMP.is_file() and STAMP.read_text() == stamp):
            print(
                "Pakketten van npm ophalen (eenmalig, ongeveer een halve minuut) …",
                file=sys.stderr,
                flush=True,
            )
            STAMP.unlink(missing_ok=True)
            call("npm", "ci")
            STAMP.write_text(stamp)


def call(*command: str | Path) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print("".join(done.stdout.splitlines(keepends=True)[-10:]), file=sys.stderr)
        raise NotRun(f"{command[0]} {Path(command[1]).name} is mislukt (zie hierboven)")


if __name__ == "__main__":
    try:
        install()
    except NotRun as trouble:
        raise SystemExit(f"De pakketten van npm zijn er niet: {trouble}.") from None
