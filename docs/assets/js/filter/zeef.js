/** Which pages meet the filters, and how many each value would give. No part of this knows the page it is on. */

import { FACETTEN, wortel } from '../zoek/bouw.js';

/** @param {string} adres below the site's root */
export async function lees(adres) {
  const antwoord = await fetch(new URL(adres, wortel), { cache: 'no-cache' });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.json();
}

/**
 * All content pages, by collection and in the order of its catalogue. A column has the values of a facet as [slug, name],
 * and for each page which of them it has.
 * @typedef {[[string, string][], (number | number[])[]]} Kolom
 * @typedef {{kaarten: number, kolommen: Record<string, Kolom>, titel: number[], gebruikt: number[]}} Paginas
 */

/**
 * @param {string} facet also give the column of this one; few lists need those that are no filter
 * @returns {Promise<Paginas>}
 */
export async function leesPaginas(facet) {
  const [data, kolom] = await Promise.all([lees('filter/paginas.json'), facet in FACETTEN ? null : lees(`filter/${facet}.json`)]);
  if (kolom) data.kolommen[facet] = kolom;
  return data;
}

/** The numbers of the values in one place of a column. */
export function alsRij(/** @type {number | number[] | undefined} */ waarde) {
  if (Array.isArray(waarde)) return waarde;
  return waarde >= 0 ? [waarde] : [];
}

export class Zeef {
  /** @type {Record<string, number[][]>} by facet the values of each row */
  #waarden;

  /**
   * @param {Record<string, Kolom>} kolommen
   * @param {number[]} paginas the page of each row, or -1
   * @param {number[]} [eenheden] what each row counts for, the rows of one together; without it every row counts
   * @param {Record<string, number[]>} [eigen] facets of which not the page has the value but what the row counts for
   */
  constructor(kolommen, paginas, eenheden = paginas, eigen = {}) {
    Object.assign(this, { kolommen, paginas, eenheden });
    this.#waarden = Object.fromEntries(Object.keys(FACETTEN).map((facet) => {
      const rijen = facet in eigen ? eigen[facet] : kolommen[facet][1];
      return [facet, (facet in eigen ? eenheden : paginas).map((plaats) => alsRij(rijen[plaats]))];
    }));
  }

  /** The values of a facet that a row has, as numbers. */
  waarden(facet, rij) {
    return this.#waarden[facet][rij];
  }

  /** The same as names. */
  namen(facet, rij) {
    return this.waarden(facet, rij).map((w) => this.kolommen[facet][0][w][1]);
  }

  naam(facet, slug) {
    return this.kolommen[facet][0].find(([s]) => s === slug)?.[1] ?? slug;
  }

  /** The values that some row has, as [slug, name]; none when that tells no row from another. */
  keuzes(facet) {
    const gebruikt = new Set(this.#waarden[facet].flat());
    const telling = gebruikt.size > 1 || this.#waarden[facet].some((eigen) => !eigen.length);
    return telling ? this.kolommen[facet][0].filter((_, w) => gebruikt.has(w)) : [];
  }

  /**
   * OR within a facet, AND between facets; a value counts what meets the filters of the other facets.
   * @param {Record<string, string[]>} filters
   * @returns {{over: number[], totaal: number, tellingen: Record<string, Uint32Array>}} the rows that are left, how much they count for, and the counts by facet and value
   */
  zeef(filters) {
    const gekozen = Object.entries(filters)
      .map(([facet, slugs]) => [this.#waarden[facet], new Set(slugs.map((slug) => this.kolommen[facet][0].findIndex(([s]) => s === slug))), facet]);
    const over = [];
    /** @type {Record<string, number[]>} by facet the rows that meet all filters but its own */
    const gemist = Object.fromEntries(gekozen.map(([, , facet]) => [facet, []]));
    for (let rij = 0; rij < this.paginas.length; rij += 1) {
      let mist = '';
      let aantal = 0;
      for (const [waarden, mag, facet] of gekozen) {
        if (!waarden[rij].some((w) => mag.has(w))) {
          mist = facet;
          aantal += 1;
        }
      }
      if (!aantal) over.push(rij);
      else if (aantal === 1) gemist[mist].push(rij);
    }
    const tellingen = Object.fromEntries(Object.keys(this.#waarden)
      .map((facet) => [facet, this.#tel(facet, gemist[facet]?.length ? Int32Array.from([...over, ...gemist[facet]]).sort() : over)]));
    return { over, totaal: new Set(over.map((rij) => this.eenheden[rij])).size, tellingen };
  }

  /** Count the values of a facet in these rows, given in their order: those that count for one thing together count once. */
  #tel(facet, rijen) {
    const aantallen = new Uint32Array(this.kolommen[facet][0].length);
    const laatste = new Int32Array(aantallen.length).fill(-1);
    for (const rij of rijen) {
      for (const w of this.#waarden[facet][rij]) {
        if (laatste[w] !== this.eenheden[rij]) {
          laatste[w] = this.eenheden[rij];
          aantallen[w] += 1;
        }
      }
    }
    return aantallen;
  }
}
