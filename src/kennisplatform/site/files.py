"""A file of the site that is no page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteFile:
    """Its address below the site's root, and its bytes."""

    adres: str
    inhoud: bytes
