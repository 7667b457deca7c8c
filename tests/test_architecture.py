"""Hold the shape of the code: who may import whom, how thin a hook is, and that HTML lives in
templates.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import layers

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "kennisplatform"
LIBRARY = sorted(PACKAGE.rglob("*.py"))
MODULES = sorted(layers.modules())
HOOKS = sorted((ROOT / "hooks").glob("*.py"))
TEMPLATES = sorted((ROOT / "overrides").rglob("*.html"))
GIVEN = [*TEMPLATES, *sorted((ROOT / "overrides").glob("*.xml"))]
TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<]*)?/?>")
SCRIPTS = sorted(
    file
    for folder in ("src/browser", "offline", "overrides")
    for file in (ROOT / folder).rglob("*.js")
    if file.name != "bundel.js"
)
DATA = ('<script type="application/ld+json">', '<script type="application/json" id="velden">')
"""Blocks of data, which no browser runs."""
SEARCH = "<script data-zoekbegin="
"""What starts search, by its hash in the policy (ADR 0031)."""
OF_MKDOCS = {"config", "page", "pages", "nav", "base_url", "extra_css", "extra_javascript"}
"""What MkDocs gives every template (mkdocs.org, “Developing themes”)."""
ICONS = PACKAGE / "model" / "vocabulary.py"
"""Looks which icons are installed, as an entry names one."""
MOST_LINES_OF_A_HOOK = 75


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def uses() -> dict[str, set[str]]:
    return layers.uses()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), named(file))


@cache
def imports(file: Path) -> list[str]:
    """Give the full name of everything that a file imports, wherever in the file."""
    return list(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(file)} has a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_lies_in_a_layer() -> None:
    layered = {name for layer in layers.LAYERS for name in layer}
    assert {layers.folder_of(module) for module in MODULES} == layered


@pytest.mark.parametrize("module", MODULES)
def test_a_module_uses_lower_layers_and_its_own_folder(module: str) -> None:
    own = layers.folder_of(module)
    place = next(n for n, layer in enumerate(layers.LAYERS) if own in layer)
    below = {name for layer in layers.LAYERS[:place] for name in layer}
    assert {layers.folder_of(used) for used in uses()[module]} <= {*below, own}


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith(("search", "publish"))])
def test_what_lies_beside_the_pages_asks_none_of_which_kind_it_is(module: str) -> None:
    """A page says of itself what search, data and stage must know."""
    known = {"site.pages", "site.site"}
    assert {used for used in uses()[module] if used.startswith("site.")} <= known


def test_no_circles_within_a_layer() -> None:
    TopologicalSorter(uses()).prepare()


def test_the_picture_of_the_house_is_as_the_imports_are() -> None:
    drawn = layers.PICTURE.search((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert drawn and drawn[0] == "\n".join(layers.picture()), "run python scripts/layers.py --write"


@pytest.mark.parametrize("file", [f for f in LIBRARY if f.stem == "__init__"], ids=named)
def test_a_package_imports_nothing_by_itself(file: Path) -> None:
    assert imports(file) == []


@pytest.mark.parametrize("file", LIBRARY, ids=named)
def test_the_library_knows_no_site_generator(file: Path) -> None:
    assert {name.split(".")[0] for name in imports(file)} & {
        "mkdocs",
        "material",
        "jinja2",
        "hooks",
    } == set()


@pytest.mark.parametrize(
    "file",
    [f for f in LIBRARY if f.parent.name in ("model", "derive") and f != ICONS],
    ids=named,
)
def test_what_there_is_and_what_follows_from_it_reads_nothing(file: Path) -> None:
    assert {name.split(".")[0] for name in imports(file)} & {"os", "subprocess"} == set()
    reading = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "is_file", "is_dir"}
    used = {node.attr for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(tree(file)) if isinstance(node, ast.Name)}
    assert (used | names) & reading == set()


@pytest.mark.parametrize("file", HOOKS, ids=named)
def test_a_hook_is_thin_and_stands_alone(file: Path) -> None:
    others = {hook.stem for hook in HOOKS} | {"hooks"}
    assert {name.split(".")[0] for name in imports(file)} & others == set()
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_HOOK


@pytest.mark.parametrize("file", HOOKS, ids=named)
def test_a_hook_keeps_nothing_between_builds(file: Path) -> None:
    """At its top level a hook has only imports, definitions, and a logger."""
    kept = [
        node
        for node in tree(file).body
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
    ]
    assert [
        ast.unparse(node)
        for node in kept[1:]
        if not ast.unparse(node).startswith("log = get_plugin_logger(")
    ] == []
    assert not [node for node in ast.walk(tree(file)) if isinstance(node, ast.Global)]


@pytest.mark.parametrize("file", LIBRARY + HOOKS, ids=named)
def test_every_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(tree(file))


@pytest.mark.parametrize("file", LIBRARY + HOOKS, ids=named)
def test_no_html_in_a_python_string(file: Path) -> None:
    """Words about code (a docstring, or the text under a name) may name a tag."""
    module = tree(file)
    about = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    found = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about
    ]
    assert [text for text in found if TAG.search(text)] == []


@pytest.mark.parametrize("file", LIBRARY, ids=named)
def test_only_the_command_line_prints(file: Path) -> None:
    calls = {
        node.func.id
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert file == PACKAGE / "cli.py" or "print" not in calls


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_a_template_has_no_inline_style_handler_or_script(file: Path) -> None:
    """So that a strict Content-Security-Policy stays possible."""
    text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text) == []
    assert [
        tag
        for tag in re.findall(r"<script[^>]*>", text)
        if "src=" not in tag and tag not in DATA and not tag.startswith(SEARCH)
    ] == []
    assert (
        re.findall(r"(?:src|action)=\"(?:https?:)?//|<link[^>]*href=\"(?:https?:)?//", text) == []
    )


@pytest.mark.parametrize("file", SCRIPTS, ids=named)
def test_a_script_puts_text_in_as_text(file: Path) -> None:
    """Nothing that turns text into elements or code; the policy leaves Trusted Types out because of
    this.
    """
    dangerous = (
        r"innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|srcdoc|document\.write|\beval\(|new "
        r"Function|javascript:"
    )
    assert re.findall(dangerous, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", LIBRARY + HOOKS, ids=named)
def test_no_clock_and_no_chance(file: Path) -> None:
    """The same input gives the same bytes."""
    assert {name.split(".")[0] for name in imports(file)} & {
        "time",
        "random",
        "secrets",
        "uuid",
    } == set()
    called = {
        node.func.attr
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called & {"now", "today", "utcnow"} == set()


@pytest.mark.parametrize("file", GIVEN, ids=named)
def test_a_template_knows_the_page_and_the_platform_and_nothing_of_mkdocs(file: Path) -> None:
    """So that another program can show the same pages (ADR 0032)."""
    template = Environment().parse(file.read_text(encoding="utf-8"))
    assert {name.name for name in template.find_all(nodes.Name)} & OF_MKDOCS == set()


def test_tests_have_one_browser() -> None:
    """To start another costs more than to look at a page."""
    tests = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "tests").glob("*.py")}
    assert [name for name, text in tests.items() if "chromium" + ".launch(" in text] == [
        "conftest.py"
    ]


def test_only_two_texts_are_not_escaped() -> None:
    """What the library has cleaned: the body of a content page, and of a hand-written one."""
    safe = [
        found
        for file in TEMPLATES
        for found in re.findall(r"([\w.()]+)\s*\|\s*safe", file.read_text(encoding="utf-8"))
    ]
    assert sorted(safe) == ["blad.content.html", "p.body.html"]


def defined(file: Path) -> Iterator[str]:
    """Give the names that a module defines at its top level."""
    for node in tree(file).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inside = (part for target in targets for part in ast.walk(target))
            yield from (part.id for part in inside if isinstance(part, ast.Name))


def test_no_public_name_is_defined_in_two_modules() -> None:
    names = Counter(name for file in LIBRARY for name in set(defined(file)))
    assert [n for n, count in names.items() if count > 1 and not n.startswith("_")] == []


DECISIONS = ROOT / "docs" / "ontwikkeling" / "README.md"
FOR_DEVELOPERS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "tests/README.md")),
    *sorted(DECISIONS.parent.rglob("*.md")),
]
PLACES = (ROOT, PACKAGE, ROOT / "src" / "browser")
"""Below which a text names a file of the code."""


@pytest.mark.parametrize("file", FOR_DEVELOPERS, ids=named)
def test_a_text_for_developers_names_what_is_there(file: Path) -> None:
    """Code by its folder, and links; a decision that was replaced speaks of its own time."""
    text = file.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (file.parent / link).exists()] == []
    if "\nStatus: replaced by " not in text:
        code = re.findall(r"`([\w.-]+/[\w./-]+\.(?:py|m?js|css))`", text)
        there = {name for name in code for place in PLACES if (place / name).exists()}
        assert set(code) - there == set()


def test_every_decision_is_listed_with_what_replaced_it() -> None:
    rows = r"^\| \[\d+\]\((adr/.*?)\) \| (.*) \|$"
    listed = re.findall(rows, DECISIONS.read_text(encoding="utf-8"), re.MULTILINE)
    told = []
    for file in sorted((DECISIONS.parent / "adr").glob("*.md")):
        title, _, status = file.read_text(encoding="utf-8").split("\n")[:3]
        name = title.removeprefix(f"# {file.name[:4]} ")
        by = re.match(r"Status: replaced by \[(\d+)\]", status)
        said = name[0].lower() + name[1:] + (f" (replaced by {by[1]})" if by else "")
        told.append((f"adr/{file.name}", said))
    assert listed == told


def test_what_needs_a_script_does_nothing_until_it_is_there() -> None:
    """It has its place on a page from the start, and a press would be lost."""
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "overrides").rglob("*.html")]
    after = [rest for text in texts for rest in text.split(" data-met-script")[1:]]
    assert after and all(rest.startswith(" inert") for rest in after)


def test_templates_styles_and_scripts_are_at_most_120_columns() -> None:
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "overrides",
            "docs/assets/css",
            "src/browser",
            "offline",
            "redactie",
            "scripts",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [
        ROOT / name
        for name in listed.stdout.splitlines()
        if not name.endswith(("bundel.js", ".json", ".woff2"))
    ]
    assert len(files) > 100
    assert [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ] == []
