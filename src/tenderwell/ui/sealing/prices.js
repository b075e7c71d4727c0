// Amounts without floating point, the price list as CSV, and bid.json. Pure. Format: docs/reference/sealed-bid.md.
import { encode } from "./bytes.js";

export const COLUMNS = ["lot", "item", "unit_amount", "quantity"];
const NUMBER = /^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/;
const SCALE = 12n;
const CENT = 10n ** (SCALE - 2n);

export class Unclear extends Error {}

/** A typed amount as plain digits and a point; throws Unclear for what could be read in two ways. */
export function readAmount(typed) {
  const text = latin(typed).replace(/[\s\u00a0\u202f\u2009'’_]/g, "").replace(/٫/g, ".").replace(/٬/g, ",");
  const marks = text.replace(/[0-9]/g, "");
  if (!/^[0-9][0-9.,]*$/.test(text) || /[.,]$/.test(text)) throw new Unclear("number");
  const plain = marks.length === 1 ? oneMark(text) : severalMarks(text, marks);
  const trimmed = plain.replace(/^0+(?=[0-9])/, "");
  if (!NUMBER.test(trimmed)) throw new Unclear("number");
  return trimmed;
}

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
export function rowsOf(tender) {
  const items = tender.items ?? [];
  if (items.length) return items.map(({ lot_id, id, description, unit, quantity }) => ({ lot: lot_id, item: id, description, unit, quantity }));
  const lots = tender.lots?.length ? tender.lots : [""];
  return lots.map((lot) => ({ lot, item: "", description: lot, unit: "", quantity: "1" }));
}

const cell = (text) => (/[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The price list to fill in, with what was typed so far. */
export function priceList(rows, amounts = {}) {
  const lines = rows.map((row) => [row.lot, row.item, amounts[keyOf(row)] ?? "", row.quantity].map(cell).join(","));
  return `${[COLUMNS.join(","), ...lines].join("\n")}\n`;
}

export const keyOf = (row) => `${row.lot}\n${row.item}`;

/** The amounts in a filled price list by row; throws with the first line that is wrong. */
export function readPriceList(text, rows) {
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const [head, ...lines] = table(text.replace(/^\ufeff/, ""));
  if (head?.slice(0, 4).join() !== COLUMNS.join()) throw new Error(`The first line must be: ${COLUMNS.join(",")}`);
  const amounts = {};
  for (const [place, [lot, item = "", amount = "", quantity = ""]] of lines.entries()) {
    if (!amount) continue;
    const key = keyOf({ lot, item });
    const row = known.get(key);
    if (!row) throw new Error(`Line ${place + 2}: the tender does not ask for ${item || lot}.`);
    if (quantity && quantity !== row.quantity) throw new Error(`Line ${place + 2}: ${row.quantity} are asked for.`);
    if (!NUMBER.test(amount)) throw new Error(`Line ${place + 2}: write amounts as 1234.50.`);
    amounts[key] = amount;
  }
  return amounts;
}

/** Rows of CSV with commas or semicolons, quotes doubled inside quotes. */
function table(text) {
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
