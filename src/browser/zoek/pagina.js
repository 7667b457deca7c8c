/** The search page: the header's box asks, this shows; what is asked is in the address. */

import { wortel } from '../delen/adres.js';
import { alle, maak, tekstknop, vind } from '../delen/elementen.js';
import {
  facetblok, inVraag, metKeuze, suggestieveld, uitVraag, vakId, vakken, wegknop,
} from '../delen/facetten.js';
import { aantal, getal } from '../delen/getallen.js';
import { VERBINDING } from '../delen/ophalen.js';
import { WOORD, vouw } from '../delen/vouw.js';
import { stukken } from './stukken.js';
import { Vrager } from './vrager.js';

/**
 * @typedef {import('./antwoord.js').Antwoord} Antwoord
 *
 * What is asked, and how many times as many answers are shown as at first.
 * @typedef {object} Stand
 * @property {string} q
 * @property {boolean} letterlijk
 * @property {import('../delen/facetten.js').Keuzes} filters
 * @property {number} keer
 *
 * How the address follows: in place of the one before, after it, or not.
 * @typedef {'replace' | 'push' | null} Geschiedenis
 */

/** What stands in the address beside filters. */
const EIGEN = ['q', 'letterlijk'];
/** Boxes that are shown of one facet. */
const MEESTE_VAKKEN = 20;
/** Milliseconds before a visitor is told that an answer takes a while. */
const GEDULD = 1000;

const vak = vind('input[type=search][name=q]', document, HTMLInputElement);
const status = vind('[data-search-status]');
const lijst = vind('[data-resultaten]');
const hulp = vind('[data-zoekhulp]');
const zeef = vind('[data-zoekfilters]');
const keuzes = vind('[data-keuzes]');
const meer = vind('[data-meer]');
const titel = document.title;
/**
 * Has the worker, when it was started before.
 * @type {(HTMLScriptElement & {werker?: Worker | null}) | null}
 */
const begin = document.querySelector('script[data-zoekbegin]');
const vrager = new Vrager(begin?.werker);

/** @type {Stand} */
let stand = { q: '', letterlijk: false, filters: {}, keer: 1 };
let beurt = 0;

/** @returns {Stand} */
function uitAdres() {
  const delen = new URLSearchParams(location.search);
  return {
    q: delen.get('q') ?? '',
    letterlijk: delen.has('letterlijk'),
    // What is no facet is told from those by the worker, which knows them.
    filters: uitVraag(delen, [...new Set(delen.keys())].filter((naam) => !EIGEN.includes(naam))),
    keer: 1,
  };
}

function adres(/** @type {Stand} */ { q, letterlijk, filters }) {
  const delen = new URLSearchParams();
  if (q) delen.set('q', q);
  if (letterlijk) delen.set('letterlijk', '1');
  inVraag(delen, filters);
  const tekst = delen.toString();
  return tekst ? `?${tekst}` : location.pathname;
}

function zeg(/** @type {string} */ toestand, /** @type {string} */ tekst) {
  status.textContent = tekst;
  status.dataset.searchStatus = toestand;
}

/** Ask the worker for results, or for the counts of the filters. */
function vraag(/** @type {Stand} */ { q, letterlijk, filters, keer }, facetten = false) {
  return vrager.vraag({
    vraag: q, letterlijk, filters, facetten, ...(facetten ? { aantal: 1 } : { keer }),
  });
}

/** @param {Stand} nieuw @param {Geschiedenis} geschiedenis */
async function zoek(nieuw, geschiedenis = 'replace') {
  stand = nieuw;
  beurt += 1;
  const eigen = beurt;
  const gevraagd = stand.q.trim();
  document.title = gevraagd ? `${gevraagd} – ${titel}` : titel;
  if (geschiedenis === 'push' && adres(stand) !== (location.search || location.pathname)) {
    history.pushState(null, '', adres(stand));
  }
  if (!gevraagd) {
    if (geschiedenis === 'replace') history.replaceState(null, '', adres(stand));
    lijst.replaceChildren();
    hulp.replaceChildren();
    keuzes.replaceChildren();
    zeef.hidden = true;
    meer.hidden = true;
    zeg('busy', '');
    zeg('done', '');
    return;
  }
  status.dataset.searchStatus = 'busy';
  setTimeout(() => {
    const bezig = eigen === beurt && status.dataset.searchStatus === 'busy';
    if (bezig) status.textContent = 'Bezig met zoeken …';
  }, GEDULD);
  try {
    const antwoord = await vraag(stand);
    if (eigen !== beurt) return;
    stand = { ...stand, filters: antwoord.filters };
    // Not at each keystroke: browsers refuse an address that changes too often.
    if (geschiedenis === 'replace') history.replaceState(null, '', adres(stand));
    toon(antwoord);
    const gevonden = aantal(antwoord.totaal, 'resultaat', 'resultaten');
    zeg('done', antwoord.totaal ? gevonden : 'Niets gevonden');
  } catch {
    if (eigen !== beurt) return;
    lijst.replaceChildren();
    meer.hidden = true;
    hulp.replaceChildren(maak('p', {}, [
      `Zoeken lukt nu niet. ${VERBINDING} Gebruik anders de overzichten hieronder.`,
    ]));
    zeg('error', 'Zoeken lukt nu niet');
    return;
  }
  // Counts come after the answer, so that nobody waits for them; without them there are no filters
  // to choose.
  const geteld = await vraag(stand, true).catch(() => null);
  if (geteld && eigen === beurt) toonFacetten(geteld);
}

