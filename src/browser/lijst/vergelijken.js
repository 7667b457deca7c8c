/** Compare two to four pages by their fields; which ones is in the address. */

import { wortel } from '../delen/adres.js';
import { maak, tekstknop, vind } from '../delen/elementen.js';
import { deel } from '../delen/klembord.js';
import { VERBINDING } from '../delen/ophalen.js';
import {
  MEESTE, alsVraag, gegevens, lees, sleutel, telwoord, titels, vindPaginas,
} from './bewaard.js';

/** @typedef {import('./bewaard.js').Pagina} Pagina */

const SAMENVATTING = 'Kort';

const blad = vind('[data-vergelijken]');
const plek = (/** @type {string} */ naam) => vind(`[data-${naam}]`, blad);
const keuze = vind('select', blad, HTMLSelectElement);
const melding = plek('melding');
/** The collections as the page names them, by the first part of their addresses. */
const collecties = [...keuze.querySelectorAll('optgroup')];

/** @type {import('./bewaard.js').Titels} */
let bekend;
/** @type {string[]} */
let gekozen = [];

const titel = (/** @type {string} */ pagina) => bekend.titel.get(pagina) ?? pagina;

/** Read the choice from the address; say what of it cannot be shown. */
function uitAdres() {
  const gevraagd = new URLSearchParams(location.search).getAll('pagina');
  const { bestaand, onbekend } = vindPaginas(gevraagd, bekend);
  const teveel = bestaand.slice(MEESTE).map(titel).join('; ');
  gekozen = bestaand.slice(0, MEESTE);
  melding.textContent = [
    ...(onbekend.length ? [`Niet gevonden: ${onbekend.join(', ')}.`] : []),
    ...(teveel ? [`U kunt ${telwoord(MEESTE)} pagina’s vergelijken. Weggelaten: ${teveel}.`] : []),
  ].join(' ');
}

function zet(/** @type {string[]} */ nieuw, /** @type {string} */ tekst) {
  gekozen = nieuw;
  history.pushState(null, '', location.pathname + alsVraag(nieuw));
  melding.textContent = tekst;
  return toon();
}

/** @param {string} naam @param {string[]} paginas */
const groep = (naam, paginas) => (paginas.length ? [maak('optgroup', { label: naam },
  paginas.map((p) => maak('option', { value: p }, [titel(p)])))] : []);

function toonKeuze() {
  const over = bekend.alle.map((p) => p.pagina).filter((p) => !gekozen.includes(p));
  keuze.replaceChildren(
    maak('option', { value: '' }, ['Kies een pagina']),
    ...groep('Mijn lijst', lees().filter((p) => over.includes(p))),
    ...collecties.flatMap(({ label, dataset: { collectie } }) => (
      groep(label, over.filter((p) => p.startsWith(`${collectie}/`))))),
  );
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
  const weg = tekstknop('Haal weg', async () => {
    await zet(gekozen.filter((p) => p !== sleutel(pagina)), `‘${naam}’ is weggehaald.`);
    (plek('tabel').querySelector('button') ?? keuze).focus();
  }, naam);
  const link = maak('a', { href: new URL(pagina.adres, wortel).href }, [naam]);
  const hoeveelste = maak('span', { class: 'hoeveelste' }, [`${plaats + 1} van ${alle.length}`]);
  return maak('th', { scope: 'col' }, [hoeveelste, link, ' ', weg]);
}

function tabel(/** @type {Pagina[]} */ paginas) {
  /** @type {[string, string[]][]} */
  const kenmerken = Object.keys(paginas[0].kenmerken)
    .map((naam) => [naam, paginas.map((p) => p.kenmerken[naam])]);
  /** @type {[string, string[]]} */
  const kort = [SAMENVATTING, paginas.map((p) => p.velden.samenvatting)];
  const rijen = [kort, ...kenmerken].filter(([, waarden]) => waarden.some(Boolean));
  return maak('table', { class: `naast-elkaar naast-elkaar--${paginas.length}` }, [
    maak('thead', {}, [
      maak('tr', {}, [maak('th', { scope: 'col' }, ['Kenmerk']), ...paginas.map(kop)]),
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

async function toon() {
  toonKeuze();
  const eigen = gekozen;
  /** @type {Pagina[]} */
  let paginas;
  try {
    paginas = await Promise.all(eigen.map(gegevens));
  } catch {
    melding.textContent = `De gegevens zijn nu niet op te halen. ${VERBINDING}`;
    return;
  }
  if (eigen !== gekozen) return;
  plek('tabel').replaceChildren(
    ...(paginas.length ? [tabel(paginas)] : []),
    ...(eigen.length > 1 ? [] : [maak('p', { class: 'leeg' }, hint())]));
  plek('acties-vergelijken').hidden = !paginas.length;
  plek('uitleg').hidden = !paginas.length;
}

vind('form', blad).addEventListener('submit', async (event) => {
  event.preventDefault();
  const { value } = keuze;
  if (!value) {
    melding.textContent = 'Kies eerst een pagina uit de lijst.';
  } else if (gekozen.length >= MEESTE) {
    melding.textContent = `U vergelijkt al ${telwoord(MEESTE)} pagina’s. Haal er eerst een weg.`;
  } else {
    const nu = `${telwoord(gekozen.length + 1)} ${gekozen.length ? 'pagina’s' : 'pagina'}`;
    await zet([...gekozen, value], `‘${titel(value)}’ is toegevoegd. U vergelijkt nu ${nu}.`);
  }
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
plek('leeg').addEventListener('click', async () => {
  await zet([], 'De vergelijking is leeg.');
  keuze.focus();
});
addEventListener('popstate', () => {
  uitAdres();
  toon();
});

blad.inert = false;
try {
  bekend = await titels();
  uitAdres();
  await toon();
} catch {
  melding.textContent = `De lijst met pagina’s is nu niet op te halen. ${VERBINDING}`;
}
