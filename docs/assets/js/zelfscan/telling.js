/** The zelfscan without a screen: the file of a participant, which files count, and what the answers add up to. Works in node too. */

export const FORMAAT = 'democratie-zelfscan';
const VERSIE = 1;
/** A file with every answer and four own questions has some 2,000 bytes. */
export const MEESTE_BYTES = 16_000;
export const MEESTE_VRAGEN = 4;
const LANGSTE_VRAAG = 160;
const LANGSTE_NAAM = 80;
/** Answers from which a mean says something: of one person, and people of one group. */
export const MINSTENS_ALLEEN = 2;
export const MINSTENS_SAMEN = 3;
const MEESTE_KEUZES = 2;

/** @typedef {{naam: string, gemeente: string, vragen: string[]}} Scan what a municipality adds: a name, itself, its own questions */
/** @typedef {{id: string, groep: string, scan: Scan, antwoorden: Map<string, number>}} Deelnemer answers 1 to 5 by statement; 0 is ‘weet ik niet’ */
/** @typedef {{slug: string, naam: string, stellingen: [string, string][]}} Veld */
/** @typedef {{versie: number, groepen: [string, string][], velden: Veld[]}} Vragenlijst */
/** @typedef {{gemiddelde: number | null, tellingen: number[], weetNiet: number, oneens: number, neutraal: number, eens: number}} Telling */

/** Why a file is left out, in words for the person who opened it. */
export class Afgewezen extends Error {}

export const GEEN_SCAN = { naam: '', gemeente: '', vragen: [] };

export const eigenVraag = (/** @type {number} */ n) => `eigen-${n + 1}`;

/** @param {unknown} waarde @param {string[]} sleutels */
function heeftPrecies(waarde, sleutels) {
  if (typeof waarde !== 'object' || waarde === null || Array.isArray(waarde)) return false;
  const eigen = Object.keys(waarde);
  return eigen.length === sleutels.length && sleutels.every((s) => Object.hasOwn(waarde, s));
}

const isTekst = (/** @type {unknown} */ waarde, /** @type {number} */ langste) => typeof waarde === 'string' && waarde.length <= langste;

/**
 * Take over what a municipality added, from a file or an address: both can hold anything.
 * @param {any} waarde
 * @returns {Scan | null} null when it is something else
 */
export function leesScan(waarde) {
  if (!heeftPrecies(waarde, ['naam', 'gemeente', 'vragen'])) return null;
  const { naam, gemeente, vragen } = waarde;
  if (!isTekst(naam, LANGSTE_NAAM) || !isTekst(gemeente, LANGSTE_NAAM) || !/^[a-z0-9-]*$/.test(gemeente)) return null;
  if (!Array.isArray(vragen) || vragen.length > MEESTE_VRAGEN || !vragen.every((v) => isTekst(v, LANGSTE_VRAAG) && v.trim())) return null;
  return { naam, gemeente, vragen: [...vragen] };
}

/** @param {Deelnemer} deelnemer @param {number} vragenlijst */
export function alsJson({ id, groep, scan, antwoorden }, vragenlijst) {
  return JSON.stringify({ formaat: FORMAAT, versie: VERSIE, vragenlijst, id, groep, scan, antwoorden: Object.fromEntries(antwoorden) });
}

/**
 * Read the file of one participant. Throws Afgewezen with the reason.
 * @param {string} tekst
 * @param {Vragenlijst} lijst
 * @returns {Deelnemer}
 */
export function leesDeelnemer(tekst, lijst) {
  if (tekst.length > MEESTE_BYTES) throw new Afgewezen('te groot voor de antwoorden van één deelnemer');
  let waarde;
  try {
    waarde = JSON.parse(tekst);
  } catch {
    throw new Afgewezen('beschadigd, of geen bestand van de zelfscan');
  }
  if (waarde?.formaat !== FORMAAT) throw new Afgewezen('geen bestand van de zelfscan');
  if (Number.isInteger(waarde.versie) && waarde.versie > VERSIE) throw new Afgewezen('gemaakt met een nieuwere versie van dit platform');
  if (waarde.versie !== VERSIE) throw new Afgewezen('de versie klopt niet');
  if (waarde.vragenlijst !== lijst.versie) throw new Afgewezen('hoort bij een andere versie van de vragenlijst');
  if (!heeftPrecies(waarde, ['formaat', 'versie', 'vragenlijst', 'id', 'groep', 'scan', 'antwoorden'])) throw new Afgewezen('er staat te veel of te weinig in');
  const scan = leesScan(waarde.scan);
  if (!scan) throw new Afgewezen('de naam of de vragen van de scan kloppen niet');
  if (typeof waarde.id !== 'string' || !/^[0-9a-f]{32}$/.test(waarde.id)) throw new Afgewezen('het nummer van de deelnemer klopt niet');
  if (!lijst.groepen.some(([id]) => id === waarde.groep)) throw new Afgewezen('de groep bestaat niet');
  return { id: waarde.id, groep: waarde.groep, scan, antwoorden: leesAntwoorden(waarde.antwoorden, lijst, scan) };
}

