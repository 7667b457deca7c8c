/**
 * A box that answers while one types, the first answers under it, to choose by mouse or arrows.
 */

import { wortel } from '../delen/adres.js';
import { maak } from '../delen/elementen.js';
import { aantal } from '../delen/getallen.js';
import { MISLUKT } from '../delen/ophalen.js';
import { stukken } from './stukken.js';
import { TE_KORT, TE_LANG, beantwoord, inkort, isGetypt, isKort } from './typen.js';
import { Vrager } from './vrager.js';

/**
 * @typedef {Pick<import('./antwoord.js').Resultaat, 'adres' | 'titel' | 'soort'>} Keuze
 *
 * @typedef {object} Doel what a box is for
 * @property {number} meeste answers that are shown
 * @property {(keuze: Keuze, elders: boolean) => void} kies what a choice does, here or in another
 *   tab
 * @property {(vraag: string, gevonden: string) => Keuze} [slot] what comes behind the answers, and
 *   leads to the others; without it only pages of the collections are found
 * @property {() => Promise<Keuze[]>} [vooraf] what can be chosen before anything is typed
 */

const vrager = new Vrager();
/** Keys that move within the text, so that what was pointed at is no choice any more. */
const IN_DE_TEKST = ['ArrowLeft', 'ArrowRight', 'Home', 'End'];

/**
 * To search: an answer leads to its page, and the last line, as Enter without a choice, to the
 * search page.
 * @type {Doel}
 */
const ZOEKEN = {
  meeste: 5,
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
export function verrijk(vak, { meeste, kies, slot, vooraf } = ZOEKEN) {
  if (vak.dataset.rijk) return;
  vak.dataset.rijk = 'ja';
  const id = `${vak.id}-antwoorden`;
  const lijst = maak('ul', { id, role: 'listbox' });
  const melding = maak('p', { role: 'status' });
  const paneel = maak('div', { class: 'alleen-voorlezen' }, [lijst, melding]);
  lijst.hidden = true;
  vak.form?.append(paneel);
  vak.setAttribute('role', 'combobox');
  vak.setAttribute('aria-expanded', 'false');
  vak.setAttribute('aria-controls', id);
  vak.setAttribute('aria-autocomplete', 'list');
  let plek = -1;
  let beurt = 0;

  /** Show the list or not, and say something: for all to see, or only aloud. */
  const open = (/** @type {boolean} */ vol, tekst = '', zichtbaar = false) => {
    lijst.hidden = !vol;
    vak.setAttribute('aria-expanded', String(vol));
    wijs(-1);
    melding.textContent = tekst;
    melding.className = zichtbaar ? 'antwoorden__melding' : 'alleen-voorlezen';
    paneel.className = vol || zichtbaar ? 'antwoorden' : 'alleen-voorlezen';
  };
  const sluit = () => {
    beurt += 1;
    open(false);
  };
  /** Point at a line, or at none. */
  const wijs = (/** @type {number} */ nieuw) => {
    plek = nieuw;
    [...lijst.children].forEach((regel, i) => {
      regel.setAttribute('aria-selected', String(i === plek));
    });
    const gewezen = lijst.children[plek];
    if (gewezen) vak.setAttribute('aria-activedescendant', gewezen.id);
    else vak.removeAttribute('aria-activedescendant');
    gewezen?.scrollIntoView({ block: 'nearest' });
  };
  const regel = (/** @type {Keuze} */ keuze, /** @type {number} */ i) => {
    const { adres, titel, soort } = keuze;
    const li = maak('li', {
      id: `${id}-${i}`,
      role: 'option',
      'data-adres': new URL(adres, wortel).href,
      ...(soort ? {} : { class: 'antwoorden__slot' }),
    }, [
      maak('span', { class: 'antwoorden__titel' }, stukken(titel)),
      ...(soort ? [maak('span', { class: 'telling' }, [soort])] : []),
    ]);
    li.addEventListener('click', ({ ctrlKey, metaKey }) => {
      const elders = ctrlKey || metaKey;
      if (!elders) sluit();
      kies(keuze, elders);
    });
    return li;
  };
  /** @param {string} naam @param {Keuze[]} keuzes @param {string} tekst @param {boolean} zichtbaar */
  const toon = (naam, keuzes, tekst, zichtbaar) => {
    lijst.setAttribute('aria-label', naam);
    lijst.replaceChildren(...keuzes.map(regel));
    open(keuzes.length > 0, tekst, zichtbaar || !keuzes.length);
  };
  const toonGevonden = (
    /** @type {import('./antwoord.js').Antwoord} */ { resultaten, totaal },
    /** @type {string} */ gevraagd,
    /** @type {boolean} */ ingekort,
  ) => {
    const gevonden = totaal ? aantal(totaal, 'resultaat', 'resultaten') : '';
    const meer = !slot && totaal > resultaten.length
      ? `De eerste ${resultaten.length} van ${gevonden}. Typ meer woorden voor andere.` : '';
    const niets = slot ? 'Niets gevonden' : 'Niets gevonden. Probeer een ander woord.';
    toon(
      'Eerste resultaten',
      [...resultaten, ...(slot ? [slot(gevraagd, gevonden)] : [])],
      ingekort ? TE_LANG : meer || gevonden || niets,
      ingekort || meer !== '',
    );
  };
  const vraag = async (half = false) => {
    beurt += 1;
    const eigen = beurt;
    const gevraagd = inkort(vak.value);
    const ingekort = gevraagd !== vak.value;
    if (ingekort) vak.value = gevraagd;
    try {
      if (!gevraagd.trim()) {
        open(false);
        const bekend = await vooraf?.() ?? [];
        if (eigen !== beurt || !bekend.length) return;
        toon('Wat u hebt bewaard', bekend, aantal(bekend.length, 'pagina', 'pagina’s'), false);
        return;
      }
      if (isKort(gevraagd)) open(false, TE_KORT, true);
      const gekregen = await beantwoord(
        vrager, { vraag: gevraagd, aantal: meeste, half, inhoud: !slot }, () => eigen === beurt);
      if (!gekregen || (isKort(gevraagd) && !gekregen.antwoord.totaal)) return;
      toonGevonden(gekregen.antwoord, gevraagd, ingekort);
    } catch {
      if (eigen !== beurt) return;
      if (slot) sluit();
      else open(false, MISLUKT, true);
    }
  };

  vak.addEventListener('input', (event) => vraag(isGetypt(event)));
  vak.addEventListener('keydown', (event) => {
    if (lijst.hidden) {
      if (event.key === 'ArrowDown') vraag();
      return;
    }
    const { length } = lijst.children;
    if (IN_DE_TEKST.includes(event.key)) {
      wijs(-1);
      return;
    }
    if (event.key === 'ArrowDown') wijs((plek + 1) % length);
    else if (event.key === 'ArrowUp') wijs(plek > 0 ? plek - 1 : length - 1);
    else if (event.key === 'Escape') sluit();
    else if (event.key === 'Enter' && plek >= 0) /** @type {HTMLElement} */ (lijst.children[plek]).click();
    else return;
    event.preventDefault();
  });
  vak.addEventListener('blur', sluit);
  if (vooraf) vak.addEventListener('click', () => { if (lijst.hidden) vraag(); });
  // The box keeps the focus, so that the list stays open until the click.
  lijst.addEventListener('mousedown', (event) => event.preventDefault());
  if (vak.value) vraag();
}
