"""The scripts that browsers load lie in the repository: they are those of their modules, whole and
with their licences.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import node
from building import ROOT, files
from bundels import MAKER

SCRIPTS = ROOT / "docs" / "assets" / "js"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What scripts/bundels makes of the modules, elsewhere."""
    folder = tmp_path_factory.mktemp("bundels")
    node.run(MAKER, folder)
    return folder


def test_the_bundles_are_those_of_their_modules(made: Path) -> None:
    """If not: run scripts/bundels, and commit what it makes."""
    there = {
        name: content
        for name, content in files(ROOT / "docs").items()
        if name.startswith("assets/js/")
    }
    assert files(made / "docs") == there
    assert files(made / "offline") == {"bundel.js": (ROOT / "offline" / "bundel.js").read_bytes()}


def test_a_bundle_names_no_folder_of_the_machine_it_was_made_on(made: Path) -> None:
    assert [name for name, content in files(made).items() if str(ROOT).encode() in content] == []


def test_each_package_in_a_bundle_is_named_with_its_licence() -> None:
    text = (SCRIPTS / "licenties.txt").read_text(encoding="utf-8")
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in ("docx", "fflate", "lunr", "lunr-languages", "nanoid", "write-excel-file"):
        package = packages[f"node_modules/{name}"]
        assert f"\n{name} {package['version']} ({package['license']})\n" in text
    assert text.count("Permission is hereby granted, free of charge") >= 5
    assert "MOZILLA PUBLIC LICENSE" in text
