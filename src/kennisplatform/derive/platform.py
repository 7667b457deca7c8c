"""The whole platform as data: a library with everything derived from it."""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kennisplatform.content.load import load_library
from kennisplatform.derive.relations import Relations, newest_first, relate
from kennisplatform.model.codebook import Kolom, codebook
from kennisplatform.model.facets import FACETS, Facet
from kennisplatform.model.findings import Finding, Refused
from kennisplatform.model.identity import Identiteit
from kennisplatform.model.library import Library, Pagina
from kennisplatform.model.schema import COLLECTIES, Bijeenkomst
from kennisplatform.model.text import sort_key, visible
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.settings import Settings

LICENTIE = "https://creativecommons.org/licenses/by/4.0/"
"""Under which its texts and data may be used."""
CATALOGUES = (("json", "JSON", "application/json"), ("csv", "CSV", "text/csv"))
"""The catalogue as a file: the end of its name, what that is called, and its media type."""

MOST_ENTRIES = 50
"""Pages in a feed."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name with an address and the number of pages under it."""

    naam: str
    adres: str
    aantal: int
    kort: str = ""
    icoon: str = ""

    @property
    def slug(self) -> str:
        return self.adres.split("/")[1]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest pages of one page of the site that lists them."""

    adres: str
    titel: str
    van: str
    """Address of the page it belongs to."""
    paginas: tuple[Pagina, ...]
    """Newest first."""


@dataclass(frozen=True)
class Platform:
    """A library with everything derived from it."""

    library: Library
    relations: Relations
    settings: Settings
    vandaag: datetime.date

    @property
    def vocabulary(self) -> Vocabulary:
        return self.library.vocabulary

    @property
    def identiteit(self) -> Identiteit:
        return self.library.identiteit

    @property
    def bevindingen(self) -> tuple[Finding, ...]:
        return self.library.bevindingen

    @cached_property
    def termen(self) -> dict[str, tuple[Term, ...]]:
        """The values of each facet that have a page, in the order to show them."""
        return {
            facet.slug: tuple(
                Term(
                    word.naam,
                    facet.adres(slug),
                    len(self.pages_of(facet.slug, slug)),
                    word.kort,
                    word.icoon,
                )
                for slug, word in self.relations.waarden[facet.slug].items()
            )
            for facet in FACETS.values()
            if facet.map
        }

    @cached_property
    def rollen(self) -> tuple[Term, ...]:
        """The roles the home page offers as a way in."""
        roles = {d.slug for d in self.vocabulary.doelgroepen if d.rol == "ja"}
        return tuple(t for t in self.termen["doelgroep"] if t.slug in roles)

    @cached_property
    def gemeentenamen(self) -> tuple[tuple[str, str], ...]:
        """Every municipality of today and its address, under its common name too: Den Haag
        ('s-Gravenhage).
        """
        names = [(g.naam, g.adres) for g in self.termen["gemeente"]]
        names += [
            (f"{name} ({g.naam})", FACETS["gemeente"].adres(g.slug))
            for name, g in self.vocabulary.varianten.items()
            if sort_key(name)[:3] != sort_key(g.naam)[:3]
        ]  # another spelling would stand beside the name itself
        return tuple(sorted(names, key=lambda named: sort_key(named[0])))

    @cached_property
    def agenda(self) -> tuple[Pagina, ...]:
        """The meetings with a date: those that can be put in a calendar."""
        return tuple(
            p for p in self.library.paginas if isinstance(p.velden, Bijeenkomst) and p.velden.begin
        )

    @cached_property
    def nieuwste(self) -> tuple[Pagina, ...]:
        return tuple(newest_first(self.library.paginas)[:4])

    @cached_property
    def grootste_onderwerpen(self) -> tuple[Term, ...]:
        return self.topics_of(self.library.paginas, 5)

    @cached_property
    def tellingen(self) -> dict[str, dict[str, int]]:
        """Number of pages of each collection for each aandachtsveld, by slug."""
        return {
            t.slug: {
                c.slug: sum(p.collectie is c for p in self.pages_of("aandachtsveld", t.slug))
                for c in COLLECTIES.values()
            }
            for t in self.library.vocabulary.aandachtsvelden
        }

    @cached_property
    def feeds(self) -> dict[str, Feed]:
        """Every feed that has pages, by the address of the page it belongs to; none when the site
        has no address, which a feed cannot do without.
        """
        if not self.settings.site_url:
            return {}
        found = [
            ("alles", self.identiteit.naam, "", newest_first(self.library.paginas)),
            *(
                (c.slug, c.naam, f"{c.slug}/", newest_first(self.library.per_collectie[c.map]))
                for c in COLLECTIES.values()
            ),
            *(
                (f"{facet.slug}-{t.slug}", t.naam, t.adres, self.pages_of(facet.slug, t.slug))
                for facet in FACETS.values()
                if facet.feed
                for t in self.termen[facet.slug]
            ),
        ]
        return {
            page: Feed(f"feeds/{name}.xml", title, page, tuple(pages[:MOST_ENTRIES]))
            for name, title, page, pages in found
            if pages
        }

    @cached_property
    def codeboek(self) -> tuple[Kolom, ...]:
        """What every column and field of the open data means."""
        return codebook(self.vocabulary)

    @cached_property
    def _term(self) -> dict[tuple[str, str], Term]:
        return {(facet, t.slug): t for facet, found in self.termen.items() for t in found}

    def facts_of(self, page: Pagina) -> Iterator[tuple[Facet, tuple[Term, ...]]]:
        """Give the facets that a page names among its facts, each with its values."""
        for facet in FACETS.values():
            if facet.feit and (found := self.terms_of(page, facet)):
                yield facet, found

    def terms_of(self, page: Pagina, facet: Facet) -> tuple[Term, ...]:
        """Give the values of a page of a facet that has pages."""
        return tuple(self._term[facet.slug, s] for s in facet.waarden(page, self.library))

    def pages_of(self, facet: str, slug: str) -> tuple[Pagina, ...]:
        """Give the pages under a value of a facet, newest first."""
        return self.relations.per_value.get((facet, slug), ())

    def topics_of(self, pages: Iterable[Pagina], most: int = 10) -> tuple[Term, ...]:
        """Give the topics most of these pages share, with the number of them."""
        counts: dict[str, int] = {}
        facet = FACETS["onderwerp"]
        for page in pages:
            for slug in facet.waarden(page, self.library):
                counts[slug] = counts.get(slug, 0) + 1
        names = self.relations.waarden[facet.slug]
        ranked = sorted(counts, key=lambda s: (-counts[s], s))[:most]
        return tuple(Term(names[s].naam, facet.adres(s), counts[s]) for s in ranked)


def load_platform(
    content: Path,
    shown: str,
    settings: Settings,
    today: datetime.date,
    defaults: Path | None = None,
    drafts: bool = False,
) -> Platform:
    """Load a content folder and derive everything from it. Raises FileNotFoundError without that
    folder.
    """
    library = load_library(content, shown, defaults, drafts)
    return Platform(library, relate(library), settings, today)


def reference_day(root: Path, content: Path) -> datetime.date:
    """Give the day the site calls today, the same for every build of one commit.

    SOURCE_DATE_EPOCH (seconds since 1970, UTC), else the day of the last commit of the project in
    `root`, else the newest day on which a page in `content` was checked. Raises Refused for a value
    of it that is no number.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        except (ValueError, OverflowError, OSError):
            raise Refused(
                "SOURCE_DATE_EPOCH moet een aantal seconden sinds 1970 zijn, en is "
                f"‘{visible(epoch)}’."
            ) from None
    try:
        # Neither the environment's own variables nor a repository around the project may name
        # another day.
        shown = subprocess.run(
            ["git", "-C", str(root), "log", "-1", "--format=%ct"],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
            env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
            | {"GIT_CEILING_DIRECTORIES": str(root.parent)},
        ).stdout.strip()
        if shown:
            return datetime.datetime.fromtimestamp(int(shown), datetime.UTC).date()
    except (OSError, subprocess.SubprocessError, ValueError):
        pass
    dates = [
        p.velden.laatst_gecontroleerd
        for p in load_library(content, str(content), root / "content", drafts=True).paginas
    ]
    return max(dates, default=datetime.date(2026, 1, 1))
