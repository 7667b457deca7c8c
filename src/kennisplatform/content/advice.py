"""What would make a page better, told as a colleague would: advice never stops a page."""

from __future__ import annotations

import datetime
import math
import pickle
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise, zip_longest
from pathlib import Path

from kennisplatform.content.kept import Kept
from kennisplatform.content.privacy import LEFT_OUT
from kennisplatform.content.sources import as_field
from kennisplatform.model.addresses import is_https
from kennisplatform.model.days import YEAR
from kennisplatform.model.findings import Finding, errors
from kennisplatform.model.library import DOCUMENTS, Heading, Library, Page
from kennisplatform.model.schema import Instrument, Praktijk
from kennisplatform.model.text import date, enumerate_nl, shorten, texts_in, visible

MOST_WORDS = 25
"""Words of a sentence."""
FEWEST_QUESTIONS = 2
MOST_WORDS_OF_A_SUMMARY = 40
LOWEST_SCORE = 45
"""Flesch's scale calls 30 to 50 difficult; words as long as Omgevingswet cost even a plain text
some points.
"""
FEWEST_WORDS = 50
"""A shorter text says too little about how it reads."""
AHEAD = datetime.timedelta(366)
"""How far a day may lie ahead on which somebody looked: the day of today is that of the last
commit, which may be some time ago.
"""
Looked = tuple[str, datetime.date]
"""A field, and the day on which somebody looked."""
Advice = tuple[int, str, str, str]
"""Line, code, message and what to do instead."""

