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

/** A choice as a button that takes it away. */
export function wegknop(/** @type {string} */ tekst, /** @type {() => void} */ doe) {
  const knop = maak('button', { type: 'button', class: 'weg' }, [`${tekst} `, maak('span', { 'aria-hidden': 'true' }, ['×']), maak('span', { class: 'alleen-voorlezen' }, [' weghalen'])]);
  knop.addEventListener('click', doe);
  return knop;
}

/** Facets that lists are filtered by, in the order of the form. */
export const FACETTEN = { collectie: 'Waar', wanneer: 'Wanneer', aandachtsveld: 'Aandachtsveld', pijler: 'Pijler', soort: 'Soort', doelgroep: 'Voor wie', provincie: 'Provincie',
  gemeente: 'Gemeente', grootteklasse: 'Grootte van de gemeente', status: 'Status', bewijs: 'Bewijs', jaar: 'Jaar' };

/**
 * A field with suggestions in place of 342 checkboxes.
 * @param {[string, string][]} gemeenten slug and name; a municipality may have more names
 * @param {(slug: string) => void} kies
 */
export function suggestieveld(gemeenten, kies) {
  const veld = maak('input', { type: 'text', id: 'kp-gemeente', list: 'kp-gemeenten', autocomplete: 'off', 'data-filter': 'gemeente' });
  veld.addEventListener('input', () => veld.setCustomValidity(''));
  veld.addEventListener('change', () => {
    const gevonden = gemeenten.find(([, naam]) => naam.toLowerCase() === veld.value.trim().toLowerCase());
    veld.setCustomValidity(gevonden || !veld.value.trim() ? '' : 'Deze gemeente staat niet bij deze lijst. Kies een naam uit de lijst onder het veld.');
    if (!gevonden) { veld.reportValidity(); return; }
    veld.value = '';
    kies(gevonden[0]);
  });
  return maak('p', {}, [maak('label', { for: 'kp-gemeente' }, ['Typ en kies een gemeente']), veld,
    maak('datalist', { id: 'kp-gemeenten' }, [...gemeenten].sort((a, b) => a[1].localeCompare(b[1], 'nl')).map(([, naam]) => maak('option', { value: naam })))]);
}

/** Root of the site, from the address of this module, so that any sub-path works. */
export const wortel = new URL('../../../', import.meta.url);

/** Write a whole number as Dutch readers expect: 1.204. The browser's own way takes longer than a search. */
export const getal = (/** @type {number} */ n) => String(n).replace(/\B(?=(?:\d{3})+$)/g, '.');

/** One and many. */
export const aantal = (n, een, meer) => `${getal(n)} ${n === 1 ? een : meer}`;
