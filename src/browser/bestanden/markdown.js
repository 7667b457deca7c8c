/** Write a text so that Markdown shows it as it is. */
export const teken = (/** @type {string} */ tekst) => (
  tekst.replace(/[\\`*_[\]<>#&|~]/g, '\\$&'));
