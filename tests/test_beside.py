"""A piece of work in a second process: its result, its errors, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from building import environment

PROGRAM = """
import os, sys, time
from kennisplatform.content.beside import beside, shared

def inner():
    with beside(os.getpid) as own:
        return os.getpid(), own()

def wait():
    print(os.getpid(), flush=True)
    with beside(lambda: (print(os.getpid(), flush=True), time.sleep(60))) as done:
        done()

def fail():
    raise OSError(28, "vol")

def end():
    os._exit(3)

def share():
    tasks = shared("abcd")
    with beside(lambda: next(tasks)) as first:
        return first(), *tasks

WORK = {"inner": inner, "wait": wait, "fail": fail, "end": end, "share": share}
with beside(WORK[sys.argv[1]]) as result:
    try:
        print(os.getpid(), *result())
    except Exception as error:
        print(type(error).__name__, *error.args[:1])
"""


def run(work: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, work],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_work_is_done_in_another_process_and_so_is_work_within_it() -> None:
    assert len(set(run("inner").split())) == 3


def test_a_task_that_another_process_took_is_not_given_again() -> None:
    assert run("share").split()[1:] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("work", "told"), [("fail", "OSError 28"), ("end", "ChildProcessError")])
def test_what_goes_wrong_there_is_raised_here(work: str, told: str) -> None:
    assert run(work).startswith(told)


def test_with_another_thread_the_work_is_done_when_it_is_asked_for() -> None:
    """Whatever that thread holds, a copy of the process would wait for for ever."""
    from kennisplatform.content.beside import beside

    ready, done = threading.Event(), threading.Thread(target=lambda: ready.wait(60))
    done.start()
    with beside(os.getpid) as result:
        assert result() == os.getpid()
    ready.set()
    done.join()


def test_who_is_killed_takes_the_others_along() -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "wait"],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout
    others = [int(first.stdout.readline()) for _ in range(2)]
    assert all(Path(f"/proc/{pid}").exists() for pid in (first.pid, *others))
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in others) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in others if Path(f"/proc/{pid}").exists()]
