"""What a browser needs to filter a catalogue: a column of values for each facet, and orders to sort by."""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kennisplatform.catalogue import facet_names, in_order
from kennisplatform.platform import Platform
from kennisplatform.schema import COLLECTIES
from kennisplatform.search.documents import Document
from kennisplatform.search.files import CARDS_A_FILE, Columns, SearchFile
from kennisplatform.text import sort_key

CATALOGUE_FACETS = ("wanneer", "aandachtsveld", "pijler", "soort", "doelgroep", "provincie", "gemeente", "grootteklasse", "status", "bewijs", "jaar")


def filter_files(docs: Iterable[Document], platform: Platform) -> Iterator[SearchFile]:
    """Give `catalogus/<collection>.json`, and `catalogus/zoals/<slug>.json`: all municipalities, the most alike first.

    `docs` are those of the search index: a page's number there is the number of its card.
    """
    numbered = [(number, d) for number, d in enumerate(docs) if d.collectie in {c.slug for c in COLLECTIES.values()}]
    names = facet_names(platform.library) | {"gemeente": {g.slug: g.naam for g in platform.vocabulary.gemeenten}}
    used = platform.relations.verwijzingen
    for collectie in COLLECTIES.values():
        own = [(number, d) for number, d in numbered if d.collectie == collectie.slug]
        columns = Columns(CATALOGUE_FACETS, names)
        for _, d in own:
            columns.add(d)
        pages = [platform.library.op_slug[d.slug] for _, d in own]
        order = {p.slug: place for place, p in enumerate(in_order(collectie, pages, platform.vandaag))}
        data = {"nummers": [number for number, _ in own], "kaarten": CARDS_A_FILE, "kolommen": columns.data,
                "nieuw": [order[p.slug] for p in pages],
                "titel": _ranks([(sort_key(p.titel), p.slug) for p in pages]), "gebruikt": [used.get(p.slug, 0) for p in pages]}
        yield SearchFile(f"catalogus/{collectie.slug}.json", _compact(data))
    yield SearchFile("catalogus/gemeenten.json", _compact([[g.slug, g.naam] for g in platform.vocabulary.gemeenten]))
    for gemeente in platform.vocabulary.gemeenten:
        alike = [[gemeente.slug, 0, 1, 1]] + [[g.gemeente.slug, g.kilometers, int(g.zelfde_klasse), int(g.zelfde_provincie)]
                                              for g in platform.vocabulary.vergelijkbaar(gemeente)]
        yield SearchFile(f"catalogus/zoals/{gemeente.slug}.json", _compact(alike))


def _ranks(keys: list[tuple[str, str]]) -> list[int]:
    """Give the place of each key in the order of all of them."""
    ranks = [0] * len(keys)
    for place, index in enumerate(sorted(range(len(keys)), key=lambda i: keys[i])):
        ranks[index] = place
    return ranks


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
