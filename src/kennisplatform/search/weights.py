"""The weights of search, here and in the browser: it gets what it needs of them in
zoek/manifest.json.
"""

from __future__ import annotations

BOOSTS = {
    "titel": 8.0,
    "zoektermen": 5.0,
    "vragen": 3.0,
    "samenvatting": 3.0,
    "termen": 3.0,
    "thema": 0.6,
    "koppen": 1.5,
    "tekst": 1.0,
    "titeldelen": 2.0,
    "delen": 0.7,
    "documenten": 0.3,
}
"""Fields of the index with their weight. `titeldelen` and `delen` hold the parts of compounds,
which weigh less than the whole word; `documenten` has the text of documents, that no page shows.
"""
PARTS_IN = {
    "titel": "titeldelen",
    "zoektermen": "titeldelen",
    "vragen": "delen",
    "termen": "titeldelen",
    "samenvatting": "delen",
    "koppen": "delen",
    "tekst": "delen",
}
"""The field for the parts of the compounds in a field; of any other they are left out."""
BOOST = 0.08
"""How much each doubling of the number of pages that refer to a page adds to its weight: a page
that many others refer to is the one people look for.
"""
PART = 2.0
"""What the words of a part of the site (an overview, the zelfscan) weigh: who types its name means
the part itself, however many pages have the word.
"""
K1, B = 1.2, 0.3
"""Constants of BM25. K1 is lunr's own; B is lower than its 0.75, because a long title here is a
clear one, not a diluted one.
"""
WAYS = {
    "woord": 1,
    "samen": 1,
    "begin": 0.8,
    "synoniem": 0.7,
    "vorm": 0.5,
    "delen": 0.5,
    "verwant": 0.35,
}
"""What each way to say something weighs: the words as typed, two of them as one, a longer word that
begins so, a synonym, another form of a verb, the parts of a compound, a looser relation.
"""
MENDED = 0.5
"""By what a way weighs less when its word took the place of a mistyped one."""
COVER = {"heel": 1, "delen": 0.8, "verwant": 0.6, "macht": 2}
"""How much of a concept is covered by a word for it, by the parts of that word and by something
related. The score of lunr is multiplied by this power of the share of the question that a document
covers, in which a concept counts by its idf.
"""
KIND = 3
"""By what a page weighs more when the question names its kind: praktijk, gemeente."""
OWN = 1000
"""By what the page of a name weighs more when the question is that name: it leads."""
FEW, BESIDE = 2, 5
"""Answers that are so few that others are given beside them, and how many of those."""
FIRST = 10
"""Answers a browser shows at first."""
