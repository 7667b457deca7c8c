/** Compare two to four pages by their fields; which ones is in the address. */

import { COLLECTIES, alsVraag, geldig, gegevens, lees, titels } from './lijst.js';
import { maak, wortel } from './zoek/bouw.js';

const MEESTE = 4;
const SAMENVATTING = 'Kort';
const GETALLEN = ['nul', 'één', 'twee', 'drie', 'vier'];

const blad = document.querySelector('[data-vergelijken]');
const plek = (/** @type {string} */ naam) => blad.querySelector(`[data-${naam}]`);
const keuze = blad.querySelector('select');
const melding = plek('melding');

let bekend;
/** @type {string[]} */
let gekozen = [];

/** Read the choice from the address; say what of it cannot be shown. */
function uitAdres() {
  const gevraagd = new URLSearchParams(location.search).getAll('pagina');
  const bestaand = geldig(gevraagd.map((p) => bekend.nu.get(p)));
  const onbekend = gevraagd.filter((p) => !bekend.nu.has(p));
  const teveel = bestaand.slice(MEESTE);
  gekozen = bestaand.slice(0, MEESTE);
  melding.textContent = [
    onbekend.length ? `Niet gevonden: ${onbekend.join(', ')}.` : '',
    teveel.length ? `U kunt vier pagina’s vergelijken. Weggelaten: ${teveel.map((p) => bekend.titel.get(p)).join('; ')}.` : '',
  ].join(' ').trim();
}

function zet(/** @type {string[]} */ nieuw, /** @type {string} */ tekst) {
  gekozen = nieuw;
  history.pushState(null, '', location.pathname + alsVraag(nieuw));
  melding.textContent = tekst;
  return toon();
}

function toonKeuze() {
  const groep = (naam, paginas) => maak('optgroup', { label: naam }, paginas.map((p) => maak('option', { value: p }, [bekend.titel.get(p)])));
  const over = bekend.alle.map((p) => p.pagina).filter((p) => !gekozen.includes(p));
  const mijn = lees().filter((p) => over.includes(p));
  keuze.replaceChildren(
    maak('option', { value: '' }, ['Kies een pagina']),
    ...(mijn.length ? [groep('Mijn lijst', mijn)] : []),
    ...Object.entries(COLLECTIES).map(([slug, naam]) => groep(naam, over.filter((p) => p.startsWith(`${slug}/`)))).filter((g) => g.children.length),
  );
}

/** Whether the pages say the same. What is not known is neither; the order of a list says nothing. */
function oordeel(/** @type {string[]} */ waarden) {
  const anders = new Set(waarden.filter(Boolean).map((w) => w.split(', ').sort().join(', ')));
  if (anders.size > 1) return 'verschilt';
  return waarden.length > 1 && waarden.every(Boolean) ? 'gelijk' : '';
}

function rij(/** @type {string} */ naam, /** @type {string[]} */ waarden) {
  const woord = naam === SAMENVATTING ? '' : oordeel(waarden);
  return maak('tr', woord ? { class: woord } : {}, [
    maak('th', { scope: 'row' }, woord ? [naam, ' ', maak('span', { class: 'oordeel' }, [woord])] : [naam]),
    ...waarden.map((w) => (w ? maak('td', {}, [w]) : maak('td', { class: 'onbekend' }, ['niet vermeld']))),
  ]);
}

function kop(pagina) {
  const weg = maak('button', { type: 'button', class: 'tekstknop' }, ['Haal weg', maak('span', { class: 'alleen-voorlezen' }, [` (${pagina.velden.titel})`])]);
  weg.addEventListener('click', async () => {
    await zet(gekozen.filter((p) => p !== sleutel(pagina)), `‘${pagina.velden.titel}’ is weggehaald.`);
    (plek('tabel').querySelector('.tekstknop') ?? keuze).focus();
  });
  return maak('th', { scope: 'col' }, [
    maak('a', { href: new URL(pagina.adres, wortel).href }, [pagina.velden.titel]), ' ', weg]);
}

const sleutel = (pagina) => `${pagina.collectie}/${pagina.slug}`;

function tabel(paginas) {
  const kenmerken = Object.keys(paginas[0].kenmerken).map((naam) => [naam, paginas.map((p) => p.kenmerken[naam])]);
  const regels = [[SAMENVATTING, paginas.map((p) => p.velden.samenvatting)], ...kenmerken].filter(([, waarden]) => waarden.some(Boolean));
  return maak('table', { class: `naast-elkaar naast-elkaar--${paginas.length}` }, [
    maak('thead', {}, [maak('tr', {}, [maak('th', { scope: 'col' }, ['Kenmerk']), ...paginas.map(kop)])]),
    maak('tbody', {}, regels.map(([naam, waarden]) => rij(naam, waarden))),
  ]);
}

function inWoorden() {
  if (!gekozen.length) return 'Kies hierboven een pagina. U kunt er twee tot vier naast elkaar zetten. Op elke pagina staat ook een knop Vergelijk.';
  return gekozen.length === 1 ? 'Kies hierboven nog een pagina om mee te vergelijken.' : '';
}

async function toon() {
  toonKeuze();
  const eigen = gekozen;
  const hint = inWoorden();
  let paginas;
  try {
    paginas = await Promise.all(eigen.map(gegevens));
  } catch {
    melding.textContent = 'De gegevens zijn nu niet op te halen. Is er verbinding met internet?';
    return;
  }
  if (eigen !== gekozen) return;
  plek('tabel').replaceChildren(...(paginas.length ? [tabel(paginas)] : []), ...(hint ? [maak('p', { class: 'leeg' }, [hint])] : []));
  plek('acties-vergelijken').hidden = !paginas.length;
  plek('uitleg').hidden = !paginas.length;
}

blad.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { value } = keuze;
  if (!value) {
    melding.textContent = 'Kies eerst een pagina uit de lijst.';
  } else if (gekozen.length >= MEESTE) {
    melding.textContent = 'U vergelijkt al vier pagina’s. Haal er eerst een weg.';
  } else {
    await zet([...gekozen, value], `‘${bekend.titel.get(value)}’ is toegevoegd. U vergelijkt nu ${GETALLEN[gekozen.length + 1]} ${gekozen.length ? 'pagina’s' : 'pagina'}.`);
  }
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

document.querySelector('[data-zonder-script]').hidden = true;
blad.hidden = false;
try {
  bekend = await titels();
  uitAdres();
  await toon();
} catch {
  melding.textContent = 'De lijst met pagina’s is nu niet op te halen. Is er verbinding met internet?';
}
