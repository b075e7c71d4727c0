// offline.html: the same form and the same package, without any network; the two files are saved to disk.
import { button, downloadLink, failure, fileField, group, h, meter, paragraph, SECONDARY, say, showErrors, textField } from "./dom.js";
import { sha256Hex } from "./bytes.js";
import { committeeFlaws, committeeFor, committeesOf } from "./committee.js";
import { envelopesOf, partFor } from "./envelopes.js";
import { bidFlow } from "./flow.js";
import { filesOf } from "./prices.js";
import { seal } from "./seal.js";

const root = document.getElementById("sealing");
const language = "en";
const file = fileField(say("tenderFile"), { hint: say("tenderFileHint"), accept: ".json" });
const place = h("div");
root.append(file, place);
file.control.addEventListener("change", open);

async function open() {
  try {
    const tender = JSON.parse(await file.control.files[0].text());
    const isRight = (committee) => !committeeFlaws(committee).length && committee.tender === tender.tender;
    if (tender.v !== "tenderwell/tender-file/v1" || !committeesOf(tender).every(isRight)) throw new Error(say("unread"));
    file.flaw("");
    edit(tender);
  } catch {
    file.flaw(say("unread"));
  }
}

function edit(tender) {
  const bidder = { id: "", name: "" };
  const owner = ownFields(bidder);
  const sealed = async (bid) => make(tender, bid, { bidder, earlier: await headersIn(owner.earlier) });
  const before = { element: owner.element, flaws: owner.flaws };
  bidFlow(place, { tender, bidder, language, keep: () => {}, note: say("draftNot"), act: say("sealOnly"), before, seal: sealed });
}

/** Who bids, and what is replaced: what the site knows by itself. */
function ownFields(bidder) {
  const fields = {
    id: textField(say("bidderId"), { maxlength: 200, changed: (text) => (bidder.id = text.trim()) }),
    name: textField(say("bidderName"), { maxlength: 300, changed: (text) => (bidder.name = text.trim()) }),
  };
  const earlier = fileField(say("replaces"), { hint: say("replacesHint"), accept: ".json", multiple: true });
  const flaws = () => Object.entries(fields).flatMap(([key, field]) => required(field, bidder[key]));
  return {
    element: group(say("bidder"), ...Object.values(fields), earlier),
    flaws,
    get earlier() {
      return [...earlier.control.files];
    },
  };
}

function required(field, value) {
  const text = value ? "" : say("required", { field: field.querySelector("label").textContent });
  field.flaw(text);
  return text ? [[text, field.control]] : [];
}

/** Number and commitment of each earlier envelope, by its stage. */
async function headersIn(files) {
  const found = {};
  for (const file of files) {
    const raw = new Uint8Array(await file.arrayBuffer());
    const { core } = JSON.parse(new TextDecoder().decode(raw));
    found[core.stage] = { seq: core.seq, commitment: sha256Hex(raw) };
  }
  return found;
}

async function make(tender, bid, { bidder, earlier }) {
  const bar = meter(say("sealing"));
  place.replaceChildren(bar);
  try {
    const made = [];
    for (const stage of envelopesOf(tender)) made.push(await envelope(tender, bid, { stage, bidder, before: earlier[stage], bar }));
    const copy = filesOf(bid.response, { bidder, files: [] })[0].blob;
    place.replaceChildren(paragraph(say("offlineDone")), ...made.map(saved), paragraph(say("copySave")), downloadLink("bid.json", copy));
  } catch (error) {
    place.replaceChildren(button(say("back"), () => edit(tender), SECONDARY));
    showErrors(place, [[failure(error), null]]);
  }
}

/** One sealed package: {stage, header, commitment, payload}. before: the envelope that it replaces. */
async function envelope(tender, bid, { stage, bidder, before, bar }) {
  const { response, files } = partFor(stage, bid);
  const lots = response.lots.map((lot) => lot.lot_id).filter(Boolean);
  const order = before ? { seq: before.seq + 1, replaces: before.commitment } : { seq: 1, replaces: null };
  const parts = [];
  // Each part becomes a Blob, which the browser may put on disk; the page itself never holds the whole.
  const write = (part) => void parts.push(new Blob([part]));
  const task = { committee: committeeFor(tender, stage), files: filesOf(response, { bidder, files }), write, progress: (done, total) => bar.set(done / total) };
  const sealed = await seal({ tender: tender.tender, bidder: bidder.id, lots, stage, ...order }, task);
  return { stage, ...sealed, payload: new Blob(parts) };
}

/** The two files of a package to save; those of an envelope have its stage in their names. */
function saved({ stage, header, commitment, payload }) {
  const prefix = stage === "bid" ? "" : `${stage}-`;
  const links = [downloadLink(`${prefix}header.json`, new Blob([header])), " ", downloadLink(`${prefix}payload.age`, payload)];
  return h("div", { class: "panel", "data-commitment": commitment }, links, h("p", {}, h("code", { class: "hash" }, commitment)));
}
