"""Ask an editor for what a page needs, a field at a time, until each answer is right; what was
typed is kept whatever happens.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from concept import Concept
from kennisplatform.content.answers import is_list, known_names, pick, values_of, wrong
from kennisplatform.content.copies import STOPS
from kennisplatform.content.intake.rewrite import trimmed
from kennisplatform.loading import read_settings
from kennisplatform.model.findings import Finding
from kennisplatform.model.schema import Collectie
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.publish.formats import openable

with suppress(
    ImportError
):  # not every Python has it; once it is there, input() uses it when it asks at a terminal
    import readline

NUMBER, SOURCES = "gemeente_aantal", "bronnen"
MOST_CHOICES = 20
"""Names that are shown, to choose from by number."""
_ADDRESS = re.compile(r"\s*\(?(https?://\S+)")
_NUMBER = re.compile(r"(?<![^\s,;])[0-9]{1,2}(?![^\s,;])")


class Stopped(BaseException):
    """Somebody stops before the end; `number` is that of the signal that says so, `typed` what she
    had typed of an answer.
    """

    def __init__(self, number: int, typed: str = "") -> None:
        super().__init__(number)
        self.number, self.typed = number, typed


@contextmanager
def stoppable() -> Iterator[None]:
    """Hear of Ctrl-C, of a process that is ended and of a terminal that is closed."""

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def answer() -> str:
    """Read one line."""
    try:
        return input("> ").strip()
    except EOFError:  # Ctrl-D
        raise Stopped(signal.SIGINT) from None
    except Stopped as stopped:
        raise Stopped(
            stopped.number, readline.get_line_buffer().strip() if "readline" in globals() else ""
        ) from None


def understood(
    name: str, typed: Iterable[str], collectie: Collectie, vocabulary: Vocabulary
) -> Any:
    """Give a value as it stands in a file: names as the vocabulary has them, lists as lists, a
    number of municipalities as a group.
    """
    text = "\n".join(typed).strip()
    if name == NUMBER:
        return text if text == "onbekend" else {"waarde": text}
    if name == SOURCES:
        return [_source(line) for line in text.split("\n")]
    many = is_list(collectie, name)
    if values_of(name, collectie, vocabulary):
        found, unknown = pick(text, known_names((name,), collectie, vocabulary))
        if many:
            return [value for _, value in found] + unknown
        return found[0][1] if len(found) == 1 and not unknown else text
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()] if many else text


def _source(typed: str) -> dict[str, str]:
    """Part the title of a source from its address."""
    found = _ADDRESS.search(typed)
    if not found:
        return {"titel": typed}
    address = trimmed(found[1])
    before, after = typed[: found.start()], typed[found.start(1) + len(address) :]
    title = before + (after.removeprefix(")") if "(" in found[0] else after)
    title = " ".join(re.sub(r"\s*\(\s*(zie)?\s*\)", "", title).split())
    return {"titel": title.strip(" :,.;") or typed, "url": address}


def said(findings: Iterable[Finding]) -> str:
    """Word what is wrong as scripts/check does."""
    site = read_settings().site_url
    return "\n".join(
        openable(f"{finding.message} {finding.repair}".strip(), site) for finding in findings
    )


@dataclass
class Questions:
    """Asks for fields of a page, and puts each answer in it as it comes, right or wrong, so that
    nothing is lost.
    """

    page: Concept

    def title(self) -> None:
        """Settle the title and the name of the file, before anything else is asked."""
        page = self.page
        while not page.naam:
            if not page.values.get("titel") or self._problems("titel"):
                self.field("titel", True)
            if trouble := page.trouble_with(page.usual_name):
                free = page.free(page.usual_name) if page.usual_name else ""
                print(
                    trouble
                    + (
                        f" Geef een andere titel, of druk op Enter: dan heet het bestand {free}.md."
                        if free
                        else ""
                    )
                )
                try:
                    typed = answer()
                except Stopped as stopped:
                    page.values["titel"] = stopped.typed or page.values["titel"]
                    raise
                if typed:
                    page.values["titel"] = typed
                else:
                    page.naam = free
            else:
                page.naam = page.usual_name

    def rest(self) -> None:
        """Ask for what is needed and not given, and for what most pages have, which may stay
        empty; of the fields of which one is enough, for the next as long as none is there.
        """
        page, model = self.page, self.page.collectie.model
        for name in ("samenvatting", "aandachtsveld", *page.collectie.vragen):
            if name not in page.values and not (
                name in model.een_van and page.values.keys() & set(model.een_van)
            ):
                self.field(
                    name, model.model_fields[name].is_required() or name in model.een_van[-1:]
                )
        if SOURCES not in page.values:
            self.field(
                SOURCES,
                False,
                "Uit welke bron komt dit? Geef de titel, en het adres als dat er is.",
            )

    def wrong(self) -> None:
        """Ask anew for what was given and is wrong."""
        for name, findings in wrong(
            self.page.values, self.page.collectie, self.page.vocabulary
        ).items():
            print(f"\n{said(findings)}")
            self.field(name, self.page.collectie.model.model_fields[name].is_required())

    def field(self, name: str, needed: bool, question: str = "") -> None:
        """Ask for one field until the answer is right; one that is not needed may stay empty."""
        collectie = self.page.collectie
        names = (
            values_of(name, collectie, self.page.vocabulary)
            if name not in (NUMBER, SOURCES)
            else ()
        )
        shown = names if len(names) <= MOST_CHOICES else ()
        many = name != SOURCES and is_list(collectie, name)
        hints = (
            shown and "kies een nummer of een naam",
            many and "meer met komma’s ertussen",
            not needed and "Enter: sla over",
        )
        how = ", ".join(hint for hint in hints if hint)
        print(f"\n{question or f'{name}: {collectie.model.model_fields[name].description}'}")
        print(
            "".join(f"  {number:2} {value}\n" for number, value in enumerate(shown, 1))
            + (f"({how})\n" if how else ""),
            end="",
        )
        while True:
            try:
                typed = answer()
            except Stopped as stopped:
                self._keep(name, stopped.typed, shown)
                raise
            self._keep(name, typed, shown)
            if not typed and not needed:
                self.page.values.pop(name, None)
            if not typed and needed:
                print(f"{name} is nodig.")
            elif problems := self._problems(name):
                print(said(problems))
            else:
                return

    def _problems(self, name: str) -> list[Finding]:
        return wrong(self.page.values, self.page.collectie, self.page.vocabulary).get(name, [])

    def _keep(self, name: str, typed: str, shown: tuple[str, ...]) -> None:
        """Note an answer; where names are shown to choose from, a number is a name."""

        def chosen(found: re.Match[str]) -> str:
            return (
                f"\n{shown[int(found[0]) - 1]}\n" if 0 < int(found[0]) <= len(shown) else found[0]
            )

        if typed:
            self.page.values[name] = understood(
                name,
                [_NUMBER.sub(chosen, typed) if shown else typed],
                self.page.collectie,
                self.page.vocabulary,
            )
