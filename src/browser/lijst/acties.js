/** What one does with a page: keep it, hand it on, print it; and how many are kept, in the menu. */

import { alle, vind } from '../delen/elementen.js';
import { kopieer } from '../delen/klembord.js';
import { GEEN_OPSLAG } from '../delen/opslag.js';
import { VERANDERD, bewaar, lees } from './bewaard.js';

/** @type {HTMLElement | null} */
const acties = document.querySelector('[data-acties]');

function toonStand() {
  const lijst = lees();
  for (const plek of alle('[data-mijn-lijst]')) {
    plek.hidden = !lijst.length;
    vind('a', plek).textContent = `Mijn lijst (${lijst.length})`;
  }
  if (!acties) return;
  const erop = lijst.includes(acties.dataset.acties ?? '');
  const knop = vind('[data-bewaar]', acties);
  knop.setAttribute('aria-pressed', String(erop));
  knop.textContent = erop ? 'Bewaard' : 'Bewaar';
  acties.hidden = false;
}

/** Hand the address of this page to somebody: as the device does that, else by copying it. */
async function deel() {
  if (navigator.share) {
    try {
      await navigator.share({ title: document.title, url: location.href });
      return '';
    } catch (fout) {
      if (fout instanceof DOMException && fout.name === 'AbortError') return '';
    }
  } else if (await kopieer(location.href)) {
    return 'Het adres van deze pagina is gekopieerd. Plak het in een mail of bericht.';
  }
  return 'Delen lukt niet vanzelf. Kopieer het adres boven in uw browser.';
}

if (acties) {
  const pagina = acties.dataset.acties ?? '';
  const melding = vind('[data-melding]', acties);
  vind('[data-bewaar]', acties).addEventListener('click', () => {
    const lijst = lees();
    const erop = lijst.includes(pagina);
    const gelukt = bewaar(erop ? lijst.filter((p) => p !== pagina) : [...lijst, pagina]);
    melding.textContent = !gelukt ? GEEN_OPSLAG
      : erop ? 'Deze pagina staat niet meer op uw lijst.'
        : 'Deze pagina staat op uw lijst, alleen in deze browser.';
  });
  vind('[data-deel]', acties).addEventListener('click', async () => {
    const gezegd = await deel();
    if (gezegd) melding.textContent = gezegd;
  });
  vind('[data-print]', acties).addEventListener('click', () => print());
}
for (const gebeurtenis of ['storage', 'pageshow', VERANDERD]) {
  addEventListener(gebeurtenis, toonStand);
}
toonStand();
