"""The commands of scripts/ that need no site generator; the only place that prints."""
from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from kennisplatform.export import stage
from kennisplatform.findings import Finding, errors
from kennisplatform.library import Library, load_library
from kennisplatform.platform import Platform, Settings, reference_day
from kennisplatform.relations import relate
from kennisplatform.report import Rapport, make_report, to_html, to_markdown
from kennisplatform.word import to_docx

ROOT = Path(__file__).resolve().parents[2]
WRITERS: dict[str, Callable[[Rapport], bytes]] = {".docx": to_docx, ".md": to_markdown, ".html": to_html}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 all well, 1 an error in the content, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="kennisplatform",
                                     description="Controleer de inhoud van het kennisplatform, of zet haar klaar voor een ander programma.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht")
    check = commands.add_parser("check", help="controleer de inhoud",
                                description="Controleer alle pagina’s. Eindigt met 0 als alles goed is en met 1 als er fouten zijn.")
    check.add_argument("paden", nargs="*", type=Path, metavar="PAD", help="toon alleen bevindingen in deze bestanden of mappen")
    check.add_argument("--content", type=Path, default=ROOT / "content", metavar="MAP", help="de map met inhoud (anders: content)")
    check.add_argument("--format", choices=("text", "json"), default="text", help="leesbare tekst, of JSON voor een ander programma")
    staging = commands.add_parser("stage", help="schrijf het platform als gewone bestanden",
                                description="Schrijf alle pagina’s als Markdown met JSON ernaast, zonder MkDocs.")
    staging.add_argument("map", type=Path, metavar="MAP", help="waar de bestanden komen; de map moet leeg zijn of nog niet bestaan")
    staging.add_argument("--content", type=Path, default=ROOT / "content", metavar="MAP", help="de map met inhoud (anders: content)")
    reporting = commands.add_parser(
        "report", help="maak een voortgangsrapport",
        description="Maak een voortgangsrapport per aandachtsveld, met de pagina’s, de cijfers, de gemeenten en de bronnen.",
        epilog="Met --from of --to komen alleen pagina’s mee waarvan de periode daar (deels) in kan vallen. Een vage periode telt zo ruim als de woorden "
               "kunnen betekenen; zonder einde loopt zij door. Pagina’s zonder periode staan dan in een lijst aan het eind. "
               "In Word krijgt de inhoudsopgave bladzijdenummers als u erop klikt en op F9 drukt.")
    reporting.add_argument("--from", dest="vanaf", metavar="DATUM", help="de eerste dag, als jaar-maand-dag: 2019-01-01")
    reporting.add_argument("--to", dest="tot", metavar="DATUM", help="de laatste dag, als jaar-maand-dag: 2019-12-31")
    reporting.add_argument("--output", type=Path, metavar="BESTAND",
                           help="een bestand dat eindigt op .docx, .md of .html (anders: voortgang-lokale-democratie-DATUM.docx in deze map)")
    reporting.add_argument("--content", type=Path, default=ROOT / "content", metavar="MAP", help="de map met inhoud (anders: content)")
    given = parser.parse_args(arguments)
    if not given.content.is_dir():
        print(f"De map {given.content} bestaat niet.", file=sys.stderr)
        return 2
    library = load_library(given.content, shown_path(given.content), ROOT / "content")
    if given.command == "report":
        return _report(library, given.content, given.vanaf, given.tot, given.output)
    return _check(library, given.paden, given.format) if given.command == "check" else _stage(library, given.content, given.map)


def shown_path(path: Path) -> str:
    """Name a path as short as can be from the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def _check(library: Library, paths: Sequence[Path], form: str) -> int:
    if missing := [p for p in paths if not p.exists()]:
        print(f"{missing[0]} bestaat niet.", file=sys.stderr)
        return 2
    wanted = [p.resolve() for p in paths]
    found = [f for f in library.bevindingen if not wanted or any(Path(f.path).resolve().is_relative_to(w) for w in wanted)]
    blocking = errors(found)
    if form == "json":
        print(json.dumps([asdict(f) for f in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            print(finding)
        print(summary(library, blocking))
    return 1 if blocking else 0


def summary(library: Library, blocking: Sequence[Finding]) -> str:
    """Word the outcome of a check in one line."""
    if not blocking:
        return f"Geen fouten in {len(library.paginas)} pagina’s."
    files = len({f.path for f in blocking})
    found = "1 fout" if len(blocking) == 1 else f"{len(blocking)} fouten"
    return f"{found} in {files} {'bestand' if files == 1 else 'bestanden'}. Zo kan de site niet worden gepubliceerd."


def _stage(library: Library, content: Path, target: Path) -> int:
    if blocking := errors(library.bevindingen):
        for finding in blocking:
            print(finding)
        return 1
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        print(f"{target} bestaat al en is niet leeg.", file=sys.stderr)
        return 2
    platform = Platform(library, relate(library), Settings.read(), reference_day(ROOT, content))
    count = stage(platform, content, target)
    print(f"{count} pagina’s geschreven naar {target}.")
    return 0


def _report(library: Library, content: Path, vanaf: str | None, tot: str | None, output: Path | None) -> int:
    days: list[datetime.date | None] = []
    for text in (vanaf, tot):
        try:
            days.append(datetime.datetime.strptime(text, "%Y-%m-%d").date() if text else None)
        except ValueError:
            print(f"‘{text}’ is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2019-12-31.", file=sys.stderr)
            return 2
    first, last = days
    if first and last and first > last:
        print(f"De periode eindigt ({last}) voordat zij begint ({first}).", file=sys.stderr)
        return 2
    today = reference_day(ROOT, content)
    target = output or Path(f"voortgang-lokale-democratie-{today}.docx")
    if (writer := WRITERS.get(target.suffix.lower())) is None:
        print(f"{target} heeft geen bekend einde. Kies een bestand dat eindigt op {', '.join(list(WRITERS)[:-1])} of {list(WRITERS)[-1]}.", file=sys.stderr)
        return 2
    if not target.parent.is_dir() or target.is_dir():
        print(f"{target.parent} bestaat niet." if not target.parent.is_dir() else f"{target} is een map.", file=sys.stderr)
        return 2
    if blocking := errors(library.bevindingen):
        for finding in blocking:
            print(finding)
        return 1
    target.write_bytes(writer(make_report(Platform(library, relate(library), Settings.read(), today), first, last)))
    print(f"Rapport geschreven naar {target}.")
    return 0
