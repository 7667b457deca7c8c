"""Bundle the form editor of /redactie/ from npm, so that visitors fetch it from the site alone.

Done once for each version of what it is made of, into build/redactie/.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
from pathlib import Path

import node
from omgeving import ROOT

SOURCE = ROOT / "redactie"
MADE_OF = [node.LOCK, *sorted(SOURCE.iterdir())]
TARGET = ROOT / "build" / "redactie"
STAMP = ROOT / "build" / "redactie.sha256"
"""Written last: a bundle without it is half made."""


def editor() -> str:
    """Give the folder with the editor as the build wants it: what KENNISPLATFORM_REDACTIE says,
    else a bundle; empty without an editor.
    """
    return (
        os.environ["KENNISPLATFORM_REDACTIE"]
        if "KENNISPLATFORM_REDACTIE" in os.environ
        else str(bundle() or "")
    )


def bundle() -> Path | None:
    """Give the folder with the editor; None when it cannot be made here, which is said on
    stderr.
    """
    stamp = hashlib.sha256(b"\0".join(file.read_bytes() for file in MADE_OF)).hexdigest()
    with MADE_OF[-1].open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # two builds at once make it once
        if STAMP.is_file() and STAMP.read_text() == stamp:
            return TARGET
        STAMP.unlink(missing_ok=True)
        try:
            node.run(SOURCE / "build.mjs", TARGET)
        except node.NotRun as trouble:
            print(
                f"De formulier-editor op /redactie/ is weggelaten: {trouble}. De rest van de site "
                "wordt gewoon gebouwd.",
                file=sys.stderr,
                flush=True,
            )
            return None
        STAMP.write_text(stamp)
    return TARGET
