"""Part a text that somebody sent into answers: which lines say what.

Which question asks for what stands in the issue form itself: the id of a question is the name of a
field, or the slug of a heading that pages usually have. Names of fields and such headings are
understood by themselves too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kennisplatform.content.answers import is_list
from kennisplatform.content.intake.files import Sent
from kennisplatform.content.intake.mail import without_mail
from kennisplatform.content.intake.rewrite import RULER, Line, Remark, without_tags
from kennisplatform.model.groups import NESTED
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.text import slugify

NOWHERE = ""
"""What is asked for by what goes to no page: an agreement, or whom to call."""
NOT_SENT = {
    *NESTED,
    "datum",
    "gecontroleerd",
    "pijler_bron",
    "instrumenten",
    "gerelateerd",
    "oude_adressen",
    "concept",
} - {"bronnen"}
"""Fields that are not for a sender to fill: they are the platform's own, or would name a person."""

_HEADING = re.compile(r"\s*(?:#{1,6}\s+(.*?)[\s#]*|\*\*([^*]+)\*\*\s*(?:\(.*?\))?\s*:?\s*(.*))")
"""A heading, or bold words with an answer behind them."""
_LABELLED = re.compile(
    r"\s*(?:[-*]\s+)?([^:|]{2,60}):\s+(\S.*)|\s*\|\s*([^|]+?)\s*\|\s*(.*?)\s*\|\s*"
)
"""A name and what stands behind its colon, or in the cell beside it."""
_NOTHING = re.compile(r"\s*[_*]*(no response|none)[_*]*\s*", re.IGNORECASE)
_BOX = re.compile(r"\s*[-*]\s*\\?\[([ xX])\\?\]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of an issue form."""

    questions: Mapping[str, str]
    """What is asked for, by the slug of the question."""
    boxes: tuple[str, ...]
    """What a sender must agree with."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A text by what its lines are for: fields, headings, or NOWHERE."""

    subject: str
    """The subject of a mail."""
    answers: list[tuple[str, list[Line]]]
    """What stands before any question comes first, as part of the story."""
    unticked: list[str]
    remarks: list[Remark]


def read_form(file: Path) -> Form:
    """Read the questions of an issue form of GitHub."""
    parts = [
        part for part in yaml.safe_load(file.read_text(encoding="utf-8"))["body"] if "id" in part
    ]
    return Form(
        {slugify(part["attributes"]["label"]): part["id"] for part in parts},
        tuple(
            option["label"]
            for part in parts
            if part["type"] == "checkboxes"
            for option in part["attributes"]["options"]
        ),
    )


def part(source: Sent, form: Form, collectie: Collectie) -> Parts:
    """Part a text; what is a mail loses its heads, its signature and other mails first."""
    asking = _Asking(form, collectie)
    lines, subject, remarks = without_mail(
        source.lines, {line.number for line in source.lines if asking.what(line.text, headed=True)}
    )
    lines, unticked = _without_boxes(lines, form)
    headed = [
        line
        for line in lines
        if (asked := asking.what(line.text, headed=True)) and asked[0] not in collectie.koppen
    ]
    if (
        headed
        and slugify(headed[0].text.strip(" #*")) in form.questions
        and without_tags("\n".join(line.text for line in lines[: lines.index(headed[0])])).strip()
    ):
        lines = lines[lines.index(headed[0]) :]
        remarks.append(Remark(headed[0].number, "wat voor deze vraag staat, is weggelaten."))
    return Parts(source.titel or subject, asking.answers(lines, bool(headed)), unticked, remarks)


def _without_boxes(lines: Sequence[Line], form: Form) -> tuple[list[Line], list[str]]:
    """Take out what a sender must agree with, and give what she has not ticked."""
    wanted = {slugify(label): label for label in form.boxes}
    boxes = {
        line: box
        for line in lines
        if (box := _BOX.fullmatch(line.text)) and slugify(box[2]) in wanted
    }
    ticked = {slugify(box[2]) for box in boxes.values() if box[1] != " "}
    return [line for line in lines if line not in boxes], [
        label for slug, label in wanted.items() if slug not in ticked
    ]


class _Asking:
    """What the questions and names in a text ask for, when it is about a page of one collection."""

    def __init__(self, form: Form, collectie: Collectie) -> None:
        fields, koppen = (
            collectie.model.model_fields,
            {slugify(kop): kop for kop in collectie.koppen},
        )
        usual = {slugify(kop) for c in COLLECTIES.values() for kop in c.koppen}
        self.story = collectie.verhaal
        self.several = {name for name in fields if is_list(collectie, name)}
        self.questions = {
            question: asked
            if asked in fields
            else koppen.get(asked, self.story if asked in usual else NOWHERE)
            for question, asked in form.questions.items()
        }
        self.targets = (
            {name: name for name in fields if name not in NOT_SENT}
            | {"contact": NOWHERE}
            | koppen
            | self.questions
        )

    def what(self, text: str, headed: bool) -> tuple[str, str] | None:
        """Tell what a line asks for, with the answer if that stands behind it; `headed` when only
        headings and bold words ask.
        """
        if found := _HEADING.fullmatch(text):
            asked, answer = self.targets.get(slugify(found[1] or found[2] or "")), found[3]
        elif slugify(text) in self.questions:
            asked, answer = self.questions[slugify(text)], ""
        elif not headed and (found := _LABELLED.fullmatch(text)):
            asked, answer = self.targets.get(slugify(found[1] or found[3])), found[2] or found[4]
        else:
            return None
        return None if asked is None else (asked, answer or "")

    def answers(self, lines: Sequence[Line], headed: bool) -> list[tuple[str, list[Line]]]:
        """Give each answer with what it is for; one on the line of its question ends there, and a
        list at an empty line.
        """
        answers: list[tuple[str, list[Line]]] = [(self.story, [])]
        back, above = "", ""
        for line in lines:
            ruled, above = RULER.fullmatch(line.text) and self.what(above, headed), line.text
            if asked := self.what(line.text, headed):
                back = back or answers[-1][0] if asked[1] and not headed else ""
                answers.append((asked[0], [Line(line.number, asked[1])]))
                if not back or asked[0] in self.several:
                    continue
            elif not back or line.text.strip():
                answers[-1][1].extend([] if ruled or _NOTHING.fullmatch(line.text) else [line])
                continue
            answers.append((back, []))
            back = ""
        return answers
