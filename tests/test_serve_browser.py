"""Be an editor: serve, write and save, and see each change come by itself in a browser that stays
open.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect

from building import environment, pages, working_copy
from redactie import bundle

PARTS = ("docs", "hooks", "overrides", "redactie", "scripts", "src", "mkdocs.yml", ".vscode")
PATIENCE = 60_000
"""Milliseconds until a change must be shown on a machine that is busy."""
PAGE = """---
titel: {titel}
samenvatting: Kort gezegd.
aandachtsveld: [Buurten aan zet]
gemeente: [Schorreland]
datum: 2026-11-01
{meer}---

## Aanleiding

{tekst}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working copy of the project with the invented names and two pages, because templates and
    styles are edited too: each save costs a build of it all.
    """
    copy = working_copy(tmp_path_factory.mktemp("werkkopie"), PARTS)
    texts = {
        f"practices/eerder-{n}.md": PAGE.format(
            titel=f"Eerdere pagina {n}", meer=f"bewijs: {proven}\nstatus: {state}\n", tekst="Tekst."
        )
        for n, (proven, state) in enumerate((("idee", "lopend"), ("proef", "afgerond")))
    }
    pages(copy / "content", texts)
    return copy


@pytest.fixture(scope="module")
def address(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the working copy, with the form editor."""
    with serving_copy(project, tmp_path_factory.mktemp("uitvoer"), str(bundle())) as address:
        yield address


@contextmanager
def serving_copy(project: Path, log: Path, editor: str = "") -> Iterator[str]:
    """Run what scripts/serve runs, with the Python of the tests; give its address, with a slash at
    the end.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: list[str | Path] = [
        sys.executable,
        project / "scripts" / "serve.py",
        "--port",
        str(port),
    ]
    settings = environment(KENNISPLATFORM_REDACTIE=editor) | {"PYTHONPATH": str(project / "src")}
    with (
        (log / "uitvoer.txt").open("w+b") as output,
        subprocess.Popen(
            command,
            env=settings,
            cwd=project,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which nothing may be refused or fail; that a page is gone is no failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()
    assert [said for said in complaints if "404" not in said] == []


@pytest.fixture(scope="module")
def page_of(project: Path) -> Callable[..., Path]:
    """Write a page of one's own; it stays, for another save costs another build."""

    def write(
        name: str, titel: str = "Proefpagina", tekst: str = "De eerste versie.", meer: str = ""
    ) -> Path:
        file = project / "content" / "practices" / f"{name}.md"
        file.write_text(PAGE.format(titel=titel, tekst=tekst, meer=meer), encoding="utf-8")
        return file

    return write


