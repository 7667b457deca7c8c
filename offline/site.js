/** Where the offline edition starts: all that the site's pages do, and what only a page from a folder has to do. */

import '../docs/assets/js/site.js';
import { maak } from '../docs/assets/js/zoek/bouw.js';

// Whoever gets the address of a page in a folder cannot open it; in the place of what makes one may stand why not.
for (const plek of document.querySelectorAll('[data-deelbaar]')) plek.hidden = true;
for (const plek of document.querySelectorAll('[data-kopie]')) plek.hidden = false;

// A part of a drawing in another file may not be shown: the page takes the drawing into itself.
const VOOR = 'kp-tekening-';
const delen = document.querySelectorAll('use[data-href]');
if (delen.length) {
  const adres = new URL(delen[0].dataset.href, location.href);
  const tekening = new DOMParser().parseFromString(await (await fetch(adres)).text(), 'image/svg+xml').documentElement;
  for (const deel of tekening.querySelectorAll('[id]')) deel.id = VOOR + deel.id;
  const plek = maak('div', {}, [document.importNode(tekening, true)]);
  plek.hidden = true;
  document.body.append(plek);
  for (const deel of delen) deel.setAttribute('href', deel.dataset.href.replace(/^.*#/, `#${VOOR}`));
}
