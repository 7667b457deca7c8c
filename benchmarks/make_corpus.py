#!/usr/bin/env python3
"""Write a reproducible corpus of invented Dutch practice pages, for measuring.

What benchmarks/run.py builds: N Markdown pages with YAML front matter. Plain
Python 3.11 standard library, no other input.

    make_corpus.py --pages N --out DIR [--seed S] [--platform]

Output (about 85 % practices, 15 % instruments)::

    DIR/index.md
    DIR/practices/<slug>.md
    DIR/instruments/<slug>.md

Front matter of each page: titel, samenvatting, aandachtsveld (1-3 of the 7),
pijler (1 of the 3), gemeente (1-3 real municipality names, Zipf-like), datum,
trefwoorden (3-6), instrumenten (0-3 slugs of pages in instruments/).
With --platform the pages follow the platform's own rules: pijler is a list, the
body starts at h2 (title and summary come from the front matter), contact is a
shared mailbox, and there is no index.md; the running text is the same.
Body: 400-700 words under the headings Aanleiding, Aanpak, Resultaat, Lessen
and Contact, with lists, sometimes a table, and 2-4 relative links.

The same N and seed give the same bytes on every machine: every page has its own
random stream, seeded by "<seed>:<page number>".  The text is composed, not
written: it is meant for timing and sizing, not for reading.  The words follow a
long tail (compounds such as "wijkbudgetplan" are built from two lists), because
a search index over a closed vocabulary would come out unrealistically small.
"""

from __future__ import annotations

import argparse
import datetime
import random
import shutil
import sys
import time
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

AANDACHTSVELDEN = (
    "Een krachtige gemeenteraad",
    "Toegeruste politieke ambtsdragers",
    "Beter betrokken inwoners",
    "Een responsieve ambtelijke organisatie",
    "Een krachtige lokale digitale democratie",
    "Een weerbaar lokaal bestuur",
    "Een vitale democratische gemeenschap",
)
PIJLERS = (
    "Instrumenten voor lokaal maatwerk",
    "Innovatietrajecten",
    "Leren van elkaar",
)

