/**
 * From what a visitor types to what is searched: concepts, each with the ways to say it.
 *
 * A concept is found in a document when all terms of one of its ways are. The words as
 * typed weigh most, then a joined or split compound, a synonym, a looser relation.
 */

import { woorden } from './analyse.js';
import { inkort } from './typen.js';

/** Letters of a word that may not be whole yet. */
const KORTSTE_BEGIN = 3;

/**
 * @typedef {'woord' | 'samen' | 'vorm' | 'delen' | 'begin' | 'synoniem' | 'verwant'} Soort
 * @typedef {Record<Soort | 'hersteld', number>} Gewichten what each kind of way weighs, and by how
 *   much one of a mended word is multiplied
 *
 * @typedef {object} Manier one way to say a concept
 * @property {string[]} termen all of which must be in the document
 * @property {number} gewicht of each of them
 * @property {Soort} soort
 * @property {string} tekst as it would be written
 *
 * @typedef {object} Begrip
 * @property {number} plek of its first word in the question
 * @property {number} lengte in words
 * @property {string} tekst the words as typed
 * @property {Manier[]} manieren the first is the words themselves
 * @property {string} [naam] the terms of the name of the vocabulary that it is
 * @property {Manier} [delen] the words it is made of, when nobody wrote it
 *
 * A name of the vocabulary and its terms; where they are others, those of its telling words, empty
 * when no document has them.
 * @typedef {[string, string, string?]} Naam
 */

/** Splits questions; knows stop words and synonyms. */
export class Vraagbaak {
  /** @type {Map<string, string[]> | undefined} */
  #kort;

  /**
   * By the terms of a name, and by how near it comes, the places of other names.
   * @type {Map<string, Record<'woord' | 'synoniem' | 'verwant', number[]>>}
   */
  #anders = new Map();

  /**
   * @param {{stop: string[], vraag: string[], voorzetsels: string[], namen: Naam[], groepen: [number[], number[]][],
   *   gewichten: Gewichten}} manifest groepen: places of names that say the same, and of those that
   *   nearly do
   * @param {import('./analyse.js').Analyse} analyse
   */
  constructor(manifest, analyse) {
    this.analyse = analyse;
    this.stop = new Set(manifest.stop);
    this.vraagwoorden = new Set(manifest.vraag);
    this.voorzetsels = new Set(manifest.voorzetsels);
    this.gewichten = manifest.gewichten;
    this.namen = manifest.namen;
    this.namen.forEach(([, termen], plek) => {
      const { woord } = this.#bij(termen);
      woord.push(plek);
    });
    for (const [zelfde, verwant] of manifest.groepen) {
      for (const plek of zelfde) {
        const naam = this.#bij(this.namen[plek][1]);
        naam.synoniem.push(...zelfde);
        naam.verwant.push(...verwant);
      }
      for (const plek of verwant) this.#bij(this.namen[plek][1]).verwant.push(...zelfde);
    }
  }

