/** The search page: the header's box asks, this shows; what is asked and filtered is in the address. */

import { Vrager } from './vrager.js';
import { FACETTEN, aantal, getal, maak, stukken, suggestieveld, wegknop, wortel } from './bouw.js';

const PER_KEER = 10;
/** Milliseconds before a visitor is told that an answer takes a while. */
const GEDULD = 1000;

const vak = document.querySelector('input[type=search][name=q]');
const status = document.querySelector('[data-search-status]');
const lijst = document.querySelector('[data-resultaten]');
const hulp = document.querySelector('[data-zoekhulp]');
const zeef = document.querySelector('[data-zoekfilters]');
const keuzes = document.querySelector('[data-keuzes]');
const meer = document.querySelector('[data-meer]');
const titel = document.title;
const vrager = new Vrager(document.querySelector('[data-zoekbegin]')?.werker);

/** @type {{q: string, letterlijk: boolean, filters: Record<string, string[]>, toon: number}} */
let stand = { q: '', letterlijk: false, filters: {}, toon: PER_KEER };
let beurt = 0;

function uitAdres() {
  const delen = new URLSearchParams(location.search);
  const filters = {};
  for (const facet of Object.keys(FACETTEN)) if (delen.has(facet)) filters[facet] = delen.getAll(facet);
  return { q: delen.get('q') ?? '', letterlijk: delen.has('letterlijk'), filters, toon: PER_KEER };
}

function adres({ q, letterlijk, filters }) {
  const delen = new URLSearchParams();
  if (q) delen.set('q', q);
  if (letterlijk) delen.set('letterlijk', '1');
  for (const [facet, waarden] of Object.entries(filters)) for (const waarde of waarden) delen.append(facet, waarde);
  const tekst = delen.toString();
  return tekst ? `?${tekst}` : location.pathname;
}

function zeg(toestand, tekst) {
  status.textContent = tekst;
  status.dataset.searchStatus = toestand;
}

/** Ask the worker for results, or for the counts of the filters. */
function vraag({ q, letterlijk, filters, toon: aantalTreffers }, facetten = false) {
  return vrager.vraag({ vraag: q, letterlijk, filters, aantal: facetten ? 1 : aantalTreffers, facetten });
}

