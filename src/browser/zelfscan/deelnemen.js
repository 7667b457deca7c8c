/**
 * Take the zelfscan alone: one aandachtsveld at a time, kept in this browser only when asked, and
 * the profile at the end.
 */

import { download } from '../bestanden/download.js';
import { alle, maak, vind } from '../delen/elementen.js';
import { haalGelijkenis } from '../delen/gelijkenis.js';
import { eigenGemeente } from '../delen/gemeente.js';
import { aantal } from '../delen/getallen.js';
import { kopieerVak } from '../delen/klembord.js';
import { haalJson } from '../delen/ophalen.js';
import { Bewaarplek } from './bewaren.js';
import { profiel, toonAanbod } from './profiel.js';
import {
  Afgewezen, GEEN_SCAN, MINSTENS_ALLEEN, alleen, alsCode, alsJson, eigenVraag, kies,
  leesAntwoorden, leesScan, tel, uitCode,
} from './telling.js';

/** @typedef {import('./telling.js').Scan} Scan */

const blad = vind('form[data-zelfscan]', document, HTMLFormElement);
const uitslag = vind('[data-uitslag]');
const plek = (/** @type {string} */ naam) => vind(`[data-${naam}]`);
const gemeente = vind('#kp-scan-gemeente', document, HTMLSelectElement);
const code = vind('#kp-code', document, HTMLTextAreaElement);
const balk = vind('progress', blad, HTMLProgressElement);

/** @type {import('./telling.js').Gegevens} */
let gegevens;
/** @type {Scan} */
let scan = GEEN_SCAN;
let id = '';
/** The step that is shown, or ‘profiel’. */
let nu = 'begin';
/** How like the chosen municipality others are; a promise, because it may be on its way. */
let gelijkenis = haalGelijkenis('');

const zeg = (/** @type {string} */ tekst) => {
  plek(uitslag.hidden ? 'melding' : 'melding-uitslag').textContent = tekst;
};
const opslag = new Bewaarplek('zelfscan', vind('#kp-bewaar', document, HTMLInputElement), zeg);
const willekeurig = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((b) => b.toString(16).padStart(2, '0')).join('');

/** The boxes of one question. @returns {NodeListOf<HTMLInputElement>} */
const vakkenVan = (/** @type {string} */ naam) => (
  blad.querySelectorAll(`input[name="${CSS.escape(naam)}"]`));
const gekozen = (/** @type {string} */ naam) => (
  [...vakkenVan(naam)].find((vak) => vak.checked)?.value);
const kiesVak = (/** @type {string} */ naam, /** @type {string} */ waarde) => {
  const vak = [...vakkenVan(naam)].find((v) => v.value === waarde);
  if (vak) vak.checked = true;
};

/** All sections of the form in order; that of the own questions only when there are any. */
const stappen = () => [...alle('[data-stap]', blad)].filter((stap) => (
  stap.dataset.stap !== 'eigen' || scan.vragen.length));
const plaatsNu = () => stappen().findIndex((stap) => stap.dataset.stap === nu);
const naamVan = (/** @type {HTMLElement | undefined} */ stap) => stap?.dataset.stap ?? 'profiel';

function antwoorden() {
  const stellingen = gegevens.velden.flatMap((veld) => veld.stellingen.map(([naam]) => naam));
  const eigen = scan.vragen.map((_, n) => eigenVraag(n));
  /** @type {Map<string, number>} */
  const gegeven = new Map();
  for (const naam of [...stellingen, ...eigen]) {
    const punten = gekozen(naam);
    if (punten !== undefined) gegeven.set(naam, Number(punten));
  }
  return gegeven;
}

function bewaar() {
  opslag.bewaar({
    vragenlijst: gegevens.versie,
    id,
    scan,
    groep: gekozen('groep') ?? '',
    gemeente: gemeente.value,
    antwoorden: Object.fromEntries(antwoorden()),
  });
}

/** What was kept and still fits, or null. */
function bewaard() {
  const stand = opslag.lees();
  const eigen = stand && leesScan(stand.scan);
  if (!eigen || stand.vragenlijst !== gegevens.versie) return null;
  if (!/^[0-9a-f]{32}$/.test(stand.id)) return null;
  try {
    return { ...stand, scan: eigen, antwoorden: leesAntwoorden(stand.antwoorden, gegevens, eigen) };
  } catch {
    return null;
  }
}

