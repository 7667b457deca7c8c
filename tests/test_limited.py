"""Hold that work on a file that somebody sent harms nothing but that file."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable

import pytest

from kennisplatform.content.limited import (
    MEMORY,
    SECONDS,
    Broken,
    TooHeavy,
    Unfinished,
    within_limits,
)


def turned(raw: bytes) -> tuple[bytes, int, int]:
    print("what a library prints is no answer")
    (seconds, _), (memory, _) = map(resource.getrlimit, (resource.RLIMIT_CPU, resource.RLIMIT_AS))
    return raw[::-1], seconds, memory


def greedy(raw: bytes) -> int:
    return len(bytearray(2 * MEMORY))


def endless(raw: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    while True:
        pass


def falls_over(raw: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def wrong(raw: bytes) -> None:
    raise SyntaxError(raw)


def stops(raw: bytes) -> None:
    raise SystemExit(0)


def leaves(raw: bytes) -> None:
    os._exit(0)


def not_plain(raw: bytes) -> Callable[[], bytes]:
    return lambda: raw


@pytest.mark.parametrize(
    ("work", "end"),
    [
        (greedy, TooHeavy),
        (endless, TooHeavy),
        (falls_over, Broken),
        (wrong, Broken),
        (stops, Broken),
        (leaves, Broken),
        (not_plain, Broken),
    ],
)
def test_work_that_comes_to_no_end_is_told_and_stands_in_nobodys_way(
    work: Callable[[bytes], object], end: type[Unfinished]
) -> None:
    with pytest.raises(end):
        within_limits(work, b"abc")
    assert within_limits(turned, b"abc") == (b"cba", SECONDS, MEMORY)


def test_a_large_file_and_a_large_answer_go_through() -> None:
    raw = bytes(range(256)) * 40_000
    assert within_limits(turned, raw)[0] == raw[::-1]
