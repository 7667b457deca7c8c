/** Make lower case and take the accents off: Súdwest becomes sudwest. */
export function vouw(/** @type {string} */ tekst) {
  const klein = tekst.toLowerCase();
  return /^[\0-\x7f]*$/.test(klein) ? klein : klein.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** A word as it stands in a text: letters with their accents, and digits. */
export const WOORD = /[\p{L}\p{N}\p{M}]+/gu;
