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
  const vast = /^[twf]\//.test(adres) || adres.includes('?v=');
  const antwoord = await fetch(new URL(adres, basis), { cache: vast ? 'default' : 'no-cache' });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.text();
}

const antwoorder = new Antwoorder(haal, lunr);
antwoorder.motor.begin().catch(() => {}); // the manifest, before the question comes

let laatste = 0;
self.addEventListener('message', async ({ data }) => {
  laatste = Math.max(laatste, data.nummer);
  try {
    await antwoorder.motor.begin();
    if (data.nummer < laatste) return;
    performance.mark('zoek-begin');
    const antwoord = await antwoorder.antwoord(data);
    performance.measure('zoek', 'zoek-begin');
    self.postMessage({ nummer: data.nummer, ...antwoord });
  } catch (fout) {
    self.postMessage({ nummer: data.nummer, fout: String(fout) });
  }
});
