/** The visitor's own municipality, by its slug: in this browser, only when asked. */

import * as opslag from './opslag.js';

const NAAM = 'gemeente';

/** @returns {string} empty when none is kept */
export function eigenGemeente() {
  const slug = opslag.lees(NAAM);
  return typeof slug === 'string' && /^[a-z0-9-]+$/.test(slug) ? slug : '';
}

/** @param {string} slug empty leaves nothing behind */
export const onthoudGemeente = (slug) => opslag.bewaar(NAAM, slug || undefined);
