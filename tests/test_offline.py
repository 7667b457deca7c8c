"""The edition that opens from a folder: nothing in it leads nowhere, and it searches and filters as
the site does.
"""

from __future__ import annotations

import importlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from building import EPOCH, ROOT, SITE, TODAY, environment, pages, read
from kennisplatform.model.text import date
from looking import axe, listening, tab
from test_search_browser import BOX, RESULT, STATUS, ask, hits, slugs
from test_zelfscan_browser import begin, fill


def offline(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run what scripts/offline runs, with the Python of the tests instead of that of .venv."""
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "offline.py", *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("offline") / "nieuw" / "editie.zip"
    done = offline("--content", SITE, "--output", made, SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "open buurtwijzer/index.html" in done.stdout
    assert [f.name for f in made.parent.iterdir()] == ["editie.zip"]
    return made


@pytest.fixture(scope="module")
def folder(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody unpacked it, with a name that an address cannot hold as it is."""
    place = tmp_path_factory.mktemp("uitgepakt") / "Mijn map #1"
    with zipfile.ZipFile(edition) as archive:
        archive.extractall(place)
    assert [f.name for f in place.iterdir()] == ["buurtwijzer"]
    return place / "buurtwijzer"


@pytest.fixture
def root(folder: Path) -> str:
    """The address of the folder, without a slash at the end."""
    return folder.as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab without a network, that may not complain and asks for nothing but files that are
    there.
    """
    wrong: list[str] = []
    with (
        tab(browser) as page,
        listening(
            page,
            console=lambda message: wrong.append(message.text),
            pageerror=lambda error: wrong.append(str(error)),
            requestfailed=lambda request: (
                None
                if request.failure == "net::ERR_ABORTED"
                else wrong.append(f"failed: {request.url}")
            ),
            request=lambda request: (
                None
                if request.url.startswith("file:")
                else wrong.append(f"elsewhere: {request.url}")
            ),
        ),
    ):
        page.context.set_offline(True)
        yield page
    assert wrong == []


def file_of(address: str) -> Path:
    return Path(unquote(urlsplit(address).path))


def loads(page: Page, links: str) -> None:
    """Every link that a script made, once it is there, leads to a page."""
    expect(page.locator(links)).not_to_have_count(0)
    addresses = page.eval_on_selector_all(links, "links => links.map(a => a.href)")
    assert [a for a in addresses if not (a.startswith("file:") and file_of(a).is_file())] == []


def count(page: Page) -> int:
    return int(page.inner_text("[data-count]").split()[0])


def test_two_builds_give_the_same_bytes(
    edition: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    module = importlib.import_module("offline")
    other = Path(module.shutil.copytree(site, tmp_path / "buurtwijzer"))
    module.convert(other, TODAY)
    module.write_zip(other, tmp_path / "editie.zip", TODAY)
    assert (tmp_path / "editie.zip").read_bytes() == edition.read_bytes()


def test_every_link_of_every_page_leads_to_a_file(folder: Path) -> None:
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    html = {name: read(folder / name) for name in files if name.endswith(".html")}
    assert len(html) > 250
    wrong = []
    for name, page in html.items():
        for tag, attributes in page.tags:
            refresh = (
                attributes.get("content", "").partition("url=")[2]
                if attributes.get("http-equiv") == "refresh"
                else ""
            )
            chosen = attributes.get("value", "") if tag == "option" else ""
            for address in (
                attributes.get("href"),
                attributes.get("src"),
                attributes.get("action"),
                refresh,
                chosen if "/" in chosen else "",
            ):
                parts = urlsplit(address or "")
                if not address or parts.scheme or parts.netloc:
                    continue
                target = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
                if target not in files or (
                    parts.fragment
                    and target in html
                    and unquote(parts.fragment) not in html[target].ids
                ):
                    wrong.append(f"{name}: {address}")
    assert wrong == []


def test_every_page_says_of_which_day_it_is(folder: Path) -> None:
    assert [
        file
        for file in folder.rglob("*.html")
        if f"Dit is een kopie van de site van {date(TODAY)}."
        not in file.read_text(encoding="utf-8")
    ] == []


def test_a_page_has_one_classic_script_and_no_policy(folder: Path) -> None:
    for file in folder.rglob("*.html"):
        page = read(file)
        scripts = [attributes for attributes in page.all("script") if "src" in attributes]
        assert [set(attributes) for attributes in scripts] == [{"src", "defer"}], file
        assert {
            attributes.get("type") for attributes in page.all("script") if "src" not in attributes
        } <= {"application/ld+json"}, file
        assert {meta.get("http-equiv") for meta in page.all("meta")} <= {None, "refresh"}, file


def test_from_home_to_a_filtered_catalogue_and_back(page: Page, root: str) -> None:
    page.goto(f"{root}/index.html")
    assert page.evaluate(
        "document.fonts.ready.then(fonts => [...new Set([...fonts].map(f => f.status))])"
    ) == ["loaded"]
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Praktijken").click()
    page.wait_for_selector(".sorteren:not([inert])")
    everything = count(page)
    page.check("#kp-f-aandachtsveld-buurten-aan-zet")
    expect(page).to_have_url(re.compile(r"/praktijken/index\.html\?aandachtsveld=buurten-aan-zet$"))
    expect(page.locator("[data-card]")).to_have_count(count(page))
    chosen = count(page)
    assert 0 < chosen < everything
    loads(page, "[data-card] a")
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text(f"{everything} praktijken")
    page.go_forward()
    expect(page.locator("[data-card]")).to_have_count(chosen)
    page.locator("[data-card] a").first.click()
    expect(page.locator("body[data-page-slug]")).to_have_count(1)


def test_a_list_by_itself_leads_on_to_the_whole_catalogue(page: Page, root: str) -> None:
    page.goto(f"{root}/praktijken/aandachtsveld/buurten-aan-zet/index.html")
    page.wait_for_selector(".sorteren:not([inert])")
    page.check("#kp-f-aandachtsveld-samen-voor-groen")
    expect(page).to_have_url(
        re.compile(
            r"/praktijken/index\.html\?aandachtsveld=buurten-aan-zet&aandachtsveld=samen-voor-groen$"
        )
    )
    expect(page.locator("#kp-f-aandachtsveld-samen-voor-groen")).to_be_checked()


@pytest.mark.parametrize("question", ["moestiun", "buurtbudget", "Tweelanden"])
def test_search_finds_what_the_site_finds(
    page: Page, browser: Browser, server: str, root: str, question: str
) -> None:
    with tab(browser) as online:
        expected = ask(online, server, question)
        told = online.inner_text("[data-zoekhulp]")
    page.goto(f"{root}/index.html")
    page.locator(f"main {BOX}").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/zoeken/index.html?q={question}")
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    assert slugs(page) == expected != []
    assert page.inner_text("[data-zoekhulp]") == told
    loads(page, f"{RESULT} a")


def test_a_result_is_filtered_and_the_address_keeps_it(page: Page, root: str) -> None:
    page.goto(f"{root}/zoeken/index.html?q=bewoners")
    expect(page.locator(STATUS)).to_have_attribute("data-search-status", "done")
    total = hits(page.inner_text(STATUS))
    facet = page.locator("[data-facet=aandachtsveld]")
    facet.locator("summary").click()
    facet.locator("input").first.check()
    expect(page).to_have_url(re.compile(r"\?q=bewoners&aandachtsveld="))
    expect(page.locator(STATUS)).not_to_have_text(f"{total} resultaten")
    fewer = hits(page.inner_text(STATUS))
    page.reload()
    expect(page.locator(STATUS)).to_contain_text(re.compile(f"^{fewer} resulta"))
    page.go_back()
    expect(page.locator(STATUS)).to_have_text(f"{total} resultaten")


def test_the_header_answers_on_any_page(page: Page, root: str) -> None:
    page.goto(f"{root}/gemeenten/zaalbeek/index.html")
    page.locator(f"header {BOX}").click()
    page.keyboard.type("stemmen met bonen")
    options = page.get_by_role("option")
    expect(options.last).to_have_attribute(
        "data-adres", f"{root}/zoeken/index.html?q=stemmen+met+bonen"
    )
    page.keyboard.press("ArrowDown")
    address = str(options.first.get_attribute("data-adres"))
    assert file_of(address).is_file()
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    expect(page.locator("main h1")).to_be_visible()


def test_a_list_is_kept_compared_and_printed_as_a_dossier(page: Page, root: str) -> None:
    page.goto(f"{root}/praktijken/een-euro-per-bewoner/index.html")
    title = page.inner_text("h1")
    page.locator("[data-acties] [data-bewaar]").click()
    page.locator(".bak").get_by_role("link", name="Mijn lijst").click()
    loads(page, "[data-paginas] a")
    expect(page.get_by_label("Adres om te delen")).to_be_hidden()  # nobody else could open it
    page.get_by_role("button", name="Print als dossier").click()
    expect(page.locator("[data-stukken] article")).to_contain_text(title)
    loads(page, "[data-stukken] a[href^=file]")
    assert "index.html" not in page.inner_text("[data-stukken]")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Dossier voor Word").click()
    document = docx.Document(str(saved.value.path()))
    assert title in [paragraph.text for paragraph in document.paragraphs]
    assert not any(r.target_ref.startswith("file:") for r in document.part.rels.values())
    page.locator("[data-vergelijk]").click()
    expect(page.locator("[data-tabel] th a")).to_have_text(title)
    loads(page, "[data-tabel] a")


def test_the_zelfscan_is_done_alone_and_its_code_opened_together(
    page: Page, root: str, site: Path
) -> None:
    page.goto(f"{root}/zelfscan/index.html")
    page.locator("[data-stapbalk]").wait_for()
    begin(page)
    fill(page, json.loads((site / "zelfscan" / "gegevens.json").read_text(encoding="utf-8")))
    loads(page, "[data-aanbod] a")
    code = page.get_by_label("Code", exact=True).input_value()
    page.goto(f"{root}/zelfscan/samen/index.html")
    page.get_by_label("plak codes").fill(code)
    page.get_by_role("button", name="Voeg de codes toe").click()
    expect(page.locator("[data-melding]")).to_contain_text("1 deelnemer: raad 1")
    expect(page.get_by_text("Dat kan niet in deze kopie van de site")).to_be_visible()
    expect(
        page.get_by_role("button", name="Maak de link")
    ).to_be_hidden()  # nobody else could open it
    page.locator("[data-agenda]").get_by_label("Prioriteit").first.select_option("hoog")
    page.get_by_role("button", name="Maak de verbeteragenda").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download voor Word").click()
    words = [paragraph.text for paragraph in docx.Document(str(saved.value.path())).paragraphs]
    assert words[0] == page.locator("[data-stuk] h2").inner_text()


def test_the_agenda_is_filtered_and_downloaded(page: Page, root: str) -> None:
    page.goto(f"{root}/agenda/index.html")
    page.wait_for_selector(".sorteren:not([inert])")
    everything = count(page)
    page.locator("[data-filter][type=checkbox]").first.check()
    expect(page.locator("[data-card]")).to_have_count(count(page))
    assert 0 < count(page) < everything
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > count(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Excel").click()
    assert openpyxl.load_workbook(
        io.BytesIO(saved.value.path().read_bytes())
    ).active.max_row == len(lines)


def test_home_leads_to_the_chosen_municipality_and_an_old_name_leads_on(
    page: Page, root: str
) -> None:
    page.goto(f"{root}/index.html")
    page.locator("[data-kies] select").select_option(label="Stilveen")
    page.locator("[data-kies] button").click()
    expect(page).to_have_url(f"{root}/gemeenten/stilveen/index.html")
    for part in page.locator(".landkaart use").all():  # the drawing of another file
        expect(part).to_be_visible()
    page.goto(f"{root}/gemeenten/den-beek/index.html")
    expect(page).to_have_url(f"{root}/gemeenten/s-heerenbeek/index.html")


@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "kaart/index.html",
        "praktijken/index.html?soort=kijkdag",
        "zoeken/index.html?q=moestiun",
    ],
)
def test_it_is_accessible(page: Page, root: str, address: str) -> None:
    page.goto(f"{root}/{address}")
    if "?" in address:
        page.wait_for_selector("[data-facet], .sorteren:not([inert])")
    assert axe(page, preload=False) == []  # it would fetch the style sheet


def test_content_with_an_error_gives_no_edition(tmp_path: Path) -> None:
    pages(tmp_path / "content", {"events/leeg.md": ""})
    done = offline("--content", tmp_path / "content", "--output", tmp_path / "editie.zip")
    assert done.returncode == 1
    assert "events/leeg.md:1: fout: " in done.stdout
    assert not (tmp_path / "editie.zip").exists()


def test_it_can_come_unpacked_and_overwrites_nothing(tmp_path: Path) -> None:
    pages(tmp_path / "content", {})
    arguments = ("--content", tmp_path / "content", "--output", tmp_path / "editie")
    done = offline(*arguments, PATH=str(tmp_path))  # so without Node
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == (
        f"De offline-editie staat in {tmp_path / 'editie'}. Open "
        f"{tmp_path / 'editie' / 'index.html'}.\n"
    )
    assert (tmp_path / "editie" / "index.html").is_file()
    again = offline(*arguments)
    assert (again.returncode, again.stderr) == (
        2,
        f"{tmp_path / 'editie'} bestaat al. Kies met --output een andere naam.\n",
    )
