/**
 * The search engine of the browser: fetches the shards a question needs, puts a lunr index
 * together from them, and orders what lunr finds. Knows no page and no worker.
 */

import { Analyse } from './analyse.js';
import { GEWICHT, Vraagbaak, gelijkende, splits, verbeteringen } from './vraag.js';

/** Terms of one question; a bit each in a 32-bit number. */
const MEESTE_TERMEN = 31;
/** What a concept counts for, in tenths: found by a word for it, or by something that is related. */
const HEEL = 10;
const VERWANT = 6;
/** Letters of a part that is no part of other compounds. */
const KORTSTE_DEEL = 4;
/** Documents lunr scores at least: enough to be sure of the first ten after its rounding. */
const RUIM = 30;
/** Fields a card shows, and those of the paragraphs. */
const KOP = new Set(['titel', 'samenvatting']);
const TEKST = new Set(['tekst', 'delen']);

/**
 * @typedef {object} Treffer one document of an answer
 * @property {number} nummer
 * @property {number} score of lunr
 * @property {number} gedekt tenths of concepts found
 * @property {string[]} termen the terms found in it
 * @property {boolean} dieper whether its paragraphs show more of the question than its title and summary do
 * @property {{begrip: object, manier: import('./vraag.js').Manier}[]} via the best way each concept was found
 */

export class Zoekmotor {
  /**
   * @param {(adres: string) => Promise<string>} haal fetches a file below the site's zoek/ folder
   * @param {typeof import('lunr')} lunr
   * @param {string} manifest the text of manifest.json there
   */
  constructor(haal, lunr, manifest) {
    this.haal = haal;
    this.lunr = lunr;
    this.bestanden = new Map();
    /** Cards that came with a name: those it shows first when nothing else is asked. */
    this.kaarten = new Map();
    this.manifest = JSON.parse(manifest);
    this.analyse = new Analyse(this.manifest.onregelmatig, (w) => this.lunr.nl.stemmer(w));
    this.vraagbaak = new Vraagbaak(this.manifest, this.analyse);
  }

