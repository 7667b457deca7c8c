"""Hold that the invented content uses all there is: what is new in the code must be seen in
tests/site/ or tests/site-fouten/.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from building import FROZEN, ROOT, SITE, TODAY, by_collection
from kennisplatform.content.advice import advise
from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.images import IMAGE_FORMATS
from kennisplatform.content.load import load_library
from kennisplatform.content.markup import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from kennisplatform.content.textfile import MAX_BYTES
from kennisplatform.content.tokens import _markdown_parser
from kennisplatform.content.vocabulary_files import FILES, load_vocabulary
from kennisplatform.derive.catalogue import time_of
from kennisplatform.model.facets import TIMES
from kennisplatform.model.findings import CODES
from kennisplatform.model.groups import Model
from kennisplatform.model.library import Library
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.vocabulary import SIZE_CLASSES, Vocabulary

BROKEN = ROOT / "tests" / "site-fouten"
REFUSED = {"html_block", "html_inline", "code"}
"""What the parser knows in order to refuse it."""
SCALARS = (str, int, float)
OF_COLLECTIONS = pytest.mark.parametrize("collectie", COLLECTIES.values(), ids=lambda c: c.map)


@pytest.fixture(scope="module")
def library() -> Library:
    """The invented content, drafts included."""
    return load_library(SITE, "tests/site", drafts=True)


def test_it_passes_the_check_without_advice(library: Library) -> None:
    assert [str(f) for f in (*library.findings, *advise(library, "tests/site", TODAY))] == []


# Fields


def given(value: Any) -> Iterator[Any]:
    """Give a value, or what is in it when it is a list."""
    yield from chain.from_iterable(map(given, value)) if isinstance(value, tuple) else (value,)


def parts(annotation: Any) -> Iterator[Any]:
    """Give the types that a field may be of, however they are wrapped: groups, lists of values, and
    the sides of a union.
    """
    if get_origin(annotation) in (Union, UnionType, tuple) or hasattr(annotation, "__metadata__"):
        yield from (found for part in get_args(annotation) for found in parts(part))
    else:
        yield annotation


def unused(name: str, model: type[Model], filled: list[Model]) -> Iterator[str]:
    """Name each field that none of these pages or groups has, each value of a list, and each form
    that a value may have.
    """
    for field, info in model.model_fields.items():
        found = [
            one
            for each in filled
            if field in each.model_fields_set
            for one in given(getattr(each, field))
        ]
        if not found:
            yield f"{name}.{field}"
        kinds = [part for part in parts(info.annotation) if part is not type(None)]
        for kind in kinds:
            if get_origin(kind) is Literal:
                yield from (
                    f"{name}.{field}: {value}" for value in get_args(kind) if value not in found
                )
            elif isinstance(kind, type) and issubclass(kind, Model):
                yield from unused(
                    f"{name}.{field}", kind, [one for one in found if isinstance(one, kind)]
                )
            elif (
                isinstance(kind, type)
                and len(kinds) > 1
                and not any(type(one) is kind for one in found)
            ):
                yield f"{name}.{field} as {kind.__name__}"


@OF_COLLECTIONS
def test_every_field_is_on_a_page_of_every_collection(
    collectie: Collectie, library: Library
) -> None:
    used = {
        field
        for page in by_collection(library)[collectie.map]
        for field in page.velden.model_fields_set
    }
    assert [field for field in collectie.model.model_fields if field not in used] == []


@OF_COLLECTIONS
def test_every_value_and_every_form_of_a_field_is_on_a_page(
    collectie: Collectie, library: Library
) -> None:
    assert (
        list(unused(collectie.map, collectie.model, [page.velden for page in library.pages])) == []
    )


def test_meetings_are_still_to_come_have_been_and_have_no_day(library: Library) -> None:
    assert {time_of(page, TODAY) for page in by_collection(library)["events"]} == TIMES.keys()


def test_one_list_has_a_second_sheet_also_when_it_is_filtered(site: Path) -> None:
    sheets = {
        file.parent.relative_to(site).as_posix() for file in site.glob("**/pagina/2/index.html")
    }
    assert {"praktijken/pagina/2", "praktijken/soort/buurtproef/pagina/2"} <= sheets


# Text


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [
        document.body
        for file in sorted(SITE.glob("*/*.md"))
        if (document := read_document(file, file.name)[0])
    ]


def rules() -> list[str]:
    """Name what the parser recognises in a text, but for plain words and the counting of lines."""
    active = _markdown_parser().get_active_rules()
    return sorted({*active["block"], *active["inline"]} - REFUSED - {"paragraph", "text", "line"})


@pytest.mark.parametrize("rule", rules())
def test_every_rule_of_the_parser_makes_something(rule: str, texts: list[str]) -> None:
    """A page would come out otherwise without the rule."""
    whole, without = _markdown_parser(), _markdown_parser().disable(rule)
    assert any(whole.render(text) != without.render(text) for text in texts)


def test_every_tag_and_attribute_that_text_may_have_is_there(library: Library) -> None:
    html = "\n".join(page.body.html for page in library.pages)
    assert [
        tag
        for tag in sorted(ALLOWED_TAGS - {"h1"})
        if f"<{tag}>" not in html and f"<{tag} " not in html
    ] == []
    assert [
        name
        for name in sorted(set().union(*ALLOWED_ATTRIBUTES.values()))
        if f' {name}="' not in html
    ] == []
    assert [
        alignment
        for alignment in ("left", "center", "right")
        if f'class="kolom-{alignment}"' not in html
    ] == []


def test_there_is_an_image_of_every_kind_and_each_is_shown(library: Library) -> None:
    assert {image.file.suffix for image in library.images} == IMAGE_FORMATS.keys()
    shown = {
        link.target.rpartition("/")[2]
        for page in library.pages
        for link in page.body.links
        if link.image
    }
    assert shown == {image.file.name for image in library.images}


# Names


@pytest.fixture(scope="module")
def vocabulary(library: Library) -> Vocabulary:
    return library.vocabulary


def test_every_file_of_names_is_there() -> None:
    assert {file.name for file in (SITE / "vocabulary").iterdir()} == FILES
    whole = {"platform.yml", "zelfscan.yml", "adressen.txt"}
    assert {file.name for file in SITE.iterdir()} >= whole


def test_no_name_is_a_real_one_and_there_are_other_numbers_of_them(vocabulary: Vocabulary) -> None:
    real, _ = load_vocabulary(FROZEN / "vocabulary", "vocabulary")
    for kind in (
        "aandachtsvelden",
        "pijlers",
        "soorten",
        "doelgroepen",
        "organisaties",
        "gemeenten",
        "voormalig",
    ):
        ours, theirs = (
            {entry.slug for entry in getattr(names, kind)} for names in (vocabulary, real)
        )
        assert ours and not ours & theirs, kind
        assert len(ours) != len(theirs) or kind == "soorten", kind
    assert (len(vocabulary.aandachtsvelden), len(vocabulary.pijlers)) == (5, 2)
    assert not vocabulary.taal.moeilijk.keys() & real.taal.moeilijk.keys()


def test_names_come_in_every_form(vocabulary: Vocabulary) -> None:
    """With an apostrophe, an accent, a comma, one name for two places; merged in steps, split, and
    merged under an old name.
    """
    names = {g.naam for g in vocabulary.gemeenten}
    assert {
        "'s-Heerenbeek",
        "'t Zandeind",
        "Súdermar",
        "Brink, Brug en Broek",
        "Meerdijk (L.)",
        "Meerdijk (NH.)",
    } <= names
    assert {g.provincie for g in vocabulary.gemeenten} == {
        p.naam for p in vocabulary.alle_provincies
    }
    assert {g.grootteklasse for g in vocabulary.gemeenten} == {name for _, name in SIZE_CLASSES}
    heirs = {v.naam: [g.naam for g in v.opvolgers] for v in vocabulary.voormalig}
    assert (heirs["Klein Esdorp"], heirs["Tweelanden"]) == (
        ["Veenhorst"],
        ["Duinrecht", "Meerdijk (NH.)"],
    )
    assert "Polderstad" not in heirs


def test_every_entry_is_filled_in_and_left_out(vocabulary: Vocabulary) -> None:
    for kind in (
        "aandachtsvelden",
        "pijlers",
        "soorten",
        "doelgroepen",
        "organisaties",
        "alle_provincies",
        "synoniemen",
    ):
        entries = getattr(vocabulary, kind)
        model = type(entries[0])
        assert [
            f for f in model.model_fields if not any(f in e.model_fields_set for e in entries)
        ] == [], kind
        assert [
            f
            for f, info in model.model_fields.items()
            if not info.is_required() and all(f in e.model_fields_set for e in entries)
        ] == [], kind
        values = {
            f: get_args(info.annotation)
            for f, info in model.model_fields.items()
            if get_origin(info.annotation) is Literal
        }
        assert [
            value
            for f, all_of in values.items()
            for value in all_of
            if value not in {getattr(e, f) for e in entries}
        ] == [], kind
    assert [
        f.name for f in dataclasses.fields(vocabulary.taal) if not getattr(vocabulary.taal, f.name)
    ] == []


# Findings


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The broken content, with what cannot lie in a repository."""
    content = Path(shutil.copytree(BROKEN, tmp_path / "content"))
    (content / "practices" / "koppeling.md").symlink_to(
        SITE / "practices" / "moestuin-achter-de-kerk.md"
    )
    (content / "practices" / "groot.md").write_text("x" * (MAX_BYTES + 1), encoding="utf-8")
    os.mkfifo(content / "practices" / "pijp.md")
    return content


def test_every_code_is_told_of_the_broken_content(broken: Path) -> None:
    """Of names nothing is told while their list has an error, and of what nothing uses while a page
    has one: that comes with whole lists, and with whole pages.
    """
    told = told_of(broken)
    sound = broken.parent / "heel"
    shutil.copytree(broken / "instruments", sound / "instruments")
    (sound / "documenten").mkdir()
    shutil.copy(broken / "documenten" / "ondertekend.pdf", sound / "documenten")
    for content in (broken, sound):
        shutil.rmtree(content / "vocabulary", ignore_errors=True)
        shutil.copytree(SITE / "vocabulary", content / "vocabulary")
        told |= told_of(content)
    assert [code for code in CODES if code not in told] == []


def told_of(content: Path) -> set[str]:
    library = load_library(content, "content")
    found = (*library.findings, *library.advice, *advise(library, "content", TODAY))
    return {finding.code for finding in found}
