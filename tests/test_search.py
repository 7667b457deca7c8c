"""Search from text to ranking: Python and JavaScript agree, shards answer as the whole index does,
and Dutch is read well.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import simplemma
import yaml
from hypothesis import given
from hypothesis import strategies as st
from make_corpus import maak

from building import FROZEN, SITE, part_of_the_examples, platform_of
from edits import pack, parts
from kennisplatform.content.kept import Kept
from kennisplatform.derive.catalogue import listing
from kennisplatform.model.library import Body, Page, Paragraph
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SearchDocument
from kennisplatform.search import files, filters
from kennisplatform.search.analysis import Analyser, fold, own_s, words
from kennisplatform.search.compounds import Splitter
from kennisplatform.search.files import DICTIONARY, card_table, number_all, search_files
from kennisplatform.search.filters import filter_files
from kennisplatform.search.index import Index, as_text, own_words
from kennisplatform.search.learned import Learned
from kennisplatform.search.verbs import strong_forms
from kennisplatform.search.weights import BOOSTS
from kennisplatform.site import zoeken
from kennisplatform.site.pages import SitePage
from searching import (
    HERE,
    NOTHING,
    Node,
    builder_of,
    documents_of,
    index_of,
    load,
    node,
    questions,
    write,
)
from test_golden import lay_out

SENTENCE = "Op drie avonden praatten inwoners over een buurtmoestuin bij het zwembad."
MOST_TERMS = 31
"""Terms of one question that motor.js weighs."""
TRICKY = [
    "Súdwest-Fryslân",
    "'s-Gravenhage",
    "’s-Hertogenbosch",
    "Noardeast-Fryslân",
    "coöperatie",
    "COÖPERATIE",
    "reïntegratie",
    "Zoë",
    "ﬁnanciën",
    "ĳsvrij",
    "IJsselstein",
    "İstanbul",
    "ıǆ",
    "ŒUVRE",
    "œuvre",
    "ẞ Straße",
    "ﬀ ﬃ",
    "naïviteit",
    "e-participatie",
    "b&w",
    "G1000",
    "2018-2020",
    "½ 1²",
    "art. 150",
    "a",
    "ik",
    "raadsleden",
    "gemeenteraadsleden",
    "statenleden",
    "ab-leden",
    "leden",
    "verleden",
    "overleden",
    "beleden",
    "gemeentesteden",
    "steden",
    "besteden",
    "stad",
    "kinderen",
    "kleinkinderen",
    "kinderburgemeester",
    "raads",
    "raad",
    "raden",
    "burgers",
    "wijkburgers",
    "griffies",
    "raadsgriffies",
    "colleges",
    "schepenen",
    "initiatieven",
    "initiatief",
    "huizen",
    "huis",
    "gevoelloosheid",
    "secretarissen",
    "bewonersgroepen",
    "vakantieparken",
    "heen",
    "een",
    "ee",
    "yoghurt",
    "ioio",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "\x00nul\x00",
    "Ω ohm",
    "Ａｂｃ",
    "ℕ",
    "①②",
    "e\u0301\u0301",
    "😀burger",
    "κόσμος ΣΊΣΥΦΟΣ",
    "ǰ",
    "ŉ",
    "x" * 300,
]


@dataclass(frozen=True, repr=False)
class Built:
    """A content folder as search has it: in Python, and on disk for the browser's code."""

    platform: Platform
    docs: list[SearchDocument]
    index: Index
    zoek: Path


def build(content: Path, folder: Path) -> Built:
    platform = load(content)
    listed = documents_of(platform)
    docs = list(number_all(listed).values())
    return Built(platform, docs, index_of(platform, docs), write(listed, platform, folder))


