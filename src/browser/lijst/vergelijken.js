/** Compare two to four pages by their fields; which ones is in the address. */

import { wortel } from '../delen/adres.js';
import { maak, tekstknop, vind } from '../delen/elementen.js';
import { deel } from '../delen/klembord.js';
import { MISLUKT, VERBINDING } from '../delen/ophalen.js';
import {
  MEESTE, alsVraag, geldig, lees, sleutel, telwoord, vindPaginas,
} from './bewaard.js';

/** @typedef {import('./bewaard.js').Pagina} Pagina */

const SAMENVATTING = 'Kort';
/** Where it says nothing of the pages that they differ. */
const ZONDER_OORDEEL = [SAMENVATTING, 'Gecontroleerd'];

const blad = vind('[data-vergelijken]');
const plek = (/** @type {string} */ naam) => vind(`[data-${naam}]`, blad);
const vak = vind('input', blad, HTMLInputElement);
const melding = plek('melding');
/** What is kept that is offered before anything is typed: the last of it. */
const EIGEN = 10;

/** What is compared, as far as it is there. @type {Pagina[]} */
let gekozen = [];
/** The part of the address that it belongs to. */
let bekend = '';

const inAdres = () => new URLSearchParams(location.search).getAll('pagina');
/** What is compared, by the address; what of that is no page is known when the others are there. */
const sleutels = () => (
  bekend === location.search ? gekozen.map(sleutel) : geldig(inAdres()));

/**
 * Show what the address asks for, and tell what was done, or what of it cannot be shown.
 * @param {string} tekst
 */
async function toon(tekst = '') {
  const vraag = location.search;
  const gevonden = await vindPaginas(inAdres()).catch(() => null);
  if (vraag !== location.search) return; // what the address asks for now is shown by who changed it
  if (!gevonden) {
    melding.textContent = `De gegevens zijn nu niet op te halen. ${VERBINDING}`;
    return;
  }
  const { paginas, onbekend } = gevonden;
  const teveel = paginas.slice(MEESTE).map(({ velden }) => velden.titel).join('; ');
  gekozen = paginas.slice(0, MEESTE);
  bekend = vraag;
  melding.textContent = [
    ...(tekst ? [tekst] : []),
    ...(onbekend.length ? [`Niet gevonden: ${onbekend.join(', ')}.`] : []),
    ...(teveel ? [`U kunt ${telwoord(MEESTE)} pagina’s vergelijken. Weggelaten: ${teveel}.`] : []),
  ].join(' ');
  plek('tabel').replaceChildren(
    ...(gekozen.length ? [tabel()] : []),
    ...(gekozen.length > 1 ? [] : [maak('p', { class: 'leeg' }, hint())]));
  plek('acties-vergelijken').hidden = !gekozen.length;
  plek('uitleg').hidden = !gekozen.length;
}

function zet(/** @type {string[]} */ nieuw, /** @type {string} */ tekst) {
  history.pushState(null, '', location.pathname + alsVraag(nieuw));
  return toon(tekst);
}

/**
 * Give what was kept last and is not compared yet.
 * @returns {Promise<import('../zoek/keuzevak.js').Keuze[]>}
 */
async function vanDeLijst() {
  const erbij = sleutels();
  const over = lees().filter((p) => !erbij.includes(p)).slice(-EIGEN);
  const { paginas } = await vindPaginas(over);
  return paginas.map(({ adres, velden, kenmerken }) => (
    { adres, titel: [[velden.titel, false]], soort: kenmerken.Soort }));
}

/** @param {import('../zoek/keuzevak.js').Keuze} keuze */
function voegToe({ adres, titel }) {
  const naam = titel.map(([stuk]) => stuk).join('');
  const pagina = adres.slice(0, -1);
  const eerst = sleutels();
  if (eerst.includes(pagina)) {
    melding.textContent = `‘${naam}’ staat er al bij.`;
  } else if (eerst.length >= MEESTE) {
    melding.textContent = `U vergelijkt al ${telwoord(MEESTE)} pagina’s. Haal er eerst een weg.`;
  } else {
    vak.value = '';
    melding.textContent = `‘${naam}’ wordt opgehaald …`;
    const nu = `${telwoord(eerst.length + 1)} ${eerst.length ? 'pagina’s' : 'pagina'}`;
    zet([...eerst, pagina], `‘${naam}’ is toegevoegd. U vergelijkt nu ${nu}.`);
  }
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
  const woord = ZONDER_OORDEEL.includes(naam) ? '' : oordeel(waarden);
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
    await zet(sleutels().filter((p) => p !== sleutel(pagina)), `‘${naam}’ is weggehaald.`);
    (plek('tabel').querySelector('button') ?? vak).focus();
  }, naam);
  const link = maak('a', { href: new URL(pagina.adres, wortel).href }, [naam]);
  const hoeveelste = maak('span', { class: 'hoeveelste' }, [
    `${plaats + 1} van ${alle.length}`, ...(plaats + 1 < alle.length ? [', schuif opzij'] : []),
  ]);
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

vind('form', blad).addEventListener('submit', (event) => {
  event.preventDefault();
  melding.textContent = 'Typ een woord en kies een pagina uit de lijst onder het veld.';
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
  vak.focus();
});
addEventListener('popstate', () => toon());
blad.inert = false;
const [keuzevak] = await Promise.all([
  import('../zoek/keuzevak.js').catch(() => null),
  toon(),
]);
if (keuzevak) keuzevak.verrijk(vak, { meeste: 10, vooraf: vanDeLijst, kies: voegToe });
else melding.textContent = MISLUKT;
