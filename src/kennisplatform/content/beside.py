"""Do a piece of work in a second process, which knows all that this one knows."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

Given = TypeVar("Given")
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
