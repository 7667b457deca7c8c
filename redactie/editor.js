/**
 * Starts the form editor of /redactie/ in Dutch. scripts/redactie.py bundles it with Sveltia CMS; what it edits and
 * where it saves stands in config.yml beside it.
 */

/** Where Sveltia CMS keeps what its user prefers; it has no setting for the first language. */
const PREFERENCES = "sveltia-cms.prefs";

const root = document.querySelector("#nc-root");
const local = /^(127\.0\.0\.1|(.+\.)?localhost)$/.test(location.hostname);

// Without a repository there is nothing to log in to: then only a working copy on this computer can be edited.
if (root && (local || !("alleenLokaal" in document.body.dataset))) {
  if (!localStorage.getItem(PREFERENCES)) localStorage.setItem(PREFERENCES, JSON.stringify({ locale: "nl" }));
  const { init } = await import("@sveltia/cms");
  root.replaceChildren();
  init();
}