# Municipalities: the larger ones first, so that the Zipf weights fall on them.
GEMEENTEN = tuple(
    n.strip()
    for n in """
Amsterdam; Rotterdam; Den Haag; Utrecht; Eindhoven; Groningen; Tilburg; Almere; Breda; Nijmegen;
Apeldoorn; Arnhem; Haarlem; Haarlemmermeer; Enschede; Amersfoort; Zaanstad; Den Helder;
's-Hertogenbosch; Zwolle; Leiden; Zoetermeer; Leeuwarden; Ede; Maastricht; Dordrecht; Westland;
Alphen aan den Rijn; Alkmaar; Emmen; Delft; Venlo; Deventer; Helmond; Oss; Hilversum;
Sittard-Geleen; Súdwest-Fryslân; Heerlen; Amstelveen; Hengelo; Nissewaard; Purmerend; Roosendaal;
Schiedam; Lelystad; Eemsdelta; Het Hogeland; Midden-Groningen; Oldambt; Pekela; Stadskanaal;
Veendam; Westerkwartier; Westerwolde; Achtkarspelen; Ameland; Dantumadiel; De Fryske Marren;
Harlingen; Heerenveen; Noardeast-Fryslân; Ooststellingwerf; Opsterland; Schiermonnikoog;
Smallingerland; Terschelling; Tytsjerksteradiel; Vlieland; Waadhoeke; Weststellingwerf; Aa en Hunze;
Assen; Borger-Odoorn; Coevorden; De Wolden; Hoogeveen; Meppel; Midden-Drenthe; Noordenveld;
Tynaarlo; Westerveld; Almelo; Borne; Dalfsen; Dinkelland; Haaksbergen; Hardenberg; Hellendoorn;
Hof van Twente; Kampen; Losser; Oldenzaal; Olst-Wijhe; Ommen; Raalte; Rijssen-Holten; Staphorst;
Steenwijkerland; Tubbergen; Twenterand; Wierden; Zwartewaterland; Dronten; Noordoostpolder; Urk;
Zeewolde; Aalten; Barneveld; Berg en Dal; Berkelland; Beuningen; Bronckhorst; Brummen; Buren;
Culemborg; Doesburg; Doetinchem; Druten; Duiven; Elburg; Epe; Ermelo; Harderwijk; Hattem; Heerde;
Heumen; Lingewaard; Lochem; Maasdriel; Montferland; Neder-Betuwe; Nijkerk; Nunspeet; Oldebroek;
Oost Gelre; Oude IJsselstreek; Overbetuwe; Putten; Renkum; Rheden; Rozendaal; Scherpenzeel; Tiel;
Voorst; Wageningen; West Betuwe; West Maas en Waal; Westervoort; Wijchen; Winterswijk; Zaltbommel;
Zevenaar; Zutphen; Baarn; Bunnik; Bunschoten; De Bilt; De Ronde Venen; Eemnes; Houten; IJsselstein;
Leusden; Lopik; Montfoort; Nieuwegein; Oudewater; Renswoude; Rhenen; Soest; Stichtse Vecht;
Utrechtse Heuvelrug; Veenendaal; Vijfheerenlanden; Wijk bij Duurstede; Woerden; Woudenberg; Zeist;
Aalsmeer; Bergen (NH.); Beverwijk; Blaricum; Bloemendaal; Castricum; Diemen; Dijk en Waard;
Drechterland; Edam-Volendam; Enkhuizen; Gooise Meren; Heemskerk; Heemstede; Heiloo; Hollands Kroon;
Hoorn; Huizen; Koggenland; Landsmeer; Laren; Medemblik; Oostzaan; Opmeer; Ouder-Amstel; Schagen;
Stede Broec; Texel; Uitgeest; Uithoorn; Velsen; Waterland; Wijdemeren; Wormerland; Zandvoort;
Alblasserdam; Albrandswaard; Barendrecht; Bodegraven-Reeuwijk; Capelle aan den IJssel;
Goeree-Overflakkee; Gorinchem; Gouda; Hardinxveld-Giessendam; Hendrik-Ido-Ambacht; Hillegom;
Hoeksche Waard; Kaag en Braassem; Katwijk; Krimpen aan den IJssel; Krimpenerwaard; Lansingerland;
Leiderdorp; Leidschendam-Voorburg; Lisse; Maassluis; Midden-Delfland; Molenlanden; Nieuwkoop;
Noordwijk; Oegstgeest; Papendrecht; Pijnacker-Nootdorp; Ridderkerk; Rijswijk; Sliedrecht; Teylingen;
Vlaardingen; Voorne aan Zee; Voorschoten; Waddinxveen; Wassenaar; Zoeterwoude; Zuidplas;
Zwijndrecht; Borsele; Goes; Hulst; Kapelle; Middelburg; Noord-Beveland; Reimerswaal;
Schouwen-Duiveland; Sluis; Terneuzen; Tholen; Veere; Vlissingen; Alphen-Chaam; Altena; Asten;
Baarle-Nassau; Bergen op Zoom; Bergeijk; Bernheze; Best; Bladel; Boekel; Boxtel; Cranendonck;
Deurne; Dongen; Drimmelen; Eersel; Etten-Leur; Geertruidenberg; Geldrop-Mierlo; Gemert-Bakel;
Gilze en Rijen; Goirle; Halderberge; Heeze-Leende; Heusden; Hilvarenbeek; Laarbeek; Land van Cuijk;
Loon op Zand; Maashorst; Meierijstad; Moerdijk; Nuenen; Oirschot; Oisterwijk; Oosterhout;
Reusel-De Mierden; Rucphen; Sint-Michielsgestel; Someren; Son en Breugel; Steenbergen; Valkenswaard;
Veldhoven; Vught; Waalre; Waalwijk; Woensdrecht; Zundert; Beek; Beekdaelen; Beesel; Bergen (L.);
Brunssum; Echt-Susteren; Eijsden-Margraten; Gennep; Gulpen-Wittem; Horst aan de Maas; Kerkrade;
Landgraaf; Leudal; Maasgouw; Meerssen; Mook en Middelaar; Nederweert; Peel en Maas; Roerdalen;
Roermond; Simpelveld; Stein; Vaals; Valkenburg aan de Geul; Venray; Voerendaal; Weert
""".replace("\n", " ").split(";")
)


def _woorden(tekst: str) -> tuple[str, ...]:
    """Split a comma-separated word list that may run over several lines."""
    return tuple(w.strip() for w in tekst.replace("\n", " ").split(",") if w.strip())


