/** A list of cards that can be filtered: a catalogue, or all that is about one term. */

import { alsCsv } from '../bestanden/csv.js';
import { download } from '../bestanden/download.js';
import { wortel } from '../delen/adres.js';
import { vandaag } from '../delen/dag.js';
import { alle, maak, vind } from '../delen/elementen.js';
import { dichtst, haalGelijkenis, overeenkomst } from '../delen/gelijkenis.js';
import { eigenGemeente } from '../delen/gemeente.js';
import { getal } from '../delen/getallen.js';
import { alsRij } from '../delen/kolommen.js';
import { onthoud } from '../delen/onthoud.js';
import { MISLUKT, haalJson } from '../delen/ophalen.js';
import { KOP } from '../lijst/uitvoer.js';
import { Filter } from './filter.js';
import { Zeef, leesGemeenten, leesKolom, leesPaginas, leesVolgorde } from './zeef.js';

/**
 * What a card shows, as search has it: slug, address, title, summary, kind, place and time.
 * @typedef {Record<'s' | 'a' | 't' | 'v' | 'k' | 'p' | 'j', string>} Kaart
 */

const plek = vind('[data-lijst]');
const kaarten = vind('[data-kaarten]');
const { vast = '', koppen = '', basis = '', totaal = '', apart } = plek.dataset;
/** The term that all pages of the list have. */
const [facet, slug] = vast.split('/');
const lijstZoals = document.querySelector('#kp-zoals');
/** Fetched at once: a select cannot get its options while it is open. */
const gemeenten = lijstZoals ? await leesGemeenten() : [];
/** @type {import('./zeef.js').Paginas} */
let data;
/** @type {Zeef} */
let zeef;
/** The last day of what was still to come when the site was made, by the number of the page. */
let komt = /** @type {Map<number, string>} */ (new Map());

const laad = onthoud(async () => {
  data = await leesPaginas(apart);
  zeef = new Zeef(data.kolommen, eigenPaginas());
  komt = new Map(data.kolommen.wanneer[3]);
  return { zeef, gemeenten };
});

/** How much each municipality is like the chosen one. */
let gelijkenis = await haalGelijkenis('');
let beurt = 0;
/** Show whether the municipality that is kept is chosen. */
let toonEigen = () => {};

function eigenPaginas() {
  const [waarden, rijen] = data.kolommen[facet];
  const term = waarden.findIndex(([s]) => s === slug);
  return [...rijen.keys()].filter((i) => alsRij(rijen[i]).includes(term));
}

/** @type {(adres: string) => Promise<Kaart[]>} */
const leesKaarten = onthoud(haalJson);

async function kaart(/** @type {number} */ rij) {
  const pagina = zeef.paginas[rij];
  const [eerste, naam] = data.kaarten.findLast(([begin]) => begin <= pagina) ?? [0, ''];
  return (await leesKaarten(`zoek/k/${naam}.json`))[pagina - eerste];
}

const samen = (/** @type {string[]} */ namen) => namen.join(' | ');

/** Give the municipality of a page that is most like the chosen one. */
const dichtstVan = (/** @type {number} */ rij) => dichtst(zeef.paren('gemeente', rij), gelijkenis);

function waarom(/** @type {number} */ rij) {
  const gemeente = dichtstVan(rij);
  if (!gemeente) return '';
  if (!gemeente.plaats) return `uit ${gemeente.naam} zelf`;
  return `uit ${gemeente.naam}, ${overeenkomst(gemeente)}`;
}

const nu = vandaag();

/**
 * The place of a row as the list has it today: what has passed comes behind all that is still to
 * come, the last of it first.
 */
function plaatsNu(/** @type {number} */ rij) {
  const nummer = zeef.paginas[rij];
  if ((komt.get(nummer) ?? nu) >= nu) return nummer;
  const paginas = data.kolommen.collectie[1];
  return Math.max(...komt.keys()) + 1 - (nummer + 1) / (paginas.length + 1);
}

/**
 * Give what tells which of two rows comes first in the order that is chosen.
 * @returns {Promise<(a: number, b: number) => number>}
 */
