/**
 * The catalogue as a filter: OR within a facet, AND between facets, with the choice in the address.
 * Without JavaScript the same facets are links to static lists; this puts checkboxes in their place.
 */

import { aantal, getal, maak, wegknop, wortel } from './zoek/bouw.js';

const PER_KEER = 20;
const FACETTEN = { wanneer: 'Wanneer', aandachtsveld: 'Aandachtsveld', pijler: 'Pijler', soort: 'Soort', doelgroep: 'Voor wie', provincie: 'Provincie', gemeente: 'Gemeente',
  grootteklasse: 'Grootte van de gemeente', status: 'Status', bewijs: 'Bewijs', jaar: 'Jaar' };
const SORTERING = { nieuw: 'Nieuwste eerst', titel: 'Titel van A tot Z', gebruikt: 'Meest gebruikt' };

const plek = document.querySelector('[data-catalogus]');
const kaarten = document.querySelector('[data-kaarten]');
const teller = document.querySelector('[data-count]');
const collectie = plek.dataset.catalogus;
const isAgenda = collectie === 'agenda';
if (isAgenda) SORTERING.nieuw = 'Eerst wat nog komt';

/** @param {string} adres below the site's root */
async function lees(adres) {
  const antwoord = await fetch(new URL(adres, wortel), { cache: 'no-cache' });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.json();
}

const gelezen = new Map();
async function kaart(nummer) {
  const bestand = Math.floor(nummer / data.kaarten);
  if (!gelezen.has(bestand)) gelezen.set(bestand, lees(`zoek/k/${bestand}.json`));
  return (await gelezen.get(bestand))[nummer % data.kaarten];
}

/** @type {{nummers: number[], kaarten: number, kolommen: Record<string, [[string, string][], (number | number[])[]]>, nieuw: number[], titel: number[], gebruikt: number[]}} */
let data;
/** @type {{filters: Record<string, string[]>, sorteer: string, zoals: string, toon: number}} */
let stand;
let gelijkenis = new Map();
let beurt = 0;

function uitAdres() {
  const vraag = new URLSearchParams(location.search);
  const filters = {};
  for (const facet of Object.keys(FACETTEN)) if (vraag.has(facet)) filters[facet] = vraag.getAll(facet);
  // A static list of one value is that value, chosen.
  if (plek.dataset.gekozen && !vraag.size) {
    const [, facet, waarde] = plek.dataset.gekozen.split('/');
    filters[facet] = [waarde];
  }
  const sorteer = vraag.get('sorteer');
  return { filters, sorteer: sorteer in SORTERING ? sorteer : 'nieuw', zoals: vraag.get('zoals') ?? '', toon: PER_KEER };
}

function naarAdres() {
  const vraag = new URLSearchParams();
  for (const [facet, waarden] of Object.entries(stand.filters)) for (const waarde of waarden) vraag.append(facet, waarde);
  if (stand.sorteer !== 'nieuw') vraag.set('sorteer', stand.sorteer);
  if (stand.zoals) vraag.set('zoals', stand.zoals);
  const adres = new URL(`${collectie}/`, wortel);
  adres.search = vraag.toString();
  return adres.href;
}

/** Give the values of a facet that a page has, as numbers. */
function waarden(facet, i) {
  const eigen = data.kolommen[facet][1][i];
  if (Array.isArray(eigen)) return eigen;
  return eigen < 0 ? [] : [eigen];
}

/** Find the pages that meet all filters, and count each value over those that meet the filters of the other facets. */
function zeef() {
  const facetten = Object.keys(FACETTEN);
  const gekozen = new Map();
  for (const facet of facetten) {
    const slugs = stand.filters[facet];
    if (slugs?.length) gekozen.set(facet, new Set(slugs.map((slug) => data.kolommen[facet][0].findIndex(([s]) => s === slug))));
  }
  const tellingen = Object.fromEntries(facetten.map((f) => [f, new Uint32Array(data.kolommen[f][0].length)]));
  const over = [];
  for (let i = 0; i < data.nummers.length; i += 1) {
    let gemist = '';
    let aantalGemist = 0;
    for (const [facet, mag] of gekozen) {
      if (!waarden(facet, i).some((w) => mag.has(w))) { gemist = facet; aantalGemist += 1; }
    }
    if (aantalGemist > 1) continue;
    if (!aantalGemist) over.push(i);
    for (const facet of aantalGemist ? [gemist] : facetten) for (const w of waarden(facet, i)) tellingen[facet][w] += 1;
  }
  return { over, tellingen };
}

