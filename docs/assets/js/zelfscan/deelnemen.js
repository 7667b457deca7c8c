/** Take the zelfscan alone: one aandachtsveld at a time, kept in this browser only when asked, and the profile at the end. */

import { download } from '../uitvoer.js';
import { aantal, wortel } from '../zoek/bouw.js';
import { Bewaarplek } from './bewaren.js';
import { haalGelijkenis, profiel, toonAanbod } from './profiel.js';
import { Afgewezen, GEEN_SCAN, MINSTENS_ALLEEN, alsCode, alsJson, eigenVraag, kies, leesAntwoorden, leesScan, tel, uitCode } from './telling.js';

const blad = document.querySelector('form[data-zelfscan]');
const uitslag = document.querySelector('[data-uitslag]');
const plek = (/** @type {string} */ naam) => document.querySelector(`[data-${naam}]`);
const gemeente = document.getElementById('kp-scan-gemeente');

/** @type {any} questions and offer, of zelfscan/gegevens.json */
let gegevens;
/** @type {import('./telling.js').Scan} */
let scan = GEEN_SCAN;
let id = '';
/** The step that is shown, or ‘profiel’. */
let nu = 'begin';
/** How like the chosen municipality others are; a promise, because it may still be on its way. */
let gelijkenis = Promise.resolve(new Map());

const zeg = (/** @type {string} */ tekst) => { plek(uitslag.hidden ? 'melding' : 'melding-uitslag').textContent = tekst; };
const opslag = new Bewaarplek('zelfscan', document.getElementById('kp-bewaar'), zeg);
const willekeurig = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
const gekozen = (/** @type {string} */ naam) => blad.querySelector(`input[name="${CSS.escape(naam)}"]:checked`)?.value;

/** All sections of the form in order; that of the own questions only when there are any. */
const stappen = () => [...blad.querySelectorAll('[data-stap]')].filter((s) => s.dataset.stap !== 'eigen' || scan.vragen.length);
const plaatsNu = () => stappen().findIndex((s) => s.dataset.stap === nu);

function antwoorden() {
  const alle = gegevens.velden.flatMap((v) => v.stellingen.map(([naam]) => naam)).concat(scan.vragen.map((_, n) => eigenVraag(n)));
  return new Map(alle.flatMap((naam) => { const punten = gekozen(naam); return punten === undefined ? [] : [[naam, Number(punten)]]; }));
}

function bewaar() {
  opslag.bewaar({ vragenlijst: gegevens.versie, id, scan, groep: gekozen('groep') ?? '', gemeente: gemeente.value, antwoorden: Object.fromEntries(antwoorden()) });
}

/** What was kept and still fits, or null. */
function bewaard() {
  const stand = opslag.lees();
  const eigen = stand && leesScan(stand.scan);
  if (!eigen || stand.vragenlijst !== gegevens.versie || !/^[0-9a-f]{32}$/.test(stand.id)) return null;
  try {
    return { ...stand, scan: eigen, antwoorden: leesAntwoorden(stand.antwoorden, gegevens, eigen) };
  } catch {
    return null;
  }
}

function kiesRonde(/** @type {string} */ naam, /** @type {string} */ waarde) {
  const vak = [...blad.querySelectorAll(`input[name="${CSS.escape(naam)}"]`)].find((v) => v.value === waarde);
  if (vak) vak.checked = true;
}

/** Show the questions of the municipality, in the shape of all others. */
function toonScan() {
  plek('eigen').replaceChildren(...scan.vragen.map((vraag, n) => {
    const stelling = plek('sjabloon').content.cloneNode(true);
    stelling.querySelector('legend').textContent = vraag;
    for (const vak of stelling.querySelectorAll('input')) vak.name = eigenVraag(n);
    return stelling;
  }));
  const vak = plek('uitnodiging');
  vak.hidden = !scan.naam;
  vak.textContent = `U doet mee aan: ${scan.naam}${scan.gemeente ? ` (${gemeente.querySelector(`option[value="${CSS.escape(scan.gemeente)}"]`)?.textContent ?? scan.gemeente})` : ''}.`;
  if (scan.gemeente) gemeente.value = scan.gemeente;
}