async function kiesVolgorde() {
  const sorteer = filter.keuze('sorteer');
  if (sorteer === 'nieuw') return (a, b) => plaatsNu(a) - plaatsNu(b);
  const { titel, gebruikt } = await leesVolgorde(data.volgorde);
  /** @type {(a: number, b: number) => number} */
  const opTitel = (a, b) => titel[zeef.paginas[a]] - titel[zeef.paginas[b]];
  return sorteer === 'titel' ? opTitel : (a, b) => (
    gebruikt[zeef.paginas[b]] - gebruikt[zeef.paginas[a]] || opTitel(a, b));
}

async function rangschik(/** @type {number[]} */ over) {
  const volgorde = await kiesVolgorde();
  if (!gelijkenis.size) return over.sort(volgorde);
  const plaatsen = new Map(over.map((rij) => [rij, dichtstVan(rij)?.plaats ?? Infinity]));
  const plaats = (/** @type {number} */ rij) => plaatsen.get(rij) ?? Infinity;
  return over.sort((a, b) => (
    plaats(a) === plaats(b) ? volgorde(a, b) : plaats(a) - plaats(b)));
}

/**
 * @param {number[]} over rows that meet the filters
 * @param {number} hoeveel of them to show
 */
async function toon(over, hoeveel) {
  beurt += 1;
  const eigen = beurt;
  toonEigen();
  try {
    const gelijk = await haalGelijkenis(filter.keuze('zoals'));
    if (eigen !== beurt) return;
    gelijkenis = gelijk;
    const zichtbaar = (await rangschik(over)).slice(0, hoeveel);
    const inhoud = await Promise.all(zichtbaar.map(kaart));
    if (eigen === beurt) toonKaarten(over, zichtbaar, inhoud);
  } catch {
    if (eigen === beurt) kaarten.replaceChildren(maak('p', { class: 'leeg' }, [MISLUKT]));
  }
}

/**
 * @param {number[]} over
 * @param {number[]} zichtbaar
 * @param {Kaart[]} inhoud
 */
function toonKaarten(over, zichtbaar, inhoud) {
  const metKoppen = koppen && filter.keuze('sorteer') === 'nieuw' && !gelijkenis.size;
  /** @type {Node[]} */
  const nieuw = zichtbaar.flatMap((rij, n) => (metKoppen
    ? [...kop(rij, zichtbaar[n - 1]), maakKaart(rij, inhoud[n], 'h3')]
    : [maakKaart(rij, inhoud[n], 'h2')]));
  if (!over.length) nieuw.push(filter.leeg(zeef));
  kaarten.replaceChildren(...nieuw, ...meer(over.length, zichtbaar.length));
}

/**
 * A button for what the list has more than it shows.
 * @param {number} aantal
 * @param {number} getoond
 */
function meer(aantal, getoond) {
  if (aantal <= getoond) return [];
  const rest = `Toon meer (nog ${getal(aantal - getoond)})`;
  const knop = maak('button', { type: 'button' }, [rest]);
  knop.addEventListener('click', async () => {
    try {
      await toon(await filter.over(), getoond + data.blad);
      kaarten.querySelectorAll('a')[getoond]?.focus();
    } catch {
      knop.textContent = MISLUKT;
    }
  });
  return [knop];
}

/**
 * The heading above a page, unless the one before it has the same.
 * @param {number} rij
 * @param {number | undefined} vorige
 */
function kop(rij, vorige) {
  const [tekst] = zeef.namen(koppen, rij);
  const zelfde = vorige !== undefined && zeef.namen(koppen, vorige)[0] === tekst;
  return zelfde ? [] : [maak('h2', {}, [tekst])];
}

/**
 * @param {number} rij
 * @param {Kaart} k
 * @param {'h2' | 'h3'} niveau
 */