function rangschik(over) {
  const { nieuw, titel, gebruikt } = data;
  const volgorde = { nieuw: (a, b) => nieuw[a] - nieuw[b], titel: (a, b) => titel[a] - titel[b], gebruikt: (a, b) => gebruikt[b] - gebruikt[a] || titel[a] - titel[b] }[stand.sorteer];
  if (!stand.zoals) return over.sort(volgorde);
  const plaats = new Map(over.map((i) => [i, dichtst(i)?.plaats ?? Infinity]));
  return over.sort((a, b) => (plaats.get(a) === plaats.get(b) ? volgorde(a, b) : plaats.get(a) - plaats.get(b)));
}

/** Give the municipality of a page that is most like the chosen one. */
function dichtst(i) {
  let beste;
  for (const w of waarden('gemeente', i)) {
    const gemeente = gelijkenis.get(data.kolommen.gemeente[0][w][0]);
    if (gemeente && (!beste || gemeente.plaats < beste.plaats)) beste = { ...gemeente, naam: data.kolommen.gemeente[0][w][1] };
  }
  return beste;
}

function waarom(i) {
  const gemeente = stand.zoals && dichtst(i);
  if (!gemeente) return '';
  if (!gemeente.plaats) return `uit ${gemeente.naam} zelf`;
  return [`uit ${gemeente.naam}`, gemeente.klasse ? 'zelfde grootte' : '', gemeente.provincie ? 'zelfde provincie' : '', `${gemeente.km}\u00a0km`].filter(Boolean).join(', ');
}

const waardeNaam = (facet, slug) => data.kolommen[facet][0].find(([s]) => s === slug)?.[1] ?? slug;

function naam(facet, i) {
  return waarden(facet, i).map((w) => data.kolommen[facet][0][w][1]);
}

async function toon() {
  beurt += 1;
  const eigen = beurt;
  const { over, tellingen } = zeef();
  toonKeuze(tellingen);
  teller.textContent = aantal(over.length, plek.dataset.een, plek.dataset.meer);
  const zichtbaar = rangschik(over).slice(0, stand.toon);
  const inhoud = await Promise.all(zichtbaar.map((i) => kaart(data.nummers[i])));
  if (eigen !== beurt) return;
  const nieuw = zichtbaar.flatMap((i, n) => [...kop(i, zichtbaar[n - 1]), maakKaart(i, inhoud[n])]);
  if (!over.length) nieuw.push(leeg());
  else if (over.length > zichtbaar.length) {
    const knop = maak('button', { type: 'button' }, [`Toon meer (nog ${getal(over.length - zichtbaar.length)})`]);
    knop.addEventListener('click', async () => { stand.toon += PER_KEER; await toon(); kaarten.querySelectorAll('[data-card] a')[zichtbaar.length]?.focus(); });
    nieuw.push(knop);
  }
  kaarten.replaceChildren(...nieuw);
}

const metKoppen = () => isAgenda && stand.sorteer === 'nieuw' && !stand.zoals;

/** The heading above a meeting, unless the one before it has the same. */
function kop(i, vorige) {
  const [tekst] = naam('wanneer', i);
  const zelfde = vorige !== undefined && naam('wanneer', vorige)[0] === tekst;
  return metKoppen() && !zelfde ? [maak('h2', {}, [tekst])] : [];
}

function maakKaart(i, k) {
  const velden = naam('aandachtsveld', i);
  const feiten = [k.p, velden.length === 1 ? velden[0] : `${velden.length} aandachtsvelden`, ...naam('bewijs', i), isAgenda ? '' : k.j].filter(Boolean);
  const reden = waarom(i);
  return maak('article', { class: 'kaart', 'data-card': '', 'data-slug': k.s }, [
    maak('p', { class: 'kaart__soort' }, [isAgenda && k.j ? `${k.k} · ${k.j}` : k.k]),
    maak(metKoppen() ? 'h3' : 'h2', { class: 'kaart__titel' }, [maak('a', { href: new URL(k.a, wortel).href }, [k.t])]),
    maak('p', { class: 'kaart__tekst' }, [k.v]),
    ...(reden ? [maak('p', { class: 'kaart__waarom' }, [reden])] : []),
    maak('p', { class: 'kaart__feiten' }, feiten.map((f) => maak('span', {}, [f]))),
  ]);
}

