/**
 * What this browser keeps for a visitor when asked: the own municipality and the day of a visit, and
 * how to wipe it all.
 */

import { wortel } from './delen/adres.js';
import { vandaag, voluit } from './delen/dag.js';
import { alle, maak, vind } from './delen/elementen.js';
import { eigenGemeente, onthoudGemeente } from './delen/gemeente.js';
import * as opslag from './delen/opslag.js';
import { VERANDERD } from './lijst/bewaard.js';

const ONTHOUD = 'Onthoud deze gemeente';

const link = (/** @type {string} */ href, /** @type {string} */ tekst) => (
  maak('a', { href }, [tekst]));
const privacy = () => (
  link(new URL('privacy/', wortel).href, 'Meer hierover, en hoe u het wist'));
/** The slug in the address of a municipality, also in a folder. */
const slugVan = (/** @type {string} */ adres) => (
  adres.match(/([a-z0-9-]+)\/(?:index\.html)?$/)?.[1] ?? '');

/** @param {HTMLElement} knop @param {boolean} aan @param {string} vraag what it asks */
function toonKnop(knop, aan, vraag) {
  knop.setAttribute('aria-pressed', String(aan));
  knop.textContent = aan ? 'Onthouden' : vraag;
}

/** Choose a municipality and go to its page, or keep it. */
function kiezer(/** @type {HTMLFormElement} */ form) {
  const lijst = vind('select', form, HTMLSelectElement);
  const onthoud = vind('[data-onthoud]');
  const knop = vind('button', onthoud);
  const plek = vind('[role=status]', onthoud);
  const gekozen = () => slugVan(lijst.value);
  const optie = (/** @type {string} */ slug) => (
    [...lijst.options].find(({ value }) => value && slugVan(value) === slug));
  /** @param {Node[]} erbij what is told of a change */
  function toon(...erbij) {
    const slug = eigenGemeente();
    const eigen = slug ? optie(slug) : undefined;
    toonKnop(knop, Boolean(eigen) && slug === gekozen(), ONTHOUD);
    plek.replaceChildren(...(eigen ? [
      'Uw gemeente: ', link(eigen.value, eigen.text), ' · ',
      link(`${onthoud.dataset.zoals}?zoals=${slug}`,
        `praktijken uit gemeenten zoals ${eigen.text} eerst`), ' ',
    ] : []), ...erbij);
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (lijst.value) location.assign(lijst.value);
  });
  lijst.addEventListener('change', () => toon());
  knop.addEventListener('click', () => {
    if (!form.reportValidity()) return;
    onthoudGemeente(gekozen() === eigenGemeente() ? '' : gekozen());
    toon(privacy());
  });
  lijst.value = optie(eigenGemeente())?.value ?? lijst.value;
  onthoud.hidden = !opslag.kan();
  form.inert = false;
  onthoud.inert = false;
  toon();
}

/** Keep the municipality that the page is about. */
function gemeente(/** @type {HTMLElement} */ plek) {
  const { eigenGemeente: slug = '' } = plek.dataset;
  const knop = vind('button', plek);
  const toon = () => toonKnop(knop, eigenGemeente() === slug, ONTHOUD);
  knop.addEventListener('click', () => {
    const weg = eigenGemeente() === slug;
    onthoudGemeente(weg ? '' : slug);
    toon();
    vind('[role=status]', plek).replaceChildren(...(weg ? ['Niet meer onthouden.'] : [
      'Onthouden, alleen in deze browser. Home en de zelfscan beginnen ermee. ', privacy()]));
  });
  plek.hidden = !opslag.kan();
  toon();
}

/** Show what came since the day of the visit before this one, when that day may be kept. */
function bezoek(/** @type {HTMLElement} */ plek) {
  const NAAM = 'bezoek';
  const nu = vandaag();
  const knop = vind('button', plek);
  const melding = vind('[role=status]', plek);
  /** @returns {string[]} the day of the last visit but one, and of the last */
  function dagen() {
    const bewaard = opslag.lees(NAAM);
    return Array.isArray(bewaard) && bewaard.length === 2
      && bewaard.every((dag) => /^\d{4}-\d\d-\d\d$/.test(dag)) ? bewaard : [];
  }
  function toon() {
    const [vorige] = dagen();
    toonKnop(knop, Boolean(vorige), 'Onthoud de dag van mijn bezoek');
    const nieuw = [...alle('[data-dag]', plek)].filter((regel) => {
      regel.hidden = !vorige || vorige >= nu || (regel.dataset.dag ?? '') < vorige;
      return !regel.hidden;
    });
    if (!vorige) melding.replaceChildren();
    else if (vorige >= nu) {
      melding.replaceChildren('Vandaag is onthouden, alleen in deze browser. '
        + 'Bij uw volgende bezoek staat hier wat er nieuw is. ', privacy());
    } else {
      melding.replaceChildren(nieuw.length
        ? `Dit is nieuw sinds ${voluit(vorige)}:` : `Sinds ${voluit(vorige)} is er niets nieuws.`);
    }
  }
  const [, laatste] = dagen();
  if (laatste && laatste < nu) opslag.bewaar(NAAM, [laatste, nu]);
  knop.addEventListener('click', () => {
    opslag.bewaar(NAAM, dagen().length ? undefined : [nu, nu]);
    toon();
  });
  plek.hidden = !opslag.kan();
  toon();
}

/** Say what is kept, and wipe it. */
function wissen(/** @type {HTMLElement} */ plek) {
  const knop = vind('button', plek);
  function toon() {
    const regels = [...alle('[data-bewaard]', plek)];
    for (const regel of regels) regel.hidden = opslag.lees(regel.dataset.bewaard ?? '') === null;
    knop.hidden = regels.every((regel) => regel.hidden);
    vind('[role=status]', plek).textContent = knop.hidden
      ? 'Er staat niets van deze site in uw browser.' : '';
  }
  knop.addEventListener('click', () => {
    opslag.wisAlles();
    dispatchEvent(new Event(VERANDERD));
    toon();
  });
  plek.hidden = !opslag.kan();
  toon();
}

for (const form of alle('form[data-kies]')) if (form instanceof HTMLFormElement) kiezer(form);
for (const [wat, doe] of /** @type {const} */ ([
  ['[data-eigen-gemeente]', gemeente], ['[data-bezoek]', bezoek], ['[data-wissen]', wissen],
])) for (const plek of alle(wat)) doe(plek);
