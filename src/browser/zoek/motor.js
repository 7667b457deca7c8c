/**
 * The search engine of the browser: fetches the shards a question needs, puts a lunr index
 * together from them, and orders what lunr finds. Knows no page and no worker.
 */

import { metDelen, totVandaag } from '../delen/kolommen.js';
import { onthoud } from '../delen/onthoud.js';
import { Analyse } from './analyse.js';
import { Documenten } from './documenten.js';
import { lunr, stam } from './lunr.js';
import { Scherven } from './scherven.js';
import {
  Vraagbaak, gelijkende, grondvormen, splits, verbeteringen, kortereVormen,
} from './vraag.js';

/** Terms of one question; a bit each in a 32-bit number. */
const MEESTE_TERMEN = 31;
/** Documents lunr scores at least: enough to be sure of the first ten after its rounding. */
const RUIM = 30;
/** Words that one which may not be whole yet is completed to. */
const MEESTE_LANGERE = 12;
/** Fields a card shows, and those of the paragraphs. */
const KOP = ['titel', 'samenvatting'];
const TEKST = ['tekst', 'delen'];

/**
 * @typedef {import('./vraag.js').Begrip} Begrip
 * @typedef {import('./vraag.js').Manier} Manier
 * @typedef {{begrip: Begrip, manier: Manier}} Weg how a concept was found
 * @typedef {Weg & {masker: number}} Wijze with a bit for each of its terms
 * @typedef {Weg & {velden: string[]}} Gevondenheid with the fields that have some of its terms
 * @typedef {import('./documenten.js').Posting} Posting
 * @typedef {Map<string, Posting | undefined>} Postings by term; undefined when no document has it
 *
 * What a result shows: slug, address, title, kind, place, summary, other names of the page with
 * what to say of them, and the titles of its documents.
 * @typedef {Record<'s' | 'a' | 't' | 'k' | 'p' | 'v', string>
 *   & {o: [string, string][], d?: string[]}} Kaart
 *
 * @typedef {object} Manifest
 * @property {string[]} stop words that mean nothing
 * @property {string[]} vraag words that only make a question of it
 * @property {string[]} voorzetsels that part from a verb
 * @property {import('./vraag.js').Naam[]} namen
 * @property {[number[], number[]][]} groepen places of names that say the same, and of those that
 *   nearly do; in the file the next name that was not there is 0, any other one more than its place
 * @property {Record<string, string>} onregelmatig
 * @property {Record<string, string>} met_s
 * @property {import('./vraag.js').Gewichten} gewichten
 * @property {number} kortste letters of a part that is no part of other compounds
 * @property {Record<string, number>} dekking how much of a concept is covered by a word for it
 *   (heel) and by another kind of way, and the power of what is covered of a question (macht)
 * @property {number} soort by what a page weighs more when the question names its kind
 * @property {Record<string, number>} soorten by a word for a kind of pages, its number
 * @property {number[]} inhoud those of the kinds that are no lists of other pages
 * @property {number} eigen by what the page of a name weighs more when the question is that name
 * @property {Record<string, number[]>} bladen by the terms of a name, the numbers of the documents
 *   about it
 * @property {number} eerste answers that are shown at first
 * @property {Record<string, number>} velden with what each weighs
 * @property {number} k1 of BM25
 * @property {number} b of BM25
 * @property {string[]} documenten files
 * @property {number} kaarten numbers of documents whose cards lie in one file
 * @property {number} grondtal base of the lengths of documents
 * @property {string} versie
 * @property {string} facetten file
 * @property {number} weinig answers that are so few that others are given beside them
 * @property {number} erbij how many of those
 * @property {Record<string, string>} filters what the facets with a choice are called
 * @property {string} delen file of words that are parts of compounds
 * @property {Record<string, string>} woorden files of all words, by their length
 * @property {[string, string][]} alfabet first word, and file, of all words in order
 * @property {[string, string][]} woordenboek first word, and file, of the words of languages in order
 * @property {string} boom the tree that leads from a term to its file: see search/shards.py
 * @property {string[]} scherven its files
 *
 * @typedef {object} Treffer one document of an answer
 * @property {number} plek among all documents
 * @property {number} score of lunr, times what is covered of the question
 * @property {string[]} termen the terms found in it
 * @property {boolean} dieper whether its paragraphs show more of the question than its title and
 *   summary do
 * @property {Gevondenheid[]} via the best way each concept was found
 * @property {boolean} [ruimer] whether other words were asked for
 * @property {string} [bij] the title of the answer it belongs to, when not found itself
 *
 * @typedef {object} Keuze
 * @property {boolean} [letterlijk] mend no typing errors
 * @property {boolean} [half] somebody is typing: the last word may not be whole yet, and nothing is mended
 * @property {number} [aantal] scored hits wanted
 * @property {((plek: number) => boolean) | null} [mag] whether a document may be among them
 *
 * @typedef {object} Rangorde
 * @property {number} aantal
 * @property {((plek: number) => boolean) | null} mag
 * @property {(plek: number) => number} bedoelde by what a document weighs more
 * @property {Documenten} documenten
 *
 * @typedef {object} Gevonden
 * @property {Treffer[]} treffers
 * @property {number[]} alle the place of every document found, in order
 * @property {[string, string][]} verbeterd words as typed, and as searched
 * @property {[string, string][]} bedoeld words as typed, and one that may be meant
 * @property {string[]} onbekend
 * @property {Begrip[]} begrippen
 * @property {Treffer[]} erbij where few were found: what has other words for the parts of a
 *   compound, and what belongs to the answers
 */

