"""Who this platform is, read from content/platform.yml."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from kennisplatform.content.frontmatter import Document
from kennisplatform.content.validation import read_group, unknown_page
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import Finding, errors, meant, sentences
from kennisplatform.model.identity import Identity
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import visible

PLATFORM = "platform.yml"
OVERVIEWS = tuple(facet.map for facet in FACETS.values() if facet.map)
"""Folders of the pages that list all values of a facet."""
NAMELESS = Identity(
    naam="Kennisplatform",
    kort="Kennisplatform",
    onderwerp="dit onderwerp",
    vraag="Wat zoekt u?",
    omschrijving="Dit platform heeft nog geen naam.",
    trefwoorden=("kennis",),
    collecties={name: f"{collectie.naam}." for name, collectie in COLLECTIES.items()},
    overzichten={name: f"Alle {name}." for name in OVERVIEWS},
)
"""What stands on the site where there is no name, or none that can be read."""
EXPLAINED_NAME = "/bijdragen/#de-naam-en-de-woorden-van-dit-platform"


def load_identity(
    content: Path, shown: str, defaults: Path | None, pages: Mapping[str, str] | None = None
) -> tuple[Identity, list[Finding]]:
    """Read platform.yml of a content folder, or else the project's own in `defaults`; `pages` has
    the name of those of the folder, by every name that they have or had, where it matters whether
    the file names one of them.

    The project's own gives no findings, and may name a page that the folder does not have. What
    cannot be read is a platform without a name.
    """
    if (content / PLATFORM).exists():
        file, path = content / PLATFORM, f"{shown}/{PLATFORM}"
    elif defaults:
        file, path = defaults / PLATFORM, str(defaults / PLATFORM)
    else:
        return NAMELESS, []
    found, document, findings = read_group(file, path, Identity, EXPLAINED_NAME)
    if found and document:
        findings += _check_sentences(found.collecties, "collecties", COLLECTIES, document)
        findings += _check_sentences(found.overzichten, "overzichten", OVERVIEWS, document)
        if found.herkomst and file.parent == content and pages is not None:
            place = ("herkomst", "pagina")
            findings += unknown_page(found.herkomst.pagina, place, document, pages)
    whole = found if found and not errors(findings) else NAMELESS
    return whole, findings if file.parent == content else []


def _check_sentences(
    given: Mapping[str, str], group: str, known: Collection[str], document: Document
) -> Iterator[Finding]:
    """Hold that a group has a sentence for each of what there is, and no others."""
    for name in sorted(given.keys() - set(known)):
        likely = meant(name, known)
        fix = document.fix_name((group, name), likely)
        yield Finding(
            document.path,
            document.line_of((group, name)),
            "onbekend-veld",
            f"het veld ‘{group}.{visible(name[:80])}’ bestaat niet.",
            sentences(fix or likely, f"Mag zijn: {', '.join(known)}."),
            fix=fix,
        )
    for name in sorted(set(known) - given.keys()):
        yield Finding(
            document.path,
            document.line_of((group,)),
            "veld-ontbreekt",
            f"het veld ‘{group}.{name}’ ontbreekt.",
            f"Voeg onder {group} een regel toe: {name}: …  Uitleg: {EXPLAINED_NAME}",
        )
