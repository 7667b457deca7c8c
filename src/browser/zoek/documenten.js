/**
 * What the index knows of all documents together, and the weights it makes of counts: those of
 * lunr. An edit changes the counts of its own words only, but the weight of every word.
 */

import { getallen } from '../delen/tekens.js';

/**
 * @typedef {object} Gegevens of documents in the order of their numbers; a character each
 * @property {string} nummers the distance to the number before it in the file
 * @property {string} soort the number of its kind and one more, 0 for a part of the site
 * @property {number[]} gewichten what all words of a document may weigh
 * @property {string} gewicht the place of its own among those
 * @property {Record<string, [string, string]>} lengtes by field, its terms: how many times
 *   the base, and what is left
 *
 * As it lies in a file: the parts of a compound, or the verb that it is a form of; then for each
 * field its number, the distances between the numbers of documents, and how often the term is in
 * each of them, a character each.
 * @typedef {[string[], ...[number, string, string][]]} Telling
 *
 * The same with the places of the documents, and what the term weighs in each of them.
 * @typedef {[string[], ...[number, number[], number[]][]]} Posting
 */

export class Documenten {
  #velden;
  #gewicht;
  #inhoud;

  /**
   * @param {Gegevens[]} delen
   * @param {{velden: Record<string, number>, k1: number, b: number, grondtal: number,
   *   inhoud: number[]}} manifest velden: with what each weighs; grondtal: base of the lengths;
   *   inhoud: the kinds that are no lists of other pages
   */
  constructor(delen, { velden, k1, b, grondtal, inhoud }) {
    /** The number of the document in each place. */
    this.nummers = delen.flatMap(({ nummers }) => opgeteld(nummers));
    this.aantal = this.nummers.length;
    /** The number of the kind of each; -1 for a part of the site. */
    this.soort = delen.flatMap(({ soort }) => getallen(soort).map((nummer) => nummer - 1));
    this.#gewicht = delen.flatMap(({ gewichten, gewicht }) => (
      getallen(gewicht).map((plek) => gewichten[plek])));
    /** The place of each number. */
    this.plekken = new Int32Array((this.nummers.at(-1) ?? 0) + 1);
    this.nummers.forEach((nummer, plek) => { this.plekken[nummer] = plek; });
    this.#velden = Object.entries(velden).map(([naam, telt]) => {
      const lengtes = delen.flatMap((deel) => {
        const [keren, rest] = deel.lengtes[naam].map(getallen);
        return rest.map((los, i) => keren[i] * grondtal + los);
      });
      const gemiddeld = lengtes.reduce((som, lengte) => som + lengte, 0) / this.aantal;
      return { lengtes, telt, rem: (/** @type {number} */ lengte) => (
        k1 * (1 - b + b * (lengte / gemiddeld))) };
    });
    this.meest = k1 + 1;
    this.#inhoud = inhoud;
  }

  /** Tell whether a document is a page of a collection. @param {number} plek */
  isInhoud(plek) {
    return this.#inhoud.includes(this.soort[plek]);
  }

  /** Give how many terms a field of a document has. @param {number} veld @param {number} plek */
  lengte(veld, plek) {
    return this.#velden[veld].lengtes[plek];
  }

  /**
   * Weigh a term: BM25 with lunr's idf, which counts a document once for each field that has the
   * term, and its rounding.
   * @param {Telling} telling
   * @returns {Posting}
   */
  weeg([delen, ...teksten]) {
    const lijsten = teksten.map(([veld, afstanden, aantallen]) => (
      { veld, afstanden, aantallen: getallen(aantallen) }));
    const met = lijsten.reduce((som, { aantallen }) => som + aantallen.length, 0);
    const idf = Math.log(1 + Math.abs((this.aantal - met + 0.5) / (met + 0.5)));
    return [delen, ...lijsten.map(({ veld, afstanden, aantallen }) => {
      const { lengtes, telt, rem } = this.#velden[veld];
      const plekken = opgeteld(afstanden).map((nummer) => this.plekken[nummer]);
      const gewichten = aantallen.map((aantal, i) => {
        const plek = plekken[i];
        const score = (idf * (this.meest * aantal)) / (rem(lengtes[plek]) + aantal)
          * telt * this.#gewicht[plek];
        return Math.round(score * 1000) / 1000;
      });
      return /** @type {[number, number[], number[]]} */ ([veld, plekken, gewichten]);
    })];
  }
}

/** Give the numbers of which only the distance to the one before is known. */
function opgeteld(/** @type {string} */ afstanden) {
  let nummer = 0;
  return getallen(afstanden).map((afstand) => {
    nummer += afstand;
    return nummer;
  });
}
