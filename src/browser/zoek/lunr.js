/**
 * lunr with Dutch, as published. Of it the browser uses the stemmer, and the scores for an index
 * that motor.js puts together.
 */

import lunr from 'lunr';
import dutch from 'lunr-languages/lunr.nl.js';
import stemmers from 'lunr-languages/lunr.stemmer.support.js';

stemmers(lunr);
dutch(lunr);

export { lunr };
export const stam = /** @type {(woord: string) => string} */ (lunr.nl.stemmer);
