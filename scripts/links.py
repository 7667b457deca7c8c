"""Try every address outside the site that the content names, report which no longer work, and list
by organisation what somebody should look at: those addresses, and pages not checked for long.

    scripts/links [--content MAP] [--report BESTAND] [--cache BESTAND]

For a weekly job: whatever it finds, it ends with 0. A site is asked for one address at a
time, with a pause in between; what was fine lately comes from the cache, and after that
the site is only asked whether the page has changed.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests_cache import CachedSession

from kennisplatform.arguments import ROOT, Parser
from kennisplatform.content.advice import advise
from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.load import load_library
from kennisplatform.loading import read_settings
from kennisplatform.model.library import Library, Page
from kennisplatform.model.text import date, sort_key
from kennisplatform.publish.formats import shown_path

PATIENCE = (10.0, 20.0)
"""Seconds to wait for a connection, and for an answer."""
PAUSE = 1.0
"""Seconds between two requests to one site."""
SITES_AT_ONCE = 6
FRESH = datetime.timedelta(days=6)
"""How long an address that works is not tried again: just less than the time between two weekly
runs.
"""
HEADINGS = {"dood": "Werkt niet meer", "verhuisd": "Verhuisd", "onzeker": "Niet zeker"}
ADVICE = {
    "dood": "Zoek het nieuwe adres, of haal het adres weg en laat de titel van de bron staan.",
    "verhuisd": "Het adres werkt nog, maar leidt voorgoed door. Neem het nieuwe adres over.",
    "onzeker": (
        "De site gaf geen bruikbaar antwoord. Open het adres zelf, of wacht op de volgende "
        "controle."
    ),
}

UNCHECKED = "lang-niet-gecontroleerd"
"""The code of the advice on a page that was not checked for long."""
NOBODY = "Zonder organisatie"

Places = Mapping[str, list[str]]
"""Where each address is named, as path:line."""


@dataclass(frozen=True, slots=True)
class Outcome:
    stand: str
    """goed, or a key of HEADINGS."""
    uitleg: str = ""


def main() -> int:
    arguments = parse()
    if not arguments.content.is_dir():
        return refuse(f"De map {arguments.content} bestaat niet.")
    shown = shown_path(arguments.content)
    library = load_library(arguments.content, shown, ROOT / "content")
    places = outside_links(library, arguments.content, shown)
    try:
        session = new_session(arguments.cache) if arguments.cache else requests.Session()
        asks = f"{library.identity.naam}, controle van links {read_settings().site_url}"
        session.headers["User-Agent"] = asks.strip()
        outcomes = try_all(places, session)
        written = report(places, outcomes, library)
        written += by_organisation(places, outcomes, library, shown)
        if arguments.report:
            arguments.report.write_text(written, encoding="utf-8")
    except OSError as error:
        return refuse(f"Het bestand kan niet worden geschreven: {error}.")
    print(f"Het verslag staat in {arguments.report}." if arguments.report else written)
    return 0


def parse() -> argparse.Namespace:
    parser = Parser(
        prog="scripts/links",
        description="Probeer elk adres van een andere site en meld welke niet meer werken. Noem "
        "per organisatie ook de pagina’s die lang niet zijn gecontroleerd. "
        "Eindigt altijd met 0, behalve bij verkeerd gebruik.",
    )
    parser.add_content()
    parser.add_argument(
        "--report",
        type=Path,
        metavar="BESTAND",
        help="schrijf het verslag in dit bestand (anders: op het scherm)",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="BESTAND",
        help="onthoud in dit bestand welke adressen goed waren",
    )
    return parser.parse_args()


def outside_links(library: Library, content: Path, shown: str) -> dict[str, list[str]]:
    """Find the addresses in bronnen, documenten and aanmelden and in the text of every page, drafts
    included.
    """
    found: dict[str, list[str]] = {}
    for page in (*library.pages, *library.drafts):
        path = f"{shown}/{page.path}"
        document, _ = read_document(content / page.path, path)
        assert document is not None  # the library has read it before
        named = [
            (one.url, document.line_of((name, place, "url")))
            for name in ("bronnen", "documenten")
            for place, one in enumerate(getattr(page.velden, name))
            if one.url
        ]
        named += [
            (address, page.lines["aanmelden"])
            for address in [getattr(page.velden, "aanmelden", None)]
            if address
        ]
        named += [
            (link.target, link.line)
            for link in page.body.addresses
            if link.target.startswith("https:")
        ]
        for address, line in named:
            found.setdefault(address, []).append(f"{path}:{line}")
    return found


def new_session(cache: Path) -> CachedSession:
    """Open a session that keeps answers to HEAD in a file (SQLite), with what a site needs to tell
    whether they still hold.
    """
    return CachedSession(cache, backend="sqlite", expire_after=FRESH, allowable_methods=["HEAD"])


def try_all(
    addresses: Iterable[str],
    session: requests.Session,
    pause: float = PAUSE,
    patience: tuple[float, float] = PATIENCE,
) -> dict[str, Outcome]:
    """Try addresses, those of one site one after another."""
    session.max_redirects = 10
    sites: dict[str, list[str]] = {}
    for address in sorted(addresses):
        sites.setdefault(urlsplit(address).netloc, []).append(address)

    def try_site(of_one_site: list[str]) -> list[tuple[str, Outcome]]:
        return [(address, try_one(address, session, pause, patience)) for address in of_one_site]

    with ThreadPoolExecutor(SITES_AT_ONCE) as pool:
        return {
            address: outcome
            for outcomes in pool.map(try_site, sites.values())
            for address, outcome in outcomes
        }


def try_one(
    address: str, session: requests.Session, pause: float, patience: tuple[float, float]
) -> Outcome:
    """Ask for the head of a page and, as not every site answers that, for the page itself."""
    outcome = Outcome("onzeker")
    for method in ("HEAD", "GET"):
        try:
            with session.request(
                method, address, allow_redirects=True, timeout=patience, stream=True
            ) as answer:
                outcome = judge(answer)
                if not getattr(answer, "from_cache", False):
                    time.sleep(pause)
                if answer.ok or answer.status_code == requests.codes.too_many_requests:
                    break
        except requests.RequestException as error:
            outcome = explain(error)
    return outcome


def judge(answer: requests.Response) -> Outcome:
    """Tell what an answer says about an address."""
    code = answer.status_code
    if answer.ok:
        moved = any(r.status_code in (301, 308) for r in answer.history)
        return Outcome("verhuisd", f"nu op <{answer.url}>") if moved else Outcome("goed")
    if code in (404, 410):
        return Outcome("dood", f"de pagina is er niet meer ({code})")
    if code == requests.codes.too_many_requests:
        return Outcome("onzeker", f"de site wil nu geen vragen meer ({code})")
    if code in (401, 403):
        return Outcome("onzeker", f"de site laat een controle niet toe ({code})")
    return Outcome("onzeker", f"de site gaf een foutmelding ({code})")


def explain(error: requests.RequestException) -> Outcome:
    """Tell what it says about an address that there was no answer."""
    match error:
        case requests.Timeout():
            return Outcome("onzeker", "de site gaf niet op tijd antwoord")
        case requests.exceptions.SSLError():
            return Outcome("onzeker", "het certificaat van de site klopt niet")
        case requests.TooManyRedirects():
            return Outcome("dood", "het adres leidt steeds door")
        case requests.exceptions.InvalidSchema():  # requests knows http and https only
            return Outcome("dood", "het adres leidt door naar iets dat geen webpagina is")
        case requests.ConnectionError():
            return Outcome("dood", "de site is niet te bereiken")
    return Outcome("onzeker", "het adres kon niet worden geprobeerd")


def report(places: Places, outcomes: Mapping[str, Outcome], library: Library) -> str:
    """Write the report as Markdown: addresses by what is wrong with them, each with the lines that
    name it.
    """
    good = sum(o.stand == "goed" for o in outcomes.values())
    parts = [
        f"# Links naar andere sites\n\nAdressen geprobeerd op {date(datetime.date.today())}: "
        f"{len(outcomes)}. Zonder bijzonderheden: {good}."
    ]
    if library.broken:
        parts.append(
            f"Van {len(library.broken)} pagina’s met fouten zijn de adressen niet geprobeerd. "
            "Start scripts/check."
        )
    for stand, heading in HEADINGS.items():
        found = [
            f"- <{address}>: {outcome.uitleg}\n"
            + "".join(f"  - `{place}`\n" for place in places[address])
            for address, outcome in sorted(outcomes.items())
            if outcome.stand == stand
        ]
        if found:
            parts.append(
                f"## {heading} ({len(found)})\n\n{ADVICE[stand]}\n\n{''.join(found)}".rstrip()
            )
    return "\n\n".join(parts) + "\n"


def by_organisation(
    places: Places, outcomes: Mapping[str, Outcome], library: Library, shown: str
) -> str:
    """Write as Markdown, under each organisation that a page names, what of its pages needs a look;
    nothing when nothing does.
    """
    owners = {f"{shown}/{page.path}": owners_of(page, library) for page in library.pages}
    found: dict[str, list[tuple[str, int, str]]] = {}

    def tell(path: str, line: int, message: str) -> None:
        for owner in owners.get(path, ()):
            found.setdefault(owner, []).append((path, line, message))

    for advice in advise(library, shown, datetime.date.today()):
        if advice.code == UNCHECKED:
            tell(advice.path, advice.line, advice.message)
    for address, outcome in outcomes.items():
        for place in places[address] if outcome.stand == "dood" else ():
            path, _, line = place.rpartition(":")
            tell(path, int(line), f"het adres <{address}> werkt niet meer: {outcome.uitleg}.")
    if not found:
        return ""
    parts = [
        "## Per organisatie\n\nKlopt de pagina nog? Zet dan de datum van vandaag bij "
        "gecontroleerd. Werkt een adres niet meer, zoek dan het nieuwe.\n"
    ]
    for owner in sorted(found, key=sort_key):
        lines = (f"- `{path}:{line}`: {told}\n" for path, line, told in sorted(found[owner]))
        parts.append(f"### {owner}\n\n{''.join(lines)}")
    return "\n" + "\n".join(parts)


def owners_of(page: Page, library: Library) -> list[str]:
    """Name the organisations of a page with their mailbox, else its only municipality."""
    known = library.vocabulary.organisatie_op_naam
    organisations = [known[name] for name in page.velden.organisatie]
    if organisations:
        return [f"{o.naam} ({o.mailbox})" if o.mailbox else o.naam for o in organisations]
    return list(page.velden.gemeente) if len(page.velden.gemeente) == 1 else [NOBODY]


def refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
