// What a member's browser itself checks of the ledger before it releases anything. Formats: c2sp.org/tlog-proof, tlog-policy.
import { ed25519 } from "@noble/curves/ed25519.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { decode, fromBase64, fromHex, isSame, joined, sha256Hex, utf8 } from "./bytes.js";

const ED25519 = 1;
const COSIGNATURE = 4;
const ML_DSA_44 = 6;
const hash = (...pieces) => fromHex(sha256Hex(...pieces));
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** {index, path, extra, text, checkpoint: {origin, size, root}, signatures} of a .tlog-proof; throws for another form. */
export function parseProof(whole) {
  const [head, text, block, ...more] = whole.split("\n\n");
  const [title, ...lines] = head.split("\n");
  if (title !== "c2sp.org/tlog-proof@v1" || more.length || !block?.endsWith("\n")) throw new Error("not a proof");
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6)) : new Uint8Array();
  const index = decimal(lines.shift()?.match(/^index (.*)$/)?.[1]);
  const [origin, size, root, ...rest] = text.split("\n");
  if (!origin || rest.length) throw new Error("a checkpoint has three lines");
  const checkpoint = { origin, size: decimal(size), root: fromBase64(root) };
  const signatures = block.slice(0, -1).split("\n").map(signatureIn);
  return { index, path: lines.map(fromBase64), extra, text: `${text}\n`, checkpoint, signatures };
}

function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text ?? "")) throw new Error("not a decimal number");
  return Number(text);
}

function signatureIn(line) {
  const found = line.match(/^— ([^ +]+) ([A-Za-z0-9+/=]+)$/);
  if (!found) throw new Error("not a signature line");
  const raw = fromBase64(found[2]);
  return { name: found[1], keyId: raw.slice(0, 4), raw: raw.slice(4) };
}

/** Throws unless this entry stands at the proof's index in the tree of the proof's checkpoint. */
export function checkInclusion(entry, { index, path, checkpoint }) {
  if (index >= checkpoint.size) throw new Error("the entry is outside the tree");
  let [place, last] = [index, checkpoint.size - 1];
  let made = hash(LEAF, entry);
  for (const sibling of path) {
    if (last === 0) throw new Error("the proof is too long");
    if (place % 2 || place === last) {
      made = hash(NODE, sibling, made);
      while (place % 2 === 0 && place) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      made = hash(NODE, made, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  if (last || !isSame(made, checkpoint.root)) throw new Error("the proof does not lead to the root");
}

/** Logs, witnesses, groups and quorum of a policy. */
export function parsePolicy(text) {
  const policy = { logs: [], witnesses: {}, groups: {}, quorum: "" };
  for (const line of text.split("\n")) {
    const [kind, ...words] = line.split(/[ \t]+/).filter(Boolean);
    if (!kind || kind.startsWith("#")) continue;
    if (kind === "log") policy.logs.push(keyOf(words[0]));
    else if (kind === "witness") policy.witnesses[words[0]] = keyOf(words[1]);
    else if (kind === "group") policy.groups[words[0]] = { least: words[1], members: words.slice(2) };
    else if (kind === "quorum") policy.quorum = words[0];
    else throw new Error("not a line of a policy");
  }
  if (!policy.quorum) throw new Error("there is no quorum line");
  return policy;
}

function keyOf(vkey) {
  const [name, id, ...rest] = vkey.split("+");
  const raw = fromBase64(rest.join("+"));
  const right = hash(utf8(`${name}\n`), raw).slice(0, 4);
  if (!isSame(right, fromHex(id))) throw new Error("a key does not fit its id");
  return { vkey, name, keyId: right, type: raw[0], public: raw.slice(1) };
}

/** The witnesses that cosigned; throws unless a log of the policy signed the checkpoint and they are enough. */
export function checkSignatures(proof, policy) {
  const own = policy.logs.filter((log) => log.name === proof.checkpoint.origin);
  if (!own.some((key) => hasSigned(proof, key))) throw new Error("the log’s own key has not signed it");
  const names = Object.keys(policy.witnesses).filter((name) => hasSigned(proof, policy.witnesses[name]));
  if (policy.quorum !== "none" && !isMet(policy.quorum, policy, names)) throw new Error("too few witnesses cosigned it");
  return names;
}

/** Whether this key signed; a line that claims its name and is false spoils the whole note. */
function hasSigned(proof, key) {
  const mine = proof.signatures.filter(({ name, keyId }) => name === key.name && isSame(keyId, key.keyId));
  if (!mine.every(({ raw }) => isRight(raw, key, proof))) throw new Error(`the signature of ${key.name} is false`);
  return mine.length > 0;
}

function isRight(raw, key, { text, checkpoint }) {
  if (key.type === ED25519) return ed25519.verify(raw, utf8(text), key.public, { zip215: false });
  const stamp = raw.slice(0, 8);
  if (key.type === COSIGNATURE) {
    const time = new DataView(stamp.buffer).getBigUint64(0);
    return ed25519.verify(raw.slice(8), utf8(`cosignature/v1\ntime ${time}\n${text}`), key.public, { zip215: false });
  }
  return key.type === ML_DSA_44 && ml_dsa44.verify(raw.slice(8), subtree(stamp, key, checkpoint), key.public);
}

/** What an ML-DSA-44 cosignature signs: the tree from 0 to its size. Format: c2sp.org/tlog-cosignature. */
function subtree(stamp, key, { origin, size, root }) {
  const end = new Uint8Array(8);
  new DataView(end.buffer).setBigUint64(0, BigInt(size));
  return joined(utf8("subtree/v1\n\0"), named(key.name), stamp, named(origin), new Uint8Array(8), end, root);
}

const named = (text) => joined(new Uint8Array([utf8(text).length]), utf8(text));

function isMet(name, policy, names) {
  if (policy.witnesses[name]) return names.includes(name);
  const { least, members } = policy.groups[name];
  const needed = { all: members.length, any: 1 }[least] ?? Number(least);
  return members.filter((member) => isMet(member, policy, names)).length >= needed;
}

/** Which envelopes the ledger admits to the opening of this stage; signatures are checked apart. */
export function admittedIn(proof, { tender, stage }) {
  const leaf = decode(proof.extra);
  if (leaf.type !== "opening.next/v1" || leaf.tender !== tender || leaf.stage !== stage) {
    throw new Error("the entry does not admit envelopes to this opening");
  }
  checkInclusion(proof.extra, proof);
  return leaf.open;
}

/** The end of the period as the ledger has it, when the proof holds for this tender; signatures are checked apart. */
export function closingIn(proof, tender) {
  const leaf = decode(proof.extra);
  if (leaf.type !== "tender.closed/v1" || leaf.tender !== tender) throw new Error("the entry is not this tender’s end");
  checkInclusion(proof.extra, proof);
  return Date.parse(leaf.end);
}
