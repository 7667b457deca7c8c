/** Write rows as a workbook that Excel and LibreOffice open. Loaded only when somebody asks. */

import schrijf from 'write-excel-file/universal';

/** In characters. */
const [BREED, SMAL] = [50, 24];

/**
 * A workbook of one sheet: every cell is text, which no spreadsheet takes for a formula. The
 * first row stays in sight.
 * @param {string[][]} rijen the first holds the names of the columns
 * @returns {Promise<Blob>}
 */
export function alsXlsx(rijen) {
  const cellen = rijen.map((rij) => rij.map((value) => ({ value, type: String })));
  const columns = rijen[0].map((_, plaats) => ({ width: plaats < 2 ? BREED : SMAL }));
  return schrijf(cellen, { sheet: 'Lijst', columns, stickyRowsCount: 1 }).toBlob();
}
