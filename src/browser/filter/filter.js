/**
 * The filters beside a list: checkboxes with counts, choices that can be taken away and selects.
 * What is chosen is in the address. Without JavaScript there are links to static lists instead.
 */

import { wortel } from '../delen/adres.js';
import { maak, vind } from '../delen/elementen.js';
import {
  facetblok, inVraag, metKeuze, suggestieveld, toonknop, uitVraag, vakId, vakken, wegknop,
} from '../delen/facetten.js';
import { aantal, getal } from '../delen/getallen.js';

/**
 * @typedef {import('../delen/facetten.js').Keuzes} Keuzes
 * @typedef {object} Keuzelijst
 * @property {string} naam in the address
 * @property {string} label
 * @property {string[][]} opties value and text; the first is not in the address
 */

export class Filter {
  #plek;
  #zeef;
  #facetten;
  #lijsten;
  #toon;
  #gemeenten;
  #teller = vind('[data-count]');
  #balk = /** @type {HTMLElement} */ (this.#teller.parentElement);
  #bladen = document.querySelector('.bladeren');
  #toonAantal;

  /** What the page itself is about, when it is a list of one value. */
  #kop = ['h1', '.inleiding', 'title'].map((wat) => {
    const element = document.querySelector(wat);
    return { element, tekst: element?.textContent ?? '' };
  });

  /** @type {Keuzes} */
  #filters = {};

  /** What is chosen of each select. @type {Record<string, string>} */
  #keuzes = {};

  /**
   * @param {HTMLElement} plek what the links to static lists are in; says in data-… what it is
   * @param {import('./zeef.js').Zeef} zeef
   * @param {object} wat
   * @param {string[]} wat.zonder facets that are no filter here
   * @param {Keuzelijst[]} wat.lijsten the selects
   * @param {import('./zeef.js').Gemeente[]} wat.gemeenten
   * @param {(over: number[]) => void} wat.toon shows the rows that are left
   */
  constructor(plek, zeef, { zonder, lijsten, gemeenten, toon }) {
    this.#plek = plek;
    this.#zeef = zeef;
    this.#facetten = Object.keys(zeef.kolommen).filter((facet) => !zonder.includes(facet));
    this.#lijsten = lijsten;
    this.#toon = toon;
    this.#gemeenten = gemeenten;
    this.#toonAantal = toonknop(
      vind('.facetten__alle', plek, HTMLDetailsElement), this.#teller);
    this.#lees();
    this.#bouw();
  }

  /**
   * Show what the address asks for, now and whenever it changes; without a choice a page that is
   * not cut in sheets shows it already.
   */
  begin() {
    if (location.search || this.#plek.dataset.gekozen || this.#bladen) this.#verwerk();
    else {
      this.#toonKeuzes(this.#zeef.zeef({}).tellingen);
      this.#toonAantal(this.#teller.textContent ?? '');
    }
    addEventListener('popstate', () => {
      this.#lees();
      this.#verwerk();
    });
  }

  /** What a select stands on. */
  keuze(/** @type {string} */ naam) {
    return this.#keuzes[naam] ?? '';
  }

  /** The rows that are left. */
  get over() {
    return this.#zeef.zeef(this.#filters).over;
  }

  /** Nothing found: say which filter to drop to find something again. */
  leeg() {
    const filters = this.#filters;
    const zonder = (/** @type {string} */ tekst, /** @type {string[]} */ facetten) => {
      const rest = Object.fromEntries(
        Object.entries(filters).filter(([facet]) => !facetten.includes(facet)));
      const { totaal } = this.#zeef.zeef(rest);
      return totaal ? [maak('p', {}, [
        maak('a', { href: this.#adres(rest) }, [`${tekst}: ${this.#aantal(totaal)}`]),
      ])] : [];
    };
    return maak('div', { class: 'leeg' }, [
      maak('p', {}, ['Niets past bij al deze keuzes.']),
      ...Object.entries(filters).flatMap(([facet, slugs]) => {
        const namen = slugs.map((slug) => `‘${this.#zeef.naam(facet, slug)}’`);
        return zonder(`Zonder ${namen.join(' of ')}`, [facet]);
      }),
      ...(Object.keys(filters).length > 1
        ? zonder('Zonder al deze keuzes', Object.keys(filters)) : []),
    ]);
  }

  #aantal(/** @type {number} */ totaal) {
    const { een = '', meer = '' } = this.#plek.dataset;
    return aantal(totaal, een, meer);
  }

  /** Where the whole list is. */
  get #basis() {
    return new URL(this.#plek.dataset.basis ?? '', wortel);
  }

  /** The value that a static list has as a whole. @returns {Keuzes} */
  get #vast() {
    const { gekozen } = this.#plek.dataset;
    if (!gekozen) return {};
    const [facet, slug] = gekozen.split('/');
    return { [facet]: [slug] };
  }

  #lees() {
    const vraag = new URLSearchParams(location.search);
    // A static list of one value is that value, chosen, unless the address asks for something else.
    const namen = [...this.#facetten, ...this.#lijsten.map(({ naam }) => naam)];
    const gevraagd = namen.some((naam) => vraag.has(naam))
      || location.pathname === this.#basis.pathname;
    this.#filters = gevraagd ? uitVraag(vraag, this.#facetten) : this.#vast;
    this.#keuzes = Object.fromEntries(this.#lijsten.map(({ naam, opties }) => {
      const [waarde] = opties.find(([w]) => w === vraag.get(naam)) ?? opties[0];
      return [naam, waarde];
    }));
  }

  #adres(/** @type {Keuzes} */ filters) {
    const vraag = new URLSearchParams();
    inVraag(vraag, filters);
    for (const { naam, opties } of this.#lijsten) {
      if (this.#keuzes[naam] !== opties[0][0]) vraag.set(naam, this.#keuzes[naam]);
    }
    const adres = this.#basis;
    adres.search = vraag.toString();
    return adres.href;
  }

  #kies(/** @type {string} */ facet, /** @type {string} */ slug, /** @type {boolean} */ aan) {
    this.#filters = metKeuze(this.#filters, facet, slug, aan);
    this.#gewijzigd();
  }

  #gewijzigd() {
    history.pushState(null, '', this.#adres(this.#filters));
    this.#verwerk();
  }

  #verwerk() {
    const { over, totaal, tellingen } = this.#zeef.zeef(this.#filters);
    this.#toonKeuzes(tellingen);
    this.#toonKop();
    const geteld = this.#aantal(totaal);
    this.#toonAantal(geteld);
    if (this.#teller.textContent !== geteld) this.#teller.textContent = geteld; // said once
    this.#toon(over);
  }

  /**
   * A list of one value is called after it as long as that is all that is chosen; any other list,
   * and any further sheet, after the whole.
   */
  #toonKop() {
    const { titel, over = '' } = this.#plek.dataset;
    if (!titel) return;
    const eigen = JSON.stringify(this.#filters) === JSON.stringify(this.#vast);
    const [kop, inleiding, blad] = this.#kop;
    const naam = eigen ? kop.tekst.replace(/, blad \d+$/, '') : titel;
    if (kop.element) kop.element.textContent = naam;
    if (inleiding.element) inleiding.element.textContent = eigen ? inleiding.tekst : over;
    if (blad.element) blad.element.textContent = blad.tekst.replace(kop.tekst, naam);
  }

  /**
   * Bring checkboxes, counts, the removable choices and the selects in line with what is chosen. A
   * choice that leaves nothing cannot be made; but what has focus keeps it.
   * @param {Record<string, Uint32Array>} tellingen
   */
  #toonKeuzes(tellingen) {
    for (const facet of this.#facetten) {
      this.#zeef.kolommen[facet][0].forEach(([slug], w) => {
        const vak = document.getElementById(vakId(facet, slug));
        const regel = vak?.parentElement;
        if (!(vak instanceof HTMLInputElement) || !regel) return;
        vak.checked = this.#filters[facet]?.includes(slug) ?? false;
        vind('.telling', regel).textContent = getal(tellingen[facet][w]);
        vak.disabled = !tellingen[facet][w] && !vak.checked && vak !== document.activeElement;
      });
    }
    const gemeenten = this.#zeef.kolommen.gemeente?.[0] ?? [];
    const leeg = new Set(gemeenten.map(([slug]) => slug).filter((_, w) => !tellingen.gemeente[w]));
    for (const optie of this.#plek.querySelectorAll('option')) {
      optie.disabled = leeg.has(optie.dataset.slug ?? '');
    }
    const gekozen = Object.entries(this.#filters).flatMap(([facet, slugs]) => (
      slugs.map((slug) => ({ facet, slug }))));
    vind('[data-keuzes]').replaceChildren(...gekozen.map(({ facet, slug }) => (
      wegknop(this.#zeef.naam(facet, slug), () => {
        this.#kies(facet, slug, false);
        const volgende = this.#balk.querySelector('button.weg');
        (volgende instanceof HTMLElement ? volgende : vind('#kp-sorteer')).focus();
      }))));
    for (const { naam } of this.#lijsten) {
      vind(`#kp-${naam}`, document, HTMLSelectElement).value = this.#keuzes[naam];
    }
  }

  /** Put a form in the place of the links to static lists. */
  #bouw() {
    const alles = vind('.facetten__alle', this.#plek);
    const groepen = this.#facetten.map((facet) => ({ facet, keuzes: this.#zeef.keuzes(facet) }))
      .filter(({ keuzes }) => keuzes.length)
      .map(({ facet, keuzes }, nummer) => {
        const blok = facetblok(facet, this.#zeef.kolommen[facet][2], facet === 'gemeente'
          ? suggestieveld(this.#namen(keuzes), (slug) => this.#kies(facet, slug, true))
          : vakken(facet, keuzes, (slug, aan) => this.#kies(facet, slug, aan)));
        blok.open = nummer === 0 || Boolean(this.#filters[facet]);
        return blok;
      });
    for (const link of alles.querySelectorAll(':scope > details')) link.remove();
    vind('summary', alles).after(...groepen);
    this.#plek.hidden = false;
    this.#balk.querySelector('.weg')?.remove();
    this.#teller.after(maak('span', { class: 'keuzes', 'data-keuzes': '' }));
    this.#balk.after(maak('div', { class: 'sorteren' }, this.#lijsten.map((lijst) => (
      maak('p', {}, this.#keuzelijst(lijst))))));
    this.#bladen?.remove();
  }

  #keuzelijst(/** @type {Keuzelijst} */ { naam, label, opties }) {
    const lijst = maak('select', { id: `kp-${naam}`, 'data-filter': naam },
      opties.map(([waarde, tekst]) => maak('option', { value: waarde }, [tekst])));
    lijst.addEventListener('change', () => {
      this.#keuzes[naam] = lijst.value;
      this.#gewijzigd();
    });
    return [maak('label', { for: lijst.id }, [`${label} `]), lijst];
  }

  /**
   * Give the municipalities of the list by each of their names, former ones too.
   * @param {[string, string][]} keuzes
   * @returns {[string, string][]}
   */
  #namen(keuzes) {
    const hier = new Set(keuzes.map(([slug]) => slug));
    const andere = this.#gemeenten.filter(([slug]) => hier.has(slug));
    return [...keuzes, ...andere.flatMap(([slug, , , , namen]) => (
      namen.map((naam) => /** @type {[string, string]} */ ([slug, naam]))))];
  }
}
