/** A list of cards that can be filtered: a catalogue, or all that is about one term. */

import { FACETTEN, getal, maak, wortel } from '../zoek/bouw.js';
import { Filter } from './filter.js';
import { Zeef, alsRij, lees, leesPaginas } from './zeef.js';

const PER_KEER = 20;

const plek = document.querySelector('[data-lijst]');
const kaarten = document.querySelector('[data-kaarten]');
/** The term that all pages of the list have. */
const [facet, slug] = plek.dataset.vast.split('/');
/** What the parts of the list are named after, in the order that it has unless another is chosen. */
const { koppen } = plek.dataset;
const [data, gemeenten] = await Promise.all([leesPaginas(facet), lees('filter/gemeenten.json')]);
const zeef = new Zeef(data.kolommen, eigenPaginas());

/** @type {Map<string, {plaats: number, km: number, klasse: number, provincie: number}>} by municipality how much it is like the chosen one */
let gelijkenis = new Map();
let beurt = 0;

function eigenPaginas() {
  const [waarden, rijen] = data.kolommen[facet];
  const term = waarden.findIndex(([s]) => s === slug);
  return [...rijen.keys()].filter((i) => alsRij(rijen[i]).includes(term));
}

/** @type {Map<string, Promise<any>>} */
const gelezen = new Map();
function leesEens(adres) {
  if (!gelezen.has(adres)) gelezen.set(adres, lees(adres));
  return gelezen.get(adres);
}

async function kaart(rij) {
  const nummer = zeef.paginas[rij]; // search numbers pages as they are listed
  return (await leesEens(`zoek/k/${Math.floor(nummer / data.kaarten)}.json`))[nummer % data.kaarten];
}

async function haalGelijkenis() {
  const gekozen = filter.keuze('zoals');
  const alle = gekozen ? await leesEens(`filter/zoals/${gekozen}.json`) : [];
  return new Map(alle.map(([s, km, klasse, provincie], plaats) => [s, { plaats, km, klasse, provincie }]));
}

/** Give the municipality of a page that is most like the chosen one. */
function dichtst(rij) {
  let beste;
  for (const w of zeef.waarden('gemeente', rij)) {
    const [s, naam] = data.kolommen.gemeente[0][w];
    const gemeente = gelijkenis.get(s);
    if (gemeente && (!beste || gemeente.plaats < beste.plaats)) beste = { ...gemeente, naam };
  }
  return beste;
}

function waarom(rij) {
  const gemeente = dichtst(rij);
  if (!gemeente) return '';
  if (!gemeente.plaats) return `uit ${gemeente.naam} zelf`;
  return [`uit ${gemeente.naam}`, gemeente.klasse ? 'zelfde grootte' : '', gemeente.provincie ? 'zelfde provincie' : '', `${gemeente.km}\u00a0km`].filter(Boolean).join(', ');
}

function rangschik(over) {
  const rij = (kolom) => (a, b) => kolom[zeef.paginas[a]] - kolom[zeef.paginas[b]];
  const titel = rij(data.titel);
  const volgorde = { nieuw: (a, b) => a - b, titel, gebruikt: (a, b) => rij(data.gebruikt)(b, a) || titel(a, b) }[filter.keuze('sorteer')];
  if (!gelijkenis.size) return over.sort(volgorde);
  const plaats = new Map(over.map((i) => [i, dichtst(i)?.plaats ?? Infinity]));
  return over.sort((a, b) => (plaats.get(a) === plaats.get(b) ? volgorde(a, b) : plaats.get(a) - plaats.get(b)));
}

/**
 * @param {number[]} over rows that meet the filters
 * @param {number} hoeveel of them to show
 */
async function toon(over, hoeveel = PER_KEER) {
  beurt += 1;
  const eigen = beurt;
  try {
    const gelijk = await haalGelijkenis();
    if (eigen !== beurt) return;
    gelijkenis = gelijk;
    const zichtbaar = rangschik(over).slice(0, hoeveel);
    const inhoud = await Promise.all(zichtbaar.map(kaart));
    if (eigen === beurt) toonKaarten(over, zichtbaar, inhoud);
  } catch {
    // What failed to load is asked again the next time.
    gelezen.clear();
    if (eigen === beurt) kaarten.replaceChildren(maak('p', { class: 'leeg' }, ['Dat lukt nu niet. Is er verbinding met internet?']));
  }
}

