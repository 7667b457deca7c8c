/** Pack files into one zip, stored without compression: what .docx and .xlsx files are made of (PKWARE APPNOTE 6.3). */

const NAAM_IN_UTF8 = 0x0800;
/** 1 January 1980, the first day a zip knows: the same content gives the same bytes. */
const DATUM = 0x0021;

const TABEL = Uint32Array.from({ length: 256 }, (_, n) => {
  let rest = n;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc32(/** @type {Uint8Array} */ bytes) {
  let som = 0xffffffff;
  for (const byte of bytes) som = TABEL[(som ^ byte) & 0xff] ^ (som >>> 8);
  return ~som >>> 0;
}

/** Numbers of 2 or 4 bytes, the lowest first. */
function kop(/** @type {[number, 2 | 4][]} */ ...getallen) {
  const bytes = new DataView(new ArrayBuffer(getallen.reduce((som, [, lengte]) => som + lengte, 0)));
  let plek = 0;
  for (const [getal, lengte] of getallen) {
    if (lengte === 2) bytes.setUint16(plek, getal, true); else bytes.setUint32(plek, getal, true);
    plek += lengte;
  }
  return new Uint8Array(bytes.buffer);
}

/**
 * @param {[string, string][]} bestanden name with folders, and text
 * @returns {Blob}
 */
export function zip(bestanden) {
  const delen = [];
  const inhoud = [];
  let plaats = 0;
  for (const [naam, tekst] of bestanden) {
    const [pad, bytes] = [naam, tekst].map((t) => new TextEncoder().encode(t));
    const gedeeld = [[20, 2], [NAAM_IN_UTF8, 2], [0, 2], [0, 2], [DATUM, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [pad.length, 2], [0, 2]];
    const begin = kop([0x04034b50, 4], ...gedeeld);
    delen.push(begin, pad, bytes);
    inhoud.push(kop([0x02014b50, 4], [20, 2], ...gedeeld, [0, 2], [0, 2], [0, 2], [0, 4], [plaats, 4]), pad);
    plaats += begin.length + pad.length + bytes.length;
  }
  const lengte = inhoud.reduce((som, deel) => som + deel.length, 0);
  const aantal = bestanden.length;
  return new Blob([...delen, ...inhoud, kop([0x06054b50, 4], [0, 2], [0, 2], [aantal, 2], [aantal, 2], [lengte, 4], [plaats, 4], [0, 2])], { type: 'application/zip' });
}
