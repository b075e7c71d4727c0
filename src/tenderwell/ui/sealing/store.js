// What stays in this browser: drafts, encrypted with a key that no script can read, and sealed bids on their way.
const NAME = "tenderwell-sealing";
const STORES = ["keys", "drafts", "sealed", "parts", "copies"];

let opening;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const store of STORES) if (!result.objectStoreNames.contains(store)) result.createObjectStore(store);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function run(store, mode, act) {
  const transaction = (await database()).transaction(store, mode);
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
  });
}

const get = (store, key) => run(store, "readonly", (held) => held.get(key));
const put = (store, key, value) => run(store, "readwrite", (held) => held.put(value, key));
const remove = (store, key) => run(store, "readwrite", (held) => held.delete(key));

/** AES-256-GCM; not extractable, so that it never leaves this browser, not even to us. */
async function draftKey() {
  const held = await get("keys", "drafts");
  if (held) return held;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await put("keys", "drafts", made);
  return made;
}

async function hidden(place, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(place);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await draftKey(), plain) };
}

/** The value; undefined when there is nothing, or nothing that this browser can read. */
async function shown(place, held) {
  if (!held) return undefined;
  const additionalData = new TextEncoder().encode(place);
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: held.iv, additionalData }, await draftKey(), held.sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}

/** Keep what was typed; place names tender and bidder. */
export const keepDraft = async (place, draft) => put("drafts", place, await hidden(place, draft));
export const draftAt = async (place) => (await shown(place, await get("drafts", place))) ?? {};
export const dropDraft = (place) => remove("drafts", place);

/**
 * The bidder's own copy of what was sealed: {bidder, commitment, at, tender, title,
 * asked: {items, lots, declarations}, response, files: [{name, size}]}.
 */
export async function keepCopy(copy) {
  const place = `${copy.bidder}\n${copy.commitment}`;
  await put("copies", place, { place, ...(await hidden(place, copy)) });
}
export async function copyAt(bidder, commitment) {
  const place = `${bidder}\n${commitment}`;
  return shown(place, await get("copies", place));
}

/** All copies of this bidder that this browser can read, the latest first. */
export async function copiesOf(bidder) {
  const range = IDBKeyRange.bound(`${bidder}\n`, `${bidder}\n\uffff`);
  const held = await run("copies", "readonly", (store) => store.getAll(range));
  const copies = await Promise.all(held.map((each) => shown(each.place, each)));
  return copies.filter(Boolean).sort((one, other) => (one.at < other.at ? 1 : -1));
}

/** Keep one part of a sealed payload. It is encrypted already, to the committee. */
export const keepPart = (place, number, blob) => put("parts", `${place}\n${number}`, blob);
export const partAt = (place, number) => get("parts", `${place}\n${number}`);

/** The sealed bid that waits to be sent: {header, commitment, count}. */
export const keepSealed = (place, sealed) => put("sealed", place, sealed);
export const sealedAt = (place) => get("sealed", place);

export async function dropSealed(place) {
  const range = IDBKeyRange.bound(`${place}\n`, `${place}\n\uffff`);
  await run("parts", "readwrite", (held) => held.delete(range));
  await remove("sealed", place);
}

/** A member's key file (wrapped by a passkey or a passphrase) for a tender, and the log's key as this browser first saw it. */
export const keepKeyFile = (place, wrapped) => put("keys", `member\n${place}`, wrapped);
export const keyFileAt = (place) => get("keys", `member\n${place}`);
export const logKeyAt = (origin) => get("keys", `log\n${origin}`);
export const keepLogKey = (origin, vkey) => put("keys", `log\n${origin}`, vkey);

/** The policy of a log that the member got by another way than from this site; it counts from then on. */
export const policyAt = (origin) => get("keys", `policy\n${origin}`);
export const keepPolicy = (origin, text) => put("keys", `policy\n${origin}`, text);
