"""The facets: what pages can have in common, an entry each. Lists, filters, pages of terms, feeds,
what search and the browser know of it and what editors may fill in follow from these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from kennisplatform.model.library import Page, Value
from kennisplatform.model.schema import COLLECTIES, Bewijs, Status, Velden
from kennisplatform.model.text import slugify, sort_key
from kennisplatform.model.vocabulary import (
    SIZE_CLASSES,
    Doelgroep,
    Entry,
    Gemeente,
    Organisatie,
    Soort,
    Thema,
    Vocabulary,
    VoormaligeGemeente,
)


@dataclass(frozen=True, slots=True)
class Woord:
    """What a value of a facet is called, and what is said of it where it is shown."""

    naam: str
    kort: str = ""
    icoon: str = ""
    uitleg: str = ""
    """Paragraphs, with an empty line between them."""

    @property
    def slug(self) -> str:
        return slugify(self.naam)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Something pages can have in common. It is off where nothing is said of it."""

    slug: str
    """Its name in addresses, and as one says it of one value."""
    naam: str
    """As a label."""
    van: Callable[[Velden, Vocabulary], Iterable[str]]
    """Names or slugs of the values that a page has by its fields, and by what names stand for: of
    the rest of the vocabulary it may use nothing (Vocabulary.betekenissen).
    """
    namen: Callable[[Vocabulary, Sequence[Page]], Iterable[Woord]]
    """All its values, in the order to show them; those that no list holds come from the pages."""
    lijst: tuple[str, type[Entry]] | None = None
    """File in content/vocabulary/ that holds its values, and what an entry there is."""
    map: str = ""
    """Folder of the pages of its values and their overview, and as one says it of more of them."""
    meervoud: str = ""
    """Title of that overview."""
    filtert: bool = False
    """Whether lists and answers are filtered by it."""
    lijsten: bool = False
    """Whether there are lists of each of its values, for visitors without JavaScript."""
    feed: bool = False
    """Whether a page of a value has a feed."""
    feit: bool = False
    """Whether a page names its values among its facts just as they are, each with a link; of some
    facets it says more than that."""
    gezocht: bool = False
    """Whether the names of its values are words by which a page is found."""
    leidt: bool = False
    """Whether the page of a value is the first answer to its name as a question."""
    gewicht: float = 0
    """What a shared value counts for among related pages: a shared subject says more than a shared
    reader."""
    reden: str = ""
    """The words before the names of shared values."""

    def address(self, waarde: str = "") -> str:
        """Give the address of the page of a value, by its slug; without one of the overview."""
        return f"{self.map}/{waarde}/" if waarde else f"{self.map}/"

    @property
    def apart(self) -> bool:
        """Tell whether only lists of its own need it, so that it has a file of its own there."""
        return bool(self.map) and not self.filtert


def municipalities(fields: Velden, vocabulary: Vocabulary) -> tuple[Gemeente, ...]:
    """Give the municipalities of today a page is about, through mergers and common names."""
    names = vocabulary.namen_van_gemeenten
    found = {g.code: g for name in fields.gemeente for g in names[name]}
    found |= {g.code: g for o in fields.overgenomen_door for g in names[o.gemeente]}
    return tuple(found.values())


def former(fields: Velden, vocabulary: Vocabulary) -> tuple[VoormaligeGemeente, ...]:
    """Give the former municipalities a page names."""
    known, names = vocabulary.voormalig_op_naam, vocabulary.gemeente_op_slug
    return tuple(
        known[name] for name in fields.gemeente if name in known and slugify(name) not in names
    )


def field_of(name: str) -> Callable[[Velden, Vocabulary], tuple[str, ...]]:
    """Give what reads the values of a page from a field that its collection may have."""

    def read(fields: Velden, vocabulary: Vocabulary) -> tuple[str, ...]:
        value = vars(fields).get(name) or ()
        return (value,) if isinstance(value, str) else tuple(value)

    return read


