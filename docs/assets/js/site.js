/** What every page does beyond its links: fold the menu, go to the chosen municipality, and load what search, filters and lists need. */

const choose = document.querySelector('[data-kies]');
if (choose) {
  choose.hidden = false;
  choose.addEventListener('submit', (event) => {
    event.preventDefault();
    const { value } = choose.querySelector('select');
    if (value) location.assign(value);
  });
}

// On a phone the open menu lies over what comes after it.
const menu = document.getElementById('kp-menu');
menu?.addEventListener('focusout', ({ relatedTarget: next }) => {
  if (next && !menu.contains(next) && !next.matches('.kop__menu') && menu.matches(':popover-open')) menu.hidePopover();
});

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  [...document.querySelectorAll('input[type=search]')].find((vak) => vak.checkVisibility())?.focus();
});

// Nothing of search is loaded until somebody is about to search.
if (document.querySelector('[data-zoekpagina]')) {
  import('./zoek/pagina.js');
} else {
  document.addEventListener('focusin', async ({ target }) => {
    if (!target.matches?.('input[type=search][name=q]')) return;
    const { verrijk } = await import('./zoek/kopvak.js');
    verrijk(target);
  });
}

// Without the data of the filters the links to static lists stay; they say the same.
if (document.querySelector('[data-lijst]')) import('./filter/kaarten.js').catch(() => {});
if (document.querySelector('[data-termen]')) import('./filter/termen.js').catch(() => {});

/** Whether this browser keeps anything for the site; some browsers forbid even the question. */
function bewaartIets() {
  try { return localStorage.length > 0; } catch { return false; }
}

if (document.querySelector('[data-acties]') || bewaartIets()) import('./lijst.js');
if (document.querySelector('[data-vergelijken]')) import('./vergelijken.js');
if (document.querySelector('[data-mijn-lijst-blad]')) import('./mijn-lijst.js');
const zelfscan = document.querySelector('[data-zelfscan]')?.dataset.zelfscan;
if (zelfscan) import(zelfscan === 'samen' ? './zelfscan/samen.js' : './zelfscan/deelnemen.js');
