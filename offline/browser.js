/**
 * What a browser refuses to a page opened from a folder, done in another way under the same name. build.mjs puts
 * these in the place of the browser's own, so that the modules of the site need not know where they run.
 */

/* global dezeScript -- the address of the bundle, see build.mjs */

const wortel = new window.URL('../../', dezeScript).href;

/** A folder has no server that shows its index.html: an address of a page names that file. */
export class URL extends window.URL {
  constructor(adres, basis) {
    super(adres, basis);
    if (this.pathname.endsWith('/') && this.href.startsWith(wortel) && this.href !== wortel) this.pathname += 'index.html';
  }
}

/** No file may be read, but a script may be run: beside each file that scripts load lies one that hands over its text (scripts/offline.py). */
export function fetch(adres) {
  const bestand = new window.URL(adres);
  bestand.pathname += '.js';
  const script = document.createElement('script');
  script.src = bestand.href;
  return new Promise((klaar, mis) => {
    script.addEventListener('load', () => klaar(new Response(script.tekst)));
    script.addEventListener('error', () => mis(new TypeError(`cannot load ${script.src}`)));
    document.head.append(script);
  }).finally(() => script.remove());
}

/** The address may change behind the file name only: what asks more opens that page. */
export const history = {
  pushState: (...nieuw) => verander('pushState', nieuw),
  replaceState: (...nieuw) => verander('replaceState', nieuw),
};

function verander(hoe, nieuw) {
  try {
    window.history[hoe](...nieuw);
  } catch {
    location.assign(nieuw[2]);
  }
}