function toon(/** @type {Antwoord} */ antwoord) {
  lijst.replaceChildren(...antwoord.resultaten.map((r) => (
    maak('li', { 'data-search-result': '', 'data-slug': r.slug }, [
      maak('p', { class: 'kaart__soort' }, [r.soort]),
      maak('h2', { class: 'kaart__titel' }, [
        maak('a', { href: new URL(r.adres, wortel).href }, stukken(r.titel)),
      ]),
      maak('p', {}, stukken(r.stuk)),
      ...(r.waarom ? [maak('p', { class: 'kaart__waarom' }, [r.waarom])] : []),
      ...(r.plaats ? [maak('p', { class: 'kaart__feiten' }, [r.plaats])] : []),
    ]))));
  const rest = antwoord.totaal - antwoord.resultaten.length;
  meer.hidden = rest <= 0;
  meer.textContent = `Toon meer (nog ${getal(rest)})`;
  hulp.replaceChildren(...uitleg(antwoord).map((regel) => maak('p', {}, regel)));
}

/** A button that asks something else. */
function knop(/** @type {string} */ tekst, /** @type {() => void} */ doe) {
  return tekstknop(tekst, () => {
    status.focus(); // the button goes with the answer it belongs to
    doe();
  });
}

/** Search anew, with something changed. */
const anders = (/** @type {Partial<Stand>} */ verandering) => (
  zoek({ ...stand, keer: 1, ...verandering }, 'push'));

/** Lines that say how the question was read, or what to try when nothing was found. */
function uitleg(/** @type {Antwoord} */ antwoord) {
  const { verbeterd, bedoeld, onbekend, gelijkend, totaal, begrippen } = antwoord;
  /** @type {(Node | string)[][]} */
  const regels = [];
  if (verbeterd.length) {
    const beter = verbeterd.reduce((tekst, [fout, goed]) => vervang(tekst, fout, goed), stand.q);
    const toch = knop(`Zoek toch naar ${stand.q}`, () => anders({ letterlijk: true }));
    const wat = verbeterd.map(([fout, goed]) => `‘${fout}’ is gelezen als ‘${goed}’`).join(', en ');
    regels.push(['Resultaten voor ', maak('strong', {}, [beter]), `: ${wat}. `, toch]);
  }
  for (const [woord, ander] of bedoeld) {
    const beter = vervang(stand.q, woord, ander);
    regels.push(['Bedoelde u ', knop(beter, () => zet(beter)), '?']);
  }
  if (onbekend.length && totaal) {
    regels.push([`Niet gevonden en weggelaten: ${onbekend.join(', ')}.`]);
  }
  if (totaal) return regels;
  if (stand.letterlijk) {
    const ook = () => anders({ letterlijk: false });
    regels.push([knop('Zoek ook naar woorden die erop lijken', ook)]);
  }
  if (Object.keys(stand.filters).length) {
    const geen = knop('Haal alle filters weg', () => anders({ filters: {} }));
    return [...regels, ['Met deze filters is er niets. ', geen]];
  }
  for (const [woord, andere] of gelijkend.filter(([, rij]) => rij.length)) {
    regels.push([`Lijkt op ‘${woord}’: `, ...andere.flatMap((ander) => (
      [knop(ander, () => zet(vervang(stand.q, woord, ander))), ' ']))]);
  }
  regels.push(begrippen.length > 1
    ? ['Laat een woord weg: ', ...begrippen.flatMap((begrip) => (
      [knop(`zonder ‘${begrip}’`, () => zet(vervang(stand.q, begrip, ''))), ' ']))]
    : ['Probeer een ander woord, of kijk in de overzichten hieronder.']);
  return regels;
}