@pytest.fixture(scope="module", autouse=True)
def several_pieces() -> Iterator[None]:
    """Let what is known of all documents come in as many pieces as that of thousands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "PIECE", 512)
        yield


@pytest.fixture(scope="module")
def engine() -> Iterator[Node]:
    with node() as process:
        yield process


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three hundred invented pages: enough for dozens of shards."""
    folder = tmp_path_factory.mktemp("many")
    maak(300, folder / "content", seed="1", platform=True)
    return build(folder / "content", folder)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The copy of the real content that does not move."""
    return build(FROZEN, tmp_path_factory.mktemp("real"))


# Analysis


def texts(docs: list[SearchDocument]) -> set[str]:
    """Collect what pages say and are called, as written."""
    return {
        text
        for d in docs
        for text in (
            d.titel,
            d.samenvatting,
            d.plaats,
            *(d.body.text.split("\n") if d.body else ()),
            *d.paragraphs,
            *(name for names in d.other_names for name in names),
        )
    }


def with_own_s(found: list[str]) -> dict[str, str]:
    """Give the words with an s of their own, as the browser gets them."""
    return {word: own_s(word) for word in found if own_s(word) != word}


def test_python_and_javascript_read_every_word_the_same(
    real: Built, many: Built, engine: Node
) -> None:
    taal = real.platform.vocabulary.taal
    analyser = Analyser(taal)
    given_texts = sorted(texts(real.docs)) + TRICKY
    given_words = sorted(
        {w for text in given_texts for w in words(text)}
        | {
            w
            for d in real.docs + many.docs
            for ws in d.by_field.values()
            for w in words(" ".join(ws))
        }
    )
    assert len(given_words) > 6000
    terms = {w: analyser.term(w) for w in given_words}
    answer = engine.ask(
        "ontleed",
        onregelmatig=dict(taal.onregelmatig),
        met_s=with_own_s(given_words),
        teksten=given_texts,
        woorden=given_words,
    )
    assert {
        t: (f, w) for t, f, w in zip(given_texts, answer["vouw"], answer["woorden"], strict=True)
    } == {t: (fold(t), words(t)) for t in given_texts}
    assert dict(zip(given_words, answer["termen"], strict=True)) == terms


@part_of_the_examples(0.2)
@given(
    text=st.text(),
    ends=st.sampled_from(
        [
            "",
            "leden",
            "raads",
            "kinderen",
            "en",
            "heid",
            "ingen",
            "verleden",
            "ties",
            "city",
            "kans",
        ]
    ),
)
def test_python_and_javascript_read_any_text_the_same(
    real: Built, engine: Node, text: str, ends: str
) -> None:
    """But for letters that a later Unicode has than this Python knows, which both leave out."""
    taal = real.platform.vocabulary.taal
    found, analyser = words(text + ends), Analyser(taal)
    terms = [analyser.term(w) for w in found]
    answer = engine.ask(
        "ontleed",
        onregelmatig=dict(taal.onregelmatig),
        met_s=with_own_s(found),
        teksten=[text + ends],
        woorden=found,
    )
    assert answer["woorden"] == [found]
    assert answer["termen"] == terms


def test_compounds_split_into_their_parts_and_other_words_do_not(real: Built) -> None:
    vocabulary = real.platform.vocabulary
    analyser = Analyser(vocabulary.taal)
    splitter = Splitter(own_words(vocabulary, ()), vocabulary, analyser)
    wanted = dict(
        line.split("\t")
        for line in (HERE / "samenstellingen.tsv").read_text(encoding="utf-8").splitlines()[1:]
    )
    assert len(wanted) >= 40
    found = {word: set(splitter.parts(word).terms) for word in wanted}
    assert found == {
        word: {analyser.term(part) for part in parts.split()} for word, parts in wanted.items()
    }


# The index


def test_weights_are_those_of_lunr(real: Built, engine: Node) -> None:
    builder = builder_of(real.index, real.docs)
    whole = builder.build()
    fields = list(BOOSTS)
    ours = {
        (term, fields[field], place): weight
        for term, (_, *postings) in engine.ask("gewichten", zoek=real.zoek).items()
        for field, places, weights in postings
        for place, weight in zip(places, weights, strict=True)
    }
    terms = {entry["_index"]: term for term, entry in builder.inverted_index.items()}
    theirs: dict[tuple[str, str, int], float] = {}
    for ref, vector in whole.field_vectors.items():
        field, _, number = ref.partition("/")
        elements = iter(vector.elements)
        theirs |= {
            (terms[term], field, int(number)): weight
            for term, weight in zip(elements, elements, strict=True)
        }
    assert len(ours) > 10_000
    assert ours == theirs


def saved(built: Built, folder: Path) -> Path:
    """Write the whole index as lunr.py does for lunr.js."""
    file = folder / "heel.json"
    file.write_text(
        json.dumps(builder_of(built.index, built.docs).build().serialize()), encoding="utf-8"
    )
    return file


def test_a_word_may_be_on_a_page_as_often_as_a_page_has_room_for(real: Built) -> None:
    index = index_of(
        real.platform,
        [replace(real.docs[0], body=None, texts={"tekst": ["raad"] * 100_000})],
    )
    (entry,) = (e for term, e in index.entries() if term == index.analyser.term("raad"))
    assert [list(BOOSTS).index("tekst"), as_text([0]), as_text([100_000])] in entry


def test_shards_answer_as_the_whole_index_for_every_term(
    real: Built, engine: Node, tmp_path: Path
) -> None:
    answer = engine.ask("termen", zoek=real.zoek, bestand=saved(real, tmp_path))
    assert answer["anders"] == []
    assert answer["eigen"] == answer["termen"] > 1500


def test_shards_answer_as_the_whole_index_for_questions_over_hundreds_of_pages(
    many: Built, engine: Node, tmp_path: Path
) -> None:
    whole = saved(many, tmp_path)
    asked = [question for _, question, _ in questions()]
    asked.append(
        "participatie inspraak diversiteit inwoner gemeenteraad ambtenaar opleiding onderzoek "
        "begroting"
    )  # more synonyms than lunr is given
    for question in asked:
        answer = engine.ask(
            "vergelijk", zoek=many.zoek, bestand=whole, vraag=question, meesteTermen=MOST_TERMS
        )
        assert answer["scherven"] == answer["heel"], question
        assert answer["alle"][0] == answer["alle"][1], question


def test_every_other_way_to_say_a_name_is_on_some_page(real: Built, engine: Node) -> None:
    manifest = json.loads((real.zoek / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["namen"]) > 300
    said = 0
    for name in sorted({terms for _, terms, *_ in manifest["namen"]}):
        for way in engine.ask("anders", zoek=real.zoek, naam=name):
            assert real.index.has(way["termen"]), (name, way)
            said += 1
    assert said > 1000


def hashes(site: Path) -> set[str]:
    """Give the files of a site, each with what is in it."""
    return {
        f"{file.relative_to(site)} {hashlib.sha256(file.read_bytes()).hexdigest()}"
        for file in site.rglob("*.json")
    }


def test_a_change_changes_the_files_of_its_own_words(many: Built, tmp_path: Path) -> None:
    listed = documents_of(many.platform)
    place = next(i for i, d in enumerate(listed) if d.slug in many.platform.library.by_slug)
    body = many.platform.library.by_slug[listed[place].slug].body
    paragraphs = (*body.paragraphs, Paragraph(99, SENTENCE))
    longer = replace(listed[place], body=Body.of(body.html, (), (), (), paragraphs))
    added = replace(listed[place], slug="erbij", address="praktijken/erbij/")
    before = hashes(many.zoek)
    edited = write([*listed[:place], longer, *listed[place + 1 :]], many.platform, tmp_path / "een")
    more = write([*listed[:place], added, *listed[place:]], many.platform, tmp_path / "twee")
    terms = {many.index.analyser.term(word) for word in words(SENTENCE)}
    changed = hashes(edited) - before
    kinds = Counter(file[0] for file in changed)
    assert 0 < kinds["t"] <= len(terms) and kinds["w"] <= 6 and len(changed) < 20
    own = {term for found in many.index.terms(added).values() for term in found}
    assert len(hashes(more) - before) < len(own) / 4


def told(index: Index) -> list[object]:
    """Give all that goes to the browser of an index."""
    return [
        *(sorted(index.held.documents.items()), sorted(index.held.words.items())),
        *([*index.entries()], index.words, index.used, index.own_s),
    ]


@pytest.fixture(scope="module")
def invented() -> tuple[Platform, dict[int, SearchDocument]]:
    platform = platform_of(SITE)
    return platform, number_all(documents_of(platform))


def indexed(
    invented: tuple[Platform, object], documents: dict[int, SearchDocument], cache: Path | None
) -> Index:
    """Index documents as a build does, with what the one before has kept."""
    vocabulary = invented[0].vocabulary
    learned = Learned(Kept(cache, HERE), vocabulary, ["tuin"])
    index = Index(vocabulary, ["tuin"], learned, documents)
    learned.save(index.held)
    return index


def test_an_index_of_before_becomes_that_of_now(
    invented: tuple[Platform, dict[int, SearchDocument]], tmp_path: Path
) -> None:
    """Documents come, go, come back and get other words."""
    chance, every = random.Random(17), invented[1]
    said = sorted({word for d in every.values() for word in words(" ".join(d.texts["titel"]))})
    for _ in range(5):
        documents = {
            number: replace(d, texts={**d.texts, "tekst": chance.sample(said, 9)})
            if chance.random() < 0.1
            else d
            for number, d in every.items()
            if chance.random() < 0.9
        }
        now = indexed(invented, documents, tmp_path / "cache")
        assert told(now) == told(indexed(invented, documents, None))
    again = indexed(invented, documents, tmp_path / "cache")
    assert again.held == now.held


def test_an_index_of_which_a_text_is_no_longer_known_is_made_anew(
    invented: tuple[Platform, dict[int, SearchDocument]], tmp_path: Path
) -> None:
    """What two builds at once kept need not fit together."""
    cache, documents = tmp_path / "cache", invented[1]
    indexed(invented, documents, cache)
    (file,) = cache.iterdir()
    (kept,) = parts(file)
    gone, *stay = documents
    forgotten = Learned(Kept(None, HERE), invented[0].vocabulary, []).key(documents[gone])
    del kept[forgotten]
    file.write_bytes(pack(kept))
    fewer = {number: documents[number] for number in stay}
    assert told(indexed(invented, fewer, cache)) == told(indexed(invented, fewer, None))


def test_no_two_documents_have_one_number_and_each_keeps_its_own(real: Built) -> None:
    most = real.docs[20:]
    every, some = number_all(real.docs), number_all(most)
    assert len(every) == len(real.docs)
    numbers = {d.slug: number for number, d in every.items()}
    assert sum(numbers[d.slug] == number for number, d in some.items()) >= len(most) - 5
    assert len(number_all([*most, replace(most[0])])) == len(most) + 1


def test_a_term_begins_as_its_word_but_for_two_letters(real: Built) -> None:
    """On which `herkenner` in analyse.js counts, to stem few words."""
    irregular = real.platform.vocabulary.taal.onregelmatig
    others = [
        w
        for w in real.index.words
        if w not in irregular and not w.startswith(real.index.analyser.term(w)[:-2])
    ]
    assert others == []


def test_every_file_is_named_by_its_content_or_asked_anew(real: Built) -> None:
    manifest = json.loads((real.zoek / "manifest.json").read_text(encoding="utf-8"))
    named = {f"t/{name}" for name in manifest["scherven"]} | {
        f"w/{name}" for name in manifest["woorden"].values()
    }
    named |= {f"w/{name}" for kind in ("alfabet", "woordenboek") for _, name in manifest[kind]}
    named |= {f"w/{manifest['delen']}", f"f/{manifest['facetten']}"}
    named |= {f"f/{name}" for name in manifest["documenten"]}
    facets = json.loads((real.zoek / "f" / f"{manifest['facetten']}.json").read_bytes())
    named |= {f"f/{name}" for name in facets["delen"]}
    pages = {f"p/{number // manifest['kaarten']}" for number in number_all(real.docs)}
    listed = [p.slug for p in listing(real.platform.library, real.platform.today)]
    cards = {f"k/{name}" for _, name in card_table(listed)}
    there = {f.relative_to(real.zoek).with_suffix("").as_posix() for f in real.zoek.rglob("*.json")}
    assert there == named | pages | cards | {"manifest"}


def test_what_grows_with_the_number_of_pages_comes_in_pieces(
    many: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
        found = {file.address: json.loads(file.content) for file in filter_files(many.platform)}
        begin = found["filter/paginas.json"]
        pieces = [found[f"zoek/f/{name}.json"] for name in begin["delen"]]
        return begin, pieces, found["filter/onderwerp.json"]

    (whole, nothing, _), manifest = told(), json.loads((many.zoek / "manifest.json").read_bytes())
    monkeypatch.setattr(filters, "PAGES_A_FILE", 50)
    begin, pieces, topics = told()
    assert nothing == [] and len(pieces) > 3
    assert len(topics["delen"]) == len(pieces)
    for value in begin.values():  # what all load has nothing that each page has
        assert not isinstance(value, list | str) or len(value) < len(many.platform.library.pages)
    for name, (_, rows, *_) in begin["kolommen"].items():
        joined = [row for part in (rows, *(piece[name] for piece in pieces)) for row in part]
        assert joined == whole["kolommen"][name][1], name
    facets = json.loads((many.zoek / "f" / f"{manifest['facetten']}.json").read_bytes())
    assert len(manifest["documenten"]) == len(facets["delen"]) + 1 > 3


def test_the_cards_of_a_larger_site_lie_in_no_more_files(
    many: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGE", 2)
    monkeypatch.setattr(files, "CARD_FILES", 32)
    made = {f.address: f.content for f in search_files(many.docs, many.platform, NOTHING)}
    together = json.loads(made["zoek/manifest.json"])["kaarten"]
    cards = {address: json.loads(raw) for address, raw in made.items() if "zoek/p/" in address}
    assert together > files.CARDS_TOGETHER and 20 < len(cards) <= 32
    for number, document in number_all(many.docs).items():
        shown, *_ = cards[f"zoek/p/{number // together}.json"][str(number)]
        assert shown["a"] == document.address


def test_municipalities_are_as_much_alike_in_the_browser(real: Built, engine: Node) -> None:
    vocabulary = real.platform.vocabulary
    found = {file.address: file.content for file in filter_files(real.platform)}
    measures = json.loads(found["filter/gelijkenis.json"])
    for gemeente in vocabulary.gemeenten:
        alike = [
            (g.gemeente.slug, g.kilometers, g.zelfde_klasse, g.zelfde_provincie)
            for g in vocabulary.vergelijkbaar(gemeente)
        ]
        expected = [
            {"slug": slug, "plaats": place, "km": km, "klasse": size, "provincie": province}
            for place, (slug, km, size, province) in enumerate(
                [(gemeente.slug, 0, True, True), *alike]
            )
        ]
        assert engine.ask("gelijkenis", maten=measures, slug=gemeente.slug) == expected
    assert len(vocabulary.gemeenten) > 300
    assert engine.ask("gelijkenis", maten=measures, slug="nergens") == []


def test_a_catalogue_finds_the_card_of_each_page_by_its_place(many: Built) -> None:
    listed = [p.slug for p in listing(many.platform.library, many.platform.today)]
    table = card_table(listed)
    assert len(table) > 5
    for (place, name), (end, _) in pairwise([*table, (len(listed), "")]):
        cards = json.loads((many.zoek / "k" / f"{name}.json").read_text(encoding="utf-8"))
        assert [card["s"] for card in cards] == listed[place:end]


# What it does


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented pages of gedrag.yml, as the browser has them."""
    folder = tmp_path_factory.mktemp("small")
    case = behaviour()
    lay_out({"pages": case["paginas"], "files": case["bestanden"]}, folder / "content")
    platform = load(folder / "content")
    assert [str(f) for f in platform.findings if f.severity == "fout"] == []
    return write(documents_of(platform), platform, folder)


