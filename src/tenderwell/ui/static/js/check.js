// Checks a receipt (.tlog-proof) in the browser: no library, nothing is sent anywhere. Formats: c2sp.org/tlog-proof,
// signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy; RFC 6962. Written to be read.
const root = document.getElementById("check");
const config = JSON.parse(document.getElementById("check-config").textContent);
const say = (name, values = {}) => config.texts[name].replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

// Bytes

const utf8 = (text) => new TextEncoder().encode(text);
const toHex = (raw) => [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const isSame = (left, right) => toHex(left) === toHex(right);

function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const sha256 = async (...pieces) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...pieces)));

/** Base64 has one form: no white space, no stray bits. */
function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error("not base64");
  const raw = atob(text);
  if (btoa(raw) !== text) throw new Error("base64 of another form");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/** ASCII digits without a leading zero; larger numbers than a browser counts exactly are refused. */
function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text ?? "")) throw new Error("not a number");
  return Number(text);
}

function hash32(text) {
  const raw = fromBase64(text);
  if (raw.length !== 32) throw new Error("a hash has another length");
  return raw;
}

// Receipt, note, policy: every parser takes one form and refuses the rest

export function parseReceipt(whole) {
  const cut = whole.indexOf("\n\n");
  const [title, ...lines] = whole.slice(0, cut).split("\n");
  if (cut < 0 || title !== "c2sp.org/tlog-proof@v1") throw new Error("not a receipt of the format c2sp.org/tlog-proof@v1");
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6)) : new Uint8Array();
  if (!lines[0]?.startsWith("index ") || lines.length > 64) throw new Error("the receipt names no entry");
  const index = decimal(lines.shift().slice(6));
  return { index, path: lines.map(hash32), extra, ...parseNote(whole.slice(cut + 2)) };
}

export function parseNote(note) {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0 || !note.endsWith("\n") || /[\x00-\x09\x0b-\x1f]/.test(note)) throw new Error("not a signed note");
  const text = note.slice(0, cut + 1);
  const [origin, size, hash, ...rest] = text.split("\n");
  if (!origin || rest.length !== 1 || rest[0]) throw new Error("not a checkpoint of three lines");
  const signatures = note.slice(cut + 2, -1).split("\n").map(signatureIn);
  return { text, origin, size: decimal(size), root: hash32(hash), signatures };
}

function signatureIn(line) {
  const parts = line.split(" ");
  if (parts.length !== 3 || parts[0] !== "\u2014" || !parts[1]) throw new Error("not a signature line");
  const raw = fromBase64(parts[2]);
  return { name: parts[1], id: toHex(raw.slice(0, 4)), raw: raw.slice(4) };
}

export async function parsePolicy(text) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: "" };
  for (const line of text.split("\n")) {
    const [kind, ...words] = line.split(/[ \t]+/).filter(Boolean);
    if (!kind || kind.startsWith("#")) continue;
    if (kind === "log" && words.length >= 1) policy.logs.push(await keyOf(words[0]));
    else if (kind === "witness" && words.length >= 2) policy.witnesses.set(words[0], await keyOf(words[1]));
    else if (kind === "group" && words.length >= 3) policy.groups.set(words[0], groupOf(words, policy));
    else if (kind === "quorum" && words.length === 1 && !policy.quorum) policy.quorum = words[0];
    else throw new Error("the policy has a line that cannot be understood");
  }
  if (policy.quorum !== "none" && !isKnown(policy.quorum, policy)) throw new Error("the policy names no quorum");
  return policy;
}

const isKnown = (name, { witnesses, groups }) => witnesses.has(name) || groups.has(name);

function groupOf([, least, ...members], policy) {
  const needed = { any: 1, all: members.length }[least] ?? decimal(least);
  if (needed < 1 || needed > new Set(members).size || !members.every((name) => isKnown(name, policy))) throw new Error("the policy has a group without sense");
  return { needed, members };
}

async function keyOf(text) {
  const [name, id, ...rest] = text.split("+");
  const raw = fromBase64(rest.join("+"));
  const right = toHex((await sha256(utf8(`${name}\n`), raw)).slice(0, 4));
  if (!name || right !== id) throw new Error("not a verifier key");
  return { name, id, type: raw[0], public: raw.slice(1) };
}

// The tree of RFC 6962

