/** Make elements, and find those of the page. Text from content goes in as text, never as HTML. */

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} naam
 * @param {Record<string, string>} attributen
 * @param {(Node | string)[]} inhoud
 */
export function maak(naam, attributen = {}, inhoud = []) {
  const element = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(attributen)) element.setAttribute(sleutel, waarde);
  element.append(...inhoud);
  return element;
}

/**
 * Give what a template always has. Throws when it is not there, or of another kind.
 * @template {Element} [E=HTMLElement]
 * @param {string} wat a selector
 * @param {ParentNode} waar
 * @param {new () => E} soort
 * @returns {E}
 */
export function vind(wat, waar = document, soort = /** @type {any} */ (HTMLElement)) {
  const gevonden = waar.querySelector(wat);
  if (!(gevonden instanceof soort)) throw new Error(`no ${soort.name}: ${wat}`);
  return gevonden;
}

/** Give all that fit, as elements of HTML. @param {string} wat @param {ParentNode} waar */
export const alle = (wat, waar = document) => (
  /** @type {NodeListOf<HTMLElement>} */ (waar.querySelectorAll(wat)));

/**
 * A button in the running text; what it is about is only said aloud.
 * @param {string} tekst
 * @param {() => void} doe
 * @param {string} [waarover]
 */
export function tekstknop(tekst, doe, waarover) {
  const knop = maak('button', { type: 'button', class: 'tekstknop' }, [tekst]);
  if (waarover) knop.append(maak('span', { class: 'alleen-voorlezen' }, [` (${waarover})`]));
  knop.addEventListener('click', doe);
  return knop;
}
