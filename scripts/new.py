"""Write the file of a new page: its fields filled in, and the headings it usually has.

    scripts/new praktijk|instrument|publicatie|bijeenkomst "Titel" [--content MAP] [--veld WAARDE …]

What the options do not give is asked for, when there is someone to ask. The page is a
draft until its editor takes that line out, so nothing half written is ever published.
"""
from __future__ import annotations

import argparse
import datetime
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kennisplatform import cli
from kennisplatform.frontmatter import Document
from kennisplatform.groups import NESTED
from kennisplatform.schema import COLLECTIES, Collectie, Praktijk
from kennisplatform.sources import RESERVED
from kennisplatform.text import enumerate_nl, slugify
from kennisplatform.validation import read_fields
from kennisplatform.vocabulary import Vocabulary
from kennisplatform.vocabulary_files import load_vocabulary

ROOT = Path(__file__).resolve().parent.parent
LONGEST_NAME = 80
"""Characters of the address: a longer title is cut."""
KINDS = {c.enkelvoud: c for c in COLLECTIES.values()}
NUMBER = "gemeente_aantal"
WITHOUT_OPTION = {*NESTED, "titel", "pijler_bron", "gecontroleerd", "oude_adressen", "concept"} - {NUMBER}
PLACES = Praktijk.een_van
QUESTIONS = {"practices": ("soort", *PLACES), "instruments": ("soort", "doelgroep"), "publications": ("soort",), "events": ("begin", "plaats")}
"""Fields to ask for beside those that every page needs; of the places one is enough."""

Values = dict[str, Any]


def main() -> int:
    given = vars(parse())
    content, collectie, titel = given.pop("content"), KINDS[given.pop("kind")], given.pop("titel").strip()
    values: Values = {"titel": titel} | {name: as_field(name, value) for name, value in given.items() if value and name != "bron"} | {"concept": "ja"}
    values.setdefault("datum", datetime.date.today())
    if given["bron"]:
        values["bronnen"] = [{"titel": name} for name in given["bron"]]
    slug = slugify(titel)[:LONGEST_NAME].strip("-")
    if problem := trouble(content, slug):
        return refuse(problem)
    folder = content / "vocabulary" if (content / "vocabulary").is_dir() else ROOT / "content" / "vocabulary"
    vocabulary, _ = load_vocabulary(folder, str(folder))
    if sys.stdin.isatty():
        ask_for_the_rest(values, collectie, vocabulary)
    elif needed := missing(values, collectie):
        return refuse(f"Geef ook {enumerate_nl(needed)}. Uitleg: scripts/new {collectie.enkelvoud} --help")
    return write(content / collectie.map / f"{slug}.md", page_text(values, collectie), content)


def parse() -> argparse.Namespace:
    parser = cli.Parser(prog="scripts/new", description="Maak het bestand voor een nieuwe pagina. Wat u niet opgeeft, wordt gevraagd.")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="|".join(KINDS))
    for kind, collectie in KINDS.items():
        command = kinds.add_parser(kind, help=f"een pagina in {collectie.map}", description=f"Maak een nieuwe pagina: een {kind}.")
        command.add_argument("titel", metavar="TITEL", help="de titel; daaruit volgt de naam van het bestand")
        for name, info in collectie.model.model_fields.items():
            if name not in WITHOUT_OPTION:
                many = is_list(collectie, name)
                command.add_argument(f"--{name}", metavar="WAARDE", action="append" if many else "store",
                                     help=f"{info.description}{' U mag deze optie herhalen.' if many else ''}")
        command.add_argument("--bron", action="append", metavar="TITEL", help="De titel van een bron. U mag deze optie herhalen.")
        command.add_argument("--content", type=Path, default=ROOT / "content", metavar="MAP", help="de map met inhoud (anders: content)")
    return parser.parse_args()


def trouble(content: Path, slug: str) -> str:
    """Say why there can be no such page, or give an empty text."""
    if not content.is_dir():
        return f"De map {content} bestaat niet."
    if not slug:
        return "Geef een titel met letters of cijfers: daaruit volgt de naam van het bestand."
    if slug in RESERVED:
        return f"De naam ‘{slug}’ gebruikt de site zelf. Kies een andere titel."
    if taken := sorted(content.glob(f"*/{slug}.md")):
        return f"{cli.shown_path(taken[0])} bestaat al en blijft zoals het is. Kies een andere titel."
    return ""


def missing(values: Values, collectie: Collectie) -> list[str]:
    """Name the options that a page cannot do without and that are not given."""
    needed = [f"--{name}" for name, info in collectie.model.model_fields.items() if info.is_required() and name not in values]
    if collectie.model.een_van and not values.keys() & set(collectie.model.een_van):
        needed.append(" of ".join(f"--{name}" for name in PLACES))
    return needed


