/** Do the zelfscan together: make the link, open the answers, see the groups side by side, write the verbeteragenda. */

import { download } from '../uitvoer.js';
import { aantal, maak, wortel } from '../zoek/bouw.js';
import { Bewaarplek } from './bewaren.js';
import { haalGelijkenis, profiel, tabel, toonAanbod } from './profiel.js';
import { alsDocx, alsMarkdown } from './stuk.js';
import { Afgewezen, MEESTE_BYTES, MINSTENS_SAMEN, alsCode, cijfer, eigenVraag, isVerdeeld, kies, leesDeelnemer, leesScan, oordeel, telGroep, uitCode, vergelijk, verenig } from './telling.js';

const blad = document.querySelector('[data-zelfscan]');
const plek = (/** @type {string} */ naam) => document.querySelector(`[data-${naam}]`);
const PRIORITEITEN = ['hoog', 'midden', 'laag'];
const VELDEN = { doel: 'Doel: wat wilt u bereiken?', instrument: 'Instrument of aanpak', wie: 'Wie doet het? Noem een functie', wanneer: 'Wanneer is het klaar?' };

const opslag = new Bewaarplek('zelfscan samen', document.getElementById('kp-bewaar'), (tekst) => { plek('melding-bewaren').textContent = tekst; });
const taken = () => [...document.querySelectorAll('[data-stappen] input')];
const taakVan = (/** @type {Element} */ vak) => vak.closest('label').textContent;

/** @type {any} questions and offer, of zelfscan/gegevens.json */
let gegevens;
/** The scan of the link that was made here; without one, that of most of the answers counts. */
let gemaakt = null;
/** All that was opened and could be read, and what could not. */
let gelezen = [];
/** @type {[string, string][]} */
let onleesbaar = [];
/** @type {ReturnType<typeof verenig>} */
let samen;
let rijen = [];
let keuzes = [];
let blokken = [];

const gemeenteNaam = (/** @type {string} */ slug) => (slug && document.querySelector(`#kp-samen-gemeente option[value="${CSS.escape(slug)}"]`)?.textContent) || '';

async function kopieer(/** @type {HTMLInputElement} */ vak, /** @type {Element} */ melding) {
  try {
    await navigator.clipboard.writeText(vak.value);
    melding.textContent = 'De link is gekopieerd.';
  } catch {
    vak.select();
    melding.textContent = 'Kopiëren lukt niet vanzelf. De link is geselecteerd: kopieer hem met Ctrl+C.';
  }
}

function toonLink() {
  document.getElementById('kp-adres').value = new URL(`zelfscan/#scan=${alsCode(JSON.stringify(gemaakt))}`, wortel).href;
  plek('link').hidden = false;
}

function maakLink(/** @type {Event} */ gebeurtenis) {
  gebeurtenis.preventDefault();
  const vragen = [...document.querySelectorAll('[data-vraag]')].map((vak) => vak.value.trim()).filter(Boolean);
  gemaakt = leesScan({ naam: document.getElementById('kp-naam').value.trim(), gemeente: document.getElementById('kp-samen-gemeente').value, vragen });
  toonLink();
  plek('melding-link').textContent = 'De link staat klaar. Bewaar hem goed: wie later nog meedoet, heeft dezelfde link nodig.';
  document.getElementById('kp-adres').focus();
  bewaar();
  if (gelezen.length) toon();
}

/** @param {[string, () => Promise<string>][]} bronnen name, and what gives the text or throws Afgewezen */
async function open(bronnen) {
  plek('melding').textContent = 'De antwoorden worden gelezen …';
  const alle = await Promise.all(bronnen.map(async ([naam, haal]) => {
    try {
      return { naam, deelnemer: leesDeelnemer(await haal(), gegevens) };
    } catch (fout) {
      return { naam, reden: fout instanceof Afgewezen ? fout.message : 'niet te lezen' };
    }
  }));
  for (const { naam, deelnemer, reden } of alle) if (deelnemer) gelezen.push({ naam, deelnemer }); else onleesbaar.push([naam, reden]);
  await toon();
}

