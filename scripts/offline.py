"""Make an edition of the site that opens from a folder: unzip, open index.html, search and filter
without a server.

    scripts/offline [--content MAP] [--output BESTAND.zip|MAP]

The site is built as scripts/build does. A browser gives a page from a folder no folder
addresses, no modules, no other files and no worker, so links name the file they lead to, one
classic script has the place of all modules (offline/), and beside each file that scripts
load lies a script that hands over its text.

"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import posixpath
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection
from pathlib import Path

from kennisplatform.arguments import ROOT, Parser
from kennisplatform.content.platform_file import load_identity
from kennisplatform.loading import reference_day
from kennisplatform.model.text import date, slugify
from omgeving import say

BUNDLE = ROOT / "offline" / "bundel.js"
"""Made by scripts/bundels."""
SCRIPT = "assets/js/site.js"
FOR_SERVERS = (
    "404.html",
    "sitemap.xml*",
    "_headers",
    "_redirects",
    ".htaccess",
    ".nginx.conf",
    ".well-known/security.txt",
)
"""What only a web server or a search engine reads."""
ONLY_LOADED = ("filter/", "zoek/")
"""Folders of data that nobody opens by hand; of other data the file itself stays too."""
ELEMENT = re.compile(
    r'<(a|form|link|meta|option|script|use)(?:\s(?:[^">]|"[^"]*")*)?>(?:</script>)?'
)
LINK = re.compile(
    r'(\s(?:href|action|value|content)="(?:\d+; url=)?)(?!["?#])((?:[^":?#]*/)?\.{0,2})(?=["?#])'
)
"""An attribute that leads to a folder. No parser is needed for these two: templates and nh3 escape
every < of a text and quote every value with ".
"""
START = re.compile(r"<script data-zoekbegin=.*?</script>\n?", re.DOTALL)
"""What starts the worker of the search page; here it would only say that a file cannot search."""
FOOT = '<p class="voet__bron">'
"""Where the last lines of a page begin."""
NO_USE = re.compile(r'\srel="(?:module)?preload"|\shttp-equiv="Content-Security-Policy"')
"""What is fetched ahead needs an origin; whether 'self' in a policy is the folder, differs by
browser (ADR 0022).
"""


def main() -> int:
    arguments = parse()
    if (
        arguments.output
        and arguments.output.exists()
        and not (arguments.output.is_file() and arguments.output.suffix == ".zip")
    ):
        say(f"{arguments.output} bestaat al. Kies met --output een andere naam.")
        return 2
    named, _ = load_identity(arguments.content, "", ROOT / "content")
    name = slugify(named.kort)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / name  # what unzipping makes
        # Without the form editor: it saves to a Git host, so it is nothing for a folder.
        built = subprocess.run(
            [
                sys.executable,
                ROOT / "scripts" / "publish.py",
                "--content",
                arguments.content,
                "--output",
                site,
            ],
            env=os.environ | {"KENNISPLATFORM_REDACTIE": ""},
            stdout=subprocess.PIPE,
            text=True,
        )
        if built.returncode:
            print(built.stdout, end="")
            return built.returncode
        day = reference_day(ROOT, arguments.content)
        convert(site, day)
        output = arguments.output or ROOT / "build" / f"{name}-{day}.zip"
        output.parent.mkdir(parents=True, exist_ok=True)
        if output.suffix != ".zip":
            shutil.copytree(site, output)
            print(f"De offline-editie staat in {output}. Open {output / 'index.html'}.")
            return 0
        write_zip(site, output, day)
    print(
        f"De offline-editie staat in {output} ({output.stat().st_size / 1e6:.1f} MB). Pak het "
        f"bestand uit en open {name}/index.html."
    )
    return 0


def parse() -> argparse.Namespace:
    parser = Parser(
        prog="scripts/offline",
        description=(
            "Maak een zip van de site. Wie haar uitpakt, opent de site uit een map, zonder "
            "internet."
        ),
    )
    parser.add_content()
    parser.add_argument(
        "--output",
        type=Path,
        metavar="BESTAND.zip|MAP",
        help=(
            "waar de zip komt, of de map waarin ze al is uitgepakt (anders: een zip in build, met "
            "de datum in de naam)"
        ),
    )
    return parser.parse_args()


def convert(site: Path, day: datetime.date) -> None:
    """Make a built site one that opens from a folder, with one script in the place of all; every
    page says of which day it is.
    """
    for pattern in (*FOR_SERVERS, "assets/js/**/*.js"):
        for file in site.glob(pattern):
            file.unlink()
    shutil.copyfile(BUNDLE, site / SCRIPT)
    folders = {index.parent.relative_to(site).as_posix() for index in site.rglob("index.html")}
    copy = (
        f"{FOOT}Dit is een kopie van de site van {date(day)}. Op de site zelf kan intussen meer "
        "staan. "
    )
    for html in site.rglob("*.html"):
        text = rewritten(
            html.read_text(encoding="utf-8"), html.parent.relative_to(site).as_posix(), folders
        )
        html.write_text(text.replace(FOOT, copy, 1), encoding="utf-8")
    hand_over(site / "assets" / "nederland.svg")
    # A dossier takes its articles from the pages themselves.
    titles = json.loads((site / "data" / "titels.json").read_text(encoding="utf-8"))
    for page in titles["paginas"]:
        hand_over(site / page["pagina"] / "index.html")
    for data in list(site.rglob("*.json")):
        hand_over(data)
        if data.relative_to(site).as_posix().startswith(ONLY_LOADED):
            data.unlink()


def hand_over(file: Path) -> None:
    """Write the script beside a file that hands its text to `fetch` in offline/browser.js."""
    text = json.dumps(file.read_text(encoding="utf-8"), ensure_ascii=False)
    file.with_name(f"{file.name}.js").write_text(
        f"document.currentScript.tekst={text};", encoding="utf-8"
    )


def rewritten(html: str, folder: str, folders: Collection[str]) -> str:
    """Change a page that lies in `folder` into one that works there; `folders` are all that have an
    index.html, the root being `.`.
    """

    def element(found: re.Match[str]) -> str:
        if NO_USE.search(found[0]):
            return ""
        if found[1] == "use":
            return found[0].replace(' href="', ' data-href="')
        if found[1] == "script" and ' src="' in found[0]:
            classic = found[0].replace('type="module"', "defer").replace(' blocking="render"', "")
            return classic if f'/{SCRIPT}"' in found[0] else ""
        return LINK.sub(link, found[0])

    def link(found: re.Match[str]) -> str:
        before, path = found.groups()
        return before + (
            posixpath.join(path, "index.html")
            if posixpath.normpath(posixpath.join(folder, path)) in folders
            else path
        )

    return ELEMENT.sub(element, START.sub("", html))


def write_zip(site: Path, output: Path, day: datetime.date) -> None:
    """Write a zip that is the same, byte for byte, for the same site and day; the file is whole or
    not there.
    """
    new = output.with_name(f".{output.name}-{secrets.token_hex(4)}")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(f for f in site.rglob("*") if f.is_file()):
                entry = zipfile.ZipInfo(
                    file.relative_to(site.parent).as_posix(),
                    (day.year, day.month, day.day, 0, 0, 0),
                )
                entry.compress_type, entry.create_system, entry.external_attr = (
                    zipfile.ZIP_DEFLATED,
                    3,
                    0o644 << 16,
                )
                archive.writestr(entry, file.read_bytes())
        new.replace(output)
    finally:
        new.unlink(missing_ok=True)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads it has read enough
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        say("\nAfgebroken. Er is geen offline-editie gemaakt.")
        raise SystemExit(130) from None
    except OSError as error:
        say(f"De offline-editie is niet gemaakt: {error}.")
        raise SystemExit(1) from None
