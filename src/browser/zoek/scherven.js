/** In which file the postings of a term lie, the same as search/shards.py. */

/**
 * A file, nothing, or what has a 0 and what has a 1 at this bit of its mark.
 * @typedef {string | undefined | Tak} Knoop
 * @typedef {[Knoop, Knoop]} Tak
 */

export class Scherven {
  #boom;
  /** The first group that a term is in, which its file follows. @type {Map<string, string>} */
  #samen = new Map();

  /** @param {import('./motor.js').Manifest} manifest */
  constructor({ boom, scherven, namen, groepen }) {
    const tekens = boom[Symbol.iterator]();
    const bladen = scherven[Symbol.iterator]();
    /** @returns {Knoop} */
    const knoop = () => {
      const { value } = tekens.next();
      if (value !== '(') return value === '.' ? bladen.next().value : undefined;
      const eerste = knoop();
      return [eerste, knoop()];
    };
    /** @type {Knoop} */
    this.#boom = knoop();
    for (const deel of [0, 1]) {
      for (const groep of groepen) {
        for (const plek of groep[deel]) {
          for (const term of namen[plek][1].split(' ')) {
            if (!this.#samen.has(term)) this.#samen.set(term, namen[groep[0][0]][1]);
          }
        }
      }
    }
  }

  /** Give the name of the file that a term would be in, if any. @param {string} term */
  van(term) {
    let knoop = this.#boom;
    for (const merk of [crc32(this.#samen.get(term) ?? term), crc32(term)]) {
      for (let bit = 31; bit >= 0 && Array.isArray(knoop); bit -= 1) knoop = knoop[merk >>> bit & 1];
    }
    return /** @type {string | undefined} */ (knoop);
  }
}

/** The checksum of a text of letters and digits (ISO 3309). @param {string} tekst */
export function crc32(tekst) {
  let rest = -1;
  for (let i = 0; i < tekst.length; i += 1) {
    rest ^= tekst.charCodeAt(i);
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? rest >>> 1 ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}
