"""What in a text tells of a person, in every way people write it, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kennisplatform.content.privacy import PHONE, bsn
from kennisplatform.content.textfile import private

SAMPLES = yaml.safe_load((Path(__file__).parent / "privacy.yml").read_text(encoding="utf-8"))


def told(text: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in private(text, "a.md")]


ADVICE = ("persoonlijk-contact", "let op")
ERROR = ("burgerservicenummer", "fout")


def test_an_address_with_a_name_is_advice_and_one_of_a_mailbox_is_none() -> None:
    persons, mailboxes = SAMPLES["personen"], SAMPLES["postbussen"]
    assert (len(persons), len(mailboxes)) == (50, 50)
    missed = [name for name in persons if told(f"Mail {name}@gemeente.example.") != [ADVICE]]
    wrong = [name for name in mailboxes if told(f"Mail {name}@gemeente.example.")]
    assert (missed, wrong) == ([], [])


def test_the_page_of_a_person_is_advice_and_one_of_a_team_is_none() -> None:
    missed = [page for page in SAMPLES["paginas"] if told(f"Zie {page}.") != [ADVICE]]
    wrong = [page for page in SAMPLES["geen paginas"] if told(f"Zie [x]({page}).")]
    assert (missed, wrong) == ([], [])
    assert told("Zie https://a.example/?aan=jan.jansen%40gemeente.example") == [ADVICE]


@pytest.mark.parametrize("number", SAMPLES["mobiel"])
def test_a_mobile_number_is_advice(number: str) -> None:
    (finding,) = private(f"Bel {number}, of niet.", "a.md")
    assert (finding.code, finding.severity) == ADVICE
    assert "een mobiel is meestal van één persoon" in finding.message


@pytest.mark.parametrize("number", SAMPLES["bsn"])
def test_a_number_shaped_like_a_bsn_is_an_error(number: str) -> None:
    assert told(f"Het nummer is {number}.") == [ERROR]


@pytest.mark.parametrize("number", SAMPLES["ander nummer"])
def test_another_number_is_nothing(number: str) -> None:
    assert told(f"Het gaat om {number}.") == []


def _last(digits: str) -> int:
    return sum(w * int(d) for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11


EIGHT = st.from_regex(r"[0-9]{8}", fullmatch=True).filter(
    lambda digits: _last(digits) < 10 and not digits.startswith(("19", "20"))
)
FORMS = ("{0}", "{1}.{2}.{3}", "{1} {2} {3}", "{4} {5} {3}", "BSN {4}.{5}.{3}", "sofinummer: {0}")


@given(EIGHT, st.sampled_from(FORMS))
def test_every_bsn_is_found_in_every_form_and_goes_by_the_words_of_its_message(
    eight: str, form: str
) -> None:
    """All zeros are no number of anybody, and what begins with 06 may be one to call."""
    nine = f"{eight}{_last(eight)}"
    written = form.format(nine, nine[:4], nine[4:6], nine[6:], nine[:3], nine[3:6])
    found = list(private(f"Mijn nummer is {written}, zei hij.", "a.md"))
    assert [finding.code for finding in found] == ["burgerservicenummer"] * (int(nine) > 0)
    other = f"{int(nine[-1]) ^ 1}"
    if form.startswith("{"):
        assert told(f"Dat is zaaknummer {written}.") == []
    assert not told(f"Mijn nummer is {written[:-1]}{other}.")


@given(st.text(alphabet="0123456789+().- \n@ajné/€,:&;#‹", max_size=300))
def test_any_text_is_read_and_told_of_at_a_line_it_has(text: str) -> None:
    for finding in private(text, "a.md"):
        assert 1 <= finding.line <= text.count("\n") + 1


@given(st.text(alphabet="0123456789" * 3 + "+().- \n>_/", max_size=60), st.booleans())
def test_what_is_shaped_like_a_number_is_told_however_it_is_written(text: str, named: bool) -> None:
    text = f"BSN {text}" if named else text
    shaped = [PHONE.search(text), *bsn(text)]
    assert len(told(text)) >= sum(map(bool, shaped))


@pytest.mark.parametrize("at", ["@", "%40", "(at)", " [at] ", " ( apenstaartje ) "])
def test_an_address_is_told_however_its_at_is_written(at: str) -> None:
    assert told(f"Mail jan.jansen{at}gemeente.example.") == [ADVICE]


def test_a_document_is_told_of_once_and_only_the_word_makes_a_bsn_certain() -> None:
    """Its numbers are somebody else’s: three cells of a table can stand like one."""
    found = list(private("Jan\n123456782 en 123456782, tel. 06-12345678", "documenten/a.pdf", 1))
    assert [(f.code, f.severity, f.line) for f in found] == [
        ("burgerservicenummer", "let op", 1),
        ("persoonlijk-contact", "let op", 1),
    ]
    assert list(private("Kosten 123 456 782", "documenten/a.pdf", 1)) == []
    (certain,) = private("Zie BSN 123 456 782", "documenten/a.pdf", 1)
    assert certain.severity == "fout"
