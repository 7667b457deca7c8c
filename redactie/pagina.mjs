/**
 * Reads a page for the form and writes it back. What was not changed stays in the file as it stood,
 * byte for byte; what was changed, and a new page, gets the one form.
 */
import { isMap, isSeq } from "yaml";
import { entry, inline, isFilled, isGroup, ordered, plain, read, scalar, write } from "./kop.mjs";

/** @typedef {import("./kop.mjs").Field} Field */
/** @typedef {import("./kop.mjs").Fields} Fields */
/** @typedef {import("./kop.mjs").Group} Group */
/** @typedef {import("./kop.mjs").Node} Node */
/** @typedef {import("./kop.mjs").Value} Value */
/** @typedef {NonNullable<ReturnType<typeof split>>} Page */
/** @typedef {ReturnType<typeof read> & { lines: string[] }} Found front matter, by its lines */

/**
 * @typedef {object} Part a value that begins on a line of its own
 * @property {string} name of a field; a value of a list has none
 * @property {Node} node
 * @property {Value} value
 * @property {number} from its first line
 * @property {string} lead what stands before it
 * @property {string[]} remarks the lines above it
 * @property {string[]} own its lines
 * @property {boolean} fits it begins below the one before
 */

/** The field of the form with those that are seldom needed; a file has them among the rest. */
const MORE = "meer";
/** Where an entry carries the file it was read from: as JSON, for the editor trims texts. */
const FILE = "_bestand";

/**
 * Give how the editor reads and writes a file.
 * @param {Fields} fields those of all collections, in the order of the schema
 * @param {string[]} seldom those that stand in MORE
 */
export function format(fields, seldom) {
  return {
    /** @param {string} file */
    fromFile(file) {
      const page = split(file), found = page ? shownGroup(read(page.head).values, fields) : {};
      const more = /** @type {Group} */ ({});
      for (const name of seldom.filter((one) => one in found)) {
        more[name] = found[name];
        delete found[name];
      }
      const body = (page ? page.body : file).trim();
      const folded = isFilled(more) && { [MORE]: more };
      return { ...found, ...folded, body, [FILE]: JSON.stringify(file) };
    },
    /** @param {Record<string, any>} entry */
    toFile({ [FILE]: file, [MORE]: more, body = "", ...rest }) {
      const values = meantGroup({ ...rest, ...more }, fields), text = body.trim();
      const page = file && split(JSON.parse(file));
      if (page) return revised(page, values, text, fields);
      return `---\n${write(values, fields)}---\n${text && `\n${text}\n`}`;
    },
  };
}

/**
 * The parts of a file, with \n at the end of lines. Null when it has no front matter.
 * @param {string} file
 */
function split(file) {
  const text = file.replace(/\r\n?/g, "\n");
  const found = /^(-{3,}[^\S\n]*\n)((?:.*\n)*?)(-{3,}[^\S\n]*(?:\n|$))([^]*)$/.exec(text);
  return found && { file, text, open: found[1], head: found[2], close: found[3], body: found[4] };
}

/**
 * The file of a page with other values and another text in it.
 * @param {Page} page
 * @param {Group} values
 * @param {string} text
 * @param {Fields} fields
 */
function revised(page, values, text, fields) {
  let { body, close } = page;
  if (text !== body.trim()) {
    const [before] = /^(?:[^\S\n]*\n)*/.exec(body) ?? "", [after] = /\s*$/.exec(body) ?? "";
    body = body.trim() && text ? `${before}${text}${after}` : text && `\n${text}\n`;
    if (body && !close.endsWith("\n")) close += "\n";
  }
  const made = `${page.open}${revisedHead(page.head, values, fields)}${close}${body}`;
  if (made === page.text) return page.file;
  return page.file.includes("\r\n") ? made.replaceAll("\n", "\r\n") : made;
}

// What values mean

/**
 * Give a value as the form has it: numbers with a comma, a word in the first field of a group.
 * @type {(value: Value, field?: Field) => Value}
 */
