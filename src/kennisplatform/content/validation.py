"""Judge the fields of a document, and give what is wrong with them and on which line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kennisplatform.content.frontmatter import Document, read_yaml
from kennisplatform.content.meaning import colonless, comma_in_group, name_meant, one_group
from kennisplatform.content.wording import Wrong, in_dutch
from kennisplatform.model.addresses import is_https
from kennisplatform.model.findings import Finding, Meant, now_named, sentences
from kennisplatform.model.groups import NESTED, Model
from kennisplatform.model.head import Location, is_typed
from kennisplatform.model.schema import Collectie, Velden, lacks_one_of
from kennisplatform.model.text import enumerate_nl
from kennisplatform.model.vocabulary import Vocabulary

M = TypeVar("M", bound=Model)


def read_fields(
    document: Document,
    collectie: Collectie,
    vocabulary: Vocabulary,
    pages: Mapping[str, Collection[str]] | None = None,
) -> tuple[Velden | None, list[Finding]]:
    """Judge the fields of one document; None when any of them is wrong.

    `pages` gives, by field, the names of the pages that it may name: then the repair of a name can
    be certain.
    """
    known = collectie.model.model_fields

    def given(document: Document) -> dict[str, Any]:
        return {
            key: value
            for key, value in document.fields.items()
            if value not in (None, [], {}) or key not in known
        }

    fields, named, findings = _judged(
        document, collectie.model, given, "/bijdragen/velden/", vocabulary, pages
    )
    one_of = collectie.model.een_van
    if one_of and not (given(named).keys() | named.ongelezen) & set(one_of):
        line = document.line_of((one_of[0],))
        lacks = Finding(
            document.path,
            line,
            "plaats-ontbreekt",
            lacks_one_of(collectie),
            f"Voeg een regel toe: {one_of[0]}: […]  Uitleg: /bijdragen/velden/#{one_of[0]}",
        )
        return None, [lacks, *findings]
    return fields, findings


def read_group(
    file: Path, shown: str, model: type[M], explained: str, vocabulary: Vocabulary | None = None
) -> tuple[M | None, Document | None, list[Finding]]:
    """Judge a YAML file that is one group of fields; `explained` is the address of the page that
    explains them.
    """
    document, findings = read_yaml(file, shown)
    if document is None:
        return None, None, findings
    if not isinstance(document.fields, dict):
        needed = [name for name, info in model.model_fields.items() if info.is_required()]
        message = f"dit bestand moet uit de velden {enumerate_nl(needed)} bestaan."
        return None, document, [Finding(shown, 1, "geen-groep", message)]
    found, _, wrong = _judged(document, model, lambda named: named.fields, explained, vocabulary)
    return found, document, wrong or findings


def _judged(
    document: Document,
    model: type[M],
    given: Callable[[Document], dict[str, Any]],
    explained: str,
    vocabulary: Vocabulary | None,
    pages: Mapping[str, Collection[str]] | None = None,
) -> tuple[M | None, Document, list[Finding]]:
    """Judge the fields that are given, and say in Dutch what a model refused; `explained` is the
    address of the page that explains them.

    An unknown field that is likely another one is told, and judged as that: so its own mistakes
    are told too, and nobody hears that the other is missing. The document has it by that name.
    """

    def refused(named: Document) -> M | list[Wrong]:
        try:
            return model.model_validate(given(named), context=vocabulary)
        except ValidationError as error:
            return _refused(error, named, tuple(model.model_fields), explained, pages or {})

    told: list[Finding] = []
    while isinstance(found := refused(document), list):
        _guess_names(found)
        if (one := _only_guess(found, model)) and isinstance(
            wrong := refused(document.renamed(dict([one.new_name]))), list
        ):
            place = (*one.location[:-1], one.new_name[1])
            if any(other.location[: len(place)] == place for other in wrong):
                one.meant = None
        by_other_names = [wrong for wrong in found if wrong.meant]
        if not by_other_names:
            return None, document, told + _told(found)
        told += map(in_dutch, by_other_names)
        document = document.renamed(dict(wrong.new_name for wrong in by_other_names))
    return None if told else found, document, told


def _refused(
    error: ValidationError,
    document: Document,
    keys: Sequence[str],
    explained: str,
    pages: Mapping[str, Collection[str]],
) -> list[Wrong]:
    problems = [
        e
        for e in error.errors(include_url=False)
        if not (e["type"] == "too_short" and e["input"])  # its items are reported already
        and not (str(e["loc"][-1]).startswith("literal[") and isinstance(e["input"], dict))
        # as are the fields of a group, and a list of names that cannot be read
        and not (e.get("ctx") or {}).get("ongelezen")
    ]
    return [Wrong(e, document, keys, explained, pages) for e in problems]


def _guess_names(refused: Sequence[Wrong]) -> None:
    """Find which fields the unknown ones likely are, each of them once."""
    taken: set[Location] = set()
    for wrong in filter(Wrong.is_unknown_name, refused):
        likely = name_meant(str(wrong.location[-1]), wrong.beside(), wrong.known())
        if likely and (place := (*wrong.location[:-1], likely.value)) not in taken:
            taken.add(place)
            wrong.meant = likely


def _only_guess(refused: Sequence[Wrong], model: type[Model]) -> Wrong | None:
    """Find a group in which one field is unknown and one is missing: those may be one. Of a whole
    page only where not every text will do.
    """
    taken = {(*w.location[:-1], w.meant.value) for w in refused if w.meant}
    open_ends: dict[Location, list[Wrong]] = {}
    for wrong in refused:
        lacks = wrong.kind == "missing" and wrong.location not in taken
        if lacks or (wrong.is_unknown_name() and not wrong.meant and not wrong.there_already()):
            open_ends.setdefault(wrong.location[:-1], []).append(wrong)
    for group, ends in open_ends.items():
        ends.sort(key=lambda wrong: wrong.kind == "missing")
        if [wrong.kind == "missing" for wrong in ends] != [False, True]:
            continue
        name = str(ends[1].location[-1])
        if group and name != "url" and is_https(str(ends[0].given())):
            continue
        if group or is_typed(model.model_fields[name]):
            ends[0].meant = Meant(name)
            return ends[0]
    return None


def _told(refused: Sequence[Wrong]) -> list[Finding]:
    """Word what was refused; of one cause once."""
    unknown = [wrong for wrong in refused if wrong.kind == "extra_forbidden"]
    elsewhere = {
        (*wrong.location[:-1], name)
        for wrong in unknown
        for name in colonless(str(wrong.location[-1]), wrong.beside(), wrong.known())
    }
    elsewhere |= {
        (*wrong.location[:-1], apart.veld)
        for wrong in unknown
        if (apart := comma_in_group(wrong.document, wrong.location, wrong.known()))
    }
    groups = {wrong.location[:-1] for wrong in unknown if wrong.location[1:]}
    told: dict[Location, Finding] = {}
    for wrong in refused:
        if finding := _with_dashes(wrong):
            told[wrong.location[:1]] = finding
            continue
        if _goes_on(wrong):
            continue
        lacks = wrong.kind == "missing"
        if wrong.location in elsewhere or (lacks and wrong.location[0] in wrong.document.ongelezen):
            continue
        if lacks and wrong.location[:-1] in groups:  # which of its fields is meant, nobody can say
            continue
        if wrong.kind == "extra_forbidden":
            wrong.lacks = [
                str(other.location[-1])
                for other in refused
                if other.kind == "missing" and other.location[:-1] == wrong.location[:-1] != ()
            ]
        finding = in_dutch(wrong)
        # The branches of a union each say something of one value; the one with a repair counts.
        if wrong.repaired or wrong.location not in told:
            told[wrong.location] = finding
    return list(dict.fromkeys(told.values()))


def _with_dashes(wrong: Wrong) -> Finding | None:
    """Find a group of which each field stands by itself in a list, which lacks all the others."""
    field, document = "".join(map(str, wrong.location[:1])), wrong.document
    value = document.fields.get(field)
    if wrong.kind != "missing" or field not in NESTED or not isinstance(value, list):
        return None
    whole = one_group(value)
    if whole is None or len(whole) < 2 or len(whole) != len(value):
        return None
    return Finding(
        document.path,
        document.line_of((field,)),
        "geen-groep",
        f"{field} heeft een streepje voor elk veld, en dan hoort niets bij elkaar.",
        "Laat alleen het streepje voor het eerste veld van een stuk staan.",
        fix=document.fix((field,), Meant([whole])),
    )


def _goes_on(wrong: Wrong) -> bool:
    """Tell whether a question is only the end of the one before it, with which it is told."""
    if wrong.location[:1] != ("vragen",):
        return False
    items, index = wrong.document.at(wrong.location[:-1]), wrong.location[-1]
    if not isinstance(items, list) or not isinstance(index, int):
        return False
    begun = index > 0 and not str(items[index - 1]).endswith("?")
    return begun and any(str(item).endswith("?") for item in items[index:])


def unknown_page(
    slug: str, place: Location, document: Document, pages: Mapping[str, str]
) -> Iterator[Finding]:
    """Find that a file names a page that is not there; `place` is where, `pages` has the name of
    those that it may name, by every name that they have or had.
    """
    if pages.get(slug) != slug:
        likely = now_named(slug, pages)
        fix = document.fix(place, likely)
        yield Finding(
            document.path,
            document.line_of(place),
            "onbekende-pagina",
            f"{'.'.join(map(str, place))}: er is geen pagina ‘{slug}’.",
            sentences(fix or likely, "De naam van een pagina is de bestandsnaam zonder .md."),
            fix=fix,
        )
