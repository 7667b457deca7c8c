"""Write the file of a new page: its fields filled in, and the headings it usually has.

    scripts/new praktijk|instrument|publicatie|bijeenkomst TITEL [--content MAP] [--veld WAARDE …]
    scripts/new [praktijk|…] [TITEL] --from BESTAND

What the options do not give is asked for, when there is someone to ask. With --from the answers
come from a text that somebody sent: an issue form, a mail, a Word document. The page is a draft
until its editor takes that line out, so nothing half written is ever published.
"""

from __future__ import annotations

import argparse
import datetime
import shlex
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from concept import Concept, Values
from kennisplatform import cli
from kennisplatform.arguments import ROOT, Parser
from kennisplatform.content.answers import is_list, missing, wrong
from kennisplatform.content.intake.draft import WHOLE, kind_of, make_draft
from kennisplatform.content.intake.files import MAX_FILE, Sent, read_source
from kennisplatform.content.intake.parts import read_form
from kennisplatform.content.intake.rewrite import Remark
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.model.findings import Refused, meant
from kennisplatform.model.groups import NESTED
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.text import enumerate_nl, slugify
from kennisplatform.publish.formats import PORT, SERVED, shown_path
from questions import NUMBER, SOURCES, Questions, Stopped, answer, said, stoppable, understood

FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "nieuwe-praktijk.yml"
KINDS = {
    slugify(word): c
    for c in COLLECTIES.values()
    for word in (c.map, c.slug, c.meervoud, c.enkelvoud)
}
"""Collections by every word for them: practices, praktijken, praktijk; the agenda too."""
WITHOUT_OPTION = {*NESTED, "titel", "pijler_bron", "gecontroleerd", "oude_adressen", "concept"} - {
    NUMBER,
    "contact",
}
USAGE = f"""gebruik: scripts/new {"|".join(c.enkelvoud for c in COLLECTIES.values())} TITEL
                     [--content MAP] [--veld WAARDE …]
         scripts/new [praktijk|…] [TITEL] --from BESTAND

"""


class Incomplete(Refused):
    """What a page cannot do without is not said, and nobody can be asked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a page; 0 when it has no mistakes, 1 when it has, 2 when there is none, 128 and more
    when somebody stopped.
    """
    given, page, remarks = parse(arguments), None, list[Remark]()
    try:
        try:
            with stoppable():
                source = sent(given.bestand) if given.bestand else None
                page = begin(given, source)
                if source:
                    draft = make_draft(
                        source, read_form(FORM), page.collectie, page.vocabulary, page.values
                    )
                    page.values, page.body, remarks = draft.values, draft.body, list(draft.remarks)
                page.values.setdefault("datum", datetime.date.today())
                page.values["concept"] = "ja"
                complete(page, source)
                page.save()
        except Stopped as stopped:
            return leave(page, stopped)
    except Refused as refused:
        usage = USAGE if isinstance(refused, Incomplete) else ""
        print(f"{usage}{refused}\nEr is niets geschreven.", file=sys.stderr)
        return 2
    shown = shown_path(page.file)
    print(f"Geschreven: {shown}\n", flush=True)
    outcome = cli.main(["check", shown, *where(page)])
    if source:
        print()
        tell_what_was_sent(page, given.bestand, source, remarks)
    tell_what_is_next(page, bool(source))
    return outcome


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(
        prog="scripts/new",
        usage=USAGE.partition(": ")[2].rstrip(),
        description="Maak het bestand voor een nieuwe pagina. Wat u niet opgeeft, wordt "
        "gevraagd. Met "
        "--from komen de antwoorden uit een "
        "tekst die iemand stuurde.",
    )
    parser.add_argument(
        "woorden",
        nargs="*",
        metavar="TITEL",
        help="de soort pagina en de titel; daaruit volgt de naam van het bestand",
    )
    parser.add_argument(
        "--from",
        dest="bestand",
        type=Path,
        metavar="BESTAND",
        help=(
            "een ingevuld formulier (de tekst van een issue), een mail of een Word-document (.docx)"
        ),
    )
    parser.add_content()
    parser.add_argument(
        "--bron",
        dest=SOURCES,
        action="append",
        metavar="TITEL",
        help="De titel van een bron, met het adres als dat er is. U mag deze optie herhalen.",
    )
    add_fields(parser)
    return parser.parse_intermixed_args(arguments)


