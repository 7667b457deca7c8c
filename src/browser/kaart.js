/**
 * The map: the pages of one aandachtsveld, with the choice in the address, and larger, so that dots
 * that lie close together are as easy to hit as any other.
 */

import { alle, vind } from './delen/elementen.js';
import { aantal } from './delen/getallen.js';

const GROOTST = 8;
const keuze = vind('#kp-veld', document, HTMLSelectElement);
const vak = vind('[data-kaartvak]');
const kaart = vind('svg', vak, SVGSVGElement);
const [groter, kleiner] = ['[data-vergroot]', '[data-verklein]'].map((wat) => (
  vind(wat, document, HTMLButtonElement)));

/** Every dot with its name and its numbers of pages: of all, and by aandachtsveld. */
const stippen = [...alle('[data-velden]', kaart)].map((stip) => {
  const titel = vind('title', stip, SVGTitleElement);
  const rij = vind(`tr[data-gemeente="${stip.getAttribute('href')?.split('/').at(-2)}"]`);
  const cel = vind('.getal', rij);
  const velden = new Map((stip.dataset.velden ?? '').trim().split(' ').map((deel) => (
    /** @type {[string, string]} */ (deel.split('=')))));
  return {
    stip, titel, rij, cel, velden, naam: titel.textContent.split(':')[0], alles: cel.textContent,
  };
});

function toon() {
  const veld = keuze.value;
  let bekend = 0;
  for (const { stip, titel, rij, cel, velden, naam, alles } of stippen) {
    const hoeveel = veld ? velden.get(veld) : alles;
    stip.toggleAttribute('hidden', !hoeveel);
    rij.hidden = !hoeveel;
    if (hoeveel) {
      bekend += 1;
      cel.textContent = hoeveel;
      titel.textContent = `${naam}: ${aantal(Number(hoeveel), 'pagina', 'pagina’s')}`;
    }
  }
  const over = veld ? ` over ${keuze.selectedOptions[0].text}` : '';
  vind('[data-kaarttelling]').textContent = (
    `${aantal(bekend, 'gemeente', 'gemeenten')} met een pagina${over}`);
}

/** Take what the address asks for. */
function volgAdres() {
  keuze.value = new URLSearchParams(location.search).get('aandachtsveld') ?? '';
  if (keuze.selectedIndex < 0) keuze.value = '';
  toon();
}

/** Draw it so many times as large, with the same place in the middle. */
function vergroot(/** @type {number} */ maal) {
  const nu = Number(kaart.dataset.maal ?? 1);
  const midden = [vak.scrollLeft + vak.clientWidth / 2, vak.scrollTop + vak.clientHeight / 2];
  if (nu === 1) vak.style.setProperty('height', `${vak.clientHeight}px`);
  kaart.dataset.maal = String(maal);
  const [x, y] = midden.map((punt) => (punt * maal) / nu);
  vak.scrollTo(x - vak.clientWidth / 2, y - vak.clientHeight / 2);
  groter.disabled = maal === GROOTST;
  kleiner.disabled = maal === 1;
}

groter.addEventListener('click', () => vergroot(Number(kaart.dataset.maal ?? 1) * 2));
kleiner.addEventListener('click', () => vergroot(Number(kaart.dataset.maal) / 2));
keuze.addEventListener('change', () => {
  const adres = new URL(location.href);
  adres.searchParams.delete('aandachtsveld');
  if (keuze.value) adres.searchParams.set('aandachtsveld', keuze.value);
  history.pushState(null, '', adres);
  toon();
});
addEventListener('popstate', volgAdres);
volgAdres();
vind('.sorteren').inert = false;
