"""What a browser needs to filter lists: of every page its values by facet, its card and its place
in each order.
"""

from __future__ import annotations

from collections.abc import Iterator

from kennisplatform.derive.catalogue import PER_PAGE, comes_until, facet_values, listing
from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import VALUES, SiteFile
from kennisplatform.model.text import slugify, sort_key
from kennisplatform.model.vocabulary import EARTH, KM_APART, OTHER_PROVINCE
from kennisplatform.search.files import Columns, card_table, compact, cut, named, stem_of
from kennisplatform.search.index import as_text

PAGES_A_FILE = 1000
"""Pages of which one file has the values, after which it is closed: about 6 kB over the wire."""


def filter_files(platform: Platform) -> Iterator[SiteFile]:
    """Give `filter/paginas.json` and what lists need beside it: the values of the first pages lie
    in it, those of the others in pieces that it names, so that no file grows with the site.

    Pages are listed as the site lists them, so that the place of a page here is that of its card:
    by collection and in the order of its catalogue, which is the order of a list unless the visitor
    chooses another.
    """
    library, relations = platform.library, platform.relations
    listed = listing(library, platform.today)
    shown = {f.slug: f for f in FACETS.values() if f.filtert or f.apart}
    columns = Columns({facet: relations.names(facet) for facet in shown})
    for page in listed:
        values = facet_values(page, platform.today)
        columns.add(values, comes_until(page, platform.today))
    by_title = sorted(
        range(len(listed)), key=lambda i: (sort_key(listed[i].titel), listed[i].address)
    )
    ranks = {i: rank for rank, i in enumerate(by_title)}
    filters = [name for name, f in shown.items() if f.filtert]
    pieces = list(cut((p.slug for p in listed), PAGES_A_FILE)) or [slice(0)]
    begin, further = columns.in_pieces(filters, pieces)
    yield from further
    orders = {
        "titel": as_text(ranks[i] for i in range(len(listed))),
        "gebruikt": as_text(relations.referrers.get(p.slug, 0) for p in listed),
    }
    yield (by_order := named(compact(orders), VALUES))  # few visitors choose one
    yield _file(
        "paginas",
        {
            "kaarten": card_table(p.slug for p in listed),
            "blad": PER_PAGE,
            "aandachtsvelden": FACETS["aandachtsveld"].map,
            "volgorde": stem_of(by_order),
            **begin,
        },
    )
    for name, facet in shown.items():
        if facet.apart:
            begin, further = columns.in_pieces([name], pieces)
            yield from further
            yield _file(name, begin)
    yield from _municipalities(platform)


def _municipalities(platform: Platform) -> Iterator[SiteFile]:
    """Give all municipalities with their other names, and what tells how much they are alike."""
    municipalities = platform.vocabulary.gemeenten
    others: dict[str, list[str]] = {}
    for name, found_by in platform.vocabulary.namen_van_gemeenten.items():
        for gemeente in found_by:
            others.setdefault(gemeente.slug, []).append(name)
    yield _file(
        "gemeenten",
        [
            [
                g.slug,
                g.naam,
                slugify(g.provincie),
                slugify(g.grootteklasse),
                sorted({*others[g.slug]} - {g.naam}, key=sort_key),
            ]
            for g in municipalities
        ],
    )
    by_code = sorted(municipalities, key=lambda g: g.code)
    yield _file(
        "gelijkenis",
        {
            "provincie": OTHER_PROVINCE,
            "km": KM_APART,
            "aarde": EARTH,
            "gemeenten": [
                [g.slug, g.provincie, g.grootteklasse, g.inwoners, g.lat, g.lon] for g in by_code
            ],
        },
    )


def _file(name: str, value: object) -> SiteFile:
    return SiteFile(f"filter/{name}.json", compact(value).encode())