def behaviour() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / "gedrag.yml").read_text(encoding="utf-8"))
    return found


CHECKS: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "vindt": lambda found, slugs: set(slugs) <= set(found["slugs"]),
    "niet": lambda found, slugs: not set(slugs) & set(found["slugs"]),
    "eerst": lambda found, slugs: (
        [s for s in found["slugs"] if "/" not in s][: len(slugs)] == slugs
    ),
    "verbeterd": lambda found, pairs: dict(found["verbeterd"]) == pairs,
    "bedoeld": lambda found, pairs: dict(found["bedoeld"]) == pairs,
    "onbekend": lambda found, unknown: found["onbekend"] == unknown,
    "gelijkend": lambda found, alike: dict(found["gelijkend"]) == alike,
    "waarom": lambda found, reasons: (
        {slug: found["waarom"].get(slug) for slug in reasons} == reasons
    ),
    "erbij": lambda found, beside: {r["slug"]: r["waarom"] for r in found["erbij"]} == beside,
    "toont": lambda found, words: {slug: found["marked"].get(slug) for slug in words} == words,
}
READ = {"letterlijk", "half"}
"""How a question may be read."""


@pytest.mark.parametrize("case", behaviour()["vragen"], ids=lambda case: case["zin"])
def test_behaviour(small: Path, engine: Node, case: dict[str, Any]) -> None:
    assert case.keys() <= {"zin", "vraag", *READ, "zelfde", *CHECKS}
    found = asked(engine, small, case["vraag"], **{key: case[key] for key in case.keys() & READ})
    for key in case.keys() & CHECKS.keys():
        assert CHECKS[key](found, case[key]), (key, found)
    if "zelfde" in case:
        assert found["slugs"] == asked(engine, small, case["zelfde"])["slugs"] != []


