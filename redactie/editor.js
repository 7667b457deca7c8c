/**
 * Starts the form editor of /redactie/ in Dutch. scripts/redactie.py bundles it with Sveltia CMS; what it edits and
 * where it saves stands in config.yml beside it.
 */
import { fields, seldom } from "./eisen.mjs";
import { format } from "./pagina.mjs";

/** Where Sveltia CMS keeps what its user prefers; it has no setting for the first language. */
const PREFERENCES = "sveltia-cms.prefs";

/**
 * An image in the text. The one that comes with the editor may lack a description, which the check does not let
 * pass.
 */
const IMAGE = {
  id: "afbeelding",
  label: "Afbeelding",
  icon: "image",
  trigger: /** @type {const} */ ("button"),
  fields: [
    { name: "src", label: "Afbeelding", widget: "image", choose_url: false },
    { name: "alt", label: "Wat er te zien is", widget: "string",
      pattern: ["^[^<>[\\]]*\\w[^<>[\\]]*$", "Schrijf in gewone woorden wat er te zien is."],
      hint: "Voor wie de afbeelding niet kan zien. Bijvoorbeeld: Inwoners zitten in een kring op het dorpsplein." },
  ],
  pattern: /^!\[(?<alt>(?:\\.|[^\\\]])*)\]\((?<src>[^\s()]+)(?<title> +"[^"]*")?\)$/m,
  // An image that is there already comes with its address on the site; the check wants the path of the file.
  toBlock: ({ src = "", alt = "", title = "" }) => src &&
    `![${alt}](${src.replace(/^\/afbeeldingen\//, "../afbeeldingen/")}${title})`,
  toPreview: () => "",
};

const root = document.querySelector("#nc-root");

if (root) {
  if (!localStorage.getItem(PREFERENCES)) localStorage.setItem(PREFERENCES, JSON.stringify({ locale: "nl" }));
  const { init, registerCustomFormat, registerEditorComponent } = await import("@sveltia/cms");
  registerCustomFormat("yaml-frontmatter", "md", format(fields, seldom));
  // By the second name the editor looks up which of its fields must be filled.
  for (const id of [IMAGE.id, `x-${IMAGE.id}`]) registerEditorComponent({ ...IMAGE, id });
  root.replaceChildren();
  init();
}
