"""Look for no garbage during a build: nearly all that it makes is there until its end, and while
serving until the next. Give back what reading the pages took.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from typing import ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from kennisplatform.content.reading import JUDGED


class _Served:
    builds: ClassVar[int] = 0
    many: ClassVar[int] = 10
    """Builds of a server, of which the garbage is looked for together."""


@event_priority(110)
def on_config(config: MkDocsConfig) -> None:
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
    """Look through what a server read no more: it stays until the next build, and somebody waits
    for a page of it. What hangs together in circles, a twentieth of it, goes now and then.
    """
    if config.extra["serveert"]:
        _Served.builds += 1
        if _Served.builds % _Served.many == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()
    gc.enable()


def on_build_error(error: Exception) -> None:
    gc.enable()
