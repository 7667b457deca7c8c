/**
 * What this browser keeps for the site, under the path of the site: another site may lie at
 * another path of the same host. Some browsers forbid it, even the question.
 */

import { wortel } from './adres.js';

export const GEEN_OPSLAG = 'Uw browser staat niet toe dat deze site iets bewaart.';

const sleutel = (/** @type {string} */ naam) => `${naam} ${wortel.pathname}`;

/**
 * @param {string} naam
 * @returns {any} what was kept, or null. A store can hold anything: whoever reads it must check it
 */
export function lees(naam) {
  try {
    return JSON.parse(localStorage.getItem(sleutel(naam)) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * @param {string} naam
 * @param {unknown} waarde undefined leaves nothing behind
 * @returns {boolean} whether the browser allows it
 */
export function bewaar(naam, waarde) {
  try {
    if (waarde === undefined) localStorage.removeItem(sleutel(naam));
    else localStorage.setItem(sleutel(naam), JSON.stringify(waarde));
    return true;
  } catch {
    return false;
  }
}

/** Whether the browser allows it: who asks for something to be kept need not be disappointed. */
export const kan = () => bewaar('proef', '') && bewaar('proef', undefined);

/** Leave nothing of this site behind; give whether the browser allows it. */
export function wisAlles() {
  try {
    for (const naam of Object.keys(localStorage)) {
      if (naam.endsWith(sleutel(''))) localStorage.removeItem(naam);
    }
    return true;
  } catch {
    return false;
  }
}
