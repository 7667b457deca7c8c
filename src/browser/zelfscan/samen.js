/**
 * Do the zelfscan together: make the link, open the answers, see the groups side by side, write
 * the verbeteragenda.
 */

import { download } from '../bestanden/download.js';
import { wortel } from '../delen/adres.js';
import { alle, maak, tekstknop, vind } from '../delen/elementen.js';
import { haalGelijkenis } from '../delen/gelijkenis.js';
import { aantal } from '../delen/getallen.js';
import { kopieerVak } from '../delen/klembord.js';
import { VERBINDING, haalJson } from '../delen/ophalen.js';
import { Bewaarplek } from './bewaren.js';
import { cijfertabel, profiel, tabel as tabelElement, toonAanbod } from './profiel.js';
import { alinea, alsMarkdown, kop, tabel } from './stuk.js';
import {
  Afgewezen, MEESTE_BYTES, MINSTENS_SAMEN, TE_GROOT, alsCode, cijfer, eigenVraag, isVerdeeld,
  kies, leesDeelnemer, leesScan, oordeel, telGroep, uitCode, vergelijk, verenig,
} from './telling.js';

/**
 * @typedef {import('./telling.js').Rij} Rij
 * @typedef {import('./telling.js').Telling} Telling
 * @typedef {import('./stuk.js').Blok} Blok
 *
 * What the trekker chose and typed for one aandachtsveld.
 * @typedef {{prioriteit: string, doelen: string[][]}} Ingevuld
 */

const blad = vind('[data-zelfscan]');
const plek = (/** @type {string} */ naam) => vind(`[data-${naam}]`);
const PRIORITEITEN = ['hoog', 'midden', 'laag'];
const VELDEN = {
  doel: 'Doel: wat wilt u bereiken?',
  instrument: 'Instrument of aanpak',
  wie: 'Wie doet het? Noem een functie',
  wanneer: 'Wanneer is het klaar?',
};

const invoer = (/** @type {string} */ id) => vind(`#${id}`, document, HTMLInputElement);
const linkblad = vind('[data-maak-link]', document, HTMLFormElement);
const gemeente = vind('#kp-samen-gemeente', document, HTMLSelectElement);
const [naamvak, adresvak, bestandsvak] = ['kp-naam', 'kp-adres', 'kp-bestanden'].map(invoer);
const codevak = vind('#kp-codes', document, HTMLTextAreaElement);
/** @returns {NodeListOf<HTMLInputElement>} */
const vraagvakken = () => document.querySelectorAll('input[data-vraag]');

const opslag = new Bewaarplek('zelfscan samen', invoer('kp-bewaar'), (tekst) => {
  plek('melding-bewaren').textContent = tekst;
});
/** @returns {NodeListOf<HTMLInputElement>} */
const taken = () => document.querySelectorAll('[data-stappen] input');
const taakVan = (/** @type {Element} */ vak) => vak.closest('label')?.textContent ?? '';

/** @type {import('./telling.js').Gegevens} */
let gegevens;
/**
 * The scan of the link that was made here; without one, that of most of the answers counts.
 * @type {import('./telling.js').Scan | null}
 */
let gemaakt = null;
/** All that was opened and could be read. @type {import('./telling.js').Gelezen[]} */
let gelezen = [];
/** What could not, with the reason. @type {[string, string][]} */
let onleesbaar = [];
/** @type {ReturnType<typeof verenig>} */
let samen;
/** @type {Rij[]} */
let rijen = [];
/** @type {ReturnType<typeof kies>} */
let keuzes = [];
/** @type {Blok[]} */
let blokken = [];

function gemeenteNaam(/** @type {string} */ slug) {
  const optie = slug && gemeente.querySelector(`option[value="${CSS.escape(slug)}"]`);
  return (optie && optie.textContent) || '';
}

function toonLink() {
  const code = alsCode(JSON.stringify(gemaakt));
  adresvak.value = new URL(`zelfscan/#scan=${code}`, wortel).href;
  plek('link').hidden = false;
}

function maakLink(/** @type {Event} */ gebeurtenis) {
  gebeurtenis.preventDefault();
  const vragen = [...vraagvakken()].map((vak) => vak.value.trim()).filter(Boolean);
  gemaakt = leesScan({ naam: naamvak.value.trim(), gemeente: gemeente.value, vragen });
  toonLink();
  plek('melding-link').textContent = 'De link staat klaar. '
    + 'Bewaar hem goed: wie later nog meedoet, heeft dezelfde link nodig.';
  adresvak.focus();
  bewaar();
  if (gelezen.length) toon();
}

