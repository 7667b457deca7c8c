/** Fetch files of the site. */

import { wortel } from './adres.js';

/** What to ask a visitor for whom a file did not come. */
export const VERBINDING = 'Is er verbinding met internet?';
export const MISLUKT = `Dat lukt nu niet. ${VERBINDING}`;

/**
 * Throws when the file is not there.
 * @param {string | URL} adres below the root
 * @param {RequestCache} cache `default` for what is named after its content
 */
export async function haal(adres, cache = 'no-cache') {
  const antwoord = await fetch(new URL(adres, wortel), { cache });
  if (!antwoord.ok) throw new Error(`${antwoord.status} ${adres}`, { cause: antwoord.status });
  return antwoord;
}

export const haalJson = async (/** @type {string} */ adres) => (await haal(adres)).json();

/** What hosts answer of a file that they do not have (any more). */
const WEG = [403, 404, 410];

/** Tell whether a file did not come because the site has none there. */
export const isWeg = (/** @type {unknown} */ fout) => (
  fout instanceof Error && WEG.includes(Number(fout.cause)));
