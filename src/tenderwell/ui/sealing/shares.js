// A member's side: one's own share out of each bid, and the opening check that any k shares pass alike.
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { decode, encode, fromBase64, fromHex, fromUtf8, isSame, joined, sha256Hex, toBase64, toHex } from "./bytes.js";
import { hashOf, memberWith } from "./committee.js";
import { ctxOf, read, shareCommitment } from "./seal.js";
import { combine, interpolate } from "./shamir.js";

const HANDOVER = "tenderwell/handover/v1";

export class Flaw extends Error {
  constructor(verdict, text) {
    super(text);
    this.verdict = verdict;
  }
}

/** The header in exactly these bytes, with its ctx and commitment. */
export function parseHeader(raw) {
  const { core, payload, shares } = decode(raw);
  return { core, payload, shares, ctx: ctxOf(core), commitment: sha256Hex(raw) };
}

/** The member's share of this bid: {member, commitment, share}. Throws Flaw naming what is wrong with the envelope. */
export async function release(header, member, identity) {
  const envelope = header.shares.find((each) => each.member === member);
  if (!envelope) throw new Flaw("not-a-member", `${member} holds no share of this bid.`);
  const plain = await opened(fromBase64(envelope.share), identity);
  if (!isSame(plain.subarray(0, 32), header.ctx)) {
    throw new Flaw("envelope-of-another-bid", "The envelope was made for another bid.");
  }
  const share = plain.slice(32);
  if (!isCommitted(share, envelope, header)) {
    throw new Flaw("envelope-breaks-commitment", "The share is not the one the bidder committed to.");
  }
  return { member, commitment: header.commitment, share: toHex(share) };
}

async function opened(raw, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(raw);
  } catch (error) {
    throw new Flaw("envelope-unreadable", `The envelope does not open with this key: ${error.message}.`);
  }
}

/** The 16-byte key of one's own envelope, in hex: the proof that it holds no good share. */
export async function complaint(header, member, identity) {
  const envelope = header.shares.find((each) => each.member === member);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const key = await decrypter.decryptHeader(fromBase64(envelope.share));
  return { member, commitment: header.commitment, file_key: toHex(key) };
}

/** What a member gives instead of a share: the proof that there is none, or, where none can be shown, one's word. */
export const contest = (header, member, identity) =>
  complaint(header, member, identity).catch(() => ({ member, commitment: header.commitment, is_unreadable: true }));

const isCommitted = (share, envelope, header) =>
  share.at(-1) === envelope.x && shareCommitment(share, header.ctx) === envelope.commit;

/** What a member gives for each bid, as one file. */
export const encodeShares = (shares) => encode(shares);

/** The bids that no later bid of the same bidder replaces; the others stay shut for ever. */
export function standing(headers) {
  const mark = ({ core }, seq, hash) => [core.tender, core.stage, core.bidder, seq, hash].join("\n");
  const replaced = new Set(headers.map((header) => mark(header, header.core.seq - 1, header.core.replaces)));
  return headers.filter((header) => !replaced.has(mark(header, header.core.seq, header.commitment)));
}

/** What keeps a bid from being one to this committee; "" when nothing does. */
export function otherCommittee(header, committee) {
  const { core } = header;
  const named = core.committee;
  const rules = [
    [named.hash === hashOf(committee), "The bid was sealed to another committee, or another version of its record."],
    [named.k === committee.k && named.n === committee.n, "The bid states another k or n."],
    [core.tender === committee.tender, "The bid is for another tender."],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, text]) => text).join(" ");
}

/** The bid's own age key from k or more released shares. */
export async function recoverIdentity(header, shares) {
  const good = shares.filter((share) => {
    const envelope = header.shares.find((each) => each.member === share.member);
    return envelope && isCommitted(fromHex(share.share), envelope, header);
  });
  const { k } = header.core.committee;
  if (good.length < k) throw new Flaw("shares-too-few", `${good.length} of ${k} shares are here and right.`);
  const points = good.slice(0, k).map((share) => fromHex(share.share));
  for (const { x, commit } of header.shares) {
    if (shareCommitment(interpolate(points, x), header.ctx) !== commit) {
      throw new Flaw("bidder-equivocates", "The bidder dealt shares that do not belong together.");
    }
  }
  const identity = fromUtf8(await combine(points));
  if ((await identityToRecipient(identity)) !== header.core.recipient) {
    throw new Flaw("key-of-another-bid", "The shares give a key that is not the one the header names.");
  }
  return identity;
}

/** Open a small payload: the files by name. */
export async function openPayload(header, payload, identity) {
  if (sha256Hex(payload) !== header.payload.sha256) throw new Flaw("payload-changed", "The payload is another.");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plain = await decrypter.decrypt(payload);
  const length = Number(new DataView(plain.buffer, plain.byteOffset).getBigUint64(0));
  const inner = decode(plain.subarray(8, 8 + length));
  if (inner.core !== toHex(header.ctx)) throw new Flaw("bid-copied", "What is inside was sealed for another bid.");
  return filesIn(plain.subarray(8 + length), inner.files);
}

function filesIn(plain, facts) {
  const files = {};
  let at = 0;
  for (const { name, size, sha256 } of facts) {
    files[name] = plain.slice(at, (at += size));
    if (sha256Hex(files[name]) !== sha256) throw new Flaw("file-changed", `${name} is another file.`);
  }
  if (plain.subarray(at).some((byte) => byte)) throw new Flaw("padding-wrong", "The padding is not all zero.");
  return files;
}

/** A member's shares for a deputy, each encrypted anew: handover.json. Format: ledger/sealing/handover.py. */
export async function handOver(headers, { member, identity, recipient }) {
  const shares = [];
  for (const header of headers) {
    const { share } = await release(header, member, identity);
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    shares.push({ commitment: header.commitment, share: toBase64(await encrypter.encrypt(joined(header.ctx, fromHex(share)))) });
  }
  return encode({ v: HANDOVER, member, recipient, shares });
}

/** The share of one bid that was handed over: {member, commitment, share}. Throws Flaw unless it is the committed one. */
export async function takeOver(handover, header, identity) {
  const mine = handover.shares.find(({ commitment }) => commitment === header.commitment);
  const envelope = header.shares.find(({ member }) => member === handover.member);
  if (handover.v !== HANDOVER || !mine || !envelope) throw new Flaw("share-of-another-bid", "This bid was not handed over.");
  const share = (await opened(fromBase64(mine.share), identity)).slice(32);
  if (!isCommitted(share, envelope, header)) throw new Flaw("share-wrong", "The share is not the one the bidder committed to.");
  return { member: handover.member, commitment: header.commitment, share: toHex(share) };
}

/** One's share of a committee's test envelope: {member, share}. Throws when it is a real bid, or not for this key. */
export async function rehearse(raw, identity) {
  const { v, committee, header } = decode(raw);
  const parsed = parseHeader(encode(header));
  if (v !== "tenderwell/rehearsal/v1" || parsed.core.stage !== "rehearsal") throw new Flaw("no-rehearsal", "This is a real bid, not a test envelope.");
  const flaw = otherCommittee(parsed, committee);
  if (flaw) throw new Flaw("other-committee", flaw);
  const mine = memberWith(committee, await identityToRecipient(identity));
  if (!mine) throw new Flaw("not-a-member", "The committee’s record does not name this key.");
  return release(parsed, mine.id, identity);
}

export { read };
