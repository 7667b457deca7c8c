/**
 * From what the engine finds to what a page shows: filters and their counts, excerpts with
 * the words that matched, and why a page was found.
 */

import { alsRij } from '../delen/kolommen.js';
import { WOORD, vouw } from '../delen/vouw.js';
import { Zoekmotor } from './motor.js';

/** Letters of a passage; of each when there are two. */
const LENGTE = 220;
const LENGTE_VAN_TWEE = 120;
/** The share of them that stands before the first match. */
const AANLOOP = 1 / 3;
/** Stands for what was cut away before a passage. */
const WEG = '… ';
/** Letters by which a compound is longer than its part. */
const KORTSTE_DEEL = 3;
/** Fields that no page shows, and those with the parts of compounds. */
const ZOEKTERMEN = 'zoektermen';
const DOCUMENTEN = 'documenten';
const DELEN = ['delen', 'titeldelen'];
/** Words to try instead of one that nothing has. */
const MEESTE_GELIJKENDE = 4;

/**
 * @typedef {import('./motor.js').Treffer} Treffer
 * @typedef {import('./motor.js').Kaart} Kaart
 * @typedef {Record<string, import('../delen/kolommen.js').Kolom>} Kolommen
 * @typedef {[string, string[]][]} Gekozen the values that are chosen of a facet
 * @typedef {[string, boolean]} Deel a piece of text, true where a word matched
 * @typedef {(woord: string) => boolean} Kenner
 *
 * @typedef {object} Opdracht
 * @property {string} vraag
 * @property {boolean} [letterlijk] mend no typing errors
 * @property {boolean} [half] it is being typed: its last word may not be whole yet, and nothing is
 *   mended or suggested
 * @property {import('../delen/facetten.js').Keuzes} [filters]
 * @property {number} [aantal] answers that are shown, when not the usual number
 * @property {boolean} [inhoud] whether only pages of the collections are asked for
 * @property {boolean} [facetten] whether the counts of the filters are wanted too
 *
 * @typedef {object} Resultaat
 * @property {string} slug
 * @property {string} adres below the site's root
 * @property {Deel[]} titel
 * @property {string} soort
 * @property {string} plaats
 * @property {Deel[]} stuk the passage that matched best, and another for words that it lacks
 * @property {string} waarom why it was found when its title does not say so; or empty
 *
 * @typedef {object} Antwoord
 * @property {number} totaal
 * @property {number} eerste how many are shown at first
 * @property {Resultaat[]} resultaten
 * @property {Resultaat[]} erbij what helps beside few of them
 * @property {import('../delen/facetten.js').Keuzes} filters of those asked for, what are facets
 * @property {Record<string, Telling[]> | null} tellingen by facet, when they were asked for
 * @property {Record<string, string>} namen what each facet is called
 * @property {[string, string][]} verbeterd words as typed, and as searched
 * @property {[string, string][]} bedoeld words as typed, and one that may be meant
 * @property {string[]} onbekend
 * @property {[string, string[]][]} gelijkend words that nothing has, and those to try instead
 * @property {string[]} begrippen
 *
 * @typedef {[string, string, number]} Telling slug, name, documents
 */

export class Antwoorder {
  /** @type {{sleutel: string, aantal: number, belofte: ReturnType<Zoekmotor['zoek']>} | null} */
  #laatste = null;

  /**
   * @param {(adres: string) => Promise<string>} haal fetches a file below the site's zoek/ folder
   * @param {string} manifest the text of manifest.json there
   */
  constructor(haal, manifest) {
    this.motor = new Zoekmotor(haal, manifest);
  }

