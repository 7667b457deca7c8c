/** The list as a file to take along: Markdown to read, rows for a spreadsheet. */

import { teken } from '../bestanden/markdown.js';
import { wortel } from '../delen/adres.js';

/** @typedef {import('./bewaard.js').Pagina} Pagina */

const heelAdres = (/** @type {Pagina} */ pagina) => new URL(pagina.adres, wortel).href;

export function alsMarkdown(/** @type {Pagina[]} */ paginas) {
  const stukken = paginas.map((pagina) => [
    `## [${teken(pagina.velden.titel)}](${heelAdres(pagina)})`,
    teken(pagina.velden.samenvatting),
    Object.entries(pagina.kenmerken).filter(([, waarde]) => waarde)
      .map(([naam, waarde]) => `- ${naam}: ${teken(waarde)}`).join('\n'),
  ].join('\n\n'));
  return `${['# Mijn lijst', ...stukken].join('\n\n')}\n`;
}

/** What a table of pages begins with, there and in a catalogue; then come columns of its own. */
export const KOP = ['Titel', 'Samenvatting', 'Organisatie', 'Adres'];

/** The pages with what they are compared by; the first row holds the names of the columns. */
export function alsRijen(/** @type {Pagina[]} */ paginas) {
  const namen = Object.keys(paginas[0]?.kenmerken ?? {}).filter((naam) => !KOP.includes(naam));
  return [[...KOP, ...namen], ...paginas.map((pagina) => [
    pagina.velden.titel, pagina.velden.samenvatting, pagina.kenmerken.Organisatie,
    heelAdres(pagina), ...namen.map((naam) => pagina.kenmerken[naam]),
  ])];
}
