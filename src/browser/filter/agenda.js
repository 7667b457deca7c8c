/**
 * The list of meetings on the visitor's own day: what has passed since the site was made goes from
 * what comes to what has been. It stands in the page already, so this is done before it is shown.
 */

import { vandaag, voluit } from '../delen/dag.js';
import { alle, maak, vind } from '../delen/elementen.js';

export function werkAgendaBij() {
  const nu = vandaag();
  const kaarten = vind('[data-kaarten]');
  const { gekozen } = vind('[data-lijst]').dataset;
  const kop = (/** @type {string} */ wanneer) => (
    kaarten.querySelector(`:scope > [data-wanneer=${wanneer}]`));

  const dag = vind('[data-dag]');
  if ((dag.dataset.dag ?? nu) < nu) dag.textContent = voluit(nu);

  const voorbij = [...alle(':scope > [data-komt-tot]', kaarten)]
    .filter((kaart) => (kaart.dataset.komtTot ?? nu) < nu).reverse();
  if (voorbij.length) {
    const komt = kop('nu-of-later');
    for (const kaart of voorbij) kaart.remove();
    if (gekozen !== 'wanneer/nu-of-later') {
      const geweest = kop('geweest') ?? maak('h2', { 'data-wanneer': 'geweest' }, ['Geweest']);
      if (!geweest.parentElement) kaarten.insertBefore(geweest, kop('datum-niet-bekend'));
      geweest.after(...voorbij);
    }
    if (komt?.nextElementSibling?.matches('article') !== true) {
      komt?.remove();
      const niets = document.querySelector('[data-niets-komt]');
      if (niets instanceof HTMLElement) niets.hidden = false;
    }
  }
}
