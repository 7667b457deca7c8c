/**
 * Let the browser save a text, or bytes, as a file.
 * @param {string} naam
 * @param {string | Blob} inhoud
 * @param {string} [soort] of a text
 */
export function download(naam, inhoud, soort) {
  const bestand = inhoud instanceof Blob ? inhoud
    : new Blob([inhoud], { type: `${soort};charset=utf-8` });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bestand);
  link.download = naam;
  link.click();
  URL.revokeObjectURL(link.href);
}
