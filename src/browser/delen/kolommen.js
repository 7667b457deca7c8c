/** Columns: the values of a facet, and which of them each page or document has. */

import { vandaag } from './dag.js';

/**
 * @typedef {number | number[]} Waarde the numbers of values; -1 is none
 * @typedef {[[string, string][], Waarde[], string, [number, string][]?]} Kolom the values as slug
 *   and name, which of them each has, what the facet is called, and the last day of each that was
 *   still to come when the site was made
 */

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
