/**
 * Drive the site's own search code for tests and measurements: a line of JSON in, a line of JSON out.
 *
 *   node zoek.mjs MAP      MAP holds a copy of docs/assets/js whose zoek/ is marked as modules (see tests/searching.py)
 *
 * `doe` names what to do; `zoek` is the folder with manifest.json.
 */

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

const map = process.argv[2];
// As the worker does: a classic script that leaves `lunr` in the global scope.
vm.runInThisContext(readFileSync(join(map, 'vendor', 'lunr-nl.min.js'), 'utf8'), { filename: 'lunr-nl.min.js' });
const { lunr } = globalThis;
lunr.utils.warn = () => {};
const laad = (naam) => import(pathToFileURL(join(map, 'zoek', naam)).href);
const { Analyse, vouw, woorden } = await laad('analyse.js');
const { Antwoorder } = await laad('antwoord.js');

const antwoorders = new Map();
const helen = new Map();

function antwoorder(zoek) {
  if (!antwoorders.has(zoek)) {
    const lees = (adres) => readFileSync(join(zoek, adres.split('?')[0]), 'utf8');
    antwoorders.set(zoek, new Antwoorder(async (adres) => lees(adres), lunr, lees('manifest.json')));
  }
  return antwoorders.get(zoek);
}

function heel(bestand) {
  if (!helen.has(bestand)) helen.set(bestand, lunr.Index.load(JSON.parse(readFileSync(bestand, 'utf8'))));
  return helen.get(bestand);
}

const ronde = (score) => Math.round(score * 1e9) / 1e9;

/** Ask lunr for terms with a weight each; what is found by document number. */
function vraagLunr(index, gewichten) {
  const gevonden = index.query((q) => {
    for (const [term, boost] of gewichten) q.term(term, { boost, usePipeline: false });
  });
  return new Map(gevonden.map(({ ref, score, matchData }) => [Number(ref), { score, termen: new Set(Object.keys(matchData.metadata)) }]));
}

/** The ranking of a question's concepts by the whole index: most concepts first, then lunr's score. */
function rangschikHeel(index, begrippen, meesteTermen) {
  const gewicht = new Map();
  for (const { manieren } of begrippen) {
    for (const m of manieren) for (const t of m.termen) gewicht.set(t, Math.max(gewicht.get(t) ?? 0, m.gewicht / Math.sqrt(m.termen.length)));
  }
  const gewichten = [...gewicht].sort(([, a], [, b]) => b - a).slice(0, meesteTermen);
  const gevraagd = new Set(gewichten.map(([t]) => t));
  const rij = [];
  for (const [nummer, { score, termen }] of vraagLunr(index, gewichten)) {
    let gedekt = 0;
    for (const { manieren } of begrippen) {
      const [beste] = manieren.filter((m) => m.termen.every((t) => gevraagd.has(t) && termen.has(t))).sort((a, b) => b.gewicht - a.gewicht);
      if (beste) gedekt += beste.soort === 'verwant' ? 6 : 10;
    }
    if (gedekt) rij.push({ nummer, gedekt, score });
  }
  return rij.sort((a, b) => b.gedekt - a.gedekt || ronde(b.score) - ronde(a.score) || a.nummer - b.nummer);
}

const DOE = {
  /** Fold and split texts, and stem words. */
  ontleed({ onregelmatig, teksten, woorden: los }) {
    const analyse = new Analyse(onregelmatig, (w) => lunr.nl.stemmer(w));
    return { vouw: teksten.map(vouw), woorden: teksten.map(woorden), termen: los.map((w) => analyse.term(w)) };
  },

  /** What the search page shows. */
  antwoord: ({ zoek, opdracht }) => antwoorder(zoek).antwoord(opdracht),

  /** What the engine finds: slugs of the first hits, and how the question was read. */
  async zoek({ zoek, vraag, aantal = 10, letterlijk = false }) {
    const { motor } = antwoorder(zoek);
    const { treffers, alle, verbeterd, onbekend, begrippen } = await motor.zoek(vraag, { aantal, letterlijk });
    const kaarten = await Promise.all(treffers.map((t) => motor.kaart(t.nummer)));
    return { slugs: kaarten.map((k) => k.s), scores: treffers.map((t) => t.score), alle: alle.length, verbeterd, onbekend, begrippen: begrippen.map((b) => b.tekst) };
  },

  /** For every term: does the index put together from its posting answer as the whole index does? Gives those that differ. */
  async termen({ zoek, bestand }) {
    const { motor } = antwoorder(zoek);
    const whole = heel(bestand);
    const termen = Object.keys(whole.invertedIndex);
    const anders = [];
    let eigen = 0;
    const antwoord = (index, term) => JSON.stringify(index.query((q) => q.term(term, { usePipeline: false }))
      .map(({ ref, score }) => [Number(ref), ronde(score)]).sort(([a, x], [b, y]) => y - x || a - b));
    for (const [, naam] of motor.manifest.scherven) {
      const scherf = JSON.parse(readFileSync(join(zoek, 't', `${naam}.json`), 'utf8'));
      for (const [term, posting] of Object.entries(scherf)) {
        eigen += 1;
        if (antwoord(motor.index(new Map([[term, posting]])), term) !== antwoord(whole, term)) anders.push(term);
      }
    }
    return { termen: termen.length, eigen, anders };
  },

  /** The first ten by the engine and by the whole index. */
  async vergelijk({ zoek, bestand, vraag, meesteTermen }) {
    const { treffers, begrippen, alle } = await antwoorder(zoek).motor.zoek(vraag);
    const whole = rangschikHeel(heel(bestand), begrippen, meesteTermen);
    const toon = (rij) => rij.slice(0, 10).map(({ nummer, score, gedekt }) => [nummer, gedekt, Math.round(score * 1e6) / 1e6]);
    return { scherven: toon(treffers), heel: toon(whole), alle: [alle.length, whole.length] };
  },
};

for await (const regel of createInterface({ input: process.stdin })) {
  const opdracht = JSON.parse(regel);
  let uit;
  try {
    uit = { uit: await DOE[opdracht.doe](opdracht) };
  } catch (fout) {
    uit = { fout: fout.stack };
  }
  process.stdout.write(`${JSON.stringify(uit)}\n`);
}
