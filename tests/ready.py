"""Run a command in a process that has the library already: to load it takes most of the time of
what a command does.
"""

from __future__ import annotations

import os
import resource
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["kennisplatform.cli", "kennisplatform.content.intake.files"])
Limits = Sequence[tuple[int, int]]
"""What of `resource`, and how much."""


@dataclass(frozen=True)
class _Handed:
    """A file that the process gets, by its number there."""

    number: int

    def __reduce__(self) -> tuple[Any, ...]:
        return _taken, (DupFd(self.number),)


def _taken(handed: Any) -> int:
    number: int = handed.detach()
    return number


def start(
    program: str,
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str],
    streams: Sequence[int],
    limits: Limits = (),
) -> ForkServerProcess:
    """Begin with a script or a module, which reads and writes these three open files, in a session
    of its own; the first is its terminal when it is one.
    """
    handed = [_Handed(number) for number in streams]
    process = CONTEXT.Process(target=_run, args=(program, arguments, cwd, env, handed, limits))
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = env["PYTHONPATH"]  # of the process that the first one begins with
    process.start()
    os.environ["PYTHONPATH"] = before
    return process


def run(
    program: str,
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str],
    patience: int,
    terminal: int | None = None,
    limits: Limits = (),
) -> subprocess.CompletedProcess[str]:
    """Run a script or a module to its end, or so many seconds, with a terminal to read from or
    nothing.
    """
    with open(os.devnull, "rb") as nothing, TemporaryFile() as out, TemporaryFile() as err:
        read_from = nothing.fileno() if terminal is None else terminal
        streams = [read_from, out.fileno(), err.fileno()]
        process = start(program, *arguments, cwd=cwd, env=env, streams=streams, limits=limits)
        process.join(patience)
        process.kill()
        process.join()
        told = []
        for file in (out, err):
            file.seek(0)
            told.append(file.read().decode())
        assert process.exitcode is not None
        return subprocess.CompletedProcess(arguments, process.exitcode, *told)


def stop() -> None:
    """End the process that the others begin with, so that what they cost is known."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


def _run(
    program: str,
    arguments: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    streams: Sequence[int],
    limits: Limits,
) -> None:
    os.setsid()
    for place, number in enumerate(streams):
        os.dup2(number, place)
        os.close(number)
    if os.isatty(0):
        os.close(os.open(os.ttyname(0), os.O_RDWR))  # so it is the one that stops this session
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - they are those of the process
    sys.stdout = open(1, "w", encoding="utf-8")  # noqa: SIM115
    told = open(2, "wb", buffering=0)  # noqa: SIM115
    sys.stderr = TextIOWrapper(told, "utf-8", "backslashreplace", write_through=True)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for kind, most in limits:
        resource.setrlimit(kind, (most, most))
    sys.argv = [program, *arguments]
    if program.endswith(".py"):
        sys.path.insert(0, str(Path(program).parent))
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