/**
 * @param {[string, () => Promise<string>][]} bronnen name, and what gives the text or throws
 *   Afgewezen
 */
async function open(bronnen) {
  plek('melding').textContent = 'De antwoorden worden gelezen …';
  const geopend = await Promise.all(bronnen.map(async ([naam, haal]) => {
    try {
      return { naam, deelnemer: leesDeelnemer(await haal(), gegevens) };
    } catch (fout) {
      return { naam, reden: fout instanceof Afgewezen ? fout.message : 'niet te lezen' };
    }
  }));
  for (const { naam, deelnemer, reden } of geopend) {
    if (deelnemer) gelezen.push({ naam, deelnemer });
    else onleesbaar.push([naam, reden]);
  }
  await toon();
}

async function leesBestand(/** @type {File} */ bestand) {
  if (bestand.size > MEESTE_BYTES) throw new Afgewezen(TE_GROOT);
  return bestand.text();
}

const openBestanden = (/** @type {FileList | null} */ lijst) => (
  open([...lijst ?? []].map((bestand) => [bestand.name, () => leesBestand(bestand)])));

/** What each group says of some statements. @param {string[]} stellingen */
function perGroep(stellingen) {
  const delen = gegevens.groepen.map(([id, naam]) => {
    const deelnemers = samen.deelnemers.filter((d) => d.groep === id);
    return /** @type {[string, Telling]} */ ([naam, telGroep(deelnemers, stellingen)]);
  });
  return { delen, ...vergelijk(delen) };
}

async function toon() {
  samen = verenig(gelezen, gemaakt);
  const fout = [...onleesbaar, ...samen.afgewezen];
  const { deelnemers, dubbel, scan } = samen;
  const per = gegevens.groepen.map(([id, naam]) => ({
    naam: naam.toLowerCase(), n: deelnemers.filter((d) => d.groep === id).length,
  }));
  plek('melding').textContent = [
    `${aantal(deelnemers.length, 'deelnemer', 'deelnemers')}: `
      + `${per.map(({ naam, n }) => `${naam} ${n}`).join(', ')}.`,
    ...(dubbel.length ? [
      `${aantal(dubbel.length, 'bestand of code was er al', 'bestanden of codes waren er al')}: `
        + 'elke deelnemer telt één keer.',
    ] : []),
    ...(fout.length ? [
      `${aantal(fout.length, 'bestand of code is', 'bestanden of codes zijn')} geweigerd.`,
    ] : []),
  ].join(' ');
  plek('afgewezen').hidden = !fout.length;
  vind('summary', plek('afgewezen')).textContent = `Wat is geweigerd, en waarom (${fout.length})`;
  vind('ul', plek('afgewezen')).replaceChildren(...fout.map(([naam, reden]) => (
    maak('li', {}, [`${naam}: ${reden}.`]))));
  plek('opnieuw').hidden = !gelezen.length && !onleesbaar.length;
  plek('uitkomst').hidden = !deelnemers.length;
  plek('verbeteragenda').hidden = true;
  if (!deelnemers.length) return;

  rijen = gegevens.velden.map((veld) => (
    { veld, naam: veld.naam, ...perGroep(veld.stellingen.map(([id]) => id)) }));
  keuzes = kies(rijen);
  const klein = per.filter(({ n }) => n && n < MINSTENS_SAMEN).map(({ naam }) => naam);
  plek('profiel').replaceChildren(
    maak('p', {}, [
      `${scan.naam ? `${scan.naam}. ` : ''}`
        + `${aantal(deelnemers.length, 'deelnemer', 'deelnemers')}. `
        + 'Bij ‘alle groepen’ telt elke groep even zwaar, hoeveel mensen er ook in zitten.',
    ]),
    ...(klein.length ? [maak('p', {}, [
      `Niet apart te zien, want minder dan ${MINSTENS_SAMEN} deelnemers: ${klein.join(', ')}. `
        + 'Zo is niemand te herkennen. Hun antwoorden tellen niet mee in de cijfers.',
    ])] : []),
    ...profiel(rijen),
    perStelling(scan.vragen),
  );
  const gelijkenis = await haalGelijkenis(scan.gemeente).catch(() => new Map());
  plek('aanbod').replaceChildren(
    ...toonAanbod(keuzes, gegevens, gelijkenis, gemeenteNaam(scan.gemeente)));
  for (const { vak, rij } of agendavakken()) {
    const redenen = keuzes.find((keuze) => keuze.veld === rij.veld)?.redenen;
    vind('[data-redenen]', vak).textContent = redenen?.join(' ')
      ?? (rij.gemiddelde === null ? 'Te weinig antwoorden.'
        : `Gemiddelde: ${cijfer(rij.gemiddelde)} (${oordeel(rij.gemiddelde)}).`);
  }
}

