// Sends a sealed bid: the header first, which fixes it, then the parts that the server says are missing.
import { partAt } from "./store.js";

const PATIENCE = [1, 2, 4, 8, 15, 30, 60, 60, 60, 60];

/** A refusal by the server, with its reasons. */
export class Refused extends Error {
  constructor(answer) {
    super((answer.reasons ?? []).join(" ") || "refused");
    this.answer = answer;
  }
}

/** Send the header and the parts; returns the address of the receipt. report(part, isWaiting). */
export async function handIn({ place, sealed, urls, token, report }) {
  const { payload } = JSON.parse(new TextDecoder().decode(sealed.header));
  const hashes = payload.parts?.sha256 ?? [payload.sha256];
  const { missing } = await post(`${urls.handIn}?announce=1`, sealed.header, token, report);
  try {
    await sendParts(hashes, { missing: new Set(missing), place, urls, token, report });
  } catch (error) {
    // The server takes no part any more: the header gets the signed refusal, or the reasons.
    if (error instanceof Refused) await post(urls.handIn, sealed.header, token, report);
    throw error;
  }
  const answer = await post(urls.handIn, sealed.header, token, report);
  report(1);
  return answer.url;
}

async function sendParts(hashes, { missing, place, urls, token, report }) {
  for (const [number, hash] of hashes.entries()) {
    report(number / hashes.length);
    if (!missing.has(hash)) continue;
    await sendPart(urls.parts + hash + "/", await partAt(place, number), token, (isWaiting) => report(number / hashes.length, isWaiting));
  }
}

async function sendPart(url, blob, token, waiting) {
  const headers = { "X-CSRFToken": token, "Content-Type": "application/octet-stream" };
  const answer = await patiently(() => fetch(url, { method: "PUT", body: blob, headers, credentials: "same-origin" }), waiting);
  if (!answer.ok) throw new Refused(await told(answer));
}

async function post(url, body, token, report) {
  const headers = { "X-CSRFToken": token, "Content-Type": "application/octet-stream" };
  const answer = await patiently(() => fetch(url, { method: "POST", body, headers, credentials: "same-origin" }), (isWaiting) => report(undefined, isWaiting));
  if (!answer.ok) throw new Refused(await told(answer));
  return answer.json();
}

async function told(answer) {
  try {
    return await answer.json();
  } catch {
    return { reasons: [`HTTP ${answer.status}`] };
  }
}

/** Try again after a dropped connection or a server that is starting again; give up after some minutes online. */
async function patiently(attempt, waiting) {
  for (let tried = 0; ; tried += 1) {
    try {
      const answer = await attempt();
      if (answer.status < 500) {
        waiting(false);
        return answer;
      }
      if (tried >= PATIENCE.length) return answer;
    } catch (error) {
      if (tried >= PATIENCE.length && navigator.onLine) throw error;
    }
    waiting(true);
    await pause(PATIENCE[Math.min(tried, PATIENCE.length - 1)]);
  }
}

/** The seconds, or until the connection is back. */
function pause(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}
