"""What would make a page better, told as a colleague would: advice never stops a page."""
from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pyphen
import simplemma

from kennisplatform.findings import Finding
from kennisplatform.library import Library, Pagina
from kennisplatform.markup import Alinea
from kennisplatform.text import date

MOST_WORDS = 25
"""Words of a sentence."""
MOST_WORDS_OF_A_SUMMARY = 40
MOST_DAYS_UNCHECKED = 2 * 365
LOWEST_SCORE = 50
"""Below this Flesch's scale says difficult."""
FEWEST_WORDS = 50
"""A shorter text says too little about how it reads."""

Advice = tuple[int, str, str, str]
"""Line, code, message and what to do instead."""

_HYPHENATE = pyphen.Pyphen(lang="nl_NL", left=1, right=1)
_SENTENCE = re.compile(r"(?:[^.!?…]|[.!?…](?![\"'’”)]*\s+[^a-z]))+[.!?…]*[\"'’”)]*")
_WORD = re.compile(r"[\w’'-]*\w")
_BECOMES = re.compile(r"\b(?:wordt|worden|werd|werden)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:()]")
_PARTICIPLE = re.compile(r"(?:\w{2,}ge|ge|be|ver|ont|her|er)\w+(?:d|t|en)|\w+eerd")
_LESSONS = re.compile(r"\bles(sen|je)?\b|leerde|geleerd|leerpunt|leren|ervaring")
_MAIL = re.compile(r"([\w.+-]+)@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.-])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?|0(?!8[58]))[1-9](?:[ -]?\d){8}(?![\w-])")
_PERCENTAGE = r"\d+(?:[.,]\d+)*(?:%|\s%|\sprocent\b)|€\s?\d+(?:[.,]\d+)*"
_FAMILIAR_UNITS = {"gemeenten", "provincies", "inwoners", "deelnemers", "raden"}
_OFFICES = {"info", "contact", "post", "mail", "team", "griffie", "raad", "bestuur", "college", "secretariaat", "redactie", "helpdesk", "support",
            "communicatie", "participatie", "gemeente", "webmaster", "bureau", "projecten", "loket"}
"""Parts of the addresses of shared mailboxes, beside the names the vocabulary has."""



def advise(library: Library, shown: str, today: datetime.date) -> tuple[Finding, ...]:
    """Give all advice on the pages of a library, drafts included; `shown` is how findings name the content folder."""
    figure = _figure_pattern(library)
    used = _used_instruments(library)
    offices = _OFFICES | _own_words(library)
    found = []
    for page in (*library.paginas, *library.concepten):
        texts = (Alinea(page.regels["samenvatting"], page.velden.samenvatting), *(a for a in page.body.alineas if not a.code))
        for advice in (*_on_fields(page, used, today), *_on_figures(page, figure), *_on_privacy(page, texts, offices), *_on_language(texts, library)):
            found.append(Finding(f"{shown}/{page.bron}", *advice, severity="let op"))
    return tuple(sorted(set(found)))


def _on_fields(page: Pagina, used: set[str], today: datetime.date) -> Iterator[Advice]:
    fields, lines = page.velden, page.regels
    if (words := _count(fields.samenvatting)) > MOST_WORDS_OF_A_SUMMARY:
        yield (lines["samenvatting"], "samenvatting-lang", f"de samenvatting is lang: {words} woorden.",
               f"Houd het bij een of twee zinnen, samen hoogstens {MOST_WORDS_OF_A_SUMMARY} woorden. De rest kan in de tekst.")
    if page.collectie.map == "practices" and fields.status != "gepland" and fields.bewijs != "idee":
        headings = page.body.koppen
        if not any(_LESSONS.search(h.tekst.lower()) for h in headings):
            yield (headings[-1].regel if headings else lines["titel"], "lessen-ontbreken", "hier staat nog niet wat anderen hiervan kunnen leren.",
                   "Voeg de kop ‘Lessen’ toe: wat ging goed, wat viel tegen en wat zou men anders doen?")
    if page.collectie.map == "instruments" and page.slug not in used:
        yield (lines["titel"], "instrument-ongebruikt", "nog geen praktijk noemt dit instrument.",
               f"Kent u een gemeente die het gebruikt? Zet bij die praktijk: instrumenten: [{page.slug}]")
    if (today - fields.laatst_gecontroleerd).days > MOST_DAYS_UNCHECKED:
        yield (lines.get("gecontroleerd", lines["datum"]), "lang-niet-gecontroleerd",
               f"deze pagina is voor het laatst gecontroleerd op {date(fields.laatst_gecontroleerd)}.",
               "Klopt alles nog? Zet dan de datum van vandaag bij gecontroleerd.")


