"""Make and improve pages with the form editor in a real browser: in a working copy, and as a pull request."""
from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
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
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from building import FROZEN, ROOT, publish, read
from conftest import serving
from kennisplatform.cli import main
from kennisplatform.library import Library, load_library
from kennisplatform.platform import Settings, load_platform
from kennisplatform.redactie import editor_config, editor_policy

expect.set_options(timeout=60_000)  # a slow machine is no failure
REPO = "https://github.com/voorbeeld/kennisplatform"
OLD = """---
titel: Dorpsgesprek
samenvatting: Inwoners spraken over hun dorp.
aandachtsveld: [Beter betrokken inwoners]
datum: 2026-03-09
gemeente_aantal: onbekend
periode: {van: 2018, tot: "najaar 2019"}
cijfers:
  - {naam: Gesprekken, waarde: 6, eenheid: gesprekken, peildatum: 2019, bron: Verslag}
---

## Aanleiding

Zie het [instrument](../instruments/gespreksleidraad.md).
"""
INSTRUMENT = """---
titel: Gespreksleidraad
samenvatting: Een leidraad voor een gesprek.
aandachtsveld: [Beter betrokken inwoners]
datum: 2026-03-09
---

## Wat is het

Een leidraad.
"""
FILES = {"content/practices/dorpsgesprek.md": OLD, "content/instruments/gespreksleidraad.md": INSTRUMENT}
# What the folder picker would give: a folder that only this browser profile knows, with the mark of a repository in it.
PICKER = """files => {
    window.showDirectoryPicker = async () => {
        const root = await navigator.storage.getDirectory();
        await root.getDirectoryHandle('.git', {create: true});
        for (const [path, text] of Object.entries(files)) {
            const names = path.split('/'), name = names.pop();
            let folder = root;
            for (const part of names) folder = await folder.getDirectoryHandle(part, {create: true});
            const stream = await (await folder.getFileHandle(name, {create: true})).createWritable();
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
    for await (const [name, file] of folder.entries()) found[name] = [...new Uint8Array(await (await file.getFile()).arrayBuffer())];
    return found;
}"""
EXIF_MAKER = 0x010F
PHOTO = "foto-s-van-het-cafe.webp"
"""What becomes of ‘Foto’s van het Café.JPG’."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, all lists of names, and only a few municipalities, so that it is quickly built."""
    folder = tmp_path_factory.mktemp("redactie") / "content"
    for path, text in FILES.items():
        file = folder.parent / path
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    (folder / "vocabulary").mkdir()
    for source in (FROZEN / "vocabulary").iterdir():
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".csv":
            first, *rows = text.splitlines(keepends=True)
            text = first + "".join(row for row in rows if re.search(r"Zwolle|Meppel|'s-Hertogenbosch|Den Bosch|Landerd|Maashorst", row))
        (folder / "vocabulary" / source.name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the editor and a repository."""
    output = tmp_path_factory.mktemp("met-redactie") / "site"
    done = publish(output, "--content", content, REPO_URL=REPO)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "weggelaten" not in done.stderr
    return output


@pytest.fixture(scope="module")
def editor(built: Path) -> Iterator[str]:
    """The address of that site."""
    with serving(built) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A Dutch browser that may reach this machine, and that tells what else was tried and what went wrong."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page, wrong = context.new_page(), []
    page.on("request", lambda r: None if urlsplit(r.url).hostname in ("127.0.0.1", None) else wrong.append(f"elsewhere: {r.url}"))
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def open_working_copy(page: Page, address: str, files: dict[str, str]) -> None:
    page.add_init_script(f"({PICKER})({json.dumps(files)})")
    page.goto(address)
    page.get_by_role("button", name="Werken met een lokale repository").click()


def fill_in(page: Page, titel: str) -> None:
    page.get_by_role("textbox", name="Titel").fill(titel)
    page.get_by_role("textbox", name="Samenvatting").fill("Inwoners dachten mee: no.")
    page.get_by_role("combobox", name="Aandachtsveld").click()
    page.get_by_role("option", name="Beter betrokken inwoners").click()
    page.get_by_role("combobox", name="Gemeente").click()
    page.get_by_role("option", name="'s-Hertogenbosch").click()


def add_image(page: Page) -> None:
    """Put a photograph in the text, as large as a telephone makes it and with what it adds."""
    told = Image.Exif()
    told[EXIF_MAKER] = "Telefoon"
    photo = BytesIO()
    Image.new("RGB", (3000, 1500), "brown").save(photo, "JPEG", exif=told)
    page.get_by_role("button", name="Afbeelding", exact=True).click()
    page.get_by_role("button", name="Bladeren").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("dialog").get_by_role("button", name="Uploaden").click()
    chooser.value.set_files({"name": "Foto's van het Café.JPG", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    page.get_by_role("button", name="Invoegen").click()
    expect(page.get_by_text(f"../afbeeldingen/{PHOTO}")).to_be_visible()


def describe_image(page: Page) -> None:
    page.get_by_role("textbox", name="Wat er te zien is").fill("Een vol café.")


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan", exact=True).click()


def folder_of(page: Page, path: str) -> dict[str, bytes]:
    return {f"{path}/{name}": bytes(raw) for name, raw in page.evaluate(READ_FOLDER, path).items()}


def merge(content: Path, made: dict[str, bytes], folder: Path) -> Library:
    """Give the library of a copy of the content with these files in it, which the check lets pass."""
    shutil.copytree(content, folder / "content")
    for path, raw in made.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(raw)
    assert main(["check", "--content", str(folder / "content")]) == 0
    return load_library(folder / "content", "content")


def test_a_practice_made_with_the_form_passes_the_check_and_is_built(page: Page, editor: str, content: Path, tmp_path: Path) -> None:
    open_working_copy(page, f"{editor}/redactie/", FILES)
    expect(page.get_by_text("Dorpsgesprek")).to_be_visible()
    page.goto(f"{editor}/redactie/#/collections/practices/new")
    save(page)
    expect(page.get_by_text("Dit veld is verplicht").first).to_be_visible()
    fill_in(page, "x" * 111)
    save(page)
    expect(page.get_by_text("Hoogstens 110 tekens gewone tekst, op één regel en zonder HTML.")).to_be_visible()
    page.get_by_role("textbox", name="Titel").fill("Burgerberaad: ’s avonds")
    page.get_by_text(re.compile("Gemeente aantal.? toevoegen")).click()
    page.get_by_role("textbox", name="Waarde").fill("50")
    page.get_by_role("combobox", name="Vergelijking").click()
    page.get_by_role("option", name="bijna").click()
    add_image(page)
    save(page)
    expect(page.get_by_text("Dit veld is verplicht")).to_be_visible()
    describe_image(page)
    save(page)
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    made, images = folder_of(page, "content/practices"), folder_of(page, "content/afbeeldingen")
    assert made.keys() == {"content/practices/dorpsgesprek.md", "content/practices/burgerberaad-s-avonds.md"}
    assert images.keys() == {f"content/afbeeldingen/{PHOTO}"}
    with Image.open(BytesIO(images[f"content/afbeeldingen/{PHOTO}"])) as image:
        assert (image.size, len(image.getexif())) == ((1600, 800), 0)
    fields = merge(content, made | images, tmp_path).op_slug["burgerberaad-s-avonds"].velden
    assert (fields.titel, fields.samenvatting, fields.gemeente) == ("Burgerberaad: ’s avonds", "Inwoners dachten mee: no.", ("'s-Hertogenbosch",))
    assert str(fields.gemeente_aantal) == "bijna 50"
    # What was left empty is not in the file.
    head = made["content/practices/burgerberaad-s-avonds.md"].decode().split("---")[1]
    assert set(yaml.safe_load(head)) == {"titel", "samenvatting", "aandachtsveld", "datum", "gemeente", "gemeente_aantal"}
    done = publish(tmp_path / "site", "--content", tmp_path / "content")
    assert done.returncode == 0, done.stdout + done.stderr
    article = read(tmp_path / "site" / "praktijken" / "burgerberaad-s-avonds" / "index.html")
    assert article.texts["h1"] == ["Burgerberaad: ’s avonds"]
    assert (f"../../afbeeldingen/{PHOTO}", "Een vol café.") in [(i["src"], i["alt"]) for i in article.all("img")]


def test_improving_a_page_keeps_all_else_as_it_was(page: Page, editor: str, content: Path, tmp_path: Path) -> None:
    open_working_copy(page, f"{editor}/redactie/#/collections/practices/entries/dorpsgesprek", FILES)
    page.get_by_role("textbox", name="Samenvatting").fill("Inwoners spraken over hun dorp en de scholen.")
    save(page)
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    library = merge(content, folder_of(page, "content/practices"), tmp_path)
    old, new = ({**p.velden.model_dump(), "tekst": p.body.html}
                for p in (found.op_slug["dorpsgesprek"] for found in (load_library(content, "content"), library)))
    assert new == old | {"samenvatting": "Inwoners spraken over hun dorp en de scholen."}


Answer = tuple[int, Any, dict[str, str]]
"""Status, what goes back as JSON, headers."""


class Recorded:
    """A Git host on this machine with one repository: answers as recorded, and keeps what it was sent."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.branches: dict[str, dict[str, bytes]] = {}
        """The files of each new branch, as its commits add them."""
        self.messages: list[str] = []
        self.pulls: list[dict[str, Any]] = []
        self.unknown: list[str] = []
        """What was asked and is not recorded."""

    def answer(self, method: str, path: str, body: dict[str, Any], authorization: str | None) -> Answer:
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
    """Puts one request to a recorded host, for a page of another address (CORS, as GitHub and GitLab allow it)."""

    def __init__(self, host: Recorded, *arguments: Any) -> None:
        self.host = host
        super().__init__(*arguments)

    def pass_on(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        status, found, headers = (204, None, {}) if self.command == "OPTIONS" else self.host.answer(
            self.command, self.path, body, self.headers.get("Authorization"))
        self.send_response(status)
        for name, value in (CORS | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if found is not None:
            self.wfile.write(json.dumps(found).encode())

    do_OPTIONS = do_GET = do_POST = do_PUT = do_PATCH = pass_on

    def log_message(self, format: str, *args: object) -> None:
        """Be silent."""


CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, content-type, accept",
        "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH", "Content-Type": "application/json"}
NOW = "2026-11-24T08:00:00Z"


class GitHub(Recorded):
    """As much of GitHub's API as the editor uses, entered with the token ‘proef’."""

    def answer(self, method: str, path: str, body: dict[str, Any], authorization: str | None) -> Answer:
        if authorization != "token proef":
            return 401, {"message": "Bad credentials"}, {}
        if path == "/api/graphql":
            return self.graphql(body["query"], body["variables"])
        repo = "/api/v3/repos/voorbeeld/kennisplatform"
        match method, path.partition("?")[0]:
            case "GET", "/api/v3/user":
                return 200, {"id": 1, "login": "redacteur", "name": "Redacteur", "email": None, "avatar_url": "data:,", "html_url": "data:,"}, {}
            case "GET", p if p == f"{repo}/collaborators/redacteur":
                return 204, None, {}
            case "GET", p if p.startswith(f"{repo}/git/trees/"):
                return 200, {"tree": [{"type": "blob", "path": path, "sha": f"{n:040x}", "size": len(text)}
                                      for n, (path, text) in enumerate(self.files.items())]}, {}
            case "POST", p if p == f"{repo}/pulls":
                self.pulls.append(body)
                return 201, {"number": 7, "node_id": "P7", "title": body["title"], "html_url": f"{REPO}/pull/7", "head": {"sha": "c2"},
                             "created_at": NOW, "updated_at": NOW}, {}
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
        history = {"nodes": [{"oid": "c1", "message": "Eerste", "author": author, "committedDate": NOW}]}
        data: Any
        if "createCommitOnBranch" in query:
            given = variables["input"]
            self.messages.append(given["message"]["headline"])
            self.branches[given["branch"]["branchName"]] |= {
                f["path"]: base64.b64decode(f["contents"]) for f in given["fileChanges"]["additions"]}
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
            data = {"repository": {alias: {"text": list(self.files.values())[int(sha, 16)], "isTruncated": False} for alias, sha in wanted}}
        elif "commit_" in query:
            data = {"repository": {alias: {"target": {"history": history}} for alias in re.findall(r"(commit_\d+):", query)}}
        elif "ref(qualifiedName: $branch)" in query:
            data = {"repository": {"ref": {"target": {"oid": "c1", "history": history}}}}
        else:
            return self.not_recorded(query)
        return 200, {"data": data}, {}


class GitLab(Recorded):
    """As much of GitLab as the editor uses. Whoever wants to log in (OAuth with PKCE) gets consent at once."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(files)
        self.login: dict[str, dict[str, Any]] = {}
        """What was asked at each step."""

    def answer(self, method: str, path: str, body: dict[str, Any], authorization: str | None) -> Answer:
        parts = urlsplit(path)
        query = dict(parse_qsl(parts.query))
        match method, parts.path:
            case "GET", "/oauth/authorize":
                self.login["authorize"] = query
                return 302, None, {"Location": f"{query['redirect_uri']}?{urlencode({'code': 'c0de', 'state': query['state']})}"}
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
                return 200, {"id": 1, "username": "redacteur", "name": "Redacteur", "avatar_url": "data:,"}, {}
            case "GET", p if p == f"{project}/users":
                return 200, [{"id": 1}], {}
            case "GET", p if p == f"{project}/merge_requests":
                return 200, [], {}
            case "GET", p if p == f"{project}/repository/branches/main":
                return 200, {"commit": {"id": "c1"}}, {}
            case "POST", p if p == f"{project}/repository/commits":
                assert body["start_branch"] == "main"
                self.messages.append(body["commit_message"])
                self.branches[body["branch"]] = {a["file_path"]: base64.b64decode(a["content"]) if a["encoding"] == "base64" else a["content"].encode()
                                                 for a in body["actions"] if a["action"] == "create"}
                return 201, {"id": "c2", "committed_date": NOW}, {}
            case "POST", p if p == f"{project}/merge_requests":
                self.pulls.append({"head": body["source_branch"], "base": body["target_branch"], "labels": [body["labels"]]})
            case "PUT", p if p == f"{project}/merge_requests/7":
                self.pulls[0]["labels"] = [body["add_labels"]]
            case _:
                return self.not_recorded(f"{method} {path}")
        draft, self.pulls[0]["title"] = re.fullmatch("(Draft: )?(.*)", body["title"]).groups()  # type: ignore[union-attr]
        self.pulls[0]["draft"] = bool(draft)
        return 200, {"iid": 7, "id": 70, "title": body["title"], "web_url": "http://127.0.0.1/7", "sha": "c2", "created_at": NOW, "updated_at": NOW}, {}

    def graphql(self, query: str, variables: dict[str, Any]) -> Answer:
        found: Any
        if "lastCommit" in query:
            found = {"tree": {"lastCommit": {"sha": "c1", "message": "Eerste"}}}
        elif "tree(" in query:
            nodes = [{"type": "blob", "path": path, "sha": f"{n:040x}"} for n, path in enumerate(self.files)]
            found = {"tree": {"blobs": {"nodes": nodes, "pageInfo": {"endCursor": "", "hasNextPage": False}}}}
        elif "blobs(" in query:
            found = {"blobs": {"nodes": [{"rawTextBlob": self.files[path]} for path in variables["paths"]]}}
        else:
            return self.not_recorded(query)
        return 200, {"data": {"project": {"repository": found}}}, {}


def send(page: Page, host: Recorded) -> None:
    """Make a practice with an image in the editor that is open, and send it for review."""
    expect(page.get_by_text("Dorpsgesprek")).to_be_visible()
    page.goto(f"{page.url.partition('#')[0]}#/collections/practices/new")
    fill_in(page, "Burgerberaad")
    add_image(page)
    describe_image(page)
    save(page)
    asked = page.get_by_role("alertdialog", name="Ter review indienen")
    expect(asked).to_be_visible()
    assert [p["draft"] for p in host.pulls] == [True]
    asked.get_by_role("button", name="Ter review indienen").click()
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    page.goto("about:blank")  # before the host is gone


def assert_received(host: Recorded, content: Path, folder: Path) -> None:
    """Hold what the host got against what was typed: one branch, one commit, one pull request; and what would be merged passes the check."""
    assert host.unknown == []
    branch, title = "cms/practices/burgerberaad", "Voeg toe: burgerberaad +1"
    assert host.messages == [title]
    assert [(p["head"], p["base"], p["title"], p["draft"], p["labels"]) for p in host.pulls] == [(branch, "main", title, False, ["sveltia-cms/pending_review"])]
    assert host.branches.keys() == {branch}
    made = host.branches[branch]
    assert made.keys() == {"content/practices/burgerberaad.md", f"content/afbeeldingen/{PHOTO}"}
    checked = merge(content, made, folder).op_slug["burgerberaad"]
    assert (checked.velden.titel, checked.velden.gemeente) == ("Burgerberaad", ("'s-Hertogenbosch",))


def only_at(address: str, site: Path) -> None:
    """Let a site that saves on GitHub save at another address: in the configuration, and in the policy of the page as it is sent and as it stands in it."""
    config = site / "redactie" / "config.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("  name: github\n", f"  name: github\n  api_root: {address}\n", 1), encoding="utf-8")
    for file in (site / "_headers", site / "redactie" / "index.html"):
        text = file.read_text(encoding="utf-8")
        assert "https://api.github.com" in text
        file.write_text(text.replace("https://api.github.com", address), encoding="utf-8")


def test_saving_on_github_makes_a_branch_and_a_pull_request(page: Page, built: Path, content: Path, tmp_path: Path) -> None:
    github = GitHub(FILES)
    shutil.copytree(built, tmp_path / "site")
    with github.listening() as address, serving(tmp_path / "site") as site:
        only_at(address, tmp_path / "site")
        answer = page.goto(f"{site}/redactie/")
        assert answer and f"connect-src 'self' data: blob: {address};" in answer.headers["content-security-policy"]
        page.get_by_role("button", name="token").click()
        page.get_by_role("textbox").fill("proef")
        page.get_by_role("button", name="Inloggen", exact=True).click()
        send(page, github)
    assert_received(github, content, tmp_path)


def test_saving_on_gitlab_makes_a_branch_and_a_merge_request(page: Page, content: Path, tmp_path: Path) -> None:
    """Entered by PKCE (RFC 7636): the hash of a secret goes to GitLab first, the secret itself when the code is exchanged."""
    gitlab = GitLab(FILES)
    with gitlab.listening() as address:
        done = publish(tmp_path / "site", "--content", content, REPO_URL=f"{address}/groep/kennisplatform", GITLAB_APP_ID="abc")
        assert done.returncode == 0, done.stdout + done.stderr
        with serving(tmp_path / "site") as site:
            page.goto(f"{site}/redactie/")
            page.get_by_role("button", name=re.compile("Inloggen met .?GitLab")).click()
            send(page, gitlab)
    asked, given = gitlab.login["authorize"], gitlab.login["token"]
    hashed = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).decode().rstrip("=")
    assert asked.items() >= {"client_id": "abc", "code_challenge": hashed, "code_challenge_method": "S256", "scope": "api"}.items()
    assert given["code"] == "c0de"
    assert_received(gitlab, content, tmp_path)


def test_without_a_repository_only_a_working_copy_can_be_edited(browser: Browser, content: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    built = publish(output, "--content", content)
    assert built.returncode == 0, built.stdout + built.stderr

    def from_disk(route: Route) -> None:
        file = output / urlsplit(route.request.url).path.lstrip("/")
        route.fulfill(path=file / "index.html" if file.is_dir() else file)

    page = browser.new_context(locale="nl-NL").new_page()
    for host in ("127.0.0.1", "redactie.example"):
        page.route(f"http://{host}/**", from_disk)
    page.goto("http://127.0.0.1/redactie/")
    expect(page.get_by_role("button", name="Werken met een lokale repository")).to_be_visible()
    expect(page.get_by_role("button", name="token")).to_be_hidden()
    page.goto("http://redactie.example/redactie/", wait_until="networkidle")
    expect(page.get_by_text("Hier kunt u niet inloggen.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize(("settings", "host"), [
    (Settings(), ""),
    (Settings(repo_url=REPO), "https://api.github.com"),
    (Settings(repo_url="https://gitlab.com/groep/kennisplatform", gitlab_app_id="abc"), "https://gitlab.com"),
    (Settings(repo_url="https://git.voorbeeld.example/groep/kennisplatform"), "https://git.voorbeeld.example"),
])
def test_the_editor_may_connect_to_the_git_host_alone(settings: Settings, host: str) -> None:
    rules = dict(rule.split(" ", 1) for rule in editor_policy(settings).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert [s for s in rules["connect-src"].split() if s not in ("'self'", "data:", "blob:")] == [host] * bool(host)


def test_without_the_editor_its_page_says_how_else_to_help(site: Path) -> None:
    page = read(site / "redactie" / "index.html")
    assert page.texts["h1"] == ["Redactie"]
    assert "../bijdragen/" in {a.get("href") for a in page.all("a")}
    assert sorted(f.name for f in (site / "redactie").iterdir()) == ["config.yml", "index.html"]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/redactie.py, which is no module of a package."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    spec = importlib.util.spec_from_file_location("redactie_script", ROOT / "scripts" / "redactie.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_npm_the_build_goes_on_and_says_so(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(script, "STAMP", tmp_path / "stamp")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert script.bundle() is None
    assert "De formulier-editor op /redactie/ is weggelaten: npm staat niet op deze computer." in capsys.readouterr().err


def test_the_page_on_contributing_calls_the_buttons_by_their_names(editor: str) -> None:
    """As the Dutch of the installed version has them; the fixture has installed it."""
    words = json.loads((ROOT / "node_modules" / "@sveltia" / "cms" / "locales" / "nl.json").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "bijdragen.md").read_text(encoding="utf-8")
    for label in (words["sign_in_using_access_token"], words["sign_in_with_x"].replace("{$service}", "GitLab"), words["work_with_local_repo"],
                  words["workflow"]["send_for_review"], words["browse"], words["upload"], words["collection_assets"]):
        assert f"‘{label}’" in text


def test_the_lock_file_names_no_registry_and_every_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


# From Decap's own schema (decap-cms-core 3.19) and the documentation of its widgets.
DECAP = {
    "": {"backend", "publish_mode", "site_url", "logo_url", "show_preview_links", "media_folder", "public_folder", "slug", "editor", "collections"},
    "backend": {"name", "repo", "branch", "commit_messages", "api_root", "base_url", "auth_type", "app_id"},
    "collection": {"name", "label", "label_singular", "folder", "create", "delete", "extension", "format", "identifier_field", "slug", "summary",
                   "sortable_fields", "fields", "media_folder", "public_folder"},
    "field": {"name", "label", "widget", "required", "hint", "pattern", "default", "options", "multiple", "min", "max", "value_type", "format", "date_format",
              "time_format", "fields", "collapsed", "summary", "collection", "value_field", "display_fields", "search_fields", "buttons", "editor_components"},
}
WIDGETS = {"string", "text", "number", "select", "datetime", "list", "object", "relation", "markdown"}


@pytest.mark.parametrize("settings", [Settings(), Settings(repo_url=REPO, site_url="https://voorbeeld.example/"),
                                      Settings(repo_url="https://gitlab.com/groep/kennisplatform", gitlab_app_id="abc")])
def test_the_configuration_is_one_that_decap_understands(settings: Settings, content: Path) -> None:
    config = editor_config(load_platform(content, "content", settings, date(2026, 11, 24)))
    fields = [field for collection in config["collections"] for field in collection["fields"]]
    fields += [inner for field in fields for inner in field.get("fields", ())]
    # Sveltia's own: what an empty field leaves in the file, the name of the page, what happens to images, and logging in with a token.
    assert config.keys() - DECAP[""] == {"output", "app_title", "media_libraries"}
    assert config["backend"].keys() - DECAP["backend"] <= {"auth_methods"}
    assert [extra for collection in config["collections"] if (extra := collection.keys() - DECAP["collection"])] == []
    assert [extra for field in fields if (extra := field.keys() - DECAP["field"])] == []
    assert {field["widget"] for field in fields} == WIDGETS


@pytest.mark.parametrize(("settings", "backend"), [
    (Settings(repo_url=REPO), {"name": "github", "repo": "voorbeeld/kennisplatform", "auth_methods": ["token"]}),
    (Settings(repo_url="https://gitlab.com/groep/sub/kennisplatform", gitlab_app_id="abc"),
     {"name": "gitlab", "repo": "groep/sub/kennisplatform", "api_root": "https://gitlab.com/api/v4", "base_url": "https://gitlab.com",
      "auth_type": "pkce", "app_id": "abc"}),
    (Settings(repo_url="https://git.voorbeeld.example/groep/kennisplatform"),
     {"name": "gitlab", "repo": "groep/kennisplatform", "api_root": "https://git.voorbeeld.example/api/v4", "base_url": "https://git.voorbeeld.example",
      "auth_methods": ["token"]}),
])
def test_pages_are_saved_at_the_git_host_of_the_repository(settings: Settings, backend: dict[str, Any], content: Path) -> None:
    found = editor_config(load_platform(content, "content", settings, date(2026, 11, 24)))["backend"]
    assert {key: value for key, value in found.items() if key not in ("branch", "commit_messages")} == backend
