"""Hold that nothing stands on a page as a sign that was meant as a mark, whatever one writes."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import part_of_the_examples
from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.markup import parse
from kennisplatform.content.signs import _PROSE, _SHAPES
from kennisplatform.content.tokens import _markdown_parser, tokenise

PIECES = (
    *("wijk", "de raad", "5", "Zin.", "a", "x y", "€ 3", "2019", "http", "b@c.nl", "…"),
    *(" ", "\n", "\n\n", "\n  ", "\n    ", "\t", "\u00a0", ". ", ", "),
    *("**", "*", "__", "_", "~~", "`", "```", "#", "##", "###", "-", "- ", "1. ", "10. ", "•"),
    *("|", "| a | b |", "| --- | --- |", "[", "]", "(", ")", "](", "[^1]", "[^1]: ", "[[", "]]"),
    *("!!!", "!!! tip", "???", ":::", ":::tip", "> ", "> [!NOTE]", "---", "===", ": ", "*[A]: "),
    *(
        "==",
        "~",
        "%%",
        "{{",
        "}}",
        "{{< ",
        ">}}",
        "''",
        "[/b]",
        ":ok:",
        "^[",
        "> [!tip]- ",
        "| --- |",
    ),
    *("\\", "https://a.nl", "www.a.nl", "[x](https://a.nl)", "![x](a.png)", "{.klas}", ":icoon:"),
)
MARKS = re.compile(
    r"\*\*\w[^*\n]*\*\*|^#{2,6}\S|^(?:!!!|:::)\s*\w|\[\^\w+\]|\[[^\[\]\n]*\]\(\S*\)|^\|.+\||^•"
    r"|==\w[^=\n]*\w==(?!=)|%%\w[^%\n]*%%|\{\{<[^{}\n]*>\}\}|\^\[\w+\]|^\[!\w+\]|\[/b\]",
    re.MULTILINE,
)
"""What no visitor may see."""


class _Seen(HTMLParser):
    """The words of a page, without code, a block a line."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.code = "", 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.code += tag in ("code", "pre")
        if tag == "img":
            self.words += "‹beeld›"
        elif tag not in ("a", "em", "strong", "s", "sup", "code"):
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        self.words += "‹code›" if self.code else data


def seen(html: str) -> str:
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return reader.words


@part_of_the_examples(1)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_is_accepted_shows_no_mark(text: str) -> None:
    body, findings = parse(text, "a.md", 1, str)
    if not findings and "\\" not in text:
        assert MARKS.findall(seen(body.html)) == []


@given(
    st.lists(st.sampled_from(("wijk", "5", "o", " ", "turn0", *".,:;!?'’\"@/+%)(-–")), max_size=12)
)
def test_no_sign_is_in_a_line_that_is_taken_for_prose(words: list[str]) -> None:
    if _PROSE.fullmatch(line := "".join(words)):
        assert not any(shape.pattern.search(line) for shape in _SHAPES if shape.lines == 1)


SLOW = _markdown_parser()
SLOW.inline.terminator_re = re.compile("(?s).")


@part_of_the_examples(0.5)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_text_is_read_as_when_every_sign_of_it_is_looked_at(text: str) -> None:
    assert tokenise(text) == SLOW.parse(text)


def document(tmp_path_factory: pytest.TempPathFactory, text: str) -> Document:
    file = tmp_path_factory.getbasetemp() / "merk.md"
    file.write_text(f"---\ntitel: Proef\n---\n\n{text}\n", encoding="utf-8")
    found, _ = read_document(file, "merk.md")
    assert found
    return found


def judged(document: Document) -> list[str]:
    _, found = parse(document.body, "merk.md", document.body_line, str, source=document.text)
    return [f"{finding.line} {finding.code}" for finding in found]


def certainly_repaired(document: Document) -> str:
    """Write every certain repair, from the end to the beginning."""
    _, found = parse(document.body, "merk.md", document.body_line, str, source=document.text)
    lines = document.text.whole.split("\n")
    for fix in sorted((f.fix for f in found if f.fix and f.fix.certain), key=lambda f: -f.line):
        old, at = fix.old.split("\n"), fix.line - 1
        assert lines[at][fix.column - 1 :].startswith(old[0])
        rest = lines[at + len(old) - 1][len(old[-1]) + (fix.column - 1 if len(old) == 1 else 0) :]
        lines[at : at + len(old)] = (lines[at][: fix.column - 1] + fix.new + rest).split("\n")
    return "\n".join(lines[document.body_line - 1 :]).strip()