def asked(engine: Node, zoek: Path, question: str, **read: bool) -> dict[str, Any]:
    found: dict[str, Any] = engine.ask(
        "antwoord", zoek=zoek, opdracht={"vraag": question, "aantal": 1000} | read
    )
    results = found["resultaten"]
    return found | {
        "slugs": [r["slug"] for r in results],
        "waarom": {r["slug"]: r["waarom"] for r in results},
        "marked": {r["slug"]: [text for text, hit in r["stuk"] if hit] for r in results},
    }


def test_a_word_that_is_typed_is_found_from_its_third_letter(small: Path, engine: Node) -> None:
    manifest = json.loads((small / "manifest.json").read_text(encoding="utf-8"))
    known = [
        word
        for _, name in manifest["alfabet"]
        for word in (small / "w" / f"{name}.json").read_text(encoding="utf-8").split()
    ]
    assert known == sorted(set(known)) and len(known) > 100
    stop = {*manifest["stop"], *manifest["vraag"]}
    lengths = {word: {3, 5, max(3, len(word) - 1)} for word in known}
    for begin in sorted({word[:n] for word in known for n in lengths[word]} - stop):
        meant = {word for word in known if word.startswith(begin)}
        found = asked(engine, small, begin, half=True)
        assert found["slugs"] and not found["onbekend"], begin
        if len(meant) == 1:
            whole = asked(engine, small, meant.pop(), letterlijk=True)
            assert set(found["slugs"]) & set(whole["slugs"]), begin


