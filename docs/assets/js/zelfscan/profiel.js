/** What came out, on the screen: the profile as a drawing and as a table with the same figures, and the offer with its reasons. */

import { maak, wortel } from '../zoek/bouw.js';
import { cijfer, isVerdeeld, oordeel } from './telling.js';

/** @typedef {import('./telling.js').Telling} Telling */
/** @typedef {{naam: string, delen: [string, Telling][], gemiddelde: number | null, verschil: number}} Rij groups by name, or one part without a name */

const SVG = 'http://www.w3.org/2000/svg';
const [BREED, LINKS, RECHTS, NAAM, BAAN] = [360, 16, 344, 22, 17];
/** Circle, square, diamond and triangle: groups differ in shape, not only in colour. */
const TEKENS = ['M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0', 'M-5.5-5.5h11v11h-11z', 'M0-7.5L7.5 0L0 7.5L-7.5 0z', 'M0-7L7 6h-14z'];
/** Municipalities from this place on in the order of likeness are not called comparable; the page of a municipality looks as far. */
const VERGELIJKBAAR = 40;
const PRAKTIJKEN = 2;

const opAs = (/** @type {number} */ punten) => LINKS + ((punten - 1) / 4) * (RECHTS - LINKS);

function teken(/** @type {string} */ naam, /** @type {Record<string, string | number>} */ attributen, /** @type {(Node | string)[]} */ inhoud = []) {
  const element = document.createElementNS(SVG, naam);
  for (const [sleutel, waarde] of Object.entries(attributen)) element.setAttribute(sleutel, String(waarde));
  element.append(...inhoud);
  return element;
}

const inWoorden = (/** @type {Telling} */ t) => `${oordeel(t.gemiddelde)}${isVerdeeld(t) ? ', verdeeld' : ''}`;

const vorm = (/** @type {number} */ plaats, /** @type {boolean} */ open, attributen = {}) => (
  teken('path', { class: `profiel__teken profiel__teken--${plaats + 1}${open ? ' is-verdeeld' : ''}`, d: TEKENS[plaats], ...attributen }));

/** One group, or the one part without a name, at its height in the drawing. */
function punt(/** @type {string} */ groep, /** @type {Telling} */ t, /** @type {number} */ plaats, /** @type {number} */ y, /** @type {boolean} */ alleen) {
  if (t.gemiddelde === null) return teken('text', { class: 'profiel__geen', x: LINKS, y: y + 4 }, [`${groep ? `${groep}: ` : ''}te weinig antwoorden`]);
  const gegeven = t.tellingen.flatMap((n, i) => (n ? [i + 1] : []));
  return teken('g', {}, [
    teken('title', {}, [`${groep ? `${groep}: ` : ''}${cijfer(t.gemiddelde)}, ${inWoorden(t)}`]),
    ...(alleen ? [teken('line', { class: 'profiel__spreiding', x1: opAs(gegeven[0]), x2: opAs(gegeven.at(-1)), y1: y, y2: y })] : []),
    vorm(plaats, isVerdeeld(t), { transform: `translate(${opAs(t.gemiddelde)} ${y})` }),
  ]);
}

/** @param {Rij[]} rijen */
function tekening(rijen) {
  const alleen = rijen[0].delen.length === 1;
  const hoogte = NAAM + rijen[0].delen.length * BAAN + 10;
  const einde = 30 + rijen.length * hoogte;
  return teken('svg', { class: 'profiel', viewBox: `0 0 ${BREED} ${einde}`, role: 'img', 'aria-labelledby': 'kp-profiel-naam kp-profiel-uitleg' }, [
    teken('title', { id: 'kp-profiel-naam' }, ['Profiel per aandachtsveld, van 1 (oneens) tot 5 (eens)']),
    teken('desc', { id: 'kp-profiel-uitleg' }, ['Dezelfde cijfers staan in de tabel hieronder.']),
    ...[1, 2, 3, 4, 5].map((n) => teken('line', { class: 'profiel__as', x1: opAs(n), x2: opAs(n), y1: 22, y2: einde - 4 })),
    ...[['1 oneens', LINKS, 'start'], ['3', opAs(3), 'middle'], ['5 eens', RECHTS, 'end']].map(([tekst, x, anker]) => teken('text', { class: 'profiel__schaal', x, y: 15, 'text-anchor': anker }, [String(tekst)])),
    ...rijen.flatMap((rij, r) => [
      teken('text', { class: 'profiel__naam', x: LINKS, y: 30 + r * hoogte + 15 }, [rij.naam]),
      ...rij.delen.map(([groep, t], d) => punt(groep, t, d, 30 + r * hoogte + NAAM + (d + 0.5) * BAAN, alleen)),
    ]),
  ]);
}

