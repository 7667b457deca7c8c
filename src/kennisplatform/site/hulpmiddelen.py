"""Tools whose contents only the visitor's browser knows: the comparison and the list."""

from __future__ import annotations

from collections.abc import Iterator

from kennisplatform.site.pages import HOME, SitePage


def tool_pages(_: object) -> Iterator[SitePage]:
    compare = (
        "Zet pagina’s naast elkaar: wat kost het, wat levert het op en hoe goed is het beproefd?"
    )
    yield SitePage("vergelijken/", "vergelijken.html", "Vergelijken", compare, (HOME,))
    keep = "Bewaar pagina’s, deel ze met een collega of maak er één dossier van, ook voor Word."
    yield SitePage("mijn-lijst/", "mijn-lijst.html", "Mijn lijst", keep, (HOME,))
