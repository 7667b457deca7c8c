/** The page of the list: one's own from this browser, or somebody else's from the address. Share it, print it, take it along. */

import { alsVraag, bewaar, geldig, gegevens, lees, titels } from './lijst.js';
import { dossier } from './dossier.js';
import { alsCsv, alsMarkdown, alsRijen, download } from './uitvoer.js';
import { aantal, maak, wortel } from './zoek/bouw.js';

const MEESTE = 4;
const blad = document.querySelector('[data-mijn-lijst-blad]');
const plek = (/** @type {string} */ naam) => blad.querySelector(`[data-${naam}]`);

/** @type {Awaited<ReturnType<typeof titels>>} */
let bekend;
/** What is shown, as the data of each page, in the order of the list. */
let paginas = [];

const gedeeld = () => new URLSearchParams(location.search).has('pagina');
const sleutel = (pagina) => `${pagina.collectie}/${pagina.slug}`;
const telWoord = (/** @type {number} */ n) => aantal(n, 'pagina', 'pagina’s');

/** Say what was done, with a way back when there is one. */
function zeg(/** @type {string} */ tekst, /** @type {string[] | null} */ terug = null) {
  plek('melding').replaceChildren(tekst);
  if (!terug) return;
  const knop = maak('button', { type: 'button', class: 'tekstknop' }, ['Zet terug']);
  knop.addEventListener('click', async () => {
    bewaar(terug);
    await toon();
    zeg('Teruggezet.');
    plek('telling').focus();
  });
  plek('melding').append(' ', knop);
}

async function verander(/** @type {string[]} */ nieuw, /** @type {string} */ tekst) {
  const oud = lees();
  if (!bewaar(nieuw)) {
    zeg('Uw browser staat niet toe dat deze site iets bewaart.');
    return;
  }
  await toon();
  zeg(tekst, oud);
}

function regel(pagina) {
  const titel = pagina.velden.titel;
  const weg = maak('button', { type: 'button', class: 'tekstknop' }, ['Haal van de lijst', maak('span', { class: 'alleen-voorlezen' }, [` (${titel})`])]);
  weg.addEventListener('click', async () => {
    const plaats = paginas.indexOf(pagina);
    await verander(lees().filter((p) => bekend.nu.get(p) !== sleutel(pagina)), `‘${titel}’ is van de lijst.`);
    const knoppen = plek('paginas').querySelectorAll('button');
    (knoppen[Math.min(plaats, knoppen.length - 1)] ?? plek('melding').querySelector('button'))?.focus();
  });
  return maak('li', {}, [
    maak('p', { class: 'kaart__soort' }, [pagina.kenmerken.Soort]),
    maak('h3', {}, [maak('a', { href: new URL(pagina.adres, wortel).href }, [titel])]),
    maak('p', {}, [pagina.velden.samenvatting]),
    ...(gedeeld() ? [] : [weg]),
  ]);
}

function toonGedeeld() {
  plek('gedeeld').hidden = !gedeeld();
  if (!gedeeld()) return;
  const nieuw = paginas.map(sleutel).filter((p) => !lees().includes(p));
  const eigen = maak('a', { href: location.pathname }, ['Bekijk uw eigen lijst']);
  if (!paginas.length) {
    plek('gedeeld').replaceChildren('Op deze gedeelde lijst staat geen pagina van deze site. ', eigen, '.');
    return;
  }
  if (!nieuw.length) {
    plek('gedeeld').replaceChildren('Dit is een gedeelde lijst. Al deze pagina’s staan ook op uw eigen lijst. ', eigen, '.');
    return;
  }
  const neem = maak('button', { type: 'button' }, ['Bewaar in mijn lijst']);
  neem.addEventListener('click', () => {
    if (!bewaar([...lees(), ...nieuw])) { zeg('Uw browser staat niet toe dat deze site iets bewaart.'); return; }
    toonGedeeld();
    zeg(`${telWoord(nieuw.length)} toegevoegd aan uw eigen lijst, in deze browser.`);
    plek('gedeeld').querySelector('a').focus();
  });
  plek('gedeeld').replaceChildren('Dit is een gedeelde lijst. Er is niets bewaard in uw browser. ', eigen, '. ', neem);
}