/** Show the questions of the municipality, in the shape of all others. */
function toonScan() {
  const sjabloon = vind('[data-sjabloon]', document, HTMLTemplateElement);
  plek('eigen').replaceChildren(...scan.vragen.map((vraag, n) => {
    const stelling = /** @type {DocumentFragment} */ (sjabloon.content.cloneNode(true));
    vind('legend', stelling).textContent = vraag;
    for (const vak of stelling.querySelectorAll('input')) vak.name = eigenVraag(n);
    return stelling;
  }));
  const optie = scan.gemeente
    && gemeente.querySelector(`option[value="${CSS.escape(scan.gemeente)}"]`);
  const waar = scan.gemeente ? ` (${(optie && optie.textContent) || scan.gemeente})` : '';
  plek('uitnodiging').hidden = !scan.naam;
  plek('uitnodiging').textContent = `U doet mee aan: ${scan.naam}${waar}.`;
  gemeente.value = scan.gemeente || eigenGemeente();
}

function kiesGemeente() {
  gelijkenis = haalGelijkenis(gemeente.value).catch(() => new Map());
}

async function toonUitslag() {
  const eigen = antwoorden();
  /** @type {import('./telling.js').Rij[]} */
  const rijen = gegevens.velden.map((veld) => {
    const stellingen = veld.stellingen.map(([naam]) => naam);
    const telling = tel([eigen], stellingen, MINSTENS_ALLEEN);
    return { veld, naam: veld.naam, delen: [['', telling]], ...alleen(telling) };
  });
  plek('profiel').replaceChildren(...profiel(rijen));
  const json = alsJson(
    { id, groep: gekozen('groep') ?? '', scan, antwoorden: eigen }, gegevens.versie);
  code.value = alsCode(json);
  const naam = gemeente.value && gemeente.selectedOptions[0].textContent;
  const bekend = await gelijkenis;
  plek('aanbod').replaceChildren(...toonAanbod(kies(rijen), gegevens, bekend, naam));
}

/**
 * Show the step of the address, if a group was chosen before it. An address of something else
 * (‘naar de inhoud’) leaves all as it is.
 */
function volgAdres() {
  const gevraagd = location.hash.slice(1) || 'begin';
  const bestaat = gevraagd === 'profiel' || stappen().some((s) => s.dataset.stap === gevraagd);
  if (!bestaat || (gevraagd !== 'begin' && gekozen('groep') === undefined)) return false;
  nu = gevraagd;
  toon();
  return true;
}

function toon() {
  const laatste = stappen().length - 1;
  const plaats = plaatsNu();
  const klaar = nu === 'profiel';
  for (const deel of alle('[data-stap]', blad)) deel.hidden = deel.dataset.stap !== nu;
  blad.hidden = klaar;
  uitslag.hidden = !klaar;
  zeg('');
  plek('melding-stap').textContent = '';
  if (klaar) {
    toonUitslag();
    return;
  }
  plek('terug').hidden = plaats === 0;
  plek('verder').textContent = plaats === 0 ? 'Begin'
    : plaats === laatste ? 'Bekijk uw profiel' : 'Verder';
  balk.value = plaats / (laatste + 1);
  plek('stapkop').hidden = plaats === 0;
  plek('voortgang').textContent = `Stap ${plaats} van ${laatste}`;
}

/** Whoever asked for a step hears and sees where it begins. */
const naarKop = () => vind('h2', nu === 'profiel' ? uitslag : stappen()[plaatsNu()]).focus();

/** Go to a step, in such a way that the browser's own Back leads back. */
function ga(/** @type {string} */ naam) {
  history.pushState(history.state, '', `#${naam}`);
  volgAdres();
  naarKop();
}

/** Say at each of these questions what is missing, and go to the first. */
function wijsAan(/** @type {NodeListOf<HTMLElement>} */ vragen, /** @type {string} */ tekst) {
  for (const vraag of vragen) {
    vraag.dataset.gezien = '';
    klopt(vraag);
    const { name } = vind('input', vraag, HTMLInputElement);
    const fout = maak('p', { class: 'fout', id: `kp-fout-${name}` }, [tekst]);
    vind('legend', vraag).after(fout);
    vraag.setAttribute('aria-describedby', fout.id);
  }
  vind('input', vragen[0]).focus();
}

/** Take away what was said of a question. */
function klopt(/** @type {Element} */ vraag) {
  vraag.removeAttribute('aria-describedby');
  vraag.querySelector('.fout')?.remove();
}

