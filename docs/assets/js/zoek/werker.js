/**
 * The search worker. The build joins it with what it imports and with lunr into one classic script
 * under this name (hooks/publicatie.py), because each file more makes the first answer later.
 *
 * In:  {nummer, vraag, letterlijk, filters: {facet: [slug]}, aantal}
 * Out: {nummer, ...antwoord} or {nummer, fout}
 */

/* global lunr */

import { Antwoorder } from './antwoord.js';

const basis = new URL('../../../zoek/', self.location.href);

async function haal(adres) {
  const vast = /^[tnwf]\//.test(adres) || adres.includes('?v=');
  const antwoord = await fetch(new URL(adres, basis), { cache: vast ? 'default' : 'no-cache' });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.text();
}

const begonnen = haal('manifest.json').then((manifest) => new Antwoorder(haal, lunr, manifest));
// A message is read when the page has time for it; the name that the page gave is there at once.
const adres = new URLSearchParams(self.name);
begonnen.then((antwoorder) => { if ([...adres].length === 1) antwoorder.begin(adres.get('q')); }).catch(() => {});

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