function shown(value, field = {}) {
  const { fields = {}, words = [], name_will_do: nameWillDo, number } = field;
  if (Array.isArray(value)) return value.map((item) => shown(item, { ...field, list: false }));
  if (isGroup(value)) return shownGroup(value, fields);
  if (nameWillDo || words.includes(value)) return { [Object.keys(fields)[0]]: value };
  return number && /^-?\d+\.\d+$/.test(value) ? value.replace(".", ",") : value;
}

/** @type {(group: Group, fields: Fields) => Group} */
function shownGroup(group, fields) {
  const all = Object.entries(group).map(([name, value]) => [name, shown(value, fields[name])]);
  return Object.fromEntries(all);
}

/**
 * Give what a value of the form means: text, or lists and groups of it, without what is empty.
 * @type {(value: unknown, field?: Field) => Value}
 */
function meant(value, field = {}) {
  const { fields = {}, words = [], name_will_do: nameWillDo, number } = field;
  if (Array.isArray(value)) {
    return value.map((item) => meant(item, { ...field, list: false })).filter(isFilled);
  }
  if (isGroup(value)) {
    const group = meantGroup(value, fields), first = group[Object.keys(fields)[0]];
    if (nameWillDo && first && Object.keys(group).length === 1) return first;
    return words.find((word) => first === word) ?? group;
  }
  const text = plain(value);
  if (field.list) return text ? [text] : [];
  const isDutch = number && new RegExp(number).test(text);
  return isDutch ? text.replaceAll(".", "").replace(",", ".") : text;
}

/** @type {(group: Record<string, unknown>, fields: Fields) => Group} */
function meantGroup(group, fields) {
  const names = Object.keys(group);
  const all = Object.fromEntries(names.map((name) => [name, meant(group[name], fields[name])]));
  for (const name of names) if (!isFilled(all[name]) && !fields[name]?.required) delete all[name];
  return all;
}

/** @type {(one: Value | undefined, other: Value | undefined) => boolean} */
function same(one, other) {
  if (!isFilled(one) || !isFilled(other)) return isFilled(one) === isFilled(other);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, at) => same(value, other[at]));
  }
  if (!isGroup(one) || !isGroup(other)) return one === other;
  return Object.keys({ ...one, ...other }).every((name) => same(one[name], other[name]));
}

// Changing only what was changed

/** @param {string} source @param {Group} values @param {Fields} fields */
function revisedHead(source, values, fields) {
  const found = { ...read(source), lines: source.split("\n").slice(0, -1) };
  if (same(meantGroup(found.values, fields), values)) return source;
  const made = revise(found, found.root, 0, values, { fields });
  if (!made) return write(values, fields);
  const after = found.lines.slice(lastLine(found, found.root) + 1);
  return [...made, ...after].map((line) => `${line}\n`).join("");
}

/** @type {(found: Found, node: Node) => number} */
function lastLine({ place }, node) {
  const [start, end] = node?.range ?? [0, 0];
  return place(Math.max(start, end - 1))[0];
}

/**
 * The values of a list or group that begin on lines of their own, from line `begin` on. Null where
 * they do not.
 * @type {(found: Found, node: Node, begin: number) => Part[] | null}
 */
function parts(found, node, begin) {
  if (!(isMap(node) || isSeq(node)) || node.flow) return null;
  let next = begin;
  const all = node.items.map((/** @type {any} */ item) => {
    const [first, value] = isMap(node) ? [item.key, item.value] : [item, item];
    const [from, column] = found.place(first.range[0]);
    const to = value ? lastLine(found, value) : from;
    const part = {
      name: isMap(node) ? String(found.value(item.key)) : "",
      node: value, value: found.value(value), from,
      lead: found.lines[from].slice(0, column), fits: from >= next,
      remarks: found.lines.slice(next, from), own: found.lines.slice(from, to + 1),
    };
    next = to + 1;
    return part;
  });
  const lead = isMap(node) ? /^ *(- +)?$/ : /^ *- +$/;
  return all.length && all.every((part) => part.fits && lead.test(part.lead)) ? all : null;
}

