// Bytes, hashes and the one canonical form of JSON (RFC 8785). Pure.
import { sha256 } from "@noble/hashes/sha2.js";
import { base64, hex } from "@scure/base";

export { sha256 };
export const toHex = (raw) => hex.encode(raw);
export const fromHex = (text) => hex.decode(text);
export const toBase64 = (raw) => base64.encode(raw);
export const fromBase64 = (text) => base64.decode(text);
export const utf8 = (text) => new TextEncoder().encode(text);
export const fromUtf8 = (raw) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);

/** All the pieces as one array. */
export function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Lower-case hex SHA-256 of the pieces one after the other. */
export function sha256Hex(...pieces) {
  const digest = sha256.create();
  for (const piece of pieces) digest.update(piece);
  return toHex(digest.digest());
}

export const isSame = (left, right) =>
  left.length === right.length && left.every((byte, place) => byte === right[place]);

/** The RFC 8785 text of strings, whole numbers, null, lists and plain objects; undefined fields are left out. */
export function canonical(value) {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("only whole numbers have a canonical form here");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${names.map((name) => `${quoted(name)}:${canonical(value[name])}`).join(",")}}`;
}

export const encode = (value) => utf8(canonical(value));

/** The value in bytes that must be in canonical form; throws otherwise. */
export function decode(raw) {
  const text = fromUtf8(raw);
  const value = JSON.parse(text);
  if (canonical(value) !== text) throw new Error("not in canonical form (RFC 8785)");
  return value;
}

function quoted(text) {
  if (!text.isWellFormed?.() && /\p{Surrogate}/u.test(text)) throw new Error("half a character");
  return JSON.stringify(text);
}
