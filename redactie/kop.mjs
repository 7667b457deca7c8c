/**
 * Reads front matter as src/kennisplatform/content/frontmatter.py does, and writes it in the one form of
 * head.py there; a test compares them.
 */
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";

/**
 * @typedef {object} Field what must be known of a field to write it
 * @property {boolean} [list] it takes more than one value
 * @property {Record<string, Field>} [fields] it is a group, of these fields in this order
 * @property {string[]} [words] what may stand in place of the group
 * @property {boolean} [name_will_do] a text may stand in place of the group: its first field
 * @property {boolean} [required] it stays when it is empty
 * @property {string} [number] it takes a number; how the Dutch write one, as an expression
 * @property {boolean} [typed] a number or a day in it needs no quotes
 */
/** @typedef {{ [name: string]: Value }} Group */
/** @typedef {string | Value[] | Group} Value as front matter holds it */
/** @typedef {Record<string, Field>} Fields */
/** @typedef {import("yaml").Node | null} Node */

/** @param {unknown} value @returns {value is Group} */
export function isGroup(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @type {(value: unknown) => boolean} */
export const isFilled = (value) => (typeof value === "object" && value !== null
  ? Object.values(value).some(isFilled) : value !== undefined && value !== null && value !== "");

export const plain = (/** @type {unknown} */ value) =>
  String(value ?? "").replaceAll("\u00a0", " ").trim();

const NAME = "('[st][- ][^'\",\\[\\]{}\\\\#:\\n]*?)";
/** A Dutch name that starts with an apostrophe ('s-Hertogenbosch), which YAML takes for a quote. */
const APOSTROPHE = new RegExp(`^([ ]*(?:-[ ]+(?:\\w+:[ ]+)?|\\w+:[ ]+))${NAME}(?=[ ]{0,9}$)`, "gm");
const LIST = /^[ ]*(?:-[ ]+)?\w+:[ ]+\[[^[\]]*\]/gm;
const IN_LIST = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|([[,]\\s*)${NAME}(?=\\s*[,\\]])`, "g");

/** Put quotes around such names, as unreadable.py does. */
const quoted = (/** @type {string} */ source) => source.replace(APOSTROPHE, '$1"$2"')
  .replace(LIST, (list) => list.replace(IN_LIST, (all, before, name) => (
    name ? `${before}"${name}"` : all)));

/**
 * Read the lines between the two of `---`: all values are text. Gives the YAML they come from too
 * (`root`), the value of each of its nodes, and the line and column of a place in it, from 0.
 * @param {string} source
 */
export function read(source) {
  const counter = new LineCounter();
  const document = parseDocument(quoted(source), { schema: "failsafe", lineCounter: counter });
  if (document.errors.length) throw document.errors[0];
  const root = /** @type {Node} */ (document.contents);

  /** @type {(node: any) => Value} */
  function value(node) {
    if (isMap(node)) return group(node);
    if (isSeq(node)) return node.items.map(value);
    if (isAlias(node)) return value(node.resolve(document));
    return isScalar(node) ? plain(node.value) : "";
  }

  /** @type {(node: import("yaml").YAMLMap) => Group} */
  function group(node) {
    return Object.fromEntries(node.items.map((pair) => [value(pair.key), value(pair.value)]));
  }

  /** @type {(offset: number) => [number, number]} */
  function place(offset) {
    const { line, col } = counter.linePos(offset);
    return [line - 1, col - 1];
  }

  return { values: isMap(root) ? group(root) : {}, root, value, place };
}

const FIRST = "-?:,[]{}#&*!|>'\"%@`";
const WITHIN = /:(?=\s|$)|\s#|[\n\t]/;
const WITHIN_BRACKETS = /[,?[\]{}]/;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;
const DAY = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9:.Zz +-]*)?";
const NUMBER_OR_DAY = new RegExp(`${NUMBER.source}|^${DAY}$`);
const NO_TEXT = new RegExp(`^(?:${[
  "~|=|<<|null|Null|NULL",
  "(?:true|yes|on|false|no|off)|(?:True|Yes|On|False|No|Off)|(?:TRUE|YES|ON|FALSE|NO|OFF)",
  "[-+]?0b[01_]+|[-+]?0x[0-9a-fA-F_]+|0o[0-7]+|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)",
  "[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?",
  "[-+]?\\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?",
  DAY,
].join("|")})$`);

/** Write the lines between the two of `---`. @param {Group} values @param {Fields} fields */
export function write(values, fields) {
  return ordered(values, fields).flatMap((name) => entry("", name, values[name], fields[name]))
    .map((line) => `${line}\n`).join("");
}

/**
 * The names of a group in the order of its fields; one it does not know stays behind the field it
 * came after.
 * @param {Group} values
 * @param {Fields} fields
 */
export function ordered(values, fields = {}) {
  const order = Object.keys(fields), places = new Map();
  let last = -1;
  for (const name of Object.keys(values)) {
    if (name in fields) last = order.indexOf(name);
    places.set(name, last);
  }
  return Object.keys(values).sort((one, other) => places.get(one) - places.get(other));
}

/**
 * The lines of one field; `lead` is what stands before its name.
 * @param {string} lead
 * @param {string} name
 * @param {Value} value
 * @param {Field} field
 */
export function entry(lead, name, value, field = {}) {
  const start = `${lead}${scalar(name)}:`;
  if (!isFilled(value)) return field.required ? [value === "" ? `${start} ""` : start] : [];
  if (Array.isArray(value) && value.some(isGroup)) {
    const indent = " ".repeat(lead.length);
    return [start, ...value.map((item) => `${indent}  - ${inline(item, field)}`)];
  }
  const isText = typeof value === "string";
  return [`${start} ${isText ? scalar(value, field.typed) : inline(value, field)}`];
}

/** Write a value as it stands between brackets. @type {(value: Value, field?: Field) => string} */
export function inline(value, field = {}) {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, field)).join(", ")}]`;
  if (!isGroup(value)) return scalar(value, field.typed, true);
  const inside = ordered(value, field.fields).filter((name) => isFilled(value[name]))
    .map((name) => `${scalar(name, false, true)}: ${inline(value[name], field.fields?.[name])}`);
  return `{${inside.join(", ")}}`;
}

/** @param {string} text */
export function scalar(text, typed = false, inBrackets = false) {
  if (typed && NUMBER_OR_DAY.test(text)) return text;
  if (text && text === text.trim() && !FIRST.includes(text[0]) && !WITHIN.test(text)
    && !NO_TEXT.test(text) && !(inBrackets && WITHIN_BRACKETS.test(text))) return text;
  if (/["\\]/.test(text) && !/['\n\t]/.test(text)) return `'${text}'`;
  const escaped = text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `"${escaped}"`;
}
