"""The whole platform as data: a library, all that follows from it, and what its owner filled in."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kennisplatform.model.codebook import Kolom, codebook
from kennisplatform.model.facets import EVIDENCE, FACETS, Facet, Woord
from kennisplatform.model.findings import Finding
from kennisplatform.model.identity import Identity
from kennisplatform.model.library import Library, Page, Value
from kennisplatform.model.schema import COLLECTIES, Bijeenkomst, Praktijk
from kennisplatform.model.text import sort_key
from kennisplatform.model.vocabulary import Vocabulary

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Under which its texts and data may be used."""
DATA_VERSION = 2
"""Of the form of the JSON in /data/. It goes up when a program that reads it may break: a name that
goes or means something else, another type. What is only added leaves it as it is.
"""
CATALOGUES = (("json", "JSON", "application/json"), ("csv", "CSV", "text/csv"))
"""The catalogue as a file: the end of its name, what that is called, and its media type."""

MOST_ENTRIES = 50
"""Pages in a feed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the owner of the site may fill in; what is empty is left out of the site."""

    site_url: str = ""
    """With a slash at the end."""
    repo_url: str = ""
    contact: str = ""
    gitlab_app_id: str = ""
    """The application that GitLab knows the editor by; only with a repository on GitLab."""

    @property
    def on_github(self) -> bool:
        """Whether the repository is on GitHub; any other host is taken for GitLab."""
        return self.repo_url.startswith("https://github.com/")

    def edit_url(self, path: str) -> str:
        """Give the address where a file of the repository is edited, or nothing without a
        repository.
        """
        return (
            f"{self.repo_url}/{'' if self.on_github else '-/'}edit/main/{path}"
            if self.repo_url
            else ""
        )

    @property
    def issue_url(self) -> str:
        """Give the address where a visitor tells of a practice or a mistake, or nothing without a
        repository.
        """
        return (
            f"{self.repo_url}/{'issues/new/choose' if self.on_github else '-/issues/new'}"
            if self.repo_url
            else ""
        )

    @property
    def mail(self) -> str:
        """Give the mail address of whoever runs the site, or nothing where that is no mail
        address.
        """
        return self.contact if "@" in self.contact and "://" not in self.contact else ""

    def missing(self) -> list[str]:
        """Say of each empty setting what that means."""
        return [
            f"{name} is niet ingevuld; wat dat nodig heeft, staat niet op de site."
            for name, value in (
                ("SITE_URL", self.site_url),
                ("REPO_URL", self.repo_url),
                ("CONTACT", self.contact),
            )
            if not value
        ]


