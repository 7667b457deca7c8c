"""While serving, refresh the browser at every change, by a script that the site's own policy
allows.

MkDocs writes its script inside each page, where `script-src 'self'` stops it, does not see what is
saved during its first build, and answers nobody after a build that fails. It has no setting for
these, and no further releases.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority


@event_priority(110)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Note, before the content is read, when serving began: then MkDocs made the folder for the
    site.
    """
    folder = Path(config.site_dir)
    config.extra["begonnen"] = folder.stat().st_mtime if folder.is_dir() else 0.0
    return config


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Give every page that is served the script that refreshes it, and show what is `stuk` where
    the site would be.
    """
    parts = Path(config.theme.dirs[0]) / "serve"
    script, loader = parts / "verversen.js", jinja2.FileSystemLoader(parts)
    end_of_page = jinja2.Environment(loader=loader, autoescape=True).get_template("eind.html")
    rebuild = server.builder

    def rebuilt() -> None:
        rebuild()
        copy(script, server.root)

    def with_script(html: bytes, epoch: int) -> bytes:
        wrong = config.extra["stuk"]
        end = end_of_page.render(pad=server.mount_path, versie=epoch, fout=wrong).encode()
        return end if wrong else html + end  # browsers take what comes after a page for a part

    missing = server.error_handler
    server.builder = rebuilt
    server._inject_js_into_html = with_script  # type: ignore[method-assign]  # MkDocs has no other way in
    server.error_handler = lambda code: with_script(missing(code) or b"", server._visible_epoch)
    copy(script, server.root)
    server.build_delay = 0.03  # seconds without a further change; MkDocs takes 0.1
    # The time of a folder changes when a file in it comes or goes.
    watched = (
        path for folder in (config.docs_dir, *config.watch) for path in Path(folder).rglob("*")
    )
    server._want_rebuild = any(path.lstat().st_mtime > config.extra["begonnen"] for path in watched)
    return server
