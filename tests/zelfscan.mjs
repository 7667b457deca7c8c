/** Answer questions about the zelfscan with the site's own scripts: JSON in, JSON out. */
import { readFileSync } from 'node:fs';
import { alsMarkdown } from '../src/browser/zelfscan/stuk.js';
import * as t from '../src/browser/zelfscan/telling.js';

/**
 * @type {{lijst: import('../src/browser/zelfscan/telling.js').Vragenlijst,
 *   bestanden: Record<string, string>,
 *   gekozen: import('../src/browser/zelfscan/telling.js').Scan | null,
 *   blokken: import('../src/browser/zelfscan/stuk.js').Blok[]}}
 */
const { lijst, bestanden, gekozen, blokken } = JSON.parse(readFileSync(0, 'utf-8'));

/** @type {import('../src/browser/zelfscan/telling.js').Gelezen[]} */
const gelezen = [];
/** @type {Record<string, string>} */
const onleesbaar = {};
for (const [naam, tekst] of Object.entries(bestanden)) {
  try {
    gelezen.push({ naam, deelnemer: t.leesDeelnemer(tekst, lijst) });
  } catch (fout) {
    onleesbaar[naam] = fout instanceof t.Afgewezen ? fout.message : `onverwacht: ${fout}`;
  }
}
const samen = t.verenig(gelezen, gekozen);
const rijen = lijst.velden.map((veld) => {
  const stellingen = veld.stellingen.map(([stelling]) => stelling);
  const delen = lijst.groepen.map(([id, naam]) => {
    const groep = samen.deelnemers.filter((d) => d.groep === id);
    return /** @type {[string, import('../src/browser/zelfscan/telling.js').Telling]} */ (
      [naam, t.telGroep(groep, stellingen)]);
  });
  return { veld, delen, ...t.vergelijk(delen) };
});
console.log(JSON.stringify({
  onleesbaar,
  afgewezen: samen.afgewezen,
  dubbel: samen.dubbel,
  scan: samen.scan,
  aantal: samen.deelnemers.length,
  rijen: rijen.map(({ delen, gemiddelde, verschil }) => (
    { delen: Object.fromEntries(delen), gemiddelde, verschil })),
  keuzes: t.kies(rijen).map(({ veld, redenen }) => [veld.slug, redenen]),
  codes: gelezen.every(({ deelnemer }) => {
    const json = t.alsJson(deelnemer, lijst.versie);
    return t.uitCode(t.alsCode(json)) === json;
  }),
  markdown: alsMarkdown(blokken),
  vervuild: /** @type {any} */ ({}).vervuild ?? null,
}));
