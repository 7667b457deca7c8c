"""Measure how long a pull request with only texts waits: the commands of its job, in a fresh clone.

    scripts/bench pijplijn

The commands are read from the workflow. The clone has the last commit and, as the pipeline has
from its cache, the environment, build/ and node_modules/ that exist here; fetching them is not
counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree

import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "controle.yml"
JOB = "inhoud"


def main() -> None:
    argparse.ArgumentParser(
        prog="scripts/bench pijplijn",
        description="Meet hoe lang de controle van een voorstel met alleen teksten duurt, "
        "in een verse kloon.",
    ).parse_args()
    job = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"][JOB]
    commands = [step["run"] for step in job["steps"] if "run" in step]
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "kennisplatform"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        for name in ("build", "node_modules"):
            if (ROOT / name).is_dir():
                copytree(ROOT / name, clone / name, symlinks=True)
        (clone / ".venv").symlink_to(sys.prefix)
        print("| command | seconds |\n| --- | ---: |", flush=True)
        total = sum(timed(command, clone) for command in commands)
        print(f"| together | {total:.1f} |")


def timed(command: str, folder: Path) -> float:
    """Run a command as a step does and print how long it took; exit with its output if it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command} failed:\n{done.stdout[-3000:]}")
    print(f"| `{command}` | {seconds:.1f} |", flush=True)
    return seconds


if __name__ == "__main__":
    main()