# A pattern that begins with a set of signs is searched fast: what may not stand before them is
# looked at afterwards.
# Repeats have an upper bound, or a word of thousands of letters would take the square of that time.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)\n|(?<!\n)[\"'’”)]*\s+(?=[^a-z]))")
_SHORT = {
    "art",
    "bijv",
    "bv",
    "blz",
    "ca",
    "dhr",
    "dr",
    "drs",
    "excl",
    "incl",
    "ing",
    "ir",
    "max",
    "mevr",
    "min",
    "mr",
    "mw",
    "nr",
    "prof",
    "resp",
    "st",
    "tel",
    "vgl",
    "zgn",
    "d.m.v",
    "d.w.z",
    "i.p.v",
    "i.v.m",
    "m.b.t",
    "m.n",
    "m.u.v",
    "o.a",
    "o.l.v",
    "t.a.v",
    "t.b.v",
    "t.o.v",
}
"""Words that end with a full stop in the middle of a sentence."""
APART = " … "
"""Between words of one expression that need not stand beside each other, in a vocabulary."""
_DIAERESIS = "äëïöü"
_VOWELS = bytes(
    ord("a" if chr(sign) in f"aeiouyàáâèéêíóôúû{_DIAERESIS}" else " ") for sign in range(256)
)
"""Leaves a text of Latin-1 signs with its vowels only: many times faster than a regular expression
that looks for them.
"""
_PUNCTUATION = ".,;:!?…()\"'‘’“”"
_OF_MARKDOWN = (
    r"!?\[([^\[\]]+)\]\([^()\s]+\)",
    r"(?<![\w*])\*{1,3}([^\s*](?:[^*]*[^\s*])?)\*{1,3}(?![\w*])",
    r"(?<![\w_])_{1,3}([^\s_](?:[^_]*[^\s_])?)_{1,3}(?![\w_])",
    r"`+([^`]+)`+",
)
"""What Markdown takes for a link, emphasis or code; in a field that stands there as it is typed."""
_BECOMES = re.compile(r"\b(?:wordt|worden|werd|werden)\b")
_CLAUSE_END = re.compile(r"[,;:()]")
_PARTICIPLE = re.compile(
    r"\b(?:\w{2,15}ge|ge|be|ver|ont|her|er|onder|over|voor)\w{1,25}(?:d|[cfhkpsx]t|en|aan|ien)\b|\b\w{1,25}eerd\b"
)
_LESSONS = re.compile(
    r"\bles(sen|je)?\b|leerde|geleerd|leerpunt|leren|ervaring|^wat we niet weten$"
)
"""A heading under which lessons stand, or that the source tells none."""
_FIGURE = (
    r"[€\d](?<![\w.,/-][€\d])"
    r"(?:(?<=€)\s?\d+(?:[.,]\d+)*|(?<=\d)\d*(?:[.,]\d+)*(?:%|\s%|\sprocent\b|\s(?:UNITS)\b))"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s(?!%|procent)")
_RULE = re.compile(
    r"\b(?:minstens|ten minste|minimaal|hoogstens|ten hoogste|maximaal|nodig|genoeg|vereist"
    r"|verplicht|drempel|grens|moet|moeten|mag|mogen|vraagt|vragen|voorwaarden?)\b",
    re.IGNORECASE,
)
"""Words by which a rule says how many there must be or may be."""
_FAMILIAR_UNITS = {"gemeenten", "provincies", "inwoners", "deelnemers", "raden"}


class _Text:
    """Paragraphs as one text, to be searched at once, that still knows the line of each place."""

    def __init__(self, paragraphs: Sequence[tuple[int, str]]) -> None:
        """Join paragraphs, each with its line, with an empty line in between."""
        self.whole = "\n\n".join(text for _, text in paragraphs)
        self.lower = self.whole.lower()
        self.lines = [line for line, _ in paragraphs]
        self.starts = [0, *accumulate(len(text) + 2 for _, text in paragraphs[:-1])]
        ends = [
            found.end()
            for found in _SENTENCE_END.finditer(self.whole)
            if not self._is_short(found.start())
        ]
        self.sentences = list(pairwise([0, *ends, len(self.whole)]))

    def _is_short(self, stop: int) -> bool:
        word = (
            self.whole[max(0, stop - 8) : stop].split(" ")[-1].lstrip("(‘“")
            if self.whole[stop] == "."
            else ""
        )
        return word.lower() in _SHORT or (len(word) == 1 and word.isupper())  # J. Jansen

    def sentence(self, place: int) -> tuple[int, int]:
        """Give where the sentence around a place begins and ends."""
        return self.sentences[bisect_right(self.sentences, (place, math.inf)) - 1]

    def line(self, place: int) -> int:
        index = bisect_right(self.starts, place) - 1
        return self.lines[index] + self.whole.count("\n", self.starts[index], place)


def advise(
    library: Library,
    shown: str,
    today: datetime.date,
    asked_for: Callable[[str], bool] = lambda path: True,
    kept: Kept | None = None,
) -> tuple[Finding, ...]:
    """Give the advice on the files of a library that are asked for, drafts included; `shown` is how
    findings name the content folder. `kept` has what was said of a page before.
    """
    kept = kept or Kept(None, Path(shown))
    used, units = _used_instruments(library), sorted(_units(library))
    hard = library.vocabulary.taal.moeilijk
    by = repr((units, sorted(hard.items()))).encode()
    figure = re.compile(_FIGURE.replace("UNITS", "|".join(map(re.escape, units))))
    found = list(library.advice)
    for page in (*library.pages, *library.drafts):
        if not asked_for(path := f"{shown}/{page.path}"):
            continue
        of_use = used is None or not isinstance(page.velden, Instrument) or page.slug in used
        old = page.velden.verouderd_vanaf <= today
        ahead = tuple(one for one in _looked(page) if one[1] > today + AHEAD)
        key = kept.key(page.key.encode(), by, repr((page.slug, of_use, old, ahead)).encode())
        if (value := kept.take(key)) is None:
            value = pickle.dumps(tuple(_on_page(page, of_use, old, ahead, figure, hard)))
            kept.keep(key, value)
        said: tuple[Advice, ...] = pickle.loads(value)  # sealed by this environment
        found += [Finding(path, *advice, severity="let op") for advice in said]
    kept.save()
    found += _on_documents(library, f"{shown}/{DOCUMENTS}")
    return tuple(sorted({advice for advice in found if asked_for(advice.path)}))


def _looked(page: Page) -> Iterator[Looked]:
    """Give the days on which somebody looked, with the field that says so."""
    fields = page.velden
    yield "datum", fields.datum
    if fields.gecontroleerd:
        yield "gecontroleerd", fields.gecontroleerd
    yield from (("bronnen", source.gelezen) for source in fields.bronnen if source.gelezen)


def _on_page(
    page: Page,
    of_use: bool,
    old: bool,
    ahead: Sequence[Looked],
    figure: re.Pattern[str],
    hard: Mapping[str, str],
) -> Iterator[Advice]:
    paragraphs = page.body.paragraphs
    text = _Text(
        [
            (page.lines["samenvatting"], page.velden.samenvatting),
            *((a.line, a.text) for a in paragraphs if not a.code),
        ]
    )
    yield from _on_fields(page, of_use, old)
    for name, day in ahead:
        yield (
            page.lines[name],
            "dag-te-ver-vooruit",
            f"bij {name} staat {date(day)}, en die dag komt nog lang niet.",
            "Klopt het jaar? Zet er de dag waarop iemand keek.",
        )
    yield from _on_headings(page.body.headings, [p.line for p in paragraphs], page.lines["titel"])
    yield from _on_sources(page)
    yield from _on_figures(page, text, figure)
    yield from _on_what_was_left_out(text)
    yield from _on_words(text, hard)
    yield from _on_sentences(text)


def _on_documents(library: Library, folder: str) -> Iterator[Finding]:
    used = {
        attached.bestand
        for page in (*library.pages, *library.drafts)
        for attached in page.velden.documenten
    }
    if errors(library.findings):  # a page that cannot be read may name any of them
        used |= {document.file.name for document in library.documents}
    for document in library.documents:
        name = document.file.name
        for code, message, repair in (
            (
                "document-ongebruikt" if name not in used else "",
                "geen pagina noemt dit document; het komt niet op de site.",
                f"Zet in de kop van een pagina: {as_field(name)}  Of haal het weg.",
            ),
            (
                "document-ontoegankelijk" if document.lacks else "",
                f"niet iedereen kan deze pdf lezen; er ontbreekt: {enumerate_nl(document.lacks)}.",
                "Een overheid moet toegankelijke documenten geven. Kies in Word bij Opslaan als "
                "pdf: Opties, Documentstructuurlabels.",
            ),
            (
                "document-gegevens" if document.names else "",
                f"in dit document staan nog namen: {shorten(', '.join(document.names), 80)}.",
                "Haal opmerkingen en bijgehouden wijzigingen weg. Uit een ondertekend document "
                "kan de site niets weghalen.",
            ),
        ):
            if code:
                yield Finding(f"{folder}/{name}", 1, code, visible(message), repair, "let op")


def _on_fields(page: Page, of_use: bool, old: bool) -> Iterator[Advice]:
    """Say what the fields lack. That it is an instrument that nobody names, so not `of_use`, and
    that it was checked so long ago that it is `old`, follows from other pages and the day.
    """
    fields, lines = page.velden, page.lines
    if (words := len(fields.samenvatting.split())) > MOST_WORDS_OF_A_SUMMARY:
        yield (
            lines["samenvatting"],
            "samenvatting-lang",
            f"de samenvatting is lang: {words} woorden.",
            f"Houd het bij een of twee zinnen, samen hoogstens {MOST_WORDS_OF_A_SUMMARY} woorden. "
            "De rest kan in de tekst.",
        )
    for name, value in fields.model_dump(exclude_defaults=True).items():
        for text in texts_in(value):
            if not is_https(text) and (bare := _without_marks(text)) != text:
                more = "  Een link hoort bij bronnen, of in de tekst." * ("](" in text)
                yield (
                    lines.get(name, 1),
                    "opmaak-in-veld",
                    f"in {name} staat opmaak, en die komt zo op de pagina: ‘{shorten(text, 60)}’.",
                    f"Bedoeld: ‘{visible(bare)}’?{more}",
                )
    if len(fields.vragen) < FEWEST_QUESTIONS:
        yield (
            lines.get("vragen", lines["titel"]),
            "vragen-ontbreken",
            "hier staan nog niet twee vragen waarop de pagina antwoord geeft.",
            "Zet bij vragen wat een lezer zou vragen, in gewone woorden. Zo vindt hij de pagina.",
        )
    done = isinstance(fields, Praktijk) and fields.status != "gepland" and fields.bewijs != "idee"
    if done and page.body.paragraphs:
        headings = page.body.headings
        if not any(_LESSONS.search(h.text.lower()) for h in headings):
            yield (
                headings[-1].line if headings else lines["titel"],
                "lessen-ontbreken",
                "hier staat nog niet wat anderen hiervan kunnen leren.",
                "Voeg de kop ‘Lessen’ toe: wat ging goed, wat viel tegen en wat zou men anders "
                "doen? Vertelt de bron dat niet, zeg het dan onder ‘Wat we niet weten’.",
            )
    if not of_use:
        yield (
            lines["titel"],
            "instrument-ongebruikt",
            "nog geen praktijk noemt dit instrument.",
            "Kent u een gemeente die het gebruikt? Zet bij die praktijk: instrumenten: "
            f"[{page.slug}]",
        )
    if old:
        yield (
            lines.get("gecontroleerd", lines["datum"]),
            "lang-niet-gecontroleerd",
            f"deze pagina is voor het laatst gecontroleerd op {date(fields.laatst_gecontroleerd)}.",
            "Klopt alles nog? Zet dan de datum van vandaag bij gecontroleerd.",
        )


def _on_sources(page: Page) -> Iterator[Advice]:
    fields, lines = page.velden, page.lines
    if unlinked := [source.titel for source in fields.bronnen if not source.url]:
        shown = enumerate_nl([f"‘{shorten(title, 60)}’" for title in unlinked[:3]])
        yield (
            lines["bronnen"],
            "bron-zonder-adres",
            f"van {len(unlinked)} bronnen staat er geen adres: onder meer {shown}."
            if len(unlinked) > 3
            else f"er staat geen adres bij {shown}.",
            "Zet er url bij, als de bron op het web staat. Dan kan een lezer het nakijken.",
        )
    for attached in fields.documenten:
        if attached.bestand and not (attached.rechthebbende or attached.licentie):
            yield (
                lines["documenten"],
                "document-zonder-rechten",
                f"bij het document ‘{attached.titel}’ staat niet van wie het is.",
                "Vul rechthebbende of licentie in. Staat het op de site van een ander? Verwijs "
                "daar dan naar met url, in plaats van met bestand.",
            )


def _on_headings(headings: Sequence[Heading], text: Sequence[int], title: int) -> Iterator[Advice]:
    """Look at headings beside the lines that have text; `title` is the line of that of the page."""
    if not text:
        yield (
            title,
            "pagina-zonder-tekst",
            "op deze pagina staat geen tekst.",
            "Schrijf onder de kop wat een lezer moet weten.",
        )
    level = 1  # the title of the page
    for heading, below in zip_longest(headings, headings[1:]):
        shown = shorten(heading.text, 60)
        if heading.level > level + 1:
            yield (
                heading.line,
                "kopniveau-overgeslagen",
                f"de kop ‘{shown}’ is van niveau {heading.level}, en die erboven van {level}.",
                f"Begin deze kop met {'#' * (level + 1)}. Wie de pagina laat voorlezen, mist "
                "anders een niveau (WCAG 1.3.1).",
            )
        level, until = heading.level, below.line if below else math.inf
        if below and below.level > level:
            continue
        if text and not any(heading.line < line < until for line in text):
            yield (
                heading.line,
                "kop-zonder-inhoud",
                f"onder de kop ‘{shown}’ staat geen tekst.",
                "Schrijf er iets onder, of haal de kop weg.",
            )


def _without_marks(text: str) -> str:
    for mark in _OF_MARKDOWN if re.search(r"[*_`(]", text) else ():
        text = re.sub(mark, r"\1", text)
    return text


def _used_instruments(library: Library) -> set[str] | None:
    """Give the instruments that a practice names in a field or in its text, or that name a practice
    themselves; None while a page that may name one cannot be read.
    """
    if errors(library.findings):
        return None
    practices = {p.slug for p in library.pages if isinstance(p.velden, Praktijk)}
    used = set()
    for page in library.pages:
        named = {
            *page.velden.instrumenten,
            *page.velden.gerelateerd,
            *(
                link.target.partition("#")[0].split("/")[-1].removesuffix(".md")
                for link in page.body.links
            ),
        }
        if page.slug in practices:
            used |= named
        elif named & practices:
            used.add(page.slug)
    return used


def _units(library: Library) -> set[str]:
    """Give what is counted somewhere on the platform."""
    vocabulary = library.vocabulary
    plurals = {d.meervoud for d in vocabulary.doelgroepen} | {
        s.meervoud for s in vocabulary.soorten
    }
    return _FAMILIAR_UNITS | plurals | {c.eenheid for p in library.pages for c in p.velden.cijfers}


def _on_figures(page: Page, text: _Text, figure: re.Pattern[str]) -> Iterator[Advice]:
    fields = page.velden
    dated = fields.periode is not None or any(source.datum for source in fields.bronnen)
    given = (
        found
        for found in figure.finditer(text.whole)
        if not _YEAR.match(found[0])
        and _may_be_dated(text.whole[slice(*text.sentence(found.start()))], dated)
    )
    if not fields.cijfers and (first := next(given, None)):
        yield (
            text.line(first.start()),
            "cijfers-leeg",
            f"in de tekst staat ‘{first[0]}’, maar het veld cijfers is leeg.",
            "Zet het getal ook bij cijfers, met eenheid, peildatum en bron. Dan kan een lezer het "
            "vinden en vergelijken.",
        )


def _may_be_dated(sentence: str, dated: bool) -> bool:
    """Tell whether the figures of a sentence are of a year that is known, without which `cijfers`
    takes none: the sentence names it, or the page is `dated`. What a rule asks has no year, and no
    source counted it.
    """
    return YEAR.search(sentence) is not None or (dated and not _RULE.search(sentence))


def _on_what_was_left_out(text: _Text) -> Iterator[Advice]:
    for left in LEFT_OUT:
        if left in text.whole:
            yield (
                text.line(text.whole.index(left)),
                "persoonlijk-contact",
                f"hier staat nog {left}.",
                "Noem een functie of een gedeelde mailbox, of haal het weg.",
            )


def _on_words(text: _Text, plain: Mapping[str, str]) -> Iterator[Advice]:
    words = text.lower.split()
    known = {word.strip(_PUNCTUATION) for word in words}
    for hard, better in plain.items():
        first, *rest = hard.split(APART)
        if first in known or (" " in first and first in text.lower):
            for found in _with_gaps(first, *rest).finditer(text.lower):
                if not _is_in_name(text, found.start()):
                    yield (
                        text.line(found.start()),
                        "moeilijk-woord",
                        f"‘{hard}’ kent niet iedereen.",
                        f"Gewoner is: ‘{better}’.",
                    )
    if (
        len(words) >= FEWEST_WORDS
        and (score := reading_ease(text.lower, len(words), len(text.sentences))) < LOWEST_SCORE
    ):
        yield (
            text.lines[:2][-1],
            "moeilijke-tekst",
            f"de tekst leest moeilijk: leesscore {score:.0f} van 100.",
            "Kortere zinnen en kortere woorden helpen het meest. Gewone tekst haalt 60 of meer.",
        )


@cache
def _with_gaps(*parts: str) -> re.Pattern[str]:
    """Give what finds words that belong together in a clause: dient … te, but not dient … om te."""
    gap = r"\b[^.,;:()!?\n]*?(?<!\bom )(?<!\bdoor )\b"
    return re.compile(rf"\b{gap.join(map(re.escape, parts))}\b")


def _is_in_name(text: _Text, place: int) -> bool:
    """Tell whether a word has a capital that no sentence or line gives it: Verklaring Omtrent …"""
    start, _ = text.sentence(place)
    before = text.whole[start:place].rpartition("\n")[2]
    return text.whole[place].isupper() and any(map(str.isalnum, before))


def reading_ease(text: str, words: int, sentences: int) -> float:
    """Score how easily a lower-case text reads, about 0 to 100, more is easier.

    Flesch's formula for Dutch (W. H. Douma, 1960): 206.84 less 0.93 a word per sentence and 77 a
    syllable per word. A syllable is a group of vowels; a diaeresis begins a new one (idee-ën).
    """
    syllables = len(text.encode("latin-1", "replace").translate(_VOWELS).split()) + sum(
        map(text.count, _DIAERESIS)
    )
    return 206.84 - 0.93 * words / sentences - 77 * syllables / words


def _on_sentences(text: _Text) -> Iterator[Advice]:
    for start, end in text.sentences:
        if (count := len(text.whole[start:end].split())) > MOST_WORDS:
            yield (
                text.line(start),
                "zin-lang",
                f"deze zin heeft {count} woorden: ‘{_opening(text.whole[start:end])}’",
                f"Maak er twee zinnen van. Tot {MOST_WORDS} woorden leest prettig.",
            )
        if passive := _passive(text.lower[start:end]):
            yield (
                text.line(start),
                "lijdende-zin",
                f"‘{passive}’ zegt niet meteen wie iets doet: ‘{_opening(text.whole[start:end])}’",
                "Begin met wie het doet: ‘de raad besluit’ in plaats van ‘er wordt besloten’.",
            )


def _passive(sentence: str) -> str:
    """Give the form of worden and the participle that make a clause passive, in their order, or an
    empty text.
    """
    if "word" not in sentence and "werd" not in sentence:
        return ""
    for clause in _CLAUSE_END.split(sentence):
        if becomes := _BECOMES.search(clause):
            for found in _PARTICIPLE.finditer(clause):
                # Anything else before it has a verb of its own: zij verwacht dat hij burgemeester
                # wordt.
                if (
                    found.start() > becomes.end() or found.end() + 1 == becomes.start()
                ) and _is_participle(found[0]):
                    return " … ".join(
                        part[0] for part in sorted((becomes, found), key=re.Match.start)
                    )
    return ""


@cache
def _is_participle(word: str) -> bool:
    """Tell a participle from a noun that looks like one (gemeenten, beleid): only the participle
    comes from an infinitive.
    """
    import simplemma  # most pages have no word that asks for it

    return (lemma := simplemma.lemmatize(word, lang="nl")) != word and lemma.endswith("n")


def _opening(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words) if len(words) <= 7 else f"{' '.join(words[:6])} …"
