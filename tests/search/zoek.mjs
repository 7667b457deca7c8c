/**
 * Drive the site's own search code for tests and measurements: a line of JSON in, a line of JSON
 * out. `doe` names what to do; `zoek` is the folder with manifest.json.
 */

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { vergelijk } from '../../src/browser/delen/gelijkenis.js';
import { vouw } from '../../src/browser/delen/vouw.js';
import { Analyse, woorden } from '../../src/browser/zoek/analyse.js';
import { Antwoorder } from '../../src/browser/zoek/antwoord.js';
import { lunr, stam } from '../../src/browser/zoek/lunr.js';

/** @typedef {import('../../src/browser/zoek/vraag.js').Begrip} Begrip */

lunr.utils.warn = () => {}; // a whole index of lunr.py comes with its pipeline

/** @type {Map<string, Antwoorder>} */
const antwoorders = new Map();
/** @type {Map<string, lunr.Index>} */
const helen = new Map();

function antwoorder(/** @type {string} */ zoek) {
  const eerder = antwoorders.get(zoek);
  if (eerder) return eerder;
  const lees = (/** @type {string} */ adres) => (
    readFileSync(join(zoek, adres.split('?')[0]), 'utf8'));
  const nieuw = new Antwoorder(async (adres) => lees(adres), lees('manifest.json'));
  antwoorders.set(zoek, nieuw);
  return nieuw;
}

function heel(/** @type {string} */ bestand) {
  const eerder = helen.get(bestand);
  if (eerder) return eerder;
  const nieuw = lunr.Index.load(JSON.parse(readFileSync(bestand, 'utf8')));
  helen.set(bestand, nieuw);
  return nieuw;
}

const ronde = (/** @type {number} */ score) => Math.round(score * 1e9) / 1e9;

/**
 * Ask lunr for terms with a weight each; what is found by document number.
 * @param {lunr.Index} index
 * @param {[string, number][]} gewichten
 */
function vraagLunr(index, gewichten) {
  const gevonden = index.query((q) => {
    for (const [term, boost] of gewichten) q.term(term, { boost, usePipeline: false });
  });
  return new Map(gevonden.map(({ ref, score, matchData }) => (
    [Number(ref), { score, termen: new Set(Object.keys(matchData.metadata)) }])));
}

/**
 * The ranking of a question's concepts by the whole index: lunr's score times a power of the share
 * of the question that a document covers.
 * @param {lunr.Index} index
 * @param {Begrip[]} begrippen
 * @param {number} meesteTermen
 * @param {{documenten: number, dekking: import('../../src/browser/zoek/motor.js').Manifest['dekking']}}
 *   manifest documenten: how many there are
 * @param {(nummer: number) => number} bedoelde
 */
function rangschikHeel(index, begrippen, meesteTermen, { documenten, dekking }, bedoelde) {
  /** @type {Map<string, number>} */
  const gewicht = new Map();
  for (const { manieren } of begrippen) {
    for (const m of manieren) {
      const eigen = m.gewicht / Math.sqrt(m.termen.length);
      for (const t of m.termen) gewicht.set(t, Math.max(gewicht.get(t) ?? 0, eigen));
    }
  }
  const gewichten = [...gewicht].sort(([, a], [, b]) => b - a).slice(0, meesteTermen);
  const gevraagd = new Set(gewichten.map(([t]) => t));
  const gevonden = vraagLunr(index, gewichten);
  const beste = (/** @type {Begrip} */ { manieren }, /** @type {Set<string>} */ termen) => manieren
    .filter((m) => m.termen.every((t) => gevraagd.has(t) && termen.has(t)))
    .sort((a, b) => b.gewicht - a.gewicht)[0];
  const idf = begrippen.map((begrip) => {
    const met = [...gevonden.values()].filter(({ termen }) => beste(begrip, termen)).length;
    return Math.log(1 + (documenten - met + 0.5) / (met + 0.5));
  });
  const alles = idf.reduce((a, b) => a + b, 0);
  const rij = [];
  for (const [nummer, { score, termen }] of gevonden) {
    const wegen = begrippen.map((begrip) => beste(begrip, termen));
    if (!wegen.some(Boolean)) continue;
    const deel = wegen.reduce((som, m, i) => (
      som + (m ? idf[i] * (dekking[m.soort] ?? dekking.heel) : 0)), 0);
    rij.push({ plek: nummer, score: score * (deel / alles) ** dekking.macht * bedoelde(nummer) });
  }
  return rij.sort((a, b) => ronde(b.score) - ronde(a.score) || a.plek - b.plek);
}

