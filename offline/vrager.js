/** Search in the page itself, for a page opened from a folder may not start a worker. In the place of docs/assets/js/zoek/vrager.js. */

/* global lunr */

import { Antwoorder } from '../docs/assets/js/zoek/antwoord.js';
import { wortel } from '../docs/assets/js/zoek/bouw.js';

const haal = async (adres) => (await fetch(new URL(`zoek/${adres}`, wortel))).text();

export class Vrager {
  #antwoorder = null;
  #nummer = 0;

  /** Ask a question; an answer that a later question has overtaken never comes. */
  async vraag(/** @type {object} see zoek/werker.js */ opdracht) {
    this.#nummer += 1;
    const nummer = this.#nummer;
    this.#antwoorder ??= haal('manifest.json').then((manifest) => new Antwoorder(haal, lunr, manifest));
    this.#antwoorder.catch(() => { this.#antwoorder = null; }); // asked again for the next question
    const antwoorder = await this.#antwoorder;
    const antwoord = nummer === this.#nummer && await antwoorder.antwoord(opdracht);
    return nummer === this.#nummer ? antwoord : new Promise(() => {});
  }
}