WIE = _woorden("""\
de gemeenteraad, het college, de griffie, de burgemeester, de wethouder, een raadslid,
de raadswerkgroep, het presidium, de rekenkamer, de ombudsman, de kwartiermaker, de wijkregisseur,
de projectleider, het dorpshuis, de dorpsraad, de wijkraad, de jongerenraad, het kinderparlement,
de adviesraad, de cliëntenraad, de buurtvereniging, de ondernemersvereniging, de woningcorporatie,
het waterschap, de provincie, de omgevingsdienst, de bibliotheek, de lokale omroep, de school,
het jongerenwerk, het opbouwwerk, de welzijnsorganisatie, een groep inwoners,
een groep vrijwilligers, de stuurgroep, de klankbordgroep, het kernteam, de gebiedsmakelaar,
de communicatieadviseur, de participatieadviseur, de beleidsmedewerker, de gemeentesecretaris,
de fractievoorzitter, de raadscommissie, de auditcommissie, het buurtpanel, het burgerpanel,
de bewonersgroep, de energiecoöperatie, het zorgplatform, de sportvereniging, de cultuurraad,
het seniorenplatform, de statencommissie, het regiobestuur, de vereniging van griffiers,
de kennispartner, de universiteit, de hogeschool, de gespreksleider
""")
WAT = _woorden("""\
het gesprek over de wijk, de agenda van de raad, het budget voor de buurt, de toekomst van het dorp,
de inrichting van het plein, de komst van windmolens, de omgevingsvisie, het coalitieakkoord,
de begroting, de jaarrekening, de woningbouwopgave, het afvalbeleid, de warmtetransitie,
het mobiliteitsplan, de jeugdzorg, het armoedebeleid, de schuldhulpverlening, het sociaal domein,
de leefbaarheid, de veiligheid in de buurt, het groenbeheer, de klimaatadaptatie,
de opvang van nieuwkomers, de sluiting van het zwembad, de bibliotheekvoorziening,
de verkeersveiligheid, het parkeerbeleid, de centrumvisie, de evenementenvergunning,
de raadscommunicatie, de informatievoorziening, het inwonerberaad, de verordening,
de participatieparagraaf, het uitdaagrecht, de stadsdialoog, het referendum, de volksraadpleging,
het burgerinitiatief, de inspraakavond, de integriteit van het bestuur, de omgang met bedreigingen,
de ondermijning, het privacybeleid, de open data, het algoritmeregister, de digitale vergadering,
het vragenuur, de moties en amendementen, de lange termijn agenda, de regionale samenwerking,
de herindeling, het dorpsplan, de buurtrechten, het cultuurbeleid, de sportakkoorden,
de ouderenzorg, het onderwijsbeleid, de biodiversiteit, het erfgoed
""")
WERKWOORD = _woorden("""\
bespreekt, verkent, versterkt, ondersteunt, evalueert, organiseert, begeleidt, onderzoekt,
verbetert, vernieuwt, toetst, agendeert, ontwikkelt, ontwerpt, voorbereidt, bewaakt, vereenvoudigt,
verduidelijkt, stimuleert, financiert, faciliteert, coördineert, beoordeelt, herziet, publiceert,
verspreidt, deelt, vertaalt, koppelt, borgt, bundelt, inventariseert, prioriteert, monitort,
verankert, ontsluit, vernieuwt samen, stelt vast, brengt in kaart, werkt uit
""")
VOLTOOID = _woorden("""\
besproken, verkend, versterkt, ondersteund, geëvalueerd, georganiseerd, begeleid, onderzocht,
verbeterd, vernieuwd, getoetst, geagendeerd, ontwikkeld, ontworpen, voorbereid, bewaakt,
vereenvoudigd, verduidelijkt, gestimuleerd, gefinancierd, uitgewerkt, gecoördineerd, beoordeeld,
herzien, gepubliceerd, verspreid, gedeeld, vertaald, gekoppeld, geborgd, gebundeld,
geïnventariseerd, vastgesteld, gemonitord, verankerd, ontsloten, aangescherpt, uitgeprobeerd,
teruggekoppeld, opgeschaald
""")
INFINITIEF = _woorden("""\
meedoen, meedenken, meebeslissen, luisteren, samenwerken, experimenteren, leren, terugkoppelen,
uitleggen, verbinden, uitnodigen, loten, stemmen, beraadslagen, adviseren, toetsen, versnellen,
vertragen, vertrouwen geven, ruimte maken, verwachtingen managen, kaders stellen, doorvragen,
samenvatten, vastleggen, publiceren, evalueren, bijsturen, opschalen, afronden, verantwoorden,
signaleren, agenderen, overdragen, oefenen, reflecteren, begroten, plannen, onderhandelen, vieren
""")
BIJVOEGLIJK = _woorden("""\
open, eerlijke, toegankelijke, zichtbare, duurzame, lokale, digitale, betrokken, diverse,
representatieve, onafhankelijke, transparante, praktische, haalbare, vernieuwende, bestaande,
tijdelijke, structurele, gezamenlijke, wettelijke, informele, formele, breed gedragen, kwetsbare,
weerbare, veilige, laagdrempelige, begrijpelijke, heldere, concrete, gerichte, kleinschalige,
stadsbrede, wijkgerichte, gebiedsgerichte, opgavegerichte, meertalige, inclusieve, democratische,
bestuurlijke, ambtelijke, politieke, maatschappelijke, financiële, juridische, ruimtelijke, sociale,
culturele, economische, ecologische, jaarlijkse, maandelijkse, creatieve, moedige, zorgvuldige,
snelle, trage, onverwachte, waardevolle, blijvende
""")
METHODE = _woorden("""\
een burgerberaad, een burgerbegroting, een dorpsgesprek, een keukentafelgesprek, een raadstafel,
een inloopavond, een digitaal panel, een enquête, een stemapp, een werkatelier, een ontwerpsessie,
een wijkschouw, een stadslab, een leerkring, een intervisie, een training, een simulatie,
een rollenspel, een debat, een denktank, een proeftuin, een pilot, een hackathon, een podcast,
een nieuwsbrief, een raadsmarkt, een beeldvormende avond, een werkbezoek, een excursie,
een dialoogtafel, een wereldcafé, een straatinterview, een buurtapp, een crowdfunding, een loting,
een verhalenwedstrijd, een jongerentop, een gastles, een mentorprogramma, een inwerkprogramma,
een gedragscode, een protocol, een handreiking, een stappenplan, een checklist, een draaiboek,
een quickscan, een zelfevaluatie, een monitor, een dashboard, een kaartapplicatie, een videoverslag,
een samenvatting in eenvoudige taal, een tolk, een kinderoppas, een vrijwilligersvergoeding,
een startnotitie, een uitvoeringsplan, een convenant, een reglement
""")
RESULTAAT = _woorden("""\
meer vertrouwen in het bestuur, een hogere opkomst, nieuwe gezichten aan tafel, betere besluiten,
minder bezwaarschriften, een vastgesteld beleidskader, een gedragen advies, kortere stukken,
heldere rollen, meer tijd voor het debat, een groter netwerk, een vaste werkwijze,
meer jongeren in beeld, minder papier, snellere terugkoppeling, een betere sfeer in de raad,
een levendige publieke tribune, een overzicht van initiatieven, nieuwe samenwerkingen,
een actief dorpshuis, betere stukken voor de raad, een concrete lijst met acties,
meer begrip voor elkaar, een gedeelde taal, een lerende organisatie, een sterkere controle,
scherpere kaders, meer ruimte voor initiatief, zichtbare resultaten in de straat,
een evaluatie met aanbevelingen, minder meldingen van agressie, een veiliger gevoel bij raadsleden,
een herbruikbare aanpak, een toegankelijke website, een bruikbare dataset,
een duidelijk aanspreekpunt, meer deelnemers met een praktische opleiding, een evenwichtige loting,
een besluit binnen een jaar, een vervolg in vier andere kernen
""")
PLAATS = _woorden("""\
in de wijk, in het dorp, in de raadzaal, op het plein, aan de keukentafel, op het schoolplein,
in het buurthuis, in de bibliotheek, op de markt, in het stadhuis, online, bij de sportclub,
in de kerk, in de kantine, op het bedrijventerrein, in het park, in de regio,
aan de rand van de stad, in het buitengebied, langs de dijk, in de oude kern, in de nieuwbouwwijk,
op het eiland, in de haven, in het theater, bij de voedselbank, in het gezondheidscentrum,
op het station, in de moestuin, in het museum
""")
WANNEER = _woorden("""\
na de verkiezingen, in het voorjaar, in het najaar, voor de zomer, tijdens de begroting,
in de eerste honderd dagen, na een jaar, elke maand, elk kwartaal,
aan het begin van de raadsperiode, halverwege de raadsperiode, in de avond, op zaterdag,
binnen zes weken, vooraf, achteraf, tijdens de pilot, na afloop, vanaf het begin, stap voor stap,
in drie rondes, in twee avonden, sinds de herindeling, na een incident, vlak voor het besluit,
in de loop van het jaar, bij de start, bij de afronding, in de coronaperiode, na de evaluatie
""")
VERBINDING = _woorden("""\
Daarom, Bovendien, Tegelijk, Vervolgens, Daarnaast, Toch, Uiteindelijk, Opvallend genoeg,
In de praktijk, Volgens de deelnemers, Uit de evaluatie blijkt dat, Van belang is dat,
Het helpt dat, Een risico is dat, De raad zag dat, Inwoners vertelden dat, Ambtenaren merkten dat,
De griffie leerde dat, Het viel op dat, Achteraf bleek dat
""")
THEMA = _woorden("""\
burgerberaad, participatie, digitale democratie, raadsinformatie, integriteit, weerbaarheid,
jongeren, dorpsdemocratie, wijkbudget, burgerbegroting, uitdaagrecht, omgevingswet,
energietransitie, wonen, klimaat, veiligheid, ondermijning, inclusie, laaggeletterdheid, taal,
loting, referendum, griffie, rekenkamer, controle, kaderstelling, volksvertegenwoordiging, inwerken,
opleiding, intervisie, bedreiging, polarisatie, desinformatie, open data, algoritmen, privacy,
toegankelijkheid, evaluatie, monitoring, regio, samenwerking, herindeling, coalitie, raadsakkoord,
vergadering, debat, communicatie, sociale media, media, onderwijs, kinderen, ouderen, zorg, armoede,
migratie, sport, cultuur, vrijwilligers, leefbaarheid, vertrouwen
""")
# Compounds: EERSTE[i] + TWEEDE[j] gives the long tail that Dutch text has.
EERSTE = _woorden("""\
wijk, buurt, dorps, stads, raads, burger, inwoner, bewoners, jongeren, kinder, ouderen, klimaat,
energie, warmte, water, groen, woning, zorg, school, sport, cultuur, media, taal, data, privacy,
veiligheids, integriteits, bestuurs, college, fractie, coalitie, commissie, begrotings, subsidie,
beleids, gebieds, regio, provincie, rijks, gemeente, verkiezings, stem, debat, dialoog,
participatie, democratie, vertrouwens, netwerk, kennis, leer, project, proces, opgave, inclusie,
armoede, migratie, mobiliteits, verkeers, landbouw, natuur, erfgoed, evenementen, ondernemers,
vrijwilligers
""")
TWEEDE = _woorden("""\
budget, agenda, beraad, panel, raad, tafel, avond, gesprek, plan, visie, akkoord, aanpak, kaart,
app, platform, loket, fonds, scan, monitor, rapport, verslag, training, team, coach, makelaar,
regisseur, werkgroep, overleg, bijeenkomst, wedstrijd, proef, methode, regeling, verordening, nota,
brief, website, dashboard, register, archief, netwerk, kring, school, lab, atelier, dag, week,
festival, onderzoek, enquête, advies, toets, kader, protocol, code, campagne, podium, huis, plein,
markt, route, toolkit, spel, gids
""")
VOORNAMEN = _woorden("""\
Anneke, Bram, Cem, Daniëlle, Esra, Floor, Gijs, Hanneke, Ibrahim, Joke, Karim, Lieke, Mohamed,
Nynke, Olaf, Petra, Quinten, Renske, Sanne, Thijs, Ursula, Victor, Wietske, Yasmin, Zoë
""")
ACHTERNAMEN = _woorden("""\
de Vries, Jansen, van den Berg, Bakker, Visser, Smit, Meijer, de Boer, Mulder, Bos, Vos, Peters,
Hendriks, van Leeuwen, Dekker, Brouwer, Dijkstra, Kuipers, Postma, Hoekstra, Yilmaz, El Amrani,
Kaya, Nguyen, Verhoeven
""")

