/**
 * The search worker. A classic worker, because lunr and its stemmer are classic scripts;
 * everything of the project's own is a module.
 *
 * In:  {nummer, vraag, letterlijk, filters: {facet: [slug]}, aantal}
 * Out: {nummer, ...antwoord} or {nummer, fout}
 */

/* global lunr, importScripts */
importScripts('../vendor/lunr.min.js', '../vendor/lunr.stemmer.support.min.js', '../vendor/lunr.nl.min.js');

const basis = new URL('../../../zoek/', self.location.href);

async function haal(adres) {
  const vast = /^[twf]\//.test(adres) || adres.includes('?v=');
  const antwoord = await fetch(new URL(adres, basis), { cache: vast ? 'default' : 'no-cache' });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.text();
}

const klaar = import('./antwoord.js').then(({ Antwoorder }) => new Antwoorder(haal, lunr));

let laatste = 0;
self.addEventListener('message', async ({ data }) => {
  laatste = Math.max(laatste, data.nummer);
  try {
    const antwoorder = await klaar;
    if (data.nummer < laatste) return;
    performance.mark('zoek-begin');
    const antwoord = await antwoorder.antwoord(data);
    performance.measure('zoek', 'zoek-begin');
    self.postMessage({ nummer: data.nummer, ...antwoord });
  } catch (fout) {
    self.postMessage({ nummer: data.nummer, fout: String(fout) });
  }
});
