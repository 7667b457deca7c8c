/**
 * A box that answers while one types, the first answers under it, to choose by mouse or arrows.
 */

import { wortel } from '../delen/adres.js';
import { maak } from '../delen/elementen.js';
import { aantal } from '../delen/getallen.js';
import { stukken } from './stukken.js';
import { TE_KORT, TE_LANG, beantwoord, inkort, isGetypt, isKort } from './typen.js';
import { Vrager } from './vrager.js';

/**
 * @typedef {Pick<import('./antwoord.js').Resultaat, 'adres' | 'titel' | 'soort'>} Keuze
 *
 * @typedef {object} Doel what a box is for
 * @property {(keuze: Keuze, elders: boolean) => void} kies what a choice does, here or in another
 *   tab
 * @property {boolean} [inhoud] whether only pages of the collections can be chosen
 * @property {(vraag: string, gevonden: string) => Keuze} [slot] what comes behind the answers
 * @property {() => Promise<Keuze[]>} [vooraf] what can be chosen before anything is typed
 */

const EERSTE = 5;
const vrager = new Vrager();

/**
 * To search: an answer leads to its page, and the last line, as Enter without a choice, to the
 * search page.
 * @type {Doel}
 */
const ZOEKEN = {
  kies: ({ adres }, elders) => {
    window.open(new URL(adres, wortel), elders ? '_blank' : '_self', 'noopener');
  },
  slot: (vraag, gevonden) => ({
    adres: `zoeken/?${new URLSearchParams({ q: vraag })}`,
    titel: [[gevonden ? `Alle ${gevonden}` : 'Niets gevonden. Zoek verder', false]],
    soort: '',
  }),
};

/**
 * Make a box answer while one types.
 * @param {HTMLInputElement} vak in a form, with an id
 * @param {Doel} doel
 */
export function verrijk(vak, { kies, inhoud = false, slot, vooraf } = ZOEKEN) {
  if (vak.dataset.rijk) return;
  vak.dataset.rijk = 'ja';
  const id = `${vak.id}-antwoorden`;
  const lijst = maak('ul', { id, role: 'listbox', 'aria-label': 'Eerste resultaten' });
  const melding = maak('p', { role: 'status' });
  const paneel = maak('div', { class: 'alleen-voorlezen' }, [lijst, melding]);
  lijst.hidden = true;
  vak.form?.append(paneel);
  vak.setAttribute('role', 'combobox');
  vak.setAttribute('aria-expanded', 'false');
  vak.setAttribute('aria-controls', id);
  vak.setAttribute('aria-autocomplete', 'list');
  /** @type {Keuze[]} */
  let keuzes = [];
  let plek = -1;
  let beurt = 0;

  /** Show the list or not, and say something: for all to see, or only aloud. */
  const open = (/** @type {boolean} */ vol, tekst = '', zichtbaar = false) => {
    lijst.hidden = !vol;
    plek = -1;
    vak.setAttribute('aria-expanded', String(vol));
    vak.removeAttribute('aria-activedescendant');
    melding.textContent = tekst;
    melding.className = zichtbaar ? 'antwoorden__melding' : 'alleen-voorlezen';
    paneel.className = vol || zichtbaar ? 'antwoorden' : 'alleen-voorlezen';
  };
  const sluit = () => {
    beurt += 1;
    open(false);
  };
  const wijs = (/** @type {number} */ nieuw) => {
    const regels = [...lijst.children];
    plek = (nieuw + regels.length) % regels.length;
    regels.forEach((regel, i) => regel.setAttribute('aria-selected', String(i === plek)));
    vak.setAttribute('aria-activedescendant', regels[plek].id);
    regels[plek].scrollIntoView({ block: 'nearest' });
  };
  /** @param {Keuze[]} nieuw @param {string} tekst @param {boolean} [zichtbaar] */
  const toon = (nieuw, tekst, zichtbaar) => {
    keuzes = nieuw;
    lijst.replaceChildren(...keuzes.map(({ adres, titel, soort }, i) => maak('li', {
      id: `${id}-${i}`,
      role: 'option',
      'aria-selected': 'false',
      'data-adres': new URL(adres, wortel).href,
    }, [
      maak('span', { class: 'antwoorden__titel' }, stukken(titel)),
      ...(soort ? [maak('span', { class: 'telling' }, [soort])] : []),
    ])));
    open(keuzes.length > 0, tekst, zichtbaar ?? !keuzes.length);
  };
  const toonVooraf = async () => {
    const eigen = beurt;
    const bekend = await vooraf?.().catch(() => []) ?? [];
    if (eigen === beurt && bekend.length) toon(bekend, aantal(bekend.length, 'pagina', 'pagina’s'));
  };
  const vraag = async (half = false) => {
    beurt += 1;
    const eigen = beurt;
    const gevraagd = inkort(vak.value);
    const ingekort = gevraagd !== vak.value;
    if (ingekort) vak.value = gevraagd;
    if (!gevraagd.trim()) {
      sluit();
      await toonVooraf();
      return;
    }
    if (isKort(gevraagd)) open(false, TE_KORT, true);
    try {
      const gekregen = await beantwoord(
        vrager, { vraag: gevraagd, aantal: EERSTE, half, inhoud }, () => eigen === beurt);
      if (!gekregen || (isKort(gevraagd) && !gekregen.antwoord.totaal)) return;
      const { totaal, resultaten } = gekregen.antwoord;
      const gevonden = totaal ? aantal(totaal, 'resultaat', 'resultaten') : '';
      const alle = [...resultaten, ...(slot ? [slot(gevraagd, gevonden)] : [])];
      if (ingekort) toon(alle, TE_LANG, true);
      else toon(alle, gevonden || `Niets gevonden${slot ? '' : '. Probeer een ander woord.'}`);
    } catch {
      if (eigen === beurt) sluit();
    }
  };

  const neem = (/** @type {number} */ gekozen, elders = false) => {
    const keuze = keuzes[gekozen];
    sluit();
    kies(keuze, elders);
  };

  vak.addEventListener('input', (event) => vraag(isGetypt(event)));
  vak.addEventListener('keydown', (event) => {
    if (lijst.hidden) {
      if (event.key === 'ArrowDown') vraag();
      return;
    }
    if (event.key === 'ArrowDown') wijs(plek + 1);
    else if (event.key === 'ArrowUp') wijs(plek < 0 ? keuzes.length - 1 : plek - 1);
    else if (event.key === 'Escape') sluit();
    else if (event.key === 'Enter' && plek >= 0) neem(plek);
    else return;
    event.preventDefault();
  });
  vak.addEventListener('blur', sluit);
  if (vooraf) {
    for (const gebeurtenis of ['focus', 'click']) {
      vak.addEventListener(gebeurtenis, () => { if (lijst.hidden) vraag(); });
    }
  }
  // The box keeps the focus, so that the list stays open until the click.
  lijst.addEventListener('mousedown', (event) => event.preventDefault());
  lijst.addEventListener('click', ({ target, ctrlKey, metaKey }) => {
    const gekozen = [...lijst.children].findIndex((regel) => (
      target instanceof Node && regel.contains(target)));
    if (gekozen >= 0) neem(gekozen, ctrlKey || metaKey);
  });
  if (document.activeElement === vak) vraag();
}
