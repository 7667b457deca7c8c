/** Where the offline edition starts: what all pages do, and what only those from a folder must. */

import { alle, maak } from '../src/browser/delen/elementen.js';
import { haal } from '../src/browser/delen/ophalen.js';
import '../src/browser/site.js';

// Whoever gets the address of a page in a folder cannot open it; in the place of what makes one may
// stand why not.
for (const plek of alle('[data-deelbaar]')) plek.hidden = true;
for (const plek of alle('[data-kopie]')) plek.hidden = false;

// A part of a drawing in another file may not be shown: the page takes the drawing into itself.
const VOOR = 'kp-tekening-';
/** @type {NodeListOf<SVGUseElement>} */
const delen = document.querySelectorAll('use[data-href]');
const adres = delen[0]?.dataset.href;
if (adres) {
  const tekst = await (await haal(new URL(adres, location.href))).text();
  const tekening = new DOMParser().parseFromString(tekst, 'image/svg+xml').documentElement;
  for (const deel of tekening.querySelectorAll('[id]')) deel.id = VOOR + deel.id;
  const plek = maak('div', {}, [document.importNode(tekening, true)]);
  plek.hidden = true;
  document.body.append(plek);
  for (const deel of delen) {
    deel.setAttribute('href', (deel.dataset.href ?? '').replace(/^.*#/, `#${VOOR}`));
  }
}
