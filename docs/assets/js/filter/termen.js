/** An overview of terms that can be filtered by the pages that have them; the number behind a term is that of those pages. */

import { aantal, getal, maak } from '../zoek/bouw.js';
import { Filter } from './filter.js';
import { Zeef, alsRij, lees, leesPaginas } from './zeef.js';

const plek = document.querySelector('[data-termen]');
const letters = document.querySelector('.letters');
const soort = plek.dataset.termen;
const [data, gemeenten] = await Promise.all([leesPaginas(soort), lees('filter/gemeenten.json')]);
const [waarden, rijen] = data.kolommen[soort];

/** Each term as it stands on the page, with its place there. */
const nummers = new Map(waarden.map(([slug], w) => [slug, w]));
const termen = [...document.querySelectorAll('[data-term]')].map((element) => ({ element, nummer: nummers.get(element.dataset.term), lijst: element.parentElement }));

/** A row for each term and one for each page that has it: a term without pages is there too, until a filter asks for pages. */
function maakZeef() {
  const paginas = waarden.map(() => [-1]);
  rijen.forEach((eigen, pagina) => { for (const w of alsRij(eigen)) paginas[w].push(pagina); });
  const opPagina = termen.map(({ nummer }) => nummer);
  // A page about two municipalities lies in both their provinces; they each lie in one.
  const eigen = Object.fromEntries(soort !== 'gemeente' ? [] : ['provincie', 'grootteklasse'].map((facet, plaats) => {
    const plekken = new Map(data.kolommen[facet][0].map(([slug], w) => [slug, w]));
    return [facet, gemeenten.map((gemeente) => plekken.get(gemeente[2 + plaats]))];
  }));
  return new Zeef(data.kolommen, opPagina.flatMap((w) => paginas[w]), opPagina.flatMap((w) => paginas[w].map(() => w)), eigen);
}

/** Show the terms that are left, each with the number of its pages that are. */
function toon(/** @type {number[]} */ over) {
  const paginas = new Map();
  for (const rij of over) paginas.set(zeef.eenheden[rij], (paginas.get(zeef.eenheden[rij]) ?? 0) + (zeef.paginas[rij] < 0 ? 0 : 1));
  for (const { element, nummer } of termen) {
    element.hidden = !paginas.has(nummer);
    const [kaal, woorden] = ['.telling', '.thema__aantal'].map((plaats) => element.querySelector(plaats));
    if (kaal) kaal.textContent = getal(paginas.get(nummer) ?? 0);
    if (woorden) woorden.textContent = aantal(paginas.get(nummer) ?? 0, 'pagina', 'pagina’s');
  }
  orden(filter.keuze('sorteer') === 'meest' ? (nummer) => paginas.get(nummer) ?? 0 : null);
  leeg.replaceChildren(...(paginas.size ? [] : [filter.leeg()]));
}

/** Put the terms with the most first, under one another without letters; or each back in its place. */
function orden(/** @type {((nummer: number) => number) | null} */ meeste) {
  if (letters) letters.hidden = Boolean(meeste) || termen.some(({ element }) => element.hidden);
  if (meeste) {
    const op = [...termen].sort((a, b) => meeste(b.nummer) - meeste(a.nummer));
    (letters ? samen : termen[0].lijst).prepend(...op.map(({ element }) => element));
  } else {
    for (const lijst of new Set(termen.map((t) => t.lijst))) lijst.prepend(...termen.filter((t) => t.lijst === lijst).map(({ element }) => element));
  }
}

const samen = maak('ul', { class: 'kolommen' });
const leeg = maak('div');
const zeef = maakZeef();
const filter = new Filter(plek, zeef, {
  zonder: [soort],
  gemeenten,
  lijsten: [{ naam: 'sorteer', label: 'Sorteer', opties: [['', letters ? 'Naam van A tot Z' : 'Gewone volgorde'], ['meest', 'Meeste pagina’s eerst']] }],
  toon,
});
(document.querySelector('.letters + .uitleg') ?? document.querySelector('.overzichtbalk')).after(leeg, samen);
filter.begin();
