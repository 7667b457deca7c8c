/**
 * The first thing the search page does: start the worker for the question in its address, or say
 * that a page opened from a file cannot search. A classic script, before the style sheet: browsers
 * run it while they wait for the rest, and of a file they refuse every module.
 */
(() => {
  const script = document.currentScript;
  if (location.protocol === 'file:') {
    document.addEventListener('DOMContentLoaded', () => {
      const status = document.querySelector('[data-search-status]');
      status.textContent = 'Zoeken werkt niet als u de site als los bestand opent. Gebruik de overzichten hieronder.';
      status.dataset.searchStatus = 'error';
    });
  } else if (new URLSearchParams(location.search).get('q')?.trim()) {
    script.werker = new Worker(new URL('werker.js', script.src)); // pagina.js asks it
    script.werker.onerror = () => { script.werker = null; };
  }
})();
