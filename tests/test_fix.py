"""Hold what scripts/fix does: every certain repair and no other, the one form, and files that stay
whole whatever happens.
"""

from __future__ import annotations

import re
import resource
import signal
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest
import yaml
from hypothesis import event, given
from hypothesis import strategies as st

from building import CONTENT, ROOT, SITE, environment, files, part_of_the_examples
from kennisplatform import cli
from kennisplatform.content.copies import applied
from kennisplatform.content.docs import check_docs, read_docs
from kennisplatform.content.fixes import filled, in_form
from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.load import load_library
from kennisplatform.content.markup import parse
from kennisplatform.content.validation import read_fields
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.loading import CACHE
from kennisplatform.model.findings import Finding, Fix
from kennisplatform.model.library import Body
from kennisplatform.model.schema import COLLECTIES, FIELDS, Velden
from kennisplatform.model.text import composed

VOCABULARY = load_vocabulary(SITE / "vocabulary", "vocabulary")[0]
PAGES = {
    "instrumenten": {"kaart", "right-to-challenge"},
    "gerelateerd": {"kaart", "right-to-challenge", "wijkraad"},
}
GOOD = {
    "titel": "Proef",
    "samenvatting": "Kort.",
    "aandachtsveld": f"[{VOCABULARY.aandachtsvelden[0].naam}]",
    "datum": "2026-11-24",
    "gemeente": "[Polderstad]",
    "status": "lopend",
}
FIGURE = "{naam: Deel, waarde: 6, eenheid: procent, peildatum: 2024, bron: rapport}"
TOLD_OTHERWISE = {
    "onzichtbaar-teken",
    "tab",
    "dubbel-veld",
    "dubbele-waarde",
    "regeleinde-in-veld",
    "tekst-na-hekje",
    "jaar-ontbreekt",
}
"""Findings that say what to do in other words than what to type."""


def page(lines: str = "", body: str = "Tekst.") -> str:
    """Make a page of which these lines take the place of the fields they name."""
    named = {
        re.sub(r"[^a-z]", "", name.lower())
        for name in re.findall(r"^[^\w\n]?([\w -]+?)\s*:", lines, re.MULTILINE)
    }
    head = [f"{name}: {value}" for name, value in GOOD.items() if name not in named]
    return "\n".join(["---", *head, *([lines] if lines else []), "---", "", body, ""])


def judge(
    file: Path, text: str, folder: str = "practices"
) -> tuple[Document | None, Velden | None, list[Finding]]:
    """Check one page as the library does, but for what only other files tell; every repair must be
    where it says.
    """
    file.write_bytes(text.encode())
    document, findings = read_document(file, "a.md")
    fields = None
    if document is not None:
        fields, wrong = read_fields(document, COLLECTIES[folder], VOCABULARY, PAGES)
        findings = (
            findings
            + wrong
            + parse(document.body, "a.md", document.body_line, str, source=document.text)[1]
        )
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    for fix in (f.fix for f in findings if f.fix):
        assert "\n".join([lines[fix.line - 1][fix.column - 1 :], *lines[fix.line :]]).startswith(
            fix.old
        ), fix
    return document, fields, findings


def repaired(file: Path, text: str, folder: str = "practices") -> tuple[str, list[Finding]]:
    """Carry out certain repairs until there are none; also give what is left."""
    for _ in range(20):
        findings = judge(file, text, folder)[2]
        text, done = applied(text, [f.fix for f in findings if f.fix and f.fix.certain])
        if not done:
            return text, findings
    raise AssertionError("there is no end to the repairs")


