/**
 * The search worker: one classic script with lunr in it, because each file more makes the first
 * answer later.
 *
 * In:  {nummer, ...Opdracht}
 * Out: {nummer, ...Antwoord} or {nummer, fout}
 */

import { haal } from '../delen/ophalen.js';
import { Antwoorder } from './antwoord.js';

/** Files that are named after their content, or asked for by the version of the index. */
const VAST = /^[tnwf]\/|\?v=/;

const lees = async (/** @type {string} */ adres) => (
  (await haal(`zoek/${adres}`, VAST.test(adres) ? 'default' : 'no-cache')).text());

const begonnen = lees('manifest.json').then((manifest) => new Antwoorder(lees, manifest));
// A message is read when the page has time for it; the name that the page gave is there at once.
const gevraagd = new URLSearchParams(self.name);
begonnen.then((antwoorder) => {
  const vraag = gevraagd.get('q');
  if (vraag !== null && [...gevraagd].length === 1) antwoorder.begin(vraag);
}).catch(() => {});

let laatste = 0;
self.addEventListener('message', async ({ data }) => {
  laatste = Math.max(laatste, data.nummer);
  try {
    const antwoorder = await begonnen;
    if (data.nummer < laatste) return;
    performance.mark('zoek-begin');
    const antwoord = await antwoorder.antwoord(data);
    performance.measure('zoek', 'zoek-begin');
    self.postMessage({ nummer: data.nummer, ...antwoord });
  } catch (fout) {
    self.postMessage({ nummer: data.nummer, fout: String(fout) });
  }
});