# Sentence patterns; each slot is filled by one draw from the list named.
ZINNEN = (
    "{Wie} {werkwoord} {wat} met {methode}.",
    "{Wie} wil {wat} {plaats} bespreken met {bijv} {sam} en {bijv} {sam}.",
    "{Verb} {wie} {wat} {wanneer} heeft {voltooid} {plaats}.",
    "{Wanneer} is {wat} {voltooid}, en dat leidde tot {resultaat}.",
    "Met {methode} kon {wie} {bijv} keuzes over {wat} laten zien.",
    "Het {sam} geeft {resultaat}, omdat {wie} {plaats} bleef {inf}.",
    "{Wie} kiest voor {methode}, want {inf} en {inf} vragen tijd.",
    "{Verb} {wie} {plaats} een {bijv} {sam} nodig had om te {infk}.",
    "De {bijv} werkwijze rond {wat} is {wanneer} {voltooid} door {wie}.",
    "{Wie} gebruikt een {sam} naast {methode}, zodat inwoners van {gem} kunnen {infk}.",
    "In {gem} is {wat} {voltooid} {wanneer}; {wie} ziet {resultaat}.",
    "Voor {wie} was {thema} een reden om {wanneer} te {infk}.",
    "De opbrengst was {resultaat} en {resultaat}.",
    "Ongeveer {getal} deelnemers hebben {wanneer} {plaats} over {thema} gesproken.",
    "Van de {getal} uitnodigingen kwamen er {getal2} terug, vooral via het {sam} en de {sam}.",
    "Wie wil {infk} over {wat}, begint met {methode} en een {bijv} {sam}.",
)
KOPPEN = ("Aanleiding", "Aanpak", "Resultaat", "Lessen")


