"""What is wrong with the content, as data: collected everywhere, printed only at the edge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kennisplatform.model.head import write_value
from kennisplatform.model.text import in_words, visible

Severity = Literal["fout", "let op"]

YEARS_UNCHECKED = 2
"""Years of 365 days after which a page asks to be checked again."""
CODES = {
    "aandachtsveld-ontbreekt": "In de zelfscan heeft een van de aandachtsvelden geen stellingen.",
    "aantal-klopt-niet": "In de zelfscan staan er te veel of te weinig.",
    "adres-met-omweg": "Een adres leidt via een bedrijf dat ziet wie de link volgt.",
    "adres-verdwenen": "Een adres van de vorige versie van de site leidt nergens meer heen.",
    "ander-adres": "De tekst van een link noemt een ander adres dan waar de link heen leidt.",
    "anker-ontbreekt": "Een link wijst naar een kop die niet op die pagina staat.",
    "beeld-ontbreekt": "Een afbeelding staat niet in content/afbeeldingen/, of niet in de tekst.",
    "beeld-onbruikbaar": "Een afbeelding is geen goede png, jpg, webp of heic, of is te groot.",
    "beeld-van-buiten": (
        "Een afbeelding staat op een andere site. Bezoekers zouden dan gevolgd kunnen worden."
    ),
    "beeld-zonder-tekst": "Een afbeelding heeft geen beschrijving voor wie haar niet kan zien.",
    "bestand-invoegen": "De tekst probeert een ander bestand in te voegen.",
    "bestand-of-url": "Een document noemt een bestand of een adres: een van de twee.",
    "bestand-ontbreekt": "Een bestand met namen of gegevens is weg.",
    "bestand-onleesbaar": "Het bestand kan niet worden gelezen, of is geen gewoon bestand.",
    "bestand-te-groot": "Het bestand is groter dan het mag zijn.",
    "bestandsnaam": "De bestandsnaam kan geen adres worden, of de site gebruikt die naam zelf.",
    "burgerservicenummer": "Er staat een nummer dat een burgerservicenummer kan zijn.",
    "bron-zonder-adres": "Advies: bij een bron staat geen adres.",
    "cijfers-leeg": "Advies: in de tekst staat een getal, maar het veld cijfers is leeg.",
    "dag-te-ver-vooruit": "Advies: een dag waarop iemand keek, moet nog lang komen.",
    "document-gegevens": "Advies: in een document staan nog namen van wie eraan werkten.",
    "document-niet-genoemd": "De tekst verwijst naar een document dat niet bij documenten staat.",
    "document-onbruikbaar": "Een document is stuk, of er zit iets in dat niet mag.",
    "document-ongebruikt": "Advies: geen pagina noemt dit document.",
    "document-ontbreekt": "Een document staat niet in content/documenten/.",
    "document-ontoegankelijk": "Advies: niet iedereen kan deze pdf lezen.",
    "document-zonder-rechten": "Advies: er staat niet van wie een document is.",
    "dubbel-veld": "Hetzelfde veld staat twee keer in de kop.",
    "dubbele-punt": "Een dubbele punt in de tekst maakt de kop onleesbaar.",
    "dubbele-waarde": "Dezelfde waarde staat twee keer in een lijst.",
    "eigen-attribuut": "Tussen accolades staat een eigen attribuut of id.",
    "einde-voor-begin": (
        "Het einde ligt voor het begin, of het hoogste getal is lager dan het laagste."
    ),
    "geen-getal": "Hier hoort een getal.",
    "geen-groep": "Hier hoort een groep velden.",
    "geen-https-adres": "Een adres moet met https:// beginnen.",
    "geen-instrument": "Bij instrumenten staat een pagina uit een andere map.",
    "geen-lijst": "Hier hoort een lijst, ook als er maar één waarde is.",
    "geen-mailadres": "Dit is geen mailadres.",
    "geen-tekst": "Hier hoort gewone tekst.",
    "geen-utf-8": "Het bestand is opgeslagen in een andere codering dan UTF-8.",
    "geen-vraag": "Een vraag eindigt niet met een vraagteken.",
    "geen-wetsadres": "Dit is geen adres van een wet op wetten.overheid.nl.",
    "html-in-tekst": "In de tekst staat HTML.",
    "html-in-veld": "In een veld staat HTML.",
    "instrument-ongebruikt": "Advies: nog geen praktijk noemt dit instrument.",
    "jaar-ontbreekt": "Een tijd noemt geen jaar.",
    "kolommen-kloppen-niet": "Een regel van een CSV-bestand heeft te veel of te weinig kolommen.",
    "kop-niet-afgesloten": "Onder de velden ontbreekt de regel met ---.",
    "kop-niveau-1": "In de tekst staat een kop van niveau 1.",
    "kop-ontbreekt": "De pagina begint niet met ---.",
    "kop-zonder-inhoud": "Advies: onder een kop staat geen tekst.",
    "kop-zonder-velden": "In de kop staan geen velden.",
    "kopniveau-overgeslagen": "Advies: een kop slaat een niveau over.",
    "kopregel-klopt-niet": "De eerste regel van een CSV-bestand is veranderd.",
    "lang-niet-gecontroleerd": (
        f"Advies: de pagina is langer dan {in_words(YEARS_UNCHECKED)} jaar niet gecontroleerd."
    ),
    "leeg-bestand": "Het bestand is leeg.",
    "lessen-ontbreken": "Advies: bij een praktijk staat niet wat anderen ervan kunnen leren.",
    "lijdende-zin": "Advies: een zin zegt niet wie iets doet.",
    "link-klopt-niet": "Een link of afbeelding is zo geschreven dat zij tekst blijft.",
    "link-naar-niets": "Een link wijst naar een bestand dat er niet is.",
    "meer-waarden": "Eén waarde lijkt er meer te zijn.",
    "moeilijk-woord": "Advies: een woord is moeilijk; er is een gewoner woord.",
    "moeilijke-tekst": "Advies: de tekst leest moeilijk.",
    "onbekend-aandachtsveld": "Dit aandachtsveld staat niet in de lijst.",
    "onbekend-doelgroep": "Deze doelgroep staat niet in de lijst.",
    "onbekend-gemeente": "Deze gemeente bestaat niet, of is anders geschreven.",
    "onbekend-organisatie": "Deze organisatie staat niet in de lijst.",
    "onbekend-pijler": "Deze pijler staat niet in de lijst.",
    "onbekend-provincie": "Deze provincie bestaat niet.",
    "onbekend-soort": "Deze soort hoort niet bij deze map.",
    "onbekend-veld": "Dit veld bestaat niet.",
    "onbekende-pagina": "Er is geen pagina met deze naam.",
    "onbekende-waarde": "Deze waarde mag hier niet.",
    "ongeldig-adres": "Dit is geen adres op deze site.",
    "ongeldige-datum": "Deze datum bestaat niet, of is anders geschreven dan jaar-maand-dag.",
    "ongeldige-slug": "Dit is geen naam van een pagina.",
    "ongeldige-waarde": "Een waarde in een lijst met namen is niet goed ingevuld.",
    "ongeldige-yaml": "De kop van de pagina is niet te lezen.",
    "onveilig-adres": "Een link heeft een adres dat niet mag.",
    "onzichtbaar-teken": "Er staat een teken dat u niet kunt zien.",
    "opmaak-in-veld": "In een veld staat opmaak, zoals ** of een link.",
    "pagina-zonder-tekst": "Advies: op een pagina staat geen tekst.",
    "periode-leeg": "Een periode heeft geen begin en geen einde.",
    "noot-ongebruikt": "Naar deze noot verwijst niets, en dan staat zij nergens op de pagina.",
    "opmaak-blijft-staan": "Een teken voor opmaak zou zo op de pagina staan, en niets opmaken.",
    "opmaak-onbedoeld": "Van de tekst zou iets anders worden dan er bedoeld lijkt.",
    "persoonlijk-contact": (
        "Advies: er staat een mailadres of telefoonnummer dat van een persoon lijkt."
    ),
    "plaats-ontbreekt": "Een praktijk noemt geen gemeente, provincie of organisatie.",
    "regel-te-lang": "Een regel is te lang.",
    "regeleinde-in-veld": "De tekst van een veld staat op meer regels.",
    "samenvatting-lang": "Advies: de samenvatting is lang.",
    "samenvoegconflict": "Er staan nog tekens van het samenvoegen van twee versies.",
    "symbolische-koppeling": "Het bestand is een verwijzing naar een ander bestand.",
    "tab": "In de kop staat een tab.",
    "tekst-na-hekje": "In de kop staat tekst achter een #. Die zou wegvallen.",
    "te-diep": "Velden, opsommingen of citaten zijn te diep genest.",
    "te-kort": "Een tekst is te kort.",
    "te-lang": "De tekst van een veld is te lang.",
    "te-veel-cellen": "Een regel van een tabel heeft meer vakken dan de kop.",
    "te-veel-opmaak": "Een stuk tekst heeft te veel regels, kolommen of tekens voor opmaak.",
    "te-veel-waarden": "In een lijst of in de hele kop staan te veel waarden.",
    "veld-leeg": "Een verplicht veld is leeg.",
    "veld-ontbreekt": "Een verplicht veld ontbreekt.",
    "verwijst-naar-concept": "Er is een verwijzing naar een pagina die nog een concept is.",
    "verwijst-naar-zichzelf": "Een pagina verwijst naar zichzelf.",
    "vragen-ontbreken": "Advies: er staan geen twee vragen waarop de pagina antwoord geeft.",
    "vreemd-bestand": "Dit bestand hoort niet in content/.",
    "vreemde-map": "In de mappen met pagina’s mogen geen mappen staan.",
    "yaml-anker": "In de kop staat een anker of een verwijzing (& of *).",
    "yaml-tag": "In de kop staat een YAML-tag.",
    "zelfde-adres": "Twee pagina’s of twee trefwoorden hebben hetzelfde adres.",
    "zin-lang": "Advies: een zin heeft meer dan 25 woorden.",
    "zonder-tekst": "Een link, een kop of een punt van een lijst heeft geen tekst.",
}
"""Every rule by its stable name, in the words of /bijdragen/velden/."""


MAX_NAME = 200
"""Characters of the longest name that is compared with others."""


@dataclass(frozen=True, order=True, slots=True)
class Fix:
    """A repair as data: what stands at one place of a file, and what to write there instead."""

    line: int
    """Line on which it begins, counted from 1."""
    column: int
    """Character of that line at which it begins, counted from 1 (Unicode code points)."""
    old: str
    """What stands there, with \\n where it goes on over lines; empty where something must come in.
    """
    new: str
    certain: bool = False
    """Whether the editor can have meant nothing else; only then scripts/fix writes it."""

    def __str__(self) -> str:
        """Word the repair as a person reads it."""
        return _bedoeld(self.new)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an editor most likely meant by a value, before it is known where in a file that
    stands.
    """

    value: Any
    """Text, or a list or dict of it."""
    certain: bool = False

    def __str__(self) -> str:
        """Word it as it must be written in front matter."""
        return _bedoeld(write_value(self.value))

    def in_text(self) -> str:
        """Word it as it must be written in the text of a page, where no sign needs quotes."""
        return f"Bedoeld: ‘{visible(on_one_line(str(self.value)))}’?"


