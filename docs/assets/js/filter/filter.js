/**
 * The filters beside a list: checkboxes with counts, choices that can be taken away and selects. What is chosen is in
 * the address. Without JavaScript there are links to static lists in their place.
 */

import { FACETTEN, aantal, getal, maak, suggestieveld, wegknop, wortel } from '../zoek/bouw.js';

/**
 * @typedef {object} Keuzelijst
 * @property {string} naam in the address
 * @property {string} label
 * @property {[string, string][]} opties value and text; the first is not in the address
 */

export class Filter {
  #plek;
  #zeef;
  #facetten;
  #lijsten;
  #toon;
  #gemeenten;
  #teller = document.querySelector('[data-count]');
  #bladen = document.querySelector('.bladeren');

  /** What the page itself is about, when it is a list of one value. */
  #kop = ['h1', '.inleiding', 'title'].map((wat) => ({ element: document.querySelector(wat), tekst: document.querySelector(wat)?.textContent ?? '' }));

  /** Chosen values by facet, and what is chosen of each select. */
  #stand = { filters: {} };

  /**
   * @param {HTMLElement} plek what the links to static lists are in; says in data-… what the list is
   * @param {import('./zeef.js').Zeef} zeef
   * @param {{zonder: (string | undefined)[], lijsten: Keuzelijst[], gemeenten?: any[], toon: (over: number[]) => void}} wat facets that are no filter here, the selects,
   *   the file of municipalities, and what shows the rows that are left
   */
  constructor(plek, zeef, { zonder, lijsten, gemeenten = [], toon }) {
    this.#plek = plek;
    this.#zeef = zeef;
    this.#facetten = Object.keys(FACETTEN).filter((facet) => !zonder.includes(facet));
    this.#lijsten = lijsten;
    this.#toon = toon;
    this.#gemeenten = gemeenten;
    this.#lees();
    this.#bouw();
  }

