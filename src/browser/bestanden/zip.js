/**
 * fflate for write-excel-file, but for `zip`: that packs large files in a worker made of a piece of
 * text, which the policy of the site does not allow. In the page it packs them as well.
 */

import { zipSync } from 'fflate/browser';

export * from 'fflate/browser';

/**
 * @param {import('fflate').Zippable} bestanden
 * @param {(fout: null, gepakt: Uint8Array) => void} klaar
 */
export const zip = (bestanden, klaar) => klaar(null, zipSync(bestanden));