def ask_for_the_rest(values: Values, collectie: Collectie, vocabulary: Vocabulary) -> None:
    """Ask for what is needed and not given; also for what most pages have, which may stay empty."""
    for name in ("samenvatting", "aandachtsveld", *QUESTIONS[collectie.map]):
        if name in values or (name in PLACES and values.keys() & set(PLACES)):
            continue
        needed = collectie.model.model_fields[name].is_required() or (name == PLACES[-1] and collectie.model.een_van)
        if value := ask(name, collectie, vocabulary, bool(needed)):
            values[name] = value
    if "bronnen" not in values and (source := input("\nUit welke bron komt dit? Geef de titel. (Enter: weet ik niet)\n> ").strip()):
        values["bronnen"] = [{"titel": source}]


def ask(name: str, collectie: Collectie, vocabulary: Vocabulary, needed: bool) -> Any:
    """Ask for one field until the answer is right; None when it may stay empty and does."""
    info = collectie.model.model_fields[name]
    many = is_list(collectie, name)
    names = choices(name, collectie, vocabulary)
    listed = "".join(f"\n  {number:2} {value}" for number, value in enumerate(names, 1))
    how = ", ".join(filter(None, ("kies een nummer" if names else "", "meer met komma’s ertussen" if many else "", "" if needed else "Enter: sla over")))
    question = f"\n{name}: {info.description}{listed}\n" + (f"({how}) " if how else "") + "> "
    while True:
        typed = input(question).strip()
        answers = [names[int(a) - 1] if a.isdigit() and 0 < int(a) <= len(names) else a
                   for a in ((part.strip() for part in typed.split(",")) if many else [typed]) if a]
        if not answers and not needed:
            return None
        value = as_field(name, answers if many else "".join(answers))
        problems = list(wrong({name: value}, collectie, vocabulary)) if answers else [f"{name} is nodig."]
        if not problems:
            return value
        print("\n".join(problems))


def as_field(name: str, typed: Any) -> Any:
    """Give the value as it stands in a file: a number of municipalities is a group, unless it is the word onbekend."""
    return {"waarde": typed} if name == NUMBER and typed != "onbekend" else typed


def is_list(collectie: Collectie, name: str) -> bool:
    return typing.get_origin(collectie.model.model_fields[name].annotation) is tuple


def choices(name: str, collectie: Collectie, vocabulary: Vocabulary) -> list[str]:
    """Give the names to choose from by number; none where there are too many to show."""
    return {"aandachtsveld": [a.naam for a in vocabulary.aandachtsvelden], "provincie": list(vocabulary.provincies),
            "doelgroep": [d.naam for d in vocabulary.doelgroepen],
            "soort": [s.naam for s in vocabulary.soorten if s.collectie == collectie.map]}.get(name, [])


def wrong(values: Values, collectie: Collectie, vocabulary: Vocabulary) -> Iterator[str]:
    """Say what is wrong with the fields that are filled in, in the words of scripts/check."""
    for finding in read_fields(Document(path="", fields=values, lines={}, body="", body_line=1), collectie, vocabulary)[1]:
        if finding.code not in ("veld-ontbreekt", "plaats-ontbreekt"):
            yield f"{finding.message} {finding.repair}".strip()


def page_text(values: Values, collectie: Collectie) -> str:
    """Write the fields in the order of the schema, lists on one line, and the headings."""
    ordered = {name: values[name] for name in collectie.model.model_fields if name in values}
    head = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    return f"---\n{head}---\n" + "".join(f"\n## {heading}\n" for heading in collectie.koppen)


def write(file: Path, text: str, content: Path) -> int:
    """Write the page, unless the checker finds a mistake in it."""
    file.parent.mkdir(exist_ok=True)
    with file.open("x", encoding="utf-8") as new:
        new.write(text)
    where = [] if content == ROOT / "content" else ["--content", cli.shown_path(content)]
    if cli.main(["check", cli.shown_path(file), *where]) != 0:
        file.unlink()
        return refuse("Er is niets geschreven. Verbeter wat hierboven staat en probeer het opnieuw.")
    shown = cli.shown_path(file)
    print(f"Geschreven: {shown}\n"
          "Schrijf nu de tekst onder de koppen; een kop waar niets bij hoort, haalt u weg. De pagina is nog een concept en staat niet op de site.\n"
          "Is zij af, haal dan de regel ‘concept: ja’ weg.\n"
          f"Controleer haar met: {' '.join(['scripts/check', *where, shown])}")
    return 0


def refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except (KeyboardInterrupt, EOFError):
        print("\nAfgebroken. Er is niets geschreven.", file=sys.stderr)
        raise SystemExit(130) from None
