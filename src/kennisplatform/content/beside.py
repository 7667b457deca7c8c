"""Do work in a second process, which knows all that this one knows."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar, cast

Given = TypeVar("Given")
Task = TypeVar("Task")
_NUMBER = 4
"""Bytes of the number of a task: the least that a pipe holds is a thousand."""
_WATCH = "watch"
"""The thread of a second process that waits for the end of the first. It holds nothing, so a copy
can do without.
"""


@contextmanager
def beside(work: Callable[[], Given]) -> Iterator[Callable[[], Given]]:
    """Begin with some work, and give what waits for its result, which is pickled; that raises what
    the work raised, and ChildProcessError when somebody ended it.

    Where this process has another thread, which a copy of it would lack, the work is done when its
    result is asked for.
    """
    threads = [thread for thread in threading.enumerate() if thread.name != _WATCH]
    if len(threads) > 1:
        yield work
        return
    (come, answer), (ended, alive) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        os.close(alive)  # now only the first process has it, and it closes when that ends
        threading.Thread(target=_end_after, args=(ended,), name=_WATCH, daemon=True).start()
        with open(answer, "wb") as out:
            out.write(_done(work))
        os._exit(0)
    os.close(answer)
    os.close(ended)
    try:
        with open(come, "rb") as answers:
            yield lambda: cast(Given, _result(answers.read()))
    finally:
        os.close(alive)
        os.waitpid(child, 0)


def shared(tasks: Sequence[Task]) -> Iterator[Task]:
    """Give each task to the process that asks for it first: this one, or one beside it that begins
    later and has the same iterator. There may be a thousand tasks.
    """
    numbers, put = os.pipe()  # which gives what is in it once, whoever reads
    os.write(put, b"".join(number.to_bytes(_NUMBER) for number in range(len(tasks))))
    os.close(put)
    return _taken(numbers, tasks)


def _taken(numbers: int, tasks: Sequence[Task]) -> Iterator[Task]:
    with open(numbers, "rb", buffering=0) as left:
        while number := left.read(_NUMBER):
            yield tasks[int.from_bytes(number)]


def _end_after(first: int) -> None:
    os.read(first, 1)
    os._exit(1)


def _done(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps(("result", work()))
    except BaseException as error:
        return pickle.dumps(("error", error))


def _result(answer: bytes) -> object:
    if not answer:
        raise ChildProcessError("The second process was ended.")
    kind, value = pickle.loads(answer)  # nobody but the child can have written it
    if kind == "error":
        raise value
    return value
