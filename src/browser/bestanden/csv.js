/** Rows as CSV, in the form that a Dutch spreadsheet opens without questions. */

/**
 * A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe makes it
 * text. `opendata.py` does the same.
 */
const cel = (/** @type {string} */ tekst) => (
  `"${tekst.replace(/^(?=[\t\r]|\s*[=+\-@])/, "'").replaceAll('"', '""')}"`);

/**
 * With semicolons, and a byte order mark.
 * @param {string[][]} rijen the first holds the names of the columns
 */
export const alsCsv = (rijen) => (
  `\ufeff${rijen.map((rij) => rij.map(cel).join(';')).join('\r\n')}\r\n`);
