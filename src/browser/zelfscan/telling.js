/**
 * The zelfscan without a screen: the file of a participant, which files count, and what the
 * answers add up to. Works in node too.
 */

const FORMAAT = 'democratie-zelfscan';
const VERSIE = 1;
/** A file with every answer and four own questions has some 2,000 bytes. */
export const MEESTE_BYTES = 16_000;
const MEESTE_VRAGEN = 4;
const LANGSTE_VRAAG = 160;
const LANGSTE_NAAM = 80;
/** Answers from which a mean says something: of one person, and people of one group. */
export const MINSTENS_ALLEEN = 2;
export const MINSTENS_SAMEN = 3;
const MEESTE_KEUZES = 2;

export const TE_GROOT = 'te groot voor de antwoorden van één deelnemer';

/**
 * What a municipality adds: a name, itself by its slug, and its own questions.
 * @typedef {{naam: string, gemeente: string, vragen: string[]}} Scan
 *
 * @typedef {object} Deelnemer
 * @property {string} id
 * @property {string} groep
 * @property {Scan} scan
 * @property {Map<string, number>} antwoorden 1 to 5 by statement; 0 is ‘weet ik niet’
 *
 * Statements and groups by id and text.
 * @typedef {{slug: string, naam: string, adres: string, stellingen: [string, string][]}} Veld
 * @typedef {{versie: number, groepen: [string, string][], velden: Veld[]}} Vragenlijst
 *
 * @typedef {object} Stuk a page that is offered
 * @property {string} titel
 * @property {string} adres below the root
 * @property {string} samenvatting
 * @property {string} waarom
 * @property {string} [contact]
 *
 * @typedef {object} Aanbod
 * @property {{pijler: string, paginas: Stuk[]}[]} instrumenten
 * @property {(Stuk & {gemeenten: [string, string][]})[]} praktijken
 * @property {Stuk[]} organisaties
 *
 * What zelfscan/gegevens.json holds; what is offered by the slug of the aandachtsveld.
 * @typedef {Vragenlijst & {overzicht: string, aanbod: Record<string, Aanbod>}} Gegevens
 *
 * @typedef {object} Telling
 * @property {number | null} gemiddelde
 * @property {number[]} tellingen of 1 to 5
 * @property {number} weetNiet
 * @property {number} oneens
 * @property {number} neutraal
 * @property {number} eens
 *
 * @typedef {{naam: string, gemiddelde: number}} Groep
 * @typedef {object} Vergelijking
 * @property {number | null} gemiddelde
 * @property {number} verschil
 * @property {Groep | null} hoogste
 * @property {Groep | null} laagste
 *
 * The groups by name, or one without a name.
 * @typedef {Vergelijking & {veld: Veld, delen: [string, Telling][]}} Uitkomst
 * @typedef {Uitkomst & {naam: string}} Rij
 */

/** Why a file is left out, in words for the person who opened it. */
export class Afgewezen extends Error {}

/** @type {Scan} */
export const GEEN_SCAN = { naam: '', gemeente: '', vragen: [] };

export const eigenVraag = (/** @type {number} */ n) => `eigen-${n + 1}`;

const isVak = (/** @type {unknown} */ waarde) => (
  typeof waarde === 'object' && waarde !== null && !Array.isArray(waarde));

/** @param {any} waarde @param {string[]} sleutels */
function heeftPrecies(waarde, sleutels) {
  if (!isVak(waarde)) return false;
  const eigen = Object.keys(waarde);
  return eigen.length === sleutels.length && sleutels.every((s) => Object.hasOwn(waarde, s));
}

/** @param {unknown} waarde @param {number} langste */
const isTekst = (waarde, langste) => typeof waarde === 'string' && waarde.length <= langste;

/**
 * Take over what a municipality added, from a file or an address: both can hold anything.
 * @param {any} waarde
 * @returns {Scan | null} null when it is something else
 */
