/**
 * Bundles the form editor: node build.mjs FOLDER. The parts that need no other host (fonts, image codecs) go along;
 * maps, vector drawings and the colouring of code, which no page has, do not.
 */
import { cp, copyFile, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
const cms = new URL("../node_modules/@sveltia/cms/", import.meta.url);

/** What the package does that it must not. @type {[RegExp, string | ((...found: string[]) => string)][]} */
const CHANGES = [
  // It asks other hosts for fonts until its own are there, and whether the Git host is up.
  [/@font-face \{[^}]*cdn\.jsdelivr\.net[^}]*\}/g, ""],
  [/https:\/\/www\.githubstatus\.com\/api\/v2\/status\.json/g, "data:,"],
  [/https:\/\/status-api\.hostedstatus\.com\/1\.0\/status\/\w+/g, "data:,"],
  // It drops a word in place of a group (gemeente_aantal: onbekend). The first field of the group shows and keeps it.
  [/(let\{field:(\w+),keyPath:(\w+),content:(\w+),index:\w+\}=\w+,\{widget:(\w+)=`string`\}=\2;[^;]*;if\(\5===`object`\)return )/,
    (all, before, field, path, content) =>
      `${before}typeof ${content}[${path}]==="string"?(${content}[${path}+"."+${field}.fields[0].name]=${content}[${path}],delete ${content}[${path}]):`],
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
    name: "changes",
    setup({ onLoad }) {
      onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => {
        let contents = await readFile(path, "utf8");
        for (const [was, instead] of CHANGES) {
          if (contents.search(was) < 0) throw new Error(`${was} is not in ${path}: look what this version does there`);
          contents = contents.replace(was, /** @type {string} */ (instead));
        }
        return { contents };
      });
    },
  }],
});
await cp(new URL("npm/assets/", cms), `${outdir}/assets`, { recursive: true, filter: (name) => !name.endsWith(".map") });
await copyFile(new URL("LICENSE.txt", cms), `${outdir}/LICENSE.txt`);
