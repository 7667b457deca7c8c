/** Take the article of another page of this site over into a dossier. */

import { alle, maak } from '../delen/elementen.js';
import { haal } from '../delen/ophalen.js';

const NIET_OP_PAPIER = '.op-deze-pagina, .acties, [hidden], script, style, form, button, iframe';

/**
 * Fetch a page and give its article: headings two levels lower, links and images with their whole
 * address, nothing that only works on a screen.
 * @param {URL} adres
 * @param {string} titel
 */
export async function dossier(adres, titel) {
  const pagina = new DOMParser().parseFromString(await (await haal(adres)).text(), 'text/html');
  const bron = pagina.querySelector('main .artikel');
  if (!bron) throw new Error(`no article at ${adres}`);
  const artikel = document.importNode(bron, true);
  for (const weg of alle(NIET_OP_PAPIER, artikel)) weg.remove();
  for (const element of alle('[id], [aria-labelledby]', artikel)) {
    // In a dossier the same names stand on every page.
    element.removeAttribute('id');
    element.removeAttribute('aria-labelledby');
  }
  for (const [soort, kant] of [['a', 'href'], ['img', 'src']]) {
    for (const element of alle(`${soort}[${kant}]`, artikel)) {
      element.setAttribute(kant, new URL(element.getAttribute(kant) ?? '', adres).href);
    }
  }
  for (const kop of alle('h1, h2, h3, h4, h5', artikel)) {
    const niveau = /** @type {'h3'} */ (`h${Math.min(6, Number(kop.localName[1]) + 2)}`);
    /** @type {Record<string, string>} */
    const klasse = kop.className ? { class: kop.className } : {};
    kop.replaceWith(maak(niveau, klasse, [...kop.childNodes]));
  }
  return maak('article', { class: 'dossier__stuk', 'aria-label': titel }, [
    artikel, maak('p', { class: 'citaat' }, [adres.href]),
  ]);
}
