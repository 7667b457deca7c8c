/** Copy to the clipboard. A browser may forbid it. */

/** @returns {Promise<boolean>} whether it worked */
export async function kopieer(/** @type {string} */ tekst) {
  try {
    await navigator.clipboard.writeText(tekst);
    return true;
  } catch {
    return false;
  }
}

/**
 * Copy what a field holds, or select it for whoever has to do that by hand; give the words to say.
 * @param {HTMLInputElement | HTMLTextAreaElement} vak
 * @param {string} wat 'De code'
 * @param {string} hem 'haar'
 */
export async function kopieerVak(vak, wat, hem) {
  if (await kopieer(vak.value)) return `${wat} is gekopieerd.`;
  vak.select();
  return `Kopiëren lukt niet vanzelf. ${wat} is geselecteerd: kopieer ${hem} met Ctrl+C.`;
}
