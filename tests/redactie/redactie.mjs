/**
 * Drive what the form reads and writes (redactie/), for tests: a line of JSON in, a line out.
 *
 *   node redactie.mjs VELDEN      what the page of the form says of the fields, as JSON
 */
import { createInterface } from 'node:readline';
import { format } from '../../redactie/pagina.mjs';
import { merge } from '../../redactie/tekst.mjs';

const { fields, seldom } = JSON.parse(process.argv[2]);
const { fromFile, toFile } = format(fields, seldom);
/** @type {Record<string, (taak: any) => unknown>} */
const doen = {
  lees: ({ bestand }) => fromFile(bestand),
  schrijf: ({ pagina }) => toFile(pagina),
  voeg: ({ was, onaangeraakt, nu }) => merge(was, onaangeraakt, nu),
};

for await (const regel of createInterface({ input: process.stdin })) {
  const { doe, ...taak } = JSON.parse(regel);
  let antwoord;
  try {
    antwoord = { uit: doen[doe](taak) };
  } catch (fout) {
    antwoord = { fout: String(fout instanceof Error ? fout.stack : fout) };
  }
  process.stdout.write(`${JSON.stringify(antwoord)}\n`);
}
