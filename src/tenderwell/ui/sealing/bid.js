// The page on which a bidder fills in, checks, seals and sends a bid.
import { button, failure, h, meter, paragraph, SECONDARY, say, showErrors, speak } from "./dom.js";
import { bidFlow } from "./flow.js";
import { filesOf } from "./prices.js";
import { copiesOf, draftAt, dropDraft, dropSealed, keepCopy, keepDraft, sealedAt } from "./store.js";
import { handIn, Refused } from "./upload.js";

const root = document.getElementById("sealing");
const config = JSON.parse(document.getElementById("sealing-config").textContent);
const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
const area = h("div", { "aria-live": "off" });

speak(config.texts);
begin().catch((error) => showErrors(area, [[failure(error), null]]));

async function begin() {
  const tender = await (await fetch(config.urls.tender, { credentials: "same-origin" })).json();
  // Without the number of the bid: once the header has arrived the server counts on, though parts are still to come.
  const place = `${tender.tender}\n${config.bidder.id}`;
  document.getElementById("without-script")?.setAttribute("hidden", "");
  root.append(area);
  const waiting = await sealedAt(place);
  if (waiting) offerToContinue(tender, place, waiting);
  else await edit(tender, place);
  root.dataset.ready = "yes";
}

/** A sealed bid that a dropped connection left behind. */
function offerToContinue(tender, place, sealed) {
  const again = async () => {
    await dropSealed(place);
    await edit(tender, place);
  };
  show(
    h("div", { class: "panel" }, paragraph(say("resume")), h("code", { class: "hash", dir: "ltr" }, sealed.commitment)),
    button(say("continueUpload"), () => send(tender, place, sealed)),
    button(say("discard"), again, SECONDARY),
  );
}

async function edit(tender, place) {
  const { bidder, language, limit } = config;
  const keep = later(async (draft) => {
    await keepDraft(place, draft);
    root.dataset.kept = "yes";
  });
  const [draft, copies] = [await draftAt(place), await copiesOf(bidder.id)];
  bidFlow(area, { tender, bidder, language, limit, draft, keep, copies, act: say("seal"), seal: (bid) => seal(tender, place, bid) });
}

async function seal(tender, place, { response, files }) {
  const bar = meter(say("sealing"));
  show(bar);
  const { bidder, seq, replaces } = config;
  const lots = response.lots.map((lot) => lot.lot_id).filter(Boolean);
  const bid = { tender: tender.tender, bidder: bidder.id, lots, stage: tender.stage, seq, replaces };
  try {
    await dropSealed(place);
    await inWorker({ place, bid, committee: tender.committee, files: filesOf(response, { bidder, files }) }, bar.set);
    const sealed = await sealedAt(place);
    const named = files.map(({ name, size }) => ({ name, size }));
    const { tender: ocid, title, items, lots: asked, declarations } = tender;
    const about = { tender: ocid, title, asked: { items, lots: asked, declarations } };
    await keepCopy({ bidder: bidder.id, commitment: sealed.commitment, at: new Date().toISOString(), ...about, response, files: named });
    await send(tender, place, sealed);
  } catch (error) {
    show(button(say("back"), () => edit(tender, place), SECONDARY));
    showErrors(area, [[failure(error), null]]);
  }
}

/** Seal in the Worker. Its bytes are compared with the page's hash first; the browser then takes them from its cache. */
async function inWorker(task, progress) {
  const { url, integrity } = config.worker;
  await fetch(url, { integrity });
  const worker = new Worker(url);
  try {
    await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.failed) reject(new Error(data.failed));
        else if (data.done) resolve();
        else progress(data.progress);
      };
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}

async function send(tender, place, sealed) {
  const bar = meter(say("uploading"));
  show(bar);
  const report = (part, isWaiting = false) => {
    if (part !== undefined) bar.set(part);
    if (isWaiting) bar.tell(say("waiting"));
  };
  try {
    const { urls } = config;
    const receipt = await handIn({ place, sealed, urls, token, closes: Date.parse(tender.closes), report });
    await dropSealed(place);
    await dropDraft(place);
    location.assign(receipt);
  } catch (error) {
    offerToContinue(tender, place, sealed);
    const reasons = error instanceof Refused ? error.answer.reasons : [failure(error)];
    showErrors(area, reasons.map((reason) => [reason, null]));
    if (error.answer?.url) location.assign(error.answer.url);
  }
}

const show = (...elements) => area.replaceChildren(...elements);

/** Calls half a second after the last change, with the last value; at once when the page is left. */
function later(act) {
  let timer;
  let waiting;
  const now = () => {
    clearTimeout(timer);
    if (waiting) act(...waiting);
    waiting = undefined;
  };
  addEventListener("pagehide", now);
  return (value) => {
    waiting = [value];
    clearTimeout(timer);
    timer = setTimeout(now, 500);
  };
}
