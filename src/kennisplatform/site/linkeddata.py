"""What a page says of itself in schema.org terms, as the JSON-LD in its head."""

from __future__ import annotations

from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import LICENCE, Platform
from kennisplatform.model.text import slugify
from kennisplatform.model.vocabulary import Gemeente, Vocabulary
from kennisplatform.site.pages import Node, SitePage

TOOI = "https://identifier.overheid.nl/tooi/id/"
"""The register of government organisations: municipalities and provinces by CBS code in lower case (https://standaarden.overheid.nl/tooi)."""


def linked_data(page: SitePage, root: str, platform: Platform) -> Node:
    """Describe a page and the way to it.

    `root` is the site's address with a slash at the end, or the relative way to it from this page:
    an address in JSON-LD is read like one in HTML. Names are given as they stand on the page.
    Municipalities, provinces and those organisations of which the vocabulary knows the code have
    their address in the register.
    """
    here = root + page.address
    node: Node = {
        "@type": page.content.schema_type,
        "@id": here,
        "url": here,
        "name": page.titel,
        "description": page.omschrijving,
        "inLanguage": "nl",
        "isPartOf": {"@id": f"{root}#site"},
    }
    if updated := page.updated:
        node["dateModified"] = updated.isoformat()
    return {
        "@context": "https://schema.org",
        "@graph": [
            node | page.content.linked_data(root, platform),
            _site(root, platform) if not page.address else _breadcrumbs(page, root),
        ],
    }


def _site(root: str, platform: Platform) -> Node:
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{root}zoeken/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{root}#site",
        "url": root,
        "name": platform.identity.naam,
        "inLanguage": "nl",
        "license": LICENCE,
        "potentialAction": search,
    }


def _breadcrumbs(page: SitePage, root: str) -> Node:
    way = [*((k.titel, k.address) for k in page.crumbs), (page.titel, page.address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": root + address}
            for place, (title, address) in enumerate(way, 1)
        ],
    }


def municipality_node(gemeente: Gemeente, root: str, vocabulary: Vocabulary) -> Node:
    return {
        "@type": "AdministrativeArea",
        **registered(f"gemeente/{gemeente.code.lower()}"),
        "name": gemeente.naam,
        "url": root + FACETS["gemeente"].address(gemeente.slug),
        "containedInPlace": province_node(gemeente.provincie, root, vocabulary),
    }


def province_node(name: str, root: str, vocabulary: Vocabulary) -> Node:
    return {
        "@type": "AdministrativeArea",
        **registered(f"provincie/pv{vocabulary.provincie_op_naam[name].nummer}"),
        "name": name,
        "url": root + FACETS["provincie"].address(slugify(name)),
    }


def registered(place: str | None) -> Node:
    """Name a thing by its place in the register, when it has one."""
    return {"@id": TOOI + place} if place else {}
