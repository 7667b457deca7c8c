/** The search page: the header's box asks, this shows; what is asked is in the address. */

import { wortel } from '../delen/adres.js';
import { alle, maak, tekstknop, vind } from '../delen/elementen.js';
import {
  facetblok, inVraag, metKeuze, suggestieveld, toonknop, uitVraag, vakId, vakken, wegknop,
} from '../delen/facetten.js';
import { aantal, getal } from '../delen/getallen.js';
import { VERBINDING } from '../delen/ophalen.js';
import { WOORD, vouw } from '../delen/vouw.js';
import { stukken } from './stukken.js';
import {
  TE_KORT, TE_LANG, beantwoord, inkort, isGetypt, isKort, wachtRust,
} from './typen.js';
import { Vrager } from './vrager.js';

/**
 * @typedef {import('./antwoord.js').Antwoord} Antwoord
 *
 * What is asked, and how many answers are shown: 0 is the usual number.
 * @typedef {object} Stand
 * @property {string} q
 * @property {boolean} letterlijk
 * @property {import('../delen/facetten.js').Keuzes} filters
 * @property {number} toon
 * @property {boolean} half whether it is being typed
 * @property {boolean} ingekort whether it was too long
 *
 * How the address follows: in place of the one before, after it, or not.
 * @typedef {'replace' | 'push' | null} Geschiedenis
 */

/** What stands in the address beside filters. */
const EIGEN = ['q', 'letterlijk', 'toon'];
/** Answers that an address can ask for. */
const MEESTE_ANTWOORDEN = 200;
/** Boxes that are shown of one facet. */
const MEESTE_VAKKEN = 20;
/** Milliseconds before a visitor is told that an answer takes a while. */
const GEDULD = 1000;

const vak = vind('input[type=search][name=q]', document, HTMLInputElement);
const status = vind('[data-search-status]');
const lijst = vind('[data-resultaten]');
const hulp = vind('[data-zoekhulp]');
const zeef = vind('[data-zoekfilters]');
const toonAantal = toonknop(vind('.facetten__alle', zeef, HTMLDetailsElement), status);
const keuzes = vind('[data-keuzes]');
const meer = vind('[data-meer]');
const erbij = vind('[data-erbij]');
const titel = document.title;
/** Its `gezocht` says how far a question is: nieuw, beantwoord, leeg when nothing was found. */
const blad = document.documentElement.dataset;
/**
 * Has the worker, when it was started before.
 * @type {(HTMLScriptElement & {werker?: Worker | null}) | null}
 */
const begin = document.querySelector('script[data-zoekbegin]');
const vrager = new Vrager(begin?.werker);

/** @type {Stand} */
let stand = { q: '', letterlijk: false, filters: {}, toon: 0, half: false, ingekort: false };
let beurt = 0;
/** Whether the question in the address is still being typed, so that the next takes its place. */
let getypt = false;
/** Whether a filter was opened: who does not filter, does not load what that needs. */
let gereikt = false;
/** Whether the address does not say yet what is asked. */
let teSchrijven = false;
/** What is shown, by slug: the answer as text, and its element. @type {Map<string, [string, HTMLElement]>} */
const getoond = new Map();

/** @returns {Stand} */
function uitAdres() {
  const delen = new URLSearchParams(location.search);
  const gevraagd = delen.get('q') ?? '';
  const q = inkort(gevraagd);
  return {
    q,
    ingekort: q !== gevraagd,
    half: false,
    letterlijk: delen.has('letterlijk'),
    // What is no facet is told from those by the worker, which knows them.
    filters: uitVraag(delen, [...new Set(delen.keys())].filter((naam) => !EIGEN.includes(naam))),
    toon: Math.min(Math.max(0, Math.floor(Number(delen.get('toon'))) || 0), MEESTE_ANTWOORDEN),
  };
}

function adres(/** @type {Stand} */ { q, letterlijk, filters, toon }) {
  const delen = new URLSearchParams();
  if (q) delen.set('q', q);
  if (letterlijk) delen.set('letterlijk', '1');
  inVraag(delen, filters);
  if (toon) delen.set('toon', String(toon));
  const tekst = delen.toString();
  return tekst ? `?${tekst}` : location.pathname;
}

