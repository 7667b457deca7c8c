/** Ask the search worker; one worker a page, started at the first question if it was not before. */

export class Vrager {
  #nummer = 0;
  #wachtend = new Map();
  #werker = null;

  /** @param {Worker} [begonnen] a worker that was started before */
  constructor(begonnen) {
    if (begonnen) this.#werker = this.#luister(begonnen);
  }

  /**
   * Ask a question; an answer that a later question has overtaken never comes.
   * @param {object} opdracht see werker.js
   * @returns {Promise<object>}
   */
  vraag(opdracht) {
    this.#werker ??= this.#luister(new Worker(new URL('./werker.js', import.meta.url)));
    this.#nummer += 1;
    const nummer = this.#nummer;
    for (const eerder of this.#wachtend.keys()) if (eerder < nummer) this.#wachtend.delete(eerder);
    return new Promise((klaar, mis) => {
      this.#wachtend.set(nummer, { klaar, mis });
      this.#werker.postMessage({ ...opdracht, nummer });
    });
  }

  #luister(werker) {
    werker.addEventListener('message', ({ data }) => {
      const wie = this.#wachtend.get(data.nummer);
      if (!wie) return undefined;
      this.#wachtend.delete(data.nummer);
      if (!data.fout) return wie.klaar(data);
      // What failed to load is not asked again by the same worker; the next question starts with a new one.
      werker.terminate();
      this.#werker = null;
      return wie.mis(new Error(data.fout));
    });
    werker.addEventListener('error', () => {
      for (const { mis } of this.#wachtend.values()) mis(new Error('werker'));
      this.#wachtend.clear();
      this.#werker = null;
    });
    return werker;
  }
}
