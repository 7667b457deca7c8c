/**
 * From Dutch text to search terms, step by step the same as
 * src/kennisplatform/search/analysis.py. A test compares the two word by word.
 */

import { vouw } from '../delen/vouw.js';

/** Split into words of letters and digits, folded. @returns {string[]} */
export const woorden = (/** @type {string} */ tekst) => vouw(tekst).match(/[a-z0-9]+/g) ?? [];

/** @type {Record<string, string>} */
const LAATSTE = { v: 'f', z: 's' };

/** Turns words into terms; remembers every word it has seen. */
export class Analyse {
  /**
   * @param {Record<string, string>} onregelmatig irregular plurals with their singular
   * @param {(woord: string) => string} stam Snowball's Porter stemmer for Dutch
   */
  constructor(onregelmatig, stam) {
    this.onregelmatig = new Map(Object.entries(onregelmatig));
    this.stam = stam;
    /** @type {Map<string, string>} */
    this.termen = new Map();
  }

  /** Give the stem of a folded word, irregular plurals first. */
  term(/** @type {string} */ woord) {
    let term = this.termen.get(woord);
    if (term === undefined) {
      term = this.#slot(this.stam(this.regelmatig(woord)));
      this.termen.set(woord, term);
    }
    return term;
  }

  /**
   * Give what tells whether a folded word has one of these terms. Stems take time, and a word that
   * begins otherwise needs none.
   * @param {string[]} termen
   */
  herkenner(termen) {
    // Of a stem no more than its last two letters are another than in the word.
    const begins = termen.map((term) => term.slice(0, -2));
    return (/** @type {string} */ woord) => (
      (this.onregelmatig.has(woord) || begins.some((begin) => woord.startsWith(begin)))
      && termen.includes(this.term(woord)));
  }

  /** Give the singular of an irregular plural, and any other word as it is. */
  regelmatig(/** @type {string} */ woord) {
    const heel = this.onregelmatig.get(woord);
    if (heel !== undefined) return heel;
    for (const [meervoud, enkelvoud] of this.onregelmatig) {
      if (meervoud !== enkelvoud && meervoud.length > 4 && woord.endsWith(meervoud)
          && woord.length >= meervoud.length + 3 && !this.#eindigtGewoon(woord)) {
        return woord.slice(0, -meervoud.length) + enkelvoud;
      }
    }
    return woord;
  }

  #eindigtGewoon(/** @type {string} */ woord) {
    for (const [een, ander] of this.onregelmatig) {
      if (een === ander && woord.endsWith(een)) return true;
    }
    return false;
  }

  #slot(/** @type {string} */ stam) {
    if (stam.length <= 2) return stam;
    const dubbel = stam.at(-1) === stam.at(-2) && !'aeiou'.includes(stam[stam.length - 1]);
    const kort = dubbel ? stam.slice(0, -1) : stam;
    const laatste = kort[kort.length - 1];
    return kort.length > 2 ? kort.slice(0, -1) + (LAATSTE[laatste] ?? laatste) : kort;
  }
}