def test_each_strong_form_is_of_its_verb() -> None:
    known = {word for file in DICTIONARY for word in file.read_text("utf-8").split()}
    found = [(verb, form) for verb, forms in strong_forms().items() for form in forms]
    assert len(found) > 2000 and {form for _, form in found} <= known
    for verb, form in random.Random(5).sample(found, 300):
        assert simplemma.lemmatize(form, lang="nl").replace("_", "") == verb, form


EVERYDAY = (
    "vergunning bezwaar trouwen water sport groei groen straat bijhouden gezeten fiets paspoort "
    "rijbewijs verhuizen afval belasting parkeren stoep speeltuin bibliotheek uitkering schuldhulp "
    "jeugdzorg mantelzorg woning huur bouwen overlast vacature klacht geluid bomen lijsten houdt "
    "zicht eenzaamheid subsidie citizens budgeting assembly"
)


def test_a_word_of_everyday_is_never_mended(real: Built, engine: Node) -> None:
    for word in EVERYDAY.split():
        assert asked(engine, real.zoek, word)["verbeterd"] == [], word


def test_no_word_of_a_dictionary_is_mended(real: Built, engine: Node) -> None:
    words = [w for file in DICTIONARY for w in file.read_text("utf-8").split() if len(w) >= 5]
    for word in random.Random(5).sample(words, 60):
        assert asked(engine, real.zoek, word)["verbeterd"] == [], word


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("zelfscan", "zelfscan/"),
        ("samen de zelfscan doen", "zelfscan/samen/"),
        ("agenda", "agenda/"),
        ("voortgang", "voortgang/"),
        ("open data", "open-data/"),
        ("kaart", "kaart/"),
        ("vergelijken", "vergelijken/"),
        ("mijn lijst", "mijn-lijst/"),
        ("bijdragen", "bijdragen/"),
        ("privacy", "privacy/"),
        ("quick scan", "quick-scan-lokale-democratie"),
        ("QSLD", "quick-scan-lokale-democratie"),
        ("gemeenten", "gemeenten/"),
    ],
)
def test_the_parts_of_the_site_are_found_by_their_name_and_stay_behind_what_is_about_it(
    real: Built, engine: Node, question: str, slug: str
) -> None:
    assert asked(engine, real.zoek, question)["slugs"][0] == slug


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("Groningen", "gemeenten/groningen"),
        ("gemeente Groningen", "gemeenten/groningen"),
        ("wat doet de gemeente Utrecht?", "gemeenten/utrecht"),
        ("provincie Utrecht", "provincies/utrecht"),
        ("gemeente Landerd", "gemeenten/maashorst"),
        ("organisatie VNG", "organisaties/vng"),
        ("weerbaar lokaal bestuur", "aandachtsvelden/een-weerbaar-lokaal-bestuur"),
    ],
)
def test_the_page_of_a_name_leads_when_the_question_is_that_name(
    real: Built, engine: Node, question: str, slug: str
) -> None:
    assert asked(engine, real.zoek, question)["slugs"][0] == slug


