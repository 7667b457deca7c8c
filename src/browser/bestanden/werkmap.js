/** Write rows as a workbook that Excel and LibreOffice open. Loaded only when somebody asks. */

import schrijf from 'write-excel-file/universal';

/** In characters, of the narrowest and the widest column; what is longer goes on below. */
const [SMAL, BREED] = [10, 60];
/** The name of the column with the address of the page that the first column names. */
const ADRES = 'Adres';
/** Others than the offline edition has. */
const OPEN = /^https?:/;
const BLAD = 'xl/worksheets/sheet{id}.xml';
const LINK = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/** The letters of a column: A, B … Z, AA. @param {number} plaats @returns {string} */
const letters = (plaats) => (
  (plaats < 26 ? '' : letters(Math.floor(plaats / 26) - 1))
  + String.fromCharCode(65 + (plaats % 26)));

const breedte = (/** @type {string[]} */ teksten) => (
  Math.min(BREED, Math.max(SMAL, ...teksten.map(({ length }) => length + 2))));

/**
 * The parts that write-excel-file does not know: a filter on each column, and a link under the name
 * of each page and under its address.
 */
function filterEnLinks(/** @type {string[][]} */ [kop, ...rest]) {
  const adres = kop.indexOf(ADRES);
  const bereik = `A1:${letters(kop.length - 1)}${rest.length + 1}`;
  const links = rest.map((rij, n) => ({ id: `link${n}`, adres: rij[adres], rij: n + 2 }))
    .filter((link) => OPEN.test(link.adres));
  const cellen = links.flatMap(({ id, rij }) => [0, adres].map((kolom) => (
    `<hyperlink ref="${letters(kolom)}${rij}" r:id="${id}"/>`)));
  const doelen = links.map((link) => (
    `<Relationship Id="${link.id}" Type="${LINK}" TargetMode="External"`
    + ` Target="${link.adres.replaceAll('&', '&amp;')}"/>`));
  return {
    files: {
      transform: {
        [BLAD]: {
          transform: (/** @type {string} */ xml) => xml.replace('</sheetData>', (eind) => (
            `${eind}<autoFilter ref="${bereik}"/>`
            + (cellen.length ? `<hyperlinks>${cellen.join('')}</hyperlinks>` : ''))),
        },
        'xl/worksheets/_rels/sheet{id}.xml.rels': { insert: () => doelen.join('') },
      },
    },
  };
}

/**
 * A workbook of one sheet: every cell is text, which no spreadsheet takes for a formula. The
 * first row stays in sight.
 * @param {string[][]} rijen the first holds the names of the columns
 * @returns {Promise<Blob>}
 */
export function alsXlsx(rijen) {
  const cellen = rijen.map((rij, nummer) => rij.map((value) => ({
    value,
    type: String,
    wrap: true,
    alignVertical: /** @type {const} */ ('top'),
    ...(nummer ? {} : { fontWeight: /** @type {const} */ ('bold') }),
    ...(OPEN.test(value) ? { textDecoration: { underline: /** @type {const} */ (true) } } : {}),
  })));
  const columns = rijen[0].map((_, kolom) => ({ width: breedte(rijen.map((rij) => rij[kolom])) }));
  return schrijf(
    cellen,
    { sheet: 'Lijst', columns, stickyRowsCount: 1 },
    { features: [filterEnLinks(rijen)] },
  ).toBlob();
}