/**
 * Take over answers. Throws Afgewezen when one of them is to no known statement, or is no answer.
 * @param {unknown} waarde
 * @param {Vragenlijst} lijst
 * @param {Scan} scan
 * @returns {Map<string, number>}
 */
export function leesAntwoorden(waarde, lijst, scan) {
  if (typeof waarde !== 'object' || waarde === null || Array.isArray(waarde)) throw new Afgewezen('er staan geen antwoorden in');
  const bekend = new Set([...lijst.velden.flatMap((v) => v.stellingen.map(([id]) => id)), ...scan.vragen.map((_, n) => eigenVraag(n))]);
  const antwoorden = new Map(Object.entries(waarde));
  for (const [id, punten] of antwoorden) {
    if (!bekend.has(id)) throw new Afgewezen('er staat een antwoord in op een stelling die niet bestaat');
    if (!Number.isInteger(punten) || punten < 0 || punten > 5) throw new Afgewezen('er staat een antwoord in dat niet kan');
  }
  return antwoorden;
}

/** A code to paste says the same as the file: its bytes in base64url, RFC 4648. */
export function alsCode(/** @type {string} */ json) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(json))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Give the text of a code. Throws Afgewezen when it is none. */
export function uitCode(/** @type {string} */ code) {
  if (code.length > MEESTE_BYTES * 2) throw new Afgewezen('te groot voor de antwoorden van één deelnemer');
  try {
    const bytes = Uint8Array.from(atob(code.trim().replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Afgewezen('beschadigd, of geen code van de zelfscan');
  }
}

/**
 * Decide who counts: each participant once, and only those of one scan, that of most of them unless one is given.
 * @param {{naam: string, deelnemer: Deelnemer}[]} gelezen in the order they were opened
 * @param {Scan | null} gekozen
 */
export function verenig(gelezen, gekozen) {
  const per = new Map();
  for (const { deelnemer } of gelezen) {
    const sleutel = JSON.stringify(deelnemer.scan);
    per.set(sleutel, (per.get(sleutel) ?? new Set()).add(deelnemer.id));
  }
  const grootste = [...per].sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1))[0]?.[0];
  const sleutel = gekozen ? JSON.stringify(gekozen) : grootste;
  /** @type {Map<string, Deelnemer>} */
  const deelnemers = new Map();
  const dubbel = [];
  const afgewezen = [];
  for (const { naam, deelnemer } of gelezen) {
    if (JSON.stringify(deelnemer.scan) !== sleutel) {
      afgewezen.push([naam, deelnemer.scan.naam ? `hoort bij een andere scan: ‘${deelnemer.scan.naam}’` : 'hoort niet bij deze scan: gemaakt zonder de link van de gemeente']);
    } else if (deelnemers.has(deelnemer.id)) dubbel.push(naam);
    else deelnemers.set(deelnemer.id, deelnemer);
  }
  return { scan: sleutel ? /** @type {Scan} */ (JSON.parse(sleutel)) : GEEN_SCAN, deelnemers: [...deelnemers.values()], dubbel, afgewezen };
}

/**
 * Add up all answers to some statements. No mean below `minstens` answers.
 * @param {Map<string, number>[]} antwoorden of each person
 * @param {string[]} stellingen
 * @param {number} minstens
 * @returns {Telling}
 */
export function tel(antwoorden, stellingen, minstens) {
  const tellingen = [0, 0, 0, 0, 0, 0];
  for (const eigen of antwoorden) {
    for (const id of stellingen) {
      const punten = eigen.get(id);
      if (punten !== undefined) tellingen[punten] += 1;
    }
  }
  const [weetNiet, ...punten] = tellingen;
  const aantal = punten.reduce((som, n) => som + n, 0);
  const totaal = punten.reduce((som, n, plaats) => som + n * (plaats + 1), 0);
  // Rounded first, so that words and order follow from the figure that is shown.
  const gemiddelde = aantal >= minstens ? Math.round((totaal / aantal) * 10) / 10 : null;
  return { gemiddelde, tellingen: punten, weetNiet, oneens: punten[0] + punten[1], neutraal: punten[2], eens: punten[3] + punten[4] };
}

