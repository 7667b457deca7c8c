"""Make the scripts that browsers load anew: docs/assets/js/ and offline/bundel.js.

    scripts/bundels

They lie in the repository, so that building a site needs no Node; a test makes them again and
compares.
"""

from __future__ import annotations

import argparse
import sys

import node
from omgeving import ROOT

MAKER = ROOT / "scripts" / "bundels.mjs"


def main() -> int:
    argparse.ArgumentParser(
        prog="scripts/bundels",
        description="Maak de scripts voor de browser opnieuw, van de modules in src/browser en "
        "offline. Zet de uitkomst in dezelfde commit.",
    ).parse_args()
    try:
        node.run(MAKER, ROOT)
    except node.NotRun as trouble:
        print(
            f"De scripts zijn niet gemaakt: {trouble}. Dit heeft Node.js en npm nodig.",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
