"""Atom feeds (RFC 4287): what is new on the site, in a collection, or under a value of some
facets.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from xml.etree import ElementTree

from kennisplatform.model.library import Library, Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SiteFile


def feed_files(platform: Platform) -> Iterator[SiteFile]:
    """Write every feed; an entry carries the days of its own page."""
    site, platform_name = platform.settings.site_url, platform.identity.naam
    entries: dict[str, ElementTree.Element] = {}
    for feed in platform.feeds.values():
        for page in feed.pages:
            if page.slug not in entries:
                entries[page.slug] = _entry(page, platform.library, site)
        root = ElementTree.Element(
            "feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "nl"}
        )
        newest = max(page.velden.laatst_gecontroleerd for page in feed.pages)
        for tag, text in (
            ("id", site + feed.address),
            ("title", f"{feed.titel} – {platform_name}" if feed.of else feed.titel),
            ("updated", _timestamp(newest)),
        ):
            ElementTree.SubElement(root, tag).text = text
        ElementTree.SubElement(ElementTree.SubElement(root, "author"), "name").text = platform_name
        ElementTree.SubElement(
            root,
            "link",
            {"rel": "self", "type": "application/atom+xml", "href": site + feed.address},
        )
        ElementTree.SubElement(
            root, "link", {"rel": "alternate", "type": "text/html", "href": site + feed.of}
        )
        root.extend(entries[page.slug] for page in feed.pages)
        yield SiteFile(
            feed.address, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        )


def _entry(page: Page, library: Library, site: str) -> ElementTree.Element:
    fields = page.velden
    entry = ElementTree.Element("entry")
    for tag, text in (
        ("id", site + page.first_address),  # so that nobody reads anew what only moved
        ("title", fields.titel),
        ("published", _timestamp(fields.datum)),
        ("updated", _timestamp(fields.laatst_gecontroleerd)),
        ("summary", fields.samenvatting),
    ):
        ElementTree.SubElement(entry, tag).text = text
    ElementTree.SubElement(
        entry, "link", {"rel": "alternate", "type": "text/html", "href": site + page.address}
    )
    for attached in fields.documenten:
        if file := library.downloads.get(attached.bestand or ""):
            enclosure = {
                "rel": "enclosure",
                "type": file.media_type,
                "length": str(file.size),
                "title": attached.titel,
                "href": site + file.address,
            }
            ElementTree.SubElement(entry, "link", enclosure)
        elif attached.url:
            related = {"rel": "related", "title": attached.titel, "href": attached.url}
            ElementTree.SubElement(entry, "link", related)
    for name in (page.collectie.naam, *fields.aandachtsveld):
        ElementTree.SubElement(entry, "category", {"term": name})
    return entry


def _timestamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
