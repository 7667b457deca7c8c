/**
 * What every page does beyond its links: fold the menu, keep what a visitor asks to keep, and load
 * what search, filters and lists need.
 */

import { vandaag } from './delen/dag.js';
import { alle } from './delen/elementen.js';
import './eigen.js';
import { werkAgendaBij } from './filter/agenda.js';
import './lijst/acties.js';

// On a phone the open menu lies over what comes after it.
const menu = document.getElementById('kp-menu');
menu?.addEventListener('focusout', ({ relatedTarget: next }) => {
  if (!(next instanceof Element) || menu.contains(next) || next.matches('.kop__menu')) return;
  if (menu.matches(':popover-open')) menu.hidePopover();
});

const TYPED_IN = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest(TYPED_IN);
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  [...alle('input[type=search]')].find((vak) => vak.checkVisibility())?.focus();
});

// A browser says in its own language that a field is empty.
for (const veld of alle('[required]')) {
  if (!(veld instanceof HTMLInputElement || veld instanceof HTMLSelectElement)) continue;
  const woorden = veld instanceof HTMLSelectElement ? 'Kies eerst iets uit de lijst.' : 'Vul dit eerst in.';
  veld.addEventListener('invalid', () => veld.setCustomValidity(woorden));
  veld.addEventListener('input', () => veld.setCustomValidity(''));
}

if (document.querySelector('[data-koppen=wanneer]')) werkAgendaBij();
for (const teken of alle('[data-vanaf]')) teken.hidden &&= (teken.dataset.vanaf ?? '') > vandaag();

// Nothing of search is loaded until somebody is about to search.
if (document.querySelector('[data-zoekpagina]')) {
  import('./zoek/pagina.js');
} else {
  document.addEventListener('focusin', async ({ target }) => {
    if (!(target instanceof HTMLInputElement && target.matches('[type=search][name=q]'))) return;
    const { verrijk } = await import('./zoek/keuzevak.js');
    verrijk(target);
  });
}

// Without the data of the filters the links to static lists stay; they say the same.
if (document.querySelector('[data-lijst]')) import('./filter/kaarten.js').catch(() => {});
if (document.querySelector('[data-termen]')) import('./filter/termen.js').catch(() => {});

if (document.querySelector('[data-mijn-lijst-blad]')) import('./lijst/blad.js');
if (document.querySelector('[data-kaart]')) import('./kaart.js');
if (document.querySelector('[data-vergelijken]')) import('./lijst/vergelijken.js');

/** @type {HTMLElement | null} */
const scan = document.querySelector('[data-zelfscan]');
if (scan?.dataset.zelfscan === 'samen') import('./zelfscan/samen.js');
else if (scan) import('./zelfscan/deelnemen.js');
