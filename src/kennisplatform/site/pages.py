"""The kinds of page the site has, each with the data its template needs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from kennisplatform.derive.catalogue import Lijst
from kennisplatform.derive.maps import Punt
from kennisplatform.derive.platform import Term
from kennisplatform.derive.relations import Verbanden
from kennisplatform.model.fields import Velduitleg
from kennisplatform.model.library import Heading, Pagina
from kennisplatform.model.schema import Collectie
from kennisplatform.model.vocabulary import Gelijkenis, Gemeente, Organisatie, VoormaligeGemeente


@dataclass(frozen=True, slots=True)
class Kruimel:
    titel: str
    adres: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the site: where it lies, which template shows it, and its data."""

    adres: str
    """Below the site's root, without leading slash and with a closing one."""
    sjabloon: str
    titel: str
    omschrijving: str
    kruimels: tuple[Kruimel, ...]
    inhoud: object
    vindbaar: bool = True
    """Whether search engines and the site map should know it."""

    @property
    def bijgewerkt(self) -> datetime.date | None:
        """The day its content was last added or checked: of a list, that of the newest page it
        shows.
        """
        match self.inhoud:
            case Artikel(pagina=page):
                shown: tuple[Pagina, ...] = (page,)
            case (
                Lijst(paginas=shown)
                | GemeentePagina(paginas=shown)
                | VoormaligePagina(paginas=shown)
            ):
                pass
            case TermPagina(groepen=groups):
                shown = tuple(page for group in groups for page in group.paginas)
            case _:
                return None
        return max((page.velden.laatst_gecontroleerd for page in shown), default=None)


@dataclass(frozen=True, slots=True)
class Artikel:
    """A content page with everything shown around it."""

    pagina: Pagina
    verbanden: Verbanden
    gemeenten: tuple[Gemeente, ...]
    voormalig: tuple[VoormaligeGemeente, ...]
    provincies: tuple[str, ...]
    organisaties: tuple[Organisatie, ...]
    onderwerpen: tuple[Term, ...]
    koppen: tuple[Heading, ...]
    """Headings of level 2, for a table of contents."""
    verouderd: bool
    bewerk_url: str


@dataclass(frozen=True, slots=True)
class Groep:
    """Pages of one collection under a term; `meer` is the address of the whole list, or empty."""

    collectie: Collectie
    paginas: tuple[Pagina, ...]
    totaal: int
    meer: str


@dataclass(frozen=True, slots=True)
class TermPagina:
    """The page of one theme, pillar, province, organisation, topic or target group."""

    soort: str
    naam: str
    kort: str
    alineas: tuple[str, ...]
    icoon: str
    groepen: tuple[Groep, ...]
    aantal: int
    onderwerpen: tuple[Term, ...] = ()
    gemeenten: tuple[Term, ...] = ()
    tooi: str = ""
    """Place of an organisation in the register of government organisations, when it has one."""


@dataclass(frozen=True, slots=True)
class Overzicht:
    """All terms of one kind, in groups with a heading (a letter, or nothing)."""

    soort: str
    inleiding: str
    groepen: tuple[tuple[str, tuple[Term, ...]], ...]

    @property
    def aantal(self) -> int:
        return sum(len(terms) for _, terms in self.groepen)


@dataclass(frozen=True, slots=True)
class GemeentePagina:
    gemeente: Gemeente
    paginas: tuple[Pagina, ...]
    voorgangers: tuple[VoormaligeGemeente, ...]
    namen: tuple[str, ...]
    """Other names it goes by."""
    vergelijkbaar: tuple[tuple[Gelijkenis, int], ...]
    """The most alike municipalities, each with its number of pages."""
    elders: tuple[tuple[Gelijkenis, Pagina], ...]
    """Pages from comparable municipalities, the most alike first."""
    punt: Punt
    """Where it lies on the map."""


@dataclass(frozen=True, slots=True)
class VoormaligePagina:
    gemeente: VoormaligeGemeente
    paginas: tuple[Pagina, ...]


@dataclass(frozen=True, slots=True)
class Doorverwijzing:
    """An address that only leads on."""

    naam: str
    doel: str


@dataclass(frozen=True, slots=True)
class Redactiehulp:
    """What an editor can look up: the fields, and what each code of a finding means."""

    velden: Velduitleg
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Zoeken:
    """The overview from A to Z for visitors without JavaScript: on the search page, or one letter
    of it.
    """

    letters: tuple[tuple[str, str, tuple[Pagina, ...]], ...]
    """Letter, the address of its own page or nothing, and the pages listed here."""


HOME = Kruimel("Home", "")
