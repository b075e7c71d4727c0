// The opening committee's record: its hash, and the eight words that people compare. Pure.
import { encode, sha256Hex } from "./bytes.js";
import { WORDS } from "./words.generated.js";

export const hashOf = (record) => sha256Hex(encode(record));
export const suiteOf = (recipient) => (recipient.startsWith("age1pq1") ? "pq" : "x25519");
export const committeeSuite = (record) => suiteOf(record.members[0].recipient);

/** The eight words of a hex hash, eleven bits each from its beginning. */
export function wordsOf(hash) {
  const bits = BigInt(`0x${hash}`);
  return Array.from({ length: 8 }, (_, place) => WORDS[Number((bits >> BigInt(256 - 11 * (place + 1))) & 2047n)]);
}

/** What is wrong with a record; empty when a bid may be sealed to it. */
export function committeeFlaws({ type, k, n, members }) {
  const distinct = (values) => new Set(values).size === values.length;
  const suites = new Set(members.map((member) => suiteOf(member.recipient)));
  const rules = [
    [type === "committee/v1", "this is no committee record"],
    [Number.isInteger(n) && n >= 3 && n <= 24, "a committee has 3 to 24 members"],
    [Number.isInteger(k) && k >= 2 && k < n, "k is at least 2 and under n"],
    [members.length === n, "n is not the number of members"],
    [distinct(members.map((member) => member.id)), "two members have one id"],
    [distinct(members.map((member) => member.recipient)), "two members have one key"],
    [suites.size === 1, "the members' keys are of two suites"],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, text]) => text);
}

/** Who opens the envelopes of this stage: the prices may have a committee of their own. */
export const committeeFor = (tender, stage) => (stage === "price" && tender.price_committee) || tender.committee;

/** Every committee of a tender, that for the prices last. */
export const committeesOf = (tender) => [tender.committee, tender.price_committee].filter(Boolean);

/** The member whose key this is; undefined when the record does not name it. */
export const memberWith = (record, recipient) => record.members.find((member) => member.recipient === recipient);
