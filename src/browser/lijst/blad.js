/**
 * The page of the list: one's own from this browser, or somebody else's from the address. Share
 * it, print it, take it along.
 */

import { alsCsv } from '../bestanden/csv.js';
import { download } from '../bestanden/download.js';
import { wortel } from '../delen/adres.js';
import { alle, maak, tekstknop, vind } from '../delen/elementen.js';
import { aantal } from '../delen/getallen.js';
import { kopieerVak } from '../delen/klembord.js';
import { MISLUKT, VERBINDING } from '../delen/ophalen.js';
import { GEEN_OPSLAG } from '../delen/opslag.js';
import {
  MEESTE, alsVraag, bewaar, lees, sleutel, vindPaginas,
} from './bewaard.js';
import { dossier, voorWord } from './dossier.js';
import { alsMarkdown, alsRijen } from './uitvoer.js';

/** @typedef {import('./bewaard.js').Pagina} Pagina */

const blad = vind('[data-mijn-lijst-blad]');
const plek = (/** @type {string} */ naam) => vind(`[data-${naam}]`, blad);
/** The dossier, once it is made. */
const map = vind('[data-dossier]');
const dossierplek = (/** @type {string} */ naam) => vind(`[data-${naam}]`, map);
const deeladres = vind('input', blad, HTMLInputElement);

/** What is shown, in the order of the list. @type {Pagina[]} */
let paginas = [];
/** Where it is now, by the address it was kept under. @type {Map<string, string>} */
let nu = new Map();
/** Which time it is shown: what comes late for an earlier one is dropped. */
let beurt = 0;

const gevraagdIn = () => new URLSearchParams(location.search).getAll('pagina');
const gedeeld = () => gevraagdIn().length > 0;
const telWoord = (/** @type {number} */ n) => aantal(n, 'pagina', 'pagina’s');

/**
 * Say what was done, with a way back when there is one.
 * @param {string} tekst
 * @param {string[] | null} terug
 */
function zeg(tekst, terug = null) {
  plek('melding').replaceChildren(tekst);
  if (!terug) return;
  plek('melding').append(' ', tekstknop('Zet terug', async () => {
    bewaar(terug);
    await toon();
    zeg('Teruggezet.');
    plek('telling').focus();
  }));
}

async function verander(/** @type {string[]} */ nieuw, /** @type {string} */ tekst) {
  const oud = lees();
  if (!bewaar(nieuw)) {
    zeg(GEEN_OPSLAG);
    return;
  }
  await toon();
  zeg(tekst, oud);
}

function regel(/** @type {Pagina} */ pagina) {
  const { titel, samenvatting } = pagina.velden;
  const weg = tekstknop('Haal van de lijst', async () => {
    const plaats = paginas.indexOf(pagina);
    const over = lees().filter((p) => nu.get(p) !== sleutel(pagina));
    await verander(over, `‘${titel}’ is van de lijst.`);
    const knoppen = plek('paginas').querySelectorAll('button');
    const volgende = knoppen[Math.min(plaats, knoppen.length - 1)];
    (volgende ?? plek('melding').querySelector('button'))?.focus();
  }, titel);
  const naast = maak('input', { type: 'checkbox', value: sleutel(pagina) });
  naast.checked = paginas.indexOf(pagina) >= paginas.length - MEESTE;
  naast.addEventListener('change', toonVergelijk);
  return maak('li', {}, [
    maak('p', { class: 'kaart__soort' }, [pagina.kenmerken.Soort]),
    maak('h3', {}, [maak('a', { href: new URL(pagina.adres, wortel).href }, [titel])]),
    maak('p', {}, [samenvatting]),
    ...(paginas.length > MEESTE ? [maak('label', { class: 'vink' }, [naast, 'Vergelijk'])] : []),
    ...(gedeeld() ? [] : [weg]),
  ]);
}

function toonGedeeld() {
  plek('gedeeld').hidden = !gedeeld();
  if (!gedeeld()) return;
  const nieuw = paginas.map(sleutel).filter((p) => !lees().includes(p));
  const eigen = maak('a', { href: location.pathname }, ['Bekijk uw eigen lijst']);
  if (!nieuw.length) {
    const waarom = paginas.length
      ? 'Dit is een gedeelde lijst. Al deze pagina’s staan ook op uw eigen lijst. '
      : 'Op deze gedeelde lijst staat geen pagina van deze site. ';
    plek('gedeeld').replaceChildren(waarom, eigen, '.');
    return;
  }
  const neem = maak('button', { type: 'button' }, ['Bewaar in mijn lijst']);
  neem.addEventListener('click', () => {
    if (!bewaar([...lees(), ...nieuw])) {
      zeg(GEEN_OPSLAG);
      return;
    }
    toonGedeeld();
    zeg(`${telWoord(nieuw.length)} toegevoegd aan uw eigen lijst, in deze browser.`);
    vind('a', plek('gedeeld')).focus();
  });
  plek('gedeeld').replaceChildren(
    'Dit is een gedeelde lijst. Er is niets bewaard in uw browser. ', eigen, '. ', neem);
}