const uitBestand = (/** @type {File} */ bestand) => async () => {
  if (bestand.size > MEESTE_BYTES) throw new Afgewezen('te groot voor de antwoorden van één deelnemer');
  return bestand.text();
};
const openBestanden = (/** @type {FileList} */ lijst) => open([...lijst].map((bestand) => [bestand.name, uitBestand(bestand)]));

/** One row for each aandachtsveld or statement, with a part for each group. */
function alsRij(/** @type {any} */ veld, /** @type {string} */ naam, /** @type {string[]} */ stellingen) {
  const delen = gegevens.groepen.map(([id, groep]) => [groep, telGroep(samen.deelnemers.filter((d) => d.groep === id), stellingen)]);
  return { veld, naam, delen, ...vergelijk(delen) };
}

async function toon() {
  samen = verenig(gelezen, gemaakt);
  const fout = [...onleesbaar, ...samen.afgewezen];
  const { deelnemers, dubbel, scan } = samen;
  const per = gegevens.groepen.map(([id, naam]) => [naam, deelnemers.filter((d) => d.groep === id).length]);
  plek('melding').textContent = [
    `${aantal(deelnemers.length, 'deelnemer telt', 'deelnemers tellen')} mee: ${per.map(([naam, n]) => `${naam.toLowerCase()} ${n}`).join(', ')}.`,
    dubbel.length ? `${aantal(dubbel.length, 'bestand of code was er al', 'bestanden of codes waren er al')}: elke deelnemer telt één keer.` : '',
    fout.length ? `${aantal(fout.length, 'bestand of code telt', 'bestanden of codes tellen')} niet mee.` : '',
  ].filter(Boolean).join(' ');
  plek('afgewezen').hidden = !fout.length;
  plek('afgewezen').querySelector('summary').textContent = `Wat niet meetelt, en waarom (${fout.length})`;
  plek('afgewezen').querySelector('ul').replaceChildren(...fout.map(([naam, reden]) => maak('li', {}, [`${naam}: ${reden}.`])));
  plek('opnieuw').hidden = !gelezen.length && !onleesbaar.length;
  plek('uitkomst').hidden = !deelnemers.length;
  plek('verbeteragenda').hidden = true;
  if (!deelnemers.length) return;

  rijen = gegevens.velden.map((veld) => alsRij(veld, veld.naam, veld.stellingen.map(([id]) => id)));
  keuzes = kies(rijen);
  const stellingen = [...gegevens.velden.flatMap((v) => v.stellingen), ...scan.vragen.map((vraag, n) => [eigenVraag(n), vraag])];
  const klein = per.filter(([, n]) => n && n < MINSTENS_SAMEN).map(([naam]) => naam.toLowerCase());
  plek('profiel').replaceChildren(
    maak('p', {}, [`${scan.naam ? `${scan.naam}. ` : ''}${aantal(deelnemers.length, 'deelnemer', 'deelnemers')}. Bij ‘alle groepen’ telt elke groep even zwaar, hoeveel mensen er ook in zitten.`]),
    ...(klein.length ? [maak('p', {}, [`Niet apart te zien, want minder dan ${MINSTENS_SAMEN} deelnemers: ${klein.join(', ')}. `
      + 'Zo is niemand te herkennen. Hun antwoorden tellen niet mee in de cijfers.'])] : []),
    ...profiel(rijen),
    maak('details', { class: 'per-stelling' }, [maak('summary', {}, [scan.vragen.length ? 'Per stelling, ook de eigen stellingen' : 'Per stelling']), 
      tabel('Per stelling', 'Stelling', stellingen.map(([id, tekst]) => alsRij(null, tekst, [id])))]));
  const gelijkenis = await haalGelijkenis(scan.gemeente).catch(() => new Map());
  plek('aanbod').replaceChildren(...toonAanbod(keuzes, gegevens.aanbod, gelijkenis, gemeenteNaam(scan.gemeente)));
  for (const vak of plek('agenda').children) {
    const { naam, gemiddelde } = rijen.find((r) => r.veld.slug === vak.dataset.veld);
    const redenen = keuzes.find((k) => k.veld.naam === naam)?.redenen;
    vak.querySelector('[data-redenen]').textContent = redenen?.join(' ') ?? (gemiddelde === null ? 'Te weinig antwoorden.' : `Gemiddelde: ${cijfer(gemiddelde)} (${oordeel(gemiddelde)}).`);
  }
}

