"""Ask which pinned packages have a known leak: those of requirements.lock and
requirements-dev.lock at PyPI, those of
package-lock.json at npm.

    scripts/audit

pip-audit and npm both end with 1 for a leak as well as for no answer, and without --strict
pip-audit passes over what PyPI does not know: only a whole report says that all is well.

"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from omgeving import ROOT

PIP_AUDIT = (
    sys.executable,
    "-m",
    "pip_audit",
    "--strict",
    "--require-hashes",
    "--disable-pip",
    "--progress-spinner",
    "off",
    "--format",
    "json",
    "--requirement",
)
LOCKS = ("requirements.lock", "requirements-dev.lock")
NPM_AUDIT = ("npm", "audit", "--json", "--loglevel", "silent")


def main() -> int:
    argparse.ArgumentParser(
        prog="scripts/audit",
        description=(
            "Zoek bekende lekken in de pakketten van requirements.lock en requirements-dev.lock "
            "(bij PyPI) en package-lock.json (bij npm)."
        ),
        epilog="Eindigt met 1 als er een lek bekend is, en met 2 als dat niet te vragen was.",
    ).parse_args()
    outcomes = {
        *(ask(lock, (*PIP_AUDIT, lock), from_pip) for lock in LOCKS),
        ask("package-lock.json", NPM_AUDIT, from_npm),
    }
    return 1 if 1 in outcomes else max(outcomes)


def ask(file: str, command: tuple[str, ...], leaks: Callable[[Any], Iterator[str]]) -> int:
    """Ask about the packages of a lock file and say what is known: 0 nothing, 1 a leak, 2 that
    could not be asked.
    """
    reason = ""
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        reason = done.stderr.strip().rpartition("\n")[2]
        found = list(leaks(json.loads(done.stdout)))
    except FileNotFoundError:
        return unknown(file, f"{command[0]} staat niet op deze computer.")
    except ValueError as error:
        return unknown(
            file,
            "De dienst die bekende lekken bijhoudt, gaf geen bruikbaar antwoord. Probeer het "
            f"later opnieuw.\n    {reason or error}",
        )
    print(
        f"Bekende lekken in de pakketten van {file}: {len(found) or 'geen'}."
        + "".join(f"\n    {leak}" for leak in found)
    )
    return 1 if found else 0


def unknown(file: str, why: str) -> int:
    print(f"De pakketten van {file} zijn niet nagelopen. {why}", file=sys.stderr)
    return 2


def from_pip(report: Any) -> Iterator[str]:
    for package in report["dependencies"]:
        for leak in package["vulns"]:
            yield (
                f"{package['name']} {package['version']}: {leak['id']}, verholpen in "
                f"{', '.join(leak['fix_versions']) or 'nog geen versie'}"
            )


def from_npm(report: Any) -> Iterator[str]:
    """Give the leaks themselves, not the packages that only use a leaky one. Raises ValueError when
    it is no report.
    """
    if "vulnerabilities" not in report:
        raise ValueError(report.get("message"))
    for package in report["vulnerabilities"].values():
        yield from (
            f"{leak['name']} {leak['range']}: {leak['title']} ({leak['url']})"
            for leak in package["via"]
            if isinstance(leak, dict)
        )


if __name__ == "__main__":
    raise SystemExit(main())