  #bij(/** @type {string} */ termen) {
    const eerder = this.#anders.get(termen);
    if (eerder) return eerder;
    const nieuw = { woord: [], synoniem: [], verwant: [] };
    this.#anders.set(termen, nieuw);
    return nieuw;
  }

  /**
   * Give the other ways to say a name that a document has, the nearest first.
   * @param {string} naam its terms
   * @returns {Manier[]}
   */
  anders(naam) {
    const { woord, synoniem, verwant } = this.#bij(naam);
    const telt = (/** @type {number} */ plek) => this.namen[plek][2] ?? this.namen[plek][1];
    const gezien = new Set(woord.map(telt));
    return Object.entries({ synoniem, verwant }).flatMap(([soort, plekken]) => plekken
      .filter((plek) => telt(plek) && !gezien.has(telt(plek)) && gezien.add(telt(plek)))
      .map((plek) => /** @type {Manier} */ ({
        termen: telt(plek).split(' '),
        gewicht: this.gewichten[/** @type {Soort} */ (soort)],
        soort,
        tekst: this.namen[plek][0],
      })));
  }

  /**
   * Give the ways to say the name that a word is short for, or all words of one together: RtC and
   * righttochallenge are right to challenge. When it may be more than one, or is one word of names,
   * they are only related: assembly is a word of citizens assembly.
   * @param {string} woord
   * @returns {Manier[]}
   */
  voluit(woord) {
    this.#kort ??= this.#korteNamen();
    const term = this.analyse.term(woord);
    const kort = this.#kort.get(woord) ?? this.#kort.get(term) ?? [];
    const namen = kort.length ? kort
      : [...this.#anders.keys()].filter((naam) => naam.split(' ').includes(term));
    /** @type {Soort} */
    const soort = kort.length === 1 ? 'synoniem' : 'verwant';
    const gewicht = this.gewichten[soort];
    return namen.flatMap((naam) => {
      const [tekst] = this.namen[this.#bij(naam).woord[0]];
      const anders = this.anders(naam).map((manier) => (
        kort.length === 1 ? manier : { ...manier, gewicht, soort }));
      return [{ termen: this.#termen(naam.split(' ')), gewicht, soort, tekst }, ...anders];
    });
  }

  /** Give the names of more words, by those together and by the first letters of three and more. */
  #korteNamen() {
    /** @type {Map<string, string[]>} */
    const kort = new Map();
    for (const naam of this.#anders.keys()) {
      const delen = naam.split(' ');
      const letters = delen.length > 2 ? [delen.map(([letter]) => letter).join('')] : [];
      for (const vorm of delen.length > 1 ? [delen.join(''), ...letters] : []) {
        kort.set(vorm, [...kort.get(vorm) ?? [], naam]);
      }
    }
    return kort;
  }

  /** Give the terms of words that mean something; all of them when none does. */
  #termen(/** @type {string[]} */ alle) {
    const over = alle.filter((w) => !this.stop.has(w));
    return [...new Set((over.length ? over : alle).map((w) => this.analyse.term(w)))];
  }

  /**
   * Give the terms of a question that mean something, with and without the words that only make a
   * question of it.
   * @param {string} vraag
   * @returns {string[][]}
   */
  kernen(vraag) {
    const betekenis = woorden(inkort(vraag)).filter((w) => !this.stop.has(w));
    const zonder = betekenis.filter((w) => !this.vraagwoorden.has(w));
    return [betekenis, zonder].map((rij) => rij.map((w) => this.analyse.term(w)));
  }

  /**
   * Split a question into concepts: the longest name of the vocabulary wins its words, any other
   * word is one by itself.
   * @param {string} vraag
   * @returns {Begrip[]}
   */
  begrippen(vraag) {
    const alle = woorden(inkort(vraag));
    const betekenis = (/** @type {string} */ w) => !this.stop.has(w) && !this.vraagwoorden.has(w);
    const telt = alle.some(betekenis) ? betekenis : () => true;
    const termen = alle.map((w) => this.analyse.term(w));
    /** @type {Begrip[]} */
    const begrippen = [];
    const gedekt = new Set();
    /** @param {number} plek @param {number} lengte @param {string} [naam] */
    const neem = (plek, lengte, naam) => {
      const eigen = alle.slice(plek, plek + lengte);
      const tekst = eigen.join(' ');
      /** @type {Manier} */
      const zelf = {
        termen: this.#termen(eigen), gewicht: this.gewichten.woord, soort: 'woord', tekst,
      };
      begrippen.push({ plek, lengte, tekst, naam, manieren: [zelf] });
      for (let i = 0; i < lengte; i += 1) gedekt.add(plek + i);
    };
    for (let lengte = alle.length; lengte >= 1; lengte -= 1) {
      for (let plek = 0; plek + lengte <= alle.length; plek += 1) {
        const naam = termen.slice(plek, plek + lengte).join(' ');
        const vrij = alle.slice(plek, plek + lengte).every((_, i) => !gedekt.has(plek + i));
        if (this.#anders.has(naam) && vrij && (lengte > 1 || telt(alle[plek]))) {
          neem(plek, lengte, naam);
        }
      }
    }
    alle.forEach((woord, plek) => {
      if (!gedekt.has(plek) && telt(woord)) neem(plek, 1);
    });
    const gezien = new Set();
    return begrippen.sort((a, b) => a.plek - b.plek)
      .filter(({ tekst }) => !gezien.has(tekst) && gezien.add(tekst));
  }

  /**
   * Give the words of a question that may be a verb with the word at its end: haken … af.
   * @param {string} vraag
   * @param {Begrip[]} begrippen
   */
  gescheiden(vraag, begrippen) {
    const deel = woorden(inkort(vraag)).at(-1) ?? '';
    return !this.voorzetsels.has(deel) ? [] : begrippen
      .filter(({ lengte, tekst }) => lengte === 1 && tekst !== deel)
      .map((begrip) => ({ begrip, deel, tekst: deel + begrip.tekst }));
  }

  /**
   * Give the concept that a question ends in the middle of, perhaps.
   * @param {string} vraag
   * @param {Begrip[]} begrippen
   */
  open(vraag, begrippen) {
    const laatste = begrippen.at(-1);
    const past = laatste && laatste.lengte === 1 && laatste.tekst.length >= KORTSTE_BEGIN
      && /[\p{L}\p{N}\p{M}]$/u.test(vraag) && woorden(inkort(vraag)).at(-1) === laatste.tekst;
    return past ? laatste : undefined;
  }
}

/**
 * Give the words of a list nearest to a mistyped word: one mistake from five letters, two from
 * nine.
 * @param {string} woord
 * @param {string[]} lijst
 */
export function verbeteringen(woord, lijst) {
  const meeste = woord.length >= 9 ? 2 : woord.length >= 5 ? 1 : 0;
  let beste = meeste + 1;
  /** @type {string[]} */
  let gevonden = [];
  for (const ander of lijst) {
    if (Math.abs(ander.length - woord.length) > Math.min(meeste, beste)) continue;
    const afstand = verschil(woord, ander, Math.min(meeste, beste));
    if (afstand > meeste || afstand > beste) continue;
    if (afstand < beste) gevonden = [];
    beste = afstand;
    gevonden.push(ander);
  }
  return gevonden.sort((a, b) => begin(woord, b) - begin(woord, a) || (a < b ? -1 : 1));
}

/** Letters that words must share to look alike. */
const GELIJKE_LETTERS = 4;

/**
 * Give the words of a list that look most like a word nobody wrote: it ends with them, or more
 * than half of them is its begin.
 * @param {string} woord
 * @param {string[]} lijst
 */
export function gelijkende(woord, lijst) {
  const deelVan = (/** @type {string} */ ander) => (
    woord.endsWith(ander) ? ander.length : begin(woord, ander));
  return lijst.map((ander) => ({ ander, deel: deelVan(ander) }))
    .filter(({ ander, deel }) => deel >= GELIJKE_LETTERS && deel > ander.length / 2)
    .sort((a, b) => (
      b.deel - a.deel || a.ander.length - b.ander.length || (a.ander < b.ander ? -1 : 1)))
    .map(({ ander }) => ander);
}

/** Count the letters with which both words begin. @param {string} a @param {string} b */
function begin(a, b) {
  let i = 0;
  while (i < Math.min(a.length, b.length) && a[i] === b[i]) i += 1;
  return i;
}

/**
 * Count the mistakes between two words (insert, drop, change, swap of neighbours); more than
 * `grens` is not counted on.
 * @param {string} a
 * @param {string} b
 * @param {number} grens
 */
function verschil(a, b, grens) {
  /** @type {number[]} */
  let vorige2 = [];
  let vorige = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const rij = [i];
    let laagste = i;
    for (let j = 1; j <= b.length; j += 1) {
      const anders = vorige[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let waarde = Math.min(vorige[j] + 1, rij[j - 1] + 1, anders);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        waarde = Math.min(waarde, vorige2[j - 2] + 1);
      }
      rij.push(waarde);
      laagste = Math.min(laagste, waarde);
    }
    if (laagste > grens) return grens + 1;
    vorige2 = vorige;
    vorige = rij;
  }
  return vorige[b.length];
}

