"""Make and improve pages with the form editor in a real browser: in a working copy, and as a pull request."""
from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from building import ROOT, publish, read
from conftest import SiteHandler
from kennisplatform.library import load_library
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
    for await (const [name, file] of folder.entries()) found[name] = await (await file.getFile()).text();
    return found;
}"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, all lists of names, and only a few municipalities, so that it is quickly built."""
    folder = tmp_path_factory.mktemp("redactie") / "content"
    for name, file, text in (("practices", "dorpsgesprek", OLD), ("instruments", "gespreksleidraad", INSTRUMENT)):
        (folder / name).mkdir(parents=True)
        (folder / name / f"{file}.md").write_text(text, encoding="utf-8")
    (folder / "vocabulary").mkdir()
    for source in (ROOT / "content" / "vocabulary").iterdir():
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".csv":
            first, *rows = text.splitlines(keepends=True)
            text = first + "".join(row for row in rows if re.search(r"Zwolle|Meppel|'s-Hertogenbosch|Den Bosch|Landerd|Maashorst", row))
        (folder / "vocabulary" / source.name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the editor and a repository."""
    output = tmp_path_factory.mktemp("met-redactie") / "site"
    built = publish(output, "--content", content, REPO_URL=REPO)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "weggelaten" not in built.stderr
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteHandler, directory=str(output))) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


@pytest.fixture
def page(browser: Browser, editor: str) -> Iterator[Page]:
    """A Dutch browser that may reach the site, and that tells what else was tried and what went wrong."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page, wrong = context.new_page(), []
    page.on("request", lambda r: None if r.url.startswith((editor, "data:", "blob:", "https://api.github.com/")) else wrong.append(f"elsewhere: {r.url}"))
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


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan", exact=True).click()


def test_a_practice_made_with_the_form_passes_the_check_and_is_built(page: Page, editor: str, content: Path, tmp_path: Path) -> None:
    files = {f.relative_to(content.parent).as_posix(): f.read_text(encoding="utf-8") for f in content.glob("*/*.md")}
    open_working_copy(page, f"{editor}/redactie/", files)
    expect(page.get_by_text("Dorpsgesprek")).to_be_visible()
    page.goto(f"{editor}/redactie/#/collections/practices/new")
    save(page)
    expect(page.get_by_text("Dit veld is verplicht").first).to_be_visible()
    fill_in(page, "x" * 111)
    save(page)
    expect(page.get_by_text("Hoogstens 110 tekens gewone tekst, op één regel en zonder HTML.")).to_be_visible()
    page.get_by_role("textbox", name="Titel").fill("Burgerberaad: ’s avonds")
    save(page)
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    made = page.evaluate(READ_FOLDER, "content/practices")
    assert made.keys() == {"dorpsgesprek.md", "burgerberaad-s-avonds.md"}
    (content / "practices" / "burgerberaad-s-avonds.md").write_text(made["burgerberaad-s-avonds.md"], encoding="utf-8")
    library = load_library(content, "content")
    assert [str(f) for f in library.bevindingen] == []
    fields = library.op_slug["burgerberaad-s-avonds"].velden
    assert (fields.titel, fields.samenvatting, fields.gemeente) == ("Burgerberaad: ’s avonds", "Inwoners dachten mee: no.", ("'s-Hertogenbosch",))
    # What was left empty is not in the file.
    assert set(yaml.safe_load(made["burgerberaad-s-avonds.md"].split("---")[1])) == {"titel", "samenvatting", "aandachtsveld", "datum", "gemeente"}
    built = publish(tmp_path / "site", "--content", content)
    assert built.returncode == 0, built.stdout + built.stderr
    assert read(tmp_path / "site" / "praktijken" / "burgerberaad-s-avonds" / "index.html").texts["h1"] == ["Burgerberaad: ’s avonds"]


def test_improving_a_page_keeps_what_the_form_does_not_show(page: Page, editor: str, tmp_path: Path) -> None:
    open_working_copy(page, f"{editor}/redactie/#/collections/practices/entries/dorpsgesprek", {"content/practices/dorpsgesprek.md": OLD})
    page.get_by_role("textbox", name="Samenvatting").fill("Inwoners spraken over hun dorp en de scholen.")
    save(page)
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    (tmp_path / "practices").mkdir()
    (tmp_path / "instruments").mkdir()
    (tmp_path / "practices" / "dorpsgesprek.md").write_text(page.evaluate(READ_FOLDER, "content/practices")["dorpsgesprek.md"], encoding="utf-8")
    (tmp_path / "instruments" / "gespreksleidraad.md").write_text(INSTRUMENT, encoding="utf-8")
    library = load_library(tmp_path, "content", ROOT / "content")
    assert [str(f) for f in library.bevindingen] == []
    old, new = ({**p.velden.model_dump(), "tekst": p.body.html} for p in (library_of(tmp_path / "oud", OLD), library.op_slug["dorpsgesprek"]))
    assert new == old | {"samenvatting": "Inwoners spraken over hun dorp en de scholen."}


def library_of(folder: Path, text: str) -> Any:
    for name, file, body in (("practices", "dorpsgesprek", text), ("instruments", "gespreksleidraad", INSTRUMENT)):
        (folder / name).mkdir(parents=True)
        (folder / name / f"{file}.md").write_text(body, encoding="utf-8")
    return load_library(folder, "content", ROOT / "content").op_slug["dorpsgesprek"]


class GitHub:
    """As much of the API of GitHub as the editor uses, with one repository in memory."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.branches: dict[str, dict[str, str]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.labels: list[str] = []
        self.unknown: list[str] = []
        """What was asked and is not here."""

    def answer(self, route: Route) -> None:
        request = route.request
        if request.method == "OPTIONS":
            return route.fulfill(status=204, headers=CORS)
        if request.headers.get("authorization") != "token proef":
            return route.fulfill(status=401, headers=CORS, json={"message": "Bad credentials"})
        path = request.url.removeprefix("https://api.github.com")
        body = request.post_data_json if request.post_data else {}
        found = {"data": self.graphql(body)} if path == "/graphql" else self.rest(request.method, path, body)
        route.fulfill(status=200 if found is not None else 204, headers=CORS, json=found)

    def rest(self, method: str, path: str, body: dict[str, Any]) -> Any:
        repo = "/repos/voorbeeld/kennisplatform"
        match method, path.partition("?")[0]:
            case "GET", "/user":
                return {"id": 1, "login": "redacteur", "name": "Redacteur", "email": None, "avatar_url": "data:,", "html_url": "https://github.com/redacteur"}
            case "GET", p if p == f"{repo}/collaborators/redacteur":
                return None
            case "GET", p if p.startswith(f"{repo}/git/trees/"):
                return {"tree": [{"type": "blob", "path": path, "sha": self.sha(path), "size": len(text)} for path, text in self.files.items()]}
            case "POST", p if p == f"{repo}/pulls":
                self.pulls.append(body)
                now = "2026-11-24T08:00:00Z"
                return {"number": 7, "node_id": "P7", "title": body["title"], "html_url": f"{REPO}/pull/7", "head": {"sha": "c2"},
                        "created_at": now, "updated_at": now}
            case "POST", p if p == f"{repo}/issues/7/labels":
                self.labels += body["labels"]
                return []
            case "GET", p if p == f"{repo}/issues/7":
                return {"labels": [{"name": label} for label in self.labels]}
            case "PATCH", p if p == f"{repo}/issues/7":
                self.labels = body["labels"]
                return {}
        self.unknown.append(f"{method} {path}")
        return {}

    def graphql(self, body: dict[str, Any]) -> Any:
        query, variables = body["query"], body["variables"]
        if "createCommitOnBranch" in query:
            given = variables["input"]
            branch = self.branches[given["branch"]["branchName"]]
            branch |= {f["path"]: base64.b64decode(f["contents"]).decode() for f in given["fileChanges"]["additions"]}
            shas = {alias: {"oid": "b2"} for alias in re.findall(r"(file_\d+):", query)}
            return {"createCommitOnBranch": {"commit": {"oid": "c2", "committedDate": "2026-11-24T08:00:00Z"} | shas}}
        if "createRef" in query:
            self.branches[variables["input"]["name"].removeprefix("refs/heads/")] = {}
            return {"createRef": {"ref": {"name": variables["input"]["name"]}}}
        if "markPullRequestReadyForReview" in query:
            self.pulls[0]["draft"] = False
            return {"markPullRequestReadyForReview": {"pullRequest": {"isDraft": False}}}
        if "fork: repository" in query:
            return {"fork": {"id": "R1"}, "base": {"ref": {"target": {"oid": "c1"}}}}
        if "pullRequests(" in query:
            return {"repository": {"pullRequests": {"nodes": [], "totalCount": 0}, "ref": None}}
        if "content_" in query:
            wanted = re.findall(r'(content_\d+): object\(oid: "(\w+)"', query)
            return {"repository": {alias: {"text": self.by_sha(sha), "isTruncated": False} for alias, sha in wanted}}
        author = {"name": "Redacteur", "email": "", "user": {"id": 1, "login": "redacteur"}}
        history = {"nodes": [{"oid": "c1", "message": "Eerste", "author": author, "committedDate": "2026-11-24T08:00:00Z"}]}
        if "commit_" in query:
            return {"repository": {alias: {"target": {"history": history}} for alias in re.findall(r"(commit_\d+):", query)}}
        if "ref(qualifiedName: $branch)" in query:
            return {"repository": {"ref": {"target": {"oid": "c1", "history": history}}}}
        self.unknown.append(query)
        return None

    def sha(self, path: str) -> str:
        return f"{list(self.files).index(path):040x}"

    def by_sha(self, sha: str) -> str:
        return list(self.files.values())[int(sha, 16)]


CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, content-type, accept", "Access-Control-Allow-Methods": "*"}


def test_saving_makes_a_branch_and_a_pull_request(page: Page, editor: str) -> None:
    github = GitHub({"content/practices/dorpsgesprek.md": OLD, "content/instruments/gespreksleidraad.md": INSTRUMENT})
    page.route("https://api.github.com/**", github.answer)
    page.goto(f"{editor}/redactie/")
    page.get_by_role("button", name="token").click()
    page.get_by_role("textbox").fill("proef")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_text("Dorpsgesprek")).to_be_visible()
    page.goto(f"{editor}/redactie/#/collections/practices/new")
    fill_in(page, "Burgerberaad")
    save(page)
    asked = page.get_by_role("alertdialog", name="Ter review indienen")
    expect(asked).to_be_visible()
    assert [p["draft"] for p in github.pulls] == [True]
    asked.get_by_role("button", name="Ter review indienen").click()
    expect(page).to_have_url(re.compile(r"#/collections/practices$"))
    assert github.unknown == []
    assert list(github.branches) == ["cms/practices/burgerberaad"]
    made = github.branches["cms/practices/burgerberaad"]
    assert list(made) == ["content/practices/burgerberaad.md"]
    assert made["content/practices/burgerberaad.md"].startswith("---\ntitel: Burgerberaad\n")
    assert [(p["head"], p["base"], p["title"], p["draft"]) for p in github.pulls] == [
        ("cms/practices/burgerberaad", "main", "Voeg toe: content/practices/burgerberaad.md", False)]
    assert github.labels == ["sveltia-cms/pending_review"]


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


class GitLab(BaseHTTPRequestHandler):
    """As much of GitLab as logging in with PKCE asks; it consents at once, and notes what it was asked."""

    asked: ClassVar[list[tuple[str, Any]]] = []

    def reply(self, status: int, body: Any = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in (CORS | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_OPTIONS(self) -> None:
        self.reply(200)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        self.asked.append((parts.path, query or self.headers["Authorization"]))
        if parts.path == "/oauth/authorize":
            self.reply(302, Location=f"{query['redirect_uri']}?{urlencode({'code': 'c0de', 'state': query['state']})}")
        elif parts.path == "/api/v4/user":
            self.reply(200, {"id": 1, "username": "redacteur", "name": "Redacteur"})
        else:
            self.reply(404, {"message": "not recorded"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, body))
        self.reply(*((200, {"access_token": "proef"}) if self.path == "/oauth/token" else (404, {"message": "not recorded"})))

    def log_message(self, format: str, *args: object) -> None:
        """Be silent."""


def test_gitlab_is_entered_by_pkce(browser: Browser, content: Path, tmp_path: Path) -> None:
    """A secret that only the browser knows (RFC 7636): its hash goes to GitLab first, the secret itself when the code is exchanged."""
    with ThreadingHTTPServer(("127.0.0.1", 0), GitLab) as gitlab, ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(SiteHandler, directory=str(tmp_path / "site"))) as http:
        for server in (gitlab, http):
            Thread(target=server.serve_forever, daemon=True).start()
        built = publish(tmp_path / "site", "--content", content, REPO_URL=f"http://127.0.0.1:{gitlab.server_port}/groep/kennisplatform", GITLAB_APP_ID="abc")
        assert built.returncode == 0, built.stdout + built.stderr
        page = browser.new_context(locale="nl-NL").new_page()
        page.goto(f"http://127.0.0.1:{http.server_port}/redactie/")
        page.get_by_role("button", name=re.compile("Inloggen met .?GitLab")).click()
        expect(page.get_by_text("Er is een fout opgetreden bij het laden van de sitegegevens.")).to_be_visible()  # the rest is not recorded
        page.context.close()
        for server in (gitlab, http):
            server.shutdown()
    asked = dict(GitLab.asked)
    hashed = base64.urlsafe_b64encode(hashlib.sha256(asked["/oauth/token"]["code_verifier"].encode()).digest()).decode().rstrip("=")
    assert asked["/oauth/authorize"].items() >= {"client_id": "abc", "code_challenge": hashed, "code_challenge_method": "S256", "scope": "api"}.items()
    assert asked["/oauth/token"]["code"] == "c0de"
    assert asked["/api/v4/user"] == "Bearer proef"


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
                  words["workflow"]["send_for_review"]):
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
                   "sortable_fields", "fields"},
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
    # Sveltia's own: what an empty field leaves in the file, the name of the page, and logging in with a token.
    assert config.keys() - DECAP[""] == {"output", "app_title"}
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
