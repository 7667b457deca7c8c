"""In which file the postings of a term lie, the same as src/browser/zoek/scherven.js.

A term is found by its mark, a bit at a time: the files are the leaves of a tree. Names of the
vocabulary that say the same are asked for together, so their terms have one mark to begin with. A
mark does not depend on other terms: what is added changes the files of its own terms, and now and
then parts one that is full in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

BITS = 32
SHARD_BYTES = 16_000
"""A file with more is parted in two: about 6 kB over the wire, so that a question loads little that
it does not ask for, and a page that is added changes few files.
"""


def together(
    names: Sequence[Sequence[str]], groups: Iterable[Sequence[Sequence[int]]]
) -> dict[str, str]:
    """Give for each term of a name what it has in common with others: the first group it is in.

    `names` have their terms in second place; `groups` are the places of names that say the same,
    and of those that nearly do, as in the manifest.
    """
    found: dict[str, str] = {}
    for part in (0, 1):
        for group in groups:
            for place in group[part]:
                for term in names[place][1].split(" "):
                    found.setdefault(term, names[group[0][0]][1])
    return found


def mark(term: str, common: Mapping[str, str]) -> int:
    """Give the bits by which a term is found."""
    return crc32(common.get(term, term).encode()) << BITS | crc32(term.encode())


def over_files(
    entries: Sequence[tuple[int, str]], depth: int = 2 * BITS
) -> tuple[str, list[list[str]]]:
    """Part texts with their marks over files; give the tree and what each of them holds.

    In the tree `(` is a fork, followed by what has a 0 there and what has a 1, `.` is a file and
    `-` is nothing.
    """
    if not entries:
        return "-", []
    if len(entries) == 1 or not depth or sum(len(t.encode()) for _, t in entries) <= SHARD_BYTES:
        return ".", [[text for _, text in entries]]
    sides: tuple[list[tuple[int, str]], list[tuple[int, str]]] = ([], [])
    for entry in entries:
        sides[entry[0] >> depth - 1 & 1].append(entry)
    (left, first), (right, second) = (over_files(side, depth - 1) for side in sides)
    return f"({left}{right}", first + second