function kiesGemeente() {
  gelijkenis = haalGelijkenis(gemeente.value).catch(() => new Map());
}

function toonUitslag() {
  const eigen = antwoorden();
  const rijen = gegevens.velden.map((veld) => {
    const telling = tel([eigen], veld.stellingen.map(([naam]) => naam), MINSTENS_ALLEEN);
    return { veld, naam: veld.naam, delen: [['', telling]], gemiddelde: telling.gemiddelde, verschil: 0, hoogste: null, laagste: null };
  });
  plek('profiel').replaceChildren(...profiel(rijen));
  const json = alsJson({ id, groep: gekozen('groep'), scan, antwoorden: eigen }, gegevens.versie);
  document.getElementById('kp-code').value = alsCode(json);
  gelijkenis.then((bekend) => {
    plek('aanbod').replaceChildren(...toonAanbod(kies(rijen), gegevens.aanbod, bekend, gemeente.value && gemeente.selectedOptions[0].textContent));
  });
}

/** Show the step of the address, if a group was chosen before it. An address of something else (‘naar de inhoud’) leaves all as it is. */
function volgAdres() {
  const gevraagd = location.hash.slice(1) || 'begin';
  const bestaat = gevraagd === 'profiel' || stappen().some((s) => s.dataset.stap === gevraagd);
  if (!bestaat || (gevraagd !== 'begin' && gekozen('groep') === undefined)) return false;
  nu = gevraagd;
  toon();
  return true;
}

function toon() {
  const alle = stappen();
  const plaats = plaatsNu();
  const klaar = nu === 'profiel';
  for (const deel of blad.querySelectorAll('[data-stap]')) deel.hidden = deel.dataset.stap !== nu;
  blad.hidden = klaar;
  uitslag.hidden = !klaar;
  zeg('');
  plek('melding-stap').textContent = '';
  if (klaar) {
    toonUitslag();
    return;
  }
  plek('terug').hidden = plaats === 0;
  plek('verder').textContent = plaats === 0 ? 'Begin' : plaats === alle.length - 1 ? 'Bekijk uw profiel' : 'Verder';
  blad.querySelector('progress').value = plaats / alle.length;
  plek('voortgang').textContent = plaats === 0 ? '' : `Stap ${plaats} van ${alle.length - 1}`;
}

/** Whoever asked for a step hears and sees where it begins. */
const naarKop = () => (nu === 'profiel' ? uitslag : stappen()[plaatsNu()]).querySelector('h2').focus();

/** Go to a step, in such a way that the browser's own Back leads back. */
function ga(/** @type {string} */ naam) {
  history.pushState(history.state, '', `#${naam}`);
  volgAdres();
  naarKop();
}

function verder() {
  const alle = stappen();
  const plaats = plaatsNu();
  if (gekozen('groep') === undefined) {
    plek('melding-stap').textContent = 'Kies eerst bij welke groep u hoort.';
    return;
  }
  const open = [...alle[plaats].querySelectorAll('fieldset:not([data-gezien], :has(:checked))')];
  if (plaats && open.length) {
    // Said once: who wants to leave a statement open may.
    for (const vak of open) vak.dataset.gezien = '';
    plek('melding-stap').textContent = `Bij ${aantal(open.length, 'stelling', 'stellingen')} hebt u nog niets gekozen. `
      + 'Weet u het niet, kies dan ‘weet ik niet’. Of kies nog een keer Verder om dit over te slaan.';
    return;
  }
  ga(alle[plaats + 1]?.dataset.stap ?? 'profiel');
}

function wis() {
  opslag.vergeet();
  blad.reset();
  id = willekeurig();
  for (const vak of blad.querySelectorAll('[data-gezien]')) delete vak.dataset.gezien;
  if (scan.gemeente) gemeente.value = scan.gemeente;
  kiesGemeente();
  history.replaceState(history.state, '', location.pathname);
  volgAdres();
  naarKop();
  zeg('Uw antwoorden zijn gewist. Er staat niets meer van in deze browser.');
}