export function leesScan(waarde) {
  if (!heeftPrecies(waarde, ['naam', 'gemeente', 'vragen'])) return null;
  const { naam, gemeente, vragen } = waarde;
  if (!isTekst(naam, LANGSTE_NAAM) || !isTekst(gemeente, LANGSTE_NAAM)) return null;
  if (!/^[a-z0-9-]*$/.test(gemeente)) return null;
  if (!Array.isArray(vragen) || vragen.length > MEESTE_VRAGEN) return null;
  if (!vragen.every((vraag) => isTekst(vraag, LANGSTE_VRAAG) && vraag.trim())) return null;
  return { naam, gemeente, vragen: [...vragen] };
}

/** @param {Deelnemer} deelnemer @param {number} vragenlijst */
export function alsJson({ id, groep, scan, antwoorden }, vragenlijst) {
  return JSON.stringify({
    formaat: FORMAAT, versie: VERSIE, vragenlijst, id, groep, scan,
    antwoorden: Object.fromEntries(antwoorden),
  });
}

/**
 * Read the file of one participant. Throws Afgewezen with the reason.
 * @param {string} tekst
 * @param {Vragenlijst} lijst
 * @returns {Deelnemer}
 */
export function leesDeelnemer(tekst, lijst) {
  if (tekst.length > MEESTE_BYTES) throw new Afgewezen(TE_GROOT);
  let waarde;
  try {
    waarde = JSON.parse(tekst);
  } catch {
    throw new Afgewezen('beschadigd, of geen bestand van de zelfscan');
  }
  if (waarde?.formaat !== FORMAAT) throw new Afgewezen('geen bestand van de zelfscan');
  if (Number.isInteger(waarde.versie) && waarde.versie > VERSIE) {
    throw new Afgewezen('gemaakt met een nieuwere versie van dit platform');
  }
  if (waarde.versie !== VERSIE) throw new Afgewezen('de versie klopt niet');
  if (waarde.vragenlijst !== lijst.versie) {
    throw new Afgewezen('hoort bij een andere versie van de vragenlijst');
  }
  const delen = ['formaat', 'versie', 'vragenlijst', 'id', 'groep', 'scan', 'antwoorden'];
  if (!heeftPrecies(waarde, delen)) throw new Afgewezen('er staat te veel of te weinig in');
  const { id, groep } = waarde;
  const scan = leesScan(waarde.scan);
  if (!scan) throw new Afgewezen('de naam of de vragen van de scan kloppen niet');
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) {
    throw new Afgewezen('het nummer van de deelnemer klopt niet');
  }
  if (!lijst.groepen.some(([naam]) => naam === groep)) throw new Afgewezen('de groep bestaat niet');
  return { id, groep, scan, antwoorden: leesAntwoorden(waarde.antwoorden, lijst, scan) };
}

/**
 * Take over answers. Throws Afgewezen when one of them is to no known statement, or is no answer.
 * @param {any} waarde
 * @param {Vragenlijst} lijst
 * @param {Scan} scan
 * @returns {Map<string, number>}
 */
export function leesAntwoorden(waarde, lijst, scan) {
  if (!isVak(waarde)) throw new Afgewezen('er staan geen antwoorden in');
  const bekend = new Set([
    ...lijst.velden.flatMap((veld) => veld.stellingen.map(([id]) => id)),
    ...scan.vragen.map((_, n) => eigenVraag(n)),
  ]);
  const antwoorden = new Map(Object.entries(waarde));
  for (const [id, punten] of antwoorden) {
    if (!bekend.has(id)) {
      throw new Afgewezen('er staat een antwoord in op een stelling die niet bestaat');
    }
    if (!Number.isInteger(punten) || punten < 0 || punten > 5) {
      throw new Afgewezen('er staat een antwoord in dat niet kan');
    }
  }
  return antwoorden;
}