CERTAIN = [
    # dates
    *(
        (f"datum: {typed}", "datum: 2026-03-09")
        for typed in (
            "9-3-2026",
            "09-03-2026",
            "9.3.2026",
            "9 maart 2026",
            "9 mrt 2026",
            '"maandag 9 maart 2026"',
            "2026-3-9",
            "2026/03/09",
            "[2026-03-09]",
            "2026-03-09 10:00",
            "2026-03-09T10:00:00.000",
        )
    ),
    ("datum: 24/3/2026", "datum: 2026-03-24"),
    # numbers
    (
        f"cijfers:\n  - {FIGURE.replace('6', '12,5', 1)}",
        f"cijfers:\n  - {FIGURE.replace('6', '12.5', 1)}",
    ),
    (
        f"cijfers:\n  - {FIGURE.replace('6', '0,125', 1)}",
        f"cijfers:\n  - {FIGURE.replace('6', '0.125', 1)}",
    ),
    (
        "cijfers:\n  - naam: Deel\n    waarde: 12,5\n    eenheid: procent\n    peildatum: 2024\n  "
        "  bron: rapport",
        "cijfers:\n  - naam: Deel\n    waarde: 12.5\n    eenheid: procent\n    peildatum: 2024\n  "
        "  bron: rapport",
    ),
    (
        f"cijfers:\n  - {FIGURE.replace('6', '1.161.000', 1)}",
        f"cijfers:\n  - {FIGURE.replace('6', '1161000', 1)}",
    ),
    (
        f"cijfers:\n  - {FIGURE.replace('6', '-12,5', 1)}",
        f"cijfers:\n  - {FIGURE.replace('6', '-12.5', 1)}",
    ),
    ("gemeente_aantal: {waarde: 1.161}", "gemeente_aantal: {waarde: 1161}"),
    # names of fields
    ("Titel: Proef", "titel: Proef"),
    ("TITEL: Proef", "titel: Proef"),
    ("gemeente aantal: onbekend", "gemeente_aantal: onbekend"),
    ("gemeente-aantal: onbekend", "gemeente_aantal: onbekend"),
    (f"cijfers:\n  - {FIGURE.replace('peildatum', 'Peil datum')}", f"cijfers:\n  - {FIGURE}"),
    # text where a list belongs
    ("gemeente: Polderstad", "gemeente: [Polderstad]"),
    ("gemeente: polderstad", "gemeente: [Polderstad]"),
    ("gemeente: Polderstad, Duinrecht", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente: Polderstad en Duinrecht", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente: Brink, Brug en Broek", 'gemeente: ["Brink, Brug en Broek"]'),
    ("gemeente: Polderstad]", "gemeente: [Polderstad]"),
    ("gemeente: [Polderstad, Duinrecht,", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente: [Polderstad; Duinrecht]", "gemeente: [Polderstad, Duinrecht]"),
    ("trefwoorden: begroting; wijk", "trefwoorden: [begroting, wijk]"),
    ("trefwoorden: begroting, wijk", "trefwoorden: [begroting, wijk]"),
    ("trefwoorden: |\n  raad en college\n  wijk", "trefwoorden: [raad en college, wijk]"),
    ("trefwoorden:\n  -wijk\n  -buurt", "trefwoorden:\n  [wijk, buurt]"),
    ("instrumenten: kaart right-to-challenge", "instrumenten: [kaart, right-to-challenge]"),
    ("gemeente: Polderstad - Duinrecht", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente: {Polderstad, Duinrecht}", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente:\n  Polderstad:\n  Duinrecht:", "gemeente:\n  [Polderstad, Duinrecht]"),
    ("gemeente: Polderstad\n  Duinrecht", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente: - Polderstad", "gemeente:\n  - Polderstad"),
    ("gemeente: - Polderstad\n- Duinrecht", "gemeente:\n- Polderstad\n- Duinrecht"),
    ("trefwoorden: - wijk\n    - buurt", "trefwoorden:\n    - wijk\n    - buurt"),
    # other shapes
    ("bronnen: Verslag", "bronnen: [{titel: Verslag}]"),
    ("bronnen:\n  - Verslag\n  - Nota", "bronnen:\n  - {titel: Verslag}\n  - {titel: Nota}"),
    ("bronnen: {titel: Verslag}", "bronnen: [{titel: Verslag}]"),
    ("gemeente_aantal: 23", "gemeente_aantal: {waarde: 23}"),
    *(
        (f"gemeente_aantal: {typed}", "gemeente_aantal: {waarde: 1200}")
        for typed in ("1.200", "{1200}", "'1200'")
    ),
    *(
        (f"gemeente_aantal: {typed}", 'gemeente_aantal: {waarde: 20, vergelijking: ">"}')
        for typed in ("meer dan 20", '">20"', "Meer dan 20")
    ),
    *(
        (f"periode: {typed}", "periode: {van: 2018, tot: 2019}")
        for typed in (
            "2018-2019",
            "2018 tot 2019",
            "van 2018 tot en met 2019",
            "[2018, 2019]",
            "{van 2018, tot 2019}",
        )
    ),
    ("status: [lopend]", "status: lopend"),
    ("trefwoorden: [Doel: samen, wijk]", 'trefwoorden: ["Doel: samen", wijk]'),
    ("titel: |\n  Een\n  titel", "titel: Een titel"),
    ("gemeente: [Polderstad, Duinrecht, Polderstad]", "gemeente: [Polderstad, Duinrecht]"),
    ("provincie: [Friesland, Utrecht, Fryslân]", "provincie: [Friesland, Utrecht]"),
    ("trefwoorden:\n  - wijk\n  - buurt\n  - wijk", "trefwoorden:\n  - wijk\n  - buurt"),
    ("titel: Proef\ntitel: Proef", "titel: Proef"),
    ("gemeente: [Polderstad | Duinrecht]", "gemeente: [Polderstad, Duinrecht]"),
    ("trefwoorden: [begroting; wijk, buurt]", "trefwoorden: [begroting, wijk, buurt]"),
    ("trefwoorden: begroting | wijk", "trefwoorden: [begroting, wijk]"),
    # names
    *(
        (f"gemeente: {typed}", "gemeente: [Polderstad]")
        for typed in (
            "[polderstad]",
            "[POLDERSTAD]",
            "[‘Polderstad’]",
            '["“Polderstad”"]',
            "[Gemeente Polderstad]",
            "[polderstad, Polderstad]",
        )
    ),
    ("gemeente: [den-beek]", "gemeente: [Den Beek]"),
    ("gemeente: [s Heerenbeek]", 'gemeente: ["\'s-Heerenbeek"]'),
    (
        "gemeente: Brink, Brug en Broek, Polderstad",
        'gemeente: ["Brink, Brug en Broek", Polderstad]',
    ),
    ("gemeente: [Brink, Brug en Broek]", 'gemeente: ["Brink, Brug en Broek"]'),
    ("provincie: [noord holland, Provincie Utrecht]", "provincie: [Noord-Holland, Utrecht]"),
    ("organisatie: [bsd]", "organisatie: [BSD]"),
    (
        "organisatie: [Bond van Samenwerkende Dorpen (BSD)]",
        "organisatie: [Bond van Samenwerkende Dorpen]",
    ),
    ("status: Lopend", "status: lopend"),
    ('status: "lopend."', "status: lopend"),
    ("bewijs: geëvalueerd", "bewijs: geevalueerd"),
    ("soort: Buurt-proef", "soort: buurtproef"),
    *(
        (f"instrumenten: [{typed}]", "instrumenten: [right-to-challenge]")
        for typed in (
            "right-to-challenge.md",
            "../instruments/right-to-challenge.md",
            "/instrumenten/right-to-challenge/",
            "Right to Challenge",
            "right_to_challenge",
        )
    ),
    ("oude_adressen: [praktijken/oud]", "oude_adressen: [/praktijken/oud/]"),
    # addresses
    *(
        (
            f"bronnen:\n  - {{titel: Nota, url: {typed}}}",
            "bronnen:\n  - {titel: Nota, url: https://www.a.nl/x}",
        )
        for typed in (
            "www.a.nl/x",
            "http://www.a.nl/x",
            "https//www.a.nl/x",
            "https:/www.a.nl/x",
            "//www.a.nl/x",
            "<https://www.a.nl/x>",
        )
    ),
    # signs of YAML
    ("titel: Doel: samen", 'titel: "Doel: samen"'),
    ('titel: Raad & college: "samen"', "titel: 'Raad & college: \"samen\"'"),
    ('titel: \'t Gooi: "samen"', 'titel: "\'t Gooi: \\"samen\\""'),
    ('titel: "Samen" werken', "titel: '\"Samen\" werken'"),
    ("titel: [Concept] Proef", 'titel: "[Concept] Proef"'),
    *(
        (f"titel: {typed}", f'titel: "{typed}"')
        for typed in ("@home", "%5", "`code`", "*ster* erbij")
    ),
    ("titel:Proef", "titel: Proef"),
    ("titel:Proef\nsoort: buurtproef", "titel: Proef\nsoort: buurtproef"),
    *(
        (
            f"bronnen:\n  - {{titel: {typed}, kop: Inleiding}}",
            f'bronnen:\n  - {{titel: "{typed}", kop: Inleiding}}',
        )
        for typed in ("Nota: een, en ook: twee", "Nota, deel 2", "Nota, deel 2, blz. 3", "@nota")
    ),
    (
        "gemeente_aantal: {waarde: 6, vergelijking: >}",
        'gemeente_aantal: {waarde: 6, vergelijking: ">"}',
    ),
    (
        "overgenomen_door:\n  - {gemeente: 's-Heerenbeek, jaar: 2019, bron: nota}",
        'overgenomen_door:\n  - {gemeente: "\'s-Heerenbeek", jaar: 2019, bron: nota}',
    ),
    *(
        (
            f"gemeente_aantal:\n  vergelijking: {typed}\n  waarde: 5",
            f"gemeente_aantal:\n  vergelijking: {meant}\n  waarde: 5",
        )
        for typed, meant in (
            (">", '">"'),
            (">=", "≥"),
            ('"<="', "≤"),
            ("meer dan", '">"'),
            ("circa", "ca"),
        )
    ),
    ("periode: {van: 2018, tot: 2019", "periode: {van: 2018, tot: 2019}"),
    (
        "bronnen:\n  - {titel: A, kop: x\n  - {titel: B}",
        "bronnen:\n  - {titel: A, kop: x}\n  - {titel: B}",
    ),
    ("trefwoorden: [@thuis, `x`]", 'trefwoorden: ["@thuis", "`x`"]'),
    ("contact: > 5 keer", 'contact: "> 5 keer"'),
    ("periode:\n  van: 2018\n   tot: 2019", "periode:\n  van: 2018\n  tot: 2019"),
    ("periode: {van:2018, tot:2019}", "periode: {van: 2018, tot: 2019}"),
    ("contact= de griffie", "contact: de griffie"),
    ("soort = buurtproef", "soort: buurtproef"),
    # signs that nobody sees
    ("titel:\u00a0Proef", "titel: Proef"),
    ("titel\u00a0: Proef", "titel : Proef"),
    ("\u00a0titel: Proef", "titel: Proef"),
    (
        "gemeente:\n  -\u00a0Polderstad\n  -\u2003Duinrecht",
        "gemeente:\n  - Polderstad\n  - Duinrecht",
    ),
    ("periode: {van:\u00a02018,\u00a0tot: 2019}", "periode: {van: 2018, tot: 2019}"),
    ("titel: Ge\u200emeen\u200fte", "titel: Gemeente"),
    ("gemeente: [Polderstad, duin\u00adrecht\u200b]", "gemeente: [Polderstad, Duinrecht]"),
    ("gemeente:\n\t- Polderstad\n\t- Duinrecht", "gemeente:\n  - Polderstad\n  - Duinrecht"),
    ("gemeente:\n    - Polderstad\n\t- Duinrecht", "gemeente:\n    - Polderstad\n    - Duinrecht"),
    (
        "bronnen:\n\t-\ttitel: Nota\n\t\tkop: Inleiding\n\t-\ttitel: Verslag",
        "bronnen:\n  - titel: Nota\n    kop: Inleiding\n  - titel: Verslag",
    ),
]
MEETING = [
    *(
        (f"begin: {typed}", "begin: 2026-03-09 19:30")
        for typed in (
            "9-3-2026 19.30 uur",
            "9 maart 2026, 19:30 uur",
            "2026-03-09 19u30",
            "ma 9 mrt 2026 om 19.30",
        )
    ),
    ("begin: 2026-03-09T18:30:00.000Z", "begin: 2026-03-09 19:30"),
    ("begin: 2026-03-09 24:00", "begin: 2026-03-10 00:00"),
    ("begin: 9 maart 2026", "begin: 2026-03-09"),
    ("aanmelden: www.a.nl", "aanmelden: https://www.a.nl"),
]


@pytest.mark.parametrize(("typed", "meant"), CERTAIN)
def test_what_can_mean_one_thing_is_repaired(typed: str, meant: str, tmp_path: Path) -> None:
    assert repaired(tmp_path / "a.md", page(typed)) == (page(typed).replace(typed, meant), [])


@pytest.mark.parametrize(("typed", "meant"), MEETING)
def test_what_can_mean_one_thing_of_a_meeting_is_repaired(
    typed: str, meant: str, tmp_path: Path
) -> None:
    assert repaired(tmp_path / "a.md", page(typed), "events") == (
        page(typed).replace(typed, meant),
        [],
    )


LIKELY = [
    ("datum: 9/3/2026", "2026-03-09"),  # or 3 September
    ("datum: 09-03-26", "2026-03-09"),
    *((f"datum: {day}", "2026-11-30") for day in ("11-30-2026", "11/30/2026", "nov. 30, 2026")),
    ("datum: 2026/30/11", "2026-11-30"),
    ("datum: 2026-03-09T23:30:00.000Z", "2026-03-10"),  # as it is here
    (f"cijfers:\n  - {FIGURE.replace('6', '1.161', 1)}", "1161"),  # or a little more than one
    (f"cijfers:\n  - {FIGURE.replace('6', '12,500', 1)}", "12500"),
    ("kostn: gratis", "kosten"),
    ("gemeente: [Poldersta]", "Polderstad"),
    ("gemeente: [Polderstad?]", "Polderstad"),
    ("status: afgrond", "afgerond"),
    ("trefwoorden: wonen, zorg en welzijn", "[wonen, zorg en welzijn]"),
    ("trefwoorden: raad en college", "[raad en college]"),
    ("trefwoorden: wijk - geld", "[wijk, geld]"),
    ("trefwoorden: sociale samenhang / wonen", "[sociale samenhang, wonen]"),
    ("trefwoorden: wijk\n  geld", "[wijk, geld]"),
    ("trefwoorden: * wijk", '"* wijk"'),
    ("trefwoorden: [wijk, {geld}]", "geld"),
    ("trefwoorden:\n  - wijk:\n  - geld", "wijk"),
    ("gemeente: Meerdijk en Duinrecht", "[Meerdijk, Duinrecht]"),
    ("bronnen: Nota, Verslag", '[{titel: "Nota, Verslag"}]'),
    ("bronnen:\n  - Nota over de wijk:", "{titel: Nota over de wijk}"),
    ("bronnen:\n  - {Nota over de wijk}", "{titel: Nota over de wijk}"),
    ("bronnen:\n  - titel Nota", "{titel: Nota}"),
    ('bronnen:\n  - {titel: "Nota", "deel 2", kop: x}', '"Nota, deel 2"'),
    ("bronnen:\n  - {titel: Nota url: https://a.nl/x}", ", "),
    ("bronnen:\n  - titel: Nota kop: Inleiding", "\n    "),
    (f"cijfers:\n  - {FIGURE.replace('2024,', '2024')}", ", "),
    (f"cijfers:\n  - {FIGURE.replace('waarde:', 'waarde')}", "waarde: 6"),
    ("titel: Proef soort: buurtproef", "\n"),
    ("periode: {van: 2018; tot: 2019}", ", "),
    ("bronnen:\n  - titel: Nota, kop: Inleiding", "\n    "),
    ("bronnen:\n  Nota: https://a.nl/x", "[{titel: Nota, url: https://a.nl/x}]"),
    ('trefwoorden: "wijk" "buurt"', '\'"wijk" "buurt"\''),
    (f"cijfers:\n  - {FIGURE.replace('6', '12, 5', 1)}", "12.5"),
    ("titel: {Proef}", "Proef"),
    ("status: {lopend}", "lopend"),
    ("datum: {2026-11-24}", "2026-11-24"),
    ("datum: 2026-24-11", "2026-11-24"),
    ("datum: zondag 24 november 2026", "2026-11-24"),  # it is a Tuesday
    ("contact de griffie", "contact: de griffie"),
    ("contact: -", '"-"'),  # or nothing
    *(
        (f"{before}contact: de griffie", "contact: de griffie")
        for before in ("\t", " \t", "\t ", "  ")
    ),
    ("gemeente_aantal: vijf", "{waarde: 5}"),
    ("gemeente_aantal: één", "{waarde: 1}"),
    ("gemeente_aantal: twaalf gemeenten", "{waarde: 12}"),
    ("gemeente_aantal: 23 gemeenten", "{waarde: 23}"),
    ("periode: vanaf 2019", "{van: 2019}"),
    *((f"periode: 2019{end}", "{van: 2019}") for end in ("-heden", " tot nu", " t/m nog bezig")),
    *((f"periode: 2019{sign}21", "{van: 2019, tot: 2021}") for sign in "-–/"),
    ("periode: {van: 2019, tot: heden}", ""),
    ("periode:\n  van: 2019\n  tot: nu", ""),
    *((f"cijfers:\n  - {FIGURE.replace('6', typed, 1)}", "6") for typed in ("6%", "€ 6", "ruim 6")),
    (f"cijfers:\n  - {FIGURE.replace('6', '6,5 procent', 1)}", "6.5"),
    ("trefwoorden: [a, b\n  c", "]"),
    ("contact: - de griffie", '"- de griffie"'),
    ("provincie: [Brabant]", "Noord-Brabant"),
    ("instrumenten: [rigt-to-challenge.md]", "right-to-challenge"),
    ("bronnen:\n  - {titel: Nota, url: a.nl/x}", "https://a.nl/x"),
    ("bronnen:\n  - {titel: Nota, url: https://a.nl/x y.pdf}", "https://a.nl/x%20y.pdf"),
    ("periode: najaar 2019", "{van: najaar 2019, tot: najaar 2019}"),
    ("titel: Proef #1", '"Proef #1"'),  # or a remark
    ("titel: [Open", "[Open]"),
    ("oude_adressen: [oud]", "/oud/"),  # or /praktijken/oud/
    ('titel: "Proef', '"Proef"'),
    ("titel: Pro\u202eef", ""),  # whoever sees text run the other way meant something else
]
NOBODY_KNOWS = [
    "datum: 2026-02-30",
    "datum: maart 2026",
    "datum: 2026-11-24\ufb00",
    "titel: Een\ntitel: Twee",
    "gemeente: [Meerdijk]",
    "titel:",
    "titel: &a Proef",
    "titel: <b>Proef</b>",
    "oude_adressen: [/praktijken/Oud/]",
    "samenvatting: Dit is\n  een: lange",
    "periode: {van: 2019, tot: 2018}",
    "contact: ! x",
    "van 2018:",
    "Inwoners beslissen zelf:",
    "periode:\nvan: 2018\ntot: 2019",
    "gemeente_aantal: veel",
    "gemeente: [Friesland]",  # a province
    "gemeente: {a: b}",
    "gemeente: [Polderstad, {a: b}]",
]


@pytest.mark.parametrize(("typed", "offered"), LIKELY)
def test_what_is_only_likely_is_offered_and_never_written(
    typed: str, offered: str, tmp_path: Path
) -> None:
    text, left = repaired(tmp_path / "a.md", page(typed))
    assert text == page(typed)
    assert offered in [f.fix.new for f in left if f.fix and not f.fix.certain]


@pytest.mark.parametrize("typed", NOBODY_KNOWS)
def test_what_nobody_can_know_has_no_repair_as_data(typed: str, tmp_path: Path) -> None:
    findings = judge(tmp_path / "a.md", page(typed))[2]
    assert findings
    assert [f.fix for f in findings if f.fix] == []


@pytest.mark.parametrize("typed", [line for line, _ in (*CERTAIN, *LIKELY)])
def test_the_words_of_a_repair_say_what_its_data_say(typed: str, tmp_path: Path) -> None:
    for finding in judge(tmp_path / "a.md", page(typed))[2]:
        if (
            finding.fix
            and finding.code not in TOLD_OTHERWISE
            and "Begin elk stuk" not in finding.repair
        ):
            assert finding.fix.new.strip() in finding.repair, finding
            assert ("aanhalingstekens" in finding.repair) == (finding.fix.new[0] in "\"'"), finding


def test_repairs_of_one_line_go_together_and_a_wrong_place_is_left() -> None:
    fixes = [
        Fix(2, 1, "Een", "een"),
        Fix(2, 5, "twee", "2"),
        Fix(2, 5, "twee", "2"),
        Fix(2, 6, "wee", "drie"),
        Fix(1, 1, "niet", "wel"),
        Fix(9, 1, "x", "y"),
        Fix(2, 10, "drie\nvier", "drie\n\nvier"),
    ]
    text, done = applied("\ufeffkop\r\nEen twee drie\r\nvier\r\n", fixes)
    assert text == "\ufeffkop\r\neen 2 drie\r\n\r\nvier\r\n"
    assert len(done) == 3


def test_a_repair_stands_where_the_file_has_other_signs_than_are_checked(tmp_path: Path) -> None:
    """A Mac writes é as e with an accent, and Word leaves hyphens that nobody sees."""
    typed = "contact: één\u00adtwéé\nstatus: lo\u00adpénd\ngemeente: [s\u00adúdermar, Duinrecht]"
    text = unicodedata.normalize("NFD", page(typed, "Één [zin](www.a.nl/é)\u00ad."))
    mended, left = repaired(tmp_path / "a.md", text)
    assert "gemeente: [Súdermar, Duinrecht]" in mended
    assert unicodedata.normalize("NFD", "contact: één\u00adtwéé\n") in mended
    assert "status: lopend" in mended
    assert left == []


# ---- the one form

HEAD = """---
# Over de titel
titel:   'Een titel'


gemeente:
  - Polderstad
  - "Duinrecht"   # later
datum: "2026-11-24"
bronnen:
  - titel: "Nota"
    kop:
  # de tweede
  - {url: https://a.nl/x?y=1, titel: Verslag}
samenvatting: >
  Een uitleg
  op twee regels.
periode: {tot: "2019", van: "2018-04"}
soort:
status:   # nog vragen
aandachtsveld: [ "FIELD" ]
# tot slot
---
# geen veld

Tekst  \n"""
FORMED = """---
# Over de titel
titel: Een titel
samenvatting: Een uitleg op twee regels.
aandachtsveld: [FIELD]
datum: 2026-11-24
# later
gemeente: [Polderstad, Duinrecht]
periode: {van: 2018-04, tot: 2019}
# nog vragen
status:
bronnen:
  - {titel: Nota}
  # de tweede
  - {titel: Verslag, url: "https://a.nl/x?y=1"}
# tot slot
---
# geen veld

Tekst  \n"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_form_keeps_every_word_every_remark_the_line_ends_and_the_body(
    mark: str, line_end: str, tmp_path: Path
) -> None:
    typed, wanted = (
        mark + text.replace("FIELD", VOCABULARY.aandachtsvelden[0].naam).replace("\n", line_end)
        for text in (HEAD, FORMED)
    )
    document = judge(tmp_path / "a.md", typed)[0]
    assert document is not None
    assert in_form(document, typed, "practices") == wanted
    again = judge(tmp_path / "a.md", wanted)[0]
    assert again is not None
    assert in_form(again, wanted, "practices") is None


PAGES_OF_SITE = [file for folder in COLLECTIES for file in sorted((SITE / folder).glob("*.md"))]


@pytest.mark.parametrize("file", PAGES_OF_SITE, ids=lambda file: file.stem)
def test_a_page_is_the_same_page_in_its_form(file: Path, tmp_path: Path) -> None:
    typed, folder = file.read_bytes().decode(), file.parent.name
    document, fields, _ = judge(tmp_path / "a.md", typed, folder)
    assert document is not None
    formed = in_form(document, typed, folder) or typed
    again, same, _ = judge(tmp_path / "a.md", formed, folder)
    assert again is not None
    assert (same, again.body) == (fields, document.body)
    assert in_form(again, formed, folder) is None


def test_the_example_for_editors_is_in_its_form(tmp_path: Path) -> None:
    example = re.search(
        r"^---\n.*?^---\n",
        (ROOT / "docs" / "bijdragen.md").read_text(encoding="utf-8").split("```")[1],
        re.MULTILINE | re.DOTALL,
    )
    assert example
    document = judge(tmp_path / "a.md", example[0])[0]
    assert document is not None
    assert in_form(document, example[0], "practices") is None


# ---- pages made wrong in every way

WORDS = (
    st.text("abcdefghijklmnoprstuvwzé ", min_size=4, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: len(text) > 3)
)
NAMES = {
    field: sorted(name for name in known if not re.search(r"[(/]", name))
    for field, known in VOCABULARY.namen.items()
} | {"provincie": list(VOCABULARY.provincies)}


def lists(field: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(NAMES[field]), min_size=1, max_size=3, unique=True)


FIGURES = st.floats(0.5, 99, allow_nan=False).map(
    lambda n: [
        {
            "naam": "Deel",
            "waarde": f"{n:.1f}",
            "eenheid": "procent",
            "peildatum": "2024",
            "bron": "rapport",
        }
    ]
)
SOURCES = st.lists(WORDS, min_size=1, max_size=2).map(
    lambda titles: [{"titel": title, "url": "https://www.a.nl/x"} for title in titles]
)
VALID = st.fixed_dictionaries(
    {
        "titel": WORDS,
        "samenvatting": WORDS,
        "aandachtsveld": lists("aandachtsveld"),
        "gemeente": lists("gemeente"),
        "datum": st.dates().map(lambda day: f"20{day:%y-%m-%d}"),
    },
    optional={
        "doelgroep": lists("doelgroep"),
        "organisatie": lists("organisatie"),
        "provincie": lists("provincie"),
        "status": st.sampled_from(["gepland", "lopend", "onbekend"]),
        "contact": WORDS,
        "cijfers": FIGURES,
        "bronnen": SOURCES,
        "trefwoorden": st.lists(
            WORDS.filter(lambda word: " en " not in f" {word} "),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        "instrumenten": st.just(["kaart", "right-to-challenge"]),
        "gemeente_aantal": st.integers(1, 900).map(lambda n: {"waarde": str(n)}),
    },
)
Mutation = Callable[[str, Any], str | None]
"""Makes a field wrong, or gives None when this field cannot be wrong in this way; the text of the
field is the result.
"""


def written(value: object) -> str:
    """Write a value in quotes wherever it might need them."""
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        inner = (
            f"{name}: {one if name in ('waarde', 'peildatum', 'url') else written(one)}"
            for name, one in value.items()
        )
        return f"{{{', '.join(inner)}}}"
    return f'"{value}"'


def is_words(value: object) -> bool:
    return isinstance(value, list) and isinstance(value[0], str)


VALUES: dict[str, Mutation] = {
    "as it is": lambda name, value: written(value),
    "a text for a list": lambda name, value: "; ".join(value) if is_words(value) else None,
    "a text for a list of one": lambda name, value: (
        value[0] if is_words(value) and len(value) == 1 and name != "trefwoorden" else None
    ),
    "without its last bracket": lambda name, value: (
        f"[{', '.join(map(written, value))}" if is_words(value) and len(value) > 1 else None
    ),
    "in a list": lambda name, value: f"[{written(value)}]" if isinstance(value, str) else None,
    "capitals": lambda name, value: (
        written([v.upper() for v in value])
        if name in NAMES
        else written(str(value).upper())
        if name == "status"
        else None
    ),
    "curly quotes": lambda name, value: (
        written([f"‘{v}’" for v in value]) if name in NAMES else None
    ),
    "given twice": lambda name, value: written([*value, value[0]]) if is_words(value) else None,
    "tabs": lambda name, value: (
        "".join(f"\n\t- {written(v)}" for v in value) if isinstance(value, list) else None
    ),
    "odd spaces": lambda name, value: (
        "".join(f"\n  -\u00a0{written(v)}" for v in value) if isinstance(value, list) else None
    ),
    "hidden signs": lambda name, value: (
        f'"{value[:2]}\u00ad{value[2:]}\u200b"' if isinstance(value, str) else None
    ),
    "the Dutch order": lambda name, value: (
        "-".join(reversed(value.split("-"))) if name == "datum" else None
    ),
    "a day with its time": lambda name, value: f"{value} 10:00" if name == "datum" else None,
    "a colon": lambda name, value: f'Doel: "{value}"' if name in ("titel", "contact") else None,
    "a sign of YAML": lambda name, value: f"@{value}" if name in ("titel", "contact") else None,
    "a decimal comma": lambda name, value: (
        written(value).replace(".", ",", 1) if name == "cijfers" else None
    ),
    "in braces": lambda name, value: (
        f"{{{', '.join(map(written, value))}}}" if name in NAMES else None
    ),
    "on the line of its name": lambda name, value: (
        "\n  ".join(f"- {written(v)}" for v in value) if is_words(value) else None
    ),
    "no group": lambda name, value: value["waarde"] if name == "gemeente_aantal" else None,
    "one group": lambda name, value: (
        written(value[0]) if name in ("cijfers", "bronnen") and len(value) == 1 else None
    ),
    "a path for a name": lambda name, value: (
        written([f"../instruments/{slug}.md" for slug in value]) if name == "instrumenten" else None
    ),
    "an address without https": lambda name, value: (
        written(value).replace("https://", "") if name == "bronnen" else None
    ),
}
NAMED: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: f"{name}: ",
    "capital": lambda name: f"{name.capitalize()}: ",
    "hyphen": lambda name: f"{name.replace('_', '-')}: ",
    "odd space": lambda name: f"{name}:\u00a0",
    "no space": lambda name: f"{name}:",
}


def test_every_way_to_make_a_page_wrong_is_tried() -> None:
    """A way that fits no field would hold nothing."""
    examples = {
        "titel": "woord",
        "datum": "2026-03-09",
        "gemeente": ["Polderstad"],
        "status": "lopend",
        "cijfers": [{"waarde": "2.5"}],
        "gemeente_aantal": {"waarde": "3"},
        "instrumenten": ["kaart", "right-to-challenge"],
        "bronnen": [{"titel": "Nota", "url": "https://www.a.nl/x"}],
    }
    for way, mutation in VALUES.items():
        assert (
            any(
                mutation(name, value) not in (None, written(value))
                for name, value in examples.items()
            )
            or way == "as it is"
        ), way


@part_of_the_examples(0.3)
@given(
    st.lists(
        st.sampled_from(
            [line for line, _ in (*CERTAIN, *LIKELY)]
            + NOBODY_KNOWS
            + ["# een opmerking", "contact:", 'contact: "de griffie"  # straks']
        ),
        max_size=5,
    )
)
def test_of_any_mix_of_mistakes_the_fields_stay_what_they_are(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """The form changes nothing but the form, also of a page with mistakes that are left."""
    file = tmp_path_factory.getbasetemp() / "a.md"
    text, left = repaired(file, page("\n".join(lines)))
    document, unreadable = read_document(file, "a.md")
    if document is None or unreadable:
        return
    formed = in_form(document, text, "practices") or text
    again, _, findings = judge(file, formed)
    assert again is not None
    assert set(words(text) - words(formed)) <= {"contact"}  # a field that may be left out
    assert (filled(again.fields), again.body, remarks(again)) == (
        filled(document.fields),
        document.body,
        remarks(document),
    )
    assert {(f.code, f.message) for f in findings} == {(f.code, f.message) for f in left}
    assert in_form(again, formed, "practices") is None


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", "\n".join(map(composed, text.split("\n")))))


SHAPES = (
    "{field}: {{{one}}}",
    "{field}: {{{one}, {two}}}",
    "{field}: [{one}, {{{two}}}]",
    "{field}: {{van {one}, tot {two}}}",
    "{field}: {{titel: {one}, {two}}}",
    '{field}: {{titel: "{one}", "{two}"}}',
    "{field}: {{titel: {one} url: {two}}}",
    "{field}:\n  - {one}:\n  - {two}",
    "{field}:\n  - {{{one}}}\n  - {{{two}}}",
    '{field}:\n  - {{titel: "{one}", "{two}", kop: ""}}',
    "{field}:\n  {one}:\n  {two}:",
    "{field}:\n  {one}:\n    {two}:",
    "{field}: {one}\n  {two}",
    "{field}: {one} - {two}",
    "{field}: {one} / {two}",
    "{field}: {one} en {two}",
    "{field}: - {one}\n- {two}",
    "{field}: - {one}\n  - {two}",
    "{field}: ! {one} {two}",
    "{field}: {one} kop: {two}",
    "{field}= {one} {two}",
    "{field} {one} {two}",
    "\t {field}: {one} {two}",
    "{field}: >\n{one} {two}:",
    "{field}: [{one}\n{two}:",
    "{one}:\n{field}: {two}",
    "{one}: []\n{two}: ''",
    "{one}: {{{two}}}",
    '{field}: "{one}\n  - {{titel: "{two}", kop: {one}}}\ntekst"',
)
"""Ways to write two texts by which YAML makes something else of them."""


FREE = WORDS.filter(lambda text: text not in FIELDS)


@part_of_the_examples(0.2)
@given(
    st.sampled_from([*COLLECTIES["practices"].model.model_fields, "onbekend"]),
    st.sampled_from(SHAPES),
    FREE,
    FREE,
)
def test_in_whatever_shape_a_word_stays(
    tmp_path_factory: pytest.TempPathFactory, field: str, shape: str, one: str, two: str
) -> None:
    """Of what stands in the head everything still does, until nothing is left to repair; and
    somebody hears of it, or it is read.
    """
    file = tmp_path_factory.getbasetemp() / "a.md"
    typed = page(shape.format(field=field, one=one, two=two))
    text, document = typed, None
    findings: list[Finding] = []
    for _ in range(5):
        before, (text, findings) = text, repaired(file, text)
        document = judge(file, text)[0]
        text = (document and in_form(document, text, "practices")) or text
        if text == before:
            break
    else:
        raise AssertionError(text)
    meant = words(f"{one} {two}").keys() & words(typed).keys()
    assert meant <= words(text).keys(), text
    assert findings or meant <= words(str(document and document.fields)).keys(), text


def remarks(document: Document) -> list[str]:
    return sorted(line for lines in document.remarks.values() for line in lines)


@part_of_the_examples(0.4)
@given(VALID, st.data())
def test_certain_repairs_make_of_a_wrong_page_the_page_it_was(
    tmp_path_factory: pytest.TempPathFactory, fields: Mapping[str, object], data: st.DataObject
) -> None:
    """Every finding goes, none comes, the fields are what they were; a second run has nothing to
    do.
    """
    file = tmp_path_factory.getbasetemp() / "a.md"
    meant, lines = {}, []
    for name, value in fields.items():
        ways = [way for way, mutation in VALUES.items() if mutation(name, value) is not None]
        way = data.draw(st.sampled_from(ways))
        text = VALUES[way](name, value) or ""
        meant[name] = {"a colon": f'Doel: "{value}"', "a sign of YAML": f"@{value}"}.get(way, value)
        names = [
            key
            for key in NAMED
            if key != "no space" or (re.match(r"[a-z]", text) and not text.startswith("\n"))
        ]
        lines.append(NAMED[data.draw(st.sampled_from(names))](name) + text)
        event(way)
    text, left = repaired(
        file, "---\n" + "\n".join(data.draw(st.permutations(lines))) + "\n---\n\nTekst.\n"
    )
    assert left == [], text
    document, read, _ = judge(file, text)
    assert document is not None
    assert filled(document.fields) == filled(meant)
    formed = in_form(document, text, "practices") or text
    again, same, findings = judge(file, formed)
    assert again is not None
    assert (findings, same, again.body) == ([], read, document.body)
    assert in_form(again, formed, "practices") is None


# ---- the whole of a content folder

TARGET = page().replace("gemeente: [Polderstad]\n", "") + "\n## Wat is het\n\nEen kaart.\n"
IN_TEXT = [
    ("[mail](griffie@a.nl)", "[mail](mailto:griffie@a.nl)"),
    ("[site](www.a.nl/x#y)", "[site](https://www.a.nl/x#y)"),
    ('[site](https:/www.a.nl/x "Titel")', '[site](https://www.a.nl/x "Titel")'),
    ("[site](//www.a.nl)", "[site](https://www.a.nl)"),
    *(
        (f"[kaart]({typed})", "[kaart](../instruments/kaart.md)")
        for typed in (
            "kaart.md",
            "kaart",
            "../instruments/Kaart.md",
            "/instrumenten/kaart/",
            "../../instrumenten/kaart/",
            "content/instruments/kaart.md",
        )
    ),
    ("[kop](../instruments/kaart.md#Wat-is-het)", "[kop](../instruments/kaart.md#wat-is-het)"),
    ("[kop](kaart.md#wat-is-het)", "[kop](../instruments/kaart.md#wat-is-het)"),
    (
        "[een](www.a.nl) en\n[twee](www.a.nl)",
        "[een](https://www.a.nl) en\n[twee](https://www.a.nl)",
    ),
    ("[verderop\nin de zin](www.a.nl)", "[verderop\nin de zin](https://www.a.nl)"),
    ("[een][a]\n\n[a]: www.a.nl", "[een][a]\n\n[a]: https://www.a.nl"),
    ("[site](http://www.a.nl/x)", "[site](https://www.a.nl/x)"),
    ("Zie http://www.a.nl/x.", "Zie https://www.a.nl/x."),
    ("[bel](tel:14030)", "bel (14030)"),
    ("[030 123 45 67](tel:+31301234567)", "030 123 45 67"),
    ("<tel:0301234567>", "0301234567"),
    ("2019. Toen begon het.", "2019\\. Toen begon het."),
    ("| a | b |\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ("De gemeen\u200eteraad en de\u200f stad.", "De gemeenteraad en de stad."),
]
NOT_IN_TEXT = [
    "[kaart](../instruments/kaartt.md)",
    "[stad](/gemeenten/kaart/)",
    "`[a](www.a.nl)` en [a](www.a.nl)",
    "# Kop",
    "[kop](../instruments/kaart.md#wat-is-dat)",
    "Een <br> regel.",
    "Van \u202eachter.",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with an instrument; commands run beside it."""
    monkeypatch.chdir(tmp_path)
    copytree(SITE / "vocabulary", tmp_path / "content" / "vocabulary")
    lay(tmp_path, "instruments/kaart.md", TARGET)
    return tmp_path


def lay(folder: Path, name: str, text: str) -> Path:
    file = folder / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def fix(*arguments: str) -> int:
    return cli.main(["fix", "--content", "content", *arguments])


def test_addresses_in_the_text_are_repaired_where_they_stand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laid = {
        lay(folder, f"practices/goed-{n}.md", page(body=typed)): page(body=meant)
        for n, (typed, meant) in enumerate(IN_TEXT)
    }
    left = {
        lay(folder, f"practices/fout-{n}.md", page(body=typed)): typed
        for n, typed in enumerate(NOT_IN_TEXT)
    }
    assert fix() == 0
    for file, meant in laid.items():
        assert (
            file.read_text(encoding="utf-8").partition("---\n\n")[2]
            == meant.partition("---\n\n")[2]
        )
    for file, typed in left.items():
        assert f"\n{typed}\n" in file.read_text(encoding="utf-8")
    assert f"{len(NOT_IN_TEXT)} fouten blijven over" in capsys.readouterr().out
    assert fix("--check") == 0


def test_each_repair_is_told_with_its_line_and_what_is_left_at_the_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(folder, "practices/a.md", page("datum: 9-3-2026\ntitel: Een\u200e titel\nsoort: kijkdgg"))
    file = lay(folder, "practices/b.md", page("titel: Proef"))
    assert fix("--check", "content/practices") == 1
    assert capsys.readouterr().out.splitlines() == [
        "content/practices/a.md:6: te herstellen: 9-3-2026 → 2026-03-09  [ongeldige-datum]",
        "content/practices/a.md:7: te herstellen: ‹U+200E› → niets  [onzichtbaar-teken]",
        "content/practices/a.md:2: kan in de vaste vorm: 6 regels van de kop",
        "content/practices/b.md:2: kan in de vaste vorm: 2 regels van de kop",
        "2 bestanden te herstellen met scripts/fix. 1 fout blijft over; die herstelt u zelf. "
        "Welke, zegt scripts/check.",
    ]
    assert "datum: 9-3-2026" in (folder / "content/practices/a.md").read_text(encoding="utf-8")
    assert fix("content/practices/a.md") == 0
    assert (
        "content/practices/a.md:6: hersteld: 9-3-2026 → 2026-03-09  [ongeldige-datum]"
        in capsys.readouterr().out
    )
    assert file.read_text(encoding="utf-8") == page("titel: Proef")
    assert fix() == 0
    assert (
        "content/practices/b.md:2: in de vaste vorm gezet: 2 regels van de kop"
        in capsys.readouterr().out
    )
    assert fix() == fix("--check") == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Er is niets te herstellen wat zeker is. 1 fout blijft over; die herstelt u zelf. Welke, "
        "zegt scripts/check."
    )


def test_a_head_that_cannot_be_read_keeps_its_form_but_for_what_is_certain(folder: Path) -> None:
    text = page('datum: "2026-11-24"\ntitel: *ster* x\ncontact: "de griffie')
    file = lay(folder, "practices/a.md", text)
    assert fix() == 0
    assert file.read_text(encoding="utf-8") == text.replace("*ster* x", '"*ster* x"')


def test_lists_of_names_and_the_zelfscan_are_repaired_and_keep_their_form(folder: Path) -> None:
    copy(SITE / "zelfscan.yml", "content")
    mistakes = {
        "vocabulary/gemeenten.csv": (b",Noord-Holland,", b",noord holland,"),
        "vocabulary/contacten.csv": (b"\nZaalbeek,", b"\nzaal beek,"),
        "vocabulary/doelgroepen.yml": (b": ", b":\xc2\xa0"),
        "vocabulary/aandachtsvelden.yml": (b"material/sprout", b"Material/Sprout"),
        "zelfscan.yml": (b"id: raad", b"id: Raad"),
    }
    before = {name: Path("content", name).read_bytes() for name in mistakes}
    for name, (right, wrong) in mistakes.items():
        Path("content", name).write_bytes(before[name].replace(right, wrong, 1))
        assert before[name].count(right)
    assert fix() == 0
    assert {name: Path("content", name).read_bytes() for name in mistakes} == before


def test_a_link_of_a_hand_written_page_is_repaired(folder: Path) -> None:
    for name, text in {
        "over.md": "## Wie wij zijn",
        "deel/index.md": "[over](../Over.md#Wie-wij-zijn) [weg](../ovr.md)",
    }.items():
        lay(folder, f"../docs/{name}", f"---\ntitle: Proef\n---\n\n{text}\n")
    found = check_docs(
        read_docs(folder / "docs", "docs"), load_library(folder / "content", "content"), []
    )
    assert [f.fix for f in found] == [
        Fix(5, 8, "../Over.md#Wie-wij-zijn", "../over.md#Wie-wij-zijn", True),
        Fix(5, 39, "../ovr.md", "../over.md", False),
    ]


def test_rights_stay_and_links_and_files_that_may_not_be_written_are_left(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = page("status: Lopend")
    open_to_few, closed = lay(folder, "practices/a.md", wrong), lay(folder, "practices/b.md", wrong)
    elsewhere = folder / "elders.md"
    elsewhere.write_text(wrong, encoding="utf-8")
    (folder / "content/practices/c.md").symlink_to(elsewhere)
    open_to_few.chmod(0o640)
    closed.chmod(0o444)
    assert fix() == 2
    assert open_to_few.stat().st_mode & 0o777 == 0o640
    assert "status: lopend" in open_to_few.read_text(encoding="utf-8")
    assert closed.read_text(encoding="utf-8") == elsewhere.read_text(encoding="utf-8") == wrong
    said = capsys.readouterr()
    assert said.err == (
        "content/practices/b.md kan niet worden geschreven en blijft zoals het is. Kijk of u "
        "het bestand en de map mag veranderen.\n"
    )
    assert "1 bestand hersteld" in said.out
    assert sorted(f.name for f in closed.parent.iterdir()) == ["a.md", "b.md", "c.md"]


def test_when_there_is_no_room_every_file_stays_whole(folder: Path) -> None:
    """The system itself refuses to write more than so many bytes, as a full disk does: in the copy,
    and in the folder itself.
    """
    file = lay(folder, "practices/a.md", page("status: Lopend", "Woord. " * 500))
    before = file.read_bytes()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000)),
        )

    done = run("-m", "kennisplatform", "fix", "--content", "content")
    assert (done.returncode, done.stderr) == (
        2,
        "Er kan geen kopie worden gemaakt om in te werken (File too large). Er is niets "
        "veranderd.\n",
    )
    write = (
        "from pathlib import Path; from kennisplatform.content.copies import Mended, write; file = "
        "Path('content/practices/a.md'); "
        "write([Mended(file, '', file.read_bytes(), file.read_bytes() + b' ')])"
    )
    assert run("-c", write).stderr.endswith("OSError: [Errno 27] File too large\n")
    assert file.read_bytes() == before
    assert sorted(f.name for f in file.parent.iterdir()) == ["a.md"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_stopped_while_it_writes_it_leaves_every_file_whole(
    folder: Path, number: signal.Signals
) -> None:
    before = {
        lay(folder, f"practices/p{n:03}.md", page(f"datum: 9-3-2026\ntitel: {n}")): page(
            f"datum: 9-3-2026\ntitel: {n}"
        )
        for n in range(40)
    }
    after = {file: text.replace("9-3-2026", "2026-03-09") for file, text in before.items()}
    first = next(iter(before))
    done = subprocess.Popen(
        [sys.executable, "-m", "kennisplatform", "fix", "--content", "content"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while first.read_text(encoding="utf-8") == before[first] and done.poll() is None:
        time.sleep(0.0005)  # to look without rest costs more than what is waited for
    done.send_signal(number)
    done.wait()
    if number != signal.SIGKILL:  # which leaves no time to clear away
        assert sorted(first.parent.iterdir()) == sorted(before)
    found = {file: sorted(file.read_text(encoding="utf-8").splitlines()) for file in before}
    assert found[first] == sorted(after[first].replace("titel: 0", 'titel: "0"').splitlines())
    for n, file in enumerate(before):
        assert found[file] in (
            sorted(before[file].splitlines()),
            sorted(after[file].replace(f"titel: {n}", f'titel: "{n}"').splitlines()),
        )


def test_a_place_that_is_not_there_is_wrong_use(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fix("content/practices/weg.md") == 2
    assert cli.main(["fix", "--content", "weg"]) == 2
    assert "bestaat niet" in capsys.readouterr().err
    for outside in (ROOT / "README.md", ROOT / "content" / "practices", "/etc/passwd"):
        assert fix(str(outside)) == cli.main(["check", "--content", "content", str(outside)]) == 2
        assert f"{outside} hoort niet bij de inhoud" in capsys.readouterr().err


def test_of_bad_input_and_golden_cases_repairs_take_findings_away_and_add_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copytree(SITE / "vocabulary", "content/vocabulary")
    for case in sorted((ROOT / "tests" / "badinput").glob("b*/practices/*.md")):
        lay(tmp_path, f"practices/{case.name}", "").write_bytes(case.read_bytes())
    for case in sorted((ROOT / "tests" / "golden").rglob("*.yml")):
        for name, text in yaml.safe_load(case.read_text(encoding="utf-8")).get("files", {}).items():
            if name.split("/")[0] in COLLECTIES and name.endswith(".md"):
                target = lay(
                    tmp_path, f"{name.split('/')[0]}/{case.stem[:60]}-{name.split('/')[-1]}", ""
                )
                target.write_bytes(
                    text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
                )
    is_the_same_but_for_repairs(Path("content"))


@pytest.mark.parametrize(
    "source",
    [pytest.param(CONTENT, marks=pytest.mark.inhoud), SITE, ROOT / "tests" / "site-fouten"],
    ids=lambda source: source.name,
)
def test_a_whole_content_folder_is_the_same_in_its_form(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copytree(source, "content", symlinks=True)
    is_the_same_but_for_repairs(Path("content"))


def is_the_same_but_for_repairs(content: Path) -> None:
    """Repair all of a folder: a page that was sound is the same page, no finding comes, and a
    second time there is nothing to do.
    """
    before, stood = load_library(content, "content", cache=ROOT / CACHE), files(content)
    assert fix() == 0
    if files(content) == stood:
        # So it was the second time already.
        assert [f for f in before.findings if f.fix and f.fix.certain] == []
        return
    after = load_library(content, "content", cache=ROOT / CACHE)
    unread = {f.path for f in before.findings if f.code in UNREAD}
    added = {(f.path, f.code, f.message) for f in after.findings} - {
        (f.path, f.code, f.message) for f in before.findings
    }
    assert [one for one in added if one[0] not in unread] == []
    assert [f for f in after.findings if f.fix and f.fix.certain] == []
    pages = {p.path: p for p in after.pages}
    assert {p.path: (p.velden, p.body) for p in before.pages} == {
        p.path: (pages[p.path].velden, moved(pages[p.path].body, p.body)) for p in before.pages
    }
    stand = files(content)
    assert fix("--check") == 0
    assert files(content) == stand


def moved(body: Body, before: Body) -> Body:
    """Give the body as it was when only its lines are others: above it lines came or went."""
    return before if (body.html, body.text) == (before.html, before.text) else body


UNREAD = {
    "ongeldige-yaml",
    "dubbele-punt",
    "tab",
    "onzichtbaar-teken",
    "dubbel-veld",
    "onbekend-veld",
    "geen-lijst",
    "geen-groep",
    "geen-tekst",
}
"""Findings behind which there may be others."""
