/**
 * Makes the scripts that browsers load, from the modules of src/browser/, and the words that search
 * knows: node bundels.mjs FOLDER.
 *
 * Each bundle holds all it needs, so a page loads one file for each thing it does. FOLDER is the
 * root of the project, or one to compare with it.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DICTIONARIES, dictionary } from './dictionary.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src', 'browser');
const SCRIPTS = join('docs', 'assets', 'js');
const WORDS = join('src', 'kennisplatform', 'search', 'dictionary');

/** The modules that a bundle begins with, and is named after. */
const PAGES = [
  'site.js', 'bestanden/dossier.js', 'bestanden/werkmap.js', 'bestanden/word.js',
  'filter/kaarten.js', 'filter/termen.js',
  'kaart.js', 'lijst/blad.js', 'lijst/vergelijken.js', 'zelfscan/deelnemen.js', 'zelfscan/samen.js',
  'zoek/keuzevak.js', 'zoek/pagina.js',
].map((name) => join(sources, name));

/** What is fetched when needed is a bundle by itself. @type {import('esbuild').Plugin} */
const fetched = {
  name: 'fetched',
  setup: ({ onResolve }) => onResolve({ filter: /^\./ }, ({ kind, path, importer, resolveDir }) => {
    if (kind !== 'dynamic-import') return undefined;
    if (PAGES.includes(importer) && PAGES.includes(resolve(resolveDir, path))) {
      return { path, external: true };
    }
    return { errors: [{ text: `${path} and what fetches it are not both in PAGES` }] };
  }),
};

/** See there. @type {import('esbuild').Plugin} */
const zip = {
  name: 'zip',
  setup: ({ onResolve }) => onResolve(
    { filter: /^fflate$/ }, () => ({ path: join(sources, 'bestanden', 'zip.js') })),
};

/** A page from a folder may start no worker. @type {import('esbuild').Plugin} */
const fromFolder = {
  name: 'from-folder',
  setup: ({ onResolve }) => onResolve(
    { filter: /\/vrager\.js$/ }, () => ({ path: join(root, 'offline', 'vrager.js') })),
};

const options = /** @satisfies {import('esbuild').BuildOptions} */ ({
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  legalComments: 'external',
  metafile: true,
  write: false,
  outdir: root,
  logLevel: 'warning',
});
const MADE = '/* Made by scripts/bundels from src/browser; licences: licenties.txt */';

const [scripts, worker, edition] = await Promise.all([
  build({
    ...options,
    entryPoints: PAGES,
    outbase: sources,
    outdir: SCRIPTS,
    format: 'esm',
    banner: { js: MADE },
    plugins: [fetched, zip],
  }),
  // A classic script, which every browser starts as a worker.
  build({
    ...options,
    entryPoints: [join(sources, 'zoek', 'werker.js')],
    outbase: sources,
    outdir: SCRIPTS,
    format: 'iife',
    banner: { js: MADE },
    define: { 'import.meta.url': 'self.location.href' },
  }),
  // All in one, in an async function: a classic script may not await, and some modules do.
  build({
    ...options,
    entryPoints: { bundel: join(root, 'offline', 'site.js') },
    outdir: 'offline',
    format: 'esm',
    banner: { js: `${MADE}\n(async () => {\n"use strict";` },
    footer: { js: '})();' },
    inject: [join(root, 'offline', 'browser.js')],
    define: { 'import.meta.url': 'dezeScript' },
    plugins: [zip, fromFolder],
  }),
]);

const [folder] = process.argv.slice(2);
await rm(join(folder, SCRIPTS), { recursive: true, force: true });
for (const { path, text } of [scripts, worker, edition].flatMap(({ outputFiles }) => outputFiles)) {
  if (path.endsWith('.js')) await put(join(folder, relative(root, path)), text);
}
await rm(join(folder, WORDS), { recursive: true, force: true });
for (const [letter, terms] of await dictionary()) {
  await put(join(folder, WORDS, `${letter}.txt`), `${terms.join(' ')}\n`);
}
// The edition holds all of the others, so also all that asks to be named.
const packages = [
  ...DICTIONARIES, ...await withDependencies(Object.keys(edition.metafile.inputs)),
].sort();
const comments = edition.outputFiles.find(({ path }) => path.endsWith('.LEGAL.txt'));
await put(join(folder, SCRIPTS, 'licenties.txt'), [
  'In deze scripts en de woordenlijst van de zoekmachine zitten delen van de pakketten hieronder,\n'
    + 'elk onder zijn eigen licentie.\n'
    + 'De rest valt onder de licentie EUPL-1.2.\n',
  ...await Promise.all(packages.map(licence)),
  comments?.text ?? '',
].join(`\n${'-'.repeat(80)}\n`));

/** @param {string} file @param {string} text */
async function put(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Of a package. @param {string} name */
async function manifest(name) {
  return JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8'));
}

/**
 * Give the packages that files come from, and those that these packages carry within their own.
 * @param {string[]} files
 */
async function withDependencies(files) {
  const found = new Set(files.flatMap((file) => (
    file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/)?.[1] ?? [])));
  for (const name of found) {
    const { dependencies = {} } = await manifest(name);
    for (const other of Object.keys(dependencies)) {
      if (!other.startsWith('@types/')) found.add(other);
    }
  }
  return [...found].sort();
}

/** Name a package with its version, and give the whole text of its licence. @param {string} name */
async function licence(name) {
  const { version, license } = await manifest(name);
  const folder = join(root, 'node_modules', name);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} comes without the text of its licence`);
  const text = (await readFile(join(folder, file), 'utf8')).replace(/\r\n?/g, '\n').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