  get #eerste() {
    return this.motor.manifest.eerste;
  }

  /** Begin with a question that is about to be asked. */
  begin(/** @type {string} */ vraag) {
    return this.#zoek(vraag);
  }

  /** @param {Opdracht} opdracht @returns {Promise<Antwoord>} */
  async antwoord({
    vraag, letterlijk = false, half = false, filters = {}, aantal = this.#eerste, inhoud = false,
    facetten = false,
  }) {
    const gevraagd = Object.entries(filters).filter(([, waarden]) => waarden.length);
    const kolommen = facetten || gevraagd.length ? await this.motor.facetten() : null;
    /** @type {Gekozen} */
    const gekozen = gevraagd.filter(([facet]) => kolommen && Object.hasOwn(kolommen, facet));
    const documenten = inhoud ? await this.motor.documenten() : null;
    const mag = inhoud || gekozen.length ? (/** @type {number} */ plek) => (
      heeftAlle(kolommen ?? {}, gekozen, plek) && (documenten?.isInhoud(plek) ?? true)) : null;
    const gevonden = await this.#zoek(
      vraag, { letterlijk, half, aantal, mag }, inhoud ? [...gekozen, inhoud] : gekozen);
    const { alle, begrippen, verbeterd, bedoeld, onbekend } = gevonden;
    const beste = gevonden.treffers.slice(0, aantal);
    return {
      eerste: this.#eerste,
      totaal: (mag ? alle.filter(mag) : alle).length,
      resultaten: await Promise.all(beste.map((treffer) => this.#resultaat(treffer, vraag))),
      erbij: await Promise.all(gevonden.erbij.map((treffer) => this.#resultaat(treffer, vraag))),
      filters: Object.fromEntries(gekozen),
      tellingen: kolommen && tel(kolommen, alle, gekozen),
      namen: kolommen ? Object.fromEntries(
        Object.entries(kolommen).map(([facet, [, , naam]]) => [facet, naam]))
        : this.motor.manifest.filters,
      verbeterd,
      bedoeld,
      onbekend,
      gelijkend: alle.length || half ? [] : await this.#gelijkend(begrippen),
      begrippen: begrippen.map((begrip) => begrip.tekst),
    };
  }

  /** @param {import('./vraag.js').Begrip[]} begrippen @returns {Promise<[string, string[]][]>} */
  #gelijkend(begrippen) {
    return Promise.all(begrippen.filter(({ lengte }) => lengte === 1).map(async ({ tekst }) => {
      const andere = await this.motor.gelijkende(tekst);
      return /** @type {[string, string[]]} */ ([tekst, andere.slice(0, MEESTE_GELIJKENDE)]);
    }));
  }

  /**
   * Search, but not again for the question before: its counts are asked after its answer.
   * @param {string} vraag
   * @param {import('./motor.js').Keuze} keuze
   * @param {unknown[]} eisen what its answers must meet
   */
  #zoek(
    vraag, { letterlijk = false, half = false, aantal = this.#eerste, mag = null } = {}, eisen = [],
  ) {
    const sleutel = JSON.stringify([vraag, letterlijk, half, eisen]);
    const eerder = this.#laatste;
    if (eerder?.sleutel === sleutel && eerder.aantal >= aantal) return eerder.belofte;
    const belofte = this.motor.zoek(vraag, { letterlijk, half, aantal, mag });
    this.#laatste = { sleutel, aantal, belofte };
    belofte.catch(() => { this.#laatste = null; });
    return belofte;
  }

  /** @param {Treffer} treffer @param {string} vraag @returns {Promise<Resultaat>} */
  async #resultaat(treffer, vraag) {
    const [kaart] = await this.motor.kaart(treffer.plek);
    const past = this.#kenner(treffer.termen);
    const titel = merk(kaart.t, past);
    const teksten = [kaart.v, ...(treffer.dieper ? await this.motor.alineas(treffer.plek) : [])];
    return {
      slug: kaart.s,
      adres: kaart.a,
      soort: kaart.k,
      plaats: kaart.p,
      titel,
      stuk: this.#stuk(teksten, titel, treffer, past),
      waarom: treffer.bij ? `hoort bij ‘${treffer.bij}’`
        : this.#waarom(treffer, kaart, titel, teksten, vraag),
    };
  }

  /**
   * Give what tells whether a word has one of the terms, as a whole or within it.
   * @param {string[]} termen
   * @returns {Kenner}
   */
  #kenner(termen) {
    const lange = termen.filter((t) => t.length >= 4);
    const isEen = this.motor.analyse.herkenner(termen);
    /** @type {Map<string, boolean>} */
    const gezien = new Map();
    return (woord) => {
      const eerder = gezien.get(woord);
      if (eerder !== undefined) return eerder;
      const klein = vouw(woord);
      const past = lange.some((t) => klein.length > t.length && klein.includes(t)) || isEen(klein);
      gezien.set(woord, past);
      return past;
    };
  }

  /**
   * Choose the passage with most different matches, the first of equals, cut to about two lines.
   * Where it and the title lack words of the question that another has, each gets about one.
   * @param {string[]} alineas
   * @param {Deel[]} titel
   * @param {Treffer} treffer
   * @param {Kenner} past
   * @returns {Deel[]}
   */
  #stuk(alineas, titel, treffer, past) {
    const delen = alineas.map((alinea) => merk(alinea, past));
    const punten = delen.map((stuk) => new Set(stuk.filter(([, raak]) => raak)
      .map(([tekst]) => this.motor.analyse.term(vouw(tekst)))).size);
    const beste = delen[punten.indexOf(Math.max(...punten))];
    const heel = knip(beste, LENGTE);
    const kenners = treffer.via.map(({ begrip }) => (
      this.#kenner(begrip.manieren.flatMap(({ termen }) => termen))));
    const getoond = [...titel, ...heel];
    const ontbrekend = kenners.filter((kent) => !getoond.some(raaktAan(kent)));
    const ander = delen.find((stuk) => ontbrekend.some((kent) => stuk.some(raaktAan(kent))));
    if (!ander) return heel;
    const plek = ander.findIndex((deel) => ontbrekend.some((kent) => raaktAan(kent)(deel)));
    const eerste = knip(beste, LENGTE_VAN_TWEE);
    const tussen = eerste.at(-1)?.[0].endsWith('…') ? ' ' : ' … ';
    const tweede = knip(ander, LENGTE_VAN_TWEE, plek);
    return [...eerste, [tussen, false], ...tweede.slice(tweede[0][0] === WEG ? 1 : 0)];
  }

  /**
   * @param {Treffer} treffer
   * @param {Kaart} kaart
   * @param {Deel[]} titel
   * @param {string[]} teksten
   * @param {string} vraag
   */
  #waarom(treffer, kaart, titel, teksten, vraag) {
    const gevraagd = alsZin(vraag);
    for (const [naam, uitleg] of kaart.o) {
      if (gevraagd.includes(alsZin(naam))) return `${naam} ${uitleg}`;
    }
    if (!treffer.ruimer && titel.some(([, raak]) => raak)) return '';
    const alleen = (/** @type {string[]} */ velden, /** @type {string[]} */ ...deze) => (
      velden.every((veld) => deze.includes(veld)));
    if (kaart.d && treffer.via.some(({ velden }) => alleen(velden, DOCUMENTEN))) {
      const waarin = kaart.d.length === 1 ? 'het document' : 'een van de documenten';
      return `in ${waarin} ${kaart.d.map((naam) => `‘${naam}’`).join(', ')}`;
    }
    for (const { begrip, manier, velden } of treffer.via) {
      if (alleen(velden, ZOEKTERMEN)) return `gevonden via het zoekwoord ‘${manier.tekst}’`;
      if (manier.soort === 'synoniem' || manier.soort === 'verwant') {
        return `gevonden via ‘${manier.tekst}’`;
      }
      if (manier.soort === 'delen') return `heeft alle delen van ‘${begrip.tekst}’`;
      const deel = alleen(velden, ...DELEN) && this.#geheel(manier.termen, teksten);
      if (deel) return `als deel van ‘${deel}’`;
    }
    return '';
  }

  /**
   * Give the first compound in a text that terms are parts of, for which they were found.
   * @param {string[]} termen
   * @param {string[]} teksten
   */
  #geheel(termen, teksten) {
    const isEen = this.motor.analyse.herkenner(termen);
    const gevonden = teksten.flatMap((tekst) => tekst.match(WOORD) ?? []).find((woord) => {
      const gevouwen = vouw(woord);
      return termen.some((term) => {
        const plek = gevouwen.indexOf(term);
        const meer = gevouwen.length - term.length;
        return meer >= KORTSTE_DEEL && (plek === 0 ? !isEen(gevouwen) : plek >= KORTSTE_DEEL);
      });
    });
    return gevonden ?? '';
  }
}

