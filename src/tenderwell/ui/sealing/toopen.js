// The list of bids to open (bids.json): each is in the ledger before the end of the period, and none is missing.
import { canonical, encode, fromBase64, sha256Hex, utf8 } from "./bytes.js";
import { admittedIn, checkInclusion, checkSignatures, parseProof } from "./log.js";
import { parseHeader } from "./shares.js";

const VERSION = "tenderwell/bids-to-open/v1";

/** The headers of the bids to open. proof: of the end of the period, checked by this policy. Throws with every reason. */
export function checkBids(listed, { tender, closes, proof, policy }) {
  if (listed.v !== VERSION || listed.tender !== tender) throw new Error("the list is not of this tender");
  const headers = listed.bids.map(({ header }) => parseHeader(utf8(canonical(header))));
  const flaws = [
    ...leafFlaws(listed, { tender, closes, proof }),
    ...headerFlaws(listed.bids, headers),
    ...missing(listed, headers),
    ...wronglyEnded(listed),
    ...outOfTurn(listed, headers, admitted(listed, { tender, proof, policy })),
  ];
  if (flaws.length) throw new Error(flaws.join(" "));
  return headers;
}

const every = (listed) => [...listed.bids, ...listed.ended];
const leavesOf = (listed) => every(listed).flatMap(({ leaf, withdrawal }) => (withdrawal ? [leaf, withdrawal] : [leaf]));
const short = (commitment) => String(commitment).slice(0, 12);

/** The ledger's entry as this preimage makes it. */
export const entryOf = (preimage) => encode({ type: "sealed/v1", c: sha256Hex(encode(preimage)) });

function leafFlaws(listed, facts) {
  const leaves = leavesOf(listed);
  const twice = new Set(leaves.map(({ index }) => index)).size < leaves.length;
  const flaws = leaves.map((leaf) => [leaf, leafFlaw(leaf, facts)]).filter(([, flaw]) => flaw);
  const told = flaws.map(([{ index, preimage }, flaw]) => `Entry ${index} (bid ${short(preimage.commitment)}): ${flaw}`);
  return twice ? ["An entry is listed twice.", ...told] : told;
}

function leafFlaw({ index, path, preimage }, { tender, closes, proof }) {
  try {
    checkInclusion(entryOf(preimage), { index, path: path.map(fromBase64), checkpoint: proof.checkpoint });
  } catch (error) {
    return `it is not proved to be in the ledger (${error.message}).`;
  }
  if (preimage.tender !== tender) return "it is another tender’s.";
  return Date.parse(preimage.received) < closes && index < proof.index ? "" : "it came after the end of the period.";
}

function headerFlaws(bids, headers) {
  const series = headers.map(({ core }) => `${core.bidder}\n${core.stage}`);
  const flaws = new Set(series).size < series.length ? ["Two bids of one bidder are to be opened."] : [];
  headers.forEach(({ commitment, core }, place) => {
    const { preimage } = bids[place].leaf;
    const isLogged = preimage.commitment === commitment && preimage.bidder === core.bidder && preimage.act === "bid.received";
    if (!isLogged) flaws.push(`Bid ${short(commitment)} is not the one in the ledger.`);
  });
  return flaws;
}

function missing(listed, headers) {
  const preimages = every(listed).map(({ leaf }) => leaf.preimage);
  const received = new Set(preimages.map(({ commitment }) => commitment));
  const flaws = [];
  for (const { commitment, core } of headers) {
    const isKnown = !core.replaces || received.has(core.replaces);
    if (!isKnown) flaws.push(`Bid ${short(core.replaces)}, which ${short(commitment)} replaces, is not in the list.`);
    const count = preimages.filter(({ bidder }) => bidder === core.bidder).length;
    if (count < core.seq) flaws.push(`Earlier bids of ${core.bidder} are not in the list.`);
  }
  return flaws;
}

function wronglyEnded(listed) {
  const flaws = [];
  for (const { end, leaf, withdrawal } of listed.ended) {
    const name = short(leaf.preimage.commitment);
    if (end === "withdrawn" && !isWithdrawal(withdrawal, leaf)) {
      flaws.push(`Bid ${name} is called withdrawn, but its withdrawal is not in the list.`);
    }
    const later = (bid) => bid.leaf.preimage.bidder === leaf.preimage.bidder && bid.leaf.index > leaf.index;
    if (end === "replaced" && !every(listed).some(later)) {
      flaws.push(`Bid ${name} is called replaced, but no later bid of the bidder is in the list.`);
    }
  }
  return flaws;
}

function isWithdrawal(said, leaf) {
  if (!said || said.index <= leaf.index || said.preimage.act !== "bid.withdrawn") return false;
  return said.preimage.commitment === leaf.preimage.commitment && said.preimage.bidder === leaf.preimage.bidder;
}

/** The envelopes that the ledger admits to this opening; none without a permit. */
function admitted(listed, { tender, proof, policy }) {
  if (!listed.permit) return new Set();
  const permit = parseProof(listed.permit);
  checkSignatures(permit, policy);
  const open = new Set(admittedIn(permit, { tender, stage: listed.stage }));
  if (permit.index <= proof.index) throw new Error("the entry of who passed is older than the end of the period");
  return open;
}

/**
 * One stage at a time; a price envelope only when the ledger says that its bid passed, and then every such one.
 * What makes a price envelope stands in its header, under the bidder's seal, so no list can call it something else.
 */
function outOfTurn(listed, headers, open) {
  const flaws = [];
  for (const { commitment, core } of headers) {
    const name = `Bid ${short(commitment)}`;
    if (core.stage !== listed.stage) flaws.push(`${name} is an envelope of stage ${core.stage}, and this is the opening of ${listed.stage}.`);
    const isAdmitted = core.stage !== "price" || open.has(commitment);
    if (!isAdmitted) flaws.push(`${name} is a price envelope, and no entry in the ledger says that its bid passed.`);
    open.delete(commitment);
  }
  for (const commitment of open) flaws.push(`Bid ${short(commitment)} passed and is not in the list.`);
  const bidders = new Set(headers.map(({ core }) => core.bidder));
  const waiting = listed.ended.filter(({ end, leaf }) => end === "later" && !bidders.has(leaf.preimage.bidder));
  for (const { leaf } of waiting) flaws.push(`Bid ${short(leaf.preimage.commitment)} waits for its turn, but no other envelope of its bid is in the list.`);
  return flaws;
}
