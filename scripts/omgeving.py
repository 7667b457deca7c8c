"""Make the project's environment: .venv with the packages of requirements.lock, and of
requirements-dev.lock too when that is named.

Runs on the machine's own Python, so on nothing but the standard library. Calls that
come at the same time wait for each other; an environment that was left half made, or
that another lock file made, is made anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
MORE = ROOT / "requirements-dev.lock"
"""Holds the other one too, at the same versions."""
SEAL = VENV / "zegel"
"""The secret with which the library seals what it keeps (content/kept.py)."""


def stamp_of(lock: Path) -> Path:
    """Give the file that says what is installed; written last: without it that is half done."""
    return VENV / f"{lock.stem}.sha256"


def stamp(lock: Path) -> str:
    """Name what the environment is made of: the lock file, and the Python that .venv links to."""
    python = os.path.realpath(VENV / "bin" / "python")
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {python}\n"


def has(lock: Path) -> bool:
    """Tell whether the packages are there; false too when Python was removed or replaced."""
    file = stamp_of(lock)
    return file.is_file() and (VENV / "bin" / "python").exists() and file.read_text() == stamp(lock)


def is_ready(locks: list[Path]) -> bool:
    """Tell whether the environment is whole, and holds nothing of another lock file."""
    others = [lock for lock in (LOCK, MORE) if lock not in locks and stamp_of(lock).exists()]
    return all(map(has, [*locks, *others]))


def say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


def run(command: list[str | Path], lock: int) -> None:
    """Run a command with a dot for each package it mentions; on failure show its last lines and
    exit 2.

    The command holds the lock too: if it alone lives on, nobody else starts in the same folder.

    """
    lines = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=[lock],
    ) as process:
        assert process.stdout
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Collecting "):
                say(".", end="")
            elif line.startswith("Installing collected"):
                say(" uitpakken ", end="")
    if process.returncode:
        say("mislukt.\n\n" + "".join(lines[-20:]))
        say(
            "De omgeving kon niet gemaakt worden: zie de regels hierboven. Is er verbinding met "
            "internet?\n"
            "The environment could not be made: see the lines above. Is there an internet "
            "connection?"
        )
        raise SystemExit(2)


def make(locks: list[Path], lock: int) -> None:
    """Make .venv, with hashes checked: from nothing, unless there are only packages to add."""
    start = time.monotonic()
    if not (has(LOCK) and not stamp_of(MORE).exists()):
        say("Omgeving maken in .venv (eenmalig, ongeveer een minuut) ", end="")
        make_empty(lock)
    else:
        say("Pakketten voor tests en onderhoud erbij zetten in .venv (eenmalig) ", end="")
    run(
        [
            VENV / "bin" / "python",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--require-hashes",
            "--progress-bar",
            "off",
            "-r",
            locks[-1],
        ],
        lock,
    )
    for made in locks:
        stamp_of(made).write_text(stamp(made))
    say(f"klaar in {time.monotonic() - start:.0f} s.")


def make_empty(lock: int) -> None:
    for old in (LOCK, MORE):
        stamp_of(old).unlink(missing_ok=True)
    # The Python beneath: the one that runs may be that of the very .venv being replaced, whole or
    # half made.
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    run([python, "-m", "venv", "--clear", VENV], lock)


def make_seal() -> None:
    """Make the secret, in one step, and for nobody else to read; where that cannot be done, nothing
    is kept.
    """
    half = SEAL.with_name(f"{SEAL.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        half.touch(0o600)
        half.write_bytes(os.urandom(32))
        half.replace(SEAL)


def main() -> None:
    locks = [LOCK, MORE] if "dev" in sys.argv[1:] else [LOCK]
    if "--klaar" in sys.argv[1:]:  # who asks only whether all is there
        raise SystemExit(not (is_ready(locks) and SEAL.exists()))
    prepare(locks)
    if not SEAL.exists():
        make_seal()


def prepare(locks: list[Path]) -> None:
    """Make what is not there, after waiting for whoever makes it already."""
    if is_ready(locks):
        return
    # The lock on this file goes when the processes that hold it end, however they end.
    with LOCK.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Een ander commando maakt de omgeving al; even wachten …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        if not is_ready(locks):
            make(locks, handle.fileno())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("\nAfgebroken.")
        raise SystemExit(130) from None
