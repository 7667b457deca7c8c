/**
 * Search in the page itself, for a page opened from a folder may not start a worker. In the place
 * of src/browser/zoek/vrager.js.
 */

import { onthoud } from '../src/browser/delen/onthoud.js';
import { haal } from '../src/browser/delen/ophalen.js';
import { Antwoorder } from '../src/browser/zoek/antwoord.js';

const lees = async (/** @type {string} */ adres) => (await haal(`zoek/${adres}`)).text();
const begin = onthoud(async (manifest) => new Antwoorder(lees, await lees(manifest)));

export class Vrager {
  #nummer = 0;

  /**
   * Ask a question; an answer that a later question has overtaken never comes.
   * @param {import('../src/browser/zoek/antwoord.js').Opdracht} opdracht
   * @returns {Promise<import('../src/browser/zoek/antwoord.js').Antwoord>}
   */
  async vraag(opdracht) {
    this.#nummer += 1;
    const nummer = this.#nummer;
    const antwoorder = await begin('manifest.json');
    const antwoord = nummer === this.#nummer && await antwoorder.antwoord(opdracht);
    return antwoord && nummer === this.#nummer ? antwoord : new Promise(() => {});
  }
}