def test_the_page_of_a_title_leads_when_the_question_is_that_title(
    real: Built, engine: Node
) -> None:
    """Before pages that weigh more, or have its words more often."""
    names = {d.titel.lower() for d in real.docs if d.part or "/" in d.slug}
    asked = [d for d in real.docs if "/" not in d.slug and d.titel.lower() not in names]
    found = {d.slug: engine.ask("zoek", zoek=real.zoek, vraag=d.titel)["slugs"][0] for d in asked}
    assert len(asked) > 60
    assert {slug: first for slug, first in found.items() if slug != first} == {}


def test_who_names_a_kind_of_page_gets_those_first(real: Built, engine: Node) -> None:
    kinds = {d.slug: d.address.split("/")[0] for d in real.docs}
    for word, folder in (("bijeenkomsten", "agenda"), ("instrument", "instrumenten")):
        found = asked(engine, real.zoek, f"{word} raadsleden")["slugs"]
        assert kinds[found[0]] == folder, found[:3]


def test_who_looks_for_the_quick_scan_finds_the_scan_of_this_site_too(
    real: Built, engine: Node
) -> None:
    assert "zelfscan/" in asked(engine, real.zoek, "quick scan")["slugs"][:5]


def test_filters_keep_within_a_facet_and_count_what_is_left(real: Built, engine: Node) -> None:
    def ask(**filters: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = engine.ask(
            "antwoord",
            zoek=real.zoek,
            opdracht={"vraag": "raadsleden", "filters": filters, "aantal": 500, "facetten": True},
        )
        return found

    everything, two = ask(), ask(collectie=["praktijken", "instrumenten"])
    counts = {slug: n for slug, _, n in everything["tellingen"]["collectie"]}
    assert sum(counts.values()) == everything["totaal"]
    assert two["totaal"] == counts["praktijken"] + counts["instrumenten"] == len(two["resultaten"])
    assert {slug: n for slug, _, n in two["tellingen"]["collectie"]} == counts, (
        "a facet's own choice does not lower its counts"
    )
    field = two["tellingen"]["aandachtsveld"][0]
    assert (
        ask(collectie=["praktijken", "instrumenten"], aandachtsveld=[field[0]])["totaal"]
        == field[2]
    )
    assert ask(collectie=["bestaat-niet"])["totaal"] == 0
    assert [r["slug"] for r in two["resultaten"]] == [
        r["slug"]
        for r in everything["resultaten"]
        if r["adres"].split("/")[0] in ("praktijken", "instrumenten")
    ]


ODD = [
    "__proto__",
    "constructor",
    "toString",
    "*",
    "+",
    ":",
    "~",
    "^",
    "-",
    "titel:",
    "raad~2",
    "+raad -lid",
    "😀",
    "👩‍👩‍👧",
    "\x00",
    "\ud800",
    "\udfff",
    "'",
    '"',
    "<b>",
    "&amp;",
    "raad",
    "burgerparticipatie",
    "hoe",
    "de",
    "1",
    "2018",
    "İ",
    "ﬁ",
    "\u202e",
    "\u0301",
    "\n",
    " ",
    "participatieveordening",
    "x" * 40,
]
QUERY = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=())),
    st.lists(st.sampled_from(ODD), max_size=12).map(" ".join),
    st.lists(st.sampled_from(ODD), max_size=12).map("".join),
    st.builds(
        lambda piece, n: (piece * (n // max(1, len(piece)) + 1))[:n],
        st.sampled_from(ODD),
        st.sampled_from([199, 200, 201, 10_000]),
    ),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=60),
)


