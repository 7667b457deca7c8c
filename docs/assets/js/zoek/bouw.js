/** Make elements. Text from content goes in as text, never as HTML. */

/**
 * @param {string} naam
 * @param {Record<string, string>} attributen
 * @param {(Node | string)[]} inhoud
 */
export function maak(naam, attributen = {}, inhoud = []) {
  const element = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(attributen)) element.setAttribute(sleutel, waarde);
  element.append(...inhoud);
  return element;
}

/** Show pieces of text, the matched ones marked. */
export function stukken(/** @type {[string, boolean][]} */ delen) {
  return delen.map(([tekst, raak]) => (raak ? maak('mark', {}, [tekst]) : tekst));
}

/** Root of the site, from the address of this module, so that any sub-path works. */
export const wortel = new URL('../../../', import.meta.url);

/** Write a number as Dutch readers expect. */
export const getal = (/** @type {number} */ n) => n.toLocaleString('nl-NL');

/** One and many. */
export const aantal = (n, een, meer) => `${getal(n)} ${n === 1 ? een : meer}`;
