/** Write a dossier of pages for Word. Loaded only when somebody asks for one. */

import {
  AlignmentType, Footer, PageNumber, Paragraph, TableOfContents, TextRun,
} from 'docx';
import { htmlToContent } from 'docx/html';
import { MARGES, alinea, ingepakt, veilig } from './word.js';

/** Above the name of the platform, in twentieths of a point. */
const VRIJ = 2400;

/**
 * @typedef {object} Dossier
 * @property {string} titel
 * @property {string} naam of the platform
 * @property {string} samengesteld of what and when
 * @property {string[]} html of each page, with its title as the first and only h1
 * @property {Record<string, Uint8Array>} beelden by their address
 */

/** What a stylesheet says of a page, as far as Word needs it. */
const opmaak = (/** @type {import('./word.js').Kleuren} */ { lijn, vlak }) => `
  h1 { page-break-before: always }
  table { width: 100% }
  th, td { border-bottom: 0.5pt solid #${lijn}; padding: 2pt 6pt; text-align: left;
    vertical-align: top; font-size: 10pt; line-height: 1.1 }
  thead th { background: #${vlak} }
  tbody th { width: 30% }
  .smal :is(th, td) { font-size: 7pt; padding: 2pt }
  .kader__kop { font-weight: bold }
  .bij, .citaat { display: block; font-size: 9pt }`;

/**
 * Front page with the contents, then each page on a sheet of its own, with numbers of pages below.
 * @param {Dossier} dossier
 * @param {import('./word.js').Kleuren} kleuren
 * @returns {Promise<Blob>}
 */
export function alsDossier({ titel, naam, samengesteld, html, beelden }, kleuren) {
  const stylesheet = opmaak(kleuren);
  const voet = new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [new TextRun({
      children: [`${veilig(naam)}, dossier – `, PageNumber.CURRENT, ' van ', PageNumber.TOTAL_PAGES],
    })],
  });
  return ingepakt(titel, kleuren, {
    properties: { page: MARGES, titlePage: true },
    footers: { default: new Footer({ children: [voet] }) },
    children: [
      new Paragraph({ text: veilig(naam), spacing: { before: VRIJ } }),
      alinea(titel, 'Title'),
      new Paragraph({ text: samengesteld, spacing: { after: VRIJ / 2 } }),
      alinea('Inhoud', 'TableHeading'),
      new TableOfContents('Inhoud', {
        hyperlink: true, headingStyleRange: '1-1', beginDirty: false, tabLeader: 'none',
      }),
      ...html.flatMap((stuk) => htmlToContent(veilig(stuk), { images: beelden, stylesheet })),
    ],
  });
}