/** Add up the answers of a group; a group of less than three people is not shown apart, so that no one can be read from it. */
export function telGroep(/** @type {Deelnemer[]} */ deelnemers, /** @type {string[]} */ stellingen) {
  return tel(deelnemers.length < MINSTENS_SAMEN ? [] : deelnemers.map((d) => d.antwoorden), stellingen, MINSTENS_SAMEN);
}

/** Divided: at least a quarter of the answers on either side of the middle. */
export function isVerdeeld({ gemiddelde, oneens, neutraal, eens }) {
  return gemiddelde !== null && Math.min(oneens, eens) * 4 >= oneens + neutraal + eens;
}

export function oordeel(/** @type {number | null} */ gemiddelde) {
  if (gemiddelde === null) return 'te weinig antwoorden';
  if (gemiddelde < 2.5) return 'kan beter';
  return gemiddelde <= 3.5 ? 'wisselend' : 'gaat goed';
}

/** One decimal, as it is written in Dutch. */
export const cijfer = (/** @type {number} */ n) => n.toFixed(1).replace('.', ',');

/**
 * The mean of the groups, each of the same weight however many people are in it, and the two that differ most.
 * @param {[string, Telling][]} groepen name and figures
 */
export function vergelijk(groepen) {
  const bekend = groepen.flatMap(([naam, { gemiddelde }]) => (gemiddelde === null ? [] : [{ naam, gemiddelde }]));
  if (!bekend.length) return { gemiddelde: null, verschil: 0, hoogste: null, laagste: null };
  const rij = [...bekend].sort((a, b) => a.gemiddelde - b.gemiddelde);
  const [laagste, hoogste] = [rij[0], rij.at(-1)];
  const som = bekend.reduce((totaal, g) => totaal + g.gemiddelde, 0);
  return { gemiddelde: Math.round((som / bekend.length) * 10) / 10, verschil: Math.round((hoogste.gemiddelde - laagste.gemiddelde) * 10) / 10, hoogste, laagste };
}

/**
 * Choose the aandachtsvelden to begin with, each with the reasons: the lowest, the most divided, and where groups differ most.
 * @param {{veld: Veld, gemiddelde: number | null, delen: [string, Telling][], verschil: number, hoogste: any, laagste: any}[]} rijen
 * `delen` are the groups by name, or one without a name
 * @returns {{veld: Veld, redenen: string[]}[]} in the order of the aandachtsvelden
 */
export function kies(rijen) {
  const redenen = new Map(rijen.map((rij) => [rij, []]));
  const eerste = (/** @type {typeof rijen} */ rij, maat) => [...rij].sort((a, b) => maat(b) - maat(a)).slice(0, MEESTE_KEUZES);
  for (const rij of eerste(rijen.filter((r) => r.gemiddelde !== null && r.gemiddelde <= 3.5), (r) => -r.gemiddelde)) {
    redenen.get(rij).push(`Het gemiddelde is een van de laagste: ${cijfer(rij.gemiddelde)} (${oordeel(rij.gemiddelde)}).`);
  }
  const kant = ([, t]) => (isVerdeeld(t) ? Math.min(t.oneens, t.eens) / (t.oneens + t.neutraal + t.eens) : 0);
  const meest = (rij) => rij.delen.reduce((hoogst, deel) => (kant(deel) > kant(hoogst) ? deel : hoogst), rij.delen[0]);
  for (const rij of eerste(rijen.filter((r) => kant(meest(r)) > 0), (r) => kant(meest(r)))) {
    const [groep, { oneens, neutraal, eens }] = meest(rij);
    redenen.get(rij).push(`De antwoorden${groep ? ` van de groep ${groep.toLowerCase()}` : ''} zijn verdeeld: ${oneens} keer oneens en ${eens} keer eens, van ${oneens + neutraal + eens}.`);
  }
  for (const rij of eerste(rijen.filter((r) => r.verschil >= 1), (r) => r.verschil)) {
    redenen.get(rij).push(`De groepen verschillen: ${rij.hoogste.naam.toLowerCase()} ${cijfer(rij.hoogste.gemiddelde)}, ${rij.laagste.naam.toLowerCase()} ${cijfer(rij.laagste.gemiddelde)}.`);
  }
  return rijen.filter((rij) => redenen.get(rij).length).map((rij) => ({ veld: rij.veld, redenen: redenen.get(rij) }));
}