function zeg(/** @type {string} */ toestand, /** @type {string} */ tekst) {
  if (status.textContent !== tekst) status.textContent = tekst; // else it is read aloud again
  status.dataset.searchStatus = toestand;
}

/** What is asked of the worker. */
const opdracht = (/** @type {Stand} */ { q, letterlijk, half, filters, toon }) => (
  { vraag: q, letterlijk, half, filters, aantal: toon || undefined });

/** @param {Stand} nieuw @param {Geschiedenis} geschiedenis */
async function zoek(nieuw, geschiedenis = 'replace') {
  if (geschiedenis === 'push') schrijf();
  stand = nieuw;
  beurt += 1;
  const eigen = beurt;
  const geldt = () => eigen === beurt;
  const rust = stand.half && wachtRust();
  const gevraagd = stand.q.trim();
  if (geschiedenis === 'push' && adres(stand) !== (location.search || location.pathname)) {
    history.pushState(null, '', adres(stand));
  }
  teSchrijven = geschiedenis === 'replace';
  if (!gevraagd) {
    schrijf();
    leeg();
    return;
  }
  zeg('busy', isKort(stand.q) ? TE_KORT : status.textContent ?? '');
  setTimeout(() => {
    const bezig = geldt() && status.dataset.searchStatus === 'busy';
    if (bezig) status.textContent = 'Bezig met zoeken …';
  }, GEDULD);
  let gekregen;
  try {
    gekregen = await beantwoord(vrager, opdracht(stand), geldt);
    if (!gekregen) return;
    const { antwoord, half } = gekregen;
    stand = { ...stand, half, filters: antwoord.filters };
    toon(antwoord);
    if (blad.gezocht !== 'nieuw' || !antwoord.totaal) {
      blad.gezocht = antwoord.totaal || Object.keys(stand.filters).length ? 'beantwoord' : 'leeg';
    }
    const gevonden = aantal(antwoord.totaal, 'resultaat', 'resultaten');
    toonAantal(gevonden);
    zeg('done', antwoord.totaal ? gevonden : isKort(stand.q) ? TE_KORT : 'Niets gevonden');
  } catch {
    if (!geldt()) return;
    getoond.clear();
    lijst.replaceChildren();
    meer.hidden = true;
    erbij.hidden = true;
    hulp.replaceChildren(maak('p', {}, [
      `Zoeken lukt nu niet. ${VERBINDING} Gebruik anders de overzichten hieronder.`,
    ]));
    zeg('error', 'Zoeken lukt nu niet');
    schrijf();
    blad.gezocht = 'beantwoord';
    return;
  }
  // Counts come after the answer, and after a rest, so that nobody waits for them.
  await rust;
  if (!geldt()) return;
  schrijf();
  if (gereikt || Object.keys(stand.filters).length) await tel();
  else toonFacetten(gekregen.antwoord);
  if (geldt() && blad.gezocht === 'nieuw') blad.gezocht = 'beantwoord';
}

/** Ask for the counts of the filters, and show them. */
async function tel() {
  const eigen = beurt;
  const geteld = await vrager.vraag({ ...opdracht(stand), aantal: 1, facetten: true })
    .catch(() => null);
  if (eigen !== beurt) return;
  if (geteld) {
    toonFacetten(geteld);
    return;
  }
  gereikt = false;
  for (const wacht of alle('[data-wacht]', zeef)) {
    wacht.textContent = `Filteren lukt nu niet. ${VERBINDING}`;
  }
}

/**
 * Put what is asked in the address and the title. Not at each keystroke: that costs time, and
 * browsers refuse an address that changes too often.
 */
function schrijf() {
  if (teSchrijven) history.replaceState(null, '', adres(stand));
  teSchrijven = false;
  const gevraagd = stand.q.trim();
  document.title = gevraagd ? `${gevraagd} – ${titel}` : titel;
}

/** Show the page as it is before a question. */
function leeg() {
  getoond.clear();
  for (const deel of [lijst, hulp, keuzes]) deel.replaceChildren();
  zeef.hidden = true;
  meer.hidden = true;
  erbij.hidden = true;
  delete blad.gezocht;
  zeg('busy', '');
  zeg('done', '');
}

