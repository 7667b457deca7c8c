/**
 * What every search box does while one types: it says what a question must be, shows what is sure,
 * and tells what is not there only to whoever rests.
 */

import { WOORD } from '../delen/vouw.js';

/** Milliseconds without a key after which a question is taken as it stands. */
const RUST = 500;
const MINSTE_LETTERS = 3;
const MEESTE_TEKENS = 200;
const MEESTE_WOORDEN = 16;
export const TE_KORT = `Typ minstens ${MINSTE_LETTERS} letters.`;
export const TE_LANG = 'Uw tekst was te lang en is ingekort. '
  + `Een vraag heeft niet meer dan ${MEESTE_WOORDEN} woorden en ${MEESTE_TEKENS} tekens.`;

/** Tell whether a question has too few letters to expect an answer. */
export const isKort = (/** @type {string} */ vraag) => (
  (vraag.match(WOORD) ?? []).join('').length < MINSTE_LETTERS);

/** Cut a question that is too long, between words where that can be. */
export function inkort(/** @type {string} */ vraag) {
  const einden = [...vraag.matchAll(WOORD)].map(({ 0: woord, index }) => index + woord.length);
  if (vraag.length <= MEESTE_TEKENS && einden.length <= MEESTE_WOORDEN) return vraag;
  const passend = einden.slice(0, MEESTE_WOORDEN).filter((einde) => einde <= MEESTE_TEKENS);
  return vraag.slice(0, passend.at(-1) ?? MEESTE_TEKENS);
}

/**
 * Tell whether text came into a box by keys. What is pasted is whole.
 * @param {Event} event
 */
export const isGetypt = (event) => (
  event instanceof InputEvent && event.inputType !== 'insertFromPaste');

/**
 * Ask a question. One that is being typed is answered at once when all of it is found, else as a
 * whole after a rest.
 * @param {import('./vrager.js').Vrager} vrager
 * @param {import('./antwoord.js').Opdracht} opdracht half: it is being typed
 * @param {() => boolean} geldt whether it is still asked
 * @returns {Promise<{antwoord: import('./antwoord.js').Antwoord, half: boolean} | null>} null when
 *   it is not
 */
export async function beantwoord(vrager, opdracht, geldt) {
  const { vraag, half = false } = opdracht;
  const rust = half && wachtRust();
  const antwoord = await vrager.vraag(opdracht);
  if (!geldt()) return null;
  const zeker = antwoord.totaal && !antwoord.onbekend.length && !isKort(vraag);
  if (!half || zeker) return { antwoord, half };
  await rust;
  if (!geldt()) return null;
  const heel = await vrager.vraag({ ...opdracht, half: false });
  return geldt() ? { antwoord: heel, half: false } : null;
}

export const wachtRust = () => new Promise((klaar) => { setTimeout(klaar, RUST); });
