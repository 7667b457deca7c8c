/**
 * Bundles the form editor: node build.mjs FOLDER. The parts that need no other host (fonts, image codecs) go along;
 * maps, vector drawings and the colouring of code, which no page has, do not.
 */
import { cp, copyFile, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
const cms = new URL("../node_modules/@sveltia/cms/", import.meta.url);

/** What the package would still ask of other hosts: its fonts until its own are there, and whether the Git host is up. */
const ELSEWHERE = [
  [/@font-face \{[^}]*cdn\.jsdelivr\.net[^}]*\}/g, ""],
  [/https:\/\/www\.githubstatus\.com\/api\/v2\/status\.json/g, "data:,"],
  [/https:\/\/status-api\.hostedstatus\.com\/1\.0\/status\/\w+/g, "data:,"],
];

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: [fileURLToPath(new URL("editor.js", import.meta.url))],
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  chunkNames: "[name]-[hash]",
  external: ["@shikijs/*", "leaflet/*", "terra-draw*", "svgo/*"],
  logLevel: "warning",
  plugins: [{
    name: "nothing-from-elsewhere",
    setup({ onLoad }) {
      onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => {
        let contents = await readFile(path, "utf8");
        for (const [address, instead] of ELSEWHERE) {
          if (contents.search(address) < 0) throw new Error(`${address} is not in ${path}: look what this version asks of other hosts`);
          contents = contents.replace(address, instead);
        }
        return { contents };
      });
    },
  }],
});
await cp(new URL("npm/assets/", cms), `${outdir}/assets`, { recursive: true, filter: (name) => !name.endsWith(".map") });
await copyFile(new URL("LICENSE.txt", cms), `${outdir}/LICENSE.txt`);
