"""How a command line is read, in Dutch: what all commands of scripts/ share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the project."""


class Parser(argparse.ArgumentParser):
    """Reads a command line, and says in Dutch how it is used and what was wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            2,
            f"{self.format_usage()}Zo kan {self.prog} niet worden gebruikt: {message}.\nUitleg: "
            f"{self.prog} --help\n",
        )

    def add_content(self) -> None:
        """Let somebody choose another folder with content than the project's own."""
        self.add_argument(
            "--content",
            type=Path,
            default=ROOT / "content",
            metavar="MAP",
            help="de map met inhoud (anders: content)",
        )


DUTCH = {
    "usage: ": "gebruik: ",
    "options": "opties",
    "positional arguments": "waarmee",
    "show this help message and exit": "toon deze uitleg",
    "the following arguments are required: %s": "er ontbreekt %s",
    "unrecognized arguments: %s": "%s bestaat hier niet",
    "argument %(argument_name)s: %(message)s": "bij %(argument_name)s: %(message)s",
    "expected one argument": "er hoort één waarde achter",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r bestaat niet; kies uit %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "%(parser_name)r bestaat niet; kies uit %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r is geen getal",
    "ignored explicit argument %r": "er hoort geen waarde achter (%r)",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s kan meer betekenen: %(matches)s"
    ),
}
# argparse takes its words from gettext, which wants a catalogue in a file and a language in the
# environment; this is that catalogue.
vars(argparse)["_"] = lambda text: DUTCH.get(text, text)
