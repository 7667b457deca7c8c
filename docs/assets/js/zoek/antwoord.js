/**
 * From what the engine finds to what a page shows: filters and their counts, excerpts with
 * the words that matched, and why a page was found.
 */

import { vouw } from './analyse.js';
import { Zoekmotor } from './motor.js';

const LENGTE = 220;
const WOORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Answers that are shown at first. */
const EERSTE = 10;
/** Words to try instead of one that nothing has. */
const MEESTE_GELIJKENDE = 4;

/**
 * @typedef {object} Resultaat
 * @property {string} slug
 * @property {string} adres below the site's root
 * @property {[string, boolean][]} titel pieces of text, true where a word matched
 * @property {string} soort
 * @property {string} plaats
 * @property {[string, boolean][]} stuk the passage that matched best
 * @property {string} waarom why it was found when its title does not say so; or empty
 */

export class Antwoorder {
  constructor(haal, lunr, manifest) {
    this.motor = new Zoekmotor(haal, lunr, manifest);
  }

  /** Begin with a question that is about to be asked. */
  begin(/** @type {string} */ vraag) {
    return this.#zoek(vraag);
  }

  /**
   * @param {{vraag: string, letterlijk?: boolean, filters?: Record<string, string[]>, aantal?: number, facetten?: boolean}} opdracht
   */
  async antwoord({ vraag, letterlijk = false, filters = {}, aantal = EERSTE, facetten = false }) {
    const gekozen = Object.entries(filters).filter(([, waarden]) => waarden.length);
    const kolommen = facetten || gekozen.length ? await this.motor.facetten() : null;
    const mag = gekozen.length ? (n) => gekozen.every(([facet, waarden]) => heeft(kolommen, facet, n, waarden)) : null;
    const { treffers, alle, ...gevonden } = await this.#zoek(vraag, { letterlijk, aantal, mag }, gekozen);
    const over = mag ? alle.filter(mag) : alle;
    const beste = treffers.slice(0, aantal);
    return {
      totaal: over.length,
      resultaten: await Promise.all(beste.map((treffer) => this.#resultaat(treffer, vraag))),
      tellingen: kolommen && tel(kolommen, alle, gekozen),
      verbeterd: gevonden.verbeterd,
      onbekend: gevonden.onbekend,
      gelijkend: alle.length ? [] : await Promise.all(gevonden.begrippen.filter((b) => b.lengte === 1)
        .map(async ({ tekst }) => [tekst, (await this.motor.gelijkende(tekst)).slice(0, MEESTE_GELIJKENDE)])),
      begrippen: gevonden.begrippen.map((b) => b.tekst),
    };
  }

  /** Search, but not again for the question before: its counts are asked after its answer. */
  #zoek(vraag, { letterlijk = false, aantal = EERSTE, mag = null } = {}, gekozen = []) {
    const sleutel = JSON.stringify([vraag, letterlijk, gekozen]);
    if (this.laatste?.sleutel !== sleutel || this.laatste.aantal < aantal) {
      const belofte = this.motor.zoek(vraag, { letterlijk, aantal, mag });
      this.laatste = { sleutel, aantal, belofte };
      belofte.catch(() => { this.laatste = null; });
    }
    return this.laatste.belofte;
  }

  /** @returns {Promise<Resultaat>} */
  async #resultaat(treffer, vraag) {
    const [kaart, alineas] = treffer.dieper ? await this.motor.heel(treffer.nummer) : [await this.motor.kaart(treffer.nummer), []];
    const past = this.#kenner(treffer.termen);
    const titel = merk(kaart.t, past);
    const teksten = [kaart.v, ...alineas];
    return {
      slug: kaart.s, adres: kaart.a, soort: kaart.k, plaats: kaart.p, titel,
      stuk: this.#stuk(teksten, past), waarom: this.#waarom(treffer, kaart, titel, teksten, vraag),
    };
  }

