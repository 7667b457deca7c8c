"""The Democratie-zelfscan, alone and together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kennisplatform.derive.platform import Platform
from kennisplatform.model.selfscan import Zelfscan
from kennisplatform.site.pages import HOME, Inhoud, Kruimel, SitePage


@dataclass(frozen=True, slots=True)
class Scanblad(Inhoud):
    scan: Zelfscan

    def data(self) -> dict[str, Any]:
        return {"zelfscan": self.scan.model_dump(mode="json")}


def selfscan_pages(platform: Platform) -> Iterator[SitePage]:
    """Give none where the content has no zelfscan."""
    if scan := platform.library.zelfscan:
        alone = (
            "Hoe ervaart u de democratie in uw gemeente? Met deze zelfscan ziet u in 15 minuten "
            "wat goed gaat en waar hulp voor is."
        )
        if scan.onderscheid:
            alone += f" Het is niet de officiële {scan.onderscheid.kort}."
        about = Scanblad(scan)
        yield SitePage("zelfscan/", "zelfscan.html", "Democratie-zelfscan", alone, (HOME,), about)
        together = (
            "Laat raad, college, ambtenaren en inwoners de zelfscan doen, zet hun antwoorden "
            "naast elkaar en maak een verbeteragenda."
        )
        yield SitePage(
            "zelfscan/samen/",
            "zelfscan-samen.html",
            "Samen de zelfscan doen",
            together,
            (HOME, Kruimel("Democratie-zelfscan", "zelfscan/")),
            about,
        )