def on_one_line(written: str) -> str:
    """Show what goes on over lines as a line of a message."""
    return written.replace("\n", " ↵ ")


def _bedoeld(written: str) -> str:
    shown = visible(on_one_line(written))
    if written[:1] in ("'", '"'):
        return f"Bedoeld: {shown}, met de aanhalingstekens?"
    return f"Bedoeld: ‘{shown}’?"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One remark on one place in one file, in words an editor can act on."""

    path: str
    """Path of the file as shown to the editor, relative to the folder the command runs in."""
    line: int
    """Line in that file, counted from 1; a finding about the file as a whole is on line 1."""
    code: str
    """Stable name of the rule, lower case with hyphens; documented on /bijdragen/velden/."""
    message: str
    """One plain Dutch sentence that names the value as it was typed."""
    repair: str = ""
    """The likely repair in words, or empty."""
    severity: Severity = "fout"
    fix: Fix | None = field(default=None, compare=False)
    """The same repair as data, where it is one; two findings that say the same are one."""

    def __str__(self) -> str:
        """Format as `path:line: fout: message` with the repair and the code on a second line."""
        repair = f"{self.repair}  " if self.repair else ""
        return (
            f"{self.path}:{self.line}: {self.severity}: {self.message}\n    {repair}[{self.code}]"
        )


def sentences(*parts: object) -> str:
    """Join the sentences of a repair, some of which may be missing."""
    return "  ".join(str(part) for part in parts if part)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the findings that block publication."""
    return [f for f in findings if f.severity == "fout"]


