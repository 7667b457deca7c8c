/** Ask the search worker; one worker a page, started at the first question if it was not before. */

/**
 * @typedef {import('./antwoord.js').Opdracht} Opdracht
 * @typedef {import('./antwoord.js').Antwoord} Antwoord
 * @typedef {{klaar: (antwoord: Antwoord) => void, mis: (fout: Error) => void}} Wachtende
 */

export class Vrager {
  #nummer = 0;

  /** @type {Map<number, Wachtende>} */
  #wachtend = new Map();

  /** @type {Worker | null} */
  #werker = null;

  /** @param {Worker | null} [begonnen] a worker that was started before */
  constructor(begonnen) {
    if (begonnen) this.#werker = this.#luister(begonnen);
  }

  /**
   * Ask a question; an answer that a later question has overtaken never comes.
   * @param {Opdracht} opdracht
   * @returns {Promise<Antwoord>}
   */
  vraag(opdracht) {
    const werker = this.#werker
      ?? this.#luister(new Worker(new URL('./werker.js', import.meta.url)));
    this.#werker = werker;
    this.#nummer += 1;
    const nummer = this.#nummer;
    this.#wachtend.clear();
    return new Promise((klaar, mis) => {
      this.#wachtend.set(nummer, { klaar, mis });
      werker.postMessage({ ...opdracht, nummer });
    });
  }

  #luister(/** @type {Worker} */ werker) {
    werker.addEventListener('message', ({ data }) => {
      const wie = this.#wachtend.get(data.nummer);
      if (!wie) return;
      this.#wachtend.delete(data.nummer);
      if (!data.fout) {
        wie.klaar(data);
        return;
      }
      // What failed to load is not asked again by the same worker; the next question starts with
      // a new one.
      werker.terminate();
      this.#werker = null;
      wie.mis(new Error(data.fout));
    });
    werker.addEventListener('error', () => {
      for (const { mis } of this.#wachtend.values()) mis(new Error('werker'));
      this.#wachtend.clear();
      this.#werker = null;
    });
    return werker;
  }
}
