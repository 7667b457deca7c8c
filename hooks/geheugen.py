"""Look for no garbage during a build: nearly all that it makes is there until its end, and while
serving until the next.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority


@event_priority(110)
def on_config(config: MkDocsConfig) -> None:
    gc.disable()


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    gc.enable()


def on_build_error(error: Exception) -> None:
    gc.enable()


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Look through what was read for the first page no more: it stays."""
    gc.freeze()
    return server
