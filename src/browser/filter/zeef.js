/** Which pages meet the filters, and how many each value would give. Knows nothing of a screen. */

import { alsRij, metDelen, totVandaag } from '../delen/kolommen.js';
import { onthoud } from '../delen/onthoud.js';
import { haal, haalJson } from '../delen/ophalen.js';
import { getallen } from '../delen/tekens.js';

/**
 * @typedef {import('../delen/kolommen.js').Kolom} Kolom
 *
 * All content pages, by collection and in the order of its catalogue.
 * @typedef {object} Paginas
 * @property {[number, string][]} kaarten of each file with cards its first page, and its name
 * @property {number} blad how many cards a list begins with
 * @property {string} aandachtsvelden what more of them are called
 * @property {string} volgorde the file with what other orders of a list go by
 * @property {Record<string, Kolom>} kolommen in the order of the form
 */

/** What is named after its content, beside what search has. @param {string} adres */
const leesDeel = async (adres) => (await haal(`zoek/${adres}`, 'default')).json();

/** The column of a facet that few lists need. @type {(facet: string) => Promise<Kolom>} */
export const leesKolom = onthoud(async (facet) => (
  await metDelen(await haalJson(`filter/${facet}.json`), leesDeel))[facet]);

/**
 * @param {string} [apart] also give the column of this facet, which few lists need
 * @returns {Promise<Paginas>}
 */
export async function leesPaginas(apart) {
  const [begin, kolom] = await Promise.all([
    haalJson('filter/paginas.json'),
    apart ? leesKolom(apart) : null,
  ]);
  /** @type {Record<string, Kolom>} */
  const kolommen = totVandaag(await metDelen(begin, leesDeel));
  if (apart && kolom) kolommen[apart] = kolom;
  return { ...begin, kolommen };
}

/**
 * What the other orders of a list go by, of all pages: their rank by title, and how many use each.
 * @type {(naam: string) => Promise<{titel: number[], gebruikt: number[]}>}
 */
export const leesVolgorde = onthoud(async (naam) => {
  const { titel, gebruikt } = await leesDeel(`f/${naam}.json`);
  return { titel: getallen(titel), gebruikt: getallen(gebruikt) };
});

/**
 * A municipality: slug, name, province, class of size, and its other names.
 * @typedef {[string, string, string, string, string[]]} Gemeente
 */

/** @returns {Promise<Gemeente[]>} */
export const leesGemeenten = () => haalJson('filter/gemeenten.json');

export class Zeef {
  /** @type {Record<string, number[][]>} by facet the values of each row */
  #waarden;

  /**
   * @param {Record<string, Kolom>} kolommen
   * @param {number[]} paginas the page of each row, or -1
   * @param {number[]} eenheden what each row counts for, the rows of one together
   * @param {Record<string, (number | undefined)[]>} eigen facets of which not the page has the
   *   value but what the row counts for
   */
  constructor(kolommen, paginas, eenheden = paginas, eigen = {}) {
    this.kolommen = kolommen;
    this.paginas = paginas;
    this.eenheden = eenheden;
    this.#waarden = Object.fromEntries(Object.keys(kolommen).map((facet) => {
      const rijen = facet in eigen ? eigen[facet] : kolommen[facet][1];
      const plaatsen = facet in eigen ? eenheden : paginas;
      return [facet, plaatsen.map((plaats) => alsRij(rijen[plaats]))];
    }));
  }

  /** The values of a facet that a row has, as numbers. @param {string} facet @param {number} rij */
  waarden(facet, rij) {
    return this.#waarden[facet][rij];
  }

  /** The same as slug and name. @param {string} facet @param {number} rij */
  paren(facet, rij) {
    return this.waarden(facet, rij).map((w) => this.kolommen[facet][0][w]);
  }

  /** The same as names. @param {string} facet @param {number} rij */
  namen(facet, rij) {
    return this.paren(facet, rij).map(([, naam]) => naam);
  }

  /** @param {string} facet @param {string} slug */
  naam(facet, slug) {
    return this.kolommen[facet][0].find(([s]) => s === slug)?.[1] ?? slug;
  }

  /**
   * The values that some row has, as slug and name; none when that tells no row from another.
   * @param {string} facet
   */
  keuzes(facet) {
    const gebruikt = new Set(this.#waarden[facet].flat());
    const telling = gebruikt.size > 1 || this.#waarden[facet].some((eigen) => !eigen.length);
    return telling ? this.kolommen[facet][0].filter((_, w) => gebruikt.has(w)) : [];
  }

  /**
   * OR within a facet, AND between facets; a value counts what meets the filters of the others.
   * @param {import('../delen/facetten.js').Keuzes} filters
   * @returns {{over: number[], totaal: number, tellingen: Record<string, Uint32Array>}} the rows
   *   that are left, how much they count for, and the counts by facet and value
   */
  zeef(filters) {
    const gekozen = Object.entries(filters).map(([facet, slugs]) => {
      const nummers = slugs.map((slug) => this.kolommen[facet][0].findIndex(([s]) => s === slug));
      return { facet, waarden: this.#waarden[facet], mag: new Set(nummers) };
    });
    /** @type {number[]} */
    const over = [];
    /** By facet the rows that meet all filters but its own. @type {Record<string, number[]>} */
    const gemist = Object.fromEntries(gekozen.map(({ facet }) => [facet, []]));
    for (let rij = 0; rij < this.paginas.length; rij += 1) {
      let mist = '';
      let aantal = 0;
      for (const { facet, waarden, mag } of gekozen) {
        if (!waarden[rij].some((w) => mag.has(w))) {
          mist = facet;
          aantal += 1;
        }
      }
      if (!aantal) over.push(rij);
      else if (aantal === 1) gemist[mist].push(rij);
    }
    const tellingen = Object.fromEntries(Object.keys(this.#waarden).map((facet) => {
      const zonder = gemist[facet]?.length
        ? Int32Array.from([...over, ...gemist[facet]]).sort() : over;
      return [facet, this.#tel(facet, zonder)];
    }));
    return { over, totaal: new Set(over.map((rij) => this.eenheden[rij])).size, tellingen };
  }

  /**
   * Count the values of a facet in these rows, given in their order: those that count for one
   * thing together count once.
   * @param {string} facet
   * @param {Iterable<number>} rijen
   */
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
