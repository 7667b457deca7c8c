"""Make a draft of a text that somebody sent: answers become fields, the story gets its headings,
and the rest is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kennisplatform.content.answers import is_list, known_names, pick, values_of, wrong
from kennisplatform.content.intake.files import Sent
from kennisplatform.content.intake.parts import NOWHERE, Form, part
from kennisplatform.content.intake.rewrite import URL, Line, Remark, Rewriter, trimmed
from kennisplatform.content.markup import parse
from kennisplatform.content.privacy import OFFICES
from kennisplatform.content.rules import in_short
from kennisplatform.model.addresses import is_https, other_host
from kennisplatform.model.findings import meant
from kennisplatform.model.schema import COLLECTIES, Collectie, Praktijk
from kennisplatform.model.vocabulary import Vocabulary

PLACES = ("gemeente", "provincie", "organisatie")
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_NAME_OF_A_SOURCE, LONGEST_ADDRESS = 110, 320, 160, 500
MOST_SOURCES = 30
WHOLE = 0
"""In place of a line: what is said is about all of the text."""

_LINK = re.compile(rf"\[([^\[\]]*)\]\(<?({URL.pattern})>?\)|<?({URL.pattern})>?")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_KIND_BEFORE = re.compile(r"(?:nieuwe?\s+)?(\w+)\s*:\s*", re.IGNORECASE)
_JOINS = re.compile(r"(?:en|of|zie|ook|klik|via|op|bij|bron|bronnen|[\W_])*", re.IGNORECASE)
_POINTS = re.compile(r"(?:klik )?hier|(?:deze )?(?:link|pagina|site|website)", re.IGNORECASE)
_AROUND_SOURCE = " :;,.–-*•()|"
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9‘“\"])")


@dataclass(frozen=True, slots=True)
class Draft:
    """Fields of which none is wrong, though a page may need more of them; text; and what to look
    at, by line of the source.
    """

    values: dict[str, Any]
    body: str
    remarks: tuple[Remark, ...]


def kind_of(source: Sent) -> Collectie:
    """Give the collection that the subject names (Nieuwe bijeenkomst: …); any other text is about a
    practice.
    """
    named = _KIND_BEFORE.match(source.titel)
    return next(
        (c for c in COLLECTIES.values() if named and named[1].lower() == c.enkelvoud),
        COLLECTIES[Praktijk.collectie],
    )


def make_draft(
    source: Sent,
    form: Form,
    collectie: Collectie,
    vocabulary: Vocabulary,
    given: Mapping[str, Any],
) -> Draft:
    """Make a draft of a text; what is `given` is not taken from it."""
    maker = _Maker(
        collectie,
        vocabulary,
        dict(given),
        Rewriter(_shared_mailboxes(vocabulary), set(source.remarks)),
    )
    maker.read(source, form)
    maker.summarise()
    maker.drop_what_is_wrong(given)
    body = "".join(
        f"\n## {kop}\n" + "".join(f"\n{text}\n" for text in maker.texts.get(kop, ()))
        for kop in collectie.koppen
    )
    return Draft(maker.values, body, tuple(sorted(maker.rewriter.remarks)))


def _shared_mailboxes(vocabulary: Vocabulary) -> set[str]:
    """Give the words in an address that name a subject, a group or an organisation rather than a
    person.
    """
    names = (
        e.naam
        for e in (
            *vocabulary.aandachtsvelden,
            *vocabulary.pijlers,
            *vocabulary.doelgroepen,
            *vocabulary.organisaties,
        )
    )
    plurals = (d.meervoud for d in vocabulary.doelgroepen)
    return OFFICES | {
        word for name in (*names, *plurals) for word in name.lower().split() if len(word) > 3
    }


@dataclass
class _Maker:
    collectie: Collectie
    vocabulary: Vocabulary
    values: dict[str, Any]
    rewriter: Rewriter
    texts: dict[str, list[str]] = field(default_factory=dict)
    """What stands under each heading."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Line of the source where the answer for a field stands."""

    def read(self, source: Sent, form: Form) -> None:
        """Read each answer as what it is for."""
        parts = part(source, form, self.collectie)
        answers = [
            (asked, lines)
            for asked, lines in parts.answers
            if any(line.text.strip() for line in lines)
        ]
        self.rewriter.remarks.update(parts.remarks)
        for label in parts.unticked:
            self.rewriter.remark(WHOLE, f"niet aangekruist: ‘{label}’ Vraag dit aan de inzender.")
        given = set(self.values)
        if "titel" not in given and not any(asked == "titel" for asked, _ in answers):
            self._name(parts.subject, answers)
        for asked, lines in answers:
            self._answer(asked, lines, given)
        if "bronnen" not in self.values:
            story = [
                line for asked, lines in answers if asked in self.collectie.koppen for line in lines
            ]
            linked = [line for line in story if URL.search(_IMAGE.sub("", line.text))]
            self._fill_sources(linked, told=True)

    def _answer(self, asked: str, lines: list[Line], given: Collection[str]) -> None:
        number = next((line.number for line in lines if line.text.strip()), WHOLE)
        if asked in self.collectie.koppen:
            self.texts.setdefault(asked, []).extend(filter(None, [self.rewriter.markdown(lines)]))
        elif asked == NOWHERE:
            self.rewriter.remark(
                number,
                "dit is weggelaten, want het hoort niet op een pagina. Een functie of "
                "gedeelde mailbox mag bij contact.",
            )
        elif asked in given or (asked in self.numbers and not is_list(self.collectie, asked)):
            self.rewriter.remark(number, f"{asked} was al ingevuld; dit is niet gebruikt.")
        else:
            self.numbers.setdefault(asked, number)
            self._fill(asked, lines)

    def _name(self, subject: str, answers: Sequence[tuple[str, list[Line]]]) -> None:
        """Take the title from the subject, or from what begins the text as a title does: a heading,
        or a short line by itself.
        """
        if subject:
            self._fill("titel", [Line(WHOLE, subject)])
        elif answers and answers[0][0] in self.collectie.koppen:
            story = answers[0][1]
            first = next(place for place, line in enumerate(story) if line.text.strip())
            text, below = (
                story[first].text.strip(),
                [line.text.strip() for line in story[first + 1 : first + 2]],
            )
            if text.startswith("#") or (
                len(text) <= LONGEST_TITLE
                and below == [""]
                and text[-1] not in ".,:;"
                and not URL.search(text)
            ):
                self.numbers["titel"] = story[first].number
                self._fill("titel", [story.pop(first)])

    def _fill(self, name: str, lines: list[Line]) -> None:
        if name == "bronnen":
            self._fill_sources(lines)
        elif values_of(name, self.collectie, self.vocabulary):
            self._fill_names(name, lines)
        elif is_list(self.collectie, name):
            self.values[name] = list(
                filter(
                    None,
                    (
                        self.rewriter.bare(part)
                        for line in lines
                        for part in re.split("[,;]", line.text)
                    ),
                )
            )
        elif text := self.rewriter.plain(lines):
            self.values[name] = self._shortened(
                _KIND_BEFORE.sub("", text)
                if name == "titel" and self._names_a_kind(text)
                else text,
                name,
            )

    def _names_a_kind(self, title: str) -> bool:
        return bool(
            (named := _KIND_BEFORE.match(title))
            and named[1].lower() in {c.enkelvoud for c in COLLECTIES.values()}
        )

    def _shortened(self, text: str, name: str) -> str:
        if name != "titel" or len(text) <= LONGEST_TITLE:
            return text
        self.rewriter.remark(
            self.numbers.get(name, WHOLE), f"de titel is ingekort: zij had {len(text)} tekens."
        )
        return text[: LONGEST_TITLE + 1].rpartition(" ")[0] or text[:LONGEST_TITLE]

    def _fill_names(self, name: str, lines: list[Line]) -> None:
        """Fill in the names that are known; where it was may be answered with a place of any
        kind.
        """
        fields = (
            (name, *(place for place in PLACES if place != name)) if name in PLACES else (name,)
        )
        known = known_names(
            [f for f in fields if f in self.collectie.model.model_fields],
            self.collectie,
            self.vocabulary,
        )
        found, unknown = pick(
            "\n".join(self.rewriter.private(line.text, line.number) for line in lines), known
        )
        for where, value in found:
            if is_list(self.collectie, where):
                self.values[where] = list(dict.fromkeys([*self.values.get(where, ()), value]))
            elif self.values.setdefault(where, value) != value:
                unknown.append(value)
        for piece in unknown:
            near = meant(piece, values_of(name, self.collectie, self.vocabulary)) or ""
            number = next((line.number for line in lines if piece in line.text), self.numbers[name])
            self.rewriter.remark(
                number,
                f"‘{self.rewriter.bare(piece)[:80]}’ is bij {name} niet herkend. {near}".strip(),
            )

    def _fill_sources(self, lines: Sequence[Line], told: bool = False) -> None:
        sources = [
            {"titel": title} | ({"url": address} if address else {})
            for title, address in dict.fromkeys(self._sources(lines, told))
        ]
        if len(sources) > MOST_SOURCES:
            self.rewriter.remark(
                lines[-1].number,
                f"er zijn {len(sources)} bronnen genoemd; de eerste {MOST_SOURCES} zijn ingevuld.",
            )
        if sources:
            self.values["bronnen"] = [*self.values.get("bronnen", ()), *sources][:MOST_SOURCES]

    def _sources(self, lines: Sequence[Line], told: bool) -> Iterator[tuple[str, str]]:
        """Give a title and an address for each source; the title stands beside the address, or on
        the line above it. `told` when the lines are part of the story, which keeps what else they
        say.
        """
        above = ""
        for line in lines:
            text, end = _IMAGE.sub("", self.rewriter.private(line.text, line.number)), 0
            links = list(_LINK.finditer(text))
            for link in links:
                before, own = self._words(text[end : link.start()], line), link[1] or ""
                named = _source_title(before, self._words(own, line), told)
                end = link.end()
                if link is links[-1] and not (named or above):
                    named, end = self._words(text[end:], line), len(text)
                if above and named:
                    yield self._named(above, line.number), ""
                yield self._source(named or above, trimmed(link[2] or link[3]), line.number)
                above = ""
            if above:
                yield self._named(above, line.number), ""
            above = "" if told and links else self._words(text[end:], line)
            if above and links:  # what stands behind an address is lost to nobody
                self.rewriter.remark(
                    line.number,
                    f"wat achter het adres staat, is een eigen bron geworden: ‘{in_short(above)}’.",
                )
                yield self._named(above, line.number), ""
                above = ""
        if above:
            yield self._named(above, lines[-1].number), ""

    def _words(self, text: str, line: Line) -> str:
        """Give the words of a piece of a line; none where they only join what stands around."""
        bare = re.sub(r"\s*\(\s*(?:zie)?\s*$|^\s*\)", "", text)
        words = self.rewriter.plain([Line(line.number, bare)]).strip(_AROUND_SOURCE)
        return "" if _JOINS.fullmatch(words) else words

    def _named(self, title: str, number: int) -> str:
        """Shorten the title of a source, and say so."""
        if len(title) <= LONGEST_NAME_OF_A_SOURCE:
            return title
        self.rewriter.remark(
            number, f"de titel van een bron is ingekort: zij had {len(title)} tekens."
        )
        return (
            title[: LONGEST_NAME_OF_A_SOURCE + 1].rpartition(" ")[0]
            or title[:LONGEST_NAME_OF_A_SOURCE]
        )

    def _source(self, title: str, address: str, number: int) -> tuple[str, str]:
        host = address.split("/")[2].rpartition("@")[2] or address
        title = self._named(title, number) or host
        if not is_https(address) or len(address) > LONGEST_ADDRESS:
            self.rewriter.remark(
                number,
                f"het adres {address[:80]} mag niet zo op een pagina. Werkt het met https://, zet "
                "het dan bij deze bron.",
            )
            return title, ""
        if other := other_host(title, address):
            self.rewriter.remark(
                number,
                f"de tekst bij deze bron noemt {other[:80]}, maar het adres leidt naar "
                f"{host[:80]}.",
            )
            return host, address
        return title, address

    def summarise(self) -> None:
        """Begin a summary with the first sentences of the text, when there is none."""
        text = next(
            (texts[0] for kop in self.collectie.koppen if (texts := self.texts.get(kop))), ""
        )
        first = next((a.text for a in parse(text, "", 1, str)[0].paragraphs), "")
        sentences = _BETWEEN_SENTENCES.split(self.rewriter.bare(first))[:2]
        while sentences and len(" ".join(sentences)) > LONGEST_SUMMARY:
            sentences.pop()
        if "samenvatting" not in self.values and (words := " ".join(sentences)):
            self.values["samenvatting"] = words
            self.rewriter.remark(
                WHOLE,
                "de samenvatting is het begin van de tekst. Staat daar in een of twee zinnen wat "
                "het is, en voor wie?",
            )

    def drop_what_is_wrong(self, given: Mapping[str, Any]) -> None:
        """Leave out each value that the check refuses, with its words; what was given is judged by
        whoever gave it.
        """
        for name, findings in wrong(self.values, self.collectie, self.vocabulary).items():
            if name not in given:
                del self.values[name]
                said = " ".join(
                    f"{finding.message} {finding.repair}".strip() for finding in findings
                )
                self.rewriter.remark(
                    self.numbers.get(name, WHOLE), f"{name} is niet ingevuld: {said}"
                )


def _source_title(before: str, named: str, told: bool) -> str:
    """Title a source by the words before a link and its own; `told` as in `_sources`."""
    if not before:
        return named
    if not named or _POINTS.fullmatch(named):
        return before
    return named if told else f"{before}: {named}"
