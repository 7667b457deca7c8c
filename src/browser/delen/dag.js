/** The visitor's own day, as days are written in the site: 2026-06-01. */
export const vandaag = () => new Date().toLocaleDateString('sv-SE');

/** The same as one reads it: 1 juni 2026. @param {string} dag */
export const voluit = (dag) => (
  new Date(`${dag}T12:00`).toLocaleDateString('nl-NL', { dateStyle: 'long' }));
