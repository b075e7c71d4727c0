// Amounts without floating point, the price list as CSV, and bid.json. Pure. Format: docs/reference/sealed-bid.md.
import { encode } from "./bytes.js";
import { say } from "./words.js";

export const COLUMNS = ["lot", "item", "unit_amount", "quantity", "unit", "description"];
const FIXED = 4; // columns that must be there; the others only help whoever fills the list in
const NUMBER = /^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/;
const SCALE = 12n;
const MOST_DIGITS = 15; // more than these no JSON number publishes exactly
const CENT = 10n ** (SCALE - 2n);

export class Unclear extends Error {}

/** A typed amount as plain digits and a point; throws Unclear for what could be read in two ways. */
export function readAmount(typed) {
  const text = latin(typed).replace(/[\s\u00a0\u202f\u2009'’_]/g, "").replace(/٫/g, ".").replace(/٬/g, ",");
  const marks = text.replace(/[0-9]/g, "");
  if (!/^[0-9][0-9.,]*$/.test(text) || /[.,]$/.test(text)) throw new Unclear("number");
  const plain = marks.length === 1 ? oneMark(text) : severalMarks(text, marks);
  const trimmed = plain.replace(/^0+(?=[0-9])/, "");
  if (isTooExact(trimmed)) throw new Unclear("digits");
  if (!NUMBER.test(trimmed)) throw new Unclear("number");
  return trimmed;
}

/** Whether a plain number has so many digits that the bid would be excluded; zeroes at its ends do not count. */
export const isTooExact = (plain) => plain.replace(".", "").replace(/^0+|0+$/g, "").length > MOST_DIGITS;

/** Whether an amount can stand in a bid. */
export const isSayable = (plain) => NUMBER.test(plain) && !isTooExact(plain);

function oneMark(text) {
  const [whole, rest] = text.split(/[.,]/);
  // 450.000 is 450 in one country and 450000 in the next; "0.125" can only be a fraction.
  if (rest.length === 3 && !/^0*$/.test(whole)) throw new Unclear("ambiguous");
  return `${whole}.${rest}`;
}

function severalMarks(text, marks) {
  if (!marks) return text;
  const last = marks.at(-1);
  const kinds = new Set(marks);
  if (kinds.size === 1) return grouped(text, last) ?? fail();
  if (marks.split(last).length !== 2) fail();
  const [whole, rest] = [text.slice(0, text.lastIndexOf(last)), text.slice(text.lastIndexOf(last) + 1)];
  return `${grouped(whole, marks[0]) ?? fail()}.${rest}`;
}

/** Digits in groups of three; undefined when the groups are not. */
function grouped(text, mark) {
  const [first, ...rest] = text.split(mark);
  return first.length <= 3 && rest.every((group) => group.length === 3) ? [first, ...rest].join("") : undefined;
}

function fail() {
  throw new Unclear("number");
}

const latin = (text) =>
  text.trim().replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);

/** A plain number as a whole count of 10^-6. */
function micros(text) {
  if (!NUMBER.test(text)) throw new Unclear("number");
  const [whole, rest = ""] = text.split(".");
  return BigInt(whole + rest.padEnd(6, "0"));
}

/** The exact sum over the items, rounded half up to 2 decimals: "1250.00". */
export function total(items) {
  const sum = items.reduce((all, item) => all + micros(item.unit_amount) * micros(item.quantity), 0n);
  const cents = (sum + CENT / 2n) / CENT;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}

/** The offer for one lot; an amount alone when the tender lists no items for it. */
export function offer(lot, currency, items) {
  const isWhole = items.length === 1 && !items[0].item_id;
  return { lot_id: lot, amount: total(items), currency, items: isWhole ? [] : items };
}

/** The rows to price: the tender's items, or each lot as a whole. */
export function rowsOf({ items, lots, title }) {
  if (items.length) return items.map(({ lot_id, id, description, unit, quantity }) => ({ lot: lot_id, item: id, description, unit, quantity }));
  const wholes = lots.length ? lots : [{ id: "", title }];
  return wholes.map((lot) => ({ lot: lot.id, item: "", description: lot.title, unit: "", quantity: "1" }));
}

export const keyOf = (row) => `${row.lot}\n${row.item}`;

/** The price list as cells: its columns, then a row for each item, with what was typed so far. */
export function priceCells(rows, amounts = {}) {
  const lines = rows.map((row) => [row.lot, row.item, plainOr("", amounts[keyOf(row)]), row.quantity, row.unit, row.description]);
  return [COLUMNS, ...lines];
}

/** An amount as it was understood; the other text when it was not. */
function plainOr(other, typed) {
  try {
    return readAmount(typed ?? "");
  } catch {
    return other;
  }
}

const cell = (text) => (/[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Texts that a spreadsheet would run as a formula are given as text. */
const guarded = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** The price list as CSV. */
export const priceList = (rows, amounts) => `${priceCells(rows, amounts).map((row) => row.map(guarded).map(cell).join(",")).join("\n")}\n`;

/** The amounts in the cells of a filled price list, by row; throws an Error with every line that is wrong. */
export function readPriceCells([head = [], ...lines], rows) {
  const names = COLUMNS.slice(0, FIXED).join();
  if (head.slice(0, FIXED).join() !== names) throw new Error(say("listHead", { names }));
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const found = lines.map((cells, place) => ({ line: place + 2, cells })).filter(({ cells }) => cells[2]);
  const wrong = found.map((each) => lineFlaw(each, known)).filter(Boolean);
  if (!found.length) wrong.push(say("listEmpty"));
  if (wrong.length) throw new Error(wrong.join(" "));
  return Object.fromEntries(found.map(({ cells: [lot, item, amount] }) => [keyOf({ lot, item }), amount]));
}

function lineFlaw({ line, cells: [lot, item, amount, quantity = ""] }, known) {
  const row = known.get(keyOf({ lot, item }));
  if (!row) return say("listStranger", { line, name: item || lot });
  if (quantity && quantity !== row.quantity) return say("listQuantity", { line, quantity: row.quantity });
  return NUMBER.test(amount) ? "" : say("listNumber", { line, amount });
}

/** Rows of CSV with commas or semicolons, quotes doubled inside quotes. */
export function csvCells(text) {
  text = text.replace(/^\ufeff/, "");
  const mark = text.split("\n")[0].includes(";") ? ";" : ",";
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const row = rows.at(-1);
    if (isQuoted && letter === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === mark) row.push("");
    else if (!isQuoted && letter === "\n") rows.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  }
  return rows.map((row) => row.map((value) => value.trim())).filter((row) => row.some(Boolean));
}

/** The bytes of bid.json. answers: {question: text}; parties: [{id, name, part}]. */
export function bidJson({ lots, answers = {}, declarations = [], tenderers, subcontractors = [] }) {
  return encode({ v: "tenderwell/bid/v1", lots, answers, declarations, tenderers, subcontractors });
}

/** The files of a package: bid.json first. response: as judge.responseOf gives it. */
export function filesOf({ lots, answers, declarations, consortium, subcontractors }, { bidder, files }) {
  const leader = { id: bidder.id, name: bidder.name, part: "" };
  const raw = bidJson({ lots, answers, declarations, tenderers: [leader, ...consortium], subcontractors });
  return [{ name: "bid.json", blob: new Blob([raw]) }, ...files.map((file) => ({ name: file.name, blob: file }))];
}
