/** Columns: the values of a facet, and which of them each page or document has. */

import { vandaag } from './dag.js';

/**
 * @typedef {number | number[]} Waarde the numbers of values; -1 is none
 * @typedef {[[string, string][], Waarde[], string, [number, string][]?]} Kolom the values as slug
 *   and name, which of them each has, what the facet is called, and the last day of each that was
 *   still to come when the site was made
 */

/**
 * Give columns with the rows of all pages: those that come with them, and those of further pieces.
 * @param {{kolommen: Record<string, Kolom>, delen: string[]}} begin
 * @param {(adres: string) => Promise<Record<string, Waarde[]>>} haal fetches a file of search
 */
export async function metDelen({ kolommen, delen }, haal) {
  const verder = await Promise.all(delen.map((naam) => haal(`f/${naam}.json`)));
  for (const [facet, kolom] of Object.entries(kolommen)) {
    kolom[1] = [kolom[1], ...verder.map((deel) => deel[facet])].flat();
  }
  return kolommen;
}

/** The numbers in one place of a column. @param {Waarde | undefined} waarde */
export function alsRij(waarde) {
  if (Array.isArray(waarde)) return waarde;
  return waarde !== undefined && waarde >= 0 ? [waarde] : [];
}

/**
 * Let what has passed since the site was made have been.
 * @template {Record<string, Kolom>} K
 * @param {K} kolommen
 */
export function totVandaag(kolommen) {
  const [waarden, rijen, , dagen = []] = kolommen.wanneer;
  const geweest = waarden.findIndex(([slug]) => slug === 'geweest');
  const nu = vandaag();
  for (const [rij, dag] of dagen) if (dag < nu) rijen[rij] = geweest;
  return kolommen;
}