/**
 * The remarks above a part and within it (from line `begin` on), which stay when it goes.
 * @type {(found: Found, part: Part, begin: number) => string[]}
 */
function remarks(found, part, begin) {
  const inner = (part.node && parts(found, part.node, begin)) ?? [];
  return [...part.remarks,
    ...inner.flatMap((one) => remarks(found, one, one.name ? one.from + 1 : one.from))];
}

/**
 * The lines of a list or group with other values in it; null where it must be written anew.
 * @type {(found: Found, node: Node, begin: number, value: Value, field?: Field) => string[] | null}
 */
function revise(found, node, begin, value, field = {}) {
  const all = parts(found, node, begin);
  if (all && isSeq(node) && Array.isArray(value)) return revisedList(found, all, value, field);
  if (all && isMap(node) && isGroup(value)) return revisedGroup(found, all, value, field.fields);
  return null;
}

/** @type {(found: Found, all: Part[], values: Group, fields?: Fields) => string[] | null} */
function revisedGroup(found, all, values, fields = {}) {
  const made = all.map((part) => (
    { name: part.name, lines: revisedField(found, part, values, fields) }));
  const order = Object.keys(fields);
  /** @param {{ name: string }} one */
  const rank = ({ name }) => (order.includes(name) ? order.indexOf(name) : order.length);
  const indent = " ".repeat(all[0].lead.length);
  const isNew = (/** @type {string} */ name) => !all.some((part) => part.name === name);
  for (const name of ordered(values, fields).filter(isNew)) {
    const added = { name, lines: entry(indent, name, values[name], fields[name]) };
    made.splice(made.findLastIndex((other) => rank(other) <= rank(added)) + 1, 0, added);
  }
  // A group in a list has its hyphen before the first field: with another first it is made anew.
  const begins = made[0].name === all[0].name && made[0].lines.length;
  return all[0].lead.includes("-") && !begins ? null : made.flatMap(({ lines }) => lines);
}

/** @type {(found: Found, part: Part, values: Group, fields: Fields) => string[]} */
function revisedField(found, part, values, fields) {
  const field = fields[part.name], value = values[part.name] ?? "";
  if (same(meant(part.value, field), value)) return [...part.remarks, ...part.own];
  const within = part.from + 1;
  const inner = isFilled(value) && revise(found, part.node, within, value, field);
  if (inner) return [...part.remarks, found.lines[part.from], ...inner];
  const above = remarks(found, part, within);
  const lines = entry(part.lead, part.name, value, field);
  const isNoted = above.some((line) => line.trim());
  return [...above, ...(isNoted && !lines.length ? [`${part.lead}${scalar(part.name)}:`] : lines)];
}

/** @type {(found: Found, all: Part[], values: Value[], field: Field) => string[]} */
function revisedList(found, all, values, field) {
  const item = { ...field, list: false };
  const old = all.map((part) => ({ part, value: meant(part.value, item) }));
  /** @param {(one: { value: Value }) => boolean} fits */
  const take = (fits) => old.splice(old.findIndex(fits) >>> 0, 1)[0]?.part;
  const kept = values.map((value) => take((one) => same(one.value, value)));
  const sameNumber = old.length === kept.filter((part) => !part).length;
  /** @type {(one: { value: Value }, value: Value) => boolean} */
  const isAlike = ({ value: was }, value) => sameNumber || (isGroup(value) && isGroup(was)
    && Object.keys(value).some((name) => was[name] === value[name]));
  const made = values.flatMap((value, number) => {
    if (kept[number]) return [...kept[number].remarks, ...kept[number].own];
    const part = take((one) => isAlike(one, value));
    const inner = part && revise(found, part.node, part.from, value, item);
    if (inner) return [...part.remarks, ...inner];
    const above = part ? remarks(found, part, part.from) : [];
    return [...above, `${all[0].lead}${inline(value, field)}`];
  });
  return [...made, ...old.flatMap(({ part }) => remarks(found, part, part.from))];
}