class Zipf:
    """Weighted choice with weight 1 / (rank + offset) ** power."""

    def __init__(self, items: tuple[str, ...], power: float = 0.9, offset: float = 2.0) -> None:
        self.items = items
        self.cum = list(accumulate((i + 1 + offset) ** -power for i in range(len(items))))

    def __call__(self, rng: random.Random) -> str:
        return self.items[bisect(self.cum, rng.random() * self.cum[-1])]


def _samenstellingen() -> tuple[str, ...]:
    """All compounds, in one fixed shuffled order (rank = frequency)."""
    alle = [a + b for a in EERSTE for b in TWEEDE if a.rstrip("s") != b]
    random.Random("samenstellingen").shuffle(alle)
    return tuple(alle)


GEMEENTE = Zipf(GEMEENTEN, 0.85, 4.0)
SAMENSTELLING = Zipf(_samenstellingen(), 0.8, 5.0)
KLEIN_INFINITIEF = tuple(i for i in INFINITIEF if " " not in i)


def _kapitaal(s: str) -> str:
    return s[:1].upper() + s[1:]


T = TypeVar("T")
Headline = dict[str, Any]


def slugify(s: str) -> str:
    s = unicodedata.normalize("NFKD", s).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in s).split())


def _pick(rng: random.Random, items: Sequence[T]) -> T:
    return items[int(rng.random() * len(items))]


