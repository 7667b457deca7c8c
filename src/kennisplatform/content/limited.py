"""Work on a file that somebody sent in a process with a limit on its processor and its memory.

A decoder may ask far more than the size of a file promises, and no look at its head tells of all
the ways. So whatever it does, it does where that harms nothing: in a child of a small process
that has read the library once. Each file has a child of its own, so that no file pays for another.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from typing import IO, Any, TypeVar, cast

SECONDS = 8
"""Of processor for a file; the largest photograph that is allowed takes one. With what reads it, a
file takes less than ten."""
MEMORY = 500_000_000
"""Bytes that may be asked for, also when they are never used."""
_LIMITS = {
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CORE: 0,
}

Result = TypeVar("Result")


class Unfinished(Exception):
    """The work on a file came to no end."""


class TooHeavy(Unfinished):
    """It asked more than the limits allow."""


class Broken(Unfinished):
    """It raised something, or the process fell over."""


def within_limits(work: Callable[[bytes], Result], raw: bytes) -> Result:
    """Give what a function of a module (or a partial of one) makes of a file: a plain value, as it
    is pickled. Raises TooHeavy or Broken. What the function prints is lost.
    """
    try:
        jobs, answers = _worker()
        pickle.dump((work, raw), jobs)
        jobs.flush()
        value = pickle.load(answers)
    except (EOFError, OSError) as error:  # somebody, or the machine short of memory, ended it
        _worker.cache_clear()
        raise TooHeavy from error
    if isinstance(value, Unfinished):
        raise value
    return cast(Result, value)


@cache
def _worker() -> tuple[IO[bytes], IO[bytes]]:
    """Start the process that has children for files; it ends when this one does."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdin and process.stdout
    return process.stdin, process.stdout


def serve() -> None:
    """Do one piece of work after another, until nobody asks any more."""
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with contextlib.suppress(EOFError):
        while True:
            work, raw = pickle.load(jobs)  # this imports the module of the work, once
            answers.write(_answer_of_child(work, raw))
            answers.flush()


def _answer_of_child(work: Callable[[bytes], object], raw: bytes) -> bytes:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        for kind, most in _LIMITS.items():
            _limit(kind, most)
        with open(writing, "wb") as out:
            out.write(_answer(work, raw))
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as come:
        answer = come.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if answer and ended == 0:
        return answer
    heavy = ended in (-signal.SIGXCPU, -signal.SIGKILL)
    return pickle.dumps(TooHeavy() if heavy else Broken())


def _limit(kind: int, most: int) -> None:
    """Set a limit, unless the one around it is lower; not every system knows them all."""
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY or most < hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, hard))


def _answer(work: Callable[[bytes], Any], raw: bytes) -> bytes:
    try:
        return pickle.dumps(work(raw))
    except MemoryError:
        return pickle.dumps(TooHeavy())
    except BaseException:  # decoders raise whatever they like on bytes that are made to break them
        return pickle.dumps(Broken())