/** The figures of each statement, those of the municipality itself last. */
function perStelling(/** @type {string[]} */ vragen) {
  const stellingen = [
    ...gegevens.velden.flatMap((veld) => veld.stellingen),
    ...vragen.map((vraag, n) => [eigenVraag(n), vraag]),
  ];
  return maak('details', { class: 'per-stelling' }, [
    maak('summary', {}, [vragen.length ? 'Per stelling, ook de eigen stellingen' : 'Per stelling']),
    cijfertabel('Per stelling', 'Stelling', stellingen.map(([id, naam]) => (
      { naam, ...perGroep([id]) }))),
  ]);
}

/** The parts of the form, each with what came out for its aandachtsveld once there is anything. */
const agendavakken = () => rijen.flatMap((rij) => {
  const vak = [...alle('[data-veld]', plek('agenda'))]
    .find(({ dataset }) => dataset.veld === rij.veld.slug);
  return vak ? [{ vak, rij }] : [];
});

function doel(/** @type {string} */ slug, /** @type {number} */ nummer) {
  const velden = Object.entries(VELDEN).map(([naam, vraag]) => {
    const id = `kp-${naam}-${slug}-${nummer}`;
    const veld = maak('input', { id, type: 'text', maxlength: '300' });
    if (naam === 'instrument') veld.setAttribute('list', 'kp-instrumenten');
    return maak('p', { class: 'veld' }, [maak('label', { for: id }, [vraag]), veld]);
  });
  return maak('div', { class: 'doel', 'data-doel': '' }, velden);
}

/**
 * Make a part for each aandachtsveld, with what was kept of it.
 * @param {Record<string, Ingevuld>} eerder by slug
 */
function bouwAgenda(eerder) {
  plek('agenda').replaceChildren(...gegevens.velden.map(({ slug, naam }) => {
    const id = `kp-prioriteit-${slug}`;
    const keus = maak('select', { id }, [
      maak('option', { value: '' }, ['geen']),
      ...PRIORITEITEN.map((p) => maak('option', { value: p }, [p])),
    ]);
    const voegToe = (/** @type {string[]} */ teksten) => {
      const nieuw = doel(slug, doelen.children.length);
      const vakken = nieuw.querySelectorAll('input');
      vakken.forEach((vak, plaats) => { vak.value = teksten[plaats] ?? ''; });
      erbij.before(nieuw);
      return vakken[0];
    };
    const erbij = tekstknop('Nog een doel', () => voegToe([]).focus());
    const doelen = maak('div', { class: 'doelen' }, [erbij]);
    const { prioriteit = '', doelen: bekend = [] } = eerder[slug] ?? {};
    keus.value = PRIORITEITEN.includes(prioriteit) ? prioriteit : '';
    for (const teksten of bekend.length ? bekend : [[]]) voegToe(teksten);
    doelen.hidden = !keus.value;
    keus.addEventListener('change', () => { doelen.hidden = !keus.value; });
    return maak('fieldset', { 'data-veld': slug }, [
      maak('legend', {}, [naam]),
      maak('p', { class: 'uitleg', 'data-redenen': '' }),
      maak('p', { class: 'veld veld--naast' }, [maak('label', { for: id }, ['Prioriteit']), keus]),
      doelen,
    ]);
  }));
}

/** @returns {Ingevuld} */
const ingevuld = (/** @type {Element} */ vak) => ({
  prioriteit: vind('select', vak, HTMLSelectElement).value,
  doelen: [...vak.querySelectorAll('[data-doel]')]
    .map((d) => [...d.querySelectorAll('input')].map(({ value }) => value.trim()))
    .filter((teksten) => teksten.some(Boolean)),
});