async function isIncluded(entry, { index, path, size, root: top }) {
  let [place, last] = [index, size - 1];
  let made = await sha256(new Uint8Array([0]), entry);
  for (const sibling of path) {
    if (last <= 0) return false;
    if (place % 2 || place === last) {
      made = await sha256(new Uint8Array([1]), sibling, made);
      while (place % 2 === 0 && place) [place, last] = [place / 2, Math.floor(last / 2)];
    } else made = await sha256(new Uint8Array([1]), made, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return index < size && last === 0 && isSame(made, top);
}

/** The entry that the receipt is about: hidden behind its hash, or the extra bytes themselves. */
export async function entryOf(receipt) {
  const hash = toHex(await sha256(receipt.extra));
  const hidden = ["sealed/v1", "act/v1", "score.commit/v1"].map((type) => utf8(`{"c":"${hash}","type":"${type}"}`));
  for (const entry of [...hidden, receipt.extra]) if (await isIncluded(entry, receipt)) return entry;
  return null;
}

// Signatures

const ED25519 = 1;
const COSIGNATURE = 4;

/** The time stated, 0 for none; null when the key has not signed; throws for a false signature. */
async function signedBy(key, { text, signatures }) {
  const mine = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  let when = null;
  for (const { raw } of mine) {
    const isTimed = key.type === COSIGNATURE;
    const time = isTimed && raw.length === 72 ? new DataView(raw.buffer, raw.byteOffset).getBigUint64(0) : 0n;
    const held = await crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
    const signed = utf8(isTimed ? `cosignature/v1\ntime ${time}\n${text}` : text);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, held, isTimed ? raw.slice(8) : raw, signed))) throw new Error(`the signature of ${key.name} is false`);
    when = Math.max(when ?? 0, Number(time));
  }
  return when;
}

function isMet(name, policy, times) {
  if (policy.witnesses.has(name)) return times.has(name);
  const { needed, members } = policy.groups.get(name);
  return members.filter((member) => isMet(member, policy, times)).length >= needed;
}

// ML-DSA-44 (type 6) is left to verify.py: no browser knows it yet. The log signs with Ed25519 as well.
const isUsable = ({ type }) => type === ED25519 || type === COSIGNATURE;

export async function signaturesOf(receipt, policy) {
  let isSigned = false;
  for (const key of policy.logs.filter((log) => log.name === receipt.origin && isUsable(log))) {
    isSigned = (await signedBy(key, receipt)) !== null || isSigned;
  }
  const times = new Map();
  for (const [name, key] of policy.witnesses) {
    const when = isUsable(key) ? await signedBy(key, receipt) : null;
    if (when !== null) times.set(name, when);
  }
  return { isSigned, times, isWitnessed: policy.quorum === "none" ? null : isMet(policy.quorum, policy, times) };
}

// What is found

/** Findings as [isGood, text]; a good one may be null: told, not judged. */
export async function findings(receipt, policy, { header = null } = {}) {
  const found = [];
  const entry = await entryOf(receipt);
  if (!entry) return [[false, say("notThere")]];
  found.push([true, say("there", { index: receipt.index, origin: receipt.origin, size: receipt.size })]);
  const { isSigned, times, isWitnessed } = await signaturesOf(receipt, policy);
  found.push(isSigned ? [true, say("signed")] : [false, say("unsigned")]);
  for (const [name, when] of times) found.push([true, say("seen", { name, time: inWords(when) })]);
  if (isWitnessed === null) found.push([null, say("nobody")]);
  if (isWitnessed === false) found.push([false, say("few")]);
  const content = JSON.parse(new TextDecoder().decode(receipt.extra.length ? receipt.extra : entry));
  if (header) found.push(content.commitment === toHex(await sha256(header)) ? [true, say("yours")] : [false, say("notYours")]);
  found.push(await stillThere(receipt.index, entry));
  if (content.type === "ocds.release/v1") found.push(await sameRelease(content));
  return found;
}

const inWords = (seconds) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "long", timeZone: "UTC" }).format(seconds * 1000);

async function fetched(path) {
  const answer = await fetch(path, { credentials: "omit" });
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
}

/** Whether the log as this site serves it now has the same entry at the same place. */
async function stillThere(index, entry) {
  const head = await fetched(config.urls.checkpoint);
  if (!head) return [null, say("noLog")];
  const { size } = parseNote(new TextDecoder().decode(head));
  const bundle = index < size ? await fetched(bundlePath(Math.floor(index / 256), size)) : null;
  const kept = bundle && entriesIn(bundle)[index % 256];
  return kept && isSame(kept, entry) ? [true, say("still", { size })] : [false, say("gone")];
}