  /** Show what the address asks for, now and whenever it changes; without a choice a page that is not cut in sheets shows it already. */
  begin() {
    if (location.search || this.#plek.dataset.gekozen || this.#bladen) this.#verwerk(); else this.#toonKeuzes(this.#zeef.zeef({}).tellingen);
    addEventListener('popstate', () => { this.#lees(); this.#verwerk(); });
  }

  /** What a select stands on. */
  keuze(naam) {
    return this.#stand[naam];
  }

  /** The rows that are left. */
  get over() {
    return this.#zeef.zeef(this.#stand.filters).over;
  }

  /** Nothing found: say which filter to drop to find something again. */
  leeg() {
    const { filters } = this.#stand;
    const zonder = (tekst, facetten) => {
      const rest = Object.fromEntries(Object.entries(filters).filter(([facet]) => !facetten.includes(facet)));
      const { totaal } = this.#zeef.zeef(rest);
      return totaal ? [maak('p', {}, [maak('a', { href: this.#adres(rest) }, [`${tekst}: ${this.#aantal(totaal)}`])])] : [];
    };
    return maak('div', { class: 'leeg' }, [maak('p', {}, ['Niets past bij al deze keuzes.']),
      ...Object.entries(filters).flatMap(([facet, slugs]) => zonder(`Zonder ${slugs.map((slug) => `‘${this.#zeef.naam(facet, slug)}’`).join(' of ')}`, [facet])),
      ...(Object.keys(filters).length > 1 ? zonder('Zonder al deze keuzes', Object.keys(filters)) : [])]);
  }

  #aantal(totaal) {
    return aantal(totaal, this.#plek.dataset.een, this.#plek.dataset.meer);
  }

  #lees() {
    const vraag = new URLSearchParams(location.search);
    const filters = {};
    for (const facet of this.#facetten) if (vraag.has(facet)) filters[facet] = vraag.getAll(facet);
    // A static list of one value is that value, chosen, unless the address asks for something else.
    const anders = [...this.#facetten, ...this.#lijsten.map(({ naam }) => naam)].some((naam) => vraag.has(naam));
    if (this.#plek.dataset.gekozen && !anders && location.pathname !== new URL(this.#plek.dataset.basis, wortel).pathname) {
      const [facet, waarde] = this.#plek.dataset.gekozen.split('/');
      filters[facet] = [waarde];
    }
    this.#stand = { filters };
    for (const { naam, opties } of this.#lijsten) {
      const gevraagd = vraag.get(naam);
      this.#stand[naam] = opties.some(([waarde]) => waarde === gevraagd) ? gevraagd : opties[0][0];
    }
  }

  #adres(filters) {
    const vraag = new URLSearchParams();
    for (const [facet, waarden] of Object.entries(filters)) for (const waarde of waarden) vraag.append(facet, waarde);
    for (const { naam, opties } of this.#lijsten) if (this.#stand[naam] !== opties[0][0]) vraag.set(naam, this.#stand[naam]);
    const adres = new URL(this.#plek.dataset.basis, wortel);
    adres.search = vraag.toString();
    return adres.href;
  }

  #kies(facet, slug, aan) {
    const over = (this.#stand.filters[facet] ?? []).filter((s) => s !== slug);
    const filters = { ...this.#stand.filters, [facet]: aan ? [...over, slug] : over };
    if (!filters[facet].length) delete filters[facet];
    this.#wijzig({ filters });
  }

  #wijzig(verandering) {
    this.#stand = { ...this.#stand, ...verandering };
    history.pushState(null, '', this.#adres(this.#stand.filters));
    this.#verwerk();
  }

  #verwerk() {
    const { over, totaal, tellingen } = this.#zeef.zeef(this.#stand.filters);
    this.#toonKeuzes(tellingen);
    this.#toonKop();
    if (this.#teller.textContent !== this.#aantal(totaal)) this.#teller.textContent = this.#aantal(totaal); // said once
    this.#toon(over);
  }

  /** A list of one value is called after it as long as that is all that is chosen; any other list, and any further sheet, after the whole. */
  #toonKop() {
    const { gekozen, titel, over } = this.#plek.dataset;
    if (!titel) return;
    const eigen = JSON.stringify(Object.entries(this.#stand.filters)) === JSON.stringify(gekozen ? [[gekozen.split('/')[0], [gekozen.split('/')[1]]]] : []);
    const [kop, inleiding, blad] = this.#kop;
    const naam = eigen ? kop.tekst.replace(/, blad \d+$/, '') : titel;
    kop.element.textContent = naam;
    inleiding.element.textContent = eigen ? inleiding.tekst : over;
    blad.element.textContent = blad.tekst.replace(kop.tekst, naam);
  }

  /** Bring checkboxes, counts, the removable choices and the selects in line with what is chosen. */
  #toonKeuzes(tellingen) {
    for (const facet of this.#facetten) {
      this.#zeef.kolommen[facet][0].forEach(([slug], w) => {
        const vink = document.getElementById(`kp-f-${facet}-${slug}`);
        if (!vink) return;
        vink.checked = this.#stand.filters[facet]?.includes(slug) ?? false;
        vink.parentElement.querySelector('.telling').textContent = getal(tellingen[facet][w]);
        vink.parentElement.classList.toggle('is-leeg', !tellingen[facet][w] && !vink.checked);
      });
    }
    document.querySelector('[data-keuzes]').replaceChildren(...Object.entries(this.#stand.filters).flatMap(([facet, slugs]) => slugs.map((slug) => wegknop(this.#zeef.naam(facet, slug), () => {
      this.#kies(facet, slug, false);
      (this.#teller.parentElement.querySelector('.weg') ?? document.getElementById('kp-sorteer')).focus();
    }))));
    for (const { naam } of this.#lijsten) document.getElementById(`kp-${naam}`).value = this.#stand[naam];
  }

  /** Put a form in the place of the links to static lists. */
  #bouw() {
    const alle = this.#plek.querySelector('.facetten__alle');
    const groepen = this.#facetten.map((facet) => [facet, this.#zeef.keuzes(facet)]).filter(([, keuzes]) => keuzes.length).map(([facet, keuzes], nummer) => {
      const titel = FACETTEN[facet];
      const veld = facet === 'gemeente' ? suggestieveld(this.#namen(keuzes), (slug) => this.#kies(facet, slug, true)) : this.#vakken(facet, keuzes);
      const blok = maak('details', { class: 'facet' }, [maak('summary', {}, [titel]), maak('fieldset', {}, [maak('legend', { class: 'alleen-voorlezen' }, [titel]), veld])]);
      blok.open = nummer === 0 || Boolean(this.#stand.filters[facet]);
      return blok;
    });
    for (const kind of [...alle.children]) if (kind.tagName !== 'SUMMARY') kind.remove();
    alle.append(...groepen);
    this.#plek.hidden = false;
    this.#teller.parentElement.querySelector('.weg')?.remove();
    this.#teller.after(maak('span', { class: 'keuzes', 'data-keuzes': '' }));
    this.#teller.parentElement.after(maak('div', { class: 'sorteren' }, this.#lijsten.map(({ naam, label, opties }) => {
      const lijst = maak('select', { id: `kp-${naam}`, 'data-filter': naam }, opties.map(([waarde, tekst]) => maak('option', { value: waarde }, [tekst])));
      lijst.addEventListener('change', () => this.#wijzig({ [naam]: lijst.value }));
      return maak('p', {}, [maak('label', { for: lijst.id }, [`${label} `]), lijst]);
    })));
    this.#bladen?.remove();
  }

  /** Give the municipalities of the list by each of their names, former ones too. */
  #namen(keuzes) {
    const hier = new Set(keuzes.map(([slug]) => slug));
    return [...keuzes, ...this.#gemeenten.filter(([slug]) => hier.has(slug)).flatMap(([slug, , , , anders]) => anders.map((naam) => [slug, naam]))];
  }

  #vakken(facet, keuzes) {
    return maak('ul', {}, keuzes.map(([slug, tekst]) => {
      const id = `kp-f-${facet}-${slug}`;
      const vink = maak('input', { type: 'checkbox', id, value: slug, 'data-filter': facet });
      vink.addEventListener('change', () => this.#kies(facet, slug, vink.checked));
      return maak('li', {}, [vink, maak('label', { for: id }, [tekst]), maak('span', { class: 'telling' })]);
    }));
  }
}
