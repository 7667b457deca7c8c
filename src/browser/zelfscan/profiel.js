/**
 * What came out, on the screen: the profile as a drawing and as a table with the same figures,
 * and the offer with its reasons.
 */

import { wortel } from '../delen/adres.js';
import { maak } from '../delen/elementen.js';
import { dichtst, overeenkomst } from '../delen/gelijkenis.js';
import { cijfer, isVerdeeld, oordeel } from './telling.js';

/**
 * @typedef {import('./telling.js').Telling} Telling
 * @typedef {import('./telling.js').Stuk} Stuk
 * @typedef {import('./telling.js').Aanbod} Aanbod
 * @typedef {Map<string, import('../delen/gelijkenis.js').Gelijkenis>} Gelijkenissen
 *
 * The groups by name, or one part without a name.
 * @typedef {object} Rij
 * @property {string} naam
 * @property {[string, Telling][]} delen
 * @property {number | null} gemiddelde
 * @property {number} verschil
 */

const SVG = 'http://www.w3.org/2000/svg';
const [BREED, LINKS, RECHTS, NAAM, BAAN] = [360, 16, 344, 22, 17];
/** Where the rows begin, below the scale. */
const BOVEN = 30;
/** Circle, square, diamond and triangle: groups differ in shape, not only in colour. */
const TEKENS = [
  'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0', 'M-5.5-5.5h11v11h-11z', 'M0-7.5L7.5 0L0 7.5L-7.5 0z',
  'M0-7L7 6h-14z',
];
/**
 * Municipalities from this place on in the order of likeness are not called comparable; the page
 * of a municipality looks as far.
 */
const VERGELIJKBAAR = 40;
const PRAKTIJKEN = 2;

const opAs = (/** @type {number} */ punten) => LINKS + ((punten - 1) / 4) * (RECHTS - LINKS);

/**
 * @param {string} naam
 * @param {Record<string, string | number>} attributen
 * @param {(Node | string)[]} inhoud
 */
function teken(naam, attributen, inhoud = []) {
  const element = document.createElementNS(SVG, naam);
  for (const [sleutel, waarde] of Object.entries(attributen)) {
    element.setAttribute(sleutel, String(waarde));
  }
  element.append(...inhoud);
  return element;
}

const inWoorden = (/** @type {Telling} */ t) => (
  `${oordeel(t.gemiddelde)}${isVerdeeld(t) ? ', verdeeld' : ''}`);

/** @param {number} plaats @param {boolean} open @param {Record<string, string>} attributen */
const vorm = (plaats, open, attributen = {}) => teken('path', {
  class: `profiel__teken profiel__teken--${plaats + 1}${open ? ' is-verdeeld' : ''}`,
  d: TEKENS[plaats],
  ...attributen,
});

/**
 * One group, or the one part without a name, at its height in the drawing.
 * @param {string} groep
 * @param {Telling} t
 * @param {number} plaats
 * @param {number} y
 * @param {boolean} alleen
 */
function punt(groep, t, plaats, y, alleen) {
  const wie = groep ? `${groep}: ` : '';
  if (t.gemiddelde === null) {
    return teken('text', { class: 'profiel__geen', x: LINKS, y: y + 4 }, [
      `${wie}te weinig antwoorden`,
    ]);
  }
  const gegeven = t.tellingen.flatMap((n, i) => (n ? [opAs(i + 1)] : []));
  const [x1, x2] = [Math.min(...gegeven), Math.max(...gegeven)];
  return teken('g', {}, [
    teken('title', {}, [`${wie}${cijfer(t.gemiddelde)}, ${inWoorden(t)}`]),
    ...(alleen ? [teken('line', { class: 'profiel__spreiding', x1, x2, y1: y, y2: y })] : []),
    vorm(plaats, isVerdeeld(t), { transform: `translate(${opAs(t.gemiddelde)} ${y})` }),
  ]);
}

function tekening(/** @type {Rij[]} */ rijen) {
  const alleen = rijen[0].delen.length === 1;
  const hoogte = NAAM + rijen[0].delen.length * BAAN + 10;
  const einde = BOVEN + rijen.length * hoogte;
  const lijn = (/** @type {number} */ n) => (
    teken('line', { class: 'profiel__as', x1: opAs(n), x2: opAs(n), y1: 22, y2: einde - 4 }));
  /** @param {string} tekst @param {number} x @param {string} anker */
  const schaal = (tekst, x, anker) => (
    teken('text', { class: 'profiel__schaal', x, y: 15, 'text-anchor': anker }, [tekst]));
  return teken('svg', {
    class: 'profiel', viewBox: `0 0 ${BREED} ${einde}`, role: 'img',
    'aria-labelledby': 'kp-profiel-naam kp-profiel-uitleg',
  }, [
    teken('title', { id: 'kp-profiel-naam' }, [
      'Profiel per aandachtsveld, van 1 (oneens) tot 5 (eens)',
    ]),
    teken('desc', { id: 'kp-profiel-uitleg' }, ['Dezelfde cijfers staan in de tabel hieronder.']),
    ...[1, 2, 3, 4, 5].map(lijn),
    schaal('1 oneens', LINKS, 'start'),
    schaal('3', opAs(3), 'middle'),
    schaal('5 eens', RECHTS, 'end'),
    ...rijen.flatMap((rij, r) => {
      const top = BOVEN + r * hoogte;
      return [
        teken('text', { class: 'profiel__naam', x: LINKS, y: top + 15 }, [rij.naam]),
        ...rij.delen.map(([groep, t], d) => (
          punt(groep, t, d, top + NAAM + (d + 0.5) * BAAN, alleen))),
      ];
    }),
  ]);
}