@part_of_the_examples(0.2)
@given(
    question=QUERY,
    literally=st.booleans(),
    facet=st.sampled_from(["", "collectie", "jaar", "__proto__", "constructor"]),
)
def test_any_question_has_an_answer(
    real: Built, engine: Node, question: str, literally: bool, facet: str
) -> None:
    filters = {facet: ["praktijken", "__proto__"]} if facet else {}
    found = engine.ask(
        "antwoord",
        zoek=real.zoek,
        opdracht={"vraag": question, "letterlijk": literally, "filters": filters, "facetten": True},
    )
    assert {r["slug"] for r in found["resultaten"]} <= {d.slug for d in real.docs}
    assert min(10, found["totaal"]) == len(found["resultaten"])
    for result in found["resultaten"]:
        assert all(
            isinstance(text, str) and isinstance(hit, bool)
            for text, hit in result["titel"] + result["stuk"]
        )


# How good it is


def test_answers_are_good_enough(real: Built, engine: Node) -> None:
    by_kind, quality, recall = judged(real, engine, "vragen.tsv")
    assert quality >= 0.88, by_kind
    assert recall >= 0.90
    assert min(by_kind.values()) >= 0.75, by_kind


def test_who_asks_in_words_that_no_page_has_is_helped_too(real: Built, engine: Node) -> None:
    by_kind, quality, recall = judged(real, engine, "eigen-woorden.tsv")
    assert quality >= 0.82, by_kind
    assert recall >= 0.83


