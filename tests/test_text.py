"""How values are worded, and how days are read: what golden cases cannot say."""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import SITE
from kennisplatform.cli import main
from kennisplatform.loading import commit_day, load_platform, reference_day
from kennisplatform.model.days import _day_meant
from kennisplatform.model.findings import Refused
from kennisplatform.model.platform import Settings
from kennisplatform.model.text import composed, hidden, number


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_number_reads_back_as_it_was(digits: int, decimals: int) -> None:
    value = digits / 10**decimals if decimals else digits
    shown = number(value)
    assert float(shown.replace(".", "").replace(",", ".")) == pytest.approx(value, abs=5e-7)
    assert not shown.endswith((",", "-"))


def test_each_sign_that_shows_nothing_is_hidden_and_each_accent_joins_its_letter() -> None:
    for sign in map(chr, range(0x3000)):
        if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Zl", "Zp") and sign not in "\n\t":
            assert (list(hidden(f"a{sign}b")), composed(f"a{sign}b")) == ([1], "ab"), hex(ord(sign))
        elif not [*hidden(sign)]:
            assert composed(f"e{sign}") == unicodedata.normalize("NFC", f"e{sign}")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1-2-2025", "Bedoeld: ‘2025-02-01’?"),
        ("12-5-20", "Bedoeld: ‘2020-05-12’?"),
        ("1 feb 24", "Bedoeld: ‘2024-02-01’?"),
        ("1-2-0025", ""),
        ("2026/3/9", "Bedoeld: ‘2026-03-09’?"),
    ],
)
def test_a_day_is_proposed_only_when_it_may_be_meant(typed: str, meant: str) -> None:
    assert str(_day_meant(typed) or "") == meant


@pytest.mark.parametrize("epoch", ["morgen", "9" * 20, "-1e3"])
def test_a_reference_day_that_is_no_number_is_told_in_one_sentence(
    epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["check", "--content", str(tmp_path)]) == 2
    assert (
        capsys.readouterr().err
        == f"SOURCE_DATE_EPOCH moet een aantal seconden sinds 1970 zijn, en is ‘{epoch}’.\n"
    )
    with pytest.raises(Refused):
        reference_day(tmp_path, tmp_path)


def test_without_a_commit_the_newest_check_of_a_page_is_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    page = tmp_path / "content" / "instruments" / "consul.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\ntitel: Een titel\nsamenvatting: Kort.\naandachtsveld: [Buurten aan zet]\n"
        "datum: 2026-03-09\ngecontroleerd: 2026-05-01\n---\n",
        encoding="utf-8",
    )
    (tmp_path / "content" / "vocabulary").symlink_to(SITE / "vocabulary")
    assert reference_day(tmp_path, tmp_path / "content") == datetime.date(2026, 5, 1)
    platform = load_platform(tmp_path / "content", "content", Settings(), commit_day(tmp_path))
    assert platform.today == datetime.date(2026, 5, 1)
