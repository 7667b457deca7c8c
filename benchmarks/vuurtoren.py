"""What Lighthouse says of each kind of page on a phone, under the site's own headers and compressed
as hosts do: scripts/bench vuurtoren LIGHTHOUSE, the command of an installed lighthouse.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("tests", "src", "scripts")]

from conftest import SiteHandler  # noqa: E402 - the host that the tests have too

PAGES = (
    "",
    "praktijken/",
    "praktijken/raad-in-beraad-omgevingsvisie/",
    "instrumenten/consul/",
    "aandachtsvelden/",
    "aandachtsvelden/beter-betrokken-inwoners/",
    "onderwerpen/",
    "gemeenten/",
    "gemeenten/zeist/",
    "zoeken/?q=wijkraad",
    "kaart/",
    "vergelijken/",
    "mijn-lijst/",
    "zelfscan/",
    "voortgang/",
    "agenda/",
    "over/",
)
"""One of each kind; the form of /redactie/ is somebody else's program."""
TRIES = 3
KINDS = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = "--headless=new --no-sandbox --disable-dev-shm-usage"
TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml"}


class Compressed(SiteHandler):
    """The same host, which sends text compressed to who takes it so."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.suffix not in TEXT or not file.is_file():
            super().do_GET()
            return
        content = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def visit(lighthouse: str, address: str) -> tuple[float, ...]:
    """Look once, and again when Lighthouse lost sight of the browser, as it now and then does."""
    for _ in range(TRIES - 1):
        with suppress(subprocess.CalledProcessError):
            return look(lighthouse, address)
    return look(lighthouse, address)


def look(lighthouse: str, address: str) -> tuple[float, ...]:
    """Give the four scores (of 100) and the cumulative layout shift of one visit."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                lighthouse,
                address,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(KINDS)}",
                f"--chrome-flags={CHROMIUM}",
            ],
            check=True,
            env=os.environ
            | {"CHROME_PATH": os.environ.get("CHROMIUM") or shutil.which("chromium") or ""},
        )
        said = json.loads(report.read_text("utf-8"))
    scores = (round(100 * said["categories"][kind]["score"]) for kind in KINDS)
    return (*scores, round(said["audits"]["cumulative-layout-shift"]["numericValue"], 3))


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench vuurtoren", description=__doc__)
    parser.add_argument("lighthouse", help="het commando van Lighthouse")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="bezoeken per pagina")
    parser.add_argument("--site", type=Path, default=ROOT / "site", metavar="MAP")
    asked = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(asked.site)))
    Thread(target=server.serve_forever, daemon=True).start()
    print("| page | performance | accessibility | best practices | SEO | CLS |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for page in PAGES:
        address = f"http://127.0.0.1:{server.server_port}/{page}"
        visits = [visit(asked.lighthouse, address) for _ in range(asked.runs)]
        middle = [median(values) for values in zip(*visits, strict=True)]
        print(f"| /{page} | {' | '.join(f'{value:g}' for value in middle)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