/** A link of the municipality carries its scan behind the #, where no server sees it. After that the tab itself remembers it, so that a reload keeps it. */
function uitAdres() {
  const [, gegeven] = location.hash.match(/^#scan=(.+)$/) ?? [];
  if (gegeven) history.replaceState({ scan: gegeven }, '', location.pathname);
  const code = history.state?.scan;
  if (!code) return null;
  try {
    return leesScan(JSON.parse(uitCode(code)));
  } catch (fout) {
    if (!(fout instanceof Afgewezen || fout instanceof SyntaxError)) throw fout;
    return null;
  }
}

async function begin() {
  const antwoord = await fetch(new URL('zelfscan/gegevens.json', wortel));
  if (!antwoord.ok) throw new Error(`${antwoord.status}`);
  gegevens = await antwoord.json();
  const metLink = location.hash.startsWith('#scan=');
  const gevraagd = uitAdres();
  const stand = bewaard();
  scan = gevraagd ?? stand?.scan ?? GEEN_SCAN;
  id = willekeurig();
  toonScan();
  if (stand && JSON.stringify(stand.scan) === JSON.stringify(scan)) {
    id = stand.id;
    opslag.vink.checked = true;
    kiesRonde('groep', stand.groep);
    gemeente.value = stand.gemeente;
    for (const [naam, punten] of stand.antwoorden) kiesRonde(naam, String(punten));
    const open = stappen().find((deel) => deel.querySelector('fieldset:not(:has(:checked))'));
    if (!location.hash) history.replaceState(history.state, '', `#${open?.dataset.stap ?? 'profiel'}`);
  }
  kiesGemeente();
  for (const deel of [...document.querySelectorAll('[data-met-script]:not([data-stap])'), plek('stapbalk')]) deel.hidden = false;
  plek('zonder-script').hidden = true;
  blad.classList.add('scan--stappen');
  if (!volgAdres()) toon();
  if (metLink && !gevraagd) zeg('De link van uw gemeente klopt niet. Vraag de trekker om de link opnieuw te sturen, of doe de scan zonder.');
  else if (opslag.vink.checked) zeg('Uw antwoorden van de vorige keer staan nog in deze browser. U gaat verder waar u was.');
}

plek('terug').addEventListener('click', () => ga(stappen()[plaatsNu() - 1].dataset.stap));
plek('antwoorden').addEventListener('click', () => ga(stappen().at(-1).dataset.stap));
for (const knop of document.querySelectorAll('[data-wis]')) knop.addEventListener('click', wis);
blad.addEventListener('submit', (gebeurtenis) => { gebeurtenis.preventDefault(); verder(); });
blad.addEventListener('change', ({ target }) => {
  if (target === gemeente) kiesGemeente();
  bewaar();
});
for (const knop of [plek('papier'), plek('print')]) knop.addEventListener('click', () => print());
plek('bestand').addEventListener('click', () => {
  download(`zelfscan-${gekozen('groep')}-${id.slice(0, 6)}.json`, 'application/json', uitCode(document.getElementById('kp-code').value));
  zeg('Het bestand is bewaard bij uw downloads.');
});
plek('kopieer').addEventListener('click', async () => {
  const code = document.getElementById('kp-code');
  try {
    await navigator.clipboard.writeText(code.value);
    zeg('De code is gekopieerd.');
  } catch {
    code.select();
    zeg('Kopiëren lukt niet vanzelf. De code is geselecteerd: kopieer haar met Ctrl+C.');
  }
});
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#scan=')) location.reload();
  else if (volgAdres()) naarKop();
});
// Without the data it stays the form to print, which says how to count.
begin().catch(() => { zeg('De gegevens van de scan zijn nu niet op te halen. U kunt het formulier wel printen en zelf tellen.'); });