def test_words_that_no_line_can_end_between_get_ordinary_spaces(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    fixed = "Dat is 5\u00a0km,\u00a0of zes. "
    text = "Zo\u00a0plakt\u00a0Word\u00a0een\u00a0hele\u00a0zin."
    body, _ = parse(fixed + text, "a.md", 1, str)
    assert body.text == fixed + text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("##Aanpak", "## Aanpak"),
        ("##\u00a0Aanpak van de raad", "## Aanpak van de raad"),
        ("Wat:\n• een\n• twee", "Wat:\n- een\n- twee"),
        ("1.\u00a0een", "1. een"),
        ("-\u00a0een\n-\u00a0twee", "- een\n- twee"),
        ("Zie [x] (https://a.nl/b).", "Zie [x](https://a.nl/b)."),
        ("| a |\n| 1 |", "| a |\n| --- |\n| 1 |"),
        ("1987. Zo ging het.", "1987\\. Zo ging het."),
        ("Zie (x)[https://a.nl/b].", "Zie [x](https://a.nl/b)."),
    ],
)
def test_a_certain_repair_mends_and_brings_nothing(
    tmp_path_factory: pytest.TempPathFactory, typed: str, meant: str
) -> None:
    assert judged(wrong := document(tmp_path_factory, typed)) != []
    assert certainly_repaired(wrong) == meant
    assert judged(document(tmp_path_factory, meant)) == []


@pytest.mark.parametrize(
    "text",
    [
        *("Gelukt!!!", "#durftevragen helpt", "3 * 4 * 5 is 60", "C# en F#", "een | twee", "10%"),
        *("‘a.’ en ‘b.’", "Kosten: € 5,–", "– en toen –", "Wat??? Ja.", "[sic] en [een] (twee)"),
        *("(art. 3)[noot]", "snake_case_naam", "**vet**, *schuin* en ***beide***", "A: B\nC: D"),
        *(
            "~500 mensen, ~600 euro",
            "van $5 tot $10",
            "Beste {naam},",
            "C:\\plannen",
            "10^2 en 2^8",
        ),
        *(
            "om 10:30:00 uur",
            "’s avonds en 's ochtends",
            "en/of en //",
            "a == b",
            "C++ of D++",
            "100%%",
        ),
        *("bedrag* en naam*", "Nee -- of ja", "10%–20%", "- een\n- twee\n\nZin.", "> Ja\n\nNee"),
        *(
            "- een lang punt dat over de regel heen gaat, want zo doet de mail van de\nGemeente",
            "[1] en (2)",
        ),
        *(
            "1 | 2",
            "o, wat mooi",
            "https://… of www.…",
            "met http:// ervoor",
            "stap 1) en 2)",
            "1. een\n2. twee",
            "Aanleiding\n---\n\nTekst",
            "Wat we deden\n------------\n\nTekst",
            "- [ ] taak\n- [] taak\n- [x]taak",
            "Tekst[^een noot] en meer[^2].\n\n[^een noot]: Een.\n\n[^2] : Twee.",
            r"Zie 1\. \[noot\] en \(zo\).",
            "#DurfTeVragen",
            "Het begon; het ging door; het hield op.\nToen; ja.",
            "§ 3 zegt dit.",
            "v 1.0",
            "(zie www.a.nl) en ‘https://…’",
        ),
    ],
)
def test_good_dutch_passes(text: str) -> None:
    _, findings = parse(text, "a.md", 1, str)
    assert [str(finding) for finding in findings] == []


@pytest.mark.parametrize(
    "text",
    ["##Kop", "[^1]", "[[x]]", "!!! tip", ":::tip", "**a **b", "| a | b |", "[a] (b)", "#\u00a0a"],
)
def test_a_backslash_lets_a_sign_pass(text: str) -> None:
    escaped = re.sub(r"([#*\[\]!:|()])", r"\\\1", text)
    body, findings = parse(escaped, "a.md", 1, str)
    assert [str(finding) for finding in findings] == []
    assert seen(body.html).strip() == text