def add_fields(parser: Parser) -> None:
    """Let each field be given: those of every page together, and those of one collection."""
    shared = set.intersection(*(set(c.model.model_fields) for c in COLLECTIES.values()))
    for place, collectie in enumerate(COLLECTIES.values()):
        own = [
            name
            for name in collectie.model.model_fields
            if name not in WITHOUT_OPTION and (name in shared) == (place == 0)
        ]
        group = (
            parser.add_argument_group(
                f"velden van een {collectie.enkelvoud}" if place else "velden van elke pagina"
            )
            if own
            else parser
        )
        for name in own:
            many = is_list(collectie, name)
            group.add_argument(
                f"--{name}",
                metavar="WAARDE",
                action="append" if many else "store",
                help=f"{collectie.model.model_fields[name].description}"
                + (" U mag deze optie herhalen." if many else ""),
            )


def sent(file: Path) -> Sent:
    """Read what somebody sent; a pipe may bring it too."""
    if not file.is_file() and not file.is_fifo():
        raise Refused(f"{file} bestaat niet, of is geen bestand.")
    try:
        with file.open("rb") as handle:
            return read_source(handle.read(MAX_FILE + 1))
    except OSError as error:
        raise Refused(f"{file} kan niet worden gelezen ({error.strerror}).") from None


def begin(given: argparse.Namespace, source: Sent | None) -> Concept:
    """Make a page of what the command line says."""
    content: Path = given.content
    if not content.is_dir():
        raise Refused(f"De map {content} bestaat niet.")
    own, common = content / "vocabulary", ROOT / "content" / "vocabulary"
    vocabulary, _ = load_vocabulary(own if own.is_dir() else common, str(own), common)
    collectie, titel = kind_and_title(given.woorden, source)
    options = {
        name: value
        for name, value in vars(given).items()
        if value and name not in ("woorden", "bestand", "content")
    }
    if strange := [f"--{name}" for name in options if name not in collectie.model.model_fields]:
        raise Refused(f"{enumerate_nl(strange)} hoort niet bij een {collectie.enkelvoud}.")
    values: Values = {"titel": titel} if titel else {}
    for name, value in options.items():
        values[name] = understood(
            name, value if isinstance(value, list) else [value], collectie, vocabulary
        )
    return Concept(content, collectie, vocabulary, values)


def kind_and_title(words: Sequence[str], source: Sent | None) -> tuple[Collectie, str]:
    """Part the kind of page from its title; the kind is asked for when it is not said and does not
    follow from what was sent.
    """
    if kind := KINDS.get(slugify(words[0])) if words else None:
        return kind, " ".join(words[1:])
    if source:
        return kind_of(source), " ".join(words)
    near = likely.value if words and (likely := meant(words[0], KINDS)) else ""
    names = [c.enkelvoud for c in COLLECTIES.values()]
    question = f"Wat voor pagina wordt het: {', '.join(names[:-1])} of {names[-1]}?"
    if not sys.stdin.isatty():
        raise Incomplete(
            f"{question} Schrijf dat voor de titel.{f' Bedoeld: ‘{near}’?' if near else ''}"
        )
    while not kind:
        print(question + (f" (Enter: met ‘{words[0]}’ bedoelt u {near})" if near else ""))
        if not (typed := answer()) and near:
            return KINDS[near], " ".join(words[1:])
        if not (kind := KINDS.get(slugify(typed))):
            close = meant(typed, KINDS)
            print(
                f"‘{typed}’ is geen soort pagina.{f' Bedoeld: ‘{close.value}’?' if close else ''}"
            )
    return kind, " ".join(words)


def complete(page: Concept, source: Sent | None) -> None:
    """Ask for what is wrong or missing; with nobody to ask, say all of it at once. A text that was
    sent may lack what a page needs.
    """
    if sys.stdin.isatty():
        questions = Questions(page)
        questions.title()
        questions.wrong()
        if not source:
            questions.rest()
        return
    problems = [
        said(findings) for findings in wrong(page.values, page.collectie, page.vocabulary).values()
    ]
    lacking = [] if page.values.get("titel") else ["een titel"]
    if not lacking and (taken := page.trouble_with(page.usual_name)):
        problems.append(f"{taken} Kies een andere titel.")
    if not source:
        lacking += [
            " of ".join(f"--{name}" for name in names)
            for names in missing(page.values, page.collectie)
            if names != ("titel",)
        ]
    if lacking:
        raise Incomplete(
            "\n".join([*problems, f"Geef ook {enumerate_nl(lacking)}. Uitleg: scripts/new --help"])
        )
    if problems:
        raise Refused("\n".join(problems))


