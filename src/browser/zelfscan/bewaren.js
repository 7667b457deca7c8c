/** A place in this browser that holds something only as long as its box is ticked. */

import * as opslag from '../delen/opslag.js';

export class Bewaarplek {
  /**
   * @param {string} naam
   * @param {HTMLInputElement} vink the box that asks
   * @param {(tekst: string) => void} zeg
   */
  constructor(naam, vink, zeg) {
    this.naam = naam;
    this.vink = vink;
    this.zeg = zeg;
    vink.addEventListener('change', () => { if (!vink.checked) this.vergeet(); });
  }

  bewaar(/** @type {unknown} */ stand) {
    if (!this.vink.checked || opslag.bewaar(this.naam, stand)) return;
    this.vink.checked = false;
    this.zeg(opslag.GEEN_OPSLAG);
  }

  vergeet() {
    opslag.bewaar(this.naam, undefined);
  }

  lees() {
    return opslag.lees(this.naam);
  }
}