function legenda(/** @type {Rij[]} */ rijen) {
  const groepen = rijen[0].delen.map(([naam]) => naam);
  const namen = groepen.length > 1 ? groepen : ['gemiddelde; de lijn loopt van het laagste tot het hoogste antwoord'];
  const regel = (/** @type {number} */ plaats, /** @type {boolean} */ open, /** @type {string} */ tekst) => (
    maak('li', {}, [teken('svg', { class: 'profiel__sleutel', viewBox: '-9 -9 18 18', 'aria-hidden': 'true' }, [vorm(plaats, open)]), tekst]));
  return maak('ul', { class: 'legenda' }, [...namen.map((naam, plaats) => regel(plaats, false, naam)), regel(0, true, 'open teken: verdeeld')]);
}

const kolom = (/** @type {string} */ tekst) => maak('th', { scope: 'col' }, [tekst]);
const klein = (/** @type {string} */ tekst) => maak('span', { class: 'bij' }, [tekst]);
const getalcel = (/** @type {number} */ n) => maak('td', { class: 'getal' }, [String(n)]);
const middel = (/** @type {number | null} */ n) => (n === null ? '–' : cijfer(n));

/**
 * One part: its answers in columns. Groups: a column each, their mean and their difference.
 * @param {string} naam what the table is called
 * @param {string} eerste heading of its first column
 * @param {Rij[]} rijen
 */
export function tabel(naam, eerste, rijen) {
  const alleen = rijen[0].delen.length === 1;
  const koppen = alleen ? [eerste, 'Gemiddelde', 'Oneens', 'Ertussenin', 'Eens', 'Weet ik niet'] : [eerste, ...rijen[0].delen.map(([groep]) => groep), 'Alle groepen', 'Verschil'];
  const cellen = (/** @type {Rij} */ rij) => {
    if (alleen) {
      const [[, t]] = rij.delen;
      return [maak('td', {}, [middel(t.gemiddelde), klein(inWoorden(t))]), ...[t.oneens, t.neutraal, t.eens, t.weetNiet].map(getalcel)];
    }
    const spreiding = (/** @type {Telling} */ t) => [`${t.oneens} oneens, ${t.neutraal} ertussenin, ${t.eens} eens`, `${t.weetNiet} weet ik niet`].map(klein);
    return [...rij.delen.map(([, t]) => maak('td', {}, [middel(t.gemiddelde), klein(inWoorden(t)), ...(t.gemiddelde === null ? [] : spreiding(t))])),
      maak('td', {}, [middel(rij.gemiddelde), klein(oordeel(rij.gemiddelde))]), maak('td', {}, [rij.gemiddelde === null ? '–' : cijfer(rij.verschil)])];
  };
  return maak('div', { class: 'tabel tabel--breed', tabindex: '0', role: 'group', 'aria-label': naam }, [maak('table', { class: alleen ? 'cijfertabel' : 'cijfertabel cijfertabel--groepen' }, [
    maak('thead', {}, [maak('tr', {}, koppen.map(kolom))]),
    maak('tbody', {}, rijen.map((rij) => maak('tr', {}, [maak('th', { scope: 'row' }, [rij.naam]), ...cellen(rij)]))),
  ])]);
}

/** The drawing, its key and the table. */
export function profiel(/** @type {Rij[]} */ rijen) {
  return [tekening(rijen), legenda(rijen), maak('h3', {}, ['Dezelfde cijfers als tabel']), tabel('Profiel in cijfers', 'Aandachtsveld', rijen),
    maak('p', { class: 'uitleg' }, ['Een gemiddelde loopt van 1 (helemaal oneens) tot 5 (helemaal eens). Lager dan 2,5: kan beter. Van 2,5 tot en met 3,5: wisselend. '
      + 'Hoger: gaat goed. Verdeeld: minstens een kwart van de antwoorden is oneens en minstens een kwart is eens. '
      + '‘Weet ik niet’ telt niet mee in het gemiddelde. Een verschil van een paar tienden zegt niets.'])];
}

/**
 * How like the municipality all others are: place in the order, kilometres, same size, same province.
 * @param {string} slug
 * @returns {Promise<Map<string, {plaats: number, km: number, klasse: number, provincie: number}>>}
 */
export async function haalGelijkenis(slug) {
  if (!slug) return new Map();
  const antwoord = await fetch(new URL(`filter/zoals/${slug}.json`, wortel));
  if (!antwoord.ok) throw new Error(`${antwoord.status}`);
  return new Map((await antwoord.json()).map(([s, km, klasse, provincie], plaats) => [s, { plaats, km, klasse, provincie }]));
}

