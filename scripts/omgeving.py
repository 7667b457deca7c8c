"""Make the project's environment: .venv with exactly the packages of requirements.lock.

Runs on the machine's own Python, so on nothing but the standard library. Calls that
come at the same time wait for each other; an environment that was left half made, or
that another lock file made, is made anew.
"""

from __future__ import annotations

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
STAMP = VENV / "requirements.sha256"
"""Written last: an environment without it is half made."""


def stamp() -> str:
    """Name what the environment is made of: the lock file, and the Python that .venv links to."""
    python = os.path.realpath(VENV / "bin" / "python")
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {python}\n"


def is_ready() -> bool:
    """Tell whether the environment is whole; false too when its Python was removed or replaced."""
    return STAMP.is_file() and (VENV / "bin" / "python").exists() and STAMP.read_text() == stamp()


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


def make(lock: int) -> None:
    """Make .venv from nothing, with hashes checked."""
    start = time.monotonic()
    say("Omgeving maken in .venv (eenmalig, ongeveer een minuut) ", end="")
    STAMP.unlink(missing_ok=True)
    # The Python beneath: the one that runs may be that of the very .venv being replaced, whole or
    # half made.
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    run([python, "-m", "venv", "--clear", VENV], lock)
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
            LOCK,
        ],
        lock,
    )
    STAMP.write_text(stamp())
    say(f"klaar in {time.monotonic() - start:.0f} s.")


def main() -> None:
    if is_ready():
        return
    # The lock on this file goes when the processes that hold it end, however they end.
    with LOCK.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Een ander commando maakt de omgeving al; even wachten …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        if not is_ready():
            make(handle.fileno())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("\nAfgebroken.")
        raise SystemExit(130) from None
