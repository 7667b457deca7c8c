/** Read numbers of a character each, from # on, past the surrogates. @param {string} tekst */
export const getallen = (tekst) => Array.from(tekst, (teken) => {
  const code = teken.codePointAt(0) ?? 0;
  return code - 35 - (code < 0xd800 ? 0 : 0x800);
});