/**
 * Put something else in the place of words of a question, which the engine gives as it reads them.
 * @param {string} zin
 * @param {string} woorden
 * @param {string} ander
 */
function vervang(zin, woorden, ander) {
  const gevonden = [...zin.matchAll(WOORD)];
  const gelezen = gevonden.map(([woord]) => vouw(woord));
  const lengte = woorden.split(' ').length;
  const plek = gevonden.findIndex((_, i) => gelezen.slice(i, i + lengte).join(' ') === woorden);
  if (plek < 0) return zin;
  const [eerste, laatste] = [gevonden[plek], gevonden[plek + lengte - 1]];
  const [voor, na] = [zin.slice(0, eerste.index), zin.slice(laatste.index + laatste[0].length)];
  return `${voor}${ander}${na}`.replace(/\s+/g, ' ').trim();
}

function zet(/** @type {string} */ q) {
  vak.value = q;
  anders({ q, letterlijk: false, filters: {} });
}

function toonFacetten(/** @type {Antwoord} */ { tellingen, namen }) {
  const open = new Set([...alle('[data-facet][open]', zeef)].map(({ dataset }) => dataset.facet));
  const bezig = document.activeElement;
  const eerder = bezig && zeef.contains(bezig) ? bezig.id : '';
  const kies = (/** @type {string} */ facet, /** @type {string} */ slug, aan = true) => (
    anders({ filters: metKeuze(stand.filters, facet, slug, aan) }));
  const getoond = Object.entries(tellingen ?? {}).map(([facet, waarden]) => (
    { facet, waarden, naam: namen?.[facet] ?? facet, gekozen: stand.filters[facet] ?? [] }))
    .filter(({ waarden, gekozen }) => waarden.length > 1 || gekozen.length);
  keuzes.replaceChildren(...getoond.flatMap(({ facet, waarden, gekozen }) => gekozen.map((slug) => (
    wegknop(waarden.find(([s]) => s === slug)?.[1] ?? slug, async () => {
      await kies(facet, slug, false);
      const plekken = [...alle('button', keuzes), ...alle('summary', zeef)];
      plekken.find((plek) => plek.checkVisibility())?.focus();
    })))));
  vind('[data-facetgroepen]', zeef).replaceChildren(
    ...getoond.map(({ facet, naam, waarden, gekozen }) => {
      const blok = facetblok(facet, naam, facet === 'gemeente'
        ? suggestieveld(waarden.map(([s, n]) => [s, n]), (slug) => kies(facet, slug))
        : getelde(facet, waarden, gekozen, (slug, aan) => kies(facet, slug, aan)));
      blok.open = open.has(facet) || gekozen.length > 0;
      return blok;
    }));
  zeef.hidden = !getoond.length;
  if (eerder) document.getElementById(eerder)?.focus();
}

/**
 * Boxes with their counts, the most first.
 * @param {string} facet
 * @param {import('./antwoord.js').Telling[]} waarden
 * @param {string[]} gekozen
 * @param {(slug: string, aan: boolean) => void} kies
 */
function getelde(facet, waarden, gekozen, kies) {
  const meeste = [...waarden].sort((a, b) => b[2] - a[2]).slice(0, MEESTE_VAKKEN);
  const rij = vakken(facet, meeste.map(([slug, naam]) => [slug, naam]), kies);
  for (const [slug, , n] of meeste) {
    const kiesvak = vind(`#${CSS.escape(vakId(facet, slug))}`, rij, HTMLInputElement);
    kiesvak.checked = gekozen.includes(slug);
    if (kiesvak.parentElement) vind('.telling', kiesvak.parentElement).textContent = getal(n);
  }
  return rij;
}

vak.form?.addEventListener('submit', (event) => {
  event.preventDefault();
  anders({ q: vak.value, letterlijk: false });
});
vak.addEventListener('input', () => (
  zoek({ ...stand, q: vak.value, letterlijk: false, keer: 1 })));
meer.addEventListener('click', async () => {
  const eerder = lijst.children.length;
  await zoek({ ...stand, keer: stand.keer + 1 }, null);
  lijst.children[eerder]?.querySelector('a')?.focus();
});
addEventListener('popstate', () => {
  const nieuw = uitAdres();
  vak.value = nieuw.q;
  zoek(nieuw, null);
});

zoek(uitAdres(), null);
vak.value = stand.q;
if (!stand.q) vak.focus({ preventScroll: true });