async function toon() {
  beurt += 1;
  const eigen = beurt;
  const gevraagd = gedeeld() ? gevraagdIn().filter(Boolean) : lees();
  const gevonden = await vindPaginas(gevraagd).catch(() => null);
  if (eigen !== beurt) return;
  if (!gevonden) {
    zeg(`De pagina’s zijn nu niet op te halen. ${VERBINDING}`);
    return;
  }
  const { onbekend } = gevonden;
  ({ paginas, nu } = gevonden);
  zeg(onbekend.length
    ? `Niet gevonden op deze site, dus weggelaten: ${onbekend.join(', ')}.` : '');
  toonGedeeld();
  map.hidden = true;
  plek('leeg').hidden = paginas.length > 0 || gedeeld();
  plek('gevuld').hidden = !paginas.length;
  plek('leegmaken').hidden = gedeeld();
  plek('waar').hidden = gedeeld();
  const waar = gedeeld() ? 'deze gedeelde lijst' : 'uw lijst';
  plek('telling').textContent = `${telWoord(paginas.length)} op ${waar}`;
  plek('paginas').replaceChildren(...paginas.map(regel));
  deeladres.value = new URL(`mijn-lijst/${alsVraag(paginas.map(sleutel))}`, wortel).href;
  toonVergelijk();
}

/** Of more pages than fit beside each other the visitor says which. */
function toonVergelijk() {
  const vakken = [...plek('paginas').querySelectorAll('input')];
  const gekozen = vakken.filter(({ checked }) => checked).map(({ value }) => value);
  for (const vak of vakken) vak.disabled = !vak.checked && gekozen.length >= MEESTE;
  const vergelijk = vind('[data-vergelijk]', blad, HTMLAnchorElement);
  vergelijk.href = new URL(
    `vergelijken/${alsVraag(vakken.length ? gekozen : paginas.map(sleutel))}`, wortel).href;
  vergelijk.textContent = vakken.length ? `Vergelijk (${gekozen.length})` : 'Vergelijk';
}

plek('leegmaken').addEventListener('click', async () => {
  await verander([], 'Uw lijst is leeg. Er staat niets meer van deze lijst in uw browser.');
  plek('melding').querySelector('button')?.focus();
});
plek('kopieer').addEventListener('click', async () => {
  zeg(await kopieerVak(deeladres, 'Het adres', 'het'));
});
plek('markdown').addEventListener('click', () => {
  download('mijn-lijst.md', alsMarkdown(paginas), 'text/markdown');
});
plek('csv').addEventListener('click', () => {
  download('mijn-lijst.csv', alsCsv(alsRijen(paginas)), 'text/csv');
});
plek('excel').addEventListener('click', async () => {
  try {
    const { alsXlsx } = await import('../bestanden/werkmap.js');
    download('mijn-lijst.xlsx', await alsXlsx(alsRijen(paginas)));
  } catch {
    zeg(MISLUKT);
  }
});
/** Make a dossier of the pages, and do something with it. @param {() => unknown} doe */
async function maakDossier(doe) {
  zeg('Het dossier wordt gemaakt …');
  try {
    const stukken = await Promise.all(paginas.map((p) => (
      dossier(new URL(p.adres, wortel), p.velden.titel))));
    const vandaag = new Date().toLocaleDateString('nl-NL', { dateStyle: 'long' });
    dossierplek('samengesteld').textContent = `${telWoord(paginas.length)}, samengesteld op ${vandaag}`;
    dossierplek('inhoud').replaceChildren(...paginas.map((p) => maak('li', {}, [p.velden.titel])));
    dossierplek('stukken').replaceChildren(...stukken);
    await doe();
  } catch {
    zeg(`Het dossier is nu niet te maken. ${VERBINDING}`);
  }
}

plek('print').addEventListener('click', () => maakDossier(() => {
  map.hidden = false;
  zeg('Het dossier staat hieronder.');
  print();
}));
plek('word').addEventListener('click', () => maakDossier(async () => {
  const { alsDossier } = await import('../bestanden/dossier.js');
  const stukken = alle('.dossier__stuk', map);
  download('dossier.docx', await alsDossier({
    titel: vind('h2', map).innerText,
    naam: map.dataset.naam ?? '',
    samengesteld: dossierplek('samengesteld').textContent ?? '',
    ...await voorWord([...stukken]),
  }, map.dataset));
  zeg('Het dossier voor Word is gemaakt.');
}));
blad.inert = false;
addEventListener('storage', () => { if (!gedeeld()) toon(); });
await toon();