/** Words with a space around each, to find a name in a question. */
const alsZin = (/** @type {string} */ tekst) => (
  ` ${vouw(tekst).replace(/[^a-z0-9]+/g, ' ').trim()} `);

/** Cut a text in pieces, apart what holds a term. @param {string} tekst @param {Kenner} past */
function merk(tekst, past) {
  /** @type {Deel[]} */
  const delen = [];
  let eerder = 0;
  for (const { 0: woord, index } of tekst.matchAll(WOORD)) {
    if (!past(woord)) continue;
    if (index > eerder) delen.push([tekst.slice(eerder, index), false]);
    delen.push([woord, true]);
    eerder = index + woord.length;
  }
  if (eerder < tekst.length) delen.push([tekst.slice(eerder), false]);
  return delen;
}

/** @param {Kolommen} kolommen @param {Gekozen} gekozen @param {number} plek */
const heeftAlle = (kolommen, gekozen, plek) => gekozen.every(([facet, slugs]) => {
  const [waarden, rijen] = kolommen[facet];
  return alsRij(rijen[plek]).some((w) => slugs.includes(waarden[w][0]));
});

/**
 * Count, for each facet, the documents that have a value and meet the filters of all other facets.
 * A chosen value stays, also with none.
 * @param {Kolommen} kolommen
 * @param {number[]} alle
 * @param {Gekozen} gekozen
 * @returns {Record<string, Telling[]>}
 */
