"""Make one index in a process of its own; print the seconds it took and the most MiB it held.

    zoeken_index.py platform|lunr CONTENT

`platform` is all that the project does: analysis, compounds, weights, shards. `lunr` is lunr.py as
it comes, on the same words in the same fields, written as one file.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lunr import lunr

from kennisplatform.content.kept import Kept
from kennisplatform.loading import load_platform
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.site import SearchDocument
from kennisplatform.search.analysis import words
from kennisplatform.search.files import search_files
from kennisplatform.search.weights import BOOSTS
from kennisplatform.site.pages import SitePage, documents
from kennisplatform.site.site import site_pages

ROOT = Path(__file__).resolve().parent.parent
NOTHING = Kept(None, ROOT)
"""Nothing is known of before."""
PARTS = ("titeldelen", "delen")
"""Fields of the platform's own, made from the others."""
WEIGHTS = {name: boost for name, boost in BOOSTS.items() if name not in PARTS}


def load(content: Path) -> tuple[Platform, list[SitePage]]:
    platform = load_platform(
        content, str(content), Settings(), datetime.date(2026, 1, 1), ROOT / "content"
    )
    return platform, list(site_pages(platform))


def platform_index(platform: Platform, pages: list[SitePage]) -> int:
    return sum(len(file.content) for file in search_files(documents(pages), platform, NOTHING))


def texts_of(document: SearchDocument) -> dict[str, str]:
    """Give the words of a page by field."""
    return {name: " ".join(document.by_field.get(name, ())) for name in WEIGHTS}


def lunr_index(docs: list[SearchDocument]) -> int:
    fields = [{"field_name": name, "boost": boost} for name, boost in WEIGHTS.items()]
    rows = [
        {"nummer": number} | {name: " ".join(words(text)) for name, text in texts_of(d).items()}
        for number, d in enumerate(docs)
    ]
    return len(json.dumps(lunr(ref="nummer", fields=fields, documents=rows).serialize()))


def timed(make: Callable[[], int]) -> float:
    start = time.process_time()
    make()
    return time.process_time() - start


def main() -> None:
    way, content = sys.argv[1], Path(sys.argv[2])
    platform, pages = load(content)
    docs = list(documents(pages))
    seconds = timed(
        lambda: platform_index(platform, pages) if way == "platform" else lunr_index(docs)
    )
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
