/**
 * The search worker: one classic script with lunr in it, because each file more makes the first
 * answer later.
 *
 * In:  {manifest}, when the page that started it fetches that; then {nummer, ...Opdracht}
 * Out: {nummer, ...Antwoord} or {nummer, fout}
 */

import { haal } from '../delen/ophalen.js';
import { Antwoorder } from './antwoord.js';

/** Files that are named after their content, or asked for by the version of the index. */
const VAST = /^[twf]\/|\?v=/;

const lees = async (/** @type {string} */ adres) => (
  (await haal(`zoek/${adres}`, VAST.test(adres) ? 'default' : 'no-cache')).text());

// The page that gives it a name began to fetch the manifest before this script was there.
const manifest = self.name ? new Promise((klaar, mis) => {
  self.addEventListener('message', function eerste({ data }) {
    if (data.nummer) return;
    self.removeEventListener('message', eerste);
    if (data.manifest) klaar(data.manifest);
    else mis(new Error('manifest'));
  });
}) : lees('manifest.json');
const begonnen = manifest.then((tekst) => new Antwoorder(lees, tekst));
// A message is read when the page has time for it; the name that the page gave is there at once.
const gevraagd = new URLSearchParams(self.name);
begonnen.then((antwoorder) => {
  const vraag = gevraagd.get('q');
  if (vraag !== null && [...gevraagd].length === 1) antwoorder.begin(vraag);
}).catch(() => {});

let laatste = 0;
self.addEventListener('message', async ({ data }) => {
  if (!data.nummer) return;
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
