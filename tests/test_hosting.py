"""What hosts send with the site: a policy that stops what is not the site's own, headers,
redirects, security.txt, and no address that dies.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markupsafe import escape
from playwright.sync_api import Browser, Page

from building import ROOT, SITE, SUB_PATH, read
from conftest import host_headers
from kennisplatform.content.sources import ADDRESSES
from kennisplatform.loading import load_platform
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.publish import hosting
from kennisplatform.publish.hosting import host_files, page_policy
from kennisplatform.site.doorverwijzing import moved
from kennisplatform.site.site import site_pages
from test_browser import visit

PAGE = """---
titel: Nieuw
samenvatting: Kort.
aandachtsveld: [Buurten aan zet]
datum: 2026-03-09
gemeente: [Zaalbeek]
oude_adressen: [/praktijken/oud/]
---
"""
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
NO_SCRIPT = re.compile(r"""\ssrc\s*=|\stype\s*=\s*["']?application/(ld\+)?json""", re.IGNORECASE)
RUNS = "document.documentElement.dataset.runs = 'yes'"


def platform(content: Path, **settings: str) -> Platform:
    (content / "practices").mkdir(parents=True, exist_ok=True)
    (content / "practices" / "nieuw.md").write_text(PAGE, encoding="utf-8")
    return load_platform(content, "content", Settings(**settings), datetime.date(2026, 3, 9), SITE)


def written(found: Platform, scripts: dict[str, str] | None = None) -> dict[str, str]:
    return {
        file.address: file.content.decode()
        for file in host_files(moved(site_pages(found)), scripts or {}, found)
    }


def inline_hashes(html: str) -> set[str]:
    """Give the hash source of every script inside a page; JSON is data, which no policy stops."""
    return {
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for attributes, text in SCRIPT.findall(html)
        if not NO_SCRIPT.search(attributes)
    }