function doel(/** @type {string} */ slug, /** @type {number} */ nummer) {
  return maak('div', { class: 'doel', 'data-doel': '' }, Object.entries(VELDEN).map(([naam, vraag]) => {
    const id = `kp-${naam}-${slug}-${nummer}`;
    return maak('p', { class: 'veld' }, [maak('label', { for: id }, [vraag]),
      maak('input', { id, type: 'text', maxlength: '300', ...(naam === 'instrument' ? { list: 'kp-instrumenten' } : {}) })]);
  }));
}

/** A part for each aandachtsveld, with what was kept of it. @param {Record<string, {prioriteit: string, doelen: string[][]}>} eerder by slug */
function bouwAgenda(eerder) {
  plek('agenda').replaceChildren(...gegevens.velden.map((veld) => {
    const id = `kp-prioriteit-${veld.slug}`;
    const keus = maak('select', { id }, [maak('option', { value: '' }, ['geen']), ...PRIORITEITEN.map((p) => maak('option', { value: p }, [p]))]);
    const erbij = maak('button', { type: 'button', class: 'tekstknop' }, ['Nog een doel']);
    const doelen = maak('div', { class: 'doelen' }, [erbij]);
    const voegToe = (/** @type {string[]} */ teksten) => {
      const nieuw = doel(veld.slug, doelen.children.length);
      nieuw.querySelectorAll('input').forEach((vak, plaats) => { vak.value = teksten[plaats] ?? ''; });
      erbij.before(nieuw);
      return nieuw;
    };
    const { prioriteit = '', doelen: bekend = [] } = eerder[veld.slug] ?? {};
    keus.value = PRIORITEITEN.includes(prioriteit) ? prioriteit : '';
    for (const teksten of bekend.length ? bekend : [[]]) voegToe(teksten);
    doelen.hidden = !keus.value;
    keus.addEventListener('change', () => { doelen.hidden = !keus.value; });
    erbij.addEventListener('click', () => voegToe([]).querySelector('input').focus());
    return maak('fieldset', { 'data-veld': veld.slug }, [maak('legend', {}, [veld.naam]), maak('p', { class: 'uitleg', 'data-redenen': '' }),
      maak('p', { class: 'veld veld--naast' }, [maak('label', { for: id }, ['Prioriteit']), keus]), doelen]);
  }));
}

/** What the trekker chose and typed for one aandachtsveld. */
const ingevuld = (/** @type {Element} */ vak) => ({
  prioriteit: vak.querySelector('select').value,
  doelen: [...vak.querySelectorAll('[data-doel]')].map((d) => [...d.querySelectorAll('input')].map((invoer) => invoer.value.trim())).filter((d) => d.some(Boolean)),
});

function bewaar() {
  opslag.bewaar({ scan: gemaakt, taken: taken().filter((vak) => vak.checked).map(taakVan),
    agenda: Object.fromEntries([...plek('agenda').children].map((vak) => [vak.dataset.veld, ingevuld(vak)])) });
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
  for (const vak of taken()) vak.checked = Array.isArray(stand.taken) && stand.taken.includes(taakVan(vak));
  gemaakt = leesScan(stand.scan);
  if (gemaakt) {
    document.getElementById('kp-naam').value = gemaakt.naam;
    document.getElementById('kp-samen-gemeente').value = gemaakt.gemeente;
    document.querySelectorAll('[data-vraag]').forEach((vak, n) => { vak.value = gemaakt.vragen[n] ?? ''; });
    toonLink();
  }
  opslag.zeg('Uw werk van de vorige keer staat er nog. Open de antwoorden opnieuw, dan gaat u verder met uw doelen.');
}