def entries(facet: str) -> Callable[[Vocabulary, Sequence[Page]], Iterator[Woord]]:
    """Give what names the values of a facet as its file lists them."""
    return lambda vocabulary, _: (Woord(e.naam) for e in vocabulary.lijsten.get(facet, ()))


def fixed(*names: str) -> Callable[[Vocabulary, Sequence[Page]], Iterator[Woord]]:
    """Give what names a few values that are always the same."""
    return lambda vocabulary, _: map(Woord, names)


def _subjects(_: Vocabulary, pages: Sequence[Page]) -> Iterator[Woord]:
    """Name each subject in the spelling that most pages use."""
    spellings: dict[str, dict[str, int]] = {}
    for page in pages:
        for name in page.velden.trefwoorden:
            counts = spellings.setdefault(slugify(name), {})
            counts[name] = counts.get(name, 0) + 1
    for slug, counts in sorted(spellings.items()):
        if slug:
            yield Woord(max(sorted(counts), key=lambda name: counts[name]))


def _provinces(fields: Velden, vocabulary: Vocabulary) -> Iterator[str]:
    yield from fields.provincie
    yield from (g.provincie for g in municipalities(fields, vocabulary))


EVIDENCE = {word: word for word in get_args(Bewijs)} | {"geevalueerd": "geëvalueerd"}
"""How well an approach has been tried, as visitors read it, from the least."""
LADDER = {
    "idee": "het is bedacht of besloten, maar nog niet gedaan",
    "proef": "het is in het klein geprobeerd",
    "uitgevoerd": "het is gedaan",
    "geevalueerd": "het is gedaan, en er is onderzocht wat het opleverde",
    "overgenomen": "ook anderen doen het nu zo",
}
"""What each of these means; /over/ says the same."""
TIMES = {slugify(name): name for name in ("Nu of later", "Geweest", "Datum niet bekend")}
"""Where a meeting lies, seen from the reference day."""

BROAD = 3
"""A page on more aandachtsvelden than this is about all of them, which makes it like no other page.
"""