export class Zoekmotor {
  #woordenboek;
  #soorten;
  #bladen;
  #lezen;
  /** @type {(adres: string) => Promise<Record<string, import('../delen/kolommen.js').Kolom>>} */
  #facetten;
  #scherven;
  /** @type {(term: string) => Promise<Posting | undefined>} */
  #posting;

  /**
   * @param {(adres: string) => Promise<string>} haal fetches a file below the site's zoek/ folder
   * @param {string} manifest the text of manifest.json there
   */
  constructor(haal, manifest) {
    /** @type {Manifest} */
    this.manifest = JSON.parse(manifest);
    this.manifest.groepen = plaatsen(this.manifest.groepen);
    this.analyse = new Analyse(this.manifest.onregelmatig, this.manifest.met_s, stam);
    this.vraagbaak = new Vraagbaak(this.manifest, this.analyse);
    this.#soorten = new Map(Object.entries(this.manifest.soorten));
    this.#bladen = new Map(Object.entries(this.manifest.bladen));
    this.velden = Object.keys(this.manifest.velden);
    /** @type {(adres: string) => Promise<any>} */
    this.lees = onthoud(async (adres) => JSON.parse(await haal(adres)));
    /** @type {(naam: string) => Promise<string[]>} */
    this.lijst = onthoud(async (naam) => (await haal(`w/${naam}.json`)).split(' '));
    /** @type {(naam: string) => Promise<Set<string>>} */
    this.#woordenboek = onthoud(async (naam) => new Set(await this.lijst(naam)));
    this.#scherven = new Scherven(this.manifest);
    this.#lezen = onthoud(async () => new Documenten(
      await Promise.all(this.manifest.documenten.map((naam) => this.lees(`f/${naam}.json`))),
      this.manifest,
    ));
    this.#facetten = onthoud(async () => totVandaag(
      await metDelen(await this.lees(`f/${this.manifest.facetten}.json`), this.lees)));
    this.#posting = onthoud(async (term) => {
      const [scherf, documenten] = await Promise.all([this.#scherf(term), this.documenten()]);
      return Object.hasOwn(scherf, term) ? documenten.weeg(scherf[term]) : undefined;
    });
  }

  /** Give what is known of all documents. @returns {Promise<Documenten>} */
  documenten() {
    return this.#lezen('');
  }

  /**
   * Give the shard that a term would be in.
   * @param {string} term
   * @returns {Promise<Record<string, import('./documenten.js').Telling>>}
   */
  async #scherf(term) {
    const naam = this.#scherven.van(term);
    return naam ? this.lees(`t/${naam}.json`) : {};
  }

  /** Give the words of the index that begin as this one, the shortest first. */
  async #beginnend(/** @type {string} */ woord) {
    const { alfabet } = this.manifest;
    const eerste = plekVan(woord, alfabet);
    const namen = alfabet.slice(eerste)
      .filter(([begin], i) => !i || begin.startsWith(woord)).map(([, naam]) => naam);
    const alle = (await Promise.all(namen.map((naam) => this.lijst(naam)))).flat();
    return alle.filter((ander) => ander.startsWith(woord)).sort((a, b) => a.length - b.length);
  }

  /** Give every word of the index with so many letters. @param {number} van @param {number} tot */
  async #woorden(van, tot) {
    const namen = Object.entries(this.manifest.woorden)
      .filter(([lengte]) => van <= Number(lengte) && Number(lengte) <= tot);
    return (await Promise.all(namen.map(([, naam]) => this.lijst(naam)))).flat();
  }

  /**
   * Give the words of the index that look like one it does not have, the most alike first; of
   * words with the same term one.
   * @param {string} woord
   */
  async gelijkende(woord) {
    const gezien = new Set();
    return gelijkende(woord, await this.#woorden(4, woord.length + 2)).filter((ander) => {
      const term = this.analyse.term(ander);
      return !gezien.has(term) && gezien.add(term);
    });
  }

  /**
   * Give the shown data of one document, the numbers of those it belongs with, and what it says
   * beside its text.
   * @param {number} plek
   * @returns {Promise<[Kaart, number[], string[]]>}
   */
  async kaart(plek) {
    const { kaarten, versie } = this.manifest;
    const nummer = (await this.documenten()).nummers[plek];
    return (await this.lees(`p/${Math.floor(nummer / kaarten)}.json?v=${versie}`))[nummer];
  }

  /**
   * Give the paragraphs of one document. The text of a content page lies with its data; an answer
   * can do without.
   * @param {number} plek
   * @returns {Promise<string[]>}
   */
  async alineas(plek) {
    const [{ a: adres }, , naast] = await this.kaart(plek);
    if (!(await this.documenten()).isInhoud(plek)) return naast;
    const gegevens = this.lees(`../data/${adres.slice(0, -1)}.json?v=${this.manifest.versie}`);
    return [...await gegevens.then(({ tekst }) => tekst, () => []), ...naast];
  }

  /**
   * Give the column of each facet, its rows by the place of the document.
   * @returns {Promise<Record<string, import('../delen/kolommen.js').Kolom>>}
   */
  facetten() {
    return this.#facetten('');
  }

  /**
   * Answer a question.
   * @param {string} vraag
   * @param {Keuze} keuze
   * @returns {Promise<Gevonden>}
   */
  async zoek(
    vraag, { letterlijk = false, half = false, aantal = this.manifest.eerste, mag = null } = {},
  ) {
    const begrippen = this.vraagbaak.begrippen(vraag);
    /** @type {[string, string][]} */
    const verbeterd = [];
    /** @type {[string, string][]} */
    const bedoeld = [];
    /** @type {string[]} */
    const onbekend = [];
    const gelezen = { verbeterd, bedoeld, onbekend, begrippen };
    if (!begrippen.length) return { treffers: [], alle: [], erbij: [], ...gelezen };
    /** @type {Postings} */
    const postings = new Map();
    const open = this.vraagbaak.open(vraag, begrippen);
    if (half && open) await this.#vulAan(open);
    await Promise.all([
      ...begrippen.map((begrip) => this.#open(begrip, postings)),
      this.#vul(postings, this.#buren(begrippen).map(({ term }) => term)),
    ]);
    this.#voegSamen(begrippen, postings);
    if (!half) await this.#heelWerkwoord(vraag, begrippen, postings);
    for (const begrip of begrippen) {
      if (heeftAlle(postings, begrip.manieren[0])) {
        this.#deel(begrip, postings);
        continue;
      }
      // A word that the vocabulary knows is no mistake, even when pages only use another for it.
      if (begrip.manieren.some((manier) => heeftAlle(postings, manier))) continue;
      if (!half && await this.#vorm(begrip, postings)) continue;
      if (await this.#voluit(begrip, postings)) continue;
      if (begrip === open && await this.#vulAan(begrip)) continue;
      const delen = half ? [] : await this.#delen(begrip, postings);
      if (!letterlijk && !half && await this.#herstel(begrip, delen, postings, gelezen)) continue;
      if (delen.length) begrip.manieren.push(this.#alsDelen(delen));
      else onbekend.push(begrip.tekst);
    }
    await this.#vul(postings, begrippen.flatMap((b) => b.manieren.flatMap((m) => m.termen)));
    const documenten = await this.documenten();
    const bedoelde = await this.bedoelde(vraag, begrippen, documenten);
    const keuze = { aantal, mag, bedoelde, documenten };
    const gerangschikt = this.#rangschik(begrippen, postings, keuze);
    const weinig = !half && gerangschikt.alle.length <= this.manifest.weinig;
    const erbij = weinig
      ? await this.#erbij(gerangschikt.treffers, begrippen, postings, keuze) : [];
    return { ...gerangschikt, erbij, ...gelezen };
  }

  /**
   * Give what helps beside few answers: pages with other words for the parts of a compound, then
   * those that the answers name or are named by.
   * @param {Treffer[]} treffers
   * @param {Begrip[]} begrippen
   * @param {Postings} postings
   * @param {Rangorde} keuze
   * @returns {Promise<Treffer[]>}
   */
  async #erbij(treffers, begrippen, postings, keuze) {
    const ruimer = begrippen.flatMap((begrip) => (
      (begrip.delen ?? begrip.manieren.find(({ soort }) => soort === 'delen'))?.termen.map((term) => {
        const { tekst } = begrip;
        /** @type {Manier} */
        const zelf = { termen: [term], gewicht: this.manifest.gewichten.delen, soort: 'woord', tekst };
        const anders = this.vraagbaak.anders(term).filter(({ soort }) => soort === 'synoniem');
        return { ...begrip, manieren: [zelf, ...anders] };
      }) ?? begrip));
    await this.#vul(postings, ruimer.flatMap((b) => b.manieren.flatMap((m) => m.termen)));
    const ook = ruimer.length === begrippen.length ? []
      : this.#rangschik(ruimer, postings, keuze).treffers
        .filter(({ via }) => via.length === ruimer.length)
        .map((treffer) => ({ ...treffer, ruimer: true }));
    const verbonden = await Promise.all(treffers.map(async ({ plek, termen }) => {
      const [{ t: bij }, nummers] = await this.kaart(plek);
      return nummers.map((nummer) => (/** @type {Treffer} */ ({
        plek: keuze.documenten.plekken[nummer], score: 0, termen, dieper: false, via: [], bij,
      })));
    }));
    const gezien = new Set(treffers.map(({ plek }) => plek));
    return [...ook, ...verbonden.flat()].filter(({ plek }) => (
      (keuze.mag?.(plek) ?? true) && !gezien.has(plek) && gezien.add(plek))).slice(0, this.manifest.erbij);
  }

  /**
   * Give by what a document weighs more because a question names what it is: the name it is about,
   * its kind, or its title.
   * @param {string} vraag
   * @param {Begrip[]} begrippen
   * @param {Documenten} documenten
   * @returns {Promise<(plek: number) => number>}
   */
  async bedoelde(vraag, begrippen, documenten) {
    const { soort: meer, eigen } = this.manifest;
    const los = new Set(begrippen.filter(({ lengte }) => lengte === 1)
      .map(({ tekst }) => this.analyse.term(tekst)));
    for (const kern of this.vraagbaak.kernen(vraag)) {
      const soort = kern.find((term) => los.has(term) && this.#soorten.has(term)) ?? '';
      const binnen = (/** @type {number} */ plek) => (
        documenten.soort[plek] === this.#soorten.get(soort));
      const naam = kern.filter((term) => term !== soort).join(' ');
      const bladen = (/** @type {string} */ termen) => (
        this.#bladen.get(termen) ?? []).map((nummer) => documenten.plekken[nummer]);
      const blad = bladen(kern.join(' '))[0] ?? bladen(naam).find(binnen);
      if (blad !== undefined) return (plek) => (plek === blad ? eigen : 1);
      if (soort && naam) return (plek) => (binnen(plek) ? meer : 1);
    }
    const [heel, kern] = this.vraagbaak.kernen(vraag);
    const titels = heel.length === kern.length ? await this.#metTitel(kern, documenten) : [];
    return (plek) => (titels.includes(plek) ? eigen : 1);
  }

  /**
   * Give the pages of content whose title has all these terms and no other.
   * @param {string[]} termen
   * @param {Documenten} documenten
   */
  async #metTitel(termen, documenten) {
    const titel = this.velden.indexOf('titel');
    const postings = await Promise.all(termen.map((term) => this.#posting(term)));
    const [eerste = [], ...rest] = postings.map((posting) => (
      /** @type {[number, number[], number[]][]} */ (posting?.slice(1) ?? [])
        .find(([veld]) => veld === titel)?.[1] ?? []));
    return eerste.filter((plek) => documenten.isInhoud(plek)
      && documenten.lengte(titel, plek) === termen.length
      && rest.every((plekken) => plekken.includes(plek)));
  }

  /**
   * Get the other ways to say a concept, when there may be, and the postings of all its terms.
   * @param {Begrip} begrip
   * @param {Postings} postings
   */
  async #open(begrip, postings) {
    if (begrip.naam !== undefined) begrip.manieren.push(...this.vraagbaak.anders(begrip.naam));
    await this.#vul(postings, begrip.manieren.flatMap(({ termen }) => termen));
  }

  /**
   * A word that no page has may be short for a name, all its words together, or one of them.
   * @param {Begrip} begrip
   * @param {Postings} postings
   */
  async #voluit(begrip, postings) {
    if (begrip.lengte !== 1) return false;
    const manieren = this.vraagbaak.voluit(begrip.tekst);
    await this.#vul(postings, manieren.flatMap(({ termen }) => termen));
    if (!manieren.some((manier) => heeftAlle(postings, manier))) return false;
    begrip.manieren = manieren;
    return true;
  }

  /**
   * Get the postings of terms that were not asked for before.
   * @param {Postings} postings
   * @param {string[]} termen
   */
  async #vul(postings, termen) {
    const nieuw = [...new Set(termen)].filter((term) => !postings.has(term));
    await Promise.all(nieuw.map(async (term) => postings.set(term, await this.#posting(term))));
  }

  /**
   * Give the neighbouring words that may be one, with the term they would be.
   * @param {Begrip[]} begrippen
   */
  #buren(begrippen) {
    return begrippen.slice(1).map((twee, i) => ({ een: begrippen[i], twee }))
      .filter(({ een, twee }) => (
        een.lengte === 1 && twee.lengte === 1 && een.plek + 1 === twee.plek))
      .map(({ een, twee }) => {
        const tekst = een.tekst + twee.tekst;
        return { een, twee, tekst, term: this.analyse.term(tekst) };
      });
  }

  /**
   * Two neighbouring words that are one word in the index are one concept: leer kringen.
   * @param {Begrip[]} begrippen
   * @param {Postings} postings
   */
  #voegSamen(begrippen, postings) {
    const { gewichten } = this.manifest;
    for (const { een, twee, tekst, term } of this.#buren(begrippen)) {
      const i = begrippen.indexOf(een);
      if (i < 0 || !heeft(postings, term)) continue;
      const los = [...een.manieren[0].termen, ...twee.manieren[0].termen];
      const getypt = `${een.tekst} ${twee.tekst}`;
      begrippen.splice(i, 2, {
        plek: een.plek,
        lengte: 2,
        tekst: getypt,
        manieren: [
          { termen: [term], gewicht: gewichten.samen, soort: 'samen', tekst },
          { termen: los, gewicht: gewichten.delen, soort: 'delen', tekst: getypt },
        ],
      });
    }
  }

  /**
   * A compound is also found by its parts, a form of a verb by that verb.
   * @param {Begrip} begrip
   * @param {Postings} postings
   */
  #deel({ manieren, tekst }, postings) {
    const { termen } = manieren[0];
    const delen = termen.length === 1 ? postings.get(termen[0])?.[0] ?? [] : [];
    if (!delen.length) return;
    const soort = delen.length > 1 ? 'delen' : 'vorm';
    manieren.push({ termen: delen, gewicht: this.manifest.gewichten[soort], soort, tekst });
  }

  /**
   * A word that no page has may be a form of a verb that one has.
   * @param {Begrip} begrip
   * @param {Postings} postings
   */
  async #vorm({ lengte, tekst, manieren }, postings) {
    const term = lengte === 1 ? await this.#werkwoord(tekst, postings) : undefined;
    if (!term) return false;
    manieren.push({ termen: [term], gewicht: this.manifest.gewichten.vorm, soort: 'vorm', tekst });
    return true;
  }

  /**
   * Give the term of a word as some page has it, or of the verb that it is a form of.
   * @param {string} woord
   * @param {Postings} postings
   */
  async #werkwoord(woord, postings) {
    const eigen = this.analyse.term(woord);
    await this.#vul(postings, [eigen]);
    const termen = [eigen, ...postings.get(eigen)?.[0] ?? [],
      ...kortereVormen(woord).map((vorm) => this.analyse.term(vorm))];
    await this.#vul(postings, termen);
    return termen.find((term) => heeft(postings, term));
  }

  /**
   * The last word of a question may belong to a verb before it, when a page has the two as one.
   * @param {string} vraag
   * @param {Begrip[]} begrippen
   * @param {Postings} postings
   */
  async #heelWerkwoord(vraag, begrippen, postings) {
    for (const { begrip, deel, tekst } of this.vraagbaak.gescheiden(vraag, begrippen)) {
      const term = await this.#werkwoord(tekst, postings);
      if (!term) continue;
      const gewicht = this.manifest.gewichten.samen;
      begrip.manieren.unshift({ termen: [term], gewicht, soort: 'samen', tekst });
      const los = begrippen.findIndex((ander) => ander.tekst === deel);
      if (los >= 0) begrippen.splice(los, 1);
      return;
    }
  }

  /**
   * The last word may not be whole yet: search the words that begin so, unless one of them is only
   * another form of it. Words as they are written: what is typed of one has a stem of its own.
   * @param {Begrip} begrip
   */
  async #vulAan(begrip) {
    /** @type {Map<string, string>} */
    const langer = new Map();
    for (const woord of await this.#beginnend(begrip.tekst)) {
      const term = this.analyse.term(woord);
      if (!langer.has(term)) langer.set(term, woord);
    }
    if (!langer.size || langer.has(this.analyse.term(begrip.tekst))) return false;
    const gewicht = this.manifest.gewichten.begin;
    // A name that no page has written may be whole.
    begrip.manieren = [
      ...(begrip.naam === undefined ? [] : begrip.manieren),
      ...[...langer].slice(0, MEESTE_LANGERE)
        .map(([term, tekst]) => /** @type {Manier} */ ({ termen: [term], gewicht, soort: 'begin', tekst })),
    ];
    return true;
  }

  /**
   * A word that no page has may be mistyped. The one that is meant takes its place when no
   * dictionary has the word, nor each of its parts; else that is offered.
   * @param {Begrip} begrip
   * @param {string[]} delen
   * @param {Postings} postings
   * @param {Pick<Gevonden, 'verbeterd' | 'bedoeld'>} gelezen where it is noted
   */
  async #herstel(begrip, delen, postings, { verbeterd, bedoeld }) {
    const { lengte, tekst: woord } = begrip;
    if (lengte !== 1 || /\d/.test(woord) || woord.length < 5) return false;
    const ruimte = woord.length >= 9 ? 2 : 1;
    const lijst = await this.#woorden(woord.length - ruimte, woord.length + ruimte);
    const [beste] = verbeteringen(woord, lijst)
      .filter((ander) => !this.vraagbaak.vraagwoorden.has(ander));
    if (!beste) return false;
    if (await this.#kent([woord]) || (delen.length === 2 && await this.#kent(delen))) {
      bedoeld.push([woord, beste]);
      return false;
    }
    verbeterd.push([woord, beste]);
    const [{ manieren, naam }] = this.vraagbaak.begrippen(beste);
    Object.assign(begrip, { manieren, naam });
    await this.#open(begrip, postings);
    if (heeftAlle(postings, begrip.manieren[0])) this.#deel(begrip, postings);
    for (const manier of begrip.manieren) manier.gewicht *= this.manifest.gewichten.hersteld;
    return true;
  }

  /** Tell whether words of four letters and more are all in a dictionary. @param {string[]} alle */
  async #kent(alle) {
    const gekend = await Promise.all(alle.map(async (woord) => {
      const { woordenboek } = this.manifest;
      if (woord.length < 4) return false;
      const gevonden = await Promise.all(grondvormen(woord).map(async (vorm) => (
        await this.#woordenboek(woordenboek[plekVan(vorm, woordenboek)][1])).has(vorm)));
      return gevonden.includes(true);
    }));
    return !gekend.includes(false);
  }

  /**
   * Give the words of which a word nobody wrote is made, when some page has them all; else only note
   * them.
   * @param {Begrip} begrip
   * @param {Postings} postings
   */
  async #delen(begrip, postings) {
    const { lengte, tekst: woord } = begrip;
    if (lengte !== 1 || /^\d+$/.test(woord) || woord.length < 4) return [];
    const [woorden, bekend] = await Promise.all([
      this.lijst(this.manifest.delen), this.#woorden(this.manifest.kortste, woord.length - 3),
    ]);
    const gevonden = splits(woord, new Set(woorden), new Set(bekend)) ?? [];
    const delen = this.#alsDelen(gevonden);
    await this.#vul(postings, delen.termen);
    const [eerste, ...rest] = delen.termen.map((term) => documentenVan(postings.get(term)));
    const samen = [...eerste ?? []].some((plek) => rest.every((ander) => ander.has(plek)));
    if (gevonden.length) begrip.delen = delen;
    return samen ? gevonden : [];
  }

  /** @param {string[]} delen @returns {Manier} */
  #alsDelen(delen) {
    return {
      termen: [...new Set(delen.map((deel) => this.analyse.term(deel)))],
      gewicht: this.manifest.gewichten.delen,
      soort: 'delen',
      tekst: delen.join(' '),
    };
  }

  /**
   * Put a lunr index together from postings; the same answer as the whole index gives.
   * @param {Map<string, Posting>} postings
   * @param {Uint8Array | null} alleen a one for each document that matters; lunr's score of one
   *   does not depend on the others
   */
  index(postings, alleen = null) {
    const { velden } = this;
    /** @type {Map<string, number[]>} */
    const vectoren = new Map();
    const opTerm = [...postings].sort(([a], [b]) => (a < b ? -1 : 1));
    const omgekeerd = opTerm.map(([term, [, ...lijsten]], volgnummer) => {
      /** @type {Record<string, Record<number, object>>} */
      const inhoud = Object.fromEntries(velden.map((veld) => [veld, {}]));
      for (const [veld, plekken, gewichten] of lijsten) {
        plekken.forEach((plek, i) => {
          if (alleen && !alleen[plek]) return;
          inhoud[velden[veld]][plek] = {};
          const plaats = `${velden[veld]}/${plek}`;
          const vector = vectoren.get(plaats);
          if (vector) vector.push(volgnummer, gewichten[i]);
          else vectoren.set(plaats, [volgnummer, gewichten[i]]);
        });
      }
      return [term, { _index: volgnummer, ...inhoud }];
    });
    return lunr.Index.load({
      version: lunr.version,
      fields: velden,
      fieldVectors: [...vectoren],
      invertedIndex: omgekeerd,
      pipeline: [],
    });
  }

  /**
   * Order the documents by lunr's score times how much of the question they cover.
   * @param {Begrip[]} begrippen
   * @param {Postings} postings
   * @param {Rangorde} keuze
   * @returns {{treffers: Treffer[], alle: number[]}}
   */
  #rangschik(begrippen, postings, { aantal, mag, bedoelde, documenten }) {
    /** @type {Map<string, number>} */
    const gewicht = new Map();
    for (const begrip of begrippen) {
      begrip.manieren = begrip.manieren.filter((manier) => heeftAlle(postings, manier));
      for (const { termen, gewicht: g } of begrip.manieren) {
        for (const term of termen) {
          gewicht.set(term, Math.max(gewicht.get(term) ?? 0, g / termen.length ** 0.5));
        }
      }
    }
    // Most weight first, so that a long question loses synonyms and no words of its own.
    const termen = [...gewicht].sort(([, a], [, b]) => b - a).slice(0, MEESTE_TERMEN)
      .flatMap(([term, boost]) => {
        const posting = postings.get(term);
        return posting ? [{ term, boost, posting }] : [];
      });
    if (!termen.length) return { treffers: [], alle: [] };
    const { plekken, dekking, som, via, dieper } = this.#kandidaten(
      begrippen, termen, documenten.aantal);
    for (const plek of plekken) som[plek] *= bedoelde(plek);
    const mogelijk = mag ? plekken.filter(mag) : plekken;
    const kop = besten(mogelijk, som, Math.max(aantal, RUIM));
    // Underway while lunr scores; whoever waits for one that fails is told.
    for (const plek of kop.slice(0, aantal)) this.kaart(plek).catch(() => {});
    const alleen = new Uint8Array(documenten.aantal);
    for (const plek of kop) alleen[plek] = 1;
    const index = this.index(new Map(termen.map(({ term, posting }) => [term, posting])), alleen);
    const gevonden = index.query((vraag) => {
      for (const { term, boost } of termen) vraag.term(term, { boost, usePipeline: false });
    });
    const treffers = gevonden.map(({ ref, score, matchData }) => {
      const plek = Number(ref);
      return {
        plek,
        via: via(plek),
        score: score * dekking(plek) * bedoelde(plek),
        termen: Object.keys(matchData.metadata),
        dieper: dieper(plek),
      };
    });
    treffers.sort((a, b) => b.score - a.score || a.plek - b.plek);
    return { treffers, alle: plekken };
  }

  /**
   * Find the documents that have a concept, with the sum of their weights times how much of the
   * question they cover. That orders them as lunr's score does, so that lunr only has to score the
   * best of them.
   * @param {Begrip[]} begrippen
   * @param {{term: string, boost: number, posting: Posting}[]} termen
   * @param {number} documenten how many there are
   */
  #kandidaten(begrippen, termen, documenten) {
    const { velden } = this;
    const som = new Float64Array(documenten);
    const heeft = new Int32Array(documenten);
    const perVeld = velden.map(() => new Int32Array(documenten));
    /** @type {Map<string, number>} */
    const bits = new Map();
    termen.forEach(({ term, boost, posting: [, ...lijsten] }, i) => {
      const bit = 1 << i;
      bits.set(term, bit);
      for (const [veld, plekken, gewichten] of lijsten) {
        telOp(plekken, gewichten, boost, bit, som, heeft, perVeld[veld]);
      }
    });
    const wijzen = begrippen.map((begrip) => (
      begrip.manieren.filter((manier) => manier.termen.every((term) => bits.has(term)))
        .sort((a, b) => b.gewicht - a.gewicht)
        .map((manier) => {
          const masker = manier.termen.reduce((som, term) => som | (bits.get(term) ?? 0), 0);
          return { begrip, manier, masker };
        })));
    const gedekt = this.#gedekt(wijzen, heeft);
    /** @type {number[]} */
    const plekken = [];
    heeft.forEach((eigen, plek) => {
      const { dekking = 0 } = gedekt.get(eigen) ?? {};
      if (dekking) plekken.push(plek);
      som[plek] *= dekking;
    });
    const wegen = (/** @type {number} */ plek) => gedekt.get(heeft[plek])?.wegen ?? [];
    const kop = KOP.map((veld) => perVeld[velden.indexOf(veld)]);
    const tekst = TEKST.map((veld) => perVeld[velden.indexOf(veld)]);
    const dieper = (/** @type {number} */ plek) => wegen(plek).some(({ masker }) => (
      tekst.some((bits) => masker & bits[plek] & ~kop.reduce((som, ander) => som | ander[plek], 0))));
    const via = (/** @type {number} */ plek) => wegen(plek).map(({ masker, ...weg }) => (
      { ...weg, velden: velden.filter((_, veld) => masker & perVeld[veld][plek]) }));
    const dekking = (/** @type {number} */ plek) => gedekt.get(heeft[plek])?.dekking ?? 0;
    return { plekken, som, dekking, via, dieper };
  }

  /**
   * Tell for each set of terms that documents have the best way to each concept, and how much of
   * the question that covers: a concept that few documents have is more of it.
   * @param {Wijze[][]} wijzen by concept, the best first
   * @param {Int32Array} heeft the terms of each document
   */
  #gedekt(wijzen, heeft) {
    const { dekking } = this.manifest;
    /** @type {Map<number, {aantal: number, per: (Wijze | undefined)[]}>} */
    const samen = new Map();
    for (const eigen of heeft) {
      const eerder = samen.get(eigen);
      if (eerder) eerder.aantal += 1;
      else if (eigen) {
        const per = wijzen.map((rij) => rij.find(({ masker }) => (eigen & masker) === masker));
        samen.set(eigen, { aantal: 1, per });
      }
    }
    const zeldzaam = wijzen.map((_, i) => {
      let met = 0;
      for (const { aantal, per } of samen.values()) if (per[i]) met += aantal;
      return Math.log(1 + (heeft.length - met + 0.5) / (met + 0.5));
    });
    const alles = zeldzaam.reduce((som, een) => som + een, 0);
    return new Map([...samen].map(([eigen, { per }]) => {
      const deel = per.reduce((som, weg, i) => (
        som + (weg ? zeldzaam[i] * (dekking[weg.manier.soort] ?? dekking.heel) : 0)), 0);
      return [eigen, { wegen: per.flatMap((weg) => weg ?? []), dekking: (deel / alles) ** dekking.macht }];
    }));
  }
}

