"""Hold what the form writes: what was not changed stays as it stood, the rest gets the one form."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from building import ROOT
from kennisplatform.content.frontmatter import read_document
from kennisplatform.model.fields import editor_fields
from kennisplatform.model.head import write_head
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.values import DUTCH_NUMBER, FRACTION, NUMBER, Getal
from redactie import bundle
from searching import Node
from test_head import TEXTS

HERE = ROOT / "tests" / "redactie"
SAID = editor_fields()
FIELDS: dict[str, dict[str, Any]] = SAID["fields"]
SITE = ROOT / "tests" / "site"
PAGES = [file for folder in COLLECTIES for file in sorted((SITE / folder).glob("*.md"))]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    """The form’s own JavaScript, with the packages it needs."""
    assert bundle()
    command: list[str | Path] = ["node", HERE / "redactie.mjs", json.dumps(SAID)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield Node(process)
        assert process.stdin
        process.stdin.close()


def changed(old: str, new: str) -> list[str]:
    """Give the lines that differ, with - or + before them."""
    lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if re.match(r"[-+](?!--|\+\+)", line)]


def filled(value: Any) -> Any:
    """Give a value as text, or lists and groups of it, without what is empty."""
    if isinstance(value, dict):
        return {name: filled(inner) for name, inner in value.items() if filled(inner)}
    if isinstance(value, list):
        return [filled(inner) for inner in value if filled(inner)]
    return "" if value is None else str(value)


def by_its_name(contact: Any) -> Any:
    """Give whom to ask as the form writes it: a group of which only the name is known is a text."""
    known = filled(contact)
    return known["naam"] if isinstance(known, dict) and [*known] == ["naam"] else contact


def as_read(entry: dict[str, Any]) -> dict[str, Any]:
    """Give fields as the check reads them: unfolded, numbers with a point, a word for its group."""
    fields = {
        name: value
        for name, value in (entry | entry.get("meer", {})).items()
        if name not in ("meer", "body", "_bestand")
    }
    if fields.get("gemeente_aantal") == {"waarde": "onbekend"}:
        fields["gemeente_aantal"] = "onbekend"
    fields["contact"] = by_its_name(fields.get("contact"))
    for figure in (figures := [dict(figure) for figure in fields.get("cijfers", [])]):
        for name in {"waarde", "tot"} & figure.keys():
            figure[name] = str(figure[name]).replace(",", ".")
    return dict(filled(fields | {"cijfers": figures}))


# The one form


def values_of(kind: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Draw what may stand in a field of the form, good or not."""
    one: st.SearchStrategy[Any] = TEXTS
    if kind.get("number"):
        numbers = st.from_regex(f"({NUMBER}|{FRACTION})", fullmatch=True)
        one = st.one_of(numbers, TEXTS).filter(lambda text: not re.fullmatch(DUTCH_NUMBER, text))
    if kind.get("typed"):
        days = ["2019", "2019-04", "2026-03-09", "2026-03-09 19:30", "6", "-0.5"]
        one = st.one_of(one, st.sampled_from(days))
    if "fields" in kind:
        one = st.fixed_dictionaries(
            {},
            optional={
                name: st.just("") | values_of(inner) for name, inner in kind["fields"].items()
            },
        )
    return st.lists(one, max_size=3) if kind.get("list") else one


def entries(collectie: Collectie) -> st.SearchStrategy[tuple[Collectie, dict[str, Any]]]:
    fields = {
        name: st.just([] if kind.get("list") else "") | values_of(kind)
        for name, kind in FIELDS.items()
        if name in collectie.model.model_fields
    }
    return st.tuples(st.just(collectie), st.fixed_dictionaries({}, optional=fields))


@settings(max_examples=150)
@given(st.sampled_from(list(COLLECTIES.values())).flatmap(entries))
def test_a_new_page_is_written_as_the_library_writes_it(
    node: Node, entry: tuple[Collectie, dict[str, Any]]
) -> None:
    collectie, fields = entry
    number = fields.get("gemeente_aantal") or {}
    meant = fields | ({"gemeente_aantal": "onbekend"} if number.get("waarde") == "onbekend" else {})
    if "contact" in meant:
        meant["contact"] = by_its_name(meant["contact"])
    written = node.ask("schrijf", pagina=fields | {"body": "## Aanpak"})
    assert written == f"---\n{write_head(meant, collectie.model)}---\n\n## Aanpak\n"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12,5", "12.5"),
        ("1.161", "1161"),
        ("1.161,5", "1161.5"),
        ("-1.161", "-1161"),
        ("0,5", "0.5"),
        ("12.345.678", "12345678"),
        ("12.5", "12.5"),
        ("1161", "1161"),
        ("1/3", "1/3"),
        (" 6 ", "6"),
    ],
)
def test_a_number_is_taken_as_the_dutch_write_it(typed: str, written: str, node: Node) -> None:
    page = node.ask("schrijf", pagina={"cijfers": [{"naam": "Raadsleden", "waarde": typed}]})
    assert page == f"---\ncijfers:\n  - {{naam: Raadsleden, waarde: {written}}}\n---\n"


