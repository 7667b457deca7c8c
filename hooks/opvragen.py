"""While serving, make a page when it is asked for: a save costs what changed, not the whole
site.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger

log = get_plugin_logger("kennisplatform")


@event_priority(100)
def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[MkDocsConfig], None]
) -> LiveReloadServer:
    """Lay each file ready for MkDocs when it is asked for. What goes wrong is noted as `stuk`, for
    who shows it; then nothing is made until the next change.
    """
    config.extra["stuk"] = ""
    one_at_a_time = Lock()

    def failed(error: Exception) -> None:
        log.exception("De site kan niet worden gebouwd.")
        config.extra["stuk"] = "".join(traceback.format_exception_only(error))

    def rebuild() -> None:
        host, port = config.dev_addr
        try:
            fresh = load_config(
                config.config_file_path,
                site_dir=config.site_dir,
                dev_addr=f"{host}:{port}",
                strict=config.strict,
            )
            fresh.site_url = config.site_url
            builder(fresh)
            config.extra |= {"gemaakt": fresh.extra["gemaakt"], "stuk": ""}
        except Exception as error:
            failed(error)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        with server._epoch_cond:  # what is being built is waited for
            server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
        with one_at_a_time:
            if not path.startswith("/livereload/") and not config.extra["stuk"]:
                try:
                    address = path.removeprefix(server.mount_path)
                    config.extra["gemaakt"].lay_ready(address, Path(server.root))
                except Exception as error:
                    failed(error)
        return server.serve_request(environ, start_response)

    server.builder = rebuild
    server.set_app(answer)
    return server