/**
 * Give the place in a table of what comes last of all that is not after a word.
 * @param {string} woord
 * @param {[string, string][]} tabel
 */
function plekVan(woord, tabel) {
  let laag = 0;
  let hoog = tabel.length - 1;
  while (laag < hoog) {
    const midden = Math.ceil((laag + hoog) / 2);
    if (tabel[midden][0] <= woord) laag = midden;
    else hoog = midden - 1;
  }
  return laag;
}

/** Give the places of names in groups as they lie in the file. @param {Manifest['groepen']} groepen */
function plaatsen(groepen) {
  let bekend = 0;
  const plaats = (/** @type {number} */ kort) => {
    if (kort) return kort - 1;
    bekend += 1;
    return bekend - 1;
  };
  return groepen.map(([zelfde, verwant]) => (
    /** @type {[number[], number[]]} */ ([zelfde.map(plaats), verwant.map(plaats)])));
}

/** Tell whether a term is in some document. @param {Postings} p @param {string} term */
const heeft = (p, term) => (p.get(term)?.length ?? 0) > 1;

/** Tell whether each term of a way is in some document. @param {Postings} p @param {Manier} m */
const heeftAlle = (p, m) => m.termen.every((term) => heeft(p, term));

/** Give the documents that have a term. @param {Posting | undefined} posting */
const documentenVan = (posting) => (
  new Set((posting?.slice(1) ?? []).flatMap(([, plekken]) => /** @type {number[]} */ (plekken))));