def _used_instruments(library: Library) -> set[str]:
    """Give the instruments that a practice names in a field or in its text, or that name a practice themselves."""
    practices = {p.slug for p in library.per_collectie["practices"]}
    used = set()
    for page in library.paginas:
        named = {*page.velden.instrumenten, *page.velden.gerelateerd,
                 *(link.doel.partition("#")[0].split("/")[-1].removesuffix(".md") for link in page.body.links)}
        if page.slug in practices:
            used |= named
        elif named & practices:
            used.add(page.slug)
    return used


def _figure_pattern(library: Library) -> re.Pattern[str]:
    """Recognise a percentage, an amount, or a count of something that is counted elsewhere on the platform."""
    vocabulary = library.vocabulary
    units = _FAMILIAR_UNITS | {c.eenheid for p in library.paginas for c in p.velden.cijfers}
    units |= {entry.meervoud for entry in (*vocabulary.doelgroepen, *vocabulary.soorten)}
    return re.compile(rf"(?<![\w.,/-])(?:{_PERCENTAGE}|(?!(?:19|20)\d\d\s)\d+(?:\.\d+)*\s(?:{'|'.join(map(re.escape, sorted(units)))})\b)")


def _on_figures(page: Pagina, figure: re.Pattern[str]) -> Iterator[Advice]:
    if page.velden.cijfers:
        return
    for text in page.body.alineas:
        if not text.code and (found := figure.search(text.tekst)):
            yield (_line(text, found.start()), "cijfers-leeg", f"in de tekst staat ‘{found[0]}’, maar het veld cijfers is leeg.",
                   "Zet het getal ook bij cijfers, met eenheid, peildatum en bron. Dan kan een lezer het vinden en vergelijken.")
            return


def _on_privacy(page: Pagina, texts: tuple[Alinea, ...], offices: set[str]) -> Iterator[Advice]:
    contact = [Alinea(page.regels["contact"], page.velden.contact)] if page.velden.contact else []
    addresses = [Alinea(link.regel, link.doel.removeprefix("mailto:")) for link in page.body.adressen if link.doel.startswith("mailto:")]
    for text in (*contact, *texts, *addresses):
        for found in _MAIL.finditer(text.tekst):
            if _is_personal(found[1], offices):
                yield (_line(text, found.start()), "persoonlijk-contact", f"‘{found[0]}’ lijkt het mailadres van een persoon.",
                       "Noem liever een gedeelde mailbox. Die blijft kloppen als iemand een andere baan krijgt.")
        for found in _PHONE.finditer(text.tekst):
            yield (_line(text, found.start()), "persoonlijk-contact", f"‘{found[0]}’ lijkt een telefoonnummer. Is het van een persoon?",
                   "Noem liever een functie, een gedeelde mailbox of het algemene nummer (14 en het netnummer).")


def _own_words(library: Library) -> set[str]:
    """Give the words that name a subject, a group or an organisation rather than a person."""
    vocabulary = library.vocabulary
    names = (e.naam for e in (*vocabulary.aandachtsvelden, *vocabulary.pijlers, *vocabulary.doelgroepen, *vocabulary.organisaties))
    plurals = (d.meervoud for d in vocabulary.doelgroepen)
    return {word for name in (*names, *plurals) for word in name.lower().split() if len(word) > 3}


def _is_personal(local: str, offices: set[str]) -> bool:
    """Tell whether the part before @ seems made of an initial or a first name, and a last name."""
    parts = re.split(r"[._-]", local.lower())
    return len(parts) > 1 and all(part.isalpha() for part in parts) and not offices.intersection(parts)


