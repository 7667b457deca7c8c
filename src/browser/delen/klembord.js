/** Copy to the clipboard, and hand on. A browser may forbid it. */

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

/**
 * Hand an address to somebody: as the device does that, else by copying it; give the words to say.
 * @param {string} url
 * @param {string} wat 'deze pagina'
 */
export async function deel(url, wat) {
  if (navigator.share) {
    try {
      await navigator.share({ title: document.title, url });
      return '';
    } catch (fout) {
      if (fout instanceof DOMException && fout.name === 'AbortError') return '';
    }
  } else if (await kopieer(url)) {
    return `Het adres van ${wat} is gekopieerd. Plak het in een mail of bericht.`;
  }
  return `Delen lukt niet vanzelf. Kopieer ${
    url === location.href ? 'het adres boven in uw browser' : `dit adres: ${url}`}.`;
}
