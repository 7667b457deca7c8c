/**
 * Ask lunr, with Dutch by lunr-languages, and minisearch, which has no Dutch, as their own guides
 * say: words as typed first, then beginnings of words and words with a letter or two different.
 *
 *   node zoeken_peers.mjs < {"weights": {field: weight}, "documents": [{slug, field: text}],
 *                            "questions": [text]}
 *
 * Prints {name: [[slug]]}: the answers to each question, best first.
 */

import { readFileSync } from 'node:fs';
import { lunr } from '../src/browser/zoek/lunr.js';

/** @type {string} */
const here = 'minisearch'; // of the benchmarks alone: whoever reads the types does not have it
const { default: MiniSearch } = await import(here);

/** @type {{weights: Record<string, number>, documents: Record<string, string>[], questions: string[]}} */
const { weights, documents, questions } = JSON.parse(readFileSync(0, 'utf8'));

const index = lunr(function () {
  this.use(/** @type {any} */ (lunr).nl);
  this.ref('slug');
  for (const [field, boost] of Object.entries(weights)) this.field(field, { boost });
  for (const document of documents) this.add(document);
});

function byLunr(/** @type {string} */ question) {
  const words = question.toLowerCase().split(/[\s\p{P}]+/u)
    .filter((word) => word && /** @type {any} */ (lunr).nl.stopWordFilter(word));
  return index.query((query) => {
    for (const word of words) {
      query.term(word, { boost: 100 });
      query.term(word, {
        boost: 10, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
      query.term(word, { boost: 1, usePipeline: false, editDistance: 1 });
    }
  }).map(({ ref }) => ref);
}

const mini = new MiniSearch({
  idField: 'slug',
  fields: Object.keys(weights),
  searchOptions: {
    boost: weights,
    prefix: (/** @type {string} */ word) => word.length > 3,
    fuzzy: (/** @type {string} */ word) => (word.length > 3 ? 0.2 : null),
  },
});
mini.addAll(documents);

function byMiniSearch(/** @type {string} */ question) {
  return mini.search(question).map((/** @type {{id: string}} */ { id }) => id);
}

console.log(JSON.stringify({
  lunr: questions.map(byLunr),
  minisearch: questions.map(byMiniSearch),
}));
