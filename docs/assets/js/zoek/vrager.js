/** Ask the search worker; one worker a page, started at the first question. */

export class Vrager {
  #nummer = 0;
  #wachtend = new Map();
  #werker = null;

  /** True when the page lies in a file: browsers then refuse workers and fetches. */
  static get isBestand() {
    return location.protocol === 'file:';
  }

  /**
   * Ask a question; an answer that a later question has overtaken never comes.
   * @param {object} opdracht see werker.js
   * @returns {Promise<object>}
   */
  vraag(opdracht) {
    this.#werker ??= this.#start();
    this.#nummer += 1;
    const nummer = this.#nummer;
    for (const eerder of this.#wachtend.keys()) if (eerder < nummer) this.#wachtend.delete(eerder);
    return new Promise((klaar, mis) => {
      this.#wachtend.set(nummer, { klaar, mis });
      this.#werker.postMessage({ ...opdracht, nummer });
    });
  }

  #start() {
    const werker = new Worker(new URL('./werker.js', import.meta.url));
    werker.addEventListener('message', ({ data }) => {
      const wie = this.#wachtend.get(data.nummer);
      if (!wie) return;
      this.#wachtend.delete(data.nummer);
      if (data.fout) wie.mis(new Error(data.fout)); else wie.klaar(data);
    });
    werker.addEventListener('error', () => {
      for (const { mis } of this.#wachtend.values()) mis(new Error('werker'));
      this.#wachtend.clear();
      this.#werker = null;
    });
    return werker;
  }
}
