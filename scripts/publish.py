"""Build the site aside and swap it in whole: visitors see the old site or the new one, never half
of one.

    scripts/build [--content MAP] [--output MAP] [--concepten]

Everything is made in a hidden folder beside the output (same file system, so one rename
swaps the two). Each such folder is held by a lock that ends with its processes, whatever
ends them: what an interrupted run left behind is known by its lock being free. The site that was
replaced is kept elsewhere, for the next run to bring up to date (site/earlier.py).

"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import datetime
import errno
import fcntl
import gc
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from kennisplatform.arguments import ROOT, Parser
from kennisplatform.content.beside import beside
from kennisplatform.content.copies import STOPS
from kennisplatform.loading import CACHE, reference_day
from kennisplatform.model.findings import Refused
from kennisplatform.site.earlier import keep, spare_of
from omgeving import say
from redactie import editor

MUST_EXIST = (
    "index.html",
    "404.html",
    "praktijken/index.html",
    "instrumenten/index.html",
    "zoek/manifest.json",
    "_headers",
)
"""Without these the new site is not published."""
NOTE = "kennisplatform: "
"""What the hooks have to say is behind this in the output of MkDocs."""
FULL = (
    "De schijf is vol. De nieuwe site komt naast de oude te staan: maak ruimte vrij, of kies met "
    "--output een map op een andere schijf."
)
CLOSED = (
    "Dit account mag daar niet lezen of schrijven. Pas de rechten aan, of kies met --output een "
    "andere map."
)
TROUBLE = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
    errno.EROFS: CLOSED,
}
"""What to do about an error of the system."""


def main() -> int:
    arguments = parse()
    content, output = arguments.content.absolute(), Path(os.path.realpath(arguments.output))
    try:
        refuse_to_overwrite(output, content)
        if not content.is_dir():
            raise Refused(f"De map {arguments.content} bestaat niet.")
        day = reference_day(ROOT, content)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    start = time.monotonic()
    say("Inhoud controleren en site bouwen …")
    output.parent.mkdir(parents=True, exist_ok=True)
    spare = spare_of(output, ROOT / CACHE)
    with new_folder(output) as room:
        folder, there = room / "site", spare.exists()
        status, said = build(content, folder, output, day, arguments.concepten)
        if status and there and not spare.exists():  # the spare may be what cannot be written
            folder = room / "opnieuw"
            status, said = build(content, folder, output, day, arguments.concepten)
        if status:
            if trouble := in_words(said):
                say(trouble)
            # The build checks the content itself, first of all; only to explain a failure is it
            # checked once more.
            elif not told_by_check(content):
                say(said)
        else:
            say(
                "".join(
                    f"{line.split(NOTE, 1)[1]}\n" for line in said.splitlines() if NOTE in line
                ),
                end="",
            )
        if status or not is_whole(folder):
            say(unchanged(output))
            return 1
        names = chain.from_iterable(files for _, _, files in os.walk(folder))
        pages = sum(name.endswith(".html") for name in names)
        for number in STOPS:  # from here on the work is finished, whoever asks to stop
            signal.signal(number, signal.SIG_IGN)
        with locked(output.parent):
            old = swap(folder, output)
            keep(old, spare, room)
            shutil.rmtree(old, ignore_errors=True)
    print(
        f"De site staat in {arguments.output}: {pages} pagina’s, gemaakt in "
        f"{time.monotonic() - start:.1f} seconden."
    )
    return 0


def parse() -> argparse.Namespace:
    parser = Parser(
        prog="scripts/build",
        description=(
            "Controleer de inhoud, bouw de site en zet haar op haar plaats. Gaat er iets mis, dan "
            "blijft de vorige site staan."
        ),
    )
    parser.add_content()
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "site",
        metavar="MAP",
        help="waar de site komt (anders: site)",
    )
    parser.add_argument(
        "--concepten", action="store_true", help="neem ook pagina’s met concept: ja op"
    )
    return parser.parse_args()


def refuse_to_overwrite(output: Path, content: Path) -> None:
    """Raise Refused where the swap would remove something that is not an earlier site."""
    content = content.resolve()
    if output in (*ROOT.parents, ROOT, *content.parents, content) or content in output.parents:
        raise Refused(
            f"In {output} staan de bestanden van het platform zelf. Kies met --output een andere "
            "map."
        )
    if not output.is_dir():
        if output.exists():
            raise Refused(f"{output} is geen map. Kies met --output een andere plaats.")
    elif output.is_mount():
        raise Refused(
            f"{output} is een aangekoppelde schijf en kan niet worden verwisseld. Kies met "
            "--output een map daarop."
        )
    elif any(output.iterdir()) and not is_site(output):
        raise Refused(
            f"In {output} staat iets anders dan een eerdere site. Kies met --output een lege of "
            "nieuwe map."
        )


def is_site(folder: Path) -> bool:
    return (
        all((folder / name).is_file() for name in ("index.html", "404.html"))
        and not (folder / ".git").exists()
    )


def build(
    content: Path, folder: Path, output: Path, day: datetime.date, drafts: bool
) -> tuple[int, str]:
    """Let MkDocs write the site into a folder, with what it can take over from the earlier site;
    give its exit status and what it said.
    """
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    environment = {
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        **os.environ,
        "KENNISPLATFORM_CONTENT": str(content),
        "KENNISPLATFORM_CONCEPTEN": "ja" if drafts else "",
        "KENNISPLATFORM_REDACTIE": editor(),
        "KENNISPLATFORM_VORIGE": str(output),
    }
    with tempfile.TemporaryFile() as said:
        # The child holds the lock too, so that its folder is not taken for a leftover if only the
        # child lives on.
        with beside(partial(mkdocs, folder, environment, said.fileno())) as built:
            try:
                status = built()
            except ChildProcessError:
                status = 1
        said.seek(0)
        return status, said.read().decode(errors="replace")


def mkdocs(folder: Path, environment: Mapping[str, str], said: int) -> int:
    """Run MkDocs in a child, which has read the library already; what it says goes to a file."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(said, stream.fileno())
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    os.environ.update(environment)
    gc.set_threshold(0)  # nearly all that a build makes is there until its end; no hook undoes this
    from mkdocs.__main__ import cli

    config = ("--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(folder))
    try:
        cli(["build", "--strict", *config], prog_name="mkdocs")
    except SystemExit as ended:
        return int(ended.code or 0)
    except Exception:  # said as a command says it
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
    return 0


def told_by_check(content: Path) -> bool:
    """Let the check say what is wrong in the content; false where that is nothing."""
    command = [sys.executable, "-m", "kennisplatform", "check", "--content", str(content)]
    return subprocess.run(command).returncode != 0


def is_whole(folder: Path) -> bool:
    if missing := [name for name in MUST_EXIST if not (folder / name).is_file()]:
        say(f"De nieuwe site is niet compleet: {', '.join(missing)} ontbreekt.")
    return not missing


def neighbour(output: Path, kind: str) -> str:
    """Give the start of the name of a working folder: .site-new- or .site-old- beside site."""
    return f".{output.name}-{kind}-"


@contextlib.contextmanager
def locked(folder: Path, how: int = 0) -> Iterator[None]:
    """Hold a folder, after waiting for whoever holds it. With LOCK_NB raises BlockingIOError
    instead of waiting.
    """
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(lock)


@contextlib.contextmanager
def new_folder(output: Path) -> Iterator[Path]:
    """Give an empty folder beside the output, held by a lock; it is gone afterwards, with what is
    in it by then.
    """
    folder = output.with_name(neighbour(output, "new") + secrets.token_hex(4))
    with contextlib.ExitStack() as held:
        with locked(
            output.parent
        ):  # until it is held itself, another build could take it for a leftover
            clean_up(output)
            # not mkdtemp, whose folder only its owner can read: a web server could not
            folder.mkdir()
            held.enter_context(locked(folder))
        try:
            yield folder
        finally:
            held.close()
            # Whoever still writes in it holds it too.
            with contextlib.suppress(OSError), locked(folder):
                shutil.rmtree(folder, ignore_errors=True)


def swap(folder: Path, output: Path) -> Path:
    """Put the new site in the place of the old one, in one step where the system can, and give
    where the old one is then. That stays in the same folder: one of somebody else may not be put
    in another.
    """
    ready = output.with_name(neighbour(output, "new") + secrets.token_hex(4))
    folder.rename(ready)
    if not output.exists():
        ready.rename(output)
    elif not exchange(ready, output):
        old = output.with_name(neighbour(output, "old") + secrets.token_hex(4))
        output.rename(old)
        try:
            ready.rename(output)
        except OSError:
            old.rename(output)
            raise
        return old
    return ready


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; false where that cannot be done: macOS, some file systems
    (renameat2(2) of Linux).
    """
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:
        return False
    here, exchanged = -100, 2  # AT_FDCWD and RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchanged) == 0)


def clean_up(output: Path) -> None:
    """Undo what an interrupted run left: put back an old site without a successor, remove the
    rest.
    """
    for old in leftovers(output, "old"):
        if output.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(output)
    for folder in leftovers(output, "new"):
        with (
            contextlib.suppress(OSError),
            locked(folder, fcntl.LOCK_NB),
        ):  # held by a build that runs, gone with one that ends, or someone else's
            shutil.rmtree(folder, ignore_errors=True)


def leftovers(output: Path, kind: str) -> list[Path]:
    return sorted(
        entry for entry in output.parent.iterdir() if entry.name.startswith(neighbour(output, kind))
    )


def unchanged(output: Path) -> str:
    return (
        "Er is niets gepubliceerd: de vorige site staat er nog, zoals ze was."
        if output.exists()
        else "Er is niets gepubliceerd."
    )


def in_words(text: str) -> str:
    """Give what to do about the last error of the system in a text; empty where there is none, or
    nothing to say about it.
    """
    numbers = re.findall(r"\[Errno (\d+)\] [^\n]*$", text, re.MULTILINE)
    return TROUBLE.get(int(numbers[-1]), "") if numbers else ""


def stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in STOPS:
        signal.signal(number, stop)
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        say("\nAfgebroken. Er is niets gepubliceerd.")
        raise SystemExit(130) from None
    except OSError as error:
        say(
            f"Het bouwen is mislukt: {error}. {in_words(str(error))}".rstrip()
            + "\nEr is niets gepubliceerd."
        )
        raise SystemExit(1) from None
