/** The search box of any other page: the first answers under it, by mouse or arrows. Enter without a choice opens the search page. */

import { Vrager } from './vrager.js';
import { aantal, maak, stukken, wortel } from './bouw.js';

const EERSTE = 5;
const vrager = new Vrager();
let nummer = 0;

/** Make a search box answer while one types. */
export function verrijk(/** @type {HTMLInputElement} */ vak) {
  if (vak.dataset.rijk) return;
  vak.dataset.rijk = 'ja';
  nummer += 1;
  const id = `kp-antwoorden-${nummer}`;
  const lijst = maak('ul', { id, role: 'listbox', class: 'antwoorden', 'aria-label': 'Eerste resultaten' });
  const melding = maak('p', { role: 'status', class: 'alleen-voorlezen' });
  lijst.hidden = true;
  vak.form.append(lijst, melding);
  for (const [naam, waarde] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list' })) vak.setAttribute(naam, waarde);
  let keuze = -1;

  const sluit = () => {
    lijst.hidden = true;
    keuze = -1;
    vak.setAttribute('aria-expanded', 'false');
    vak.removeAttribute('aria-activedescendant');
  };
  const kies = (nieuw) => {
    const regels = [...lijst.children];
    keuze = (nieuw + regels.length) % regels.length;
    regels.forEach((r, i) => r.setAttribute('aria-selected', String(i === keuze)));
    vak.setAttribute('aria-activedescendant', regels[keuze].id);
    regels[keuze].scrollIntoView({ block: 'nearest' });
  };
  const vraag = async () => {
    if (vak.value.trim().length < 2) { sluit(); return; }
    let antwoord;
    try { antwoord = await vrager.vraag({ vraag: vak.value, aantal: EERSTE }); } catch { sluit(); return; }
    if (document.activeElement !== vak) return;
    const regels = antwoord.resultaten.map((r, i) => maak('li', { id: `${id}-${i}`, role: 'option', 'aria-selected': 'false', 'data-adres': new URL(r.adres, wortel).href },
      [maak('span', { class: 'antwoorden__titel' }, stukken(r.titel)), maak('span', { class: 'telling' }, [r.soort])]));
    const alles = new URL('zoeken/', wortel);
    alles.searchParams.set('q', vak.value);
    regels.push(maak('li', { id: `${id}-alles`, role: 'option', 'aria-selected': 'false', 'data-adres': alles.href },
      [antwoord.totaal ? `Alle ${aantal(antwoord.totaal, 'resultaat', 'resultaten')}` : 'Niets gevonden. Zoek verder']));
    lijst.replaceChildren(...regels);
    lijst.hidden = false;
    keuze = -1;
    vak.setAttribute('aria-expanded', 'true');
    vak.removeAttribute('aria-activedescendant');
    melding.textContent = antwoord.totaal ? aantal(antwoord.totaal, 'resultaat', 'resultaten') : 'Niets gevonden';
  };

  vak.addEventListener('input', vraag);
  vak.addEventListener('keydown', (event) => {
    if (lijst.hidden) { if (event.key === 'ArrowDown') vraag(); return; }
    if (event.key === 'ArrowDown') { event.preventDefault(); kies(keuze + 1); }
    if (event.key === 'ArrowUp') { event.preventDefault(); kies(keuze < 0 ? lijst.children.length - 1 : keuze - 1); }
    if (event.key === 'Escape') { event.preventDefault(); sluit(); }
    if (event.key === 'Enter' && keuze >= 0) { event.preventDefault(); location.assign(lijst.children[keuze].dataset.adres); }
  });
  vak.addEventListener('blur', sluit);
  lijst.addEventListener('mousedown', (event) => event.preventDefault()); // the box keeps the focus, so that the list stays open until the click
  lijst.addEventListener('click', ({ target, ctrlKey, metaKey }) => {
    const { adres } = target.closest('[data-adres]')?.dataset ?? {};
    if (adres) open(adres, ctrlKey || metaKey ? '_blank' : '_self', 'noopener');
  });
  if (vak.value) vraag();
}
