"""Serve the site while its content is being written: built again at every change, and shown by
itself in the browser.

    scripts/serve [--port N] [--content MAP]

MkDocs watches content, docs and templates itself, but never reloads the library or the
hooks: watchmedo restarts it when one of those changes.

"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

from kennisplatform.arguments import ROOT, Parser
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.model.json_schema import snippets
from kennisplatform.publish.formats import HOST, PORT
from omgeving import say
from redactie import editor

SNIPPETS = ROOT / ".vscode" / "velden.code-snippets"
"""Written for whoever edits the working copy with VS Code; made anew, so that it has the values of
today.
"""


def main() -> int:
    parser = Parser(
        prog="scripts/serve",
        description=(
            "Bouw de site en toon haar op deze computer. Elke wijziging is meteen te zien. "
            "Stoppen: Ctrl-C."
        ),
    )
    parser.add_argument(
        "--port", type=int, default=PORT, metavar="N", help=f"poort (anders: {PORT})"
    )
    parser.add_content()
    arguments = parser.parse_args()
    content = arguments.content.absolute()
    if not 0 < arguments.port < 65536:
        parser.error("--port moet een getal zijn van 1 tot en met 65535")
    if trouble := port_trouble(arguments.port):
        say(trouble)
        return 2
    if not content.is_dir():
        say(f"De map {arguments.content} bestaat niet.")
        return 2
    SNIPPETS.write_text(
        json.dumps(
            snippets(load_vocabulary(ROOT / "content" / "vocabulary", "")[0]),
            ensure_ascii=False,
            indent=1,
        ),
        encoding="utf-8",
    )
    say(
        f"Inhoud controleren en site bouwen … Straks staat ze op http://{HOST}:{arguments.port}/. "
        "Stoppen: Ctrl-C."
    )
    sys.stdout.flush()
    # Replace this process, so that a signal to it reaches watchmedo, which ends MkDocs before
    # itself.
    os.execve(
        sys.executable,
        [sys.executable, "-m", "watchdog.watchmedo", *watch(), *serve(arguments.port, content)],
        {
            **os.environ,
            "KENNISPLATFORM_CONTENT": str(content),
            "KENNISPLATFORM_CONCEPTEN": "ja",
            "KENNISPLATFORM_REDACTIE": editor(),
        },
    )


def port_trouble(port: int) -> str:
    """Say why the server cannot use a port, or nothing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return (
                f"Poort {port} mag alleen de beheerder gebruiken. Kies een andere: scripts/serve "
                f"--port {port + PORT if port < 1024 else PORT + 1}"
            )
        except OSError:
            return (
                f"Poort {port} is al in gebruik, misschien door een andere scripts/serve. Kies "
                f"een andere: scripts/serve --port {port % 65535 + 1}"
            )
    return ""


def watch() -> list[str]:
    folders = [part for name in ("src", "hooks") for part in ("--directory", str(ROOT / name))]
    # Without --no-restart-on-command-exit a mistake in the code would start MkDocs over and over.
    return [
        "auto-restart",
        "--recursive",
        "--pattern",
        "**/*.py",
        "--debounce-interval",
        "0.5",
        "--no-restart-on-command-exit",
        *folders,
        "--",
    ]


def serve(port: int, content: Path) -> list[str]:
    # Said in full: with newer releases of click MkDocs takes live reload for off.
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "serve",
        "--no-strict",
        "--livereload",
        "--dev-addr",
        f"{HOST}:{port}",
        "--config-file",
        str(ROOT / "mkdocs.yml"),
        "--watch",
        str(content),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
