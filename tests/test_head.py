"""Hold the one form of front matter: what it looks like, and that every reader gets the same from
it.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from building import part_of_the_examples
from kennisplatform.content.frontmatter import read_document
from kennisplatform.model.head import write_head
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import hidden

MODEL = COLLECTIES["practices"].model
PIECES = [
    "a",
    "Zoë",
    " ",
    ":",
    ",",
    " #",
    "#",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "\\",
    "-",
    "?",
    "!",
    "&",
    "*",
    "|",
    ">",
    "%",
    "@",
    "`",
    "~",
    "=",
    "<<",
    "no",
    "yes",
    "null",
    "True",
    "1",
    "012",
    "2019",
    "-04",
    ".",
    "e3",
    "0x",
    "_",
    ", 's-Gravenhage",
    "'t Gooi",
    "€",
    "\n",
    "\t",
    "https://a.nl/x?y=1#z",
]
TEXTS = (
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), min_size=1, max_size=6)
    .map("".join)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .map(lambda text: " ".join(text.replace("\u00a0", " ").split(" ")).strip())
    .filter(lambda text: text and text.isprintable() and not list(hidden(text)))
)


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ({"titel": "Een titel"}, "titel: Een titel"),
        ({"titel": "Doel: samen"}, 'titel: "Doel: samen"'),
        ({"titel": 'Raad & college: "samen"'}, "titel: 'Raad & college: \"samen\"'"),
        ({"titel": '\'t "Gooi": a\\b'}, 'titel: "\'t \\"Gooi\\": a\\\\b"'),
        ({"titel": "'s-Hertogenbosch"}, 'titel: "\'s-Hertogenbosch"'),
        ({"titel": "Risico's bij C# en Q&A, deel 2?"}, "titel: Risico's bij C# en Q&A, deel 2?"),
        ({"titel": "nee"}, "titel: nee"),
        *(
            ({"titel": text}, f'titel: "{text}"')
            for text in (
                "no",
                "Yes",
                "null",
                "~",
                "1984",
                "1e3",
                "0x1F",
                "12:30",
                "2019-04-01",
                "2019-04-01 19:30:00",
            )
        ),
        *(
            ({"titel": text}, f"titel: {text}")
            for text in ("2018-2019", "2019-04", "1/3", "2,5", "19.30 uur", "1 op 3")
        ),
        (
            {"trefwoorden": ["begroting", "Nuenen, Gerwen en Nederwetten", "wie?", "2019"]},
            'trefwoorden: [begroting, "Nuenen, Gerwen en Nederwetten", "wie?", "2019"]',
        ),
        ({"trefwoorden": ["begroting", None, ""]}, "trefwoorden: [begroting]"),
        ({"datum": "2026-11-24"}, "datum: 2026-11-24"),
        ({"periode": {"tot": "2019-04", "van": "2018"}}, "periode: {van: 2018, tot: 2019-04}"),
        (
            {"gemeente_aantal": {"vergelijking": "=", "waarde": "23"}},
            'gemeente_aantal: {waarde: 23, vergelijking: "="}',
        ),
        ({"gemeente_aantal": "onbekend"}, "gemeente_aantal: onbekend"),
        (
            {"cijfers": [{"waarde": "012", "naam": "1984", "peildatum": "2019"}]},
            'cijfers:\n  - {naam: "1984", waarde: "012", peildatum: 2019}',
        ),
        (
            {
                "bronnen": [
                    {"titel": "Verslag", "url": "https://a.nl/x?y=1"},
                    {"titel": "Nota", "kop": ""},
                ]
            },
            'bronnen:\n  - {titel: Verslag, url: "https://a.nl/x?y=1"}\n  - {titel: Nota}',
        ),
        ({"status": "", "periode": {"van": None}, "gemeente": [], "titel": None}, "titel:"),
        ({"eerst": "a", "titel": "c"}, "eerst: a\ntitel: c"),
        ({"titel": "c", "van 2018": None}, "titel: c\nvan 2018:"),
        ({"status": {"lopend": None}}, "status: {lopend}"),
        ({"periode": {"van 2018": None, "tot": None}}, "periode: {van 2018}"),
        ({"trefwoorden": ["wijk", {"geld": None}]}, "trefwoorden:\n  - wijk\n  - {geld}"),
        (
            {"bronnen": [{"titel": "Nota", "deel 2, slot": None, "kop": ""}, {"titel": None}]},
            'bronnen:\n  - {titel: Nota, "deel 2, slot"}',
        ),
        (
            {"samenvatting": "b", "onbekend": "a", "ook": "d", "titel": "c"},
            "titel: c\nsamenvatting: b\nonbekend: a\nook: d",
        ),
    ],
)
def test_every_kind_of_value_has_one_form(field: dict[str, Any], line: str) -> None:
    assert write_head(field, MODEL) == f"{line}\n"


def test_the_time_of_a_meeting_is_plain() -> None:
    assert write_head(
        {"begin": "2026-03-09 19:30", "eind": "2026-03-09T21:30:00+01:00"},
        COLLECTIES["events"].model,
    ) == ("begin: 2026-03-09 19:30\neind: 2026-03-09T21:30:00+01:00\n")


def test_a_remark_stands_above_what_it_is_about() -> None:
    fields = {
        "status": None,
        "titel": "a",
        "bronnen": [{"titel": "b"}, {"titel": "c"}],
        "trefwoorden": ["d", "e"],
    }
    remarks = {
        ("titel",): ["# een", "#twee"],
        ("status",): ["# nog niet bekend"],
        ("bronnen", 1): ["# drie"],
        ("trefwoorden", 1): ["# vier"],
        (): ["# vijf"],
    }
    assert write_head(fields, MODEL, remarks) == (
        "# een\n#twee\ntitel: a\n# vier\ntrefwoorden: [d, e]\n# nog niet "
        "bekend\nstatus:\nbronnen:\n  - {titel: b}\n  # drie\n  - {titel: c}\n# vijf\n"
    )


@part_of_the_examples(0.3)
@given(TEXTS, TEXTS, TEXTS)
def test_every_reader_of_yaml_gets_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, one: str, two: str, three: str
) -> None:
    """Both of PyYAML (one of them is libyaml), and that of this project."""
    fields = {
        "titel": one,
        "trefwoorden": [one, two, three],
        "bronnen": [{"titel": one, "url": two, "kop": three}, {"titel": three}],
        "periode": {"van": two, "tot": three},
        "datum": two,
    }
    head = write_head(fields, MODEL)
    file = tmp_path_factory.getbasetemp() / "a.md"
    file.write_text(f"---\n{head}---\n", encoding="utf-8")
    document, findings = read_document(file, "a.md")
    assert document is not None, findings
    assert document.fields == fields
    assert write_head(document.fields, MODEL) == head
    for loader in (yaml.SafeLoader, Plain):
        read = yaml.load(head, loader)
        assert {key: read[key] for key in ("titel", "trefwoorden", "bronnen")} == {
            key: fields[key] for key in ("titel", "trefwoorden", "bronnen")
        }


class Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # either class
    """libyaml, where it is there."""
