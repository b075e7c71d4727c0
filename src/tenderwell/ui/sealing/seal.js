// Seal a bid: a header and an encrypted payload that only k members of the committee open together.
// Files are streamed and read twice, once for their hash and once to encrypt them. Format: docs/reference/sealed-bid.md.
import { Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { encode, fromHex, joined, sha256, sha256Hex, toBase64, toHex, utf8 } from "./bytes.js";
import { committeeFlaws, committeeSuite, hashOf } from "./committee.js";
import { checkNames } from "./names.js";
import { padded } from "./padding.js";
import { split } from "./shamir.js";

export const VERSION = "tenderwell/sealed-bid/v1";
export const PART = 8388608;
const MOST_FILES = 2000;
const DOMAIN = utf8("tenderwell/share/v1\n");
const ZEROS = new Uint8Array(65536);

export const newIdentity = (suite) => (suite === "pq" ? generateHybridIdentity() : generateX25519Identity());
export const shareCommitment = (share, ctx) => sha256Hex(DOMAIN, ctx, share);
export const ctxOf = (core) => fromHex(sha256Hex(encode(core)));

/**
 * Seal the files for the committee; `write(part)` gets the payload in parts of 8 MiB, in order, each a Uint8Array.
 * bid: {tender, bidder, lots, stage, seq, replaces}. files: [{name, blob}]. progress(done, total): bytes read.
 * Returns {header: bytes, commitment: hex}. The key is forgotten on return.
 */
export async function seal(bid, { committee, files, write, progress = () => {} }) {
  const flaws = committeeFlaws(committee);
  if (flaws.length) throw new Error(flaws.join("; "));
  if (bid.tender !== committee.tender) throw new Error("The committee is another tender’s.");
  const identity = await newIdentity(committeeSuite(committee));
  const core = coreOf(bid, committee, await identityToRecipient(identity));
  const ctx = ctxOf(core);
  const count = counter(files, progress);
  const inner = await innerOf(files, ctx, count);
  const meter = new Meter(write);
  await encryptTo(core.recipient, plaintext(inner, files, count), (piece) => meter.write(piece));
  const payload = await meter.facts();
  const shares = await envelopes(identity, committee, ctx);
  const header = encode({ core, payload, shares });
  return { header, commitment: sha256Hex(header) };
}

function coreOf(bid, committee, recipient) {
  const { id, k, n } = committee;
  return {
    v: VERSION,
    tender: bid.tender,
    lots: [...new Set(bid.lots)].sort(),
    stage: bid.stage ?? "bid",
    bidder: bid.bidder,
    seq: bid.seq,
    replaces: bid.replaces ?? null,
    suite: committeeSuite(committee),
    recipient,
    committee: { id, hash: hashOf(committee), k, n },
  };
}

async function innerOf(files, ctx, count) {
  if (files.length < 1 || files.length > MOST_FILES) throw new Error(`A bid holds 1 to ${MOST_FILES} files.`);
  checkNames(files.map((file) => file.name));
  const facts = [];
  for (const { name, blob } of files) {
    const digest = sha256.create();
    for await (const piece of pieces(blob)) {
      digest.update(piece);
      count(piece.length);
    }
    facts.push({ name, size: blob.size, sha256: toHex(digest.digest()) });
  }
  return { raw: encode({ core: toHex(ctx), files: facts }), facts };
}

/** Length, inner record, files, zeros; fails when a file is no longer what was hashed. */
async function* plaintext({ raw, facts }, files, count) {
  const prefix = new Uint8Array(8);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(raw.length));
  yield joined(prefix, raw);
  for (const [place, { name, blob }] of files.entries()) {
    const digest = sha256.create();
    for await (const piece of pieces(blob)) {
      digest.update(piece);
      count(piece.length);
      yield piece;
    }
    if (toHex(digest.digest()) !== facts[place].sha256) throw new Error(`${name} changed while it was being sealed.`);
  }
  const length = facts.reduce((sum, fact) => sum + fact.size, 8 + raw.length);
  for (let left = padded(length) - length; left > 0; left -= ZEROS.length) {
    yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
  }
}

/** Encrypt what the generator gives, one piece at a time, to an age recipient. */
async function encryptTo(recipient, source, write) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const stream = new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  }, { highWaterMark: 0 });
  for await (const piece of read(await encrypter.encrypt(stream))) await write(piece);
}

async function envelopes(identity, committee, ctx) {
  const shares = await split(utf8(identity), committee.n, committee.k);
  const made = committee.members.map((member, place) => envelope(shares[place], member, ctx));
  return Promise.all(made);
}

async function envelope(share, member, ctx) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(member.recipient);
  const sealed = await encrypter.encrypt(joined(ctx, share));
  return { member: member.id, x: share.at(-1), commit: shareCommitment(share, ctx), share: toBase64(sealed) };
}

/** Pieces of a blob as they come from the disk; a slice at a time, so that no whole file is in memory. */
export async function* pieces(blob) {
  for (let at = 0; at < blob.size; at += 1048576) {
    yield new Uint8Array(await blob.slice(at, at + 1048576).arrayBuffer());
  }
}

/** The pieces of a stream; not every browser iterates streams by itself. */
export async function* read(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function counter(files, progress) {
  const total = 2 * files.reduce((sum, file) => sum + file.blob.size, 0);
  let done = 0;
  return (length) => progress((done += length), total);
}

/** The browser's own SHA-256 is many times faster, but takes only what is in memory as a whole. */
async function digestOf(part) {
  const subtle = globalThis.crypto?.subtle;
  return subtle ? toHex(new Uint8Array(await subtle.digest("SHA-256", part))) : sha256Hex(part);
}

/** Cuts the payload into parts of 8 MiB and knows at the end what was written. */
class Meter {
  constructor(write) {
    this.out = write;
    this.whole = sha256.create();
    this.size = 0;
    this.used = 0;
    this.part = new Uint8Array(PART);
    this.hashes = [];
  }

  async write(piece) {
    this.whole.update(piece);
    this.size += piece.length;
    for (let at = 0; at < piece.length; ) {
      const room = Math.min(PART - this.used, piece.length - at);
      this.part.set(piece.subarray(at, at + room), this.used);
      this.used += room;
      at += room;
      if (this.used === PART) await this.cut();
    }
  }

  async cut() {
    const part = this.part.subarray(0, this.used);
    this.hashes.push(await digestOf(part));
    await this.out(part);
    this.used = 0;
  }

  async facts() {
    if (this.used) await this.cut();
    const parts = this.size > PART ? { size: PART, sha256: this.hashes } : undefined;
    return { sha256: toHex(this.whole.digest()), size: this.size, parts };
  }
}