function toon(/** @type {Antwoord} */ antwoord) {
  const rijen = antwoord.resultaten.map(rij);
  // What stays where it is, is not touched: to draw it anew would cost most of a keystroke.
  rijen.forEach((element, i) => {
    if (lijst.children[i] !== element) lijst.insertBefore(element, lijst.children[i] ?? null);
  });
  while (lijst.children.length > rijen.length) lijst.lastElementChild?.remove();
  const slugs = new Set(antwoord.resultaten.map(({ slug }) => slug));
  for (const slug of getoond.keys()) if (!slugs.has(slug)) getoond.delete(slug);
  const rest = antwoord.totaal - antwoord.resultaten.length;
  meer.hidden = rest <= 0 || antwoord.resultaten.length >= MEESTE_ANTWOORDEN;
  meer.textContent = `Toon meer (nog ${getal(rest)})`;
  meer.dataset.meer = String(antwoord.resultaten.length + antwoord.eerste);
  erbij.hidden = !antwoord.erbij.length;
  vind('ol', erbij).replaceChildren(...antwoord.erbij.map((r) => maak('li', {}, inhoud(r))));
  hulp.replaceChildren(...uitleg(antwoord).map((regel) => maak('p', {}, regel)));
}

/** One answer: the element that shows it already, when it is the same. */
function rij(/** @type {import('./antwoord.js').Resultaat} */ r) {
  const tekst = JSON.stringify(r);
  const [eerder, element] = getoond.get(r.slug) ?? [];
  if (element && eerder === tekst) return element;
  const nieuw = maak('li', { 'data-search-result': '', 'data-slug': r.slug }, inhoud(r));
  getoond.set(r.slug, [tekst, nieuw]);
  return nieuw;
}

const inhoud = (/** @type {import('./antwoord.js').Resultaat} */ r) => [
  maak('p', { class: 'kaart__soort' }, [maak('span', {}, [r.soort])]),
  maak('h2', { class: 'kaart__titel' }, [
    maak('a', { href: new URL(r.adres, wortel).href }, stukken(r.titel)),
  ]),
  maak('p', {}, stukken(r.stuk)),
  ...(r.waarom ? [maak('p', { class: 'kaart__waarom' }, [r.waarom])] : []),
  ...(r.plaats ? [maak('p', { class: 'kaart__feiten' }, [r.plaats])] : []),
];

/** A button that asks something else. */
function knop(/** @type {string} */ tekst, /** @type {() => void} */ doe) {
  return tekstknop(tekst, () => {
    status.focus(); // the button goes with the answer it belongs to
    doe();
  });
}

/** Search anew, with something changed. */
function anders(/** @type {Partial<Stand>} */ verandering) {
  getypt = false;
  return zoek({ ...stand, toon: 0, half: false, ...verandering }, 'push');
}

/** Lines that say how the question was read, or what to try when nothing was found. */
function uitleg(/** @type {Antwoord} */ antwoord) {
  const { verbeterd, bedoeld, onbekend, gelijkend, totaal, begrippen } = antwoord;
  /** @type {(Node | string)[][]} */
  const regels = stand.ingekort ? [[TE_LANG]] : [];
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
  if (totaal || isKort(stand.q)) return regels;
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
  if (hulp.dataset.mail) regels.push(['Mist u hier iets? ', mail(hulp.dataset.mail), '.']);
  return regels;
}

/** A mail with the question in it: the only way to tell what is missed. */
function mail(/** @type {string} */ adres) {
  const onderwerp = encodeURIComponent(`Niet gevonden: ${stand.q}`);
  const tekst = encodeURIComponent(`Ik zocht: ${stand.q}\r\n\r\nIk wil graag weten:\r\n`);
  return maak('a', { href: `mailto:${adres}?subject=${onderwerp}&body=${tekst}` }, [
    'Mail ons uw vraag']);
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
  anders({ q, letterlijk: false, filters: {}, ingekort: false });
}

/**
 * Show the filters: with their counts, or before those were asked for, closed.
 * @param {Antwoord} antwoord
 */
