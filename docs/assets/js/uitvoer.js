/** The list as a file to take along: Markdown to read, CSV for a spreadsheet. */

/** @typedef {{adres: string, velden: {titel: string, samenvatting: string}, kenmerken: Record<string, string>}} Pagina */

export const teken = (/** @type {string} */ tekst) => tekst.replace(/[\\`*_[\]<>#&|~]/g, '\\$&');

/** @param {Pagina[]} paginas @param {URL} wortel */
export function alsMarkdown(paginas, wortel) {
  const stukken = paginas.map((p) => [
    `## [${teken(p.velden.titel)}](${new URL(p.adres, wortel).href})`,
    teken(p.velden.samenvatting),
    Object.entries(p.kenmerken).filter(([, w]) => w).map(([naam, w]) => `- ${naam}: ${teken(w)}`).join('\n'),
  ].join('\n\n'));
  return `${['# Mijn lijst', ...stukken].join('\n\n')}\n`;
}

/** A spreadsheet takes a cell that begins with one of these for a formula; an apostrophe makes it text. `opendata.py` does the same. */
const cel = (/** @type {string} */ tekst) => `"${tekst.replace(/^(?=[\t\r]|\s*[=+\-@])/, "'").replaceAll('"', '""')}"`;

/**
 * Semicolons and a byte order mark: what a Dutch spreadsheet opens without questions.
 * @param {string[][]} rijen the first holds the names of the columns
 */
export const alsCsv = (rijen) => `\ufeff${rijen.map((rij) => rij.map(cel).join(';')).join('\r\n')}\r\n`;

/** The pages with what they are compared by, as rows. @param {Pagina[]} paginas @param {URL} wortel */
export function alsRijen(paginas, wortel) {
  const namen = Object.keys(paginas[0]?.kenmerken ?? {});
  return [['Titel', 'Samenvatting', 'Adres', ...namen],
    ...paginas.map((p) => [p.velden.titel, p.velden.samenvatting, new URL(p.adres, wortel).href, ...namen.map((n) => p.kenmerken[n])])];
}

/** Let the browser save a text, or bytes, as a file. */
export function download(/** @type {string} */ naam, /** @type {string} */ soort, /** @type {string | Blob} */ inhoud) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([inhoud], { type: `${soort};charset=utf-8` }));
  link.download = naam;
  link.click();
  URL.revokeObjectURL(link.href);
}
