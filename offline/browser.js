/**
 * What a browser refuses to a page opened from a folder, done in another way under the same name.
 * scripts/bundels.mjs puts these in the place of the browser's own, so that the modules of the site
 * need not know where they run.
 */

/** The address of the bundle, in the place of that of each module. */
export const dezeScript = /** @type {HTMLScriptElement} */ (document.currentScript).src;

/** @typedef {InstanceType<typeof window.URL>} Adres */

const wortel = new window.URL('../../', dezeScript).href;

/** A folder has no server that shows its index.html: an address of a page names that file. */
export class URL extends window.URL {
  /** @param {string | Adres} adres @param {string | Adres} [basis] */
  constructor(adres, basis) {
    super(adres, basis);
    const { href, pathname } = this;
    if (pathname.endsWith('/') && href.startsWith(wortel) && href !== wortel) {
      this.pathname += 'index.html';
    }
  }
}

/**
 * No file may be read, but a script may be run: beside each file that scripts load lies one that
 * hands over its text (scripts/offline.py).
 * @param {string | Adres} adres
 * @returns {Promise<Response>}
 */
export function fetch(adres) {
  const bestand = new window.URL(adres);
  bestand.pathname += '.js';
  /** @type {HTMLScriptElement & {tekst?: string}} */
  const script = document.createElement('script');
  script.src = bestand.href;
  return /** @type {Promise<Response>} */ (new Promise((klaar) => {
    script.addEventListener('load', () => klaar(new Response(script.tekst)));
    script.addEventListener('error', () => klaar(new Response('', { status: 404 })));
    document.head.append(script);
  })).finally(() => script.remove());
}

/** The address may change behind the file name only: what asks more opens that page. */
export const history = {
  pushState: verander('pushState'),
  replaceState: verander('replaceState'),
  get state() {
    return window.history.state;
  },
};

function verander(/** @type {'pushState' | 'replaceState'} */ hoe) {
  /** @param {unknown} stand @param {string} titel @param {string} adres */
  return (stand, titel, adres) => {
    try {
      window.history[hoe](stand, titel, adres);
    } catch {
      location.assign(adres);
    }
  };
}
