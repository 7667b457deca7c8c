/** A place in this browser that holds something only as long as its box is ticked, and nothing before. */

import { wortel } from '../zoek/bouw.js';

export class Bewaarplek {
  /**
   * @param {string} naam
   * @param {HTMLInputElement} vink the box that asks
   * @param {(tekst: string) => void} zeg
   */
  constructor(naam, vink, zeg) {
    /** Another site may lie at another path of the same host. */
    this.sleutel = `${naam} ${wortel.pathname}`;
    this.vink = vink;
    this.zeg = zeg;
    vink.addEventListener('change', () => { if (!vink.checked) this.vergeet(); });
  }

  bewaar(/** @type {unknown} */ stand) {
    if (!this.vink.checked) return;
    try {
      localStorage.setItem(this.sleutel, JSON.stringify(stand));
    } catch {
      this.vink.checked = false;
      this.zeg('Uw browser staat niet toe dat deze site iets bewaart.');
    }
  }

  vergeet() {
    try { localStorage.removeItem(this.sleutel); } catch { /* nothing can have been kept either */ }
  }

  /** What was kept, or null. A store can hold anything: whoever reads it must check it. */
  lees() {
    try { return JSON.parse(localStorage.getItem(this.sleutel)); } catch { return null; }
  }
}
