"""What a command and all that it starts take: seconds, processor time, memory (Linux, proc(5))."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
INTERVAL = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Run:
    seconds: float
    """By the clock."""
    processor: float
    """Seconds of processor time, user and system together."""
    mebibytes: float = 0
    """The most that all processes held at once; what they share counts once."""


def timed(
    command: Sequence[str | Path], settings: Mapping[str, str], cwd: Path | None = None
) -> Run:
    """Run a command to its end, silently; exit with the end of its output when it fails."""
    most, done = [0.0], Event()

    def watch(pid: int) -> None:
        while not done.wait(INTERVAL):
            most.append(sum(map(mebibytes_of, family(pid))))

    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **settings}, stdout=output, stderr=output
        )
        watcher = Thread(target=watch, args=[process.pid])
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            output.seek(0)
            said = output.read().decode(errors="replace")[-3000:]
            sys.exit(f"{' '.join(map(str, command))} failed:\n{said}")
    # The largest process is known exactly, also when it lived between two looks.
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(*most, usage.ru_maxrss / 1024))


def family(pid: int) -> list[int]:
    """Give a process and all that came of it."""
    found = [pid]
    for member in found:
        with suppress(OSError):  # it has ended meanwhile
            for task in (PROC / str(member) / "task").glob("*/children"):
                found += map(int, task.read_text(encoding="ascii").split())
    return found


def mebibytes_of(pid: int) -> float:
    """Give the memory of a process; of what it shares with others its part."""
    with suppress(OSError):
        text = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
        if part := re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE):
            return int(part[1]) / 1024
    return 0


def processor_time(pid: int) -> float:
    """Give the seconds of processor time that a process and all that came of it took so far."""
    used = 0
    for member in family(pid):
        with suppress(OSError):
            stat = (PROC / str(member) / "stat").read_text(encoding="utf-8")
            used += sum(map(int, stat.rpartition(")")[2].split()[11:15]))
    return used / os.sysconf("SC_CLK_TCK")
