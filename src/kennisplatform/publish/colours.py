"""The colours of the platform, from the one file that has them: docs/assets/css/tokens.css."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kennisplatform.model.findings import Refused

TOKENS = "assets/css/tokens.css"
"""Below docs/."""
STYLED = (
    *(f"assets/css/{name}.css" for name in ("site", "papier", "hulpmiddelen", "redactie")),
    "assets/icoon.svg",
)
"""Files below docs/ that the build writes anew."""
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_USE = re.compile(r"var\(--([\w-]+)\)")
_IMPORT = '@import "tokens.css";\n'
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"""("[^"]*")|\s*([{};,>])\s*|(:)\s+|\s+""")
_DIGITS = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?")


@dataclass(frozen=True, slots=True)
class Colours:
    css: str
    light: Mapping[str, str]
    """By name, without the hyphens before it: what counts on paper and outside a stylesheet."""
    dark: Mapping[str, str]

    def styled(self, address: str, text: str) -> str:
        """Give one of STYLED its colours. A stylesheet gets them whole, so that a browser fetches
        no second file, and loses the comments and white space that no browser needs.
        """
        if not address.endswith(".css"):
            return self.filled(text)
        css = _COMMENT.sub("", text.replace(_IMPORT, self.css))
        return _SPACE.sub(lambda m: m[1] or m[2] or m[3] or " ", css).replace(";}", "}").strip()

    def filled(self, text: str) -> str:
        """Put the colour itself wherever a text names one."""
        return _USE.sub(lambda use: self._known(use[1]), text)

    def hex(self, name: str) -> str:
        """Give a colour as documents for Word write it: 174A7C."""
        return self._known(name)[1:7].upper()

    def _known(self, name: str) -> str:
        if name not in self.light:
            raise Refused(f"De kleur --{name} staat niet in {TOKENS}.")
        return self.light[name]


def read_colours(docs: Path) -> Colours:
    """Read the file; its rule for a dark screen comes after the other. Raises Refused for a colour
    of another form than # and digits, which is the one that Word and CSS share.
    """
    css = (docs / TOKENS).read_text(encoding="utf-8")
    rules = _COMMENT.sub("", css).partition("@media")
    light, dark = _TOKEN.findall(rules[0]), _TOKEN.findall(rules[2])
    for name, value in (*light, *dark):
        if not _DIGITS.fullmatch(value):
            raise Refused(
                f"De kleur --{name} in {TOKENS} is {value}. Schrijf haar als # met zes cijfers, of "
                "met acht als er iets doorheen schijnt."
            )
    return Colours(css, dict(light), dict(dark))