@dataclass(frozen=True, slots=True)
class Term:
    """A name with an address and the number of pages under it."""

    naam: str
    address: str
    count: int
    kort: str = ""
    icoon: str = ""

    @property
    def slug(self) -> str:
        return self.address.split("/")[1]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest pages of one page of the site that lists them."""

    address: str
    titel: str
    of: str
    """Address of the page it belongs to."""
    pages: tuple[Page, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The meetings with a date of one page of the site."""

    address: str
    titel: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A page with much in common, and what: the rarest shared values first."""

    page: Page
    reasons: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class PageRelations:
    """What one page is linked to; every relation is kept once and known on both sides."""

    instrumenten: tuple[Page, ...]
    gebruikt_in: tuple[Page, ...]
    gerelateerd: tuple[Page, ...]
    genoemd_in: tuple[Page, ...]
    """Pages that link to it in their text, as far as they are in none of the above."""
    _nearest: Callable[[], tuple[Related, ...]] = field(repr=False, compare=False)

    @cached_property
    def verwant(self) -> tuple[Related, ...]:
        """The pages it has most in common with. Compared when it is shown: who only asks for
        addresses need not wait.
        """
        return self._nearest()


@dataclass(frozen=True)
class Relations:
    """All relations of a library."""

    of: Callable[[str], PageRelations]
    """Gives those of a page, by its slug; found when somebody asks."""
    words: dict[str, dict[str, Woord]]
    """All values of each facet by their slug, in the order to show them."""
    by_value: dict[Value, tuple[Page, ...]]
    """Pages by facet and value, newest first."""
    referrers: dict[str, int]
    """Number of pages that refer to each page, by slug; a page nobody refers to is not in it."""
    most_used: tuple[tuple[Page, int], ...]
    """Pages other pages refer to, with the number of those, most first."""

    def names(self, facet: str) -> dict[str, str]:
        """Give the name of each value of a facet by its slug."""
        return {slug: word.naam for slug, word in self.words[facet].items()}


@dataclass(frozen=True)
class Platform:
    """A library with everything derived from it."""

    library: Library
    relations: Relations
    settings: Settings
    today: datetime.date

    @property
    def vocabulary(self) -> Vocabulary:
        return self.library.vocabulary

    @property
    def identity(self) -> Identity:
        return self.library.identity

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.library.findings

    @cached_property
    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The values of each facet that have a page, in the order to show them."""
        return {
            facet.slug: tuple(
                Term(
                    word.naam,
                    facet.address(slug),
                    len(self.pages_of(facet.slug, slug)),
                    word.kort,
                    word.icoon,
                )
                for slug, word in self.relations.words[facet.slug].items()
            )
            for facet in FACETS.values()
            if facet.map
        }

    @cached_property
    def roles(self) -> tuple[Term, ...]:
        """The roles the home page offers as a way in."""
        roles = {d.slug for d in self.vocabulary.doelgroepen if d.rol == "ja"}
        return tuple(t for t in self.terms["doelgroep"] if t.slug in roles)

    @cached_property
    def municipality_names(self) -> tuple[tuple[str, str], ...]:
        """Every municipality of today and its address, under its common name too: Den Haag
        ('s-Gravenhage).
        """
        names = [(g.naam, g.address) for g in self.terms["gemeente"]]
        return tuple(sorted((*names, *self.common_names), key=lambda named: sort_key(named[0])))

    @cached_property
    def common_names(self) -> tuple[tuple[str, str], ...]:
        """Give the names that stand elsewhere in an alphabet than the municipality itself, another
        spelling would stand beside it: Den Haag ('s-Gravenhage), with its address.
        """
        return tuple(
            (f"{name} ({g.naam})", FACETS["gemeente"].address(g.slug))
            for name, g in sorted(self.vocabulary.varianten.items())
            if sort_key(name)[:3] != sort_key(g.naam)[:3]
        )

    @cached_property
    def agenda(self) -> tuple[Page, ...]:
        """The meetings with a date: those that can be put in a calendar."""
        return _dated(self.library.pages)

    @cached_property
    def newest(self) -> tuple[Page, ...]:
        """Give up to four pages that are newer than most; none when all are of one day."""
        pages = self.library.newest
        usual = pages[len(pages) // 2].velden.laatst_gecontroleerd if pages else None
        return tuple(p for p in pages[:4] if p.velden.laatst_gecontroleerd != usual)

    @cached_property
    def story(self) -> tuple[Page, str] | None:
        """Give the practice that the home page tells of, with its result: of those with a figure,
        the one with the strongest evidence, then the one told in the fewest words.
        """
        told = [
            (p, result)
            for p in self.library.latest
            if isinstance(p.velden, Praktijk) and p.velden.cijfers and (result := p.body.result)
        ]
        grades = list(EVIDENCE)
        return max(
            told,
            key=lambda story: (
                grades.index(story[0].velden.bewijs) if story[0].velden.bewijs else -1,
                -len(story[1]),
            ),
            default=None,
        )

    @cached_property
    def largest_topics(self) -> tuple[Term, ...]:
        return self.topics_of(self.library.pages, 5)

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Number of pages of each collection for each aandachtsveld, by slug."""
        return {
            t.slug: {
                c.slug: sum(p.collectie is c for p in self.pages_of("aandachtsveld", t.slug))
                for c in COLLECTIES.values()
            }
            for t in self.library.vocabulary.aandachtsvelden
        }

    @cached_property
    def _followed(self) -> tuple[tuple[str, str, str, Sequence[Page]], ...]:
        """What can be followed and has pages: a name, a title, the address of the page of the site
        that lists it, and its pages, newest first.
        """
        newest = self.library.newest
        under: dict[Value, list[Page]] = {}
        for page in newest:
            for value in page.values:
                under.setdefault(value, []).append(page)
        found = (
            ("alles", self.identity.naam, "", newest),
            *(
                (c.slug, c.naam, f"{c.slug}/", [p for p in newest if p.collectie is c])
                for c in COLLECTIES.values()
            ),
            *(
                (f"{facet.slug}-{t.slug}", t.naam, t.address, under.get((facet.slug, t.slug), ()))
                for facet in FACETS.values()
                if facet.feed
                for t in self.terms[facet.slug]
            ),
        )
        return tuple(one for one in found if one[-1])

    @cached_property
    def feeds(self) -> dict[str, Feed]:
        """Every feed by the address of the page it belongs to; none when the site has no address,
        which a feed cannot do without.
        """
        return {
            page: Feed(f"feeds/{name}.xml", title, page, tuple(pages[:MOST_ENTRIES]))
            for name, title, page, pages in self._followed
            if self.settings.site_url
        }

    @cached_property
    def calendars(self) -> dict[str, Calendar]:
        """The meetings with a date, by the address of the page of the site that lists them; the
        first page has none beside that of the agenda.
        """
        return {
            page: Calendar(f"{page}{page.split('/')[-2]}.ics", title, dated)
            for _, title, page, pages in self._followed
            if page and (dated := _dated(pages))
        }

    @cached_property
    def codebook(self) -> tuple[Kolom, ...]:
        """What every column and field of the open data means."""
        return codebook(self.vocabulary)

    @cached_property
    def _term(self) -> dict[tuple[str, str], Term]:
        return {(facet, t.slug): t for facet, found in self.terms.items() for t in found}

    def facts_of(self, page: Page) -> Iterator[tuple[Facet, tuple[Term, ...]]]:
        """Give the facets that a page names among its facts, each with its values."""
        for facet in FACETS.values():
            if facet.feit and (found := self.terms_of(page, facet)):
                yield facet, found

    def terms_of(self, page: Page, facet: Facet) -> tuple[Term, ...]:
        """Give the values of a page of a facet that has pages."""
        return tuple(self._term[facet.slug, s] for s in page.values_in(facet.slug))

    def pages_of(self, facet: str, slug: str) -> tuple[Page, ...]:
        """Give the pages under a value of a facet, the latest first."""
        return self.relations.by_value.get((facet, slug), ())

    def topics_of(self, pages: Iterable[Page], most: int = 10) -> tuple[Term, ...]:
        """Give the topics most of these pages share, with the number of them."""
        counts: dict[str, int] = {}
        facet = FACETS["onderwerp"]
        for page in pages:
            for slug in page.values_in(facet.slug):
                counts[slug] = counts.get(slug, 0) + 1
        names = self.relations.words[facet.slug]
        ranked = sorted(counts, key=lambda s: (-counts[s], s))[:most]
        return tuple(Term(names[s].naam, facet.address(s), counts[s]) for s in ranked)


def _dated(pages: Iterable[Page]) -> tuple[Page, ...]:
    return tuple(p for p in pages if isinstance(p.velden, Bijeenkomst) and p.velden.begin)
