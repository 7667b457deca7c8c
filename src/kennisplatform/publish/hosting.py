"""What a host sends with the site: who may load what into a page, how long a file keeps, where an
old address leads.

One set of rules, written in the forms that hosts read. The policy is in every page too, as a
meta tag, for hosts that send no headers.

"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from kennisplatform.model.library import DOCUMENTS
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.site import HASHED, SiteFile
from kennisplatform.publish.redactie import editor_policy

SITE = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src "
    "'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""Nothing but the site's own files (W3C, CSP Level 3). Not require-trusted-types-for: starting a
worker from an address, as search does, breaks it.
"""
NOT_IN_META = "; frame-ancestors 'none'"
"""What a policy only does as a header."""

DOCUMENT = "default-src 'none'; sandbox"
"""A document is kept by who asks for it; where a browser shows it, it loads nothing and runs
nothing.
"""

EDITOR = "redactie/"

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    # an address of ours may hold a question; no other site is told
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
VALID_FOR = datetime.timedelta(days=364)
"""RFC 9116 wants security.txt to expire within a year."""


class Rule(NamedTuple):
    """One header of all addresses that start with `prefix`; a longer prefix takes the place of a
    shorter one.
    """

    prefix: str
    """Below the site's root, without leading slash; empty for the whole site."""
    header: str
    value: str


def policies(settings: Settings) -> Mapping[str, str]:
    """Give the Content-Security-Policy by the start of the addresses it is for; the longest that
    fits counts.

    A page that needs more than the others gets an entry of its own here, and nothing else.

    """
    return {"": SITE, EDITOR: editor_policy(settings), f"{DOCUMENTS}/": DOCUMENT}


def page_policy(address: str, settings: Settings, scripts: Mapping[str, str]) -> str:
    """Give the policy of one page, as its meta tag has it.

    `scripts` has the text of the script inside each page that has one (`SitePage.script`), by the
    address of the page: the policy allows that text and no other.
    """
    found = policies(settings)
    policy = found[max((prefix for prefix in found if address.startswith(prefix)), key=len)]
    return _allowing(policy, [scripts[address]] if address in scripts else [])


def _allowing(policy: str, scripts: Iterable[str]) -> str:
    sources = sorted({_source(text) for text in scripts})
    return policy.replace("script-src 'self'", " ".join(("script-src 'self'", *sources)))


def _source(script: str) -> str:
    """Name a script inside a page by its hash (W3C, CSP Level 3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def host_files(
    moved: Mapping[str, str], scripts: Mapping[str, str], platform: Platform
) -> Iterator[SiteFile]:
    """Give the files for hosts: `moved` has the addresses that only lead on, `scripts` is as for
    `page_policy`.

    `_headers` and `_redirects` are for Netlify and Cloudflare (GitLab reads the second),
    `.htaccess` for Apache, `.nginx.conf` for an include in nginx. Addresses in them are whole
    paths, below the path of SITE_URL.
    """
    settings = platform.settings
    base = f"{urlsplit(settings.site_url).path.rstrip('/')}/"
    rules = list(_rules(settings, scripts))
    whole = [(f"{base}{old}", f"{base}{new}") for old, new in moved.items()]
    for name, lines in (
        ("_headers", _headers(rules, base)),
        ("_redirects", (f"{old} {new} 301" for old, new in whole)),
        (".htaccess", _apache(rules, whole, base)),
        (".nginx.conf", _nginx(rules, whole, base)),
    ):
        yield SiteFile(name, "".join(f"{line}\n" for line in lines).encode())
    yield from _security_txt(platform)


def _rules(settings: Settings, scripts: Mapping[str, str]) -> Iterator[Rule]:
    yield from (Rule("", name, value) for name, value in SECURITY.items())
    for prefix, policy in policies(settings).items():
        inside = (text for address, text in scripts.items() if address.startswith(prefix))
        yield Rule(prefix, "Content-Security-Policy", _allowing(policy, inside) + NOT_IN_META)
    yield Rule(
        EDITOR, "Cross-Origin-Opener-Policy", "unsafe-none"
    )  # logging in at GitLab comes back through a window of its own
    yield Rule(f"{DOCUMENTS}/", "Content-Disposition", "attachment")
    yield Rule("", "Cache-Control", "no-cache")
    yield from (
        Rule(f"{folder}/", "Cache-Control", "public, max-age=31536000, immutable")
        for folder in HASHED
    )


def _headers(rules: Iterable[Rule], base: str) -> Iterator[str]:
    by_prefix: dict[str, list[Rule]] = {}
    for rule in rules:
        by_prefix.setdefault(rule.prefix, []).append(rule)
    whole = {rule.header for rule in by_prefix[""]}
    for prefix, found in by_prefix.items():
        yield f"{base}{prefix}*"
        for rule in found:
            # Cloudflare would add this value to the one for the whole site; Netlify, which takes
            # the closest, passes over this line
            if prefix and rule.header in whole:
                yield f"  ! {rule.header}"
            yield f"  {rule.header}: {rule.value}"


def _apache(rules: Iterable[Rule], moved: Iterable[tuple[str, str]], base: str) -> Iterator[str]:
    yield "<IfModule mod_headers.c>"
    for rule in rules:
        when = (
            f' "expr=%{{REQUEST_URI}} =~ m#^{re.escape(base)}{rule.prefix}#"' if rule.prefix else ""
        )
        yield f'Header {_answers(rule, "always ")}set {rule.header} "{rule.value}"{when}'
    yield "</IfModule>"
    yield f"ErrorDocument 404 {base}404.html"
    yield from (f"RedirectMatch 301 ^{re.escape(old)}$ {new}" for old, new in moved)


def _nginx(rules: Iterable[Rule], moved: Iterable[tuple[str, str]], base: str) -> Iterator[str]:
    yield (
        "# Include this in the server block. A location with an add_header of its own loses all "
        "that are here."
    )
    known: set[str] = set()
    for rule in rules:
        variable = f"$kennisplatform_{rule.header.lower().replace('-', '_')}"
        if rule.header not in known:
            known.add(rule.header)
            # nginx sends no header without a value
            yield f'set {variable} "{"" if rule.prefix else rule.value}";'
            yield f"add_header {rule.header} {variable}{_answers(rule, ' always')};"
        if rule.prefix:
            yield (
                f'if ($uri ~ "^{re.escape(base)}{rule.prefix}") {{ set {variable} "{rule.value}"; '
                f"}}"
            )
    yield f"error_page 404 {base}404.html;"
    yield from (f"location = {old} {{ return 301 {new}; }}" for old, new in moved)


def _answers(rule: Rule, always: str) -> str:
    """Give the word that sends a header with errors too: not that a file which is not there may be
    kept for a year.
    """
    return "" if rule.header == "Cache-Control" else always


def _security_txt(platform: Platform) -> Iterator[SiteFile]:
    contact, site_url, address = (
        platform.settings.contact,
        platform.settings.site_url,
        ".well-known/security.txt",
    )
    if contact:
        lines = [
            f"Contact: {'mailto:' if '@' in contact else ''}{contact}",
            f"Expires: {platform.today + VALID_FOR}T00:00:00Z",
            "Preferred-Languages: nl, en",
            *([f"Canonical: {site_url.rstrip('/')}/{address}"] if site_url else []),
        ]
        yield SiteFile(address, "".join(f"{line}\n" for line in lines).encode())
