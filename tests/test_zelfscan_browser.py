"""The zelfscan in a real browser: alone and together, by keyboard, offline, on a phone, on paper
and without JavaScript.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

import looking
from building import printed
from looking import DESKTOP, NO_COLOURS, PHONE, SMALL_TARGETS, axe, listening, tab, too_wide
from paper import check_paper
from test_zelfscan import GROUPS, NO_SCAN, REFUSED, participant

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
WORDS = (
    "weet ik niet",
    "helemaal oneens",
    "oneens",
    "niet eens, niet oneens",
    "eens",
    "helemaal eens",
)


@contextmanager
def visit(
    browser: Browser, address: str, size: tuple[int, int] = DESKTOP, **settings: Any
) -> Iterator[tuple[Page, list[str]]]:
    """Open a page of the scan, whose script is ready."""
    with looking.visit(browser, address, size, **settings) as (page, wrong):
        if settings.get("java_script_enabled", True):
            page.locator("[data-stapbalk], [data-werkplek]").wait_for()
        yield page, wrong


@pytest.fixture(scope="module")
def questions(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (site / "zelfscan" / "gegevens.json").read_text(encoding="utf-8")
    )
    return found


def begin(page: Page, group: str = "Raad") -> None:
    page.get_by_role("radio", name=group).check()
    page.get_by_role("button", name="Begin", exact=True).click()


def answer(page: Page, points: list[int]) -> None:
    """Answer the statements in sight and go on."""
    for statement, given in zip(
        page.locator("fieldset.stelling:visible").all(), points, strict=True
    ):
        statement.locator(f"input[value='{given}']").check()
    page.locator("[data-verder]").click()


def profile(page: Page) -> list[list[str]]:
    """The rows of the table: name, mean, oneens, ertussenin, eens, weet ik niet."""
    rows = page.locator("[data-profiel] .cijfertabel").first.locator("tbody tr").all()
    return [
        [cell.inner_text().replace("\n", " ") for cell in row.locator("th, td").all()]
        for row in rows
    ]


def drawn(page: Page) -> list[tuple[str, float]]:
    """What each sign in the drawing says, and the points at which it stands."""
    found: list[tuple[str, float]] = (
        page.evaluate("""() => [...document.querySelectorAll('.profiel g')].map(
        g => [g.querySelector('title').textContent,
        1 + (parseFloat(g.querySelector('path').getAttribute('transform')
            .slice(10)) - 16) / 82])""")
    )
    return found


PATTERN = {
    3: [[2, 1, 3], [5, 4, 5], [0, 0, 4], [1, 3, 5], [4, 4, 0]],
    4: [[5, 1, 5, 2], [3, 3, 3, 4], [2, 0, 1, 2]],
}
"""Answers by number of statements, one list for each aandachtsveld of that size."""


def fill(page: Page, questions: dict[str, Any]) -> list[list[int]]:
    lists = {size: iter(found) for size, found in PATTERN.items()}
    given = [next(lists[len(veld["stellingen"])]) for veld in questions["velden"]]
    for points in given:
        answer(page, points)
    return given


def test_alone_by_keyboard_from_begin_to_profile(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        page.locator(".naar-inhoud").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#kp-begin")).to_be_visible()
        page.get_by_role("radio", name="Raad").focus()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="College")).to_be_checked()
        page.keyboard.press("Enter")
        for number, veld in enumerate(questions["velden"], 1):
            expect(page.locator("h2:focus")).to_have_text(veld["naam"])
            expect(page.locator("h2:focus")).to_have_accessible_description(f"Stap {number} van 5")
            assert page.evaluate(
                "document.querySelector('[data-voortgang]').getBoundingClientRect().bottom"
                " <= document.activeElement.getBoundingClientRect().top"
            ), "the step stands above its heading"
            for _ in veld["stellingen"]:
                page.keyboard.press("Tab")
                page.keyboard.press("Space")
                for _ in range(number % 5):
                    page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
        expect(page.locator("h2:focus")).to_have_text("Uw profiel")
        assert [row[1].split()[0] for row in profile(page)] == [
            f"{number % 5 + 1},0" for number in range(1, 6)
        ]
        page.go_back()
        expect(page.locator("h2:focus")).to_have_text(questions["velden"][-1]["naam"])
        assert wrong == []


def test_a_change_of_the_address_that_is_told_late_takes_nobody_back(
    browser: Browser, server: str
) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        page.get_by_role("radio", name="Raad").check()
        page.get_by_role("button", name="Begin").click()
        expect(page.locator("h2:focus")).to_be_visible()
        page.keyboard.press("Tab")
        page.evaluate(
            "newURL => dispatchEvent(new HashChangeEvent('hashchange', {newURL}))",
            f"{server}/zelfscan/#kp-inhoud",
        )
        expect(page.locator("input:focus")).to_have_count(1)
        assert wrong == []


def test_the_drawing_and_the_table_say_what_was_answered(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        begin(page)
        given = fill(page, questions)
        expect(page.get_by_role("img", name="Profiel per aandachtsveld")).to_be_visible()
        signs = iter(drawn(page))
        for veld, points, row in zip(questions["velden"], given, profile(page), strict=True):
            known = [p for p in points if p]
            counts = [
                sum(p < 3 for p in known),
                known.count(3),
                sum(p > 3 for p in known),
                points.count(0),
            ]
            assert row[0] == veld["naam"]
            assert row[2:] == [str(n) for n in counts]
            if len(known) < 2:
                assert row[1] == "– te weinig antwoorden"
                continue
            mean = round(sum(known) / len(known) + 1e-9, 1)
            said, at = next(signs)
            assert row[1].startswith(f"{mean:.1f}".replace(".", ","))
            assert said == row[1].replace(" ", ", ", 1)
            assert at == pytest.approx(mean, abs=0.01)
            assert ("verdeeld" in row[1]) == (min(counts[0], counts[2]) * 4 >= len(known))
        assert next(signs, None) is None
        assert wrong == []


def test_the_offer_says_why_and_comes_from_municipalities_like_ours(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        page.get_by_label("Uw gemeente (mag leeg blijven)").select_option(label="Twentemark")
        begin(page, "Inwoners")
        for veld in questions["velden"]:
            answer(page, [1 if "Digitaal" in veld["naam"] else 5] * len(veld["stellingen"]))
        part = page.locator(".aanbod__veld")
        expect(part).to_have_count(1)
        expect(part).to_contain_text(
            "Waarom dit aandachtsveld? Het gemiddelde is een van de laagste: 1,0 (kan beter)."
        )
        expect(part).to_contain_text("Pijler: Zelf proberen")
        expect(part.locator("li", has_text="De vraag van de week")).to_contain_text(
            "Waarom: komt uit Twentemark zelf"
        )
        assert part.locator("li").count() == part.locator("li .kaart__waarom").count() > 4
        assert "representatief" in page.locator("[data-uitslag]").inner_text()
        check_paper(page)
        assert wrong == []


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage)")
    return found


def test_answers_stay_only_when_asked_and_can_be_wiped(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    address = f"{server}/zelfscan/"
    with visit(browser, address) as (page, wrong):
        begin(page)
        answer(page, [2, 2, 2, 2])
        assert kept(page) == []
        page.goto(address)
        expect(page.get_by_role("radio", name="Raad")).not_to_be_checked()

        page.get_by_label("Bewaar mijn antwoorden").check()
        begin(page, "College")
        answer(page, [4, 4, 4, 4])
        page.goto(f"{server}/privacy/")
        page.goto(address)
        expect(page.locator("#kp-jong-en-oud-samen")).to_be_visible()
        expect(page.locator("[data-melding]")).to_contain_text("vorige keer")
        page.get_by_role("button", name="Terug", exact=True).click()
        expect(page.locator("fieldset:visible :checked")).to_have_count(4)
        page.reload()
        expect(page.locator("fieldset:visible :checked")).to_have_count(4)

        page.get_by_role("button", name="Wis mijn antwoorden").click()
        expect(page.locator("#kp-begin")).to_be_focused()
        assert kept(page) == []
        page.reload()
        expect(page.locator("form :checked:not(option)")).to_have_count(0)

        page.get_by_label("Bewaar mijn antwoorden").check()
        begin(page)
        assert len(kept(page)) == 1
        page.go_back()
        page.get_by_label("Bewaar mijn antwoorden").uncheck()
        assert kept(page) == []
        assert wrong == []


def test_what_the_store_holds_is_not_trusted(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        for held in (
            "{",
            "null",
            '{"scan": {"naam": "<img src=x onerror=alert(1)>", "gemeente": "", "vragen": 3}}',
            json.dumps(
                {
                    "vragenlijst": 3,
                    "id": "0" * 32,
                    "scan": NO_SCAN,
                    "groep": "'],x",
                    "gemeente": '"]',
                    "antwoorden": {"x": 9},
                }
            ),
        ):
            page.evaluate("held => localStorage.setItem('zelfscan /', held)", held)
            page.goto(f"{server}/zelfscan/")
            expect(page.locator("[data-stapbalk]")).to_be_visible()
            expect(page.locator("form :checked:not(option)")).to_have_count(0)
        assert wrong == []


def test_nothing_is_left_open_unnoticed(browser: Browser, server: str) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        page.get_by_role("button", name="Begin", exact=True).click()
        group = page.locator("fieldset", has=page.locator("[name=groep]"))
        expect(group).to_have_accessible_description("Kies eerst bij welke groep u hoort.")
        expect(page.locator("[name=groep]").first).to_be_focused()
        begin(page)
        expect(page.locator(".fout")).to_have_count(0)
        page.locator("input[name=buurt-hulp][value='0']").check()
        page.locator("[data-verder]").click()
        expect(page.locator("[data-melding-stap]")).to_contain_text(
            "Bij 3 stellingen hebt u nog niets gekozen."
        )
        expect(page.locator("fieldset:not(:has(:checked)) .fout:visible")).to_have_count(3)
        expect(page.locator("fieldset:visible:not(:has(:checked)) input").first).to_be_focused()
        page.locator("[data-verder]").click()
        expect(page.locator("#kp-jong-en-oud-samen")).to_be_focused()
        assert wrong == []


def test_a_choice_before_the_data_are_there_counts(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        page.wait_for_function("!document.querySelector('[data-verder]').closest('[inert]')")
        held: list[Route] = []
        page.route("**/zelfscan/gegevens.json*", lambda route: held.append(route))
        with page.expect_request("**/zelfscan/gegevens.json*"):
            page.reload()
        page.get_by_role("radio", name="Raad").check()
        assert page.locator("[data-verder]").evaluate("e => e.closest('[inert]') !== null")
        for route in held:
            route.continue_()
        page.locator("[data-verder]").click()
        expect(page.locator("h2:focus")).to_have_text(questions["velden"][0]["naam"])
        assert wrong == []


def test_offline_after_loading(browser: Browser, server: str, questions: dict[str, Any]) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        page.context.set_offline(True)
        asked: list[str] = []
        with listening(page, request=lambda request: asked.append(request.url)):
            begin(page)
            fill(page, questions)
            expect(page.locator(".aanbod__veld").first).to_be_visible()
            with page.expect_download() as saved:
                page.get_by_role("button", name="Bewaar als bestand").click()
        assert json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))["groep"] == "raad"
        # The browser itself asks for the icon of the tab, at every step.
        assert [
            url for url in asked if not url.startswith("blob:") and not url.endswith("/icoon.svg")
        ] == []
        assert [
            said
            for said in wrong
            if "ERR_INTERNET_DISCONNECTED" not in said and not said.endswith("/icoon.svg")
        ] == []


def test_from_the_link_of_the_municipality_to_the_groups_side_by_side(
    browser: Browser, server: str, questions: dict[str, Any], tmp_path: Path
) -> None:
    own = "De markt van 's-Heerenbeek is <b>gezellig</b> & goed."
    with visit(browser, f"{server}/zelfscan/samen/") as (page, wrong):
        page.get_by_label("Naam van de scan").fill("Zelfscan “2026”")
        page.get_by_label("Uw gemeente (mag leeg blijven)").select_option(label="Zaalbeek")
        page.get_by_label("Stelling 2").fill(own)
        page.get_by_role("button", name="Maak de link").click()
        link = page.get_by_label("Link voor deelnemers").input_value()
        assert link.startswith(f"{server}/zelfscan/#scan=") and "?" not in link
        codes = []
        for number in range(3):
            with visit(browser, link) as (one, fault):
                expect(one.locator("[data-uitnodiging]")).to_have_text(
                    "U doet mee aan: Zelfscan “2026” (Zaalbeek)."
                )
                assert one.evaluate("location.hash") == ""
                begin(one, "Ambtenaren")
                one.reload()
                expect(one.locator("[data-uitnodiging]")).to_have_text(
                    "U doet mee aan: Zelfscan “2026” (Zaalbeek)."
                )
                begin(one, "Ambtenaren")
                if number:
                    one.evaluate("location.hash = 'eigen'")
                else:
                    fill(one, questions)
                expect(one.locator("[data-voortgang]")).to_have_text("Stap 6 van 6")
                expect(one.locator("fieldset.stelling:visible legend")).to_have_text(own)
                answer(one, [number + 1])
                with one.expect_download() as saved:
                    one.get_by_role("button", name="Bewaar als bestand").click()
                saved.value.save_as(tmp_path / f"{number}.json")
                codes.append(one.get_by_label("Code", exact=True).input_value())
                assert fault == []
        page.set_input_files("#kp-bestanden", [tmp_path / f"{n}.json" for n in range(2)])
        expect(page.locator("[data-melding]")).to_contain_text("2 deelnemers")
        page.get_by_label("plak codes").fill("\n".join([*codes, "geencode!"]))
        page.get_by_role("button", name="Voeg de codes toe").click()
        expect(page.locator("[data-melding]")).to_have_text(
            "3 deelnemers: raad 0, college 0, ambtenaren 3, inwoners 0. "
            "2 bestanden of codes waren er al: elke deelnemer telt één keer. 1 bestand of code "
            "is geweigerd."
        )
        expect(page.locator("[data-afgewezen] li")).to_have_text(
            "code 4: beschadigd, of geen code van de zelfscan."
        )
        page.get_by_text("Per stelling, ook de eigen stellingen").click()
        row = page.locator("tr", has=page.get_by_role("rowheader", name=own))
        expect(row.locator("td").nth(2)).to_contain_text("2,0kan beter")
        assert page.locator("main b").count() == 0
        assert wrong == []


def people(folder: Path, count: int) -> list[Path]:
    """Files of participants in four groups: residents think less of it than the council."""
    statements = ("buurt-geld", "buurt-plek", "buurt-idee", "buurt-hulp")
    files = []
    for number in range(count):
        files.append(folder / f"deelnemer {number}.json")
        files[-1].write_text(
            participant(number, GROUPS[number % 4], {s: 5 - number % 4 for s in statements}),
            encoding="utf-8",
        )
    return files


def test_two_thousand_files_at_once(browser: Browser, server: str, tmp_path: Path) -> None:
    with visit(browser, f"{server}/zelfscan/samen/") as (page, wrong):
        page.set_input_files("#kp-bestanden", people(tmp_path, 2000))
        expect(page.locator("[data-melding]")).to_have_text(
            "2.000 deelnemers: raad 500, college 500, ambtenaren 500, inwoners 500.",
            timeout=60_000,
        )
        council = profile(page)[0]
        assert [cell.split()[0] for cell in council] == [
            "Buurten",
            "5,0",
            "4,0",
            "3,0",
            "2,0",
            "3,5",
            "3,0",
        ]
        assert [at for _, at in drawn(page)] == pytest.approx([5, 4, 3, 2])
        assert (
            page.locator("[data-aanbod]")
            .inner_text()
            .count("De groepen verschillen: raad 5,0, inwoners 2,0.")
            == 1
        )
        assert wrong == []


NOTE_SIZES = """() => { const text = Blob.prototype.text;
    Blob.prototype.text = function () {
        window.most = Math.max(window.most ?? 0, this.size);
        return text.call(this);
    };
}"""


def test_every_wrong_file_is_named_and_the_others_count(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    files = people(tmp_path, 12)
    for name, (text, _) in REFUSED.items():
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(text, encoding="utf-8")
    odd = {
        "<img src=x onerror=alert(1)>.json": b"\xff\xfe\x00",
        "big.json": b" " * 50_000_000,
        "million.json": json.dumps(
            {
                "formaat": "democratie-zelfscan",
                "antwoorden": dict.fromkeys(map(str, range(1_000_000)), 1),
            }
        ).encode(),
    }
    for name, content in odd.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(content)
    files.append(files[0])
    with visit(browser, f"{server}/zelfscan/samen/") as (page, wrong):
        page.evaluate(NOTE_SIZES)
        page.set_input_files("#kp-bestanden", files)
        expect(page.locator("[data-melding]")).to_contain_text("12 deelnemers")
        named = page.locator("[data-afgewezen] li").all_text_contents()
        assert len(named) == len(REFUSED) + len(odd)
        for name, reason in [(f"{name}.json", reason) for name, (_, reason) in REFUSED.items()] + [
            ("big.json", "te groot"),
            ("million.json", "te groot"),
        ]:
            assert any(line.startswith(f"{name}: ") and reason in line for line in named), name
        assert any(
            line.startswith("<img src=x onerror=alert(1)>.json: beschadigd") for line in named
        )
        expect(page.locator("[data-melding]")).to_contain_text("1 bestand of code was er al")
        assert page.evaluate("window.most") <= 16_000, "a file too large is not read"
        assert wrong == []


GOAL = 'De raad hoort elk jaar <alle> buurten & wijken | ook "klein" 🙂'


def agenda(page: Page) -> None:
    part = page.locator("[data-veld=buurten-aan-zet]")
    part.get_by_label("Prioriteit").select_option("midden")
    part.get_by_label("Doel: ").fill(GOAL)
    part.get_by_label("Instrument").fill("Praatplaat")
    part.get_by_label("Wie").fill("De griffier")
    part.get_by_label("Wanneer").fill("Voorjaar 2027")
    part.get_by_role("button", name="Nog een doel").click()
    part.get_by_label("Doel: ").last.fill("Een tweede doel")
    page.locator("[data-veld=samen-voor-groen]").get_by_label("Prioriteit").select_option("hoog")
    page.get_by_role("button", name="Maak de verbeteragenda").click()


def test_the_agenda_on_the_page_in_word_and_in_markdown(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    with visit(browser, f"{server}/zelfscan/samen/") as (page, wrong):
        page.set_input_files("#kp-bestanden", people(tmp_path, 12))
        page.get_by_role("button", name="Maak de verbeteragenda").click()
        expect(page.locator("[data-melding-agenda]")).to_have_text(
            "Geef eerst een aandachtsveld prioriteit."
        )
        agenda(page)
        shown = page.locator("[data-verbeteragenda]")
        expect(shown.locator("h2")).to_be_focused()
        assert shown.locator("h3").all_inner_texts() == [
            "Samen voor groen",
            "Buurten aan zet",
            "De uitkomst per groep",
        ]
        cells = (
            shown.locator("table").first.locator("tbody tr").first.locator("td").all_inner_texts()
        )
        assert cells == [GOAL, "Praatplaat", "De griffier", "Voorjaar 2027"]

        with page.expect_download() as saved:
            page.get_by_role("button", name="Download voor Word").click()
        assert saved.value.suggested_filename == "verbeteragenda.docx"
        saved.value.save_as(tmp_path / "verbeteragenda.docx")
        document = docx.Document(str(tmp_path / "verbeteragenda.docx"))
        styles = [(p.style and p.style.name, p.text) for p in document.paragraphs if p.text]
        assert styles[0] == ("Title", "Verbeteragenda dorpskracht")
        assert [text for style, text in styles if style == "Heading 1"] == shown.locator(
            "h3"
        ).all_inner_texts()
        assert ("Caption", "Doelen bij ‘Buurten aan zet’") in styles
        goals, figures = document.tables
        assert [[c.text for c in row.cells] for row in goals.rows] == [
            ["Doel", "Instrument", "Wie", "Wanneer"],
            cells,
            ["Een tweede doel", "–", "–", "–"],
        ]
        assert [cell.text for cell in figures.rows[1].cells] == [
            "Buurten aan zet",
            "5,0",
            "4,0",
            "3,0",
            "2,0",
            "3,5",
        ]
        assert document.core_properties.title == "Verbeteragenda dorpskracht"
        paper = " ".join(printed(tmp_path / "verbeteragenda.docx", tmp_path))
        assert [text for _, text in styles if re.sub(r"\s+", " ", text) not in paper] == []
        assert "Voorjaar 2027" in paper

        with page.expect_download() as saved:
            page.get_by_role("button", name="Download als tekst").click()
        text = Path(saved.value.path()).read_text(encoding="utf-8")
        assert (
            '| De raad hoort elk jaar \\<alle\\> buurten \\& wijken \\| ook "klein" 🙂 | '
            "Praatplaat | De griffier | Voorjaar 2027 |" in text
        )

        page.emulate_media(media="print")
        expect(shown.locator("table").first).to_be_visible()
        expect(page.locator("[data-zelfscan]")).to_be_hidden()
        check_paper(page)
        assert wrong == []


def test_a_document_for_word_holds_any_text_and_says_what_it_is(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    text = "<b>&\"' a\u0000\u0008b\uffff é – 🙂"
    blocks = [
        {"soort": "kop", "niveau": 1, "tekst": text},
        {"soort": "tabel", "naam": text, "rijen": [[text, "b"], ["c", text]]},
    ]
    with visit(browser, f"{server}/zelfscan/samen/") as (page, wrong):
        encoded = page.evaluate(
            """async blocks => {
            const { alsDocx } = await import('../../assets/js/bestanden/word.js');
            const reader = new FileReader();
            reader.readAsDataURL(await alsDocx(blocks[0].tekst, blocks, { kop: '174A7C' }));
            await new Promise((read) => { reader.onload = read; });
            return reader.result.split(',')[1];
        }""",
            blocks,
        )
        assert wrong == []
    document = docx.Document(io.BytesIO(base64.b64decode(encoded)))
    held = text.replace("\u0000", "").replace("\u0008", "").replace("\uffff", "")
    assert [p.text for p in document.paragraphs if p.text] == [held, held]
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [[held, "b"], ["c", held]]
    assert document.core_properties.title == held
    assert document.styles.element.xpath("string(w:docDefaults//w:lang/@w:val)") == "nl-NL"
    assert [len(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [1, 0], (
        "the heading returns on each page"
    )
    assert [len(row._tr.xpath("w:trPr/w:cantSplit")) for row in table.rows] == [1, 1]


def test_the_work_of_the_trekker_stays_only_when_asked_and_can_be_wiped(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    address, files = f"{server}/zelfscan/samen/", people(tmp_path, 12)
    goals = [[GOAL, "Praatplaat", "De griffier", "Voorjaar 2027"], ["Een tweede doel", "", "", ""]]

    def work() -> tuple[int, list[list[str]], str]:
        """The ticks at the steps, the goals of the first aandachtsveld and the name of the scan."""
        page.locator("[data-werkplek]").wait_for()
        found = page.locator("[data-veld=buurten-aan-zet] .doel").all()
        return (
            page.locator("[data-stappen] :checked").count(),
            [[box.input_value() for box in goal.locator("input").all()] for goal in found],
            page.get_by_label("Naam van de scan").input_value(),
        )

    with (
        visit(browser, address) as (page, wrong),
        listening(page, dialog=lambda dialog: dialog.accept()),
    ):
        page.locator("[data-stappen] input").first.check()
        page.set_input_files("#kp-bestanden", files)
        agenda(page)
        assert kept(page) == []
        page.goto(address)
        assert work() == (0, [[""] * 4], "")

        page.get_by_label("Bewaar mijn werk").check()
        page.locator("[data-stappen] input").nth(2).check()
        page.get_by_label("Naam van de scan").fill("Zelfscan 2026")
        page.get_by_label("Stelling 1").fill("De markt is <b>gezellig</b>.")
        page.get_by_role("button", name="Maak de link").click()
        link = page.get_by_label("Link voor deelnemers").input_value()
        page.goto(f"{server}/privacy/")
        page.goto(address)
        expect(page.locator("[data-melding-bewaren]")).to_contain_text("vorige keer")
        assert work() == (1, [[""] * 4], "Zelfscan 2026")
        assert page.get_by_label("Link voor deelnemers").input_value() == link
        assert sorted(json.loads(page.evaluate("Object.values(localStorage)[0]"))) == [
            "agenda",
            "scan",
            "taken",
        ], "no answers of participants"

        page.get_by_role("button", name="Wis mijn werk").click()
        assert (kept(page), work()) == ([], (0, [[""] * 4], ""))
        page.get_by_label("Bewaar mijn werk").check()
        page.set_input_files("#kp-bestanden", files)
        agenda(page)
        page.reload()
        assert work()[1] == goals
        page.set_input_files("#kp-bestanden", files)
        page.get_by_role("button", name="Maak de verbeteragenda").click()
        expect(page.locator("[data-verbeteragenda] h3")).to_have_count(3)
        page.get_by_label("Bewaar mijn werk").uncheck()
        assert kept(page) == []
        for held in (
            "{",
            "5",
            '{"scan": {"naam": 3}, "taken": "x", "agenda": {"buurten-aan-zet": {"doelen": '
            "[null]}}}",
        ):
            page.evaluate("held => localStorage.setItem('zelfscan samen /', held)", held)
            page.goto(address)
            assert work() == (0, [[""] * 4], "")
        assert wrong == []


def stages(page: Page, server: str, questions: dict[str, Any], tmp_path: Path) -> Iterator[str]:
    yield "begin"
    begin(page)
    yield "a step"
    fill(page, questions)
    yield "profile"
    page.goto(f"{server}/zelfscan/samen/")
    page.locator("[data-werkplek]").wait_for()
    yield "together"
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    page.set_input_files("#kp-bestanden", [*people(tmp_path, 12), bad])
    page.locator("[data-uitkomst]").wait_for()
    for details in page.locator("details summary").all():
        details.click()
    agenda(page)
    yield "agenda"


@SIZES
def test_looks_right_to_axe_at_every_stage(
    browser: Browser, server: str, questions: dict[str, Any], size: tuple[int, int], tmp_path: Path
) -> None:
    with visit(browser, f"{server}/zelfscan/", size) as (page, wrong):
        for stage in stages(page, server, questions, tmp_path):
            assert too_wide(page, size[0]) + too_wide(page, 320 if size == PHONE else 1024) == [], (
                stage
            )
            page.set_viewport_size({"width": size[0], "height": size[1]})
            if size == PHONE:
                assert axe(page, rules=NO_COLOURS) == [], stage
                assert page.evaluate(SMALL_TARGETS) == [], stage
            else:
                assert axe(page) == [], stage
                page.emulate_media(color_scheme="dark")
                assert axe(page, runOnly=["color-contrast"]) == [], (
                    f"{stage}: only the colours differ in the dark"
                )
                page.emulate_media(color_scheme="light")
        assert wrong == []


def test_without_javascript_it_is_a_form_to_print(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    with visit(browser, f"{server}/zelfscan/", java_script_enabled=False) as (page, wrong):
        count = sum(len(v["stellingen"]) for v in questions["velden"])
        for medium in ("screen", "print"):
            page.emulate_media(media=medium)
            statements = page.locator("fieldset.stelling:visible")
            expect(statements).to_have_count(count + 1)
            for statement in statements.all()[1:]:
                assert [
                    re.sub(r"^\d ", "", text.strip())
                    for text in statement.locator("label").all_inner_texts()
                ] == [*WORDS[1:], WORDS[0]]
            expect(page.get_by_text("Tel de getallen op")).to_be_visible()
            assert page.locator("main button:visible, main select:visible").count() == 0
        page.emulate_media(media="screen")
        expect(page.get_by_text("Zonder JavaScript is dit een formulier")).to_be_visible()
        page.goto(f"{server}/zelfscan/samen/")
        expect(page.get_by_role("heading", name="Kiezen")).to_be_visible()
        assert page.locator("main button:visible, main input[type=file]:visible").count() == 0
        assert wrong == []


def test_halfway_the_whole_form_goes_on_paper(
    browser: Browser, server: str, questions: dict[str, Any]
) -> None:
    with visit(browser, f"{server}/zelfscan/") as (page, wrong):
        begin(page)
        page.emulate_media(media="print")
        expect(page.locator("fieldset.stelling:visible")).to_have_count(
            sum(len(v["stellingen"]) for v in questions["velden"]) + 1
        )
        expect(page.get_by_text("Tel de getallen op")).to_be_visible()
        assert page.locator("main button:visible").count() == 0
        assert wrong == []


def test_findings_name_an_explanation_that_is_there(site: Path) -> None:
    assert 'id="de-zelfscan-aanpassen"' in (site / "bijdragen" / "index.html").read_text(
        encoding="utf-8"
    )


def test_the_way_to_the_scan(browser: Browser, server: str) -> None:
    with tab(browser) as page:
        page.goto(server)
        page.locator("main").get_by_role("link", name="Doe de zelfscan").click()
        page.wait_for_url("**/zelfscan/")


def test_a_link_that_is_damaged_says_so(browser: Browser, server: str) -> None:
    long = base64.urlsafe_b64encode(json.dumps(NO_SCAN | {"naam": "x" * 200}).encode()).decode()
    for code in ("%%%", "%E0%A4%A", "bnVsbA", long):
        with visit(browser, f"{server}/zelfscan/#scan={code}") as (page, wrong):
            expect(page.locator("[data-melding]")).to_contain_text(
                "De link van uw gemeente klopt niet"
            )
            expect(page.locator("#kp-begin")).to_be_visible()
            assert wrong == []