def zin(rng: random.Random, gemeenten: list[str]) -> str:
    """One sentence."""
    getal = 12 + int(rng.random() * 900)
    wie, wanneer = _pick(rng, WIE), _pick(rng, WANNEER)
    return _Lui(rng, gemeenten, wie, wanneer, getal).vul(_pick(rng, ZINNEN))


class _Lui(dict[str, object]):
    """Mapping for str.format_map that draws a word only for the slots used."""

    def __init__(
        self, rng: random.Random, gemeenten: list[str], wie: str, wanneer: str, getal: int
    ) -> None:
        super().__init__(
            wie=wie,
            Wie=_kapitaal(wie),
            wanneer=wanneer,
            Wanneer=_kapitaal(wanneer),
            getal=getal,
            getal2=getal // 3,
        )
        self.rng, self.gemeenten = rng, gemeenten

    def vul(self, patroon: str) -> str:
        # Split by hand rather than format_map: repeated slots must draw anew.
        delen = patroon.split("{")
        uit = [delen[0]]
        for deel in delen[1:]:
            naam, rest = deel.split("}", 1)
            uit.append(str(self.waarde(naam)))
            uit.append(rest)
        return "".join(uit)

    def waarde(self, naam: str) -> object:
        if naam in self:
            return self[naam]
        rng = self.rng
        if naam == "sam":
            return SAMENSTELLING(rng)
        if naam == "gem":
            return _pick(rng, self.gemeenten) if rng.random() < 0.8 else GEMEENTE(rng)
        return _pick(rng, _LIJST[naam])


