"""What several tests need: sites, a server for them, and a browser."""

from __future__ import annotations

import fcntl
import gc
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

import ready
from building import CONTENT, REPO, ROOT, SUB_PATH, build_site, epoch, once
from kennisplatform.loading import reference_day
from looking import AXE, AXE_HERE, NOT_YET_SHOWN, SCRIPTS_COME, listening, tab
from redactie import bundle

# For the format iri, which no schema here names, jsonschema would compile 38 grammars.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # so the import fails

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features="
    # Of the list of Playwright, which this one replaces, what could be noticed here.
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,"
    # What drops down below an address that is typed: a renderer of its own for each context, which
    # costs more than most tests.
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    # A page lives for a second: to optimise its scripts, and axe in each anew, costs more than it
    # gives.
    "--js-flags=--no-maglev --no-turbofan",
)

settings.register_profile(
    "nightly", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "ordinary", settings.get_profile("nightly"), max_examples=500, derandomize=True, database=None
)
settings.load_profile("ordinary")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let one worker collect after the other: what pytest makes of each file, only the first has to
    make.
    """
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return (yield)


def pytest_collection_finish() -> None:
    """Let Python look no more for garbage in all that was imported and collected, and seldom in
    what tests make: a twentieth of their time.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_sessionfinish() -> None:
    ready.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented content, built without settings."""
    return once(tmp_path_factory, "site", build_site)


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented content with every setting and the form editor, to lie below a path of a
    host.
    """
    # An address without a slash at the end means the same.
    settings: dict[str, Any] = {
        "SITE_URL": SUB_PATH.rstrip("/"),
        "REPO_URL": REPO,
        "CONTACT": "redactie@voorbeeld.example",
        "KENNISPLATFORM_REDACTIE": str(bundle() or ""),
    }
    return once(tmp_path_factory, "below", partial(build_site, **settings))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built without settings. Only for tests marked `inhoud`."""
    return once(
        tmp_path_factory,
        "real",
        partial(build_site, content=CONTENT, SOURCE_DATE_EPOCH=epoch(reference_day(ROOT, CONTENT))),
    )


@lru_cache(maxsize=10_000)
def host_headers(rules: str, path: str) -> dict[str, str]:
    """Give what Cloudflare sends with a path: the headers of every rule in `_headers` that fits,
    added together, less those taken off (`! Name`).
    """
    sent: dict[str, str] = {}
    fits = False
    for line in rules.splitlines():
        if line.startswith("/"):
            fits = path.startswith(line.removesuffix("*"))
        elif fits and line.startswith("  ! "):
            sent.pop(line[4:])
        elif fits:
            name, value = line.strip().split(": ", 1)
            sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


class SiteHandler(SimpleHTTPRequestHandler):
    """A static host as most are: index.html for a folder, 404.html for what is not there, and the
    headers that the site asks for.
    """

    def translate_path(self, path: str) -> str:
        return str(AXE) if path == AXE_HERE else super().translate_path(path)

    def do_GET(self) -> None:
        if self.path.endswith(".js"):
            SCRIPTS_COME.wait()
        super().do_GET()

    def end_headers(self) -> None:
        rules = Path(self.directory) / "_headers"
        for name, value in (
            host_headers(rules.read_text(encoding="utf-8"), self.path).items()
            if rules.is_file()
            else ()
        ):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Be silent: the tests say what goes wrong."""


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site, without a slash at the end."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def real_server(real: Path) -> Iterator[str]:
    """The address of the real site."""
    with serving(real) as address:
        yield address


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine only, at the address it gives."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteHandler, directory=str(folder))) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


@contextmanager
def chromium(playwright: Playwright, without: str = "") -> Iterator[Browser]:
    """The machine's own Chromium, without these features as well."""
    flags = [
        f"{flag},{without}" if flag.startswith("--disable-features=") else flag
        for flag in CHROMIUM_FLAGS
    ]
    started = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=flags
    )
    yield started
    started.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, one for all tests. It shows a next page of the same site in the frame of the one
    before: that is a sixth of what it costs to open one.
    """
    with chromium(playwright, without="RenderDocument") as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab that may not complain."""
    complaints: list[str] = []
    with (
        tab(browser) as page,
        listening(
            page,
            console=lambda said: (
                None if NOT_YET_SHOWN in said.text else complaints.append(said.text)
            ),
            pageerror=lambda error: complaints.append(str(error)),
        ),
    ):
        yield page
    assert complaints == []