function bewaar() {
  const agenda = [...alle('[data-veld]', plek('agenda'))]
    .map((vak) => [vak.dataset.veld, ingevuld(vak)]);
  opslag.bewaar({
    scan: gemaakt,
    taken: [...taken()].filter((vak) => vak.checked).map(taakVan),
    agenda: Object.fromEntries(agenda),
  });
}

/** Fill in what was kept; what a store holds beyond that is left alone. */
function herstel() {
  const stand = opslag.lees();
  try {
    bouwAgenda(stand?.agenda ?? {});
  } catch {
    bouwAgenda({});
  }
  if (!stand) return;
  opslag.vink.checked = true;
  for (const vak of taken()) {
    vak.checked = Array.isArray(stand.taken) && stand.taken.includes(taakVan(vak));
  }
  gemaakt = leesScan(stand.scan);
  if (gemaakt) {
    const { vragen } = gemaakt;
    naamvak.value = gemaakt.naam;
    gemeente.value = gemaakt.gemeente;
    vraagvakken().forEach((vak, n) => { vak.value = vragen[n] ?? ''; });
    toonLink();
  }
  opslag.zeg('Uw werk van de vorige keer staat er nog. '
    + 'Open de antwoorden opnieuw, dan gaat u verder met uw doelen.');
}

function wis() {
  opslag.vergeet();
  opslag.vink.checked = false;
  gemaakt = null;
  linkblad.reset();
  plek('link').hidden = true;
  for (const vak of taken()) vak.checked = false;
  bouwAgenda({});
  if (gelezen.length) toon();
  opslag.zeg('Uw werk is gewist. Er staat niets meer van in deze browser.');
}

const titel = () => {
  const waar = [samen.scan.naam, gemeenteNaam(samen.scan.gemeente)].filter(Boolean).join(', ');
  return `Verbeteragenda ${plek('verbeteragenda').dataset.onderwerp}${waar ? `: ${waar}` : ''}`;
};

/**
 * The verbeteragenda as blocks, of which the page, Word and Markdown are made; none when nothing
 * has priority.
 * @returns {Blok[]}
 */
function agenda() {
  const gekozen = agendavakken().map(({ vak, rij }) => (
    { rij, redenen: vind('[data-redenen]', vak).textContent, ...ingevuld(vak) }))
    .filter(({ prioriteit }) => prioriteit)
    .sort((a, b) => PRIORITEITEN.indexOf(a.prioriteit) - PRIORITEITEN.indexOf(b.prioriteit));
  if (!gekozen.length) return [];
  const vandaag = new Date().toLocaleDateString('nl-NL', { dateStyle: 'long' });
  const wie = aantal(samen.deelnemers.length, 'deelnemer', 'deelnemers');
  return [
    kop(titel(), 1),
    alinea(`Gemaakt op ${vandaag}, na de Democratie-zelfscan met ${wie}.`),
    alinea('De uitkomst van de zelfscan is geen waarheidsvinding en niet representatief. '
      + 'Zij laat zien wat de deelnemers ervaren.'),
    ...gekozen.flatMap(({ rij, prioriteit, redenen, doelen }) => [
      kop(rij.naam),
      alinea(`Prioriteit: ${prioriteit}. ${redenen}`),
      doelen.length ? tabel(`Doelen bij ‘${rij.naam}’`, [
        ['Doel', 'Instrument', 'Wie', 'Wanneer'],
        ...doelen.map((teksten) => teksten.map((tekst) => tekst || '–')),
      ]) : alinea('Nog geen doel.'),
    ]),
    kop('De uitkomst per groep'),
    alinea('Gemiddelde van 1 (helemaal oneens) tot 5 (helemaal eens). '
      + 'Een streepje betekent: te weinig antwoorden.'),
    tabel('Profiel per aandachtsveld', [
      ['Aandachtsveld', ...gegevens.groepen.map(([, naam]) => naam), 'Alle groepen'],
      ...rijen.map((rij) => [
        rij.naam, ...rij.delen.map(([, telling]) => inCel(telling)), cijfer(rij.gemiddelde),
      ]),
    ]),
  ];
}

const inCel = (/** @type {Telling} */ telling) => (
  `${cijfer(telling.gemiddelde)}${isVerdeeld(telling) ? ' (verdeeld)' : ''}`);