function wis() {
  opslag.vergeet();
  opslag.vink.checked = false;
  gemaakt = null;
  plek('maak-link').reset();
  plek('link').hidden = true;
  for (const vak of taken()) vak.checked = false;
  bouwAgenda({});
  if (gelezen.length) toon();
  opslag.zeg('Uw werk is gewist. Er staat niets meer van in deze browser.');
}

/** The verbeteragenda as blocks, of which the page, Word and Markdown are made. */
function agenda() {
  const { scan, deelnemers } = samen;
  const waar = [scan.naam, gemeenteNaam(scan.gemeente)].filter(Boolean).join(', ');
  const gekozen = [...plek('agenda').children].map((vak) => ({
    rij: rijen.find((r) => r.veld.slug === vak.dataset.veld),
    redenen: vak.querySelector('[data-redenen]').textContent,
    ...ingevuld(vak),
  })).filter((k) => k.prioriteit).sort((a, b) => PRIORITEITEN.indexOf(a.prioriteit) - PRIORITEITEN.indexOf(b.prioriteit));
  const groepen = gegevens.groepen.map(([, naam]) => naam);
  const cel = ([, t]) => (t.gemiddelde === null ? '–' : `${cijfer(t.gemiddelde)}${isVerdeeld(t) ? ' (verdeeld)' : ''}`);
  return gekozen.length ? [
    { soort: 'kop', niveau: 1, tekst: `Verbeteragenda lokale democratie${waar ? `: ${waar}` : ''}` },
    { soort: 'alinea', tekst: `Gemaakt op ${new Date().toLocaleDateString('nl-NL', { dateStyle: 'long' })}, na de Democratie-zelfscan met ${aantal(deelnemers.length, 'deelnemer', 'deelnemers')}.` },
    { soort: 'alinea', tekst: 'De uitkomst van de zelfscan is geen waarheidsvinding en niet representatief. Zij laat zien wat de deelnemers ervaren.' },
    ...gekozen.flatMap(({ rij, prioriteit, redenen, doelen }) => [
      { soort: 'kop', niveau: 2, tekst: rij.naam },
      { soort: 'alinea', tekst: `Prioriteit: ${prioriteit}. ${redenen}` },
      !doelen.length ? { soort: 'alinea', tekst: 'Nog geen doel.' }
        : { soort: 'tabel', naam: `Doelen bij ‘${rij.naam}’`, rijen: [['Doel', 'Instrument', 'Wie', 'Wanneer'], ...doelen.map((d) => d.map((tekst) => tekst || '–'))] },
    ]),
    { soort: 'kop', niveau: 2, tekst: 'De uitkomst per groep' },
    { soort: 'alinea', tekst: 'Gemiddelde van 1 (helemaal oneens) tot 5 (helemaal eens). Een streepje betekent: te weinig antwoorden.' },
    { soort: 'tabel', naam: 'Profiel per aandachtsveld', 
      rijen: [['Aandachtsveld', ...groepen, 'Alle groepen'], ...rijen.map((rij) => [rij.naam, ...rij.delen.map(cel), rij.gemiddelde === null ? '–' : cijfer(rij.gemiddelde)])] },
  ] : [];
}

