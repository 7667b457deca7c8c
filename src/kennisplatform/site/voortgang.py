"""What was promised, what runs and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kennisplatform.derive.progress import Progress, report_progress
from kennisplatform.model.platform import Platform
from kennisplatform.site.pages import HOME, Content, Reference, SitePage, references


@dataclass(frozen=True, slots=True)
class Voortgangsblad(Content):
    progress: Progress

    def references(self) -> Iterator[Reference]:
        for chapter in self.progress.chapters:
            for _, pages in chapter.states:
                yield from references(chapter.naam, pages)


def progress_page(platform: Platform) -> Iterator[SitePage]:
    yield SitePage(
        "voortgang/",
        "voortgang.html",
        "Voortgang",
        "Wat is er beloofd, wat loopt er en wat kwam ervan? Per aandachtsveld, met alle cijfers.",
        (HOME,),
        lambda: Voortgangsblad(report_progress(platform)),
    )
