/**
 * Keeps the text of a page as its writer typed it. The box for text (Lexical) reads Markdown into a
 * document and writes that anew in its own way: other marks, other escapes, other empty lines. So
 * what it writes is compared with what it writes of the same text untouched, and only the
 * difference is put into the text.
 */

/**
 * @typedef {object} Change what is put in place of the parts from `from` up to `to`
 * @property {number} from
 * @property {number} to
 * @property {string[]} was
 * @property {string[]} put
 */

/** @typedef {Change & { mine: boolean }} Side a change of the original, or of the editor */

/**
 * @typedef {object} Box as much of Lexical as is used
 * @property {(listener: (update: { editorState: Document, tags: Set<string> }) => void) =>
 *   () => void} registerUpdateListener
 */
/** @typedef {{ read: (write: () => string) => string }} Document */

/** Marks the update in which a box is filled. */
export const FILLED = "gevuld";
/** Cells of the table that compares two lists; beyond these they are not compared part by part. */
const MOST_CELLS = 4_000_000;
/** What words are not: with one of these in it, a change is more than one of words. */
const MARKUP = /[\n*_`~[\]()<>#|\\!&]/;

/**
 * What each box was filled with, the document it made of that, and what it writes of it.
 * @type {WeakMap<Box, { text: string, document?: Document, untouched?: string }>}
 */
const filled = new WeakMap();

/**
 * Remember the text with which a box is about to be filled, in an update with the tag FILLED.
 * @param {Box} editor
 * @param {string} text
 */
export function fill(editor, text) {
  /** @type {{ text: string, document?: Document }} */
  const source = { text };
  filled.set(editor, source);
  const forget = editor.registerUpdateListener(({ editorState, tags }) => {
    if (!tags.has(FILLED)) return;
    source.document = editorState;
    forget();
  });
}

/**
 * Give the text of a box; `write` writes the document that is open as Markdown.
 * @param {Box} editor
 * @param {() => string} write
 */
export function kept(editor, write) {
  const source = filled.get(editor);
  const text = () => inStyleOf(source?.text ?? "", withRule(write()));
  if (!source?.document) return text();
  source.untouched ??= source.document.read(text);
  return merge(source.text, source.untouched, text());
}

/**
 * Give a table the line that makes it one: what is pasted from Word comes without.
 * @param {string} markdown
 */
function withRule(markdown) {
  const row = /^\|.*\|\s?$/, rule = /^\|(\s*:?-+:?\s*\|)+\s?$/;
  return markdown.split("\n").flatMap((line, number, all) => {
    const isFirst = row.test(line) && !row.test(all[number - 1] ?? "");
    if (!isFirst || rule.test(all[number + 1] ?? "")) return [line];
    return [line, `|${" --- |".repeat(line.split(/(?<!\\)\|/).length - 2)}`];
  }).join("\n");
}

/**
 * Write lists as the original does. The box writes a hyphen, and four spaces for what it reads as a
 * level when it is two.
 * @param {string} original
 * @param {string} markdown
 */
function inStyleOf(original, markdown) {
  const mark = /^ *([-+*]) /m.exec(original)?.[1] ?? "-";
  const isHalf = /^ {2}([-+*]|\d+\.) /m.test(original);
  return markdown.replace(/^( *)(-|\d+\.)(?= )/gm, (_, spaces, sign) =>
    spaces.slice(isHalf ? spaces.length / 2 : 0) + (sign === "-" ? mark : sign));
}

/**
 * Put into `original` what was done to `untouched` to make `edited` of it.
 * @type {(original: string, untouched: string, edited: string) => string}
 */
export function merge(original, untouched, edited) {
  if (!edited && untouched) return edited;
  const lines = (/** @type {string} */ text) => `${text}\n`.match(/.*\n/g) ?? [];
  const made = weave(lines(untouched), lines(original), lines(edited), () => true, mergeWords);
  return made.join("").slice(0, -1);
}

/**
 * Merge lines that both changed by the word, when no more was done to them than changing words.
 * @type {(...versions: string[][]) => string[]}
 */
function mergeWords(...versions) {
  const [untouched, original, edited] = versions.map((lines) => /** @type {string[]} */ (
    lines.join("").match(/\n|[^\S\n]+|[\p{L}\p{N}]+|&#?\w+;|\\?[^\p{L}\p{N}\s]/gu) ?? []));
  const done = changes(untouched, edited).flatMap(({ was, put }) => [...was, ...put]);
  if (done.some((part) => MARKUP.test(part))) return edited;
  /** @param {Change} change */
  const hasSpace = ({ was, put }) => [...was, ...put].some((part) => /[^\S\n]/.test(part));
  return weave(untouched, original, edited, hasSpace, (_, __, mine) => mine);
}

/**
 * Join two changed versions of a list. Where both changed the same part, `clash` says what it
 * becomes; it also does where they only touch, when `original` is `tied` to what is beside it.
 * @param {string[]} base
 * @param {string[]} original
 * @param {string[]} edited
 * @param {(change: Change) => boolean} tied
 * @param {(base: string[], original: string[], edited: string[]) => string[]} clash
 */
function weave(base, original, edited, tied, clash) {
  const all = [
    ...changes(base, original).map((change) => ({ ...change, mine: false })),
    ...changes(base, edited).map((change) => ({ ...change, mine: true })),
  ].sort((a, b) => a.from - b.from || a.to - b.to || Number(a.mine) - Number(b.mine));
  /** @type {(one: Side, next: Side) => boolean} */
  const touches = (one, next) => one.to === next.from && one.mine !== next.mine
    && tied(one.mine ? next : one);
  /** @type {string[]} */
  const made = [];
  let at = 0;
  for (let next = 0; next < all.length;) {
    const group = [all[next++]], { from } = group[0];
    let { to } = group[0];
    while (next < all.length
      && (all[next].from < to || group.some((one) => touches(one, all[next])))) {
      to = Math.max(to, all[next].to);
      group.push(all[next++]);
    }
    const [theirs, mine] = [false, true].map((side) => group.filter((one) => one.mine === side))
      .map((own) => (own.length ? apply(base, from, to, own) : null));
    const both = theirs && mine && clash(base.slice(from, to), theirs, mine);
    made.push(...base.slice(at, from), ...(both ?? mine ?? theirs ?? []));
    at = to;
  }
  return [...made, ...base.slice(at)];
}

/** @type {(base: string[], from: number, to: number, own: Change[]) => string[]} */
function apply(base, from, to, own) {
  const made = [];
  let at = from;
  for (const change of own) {
    made.push(...base.slice(at, change.from), ...change.put);
    at = change.to;
  }
  return [...made, ...base.slice(at, to)];
}

/**
 * What turns one list into another, by their longest common subsequence.
 * @type {(base: string[], other: string[]) => Change[]}
 */
function changes(base, other) {
  let start = 0, end = 0;
  const shortest = Math.min(base.length, other.length);
  while (start < shortest && base[start] === other[start]) start += 1;
  while (end < shortest - start && base.at(-1 - end) === other.at(-1 - end)) end += 1;
  const a = base.slice(start, base.length - end), b = other.slice(start, other.length - end);
  if (a.length * b.length > MOST_CELLS) {
    return [{ from: start, to: start + a.length, was: a, put: b }];
  }
  const width = b.length + 1, common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      common[here] = a[i] === b[j] ? common[here + width + 1] + 1
        : Math.max(common[here + width], common[here + 1]);
    }
  }
  const found = [];
  /** @type {(i: number, j: number) => boolean} */
  const isSame = (i, j) => i < a.length && j < b.length && a[i] === b[j];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const first = i, put = [];
    while ((i < a.length || j < b.length) && !isSame(i, j)) {
      const here = i * width + j;
      const isPut = j < b.length && (i === a.length || common[here + 1] >= common[here + width]);
      if (isPut) put.push(b[j++]);
      else i += 1;
    }
    if (i > first || put.length) {
      found.push({ from: start + first, to: start + i, was: a.slice(first, i), put });
    }
    while (isSame(i, j)) {
      i += 1;
      j += 1;
    }
  }
  return found;
}