@settings(max_examples=50)
@given(st.from_regex(DUTCH_NUMBER, fullmatch=True))
def test_it_becomes_what_the_check_would_propose(node: Node, typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Getal).validate_python(typed)
    proposed = refused.value.errors()[0]["ctx"]["meant"]
    written = node.ask("schrijf", pagina={"cijfers": [{"waarde": typed}]})
    assert re.findall(r'waarde: "?([-0-9.]+)', written) == [proposed.value]


# A page that is there


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_page_is_read_as_the_check_reads_it_and_written_as_it_was(file: Path, node: Node) -> None:
    text, (document, _) = file.read_text(encoding="utf-8"), read_document(file, file.name)
    assert document
    entry = node.ask("lees", bestand=text)
    assert node.ask("schrijf", pagina=entry) == text
    assert as_read(entry) == as_read(document.fields)
    assert entry["body"] == document.body.strip()


STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, "'", '"']),
        "width": st.sampled_from([20, 10_000]),
    }
)
GIVEN = st.fixed_dictionaries(
    {name: values_of(FIELDS[name]) for name in ("titel", "bronnen", "trefwoorden", "cijfers")},
    optional={"periode": values_of(FIELDS["periode"]), "contact": TEXTS},
)


# A name like 's-Gravenhage within quotes, beside brackets, is more than our own reader can tell.
@settings(max_examples=60)
@given(
    GIVEN.filter(lambda fields: "'s-" not in str(fields)),
    STYLES,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["titel", "trefwoorden", "bronnen"]),
)
def test_in_whatever_style_a_page_is_written_only_what_changed_is_different(
    node: Node, fields: dict[str, Any], style: dict[str, Any], end: str, name: str
) -> None:
    def dump(values: dict[str, Any]) -> str:
        return str(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, **style))

    text = f"---\n# Boven de titel\n{dump(fields)}# Onderaan\n---\n\nTekst\n\n".replace("\n", end)
    entry = node.ask("lees", bestand=text)
    assert as_read(entry) == as_read(fields)
    assert node.ask("schrijf", pagina=entry) == text
    entry[name] = {
        "titel": "Anders",
        "trefwoorden": [*entry["trefwoorden"], "nog een"],
        "bronnen": [*entry["bronnen"], {"titel": "Nog een"}],
    }[name]
    written = node.ask("schrijf", pagina=entry)
    again = node.ask("lees", bestand=written)
    assert (as_read(again), again["body"]) == (as_read(entry), entry["body"])
    assert ("\r\n" in written) == (end == "\r\n")
    if style["default_flow_style"] is not True:  # else all fields are one value
        others = dump({key: value for key, value in fields.items() if key != name})
        assert {"# Boven de titel", "# Onderaan", *others.splitlines()} <= set(written.splitlines())