/** A code to paste says the same as the file: its bytes in base64url, RFC 4648. */
export function alsCode(/** @type {string} */ json) {
  const tekens = String.fromCharCode(...new TextEncoder().encode(json));
  return btoa(tekens).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Give the text of a code. Throws Afgewezen when it is none. */
export function uitCode(/** @type {string} */ code) {
  if (code.length > MEESTE_BYTES * 2) throw new Afgewezen(TE_GROOT);
  try {
    const tekens = atob(code.trim().replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(tekens, (teken) => teken.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Afgewezen('beschadigd, of geen code van de zelfscan');
  }
}

/** @typedef {{naam: string, deelnemer: Deelnemer}} Gelezen a file or code, by its name */

/**
 * Decide who counts: each participant once, and only those of one scan, that of most of them
 * unless one is given.
 * @param {Gelezen[]} gelezen in the order they were opened
 * @param {Scan | null} gekozen
 * @returns {{scan: Scan, deelnemers: Deelnemer[], dubbel: string[], afgewezen: [string, string][]}}
 *   afgewezen: names with the reason
 */
export function verenig(gelezen, gekozen) {
  /** @type {Map<string, Set<string>>} */
  const per = new Map();
  for (const { deelnemer } of gelezen) {
    const sleutel = JSON.stringify(deelnemer.scan);
    per.set(sleutel, (per.get(sleutel) ?? new Set()).add(deelnemer.id));
  }
  const opGrootte = [...per].sort(([a, van], [b, tegen]) => (
    tegen.size - van.size || (a < b ? -1 : 1)));
  const sleutel = gekozen ? JSON.stringify(gekozen) : opGrootte[0]?.[0];
  /** @type {Map<string, Deelnemer>} */
  const deelnemers = new Map();
  /** @type {string[]} */
  const dubbel = [];
  /** @type {[string, string][]} */
  const afgewezen = [];
  for (const { naam, deelnemer } of gelezen) {
    if (JSON.stringify(deelnemer.scan) !== sleutel) {
      afgewezen.push([naam, deelnemer.scan.naam
        ? `hoort bij een andere scan: ‘${deelnemer.scan.naam}’`
        : 'hoort niet bij deze scan: gemaakt zonder de link van de gemeente']);
    } else if (deelnemers.has(deelnemer.id)) dubbel.push(naam);
    else deelnemers.set(deelnemer.id, deelnemer);
  }
  const scan = sleutel ? JSON.parse(sleutel) : GEEN_SCAN;
  return { scan, deelnemers: [...deelnemers.values()], dubbel, afgewezen };
}

/** Figures are rounded at once, so that words and order follow from what is shown. */
const opTiende = (/** @type {number} */ n) => Math.round(n * 10) / 10;

/**
 * Add up all answers to some statements. No mean below `minstens` answers.
 * @param {Map<string, number>[]} antwoorden of each person
 * @param {string[]} stellingen
 * @param {number} minstens
 * @returns {Telling}
 */
export function tel(antwoorden, stellingen, minstens) {
  const alle = [0, 0, 0, 0, 0, 0];
  for (const eigen of antwoorden) {
    for (const id of stellingen) {
      const punten = eigen.get(id);
      if (punten !== undefined) alle[punten] += 1;
    }
  }
  const [weetNiet, ...tellingen] = alle;
  const aantal = tellingen.reduce((som, n) => som + n, 0);
  const totaal = tellingen.reduce((som, n, i) => som + n * (i + 1), 0);
  return {
    gemiddelde: aantal >= minstens ? opTiende(totaal / aantal) : null,
    tellingen,
    weetNiet,
    oneens: tellingen[0] + tellingen[1],
    neutraal: tellingen[2],
    eens: tellingen[3] + tellingen[4],
  };
}

/**
 * Add up the answers of a group; a group of less than three people is not shown apart, so that no
 * one can be read from it.
 * @param {Deelnemer[]} deelnemers
 * @param {string[]} stellingen
 */
export function telGroep(deelnemers, stellingen) {
  const geteld = deelnemers.length < MINSTENS_SAMEN ? [] : deelnemers;
  return tel(geteld.map((d) => d.antwoorden), stellingen, MINSTENS_SAMEN);
}

/** Divided: at least a quarter of the answers on either side of the middle. */
export function isVerdeeld(/** @type {Telling} */ { gemiddelde, oneens, neutraal, eens }) {
  return gemiddelde !== null && Math.min(oneens, eens) * 4 >= oneens + neutraal + eens;
}

export function oordeel(/** @type {number | null} */ gemiddelde) {
  if (gemiddelde === null) return 'te weinig antwoorden';
  if (gemiddelde < 2.5) return 'kan beter';
  return gemiddelde <= 3.5 ? 'wisselend' : 'gaat goed';
}

/** One decimal, as it is written in Dutch; a dash for what is not known. */
export const cijfer = (/** @type {number | null} */ n) => (
  n === null ? '–' : n.toFixed(1).replace('.', ','));

/** What is known of one part alone. @returns {Vergelijking} */
export const alleen = (/** @type {Telling} */ { gemiddelde }) => (
  { gemiddelde, verschil: 0, hoogste: null, laagste: null });

/**
 * The mean of the groups, each of the same weight however many people are in it, and the two that
 * differ most.
 * @param {[string, Telling][]} groepen name and figures
 * @returns {Vergelijking}
 */
export function vergelijk(groepen) {
  const bekend = groepen.flatMap(([naam, { gemiddelde }]) => (
    gemiddelde === null ? [] : [{ naam, gemiddelde }]));
  if (!bekend.length) return { gemiddelde: null, verschil: 0, hoogste: null, laagste: null };
  const rij = [...bekend].sort((a, b) => a.gemiddelde - b.gemiddelde);
  const [laagste, hoogste] = [rij[0], rij[rij.length - 1]];
  const som = bekend.reduce((totaal, groep) => totaal + groep.gemiddelde, 0);
  return {
    gemiddelde: opTiende(som / bekend.length),
    verschil: opTiende(hoogste.gemiddelde - laagste.gemiddelde),
    hoogste,
    laagste,
  };
}

/**
 * Choose the aandachtsvelden to begin with, each with the reasons: the lowest, the most divided,
 * and where groups differ most.
 * @param {Uitkomst[]} rijen
 * @returns {{veld: Veld, redenen: string[]}[]} in the order of the aandachtsvelden
 */
export function kies(rijen) {
  /** @type {Map<Uitkomst, string[]>} */
  const redenen = new Map(rijen.map((rij) => [rij, []]));
  const laag = rijen.flatMap((rij) => (
    rij.gemiddelde !== null && rij.gemiddelde <= 3.5 ? [{ rij, gemiddelde: rij.gemiddelde }] : []));
  for (const { rij, gemiddelde } of eerste(laag, (r) => -r.gemiddelde)) {
    const hoe = `${cijfer(gemiddelde)} (${oordeel(gemiddelde)})`;
    redenen.get(rij)?.push(`Het gemiddelde is een van de laagste: ${hoe}.`);
  }
  const verdeeld = rijen.map((rij) => ({ rij, deel: meestVerdeeld(rij) }))
    .filter(({ deel }) => verdeeldheid(deel) > 0);
  for (const { rij, deel: [groep, telling] } of eerste(verdeeld, (r) => verdeeldheid(r.deel))) {
    const { oneens, neutraal, eens } = telling;
    redenen.get(rij)?.push(
      `De antwoorden${groep ? ` van de groep ${groep.toLowerCase()}` : ''} zijn verdeeld: `
      + `${oneens} keer oneens en ${eens} keer eens, van ${oneens + neutraal + eens}.`);
  }
  for (const rij of eerste(rijen.filter((r) => r.verschil >= 1), (r) => r.verschil)) {
    const [hoogste, laagste] = [rij.hoogste, rij.laagste].map((groep) => (
      groep ? `${groep.naam.toLowerCase()} ${cijfer(groep.gemiddelde)}` : ''));
    redenen.get(rij)?.push(`De groepen verschillen: ${hoogste}, ${laagste}.`);
  }
  return [...redenen].filter(([, waarom]) => waarom.length)
    .map(([{ veld }, waarom]) => ({ veld, redenen: waarom }));
}

/**
 * The few with the largest measure.
 * @template T
 * @param {T[]} rij
 * @param {(een: T) => number} maat
 */
const eerste = (rij, maat) => [...rij].sort((a, b) => maat(b) - maat(a)).slice(0, MEESTE_KEUZES);

/** The part of the answers on the smaller side, when they are divided. */
const verdeeldheid = (/** @type {[string, Telling]} */ [, t]) => (
  isVerdeeld(t) ? Math.min(t.oneens, t.eens) / (t.oneens + t.neutraal + t.eens) : 0);

const meestVerdeeld = (/** @type {Uitkomst} */ { delen }) => delen.reduce((meest, deel) => (
  verdeeldheid(deel) > verdeeldheid(meest) ? deel : meest));