async function zoek(nieuw, geschiedenis = 'replace') {
  stand = nieuw;
  beurt += 1;
  const eigen = beurt;
  document.title = stand.q.trim() ? `${stand.q.trim()} – ${titel}` : titel;
  if (geschiedenis === 'push' && adres(stand) !== (location.search || location.pathname)) history.pushState(null, '', adres(stand));
  if (!stand.q.trim()) {
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
  setTimeout(() => { if (eigen === beurt && status.dataset.searchStatus === 'busy') status.textContent = 'Bezig met zoeken …'; }, GEDULD);
  try {
    const antwoord = await vraag(stand);
    if (eigen !== beurt) return;
    // Not at each keystroke: browsers refuse an address that changes too often.
    if (geschiedenis === 'replace') history.replaceState(null, '', adres(stand));
    toon(antwoord);
    zeg('done', antwoord.totaal ? aantal(antwoord.totaal, 'resultaat', 'resultaten') : 'Niets gevonden');
  } catch {
    if (eigen !== beurt) return;
    lijst.replaceChildren();
    meer.hidden = true;
    hulp.replaceChildren(maak('p', {}, ['Zoeken lukt nu niet. Is er verbinding met internet? Gebruik anders de overzichten hieronder.']));
    zeg('error', 'Zoeken lukt nu niet');
    return;
  }
  // Counts come after the answer, so that nobody waits for them; without them there are no filters to choose.
  const met = await vraag(stand, true).catch(() => null);
  if (met && eigen === beurt) toonFacetten(met.tellingen);
}

function toon(antwoord) {
  lijst.replaceChildren(...antwoord.resultaten.map((r) => maak('li', { 'data-search-result': '', 'data-slug': r.slug }, [
    maak('p', { class: 'kaart__soort' }, [r.soort]),
    maak('h2', { class: 'kaart__titel' }, [maak('a', { href: new URL(r.adres, wortel).href }, stukken(r.titel))]),
    maak('p', {}, stukken(r.stuk)),
    ...(r.waarom ? [maak('p', { class: 'kaart__waarom' }, [r.waarom])] : []),
    ...(r.plaats ? [maak('p', { class: 'kaart__feiten' }, [r.plaats])] : []),
  ])));
  meer.hidden = antwoord.totaal <= antwoord.resultaten.length;
  meer.textContent = `Toon meer (nog ${getal(antwoord.totaal - antwoord.resultaten.length)})`;
  hulp.replaceChildren(...uitleg(antwoord));
}

function knop(tekst, doe) {
  const element = maak('button', { type: 'button', class: 'tekstknop' }, [tekst]);
  element.addEventListener('click', () => {
    status.focus(); // the button goes with the answer it belongs to
    doe();
  });
  return element;
}

function uitleg({ verbeterd, onbekend, gelijkend, totaal, begrippen }) {
  const delen = [];
  if (verbeterd.length) {
    const beter = verbeterd.reduce((tekst, [fout, goed]) => vervang(tekst, fout, goed), stand.q);
    delen.push(maak('p', {}, ['Resultaten voor ', maak('strong', {}, [beter]), '. ',
      knop(`Zoek toch naar ${stand.q}`, () => zoek({ ...stand, letterlijk: true, toon: PER_KEER }, 'push'))]));
  }
  if (onbekend.length && totaal) delen.push(maak('p', {}, [`Niet gevonden en weggelaten: ${onbekend.join(', ')}.`]));
  if (!totaal) {
    if (stand.letterlijk) delen.push(maak('p', {}, [knop('Zoek ook naar woorden die erop lijken', () => zoek({ ...stand, letterlijk: false, toon: PER_KEER }, 'push'))]));
    const gekozen = Object.entries(stand.filters).filter(([, w]) => w.length);
    if (gekozen.length) {
      delen.push(maak('p', {}, ['Met deze filters is er niets. ', knop('Haal alle filters weg', () => zoek({ ...stand, filters: {}, toon: PER_KEER }, 'push'))]));
    } else {
      for (const [woord, andere] of gelijkend.filter(([, rij]) => rij.length)) {
        delen.push(maak('p', {}, [`Lijkt op ‘${woord}’: `, ...andere.flatMap((ander) => [knop(ander, () => zet(vervang(stand.q, woord, ander))), ' '])]));
      }
      if (begrippen.length > 1) {
        delen.push(maak('p', {}, ['Laat een woord weg: ', ...begrippen.flatMap((b) => [knop(`zonder ‘${b}’`, () => zet(vervang(stand.q, b, ''))), ' '])]));
      } else {
        delen.push(maak('p', {}, ['Probeer een ander woord, of kijk in de overzichten hieronder.']));
      }
    }
  }
  return delen;
}

/** Put something else in the place of words of a question, which the engine gives as it reads them (`vouw` in analyse.js, which only the worker loads). */
function vervang(vraag, woorden, anders) {
  const stukken = [...vraag.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
  const gelezen = stukken.map(([stuk]) => stuk.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, ''));
  const lengte = woorden.split(' ').length;
  const plek = stukken.findIndex((_, i) => gelezen.slice(i, i + lengte).join(' ') === woorden);
  if (plek < 0) return vraag;
  const [eerste, laatste] = [stukken[plek], stukken[plek + lengte - 1]];
  return `${vraag.slice(0, eerste.index)}${anders}${vraag.slice(laatste.index + laatste[0].length)}`.replace(/\s+/g, ' ').trim();
}

function zet(q) {
  vak.value = q;
  zoek({ q, letterlijk: false, filters: {}, toon: PER_KEER }, 'push');
}

function toonFacetten(tellingen) {
  const open = new Set([...zeef.querySelectorAll('[data-facet][open]')].map((d) => d.dataset.facet));
  const eerder = zeef.contains(document.activeElement) ? document.activeElement.id : '';
  const groepen = [];
  const knoppen = [];
  for (const [facet, naam] of Object.entries(FACETTEN)) {
    const waarden = tellingen[facet] ?? [];
    const gekozen = stand.filters[facet] ?? [];
    if (waarden.length < 2 && !gekozen.length) continue;
    const zonder = (slug) => (stand.filters[facet] ?? []).filter((w) => w !== slug); // another choice may be underway
    const kies = (over) => {
      const filters = { ...stand.filters, [facet]: over };
      if (!over.length) delete filters[facet];
      return zoek({ ...stand, filters, toon: PER_KEER }, 'push');
    };
    knoppen.push(...gekozen.map((slug) => wegknop(waarden.find(([s]) => s === slug)?.[1] ?? slug, async () => {
      await kies(zonder(slug));
      [...keuzes.children, ...zeef.querySelectorAll('summary')].find((plek) => plek.checkVisibility())?.focus();
    })));
    const vakken = () => maak('ul', {}, waarden.sort((a, b) => b[2] - a[2]).slice(0, 20).map(([slug, tekst, n]) => {
      const id = `kp-f-${facet}-${slug}`;
      const vink = maak('input', { type: 'checkbox', id, value: slug });
      vink.checked = gekozen.includes(slug);
      vink.addEventListener('change', () => kies(vink.checked ? [...zonder(slug), slug] : zonder(slug)));
      return maak('li', {}, [vink, maak('label', { for: id }, [tekst]), maak('span', { class: 'telling' }, [getal(n)])]);
    }));
    const veld = facet === 'gemeente' ? suggestieveld(waarden, (slug) => kies([...zonder(slug), slug])) : vakken();
    const blok = maak('details', { class: 'facet', 'data-facet': facet }, [maak('summary', {}, [naam]),
      maak('fieldset', {}, [maak('legend', { class: 'alleen-voorlezen' }, [naam]), veld])]);
    blok.open = open.has(facet) || gekozen.length > 0;
    groepen.push(blok);
  }
  keuzes.replaceChildren(...knoppen);
  zeef.querySelector('[data-facetgroepen]').replaceChildren(...groepen);
  zeef.hidden = !groepen.length;
  if (eerder) document.getElementById(eerder)?.focus();
}

vak.form.addEventListener('submit', (event) => {
  event.preventDefault();
  zoek({ ...stand, q: vak.value, letterlijk: false, toon: PER_KEER }, 'push');
});
vak.addEventListener('input', () => zoek({ ...stand, q: vak.value, letterlijk: false, toon: PER_KEER }));
meer.addEventListener('click', async () => {
  const eerder = lijst.children.length;
  await zoek({ ...stand, toon: stand.toon + PER_KEER }, null);
  lijst.children[eerder]?.querySelector('a').focus();
});
addEventListener('popstate', () => {
  const nieuw = uitAdres();
  vak.value = nieuw.q;
  zoek(nieuw, null);
});

zoek(uitAdres(), null);
vak.value = stand.q;
if (!stand.q) vak.focus({ preventScroll: true });
