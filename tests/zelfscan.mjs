/** Answer questions about the zelfscan with the site's own scripts: JSON in, JSON out. */
import { readFileSync } from 'node:fs';

const [scripts] = process.argv.slice(2);
const t = await import(`${scripts}/zelfscan/telling.js`);
const { alsMarkdown } = await import(`${scripts}/zelfscan/stuk.js`);
const { lijst, bestanden, gekozen, blokken } = JSON.parse(readFileSync(0, 'utf-8'));

const gelezen = [];
const onleesbaar = {};
for (const [naam, tekst] of Object.entries(bestanden)) {
  try {
    gelezen.push({ naam, deelnemer: t.leesDeelnemer(tekst, lijst) });
  } catch (fout) {
    onleesbaar[naam] = fout instanceof t.Afgewezen ? fout.message : `${fout.name}: ${fout.message}`;
  }
}
const samen = t.verenig(gelezen, gekozen);
const rijen = lijst.velden.map((veld) => {
  const delen = lijst.groepen.map(([id, naam]) => [naam, t.telGroep(samen.deelnemers.filter((d) => d.groep === id), veld.stellingen.map(([s]) => s))]);
  return { veld, delen, ...t.vergelijk(delen) };
});
console.log(JSON.stringify({ onleesbaar, afgewezen: samen.afgewezen, dubbel: samen.dubbel, scan: samen.scan, aantal: samen.deelnemers.length,
  rijen: rijen.map(({ delen, gemiddelde, verschil }) => ({ delen: Object.fromEntries(delen), gemiddelde, verschil })),
  keuzes: t.kies(rijen).map(({ veld, redenen }) => [veld.slug, redenen]),
  codes: gelezen.every(({ deelnemer }) => { const json = t.alsJson(deelnemer, lijst.versie); return t.uitCode(t.alsCode(json)) === json; }),
  markdown: alsMarkdown(blokken), vervuild: ({}).vervuild ?? null }));
