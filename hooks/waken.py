"""While serving, hear of changes from the system. MkDocs looks for them in all files, twice a
second.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    watched = list(server._watched_paths)
    for path in watched:
        server.unwatch(path)
    observer = Observer()
    # That a file is read is told too, and a build reads them all.
    changes = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
    observer.schedule = partial(observer.schedule, event_filter=changes)  # type: ignore[method-assign]
    server.observer = observer  # type: ignore[assignment]
    for path in watched:
        server.watch(path)
    return server