FACETS = {
    facet.slug: facet
    for facet in (
        Facet(
            slug="collectie",
            naam="Waar",
            van=lambda fields, _: (COLLECTIES[fields.collectie].slug,),
            namen=fixed(*(c.naam for c in COLLECTIES.values())),
            filtert=True,
        ),
        Facet(
            slug="wanneer",
            naam="Wanneer",
            van=lambda fields, _: (),  # depends on the day; see facet_values in derive/catalogue.py
            namen=fixed(*TIMES.values()),
            filtert=True,
            lijsten=True,
        ),
        Facet(
            slug="aandachtsveld",
            naam="Aandachtsveld",
            van=field_of("aandachtsveld"),
            namen=lambda vocabulary, _: (
                Woord(t.naam, t.kort, t.icoon, t.inleiding) for t in vocabulary.aandachtsvelden
            ),
            lijst=("aandachtsvelden.yml", Thema),
            map="aandachtsvelden",
            meervoud="Aandachtsvelden",
            leidt=True,
            filtert=True,
            lijsten=True,
            feed=True,
            gezocht=True,
            gewicht=0.7,
            reden="zelfde aandachtsveld:",
        ),
        Facet(
            slug="pijler",
            naam="Pijler",
            van=field_of("pijler"),
            namen=lambda vocabulary, _: (
                Woord(t.naam, t.kort, t.icoon, t.inleiding) for t in vocabulary.pijlers
            ),
            lijst=("pijlers.yml", Thema),
            map="pijlers",
            meervoud="Pijlers",
            leidt=True,
            filtert=True,
            lijsten=True,
            feed=True,
            gezocht=True,
        ),
        Facet(
            slug="soort",
            naam="Soort",
            van=field_of("soort"),
            namen=entries("soort"),
            lijst=("soorten.yml", Soort),
            filtert=True,
            lijsten=True,
            gezocht=True,
        ),
        Facet(
            slug="doelgroep",
            naam="Voor wie",
            van=field_of("doelgroep"),
            namen=lambda vocabulary, _: (Woord(d.naam, d.kort) for d in vocabulary.doelgroepen),
            lijst=("doelgroepen.yml", Doelgroep),
            map="doelgroepen",
            meervoud="Voor wie",
            leidt=True,
            filtert=True,
            lijsten=True,
            feed=True,
            feit=True,
            gezocht=True,
            gewicht=0.4,
            reden="ook voor",
        ),
        Facet(
            slug="provincie",
            naam="Provincie",
            van=_provinces,
            namen=lambda vocabulary, _: map(Woord, vocabulary.provincies),
            map="provincies",
            meervoud="Provincies",
            leidt=True,
            filtert=True,
            lijsten=True,
            feed=True,
        ),
        Facet(
            slug="gemeente",
            naam="Gemeente",
            van=lambda fields, vocabulary: (g.slug for g in municipalities(fields, vocabulary)),
            namen=lambda vocabulary, _: (Woord(g.naam, g.provincie) for g in vocabulary.gemeenten),
            map="gemeenten",
            meervoud="Gemeenten",
            leidt=True,
            filtert=True,
            feed=True,
            gewicht=1,
            reden="ook in",
        ),
        Facet(
            slug="voormalig",
            naam="Voormalige gemeente",
            van=lambda fields, vocabulary: (v.slug for v in former(fields, vocabulary)),
            namen=lambda vocabulary, _: (Woord(v.naam) for v in vocabulary.voormalig),
        ),
        Facet(
            slug="grootteklasse",
            naam="Grootte van de gemeente",
            van=lambda fields, vocabulary: (
                g.grootteklasse for g in municipalities(fields, vocabulary)
            ),
            namen=fixed(*(name for _, name in SIZE_CLASSES)),
            filtert=True,
            lijsten=True,
        ),
        Facet(
            slug="status",
            naam="Status",
            van=field_of("status"),
            namen=fixed(*get_args(Status)),
            filtert=True,
            lijsten=True,
        ),
        Facet(
            slug="bewijs",
            naam="Bewijs",
            van=field_of("bewijs"),
            namen=fixed(*EVIDENCE.values()),
            filtert=True,
            lijsten=True,
        ),
        Facet(
            slug="jaar",
            naam="Jaar",
            van=lambda fields, _: map(str, fields.jaren),
            namen=lambda _, pages: (
                Woord(str(year))
                for year in sorted({y for p in pages for y in p.velden.jaren}, reverse=True)
            ),
            filtert=True,
            lijsten=True,
        ),
        Facet(
            slug="organisatie",
            naam="Organisatie",
            van=lambda fields, vocabulary: (
                vocabulary.organisatie_op_naam[name].naam for name in fields.organisatie
            ),
            namen=lambda vocabulary, _: (
                Woord(o.naam, o.voluit or "", uitleg=o.omschrijving)
                for o in sorted(vocabulary.organisaties, key=lambda o: sort_key(o.naam))
            ),
            lijst=("organisaties.yml", Organisatie),
            map="organisaties",
            meervoud="Organisaties",
            leidt=True,
            feed=True,
            feit=True,
            gewicht=1,
            reden="ook van",
        ),
        Facet(
            slug="onderwerp",
            naam="Onderwerp",
            van=field_of("trefwoorden"),
            namen=_subjects,
            map="onderwerpen",
            meervoud="Onderwerpen",
            feed=True,
            gewicht=1,
            reden="ook over",
        ),
    )
}
"""In the order of a form with filters."""


def values_by_facet(fields: Velden, vocabulary: Vocabulary) -> tuple[Value, ...]:
    """Give what a page has by its fields: of each facet its values, as slugs, each once."""
    found = ((name, facet.van(fields, vocabulary)) for name, facet in FACETS.items())
    return tuple(
        (name, slug)
        for name, names in found
        if names  # of most facets most pages have none
        for slug in dict.fromkeys(filter(None, map(slugify, names)))
    )