/** @type {Record<string, (opdracht: any) => unknown>} */
const DOE = {
  /** Fold and split texts, and stem words. */
  ontleed({ onregelmatig, met_s: metS, teksten, woorden: los }) {
    const analyse = new Analyse(onregelmatig, metS, stam);
    return {
      vouw: teksten.map(vouw),
      woorden: teksten.map(woorden),
      termen: los.map((/** @type {string} */ w) => analyse.term(w)),
    };
  },

  /** All municipalities in the order of their likeness to one, with what is said of that. */
  gelijkenis: ({ maten, slug }) => [...vergelijk(maten, slug)].map(([ander, gelijk]) => (
    { slug: ander, ...gelijk })),

  /** What the search page shows. */
  antwoord: ({ zoek, opdracht }) => antwoorder(zoek).antwoord(opdracht),

  /** What the engine finds: slugs of the first hits, and how the question was read. */
  async zoek({ zoek, vraag, aantal = 10, letterlijk = false }) {
    const { motor } = antwoorder(zoek);
    const gevonden = await motor.zoek(vraag, { aantal, letterlijk });
    const { treffers, alle, verbeterd, bedoeld, onbekend, begrippen } = gevonden;
    const kaarten = await Promise.all(treffers.map((t) => motor.kaart(t.plek)));
    return {
      slugs: kaarten.map(([kaart]) => kaart.s),
      scores: treffers.map((t) => t.score),
      alle: alle.length,
      verbeterd,
      bedoeld,
      onbekend,
      begrippen: begrippen.map((b) => b.tekst),
    };
  },

  /**
   * For every term: does the index put together from its posting answer as the whole index does?
   * Gives those that differ.
   */
  async termen({ zoek, bestand }) {
    const { motor } = antwoorder(zoek);
    const whole = heel(bestand);
    const termen = Object.keys(/** @type {any} */ (whole).invertedIndex);
    const documenten = await motor.documenten();
    const anders = [];
    let eigen = 0;
    const antwoord = (/** @type {lunr.Index} */ index, /** @type {string} */ term) => {
      const gevonden = index.query((q) => q.term(term, { usePipeline: false }));
      return JSON.stringify(gevonden.map(({ ref, score }) => [Number(ref), ronde(score)])
        .sort(([a, x], [b, y]) => y - x || a - b));
    };
    for (const naam of motor.manifest.scherven) {
      const scherf = JSON.parse(readFileSync(join(zoek, 't', `${naam}.json`), 'utf8'));
      for (const [term, posting] of Object.entries(scherf)) {
        if (posting.length === 1) continue; // a form of a verb that no page has
        eigen += 1;
        const los = motor.index(new Map([[term, documenten.weeg(posting)]]));
        if (antwoord(los, term) !== antwoord(whole, term)) anders.push(term);
      }
    }
    return { termen: termen.length, eigen, anders };
  },

  /** The weights of every term. */
  async gewichten({ zoek }) {
    const { motor } = antwoorder(zoek);
    const documenten = await motor.documenten();
    const scherven = motor.manifest.scherven.map((naam) => (
      JSON.parse(readFileSync(join(zoek, 't', `${naam}.json`), 'utf8'))));
    return Object.fromEntries(scherven.flatMap(Object.entries)
      .map(([term, telling]) => [term, documenten.weeg(telling)]));
  },

  /** The other ways to say a name. */
  anders: ({ zoek, naam }) => antwoorder(zoek).motor.vraagbaak.anders(naam),

  /** The first ten by the engine and by the whole index. */
  async vergelijk({ zoek, bestand, vraag, meesteTermen }) {
    const { motor } = antwoorder(zoek);
    const { treffers, begrippen, alle } = await motor.zoek(vraag);
    const documenten = await motor.documenten();
    const bedoelde = await motor.bedoelde(vraag, begrippen, documenten);
    const whole = rangschikHeel(heel(bestand), begrippen, meesteTermen, {
      documenten: documenten.aantal, dekking: motor.manifest.dekking }, bedoelde);
    /** @param {{plek: number, score: number}[]} rij */
    const toon = (rij) => rij.slice(0, 10).map(({ plek, score }) => (
      [plek, Math.round(score * 1e6) / 1e6]));
    return { scherven: toon(treffers), heel: toon(whole), alle: [alle.length, whole.length] };
  },
};

for await (const regel of createInterface({ input: process.stdin })) {
  const opdracht = JSON.parse(regel);
  let uit;
  try {
    uit = { uit: await DOE[opdracht.doe](opdracht) };
  } catch (fout) {
    uit = { fout: fout instanceof Error ? fout.stack : String(fout) };
  }
  process.stdout.write(`${JSON.stringify(uit)}\n`);
}
