/** Columns: the values of a facet, and which of them each page or document has. */

/**
 * @typedef {number | number[]} Waarde the numbers of values; -1 is none
 * @typedef {[[string, string][], Waarde[], string]} Kolom the values as slug and name, which of
 *   them each has, and what the facet is called
 */

/** The numbers in one place of a column. @param {Waarde | undefined} waarde */
export function alsRij(waarde) {
  if (Array.isArray(waarde)) return waarde;
  return waarde !== undefined && waarde >= 0 ? [waarde] : [];
}
