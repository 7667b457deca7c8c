"""Make the mistake of every code in a sound folder: it is told once, where it is, and what the
repair says, done to the letter, leaves nothing to tell.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import SITE, TODAY, part_of_the_examples
from kennisplatform.content.advice import advise
from kennisplatform.content.copies import applied
from kennisplatform.content.load import load_library
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.model.findings import CODES, Finding
from kennisplatform.model.groups import NESTED
from kennisplatform.model.head import write_value
from kennisplatform.model.schema import LISTS

VOCABULARY = load_vocabulary(SITE / "vocabulary", "vocabulary")[0]
SHARED = {
    "titel": "Proef",
    "samenvatting": "Kort.",
    "aandachtsveld": f"[{VOCABULARY.aandachtsvelden[0].naam}]",
    "datum": "2026-03-09",
    "vragen": '["Wat is het?", "Wat kost het?"]',
}
FIELDS = {
    "practices/a.md": SHARED
    | {"gemeente": "[Polderstad]", "status": "lopend", "instrumenten": "[kaart]"},
    "practices/b.md": SHARED | {"gemeente": "[Duinrecht]", "instrumenten": "[kaart]"},
    "instruments/kaart.md": SHARED,
    "events/dag.md": SHARED | {"begin": "2026-03-09 19:30"},
}
TEXT = "Tekst.\n\n## Lessen\n\nHet werkt.\n"
HERE = "§"
"""Stands at the start of the line that a finding must name."""


Content = str | bytes | None | Callable[[Path], None]


@dataclass(frozen=True)
class Mistake:
    files: Mapping[str, Content]
    """Path below content/ → its text, or what makes it; None takes it away."""
    at: tuple[str, ...]
    """Path and line of each finding there must be, with its code where that is another."""
    lines: str = ""
    """What it puts in the head of a page."""

    def without(self, name: str) -> Mistake:
        """Take a field out of the head, of which the mistake is another name."""
        (path, text), *_ = self.files.items()
        left = re.sub(rf"(?m)^{name}: .*\n", "", str(text))
        (place,) = self.at
        line = int(place.rpartition(":")[2]) - 1
        return Mistake({path: left}, (f"{path}:{line}",))


def page(path: str, lines: str = "", text: str = TEXT) -> str:
    """Make a page of which these lines take the place of the fields they name."""
    named = set(re.findall(r"^§?\W?(\w+)", lines, re.MULTILINE))
    head = [f"{name}: {value}" for name, value in FIELDS[path].items() if name not in named]
    return "\n".join(["---", *head, *([lines] if lines else []), "---", "", text])


def file(path: str, text: str) -> Mistake:
    lines = text.split("\n")
    places = [n for n, line in enumerate(lines, 1) if HERE in line] or [1]
    return Mistake({path: text.replace(HERE, "")}, tuple(f"{path}:{n}" for n in places))


def head(lines: str, path: str = "practices/a.md") -> Mistake:
    return replace(file(path, page(path, lines)), lines=lines)


def event(lines: str) -> Mistake:
    return head(lines, "events/dag.md")


def body(text: str) -> Mistake:
    return file("instruments/kaart.md", page("instruments/kaart.md", text=f"Tekst.\n\n{text}\n"))


def beside(path: str, content: Content, at: str = "") -> Mistake:
    """Put a file among the sound ones."""
    return Mistake({path: content}, (at or f"{path}:1",))


def figure(**fields: str) -> str:
    values = {
        "naam": "Deel",
        "waarde": "6",
        "eenheid": "raden",
        "peildatum": "2024",
        "bron": "nota",
    }
    inner = ", ".join(f"{name}: {value}" for name, value in (values | fields).items())
    return f"cijfers:\n  - {HERE}{{{inner}}}"


def source(**fields: str) -> str:
    inner = ", ".join(f"{name}: {value}" for name, value in ({"titel": "Nota"} | fields).items())
    return f"bronnen:\n  - {HERE}{{{inner}}}"


def law(url: str) -> str:
    return f"wetten:\n  - {HERE}{{titel: Gemeentewet, url: {url}}}"


def without(scan: str, pattern: str) -> Mistake:
    """Take what follows its first group out of a zelfscan."""
    return file("zelfscan.yml", re.sub(pattern, rf"{HERE}\1", scan, count=1))


def site_file(path: str, old: str, new: str) -> Mistake:
    """Change one place in a file of tests/site/."""
    text = (SITE / path).read_text(encoding="utf-8")
    assert old in text
    return file(path, text.replace(old, new, 1))


SCAN = re.sub(
    r"(?s)\nonderscheid:.*?\n\n", "\n", (SITE / "zelfscan.yml").read_text(encoding="utf-8")
)
"""Without the instrument that it names, which is not in this folder."""
SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.nl%2Fb&data=05%7C01"
LAW = "https://wetten.overheid.nl/BWBR0005416"
HARD = next(iter(VOCABULARY.taal.moeilijk))
MUNICIPALITIES = (SITE / "vocabulary/gemeenten.csv").read_text(encoding="utf-8")
FIRST_ROW = MUNICIPALITIES.split("\n")[1]
LONG = (
    "Deze zin heeft meer woorden dan prettig leest, omdat er steeds weer iets bij komt wat ook "
    "in een volgende zin had kunnen staan, als de schrijver daar maar even aan had gedacht."
)
ODD_NAMES = {
    field: sorted(name for name in names if not re.search(r"[,(/]", name))[0] + "xq"
    for field, names in VOCABULARY.namen.items()
}

ATTACHED = "documenten: [{titel: Lijst, bestand: lijst.csv, rechthebbende: Gemeente Polderstad}]"
SIGNED = (
    "%PDF-1.4\n1 0 obj\n"
    "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[5 0 R]>>>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>\nendobj\n"
    "4 0 obj\n<</Author(Mientje Verzonnen)>>\nendobj\n"
    "5 0 obj\n<</FT/Sig/T(a)/V 6 0 R>>\nendobj\n"
    "6 0 obj\n<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>\nendobj\n"
    "trailer\n<</Root 1 0 R/Info 4 0 R/Size 7>>\nstartxref\n0\n%%EOF\n"
)
"""A signed document, of which nothing may be taken out."""
MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "aandachtsveld-ontbreekt": (
        without(SCAN, r"(?s)(velden:\n)  - aandachtsveld:.*?(?=  - aandachtsveld:)"),
    ),
    "aantal-klopt-niet": (without(SCAN, r"(?s)(groepen:\n)  - id:.*?(?=  - id:)"),),
    "adres-met-omweg": (
        head(source(url=f'"{SAFE}"')),
        head(source(url="https://www.google.com/url?sa=t&q=https://a.nl/b")),
        body(f"{HERE}[de site]({SAFE})"),
        body(f"{HERE}Zie {SAFE} hier."),
    ),
    "adres-verdwenen": (
        beside("adressen.txt", "/praktijken/a/\n/praktijken/weg/\n", "adressen.txt:2"),
    ),
    "ander-adres": (
        body(f"{HERE}[www.a.nl](https://b.nl)"),
        body(f"Tekst\n{HERE}[a.nl (veilig)](https://b.nl/x)"),
        head(source(titel="www.a.nl", url="https://b.nl")),
    ),
    "anker-ontbreekt": (
        body(f"## Wat is het\n\n{HERE}[b](#wat-is-hett)"),
        body(f"{HERE}[b](#q)"),
        body(f"{HERE}[[1]](#_ftn1)"),
    ),
    "beeld-ontbreekt": (body(f"{HERE}![zaal](../afbeeldingen/weg.png)"),),
    "beeld-onbruikbaar": (beside("afbeeldingen/zaal.png", b"geen beeld"),),
    "beeld-van-buiten": (body(f"{HERE}![zaal](https://a.nl/x.png)"),),
    "beeld-zonder-tekst": (
        Mistake(
            {
                "afbeeldingen/bonen.png": (SITE / "afbeeldingen/bonen.png").read_bytes(),
                "instruments/kaart.md": page(
                    "instruments/kaart.md", text="![IMG_1234.jpg](../afbeeldingen/bonen.png)\n"
                ),
            },
            ("instruments/kaart.md:9",),
        ),
        Mistake(
            {
                "afbeeldingen/bonen.png": (SITE / "afbeeldingen/bonen.png").read_bytes(),
                "instruments/kaart.md": page(
                    "instruments/kaart.md", text="![](../afbeeldingen/bonen.png)\n"
                ),
            },
            ("instruments/kaart.md:9",),
        ),
    ),
    "bestand-invoegen": (body(f'{HERE}--8<-- "mkdocs.yml"'),),
    "bestand-ontbreekt": (
        Mistake({"vocabulary/pijlers.yml": None}, ("vocabulary/pijlers.yml:1",)),
    ),
    "bestand-of-url": (
        head(f"{HERE}documenten: [{{titel: Lijst, bestand: 'https://a.nl/x.pdf'}}]"),
        head(f"{HERE}documenten: [{{titel: Lijst, rechthebbende: Polderstad}}]"),
    ),
    "bestand-onleesbaar": (beside("practices/pijp.md", os.mkfifo),),
    "bestand-te-groot": (beside("practices/a.md", "x\n" * 200_000),),
    "bestandsnaam": (beside("instruments/Een_Kaart.md", page("instruments/kaart.md")),),
    "burgerservicenummer": (body(f"{HERE}Het nummer is 123456782."),),
    "cijfers-leeg": (body(f"{HERE}In 2024 kwamen er 12 gemeenten."),),
    "dag-te-ver-vooruit": (
        head(f"{HERE}datum: 2062-03-09"),
        head(f"{HERE}gecontroleerd: 2062-03-09"),
        head(f"{HERE}bronnen: [{{titel: Nota, url: https://a.nl, gelezen: 2062-03-09}}]"),
    ),
    "document-gegevens": (),
    "document-niet-genoemd": (
        Mistake(
            {
                "documenten/lijst.csv": "a;b\n",
                "practices/b.md": page("practices/b.md", ATTACHED),
                "instruments/kaart.md": page(
                    "instruments/kaart.md", text="Zie de [lijst](../documenten/lijst.csv).\n"
                ),
            },
            ("instruments/kaart.md:9",),
        ),
    ),
    "document-onbruikbaar": (beside("documenten/som.csv", "=1+1\n"),),
    "document-ongebruikt": (beside("documenten/los.csv", "a;b\n"),),
    "document-ontbreekt": (
        head(f"{HERE}{ATTACHED}"),
        body(f"{HERE}[lijst](../documenten/lijst.csv)"),
    ),
    "document-ontoegankelijk": (
        Mistake(
            {
                "documenten/lijst.pdf": SIGNED,
                "practices/b.md": page("practices/b.md", ATTACHED.replace("csv", "pdf")),
            },
            ("documenten/lijst.pdf:1 document-gegevens", "documenten/lijst.pdf:1"),
        ),
    ),
    "document-zonder-rechten": (
        Mistake(
            {
                "documenten/lijst.csv": "a;b\n",
                "practices/b.md": page(
                    "practices/b.md", "documenten: [{titel: Lijst, bestand: lijst.csv}]"
                ),
            },
            ("practices/b.md:9",),
        ),
    ),
    "dubbel-veld": (
        head(f"titel: Een\n{HERE}titel: Een"),
        head(f"titel: Een\n{HERE}titel: Twee"),
        head(f"periode:\n  van: 2018\n{HERE}  van: 2018"),
    ),
    "dubbele-punt": (
        head(f"{HERE}titel: Raad: het gesprek"),
        head(f"{HERE}samenvatting: Let op: kort, en goed."),
        head(f"bronnen:\n{HERE}  - titel: Nota: deel 2"),
    ),
    "dubbele-waarde": (
        head(f"{HERE}gemeente: [Polderstad, Duinrecht, Polderstad]"),
        head(f"{HERE}trefwoorden: [Wijk, wijk]"),
        head(f"{HERE}trefwoorden:\n  - wijk\n  - buurt\n  - wijk"),
    ),
    "eigen-attribuut": (body(f"{HERE}Tekst {{.klas}}"), body(f"{HERE}## Kop {{#id}}\n\nTekst.")),
    "einde-voor-begin": (
        head(f"{HERE}periode: {{van: 2019, tot: 2018}}"),
        head(figure(tot="3")),
        event(f"begin: 2026-03-09\n{HERE}eind: 2026-03-08"),
    ),
    "geen-getal": (
        *(
            head(figure(waarde=typed))
            for typed in (
                *("12,5", "1.161", "6,5 procent", "€ 500", "veel", "1,000,000", "1 161", "½"),
                *("50-60", "50 à 60", "ca. 50", "±50", "50+", "5 miljoen", ".5", "1,161"),
            )
        ),
        head(f"{HERE}gemeente_aantal: {{waarde: ca. 20}}"),
        head(f"{HERE}gemeente_aantal: {{waarde: 1.200}}"),
        head(f"{HERE}gemeente_aantal: {{waarde: 2,5}}"),
    ),
    "geen-groep": (
        *(
            head(f"{HERE}periode: {typed}")
            for typed in (
                "2018-2019",
                "2018-19",
                "2018 tot nu",
                "[2018]",
                "{van:2018, tot:2019}",
                "[{van: 2018}, {tot: 2019}]",
                "{2018, 2019}",
                "[{van=2018, tot=2019}]",
                "x",
            )
        ),
        head(f"{HERE}periode:\n  - van: 2018\n    tot: 2019"),
        head(f"{HERE}wetten:\n  - titel: Gemeentewet\n  - url: {LAW}"),
        head(f"bronnen:\n{HERE}  - Nota over de wijk https://a.nl/nota"),
        head(f"{HERE}gemeente_aantal: meer dan 20"),
        head(f"{HERE}contact: {{de griffie}}"),
        head(f"{HERE}contact: [de griffie]"),
        head(f"{HERE}contact:\n  - naam: de griffie\n    mail: griffie@a.nl"),
        head(f"{HERE}gemeente_aantal: [20]"),
        head(f"{HERE}beoordeling: Movisie"),
        head(f"wetten:\n{HERE}  - Gemeentewet"),
        head(f"bronnen:\n{HERE}  - Nota over de wijk"),
        head(f"bronnen:\n{HERE}  - titel:Nota\n    kop:Inleiding"),
    ),
    "geen-https-adres": (
        *(
            head(source(url=typed))
            for typed in (
                "http://a.nl/x",
                "www.a.nl",
                "https//a.nl",
                "a.nl/x",
                "ftp://a.nl",
                "tel:030",
            )
        ),
        event(f"{HERE}aanmelden: http://www.a.nl"),
        head(f"{HERE}contact: {{naam: de griffie, url: www.a.nl}}"),
        head(law("wetten.overheid.nl/BWBR0005416")),
        site_file(
            "vocabulary/organisaties.yml",
            "site: https://dorpen.example/",
            f"{HERE}site: http://dorpen.example/",
        ),
        site_file(
            "vocabulary/organisaties.yml",
            "register: https://register",
            f"{HERE}register: www.register",
        ),
    ),
    "geen-instrument": (head(f"{HERE}instrumenten: [kaart, dag]"),),
    "geen-lijst": (
        head(f"{HERE}bronnen:\n  -titel: Nota\n  -url: https://a.nl/"),
        head(f"{HERE}gemeente: Polderstad"),
        head(f"{HERE}gemeente: Polderstad, Duinrecht"),
        head(f"{HERE}gemeente: Brink, Brug en Broek, Polderstad"),
        head(f"{HERE}trefwoorden: wijk; buurt"),
        head(f"{HERE}trefwoorden: wonen, zorg en welzijn"),
        head(f"{HERE}trefwoorden: (wijk, buurt)"),
        head(f"{HERE}trefwoorden:\n  • wijk\n  • buurt"),
        head(f"{HERE}trefwoorden:\n  1. wijk\n  2. buurt"),
        head(f"{HERE}gemeente: polderstad, Duinrect"),
        head(f"{HERE}gemeente: alle"),
        head(f"{HERE}oude_adressen: praktijken/oud"),
        head(f"{HERE}bronnen: {{titel: Nota}}"),
    ),
    "geen-vraag": (head(f"{HERE}vragen: [Wat is het, Hoe gaat het?]"),),
    "bron-zonder-adres": (head(f"{HERE}bronnen: [{{titel: Nota}}]"),),
    "vragen-ontbreken": (head(f"{HERE}vragen: [Wat is het?]"),),
    "geen-mailadres": (
        *(
            head(f"{HERE}contact: {{naam: de griffie, mail: {typed}}}")
            for typed in (
                "de griffie",
                "mailto:griffie@a.nl",
                "<griffie@a.nl>",
                "griffie(at)a.nl",
                "Griffie <griffie@a.nl>",
                "griffie@a.nl raad@a.nl",
                "griffie@a",
            )
        ),
        site_file(
            "vocabulary/organisaties.yml",
            "mailbox: info@dorpen.example",
            f"{HERE}mailbox: mailto:info@dorpen.example",
        ),
    ),
    "geen-wetsadres": (
        *(
            head(law(typed))
            for typed in (
                "https://www.wetten.overheid.nl/BWBR0005416",
                "https://Wetten.Overheid.nl/BWBR0005416",
                "https://wetten.overheid.nl",
                "https://wetten.overheid.nl.elders.example/BWBR0005416",
                "https://zoek.officielebekendmakingen.nl/stb-1992-96.html",
            )
        ),
    ),
    "geen-tekst": (head(f"{HERE}titel: [Proef]"), event(f"{HERE}plaats: {{het dorpshuis}}")),
    "geen-utf-8": (
        beside(
            "practices/a.md",
            page("practices/a.md").replace("Kort", "Kórt").encode("latin-1"),
            "practices/a.md:3",
        ),
    ),
    "html-in-tekst": (
        body(f"{HERE}<b>vet</b>".replace("<b>vet</b>", "<b>vet")),
        body(f"{HERE}<!-- later -->"),
    ),
    "html-in-veld": (
        head(f"{HERE}titel: Raad &amp; daad in caf&eacute;s"),
        head(f"{HERE}titel: <b>Proef</b>"),
        head(f"{HERE}contact: a &amp; b"),
    ),
    "instrument-ongebruikt": (
        beside("instruments/los.md", page("instruments/kaart.md"), "instruments/los.md:2"),
    ),
    "jaar-ontbreekt": (
        head(f"{HERE}periode: {{van: maart}}"),
        head(f"{HERE}periode: {{van: 2019, tot: heden}}"),
        head(f"periode:\n  van: 2019\n{HERE}  tot: nu"),
        *(
            head(f"{HERE}datum: {typed}")
            for typed in ("maandag 30 november", "30 nov.", "30-11", "november 30")
        ),
        event(f"{HERE}begin: ma 30 nov 19:30"),
    ),
    "kolommen-kloppen-niet": (
        site_file("vocabulary/gemeenten.csv", FIRST_ROW, f"{FIRST_ROW}\n{HERE}GM9999,Weg"),
    ),
    "kop-niet-afgesloten": (
        file("practices/a.md", page("practices/a.md").replace("\n---\n", f"\n{HERE}...\n")),
        Mistake(
            {"practices/a.md": page("practices/a.md").replace("\n---\n", "\n", 1)},
            ("practices/a.md:1",),
        ),
        file("practices/a.md", page("practices/a.md").replace("\n---\n", f"\n{HERE}—\n", 1)),
    ),
    "kop-niveau-1": (body(f"{HERE}# Kop\n\nTekst."), body(f"{HERE}Kop\n===\n\nTekst.")),
    "kop-ontbreekt": (
        file("practices/a.md", HERE + " " + page("practices/a.md")),
        file("practices/a.md", f"{HERE}```yaml\n{page('practices/a.md')}```\n"),
        beside("practices/a.md", page("practices/a.md").removeprefix("---\n")),
        beside("practices/a.md", page("practices/a.md").replace("---", "–", 1)),
        beside("practices/a.md", "\n\n" + page("practices/a.md")),
        beside("practices/a.md", "Alleen tekst.\n"),
    ),
    "kop-zonder-inhoud": (body(f"{HERE}## Een\n\n## Twee\n\nTekst."), body(f"{HERE}## Een")),
    "kop-zonder-velden": (beside("practices/a.md", "---\nAlleen tekst\n---\n"),),
    "kopniveau-overgeslagen": (body(f"## Een\n\nTekst.\n\n{HERE}#### Twee\n\nTekst."),),
    "kopregel-klopt-niet": (
        beside("vocabulary/gemeenten.csv", MUNICIPALITIES.replace(",", ";")),
        beside("vocabulary/gemeenten.csv", MUNICIPALITIES.replace("inwoners", "aantal", 1)),
    ),
    "lang-niet-gecontroleerd": (head(f"{HERE}datum: 2020-01-01"),),
    "leeg-bestand": (beside("practices/a.md", ""), beside("practices/a.md", "\n\n")),
    "lessen-ontbreken": (
        file(
            "practices/a.md",
            page("practices/a.md", text="Tekst.\n").replace("titel", f"{HERE}titel", 1),
        ),
    ),
    "lijdende-zin": (body(f"{HERE}Er wordt door de raad besloten."),),
    "link-klopt-niet": (
        body(f"{HERE}Zie [de nota](https://a.nl/een plan.pdf)."),
        body(f"## Wat is het\n\n{HERE}Zie [hier](#wat is het)."),
    ),
    "link-naar-niets": (
        body(f"{HERE}[praktijk](a.md)"),
        body(f"{HERE}[praktijk](../practices/A.md)"),
        body(f"{HERE}[site](www.a.nl)"),
        body(f"{HERE}[mail](griffie@a.nl)"),
        body(f"{HERE}[niets]()"),
        body(f"{HERE}[weg](../practices/qqqq.md)"),
    ),
    "meer-waarden": (
        head(f"{HERE}trefwoorden: [begroting; wijk]"),
        head(f"{HERE}trefwoorden: [begroting | wijk, raad]"),
        head(f"{HERE}vragen: [Wat is het?; Wat kost het?]"),
        *(
            head(f"{HERE}periode: {{{typed}}}")
            for typed in (
                "van: 2018-2019",
                "van: 2018-19",
                "tot: maart 2018 tot juni 2019",
                "van: 2018-03 t/m 2019-06-30",
                "van: sinds 2018 tot heden",
                "van: 2018-2019, tot: 2020",
            )
        ),
        head(f"periode:\n{HERE}  van: 2018-2019"),
    ),
    "moeilijk-woord": (body(f"{HERE}Dat is {HARD}."),),
    "moeilijke-tekst": (
        file(
            "instruments/kaart.md",
            page(
                "instruments/kaart.md",
                text=f"{HERE}{'Verantwoordingsinformatie beïnvloedt processen. ' * 20}\n",
            ),
        ),
    ),
    **{
        f"onbekend-{field}": (head(f"{HERE}{field}: [{ODD_NAMES[field]}]"),)
        for field in (
            "aandachtsveld",
            "doelgroep",
            "gemeente",
            "organisatie",
            "pijler",
            "provincie",
        )
    },
    "onbekend-soort": (head(f"{HERE}soort: buurtproeff"), head(f"{HERE}soort: qqqq")),
    "onbekend-veld": (
        head(f"{HERE}tags: [wijk]"),
        head(f"periode: {HERE}{{sinds: 2019}}"),
        head(source(link="https://a.nl/b")),
        head(f"{HERE}layout: post"),
        head(f"{HERE}contat: de griffie"),
        head(f"{HERE}title: Proef").without("titel"),
        head(f"{HERE}date: 2026-03-09").without("datum"),
        head(f"{HERE}gemeentes: [Polderstad]").without("gemeente"),
        head(f"{HERE}Titel: Proef"),
        head(f"{HERE}template: x"),
        head(figure(datum="2024")),
        head(source(titel="Nota, deel 2")),
        head(f"{HERE}periode: {{begin: 2018, van: 2018}}"),
    ),
    "onbekende-pagina": (
        head(f"{HERE}instrumenten: [kaartt]"),
        head(f"{HERE}gerelateerd: [qqqq]"),
    ),
    "onbekende-waarde": (
        head(f"{HERE}trefwoorden: [“een”]"),
        head(f"{HERE}status: Lopend"),
        head(f"{HERE}status: afgrond"),
        head(f"{HERE}concept: false"),
        head(f"trefwoorden:\n{HERE}  - wijk,\n  - buurt"),
        head(figure(vergelijking="meer dan")),
    ),
    "ongeldig-adres": (
        head(f"{HERE}oude_adressen: [praktijken/oud]"),
        head(f"{HERE}oude_adressen: [https://a.nl/kp/praktijken/oud/]"),
        head(f"{HERE}oude_adressen: [/Oud x/]"),
    ),
    "ongeldige-datum": (
        *(
            head(f"{HERE}datum: {typed}")
            for typed in (
                "9-3-2026",
                "9 maart 2026",
                "2026-24-02",
                "2026-02-30",
                "9-3-26",
                "gisteren",
            )
        ),
        *(
            event(f"{HERE}begin: {typed}")
            for typed in (
                "2026-03-09 24:00",
                "2026-03-09T18:30:00.000Z",
                "9-3-2026 19.30 uur",
                "2026-03-09 25:00",
            )
        ),
    ),
    "ongeldige-slug": (
        head(f"{HERE}instrumenten: [Kaart.md]"),
        head(f"{HERE}gerelateerd: [../events/dag.md]"),
    ),
    "ongeldige-waarde": (site_file("vocabulary/gemeenten.csv", FIRST_ROW[:6], f"{HERE}XX0001"),),
    "ongeldige-yaml": (
        head(f"{HERE}titel: **Vet** plan"),
        head(f"{HERE}titel: [Tekst](https://a.nl/b) en meer"),
        head(f"trefwoorden:\n{HERE}  * een\n  * twee"),
        head(f"{HERE}samenvatting: |\nEen korte uitleg."),
        head(figure(waarde=">50")),
        head(figure(waarde=">= 1.000")),
        head(
            f"cijfers:\n  - naam: Deel\n{HERE}    waarde: > 50\n    eenheid: raden\n    peildatum: "
            "2024\n    bron: nota"
        ),
        head(f"{HERE}periode: {{van: '19, tot: '21}}"),
        head(f"periode:\n{HERE}  van: '19\n  tot: '21"),
        head(f"bronnen:\n{HERE}  -titel: Nota\n   url: https://a.nl/\n   uitgever: De raad"),
        *(
            head(f"{HERE}contact: {typed}")
            for typed in (
                "@griffie",
                "% van",
                "`griffie`",
                "*griffie*",
                "- griffie",
                "> 5 keer",
                "[de] griffie",
                '"griffie',
                "'de' griffie",
                '"de" raad',
            )
        ),
        head(f"{HERE}gemeente:[Polderstad]"),
        head(f"{HERE}gemeente: [Polderstad, Duinrecht"),
        head(f"{HERE}gemeente: - Polderstad"),
        head(f"{HERE}trefwoorden: [a, b\n  c"),
        head(f"{HERE}trefwoorden: [@thuis, `x`]"),
        head(f"{HERE}periode: {{van: 2018, tot: 2019"),
        head(f"periode:\n  van: 2018\n{HERE}   tot: 2019"),
        head(f"bronnen:\n{HERE}  - {{titel: A, kop: x\n  - {{titel: B}}"),
        head(f"{HERE}contact de griffie"),
        head(f"{HERE}  contact: de griffie"),
        head(f"{HERE}...\ncontact: de griffie"),
        *(
            head(f"{HERE}{typed} de griffie")
            for typed in ("*contact*:", "**contact:**", "contact；", "contact：")
        ),
        head(f"contact: de griffie\n{HERE}van de raad"),
        head(f'{HERE}contact: "De "beste" griffie"'),
        head(f"{HERE}trefwoorden: [, wijk,, buurt]"),
        head(f"{HERE}trefwoorden: - wijk - buurt"),
        head(f"trefwoorden:\n  - wijk\n{HERE} - buurt\n - dorp"),
        head(f"trefwoorden:\n  - wijk\n{HERE}    - buurt\n    - dorp"),
        head(f"wetten:\n  - titel: Gemeentewet\n{HERE}  url: {LAW}"),
        head(f"bronnen:\n  - titel: Nota\n{HERE}  kop: x\n  uitgever: y\n  url: https://a.nl"),
        head(f"bronnen:\n{HERE}  - [Nota over de wijk](https://a.nl/nota)"),
        head(f'{HERE}contact: "C:\\map"'),
        *(
            head(f"wetten:\n{HERE}  {sign} titel: Gemeentewet\n{' ' * len(sign)}   url: {LAW}")
            for sign in ("*", "•", "1.")
        ),
        head(figure(vergelijking=">")),
        head(f"{HERE}periode: {{van: 2018; tot: 2019}}"),
    ),
    "onveilig-adres": (
        *(
            body(f"Tekst\n{HERE}{typed}")
            for typed in (
                "[a](http://a.nl/x)",
                "<http://a.nl>",
                "Zie http://www.a.nl/x.",
                "[bel](tel:14030)",
                "<tel:14030>",
                "[a](//a.nl)",
                "[a](javascript:alert)",
                "[a](https:/a.nl)",
            )
        ),
        Mistake(
            {
                "instruments/kaart.md": page(
                    "instruments/kaart.md", text="[a][1]\n\n[1]: ftp://a.nl\n"
                )
            },
            ("instruments/kaart.md:9",),
        ),
    ),
    "onzichtbaar-teken": (
        head(f"{HERE}titel:\u00a0Proef"),
        head(f"{HERE}titel: Pro\u202eef"),
        head(f"{HERE}titel: Pro\u200eef"),
        head(f'{HERE}titel: "Pro\\u202Eef"'),
        body(f"{HERE}\uf0b7 een"),
        body(f"{HERE}\uf0b7\teen\n\uf0a7 twee\n  \uf0d8drie"),
        body(f"{HERE}een &#x202E;woord"),
    ),
    "opmaak-in-veld": (
        head(f"{HERE}titel: Een **vette** titel"),
        # Which is advice, and waits for a page without errors.
        file("practices/a.md", page("practices/a.md", f"{HERE}titel: Een *schuin* plan")),
        head(f"{HERE}samenvatting: Een [link](https://a.nl/b) erin."),
        head(f'{HERE}contact: "## De griffie"'),
    ),
    "pagina-zonder-tekst": (
        Mistake(
            {"instruments/kaart.md": page("instruments/kaart.md", text="")},
            ("instruments/kaart.md:2",),
        ),
    ),
    "periode-leeg": (head(f"{HERE}periode: {{van: , tot: }}"),),
    "noot-ongebruikt": (body(f"{HERE}[^1]: Een noot."),),
    "opmaak-blijft-staan": (
        Mistake(
            {
                "afbeeldingen/bonen.png": (SITE / "afbeeldingen/bonen.png").read_bytes(),
                "instruments/kaart.md": page(
                    "instruments/kaart.md", text="! [Bonen](../afbeeldingen/bonen.png)\n"
                ),
            },
            ("instruments/kaart.md:9",),
        ),
        body(f"Zin[^1].\n\n{HERE}[^1] De noot."),
        body(f"Zin.\n\n{HERE}^[1] De noot."),
        body(f"eerst:\n{HERE}• een • twee"),
        body(f"Term\n{HERE}:uitleg"),
        body(f"- een\n{HERE}  o twee"),
        body(f"{HERE}Zie Fout! Verwijzingsbron niet gevonden. hier."),
        body(f"{HERE}**Error! Bookmark not defined.** en meer."),
        *(body(f"{HERE}{bullet}een") for bullet in ("o\t", "Ø\t", "–\t")),
        body(f"1. een\n{HERE}   a. twee\n   b. drie"),
        body(f"{HERE}> • een\n> • twee"),
        body(f"| a |\n| --- |\n\n{HERE}| 1 |"),
        *(
            body(f"{HERE}{typed}")
            for typed in (
                "##Kop",
                "##\u00a0Kop",
                "• een\n• twee",
                "-\u00a0een",
                "[x] (https://a.nl)",
                "(x)[https://a.nl]",
                "==een== en twee",
                "== Kop",
                "| regel een\n| regel twee",
                "[~jdevries] kijk",
                "[a]Opmerking van Jan",
                "Een zin. ^abc123",
                "———",
                "1️⃣ een\n2️⃣ twee",
                "<https://a.nl/een/\ntwee>",
                "{panel:title=Let op}\nHet is zo.\n{panel}",
                "{tip:Begin klein}\nHet is zo.\nEn zo.\n{tip}",
                "{expand}\nHet is zo.\n{expand}",
                "{code:java}\nint x;\n{code}",
                "{{% notice note %}}\nHet is zo.\n{{% /notice %}}",
                "%%\ngeheim\n%%",
                '[[{"fid":"1"}]]',
                '[caption id="a"]Een foto[/caption]',
                "[embed]https://youtu.be/abc[/embed]",
                "Het is zo citeturn0search1.",
                r"Dat \( a + b = c \) klopt.",
                "\\[\na + b\n\\]",
                "[^a b]",
                "| a | b |\n| 1 | 2 |",
                "a\tb\n1\t2",
                "[[kaart]]",
                "**vet **x",
                "[^1]",
                ":material-home:",
                "##\u2009Kop",
                "○ een\n○ twee",
                "● een\n    ○ twee",
                "ü een\nü twee",
                "A\t\nB\t2",
                "A;1\nB;2",
                "Naam     Aantal\nA        1",
                "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+",
                "| a | b |\n| === | === |\n| 1 | 2 |",
                "||a||b||\n|1|2|",
                "[x]{https://a.nl}",
                "(x)(https://a.nl)",
                "[x]\n(https://a.nl)",
                "Zie [https://a.nl].",
                "Zie HTTPS://A.nl/x.",
                "Www.a.nl/x is er.",
                "[ ] een taak",
                "-[ ] een taak",
                "1.1 een\n1.2 twee",
                "´´´",
                "#Kop van de tekst",
                "Dit is ~~half",
                "Dat is *schuin *.",
                "| --- | --- |\n| a | b |",
                "Dat is zo【4†L1-L9】.",
                "Dat is zo :contentReference[oaicite:0]{index=0}.",
                "[cid:image001.png@01D9]",
                "Tekst<o:p>&nbsp;</o:p>",
            )
        ),
    ),
    "opmaak-onbedoeld": tuple(
        body(typed)
        for typed in (
            f"{HERE}Dit is een zin.\n---",
            f"{HERE}2019. Toen begon het.",
            f"{HERE}2019. Toen\n2020. Later",
            f"{HERE}    vier spaties",
            f"{HERE}```\ncode",
            f"{HERE}5*4*3",
            f"{HERE}!!! tip",
            f"{HERE}!!!tip",
            f"{HERE}---\ntitel: Nog een\ndatum: 2026-03-09\n---",
            f"{HERE}:::tip\nTekst",
            f"| a |\n| --- |\n| 1 |\n{HERE}Tekst zonder lege regel",
            f"{HERE}De raad besloot dit\n---\n\nTekst.",
            f"{HERE}Een 7 (**) en een 8 (***).",
            f"Een zin[^1].\n\n[^1]: Besluit.\n{HERE}[^1]: Verslag.",
            f"{HERE}!!! tip\n  Tekst in het kader.",
            f"{HERE}!!! Let op !!!",
            f"{HERE}**Geen kop**\n\nTekst.",
            f"{HERE}---\nlayout: post\n---",
        )
    ),
    "persoonlijk-contact": (
        body(f"{HERE}Mail jan.jansen@a.nl."),
        head(f"{HERE}contact: {{naam: de griffie, mail: jan.jansen@a.nl}}"),
    ),
    "plaats-ontbreekt": (
        Mistake(
            {"practices/a.md": page("practices/a.md").replace("gemeente: [Polderstad]\n", "")},
            ("practices/a.md:2",),
        ),
    ),
    "regel-te-lang": (body(f"{HERE}{'woord ' * 900}"),),
    "regeleinde-in-veld": (head(f"{HERE}titel: |\n  Een\n  titel"),),
    "samenvatting-lang": (head(f"{HERE}samenvatting: {'Een woord erbij. ' * 14}"),),
    "samenvoegconflict": (body(f"{HERE}<<<<<<< mijn\n{HERE}=======\n{HERE}>>>>>>> uw"),),
    "symbolische-koppeling": (
        beside("practices/koppeling.md", lambda file: file.symlink_to("a.md")),
    ),
    "tab": (
        head(f"gemeente:\n{HERE}\t- Polderstad\n\t- Duinrecht"),
        head(f"periode:\n{HERE}\tvan: 2018"),
    ),
    "tekst-na-hekje": (
        head(f"{HERE}status: lopend # nog even"),
        head(f"{HERE}datum: 2026-03-09 # vandaag"),
        head(f"{HERE}titel: Proef #1"),
        head(f"{HERE}contact: #griffie"),
    ),
    "te-diep": (head(f"{HERE}contact: [[[[[[[x]]]]]]]"), body(f"{HERE}{'>' * 13} x")),
    "te-kort": (
        head(f"{HERE}vragen: [Hoe?, Wat kost het?]"),
        head(f"{HERE}vragen: [Wat is het?, 'Wie, wat en waar?', Hoe, en met wie?]"),
    ),
    "te-lang": (
        head(f"{HERE}titel: {'Een lange titel ' * 8}"),
        head(f"{HERE}trefwoorden: [{'w' * 61}]"),
    ),
    "te-veel-cellen": (body(f"| a |\n| --- |\n{HERE}| 1 | 2 |"),),
    "te-veel-opmaak": (body(f"{HERE}{'[' * 600}"),),
    "te-veel-waarden": (head(f"{HERE}trefwoorden: [{', '.join(f'w{n}' for n in range(50))}]"),),
    "veld-leeg": (head(f'{HERE}samenvatting: ""'), head(f'{HERE}contact: ""')),
    "veld-ontbreekt": (
        Mistake(
            {"practices/a.md": page("practices/a.md").replace("titel: Proef\n", "")},
            ("practices/a.md:2",),
        ),
        head(f"bronnen:\n  - {HERE}{{kop: Inleiding}}"),
    ),
    "verwijst-naar-concept": (
        Mistake(
            {
                "events/dag.md": page("events/dag.md", "concept: ja"),
                "practices/a.md": page("practices/a.md", "gerelateerd: [dag]"),
            },
            ("practices/a.md:10",),
        ),
    ),
    "verwijst-naar-zichzelf": (head(f"{HERE}gerelateerd: [a]"),),
    "vreemd-bestand": (
        beside("afbeeldingen/zaal.gif", b"GIF89a"),
        beside("documenten/lijst.tsv", "a\tb\n"),
        beside("practices/nota.txt", "x"),
        beside("los.html", "x"),
    ),
    "vreemde-map": (beside("practices/map/a-b.md", "x"),),
    "yaml-anker": (head(f"{HERE}contact: &a x"),),
    "yaml-tag": (head(f"{HERE}contact: !!str x"),),
    "zelfde-adres": (
        Mistake(
            {
                "practices/a.md": page("practices/a.md", "trefwoorden: [18+]"),
                "instruments/kaart.md": page("instruments/kaart.md", "trefwoorden: [18-]"),
            },
            ("instruments/kaart.md:7",),
        ),
    ),
    "zin-lang": (body(f"{HERE}{LONG}"),),
    "zonder-tekst": (
        body(f"{HERE}[](https://a.nl)"),
        body(f"{HERE}##\n\nTekst."),
        head(f"{HERE}trefwoorden: ['***']"),
    ),
}


MADE = [(code, mistake) for code, mistakes in MISTAKES.items() for mistake in mistakes]


def lay_out(content: Path, files: Mapping[str, Content]) -> Path:
    sound: dict[str, Content] = {path: page(path) for path in FIELDS}
    if any(path.startswith("vocabulary/") for path in files):
        copytree(SITE / "vocabulary", content / "vocabulary")
    for path, text in (sound | dict(files)).items():
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            target.unlink()
        elif callable(text):
            text(target)
        else:
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return content


def judged(content: Path) -> list[Finding]:
    """Give all findings and all advice, with the paths that a mistake has."""
    library = load_library(content, "c", SITE)
    return sorted({*library.findings, *advise(library, "c", TODAY)})


def test_every_code_has_a_way_to_make_its_mistake() -> None:
    assert MISTAKES.keys() == CODES.keys()
    made = {at.split()[1] for _, m in MADE for at in m.at if " " in at}
    assert [code for code, mistakes in MISTAKES.items() if not mistakes] == sorted(made)


def test_the_folder_is_sound_without_a_mistake(tmp_path: Path) -> None:
    assert judged(lay_out(tmp_path / "c", {})) == []


@pytest.mark.parametrize(("code", "mistake"), MADE, ids=[code for code, _ in MADE])
def test_a_mistake_is_told_once_and_its_repair_leaves_nothing(
    code: str, mistake: Mistake, tmp_path: Path
) -> None:
    content = lay_out(tmp_path / "c", mistake.files)
    found = judged(content)
    told = [(finding.path.removeprefix("c/"), finding.line, finding.code) for finding in found]
    assert [f"{path}:{line} {named}" for path, line, named in told] == [
        at if " " in at else f"{at} {code}" for at in mistake.at
    ], "\n".join(map(str, found))
    for finding in found:
        if finding.fix:
            file = tmp_path / finding.path
            text, done = applied(file.read_bytes().decode(), [finding.fix])
            assert done == [finding.fix]
            file.write_bytes(text.encode())
            left = [f for f in judged(content) if f.severity == finding.severity]
            assert [str(f) for f in left] == [], finding
        else:
            assert "Bedoeld: " not in finding.repair or finding.severity == "let op", finding


IN_ONE_HEAD = [
    (code, mistake.lines)
    for code, mistakes in MISTAKES.items()
    for mistake in mistakes
    if mistake.lines
    and not CODES[code].startswith("Advies")
    and mistake.at[0].startswith("practices/")
    # Where these end, nobody can tell.
    and mistake.lines.count('"') % 2 == 0
    and not mistake.lines.startswith(f"{HERE} ")
]


def name_of(lines: str) -> str:
    found = re.search(r"\w+", lines)
    assert found
    return found[0]


@part_of_the_examples(0.1)
@given(
    st.lists(
        st.sampled_from(IN_ONE_HEAD),
        min_size=2,
        max_size=4,
        # All tabs of a head are one mistake.
        unique_by=(lambda one: name_of(one[1]), lambda one: one[0] if one[0] == "tab" else one[1]),
    )
)
def test_no_mistake_hides_another(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str]]
) -> None:
    text = page("practices/a.md", "\n".join(lines for _, lines in made), f"{HERE}##Kop\n\n{TEXT}")
    places = [n for n, line in enumerate(text.split("\n"), 1) if HERE in line]
    codes = [*(code for code, _ in made), "opmaak-blijft-staan"]
    content = lay_out(
        tmp_path_factory.mktemp("samen") / "c", {"practices/a.md": text.replace(HERE, "")}
    )
    found = [f for f in judged(content) if f.severity == "fout"]
    assert [(f.line, f.code) for f in found] == list(zip(places, codes, strict=True))


def misspelt() -> Iterator[tuple[str, str]]:
    """Give every field of every group with a letter too many, each as a field of a page."""
    for field, model in NESTED.items():
        sound = {"gemeente": "Duinrecht", "vergelijking": "ca"}
        sound |= {
            n: str(info.examples[0]) for n, info in model.model_fields.items() if info.examples
        }
        group = {name: sound[name] for name in model.model_fields if name != "bestand"}
        for wrong in group:
            typed = {n + n[-1] * (n == wrong): value for n, value in group.items()}
            yield field, f"{field}: {write_value([typed] if field in LISTS else typed)}"


def test_a_misspelt_field_of_a_group_is_one_mistake(tmp_path: Path) -> None:
    pages = {f"practices/p{n}.md": lines for n, (_, lines) in enumerate(misspelt())}
    content = lay_out(
        tmp_path / "c", {path: page("practices/a.md", lines) for path, lines in pages.items()}
    )
    found = [f for f in judged(content) if f.severity == "fout"]
    assert sorted((f.path, f.code) for f in found) == sorted(
        (f"c/{path}", "onbekend-veld") for path in pages
    ), "\n".join(map(str, found))
    for finding in found:
        assert finding.fix
        file = tmp_path / finding.path
        file.write_text(applied(file.read_text(), [finding.fix])[0])
    left = {finding.code for finding in judged(content) if finding.severity == "fout"}
    assert left <= {"beeld-ontbreekt"}  # of which the text has none
