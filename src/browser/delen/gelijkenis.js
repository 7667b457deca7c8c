/** How much other municipalities are like one. */

import { onthoud } from './onthoud.js';
import { haalJson } from './ophalen.js';

/**
 * @typedef {object} Gelijkenis
 * @property {number} plaats in the order of likeness; 0 is the municipality itself
 * @property {number} km
 * @property {number} klasse 1 when it is of the same size
 * @property {number} provincie 1 when it lies in the same province
 */

/** @type {(slug: string) => Promise<Map<string, Gelijkenis>>} */
const lees = onthoud(async (slug) => {
  /** @type {[string, number, number, number][]} */
  const rijen = await haalJson(`filter/zoals/${slug}.json`);
  return new Map(rijen.map(([s, km, klasse, provincie], plaats) => (
    [s, { plaats, km, klasse, provincie }])));
});

/** Give the likeness of all municipalities by their slug; of none without a slug. */
export async function haalGelijkenis(/** @type {string} */ slug) {
  return slug ? lees(slug) : /** @type {Map<string, Gelijkenis>} */ (new Map());
}

/**
 * Give the municipality that is most alike, if any is known.
 * @param {[string, string][]} gemeenten slug and name
 * @param {Map<string, Gelijkenis>} gelijkenis
 */
export function dichtst(gemeenten, gelijkenis) {
  return gemeenten.flatMap(([slug, naam]) => {
    const bekend = gelijkenis.get(slug);
    return bekend ? [{ naam, ...bekend }] : [];
  }).sort((a, b) => a.plaats - b.plaats)[0];
}

/** Say in what another municipality is like the chosen one. */
export const overeenkomst = (/** @type {Gelijkenis} */ { km, klasse, provincie }) => [
  ...(klasse ? ['zelfde grootte'] : []),
  ...(provincie ? ['zelfde provincie'] : []),
  `${km}\u00a0km`,
].join(', ');
