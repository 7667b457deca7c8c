"""Make and improve pages with the form editor in a real browser: in a working copy, and as a pull
request.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import yaml
from markdown_it.token import Token
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from building import FROZEN, REPO, ROOT, SITE, SUB_PATH, at_night, build_site, platform_of, read
from conftest import chromium, serving
from kennisplatform.cli import main
from kennisplatform.content.load import load_library
from kennisplatform.content.tokens import _markdown_parser
from kennisplatform.content.unreadable import LOADER
from kennisplatform.model.library import Library
from kennisplatform.model.platform import Settings
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.publish.redactie import editor_config, editor_policy
from test_editor_files import changed

expect.set_options(timeout=60_000)  # a slow machine is no failure
PATH = urlsplit(SUB_PATH).path.strip("/")
PRACTICE = "content/practices/een-euro-per-bewoner.md"


def pages_of(content: Path) -> dict[str, str]:
    """Give the text of every page by its path in a working copy."""
    return {
        f"content/{folder}/{file.name}": file.read_text(encoding="utf-8")
        for folder in COLLECTIES
        for file in sorted((content / folder).glob("*.md"))
    }


PAGES = pages_of(SITE)
REAL = dict(sorted(pages_of(FROZEN).items())[::14])
"""Some of the real pages, with names that the lists of the invented ones do not have."""
FILES = {path: PAGES[path] for path in (PRACTICE, "content/instruments/stemmen-met-bonen.md")}
# What the folder picker would give: a folder that only this browser profile knows, with the mark of
# a repository in it.
PICKER = """files => {
    window.showDirectoryPicker = async () => {
        const root = await navigator.storage.getDirectory();
        await root.getDirectoryHandle('.git', {create: true});
        for (const [path, text] of Object.entries(files)) {
            const names = path.split('/'), name = names.pop();
            let folder = root;
            for (const part of names) folder = await folder.getDirectoryHandle(part,
                {create: true});
            const stream = await (await folder.getFileHandle(name, {create: true}))
                .createWritable();
            await stream.write(text);
            await stream.close();
        }
        return root;
    };
}"""
READ_FOLDER = """async path => {
    let folder = await navigator.storage.getDirectory();
    for (const part of path.split('/')) folder = await folder.getDirectoryHandle(part);
    const found = {};
    for await (const [name, file] of folder.entries()) found[name] = [...new Uint8Array(await (
        await file.getFile()).arrayBuffer())];
    return found;
}"""
READ_FILE = """async path => {
    let folder = await navigator.storage.getDirectory();
    const names = path.split('/'), name = names.pop();
    for (const part of names) folder = await folder.getDirectoryHandle(part);
    return (await (await folder.getFileHandle(name)).getFile()).text();
}"""
EXIF_MAKER = 0x010F
PHOTO = "foto-s-van-het-cafe.webp"
"""What becomes of ‘Foto’s van het Café.JPG’."""
VISIT = (ROOT / "tests" / "redactie" / "bezoek.js").read_text(encoding="utf-8")


@contextmanager
def hosting(site: Path, root: Path) -> Iterator[str]:
    """Serve a site below a path, as it is made for; give the address of the editor."""
    (root / PATH).symlink_to(site)
    (root / "_headers").symlink_to(site / "_headers")
    with serving(root) as address:
        yield f"{address}/{PATH}/redactie/"


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One that gives each page a frame of its own: a window that is closed or leads on while its
    icon is fetched else fetches it for nobody, which may not reach this machine.
    """
    with chromium(playwright) as browser:
        yield browser


