/**
 * While serving: load the page anew when the site has been built again, and put it back as it was. Waits for the
 * server with the number of the build that this page is of, so that no build is missed. The form editor is left
 * alone: it saves by itself, and what is being typed there would be lost.
 */
(() => {
  const { versie } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const kept = `verversen:${location.pathname}`;
  const PATIENCE = 10000; // milliseconds that scripts of the page may take to make their lists and folds

  /** Every fold by its words, for what is edited may add one above it; folds with the same words are numbered. */
  const folds = () => {
    const found = new Map();
    for (const fold of document.querySelectorAll('details')) {
      let name = fold.querySelector('summary')?.textContent?.trim() ?? '';
      while (found.has(name)) name += ' +';
      found.set(name, fold);
    }
    return found;
  };
  /** What is still to be put back: a build that comes meanwhile must not take the half of it for all. */
  let left = /** @type {{ x: number, y: number, open: Record<string, boolean> } | null} */ (null);

  const putBack = () => {
    const was = JSON.parse(sessionStorage.getItem(kept) ?? 'null');
    sessionStorage.removeItem(kept);
    if (!was) return;
    left = was;
    const until = performance.now() + PATIENCE;
    for (const sign of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
      addEventListener(sign, () => { left = null; }, { once: true, passive: true });
    }
    const step = () => {
      if (performance.now() > until) left = null;
      if (!left) return;
      for (const [words, fold] of folds()) fold.open = was.open[words] ?? fold.open;
      if (Math.abs(scrollY - was.y) > 1) scrollTo({ top: was.y, left: was.x, behavior: 'instant' });
      requestAnimationFrame(step);
    };
    step();
  };

  /** Note how the page is when it really goes: until the next one comes, it can still be used. */
  const reload = () => {
    addEventListener('pagehide', () => {
      const open = Object.fromEntries([...folds()].map(([words, fold]) => [words, fold.open]));
      sessionStorage.setItem(kept, JSON.stringify(left ?? { x: scrollX, y: scrollY, open }));
    }, { once: true });
    location.reload();
  };

  /**
   * Ask until there is another build. A hidden tab does not ask: a browser opens only six connections to one server.
   */
  const wait = async () => {
    const tab = Date.now();
    for (;;) {
      const turned = new Promise((turn) => { document.addEventListener('visibilitychange', turn, { once: true }); });
      if (document.visibilityState !== 'visible') { await turned; continue; }
      const ask = new AbortController();
      turned.then(() => ask.abort());
      try {
        const answer = await fetch(`/livereload/${versie}/${tab}`, { cache: 'no-store', signal: ask.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        if ((await answer.text()) !== versie) return reload();
      } catch { // the server restarts after a change in the code
        await new Promise((again) => { setTimeout(again, 500); });
      }
    }
  };

  const start = () => {
    if (document.querySelector('#nc-root')) return;
    putBack();
    wait();
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start, { once: true });
  else start();
})();
