/**
 * What one does with a page: keep it, there or on its card, hand it on, print it. What is kept lies
 * in a tray that goes along over all pages, to compare, to look at and to share.
 */

import { wortel } from '../delen/adres.js';
import { alle, maak, tekstknop, vind } from '../delen/elementen.js';
import { deel } from '../delen/klembord.js';
import { GEEN_OPSLAG } from '../delen/opslag.js';
import { MEESTE, VERANDERD, alsVraag, bewaar, lees, telwoord } from './bewaard.js';

/** A card, or an answer of search; what is no page of a collection has a folder in its slug. */
const KAART = ':is([data-card], [data-search-result]):not([data-slug*="/"])';
/** The address of a page below the root, also in a folder. */
const PAGINA = /^([a-z0-9-]+\/[a-z0-9-]+)\/(?:index\.html)?$/;

/** @param {string} blad @param {string[]} paginas */
const adresVan = (blad, paginas) => new URL(`${blad}${alsVraag(paginas)}`, wortel).href;
/** Where the last that were kept are compared. @param {string[]} paginas */
const vergeleken = (paginas) => adresVan('vergelijken/', paginas.slice(-MEESTE));

/** @type {HTMLElement | null} */
const acties = document.querySelector('[data-acties]');
// Told aloud, so it is there before there is something to tell.
const stand = maak('p', { role: 'status' });
const vergelijk = maak('a', { class: 'meer' });
const wegen = maak('nav', { id: 'kp-bak', 'aria-label': 'Wat u hebt gekozen', tabindex: '-1' }, [
  vergelijk,
  maak('a', { class: 'meer', href: adresVan('mijn-lijst/', []) }, ['Mijn lijst']),
  tekstknop('Deel', async () => toon(await deel(adresVan('mijn-lijst/', lees()), 'uw lijst'))),
]);
vind('button', wegen).dataset.deelbaar = '';
// The tray is the last thing on a page: from the button that was pressed a link leads there.
const verder = maak('a', { class: 'naar-inhoud', href: '#kp-bak' }, ['Naar wat u hebt gekozen']);
verder.addEventListener('click', (event) => {
  event.preventDefault(); // the address holds what is asked of the page
  wegen.focus();
});

/** Show what is kept, in the tray and on every button, after what was done. */
function toon(gedaan = '') {
  const lijst = lees();
  const tekst = `${gedaan} ${lijst.length ? `${lijst.length} gekozen` : ''}`.trim();
  if (stand.textContent !== tekst) stand.textContent = tekst; // said once
  wegen.hidden = !lijst.length;
  vergelijk.hidden = lijst.length < 2;
  vergelijk.href = vergeleken(lijst);
  vergelijk.textContent = lijst.length > MEESTE
    ? `Vergelijk de laatste ${telwoord(MEESTE)}` : 'Vergelijk';
  for (const knop of alle('[data-bewaar]')) toonKnop(knop, lijst);
  if (!acties) return;
  const { acties: pagina = '' } = acties.dataset;
  const erbij = lijst.includes(pagina) ? lijst.filter((p) => p !== pagina) : lijst;
  vind('a', acties, HTMLAnchorElement).href = vergeleken([...erbij, pagina]);
}

/** @param {HTMLElement} knop @param {string[]} lijst */
function toonKnop(knop, lijst) {
  const erop = lijst.includes(knop.dataset.bewaar ?? '');
  knop.setAttribute('aria-pressed', String(erop));
  if (knop.firstChild) knop.firstChild.textContent = erop ? 'Bewaard' : 'Bewaar';
}

/** Keep a page, or no longer. */
function wissel(/** @type {HTMLElement} */ knop) {
  const { bewaar: pagina = '' } = knop.dataset;
  const over = lees().filter((p) => p !== pagina);
  const erop = lees().includes(pagina);
  const gelukt = bewaar(erop ? over : [...over, pagina]);
  const bewaard = over.length ? 'Bewaard.' : 'Bewaard, alleen in deze browser.';
  toon(!gelukt ? GEEN_OPSLAG : erop ? 'Niet meer bewaard.' : bewaard);
  if (gelukt && !erop) knop.after(verder);
  else verder.remove();
}

/** Give a card its button. */
function metKnop(/** @type {Element} */ kaart) {
  const link = vind('a', kaart, HTMLAnchorElement);
  const pagina = link.href.slice(wortel.href.length).match(PAGINA)?.[1];
  if (!pagina || kaart.querySelector('[data-bewaar]')) return;
  const knop = tekstknop('Bewaar', () => wissel(knop), link.textContent ?? '');
  knop.classList.add('bewaar');
  knop.dataset.bewaar = pagina;
  kaart.append(knop);
  toonKnop(knop, lees());
}

if (acties) {
  const { acties: pagina = '' } = acties.dataset;
  const knop = vind('[data-bewaar]', acties);
  const melding = vind('[data-melding]', acties);
  knop.dataset.bewaar = pagina;
  knop.addEventListener('click', () => wissel(knop));
  vind('a', acties).addEventListener('click', () => {
    if (!lees().includes(pagina)) bewaar([...lees(), pagina]);
  });
  vind('[data-deel]', acties).addEventListener('click', async () => {
    melding.textContent = await deel(location.href, 'deze pagina');
  });
  vind('[data-print]', acties).addEventListener('click', () => print());
  acties.hidden = false;
}
// Where the list itself is shown, or compared, a tray would say it twice.
if (!document.querySelector('[data-mijn-lijst-blad], [data-vergelijken]')) {
  document.body.append(maak('div', { class: 'bak breed' }, [stand, wegen]));
}
for (const kaart of alle(KAART)) metKnop(kaart);
// Lists and answers make cards of their own.
new MutationObserver((reeks) => {
  for (const { addedNodes } of reeks) {
    for (const nieuw of addedNodes) {
      if (nieuw instanceof Element && nieuw.matches(KAART)) metKnop(nieuw);
    }
  }
}).observe(vind('main'), { childList: true, subtree: true });
for (const gebeurtenis of ['storage', 'pageshow', VERANDERD]) {
  addEventListener(gebeurtenis, () => toon());
}
toon();
