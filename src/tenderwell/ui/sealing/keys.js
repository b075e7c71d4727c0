// A committee member's key: made here, wrapped by a passphrase, never sent; and the proof that one holds it.
import { Decrypter, Encrypter, armor, identityToRecipient } from "age-encryption";
import { newIdentity } from "./seal.js";

export const SHORTEST = 12;

/** A fresh key: {identity, recipient}. */
export async function newKey(suite) {
  const identity = await newIdentity(suite);
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The identity encrypted under a passphrase (age scrypt), the same file that `tenderwell keygen` writes. */
export async function wrapIdentity(identity, passphrase, { workFactor = 18 } = {}) {
  if (passphrase.trim().length < SHORTEST) throw new Error(`A passphrase has at least ${SHORTEST} characters.`);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(`# public key: ${await identityToRecipient(identity)}\n${identity}\n`);
}

/** The identity again; throws for a wrong passphrase or another file. */
export async function unwrapIdentity(wrapped, passphrase) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return identityIn(await decrypter.decrypt(wrapped, "text"));
}

/** The one identity in the text of an age key file. */
export function identityIn(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const identities = lines.filter((line) => line && !line.startsWith("#"));
  if (identities.length !== 1) throw new Error("This is no key file with one key.");
  return identities[0];
}

export { identityToRecipient };

/** What to send back for an armoured challenge. */
export async function answerTo(challenge, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(challenge), "text");
}
