/** The facets that lists and answers are filtered by, and what one chooses them with. */

import { maak } from './elementen.js';
import { vouw } from './vouw.js';

/** What is chosen, by facet. @typedef {Record<string, string[]>} Keuzes */

/**
 * Read from an address what is chosen.
 * @param {URLSearchParams} vraag
 * @param {string[]} facetten
 * @returns {Keuzes}
 */
export const uitVraag = (vraag, facetten) => Object.fromEntries(
  facetten.filter((facet) => vraag.has(facet)).map((facet) => [facet, vraag.getAll(facet)]));

/** Add to an address what is chosen. @param {URLSearchParams} vraag @param {Keuzes} keuzes */
export function inVraag(vraag, keuzes) {
  for (const [facet, waarden] of Object.entries(keuzes)) {
    for (const waarde of waarden) vraag.append(facet, waarde);
  }
}

/**
 * Choose a value, or take it away.
 * @param {Keuzes} keuzes
 * @param {string} facet
 * @param {string} slug
 * @param {boolean} aan
 * @returns {Keuzes} without facets of which nothing is chosen
 */
export function metKeuze(keuzes, facet, slug, aan) {
  const over = (keuzes[facet] ?? []).filter((s) => s !== slug);
  const { [facet]: eerder, ...rest } = keuzes;
  if (!aan && !over.length) return rest;
  return { ...keuzes, [facet]: aan ? [...over, slug] : over };
}

/** A choice as a button that takes it away. @param {string} tekst @param {() => void} doe */
export function wegknop(tekst, doe) {
  const knop = maak('button', { type: 'button', class: 'weg' }, [
    `${tekst} `,
    maak('span', { 'aria-hidden': 'true' }, ['×']),
    maak('span', { class: 'alleen-voorlezen' }, [' weghalen']),
  ]);
  knop.addEventListener('click', doe);
  return knop;
}

/**
 * The part of the form for one facet.
 * @param {string} facet
 * @param {string} naam
 * @param {Node} veld
 */
export const facetblok = (facet, naam, veld) => (
  maak('details', { class: 'facet', 'data-facet': facet }, [
    maak('summary', { id: `kp-f-${facet}` }, [naam]),
    maak('fieldset', {}, [maak('legend', { class: 'alleen-voorlezen' }, [naam]), veld]),
  ]));

/**
 * A box to tick for each value, and a place for its count.
 * @param {string} facet
 * @param {[string, string][]} waarden slug and name
 * @param {(slug: string, aan: boolean) => void} kies
 */
export function vakken(facet, waarden, kies) {
  return maak('ul', {}, waarden.map(([slug, naam]) => {
    const id = vakId(facet, slug);
    const vak = maak('input', { type: 'checkbox', id, value: slug, 'data-filter': facet });
    vak.addEventListener('change', () => kies(slug, vak.checked));
    const telling = maak('span', { class: 'telling', id: `${id}-n` });
    vak.setAttribute('aria-describedby', telling.id);
    return maak('li', {}, [vak, maak('label', { for: id }, [naam]), telling]);
  }));
}

/** @param {string} facet @param {string} slug */
export const vakId = (facet, slug) => `kp-f-${facet}-${slug}`;

/**
 * A field with suggestions in place of 342 boxes.
 * @param {[string, string][]} gemeenten slug and name; a municipality may have more names
 * @param {(slug: string) => void} kies
 */
export function suggestieveld(gemeenten, kies) {
  const veld = maak('input', {
    type: 'text', id: 'kp-gemeente', list: 'kp-gemeenten', autocomplete: 'off',
    'data-filter': 'gemeente',
  });
  veld.addEventListener('input', () => veld.setCustomValidity(''));
  veld.addEventListener('change', () => {
    const gevraagd = vouw(veld.value.trim());
    const gevonden = opties.find(({ value }) => vouw(value) === gevraagd);
    if (gevonden && !gevonden.disabled) {
      veld.value = '';
      kies(gevonden.dataset.slug ?? '');
      return;
    }
    veld.setCustomValidity(!gevraagd ? '' : gevonden
      ? 'Bij uw andere keuzes staat niets uit deze gemeente.'
      : 'Deze gemeente staat niet bij deze lijst. Kies een naam uit de lijst onder het veld.');
    veld.reportValidity();
  });
  const opties = [...gemeenten].sort((a, b) => a[1].localeCompare(b[1], 'nl'))
    .map(([slug, naam]) => maak('option', { value: naam, 'data-slug': slug }));
  return maak('p', {}, [
    maak('label', { for: 'kp-gemeente' }, ['Typ en kies een gemeente']),
    veld,
    maak('datalist', { id: 'kp-gemeenten' }, opties),
  ]);
}

/**
 * Where a form with filters lies over its list, as on a phone: the number of what there is stays in
 * sight, on a button that folds the form and leads to it.
 * @param {HTMLDetailsElement} formulier
 * @param {HTMLElement} telling what says the number
 * @returns {(geteld: string) => void} shows the number
 */
export function toonknop(formulier, telling) {
  const knop = maak('button', { type: 'button' });
  knop.addEventListener('click', () => {
    formulier.open = false;
    telling.focus();
  });
  telling.tabIndex = -1;
  formulier.append(maak('p', { class: 'toonknop' }, [knop]));
  return (geteld) => { knop.textContent = `Toon ${geteld}`; };
}