const EINDEN = ['t', 'te', 'ten', 'de', 'den', 'd', 's'];

/**
 * Give what a word is without the ending of a verb or a plural, and without ge: haakt and gehaakt
 * are haak, gemeentes is gemeente.
 * @param {string} woord
 */
export function kortereVormen(woord) {
  const delen = EINDEN.filter((eind) => woord.endsWith(eind)).map((eind) => woord.slice(0, -eind.length));
  return [...delen, ...delen.map((deel) => deel.replace('ge', ''))]
    .filter((deel, i, alle) => deel.length >= KORTSTE_VORM - 1 && alle.indexOf(deel) === i);
}

const SCHAKELS = ['', 's', 'e', 'en'];
const UITGANGEN = ['', 's', 't', 'e', 'en', 'de', 'te', 'den', 'ten'];
/** Letters of a word that can have such an end. */
const KORTSTE_VORM = 4;

/**
 * Give the words that one can be a form of, itself first.
 * @param {string} woord
 */
export const grondvormen = (woord) => UITGANGEN
  .map((uitgang) => woord.slice(0, woord.length - uitgang.length))
  .filter((vorm, i) => !i || (vorm.length >= KORTSTE_VORM && woord === vorm + UITGANGEN[i]));

/**
 * Split a compound the index has not seen: all of it are words of the index, and at least one is
 * a part of other compounds.
 * @param {string} woord
 * @param {Set<string>} delen
 * @param {Set<string>} bekend all words of the index
 * @returns {string[] | null}
 */
export function splits(woord, delen, bekend) {
  const isWoord = (/** @type {string} */ stuk) => delen.has(stuk) || bekend.has(stuk);
  for (let knip = woord.length - 3; knip >= 3; knip -= 1) {
    const staart = woord.slice(knip);
    for (const schakel of SCHAKELS) {
      const kop = woord.slice(0, knip - schakel.length);
      const past = kop.length >= 3 && woord.slice(0, knip).endsWith(schakel);
      if (!past || !isWoord(kop)) continue;
      if (isWoord(staart) && (delen.has(kop) || delen.has(staart))) return [kop, staart];
      const verder = splits(staart, delen, bekend);
      if (verder) return [kop, ...verder];
    }
  }
  return null;
}
