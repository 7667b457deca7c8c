/** Whole numbers as Dutch readers expect them. */

/** Write 1204 as 1.204. The browser's own way takes longer than a search. */
export const getal = (/** @type {number} */ n) => String(n).replace(/\B(?=(?:\d{3})+$)/g, '.');

/** One and many. @param {number} n @param {string} een @param {string} meer */
export const aantal = (n, een, meer) => `${getal(n)} ${n === 1 ? een : meer}`;
