/**
 * Say that search needs a web address. A classic script: of a page opened from a file, browsers
 * refuse every module, so nothing else of search runs there.
 */
(() => {
  if (location.protocol !== 'file:') return;
  const status = document.querySelector('[data-search-status]');
  status.textContent = 'Zoeken werkt niet als u de site als los bestand opent. Gebruik de overzichten hieronder.';
  status.dataset.searchStatus = 'error';
})();
