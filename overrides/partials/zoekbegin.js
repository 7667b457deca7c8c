
/* The first thing the search page does: start the worker, named after the address so that it begins with the
   question there, and fetch for it what it reads first, while it comes; or say that a page opened from a file
   cannot search. It stands inside the page, because a file of its own comes 50 ms later; its hash goes into the
   policy. */
(() => {
  const script = /** @type {any} */ (document.currentScript);
  if (location.protocol === 'file:') {
    document.addEventListener('DOMContentLoaded', () => {
      const status = /** @type {any} */ (document.querySelector('[data-search-status]'));
      status.textContent = 'Zoeken werkt niet als u de site als los bestand opent. Gebruik de overzichten hieronder.';
      status.dataset.searchStatus = 'error';
    });
  } else if (new URLSearchParams(location.search).get('q')?.trim()) {
    const { zoekbegin, manifest } = script.dataset;
    document.documentElement.dataset.gezocht = 'nieuw'; // room for the answer, until pagina.js shows it
    script.werker = new Worker(zoekbegin, { name: location.search }); // pagina.js asks it
    script.werker.onerror = () => { script.werker = null; };
    fetch(manifest, { cache: 'no-cache' }).then((antwoord) => (antwoord.ok ? antwoord.text() : '')).catch(() => '')
      .then((tekst) => script.werker?.postMessage({ manifest: tekst }));
  }
})();