function alsElement(blok) {
  switch (blok.soort) {
    case 'kop': return maak(blok.niveau === 1 ? 'h2' : 'h3', blok.niveau === 1 ? { id: 'kp-agenda', tabindex: '-1' } : {}, [blok.tekst]);
    case 'tabel': {
      const [kop, ...rest] = blok.rijen;
      return maak('div', { class: 'tabel tabel--breed', tabindex: '0', role: 'group', 'aria-label': blok.naam }, [maak('table', {}, [
        maak('thead', {}, [maak('tr', {}, kop.map((cel) => maak('th', { scope: 'col' }, [cel])))]),
        maak('tbody', {}, rest.map((rij) => maak('tr', {}, rij.map((cel) => maak('td', {}, [cel]))))),
      ])]);
    }
    default: return maak('p', {}, [blok.tekst]);
  }
}

function maakAgenda() {
  blokken = agenda();
  plek('verbeteragenda').hidden = !blokken.length;
  plek('melding-agenda').textContent = blokken.length ? '' : 'Geef eerst een aandachtsveld prioriteit.';
  if (!blokken.length) { plek('agenda').querySelector('select').focus(); return; }
  plek('stuk').replaceChildren(...blokken.map(alsElement));
  document.getElementById('kp-agenda').focus();
}

function begin() {
  const titels = new Set(Object.values(gegevens.aanbod).flatMap((a) => a.instrumenten.flatMap((i) => i.paginas.map((p) => p.titel))));
  document.getElementById('kp-instrumenten').replaceChildren(...[...titels].map((titel) => maak('option', { value: titel })));
  herstel();
  blad.addEventListener('input', bewaar);
  plek('wis').addEventListener('click', wis);
  plek('maak-link').addEventListener('submit', maakLink);
  plek('kopieer').addEventListener('click', () => kopieer(document.getElementById('kp-adres'), plek('melding-link')));
  document.getElementById('kp-bestanden').addEventListener('change', async ({ target }) => {
    await openBestanden(target.files);
    target.value = '';
  });
  const vak = plek('neerleggen');
  vak.addEventListener('dragover', (gebeurtenis) => { gebeurtenis.preventDefault(); vak.classList.add('is-boven'); });
  vak.addEventListener('dragleave', () => vak.classList.remove('is-boven'));
  vak.addEventListener('drop', (gebeurtenis) => { gebeurtenis.preventDefault(); vak.classList.remove('is-boven'); openBestanden(gebeurtenis.dataTransfer.files); });
  plek('codes').addEventListener('click', async () => {
    const codes = document.getElementById('kp-codes');
    await open(codes.value.split(/\s+/).filter(Boolean).map((code, n) => [`code ${n + 1}`, async () => uitCode(code)]));
    codes.value = '';
  });
  plek('leeg').addEventListener('click', () => {
    [gelezen, onleesbaar] = [[], []];
    toon();
    plek('melding').textContent = 'Alle antwoorden zijn weg van deze pagina. De bestanden zelf staan nog op uw computer.';
    document.getElementById('kp-bestanden').focus();
  });
  plek('maak-agenda').addEventListener('click', maakAgenda);
  plek('agenda').addEventListener('submit', (gebeurtenis) => { gebeurtenis.preventDefault(); maakAgenda(); });
  plek('print').addEventListener('click', () => print());
  plek('docx').addEventListener('click', () => download('verbeteragenda.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', alsDocx(blokken)));
  plek('markdown').addEventListener('click', () => download('verbeteragenda.md', 'text/markdown', alsMarkdown(blokken)));
  // Without the tick, what was typed is nowhere but on this page.
  addEventListener('beforeunload', (gebeurtenis) => { if (!opslag.vink.checked && plek('agenda').querySelector('select option:not([value=""]):checked')) gebeurtenis.preventDefault(); });
}

try {
  const antwoord = await fetch(new URL('zelfscan/gegevens.json', wortel));
  if (!antwoord.ok) throw new Error(`${antwoord.status}`);
  gegevens = await antwoord.json();
  begin();
  plek('zonder-script').hidden = true;
  plek('werkplek').hidden = false;
} catch {
  plek('melding-laden').textContent = 'De gegevens van de scan zijn nu niet op te halen. Is er verbinding met internet?';
}
