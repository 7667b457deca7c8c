/** Bundles the site's modules into one classic script, for pages opened from a folder: node build.mjs FILE. */
import { readFile } from "node:fs/promises";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [outfile] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const scripts = here("../docs/assets/js/");
const lunr = await readFile(`${scripts}/vendor/lunr-nl.min.js`, "utf8");

await build({
  entryPoints: [here("site.js")],
  outfile,
  bundle: true,
  // In an async function, because a classic script may not await by itself and some modules do.
  format: "esm",
  banner: { js: `${lunr}\n(async () => {\n"use strict";\nconst dezeScript = document.currentScript.src;` },
  footer: { js: "})();" },
  inject: [here("browser.js")],
  target: "es2022",
  minify: true,
  charset: "utf8",
  logLevel: "warning",
  plugins: [{
    name: "from-a-folder",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\/vrager\.js$/ }, () => ({ path: here("vrager.js") }));
      // Each module finds the site's root from its own address, which it no longer has.
      onLoad({ filter: /\.js$/ }, async ({ path }) => {
        const address = JSON.stringify(relative(scripts, path).split(sep).join("/"));
        return { contents: (await readFile(path, "utf8")).replaceAll("import.meta.url", `new window.URL(${address}, dezeScript).href`) };
      });
    },
  }],
});
