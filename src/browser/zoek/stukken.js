/** Pieces of text on the page. */

import { maak } from '../delen/elementen.js';

/** Show pieces of text, the matched ones marked. @param {import('./antwoord.js').Deel[]} delen */
export const stukken = (delen) => delen.map(([tekst, raak]) => (
  raak ? maak('mark', {}, [tekst]) : tekst));