/** Nothing found: say which filter to drop to find something again. */
function leeg() {
  const blok = maak('div', { class: 'leeg' }, [maak('p', {}, ['Geen enkele pagina past bij al deze keuzes.'])]);
  const bewaard = stand.filters;
  const zonder = (tekst, facetten) => {
    stand.filters = Object.fromEntries(Object.entries(bewaard).filter(([facet]) => !facetten.includes(facet)));
    const n = zeef().over.length;
    if (n) blok.append(maak('p', {}, [maak('a', { href: naarAdres() }, [`${tekst}: ${aantal(n, plek.dataset.een, plek.dataset.meer)}`])]));
    stand.filters = bewaard;
  };
  for (const [facet, slugs] of Object.entries(bewaard)) zonder(`Zonder ${slugs.map((slug) => `‘${waardeNaam(facet, slug)}’`).join(' of ')}`, [facet]);
  if (Object.keys(bewaard).length > 1) zonder('Zonder al deze keuzes', Object.keys(bewaard));
  return blok;
}

function wijzig(verandering) {
  stand = { ...stand, ...verandering, toon: PER_KEER };
  history.pushState(null, '', naarAdres());
  toon();
}

function kies(facet, slug, aan) {
  const over = (stand.filters[facet] ?? []).filter((s) => s !== slug);
  const filters = { ...stand.filters, [facet]: aan ? [...over, slug] : over };
  if (!filters[facet].length) delete filters[facet];
  wijzig({ filters });
}

/** Bring checkboxes, counts and the removable choices in line with the state. */
function toonKeuze(tellingen) {
  for (const [facet, [lijst]] of Object.entries(data.kolommen)) {
    lijst.forEach(([slug], w) => {
      const vink = document.getElementById(`kp-f-${facet}-${slug}`);
      if (!vink) return;
      vink.checked = stand.filters[facet]?.includes(slug) ?? false;
      vink.parentElement.querySelector('.telling').textContent = getal(tellingen[facet][w]);
      vink.parentElement.classList.toggle('is-leeg', !tellingen[facet][w] && !vink.checked);
    });
  }
  const knoppen = [];
  for (const [facet, slugs] of Object.entries(stand.filters)) {
    for (const slug of slugs) {
      knoppen.push(wegknop(waardeNaam(facet, slug), () => { kies(facet, slug, false); (teller.parentElement.querySelector('.weg') ?? document.getElementById('kp-sorteer')).focus(); }));
    }
  }
  document.querySelector('[data-keuzes]').replaceChildren(...knoppen);
  document.getElementById('kp-sorteer').value = stand.sorteer;
  document.getElementById('kp-zoals').value = stand.zoals;
}

/** Replace the links to static lists by a form. */
function bouwFormulier() {
  const alle = plek.querySelector('.facetten__alle');
  const groepen = Object.entries(FACETTEN).filter(([facet]) => new Set(data.kolommen[facet][1].flat()).size > 1).map(([facet, titel], nummer) => {
    const blok = maak('details', { class: 'facet' }, [maak('summary', {}, [titel]),
      maak('fieldset', {}, [maak('legend', { class: 'alleen-voorlezen' }, [titel]), facet === 'gemeente' ? gemeenteVeld() : vakken(facet)])]);
    blok.open = nummer === 0 || Boolean(stand.filters[facet]);
    return blok;
  });
  for (const kind of [...alle.children]) if (kind.tagName !== 'SUMMARY') kind.remove();
  alle.append(...groepen);

  const sorteer = maak('select', { id: 'kp-sorteer', 'data-filter': 'sorteer' }, Object.entries(SORTERING).map(([w, t]) => maak('option', { value: w }, [t])));
  sorteer.addEventListener('change', () => wijzig({ sorteer: sorteer.value }));
  const zoals = maak('select', { id: 'kp-zoals', 'data-filter': 'zoals' }, [maak('option', { value: '' }, ['Kies uw gemeente']),
    ...gemeenten.map(([slug, tekst]) => maak('option', { value: slug }, [tekst]))]);
  zoals.addEventListener('change', async () => { await haalGelijkenis(zoals.value); wijzig({ zoals: zoals.value }); });
  teller.parentElement.querySelector('.weg')?.remove();
  teller.after(maak('span', { class: 'keuzes', 'data-keuzes': '' }), downloads());
  teller.parentElement.after(maak('div', { class: 'sorteren' }, [
    maak('p', {}, [maak('label', { for: 'kp-sorteer' }, ['Sorteer ']), sorteer]),
    maak('p', plek.querySelector('#kp-gemeente') ? {} : { hidden: '' }, [maak('label', { for: 'kp-zoals' }, ['Gemeenten zoals ']), zoals])]));
  document.querySelector('.bladeren')?.remove();
}