function tel(kolommen, alle, gekozen) {
  return Object.fromEntries(Object.entries(kolommen).map(([facet, [waarden, rijen]]) => {
    const andere = gekozen.filter(([f]) => f !== facet);
    const eigenKeuze = gekozen.find(([f]) => f === facet)?.[1] ?? [];
    const aantallen = new Array(waarden.length).fill(0);
    for (const plek of alle) {
      if (!heeftAlle(kolommen, andere, plek)) continue;
      for (const w of alsRij(rijen[plek])) aantallen[w] += 1;
    }
    const tellingen = waarden.map(([slug, naam], i) => (
      /** @type {Telling} */ ([slug, naam, aantallen[i]])));
    return [facet, tellingen.filter(([slug, , n]) => n || eigenKeuze.includes(slug))];
  }));
}

/** Tell whether a piece is a match of which a word is known. @param {Kenner} kent */
const raaktAan = (kent) => (/** @type {Deel} */ [tekst, raak]) => raak && kent(tekst);

/**
 * Keep about so many characters around a piece, the first match if none is named.
 * @param {Deel[]} delen
 * @param {number} meeste
 * @param {number} midden
 */
function knip(delen, meeste, midden = delen.findIndex(([, raak]) => raak)) {
  const voor = delen.slice(0, Math.max(0, midden)).map(([tekst]) => tekst).join('');
  const ruimte = Math.max(0, voor.length - Math.round(meeste * AANLOOP));
  let begin = ruimte && voor.indexOf(' ', ruimte) + 1;
  /** @type {Deel[]} */
  const uit = ruimte ? [[WEG, false]] : [];
  let lengte = 0;
  for (const [tekst, raak] of delen) {
    const deel = begin >= tekst.length ? '' : tekst.slice(begin);
    begin = Math.max(0, begin - tekst.length);
    if (!deel) continue;
    if (lengte + deel.length > meeste) {
      const over = deel.slice(0, meeste - lengte);
      uit.push([`${over.slice(0, Math.max(0, over.lastIndexOf(' ')))} …`, false]);
      break;
    }
    uit.push([deel, raak]);
    lengte += deel.length;
  }
  return uit;
}