function toonKaarten(over, zichtbaar, inhoud) {
  const metKoppen = Boolean(koppen) && filter.keuze('sorteer') === 'nieuw' && !gelijkenis.size;
  const nieuw = zichtbaar.flatMap((rij, n) => [...(metKoppen ? kop(rij, zichtbaar[n - 1]) : []), maakKaart(rij, inhoud[n], metKoppen ? 'h3' : 'h2')]);
  if (!over.length) nieuw.push(filter.leeg());
  else if (over.length > zichtbaar.length) {
    const knop = maak('button', { type: 'button' }, [`Toon meer (nog ${getal(over.length - zichtbaar.length)})`]);
    knop.addEventListener('click', async () => {
      await toon(over, zichtbaar.length + PER_KEER);
      kaarten.querySelectorAll('[data-card] a')[zichtbaar.length]?.focus();
    });
    nieuw.push(knop);
  }
  kaarten.replaceChildren(...nieuw);
}

/** The heading above a page, unless the one before it has the same. */
function kop(rij, vorige) {
  const [tekst] = zeef.namen(koppen, rij);
  return vorige !== undefined && zeef.namen(koppen, vorige)[0] === tekst ? [] : [maak('h2', {}, [tekst])];
}

function maakKaart(rij, k, niveau) {
  const velden = zeef.namen('aandachtsveld', rij);
  const bijeenkomst = k.a.startsWith('agenda/') && k.j;
  const feiten = [k.p, velden.length === 1 ? velden[0] : `${velden.length} aandachtsvelden`, ...zeef.namen('bewijs', rij), bijeenkomst ? '' : k.j].filter(Boolean);
  const reden = waarom(rij);
  return maak('article', { class: 'kaart', 'data-card': '', 'data-slug': k.s }, [
    maak('p', { class: 'kaart__soort' }, [bijeenkomst ? `${k.k} · ${k.j}` : k.k]),
    maak(niveau, { class: 'kaart__titel' }, [maak('a', { href: new URL(k.a, wortel).href }, [k.t])]),
    maak('p', { class: 'kaart__tekst' }, [k.v]),
    ...(reden ? [maak('p', { class: 'kaart__waarom' }, [reden])] : []),
    maak('p', { class: 'kaart__feiten' }, feiten.map((f) => maak('span', {}, [f]))),
  ]);
}

/**
 * Give what is shown as rows, in the order it is shown: all of it, not only the cards on the page; a facet that no page here has is no column.
 * Titles are listed in the order that pages are ranked by title.
 */
async function rijen() {
  const titels = await lees('data/titels.json');
  const kolommen = Object.keys(FACETTEN).filter((f) => f !== facet && zeef.paginas.some((_, rij) => zeef.waarden(f, rij).length));
  return [['Titel', 'Adres', ...kolommen.map((f) => FACETTEN[f])], ...rangschik(filter.over).map((rij) => {
    const { titel, pagina } = titels[data.titel[zeef.paginas[rij]]];
    return [titel, new URL(`${pagina}/`, wortel).href, ...kolommen.map((f) => zeef.namen(f, rij).join(' | '))];
  })];
}

/** Buttons that save what is shown; nothing of this is loaded until somebody asks for a file. */
function downloads() {
  const naam = plek.dataset.basis.split('/').at(-2);
  const melding = maak('span', { role: 'status' });
  const knop = (tekst, extensie, soort) => {
    const element = maak('button', { type: 'button', class: 'tekstknop' }, [maak('span', { class: 'alleen-voorlezen' }, ['Download als ']), tekst]);
    element.addEventListener('click', async () => {
      try {
        const [{ download, alsCsv }, { alsXlsx }, alle] = await Promise.all([import('../uitvoer.js'), import('../xlsx.js'), rijen()]);
        download(`${naam}.${extensie}`, soort, extensie === 'csv' ? alsCsv(alle) : alsXlsx(alle));
        melding.textContent = '';
      } catch {
        melding.textContent = 'Dat lukt nu niet. Is er verbinding met internet?';
      }
    });
    return element;
  };
  return maak('span', { class: 'downloads' }, [maak('span', { 'aria-hidden': 'true' }, ['Download']), knop('CSV', 'csv', 'text/csv'),
    knop('Excel', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'), melding]);
}

const sorteren = { naam: 'sorteer', label: 'Sorteer',
  opties: [['nieuw', koppen === 'wanneer' ? 'Eerst wat nog komt' : 'Nieuwste eerst'], ['titel', 'Titel van A tot Z'], ['gebruikt', 'Meest gebruikt']] };
const zoals = { naam: 'zoals', label: 'Gemeenten zoals', opties: [['', 'Kies uw gemeente'], ...gemeenten] };
const filter = new Filter(plek, zeef, { zonder: [facet], lijsten: zeef.keuzes('gemeente').length ? [sorteren, zoals] : [sorteren], gemeenten, toon });
document.querySelector('[data-keuzes]').after(downloads());
filter.begin();