  /** Give what tells whether a word has one of the terms, as a whole or within it. */
  #kenner(termen) {
    const lange = termen.filter((t) => t.length >= 4);
    const isEen = this.motor.analyse.herkenner(termen);
    const gezien = new Map();
    return (woord) => {
      let past = gezien.get(woord);
      if (past === undefined) {
        const klein = vouw(woord);
        past = lange.some((t) => klein.length > t.length && klein.includes(t)) || isEen(klein);
        gezien.set(woord, past);
      }
      return past;
    };
  }

  /** Choose the passage with most different matches, the first of equals, cut to about two lines. */
  #stuk(alineas, past) {
    let beste = { punten: -1, stukken: [] };
    for (const alinea of alineas) {
      const stukken = merk(alinea, past);
      const punten = new Set(stukken.filter(([, raak]) => raak).map(([t]) => this.motor.analyse.term(vouw(t)))).size;
      if (punten > beste.punten) beste = { punten, stukken };
    }
    return knip(beste.stukken);
  }

  #waarom(treffer, kaart, titel, teksten, vraag) {
    const gevraagd = ` ${vouw(vraag).replace(/[^a-z0-9]+/g, ' ').trim()} `;
    for (const [naam, uitleg] of kaart.o) {
      if (gevraagd.includes(` ${vouw(naam).replace(/[^a-z0-9]+/g, ' ').trim()} `)) return `${naam} ${uitleg}`;
    }
    if (titel.some(([, raak]) => raak)) return '';
    for (const { begrip, manier } of treffer.via) {
      if (manier.soort === 'synoniem' || manier.soort === 'verwant') return `gevonden via ‘${manier.tekst}’`;
      if (manier.soort === 'delen') return `heeft alle delen van ‘${begrip.tekst}’`;
      const deel = this.#deel(manier.termen, teksten);
      if (deel) return `als deel van ‘${deel}’`;
    }
    return '';
  }

  /** Give the longer word that holds a term, when the terms stand nowhere by themselves. */
  #deel(termen, teksten) {
    const isEen = this.motor.analyse.herkenner(termen);
    let langer = '';
    for (const tekst of teksten) {
      for (const [woord] of tekst.matchAll(WOORD)) {
        const gevouwen = vouw(woord);
        if (isEen(gevouwen)) return '';
        if (!langer && termen.some((term) => gevouwen.includes(term))) langer = woord;
      }
    }
    return langer;
  }
}

/** Cut a text in pieces, those apart that hold a term. */
function merk(tekst, past) {
  const stukken = [];
  let eerder = 0;
  for (const { 0: woord, index } of tekst.matchAll(WOORD)) {
    if (!past(woord)) continue;
    if (index > eerder) stukken.push([tekst.slice(eerder, index), false]);
    stukken.push([woord, true]);
    eerder = index + woord.length;
  }
  if (eerder < tekst.length) stukken.push([tekst.slice(eerder), false]);
  return stukken;
}

function heeft(kolommen, facet, nummer, waarden) {
  if (!Object.hasOwn(kolommen, facet)) return false;
  const kolom = kolommen[facet];
  const eigen = kolom[1][nummer];
  return (Array.isArray(eigen) ? eigen : [eigen]).some((w) => w >= 0 && waarden.includes(kolom[0][w][0]));
}

/** Count, for each facet, the documents that have a value and meet the filters of all other facets. A chosen value stays, also with none. */
function tel(kolommen, alle, gekozen) {
  const tellingen = {};
  for (const [facet, [waarden, rijen]] of Object.entries(kolommen)) {
    const andere = gekozen.filter(([f]) => f !== facet);
    const eigenKeuze = gekozen.find(([f]) => f === facet)?.[1] ?? [];
    const aantallen = new Array(waarden.length).fill(0);
    for (const nummer of alle) {
      if (!andere.every(([f, w]) => heeft(kolommen, f, nummer, w))) continue;
      const eigen = rijen[nummer];
      if (Array.isArray(eigen)) for (const w of eigen) aantallen[w] += 1;
      else if (eigen >= 0) aantallen[eigen] += 1;
    }
    tellingen[facet] = waarden.map(([slug, naam], i) => [slug, naam, aantallen[i]]).filter(([slug, , n]) => n || eigenKeuze.includes(slug));
  }
  return tellingen;
}

/** Keep about LENGTE characters around the first match. */
function knip(stukken) {
  const eerste = stukken.findIndex(([, raak]) => raak);
  const voor = stukken.slice(0, Math.max(0, eerste)).map(([t]) => t).join('');
  const ruimte = Math.max(0, voor.length - 70);
  let begin = ruimte && voor.indexOf(' ', ruimte) + 1;
  const uit = [];
  let lengte = 0;
  for (const [tekst, raak] of stukken) {
    const deel = begin >= tekst.length ? '' : tekst.slice(begin);
    begin = Math.max(0, begin - tekst.length);
    if (!deel) continue;
    if (lengte + deel.length > LENGTE) {
      const over = deel.slice(0, LENGTE - lengte);
      uit.push([`${over.slice(0, Math.max(0, over.lastIndexOf(' ')))} …`, false]);
      break;
    }
    uit.push([deel, raak]);
    lengte += deel.length;
  }
  if (ruimte && uit.length) uit.unshift(['… ', false]);
  return uit;
}
