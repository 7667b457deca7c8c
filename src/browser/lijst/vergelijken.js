/** Compare two to four pages by their fields; which ones is in the address. */

import { wortel } from '../delen/adres.js';
import { maak, tekstknop, vind } from '../delen/elementen.js';
import { deel } from '../delen/klembord.js';
import { VERBINDING } from '../delen/ophalen.js';
import {
  MEESTE, alsVraag, gegevens, lees, sleutel, telwoord, vindPaginas,
} from './bewaard.js';

/** @typedef {import('./bewaard.js').Pagina} Pagina */

const SAMENVATTING = 'Kort';

const blad = vind('[data-vergelijken]');
const plek = (/** @type {string} */ naam) => vind(`[data-${naam}]`, blad);
const vak = vind('input', blad, HTMLInputElement);
const melding = plek('melding');
const MISLUKT = `De gegevens zijn nu niet op te halen. ${VERBINDING}`;

/** @type {Pagina[]} */
let gekozen = [];

/** Show the choice that is in the address; say what of it cannot be shown. */
async function uitAdres() {
  const vraag = location.search;
  try {
    const { paginas, onbekend } = await vindPaginas(new URLSearchParams(vraag).getAll('pagina'));
    if (vraag !== location.search) return;
    const teveel = paginas.slice(MEESTE).map(({ velden }) => velden.titel).join('; ');
    gekozen = paginas.slice(0, MEESTE);
    melding.textContent = [
      ...(onbekend.length ? [`Niet gevonden: ${onbekend.join(', ')}.`] : []),
      ...(teveel ? [`U kunt ${telwoord(MEESTE)} pagina’s vergelijken. Weggelaten: ${teveel}.`] : []),
    ].join(' ');
    toon();
  } catch {
    melding.textContent = MISLUKT;
  }
}

function zet(/** @type {Pagina[]} */ nieuw, /** @type {string} */ tekst) {
  gekozen = nieuw;
  history.pushState(null, '', location.pathname + alsVraag(nieuw.map(sleutel)));
  melding.textContent = tekst;
  toon();
}

/**
 * What is kept and not compared yet can be chosen before anything is typed.
 * @returns {Promise<import('../zoek/keuzevak.js').Keuze[]>}
 */
async function vanDeLijst() {
  const { paginas } = await vindPaginas(lees());
  const erbij = gekozen.map(sleutel);
  return paginas.filter((p) => !erbij.includes(sleutel(p))).map(({ adres, velden, kenmerken }) => (
    { adres, titel: [[velden.titel, false]], soort: kenmerken.Soort }));
}

/** @param {import('../zoek/keuzevak.js').Keuze} keuze */
async function voegToe({ adres }) {
  if (gekozen.length >= MEESTE) {
    melding.textContent = `U vergelijkt al ${telwoord(MEESTE)} pagina’s. Haal er eerst een weg.`;
    return;
  }
  const pagina = await gegevens(adres.slice(0, -1)).catch(() => null);
  if (!pagina) {
    melding.textContent = MISLUKT;
    return;
  }
  vak.value = '';
  const { titel } = pagina.velden;
  if (gekozen.map(sleutel).includes(sleutel(pagina))) {
    melding.textContent = `‘${titel}’ staat er al bij.`;
    return;
  }
  const nu = `${telwoord(gekozen.length + 1)} ${gekozen.length ? 'pagina’s' : 'pagina'}`;
  zet([...gekozen, pagina], `‘${titel}’ is toegevoegd. U vergelijkt nu ${nu}.`);
}

/**
 * Whether the pages say the same. What is not known is neither; the order of a list says nothing.
 * @param {string[]} waarden
 */
function oordeel(waarden) {
  const anders = new Set(waarden.filter(Boolean).map((w) => w.split(', ').sort().join(', ')));
  if (anders.size > 1) return 'verschilt';
  return waarden.length > 1 && waarden.every(Boolean) ? 'gelijk' : '';
}

