"""The commands of scripts/ that need no site generator; the only place that prints."""

from __future__ import annotations

import argparse
import datetime
import errno
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kennisplatform.arguments import ROOT, Parser
from kennisplatform.content.advice import advise
from kennisplatform.content.copies import Find, Mended, write
from kennisplatform.content.docs import read_docs
from kennisplatform.content.fixes import mend
from kennisplatform.content.kept import Kept
from kennisplatform.content.renaming import Renamed, find_page, new_path, rename
from kennisplatform.loading import CACHE, commit_day, git, load_platform, read_settings
from kennisplatform.model.findings import Finding, Refused, errors, on_one_line
from kennisplatform.model.platform import Platform
from kennisplatform.model.text import count, shorten, slugify
from kennisplatform.publish.colours import read_colours
from kennisplatform.publish.export import stage
from kennisplatform.publish.formats import (
    FORMATS,
    advice_by_code,
    openable,
    real_path,
    shown_path,
    step_summary,
    summary,
    without_addresses,
)
from kennisplatform.publish.report import Report, make_report, to_html, to_markdown
from kennisplatform.site.geschreven import all_findings
from kennisplatform.site.site import site_pages


def _to_docx(report: Report) -> bytes:
    """Write it for Word; only who asks for that waits for python-docx."""
    from kennisplatform.publish.word import to_docx

    return to_docx(report)


WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".docx": _to_docx,
    ".md": to_markdown,
    ".html": to_html,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 all well, 1 an error in the content, 2 wrong use, 130 interrupted."""
    given = _parser().parse_args(arguments)
    try:
        if not given.content.is_dir():
            raise Refused(f"De map {given.content} bestaat niet.")
        return int(given.run(given))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nAfgebroken.", file=sys.stderr)
        return 130


def _parser() -> Parser:
    parser = Parser(
        prog="kennisplatform",
        description=(
            "Controleer de inhoud van het kennisplatform, of zet haar klaar voor een ander "
            "programma."
        ),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht")
    for add in (_add_check, _add_fix, _add_rename, _add_stage, _add_report):
        add(commands).add_content()
    return parser


def _add_check(commands: argparse._SubParsersAction[Parser]) -> Parser:
    command = commands.add_parser(
        "check",
        prog="scripts/check",
        help="controleer de inhoud",
        description=(
            "Controleer alle pagina’s. Eindigt met 0 als alles goed is en met 1 als er fouten zijn."
        ),
    )
    command.add_argument(
        "paden",
        nargs="*",
        type=Path,
        metavar="PAD",
        help="toon alleen bevindingen in deze bestanden of mappen",
    )
    command.add_argument(
        "--since",
        metavar="VERSIE",
        help="toon alleen bevindingen in bestanden die na deze versie in Git zijn veranderd, "
        "bijvoorbeeld main, en fouten elders die er toen nog niet waren",
    )
    command.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        help="leesbare tekst, opmerkingen bij de regels op GitHub, een verslag voor "
        "GitLab, of JSON of SARIF voor een ander programma",
    )
    command.add_argument(
        "--advies",
        action="store_true",
        help="toon ook elk advies, met bestand en regel, zoals bij een bestand dat u noemt; een "
        "advies houdt niets tegen",
    )
    command.set_defaults(run=_check)
    return command


def _add_fix(commands: argparse._SubParsersAction[Parser]) -> Parser:
    command = commands.add_parser(
        "fix",
        prog="scripts/fix",
        help="herstel wat zeker is",
        description="Herstel wat maar één ding kan betekenen, en zet de velden van elke "
        "pagina in hun "
        "vaste vorm. "
        "Aan de tekst verandert niets.",
        epilog="Wat niet zeker is, zegt scripts/check: dat herstelt u zelf.",
    )
    command.add_argument(
        "paden", nargs="*", type=Path, metavar="PAD", help="herstel alleen deze bestanden of mappen"
    )
    command.add_argument(
        "--check",
        action="store_true",
        help="zeg alleen wat er zou veranderen; eindigt dan met 1, en anders met 0",
    )
    command.set_defaults(run=_fix)
    return command


def _add_rename(commands: argparse._SubParsersAction[Parser]) -> Parser:
    command = commands.add_parser(
        "rename",
        prog="scripts/rename",
        help="geef een pagina een andere naam",
        description="Geef een pagina een andere naam of een andere map. Wat ernaar verwijst, gaat "
        "mee, en het oude adres leidt door naar het nieuwe.",
        epilog="De titel verandert niet: die past u zelf aan.",
    )
    command.add_argument(
        "oud", metavar="OUD", help="de naam van de pagina, of het pad van haar bestand"
    )
    command.add_argument(
        "nieuw",
        metavar="NIEUW",
        help="de nieuwe naam: kleine letters, cijfers en streepjes; met een andere map ervoor "
        "verhuist de pagina: events/nieuwe-naam",
    )
    command.add_argument(
        "--check",
        action="store_true",
        help="zeg alleen wat er zou veranderen",
    )
    command.set_defaults(run=_rename)
    return command


def _add_stage(commands: argparse._SubParsersAction[Parser]) -> Parser:
    command = commands.add_parser(
        "stage",
        prog="scripts/stage",
        help="schrijf het platform als gewone bestanden",
        description="Schrijf alle pagina’s als Markdown met JSON ernaast, zonder MkDocs.",
    )
    command.add_argument(
        "map",
        type=Path,
        metavar="MAP",
        help="waar de bestanden komen; de map moet leeg zijn of nog niet bestaan",
    )
    command.set_defaults(run=_stage)
    return command


def _add_report(commands: argparse._SubParsersAction[Parser]) -> Parser:
    command = commands.add_parser(
        "report",
        prog="scripts/report",
        help="maak een voortgangsrapport",
        description=(
            "Maak een voortgangsrapport per aandachtsveld, met de pagina’s, de cijfers, de "
            "gemeenten en de bronnen."
        ),
        epilog="Met --from of --to komen alleen pagina’s mee waarvan de periode daar "
        "(deels) in kan "
        "vallen. Een vage periode telt zo ruim als de woorden "
        "kunnen betekenen; zonder einde loopt zij door. Pagina’s zonder periode staan dan in een "
        "lijst aan het eind. "
        "Word vraagt bij het openen of het de velden mag bijwerken. Kies Ja: dan krijgt de "
        "inhoudsopgave bladzijdenummers.",
    )
    command.add_argument(
        "--from",
        dest="vanaf",
        metavar="DATUM",
        help="de eerste dag, als jaar-maand-dag: 2019-01-01",
    )
    command.add_argument(
        "--to", dest="tot", metavar="DATUM", help="de laatste dag, als jaar-maand-dag: 2019-12-31"
    )
    command.add_argument(
        "--output",
        type=Path,
        metavar="BESTAND",
        help=(
            "een bestand dat eindigt op .docx, .md of .html (anders: "
            "voortgang-ONDERWERP-DATUM.docx in deze map)"
        ),
    )
    command.set_defaults(run=_report)
    return command


def _asked_for(paths: Sequence[Path], content: Path) -> Callable[[str], bool]:
    """Give what tells whether a file is one of these or lies in one of them; without any, every
    file is.
    """
    if missing := [p for p in paths if not p.exists()]:
        raise Refused(f"{missing[0]} bestaat niet.")
    if not paths:
        return lambda path: True
    pairs = [(p.resolve(), real_path(p)) for p in paths]
    wanted = [place for pair in pairs for place in pair]
    homes = [content.resolve(), real_path(content), ROOT / "docs"]
    for path, places in zip(paths, pairs, strict=True):
        if not any(p.is_relative_to(h) or h.is_relative_to(p) for p in places for h in homes):
            raise Refused(
                f"{path} hoort niet bij de inhoud: geef een bestand of map in "
                f"{shown_path(content)} of docs."
            )

    @cache
    def lies_within(folder: str) -> bool:
        return any(map(real_path(Path(folder, "een")).parent.is_relative_to, wanted))

    def asked_for(path: str) -> bool:
        folder, name = os.path.split(path)
        named = any(place.name == name for place in wanted)
        return lies_within(folder) or (named and real_path(Path(path)) in wanted)

    return asked_for


def _check(given: argparse.Namespace) -> int:
    content, asked_for = given.content, _asked_for(given.paden, given.content)
    commit = _commit(content, given.since) if given.since is not None else None
    platform, name = _platform(content), shown_path(content)
    told = [f for f in _findings(platform, name) if asked_for(f.path)]
    found, said = errors(told), [f for f in told if f.severity != "fout"]
    advised = asked_for
    if commit:
        changed = _changed_since(content, commit)
        found, elsewhere = _within_and_beyond(found, changed)
        found = sorted(found + _new_since(content, commit, errors(elsewhere)))
        said, _ = _within_and_beyond(said, changed)

        def advised(path: str) -> bool:
            return asked_for(path) and real_path(Path(path)) in changed

    limited = bool(given.paden or commit)
    of_before = Kept(None if limited else ROOT / CACHE, content / "advies")
    advice = [*advise(platform.library, name, platform.today, advised, of_before), *said]
    blocking = errors(found)
    root = _repository(content) if given.format in ("github", "gitlab", "sarif") else None
    # Who names files waits for what to do in them; of all the content it would be too much.
    named = given.format == "text" and given.paden and all(p.is_file() for p in given.paden)
    in_full = given.advies or named
    shown = sorted(found + advice) if in_full else found
    whole = _addresses_in(given.format)
    heading = summary(platform.library, blocking, limited)
    if written := FORMATS[given.format](shown, root):
        print(whole(written))
    if given.format == "github" and (file := os.environ.get("GITHUB_STEP_SUMMARY")):
        with open(file, "a", encoding="utf-8") as step:
            step.write(
                whole(step_summary(heading, sorted(found + advice), root, _files_on_github()))
            )
    if given.format not in ("json", "sarif"):
        lines = [*(() if in_full else advice_by_code(advice)), heading]
        if given.format == "gitlab":  # the report goes to a file, so the job's log has the text
            print(
                *(_openable(str(finding)) for finding in shown), *lines, sep="\n", file=sys.stderr
            )
        else:
            print(*lines, sep="\n")
    return 1 if blocking else 0


def _addresses_in(form: str) -> Callable[[str], str]:
    """Give what makes the addresses in a format fit to be opened: what another program reads is not
    read where scripts/serve runs.
    """
    if form == "text" or read_settings().site_url:
        return _openable
    return without_addresses if form in ("github", "gitlab") else str


def _openable(text: str) -> str:
    return openable(text, read_settings().site_url)


def _files_on_github() -> str:
    """Give the address of the checked files, from what GitHub tells a job; empty elsewhere.

    For a pull request that is the commit that merges it: what was checked out, so the lines agree.
    """
    told = [os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    return "{}/{}/blob/{}".format(*told) if all(told) else ""


def _to_copy(given: argparse.Namespace) -> tuple[dict[str, Path], Find]:
    """Give the folders of which a copy is repaired, and what checks those copies."""
    content, docs, day = shown_path(given.content), shown_path(ROOT / "docs"), commit_day(ROOT)
    folders = {content: given.content}
    if (
        given.content.resolve() == ROOT / "content"
    ):  # the hand-written pages are not those of another folder
        folders[docs] = ROOT / "docs"

    def find(copies: Mapping[str, Path]) -> list[Finding]:
        platform = load_platform(
            copies[content],
            content,
            read_settings(),
            day,
            ROOT / "content",
            cache=ROOT / CACHE,
            copy_of=given.content,
        )
        if docs not in copies:
            return sorted(platform.findings)
        return all_findings(platform, site_pages(platform), read_docs(copies[docs], docs), content)

    return folders, find


def _fix(given: argparse.Namespace) -> int:
    folders, find = _to_copy(given)
    asked_for = _asked_for(given.paden, given.content)
    with _room() as room:
        formed = Kept(ROOT / CACHE, given.content / "vorm")
        mended, left = mend(folders, shown_path(given.content), find, asked_for, room, formed)
    with _ending():
        refused = [why for file in mended if (why := _mended(file, given.check))]
    written = len(mended) - len(refused)
    if written or not refused:
        print(_outcome(written, len(left), given.check))
    if refused:
        raise Refused("\n".join(refused))
    return 1 if given.check and written else 0


@contextmanager
def _room() -> Iterator[Path]:
    """Give a folder to work in, for as long as that takes."""
    try:
        with _ending(), TemporaryDirectory() as room:
            yield Path(room)
    except OSError as error:
        raise Refused(
            f"Er kan geen kopie worden gemaakt om in te werken ({error.strerror}). Er is niets "
            "veranderd."
        ) from None


@contextmanager
def _ending() -> Iterator[None]:
    """Clear away what is half done when the process is ended or its terminal closed, as Ctrl-C
    does.
    """

    def end(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _mended(file: Mended, only_said: bool) -> str:
    """Write a file and tell its repairs; give why it could not be written, or nothing."""
    try:
        if not only_said:
            write([file])
    except OSError as error:
        return _not_written(file.shown, error, "scripts/fix")
    print("\n".join(_told(file, only_said)))
    return ""


def _not_written(shown: str, error: OSError, command: str) -> str:
    if isinstance(error, FileExistsError):
        return f"{shown} is intussen veranderd en blijft zoals het is. Start {command} opnieuw."
    full = error.errno == errno.ENOSPC
    why = "De schijf is vol." if full else "Kijk of u het bestand en de map mag veranderen."
    return f"{shown} kan niet worden geschreven en blijft zoals het is. {why}"


def _rename(given: argparse.Namespace) -> int:
    content = shown_path(given.content)
    old = find_page(given.content, content, given.oud)
    new = new_path(given.content, content, old, given.nieuw)
    folders, find = _to_copy(given)
    with _room() as room:
        renamed = rename(folders, content, old, new, find, room)
    if not given.check:
        with _ending():
            try:
                write(renamed.files)
            except OSError as error:
                shown = shown_path(Path(error.filename or renamed.files[0].file))
                raise Refused(
                    f"{_not_written(shown, error, 'scripts/rename')} Er is niets veranderd."
                ) from None
    print("\n".join(_told_of(renamed, f"{content}/{old}", given.check)))
    return 1 if renamed.left else 0


def _told_of(renamed: Renamed, old: str, only_said: bool) -> Iterator[str]:
    """Say what a new name changes, and what is left to do."""
    page = renamed.files[0]
    yield f"{old} → {page.shown}"
    for file in renamed.files:
        yield from _told(file, only_said)
    if renamed.leads_on:
        yield f"Het oude adres {renamed.leads_on} leidt door naar de nieuwe pagina."
    if renamed.left:
        yield "Dit herstelt u zelf:"
        yield from (_openable(str(finding)) for finding in renamed.left)
    if only_said:
        yield "Er is niets veranderd. Start scripts/rename zonder --check om het te doen."
    else:
        yield "Kijk of de titel nog past. Start daarna scripts/check, en bied uw wijziging aan."


def _told(file: Mended, only_said: bool) -> Iterator[str]:
    """Say a line for each repair of a file."""
    for code, fix in sorted(file.repairs, key=lambda repair: repair[1]):
        old, new = (
            _shortened(fix.old),
            _shortened(fix.new) if fix.new.strip() else "een gewone spatie" if fix.new else "niets",
        )
        yield (
            f"{file.shown}:{fix.line}: {'te herstellen' if only_said else 'hersteld'}: {old} → "
            f"{new}  [{code}]"
        )
    if file.form:
        line, lines = file.form
        yield (
            f"{file.shown}:{line}: "
            f"{'kan in de vaste vorm' if only_said else 'in de vaste vorm gezet'}: "
            f"{count(lines, 'regel', 'regels')} van de kop"
        )


def _shortened(text: str) -> str:
    named = re.sub(r"[^\S \n\t]", lambda space: f"‹U+{ord(space[0]):04X}›", text)
    return shorten(on_one_line(named), 60)


def _outcome(files: int, left: int, only_said: bool) -> str:
    found = count(files, "bestand", "bestanden")
    told = (
        (f"{found} te herstellen met scripts/fix." if only_said else f"{found} hersteld.")
        if files
        else "Er is niets te herstellen wat zeker is."
    )
    if not left:
        return told
    return (
        f"{told} {count(left, 'fout blijft', 'fouten blijven')} over; die herstelt u zelf. "
        "Welke, zegt scripts/check."
    )


def _platform(content: Path, shown: str = "") -> Platform:
    return load_platform(
        content,
        shown or shown_path(content),
        read_settings(),
        commit_day(ROOT),
        ROOT / "content",
        cache=ROOT / CACHE,
    )


def _findings(platform: Platform, content: str) -> list[Finding]:
    docs = ROOT / "docs"
    written = read_docs(docs, shown_path(docs), ROOT / CACHE)
    return all_findings(platform, site_pages(platform), written, content)


def _repository(content: Path) -> Path | None:
    found = git(content, "rev-parse", "--show-toplevel")
    return Path(found.removesuffix("\n")) if found else None


def _commit(content: Path, revision: str) -> str:
    if revision.startswith("-"):
        raise Refused(f"‘{revision}’ is geen versie: een versie begint niet met een streepje.")
    if _repository(content) is None:
        raise Refused(
            f"De map {content} staat niet in een werkkopie van Git, dus --since kan hier niet."
        )
    commit = git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if commit is None:
        raise Refused(
            f"De versie ‘{revision}’ is niet bekend in deze werkkopie. Haal haar eerst op met git "
            "fetch."
        )
    return commit.strip()


def _changed_since(content: Path, commit: str) -> set[Path]:
    """Give the files in the repository that differ from a commit, or that Git does not know yet; a
    renamed file by its new name.
    """
    root = _repository(content) or content
    changed = git(root, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", commit)
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if changed is None or new is None:
        raise Refused("Git kan niet zeggen wat er sindsdien is veranderd.")
    return {root / name for name in f"{changed}{new}".split("\0") if name}


def _within_and_beyond(
    findings: Sequence[Finding], files: set[Path]
) -> tuple[list[Finding], list[Finding]]:
    """Part findings into those in these files and the others."""
    parts: tuple[list[Finding], list[Finding]] = ([], [])
    for finding in findings:
        parts[real_path(Path(finding.path)) not in files].append(finding)
    return parts


def _new_since(content: Path, commit: str, found: Sequence[Finding]) -> list[Finding]:
    """Keep the errors that the content of a commit did not have: what a deleted page or a name
    taken from a list does to other files.
    """
    if not found:
        return []
    with TemporaryDirectory() as folder:
        archive, old = Path(folder, "inhoud.zip"), Path(folder, "inhoud")
        if git(content, "archive", f"--output={archive}", commit) is None:
            return list(found)  # there was no such folder yet
        shutil.unpack_archive(archive, old)
        then = _platform(old, shown_path(content))
        before = {(f.path, f.code, f.message) for f in _findings(then, shown_path(content))}
    return [f for f in found if (f.path, f.code, f.message) not in before]


def _stage(given: argparse.Namespace) -> int:
    target = given.map
    if (platform := _sound(given.content)) is None:
        return 1
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target} bestaat al en is niet leeg.")
    staged = stage(platform, given.content, target)
    print(f"{count(staged, 'pagina', 'pagina’s')} geschreven naar {target}.")
    return 0


def _report(given: argparse.Namespace) -> int:
    first, last = _day_given(given.vanaf), _day_given(given.tot)
    if first and last and first > last:
        raise Refused(f"De periode eindigt ({last}) voordat zij begint ({first}).")
    target = given.output or Path("voortgang.docx")
    if (writer := WRITERS.get(target.suffix.lower())) is None:
        raise Refused(
            f"{target} heeft geen bekend einde. Kies een bestand dat eindigt op "
            f"{', '.join(list(WRITERS)[:-1])} of {list(WRITERS)[-1]}."
        )
    if not target.parent.is_dir():
        raise Refused(f"{target.parent} bestaat niet.")
    if target.is_dir():
        raise Refused(f"{target} is een map.")
    if (platform := _sound(given.content)) is None:
        return 1
    if not given.output:
        subject = slugify(platform.identity.onderwerp)
        target = Path(f"voortgang-{subject}-{platform.today}.docx")
    report = writer(make_report(platform, read_colours(ROOT / "docs"), first, last))
    try:
        target.write_bytes(report)
    except OSError:
        raise Refused(
            f"{target} kan niet worden geschreven. Mag u hier schrijven, en is het bestand niet "
            "ergens geopend?"
        ) from None
    print(f"Rapport geschreven naar {target}.")
    return 0


def _day_given(text: str | None) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise Refused(
            f"‘{text}’ is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2019-12-31."
        ) from None


def _sound(content: Path) -> Platform | None:
    """Give the platform; None, after showing them, when there are errors in the content."""
    platform = _platform(content)
    if blocking := errors(platform.findings):
        for finding in blocking:
            print(_openable(str(finding)))
        return None
    return platform
