/** How much other municipalities are like one: the rule of model/vocabulary.py once more. */

import { onthoud } from './onthoud.js';
import { haalJson } from './ophalen.js';

/**
 * @typedef {object} Gelijkenis
 * @property {number} plaats in the order of likeness; 0 is the municipality itself
 * @property {number} km
 * @property {boolean} klasse whether it is of the same size
 * @property {boolean} provincie whether it lies in the same province
 *
 * Slug, province, size class, inhabitants, and degrees north and east.
 * @typedef {[string, string, string, number, number, number]} Gemeente
 *
 * @typedef {object} Maten
 * @property {number} provincie what another province counts for; another size class counts for 1
 * @property {number} km kilometres that count for 1
 * @property {number} aarde its radius in kilometres
 * @property {Gemeente[]} gemeenten of equal ones the first comes first
 */

/** @type {(adres: string) => Promise<Maten>} */
const lees = onthoud(haalJson);

/** Give the likeness of all municipalities by their slug; of none without a slug. */
export async function haalGelijkenis(/** @type {string} */ slug) {
  return slug ? vergelijk(await lees('filter/gelijkenis.json'), slug)
    : /** @type {Map<string, Gelijkenis>} */ (new Map());
}

/**
 * Order all municipalities by their likeness to one.
 * @param {Maten} maten
 * @param {string} slug of none there is, none is like it
 * @returns {Map<string, Gelijkenis>}
 */
export function vergelijk({ gemeenten, ...maten }, slug) {
  const deze = gemeenten.find(([eigen]) => eigen === slug);
  if (!deze) return new Map();
  const rijen = gemeenten.map((ander) => ({ slug: ander[0], ...verschil(deze, ander, maten) }));
  rijen.sort((a, b) => Number(b.slug === slug) - Number(a.slug === slug) || a.afstand - b.afstand);
  return new Map(rijen.map(({ slug: ander, afstand, ...gelijk }, plaats) => (
    [ander, { plaats, ...gelijk }])));
}

const inGraden = Math.PI / 180;

/** @param {Gemeente} een @param {Gemeente} ander @param {Omit<Maten, 'gemeenten'>} maten */
function verschil([, p1, k1, i1, n1, o1], [, p2, k2, i2, n2, o2], maten) {
  const oost = (o2 - o1) * inGraden * Math.cos(((n1 + n2) / 2) * inGraden);
  const ver = maten.aarde * Math.hypot(oost, (n2 - n1) * inGraden);
  const afstand = Number(k1 !== k2) + Math.abs(Math.log2(i1 / i2))
    + Number(p1 !== p2) * maten.provincie + ver / maten.km;
  return {
    afstand: Math.round(afstand * 1e6),
    km: Math.round(ver),
    klasse: k1 === k2,
    provincie: p1 === p2,
  };
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