def come(address: str) -> None:
    """Wait until a page is served."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE / 1000):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not come")


def open_page(tab: Page, address: str) -> None:
    come(address)
    tab.goto(address)


def shows(tab: Page, text: str) -> None:
    expect(tab.locator("main")).to_contain_text(text, timeout=PATIENCE)


def found(tab: Page, expression: str, good: Callable[[object], bool] = bool) -> object:
    """Wait until a script finds what is good; a page that is being loaded anew finds nothing."""
    end = time.monotonic() + PATIENCE / 1000
    value = None
    while not good(value) and time.monotonic() < end:
        with suppress(Error):
            value = tab.evaluate(expression)
        time.sleep(0.05)
    return value


def becomes(tab: Page, expression: str, value: object) -> None:
    assert found(tab, expression, lambda now: now == value) == value


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_shows_and_the_page_stays_where_it_was(
    address: str, tab: Page, page_of: Callable[..., Path]
) -> None:
    long = "\n\n".join(f"Alinea {number} van een lange tekst." for number in range(80))
    file = page_of("proef-tekst", tekst=f"De eerste versie.\n\n{long}")
    open_page(tab, f"{address}praktijken/proef-tekst/")
    tab.evaluate("scrollTo(0, 900)")
    replace(file, "De eerste versie.", "De tweede versie.")
    shows(tab, "De tweede versie.")
    becomes(tab, "scrollY", 900)
    replace(file, "titel: Proefpagina", "titel: Een andere titel")
    expect(tab.locator("h1")).to_have_text("Een andere titel", timeout=PATIENCE)
    becomes(tab, "scrollY", 900)


def test_a_mistake_shows_itself_and_goes_with_its_repair(
    address: str, tab: Page, page_of: Callable[..., Path]
) -> None:
    file = page_of("proef-fout")
    open_page(tab, f"{address}praktijken/proef-fout/")
    shows(tab, "De eerste versie.")
    replace(file, "samenvatting:", "samenvating:")
    shows(tab, "het veld ‘samenvating’ bestaat niet. Bedoeld: ‘samenvatting’?")
    replace(file, "samenvating:", "samenvatting:")
    shows(tab, "De eerste versie.")


def test_a_renamed_page_takes_its_tab_along(
    address: str, tab: Page, page_of: Callable[..., Path]
) -> None:
    file = page_of("proef-oud")
    open_page(tab, f"{address}praktijken/proef-oud/")
    page_of(
        "proef-nieuw",
        tekst="Op het nieuwe adres.",
        meer="oude_adressen: [/praktijken/proef-oud/]\n",
    )
    file.unlink()
    tab.wait_for_url("**/praktijken/proef-nieuw/", timeout=PATIENCE)
    shows(tab, "Op het nieuwe adres.")


def test_a_page_that_goes_leaves_word_and_its_tab_sees_it_return(
    address: str, tab: Page, page_of: Callable[..., Path]
) -> None:
    file = page_of("proef-weg")
    open_page(tab, f"{address}praktijken/proef-weg/")
    file.unlink()
    shows(tab, "Deze pagina bestaat niet")
    page_of("proef-weg", tekst="Daar is zij weer.")
    shows(tab, "Daar is zij weer.")


def test_a_new_page_comes_into_the_list_that_is_open(
    address: str, tab: Page, page_of: Callable[..., Path]
) -> None:
    open_page(tab, f"{address}praktijken/?gemeente=schorreland")
    opened = (
        "[...document.querySelectorAll('.facetten__alle [open] summary')].map(s => s.innerText)"
    )
    # In one go, for what an earlier test saved may still be on its way; and after a key, for a page
    # that comes anew puts its folds back until its visitor does something.
    was = found(
        tab,
        f"""() => {{
            if (document.readyState !== 'complete'
                || !document.querySelector('.sorteren:not([inert])')) return '';
            dispatchEvent(new KeyboardEvent('keydown', {{key: 'Shift'}}));
            const folds = [...document.querySelectorAll('.facetten__alle details')];
            const inverse = folds.map(fold => !fold.open);
            folds.forEach((fold, place) => {{ fold.open = inverse[place]; }});
            return String({opened});
        }}""",
    )
    assert was
    page_of("proef-lijst", titel="Een nieuwe praktijk uit Schorreland")
    shows(tab, "Een nieuwe praktijk uit Schorreland")
    assert tab.url.endswith("?gemeente=schorreland")
    becomes(tab, f"String({opened})", was)


def test_a_word_of_the_vocabulary_shows(address: str, tab: Page, project: Path) -> None:
    names = project / "content" / "vocabulary" / "aandachtsvelden.yml"
    open_page(tab, f"{address}aandachtsvelden/")
    replace(
        names,
        "Hoe mensen in een buurt of dorp zelf kunnen kiezen wat er gebeurt.",
        "Een heel andere uitleg.",
    )
    shows(tab, "Een heel andere uitleg.")


def test_another_image_under_the_same_name_shows(
    address: str, tab: Page, project: Path, page_of: Callable[..., Path]
) -> None:
    image = project / "content" / "afbeeldingen" / "proef.png"
    image.parent.mkdir(exist_ok=True)
    Image.new("RGB", (40, 20), "red").save(image)
    page_of("proef-beeld", tekst="![Een rood vlak](../afbeeldingen/proef.png)")
    open_page(tab, f"{address}praktijken/proef-beeld/")
    shown = "document.querySelector('main img[alt=\"Een rood vlak\"]').naturalWidth"
    becomes(tab, shown, 40)
    Image.new("RGB", (60, 20), "blue").save(image)
    becomes(tab, shown, 60)


def test_the_style_and_a_template_show(address: str, tab: Page, project: Path) -> None:
    style, template = (
        project / "docs" / "assets" / "css" / "site.css",
        project / "overrides" / "404.html",
    )
    open_page(tab, f"{address}over/")
    with style.open("a", encoding="utf-8") as file:
        file.write("\nh1 { color: rgb(1, 2, 3); }\n")
    becomes(tab, "getComputedStyle(document.querySelector('h1')).color", "rgb(1, 2, 3)")
    tab.goto(f"{address}bestaat-niet/")
    replace(template, "Deze pagina bestaat niet", "Deze pagina is er niet")
    shows(tab, "Deze pagina is er niet")


def test_a_hand_written_page_shows_with_its_folds_as_they_were(
    address: str, tab: Page, project: Path, page_of: Callable[..., Path]
) -> None:
    file = page_of("proef-vouw")
    replace(file, "samenvatting:", "samenvating:")
    open_page(tab, f"{address}over/")
    fold = tab.locator(".bevindingen details")
    expect(fold).to_contain_text("proef-vouw", timeout=PATIENCE)  # there may be others before it
    expect(fold.locator("summary")).to_have_text(
        re.compile(r"^(1 bevinding|([2-9]|\d\d+) bevindingen) in de inhoud")
    )
    fold.locator("summary").click()
    with (project / "docs" / "over.md").open("a", encoding="utf-8") as page:
        page.write("\nDit is er net bij gekomen.\n")
    shows(tab, "Dit is er net bij gekomen.")
    expect(fold).to_have_attribute("open", "", timeout=PATIENCE)
    replace(file, "samenvating:", "samenvatting:")


def test_what_stops_the_build_shows_and_goes(address: str, tab: Page, project: Path) -> None:
    template = project / "overrides" / "main.html"
    open_page(tab, f"{address}over/")
    whole = template.read_text(encoding="utf-8")
    template.write_text("{% oeps %}", encoding="utf-8")
    expect(tab.locator("body")).to_contain_text(
        "De site kan nu niet worden gebouwd", timeout=PATIENCE
    )
    expect(tab.locator("pre")).to_contain_text("oeps")
    template.write_text(whole, encoding="utf-8")
    expect(tab.locator("h1")).to_have_text("Over dit platform", timeout=PATIENCE)


def test_what_is_saved_during_a_build_is_not_lost(
    address: str, tab: Page, page_of: Callable[..., Path]
) -> None:
    file = page_of("proef-snel", tekst="Versie 0.")
    open_page(tab, f"{address}praktijken/proef-snel/")
    for number in range(1, 4):
        replace(file, f"Versie {number - 1}.", f"Versie {number}.")
        time.sleep(0.7)
    shows(tab, "Versie 3.")


def test_what_is_saved_during_the_first_build_is_not_lost(
    project: Path, tab: Page, tmp_path: Path, page_of: Callable[..., Path]
) -> None:
    with serving_copy(project, tmp_path) as address:
        seen = time.monotonic()
        while (
            b"Building documentation" not in (tmp_path / "uitvoer.txt").read_bytes()
            and time.monotonic() < seen + PATIENCE / 1000
        ):
            time.sleep(0.02)
        time.sleep(0.5)  # the content has been read, and the site is being written
        page_of("proef-meteen", tekst="Onder het bouwen geschreven.")
        open_page(tab, f"{address}praktijken/proef-meteen/")
        shows(tab, "Onder het bouwen geschreven.")
        tab.goto("about:blank")  # it would miss the server


def test_the_form_is_left_alone(
    address: str, browser: Browser, tab: Page, page_of: Callable[..., Path]
) -> None:
    """What somebody is typing there would be lost. Without a repository it is for the working copy
    alone.
    """
    file = page_of("proef-formulier")
    form = browser.new_page(locale="nl-NL")
    form.set_default_timeout(PATIENCE)
    open_page(form, f"{address}redactie/")
    form.get_by_role("button", name="Werken met een lokale repository").wait_for()
    expect(form.get_by_role("button", name="token")).to_be_hidden()
    form.evaluate("window.typed = true")
    open_page(tab, f"{address}praktijken/proef-formulier/")
    replace(file, "De eerste versie.", "De tweede versie.")
    shows(tab, "De tweede versie.")
    form.bring_to_front()
    form.wait_for_timeout(1500)
    assert form.evaluate("window.typed")
    form.close()
