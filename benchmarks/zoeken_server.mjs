/**
 * A static host that compresses, and counts what it sends: GET /-/teller gives and resets that.
 *
 *   node zoeken_server.mjs MAP     prints the port it listens on
 *
 * Counted are the bytes on the wire, headers included, of everything but pages, styles, fonts and
 * pictures.
 */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @type {Record<string, string>} */
const SOORTEN = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
  '.png': 'image/png', '.ico': 'image/x-icon', '.xml': 'application/xml',
  '.wasm': 'application/wasm',
};
const NIET_GETELD = new Set(['.html', '.css', '.woff2', '.svg', '.png', '.ico']);
const wortel = process.argv[2];
/** @type {Map<string, {inhoud: Buffer, gzip: boolean}>} */
const bewaard = new Map();
/** @type {[string, number][]} */
let geteld = [];

async function bestand(/** @type {string} */ pad) {
  const eerder = bewaard.get(pad);
  if (eerder) return eerder;
  const inhoud = await readFile(join(wortel, pad));
  const gzip = !['.woff2', '.png'].includes(extname(pad));
  const klaar = { inhoud: gzip ? gzipSync(inhoud) : inhoud, gzip };
  bewaard.set(pad, klaar);
  return klaar;
}

const server = createServer(async (vraag, antwoord) => {
  let pad = normalize(decodeURIComponent(new URL(vraag.url ?? '', 'http://x').pathname));
  if (pad === '/-/teller') {
    antwoord.end(JSON.stringify(geteld));
    geteld = [];
    return;
  }
  if (pad.endsWith('/')) pad += 'index.html';
  const voor = vraag.socket.bytesWritten;
  try {
    const { inhoud, gzip } = await bestand(pad);
    antwoord.setHeader('Content-Type', SOORTEN[extname(pad)] ?? 'application/octet-stream');
    antwoord.setHeader('Cache-Control', 'public, max-age=600');
    if (gzip) antwoord.setHeader('Content-Encoding', 'gzip');
    antwoord.setHeader('Content-Length', inhoud.length);
    antwoord.end(inhoud);
  } catch {
    antwoord.statusCode = 404;
    antwoord.end();
  }
  antwoord.on('finish', () => {
    if (NIET_GETELD.has(extname(pad))) return;
    geteld.push([pad, vraag.socket.bytesWritten - voor]);
  });
});
server.listen(0, '127.0.0.1', () => {
  const adres = server.address();
  if (adres && typeof adres === 'object') console.log(adres.port);
});
