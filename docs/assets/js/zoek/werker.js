/**
 * The search worker. A classic worker, because lunr and its stemmer are classic scripts;
 * everything of the project's own is a module.
 *
 * In:  {nummer, vraag, letterlijk, filters: {facet: [slug]}, aantal}
 * Out: {nummer, ...antwoord} or {nummer, fout}
 */

/* global lunr, importScripts */

const basis = new URL('../../../zoek/', self.location.href);

async function haal(adres) {
  const vast = /^[twf]\//.test(adres) || adres.includes('?v=');
  const antwoord = await fetch(new URL(adres, basis), { cache: vast ? 'default' : 'no-cache' });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.text();
}

// All at once, so that no file waits for another to name it; importScripts stands still until it is done.
let eerste = haal('manifest.json');
eerste.catch(() => {});
const modules = ['antwoord', 'motor', 'vraag', 'analyse'].map((naam) => import(`./${naam}.js`));
importScripts('../vendor/lunr-nl.min.js');

function haalEerst(adres) {
  if (adres !== 'manifest.json' || !eerste) return haal(adres);
  const belofte = eerste;
  eerste = null; // asked anew when it fails
  return belofte;
}

const klaar = modules[0].then(({ Antwoorder }) => new Antwoorder(haalEerst, lunr));

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
