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


class _Quiet:
    seconds: ClassVar[float] = 5
    """Time without a save, after which a server looks for the garbage of its builds."""
    comes: ClassVar[Timer] = Timer(0, gc.collect)


@event_priority(110)
def on_config(config: MkDocsConfig) -> None:
    _Quiet.comes.cancel()
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
        _Quiet.comes = Timer(_Quiet.seconds, _look)
        _Quiet.comes.daemon = True
        _Quiet.comes.start()
    gc.enable()


def _look() -> None:
    """Look for what builds of before left that hangs together in circles: templates do."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def on_build_error(error: Exception) -> None:
    gc.enable()
