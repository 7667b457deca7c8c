/** Take the article of another page of this site over into a dossier. */

import { maak } from './zoek/bouw.js';

const NIET_OP_PAPIER = '.op-deze-pagina, .acties, [hidden], script, style, form, button, iframe';

/**
 * Fetch a page and give its article: headings two levels lower, links and images with their whole address, nothing that only works on a screen.
 * @param {URL} adres
 * @param {string} titel
 */
export async function dossier(adres, titel) {
  const antwoord = await fetch(adres);
  if (!antwoord.ok) throw new Error(`${antwoord.status} ${adres}`);
  const bron = new DOMParser().parseFromString(await antwoord.text(), 'text/html').querySelector('main .artikel');
  if (!bron) throw new Error(`no article at ${adres}`);
  const artikel = document.importNode(bron, true);
  for (const weg of artikel.querySelectorAll(NIET_OP_PAPIER)) weg.remove();
  for (const element of artikel.querySelectorAll('[id], [aria-labelledby]')) {
    // In a dossier the same names stand on every page.
    element.removeAttribute('id');
    element.removeAttribute('aria-labelledby');
  }
  for (const [soort, kant] of [['a', 'href'], ['img', 'src']]) {
    for (const element of artikel.querySelectorAll(`${soort}[${kant}]`)) element.setAttribute(kant, new URL(element.getAttribute(kant), adres).href);
  }
  for (const kop of artikel.querySelectorAll('h1, h2, h3, h4, h5')) {
    kop.replaceWith(maak(`h${Math.min(6, Number(kop.localName[1]) + 2)}`, kop.className ? { class: kop.className } : {}, [...kop.childNodes]));
  }
  return maak('article', { class: 'dossier__stuk', 'aria-label': titel }, [artikel, maak('p', { class: 'citaat' }, [adres.href])]);
}
