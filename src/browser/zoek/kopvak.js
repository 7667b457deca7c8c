/**
 * The search box of any other page: the first answers under it, by mouse or arrows. Enter without
 * a choice opens the search page.
 */

import { wortel } from '../delen/adres.js';
import { maak } from '../delen/elementen.js';
import { aantal } from '../delen/getallen.js';
import { stukken } from './stukken.js';
import { TE_KORT, TE_LANG, beantwoord, inkort, isGetypt, isKort } from './typen.js';
import { Vrager } from './vrager.js';

const EERSTE = 5;
const vrager = new Vrager();
let nummer = 0;

/** Make a search box answer while one types. */
export function verrijk(/** @type {HTMLInputElement} */ vak) {
  if (vak.dataset.rijk) return;
  vak.dataset.rijk = 'ja';
  nummer += 1;
  const id = `kp-antwoorden-${nummer}`;
  const lijst = maak('ul', { id, role: 'listbox', 'aria-label': 'Eerste resultaten' });
  const melding = maak('p', { role: 'status' });
  const paneel = maak('div', { class: 'alleen-voorlezen' }, [lijst, melding]);
  lijst.hidden = true;
  vak.form?.append(paneel);
  vak.setAttribute('role', 'combobox');
  vak.setAttribute('aria-expanded', 'false');
  vak.setAttribute('aria-controls', id);
  vak.setAttribute('aria-autocomplete', 'list');
  let keuze = -1;
  let beurt = 0;
  const regels = () => /** @type {HTMLLIElement[]} */ ([...lijst.children]);

  /** Show the list or not, and say something: for all to see, or only aloud. */
  const open = (/** @type {boolean} */ vol, tekst = '', zichtbaar = false) => {
    lijst.hidden = !vol;
    keuze = -1;
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
  const kies = (/** @type {number} */ nieuw) => {
    const alle = regels();
    keuze = (nieuw + alle.length) % alle.length;
    alle.forEach((regel, i) => regel.setAttribute('aria-selected', String(i === keuze)));
    vak.setAttribute('aria-activedescendant', alle[keuze].id);
    alle[keuze].scrollIntoView({ block: 'nearest' });
  };
  /** @param {string | number} wat @param {string} adres @param {(Node | string)[]} inhoud */
  const regel = (wat, adres, inhoud) => maak('li', {
    id: `${id}-${wat}`, role: 'option', 'aria-selected': 'false', 'data-adres': adres,
  }, inhoud);
  const toon = (
    /** @type {import('./antwoord.js').Antwoord} */ { resultaten, totaal },
    /** @type {boolean} */ ingekort,
  ) => {
    const gevonden = totaal ? aantal(totaal, 'resultaat', 'resultaten') : '';
    const alles = new URL('zoeken/', wortel);
    alles.searchParams.set('q', vak.value);
    lijst.replaceChildren(
      ...resultaten.map((r, i) => regel(i, new URL(r.adres, wortel).href, [
        maak('span', { class: 'antwoorden__titel' }, stukken(r.titel)),
        maak('span', { class: 'telling' }, [r.soort]),
      ])),
      regel('alles', alles.href, [gevonden ? `Alle ${gevonden}` : 'Niets gevonden. Zoek verder']),
    );
    if (ingekort) open(true, TE_LANG, true);
    else open(true, gevonden || 'Niets gevonden');
  };
  const vraag = async (half = false) => {
    beurt += 1;
    const eigen = beurt;
    const gevraagd = inkort(vak.value);
    const ingekort = gevraagd !== vak.value;
    if (ingekort) vak.value = gevraagd;
    if (!gevraagd.trim()) {
      sluit();
      return;
    }
    if (isKort(gevraagd)) open(false, TE_KORT, true);
    try {
      const gekregen = await beantwoord(
        vrager, { vraag: gevraagd, aantal: EERSTE, half }, () => eigen === beurt);
      if (!gekregen || (isKort(gevraagd) && !gekregen.antwoord.totaal)) return;
      toon(gekregen.antwoord, ingekort);
    } catch {
      if (eigen === beurt) sluit();
    }
  };

  vak.addEventListener('input', (event) => vraag(isGetypt(event)));
  vak.addEventListener('keydown', (event) => {
    if (lijst.hidden) {
      if (event.key === 'ArrowDown') vraag();
      return;
    }
    if (event.key === 'ArrowDown') kies(keuze + 1);
    else if (event.key === 'ArrowUp') kies(keuze < 0 ? lijst.children.length - 1 : keuze - 1);
    else if (event.key === 'Escape') sluit();
    else if (event.key === 'Enter' && keuze >= 0) {
      location.assign(regels()[keuze].dataset.adres ?? '');
    } else return;
    event.preventDefault();
  });
  vak.addEventListener('blur', sluit);
  // The box keeps the focus, so that the list stays open until the click.
  lijst.addEventListener('mousedown', (event) => event.preventDefault());
  lijst.addEventListener('click', ({ target, ctrlKey, metaKey }) => {
    const gekozen = target instanceof Element ? target.closest('[data-adres]') : null;
    if (!(gekozen instanceof HTMLElement)) return;
    window.open(gekozen.dataset.adres, ctrlKey || metaKey ? '_blank' : '_self', 'noopener');
  });
  if (vak.value) vraag();
}
