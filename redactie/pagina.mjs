// @ts-nocheck: it takes the place of parts of Sveltia CMS, which has no types for what they get.
/**
 * Reads a page for the form and writes it back. What was not changed stays in the file as it stood,
 * byte for byte; what was changed, and a new page, gets the one form.
 */
import { isMap, isSeq } from "yaml";
import { entry, inline, isFilled, isGroup, ordered, plain, read, scalar, write } from "./kop.mjs";

/** @typedef {import("./kop.mjs").Field} Field */

/** The field of the form with those that are seldom needed; a file has them among the rest. */
const MORE = "meer";
/** Where an entry carries the file it was read from: as JSON, for the editor trims texts. */
const FILE = "_bestand";

/**
 * Give how the editor reads and writes a file.
 * @param {Record<string, Field>} fields those of all collections, in the order of the schema
 * @param {string[]} seldom those that stand in MORE
 */
export function format(fields, seldom) {
  return {
    fromFile(file) {
      const page = split(file), found = page ? shown(read(page.head).values, { fields }) : {};
      const more = {};
      for (const name of seldom.filter((one) => one in found)) {
        more[name] = found[name];
        delete found[name];
      }
      const body = (page ? page.body : file).trim();
      const folded = isFilled(more) && { [MORE]: more };
      return { ...found, ...folded, body, [FILE]: JSON.stringify(file) };
    },
    toFile({ [FILE]: file, [MORE]: more, body = "", ...rest }) {
      const values = meant({ ...rest, ...more }, { fields }), text = body.trim();
      const page = file && split(JSON.parse(file));
      if (page) return revised(page, values, text, fields);
      return `---\n${write(values, fields)}---\n${text && `\n${text}\n`}`;
    },
  };
}

/** The parts of a file, with \n at the end of lines. Null when it has no front matter. */
function split(file) {
  const text = file.replace(/\r\n?/g, "\n");
  const found = /^(-{3,}[^\S\n]*\n)((?:.*\n)*?)(-{3,}[^\S\n]*(?:\n|$))([^]*)$/.exec(text);
  return found && { file, text, open: found[1], head: found[2], close: found[3], body: found[4] };
}

/** The file of a page with other values and another text in it. */
function revised(page, values, text, fields) {
  let { body, close } = page;
  if (text !== body.trim()) {
    const [, before, after] = /^((?:[^\S\n]*\n)*)[^]*?(\s*)$/.exec(body);
    body = body.trim() && text ? `${before}${text}${after}` : text && `\n${text}\n`;
    if (body && !close.endsWith("\n")) close += "\n";
  }
  const made = `${page.open}${revisedHead(page.head, values, fields)}${close}${body}`;
  if (made === page.text) return page.file;
  return page.file.includes("\r\n") ? made.replaceAll("\n", "\r\n") : made;
}

// What values mean

/** Give a value as the form has it: numbers with a comma, a word in the first field of a group. */
function shown(value, field = {}) {
  if (Array.isArray(value)) return value.map((item) => shown(item, { ...field, list: false }));
  if (isGroup(value)) return each(value, (inner, name) => shown(inner, field.fields?.[name]));
  if (field.words?.includes(value)) return { [Object.keys(field.fields)[0]]: value };
  return field.number && /^-?\d+\.\d+$/.test(value) ? value.replace(".", ",") : value;
}

/** Give what a value of the form means: text, or lists and groups of it, without what is empty. */
function meant(value, field = {}) {
  if (Array.isArray(value)) {
    return value.map((item) => meant(item, { ...field, list: false })).filter(isFilled);
  }
  if (isGroup(value)) {
    const group = each(value, (inner, name) => meant(inner, field.fields?.[name]));
    const word = field.words && group[Object.keys(field.fields)[0]];
    if (field.words?.includes(word)) return word;
    return Object.fromEntries(Object.entries(group).filter(([name, inner]) =>
      isFilled(inner) || field.fields?.[name]?.required));
  }
  const text = plain(value);
  if (field.list) return text ? [text] : [];
  const isDutch = field.number && new RegExp(field.number).test(text);
  return isDutch ? text.replaceAll(".", "").replace(",", ".") : text;
}

function each(group, change) {
  const names = Object.keys(group);
  return Object.fromEntries(names.map((name) => [name, change(group[name], name)]));
}

/** Tell whether two values mean the same; in whatever order their fields stand. */
function same(one, other) {
  if (!isFilled(one) || !isFilled(other)) return isFilled(one) === isFilled(other);
  if (typeof one === "string" || Array.isArray(one) !== Array.isArray(other)) return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name], other[name]));
}

// Changing only what was changed