function stuk({ titel, adres, samenvatting, waarom, contact }) {
  return maak('li', {}, [maak('a', { href: new URL(adres, wortel).href }, [titel]), maak('p', {}, [samenvatting]), maak('p', { class: 'kaart__waarom' }, [`Waarom: ${waarom}.`]),
    ...(contact ? [maak('p', {}, [`Contact: ${contact}`])] : [])]);
}

const lijst = (paginas) => maak('ul', { class: 'aanbod' }, paginas.map(stuk));

function praktijken(alle, gelijkenis, gemeente) {
  const dichtst = (p) => p.gemeenten.map(([slug, naam]) => ({ naam, ...gelijkenis.get(slug) }))
    .filter((g) => g.plaats < VERGELIJKBAAR).sort((a, b) => a.plaats - b.plaats)[0];
  const waarom = (g) => (!g.plaats ? `komt uit ${g.naam} zelf`
    : [`komt uit ${g.naam}, een gemeente die op ${gemeente} lijkt`, g.klasse ? 'zelfde grootte' : '', g.provincie ? 'zelfde provincie' : '', `${g.km} km`].filter(Boolean).join(', '));
  const gelijk = alle.map((p) => [p, dichtst(p)]).filter(([, g]) => g).sort((a, b) => a[1].plaats - b[1].plaats).slice(0, PRAKTIJKEN);
  if (gelijk.length) return [lijst(gelijk.map(([p, g]) => ({ ...p, waarom: `${waarom(g)}; ${p.waarom}` })))];
  const uitleg = !gemeente ? 'U hebt geen gemeente gekozen. Deze praktijken komen uit het hele land.'
    : gelijkenis.size ? `Uit gemeenten die op ${gemeente} lijken, staat hierover nog niets op dit platform. Deze praktijken komen van elders.`
      : `Welke gemeenten op ${gemeente} lijken, was niet op te halen. Deze praktijken komen uit het hele land.`;
  return [maak('p', { class: 'uitleg' }, [uitleg]), lijst(alle.slice(0, PRAKTIJKEN))];
}

/**
 * What to choose from for each chosen aandachtsveld, with the reason for each.
 * @param {ReturnType<typeof import('./telling.js').kies>} keuzes
 * @param {any} aanbod by slug of the aandachtsveld
 * @param {Map<string, any>} gelijkenis empty when no municipality was chosen, or it could not be fetched
 * @param {string} gemeente
 */
export function toonAanbod(keuzes, aanbod, gelijkenis, gemeente) {
  const naar = (/** @type {string} */ adres, /** @type {string} */ tekst) => maak('a', { href: new URL(adres, wortel).href }, [tekst]);
  const uitleg = (/** @type {string} */ tekst) => maak('p', { class: 'uitleg' }, [tekst]);
  if (!keuzes.length) {
    return [maak('p', {}, ['Geen enkel aandachtsveld scoort laag of verdeeld, of er zijn te weinig antwoorden. Kijk gerust rond bij ', naar('aandachtsvelden/', 'alle aandachtsvelden'), '.'])];
  }
  return keuzes.map(({ veld, redenen }) => {
    const { instrumenten, praktijken: alle, organisaties } = aanbod[veld.slug];
    return maak('section', { class: 'aanbod__veld' }, [
      maak('h3', {}, [naar(`aandachtsvelden/${veld.slug}/`, veld.naam)]),
      maak('p', {}, [maak('strong', {}, ['Waarom dit aandachtsveld? ']), redenen.join(' ')]),
      maak('div', { class: 'aanbod__deel' }, [
        maak('h4', {}, ['Instrumenten']),
        ...instrumenten.flatMap(({ pijler, paginas }) => [maak('h5', {}, [pijler ? `Pijler: ${pijler}` : 'Pijler niet bekend']), lijst(paginas)]),
        ...(instrumenten.length ? [] : [uitleg('Op dit platform staat nog geen instrument dat vooral over dit aandachtsveld gaat.')]),
      ]),
      maak('div', { class: 'aanbod__deel' }, [
        maak('h4', {}, ['Praktijken']),
        ...(alle.length ? praktijken(alle, gelijkenis, gemeente) : [uitleg('Op dit platform staat nog geen praktijk over dit aandachtsveld.')]),
        maak('h4', {}, ['Wie u kunt vragen']),
        organisaties.length ? lijst(organisaties) : uitleg('Op dit platform staat nog geen organisatie bij dit aandachtsveld.'),
      ]),
    ]);
  });
}
