/**
 * The visitor's own list of pages: kept in this browser and nowhere else, and nothing is kept
 * before the first page is.
 */

import { onthoud } from '../delen/onthoud.js';
import { haalJson, isWeg } from '../delen/ophalen.js';
import * as opslag from '../delen/opslag.js';

/**
 * What the site says of a page, as in /data/<collection>/<slug>.json.
 * @typedef {object} Pagina
 * @property {string} collectie
 * @property {string} slug
 * @property {string} adres below the root
 * @property {{titel: string, samenvatting: string}} velden
 * @property {Record<string, string>} kenmerken what pages are compared by, empty where not known
 */

const NAAM = 'mijn-lijst';
const GETALLEN = ['nul', 'één', 'twee', 'drie', 'vier'];
/** Pages that fit beside each other. */
export const MEESTE = 4;
export const telwoord = (/** @type {number} */ n) => GETALLEN[n];
/** Told to the window when this page has changed the list; a browser tells only its other tabs. */
export const VERANDERD = 'kp-mijn-lijst';

/** A collection and a slug. */
const PAGINA = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/**
 * Keep what can be the address of a page, each once: an address and the browser's store can hold
 * anything.
 * @param {unknown[]} paginas
 */
export const geldig = (paginas) => /** @type {string[]} */ (
  [...new Set(paginas)].filter((p) => typeof p === 'string' && PAGINA.test(p)));

/** The part of an address after the path: `?pagina=instrumenten/x&pagina=…`. */
export const alsVraag = (/** @type {string[]} */ paginas) => (
  paginas.length ? `?${paginas.map((p) => `pagina=${p}`).join('&')}` : '');

export const sleutel = (/** @type {Pagina} */ { collectie, slug }) => `${collectie}/${slug}`;

export function lees() {
  const bewaard = opslag.lees(NAAM);
  return Array.isArray(bewaard) ? geldig(bewaard) : [];
}

/**
 * Keep this list instead of the one before; an empty list leaves nothing behind.
 * @param {string[]} paginas
 * @returns {boolean} whether the browser allows it
 */
export function bewaar(paginas) {
  const gelukt = opslag.bewaar(NAAM, paginas.length ? paginas : undefined);
  if (gelukt) dispatchEvent(new Event(VERANDERD));
  return gelukt;
}

/**
 * Where pages are now that had another address, by each of those.
 * @type {(adres: string) => Promise<Map<string, string>>}
 */
const verhuisd = onthoud(async (adres) => {
  /** @type {{paginas: {pagina: string, oud?: string[]}[]}} */
  const { paginas } = await haalJson(adres);
  return new Map(paginas.flatMap(({ pagina, oud = [] }) => oud.map((was) => [was, pagina])));
});

/**
 * The data of a page, wherever it is now; null when the site has none of it.
 * @type {(pagina: string) => Promise<Pagina | null>}
 */
export const gegevens = onthoud(async (gevraagd) => {
  const van = async (/** @type {string} */ pagina) => {
    if (!PAGINA.test(pagina)) return null;
    try {
      /** @type {Pagina} */
      const gevonden = await haalJson(`data/${pagina}.json`);
      return sleutel(gevonden) === pagina ? gevonden : null; // there are other data too
    } catch (fout) {
      if (isWeg(fout)) return null;
      throw fout;
    }
  };
  return await van(gevraagd) ?? van((await verhuisd('data/titels.json')).get(gevraagd) ?? '');
});

/**
 * Fetch the pages that are asked for, each once.
 * @param {string[]} gevraagd
 * @returns {Promise<{paginas: Pagina[], nu: Map<string, string>, onbekend: string[]}>} the pages,
 *   where each is now by the address that was asked for, and what is none
 */
export async function vindPaginas(gevraagd) {
  const gevonden = await Promise.all(gevraagd.map(gegevens));
  const paginas = new Map(gevonden.flatMap((p) => (p ? [[sleutel(p), p]] : [])));
  return {
    paginas: [...paginas.values()],
    nu: new Map(gevonden.flatMap((p, plek) => (p ? [[gevraagd[plek], sleutel(p)]] : []))),
    onbekend: gevraagd.filter((_, plek) => !gevonden[plek]),
  };
}
