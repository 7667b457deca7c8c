/** Take the article of another page of this site over into a dossier, on paper or for Word. */

import { alle, maak, vind } from '../delen/elementen.js';
import { haal } from '../delen/ophalen.js';

/** What only works on a screen, tells how to change the page, or leads to other pages. */
const NIET_OP_PAPIER = `.op-deze-pagina, .acties, .scherm, .citaat, .chips, [hidden], script, style,
  form, button, iframe, dd a[download], .noten a[href^="#"]`;
const KOPPEN = 'h1, h2, h3, h4, h5, h6';

/** Of a table whose letters need not be smaller. */
const MEESTE_KOLOMMEN = 6;

const niveau = (/** @type {Element} */ kop) => Number(kop.localName[1]);

/** @param {HTMLElement} kop @param {number} meer levels, lower when more */
function verzet(kop, meer) {
  const naam = /** @type {'h3'} */ (`h${Math.min(6, niveau(kop) + meer)}`);
  /** @type {Record<string, string>} */
  const klasse = kop.className ? { class: kop.className } : {};
  kop.replaceWith(maak(naam, klasse, [...kop.childNodes]));
}

/** Take away headings of which nothing is left below them: a section has a heading of its own. */
function zonderLegeKoppen(/** @type {HTMLElement} */ artikel) {
  for (const kop of [...alle(KOPPEN, artikel)].reverse()) {
    const volgende = kop.nextElementSibling;
    const leeg = !volgende || volgende.matches('section')
      || (volgende.matches(KOPPEN) && niveau(volgende) <= niveau(kop));
    if (leeg) kop.remove();
  }
}

/**
 * Fetch a page and give its article: headings two levels lower, links and images with their whole
 * address, nothing that folds or only works on a screen.
 * @param {URL} adres
 * @param {string} titel
 */
export async function dossier(adres, titel) {
  const pagina = new DOMParser().parseFromString(await (await haal(adres)).text(), 'text/html');
  const bron = pagina.querySelector('main .artikel');
  if (!bron) throw new Error(`no article at ${adres}`);
  const artikel = /** @type {HTMLElement} */ (document.importNode(bron, true));
  for (const weg of alle(NIET_OP_PAPIER, artikel)) weg.remove();
  for (const element of alle('[id], [aria-labelledby]', artikel)) {
    // In a dossier the same names stand on every page.
    element.removeAttribute('id');
    element.removeAttribute('aria-labelledby');
  }
  for (const link of alle('a[href^="#"]', artikel)) link.replaceWith(...link.childNodes);
  for (const [soort, kant] of [['a', 'href'], ['img', 'src']]) {
    for (const element of alle(`${soort}[${kant}]`, artikel)) {
      element.setAttribute(kant, new URL(element.getAttribute(kant) ?? '', adres).href);
    }
  }
  for (const vouw of alle('details', artikel)) {
    const kop = maak('p', { class: 'kader__kop' }, [...vind('summary', vouw).childNodes]);
    vind('summary', vouw).replaceWith(kop);
    vouw.replaceWith(maak('div', { class: vouw.className }, [...vouw.childNodes]));
  }
  zonderLegeKoppen(artikel);
  for (const kop of alle(KOPPEN, artikel)) verzet(kop, 2);
  return maak('article', { class: 'dossier__stuk', 'aria-label': titel }, [
    artikel,
    // In a folder the address is the name of a file.
    ...(adres.protocol === 'file:' ? [] : [maak('p', { class: 'citaat' }, [adres.href])]),
  ]);
}

/** The images of a dossier by their address, as Word can show them; else their words stay. */
async function beeldenVan(/** @type {HTMLElement[]} */ stukken) {
  /** @type {Record<string, Uint8Array>} */
  const beelden = {};
  for (const beeld of stukken.flatMap((stuk) => [...stuk.querySelectorAll('img')])) {
    // A folder gives no images to a script.
    const bytes = beeld.src.startsWith('file:') ? null : await lees(beeld.src).catch(() => null);
    if (bytes) beelden[beeld.src] = bytes;
    else beeld.replaceWith(maak('p', {}, [beeld.alt]));
  }
  return beelden;
}

async function lees(/** @type {string} */ adres) {
  const blob = await (await haal(adres)).blob();
  const kan = ['image/png', 'image/jpeg'].includes(blob.type) ? blob : await alsPng(blob);
  return new Uint8Array(await kan.arrayBuffer());
}

/** @param {Blob} blob @returns {Promise<Blob>} */
async function alsPng(blob) {
  const beeld = await createImageBitmap(blob);
  const doek = maak('canvas', { width: String(beeld.width), height: String(beeld.height) });
  doek.getContext('2d')?.drawImage(beeld, 0, 0);
  return new Promise((klaar, mis) => {
    doek.toBlob((png) => (png ? klaar(png) : mis(new Error('no image'))));
  });
}

/**
 * Give the pages of a dossier as Word reads them: each under a heading of the first level, with its
 * kind below that, its facts in a table, and only links that others can follow.
 * @param {HTMLElement[]} stukken
 */
export async function voorWord(stukken) {
  const eigen = stukken.map((stuk) => /** @type {HTMLElement} */ (stuk.cloneNode(true)));
  for (const stuk of eigen) {
    for (const kop of alle(KOPPEN, stuk)) verzet(kop, -2);
    stuk.prepend(...alle('h1', stuk));
    for (const lijst of alle('dl', stuk)) lijst.replaceWith(feiten(lijst));
    for (const lijst of alle('.cijfers', stuk)) lijst.replaceWith(cijfers(lijst));
    for (const tabel of stuk.querySelectorAll('table')) {
      if (tabel.rows[0]?.cells.length > MEESTE_KOLOMMEN) tabel.className = 'smal';
    }
    for (const link of alle('a[href^="file:"]', stuk)) link.replaceWith(...link.childNodes);
  }
  const beelden = await beeldenVan(eigen);
  const schrijver = new XMLSerializer();
  return { html: eigen.map((stuk) => schrijver.serializeToString(stuk)), beelden };
}

/** @param {HTMLElement} lijst names, each with one or more values behind it */
function feiten(lijst) {
  const rij = (/** @type {HTMLElement} */ naam) => {
    const waarde = maak('td');
    for (let n = naam.nextElementSibling; n?.localName === 'dd'; n = n.nextElementSibling) {
      waarde.append(maak('p', {}, [...n.cloneNode(true).childNodes]));
    }
    return maak('tr', {}, [maak('th', {}, [...naam.childNodes]), waarde]);
  };
  return maak('table', {}, [maak('tbody', {}, [...alle('dt', lijst)].map(rij))]);
}

/** @param {HTMLElement} lijst figures, each with its name and source below it */
function cijfers(lijst) {
  const rij = (/** @type {HTMLElement} */ cijfer) => {
    const [naam, bron] = [vind('.cijfer__naam', cijfer), vind('.cijfer__bron', cijfer)];
    for (const deel of [naam, bron]) deel.remove();
    return maak('tr', {}, [maak('th', {}, [...cijfer.childNodes]), maak('td', {}, [naam]),
      maak('td', {}, [bron])]);
  };
  return maak('table', {}, [maak('tbody', {}, [...alle('li', lijst)].map(rij))]);
}
