/**
 * The filters beside a list: checkboxes with counts, choices that can be taken away and selects.
 * What is chosen is in the address. Without JavaScript there are links to static lists instead.
 * The data comes when the visitor reaches for a filter, or the address has one: it is more than the
 * page itself.
 */

import { wortel } from '../delen/adres.js';
import { alle, maak, vind } from '../delen/elementen.js';
import {
  facetblok, inVraag, metKeuze, suggestieveld, toonknop, uitVraag, vakId, vakken, wegknop,
} from '../delen/facetten.js';
import { aantal, getal } from '../delen/getallen.js';
import { onthoud } from '../delen/onthoud.js';
import { MISLUKT } from '../delen/ophalen.js';

/**
 * @typedef {import('../delen/facetten.js').Keuzes} Keuzes
 * @typedef {import('./zeef.js').Zeef} Zeef
 */

export class Filter {
  #plek;
  #facetten;

  /** The selects by their name in the address, which has no name of a first option. */
  #lijsten = new Map([...document.querySelectorAll('select')].flatMap((lijst) => (
    lijst.dataset.keuze ? [[lijst.dataset.keuze, lijst]] : [])));

  #laad;
  #toon;
  #teller = vind('[data-count]');
  #balk = /** @type {HTMLElement} */ (this.#teller.parentElement);
  #bladen = document.querySelector('.bladeren');
  #toonAantal;

  /** What the page itself is about, when it is a list of one value. */
  #kop = ['h1', '.inleiding', 'title'].map((wat) => {
    const element = document.querySelector(wat);
    return { element, tekst: element?.textContent ?? '' };
  });

  /** @type {Zeef | undefined} */
  #geladen;

  /** @type {Keuzes} */
  #filters = {};

  /** What is chosen of each select. @type {Record<string, string>} */
  #keuzes = {};

  /**
   * @param {HTMLElement} plek what the links to static lists are in; says in data-… what it is
   * @param {object} wat
   * @param {(adres: string) => Promise<{zeef: Zeef, gemeenten: import('./zeef.js').Gemeente[]}>} wat.laad
   *   gives the same for every address
   * @param {(over: number[]) => void} wat.toon shows the rows that are left
   */
  constructor(plek, { laad, toon }) {
    this.#plek = plek;
    this.#facetten = [...alle('[data-facet]', plek)].map(({ dataset }) => dataset.facet ?? '');
    this.#toon = toon;
    this.#laad = onthoud(async () => {
      const { zeef, gemeenten } = await laad('');
      this.#geladen = zeef;
      this.#vul(zeef, gemeenten);
      return zeef;
    });
    this.#toonAantal = toonknop(
      vind('.facetten__alle', plek, HTMLDetailsElement), this.#teller);
    this.#lees();
    this.#bouw();
  }

  /** Show what the address asks for, unless the page shows it already, and whenever it changes. */
  begin() {
    this.#toonAantal(this.#teller.textContent ?? '');
    this.#toonKeuzen();
    for (const deel of [this.#plek, ...alle('.sorteren, .downloads')]) deel.inert = false;
    if (Filter.vraagt(this.#basis)) this.#verwerk();
    for (const reikt of ['pointerover', 'focusin']) {
      for (const waar of [this.#plek, vind('.sorteren')]) {
        waar.addEventListener(reikt, () => { this.#zeef().catch(() => {}); }, { once: true });
      }
    }
    addEventListener('popstate', () => {
      this.#lees();
      this.#verwerk();
    });
  }

  /** Tell whether the address asks for more than the whole list. @param {string | URL} basis */
  static vraagt(basis) {
    return Boolean(location.search) || location.pathname !== new URL(basis, wortel).pathname;
  }

  /** Give what filters, when its data is there. */
  #zeef() {
    return this.#laad('');
  }

  /** What a select stands on. */
  keuze(/** @type {string} */ naam) {
    return this.#keuzes[naam] ?? '';
  }

  /** The rows that are left. */
  async over() {
    return (await this.#zeef()).zeef(this.#filters).over;
  }

  /** Nothing found: say which filter to drop to find something again. @param {Zeef} zeef */
  leeg(zeef) {
    const filters = this.#filters;
    const zonder = (/** @type {string} */ tekst, /** @type {string[]} */ facetten) => {
      const rest = Object.fromEntries(
        Object.entries(filters).filter(([facet]) => !facetten.includes(facet)));
      const { totaal } = zeef.zeef(rest);
      return totaal ? [maak('p', {}, [
        maak('a', { href: this.#adres(rest) }, [`${tekst}: ${this.#aantal(totaal)}`]),
      ])] : [];
    };
    return maak('div', { class: 'leeg' }, [
      maak('p', {}, ['Niets past bij al deze keuzes.']),
      ...Object.entries(filters).flatMap(([facet, slugs]) => {
        const namen = slugs.map((slug) => `‘${zeef.naam(facet, slug)}’`);
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
    const namen = [...this.#facetten, ...this.#lijsten.keys()];
    const gevraagd = namen.some((naam) => vraag.has(naam))
      || location.pathname === this.#basis.pathname;
    this.#filters = gevraagd ? uitVraag(vraag, this.#facetten) : this.#vast;
    this.#keuzes = Object.fromEntries([...this.#lijsten].map(([naam, { options: [eerste, ...meer] }]) => {
      const { value } = meer.find((optie) => optie.value === vraag.get(naam)) ?? eerste;
      return [naam, value];
    }));
  }

  #adres(/** @type {Keuzes} */ filters) {
    const vraag = new URLSearchParams();
    inVraag(vraag, filters);
    for (const [naam, { options }] of this.#lijsten) {
      if (this.#keuzes[naam] !== options[0].value) vraag.set(naam, this.#keuzes[naam]);
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
    this.#toonKeuzen();
    if (this.#geladen) this.#toonOver(this.#geladen);
    else {
      // Of one value the page knows already what it leaves.
      const [telling, ...meer] = this.#plek.querySelectorAll('li:has(:checked) > .telling');
      if (telling?.textContent && !meer.length) {
        this.#teller.textContent = this.#aantal(Number(telling.textContent.replace('.', '')));
      }
      this.#zeef().then((zeef) => this.#toonOver(zeef), () => {
        this.#teller.textContent = MISLUKT;
      });
    }
  }

  #toonOver(/** @type {Zeef} */ zeef) {
    const { over, totaal, tellingen } = zeef.zeef(this.#filters);
    this.#tel(zeef, tellingen);
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

  /** Bring the boxes and the selects in line with what is chosen. */
  #toonKeuzen() {
    for (const vak of this.#plek.querySelectorAll('input')) {
      const { filter = '' } = vak.dataset;
      if (vak.type === 'checkbox') vak.checked = this.#filters[filter]?.includes(vak.value) ?? false;
    }
    for (const [naam, lijst] of this.#lijsten) lijst.value = this.#keuzes[naam];
  }

  /**
   * Say of each value what it leaves, and give the choices as buttons. A choice that leaves nothing
   * cannot be made; but what has focus keeps it.
   * @param {Zeef} zeef
   * @param {Record<string, Uint32Array>} tellingen
   */
  #tel(zeef, tellingen) {
    for (const facet of this.#facetten) {
      zeef.kolommen[facet][0].forEach(([slug], w) => {
        const vak = document.getElementById(vakId(facet, slug));
        const regel = vak?.parentElement;
        if (!(vak instanceof HTMLInputElement) || !regel) return;
        vind('.telling', regel).textContent = getal(tellingen[facet][w]);
        vak.disabled = !tellingen[facet][w] && !vak.checked && vak !== document.activeElement;
      });
    }
    const gemeenten = zeef.kolommen.gemeente?.[0] ?? [];
    const leeg = new Set(gemeenten.map(([slug]) => slug).filter((_, w) => !tellingen.gemeente[w]));
    for (const optie of this.#plek.querySelectorAll('option')) {
      optie.disabled = leeg.has(optie.dataset.slug ?? '');
    }
    const gekozen = Object.entries(this.#filters).flatMap(([facet, slugs]) => (
      slugs.map((slug) => ({ facet, slug }))));
    vind('[data-keuzes]').replaceChildren(...gekozen.map(({ facet, slug }) => (
      wegknop(zeef.naam(facet, slug), () => {
        this.#kies(facet, slug, false);
        const volgende = this.#balk.querySelector('button.weg');
        (volgende instanceof HTMLElement ? volgende : vind('#kp-sorteer')).focus();
      }))));
  }

  /**
   * Put a form in the place of the links to static lists, with the values and counts of those; of
   * facets without links there is only the name.
   */
  #bouw() {
    const alles = vind('.facetten__alle', this.#plek);
    const groepen = [...alle('[data-facet]', alles)].map((lijst, nummer) => {
      const { facet = '' } = lijst.dataset;
      const regels = [...alle('[data-waarde]', lijst)];
      const blok = facetblok(facet, vind('summary', lijst).textContent ?? '',
        this.#vakken(facet, regels.map((regel) => (
          [regel.dataset.waarde ?? '', vind('a', regel).textContent ?? '']))));
      // What has passed since the site was made has not been counted so yet.
      if (facet !== 'wanneer') regels.forEach((regel, i) => {
        blok.querySelectorAll('.telling')[i].textContent = vind('.telling', regel).textContent;
      });
      blok.open = nummer === 0 || lijst.hasAttribute('open') || Boolean(this.#filters[facet]);
      return blok;
    });
    for (const link of alles.querySelectorAll(':scope > details, :scope > p:not(.toonknop)')) {
      link.remove();
    }
    vind('summary', alles).after(...groepen);
    for (const [naam, lijst] of this.#lijsten) {
      lijst.dataset.filter = naam; // as each control that works has
      lijst.addEventListener('change', () => {
        this.#keuzes[naam] = lijst.value;
        this.#gewijzigd();
      });
    }
    this.#bladen?.remove();
  }

  /**
   * Give facets without links their values, and every value what it leaves.
   * @param {Zeef} zeef
   * @param {import('./zeef.js').Gemeente[]} gemeenten
   */
  #vul(zeef, gemeenten) {
    for (const facet of this.#facetten) {
      const veld = vind(`[data-facet=${facet}] ul`, this.#plek);
      const keuzes = zeef.keuzes(facet);
      if (facet === 'gemeente') {
        veld.replaceWith(suggestieveld(
          metNamen(keuzes, gemeenten), (slug) => this.#kies(facet, slug, true)));
      } else if (!veld.hasChildNodes()) veld.replaceWith(this.#vakken(facet, keuzes));
    }
    this.#toonKeuzen();
    this.#tel(zeef, zeef.zeef(this.#filters).tellingen);
  }

  #vakken(/** @type {string} */ facet, /** @type {[string, string][]} */ keuzes) {
    return vakken(facet, keuzes, (slug, aan) => this.#kies(facet, slug, aan));
  }
}

/**
 * Give the municipalities of a list by each of their names, former ones too.
 * @param {[string, string][]} keuzes
 * @param {import('./zeef.js').Gemeente[]} gemeenten
 * @returns {[string, string][]}
 */
function metNamen(keuzes, gemeenten) {
  const hier = new Set(keuzes.map(([slug]) => slug));
  const andere = gemeenten.filter(([slug]) => hier.has(slug));
  return [...keuzes, ...andere.flatMap(([slug, , , , namen]) => (
    namen.map((naam) => /** @type {[string, string]} */ ([slug, naam]))))];
}