function maakKaart(rij, k, niveau) {
  const velden = zeef.namen('aandachtsveld', rij);
  const opTijd = zeef.waarden('wanneer', rij).length > 0 && k.j;
  const feiten = [
    k.p,
    velden.length === 1 ? velden[0] : `${velden.length} ${data.aandachtsvelden}`,
    ...zeef.namen('bewijs', rij),
    opTijd ? '' : k.j,
  ].filter(Boolean);
  const reden = waarom(rij);
  return maak('article', { class: 'kaart', 'data-card': '', 'data-slug': k.s }, [
    maak('p', { class: 'kaart__soort' }, [
      maak('span', {}, [k.k]), ...(opTijd ? [' · ', maak('span', {}, [k.j])] : []),
    ]),
    maak(niveau, { class: 'kaart__titel' }, [
      maak('a', { href: new URL(k.a, wortel).href }, [k.t]),
    ]),
    maak('p', { class: 'kaart__tekst' }, [k.v]),
    ...(reden ? [maak('p', { class: 'kaart__waarom' }, [reden])] : []),
    maak('p', { class: 'kaart__feiten' }, feiten.map((feit) => maak('span', {}, [feit]))),
  ]);
}

/**
 * Give what is shown as rows, in the order it is shown: all of it, not only the cards on the page;
 * a facet that no page here has is no column.
 */
async function rijen() {
  const filtert = await filter.over();
  /** @type {import('../delen/kolommen.js').Kolom} */
  const [organisaties, van] = await leesKolom('organisatie');
  const kolommen = Object.keys(data.kolommen).filter((f) => (
    f !== 'organisatie' && f !== facet
    && zeef.paginas.some((_, rij) => zeef.waarden(f, rij).length)));
  const over = await rangschik(filtert);
  const inhoud = await Promise.all(over.map(kaart));
  return [
    [...KOP, ...kolommen.map((f) => data.kolommen[f][2])],
    ...over.map((rij, n) => [
      inhoud[n].t,
      inhoud[n].v,
      samen(alsRij(van[zeef.paginas[rij]]).map((w) => organisaties[w][1])),
      new URL(inhoud[n].a, wortel).href,
      ...kolommen.map((f) => samen(zeef.namen(f, rij))),
    ]),
  ];
}

/** Buttons that save what is shown; what makes a workbook is loaded when somebody asks for one. */
/**
 * Let a button save the list.
 * @param {string} wat
 * @param {(naam: string) => Promise<void>} bewaar
 */
function knopVoor(wat, bewaar) {
  const melding = vind('.downloads [role=status]');
  vind(`.downloads [data-${wat}]`).addEventListener('click', async () => {
    try {
      await bewaar(basis.split('/').at(-2) ?? '');
      melding.textContent = '';
    } catch {
      melding.textContent = MISLUKT;
    }
  });
}

/** Offer the municipality that is kept, as the one choice it is: municipalities like it first. */
function eigenKeuze(/** @type {import('./zeef.js').Gemeente} */ [s, naam]) {
  const lijst = vind('#kp-zoals', document, HTMLSelectElement);
  const knop = maak('button', { type: 'button', class: 'knop' }, [`Gemeenten zoals ${naam} eerst`]);
  knop.addEventListener('click', () => {
    lijst.value = lijst.value === s ? '' : s;
    lijst.dispatchEvent(new Event('change'));
  });
  toonEigen = () => knop.setAttribute('aria-pressed', String(filter.keuze('zoals') === s));
  toonEigen();
  return maak('p', {}, [knop]);
}

lijstZoals?.append(...gemeenten.map(([s, naam]) => maak('option', { value: s }, [naam])));
// Who comes with a choice gets no form before what it says of that choice.
if (Filter.vraagt(basis)) await laad('');
const filter = new Filter(plek, {
  laad,
  toon: (over) => toon(over, data.blad),
});
knopVoor('csv', async (naam) => download(`${naam}.csv`, alsCsv(await rijen()), 'text/csv'));
knopVoor('excel', async (naam) => {
  const { alsXlsx } = await import('../bestanden/werkmap.js');
  download(`${naam}.xlsx`, await alsXlsx(await rijen()));
});
const bewaard = gemeenten.find(([s]) => s === eigenGemeente());
if (bewaard) vind('.sorteren').append(eigenKeuze(bewaard));
if (totaal) kaarten.append(...meer(Number(totaal), alle('[data-card]', kaarten).length));
filter.begin();
