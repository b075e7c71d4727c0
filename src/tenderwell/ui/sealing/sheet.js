// The first sheet of an XLSX file as rows of text, and back: just enough for a price list. Format: ECMA-376.
// Read with limits, for a file may be made to fill the memory. The same in Python: ledger/sealing/sheet.py.
import { joined, utf8 } from "./bytes.js";

const MOST_BYTES = 20000000; // of one part, unpacked
const [MOST_ROWS, MOST_COLUMNS] = [20000, 50];
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const NS = "http://schemas.openxmlformats.org";
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const PARTS = {
  "[Content_Types].xml": `<Types xmlns="${NS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/></Types>`,
  "_rels/.rels": `<Relationships xmlns="${NS}/package/2006/relationships"><Relationship Id="r1" Type="${NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml": `<workbook xmlns="${NS}/spreadsheetml/2006/main" xmlns:r="${NS}/officeDocument/2006/relationships"><sheets><sheet name="prices" sheetId="1" r:id="r1"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${NS}/package/2006/relationships"><Relationship Id="r1" Type="${NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** The bytes of an XLSX file with one sheet, every cell a text. */
export function writeSheet(rows) {
  const cells = (row) => row.map((text) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join("");
  const lines = rows.map((row) => `<row>${cells(row)}</row>`).join("");
  const sheet = `<worksheet xmlns="${NS}/spreadsheetml/2006/main"><sheetData>${lines}</sheetData></worksheet>`;
  return zipped({ ...PARTS, "xl/worksheets/sheet1.xml": sheet });
}

const escaped = (text) => text.replace(/[&<>]/g, (mark) => ESCAPES[mark]).replace(/[^\P{Cc}\t\n\r]/gu, "");

/** An archive of stored parts (no compression). */
function zipped(parts) {
  const bodies = [];
  const listed = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const [path, raw] = [utf8(name), utf8(HEAD + text)];
    // version 2.0, flags, stored, 1980-01-01 00:00
    const facts = numbers([20, 2], [2048, 2], [0, 2], [0, 2], [33, 2], [crc32(raw), 4], [raw.length, 4], [raw.length, 4], [path.length, 2], [0, 2]);
    const body = joined(numbers([0x04034b50, 4]), facts, path, raw);
    listed.push(joined(numbers([0x02014b50, 4], [20, 2]), facts, numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), path));
    bodies.push(body);
    at += body.length;
  }
  const list = joined(...listed);
  return joined(...bodies, list, numbers([0x06054b50, 4], [0, 4], [listed.length, 2], [listed.length, 2], [list.length, 4], [at, 4], [0, 2]));
}

/** Little-endian numbers: [value, bytes]. */
const numbers = (...pairs) => Uint8Array.from(pairs.flatMap(([value, size]) => Array.from({ length: size }, (_, place) => (value >>> (8 * place)) & 255)));

function crc32(raw) {
  let sum = -1;
  for (const byte of raw) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** The cells of the first sheet; throws for anything else. */
export async function readSheet(raw) {
  const parts = partsIn(raw);
  const part = async (name) => xml(await unpacked(raw, parts.get(name)));
  const book = await part("xl/workbook.xml");
  const id = first(book, "sheet").getAttributeNS(`${NS}/officeDocument/2006/relationships`, "id");
  const target = all(await part("xl/_rels/workbook.xml.rels"), "Relationship").find((each) => each.getAttribute("Id") === id).getAttribute("Target");
  const texts = parts.has("xl/sharedStrings.xml") ? all(await part("xl/sharedStrings.xml"), "si").map(textIn) : [];
  const sheet = await part(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  return all(sheet, "row").slice(0, MOST_ROWS).map((row) => cellsIn(row, texts));
}

const all = (node, name) => [...node.getElementsByTagNameNS("*", name)];

function first(node, name) {
  const found = all(node, name)[0];
  if (!found) throw new Error("no sheet");
  return found;
}

function xml(text) {
  if (text.includes("<!DOCTYPE")) throw new Error("a document type");
  const tree = new DOMParser().parseFromString(text, "application/xml");
  if (all(tree, "parsererror").length) throw new Error("not XML");
  return tree;
}

/** Where the parts of an archive lie: name to {method, at, size}. */
function partsIn(raw) {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  let end = raw.length - 22;
  while (end > 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const parts = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("no archive");
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(raw.subarray(at + 46, at + 46 + length));
    const local = view.getUint32(at + 42, true);
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    parts.set(name, { method: view.getUint16(at + 10, true), at: begin, size: view.getUint32(at + 20, true) });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

/** The text of one part; throws when it is larger than allowed, whatever the archive says of its size. */
async function unpacked(raw, { method, at, size }) {
  const packed = raw.subarray(at, at + size);
  if (method !== 0 && method !== 8) throw new Error("an unknown packing");
  const stream = new Blob([packed]).stream();
  const reader = (method ? stream.pipeThrough(new DecompressionStream("deflate-raw")) : stream).getReader();
  const pieces = [];
  for (let total = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(joined(...pieces));
    pieces.push(value);
    if ((total += value.length) > MOST_BYTES) throw new Error("too large");
  }
}

const textIn = (node) => all(node, "t").map((each) => each.textContent).join("");

function cellsIn(row, texts) {
  const cells = [];
  for (const [after, cell] of all(row, "c").entries()) {
    const name = cell.getAttribute("r");
    const place = name ? column(name) : after;
    if (place < MOST_COLUMNS) cells[place] = valueOf(cell, texts).trim();
  }
  return Array.from(cells, (text) => text ?? "");
}

/** The number of a column, from 0: "B7" is 1. */
const column = (name) => [...name.replace(/[0-9]+$/, "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

function valueOf(cell, texts) {
  const kind = cell.getAttribute("t") ?? "n";
  const held = all(cell, "v")[0]?.textContent ?? "";
  if (kind === "inlineStr") return textIn(cell);
  if (kind === "s") return texts[Number(held)] ?? "";
  return kind === "n" && held ? shown(held) : held;
}

/** As the spreadsheet shows it: 12.350000000000001 is 12.35, 1.2E3 is 1200. */
function shown(held) {
  const [digits, power = "0"] = Number(held).toExponential(14).split("e");
  if (!Number.isFinite(Number(held)) || Math.abs(Number(power)) > 20) return held;
  const text = scaled(digits.replace(".", "").replace("-", ""), Number(power));
  return `${held.startsWith("-") ? "-" : ""}${text.includes(".") ? text.replace(/\.?0+$/, "") : text}`;
}

/** Fifteen digits with the point after the first one and `power` more: "12345…", 2 is 123.45…. */
function scaled(digits, power) {
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  const rest = digits.slice(power + 1);
  return rest ? `${whole}.${rest}` : whole;
}