@pytest.mark.parametrize("built", ["site", "below"])
def test_the_policy_of_every_page_fits_what_is_inside_it(
    built: str, request: pytest.FixtureRequest
) -> None:
    """Its own scripts and no others, first on the page; and what hosts send allows no less."""
    folder: Path = request.getfixturevalue(built)
    rules = (folder / "_headers").read_text(encoding="utf-8")
    below = urlsplit(SUB_PATH).path if built == "below" else "/"
    for file in folder.rglob("*.html"):
        text, address = file.read_text(encoding="utf-8"), file.relative_to(folder).as_posix()
        hashes = inline_hashes(text)
        assert len(hashes) == (address == "zoeken/index.html"), file
        head = text.split("<head>", 1)[1].lstrip()
        charset = '<meta charset="utf-8">'
        form = address == "redactie/index.html" and built == "below"
        head = head.removeprefix(charset).lstrip() if form else head
        assert head.startswith('<meta http-equiv="Content-Security-Policy"'), file
        assert text.index(charset) < 1024, "browsers look no further"
        (policy,) = (
            meta["content"]
            for meta in read(file).all("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        )
        assert set(re.findall(r"'sha[^']+'", policy)) == hashes, file
        sent = host_headers(rules, f"{below}{address}")["Content-Security-Policy"]
        assert hashes <= set(re.split(r"[; ]+", sent)), file
        own = {rule for rule in policy.split("; ") if not rule.startswith("script-src")}
        assert own <= set(sent.split("; ")), file


def test_pages_of_the_site_have_its_policy(site: Path) -> None:
    for address in ("index.html", "praktijken/index.html", "404.html"):
        assert read(site / address).all("meta")[0]["content"] == hosting.SITE


def test_the_policy_of_the_site_opens_nothing_to_others() -> None:
    rules = dict(rule.split(" ", 1) for rule in hosting.SITE.split("; "))
    assert set(rules.values()) == {"'self'", "'none'"}
    assert rules["default-src"] == rules["base-uri"] == "'none'"


def test_what_is_not_the_sites_own_is_stopped_and_the_tests_notice(
    browser: Browser, server: str
) -> None:
    """All browser tests look at a site served like this, and fail on what `visit` notes."""
    with visit(browser, server, "home") as (page, wrong):
        assert wrong == []
        page.evaluate("""() => new Promise((seen) => {
            const directives = new Set();
            addEventListener('securitypolicyviolation', (e) => {
                directives.add(e.violatedDirective); if (directives.size === 4) seen(); });
            const script = document.createElement('script');
            script.textContent = "document.title = 'run'";
            document.head.append(script);
            document.body.insertAdjacentHTML('beforeend',
                '<p style="color: red" onclick="x()">x</p>');
            document.body.lastElementChild.click();  // some releases look at it only then
            const frame = document.createElement('iframe');
            frame.src = location.href;
            document.body.append(frame);
        })""")
        assert page.title() != "run"
        for directive in ("script-src-elem", "style-src-attr", "script-src-attr", "frame-src"):
            assert any(note.startswith(f"console: policy: {directive} ") for note in wrong), (
                directive,
                wrong,
            )
        answer = page.request.get(f"{server}/assets/js/zoek/werker.js")
        assert answer.headers["content-security-policy"].endswith("frame-ancestors 'none'"), (
            "a worker obeys the policy it is served with"
        )
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-cache"


def test_files_named_after_their_content_are_kept(site: Path) -> None:
    rules = (site / "_headers").read_text(encoding="utf-8")
    folders = {file.parent.relative_to(site).as_posix() for file in (site / "zoek").glob("*/*")}
    assert {"zoek/t", "zoek/w", "zoek/f"} <= folders
    for folder in ("zoek/t", "zoek/w", "zoek/f"):
        assert (
            host_headers(rules, f"/{folder}/x.json")["Cache-Control"]
            == "public, max-age=31536000, immutable"
        )
    assert host_headers(rules, "/zoek/manifest.json")["Cache-Control"] == "no-cache"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_script_inside_a_page_runs_by_its_hash_and_no_other(
    site: Path, tmp_path: Path, plain: Page
) -> None:
    html = (site / "over" / "index.html").read_text(encoding="utf-8")
    with_script = html.replace(
        "</body>",
        f'<script type="application/ld+json">{{}}</script>\n<script>{RUNS}</script>\n</body>',
    )
    scripts = {"over/": RUNS}
    own, plain_policy = (page_policy("over/", Settings(), found) for found in (scripts, {}))
    assert page_policy("", Settings(), scripts) == plain_policy, "only that page may run it"
    files = written(platform(tmp_path), scripts)
    one = inline_hashes(with_script).pop().strip("'")
    for text in (own, files["_headers"], files[".htaccess"], files[".nginx.conf"]):
        assert text.count(one) == 1
    plain.set_content(with_script.replace(str(escape(plain_policy)), str(escape(own))))
    assert plain.locator("html").get_attribute("data-runs") == "yes"
    plain.set_content(with_script)
    assert plain.locator("html").get_attribute("data-runs") is None


@pytest.fixture
def with_exception(monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the editor a policy of its own."""
    monkeypatch.setattr(
        hosting,
        "policies",
        lambda settings: {
            "": hosting.SITE,
            "redactie/": hosting.SITE.replace(
                "connect-src 'self'", "connect-src https://git.example"
            ),
        },
    )
    return "connect-src https://git.example;"


def test_a_page_may_have_a_policy_of_its_own(with_exception: str, tmp_path: Path) -> None:
    files = written(platform(tmp_path))
    assert with_exception in page_policy("redactie/", Settings(), {})
    assert with_exception not in page_policy("praktijken/", Settings(), {})
    sent = host_headers(files["_headers"], "/redactie/index.html")["Content-Security-Policy"]
    assert with_exception in sent and sent.count("default-src") == 1
    assert (
        with_exception
        not in host_headers(files["_headers"], "/praktijken/")["Content-Security-Policy"]
    )
    assert (
        files[".htaccess"].count(with_exception) == files[".nginx.conf"].count(with_exception) == 1
    )


def test_below_a_path_hosts_read_the_whole_address(with_exception: str, tmp_path: Path) -> None:
    files = written(platform(tmp_path, site_url="https://voorbeeld.example/kennisplatform/"))
    assert [line for line in files["_headers"].splitlines() if line.startswith("/")] == [
        f"/kennisplatform/{prefix}*"
        for prefix in ("", "redactie/", "documenten/", "zoek/t/", "zoek/w/", "zoek/f/")
    ]
    assert (
        "/kennisplatform/praktijken/oud/ /kennisplatform/praktijken/nieuw/ 301\n"
        in files["_redirects"]
    )
    assert (
        "RedirectMatch 301 ^/kennisplatform/praktijken/oud/$ /kennisplatform/praktijken/nieuw/\n"
        in files[".htaccess"]
    )
    assert (
        "location = /kennisplatform/praktijken/oud/ { return 301 "
        "/kennisplatform/praktijken/nieuw/; }\n" in files[".nginx.conf"]
    )
    for name in (".htaccess", ".nginx.conf"):
        assert '"^/' not in files[name].replace('"^/kennisplatform/', "") and "#^/" not in files[
            name
        ].replace("#^/kennisplatform/", ""), name


def test_old_addresses_lead_on_without_a_host_that_redirects(site: Path) -> None:
    moved = [
        line.split() for line in (site / "_redirects").read_text(encoding="utf-8").splitlines()
    ]
    assert moved
    for old, new, status in moved:
        page = read(site / old.strip("/") / "index.html")
        assert status == "301"
        assert (site / new.strip("/") / "index.html").is_file()
        assert any(meta.get("http-equiv") == "refresh" for meta in page.all("meta"))
        assert {"name": "robots", "content": "noindex"} in page.all("meta")


def test_security_txt_names_the_contact(tmp_path: Path) -> None:
    found = platform(
        tmp_path, contact="beheer@voorbeeld.example", site_url="https://voorbeeld.example/"
    )
    assert written(found)[".well-known/security.txt"].splitlines() == [
        "Contact: mailto:beheer@voorbeeld.example",
        "Expires: 2027-03-08T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://voorbeeld.example/.well-known/security.txt",
    ]
    assert (
        "Contact: https://voorbeeld.example/contact\n"
        in written(platform(tmp_path, contact="https://voorbeeld.example/contact"))[
            ".well-known/security.txt"
        ]
    )
    assert ".well-known/security.txt" not in written(platform(tmp_path))


def test_the_list_of_addresses_is_renewed_as_documented(site: Path, tmp_path: Path) -> None:
    """Nothing is taken off the list, what is new comes on it, and it has the pages that editors and
    the site make, no lists.
    """
    text = (ROOT / "docs" / "ontwikkeling" / "publiceren.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"```sh\n(\(cd site[^`]*)```", text)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / ADDRESSES).write_text("/praktijken/vroeger/\n", encoding="utf-8")
    shutil.copytree(site, tmp_path / "site")
    subprocess.run(["sh", "-euc", command], cwd=tmp_path, check=True)
    made = (tmp_path / "content" / ADDRESSES).read_text(encoding="utf-8").splitlines()
    assert {
        "/",
        "/praktijken/vroeger/",
        "/praktijken/een-euro-per-bewoner/",
        "/zoeken/",
        "/bijdragen/velden/",
    } <= set(made)
    assert not [
        address for address in made if re.search(r"/pagina/|/aandachtsveld/|^/gemeenten/.", address)
    ]
    assert made == sorted(set(made))