def leave(page: Concept | None, stopped: Stopped) -> int:
    """Keep what was answered so far, and tell how to go on; the terminal may be gone by now."""
    if page and page.is_worth_keeping:
        page.save()
        shown = shlex.quote(shown_path(page.file))
        message = (
            f"Afgebroken. Wat u hebt ingevuld, is bewaard als concept: {shown} "
            f"({enumerate_nl(answered(page))}).\n"
            f"Ga verder in dat bestand. Wat er nog ontbreekt, zegt: {command('check', page)} "
            f"{shown}"
        )
    else:
        title = (page and page.values.get("titel")) or stopped.typed
        typed = f" U typte: ‘{title}’." if title else ""
        message = f"Afgebroken. Er is niets geschreven.{typed}"
    with suppress(OSError):
        print(f"\n{message}", file=sys.stderr)
    return 128 + stopped.number


def answered(page: Concept) -> list[str]:
    return [name for name in page.values if name not in ("datum", "concept")]


def where(page: Concept) -> list[str]:
    return [] if page.content == ROOT / "content" else ["--content", shown_path(page.content)]


def command(name: str, page: Concept) -> str:
    """Word a command of scripts/ as it can be typed here."""
    return shlex.join([shown_path(ROOT / "scripts" / name), *where(page)])


def tell_what_was_sent(page: Concept, file: Path, source: Sent, remarks: Sequence[Remark]) -> None:
    """Say in short what a reviewer has, what she lacks and what she must look at, each with its
    line.
    """
    lines = page.file.read_text(encoding="utf-8").split("\n")
    filled = [
        f"{name} ({number})"
        for number, line in enumerate(lines[: lines.index("---", 1)], 1)
        if (name := line.partition(":")[0]) in answered(page)
    ]
    lacking = [" of ".join(names) for names in missing(page.values, page.collectie)]
    below = [next(filter(None, lines[number:]), "## ") for number in range(1, len(lines) + 1)]
    bare = [
        f"{line[3:]} ({number})"
        for number, line in enumerate(lines, 1)
        if line.startswith("## ") and below[number - 1].startswith("## ")
    ]
    for what, names in (
        ("Ingevuld", filled),
        ("Ontbreekt", lacking),
        ("Koppen zonder tekst", bare),
    ):
        print(f"{what}: {', '.join(names) or 'niets'}.")
    print("Kijk zelf na:")
    for remark in remarks:
        place = (
            ""
            if remark.line == WHOLE
            else f"{file}:{remark.line}: "
            if source.unit == "regel"
            else f"{file}, {source.unit} {remark.line}: "
        )
        print(f"- {place}{remark.text}")
    print("- Staan er namen van personen in de tekst? Haal die weg.")


def tell_what_is_next(page: Concept, sent: bool) -> None:
    shown = shlex.quote(shown_path(page.file))
    first = "Verbeter de tekst" if sent else "Schrijf de tekst onder de koppen"
    print(
        f"\nZo gaat u verder:\n"
        f"1. {first} in {shown}. Een kop waar niets bij hoort, haalt u weg.\n"
        f"2. Bekijk de pagina: {command('serve', page)}\n"
        f"   Open dan {SERVED}{page.collectie.slug}/{page.file.stem}/\n"
        f"   Kiest u met --port een andere poort? Dan staat die daar in plaats van {PORT}.\n"
        f"3. Controleer haar: {command('check', page)} {shown}\n"
        "4. Is zij af? Haal de regel ‘concept: ja’ weg, en bied uw wijziging aan als voorstel. "
        "Tot dan staat zij niet op de site."
    )


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads it has read enough
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:  # the page is there by now
        print("\nAfgebroken.", file=sys.stderr)
        raise SystemExit(128 + signal.SIGINT) from None
