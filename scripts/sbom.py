"""Write what the site is made with, the packages of requirements.lock and package-lock.json, as one
list of parts.

    scripts/sbom BESTAND

A list is CycloneDX, as JSON. npm writes one too, but Debian's npm does not.

"""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import sys
from pathlib import Path

from packageurl import PackageURL

from omgeving import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/sbom",
        description=(
            "Schrijf alle pakketten van requirements.lock en package-lock.json, met versie en "
            "hash, als lijst van onderdelen (CycloneDX, JSON)."
        ),
    )
    parser.add_argument("bestand", type=Path, metavar="BESTAND", help="waar de lijst komt")
    file = parser.parse_args().bestand
    made = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", ROOT / "requirements.lock"],
        stdout=subprocess.PIPE,
        check=True,
    )
    parts = json.loads(made.stdout)
    parts["components"] += npm_parts(
        json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    )
    file.write_text(json.dumps(parts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def npm_parts(packages: dict[str, dict[str, str]]) -> list[dict[str, object]]:
    """Give the packages of a package-lock.json (version 3) as CycloneDX components, each version
    once; the project itself has no path.
    """
    found: dict[str, dict[str, object]] = {}
    for path, package in packages.items():
        if path:
            namespace, _, name = path.rpartition("node_modules/")[2].rpartition("/")
            address = PackageURL("npm", namespace, name, package["version"]).to_string()
            algorithm, _, digest = package["integrity"].partition("-")  # Subresource Integrity, W3C
            found[address] = {
                "type": "library",
                "bom-ref": address,
                "purl": address,
                "name": f"{namespace}/{name}".lstrip("/"),
                "version": package["version"],
                "hashes": [
                    {
                        "alg": algorithm.upper().replace("SHA", "SHA-"),
                        "content": base64.b64decode(digest).hex(),
                    }
                ],
            }
    return list(found.values())


if __name__ == "__main__":
    raise SystemExit(main())