/**
 * Give the best documents, best first: the largest sum, then as they come.
 * @param {number[]} plekken
 * @param {Float64Array} som
 * @param {number} aantal
 */
function besten(plekken, som, aantal) {
  /** @type {number[]} */
  const beste = [];
  let grens = -1; // of the last of the best so far, once there are enough
  for (const document of plekken) {
    if (som[document] <= grens) continue;
    const plek = beste.findIndex((ander) => som[document] > som[ander]);
    beste.splice(plek < 0 ? beste.length : plek, 0, document);
    if (beste.length > aantal) beste.pop();
    if (beste.length === aantal) grens = som[beste[aantal - 1]];
  }
  return beste;
}

/**
 * Add the weights of a term in one field to the sums of its documents, and mark them: once with
 * all fields, once with those of its kind.
 * @param {number[]} plekken
 * @param {number[]} gewichten
 * @param {number} telt
 * @param {number} bit
 * @param {Float64Array} som
 * @param {Int32Array} heeft
 * @param {Int32Array} plaats
 */
function telOp(plekken, gewichten, telt, bit, som, heeft, plaats) {
  plekken.forEach((plek, i) => {
    som[plek] += gewichten[i] * telt;
    heeft[plek] |= bit;
    plaats[plek] |= bit;
  });
}