function alsElement(/** @type {Blok} */ blok) {
  switch (blok.soort) {
    case 'kop': return blok.niveau === 1
      ? maak('h2', { id: 'kp-agenda', tabindex: '-1' }, [blok.tekst])
      : maak('h3', {}, [blok.tekst]);
    case 'tabel': {
      const [koppen, ...rest] = blok.rijen;
      return tabelElement(blok.naam, '', koppen, rest.map((cellen) => (
        cellen.map((cel) => maak('td', {}, [cel])))));
    }
    default: return maak('p', {}, [blok.tekst]);
  }
}

function maakAgenda() {
  blokken = agenda();
  plek('verbeteragenda').hidden = !blokken.length;
  plek('melding-agenda').textContent = blokken.length ? ''
    : 'Geef eerst een aandachtsveld prioriteit.';
  if (!blokken.length) {
    vind('select', plek('agenda')).focus();
    return;
  }
  plek('stuk').replaceChildren(...blokken.map(alsElement));
  vind('#kp-agenda').focus();
}

async function bewaarVoorWord() {
  const melding = plek('melding-agenda');
  try {
    const { alsDocx } = await import('../bestanden/word.js');
    download('verbeteragenda.docx', await alsDocx(titel(), blokken, plek('verbeteragenda').dataset));
    melding.textContent = '';
  } catch {
    melding.textContent = `Dat lukt nu niet. ${VERBINDING}`;
  }
}

/** Whether a browser may ask before it leaves: without the tick, what was typed is only here. */
const onbewaard = () => !opslag.vink.checked
  && plek('agenda').querySelector('select option:not([value=""]):checked') !== null;

function begin() {
  const titels = new Set(Object.values(gegevens.aanbod).flatMap(({ instrumenten }) => (
    instrumenten.flatMap(({ paginas }) => paginas.map((pagina) => pagina.titel)))));
  vind('#kp-instrumenten').replaceChildren(...[...titels].map((naam) => (
    maak('option', { value: naam }))));
  herstel();
  blad.addEventListener('input', bewaar);
  plek('wis').addEventListener('click', wis);
  linkblad.addEventListener('submit', maakLink);
  plek('kopieer').addEventListener('click', async () => {
    plek('melding-link').textContent = await kopieerVak(adresvak, 'De link', 'hem');
  });
  bestandsvak.addEventListener('change', async () => {
    await openBestanden(bestandsvak.files);
    bestandsvak.value = '';
  });
  const vak = plek('neerleggen');
  vak.addEventListener('dragover', (gebeurtenis) => {
    gebeurtenis.preventDefault();
    vak.classList.add('is-boven');
  });
  vak.addEventListener('dragleave', () => vak.classList.remove('is-boven'));
  vak.addEventListener('drop', (gebeurtenis) => {
    gebeurtenis.preventDefault();
    vak.classList.remove('is-boven');
    openBestanden(gebeurtenis.dataTransfer?.files ?? null);
  });
  plek('codes').addEventListener('click', async () => {
    const codes = codevak.value.split(/\s+/).filter(Boolean);
    await open(codes.map((code, n) => [`code ${n + 1}`, async () => uitCode(code)]));
    codevak.value = '';
  });
  plek('leeg').addEventListener('click', () => {
    [gelezen, onleesbaar] = [[], []];
    toon();
    plek('melding').textContent = 'Alle antwoorden zijn weg van deze pagina. '
      + 'De bestanden zelf staan nog op uw computer.';
    bestandsvak.focus();
  });
  plek('maak-agenda').addEventListener('click', maakAgenda);
  plek('agenda').addEventListener('submit', (gebeurtenis) => {
    gebeurtenis.preventDefault();
    maakAgenda();
  });
  plek('print').addEventListener('click', () => print());
  plek('docx').addEventListener('click', bewaarVoorWord);
  plek('markdown').addEventListener('click', () => (
    download('verbeteragenda.md', alsMarkdown(blokken), 'text/markdown')));
  addEventListener('beforeunload', (gebeurtenis) => {
    if (onbewaard()) gebeurtenis.preventDefault();
  });
}

try {
  gegevens = await haalJson('zelfscan/gegevens.json');
  begin();
  plek('werkplek').hidden = false;
} catch {
  plek('melding-laden').textContent = (
    `De gegevens van de scan zijn nu niet op te halen. ${VERBINDING}`);
}