function revisedHead(source, values, fields) {
  const found = { ...read(source), lines: source.split("\n").slice(0, -1) };
  if (same(meant(found.values, { fields }), values)) return source;
  const made = found.root && revise(found, found.root, 0, values, { fields });
  if (!made) return write(values, fields);
  const after = found.lines.slice(lastLine(found, found.root) + 1);
  return [...made, ...after].map((line) => `${line}\n`).join("");
}

const lastLine = ({ place }, node) => place(Math.max(node.range[0], node.range[1] - 1))[0];

/**
 * The values of a list or group that each begin on a line of their own, from line `begin` on: what
 * stands before each (`lead`), the remarks above it, its own lines. Null where they do not.
 */
function parts(found, node, begin) {
  if (node.flow || !(isMap(node) || isSeq(node))) return null;
  let next = begin;
  const all = node.items.map((item) => {
    const [first, value] = isMap(node) ? [item.key, item.value] : [item, item];
    const [from, column] = found.place(first.range[0]);
    const to = value ? lastLine(found, value) : from;
    const part = {
      name: isMap(node) ? found.value(item.key) : "", node: value, value: found.value(value), from,
      lead: found.lines[from].slice(0, column), fits: from >= next,
      remarks: found.lines.slice(next, from), own: found.lines.slice(from, to + 1),
    };
    next = to + 1;
    return part;
  });
  const lead = isMap(node) ? /^ *(- +)?$/ : /^ *- +$/;
  return all.length && all.every((part) => part.fits && lead.test(part.lead)) ? all : null;
}

/** The remarks above a part and within it (from line `begin` on), which stay when it goes. */
function remarks(found, part, begin) {
  const inner = (part.node && parts(found, part.node, begin)) ?? [];
  return [...part.remarks,
    ...inner.flatMap((one) => remarks(found, one, one.name ? one.from + 1 : one.from))];
}

/** The lines of a list or group with other values in it; null where it must be written anew. */
function revise(found, node, begin, value, field = {}) {
  const all = parts(found, node, begin);
  if (!all || typeof value === "string" || Array.isArray(value) !== isSeq(node)) return null;
  return (isSeq(node) ? revisedList : revisedGroup)(found, all, value, field);
}

function revisedGroup(found, all, values, { fields = {} } = {}) {
  const made = all.map((part) => (
    { name: part.name, lines: revisedField(found, part, values, fields) }));
  const order = Object.keys(fields);
  const rank = ({ name }) => (order.includes(name) ? order.indexOf(name) : order.length);
  const indent = " ".repeat(all[0].lead.length);
  const isNew = (name) => !all.some((part) => part.name === name);
  for (const name of ordered(values, fields).filter(isNew)) {
    const added = { name, lines: entry(indent, name, values[name], fields[name]) };
    made.splice(made.findLastIndex((other) => rank(other) <= rank(added)) + 1, 0, added);
  }
  // A group in a list has its hyphen before the first field: with another first it is made anew.
  const begins = made[0].name === all[0].name && made[0].lines.length;
  return all[0].lead.includes("-") && !begins ? null : made.flatMap(({ lines }) => lines);
}

function revisedField(found, part, values, fields) {
  const field = fields[part.name], value = values[part.name] ?? "";
  if (same(meant(part.value, field), value)) return [...part.remarks, ...part.own];
  const within = part.from + 1;
  const inner = isFilled(value) && part.node && revise(found, part.node, within, value, field);
  if (inner) return [...part.remarks, found.lines[part.from], ...inner];
  const above = remarks(found, part, within);
  const lines = entry(part.lead, part.name, value, field);
  const isNoted = above.some((line) => line.trim());
  return [...above, ...(isNoted && !lines.length ? [`${part.lead}${scalar(part.name)}:`] : lines)];
}

function revisedList(found, all, values, field) {
  const item = { ...field, list: false };
  const old = all.map((part) => ({ part, value: meant(part.value, item) }));
  const take = (fits) => old.splice(old.findIndex(fits) >>> 0, 1)[0]?.part;
  const kept = values.map((value) => take((one) => same(one.value, value)));
  const sameNumber = old.length === kept.filter((part) => !part).length;
  const isAlike = (one, value) => sameNumber || (isGroup(value) && isGroup(one.value)
    && Object.keys(value).some((name) => one.value[name] === value[name]));
  const made = values.flatMap((value, number) => {
    if (kept[number]) return [...kept[number].remarks, ...kept[number].own];
    const part = take((one) => isAlike(one, value));
    const inner = part?.node && revise(found, part.node, part.from, value, item);
    if (inner) return [...part.remarks, ...inner];
    const above = part ? remarks(found, part, part.from) : [];
    return [...above, `${all[0].lead}${inline(value, field)}`];
  });
  return [...made, ...old.flatMap(({ part }) => remarks(found, part, part.from))];
}
