/** Write rows as a workbook that Excel and LibreOffice open. */

import { zip } from './zip.js';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PAKKET = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const BLAD = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SOORT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const TEKENS = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** XML has no way to write most control characters. */
const alsXml = (/** @type {string} */ tekst) => tekst.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>]/g, (t) => TEKENS[t]);

/**
 * A workbook of one sheet (ECMA-376): every cell is text of its own, which no spreadsheet takes for a formula. The first row stays in sight.
 * @param {string[][]} rijen the first holds the names of the columns
 */
export function alsXlsx(rijen) {
  const regels = rijen.map((rij) => `<row>${rij.map((c) => `<c t="inlineStr"><is><t xml:space="preserve">${alsXml(c)}</t></is></c>`).join('')}</row>`);
  return zip([
    ['[Content_Types].xml', `${XML}<Types xmlns="${PAKKET}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SOORT}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SOORT}.worksheet+xml"/></Types>`],
    ['_rels/.rels', `${XML}<Relationships xmlns="${PAKKET}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${BLAD}" xmlns:r="${OFFICE}"><sheets><sheet name="Lijst" sheetId="1" r:id="rId1"/></sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${XML}<Relationships xmlns="${PAKKET}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
    ['xl/worksheets/sheet1.xml', `${XML}<worksheet xmlns="${BLAD}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="2" width="50" customWidth="1"/><col min="3" max="${rijen[0].length}" width="24" customWidth="1"/></cols><sheetData>${regels.join('')}</sheetData></worksheet>`],
  ]);
}