function toonFacetten({ tellingen, namen, totaal }) {
  const open = new Set([...alle('[data-facet][open]', zeef)].map(({ dataset }) => dataset.facet));
  const bezig = document.activeElement;
  const eerder = bezig && zeef.contains(bezig) ? bezig.id : '';
  const kies = (/** @type {string} */ facet, /** @type {string} */ slug, aan = true) => (
    anders({ filters: metKeuze(stand.filters, facet, slug, aan) }));
  const getoond = Object.entries(namen).map(([facet, naam]) => (
    { facet, naam, waarden: tellingen?.[facet] ?? [], gekozen: stand.filters[facet] ?? [] }))
    .filter(({ facet, waarden, gekozen }) => (
      tellingen ? waarden.length > 1 || gekozen.length || open.has(facet) : totaal > 1));
  keuzes.replaceChildren(...getoond.flatMap(({ facet, waarden, gekozen }) => gekozen.map((slug) => (
    wegknop(waarden.find(([s]) => s === slug)?.[1] ?? slug, async () => {
      await kies(facet, slug, false);
      const plekken = [...alle('button', keuzes), ...alle('summary', zeef)];
      plekken.find((plek) => plek.checkVisibility())?.focus();
    })))));
  vind('[data-facetgroepen]', zeef).replaceChildren(
    ...getoond.map(({ facet, naam, waarden, gekozen }) => {
      const blok = facetblok(facet, naam, !waarden.length ? geenKeuze(!tellingen)
        : facet === 'gemeente'
          ? suggestieveld(waarden.map(([s, n]) => [s, n]), (slug) => kies(facet, slug))
          : getelde(facet, waarden, gekozen, (slug, aan) => kies(facet, slug, aan)));
      blok.open = open.has(facet) || gekozen.length > 0;
      return blok;
    }));
  zeef.hidden = !getoond.length;
  if (eerder) document.getElementById(eerder)?.focus();
}

/** What a filter says that has nothing to choose, yet or at all. @param {boolean} wacht */
const geenKeuze = (wacht) => (wacht ? maak('p', { 'data-wacht': '' }, ['Bezig met tellen …'])
  : maak('p', {}, ['Bij deze resultaten valt hier niets te kiezen.']));

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

/** Read the box, which keeps no more than is asked. */
function uitVak() {
  const q = inkort(vak.value);
  const ingekort = q !== vak.value;
  if (ingekort) vak.value = q;
  return { q, ingekort, letterlijk: false };
}

vak.form?.addEventListener('submit', (event) => {
  event.preventDefault();
  anders(uitVak());
});
vak.addEventListener('input', (event) => {
  const nieuw = { ...stand, ...uitVak(), toon: 0, half: isGetypt(event) };
  // The question before stays in the history, until another begins; of the one that is being typed
  // only the last form.
  const ander = nieuw.q !== stand.q;
  const begint = !getypt || (stand.q.length > 1 && nieuw.q[0] !== stand.q[0]);
  getypt ||= ander;
  zoek(nieuw, ander && begint && stand.q ? 'push' : 'replace');
});
// Of a fold only its own element is told.
zeef.addEventListener('toggle', ({ target }) => {
  const opent = target instanceof HTMLDetailsElement && target.open && target.dataset.facet;
  if (gereikt || !opent) return;
  gereikt = true;
  if (status.dataset.searchStatus === 'done') tel(); // else they come after the answer
}, true);
meer.addEventListener('click', async () => {
  const eerder = lijst.children.length;
  await zoek({ ...stand, toon: Number(meer.dataset.meer), half: false }, 'replace');
  lijst.children[eerder]?.querySelector('a')?.focus();
});
// Who goes on before a rest comes back to what was found.
lijst.addEventListener('click', schrijf);
// And to the place where she was, which the browser cannot find before the answers are there.
history.scrollRestoration = 'manual';
addEventListener('pagehide', () => history.replaceState({ hoogte: scrollY }, ''));
addEventListener('popstate', () => {
  const nieuw = uitAdres();
  vak.value = nieuw.q;
  getypt = false;
  zoek(nieuw, null);
});

const hoogte = history.state?.hoogte ?? 0;
zoek(uitAdres(), null).then(() => { if (hoogte && !scrollY) scrollTo(0, hoogte); });
vak.value = stand.q;
if (!stand.q) vak.focus({ preventScroll: true });
