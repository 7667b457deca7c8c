"""Show the house of the library: its layers, and which folder uses which.

Usage: python scripts/layers.py [--write]. With --write the picture in CONTRIBUTING.md is made
anew; without, it is printed. What counts as one import between folders is one module that uses
one other folder, however many names it takes from there.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from omgeving import ROOT

PACKAGE = ROOT / "src" / "kennisplatform"
LAYERS = (
    ("model",),
    ("content",),
    ("derive",),
    ("site", "loading"),
    ("search", "publish", "arguments"),
    ("cli",),
    ("__main__",),
)
"""The lowest first: a folder, or a module that lies in none, may use those of the layers before
its own.
"""
PICTURE = re.compile(r"(?<=<!-- scripts/layers\.py -->\n\n).*?(?=\n\n<!-- -->)", re.DOTALL)


def modules() -> dict[str, Path]:
    """Give the file of every module by its name below the package."""
    return {
        file.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): file
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.stem != "__init__"
    }


def folder_of(module: str) -> str:
    return module.partition(".")[0]


def imports(file: Path, known: dict[str, Path]) -> set[str]:
    """Give the modules of the library that a file uses, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{alias.name}" for alias in node.names] + [str(node.module)]
        else:
            continue
        found |= {name.removeprefix("kennisplatform.") for name in named} & known.keys()
    return found


def uses() -> dict[str, set[str]]:
    """Give for every module the modules that it uses."""
    known = modules()
    return {name: imports(file, known) for name, file in known.items()}


def between(graph: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Give every module with every other folder that it uses."""
    return sorted(
        (module, folder)
        for module, used in graph.items()
        for folder in {folder_of(name) for name in used} - {folder_of(module)}
    )


def picture() -> Iterator[str]:
    """Draw the layers, the highest first, as a block of Markdown."""
    graph = uses()
    crossing = between(graph)
    rows = [folder for layer in reversed(LAYERS) for folder in layer if folder != "__main__"]
    width = max(map(len, rows))
    for layer in reversed(LAYERS):
        for folder in layer:
            if folder not in rows:
                continue
            own = sum(folder_of(module) == folder for module in graph)
            counts = {
                other: sum(folder_of(m) == folder and f == other for m, f in crossing)
                for other in reversed(rows)
            }
            arrows = ", ".join(f"{other} {n}" for other, n in counts.items() if n)
            yield f"    {folder:<{width}}  {own:>2}  {f'→ {arrows}' if arrows else ''}".rstrip()


def main() -> None:
    drawn = "\n".join(picture())
    if "--write" in sys.argv[1:]:
        file = ROOT / "CONTRIBUTING.md"
        file.write_text(PICTURE.sub(lambda _: drawn, file.read_text("utf-8")), encoding="utf-8")
        return
    graph = uses()
    print(drawn)
    print(f"{len(LAYERS)} layers, {len(between(graph))} imports between folders")


if __name__ == "__main__":
    main()
