/** Write a document for Word. Loaded only when somebody asks for one. */

import {
  BorderStyle, Document, LineRuleType, Packer, Paragraph, Table, TableCell, TableLayoutType,
  TableRow, WidthType,
} from 'docx';

/** In twentieths of a point: the paper between its margins, and about a line. */
const [BREED, REGEL] = [9000, 120];
/** Of A4, also in twentieths of a point. */
export const MARGES = {
  size: { width: 11906, height: 16838 },
  margin: { top: 1417, right: 1417, bottom: 1417, left: 1417 },
};

/**
 * Of headings, lines and the head of a table, as six digits.
 * @typedef {{ kop?: string, lijn?: string, vlak?: string }} Kleuren
 */

/** XML 1.0 does not allow most control characters, not even escaped. */
export const veilig = (/** @type {string} */ tekst) => tekst.replace(
  /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');

export const alinea = (/** @type {string} */ text, /** @type {string} */ style = 'Normal') => (
  new Paragraph({ text: veilig(text), style }));

/** The first column says what its row is about, in most words: it is twice as wide as others. */
function tabel(/** @type {string[][]} */ rijen, /** @type {Kleuren} */ kleuren) {
  const smal = Math.floor(BREED / (rijen[0].length + 1));
  const columnWidths = rijen[0].map((_, kolom) => (kolom ? smal : 2 * smal));
  const lijn = { style: BorderStyle.SINGLE, size: 4, color: kleuren.lijn };
  const geen = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  return new Table({
    columnWidths,
    layout: TableLayoutType.FIXED,
    width: { size: columnWidths.reduce((som, breed) => som + breed, 0), type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 70, right: 70 },
    borders: {
      top: lijn,
      bottom: lijn,
      insideHorizontal: lijn,
      left: geen,
      right: geen,
      insideVertical: geen,
    },
    rows: rijen.map((cellen, nummer) => new TableRow({
      cantSplit: true,
      ...(nummer ? {} : { tableHeader: true }),
      children: cellen.map((tekst, kolom) => new TableCell({
        width: { size: columnWidths[kolom], type: WidthType.DXA },
        ...(nummer ? {} : { shading: { fill: kleuren.vlak } }),
        children: [alinea(tekst, nummer ? 'TableText' : 'TableHeading')],
      })),
    })),
  });
}

/**
 * @param {import('../zelfscan/stuk.js').Blok} blok
 * @param {Kleuren} kleuren
 */
function opgemaakt(blok, kleuren) {
  switch (blok.soort) {
    case 'kop': return [alinea(blok.tekst, blok.niveau === 1 ? 'Title' : 'Heading1')];
    case 'tabel': return [alinea(blok.naam, 'Caption'), tabel(blok.rijen, kleuren), alinea('')];
    default: return [alinea(blok.tekst)];
  }
}

/** Styles by the names that Word knows, so that its navigation and screen readers work. */
export const styles = (/** @type {Kleuren} */ kleuren) => ({
  default: {
    document: {
      run: { font: 'Calibri', size: 22, language: { value: 'nl-NL' } },
      paragraph: { spacing: { after: REGEL, line: 276, lineRule: LineRuleType.AUTO } },
    },
    title: { run: { bold: true, size: 44 }, paragraph: { spacing: { after: 2 * REGEL } } },
    heading1: {
      run: { bold: true, size: 30, color: kleuren.kop },
      paragraph: { keepNext: true, outlineLevel: 0, spacing: { before: 3 * REGEL, after: REGEL } },
    },
    heading2: {
      run: { bold: true, size: 26, color: kleuren.kop },
      paragraph: { keepNext: true, outlineLevel: 1, spacing: { before: 3 * REGEL, after: REGEL } },
    },
    heading3: {
      run: { bold: true, size: 22 },
      paragraph: { keepNext: true, outlineLevel: 2, spacing: { before: 2 * REGEL, after: REGEL } },
    },
  },
  paragraphStyles: [
    {
      id: 'Caption', name: 'caption', basedOn: 'Normal', next: 'Normal', quickFormat: true,
      run: { italics: true },
      paragraph: { keepNext: true, spacing: { before: REGEL, after: REGEL / 2 } },
    },
    {
      id: 'TableText', name: 'Table Text', basedOn: 'Normal', quickFormat: true,
      run: { size: 20 },
      paragraph: { spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO } },
    },
    {
      id: 'TableHeading', name: 'Table Heading', basedOn: 'TableText', quickFormat: true,
      run: { bold: true },
    },
  ],
});

/**
 * @param {string} titel
 * @param {import('../zelfscan/stuk.js').Blok[]} blokken
 * @param {Kleuren} kleuren
 * @returns {Promise<Blob>}
 */
export function alsDocx(titel, blokken, kleuren = {}) {
  return ingepakt(titel, kleuren, {
    properties: { page: MARGES },
    children: blokken.flatMap((blok) => opgemaakt(blok, kleuren)),
  });
}

/**
 * A file for Word of one section.
 * @param {string} titel
 * @param {Kleuren} kleuren
 * @param {import('docx').ISectionOptions} deel
 * @returns {Promise<Blob>}
 */
export function ingepakt(titel, kleuren, deel) {
  return Packer.toBlob(new Document({
    title: veilig(titel),
    creator: '', // the library would write a name of its own
    lastModifiedBy: '',
    styles: styles(kleuren),
    sections: [deel],
  }));
}
