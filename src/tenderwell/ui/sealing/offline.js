// offline.html: the same form and the same package, without any network; the two files are saved to disk.
import { button, downloadLink, failure, fileField, group, h, meter, paragraph, SECONDARY, say, showErrors, textField } from "./dom.js";
import { sha256Hex } from "./bytes.js";
import { committeeFlaws } from "./committee.js";
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
    if (tender.v !== "tenderwell/tender-file/v1" || committeeFlaws(tender.committee).length) throw new Error(say("unread"));
    if (tender.committee.tender !== tender.tender) throw new Error(say("unread"));
    file.flaw("");
    edit(tender);
  } catch {
    file.flaw(say("unread"));
  }
}

function edit(tender) {
  const bidder = { id: "", name: "" };
  const owner = ownFields(bidder);
  const sealed = async (bid) => make(tender, bid, { bidder, order: await seqAfter(owner.earlier) });
  const before = { element: owner.element, flaws: owner.flaws };
  bidFlow(place, { tender, bidder, language, keep: () => {}, note: say("draftNot"), act: say("sealOnly"), before, seal: sealed });
}

/** Who bids, and what is replaced: what the site knows by itself. */
function ownFields(bidder) {
  const fields = {
    id: textField(say("bidderId"), { maxlength: 200, changed: (text) => (bidder.id = text.trim()) }),
    name: textField(say("bidderName"), { maxlength: 300, changed: (text) => (bidder.name = text.trim()) }),
  };
  const earlier = fileField(say("replaces"), { hint: say("replacesHint"), accept: ".json" });
  const flaws = () => Object.entries(fields).flatMap(([key, field]) => required(field, bidder[key]));
  return {
    element: group(say("bidder"), ...Object.values(fields), earlier),
    flaws,
    get earlier() {
      return earlier.control.files[0];
    },
  };
}

function required(field, value) {
  const text = value ? "" : say("required", { field: field.querySelector("label").textContent });
  field.flaw(text);
  return text ? [[text, field.control]] : [];
}

/** The number of this bid and what it replaces, from the header of the one before. */
async function seqAfter(earlier) {
  if (!earlier) return { seq: 1, replaces: null };
  const raw = new Uint8Array(await earlier.arrayBuffer());
  const { core } = JSON.parse(new TextDecoder().decode(raw));
  return { seq: core.seq + 1, replaces: sha256Hex(raw) };
}

async function make(tender, { response, files }, { bidder, order }) {
  const bar = meter(say("sealing"));
  place.replaceChildren(bar);
  const lots = response.lots.map((lot) => lot.lot_id).filter(Boolean);
  const bid = { tender: tender.tender, bidder: bidder.id, lots, stage: tender.stage, ...order };
  const named = filesOf(response, { bidder, files });
  const parts = [];
  // Each part becomes a Blob, which the browser may put on disk; the page itself never holds the whole.
  const write = (part) => void parts.push(new Blob([part]));
  try {
    const task = { committee: tender.committee, files: named, write, progress: (done, total) => bar.set(done / total) };
    const { header, commitment } = await seal(bid, task);
    place.replaceChildren(saved({ header, commitment, payload: new Blob(parts), copy: named[0].blob }));
  } catch (error) {
    place.replaceChildren(button(say("back"), () => edit(tender), SECONDARY));
    showErrors(place, [[failure(error), null]]);
  }
}

function saved({ header, commitment, payload, copy }) {
  const links = [downloadLink("header.json", new Blob([header])), " ", downloadLink("payload.age", payload)];
  const own = [paragraph(say("copySave")), downloadLink("bid.json", copy)];
  return h("div", { class: "panel", "data-commitment": commitment }, paragraph(say("offlineDone")), links, own, h("p", {}, h("code", { class: "hash" }, commitment)));
}