def meant(value: str, known: Iterable[str]) -> Meant | None:
    """Give the known value an editor meant, or None when nothing is near.

    Certain is one with the same letters and digits, when there is one only: then just capitals,
    accents, spaces, hyphens, quotes, commas or full stops differ.
    """
    choices = sorted(set(known))
    if (own := letters(value)) and len(same := [c for c in choices if letters(c) == own]) == 1:
        return Meant(same[0], certain=True)
    near = _nearest(value, choices)
    return Meant(near) if near else None


def now_named(name: str, names: Mapping[str, str]) -> Meant | None:
    """Give the present name of what has or had this name, else the nearest; `names` has the present
    one by each.
    """
    return Meant(names[name], certain=True) if name in names else meant(name, names.values())


@lru_cache(maxsize=4_096)
def letters(text: str) -> str:
    """Give what tells one name from another: without capitals, accents, spaces and most signs.

    Signs that may say something stay (Utrecht?).
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(
        r"[\s_.,'‘’‚‛`´\"“”„‐‑‒–—-]",
        "",
        "".join(sign for sign in folded if not unicodedata.combining(sign)),
    )


def _nearest(value: str, choices: list[str]) -> str | None:
    """Compare by optimal string alignment (one swap counts once) as a share of the longer word.

    At most a third may differ, without regard to case.
    """
    if len(value) > MAX_NAME:  # comparing takes as long as the product of the lengths
        return None
    found = process.extractOne(
        value.casefold(),
        [c.casefold() for c in choices],
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=0.66,
    )
    return choices[found[2]] if found else None


class Refused(Exception):
    """What was asked or set cannot be; says why in Dutch, to whoever asked it."""
