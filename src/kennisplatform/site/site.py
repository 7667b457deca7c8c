"""Every page of the site, and every file that is made: each follows from the platform and its
address.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from kennisplatform.content.beside import beside, shared
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SiteFile
from kennisplatform.site.artikel import articles
from kennisplatform.site.doorverwijzing import old_addresses
from kennisplatform.site.earlier import Earlier, Part, Placed
from kennisplatform.site.gemeente import municipality_pages
from kennisplatform.site.hulpmiddelen import tool_pages
from kennisplatform.site.kaart import map_page
from kennisplatform.site.lijst import list_pages
from kennisplatform.site.pages import SitePage
from kennisplatform.site.redactie import editor_pages
from kennisplatform.site.term import term_pages
from kennisplatform.site.voortgang import progress_page
from kennisplatform.site.zelfscan import zelfscan_pages
from kennisplatform.site.zoeken import search_pages

KINDS = (
    articles,
    list_pages,
    term_pages,
    municipality_pages,
    search_pages,
    map_page,
    progress_page,
    tool_pages,
    zelfscan_pages,
    editor_pages,
    old_addresses,
)
"""What makes the pages of each kind. Search numbers pages as they come, and so do filters: content
first, as it is listed.
"""

PAGES_A_TASK = 64
"""Pages that a process makes before it asks what comes next, as long as that makes no more tasks
than MOST_TASKS.
"""
MOST_TASKS = 500


def site_pages(platform: Platform) -> Iterator[SitePage]:
    """Give every page of the site except the hand-written ones."""
    return chain.from_iterable(pages(platform) for pages in KINDS)


class Made:
    """The files that are made: all of them for who wants the whole site, or the one that is asked
    for. `show` gives the HTML of a page, `record` its data; `others` are the files that are
    neither, the last of which take longest.
    """

    def __init__(
        self,
        pages: Iterable[SitePage],
        show: Callable[[SitePage], str],
        record: Callable[[SitePage], Iterable[SiteFile]],
        others: Sequence[Part],
    ) -> None:
        self._pages = {page.file: page for page in pages}
        self._of_record = {page.data: page for page in self._pages.values()}
        self._show, self._record = show, record
        self._others = others
        self._coming = chain.from_iterable(part.files() for part in others)
        self._came: dict[str, SiteFile] = {}

    def write(self, earlier: Earlier) -> None:
        """Write every file, in two processes: which is ready takes what comes next."""
        for page in self._pages.values():
            page.content  # noqa: B018 - before the second process is there, which needs it too
        # What takes longest first, and articles, of which none takes long, last.
        pages = [self._part(page) for page in reversed(self._pages.values())]
        most = max(PAGES_A_TASK, len(pages) // MOST_TASKS)
        some = (pages[first : first + most] for first in range(0, len(pages), most))
        tasks = shared([*([part] for part in reversed(self._others)), *some])

        def place() -> list[Placed]:
            return [earlier.place(part) for parts in tasks for part in parts]

        with beside(place) as beside_it:
            earlier.save([*place(), *beside_it()])

    def lay_ready(self, address: str, folder: Path) -> None:
        """Write the file, or the page, at an address below a folder, unless it is there already or
        none is made.
        """
        for name in (posixpath.join(address, "index.html"), address):
            target = folder / name
            if target.is_file():
                return
            if file := self._find(name):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.content)
                return  # what is no page takes longer to look for

    def _find(self, address: str) -> SiteFile | None:
        """Give a file. Of those that are no page, all that come before it are made and kept."""
        if page := self._pages.get(address):
            return self._shown(page)
        if page := self._of_record.get(address):
            return next(iter(self._record(page)), None)
        if address.endswith(("/", ".html")):
            return None
        while address not in self._came:
            if (file := next(self._coming, None)) is None:
                return None
            self._came[file.address] = file
        return self._came[address]

    def _part(self, page: SitePage) -> Part:
        return Part(page.file, page.content.texts, lambda: self._files(page))

    def _files(self, page: SitePage) -> Iterator[SiteFile]:
        yield self._shown(page)
        yield from self._record(page)

    def _shown(self, page: SitePage) -> SiteFile:
        return SiteFile(page.file, self._show(page).encode())