@pytest.fixture(scope="module")
def editor(below: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the editor in a site with a repository."""
    assert (below / "redactie" / "editor.js").is_file()
    with hosting(below, tmp_path_factory.mktemp("host")) as address:
        yield address


@contextmanager
def dutch(browser: Browser) -> Iterator[Page]:
    """Give a Dutch browser; hold that it reached for this machine only, and that nothing went
    wrong.
    """
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page, wrong = context.new_page(), []
    page.on(
        "request",
        lambda r: (
            None
            if urlsplit(r.url).hostname in ("127.0.0.1", None)
            else wrong.append(f"elsewhere: {r.url}")
        ),
    )
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on(
        "console",
        lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None,
    )
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with dutch(browser) as page:
        yield page


@pytest.fixture(scope="module")
def copy(browser: Browser, editor: str) -> Iterator[Page]:
    """The form with a working copy. It stays open after saving, as who works with it can choose."""
    preferences = json.dumps(json.dumps({"locale": "nl", "closeOnSave": False}))
    with dutch(browser) as page:
        page.add_init_script(f"localStorage.setItem('sveltia-cms.prefs', {preferences})")
        page.add_init_script(f"({PICKER})({json.dumps(PAGES | REAL)})")
        page.goto(editor)
        page.get_by_role("button", name="Werken met een lokale repository").click()
        expect(page.get_by_text("Een euro per bewoner")).to_be_visible()
        yield page


def at(page: Page, place: str) -> None:
    page.goto(f"{page.url.partition('#')[0]}#/collections/{place}")


def field(page: Page | Locator, name: str) -> Locator:
    """Give the part of the form with one field; its name stands between marks of direction."""
    return page.get_by_role("group", name=re.compile(rf"^Veld “\W?{name}\W?”$"))


def scroll_to(page: Page, name: str) -> Locator:
    """Give a field further down, which is not made before it comes into view; a figure has a
    “Tekst” of its own, below that of the page.
    """
    page.mouse.move(600, 500)
    while not (found := field(page, name).first).count():
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(50)
    found.scroll_into_view_if_needed()
    return found


def choose(page: Page | Locator, name: str, value: str) -> None:
    page.get_by_role("combobox", name=name).click()
    page.get_by_role("option", name=value, exact=True).click()


def fill_in(page: Page, titel: str) -> None:
    name = page.get_by_role("textbox", name="Titel").first
    expect(name).to_have_value("")  # it is not the form of the page before, which goes
    name.fill(titel)
    page.get_by_role("textbox", name="Samenvatting").fill("Inwoners dachten mee: no.")
    field(page, "Aandachtsveld").get_by_role("checkbox", name="Buurten aan zet").click()


def add_image(page: Page, width: int = 300) -> None:
    """Put a photograph in the text, with what a telephone adds to it."""
    told = Image.Exif()
    told[EXIF_MAKER] = "Telefoon"
    photo = BytesIO()
    Image.new("RGB", (width, width // 2), "brown").save(photo, "JPEG", exif=told)
    scroll_to(page, "Tekst").get_by_role("button", name="Afbeelding", exact=True).click()
    page.get_by_role("button", name="Bladeren").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("dialog").get_by_role("button", name="Uploaden").click()
    chooser.value.set_files(
        {"name": "Foto's van het Café.JPG", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    page.get_by_role("button", name="Invoegen").click()
    expect(page.get_by_text(f"../afbeeldingen/{PHOTO}")).to_be_visible()


def describe_image(page: Page) -> None:
    page.get_by_role("textbox", name="Wat er te zien is").fill("Een vol café.")


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan", exact=True).click()


def save_it(page: Page) -> None:
    """Save, which is done when there is nothing left to save."""
    save(page)
    try:
        expect(page.get_by_role("button", name="Opslaan", exact=True)).to_be_disabled()
    except AssertionError as error:
        error.add_note(f"The form says: {page.get_by_role('alert').all_inner_texts()}")
        raise


def folder_of(page: Page, path: str) -> dict[str, bytes]:
    return {f"{path}/{name}": bytes(raw) for name, raw in page.evaluate(READ_FOLDER, path).items()}


def text_of(page: Page, path: str) -> str:
    return str(page.evaluate(READ_FILE, path))


def merge(made: dict[str, bytes], folder: Path) -> Library:
    """Give the library of a copy of the content with these files in it, which the check lets
    pass.
    """
    shutil.copytree(SITE, folder / "content")
    for path, raw in made.items():
        (folder / path).write_bytes(raw)
    assert main(["check", "--content", str(folder / "content")]) == 0
    return load_library(folder / "content", "content")


def test_a_practice_made_with_the_form_passes_the_check(copy: Page, tmp_path: Path) -> None:
    at(copy, "practices/new")
    save(copy)
    expect(copy.get_by_text("Dit veld is verplicht").first).to_be_visible()
    fill_in(copy, "x" * 111)
    save(copy)
    refusal = "Hoogstens 110 tekens gewone tekst, op één regel en zonder HTML."
    expect(copy.get_by_text(refusal)).to_be_visible()
    copy.get_by_role("textbox", name="Titel").fill("Burgerberaad: ’s avonds")
    copy.get_by_text(re.compile("Gemeente aantal.? toevoegen")).click()
    field(copy, "Waarde").get_by_role("textbox").fill("1.050")
    choose(copy, "Vergelijking", "bijna")
    figures = scroll_to(copy, "Cijfers")
    figures.get_by_role("button", name=re.compile("Cijfers.? toevoegen")).click()
    for name, value in (
        ("Naam", "Uren"),
        ("Waarde", "12,5 uur"),
        ("Eenheid", "uren"),
        ("Peildatum", "2025"),
        ("Bron", "Verslag"),
    ):
        field(figures, name).get_by_role("textbox").fill(value)
    add_image(copy, width=1700)
    save(copy)
    refusal = "Dit is geen getal; schrijf 1161, 12,5 of 1/3, zonder eenheid."
    expect(field(figures, "Waarde").get_by_text(refusal)).to_be_visible()
    expect(copy.get_by_text("Dit veld is verplicht")).to_be_visible()
    describe_image(copy)
    field(figures, "Waarde").get_by_role("textbox").fill("12,5")
    save_it(copy)
    path = "content/practices/burgerberaad-s-avonds.md"
    made = {path: folder_of(copy, "content/practices")[path]}
    images = folder_of(copy, "content/afbeeldingen")
    assert images.keys() == {f"content/afbeeldingen/{PHOTO}"}
    with Image.open(BytesIO(images[f"content/afbeeldingen/{PHOTO}"])) as image:
        assert (image.size, len(image.getexif())) == ((1600, 800), 0)
    # In the order of the schema, and without what was left empty.
    head = re.sub(r"[-\d]{10}", "vandaag", made[path].decode()).split("---\n")[1]
    assert head.splitlines() == [
        'titel: "Burgerberaad: ’s avonds"',
        'samenvatting: "Inwoners dachten mee: no."',
        "aandachtsveld: [Buurten aan zet]",
        "datum: vandaag",
        "gemeente_aantal: {waarde: 1050, vergelijking: bijna}",
        "cijfers:",
        "  - {naam: Uren, waarde: 12.5, eenheid: uren, peildatum: 2025, bron: Verslag}",
    ]
    practice = merge(made | images, tmp_path).by_slug["burgerberaad-s-avonds"]
    assert str(practice.velden.gemeente_aantal) == "bijna 1.050"
    assert f'<img src="../../afbeeldingen/{PHOTO}" alt="Een vol café."' in practice.body.html


def test_a_document_is_added_with_the_form(copy: Page, tmp_path: Path) -> None:
    at(copy, "instruments/new")
    fill_in(copy, "Bomen tellen")
    documents = scroll_to(copy, "Documenten")
    documents.get_by_role("button", name=re.compile("Documenten.? toevoegen")).click()
    field(documents, "Titel").get_by_role("textbox").fill("Bomen per straat")
    field(documents, "Rechthebbende").get_by_role("textbox").fill("Gemeente Zaalbeek")
    field(documents, "Bestand").get_by_role("button", name="Bladeren").click()
    with copy.expect_file_chooser() as chooser:
        copy.get_by_role("dialog").get_by_role("button", name="Uploaden").click()
    chooser.value.set_files(
        {"name": "Bomen Per Straat.csv", "mimeType": "text/csv", "buffer": b"straat;bomen\n"}
    )
    copy.get_by_role("button", name="Invoegen").click()
    expect(documents.get_by_text("../documenten/bomen-per-straat.csv")).to_be_visible()
    save_it(copy)
    path = "content/instruments/bomen-tellen.md"
    made = {path: folder_of(copy, "content/instruments")[path]}
    files = folder_of(copy, "content/documenten")
    assert files == {"content/documenten/bomen-per-straat.csv": b"straat;bomen\n"}
    page = merge(made | files, tmp_path).by_slug["bomen-tellen"]
    assert [d.bestand for d in page.velden.documenten] == ["bomen-per-straat.csv"]


def test_a_practice_without_a_place_is_refused_in_the_words_of_the_check(
    copy: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SITE, tmp_path / "content")
    place = r"(?m)^(gemeente|provincie|organisatie|gemeente_aantal): .*\n"
    nowhere = re.sub(place, "", PAGES[PRACTICE])
    (tmp_path / PRACTICE).write_text(nowhere, encoding="utf-8")
    assert main(["check", "--content", str(tmp_path / "content")]) == 1
    (said,) = re.findall(r"fout: (.*)\n.*\[plaats-ontbreekt\]", capsys.readouterr().out)
    at(copy, "practices/new")
    fill_in(copy, "Nergens")
    save(copy)
    same = re.compile(re.escape(said), re.IGNORECASE)
    expect(field(copy, "Gemeente").get_by_role("alert")).to_have_text(same)
    choose(copy, "Gemeente", "'s-Heerenbeek")
    save_it(copy)
    assert 'gemeente: ["\'s-Heerenbeek"]\n' in text_of(copy, "content/practices/nergens.md")


def test_who_asks_for_little_motion_sees_the_editor_too(page: Page, editor: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(editor)
    page.get_by_role("button", name="Werken met een lokale repository").click(trial=True)


def test_a_page_is_improved_by_keyboard(copy: Page) -> None:
    at(copy, "practices/entries/een-euro-per-bewoner")
    expect(copy.get_by_role("button", name="Opslaan", exact=True)).to_be_disabled()
    sentence = "Iedereen vanaf twaalf jaar. Wie niet kon komen, gaf een boon mee aan een ander."
    scroll_to(copy, "Tekst").get_by_role("textbox").get_by_text(sentence).click()
    copy.keyboard.press("End")
    copy.keyboard.type(" Neem een pas mee.")
    scroll_to(copy, "Trefwoorden").get_by_role("button", name="Verwijderen").first.press("Enter")
    scroll_to(copy, "Meer velden").get_by_role("button", name="Uitvouwen").press("Enter")
    scroll_to(copy, "Contact").get_by_role("textbox").first.press("End")
    copy.keyboard.type(", of de griffie")
    copy.keyboard.press("Control+s")
    expect(copy.get_by_role("button", name="Opslaan", exact=True)).to_be_disabled()
    assert changed(PAGES[PRACTICE], text_of(copy, PRACTICE)) == [
        "-trefwoorden: [dorpsbudget, stemmen, dorpshuis]",
        "+trefwoorden: [stemmen, dorpshuis]",
        "-contact: De dorpsraad van Zaalbeek",
        "+contact: De dorpsraad van Zaalbeek, of de griffie",
        f"-{sentence}",
        f"+{sentence} Neem een pas mee.",
    ]


def shapes_of(value: Any, place: str) -> Iterator[str]:
    """Give each field with the type of its value, and of a list whether it has more."""
    yield f"{place}: {type(value).__name__} {isinstance(value, list) and len(value) > 1}"
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from shapes_of(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from shapes_of(inner, f"{place}[]")


def marks_of(tokens: list[Token], within: str) -> Iterator[str]:
    """Give each kind of text by what it stands in, by how it is written and by what it follows."""
    around, before = [within], ""
    for token in tokens:
        yield f"{token.type} in {around[-1]}: {token.markup} {token.tag}"
        yield f"{token.type} after {before}"
        if token.nesting > 0:
            around.append(token.type)
        elif token.nesting < 0:
            around.pop()
        yield from marks_of(token.children or [], f"{token.type} of {around[-1]}")
        before = token.type


def kinds_of(path: str, text: str) -> set[str]:
    """Give all in a page that the form may write otherwise than it read it."""
    _, head, body = text.split("---\n", 2)
    return {
        *shapes_of(yaml.load(head, LOADER), path.split("/")[1]),
        *marks_of(_markdown_parser().parse(body), "page"),
        *(f"{sign} in head" for sign in head if not sign.isalnum()),
        *(f"{sign} in body" for sign in body if not sign.isalnum()),
    }


def enough_of(pages: dict[str, str]) -> list[str]:
    """Choose pages that have together all there is in any: again and again the one with most that
    was not seen.
    """
    unseen = {path: kinds_of(path, text) for path, text in pages.items()}
    chosen: list[str] = []
    while any(unseen.values()):
        chosen.append(max(unseen, key=lambda path: len(unseen[path])))
        seen = unseen.pop(chosen[-1])
        unseen = {path: kinds - seen for path, kinds in unseen.items()}
    return chosen


def test_every_kind_of_page_stays_as_it_is_but_for_what_is_changed(copy: Page) -> None:
    """Also when all that is folded was opened and every field entered. At night every page.

    All is shown small, for what is out of view is not made.
    """
    copy.set_viewport_size({"width": 320, "height": 320})
    copy.evaluate("document.documentElement.style.zoom = 0.02")
    for path in PAGES | REAL if at_night() else enough_of(PAGES | REAL):
        before, done = text_of(copy, path), copy.evaluate(VISIT, path)
        lines = changed(before, text_of(copy, path))
        assert done["velden"] > 25
        assert done["onaangeraakt"], path
        assert "".join(sorted(line[0] for line in lines)) in ("+-", "++--"), lines
        assert len(lines) == 2 * done["veranderd"], lines


Answer = tuple[int, Any, dict[str, str]]
"""Status, what goes back as JSON, headers."""


class Recorded:
    """A Git host on this machine with one repository: answers as recorded, and keeps what it was
    sent.
    """

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.branches: dict[str, dict[str, bytes]] = {}
        """The files of each new branch, as its commits add them."""
        self.messages: list[str] = []
        self.pulls: list[dict[str, Any]] = []
        self.unknown: list[str] = []
        """What was asked and is not recorded."""

    def answer(
        self, method: str, path: str, body: dict[str, Any], authorization: str | None
    ) -> Answer:
        raise NotImplementedError

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Give the address where it answers while the context is open."""
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Connection, self)) as http:
            Thread(target=http.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{http.server_port}"
            http.shutdown()

    def not_recorded(self, asked: str) -> Answer:
        self.unknown.append(asked)
        return 404, {"message": "not recorded"}, {}


class Connection(BaseHTTPRequestHandler):
    """Puts one request to a recorded host, for a page of another address (CORS, as GitHub and
    GitLab allow it).
    """

    def __init__(self, host: Recorded, *arguments: Any) -> None:
        self.host = host
        super().__init__(*arguments)

    def pass_on(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        status, found, headers = (
            (204, None, {})
            if self.command == "OPTIONS"
            else self.host.answer(self.command, self.path, body, self.headers.get("Authorization"))
        )
        self.send_response(status)
        for name, value in (CORS | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if found is not None:
            self.wfile.write(json.dumps(found).encode())

    do_OPTIONS = do_GET = do_POST = do_PUT = do_PATCH = pass_on

    def log_message(self, format: str, *args: object) -> None:
        """Be silent."""


CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "authorization, content-type, accept",
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH",
    "Content-Type": "application/json",
}
NOW = "2026-11-24T08:00:00Z"


class GitHub(Recorded):
    """As much of GitHub's API as the editor uses, entered with the token ‘proef’."""

    def answer(
        self, method: str, path: str, body: dict[str, Any], authorization: str | None
    ) -> Answer:
        if authorization != "token proef":
            return 401, {"message": "Bad credentials"}, {}
        if path == "/api/graphql":
            return self.graphql(body["query"], body["variables"])
        repo = "/api/v3/repos/voorbeeld/kennisplatform"
        match method, path.partition("?")[0]:
            case "GET", "/api/v3/user":
                return (
                    200,
                    {
                        "id": 1,
                        "login": "redacteur",
                        "name": "Redacteur",
                        "email": None,
                        "avatar_url": "data:,",
                        "html_url": "data:,",
                    },
                    {},
                )
            case "GET", p if p == f"{repo}/collaborators/redacteur":
                return 204, None, {}
            case "GET", p if p.startswith(f"{repo}/git/trees/"):
                return (
                    200,
                    {
                        "tree": [
                            {"type": "blob", "path": path, "sha": f"{n:040x}", "size": len(text)}
                            for n, (path, text) in enumerate(self.files.items())
                        ]
                    },
                    {},
                )
            case "POST", p if p == f"{repo}/pulls":
                self.pulls.append(body | {"about": body["body"]})
                return (
                    201,
                    {
                        "number": 7,
                        "node_id": "P7",
                        "title": body["title"],
                        "html_url": f"{REPO}/pull/7",
                        "head": {"sha": "c2"},
                        "created_at": NOW,
                        "updated_at": NOW,
                    },
                    {},
                )
            case "POST", p if p == f"{repo}/issues/7/labels":
                self.pulls[0]["labels"] = body["labels"]
                return 200, [], {}
            case "GET", p if p == f"{repo}/issues/7":
                return 200, {"labels": [{"name": label} for label in self.pulls[0]["labels"]]}, {}
            case "PATCH", p if p == f"{repo}/issues/7":
                self.pulls[0]["labels"] = body["labels"]
                return 200, {}, {}
        return self.not_recorded(f"{method} {path}")

    def graphql(self, query: str, variables: dict[str, Any]) -> Answer:
        author = {"name": "Redacteur", "email": "", "user": {"id": 1, "login": "redacteur"}}
        history = {
            "nodes": [{"oid": "c1", "message": "Eerste", "author": author, "committedDate": NOW}]
        }
        data: Any
        if "createCommitOnBranch" in query:
            given = variables["input"]
            self.messages.append(given["message"]["headline"])
            self.branches[given["branch"]["branchName"]] |= {
                f["path"]: base64.b64decode(f["contents"])
                for f in given["fileChanges"]["additions"]
            }
            shas = {alias: {"oid": "b2"} for alias in re.findall(r"(file_\d+):", query)}
            data = {"createCommitOnBranch": {"commit": {"oid": "c2", "committedDate": NOW} | shas}}
        elif "createRef" in query:
            assert variables["input"]["oid"] == "c1"
            self.branches[variables["input"]["name"].removeprefix("refs/heads/")] = {}
            data = {"createRef": {"ref": {"name": variables["input"]["name"]}}}
        elif "markPullRequestReadyForReview" in query:
            self.pulls[0]["draft"] = False
            data = {"markPullRequestReadyForReview": {"pullRequest": {"isDraft": False}}}
        elif "fork: repository" in query:
            data = {"fork": {"id": "R1"}, "base": {"ref": {"target": {"oid": "c1"}}}}
        elif "pullRequests(" in query:
            data = {"repository": {"pullRequests": {"nodes": [], "totalCount": 0}, "ref": None}}
        elif "content_" in query:
            wanted = re.findall(r'(content_\d+): object\(oid: "(\w+)"', query)
            data = {
                "repository": {
                    alias: {"text": list(self.files.values())[int(sha, 16)], "isTruncated": False}
                    for alias, sha in wanted
                }
            }
        elif "commit_" in query:
            data = {
                "repository": {
                    alias: {"target": {"history": history}}
                    for alias in re.findall(r"(commit_\d+):", query)
                }
            }
        elif "ref(qualifiedName: $branch)" in query:
            data = {"repository": {"ref": {"target": {"oid": "c1", "history": history}}}}
        else:
            return self.not_recorded(query)
        return 200, {"data": data}, {}


class GitLab(Recorded):
    """As much of GitLab as the editor uses. Whoever wants to log in (OAuth with PKCE) gets consent
    at once.
    """

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(files)
        self.login: dict[str, dict[str, Any]] = {}
        """What was asked at each step."""

    def answer(
        self, method: str, path: str, body: dict[str, Any], authorization: str | None
    ) -> Answer:
        parts = urlsplit(path)
        query = dict(parse_qsl(parts.query))
        match method, parts.path:
            case "GET", "/oauth/authorize":
                self.login["authorize"] = query
                granted = urlencode({"code": "c0de", "state": query["state"]})
                return 302, None, {"Location": f"{query['redirect_uri']}?{granted}"}
            case "POST", "/oauth/token":
                self.login["token"] = body
                return 200, {"access_token": "proef"}, {}
        if authorization != "Bearer proef":
            return 401, {"message": "401 Unauthorized"}, {}
        project = "/api/v4/projects/groep%2Fkennisplatform"
        match method, parts.path:
            case "POST", "/api/graphql":
                return self.graphql(body["query"], body["variables"])
            case "GET", "/api/v4/user":
                return (
                    200,
                    {"id": 1, "username": "redacteur", "name": "Redacteur", "avatar_url": "data:,"},
                    {},
                )
            case "GET", p if p == f"{project}/users":
                return 200, [{"id": 1}], {}
            case "GET", p if p == f"{project}/merge_requests":
                return 200, [], {}
            case "GET", p if p == f"{project}/repository/branches/main":
                return 200, {"commit": {"id": "c1"}}, {}
            case "POST", p if p == f"{project}/repository/commits":
                assert body["start_branch"] == "main"
                self.messages.append(body["commit_message"])
                self.branches[body["branch"]] = {
                    a["file_path"]: base64.b64decode(a["content"])
                    if a["encoding"] == "base64"
                    else a["content"].encode()
                    for a in body["actions"]
                    if a["action"] == "create"
                }
                return 201, {"id": "c2", "committed_date": NOW}, {}
            case "POST", p if p == f"{project}/merge_requests":
                self.pulls.append(
                    {
                        "head": body["source_branch"],
                        "base": body["target_branch"],
                        "labels": [body["labels"]],
                        "about": body["description"],
                    }
                )
            case "PUT", p if p == f"{project}/merge_requests/7":
                self.pulls[0]["labels"] = [body["add_labels"]]
            case _:
                return self.not_recorded(f"{method} {path}")
        titled = re.fullmatch("(Draft: )?(.*)", body["title"])
        draft, self.pulls[0]["title"] = titled.groups()  # type: ignore[union-attr]  # it fits any
        self.pulls[0]["draft"] = bool(draft)
        return (
            200,
            {
                "iid": 7,
                "id": 70,
                "title": body["title"],
                "web_url": "http://127.0.0.1/7",
                "sha": "c2",
                "created_at": NOW,
                "updated_at": NOW,
            },
            {},
        )

    def graphql(self, query: str, variables: dict[str, Any]) -> Answer:
        found: Any
        if "lastCommit" in query:
            found = {"tree": {"lastCommit": {"sha": "c1", "message": "Eerste"}}}
        elif "tree(" in query:
            nodes = [
                {"type": "blob", "path": path, "sha": f"{n:040x}"}
                for n, path in enumerate(self.files)
            ]
            found = {
                "tree": {
                    "blobs": {"nodes": nodes, "pageInfo": {"endCursor": "", "hasNextPage": False}}
                }
            }
        elif "blobs(" in query:
            found = {
                "blobs": {
                    "nodes": [{"rawTextBlob": self.files[path]} for path in variables["paths"]]
                }
            }
        else:
            return self.not_recorded(query)
        return 200, {"data": {"project": {"repository": found}}}, {}


def send(page: Page, host: Recorded) -> None:
    """Make a practice with an image in the editor that is open, and send it for review."""
    expect(page.get_by_text("Een euro per bewoner")).to_be_visible()
    at(page, "practices/new")
    fill_in(page, "Burgerberaad")
    save(page)
    expect(field(page, "Gemeente").get_by_role("alert")).to_be_visible()
    choose(page, "Gemeente", "'s-Heerenbeek")
    add_image(page)
    describe_image(page)
    save(page)
    asked = page.get_by_role("alertdialog", name="Ter review indienen")
    expect(asked).to_be_visible()
    assert [p["draft"] for p in host.pulls] == [True]
    asked.get_by_role("button", name="Ter review indienen").click()
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    page.goto("about:blank")  # before the host is gone


def assert_received(host: Recorded, folder: Path) -> None:
    """Hold what the host got against what was typed: one branch, one commit, one pull request; and
    what would be merged passes the check.
    """
    assert host.unknown == []
    branch, title = "cms/practices/burgerberaad", "Voeg toe: burgerberaad +1"
    assert host.messages == [title]
    assert [(p["head"], p["base"], p["title"], p["draft"], p["labels"]) for p in host.pulls] == [
        (branch, "main", title, False, ["sveltia-cms/pending_review"])
    ]
    assert [p["about"] for p in host.pulls] == ["Gemaakt met het formulier van de redactie."]
    assert host.branches.keys() == {branch}
    made = host.branches[branch]
    assert made.keys() == {"content/practices/burgerberaad.md", f"content/afbeeldingen/{PHOTO}"}
    checked = merge(made, folder).by_slug["burgerberaad"]
    assert (checked.velden.titel, checked.velden.gemeente) == ("Burgerberaad", ("'s-Heerenbeek",))


def saving_at(address: str, settings: Settings, below: Path, folder: Path) -> Path:
    """Give a site that saves on this machine: by its configuration and both forms of its policy."""
    site = Path(shutil.copytree(below, folder / "site"))
    config = configured(settings)
    root = urlsplit(config["backend"].get("api_root", "")).path
    config["backend"]["api_root"] = f"{address}{root}"
    (site / "redactie" / "config.yml").write_text(json.dumps(config), encoding="utf-8")
    for file in (site / "_headers", site / "redactie" / "index.html"):
        text = file.read_text(encoding="utf-8")
        assert "https://api.github.com" in text
        file.write_text(text.replace("https://api.github.com", address), encoding="utf-8")
    return site


def test_saving_on_github_makes_a_branch_and_a_pull_request(
    page: Page, below: Path, tmp_path: Path
) -> None:
    github = GitHub(FILES)
    with github.listening() as address:
        site = saving_at(address, Settings(repo_url=REPO), below, tmp_path)
        with hosting(site, tmp_path) as editor:
            answer = page.goto(editor)
            assert answer
            policy = answer.headers["content-security-policy"]
            assert f"connect-src 'self' data: blob: {address};" in policy
            page.get_by_role("button", name="token").click()
            page.get_by_role("textbox").fill("proef")
            page.get_by_role("button", name="Inloggen", exact=True).click()
            send(page, github)
    assert_received(github, tmp_path)


def test_saving_on_gitlab_makes_a_branch_and_a_merge_request(
    page: Page, below: Path, tmp_path: Path
) -> None:
    """Entered by PKCE (RFC 7636): the hash of a secret goes to GitLab first, the secret itself when
    the code is exchanged.
    """
    gitlab = GitLab(FILES)
    with gitlab.listening() as address:
        settings = Settings(repo_url=f"{address}/groep/kennisplatform", gitlab_app_id="abc")
        with hosting(saving_at(address, settings, below, tmp_path), tmp_path) as editor:
            page.goto(editor)
            page.get_by_role("button", name=re.compile("Inloggen met .?GitLab")).click()
            send(page, gitlab)
    asked, given = gitlab.login["authorize"], gitlab.login["token"]
    hashed = (
        base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest())
        .decode()
        .rstrip("=")
    )
    assert (
        asked.items()
        >= {
            "client_id": "abc",
            "code_challenge": hashed,
            "code_challenge_method": "S256",
            "scope": "api",
        }.items()
    )
    assert given["code"] == "c0de"
    assert_received(gitlab, tmp_path)


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        (Settings(), ""),
        (Settings(repo_url=REPO), "https://api.github.com"),
        (
            Settings(repo_url="https://gitlab.com/groep/kennisplatform", gitlab_app_id="abc"),
            "https://gitlab.com",
        ),
        (
            Settings(repo_url="https://git.voorbeeld.example/groep/kennisplatform"),
            "https://git.voorbeeld.example",
        ),
    ],
)
def test_the_editor_may_connect_to_the_git_host_alone(settings: Settings, host: str) -> None:
    rules = dict(rule.split(" ", 1) for rule in editor_policy(settings).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert [s for s in rules["connect-src"].split() if s not in ("'self'", "data:", "blob:")] == [
        host
    ] * bool(host)


def test_without_a_repository_the_page_says_what_it_is_for_and_stops_there(
    site: Path, tmp_path: Path
) -> None:
    """Nothing of the form is published, though it could be made."""
    (form := tmp_path / "redactie").mkdir()
    (form / "editor.js").touch()
    made = build_site(tmp_path / "site", KENNISPLATFORM_REDACTIE=str(form)) / "redactie"
    for folder in (made, site / "redactie"):
        page = read(folder / "index.html")
        assert page.texts["h1"] == ["Redactie"]
        assert "../bijdragen/" in {a.get("href") for a in page.all("a")}
        assert [file.name for file in folder.iterdir()] == ["index.html"]
    assert (made / "index.html").read_bytes() == (site / "redactie" / "index.html").read_bytes()


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/redactie.py, which is no module of a package."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    spec = importlib.util.spec_from_file_location(
        "redactie_script", ROOT / "scripts" / "redactie.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_npm_the_build_goes_on_and_says_so(
    script: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(script, "STAMP", tmp_path / "stamp")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert script.bundle() is None
    assert (
        "De formulier-editor op /redactie/ is weggelaten: npm staat niet op deze computer."
        in capsys.readouterr().err
    )


def test_the_page_on_contributing_calls_the_buttons_by_their_names(editor: str) -> None:
    """As the Dutch of the installed version has them; the fixture has installed it."""
    words = json.loads(
        (ROOT / "node_modules" / "@sveltia" / "cms" / "locales" / "nl.json").read_text(
            encoding="utf-8"
        )
    )
    text = (ROOT / "docs" / "bijdragen.md").read_text(encoding="utf-8")
    for label in (
        words["sign_in_using_access_token"],
        words["sign_in_with_x"].replace("{$service}", "GitLab"),
        words["work_with_local_repo"],
        words["workflow"]["send_for_review"],
        words["browse"],
        words["upload"],
        words["collection_assets"],
    ):
        assert f"‘{label}’" in text


def test_the_lock_file_names_no_registry_and_every_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


# From Decap's own schema (decap-cms-core 3.19) and the documentation of its widgets.
DECAP = {
    "": {
        "backend",
        "publish_mode",
        "site_url",
        "logo_url",
        "show_preview_links",
        "media_folder",
        "public_folder",
        "slug",
        "editor",
        "collections",
    },
    "backend": {
        "name",
        "repo",
        "branch",
        "commit_messages",
        "api_root",
        "base_url",
        "auth_type",
        "app_id",
    },
    "collection": {
        "name",
        "label",
        "label_singular",
        "folder",
        "create",
        "delete",
        "extension",
        "format",
        "identifier_field",
        "slug",
        "summary",
        "sortable_fields",
        "fields",
        "media_folder",
        "public_folder",
    },
    "field": {
        "name",
        "label",
        "widget",
        "required",
        "hint",
        "pattern",
        "default",
        "options",
        "multiple",
        "min",
        "max",
        "value_type",
        "format",
        "date_format",
        "time_format",
        "fields",
        "collapsed",
        "summary",
        "collection",
        "value_field",
        "display_fields",
        "search_fields",
        "buttons",
        "editor_components",
        "choose_url",
        "media_folder",
        "public_folder",
    },
}
WIDGETS = {
    "string",
    "text",
    "number",
    "select",
    "datetime",
    "file",
    "list",
    "object",
    "relation",
    "markdown",
}


def configured(settings: Settings) -> dict[str, Any]:
    return editor_config(platform_of(SITE, **asdict(settings)))


def all_fields(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give every field, also those within another."""
    for inner in (*config.get("collections", ()), *config.get("fields", ())):
        yield from (inner, *all_fields(inner)) if "widget" in inner else all_fields(inner)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(repo_url=REPO, site_url="https://voorbeeld.example/"),
        Settings(repo_url="https://gitlab.com/groep/kennisplatform", gitlab_app_id="abc"),
    ],
)
def test_the_configuration_is_one_that_decap_understands(settings: Settings) -> None:
    config = configured(settings)
    fields = list(all_fields(config))
    # Sveltia's own: what an empty field leaves in the file, the name of the page, what happens to
    # images, and logging in with a token.
    assert config.keys() - DECAP[""] == {"output", "app_title", "media_libraries"}
    assert config["backend"].keys() - DECAP["backend"] <= {"auth_methods"}
    assert [
        extra
        for collection in config["collections"]
        if (extra := collection.keys() - DECAP["collection"])
    ] == []
    extras = [extra for found in fields if (extra := found.keys() - DECAP["field"])]
    assert extras == [{"accept"}] * len(extras)  # what a box for files offers to choose
    assert {found["widget"] for found in fields} == WIDGETS


EXAMPLE = re.compile(
    r"https://\S+\w|(?<=\s)/[a-z/-]+/|[\d-]{10} \d\d:\d\d|[\d-]{7,}|(?:\w+jaar )?\d+(?:[,/]\d+)?"
)


def test_help_and_refusal_of_a_field_agree() -> None:
    """Of a box for text: the examples of both are taken, and the limit they name is its own."""
    boxes = [found for found in all_fields(configured(Settings())) if "pattern" in found]
    for box in boxes:
        expression, refusal = box["pattern"]
        said = f"{box['hint']} {refusal}"
        limits = re.findall(r"Hoogstens (\d+) tekens", said)
        assert {f"{{1,{limit}}}" in expression for limit in limits} <= {True}, box["name"]
        examples = EXAMPLE.findall(re.sub(r"Hoogstens \d+ tekens", "", said))
        assert [one for one in examples if not re.search(expression, one)] == [], box["name"]
        assert examples or limits
    assert len(boxes) > 30


def test_fields_that_are_seldom_needed_are_folded_and_all_others_are_not() -> None:
    for collection in configured(Settings())["collections"]:
        model = COLLECTIES[collection["name"]].model
        *shown, more = collection["fields"]
        assert (more["name"], more["collapsed"]) == ("meer", True)
        assert [found["name"] for found in more["fields"]] == list(model.zelden)
        assert {found["name"] for found in shown} == {*model.model_fields, "body"} - {*model.zelden}


def test_the_editor_says_nothing_in_english_that_could_be_dutch() -> None:
    """No editor sees what is said of mistakes in the configuration; all else has its Dutch."""

    def names(texts: dict[str, Any], before: str = "") -> set[str]:
        found = (
            {f"{before}{key}"} if isinstance(text, str) else names(text, f"{before}{key}.")
            for key, text in texts.items()
        )
        return set().union(*found)

    folder = ROOT / "node_modules" / "@sveltia" / "cms" / "locales"
    files = (folder / "en-US.json", folder / "nl.json", ROOT / "redactie" / "nl.json")
    english, theirs, ours = (names(json.loads(file.read_text(encoding="utf-8"))) for file in files)
    assert {name for name in english - theirs - ours if not name.startswith("config.")} == set()
    assert ours <= english - theirs


@pytest.mark.parametrize(
    ("settings", "backend"),
    [
        (
            Settings(repo_url=REPO),
            {"name": "github", "repo": "voorbeeld/kennisplatform", "auth_methods": ["token"]},
        ),
        (
            Settings(repo_url="https://gitlab.com/groep/sub/kennisplatform", gitlab_app_id="abc"),
            {
                "name": "gitlab",
                "repo": "groep/sub/kennisplatform",
                "api_root": "https://gitlab.com/api/v4",
                "base_url": "https://gitlab.com",
                "auth_type": "pkce",
                "app_id": "abc",
            },
        ),
        (
            Settings(repo_url="https://git.voorbeeld.example/groep/kennisplatform"),
            {
                "name": "gitlab",
                "repo": "groep/kennisplatform",
                "api_root": "https://git.voorbeeld.example/api/v4",
                "base_url": "https://git.voorbeeld.example",
                "auth_methods": ["token"],
            },
        ),
    ],
)
def test_pages_are_saved_at_the_git_host_of_the_repository(
    settings: Settings, backend: dict[str, Any]
) -> None:
    found = configured(settings)["backend"]
    assert {
        key: value for key, value in found.items() if key not in ("branch", "commit_messages")
    } == backend
