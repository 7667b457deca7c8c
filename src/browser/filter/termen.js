/**
 * An overview of terms that can be filtered by the pages that have them; the number behind a term
 * is that of those pages.
 */

import { alle, maak, vind } from '../delen/elementen.js';
import { aantal, getal } from '../delen/getallen.js';
import { alsRij } from '../delen/kolommen.js';
import { onthoud } from '../delen/onthoud.js';
import { Filter } from './filter.js';
import { Zeef, leesGemeenten, leesPaginas } from './zeef.js';

const plek = vind('[data-termen]');
/** @type {HTMLElement | null} */
const letters = document.querySelector('.letters');
const { termen: soort = '', basis = '', apart } = plek.dataset;
/** @type {Zeef} */
let zeef;

/** Each term as it stands on the page, with its place there and its number. */
const termen = [...alle('[data-term]')].map((element) => ({
  element,
  nummer: -1,
  lijst: /** @type {Element} */ (element.parentElement),
}));

const laad = onthoud(async () => {
  const [data, gemeenten] = await Promise.all([leesPaginas(apart), leesGemeenten()]);
  zeef = maakZeef(data.kolommen, gemeenten);
  return { zeef, gemeenten };
});

/**
 * A row for each term and one for each page that has it: a term without pages is there too, until
 * a filter asks for pages.
 * @param {Record<string, import('../delen/kolommen.js').Kolom>} kolommen
 * @param {import('./zeef.js').Gemeente[]} gemeenten
 */
function maakZeef(kolommen, gemeenten) {
  const [waarden, rijen] = kolommen[soort];
  const nummers = new Map(waarden.map(([slug], w) => [slug, w]));
  for (const term of termen) term.nummer = nummers.get(term.element.dataset.term ?? '') ?? -1;
  const paginas = waarden.map(() => [-1]);
  rijen.forEach((eigen, pagina) => {
    for (const w of alsRij(eigen)) paginas[w].push(pagina);
  });
  // A page about two municipalities lies in both their provinces; they each lie in one.
  /** @type {Record<string, (number | undefined)[]>} */
  const eigen = soort === 'gemeente' ? {
    provincie: plaatsIn(kolommen.provincie, gemeenten.map(([, , provincie]) => provincie)),
    grootteklasse: plaatsIn(kolommen.grootteklasse, gemeenten.map(([, , , klasse]) => klasse)),
  } : {};
  const opPagina = termen.map(({ nummer }) => nummer);
  return new Zeef(
    kolommen,
    opPagina.flatMap((w) => paginas[w]),
    opPagina.flatMap((w) => paginas[w].map(() => w)),
    eigen,
  );
}

/**
 * The number that each slug has in a column.
 * @param {import('../delen/kolommen.js').Kolom} kolom
 * @param {string[]} slugs
 */
function plaatsIn([waarden], slugs) {
  const plekken = new Map(waarden.map(([slug], w) => [slug, w]));
  return slugs.map((slug) => plekken.get(slug));
}

/** Show the terms that are left, each with the number of its pages that are. */
function toon(/** @type {number[]} */ over) {
  /** @type {Map<number, number>} */
  const paginas = new Map();
  for (const rij of over) {
    const term = zeef.eenheden[rij];
    paginas.set(term, (paginas.get(term) ?? 0) + (zeef.paginas[rij] < 0 ? 0 : 1));
  }
  for (const { element, nummer } of termen) {
    const n = paginas.get(nummer) ?? 0;
    element.hidden = !paginas.has(nummer);
    const kaal = element.querySelector('.telling');
    const woorden = element.querySelector('.thema__aantal');
    if (kaal) kaal.textContent = getal(n);
    if (woorden) woorden.textContent = aantal(n, 'pagina', 'pagina’s');
  }
  orden(filter.keuze('sorteer') === 'meest' ? paginas : null);
  leeg.replaceChildren(...(paginas.size ? [] : [filter.leeg(zeef)]));
}

/**
 * Put the terms with the most first, under one another without letters; or each back in its place.
 * @param {Map<number, number> | null} meeste
 */
function orden(meeste) {
  if (letters) letters.hidden = Boolean(meeste) || termen.some(({ element }) => element.hidden);
  if (meeste) {
    const aantalVan = (/** @type {{nummer: number}} */ term) => meeste.get(term.nummer) ?? 0;
    const op = [...termen].sort((a, b) => aantalVan(b) - aantalVan(a));
    (letters ? samen : termen[0].lijst).prepend(...op.map(({ element }) => element));
  } else {
    for (const lijst of new Set(termen.map((t) => t.lijst))) {
      lijst.prepend(...termen.filter((t) => t.lijst === lijst).map(({ element }) => element));
    }
  }
}

const samen = maak('ul', { class: 'kolommen' });
const leeg = maak('div');
if (Filter.vraagt(basis)) await laad('');
const filter = new Filter(plek, {
  laad,
  toon,
});
const boven = document.querySelector('.letters + .uitleg') ?? vind('.overzichtbalk');
boven.after(leeg, samen);
filter.begin();
