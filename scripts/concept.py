"""A page in the making: its fields, the name of its file, and the file, which is never written over
another.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kennisplatform.content.copies import STOPS
from kennisplatform.content.sources import trouble_with
from kennisplatform.model.findings import Refused
from kennisplatform.model.head import write_head
from kennisplatform.model.schema import Collectie
from kennisplatform.model.text import slugify
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.publish.formats import shown_path

LONGEST_NAME = 80
"""Characters of the address: a longer title is cut."""
BY_ITSELF = {"titel", "datum", "concept"}
"""Fields that are no work to lose: the title alone, and what nobody is asked."""

Values = dict[str, Any]


@dataclass
class Concept:
    """A page in the making."""

    content: Path
    collectie: Collectie
    vocabulary: Vocabulary
    values: Values
    body: str = ""
    naam: str = ""
    """Name of its file without .md, once that is settled."""
    file: Path = field(init=False)

    @property
    def usual_name(self) -> str:
        """Give the name that follows from the title; empty without letters or figures."""
        return slugify(self.values.get("titel", ""))[:LONGEST_NAME].strip("-")

    def trouble_with(self, name: str) -> str:
        """Say why no new file can have this name, or nothing."""
        if not name:
            return "Geef een titel met letters of cijfers: daaruit volgt de naam van het bestand."
        return trouble_with(name, self.content, shown_path(self.content))

    def free(self, name: str) -> str:
        """Give the name, with a number behind it when it is taken."""
        number, free = 1, name
        while self.trouble_with(free):
            number += 1
            free = f"{name}-{number}"
        return free

    @property
    def is_worth_keeping(self) -> bool:
        return bool(self.usual_name and self.values.keys() - BY_ITSELF)

    def text(self) -> str:
        """Write the page; what it needs and does not have gets a line to be filled in."""
        needed = {
            name: None
            for name, info in self.collectie.model.model_fields.items()
            if info.is_required()
        }
        body = self.body or "".join(f"\n## {heading}\n" for heading in self.collectie.koppen)
        return f"---\n{write_head(needed | self.values, self.collectie.model)}---\n{body}"

    def save(self) -> None:
        """Write the file, whoever wants to stop now; when that cannot be, show the text, so that it
        is not lost.
        """
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        folder = self.content / self.collectie.map
        try:
            folder.mkdir(exist_ok=True)
            self.file = folder / f"{self.free(self.naam or self.usual_name)}.md"
            with self.file.open("xb") as new:
                new.write(self.text().encode("utf-8", "replace"))
        except OSError as error:
            print(self.text())
            raise Refused(
                f"Het bestand kan niet worden geschreven in {shown_path(folder)} "
                f"({error.strerror}). "
                "De tekst van de pagina staat hierboven: kopieer die."
            ) from None
