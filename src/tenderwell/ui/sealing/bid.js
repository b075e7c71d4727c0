// The page on which a bidder fills in, checks, seals and sends a bid.
import { committeeFor } from "./committee.js";
import { button, failure, h, meter, paragraph, SECONDARY, say, showErrors, speak } from "./dom.js";
import { envelopesOf, partFor, placeFor } from "./envelopes.js";
import { bidFlow } from "./flow.js";
import { inWorker } from "./inworker.js";
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
  const waiting = await waitingAt(tender, place);
  if (waiting.length) offerToContinue(tender, place, waiting);
  else await edit(tender, place);
  root.dataset.ready = "yes";
}

/** The sealed envelopes that have not arrived; none when one was never sealed, for then there is no bid to send. */
async function waitingAt(tender, place) {
  const found = [];
  for (const stage of envelopesOf(tender)) {
    const sealed = await sealedAt(placeFor(place, stage));
    if (sealed) found.push({ at: placeFor(place, stage), sealed });
    else if (!config.envelopes[stage].standing) return [];
  }
  return found;
}

const dropAll = (tender, place) => Promise.all(envelopesOf(tender).map((stage) => dropSealed(placeFor(place, stage))));

/** A sealed bid that a dropped connection left behind. */
function offerToContinue(tender, place, waiting) {
  const again = async () => {
    await dropAll(tender, place);
    await edit(tender, place);
  };
  const numbers = waiting.map(({ sealed }) => h("p", {}, h("code", { class: "hash", dir: "ltr" }, sealed.commitment)));
  show(
    h("div", { class: "panel" }, paragraph(say("resume")), numbers),
    button(say("continueUpload"), () => send(tender, place, waiting)),
    button(say("discard"), again, SECONDARY),
  );
}

async function edit(tender, place) {
  const { bidder, language, limit } = config;
  const keep = kept(place);
  const [draft, copies] = [await draftAt(place), await copiesOf(bidder.id)];
  bidFlow(area, { tender, bidder, language, limit, draft, keep, copies, act: say("seal"), seal: (bid) => seal(tender, place, bid) });
}

/** Keeps what was typed; the page says that it is kept when nothing newer waits. */
function kept(place) {
  let newest;
  const write = later(async (draft, change) => {
    await keepDraft(place, draft);
    if (change === newest) root.dataset.kept = "yes";
  });
  return (draft) => {
    delete root.dataset.kept;
    newest = Symbol("change");
    write(draft, newest);
  };
}

async function seal(tender, place, bid) {
  const bar = meter(say("sealing"));
  show(bar);
  try {
    await dropAll(tender, place);
    for (const stage of envelopesOf(tender)) await sealEnvelope(tender, place, { stage, bid, bar });
    await send(tender, place, await waitingAt(tender, place));
  } catch (error) {
    show(button(say("back"), () => edit(tender, place), SECONDARY));
    showErrors(area, [[failure(error), null]]);
  }
}

/** Seal one envelope, and keep a copy of the whole bid under its number. */
async function sealEnvelope(tender, place, { stage, bid, bar }) {
  const { bidder, envelopes } = config;
  const { seq, replaces } = envelopes[stage];
  const { response, files } = partFor(stage, bid);
  const lots = response.lots.map((lot) => lot.lot_id).filter(Boolean);
  const core = { tender: tender.tender, bidder: bidder.id, lots, stage, seq, replaces };
  const at = placeFor(place, stage);
  const task = { place: at, bid: core, committee: committeeFor(tender, stage), files: filesOf(response, { bidder, files }) };
  await inWorker(config.worker, task, bar.set);
  const { commitment } = await sealedAt(at);
  const named = bid.files.map(({ name, size }) => ({ name, size }));
  const { tender: ocid, title, items, lots: asked, declarations } = tender;
  const about = { tender: ocid, title, asked: { items, lots: asked, declarations } };
  await keepCopy({ bidder: bidder.id, commitment, at: new Date().toISOString(), ...about, response: bid.response, files: named });
}

async function send(tender, place, waiting) {
  const bar = meter(say("uploading"));
  show(bar);
  const report = (part, isWaiting = false) => {
    if (part !== undefined) bar.set(part);
    if (isWaiting) bar.tell(say("waiting"));
  };
  const left = [...waiting];
  try {
    const { urls } = config;
    let receipt;
    while (left.length) {
      const { at, sealed } = left[0];
      receipt = await handIn({ place: at, sealed, urls, token, report });
      await dropSealed(at);
      left.shift();
    }
    await dropDraft(place);
    location.assign(receipt);
  } catch (error) {
    offerToContinue(tender, place, left);
    const reasons = error instanceof Refused ? error.answer.reasons : [failure(error)];
    showErrors(area, reasons.map((reason) => [reason, null]));
    if (error.answer?.url) location.assign(error.answer.url);
  }
}

const show = (...elements) => area.replaceChildren(...elements);

/** Calls half a second after the last change, with the last values; at once when the page is left. */
function later(act) {
  let timer;
  let waiting;
  const now = () => {
    clearTimeout(timer);
    if (waiting) act(...waiting);
    waiting = undefined;
  };
  addEventListener("pagehide", now);
  return (...values) => {
    waiting = values;
    clearTimeout(timer);
    timer = setTimeout(now, 500);
  };
}
