/** What the page says of the fields: see editor_fields in src/kennisplatform/model/fields.py. */
import { isFilled } from "./kop.mjs";

/**
 * @typedef {object} Said
 * @property {Record<string, import("./kop.mjs").Field>} fields of all collections
 * @property {string[]} seldom the names of those that are folded away
 * @property {Record<string, { fields: string[], message: string }>} one_of by collection: of which
 *   fields a page needs one, and what is said when it has none
 */
/** @type {Said} */
const said = JSON.parse(document.querySelector("#velden")?.textContent ?? "");
export const { fields, seldom } = said;

/**
 * @typedef {object} Judged a field that Sveltia CMS judges
 * @property {{ collectionName: string }} draft
 * @property {string} keyPath
 * @property {Record<string, unknown>} valueMap the values of all fields, by their paths
 */

/**
 * Refuse a page that has none of the fields of which it needs one.
 * @param {Judged} field
 * @param {{ customError?: boolean, customErrorMessage?: string }} validity
 */
export function demand({ draft, keyPath, valueMap }, validity) {
  const rule = said.one_of[draft.collectionName];
  if (keyPath !== rule?.fields[0]) return;
  const filled = Object.keys(valueMap).filter((path) => isFilled(valueMap[path]));
  if (filled.some((path) => rule.fields.includes(path.split(".")[0]))) return;
  validity.customError = true;
  validity.customErrorMessage = rule.message;
}