def test_a_reader_who_knows_no_engine_is_helped(real: Built, engine: Node) -> None:
    by_kind, quality, recall = judged(real, engine, "derde-lezer.tsv")
    assert quality >= 0.90, by_kind
    assert recall >= 0.93


def judged(real: Built, engine: Node, file: str) -> tuple[dict[str, float], float, float]:
    """Ask the questions of a file; give nDCG@10 by type, and over all of them with recall@10."""
    known = {d.slug for d in real.docs}
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for kind, question, grades in questions(file):
        assert grades.keys() <= known, question
        found = [
            s
            for s in engine.ask("zoek", zoek=real.zoek, vraag=question, aantal=60)["slugs"]
            if "/" not in s
        ][:10]
        assert found or file != "vragen.tsv", question
        scores[kind].append(
            (ndcg(found, grades), len(grades.keys() & set(found)) / min(10, len(grades)))
        )
    everything = [row for rows in scores.values() for row in rows]
    return (
        {kind: round(mean(n for n, _ in rows), 3) for kind, rows in scores.items()},
        mean(n for n, _ in everything),
        mean(r for _, r in everything),
    )


def ndcg(found: list[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain over ten places (Järvelin and Kekäläinen, 2002)."""

    def gained(values: list[int]) -> float:
        found: float = sum(
            (2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:10])
        )
        return found

    return gained([grades.get(slug, 0) for slug in found]) / gained(
        sorted(grades.values(), reverse=True)
    )


# The overview from A to Z


def letters_of(page: SitePage) -> tuple[tuple[str, str, tuple[Page, ...]], ...]:
    assert isinstance(page.content, zoeken.Zoeken)
    return page.content.letters


def sheet_of(page: SitePage) -> zoeken.Letterblad:
    assert isinstance(page.content, zoeken.Letterblad) and page.template == "letter.html"
    return page.content


def test_a_letter_with_many_titles_has_a_page_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    platform = platform_of(SITE)
    monkeypatch.setattr(zoeken, "MOST_TITLES", 2)
    found = {page.address: page for page in zoeken.search_pages(platform)}
    letters = letters_of(found.pop("zoeken/"))
    apart = [letter for letter, address, _ in letters if address]
    assert [address for _, address, _ in letters if address] == list(found)
    assert 0 < len(apart) < len(letters)
    listed = [page for _, _, titles in letters for page in titles]
    for letter, page in zip(apart, found.values(), strict=True):
        sheet = sheet_of(page)
        assert page.titel == f"Pagina’s onder {letter}" and len(sheet.pages) > 2
        assert not sheet.before and not sheet.after
        listed += sheet.pages
    assert sorted(p.slug for p in listed) == sorted(p.slug for p in platform.library.pages)


def test_a_letter_has_as_many_pages_as_its_titles_need(monkeypatch: pytest.MonkeyPatch) -> None:
    platform = platform_of(FROZEN)
    monkeypatch.setattr(zoeken, "MOST_TITLES", 2)
    whole = {page.titel: sheet_of(page).pages for page in [*zoeken.search_pages(platform)][1:]}
    monkeypatch.setattr(zoeken, "SHEET", 1)
    found = [*zoeken.search_pages(platform)][1:]
    assert len({page.address for page in found}) == len(found) > len(whole) > 4
    addresses = ["", *(page.address for page in found), ""]
    together: dict[str, tuple[Page, ...]] = {}
    for place, page in enumerate(found):
        sheet = sheet_of(page)
        first, _, since = page.titel.partition(", vanaf ")
        assert since == (f"‘{sheet.pages[0].titel}’" if sheet.before else "")
        assert sheet.before in ("", addresses[place]) and sheet.after in ("", addresses[place + 2])
        assert bool(sheet.before) == (first in together)
        together[first] = together.get(first, ()) + sheet.pages
    assert together == whole
