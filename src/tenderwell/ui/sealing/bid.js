// The page on which a bidder fills in, checks, seals and sends a bid.
import { button, failure, h, meter, paragraph, SECONDARY, say, showErrors, speak } from "./dom.js";
import { bidForm, filesOf, judged, readBack } from "./form.js";
import { draftAt, dropDraft, dropSealed, keepDraft, sealedAt } from "./store.js";
import { handIn, Refused } from "./upload.js";

const root = document.getElementById("sealing");
const config = JSON.parse(document.getElementById("sealing-config").textContent);
const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
const area = h("div", { "aria-live": "off" });

speak(config.texts);
begin().catch((error) => showErrors(area, [[failure(error), null]]));

async function begin() {
  const tender = await (await fetch(config.urls.tender, { credentials: "same-origin" })).json();
  const place = `${tender.tender}\n${config.bidder.id}\n${config.seq}`;
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
  const keep = async (draft) => {
    await keepDraft(place, draft);
    root.dataset.kept = "yes";
  };
  const form = bidForm(tender, { draft: await draftAt(place), changed: later(keep) });
  const next = button(say("continue"), () => {
    const read = form.read();
    if (judged(area, read)) check(tender, place, form, read);
  });
  const page = [form, next];
  form.restore = () => show(...page);
  show(...page);
}

function check(tender, place, form, read) {
  const title = h("h2", { class: "govuk-heading-l", tabindex: "-1" }, say("check"));
  const buttons = h("div", { class: "govuk-button-group" }, button(say("seal"), () => seal(tender, place, read)), button(say("back"), form.restore, SECONDARY));
  show(title, readBack(tender, read, config), buttons);
  title.focus();
}

async function seal(tender, place, read) {
  const bar = meter(say("sealing"));
  show(bar);
  const lots = read.lots.map((lot) => lot.lot_id).filter(Boolean);
  const bid = { tender: tender.tender, bidder: config.bidder.id, lots, stage: tender.stage, seq: config.seq, replaces: config.replaces };
  try {
    await dropSealed(place);
    await inWorker({ place, bid, committee: tender.committee, files: filesOf(read, config.bidder) }, bar.set);
    await send(tender, place, await sealedAt(place));
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

/** Calls at most every half second, with the last value. */
function later(act) {
  let timer;
  return (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(value), 500);
  };
}