function legenda(/** @type {Rij[]} */ rijen) {
  const groepen = rijen[0].delen.map(([naam]) => naam);
  const namen = groepen.length > 1 ? groepen
    : ['gemiddelde; de lijn loopt van het laagste tot het hoogste antwoord'];
  /** @param {number} plaats @param {boolean} open @param {string} tekst */
  const regel = (plaats, open, tekst) => maak('li', {}, [
    teken('svg', {
      class: 'profiel__sleutel', viewBox: '-9 -9 18 18', 'aria-hidden': 'true',
    }, [vorm(plaats, open)]),
    tekst,
  ]);
  return maak('ul', { class: 'legenda' }, [
    ...namen.map((naam, plaats) => regel(plaats, false, naam)),
    regel(0, true, 'open teken: verdeeld'),
  ]);
}

const klein = (/** @type {string} */ tekst) => maak('span', { class: 'bij' }, [tekst]);

/** The cells of one part: its answers in columns. */
const cellenAlleen = (/** @type {Telling} */ t) => [
  maak('td', {}, [cijfer(t.gemiddelde), klein(inWoorden(t))]),
  ...[t.oneens, t.neutraal, t.eens, t.weetNiet].map((n) => (
    maak('td', { class: 'getal' }, [String(n)]))),
];

/** The cells of groups: a column each, their mean and their difference. */
const cellenGroepen = (/** @type {Rij} */ rij) => [
  ...rij.delen.map(([, t]) => maak('td', {}, [
    cijfer(t.gemiddelde),
    klein(inWoorden(t)),
    ...(t.gemiddelde === null ? [] : [
      klein(`${t.oneens} oneens, ${t.neutraal} ertussenin, ${t.eens} eens`),
      klein(`${t.weetNiet} weet ik niet`),
    ]),
  ])),
  maak('td', {}, [cijfer(rij.gemiddelde), klein(oordeel(rij.gemiddelde))]),
  maak('td', {}, [cijfer(rij.gemiddelde === null ? null : rij.verschil)]),
];

/**
 * A table that may be wider than the screen.
 * @param {string} naam what it is called
 * @param {string} klasse
 * @param {string[]} koppen
 * @param {Node[][]} rijen
 */
export function tabel(naam, klasse, koppen, rijen) {
  const kop = koppen.map((tekst) => maak('th', { scope: 'col' }, [tekst]));
  return maak('div', {
    class: 'tabel tabel--breed', tabindex: '0', role: 'group', 'aria-label': naam,
  }, [
    maak('table', klasse ? { class: klasse } : {}, [
      maak('thead', {}, [maak('tr', {}, kop)]),
      maak('tbody', {}, rijen.map((cellen) => maak('tr', {}, cellen))),
    ]),
  ]);
}

/**
 * The figures behind the drawing.
 * @param {string} naam what the table is called
 * @param {string} eerste heading of its first column
 * @param {Rij[]} rijen
 */
export function cijfertabel(naam, eerste, rijen) {
  const groepen = rijen[0].delen.map(([groep]) => groep);
  const kant = (/** @type {Rij} */ rij) => maak('th', { scope: 'row' }, [rij.naam]);
  return groepen.length === 1
    ? tabel(naam, 'cijfertabel',
      [eerste, 'Gemiddelde', 'Oneens', 'Ertussenin', 'Eens', 'Weet ik niet'],
      rijen.map((rij) => [kant(rij), ...cellenAlleen(rij.delen[0][1])]))
    : tabel(naam, 'cijfertabel cijfertabel--groepen',
      [eerste, ...groepen, 'Alle groepen', 'Verschil'],
      rijen.map((rij) => [kant(rij), ...cellenGroepen(rij)]));
}

const uitleg = (/** @type {string} */ tekst) => maak('p', { class: 'uitleg' }, [tekst]);

/** The drawing, its key and the table. */
export function profiel(/** @type {Rij[]} */ rijen) {
  return [
    tekening(rijen),
    legenda(rijen),
    maak('h3', {}, ['Dezelfde cijfers als tabel']),
    cijfertabel('Profiel in cijfers', 'Aandachtsveld', rijen),
    uitleg('Een gemiddelde loopt van 1 (helemaal oneens) tot 5 (helemaal eens). '
      + 'Lager dan 2,5: kan beter. Van 2,5 tot en met 3,5: wisselend. Hoger: gaat goed. '
      + 'Verdeeld: minstens een kwart van de antwoorden is oneens en minstens een kwart is eens. '
      + '‘Weet ik niet’ telt niet mee in het gemiddelde. '
      + 'Een verschil van een paar tienden zegt niets.'),
  ];
}