function bundlePath(number, size) {
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, "0").match(/.{3}/g);
  const name = digits.map((group, place) => (place < digits.length - 1 ? `x${group}` : group)).join("/");
  const width = Math.min(256, size - number * 256);
  return `${config.urls.log}tile/entries/${name}${width < 256 ? `.p/${width}` : ""}`;
}

function entriesIn(bundle) {
  const entries = [];
  for (let at = 0; at + 2 <= bundle.length; ) {
    const end = at + 2 + bundle[at] * 256 + bundle[at + 1];
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
}

async function sameRelease({ url, sha256: wanted }) {
  if (!/^\/api\/ocds\/releases\/[^?#\\]+\.json$/.test(url) || url.includes("..")) return [false, say("strangeUrl")];
  const raw = await fetched(url);
  return raw && toHex(await sha256(raw)) === wanted ? [true, say("same")] : [false, say("other")];
}

// The page

/** An element with a class and content; text never becomes markup. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function fileField(name, hint) {
  const input = h("input", { class: "govuk-file-upload", type: "file", id: `check-${name}`, "aria-describedby": `check-${name}-hint` });
  const label = h("label", { class: "govuk-label govuk-label--s", for: `check-${name}` }, say(name));
  const told = h("div", { class: "govuk-hint", id: `check-${name}-hint` }, say(hint));
  return [h("div", { class: "govuk-form-group" }, label, told, input), input];
}

const MARKS = new Map([[true, "good"], [false, "bad"], [null, "told"]]);

function shown(found) {
  const isGood = found.every(([good]) => good !== false);
  const lines = found.map(([good, text]) => h("li", { class: `checked checked--${MARKS.get(good)}` }, h("strong", {}, say(MARKS.get(good))), " ", text));
  const title = h("h3", { class: "govuk-heading-m" }, say(isGood ? "well" : "ill"));
  return [title, h("ul", { class: "govuk-list govuk-list--spaced" }, ...lines)];
}

const textOf = async (file) => new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());

async function checked(receipt, policy, header) {
  try {
    const text = policy ? await textOf(policy) : new TextDecoder().decode((await fetched(config.urls.policy)) ?? new Uint8Array());
    const bytes = header ? new Uint8Array(await header.arrayBuffer()) : null;
    const found = await findings(parseReceipt(await textOf(receipt)), await parsePolicy(text), { header: bytes });
    if (!policy) found.push([null, say("ownPolicy")]);
    return shown(found);
  } catch (error) {
    return shown([[false, say("unreadable", { reason: error.message })]]);
  }
}

async function knowsEd25519() {
  try {
    return Boolean(await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["verify", "sign"]));
  } catch {
    return false;
  }
}

async function begin() {
  if (!globalThis.crypto?.subtle || !(await knowsEd25519())) {
    root.append(h("p", { class: "govuk-body" }, say("oldBrowser")));
    return;
  }
  const [receiptField, receipt] = fileField("receipt", "receiptHint");
  const [policyField, policy] = fileField("policy", "policyHint");
  const [headerField, header] = fileField("header", "headerHint");
  const result = h("div", { role: "status", "aria-live": "polite", id: "check-result" });
  const look = async () => {
    if (receipt.files[0]) result.replaceChildren(...(await checked(receipt.files[0], policy.files[0], header.files[0])));
  };
  for (const input of [receipt, policy, header]) input.addEventListener("change", look);
  root.append(receiptField, policyField, headerField, result);
  root.dataset.ready = "yes";
}

/** Beside each program for sealing: whether this browser got what was logged. Asked for, because they are large. */
async function programs() {
  for (const place of document.querySelectorAll("[data-program]")) {
    const raw = await fetched(place.dataset.program);
    const isGood = raw && toHex(await sha256(raw)) === place.dataset.sha256;
    place.className = `checked checked--${isGood ? "good" : "bad"}`;
    place.textContent = say(isGood ? "program" : "otherProgram");
  }
}

begin();
const compare = document.getElementById("compare");
if (compare && globalThis.crypto?.subtle) {
  compare.hidden = false;
  compare.addEventListener("click", async () => {
    compare.disabled = true;
    await programs();
    compare.remove();
  });
}