function rij(/** @type {string} */ naam, /** @type {string[]} */ waarden) {
  const woord = naam === SAMENVATTING ? '' : oordeel(waarden);
  const kant = woord ? [naam, ' ', maak('span', { class: 'oordeel' }, [woord])] : [naam];
  return maak('tr', woord ? { class: woord } : {}, [
    maak('th', { scope: 'row' }, kant),
    ...waarden.map((w) => (
      w ? maak('td', {}, [w]) : maak('td', { class: 'onbekend' }, ['niet vermeld']))),
  ]);
}

/** @param {Pagina} pagina @param {number} plaats @param {Pagina[]} alle */
function kop(pagina, plaats, alle) {
  const naam = pagina.velden.titel;
  const weg = tekstknop('Haal weg', () => {
    zet(gekozen.filter((p) => p !== pagina), `‘${naam}’ is weggehaald.`);
    (plek('tabel').querySelector('button') ?? vak).focus();
  }, naam);
  const link = maak('a', { href: new URL(pagina.adres, wortel).href }, [naam]);
  const hoeveelste = maak('span', { class: 'hoeveelste' }, [`${plaats + 1} van ${alle.length}`]);
  return maak('th', { scope: 'col' }, [hoeveelste, link, ' ', weg]);
}

function tabel() {
  /** @type {[string, string[]][]} */
  const kenmerken = Object.keys(gekozen[0].kenmerken)
    .map((naam) => [naam, gekozen.map((p) => p.kenmerken[naam])]);
  /** @type {[string, string[]]} */
  const kort = [SAMENVATTING, gekozen.map((p) => p.velden.samenvatting)];
  const rijen = [kort, ...kenmerken].filter(([, waarden]) => waarden.some(Boolean));
  return maak('table', { class: `naast-elkaar naast-elkaar--${gekozen.length}` }, [
    maak('thead', {}, [
      maak('tr', {}, [maak('th', { scope: 'col' }, ['Kenmerk']), ...gekozen.map(kop)]),
    ]),
    maak('tbody', {}, rijen.map(([naam, waarden]) => rij(naam, waarden))),
  ]);
}

/** What to do next, as long as nothing is compared. @returns {(Node | string)[]} */
function hint() {
  if (gekozen.length) return ['Kies hierboven nog een pagina om mee te vergelijken.'];
  const bewaard = lees().slice(-MEESTE);
  return [
    `Kies hierboven een pagina. U kunt er twee tot ${telwoord(MEESTE)} naast elkaar zetten. `,
    ...(bewaard.length > 1 ? ['Of ', maak('a', { href: alsVraag(bewaard) }, [
      'vergelijk wat u het laatst hebt bewaard']), '.']
      : ['Op elke pagina staat ook een knop Vergelijk.']),
  ];
}

function toon() {
  plek('tabel').replaceChildren(
    ...(gekozen.length ? [tabel()] : []),
    ...(gekozen.length > 1 ? [] : [maak('p', { class: 'leeg' }, hint())]));
  plek('acties-vergelijken').hidden = !gekozen.length;
  plek('uitleg').hidden = !gekozen.length;
}

vak.addEventListener('focus', async () => {
  const { verrijk } = await import('../zoek/keuzevak.js');
  verrijk(vak, { inhoud: true, vooraf: vanDeLijst, kies: voegToe });
});
vind('form', blad).addEventListener('submit', (event) => {
  event.preventDefault();
  melding.textContent = 'Kies een pagina uit wat er onder het veld verschijnt.';
});
// A step by the keyboard is a page: after less, a phone goes back to where it was.
plek('tabel').addEventListener('keydown', (event) => {
  const stap = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const kolom = plek('tabel').querySelector('td');
  if (!stap || !kolom || event.target !== event.currentTarget) return;
  event.preventDefault();
  plek('tabel').scrollBy({ left: stap * kolom.offsetWidth });
});
plek('deel').addEventListener('click', async () => {
  melding.textContent = await deel(location.href, 'deze vergelijking');
});
plek('print').addEventListener('click', () => print());
plek('leeg').addEventListener('click', () => {
  zet([], 'De vergelijking is leeg.');
  vak.focus();
});
addEventListener('popstate', uitAdres);
await uitAdres();
blad.inert = false;