_LIJST = {
    "wat": WAT,
    "werkwoord": WERKWOORD,
    "methode": METHODE,
    "bijv": BIJVOEGLIJK,
    "plaats": PLAATS,
    "voltooid": VOLTOOID,
    "resultaat": RESULTAAT,
    "inf": INFINITIEF,
    "infk": KLEIN_INFINITIEF,
    "Verb": VERBINDING,
    "thema": THEMA,
}


def _yaml(s: str) -> str:
    """A double-quoted YAML scalar."""
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _lijst(sleutel: str, waarden: list[str]) -> str:
    if not waarden:
        return f"{sleutel}: []\n"
    return f"{sleutel}:\n" + "".join(f"  - {_yaml(w)}\n" for w in waarden)


def kop(seed: str, i: int, instrument: bool) -> Headline:
    """The facts of page i that other pages need: title, place, slug stem."""
    rng = random.Random(f"{seed}:kop:{i}")
    gemeenten = [GEMEENTE(rng)]
    for _ in range(rng.choices((0, 1, 2), (70, 20, 10))[0]):
        g = GEMEENTE(rng)
        if g not in gemeenten:
            gemeenten.append(g)
    thema, sam = _pick(rng, THEMA), SAMENSTELLING(rng)
    methode = _pick(rng, METHODE).split(" ", 1)[1]
    if instrument:
        titel = rng.choice(
            (
                f"{_kapitaal(methode)} voor {thema}",
                f"Handreiking {sam}: {thema}",
                f"{_kapitaal(sam)} als instrument voor {thema}",
            )
        )
    else:
        titel = rng.choice(
            (
                f"{_kapitaal(sam)} in {gemeenten[0]}",
                f"{_kapitaal(methode)} over {thema} in {gemeenten[0]}",
                f"{gemeenten[0]}: {sam} en {thema}",
                f"Hoe {gemeenten[0]} met {methode} werkt aan {thema}",
            )
        )
    return {
        "titel": titel,
        "gemeenten": gemeenten,
        "thema": thema,
        "map": "instruments" if instrument else "practices",
    }


def pagina(
    seed: str, i: int, koppen: list[Headline], instrumenten: list[int], platform: bool = False
) -> str:
    """The whole Markdown text of page i."""
    rng = random.Random(f"{seed}:tekst:{i}")
    k = koppen[i]
    gem = k["gemeenten"]
    velden = rng.sample(AANDACHTSVELDEN, rng.choices((1, 2, 3), (50, 35, 15))[0])
    woorden = [k["thema"]]
    while len(woorden) < rng.randint(3, 6):
        w = _pick(rng, THEMA)
        if w not in woorden:
            woorden.append(w)
    datum = datetime.date(2016, 1, 1) + datetime.timedelta(days=int(rng.random() * 3650))
    gekoppeld = (
        sorted({_pick(rng, instrumenten) for _ in range(rng.randint(0, 3))} - {i})
        if instrumenten
        else []
    )
    samenvatting = zin(rng, gem) + " " + zin(rng, gem)

    pijler = _pick(rng, PIJLERS)
    uit = [
        "---\n",
        f"titel: {_yaml(k['titel'])}\n",
        f"samenvatting: {_yaml(samenvatting)}\n",
        _lijst("aandachtsveld", velden),
        _lijst("pijler", [pijler]) if platform else f"pijler: {_yaml(pijler)}\n",
        _lijst("gemeente", gem),
        f"datum: {datum.isoformat()}\n",
        _lijst("trefwoorden", woorden),
        _lijst("instrumenten", [koppen[j]["slug"] for j in gekoppeld]),
        "---\n",
    ]
    if not platform:
        uit += ["\n", f"# {k['titel']}\n\n", samenvatting, "\n"]

    doel = 325 + int(rng.random() * 235)  # words in the running text; lists and links come on top
    teller = len(samenvatting.split())
    links = [int(rng.random() * len(koppen)) for _ in range(rng.randint(2, 4))]
    for nr, titel in enumerate(KOPPEN):
        uit.append(f"\n## {titel}\n")
        while teller < doel * (nr + 1) / len(KOPPEN):
            zinnen = [zin(rng, gem) for _ in range(rng.randint(2, 4))]
            teller += sum(z.count(" ") + 1 for z in zinnen)
            if links and rng.random() < 0.5:
                zinnen.append(_link(k, koppen[links.pop()]))
            uit.append("\n" + " ".join(zinnen) + "\n")
        if titel in ("Aanpak", "Lessen"):
            regels = list(_stappen(rng))
            teller += sum(regel.count(" ") + 1 for regel in regels)
            uit.append("\n")
            for n, regel in enumerate(regels, 1):
                uit.append((f"{n}. " if titel == "Aanpak" else "- ") + regel + "\n")
        if titel == "Resultaat" and rng.random() < 0.3:
            uit.append("\n| Onderdeel | Aantal | Opbrengst |\n| --- | ---: | --- |\n")
            uit += _rijen(rng)
    if links:
        uit.append("\n" + " ".join(_link(k, koppen[j]) for j in links) + "\n")
    uit.append(f"\n## Contact\n\n{_contact(rng, gem[0], platform)}\n")
    return "".join(uit)


