"""Bundle the form editor of /redactie/ from npm, so that visitors fetch it from the site alone.

Done once for each version of what lies in redactie/, into build/redactie/. Runs no install
scripts of packages, and takes exactly those of package-lock.json.
"""
from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "redactie"
MADE_OF = [SOURCE / name for name in ("package.json", "package-lock.json", "build.mjs", "editor.js")]
TARGET = ROOT / "build" / "redactie"
STAMP = ROOT / "build" / "redactie.sha256"
"""Written last: a bundle without it is half made."""


def bundle() -> Path | None:
    """Give the folder with the editor; None when it cannot be made here, which is said on stderr."""
    stamp = hashlib.sha256(b"\0".join(file.read_bytes() for file in MADE_OF)).hexdigest()
    with MADE_OF[0].open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # two builds at once make it once
        if STAMP.is_file() and STAMP.read_text() == stamp:
            return TARGET
        if not shutil.which("npm"):
            return left_out("npm staat niet op deze computer")
        print("Formulier-editor maken voor /redactie/ (eenmalig, ongeveer een halve minuut) …", file=sys.stderr, flush=True)
        STAMP.unlink(missing_ok=True)
        shutil.rmtree(TARGET, ignore_errors=True)
        for command in (("npm", "ci"), ("node", "build.mjs", TARGET)):
            done = subprocess.run(command, cwd=SOURCE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode:
                print("".join(done.stdout.splitlines(keepends=True)[-10:]), file=sys.stderr)
                return left_out(f"{command[0]} {command[1]} is mislukt (zie hierboven)")
        STAMP.write_text(stamp)
    return TARGET


def left_out(reason: str) -> None:
    print(f"De formulier-editor op /redactie/ is weggelaten: {reason}. De rest van de site wordt gewoon gebouwd.", file=sys.stderr, flush=True)
