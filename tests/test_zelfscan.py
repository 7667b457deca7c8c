"""The zelfscan as data, and what its scripts make of answers, asked in node: tests/zelfscan.mjs."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from building import ROOT, SITE, TODAY, platform_of
from kennisplatform.cli import main
from kennisplatform.content.load import load_library
from kennisplatform.loading import load_platform
from kennisplatform.model.library import Library
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.site.site import site_pages
from kennisplatform.site.zelfscan import offer_files

GROUPS = ("raad", "college", "ambtenaren", "inwoners")
NO_SCAN = {"naam": "", "gemeente": "", "vragen": []}


@pytest.fixture(scope="module")
def platform() -> Platform:
    return platform_of(SITE)


@pytest.fixture(scope="module")
def data(platform: Platform) -> dict[str, Any]:
    [file] = offer_files(platform)
    assert file.address == "zelfscan/gegevens.json"
    assert len(file.content) < 60_000, "it is loaded before anyone begins"
    found: dict[str, Any] = json.loads(file.content)
    return found


# Content


def folder(tmp_path: Path, **files: str) -> Library:
    content = tmp_path / "content"
    (content / "practices").mkdir(parents=True)
    for name, text in files.items():
        (content / f"{name}.yml").write_text(text, encoding="utf-8")
    return load_library(content, "content", SITE)


def test_a_folder_without_a_scan_gets_that_of_the_project(
    tmp_path: Path, platform: Platform
) -> None:
    assert folder(tmp_path).zelfscan == platform.library.zelfscan


def test_a_folder_with_a_scan_keeps_its_own(tmp_path: Path) -> None:
    own = (SITE / "zelfscan.yml").read_text(encoding="utf-8").replace("versie: 3", "versie: 7")
    copytree(SITE / "instruments", tmp_path / "content" / "instruments")
    library = folder(tmp_path, zelfscan=own)
    assert library.zelfscan and library.zelfscan.versie == 7
    assert [f for f in library.findings if f.path == "content/zelfscan.yml"] == []


def test_a_scan_may_name_only_an_instrument_that_is_there(tmp_path: Path) -> None:
    library = folder(tmp_path, zelfscan=(SITE / "zelfscan.yml").read_text(encoding="utf-8"))
    assert [(f.path, f.line, f.code) for f in library.findings] == [
        ("content/zelfscan.yml", 5, "onbekende-pagina")
    ]
    assert library.zelfscan is None


def test_where_the_scan_of_the_project_does_not_fit_there_is_none_and_nothing_to_repair(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    copytree(SITE / "vocabulary", content / "vocabulary")
    (content / "vocabulary" / "aandachtsvelden.yml").write_text(
        "- {naam: Anders, nummer: 1, kort: Iets anders., icoon: material/forum, inleiding: "
        "Anders.}\n",
        encoding="utf-8",
    )
    platform = load_platform(content, "content", Settings(), TODAY, SITE)
    assert platform.findings == ()
    assert platform.library.zelfscan is None
    assert list(offer_files(platform)) == []
    assert not [p for p in site_pages(platform) if p.address.startswith("zelfscan/")]


# The offer


def recommended(offer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (page for pillar in offer["instrumenten"] for page in pillar["paginas"])
    yield from offer["praktijken"]
    yield from offer["organisaties"]


def test_every_recommendation_is_a_page_of_the_site_and_says_why(
    platform: Platform, data: dict[str, Any]
) -> None:
    known = {p.address: p.titel for p in site_pages(platform)}
    assert data["aanbod"].keys() == {v["slug"] for v in data["velden"]}
    for offer in data["aanbod"].values():
        found = list(recommended(offer))
        assert found and all(
            known[r["adres"]] == r["titel"] and r["waarom"] and r["samenvatting"] for r in found
        )


def test_instruments_are_about_their_aandachtsveld_and_stand_under_their_pijler(
    platform: Platform, data: dict[str, Any]
) -> None:
    for veld in data["velden"]:
        shown = data["aanbod"][veld["slug"]]["instrumenten"]
        assert shown, veld["naam"]
        for pillar in shown:
            for card in pillar["paginas"]:
                page = platform.library.by_slug[card["adres"].split("/")[1]]
                assert veld["naam"] in page.velden.aandachtsveld
                assert pillar["pijler"] in (page.velden.pijler or ("",))


# The answers


def ask(
    data: dict[str, Any],
    files: dict[str, str],
    chosen: dict[str, Any] | None = None,
    blocks: list[dict[str, Any]] | None = None,
) -> Any:
    question = json.dumps(
        {"lijst": data, "bestanden": files, "gekozen": chosen, "blokken": blocks or []}
    )
    done = subprocess.run(
        ["node", ROOT / "tests" / "zelfscan.mjs"],
        input=question,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def participant(number: int, group: str, answers: dict[str, Any], **other: Any) -> str:
    return json.dumps(
        {
            "formaat": "democratie-zelfscan",
            "versie": 1,
            "vragenlijst": 3,
            "id": f"{number:032x}",
            "groep": group,
            "scan": NO_SCAN,
            "antwoorden": answers,
        }
        | other
    )


def test_figures_are_those_of_a_count_by_hand(data: dict[str, Any]) -> None:
    chance = random.Random(2019)
    statements = [s for v in data["velden"] for s, _ in v["stellingen"]]
    people = [
        (group, {s: chance.choice((0, 1, 2, 3, 4, 5)) for s in statements if chance.random() < 0.9})
        for group, size in zip(GROUPS, (40, 2, 3, 500), strict=True)
        for _ in range(size)
    ]
    found = ask(data, {f"{n}.json": participant(n, *person) for n, person in enumerate(people)})
    assert (found["aantal"], found["onleesbaar"], found["codes"]) == (545, {}, True)
    for veld, row in zip(data["velden"], found["rijen"], strict=True):
        own = {s for s, _ in veld["stellingen"]}
        means = []
        for group, name in data["groepen"]:
            given = [
                a
                for g, answers in people
                if g == group != "college"
                for s, a in answers.items()
                if s in own
            ]
            points = [a for a in given if a]
            part = row["delen"][name]
            assert part["weetNiet"] == given.count(0)
            assert part["tellingen"] == [points.count(n) for n in range(1, 6)]
            assert (part["oneens"], part["neutraal"], part["eens"]) == (
                points.count(1) + points.count(2),
                points.count(3),
                points.count(4) + points.count(5),
            )
            if group == "college":
                assert part["gemiddelde"] is None, "two people are not shown apart"
            else:
                assert part["gemiddelde"] == pytest.approx(sum(points) / len(points), abs=0.0500001)
                means.append(part["gemiddelde"])
        assert row["gemiddelde"] == pytest.approx(sum(means) / 3, abs=0.0500001)
        assert row["verschil"] == pytest.approx(max(means) - min(means))


def test_the_lowest_the_divided_and_the_different_are_chosen_with_their_reasons(
    data: dict[str, Any],
) -> None:
    low, divided, different = data["velden"][1], data["velden"][3], data["velden"][4]
    files = {}
    for n in range(12):
        group = GROUPS[n % 4]
        answers = {s: 4 for v in data["velden"] for s, _ in v["stellingen"]}
        answers |= {s: 2 for s, _ in low["stellingen"]}
        answers |= {s: 5 if n < 6 else 2 for s, _ in divided["stellingen"]}
        answers |= {
            s: 5 if group == "college" else 4 if group != "inwoners" else 3
            for s, _ in different["stellingen"]
        }
        files[f"{n}.json"] = participant(n, group, answers)
    chosen = dict(ask(data, files)["keuzes"])
    assert chosen[low["slug"]] == ["Het gemiddelde is een van de laagste: 2,0 (kan beter)."]
    assert any(
        "zijn verdeeld" in reason and "keer oneens" in reason for reason in chosen[divided["slug"]]
    )
    assert chosen[different["slug"]] == ["De groepen verschillen: college 5,0, inwoners 3,0."]
    assert len(chosen) == 3


def test_the_staged_folder_carries_the_whole_scan_and_what_it_is_about(tmp_path: Path) -> None:
    assert main(["stage", str(tmp_path / "uit"), "--content", str(SITE)]) == 0
    staged = json.loads((tmp_path / "uit" / "zelfscan" / "index.json").read_text(encoding="utf-8"))
    assert staged["zelfscan"] == yaml.safe_load((SITE / "zelfscan.yml").read_text(encoding="utf-8"))
    field = tmp_path / "uit" / "aandachtsvelden" / "buurten-aan-zet" / "index.md"
    listed = (SITE / "vocabulary" / "aandachtsvelden.yml").read_text(encoding="utf-8")
    introduction = yaml.safe_load(listed)[0]["inleiding"]
    assert introduction in field.read_text(encoding="utf-8")


SIX = {"formaat": "democratie-zelfscan", "versie": 1, "vragenlijst": 3}
REFUSED = {
    "empty": ("", "beschadigd"),
    "cut off": (participant(1, "raad", {"buurt-geld": 4})[:-9], "beschadigd"),
    "deep": ("[" * 15_000, "beschadigd"),
    "null": ("null", "geen bestand van de zelfscan"),
    "a list": ("[1, 2]", "geen bestand van de zelfscan"),
    "foreign": ('{"name": "package", "version": "1.0.0"}', "geen bestand van de zelfscan"),
    "from the future": (participant(1, "raad", {}, versie=2), "nieuwere versie van dit platform"),
    "no version": (participant(1, "raad", {}, versie="1"), "versie klopt niet"),
    "another questionnaire": (
        participant(1, "raad", {}, vragenlijst=2),
        "andere versie van de vragenlijst",
    ),
    "more than there should be": (participant(1, "raad", {}, naam="Jan"), "te veel of te weinig"),
    "unknown group": (participant(1, "<b>raad</b>", {}), "groep bestaat niet"),
    "a group of Object": (participant(1, "constructor", {}), "groep bestaat niet"),
    "no id": (participant(1, "raad", {}, id="<script>"), "nummer van de deelnemer"),
    "unknown statement": (participant(1, "raad", {"buurt-anders": 4}), "stelling die niet bestaat"),
    "own question that was not asked": (
        participant(1, "raad", {"eigen-1": 4}),
        "stelling die niet bestaat",
    ),
    "prototype as answer": (
        '{"formaat":"democratie-zelfscan","versie":1,"vragenlijst":3,"id":"'
        + "0" * 32
        + '","groep":"raad","scan":'
        + json.dumps(NO_SCAN)
        + ',"antwoorden":{"__proto__":{"vervuild":"ja"}}}',
        "stelling die niet bestaat",
    ),
    "prototype beside": (
        '{"__proto__":{"vervuild":"ja"},' + participant(1, "raad", {})[1:],
        "te veel of te weinig",
    ),
    "six points": (participant(1, "raad", {"buurt-geld": 6}), "dat niet kan"),
    "half a point": (participant(1, "raad", {"buurt-geld": 2.5}), "dat niet kan"),
    "text as answer": (participant(1, "raad", {"buurt-geld": "5"}), "dat niet kan"),
    "answers in a list": (participant(1, "raad", {}, antwoorden=[5] * 24), "geen antwoorden"),
    "a million answers": (
        json.dumps(SIX | {"antwoorden": {str(n): 1 for n in range(100_000)}}),
        "te groot",
    ),
    "five own questions": (
        participant(1, "raad", {}, scan=NO_SCAN | {"vragen": list("abcde")}),
        "vragen van de scan",
    ),
    "an own question without end": (
        participant(1, "raad", {}, scan=NO_SCAN | {"vragen": ["a" * 161]}),
        "vragen van de scan",
    ),
    "an address as municipality": (
        participant(1, "raad", {}, scan=NO_SCAN | {"gemeente": "../../x"}),
        "vragen van de scan",
    ),
}


def test_what_cannot_count_is_named_with_its_reason_and_the_rest_counts(
    data: dict[str, Any],
) -> None:
    files = {name: text for name, (text, _) in REFUSED.items()}
    good = {f"good {n}": participant(n, "raad", {"buurt-geld": 4}) for n in range(3)}
    found = ask(data, files | good)
    assert found["onleesbaar"].keys() == REFUSED.keys()
    assert [
        (name, found["onleesbaar"][name])
        for name, (_, reason) in REFUSED.items()
        if reason not in found["onleesbaar"][name]
    ] == []
    assert found["aantal"] == 3
    assert found["rijen"][0]["gemiddelde"] == 4
    assert found["vervuild"] is None


def test_each_participant_counts_once_and_only_in_the_scan_of_most(data: dict[str, Any]) -> None:
    ours = {"naam": "Zelfscan 2026", "gemeente": "zaalbeek", "vragen": ["De markt is gezellig."]}
    files = {
        f"{n}.json": participant(n, "raad", {"buurt-geld": 5, "eigen-1": 3}, scan=ours)
        for n in range(4)
    }
    files["again.json"] = participant(2, "raad", {"buurt-geld": 1}, scan=ours)
    files["other.json"] = participant(8, "raad", {}, scan=ours | {"naam": "Zelfscan 2024"})
    files["without link.json"] = participant(9, "raad", {})
    found = ask(data, files)
    assert (found["aantal"], found["dubbel"], found["scan"]) == (4, ["again.json"], ours)
    assert found["rijen"][0]["gemiddelde"] == 5, "the first of the two counts"
    assert [name for name, _ in found["afgewezen"]] == ["other.json", "without link.json"]
    assert "Zelfscan 2024" in found["afgewezen"][0][1]
    chosen = ask(data, files, ours | {"naam": "Zelfscan 2024"})
    assert chosen["aantal"] == 1, "a scan that was chosen wins from that of most"


def test_markdown_keeps_its_shape_whatever_is_typed(data: dict[str, Any]) -> None:
    found = ask(
        data,
        {},
        blocks=[
            {"soort": "kop", "niveau": 1, "tekst": "Agenda # *1*"},
            {"soort": "alinea", "tekst": "<b>\nniet vet</b>"},
            {"soort": "tabel", "naam": "t", "rijen": [["Doel", "Wie"], ["a | b", "c\nd"]]},
        ],
    )["markdown"]
    assert found.split("\n") == [
        "# Agenda \\# \\*1\\*",
        "",
        "\\<b\\> niet vet\\</b\\>",
        "",
        "| Doel | Wie |",
        "| --- | --- |",
        "| a \\| b | c d |",
        "",
    ]