  #lees(adres, ontleed) {
    if (!this.bestanden.has(adres)) {
      const belofte = this.haal(adres).then(ontleed);
      belofte.catch(() => this.bestanden.delete(adres));
      this.bestanden.set(adres, belofte);
    }
    return this.bestanden.get(adres);
  }

  /** Give the shard that a term would be in: postings by term. */
  #scherf(term) {
    const { scherven } = this.manifest;
    let laag = 0;
    let hoog = scherven.length - 1;
    while (laag < hoog) {
      const midden = Math.ceil((laag + hoog) / 2);
      if (scherven[midden][0] <= term) laag = midden; else hoog = midden - 1;
    }
    return this.#lees(`t/${scherven[laag][1]}.json`, JSON.parse);
  }

  async #lijst(naam) {
    return this.#lees(`w/${naam}.json`, (tekst) => tekst.split(' '));
  }

  /** Give every word of the index with so many letters. */
  async #woorden(minste, meeste) {
    const namen = Object.entries(this.manifest.woorden).filter(([lengte]) => minste <= lengte && lengte <= meeste);
    return (await Promise.all(namen.map(([, naam]) => this.#lijst(naam)))).flat();
  }

  /** Give the words of the index that look like one it does not have, the most alike first; of words with the same term one. */
  async gelijkende(/** @type {string} */ woord) {
    const gezien = new Set();
    return gelijkende(woord, await this.#woorden(4, woord.length + 2)).filter((ander) => {
      const term = this.analyse.term(ander);
      return !gezien.has(term) && gezien.add(term);
    });
  }

  /** Give the shown data of one document; cards come some together, for a file more costs more time than its bytes. */
  async kaart(/** @type {number} */ nummer) {
    if (this.kaarten.has(nummer)) return this.kaarten.get(nummer);
    const { kaarten, versie } = this.manifest;
    return (await this.#lees(`k/${Math.floor(nummer / kaarten)}.json?v=${versie}`, JSON.parse))[nummer % kaarten];
  }

  /** Give the shown data of one document and its paragraphs. */
  heel(/** @type {number} */ nummer) {
    return this.#lees(`p/${nummer}.json?v=${this.manifest.versie}`, JSON.parse);
  }

  /** Give, for each facet, its values and the numbers of those each document has. */
  facetten() {
    return this.#lees(`f/${this.manifest.facetten}.json`, JSON.parse);
  }

  /**
   * Answer a question.
   * @param {string} vraag
   * @param {{letterlijk?: boolean, aantal?: number, mag?: ((nummer: number) => boolean) | null}} keuze
   *   letterlijk: mend no typing errors; aantal: scored hits wanted; mag: whether a document may be among them
   * @returns {Promise<{treffers: Treffer[], alle: number[], verbeterd: [string, string][], onbekend: string[], begrippen: import('./vraag.js').Begrip[]}>}
   *   alle: the number of every document found, in order
   */
  async zoek(vraag, { letterlijk = false, aantal = 10, mag = null } = {}) {
    const begrippen = this.vraagbaak.begrippen(vraag);
    if (!begrippen.length) return { treffers: [], alle: [], verbeterd: [], onbekend: [], begrippen };
    const postings = new Map();
    await Promise.all([...begrippen.map((b) => this.#open(b, postings)), this.#vul(postings, this.#buren(begrippen).map(({ term }) => term))]);
    this.#voegSamen(begrippen, postings);
    const verbeterd = [];
    const onbekend = [];
    const laatste = begrippen.at(-1);
    for (const begrip of begrippen) {
      if (heeftAlle(postings, begrip.manieren[0])) this.#deel(begrip, postings);
      // A word that the vocabulary knows is no mistake, even when pages only use another word for it.
      else if (begrip.manieren.some((m) => heeftAlle(postings, m))) continue;
      else if (!await this.#herstel(begrip, postings, begrip === laatste && !/[\s?!.]$/.test(vraag), letterlijk, verbeterd)) onbekend.push(begrip.tekst);
    }
    await this.#vul(postings, begrippen.flatMap((b) => b.manieren.flatMap((m) => m.termen)));
    return { ...this.#rangschik(begrippen, postings, aantal, mag), verbeterd, onbekend, begrippen };
  }

  /** Get the other ways to say a concept, when there may be, and the postings of all its terms. */
  async #open(begrip, postings) {
    const [{ termen }] = begrip.manieren;
    if (!begrip.bundel) {
      await this.#vul(postings, termen);
      return;
    }
    const bundel = await this.#lees(`n/${begrip.bundel}.json`, JSON.parse);
    for (const [nummer, kaart] of Object.entries(bundel.kaarten)) this.kaarten.set(Number(nummer), kaart);
    for (const [anders, soort, tekst] of bundel.manieren) begrip.manieren.push({ termen: anders, gewicht: GEWICHT[soort], soort, tekst });
    for (const term of [...termen, ...Object.keys(bundel.postings)]) postings.set(term, bundel.postings[term]);
  }

  /** Get the postings of terms that were not asked for before; undefined for one that no document has. */
  async #vul(postings, termen) {
    await Promise.all([...new Set(termen)].filter((t) => !postings.has(t)).map(async (term) => {
      const scherf = await this.#scherf(term);
      postings.set(term, Object.hasOwn(scherf, term) ? scherf[term] : undefined);
    }));
  }

  /** Give the neighbouring words that may be one, with the term they would be. */
  #buren(begrippen) {
    return begrippen.slice(1).map((twee, i) => ({ een: begrippen[i], twee }))
      .filter(({ een, twee }) => een.lengte === 1 && twee.lengte === 1 && een.plek + 1 === twee.plek)
      .map(({ een, twee }) => ({ een, twee, tekst: een.tekst + twee.tekst, term: this.analyse.term(een.tekst + twee.tekst) }));
  }

  /** Two neighbouring words that are one word in the index are one concept: leer kringen. */
  #voegSamen(begrippen, postings) {
    for (const { een, twee, tekst, term } of this.#buren(begrippen)) {
      const i = begrippen.indexOf(een);
      if (i < 0 || !postings.get(term)) continue;
      const los = [...een.manieren[0].termen, ...twee.manieren[0].termen];
      begrippen.splice(i, 2, {
        plek: een.plek, lengte: 2, tekst: `${een.tekst} ${twee.tekst}`,
        manieren: [{ termen: [term], gewicht: GEWICHT.samen, soort: 'samen', tekst },
          { termen: los, gewicht: GEWICHT.delen, soort: 'delen', tekst: `${een.tekst} ${twee.tekst}` }],
      });
    }
  }

  /** A compound is also found by all its parts. */
  #deel(begrip, postings) {
    for (const term of begrip.manieren[0].termen) {
      const delen = postings.get(term)[0];
      if (delen.length > 1 && begrip.manieren[0].termen.length === 1) {
        begrip.manieren.push({ termen: delen, gewicht: GEWICHT.delen, soort: 'delen', tekst: begrip.tekst });
      }
    }
  }

  /** A word nobody wrote: the beginning of a word, a typing error, or a new compound. */
  async #herstel(begrip, postings, isLaatste, letterlijk, verbeterd) {
    if (begrip.lengte !== 1) return false;
    const woord = begrip.tekst;
    const term = this.analyse.term(woord);
    if (isLaatste && woord.length >= 3) {
      const scherf = await this.#scherf(term);
      const langer = Object.keys(scherf).filter((t) => t.startsWith(term)).slice(0, 12);
      if (langer.length) {
        begrip.manieren.push(...langer.map((t) => ({ termen: [t], gewicht: GEWICHT.begin, soort: 'begin', tekst: t })));
        return true;
      }
    }
    if (/^\d+$/.test(woord) || woord.length < 4) return false;
    if (!letterlijk && woord.length >= 5) {
      const ruimte = woord.length >= 9 ? 2 : 1;
      const [beste] = verbeteringen(woord, await this.#woorden(woord.length - ruimte, woord.length + ruimte));
      if (beste) {
        verbeterd.push([woord, beste]);
        const [hersteld] = this.vraagbaak.begrippen(beste);
        Object.assign(begrip, { manieren: hersteld.manieren, bundel: hersteld.bundel });
        await this.#open(begrip, postings);
        if (heeftAlle(postings, begrip.manieren[0])) this.#deel(begrip, postings);
        return true;
      }
    }
    const [delen, bekend] = await Promise.all([this.#lijst(this.manifest.delen), this.#woorden(KORTSTE_DEEL, woord.length - 3)]);
    const stukken = splits(woord, new Set(delen), new Set(bekend));
    if (!stukken) return false;
    begrip.manieren.push({ termen: [...new Set(stukken.map((s) => this.analyse.term(s)))], gewicht: GEWICHT.delen, soort: 'delen', tekst: stukken.join(' ') });
    return true;
  }

  /**
   * Put a lunr index together from postings; the same answer as the whole index gives.
   * @param {Map<string, any[]>} postings
   * @param {Uint8Array | null} alleen a one for each document that matters; lunr's score of one does not depend on the others
   */
  index(postings, alleen = null) {
    const { velden } = this.manifest;
    const vectoren = new Map();
    const omgekeerd = [];
    let volgnummer = 0;
    for (const [term, [, ...lijsten]] of [...postings].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const inhoud = { _index: volgnummer };
      for (const veld of velden) inhoud[veld] = {};
      for (const [veld, afstanden, gewichten] of lijsten) {
        let nummer = 0;
        for (let i = 0; i < afstanden.length; i += 1) {
          nummer += afstanden[i];
          if (alleen && !alleen[nummer]) continue;
          inhoud[velden[veld]][nummer] = {};
          const plaats = `${velden[veld]}/${nummer}`;
          const vector = vectoren.get(plaats);
          if (vector) vector.push(volgnummer, gewichten[i] / 1000); else vectoren.set(plaats, [volgnummer, gewichten[i] / 1000]);
        }
      }
      omgekeerd.push([term, inhoud]);
      volgnummer += 1;
    }
    return this.lunr.Index.load({ version: this.lunr.version, fields: velden, fieldVectors: [...vectoren], invertedIndex: omgekeerd, pipeline: [] });
  }

  /** Order the documents: most concepts first, then lunr's score. */
  #rangschik(begrippen, postings, aantal, mag) {
    const gewicht = new Map();
    for (const begrip of begrippen) {
      begrip.manieren = begrip.manieren.filter((m) => heeftAlle(postings, m));
      for (const { termen, gewicht: g } of begrip.manieren) {
        for (const term of termen) gewicht.set(term, Math.max(gewicht.get(term) ?? 0, g / termen.length ** 0.5));
      }
    }
    // Most weight first, so that a long question loses synonyms and no words of its own.
    const termen = [...gewicht.keys()].sort((a, b) => gewicht.get(b) - gewicht.get(a)).slice(0, MEESTE_TERMEN);
    if (!termen.length) return { treffers: [], alle: [] };
    const { nummers, gedekt, som, wegen, dieper } = this.#kandidaten(begrippen, postings, termen, gewicht);
    const kop = besten(mag ? nummers.filter(mag) : nummers, gedekt, som, Math.max(aantal, RUIM));
    for (const nummer of kop.slice(0, aantal)) { // underway while lunr scores; whoever waits for one that fails is told
      (dieper(nummer) ? this.heel(nummer) : this.kaart(nummer)).catch(() => {});
    }
    const alleen = new Uint8Array(this.manifest.documenten);
    for (const nummer of kop) alleen[nummer] = 1;
    const gevonden = this.index(new Map(termen.map((t) => [t, postings.get(t)])), alleen).query((q) => {
      for (const term of termen) q.term(term, { boost: gewicht.get(term), usePipeline: false });
    });
    const treffers = gevonden.map(({ ref, score, matchData }) => {
      const nummer = Number(ref);
      return { nummer, gedekt: gedekt[nummer], via: wegen(nummer), score, termen: Object.keys(matchData.metadata), dieper: dieper(nummer) };
    });
    treffers.sort((a, b) => b.gedekt - a.gedekt || b.score - a.score || a.nummer - b.nummer);
    return { treffers, alle: nummers };
  }

  /**
   * Find the documents that have a concept, with how many they have and the sum of their weights.
   * That sum orders them as lunr does, so that lunr only has to score the best of them.
   */
  #kandidaten(begrippen, postings, termen, gewicht) {
    const { documenten } = this.manifest;
    const som = new Float64Array(documenten);
    const heeft = new Int32Array(documenten);
    const inKop = new Int32Array(documenten);
    const inTekst = new Int32Array(documenten);
    const elders = new Int32Array(documenten);
    const plaatsen = this.manifest.velden.map((veld) => (KOP.has(veld) ? inKop : TEKST.has(veld) ? inTekst : elders));
    termen.forEach((term, bit) => {
      for (const [veld, afstanden, gewichten] of postings.get(term).slice(1)) telOp(afstanden, gewichten, gewicht.get(term), 1 << bit, som, heeft, plaatsen[veld]);
    });
    const plek = new Map(termen.map((term, bit) => [term, bit]));
    const wijzen = begrippen.map((begrip) => begrip.manieren.filter((m) => m.termen.every((t) => plek.has(t)))
      .sort((a, b) => b.gewicht - a.gewicht)
      .map((manier) => ({ begrip, manier, masker: manier.termen.reduce((m, t) => m | (1 << plek.get(t)), 0) })));
    const wegen = (nummer) => wijzen.map((rij) => rij.find(({ masker }) => (heeft[nummer] & masker) === masker)).filter(Boolean);
    const gedekt = new Uint16Array(documenten);
    const punten = new Map([[0, 0]]); // documents with the same terms have the same concepts
    const nummers = [];
    for (let nummer = 0; nummer < documenten; nummer += 1) {
      const masker = heeft[nummer];
      let aantal = punten.get(masker);
      if (aantal === undefined) {
        aantal = wegen(nummer).reduce((n, { manier }) => n + (manier.soort === 'verwant' ? VERWANT : HEEL), 0);
        punten.set(masker, aantal);
      }
      gedekt[nummer] = aantal;
      if (aantal) nummers.push(nummer);
    }
    const dieper = (nummer) => wegen(nummer).some(({ masker }) => masker & ~inKop[nummer] & inTekst[nummer]);
    return { nummers, gedekt, som, wegen, dieper };
  }
}

/** Tell whether each term of a way is in some document. */
function heeftAlle(postings, { termen }) {
  return termen.every((term) => postings.get(term));
}

/** Give the numbers of the best documents, best first: most concepts, then the largest sum, then as they come. */
function besten(nummers, gedekt, som, aantal) {
  const beste = [];
  let laatste = -1; // of the best so far, once there are enough
  for (const nummer of nummers) {
    if (laatste >= 0 && (gedekt[nummer] < gedekt[laatste] || (gedekt[nummer] === gedekt[laatste] && som[nummer] <= som[laatste]))) continue;
    const plek = beste.findIndex((ander) => gedekt[nummer] > gedekt[ander] || (gedekt[nummer] === gedekt[ander] && som[nummer] > som[ander]));
    beste.splice(plek < 0 ? beste.length : plek, 0, nummer);
    if (beste.length > aantal) beste.pop();
    if (beste.length === aantal) laatste = beste[aantal - 1];
  }
  return beste;
}

/** Add the weights of a term in one field to the sums of its documents, and mark them: once with all fields, once with those of its kind. */
function telOp(afstanden, gewichten, telt, bit, som, heeft, plaats) {
  let nummer = 0;
  for (let i = 0; i < afstanden.length; i += 1) {
    nummer += afstanden[i];
    som[nummer] += gewichten[i] * telt;
    heeft[nummer] |= bit;
    plaats[nummer] |= bit;
  }
}