def _stappen(rng: random.Random) -> Iterator[str]:
    for _ in range(rng.randint(3, 5)):
        yield f"{_kapitaal(_pick(rng, INFINITIEF))} {_pick(rng, PLAATS)} met {_pick(rng, METHODE)}"


def _rijen(rng: random.Random) -> Iterator[str]:
    for _ in range(rng.randint(3, 5)):
        aantal = f"{_kapitaal(SAMENSTELLING(rng))} | {int(rng.random() * 500)}"
        yield f"| {aantal} | {_pick(rng, RESULTAAT)} |\n"


def _contact(rng: random.Random, gemeente: str, platform: bool) -> str:
    if platform:
        return f"De griffie van {gemeente}, <griffie@voorbeeld.example>"
    naam = f"{_pick(rng, VOORNAMEN)} {_pick(rng, ACHTERNAMEN)}"
    adres = f"<{slugify(naam).replace('-', '.')}@voorbeeld.example>"
    return f"{naam}, {_pick(rng, WIE).split(' ', 1)[1]} van {gemeente}, {adres}"


def _link(van: Headline, naar: Headline) -> str:
    pad = (
        f"{naar['slug']}.md" if van["map"] == naar["map"] else f"../{naar['map']}/{naar['slug']}.md"
    )
    return f"Zie ook [{naar['titel']}]({pad})."


def maak(n: int, uit: Path, seed: str, platform: bool = False) -> int:
    """Write the corpus; the number of bytes written."""
    koppen, instrumenten, gebruikt = [], [], set()
    for i in range(n):
        instrument = i % 20 in (6, 13, 19)  # 15 %
        k = kop(seed, i, instrument)
        slug = basis = slugify(k["titel"])
        nr = 2
        while slug in gebruikt:
            slug, nr = f"{basis}-{nr}", nr + 1
        gebruikt.add(slug)
        k["slug"] = slug
        koppen.append(k)
        if instrument:
            instrumenten.append(i)
    for naam in ("practices", "instruments"):
        shutil.rmtree(uit / naam, ignore_errors=True)
        (uit / naam).mkdir(parents=True)
    totaal = 0
    for i, k in enumerate(koppen):
        data = pagina(seed, i, koppen, instrumenten, platform).encode()
        totaal += len(data)
        (uit / k["map"] / f"{k['slug']}.md").write_bytes(data)
    if platform:
        return totaal
    begin = "---\ntitel: De pagina’s van de meting\n---\n\n# De pagina’s van de meting\n\n"
    begin += f"{n} praktijkvoorbeelden en instrumenten.\n\n"
    begin += "".join(f"- [{k['titel']}]({k['map']}/{k['slug']}.md)\n" for k in koppen[:12])
    (uit / "index.md").write_text(begin, encoding="utf-8")
    return totaal


def main(argv: list[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument(
        "--pages",
        type=int,
        required=True,
        metavar="N",
        help="number of pages (index.md comes on top)",
    )
    p.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder; its practices/ and instruments/ are replaced",
    )
    p.add_argument("--seed", default="1", metavar="S", help="any string (default: 1)")
    p.add_argument(
        "--platform",
        action="store_true",
        help="pages by the platform's own rules, without index.md",
    )
    a = p.parse_args(argv)
    if a.pages < 1:
        p.error("--pages must be at least 1")
    t = time.perf_counter()
    totaal = maak(a.pages, a.out, a.seed, a.platform)
    print(
        f"{a.pages} pages, {totaal} bytes, {time.perf_counter() - t:.1f} s -> {a.out}",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
