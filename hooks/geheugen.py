"""Look for no garbage during a build: nearly all that it makes is there until its end, and while
serving until the next; then it is looked for when nobody saves. Give back what reading the pages
took.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from threading import Timer
from typing import ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from kennisplatform.content.reading import JUDGED


class _Served:
    builds: ClassVar[int] = 0
    """Builds of a server since it looked for garbage."""
    many: ClassVar[int] = 10
    """Of which it looks, also when somebody goes on saving."""
    look: ClassVar[Timer | None] = None


@event_priority(110)
def on_config(config: MkDocsConfig) -> None:
    if _Served.look and _Served.builds < _Served.many:
        _Served.look.cancel()
        _Served.look = None
    gc.disable()


def on_pre_build(config: MkDocsConfig) -> None:
    """Let go of what only a server uses again. What is free is given back to the system: a second
    process begins as a copy of this one.
    """
    if not config.extra["serveert"]:
        JUDGED.forget()
        with suppress(OSError, AttributeError):  # only the C library of GNU can
            ctypes.CDLL(None).malloc_trim(0)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Look through what a server read no more, as long as somebody may wait for a page of it."""
    if config.extra["serveert"]:
        gc.freeze()
        _ended()
    gc.enable()


def on_build_error(error: Exception) -> None:
    if _Served.builds:
        _ended()
    gc.enable()


def _ended() -> None:
    _Served.builds += 1
    if not _Served.look:
        _Served.look = Timer(5, _look)  # seconds
        _Served.look.daemon = True
        _Served.look.start()


def _look() -> None:
    """Look for what builds left that hangs together in circles; one that goes on only waits."""
    _Served.builds, _Served.look = 0, None
    gc.unfreeze()
    gc.collect()
    gc.freeze()
