/** A document of headings, paragraphs and tables, as Markdown and as a file for Word. Works in node too. */

import { teken } from '../uitvoer.js';
import { zip } from '../zip.js';

/**
 * @typedef {{soort: 'kop', niveau: 1 | 2, tekst: string} | {soort: 'alinea', tekst: string}
 *   | {soort: 'tabel', naam: string, rijen: string[][]}} Blok the first row of a table is its heading
 */

const regel = (/** @type {string} */ tekst) => teken(tekst.replace(/\s+/g, ' ').trim());

/** @param {Blok[]} blokken */
export function alsMarkdown(blokken) {
  return `${blokken.map((blok) => {
    switch (blok.soort) {
      case 'kop': return `${'#'.repeat(blok.niveau)} ${regel(blok.tekst)}`;
      case 'tabel': {
        const [kop, ...rijen] = blok.rijen.map((rij) => rij.map(regel));
        return [kop, kop.map(() => '---'), ...rijen].map((rij) => `| ${rij.join(' | ')} |`).join('\n');
      }
      default: return regel(blok.tekst);
    }
  }).join('\n\n')}\n`;
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
/** Characters that XML 1.0 does not allow, and what is a sign of XML itself. */
const veilig = (/** @type {string} */ tekst) => tekst.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '').replace(/[<>&"]/g, (t) => `&#${t.charCodeAt(0)};`);
const alinea = (/** @type {string} */ tekst, stijl = '') => `<w:p>${stijl && `<w:pPr><w:pStyle w:val="${stijl}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${veilig(tekst)}</w:t></w:r></w:p>`;

/** The first column says what its row is about, in most words: it is twice as wide as the others. */
function tabel(/** @type {string[][]} */ rijen) {
  const smal = Math.floor(9000 / (rijen[0].length + 1));
  const breedtes = rijen[0].map((_, kolom) => (kolom ? smal : 2 * smal));
  const cel = (/** @type {string} */ tekst, /** @type {number} */ kolom, /** @type {boolean} */ kop) => `<w:tc><w:tcPr><w:tcW w:w="${breedtes[kolom]}" w:type="dxa"/>`
    + `${kop ? '<w:shd w:val="clear" w:color="auto" w:fill="E8EEF5"/>' : ''}</w:tcPr>${alinea(tekst, kop ? 'TableHeading' : 'TableText')}</w:tc>`;
  const rij = (/** @type {string[]} */ cellen, /** @type {number} */ nummer) => `<w:tr><w:trPr><w:cantSplit/>${nummer ? '' : '<w:tblHeader/>'}</w:trPr>`
    + `${cellen.map((tekst, kolom) => cel(tekst, kolom, !nummer)).join('')}</w:tr>`;
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${smal * (breedtes.length + 1)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>`
    + `<w:tblGrid>${breedtes.map((breed) => `<w:gridCol w:w="${breed}"/>`).join('')}</w:tblGrid>${rijen.map(rij).join('')}</w:tbl><w:p/>`;
}

function opgemaakt(/** @type {Blok} */ blok) {
  switch (blok.soort) {
    case 'kop': return alinea(blok.tekst, blok.niveau === 1 ? 'Title' : 'Heading1');
    case 'tabel': return alinea(blok.naam, 'Caption') + tabel(blok.rijen);
    default: return alinea(blok.tekst);
  }
}

/** Styles by the names that Word knows, so that its navigation, contents and screen readers work. */
function stijlen() {
  const stijl = (id, naam, alineas, tekens, op = 'Normal') => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${naam}"/><w:basedOn w:val="${op}"/>`
    + `<w:next w:val="Normal"/><w:qFormat/><w:pPr>${alineas}</w:pPr><w:rPr>${tekens}</w:rPr></w:style>`;
  const rand = ['top', 'bottom', 'insideH'].map((kant) => `<w:${kant} w:val="single" w:sz="4" w:space="0" w:color="8B8677"/>`).join('');
  const ruimte = [['top', 40], ['left', 70], ['bottom', 40], ['right', 70]].map(([kant, breed]) => `<w:${kant} w:w="${breed}" w:type="dxa"/>`).join('');
  return `${XML}<w:styles ${W}>`
    + '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault>'
    + '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    + stijl('Title', 'Title', '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="44"/>')
    + stijl('Heading1', 'heading 1', '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>', '<w:b/><w:color w:val="174A7C"/><w:sz w:val="30"/>')
    + stijl('Caption', 'caption', '<w:keepNext/><w:spacing w:before="120" w:after="60"/>', '<w:i/>')
    + stijl('TableText', 'Table Text', '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="20"/>')
    + stijl('TableHeading', 'Table Heading', '', '<w:b/>', 'TableText')
    + `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${rand}</w:tblBorders>`
    + `<w:tblCellMar>${ruimte}</w:tblCellMar></w:tblPr></w:style></w:styles>`;
}

const PAKKET = 'http://schemas.openxmlformats.org/package/2006';
const KANTOOR = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SOORT = 'application/vnd.openxmlformats-';

/** @param {[string, string][]} doelen kind of each relation, and the file it leads to */
const relaties = (doelen) => `${XML}<Relationships xmlns="${PAKKET}/relationships">`
  + `${doelen.map(([soort, doel], n) => `<Relationship Id="rId${n + 1}" Type="${soort}" Target="${doel}"/>`).join('')}</Relationships>`;

/** @param {[string, string][]} delen file, and what kind of file it is */
const soorten = (delen) => `${XML}<Types xmlns="${PAKKET}/content-types"><Default Extension="rels" ContentType="${SOORT}package.relationships+xml"/>`
  + `${delen.map(([deel, soort]) => `<Override PartName="/${deel}" ContentType="${SOORT}${soort}+xml"/>`).join('')}</Types>`;

/**
 * A file for Word (Office Open XML, ECMA-376): the least that Word and LibreOffice open without a question.
 * @param {Blok[]} blokken the first is the title
 */
export function alsDocx(blokken) {
  const woord = 'officedocument.wordprocessingml';
  return zip([
    ['[Content_Types].xml', soorten([['word/document.xml', `${woord}.document.main`], ['word/styles.xml', `${woord}.styles`], ['docProps/core.xml', 'package.core-properties']])],
    ['_rels/.rels', relaties([[`${KANTOOR}/officeDocument`, 'word/document.xml'], [`${PAKKET}/relationships/metadata/core-properties`, 'docProps/core.xml']])],
    ['docProps/core.xml', `${XML}<cp:coreProperties xmlns:cp="${PAKKET}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`
      + `<dc:title>${veilig(blokken[0].tekst)}</dc:title><dc:language>nl-NL</dc:language></cp:coreProperties>`],
    ['word/document.xml', `${XML}<w:document ${W}><w:body>${blokken.map(opgemaakt).join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>`
      + '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'],
    ['word/styles.xml', stijlen()],
    ['word/_rels/document.xml.rels', relaties([[`${KANTOOR}/styles`, 'styles.xml']])],
  ]);
}