function verder() {
  const stap = stappen();
  const plaats = plaatsNu();
  if (gekozen('groep') === undefined) {
    wijsAan(alle('fieldset', stap[0]), 'Kies eerst bij welke groep u hoort.');
    return;
  }
  const open = alle('fieldset:not([data-gezien], :has(:checked))', stap[plaats]);
  if (plaats && open.length) {
    // Said once: who wants to leave a statement open may.
    wijsAan(open, 'Kies een antwoord. Weet u het niet, kies dan ‘weet ik niet’.');
    const hoeveel = aantal(open.length, 'stelling', 'stellingen');
    plek('melding-stap').textContent = `Bij ${hoeveel} hebt u nog niets gekozen. `
      + 'Of kies nog een keer Verder om dit over te slaan.';
    return;
  }
  ga(naamVan(stap[plaats + 1]));
}

function wis() {
  opslag.vergeet();
  blad.reset();
  id = willekeurig();
  for (const vak of alle('[data-gezien]', blad)) {
    delete vak.dataset.gezien;
    klopt(vak);
  }
  gemeente.value = scan.gemeente || eigenGemeente();
  kiesGemeente();
  history.replaceState(history.state, '', location.pathname);
  volgAdres();
  naarKop();
  zeg('Uw antwoorden zijn gewist. Er staat niets meer van in deze browser.');
}

/**
 * A link of the municipality carries its scan behind the #, where no server sees it. After that
 * the tab itself remembers it, so that a reload keeps it.
 */
function uitAdres() {
  const [, gegeven] = location.hash.match(/^#scan=(.+)$/) ?? [];
  if (gegeven) history.replaceState({ scan: gegeven }, '', location.pathname);
  const inhoud = history.state?.scan;
  if (!inhoud) return null;
  try {
    return leesScan(JSON.parse(uitCode(inhoud)));
  } catch (fout) {
    if (!(fout instanceof Afgewezen || fout instanceof SyntaxError)) throw fout;
    return null;
  }
}

/** Once the data are there: a browser that comes back fills in answers before that. */
function luister() {
  plek('terug').addEventListener('click', () => ga(naamVan(stappen()[plaatsNu() - 1])));
  plek('antwoorden').addEventListener('click', () => ga(naamVan(stappen().at(-1))));
  for (const knop of alle('[data-wis]')) knop.addEventListener('click', wis);
  blad.addEventListener('change', ({ target }) => {
    if (target === gemeente) kiesGemeente();
    const vraag = target instanceof Element && target.closest('fieldset');
    if (vraag) klopt(vraag);
    bewaar();
  });
  plek('bestand').addEventListener('click', () => {
    const naam = `zelfscan-${gekozen('groep')}-${id.slice(0, 6)}.json`;
    download(naam, uitCode(code.value), 'application/json');
    zeg('Het bestand is bewaard bij uw downloads.');
  });
  plek('kopieer').addEventListener('click', async () => {
    zeg(await kopieerVak(code, 'De code', 'haar'));
  });
}

async function begin() {
  gegevens = await haalJson('zelfscan/gegevens.json');
  const metLink = location.hash.startsWith('#scan=');
  const gevraagd = uitAdres();
  const stand = bewaard();
  scan = gevraagd ?? stand?.scan ?? GEEN_SCAN;
  id = willekeurig();
  toonScan();
  if (stand && JSON.stringify(stand.scan) === JSON.stringify(scan)) {
    id = stand.id;
    opslag.vink.checked = true;
    kiesVak('groep', stand.groep);
    gemeente.value = stand.gemeente;
    for (const [naam, punten] of stand.antwoorden) kiesVak(naam, String(punten));
    const open = stappen().find((stap) => stap.querySelector('fieldset:not(:has(:checked))'));
    if (!location.hash) history.replaceState(history.state, '', `#${naamVan(open)}`);
  }
  kiesGemeente();
  luister();
  for (const deel of alle('[data-met-script]', blad)) deel.inert = false;
  if (!volgAdres()) toon();
  if (metLink && !gevraagd) {
    zeg('De link van uw gemeente klopt niet. '
      + 'Vraag de trekker om de link opnieuw te sturen, of doe de scan zonder.');
  } else if (opslag.vink.checked) {
    zeg('Uw antwoorden van de vorige keer staan nog in deze browser. U gaat verder waar u was.');
  }
}

blad.addEventListener('submit', (gebeurtenis) => {
  gebeurtenis.preventDefault();
  verder();
});
addEventListener('hashchange', ({ newURL }) => {
  if (newURL !== location.href) return; // it came late: a step was taken since
  if (location.hash.startsWith('#scan=')) location.reload();
  else if (gegevens && volgAdres()) naarKop();
});
for (const knop of [plek('papier'), plek('print')]) knop.addEventListener('click', () => print());
// Without the data it stays the form to print, which says how to count.
begin().catch(() => {
  zeg('De gegevens van de scan zijn nu niet op te halen. '
    + 'U kunt het formulier wel printen en zelf tellen.');
});