async function toon() {
  const gevraagd = gedeeld() ? new URLSearchParams(location.search).getAll('pagina').filter(Boolean) : lees();
  const bestaand = geldig(gevraagd.map((p) => bekend.nu.get(p)));
  const onbekend = gevraagd.filter((p) => !bekend.nu.has(p));
  try {
    paginas = await Promise.all(bestaand.map(gegevens));
  } catch {
    zeg('De pagina’s zijn nu niet op te halen. Is er verbinding met internet?');
    return;
  }
  zeg(onbekend.length ? `Niet gevonden op deze site, dus weggelaten: ${onbekend.join(', ')}.` : '');
  toonGedeeld();
  document.querySelector('[data-dossier]').hidden = true;
  plek('leeg').hidden = paginas.length > 0 || gedeeld();
  plek('gevuld').hidden = !paginas.length;
  plek('leegmaken').hidden = gedeeld();
  plek('waar').hidden = gedeeld();
  plek('telling').textContent = `${telWoord(paginas.length)} op ${gedeeld() ? 'deze gedeelde lijst' : 'uw lijst'}`;
  plek('paginas').replaceChildren(...paginas.map(regel));
  const vraag = alsVraag(paginas.map(sleutel));
  blad.querySelector('input').value = new URL(`mijn-lijst/${vraag}`, wortel).href;
  const naast = paginas.length <= MEESTE ? paginas : [];
  plek('vergelijk').href = new URL(`vergelijken/${alsVraag(naast.map(sleutel))}`, wortel).href;
  plek('vergelijk').textContent = naast.length ? 'Vergelijk' : 'Kies er vier om te vergelijken';
}

plek('leegmaken').addEventListener('click', async () => {
  await verander([], 'Uw lijst is leeg. Er staat niets meer van deze lijst in uw browser.');
  plek('melding').querySelector('button')?.focus();
});
plek('kopieer').addEventListener('click', async () => {
  const adres = blad.querySelector('input');
  try {
    await navigator.clipboard.writeText(adres.value);
    zeg('Het adres is gekopieerd.');
  } catch {
    adres.select();
    zeg('Kopiëren lukt niet vanzelf. Het adres is geselecteerd: kopieer het met Ctrl+C.');
  }
});
plek('markdown').addEventListener('click', () => download('mijn-lijst.md', 'text/markdown', alsMarkdown(paginas, wortel)));
plek('csv').addEventListener('click', () => download('mijn-lijst.csv', 'text/csv', alsCsv(alsRijen(paginas, wortel))));
plek('dossier-knop').addEventListener('click', async () => {
  const vak = document.querySelector('[data-dossier]');
  zeg('Het dossier wordt gemaakt …');
  try {
    const stukken = await Promise.all(paginas.map((p) => dossier(new URL(p.adres, wortel), p.velden.titel)));
    vak.querySelector('[data-stukken]').replaceChildren(
      maak('p', {}, [`${telWoord(paginas.length)}, samengesteld op ${new Date().toLocaleDateString('nl-NL', { dateStyle: 'long' })}.`]),
      maak('ol', {}, paginas.map((p) => maak('li', {}, [p.velden.titel]))), ...stukken);
  } catch {
    zeg('Een van de pagina’s is nu niet op te halen. Is er verbinding met internet?');
    return;
  }
  vak.hidden = false;
  zeg('Het dossier staat hieronder.');
  print();
});
document.querySelector('[data-zonder-script]').hidden = true;
blad.hidden = false;
try {
  bekend = await titels();
  await toon();
  addEventListener('storage', () => { if (!gedeeld()) toon(); });
} catch {
  zeg('De lijst met pagina’s is nu niet op te halen. Is er verbinding met internet?');
}
