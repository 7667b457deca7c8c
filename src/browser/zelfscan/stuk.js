/** A document of headings, paragraphs and tables, as Markdown; bestanden/word.js has it in Word. */

import { teken } from '../bestanden/markdown.js';

/**
 * The first row of a table is its heading.
 * @typedef {{soort: 'kop', niveau: 1 | 2, tekst: string} | {soort: 'alinea', tekst: string}
 *   | {soort: 'tabel', naam: string, rijen: string[][]}} Blok
 */

/** @returns {Blok} */
export const kop = (/** @type {string} */ tekst, /** @type {1 | 2} */ niveau = 2) => (
  { soort: 'kop', niveau, tekst });

/** @returns {Blok} */
export const alinea = (/** @type {string} */ tekst) => ({ soort: 'alinea', tekst });

/** @returns {Blok} */
export const tabel = (/** @type {string} */ naam, /** @type {string[][]} */ rijen) => (
  { soort: 'tabel', naam, rijen });

const regel = (/** @type {string} */ tekst) => teken(tekst.replace(/\s+/g, ' ').trim());

function regels(/** @type {string[][]} */ rijen) {
  const [eerste, ...rest] = rijen.map((rij) => rij.map(regel));
  return [eerste, eerste.map(() => '---'), ...rest]
    .map((rij) => `| ${rij.join(' | ')} |`).join('\n');
}

export const alsMarkdown = (/** @type {Blok[]} */ blokken) => `${blokken.map((blok) => {
  switch (blok.soort) {
    case 'kop': return `${'#'.repeat(blok.niveau)} ${regel(blok.tekst)}`;
    case 'tabel': return regels(blok.rijen);
    default: return regel(blok.tekst);
  }
}).join('\n\n')}\n`;