function vakken(facet) {
  const gebruikt = new Set(data.kolommen[facet][1].flat());
  return maak('ul', {}, data.kolommen[facet][0].filter((_, w) => gebruikt.has(w)).map(([slug, tekst]) => {
    const id = `kp-f-${facet}-${slug}`;
    const vink = maak('input', { type: 'checkbox', id, value: slug, 'data-filter': facet });
    vink.addEventListener('change', () => kies(facet, slug, vink.checked));
    return maak('li', {}, [vink, maak('label', { for: id }, [tekst]), maak('span', { class: 'telling' })]);
  }));
}

/** A field with suggestions in place of 342 checkboxes. */
function gemeenteVeld() {
  const gebruikt = new Set(data.kolommen.gemeente[1].flat());
  const lijst = data.kolommen.gemeente[0].filter((_, w) => gebruikt.has(w));
  const veld = maak('input', { type: 'text', id: 'kp-gemeente', list: 'kp-gemeenten', autocomplete: 'off', 'data-filter': 'gemeente' });
  veld.addEventListener('input', () => veld.setCustomValidity(''));
  veld.addEventListener('change', () => {
    const gevonden = lijst.find(([, tekst]) => tekst.toLowerCase() === veld.value.trim().toLowerCase());
    veld.setCustomValidity(gevonden || !veld.value.trim() ? '' : 'Deze gemeente staat niet bij deze lijst. Kies een naam uit de lijst onder het veld.');
    if (!gevonden) { veld.reportValidity(); return; }
    veld.value = '';
    kies('gemeente', gevonden[0], true);
  });
  return maak('p', {}, [maak('label', { for: 'kp-gemeente' }, ['Typ en kies een gemeente']), veld,
    maak('datalist', { id: 'kp-gemeenten' }, [...lijst].sort((a, b) => a[1].localeCompare(b[1], 'nl')).map(([, tekst]) => maak('option', { value: tekst })))]);
}

/** All municipalities, slug and name, in the order of likeness to the chosen one once there is one. */
let gemeenten = [];
async function haalGelijkenis(slug) {
  gelijkenis = new Map();
  if (!gemeenten.some(([s]) => s === slug)) return;
  const rij = await lees(`catalogus/zoals/${slug}.json`);
  gelijkenis = new Map(rij.map(([s, km, klasse, provincie], plaats) => [s, { plaats, km, klasse, provincie }]));
}

/**
 * Give what is shown as rows, in the order it is shown: all of it, not only the cards on the page; a facet that no page here has is no column.
 * Titles are listed in the order that `titel` ranks the pages of a collection by.
 */
async function rijen() {
  const titels = (await lees('data/titels.json')).filter(({ pagina }) => pagina.startsWith(`${collectie}/`));
  const kolommen = Object.keys(FACETTEN).filter((facet) => data.kolommen[facet][1].flat().some((w) => w >= 0));
  return [['Titel', 'Adres', ...kolommen.map((facet) => FACETTEN[facet])], ...rangschik(zeef().over).map((i) => {
    const { titel, pagina } = titels[data.titel[i]];
    return [titel, new URL(`${pagina}/`, wortel).href, ...kolommen.map((facet) => naam(facet, i).join(' | '))];
  })];
}

/** Buttons that save what is shown; nothing of this is loaded until somebody asks for a file. */
function downloads() {
  const melding = maak('span', { role: 'status' });
  const knop = (tekst, extensie, soort) => {
    const element = maak('button', { type: 'button', class: 'tekstknop' }, [maak('span', { class: 'alleen-voorlezen' }, ['Download als ']), tekst]);
    element.addEventListener('click', async () => {
      try {
        const [{ download, alsCsv }, { alsXlsx }, alle] = await Promise.all([import('./uitvoer.js'), import('./xlsx.js'), rijen()]);
        download(`${collectie}.${extensie}`, soort, extensie === 'csv' ? alsCsv(alle) : alsXlsx(alle));
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

async function begin() {
  [data, gemeenten] = await Promise.all([lees(`catalogus/${collectie}.json`), lees('catalogus/gemeenten.json')]);
  stand = uitAdres();
  await haalGelijkenis(stand.zoals);
  bouwFormulier();
  if (location.search || plek.dataset.gekozen) await toon(); else toonKeuze(zeef().tellingen);
  addEventListener('popstate', async () => {
    stand = uitAdres();
    await haalGelijkenis(stand.zoals);
    toon();
  });
}

// Without the data the links to the static lists stay; they say the same.
begin().catch(() => {});
