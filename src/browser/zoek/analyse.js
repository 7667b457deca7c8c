/**
 * From Dutch text to search terms, step by step the same as
 * src/kennisplatform/search/analysis.py. A test compares the two word by word.
 */

import { vouw } from '../delen/vouw.js';

/**
 * Split into words of letters and digits, folded; numbers, days and abbreviations come in one
 * notation.
 * @param {string} tekst
 * @returns {string[]}
 */
export const woorden = (tekst) => eenNotatie(vouw(tekst)).match(/[a-z0-9]+/g) ?? [];

const PUNTEN = /(?<![a-z0-9.])[a-z](?:\.[a-z])+(?![a-z0-9])/g;
const DAG = new RegExp(
  '(?<!\\d)(?:(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}))(?!\\d)', 'g');
const ARTIKEL = /(?<![a-z0-9])art[. ] ?(?=\d)/g;
const DUIZENDEN = /(?<![\d.,])(?<!\d )\d{1,3}(?:[. ]\d{3})+(?!\d)/g;
/** Words after a number, with the zeros they stand for. @type {Record<string, number>} */
const SCHALEN = { duizend: 3, ton: 5, miljoen: 6, mln: 6, miljard: 9, mld: 9 };
const GESCHAALD = new RegExp(
  `(?<![\\d.,])(\\d{1,9})(?:[.,](\\d+))? ?(${Object.keys(SCHALEN).join('|')})\\b`, 'g');
const maand = new Intl.DateTimeFormat('nl', { month: 'long', timeZone: 'UTC' });

function eenNotatie(/** @type {string} */ gevouwen) {
  const los = gevouwen.replace(PUNTEN, (letters) => letters.replaceAll('.', ''));
  if (!/\d/.test(los)) return los;
  return los
    .replace(ARTIKEL, 'artikel ')
    .replace(DAG, (heel, jaar, m, d, dag, mnd, jr) => {
      const nummer = Number(m ?? mnd);
      return nummer >= 1 && nummer <= 12
        ? `${Number(d ?? dag)} ${maand.format(Date.UTC(2000, nummer - 1))} ${jaar ?? jr}` : heel;
    })
    .replace(DUIZENDEN, (getal) => getal.replace(/[. ]/g, ''))
    .replace(GESCHAALD, (heel, getal, deel = '', schaal) => (
      deel.length <= SCHALEN[schaal] ? `${getal}${deel.padEnd(SCHALEN[schaal], '0')} ${schaal}` : heel));
}

/** @type {Record<string, string>} */
const LAATSTE = { v: 'f', z: 's' };

const MEERVOUD = /(?<=[a-z]{2}[^aeiou])(?:ies|ys?)$/;

/** Turns words into terms; remembers every word it has seen. */
export class Analyse {
  /**
   * @param {Record<string, string>} onregelmatig irregular plurals with their singular
   * @param {Record<string, string>} metS words with an s of their own, and the plural that has their term
   * @param {(woord: string) => string} stam Snowball's Porter stemmer for Dutch
   */
  constructor(onregelmatig, metS, stam) {
    this.onregelmatig = new Map(Object.entries(onregelmatig));
    this.metS = new Map(Object.entries(metS));
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
    return this.metS.get(woord) ?? woord;
  }

  #eindigtGewoon(/** @type {string} */ woord) {
    for (const [een, ander] of this.onregelmatig) {
      if (een === ander && woord.endsWith(een)) return true;
    }
    return false;
  }

  #slot(/** @type {string} */ heel) {
    const stam = heel.endsWith('dt') ? heel.slice(0, -1) : heel;
    if (stam.length <= 2) return stam;
    const dubbel = stam.at(-1) === stam.at(-2) && !'aeiou'.includes(stam[stam.length - 1]);
    const kort = dubbel ? stam.slice(0, -1) : stam;
    const laatste = kort[kort.length - 1];
    const slot = kort.length > 2 ? kort.slice(0, -1) + (LAATSTE[laatste] ?? laatste) : kort;
    return slot.replace(MEERVOUD, 'ie');
  }
}