/** @param {string} adres below the root @param {string} tekst */
const naar = (adres, tekst) => maak('a', { href: new URL(adres, wortel).href }, [tekst]);

const regel = (/** @type {Stuk} */ stuk) => maak('li', {}, [
  naar(stuk.adres, stuk.titel),
  maak('p', {}, [stuk.samenvatting]),
  maak('p', { class: 'kaart__waarom' }, [`Waarom: ${stuk.waarom}.`]),
  ...(stuk.contact ? [maak('p', {}, [`Contact: ${stuk.contact}`])] : []),
]);

const lijst = (/** @type {Stuk[]} */ stukken) => (
  maak('ul', { class: 'aanbod' }, stukken.map(regel)));

/**
 * Practices of comparable municipalities, else of others with the reason.
 * @param {Aanbod['praktijken']} alle
 * @param {Gelijkenissen} gelijkenis
 * @param {string} gemeente
 */
function praktijken(alle, gelijkenis, gemeente) {
  const gelijk = alle.flatMap((praktijk) => {
    const dicht = dichtst(praktijk.gemeenten, gelijkenis);
    return dicht && dicht.plaats < VERGELIJKBAAR ? [{ praktijk, dicht }] : [];
  }).sort((a, b) => a.dicht.plaats - b.dicht.plaats).slice(0, PRAKTIJKEN);
  if (gelijk.length) {
    return [lijst(gelijk.map(({ praktijk, dicht }) => {
      const waar = dicht.plaats
        ? `een gemeente die op ${gemeente} lijkt, ${overeenkomst(dicht)}` : '';
      const herkomst = `komt uit ${dicht.naam}${waar ? `, ${waar}` : ' zelf'}`;
      return { ...praktijk, waarom: `${herkomst}; ${praktijk.waarom}` };
    }))];
  }
  const waarom = !gemeente
    ? 'U hebt geen gemeente gekozen. Deze praktijken komen uit het hele land.'
    : gelijkenis.size
      ? `Uit gemeenten die op ${gemeente} lijken, staat hierover nog niets op dit platform. `
        + 'Deze praktijken komen van elders.'
      : `Welke gemeenten op ${gemeente} lijken, was niet op te halen. `
        + 'Deze praktijken komen uit het hele land.';
  return [uitleg(waarom), lijst(alle.slice(0, PRAKTIJKEN))];
}

/**
 * What to choose from for each chosen aandachtsveld, with the reason for each.
 * @param {ReturnType<typeof import('./telling.js').kies>} keuzes
 * @param {import('./telling.js').Gegevens} gegevens
 * @param {Gelijkenissen} gelijkenis empty when no municipality was chosen, or it could not be
 *   fetched
 * @param {string} gemeente
 */
export function toonAanbod(keuzes, { overzicht, aanbod }, gelijkenis, gemeente) {
  if (!keuzes.length) {
    return [maak('p', {}, [
      'Geen enkel aandachtsveld scoort laag of verdeeld, of er zijn te weinig antwoorden. '
        + 'Kijk gerust rond bij ',
      naar(overzicht, 'alle aandachtsvelden'),
      '.',
    ])];
  }
  return keuzes.map(({ veld, redenen }) => {
    const { instrumenten, praktijken: alle, organisaties } = aanbod[veld.slug];
    return maak('section', { class: 'aanbod__veld' }, [
      maak('h3', {}, [naar(veld.adres, veld.naam)]),
      maak('p', {}, [maak('strong', {}, ['Waarom dit aandachtsveld? ']), redenen.join(' ')]),
      maak('div', { class: 'aanbod__deel' }, [
        maak('h4', {}, ['Instrumenten']),
        ...instrumenten.flatMap(({ pijler, paginas }) => [
          maak('h5', {}, [pijler ? `Pijler: ${pijler}` : 'Pijler niet bekend']), lijst(paginas),
        ]),
        ...(instrumenten.length ? [] : [
          uitleg('Op dit platform staat nog geen instrument '
            + 'dat vooral over dit aandachtsveld gaat.'),
        ]),
      ]),
      maak('div', { class: 'aanbod__deel' }, [
        maak('h4', {}, ['Praktijken']),
        ...(alle.length ? praktijken(alle, gelijkenis, gemeente) : [
          uitleg('Op dit platform staat nog geen praktijk over dit aandachtsveld.'),
        ]),
        maak('h4', {}, ['Wie u kunt vragen']),
        organisaties.length ? lijst(organisaties)
          : uitleg('Op dit platform staat nog geen organisatie bij dit aandachtsveld.'),
      ]),
    ]);
  });
}
