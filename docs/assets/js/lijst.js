/** The visitor's own list of pages: kept in this browser and nowhere else, and nothing is kept before the first page is. And what else one does with a page. */

/** Root of the site, from the address of this module. */
const wortel = new URL('../../', import.meta.url);
/** Another site may lie at another path of the same host. */
const SLEUTEL = `mijn-lijst ${wortel.pathname}`;
const PAGINA = /^(praktijken|instrumenten|kennisbank|agenda)\/[a-z0-9-]+$/;

export const COLLECTIES = { praktijken: 'Praktijken', instrumenten: 'Instrumenten', kennisbank: 'Kennisbank', agenda: 'Agenda' };

/**
 * Keep what can be the address of a page, each once: an address and the browser's store can hold anything.
 * @param {unknown[]} paginas
 * @returns {string[]}
 */
export const geldig = (paginas) => [...new Set(paginas)].filter((p) => typeof p === 'string' && PAGINA.test(p));

/** The part of an address after the path: `?pagina=instrumenten/x&pagina=…`. */
export const alsVraag = (/** @type {string[]} */ paginas) => (paginas.length ? `?${paginas.map((p) => `pagina=${p}`).join('&')}` : '');

/** @returns {string[]} */
export function lees() {
  try {
    const bewaard = JSON.parse(localStorage.getItem(SLEUTEL) ?? '[]');
    return Array.isArray(bewaard) ? geldig(bewaard) : [];
  } catch {
    return [];
  }
}

/**
 * Keep this list instead of the one before; an empty list leaves nothing behind.
 * @param {string[]} paginas
 * @returns {boolean} whether the browser allows it
 */
export function bewaar(paginas) {
  try {
    if (paginas.length) localStorage.setItem(SLEUTEL, JSON.stringify(paginas));
    else localStorage.removeItem(SLEUTEL);
  } catch {
    return false;
  }
  toonStand();
  return true;
}

/** Titles of all pages in the order of the alphabet, and where a page of an old address is now. */
export async function titels() {
  /** @type {{pagina: string, titel: string, oud?: string[]}[]} */
  const alle = await haal('data/titels.json');
  return {
    alle,
    titel: new Map(alle.map((p) => [p.pagina, p.titel])),
    nu: new Map(alle.flatMap((p) => [[p.pagina, p.pagina], ...(p.oud ?? []).map((oud) => [oud, p.pagina])])),
  };
}

async function haal(/** @type {string} */ pad) {
  const antwoord = await fetch(new URL(pad, wortel));
  if (!antwoord.ok) throw new Error(`${antwoord.status} ${pad}`);
  return antwoord.json();
}

/** @type {Map<string, Promise<object>>} */
const opgehaald = new Map();

/** The data of a page, fetched once. */
export function gegevens(/** @type {string} */ pagina) {
  if (!opgehaald.has(pagina)) {
    const belofte = haal(`data/${pagina}.json`);
    belofte.catch(() => opgehaald.delete(pagina));
    opgehaald.set(pagina, belofte);
  }
  return opgehaald.get(pagina);
}

function toonStand() {
  const lijst = lees();
  for (const plek of document.querySelectorAll('[data-mijn-lijst]')) {
    plek.hidden = !lijst.length;
    plek.querySelector('a').textContent = `Mijn lijst (${lijst.length})`;
  }
  for (const acties of document.querySelectorAll('[data-acties]')) {
    const erop = lijst.includes(acties.dataset.acties);
    const knop = acties.querySelector('[data-bewaar]');
    knop.setAttribute('aria-pressed', String(erop));
    knop.textContent = erop ? 'Bewaard' : 'Bewaar';
    acties.hidden = false;
  }
}

/** Hand the address of this page to somebody: as the device does that, else by copying it. */
async function deel(/** @type {Element} */ melding) {
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url: location.href });
      return;
    }
    await navigator.clipboard.writeText(location.href);
    melding.textContent = 'Het adres van deze pagina is gekopieerd. Plak het in een mail of bericht.';
  } catch (fout) {
    if (fout.name !== 'AbortError') melding.textContent = 'Delen lukt niet vanzelf. Kopieer het adres boven in uw browser.';
  }
}

for (const acties of document.querySelectorAll('[data-acties]')) {
  const pagina = acties.dataset.acties;
  acties.querySelector('[data-bewaar]').addEventListener('click', () => {
    const lijst = lees();
    const erop = lijst.includes(pagina);
    const gelukt = bewaar(erop ? lijst.filter((p) => p !== pagina) : [...lijst, pagina]);
    acties.querySelector('[data-melding]').textContent = !gelukt ? 'Uw browser staat niet toe dat deze site iets bewaart.'
      : erop ? 'Deze pagina staat niet meer op uw lijst.' : 'Deze pagina staat op uw lijst, alleen in deze browser.';
  });
  acties.querySelector('[data-deel]').addEventListener('click', () => deel(acties.querySelector('[data-melding]')));
  acties.querySelector('[data-print]').addEventListener('click', () => print());
}
addEventListener('storage', toonStand);
addEventListener('pageshow', toonStand);
toonStand();