BY_HAND = """---
titel: "Dorpsgesprek"
# Namen van de gemeente zelf
gemeente:
  - Zwolle
  # tot 2019
  - 's-Hertogenbosch
gemeente_aantal: onbekend
cijfers:
  - naam: Gesprekken
    waarde: 6.5
    # volgens het verslag
    eenheid: gesprekken
  - {naam: "Mensen", waarde: 40, eenheid: mensen}
periode:
  van: "2018"
concept: ja
# tot hier
---
Tekst
"""
TALKS = {"naam": "Gesprekken", "waarde": "6,5", "eenheid": "gesprekken"}
PEOPLE = {"naam": "Mensen", "waarde": "40", "eenheid": "mensen"}


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, []),
        ({"titel": "Gesprek"}, ['-titel: "Dorpsgesprek"', "+titel: Gesprek"]),
        ({"gemeente": ["Zwolle", "'s-Hertogenbosch", "Meppel"]}, ["+  - Meppel"]),
        ({"gemeente": ["'s-Hertogenbosch"]}, ["-  - Zwolle"]),
        ({"gemeente": ["'s-Hertogenbosch", "Zwolle"]}, ["-  - Zwolle", "+  - Zwolle"]),
        ({"gemeente": ["Meppel", "'s-Hertogenbosch"]}, ["-  - Zwolle", "+  - Meppel"]),
        (
            {"gemeente": []},
            ["+  # tot 2019", "-  - Zwolle", "-  # tot 2019", "-  - 's-Hertogenbosch"],
        ),
        (
            {"gemeente_aantal": {"waarde": "1.023", "vergelijking": "ca"}},
            ["-gemeente_aantal: onbekend", "+gemeente_aantal: {waarde: 1023, vergelijking: ca}"],
        ),
        ({"gemeente_aantal": {"waarde": "onbekend", "vergelijking": "ca"}}, []),
        (
            {"cijfers": [TALKS | {"waarde": "7,5"}, PEOPLE]},
            ["-    waarde: 6.5", "+    waarde: 7.5"],
        ),
        (
            {"cijfers": [PEOPLE, TALKS]},
            [
                '-  - {naam: "Mensen", waarde: 40, eenheid: mensen}',
                '+  - {naam: "Mensen", waarde: 40, eenheid: mensen}',
            ],
        ),
        (
            {"cijfers": [PEOPLE | {"waarde": "41", "tot": ""}]},
            [
                "-  - naam: Gesprekken",
                "-    waarde: 6.5",
                "-    eenheid: gesprekken",
                '-  - {naam: "Mensen", waarde: 40, eenheid: mensen}',
                "+  - {naam: Mensen, waarde: 41, eenheid: mensen}",
            ],
        ),
        ({"periode": {"van": "2018", "tot": "najaar 2019"}}, ["+  tot: najaar 2019"]),
        ({"periode": {"van": "", "tot": ""}}, ["-periode:", '-  van: "2018"']),
        (
            {"samenvatting": "Kort.", "status": "lopend", "meer": {"contact": "de griffie"}},
            ["+samenvatting: Kort.", "+status: lopend", "+contact: de griffie"],
        ),
        ({"concept": ""}, ["-concept: ja"]),
        ({"body": "Andere tekst"}, ["-Tekst", "+Andere tekst"]),
    ],
)
def test_one_change_changes_no_other_line(
    change: dict[str, Any], lines: list[str], node: Node
) -> None:
    entry = node.ask("lees", bestand=BY_HAND)
    assert sorted(changed(BY_HAND, node.ask("schrijf", pagina=entry | change))) == sorted(lines)


# The text: what was typed, what the box makes of it untouched, what it makes of it now


@pytest.mark.parametrize(
    ("was", "untouched", "now", "made"),
    [
        ("## Kop\nTekst", "## Kop\n\nTekst", "## Kop\n\nTekst erbij", "## Kop\nTekst erbij"),
        (
            "## Kop\nTekst",
            "## Kop\n\nTekst",
            "## Kop\n\nNieuw\n\nTekst",
            "## Kop\n\nNieuw\n\nTekst",
        ),
        (
            "Een *mooi* dorp\\_1",
            "Een _mooi_ dorp_1",
            "Een _mooi_ en dorp_1",
            "Een *mooi* en dorp\\_1",
        ),
        (
            "Een __mooi__ dorp",
            "Een **mooi** dorp",
            "Een **heel mooi** dorp",
            "Een __heel mooi__ dorp",
        ),
        ("Een *mooi* dorp", "Een _mooi_ dorp", "Een mooi dorp", "Een mooi dorp"),
        (
            "|a|b|\n|-|-|",
            "| a | b |\n| --- | --- |",
            "| a | b c |\n| --- | --- |",
            "|a|b c |\n|-|-|",
        ),
        ("* een\n* twee\n* drie", "- een\n- twee\n- drie", "- een\n- drie", "- een\n- drie"),
        ("Een\n\n\n\nTwee", "Een\n\nTwee", "Een\n\nTwee\n\nDrie", "Een\n\n\n\nTwee\n\nDrie"),
        ("Een\n\n[1]: https://a.nl", "Een", "Een en twee", "Een en twee\n\n[1]: https://a.nl"),
        ("Een &euro; 5", "Een € 5", "Een € 6", "Een &euro; 6"),
    ],
)
def test_of_a_text_only_what_was_done_to_it_is_taken(
    was: str, untouched: str, now: str, made: str, node: Node
) -> None:
    assert node.ask("voeg", was=was, onaangeraakt=untouched, nu=now) == made


LINES = st.lists(
    st.sampled_from(["## Kop", "Tekst", "- een", "- twee", "", "Nog *een* zin."]), max_size=12
).map("\n".join)


@settings(max_examples=100)
@given(LINES, LINES, LINES)
def test_a_text_nobody_touched_stays_and_one_the_box_leaves_becomes_what_is_typed(
    node: Node, one: str, two: str, three: str
) -> None:
    assert node.ask("voeg", was=one, onaangeraakt=two, nu=two) == one
    assert node.ask("voeg", was=one, onaangeraakt=one, nu=three) == three
    assert node.ask("voeg", was=one, onaangeraakt=two, nu="") in ("", one if two == "" else "")
