"""What editors need: the fields and the codes of findings, the form, and what is wrong with a page
that cannot be shown yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kennisplatform.model.fields import Velduitleg, editor_fields, explain_fields
from kennisplatform.model.findings import CODES, Finding
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.site.pages import HOME, Content, Crumb, SitePage

CRUMBS = (HOME, Crumb("Bijdragen", "bijdragen/"))


@dataclass(frozen=True, slots=True)
class Redactiehulp(Content):
    """What an editor can look up: the fields, and what each code of a finding means."""

    velden: Velduitleg
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Formulier(Content):
    velden: dict[str, Any]
    """What the form must know of the fields to write a file, for JSON."""

    def document(self, page: SitePage) -> None:
        """Editors come by the pages that say how to help."""


@dataclass(frozen=True, slots=True)
class Stuk(Content):
    """What is wrong with a page that cannot be shown."""

    findings: tuple[Finding, ...]

    def document(self, page: SitePage) -> None:
        """There is nothing to find yet."""


def editor_pages(platform: Platform) -> Iterator[SitePage]:
    yield SitePage(
        "bijdragen/velden/",
        "velden.html",
        "Velden en meldingen",
        "Alle velden van een pagina, met de waarden die mogen, en alle meldingen van de controle.",
        CRUMBS,
        lambda: Redactiehulp(explain_fields(platform.vocabulary), CODES),
    )
    yield SitePage(
        "redactie/",
        "redactie.html",
        "Redactie",
        "Maak of verbeter een pagina met een formulier.",
        CRUMBS,
        lambda: Formulier(editor_fields()),
        findable=False,
    )


def broken_pages(platform: Platform) -> Iterator[SitePage]:
    """Give a page for every address whose source has errors, to show them where the editor
    looks.
    """
    for address, found in platform.library.broken.items():
        collectie = next(c for c in COLLECTIES.values() if address.startswith(f"{c.slug}/"))
        crumbs = (HOME, Crumb(collectie.naam, f"{collectie.slug}/"))
        yield SitePage(
            address,
            "stuk.html",
            "Deze pagina kan nog niet worden getoond",
            "",
            crumbs,
            Stuk(found),
            findable=False,
        )