def _on_language(texts: tuple[Alinea, ...], library: Library) -> Iterator[Advice]:
    plain = library.vocabulary.taal.moeilijk
    for text in texts:
        yield from _hard_words(text, plain)
        if _count(text.tekst) > MOST_WORDS or _BECOMES.search(text.tekst):
            for sentence in _SENTENCE.finditer(text.tekst):
                yield from _on_sentence(text, sentence)


    if (score := reading_ease([t.tekst for t in texts[1:]])) < LOWEST_SCORE:
        yield (texts[1].regel, "moeilijke-tekst", f"de tekst leest moeilijk: leesscore {score:.0f} van 100.",
               "Kortere zinnen en kortere woorden helpen het meest. Gewone tekst haalt 60 of meer.")


def reading_ease(paragraphs: Sequence[str]) -> float:
    """Score how easily a text reads: about 0 to 100, more is easier; infinite when it is too short to tell.

    Flesch's formula for Dutch (W. H. Douma, 1960): 206.84 less 0.93 a word per sentence and 77 a syllable
    per word. Syllables are counted as places to hyphenate, as textstat does.
    """
    words = [word for text in paragraphs for word in _WORD.findall(text.lower())]
    if len(words) < FEWEST_WORDS:
        return math.inf
    sentences = sum(len(_SENTENCE.findall(text)) for text in paragraphs)
    return 206.84 - 0.93 * len(words) / sentences - 77 * sum(map(_syllables, words)) / len(words)


@cache
def _syllables(word: str) -> int:
    return len(_HYPHENATE.positions(word)) + 1


def _on_sentence(text: Alinea, sentence: re.Match[str]) -> Iterator[Advice]:
    words = sentence[0].strip()
    line = _line(text, sentence.end() - len(sentence[0].lstrip()))
    if (count := _count(words)) > MOST_WORDS:
        yield (line, "zin-lang", f"deze zin heeft {count} woorden: ‘{_opening(words)}’",
               f"Maak er twee zinnen van. Tot {MOST_WORDS} woorden leest prettig.")
    if passive := _passive(words):
        yield (line, "lijdende-zin", f"‘{passive}’ zegt niet meteen wie iets doet: ‘{_opening(words)}’",
               "Begin met wie het doet: ‘de raad besluit’ in plaats van ‘er wordt besloten’.")


def _passive(sentence: str) -> str:
    """Give the form of worden and the participle that make a clause passive, in their order, or an empty text."""
    for clause in _CLAUSE_END.split(sentence):
        if becomes := _BECOMES.search(clause):
            for word in _WORD.finditer(clause):
                if _is_participle(word[0].lower()):
                    return " … ".join(part[0].lower() for part in sorted((becomes, word), key=re.Match.start))
    return ""


@cache
def _is_participle(word: str) -> bool:
    """Tell a participle from a noun that looks like one (gemeenten, beleid): only the participle comes from an infinitive."""
    return bool(_PARTICIPLE.fullmatch(word)) and (lemma := simplemma.lemmatize(word, lang="nl")) != word and lemma.endswith("n")


def _hard_words(text: Alinea, plain: Mapping[str, str]) -> Iterator[Advice]:
    lower = text.tekst.lower()
    for found in _WORD.finditer(lower):
        if found[0] in plain:
            yield _hard_word(text, found.start(), found[0], plain)
    for phrase in plain:
        if " " in phrase and (place := lower.find(phrase)) >= 0:
            yield _hard_word(text, place, phrase, plain)


def _hard_word(text: Alinea, place: int, word: str, plain: Mapping[str, str]) -> Advice:
    return _line(text, place), "moeilijk-woord", f"‘{word}’ kent niet iedereen.", f"Gewoner is: ‘{plain[word]}’."


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _line(text: Alinea, place: int) -> int:
    return text.regel + text.tekst.count("\n", 0, place)


def _opening(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words) if len(words) <= 7 else f"{' '.join(words[:6])} …"
