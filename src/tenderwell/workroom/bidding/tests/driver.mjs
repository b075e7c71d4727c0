// Runs one task of the sealing client under Node: task and its data as JSON on stdin, the answer as JSON on stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const client = await import(pathToFileURL(process.argv[2]));
const { task, ...data } = JSON.parse(readFileSync(0, "utf8"));

const TASKS = {
  async seal({ bid, committee, files }) {
    const parts = [];
    const named = Object.entries(files).map(([name, raw]) => ({ name, blob: new Blob([client.fromBase64(raw)]) }));
    const sealed = await client.seal(bid, { committee, files: named, write: (part) => void parts.push(part.slice()) });
    return { header: client.toBase64(sealed.header), payload: client.toBase64(client.joined(...parts)), commitment: sealed.commitment };
  },
  async release({ header, member, identity }) {
    return client.release(client.parseHeader(client.fromBase64(header)), member, identity);
  },
  async handOver({ headers, ...facts }) {
    return new TextDecoder().decode(await client.handOver(headers.map((raw) => client.parseHeader(client.fromBase64(raw))), facts));
  },
  async takeOver({ handover, header, identity }) {
    return client.takeOver(JSON.parse(handover), client.parseHeader(client.fromBase64(header)), identity);
  },
  async open({ header, payload, shares }) {
    const parsed = client.parseHeader(client.fromBase64(header));
    const identity = await client.recoverIdentity(parsed, shares);
    const files = await client.openPayload(parsed, client.fromBase64(payload), identity);
    return Object.fromEntries(Object.entries(files).map(([name, raw]) => [name, client.toBase64(raw)]));
  },
  async complain({ header, member, identity }) {
    return client.complaint(client.parseHeader(client.fromBase64(header)), member, identity);
  },
  async wrap({ identity, passphrase }) {
    return client.toBase64(await client.wrapIdentity(identity, passphrase, { workFactor: 12 }));
  },
  async unwrap({ wrapped, passphrase }) {
    return client.unwrapIdentity(client.fromBase64(wrapped), passphrase);
  },
  async key({ suite }) {
    return client.newKey(suite);
  },
  async answer({ challenge, identity }) {
    return client.answerTo(challenge, identity);
  },
  async toOpen({ bids, tender, closes }) {
    const proof = client.parseProof(bids.closing);
    client.closingIn(proof, tender);
    const policy = client.parsePolicy(bids.policy);
    client.checkSignatures(proof, policy);
    return client.checkBids(bids, { tender, closes: Date.parse(closes), proof, policy }).map(({ commitment }) => commitment);
  },
  async rehearse({ test, identity }) {
    return client.rehearse(client.fromBase64(test), identity);
  },
  async signed({ proof, policy }) {
    return client.checkSignatures(client.parseProof(proof), client.parsePolicy(policy));
  },
  padded: async ({ lengths }) => lengths.map(client.padded),
  counted: async ({ texts }) => texts.map(client.wordsIn),
  prices: async (state) => client.JUDGES.prices(state).map(({ field }) => field),
  answers: async (state) => client.JUDGES.answers(state).map(({ field }) => field),
  words: async ({ hash }) => client.wordsOf(hash),
  hash: async ({ committee }) => client.hashOf(committee),
  flaws: async ({ names }) => names.map((name) => Boolean(client.nameFlaw(name))),
  canonical: async ({ value }) => client.canonical(value),
  total: async ({ items }) => client.total(items),
  bid: async ({ response }) => client.toBase64(client.bidJson(response)),
  spoken: async ({ amount, currency, language }) => client.spoken(amount, currency, language),
  async amounts({ typed }) {
    return typed.map((text) => {
      try {
        return client.readAmount(text);
      } catch (error) {
        return error.message;
      }
    });
  },
};

try {
  process.stdout.write(JSON.stringify({ done: await TASKS[task](data) }));
} catch (error) {
  process.stdout.write(JSON.stringify({ refused: error.verdict ?? error.message }));
}
