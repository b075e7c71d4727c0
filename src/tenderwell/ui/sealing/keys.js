// A committee member's key: made here, wrapped by a passkey or a passphrase, never sent; and the proof that one holds it.
import { Decrypter, Encrypter, armor, identityToRecipient, webauthn } from "age-encryption";
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
  return encrypter.encrypt(await keyText(identity));
}

const keyText = async (identity) => `# public key: ${await identityToRecipient(identity)}\n${identity}\n`;
const PASSKEY = "\n-> age-encryption.org/fido2prf ";

/** Whether this browser has passkeys at all; whether one can wrap a key shows only when it is made. */
export const hasPasskeys = () => Boolean(globalThis.PublicKeyCredential && navigator.credentials);

/** Whether a passkey, and not a passphrase, opens this key file. */
export const isByPasskey = (wrapped) => fromLatin(wrapped.subarray(0, 300)).includes(PASSKEY);
const fromLatin = (raw) => String.fromCharCode(...raw);

/** The identity encrypted to a new passkey of this device (WebAuthn PRF). name: what the device calls the passkey. */
export async function wrapByPasskey(identity, name) {
  const passkey = await webauthn.createCredential({ keyName: name });
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: passkey }));
  return encrypter.encrypt(await keyText(identity));
}

/** The identity again; the device asks for the passkey. */
export async function unwrapByPasskey(wrapped) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(new webauthn.WebAuthnIdentity());
  return identityIn(await decrypter.decrypt(wrapped, "text"));
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
