/**
 * The visitor's own list of pages: kept in this browser and nowhere else, and nothing is kept
 * before the first page is.
 */

import { onthoud } from '../delen/onthoud.js';
import { haalJson } from '../delen/ophalen.js';
import * as opslag from '../delen/opslag.js';

/**
 * What the site says of a page, as in /data/<collection>/<slug>.json.
 * @typedef {object} Pagina
 * @property {string} collectie
 * @property {string} slug
 * @property {string} adres below the root
 * @property {{titel: string, samenvatting: string}} velden
 * @property {Record<string, string>} kenmerken what pages are compared by, empty where not known
 *
 * @typedef {object} Titels
 * @property {{pagina: string, titel: string, oud?: string[]}[]} alle in the order of the alphabet
 * @property {Map<string, string>} titel
 * @property {Map<string, string>} nu where a page is now, by this and each old address
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
const geldig = (paginas) => /** @type {string[]} */ (
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

/** @returns {Promise<Titels>} */
export async function titels() {
  /** @type {Titels['alle']} */
  const alle = (await haalJson('data/titels.json')).paginas;
  return {
    alle,
    titel: new Map(alle.map((p) => [p.pagina, p.titel])),
    nu: new Map(alle.flatMap((p) => [p.pagina, ...(p.oud ?? [])].map((a) => [a, p.pagina]))),
  };
}

/**
 * Find what is asked for, wherever it is now.
 * @param {string[]} gevraagd
 * @param {Titels} bekend
 */
export const vindPaginas = (gevraagd, { nu }) => ({
  bestaand: geldig(gevraagd.map((p) => nu.get(p))),
  onbekend: gevraagd.filter((p) => !nu.has(p)),
});

/** The data of a page. @type {(pagina: string) => Promise<Pagina>} */
export const gegevens = onthoud((pagina) => haalJson(`data/${pagina}.json`));
