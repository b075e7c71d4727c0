// offline.html: the same form and the same package, without any network; the two files are saved to disk.
import { button, downloadLink, failure, fileField, h, meter, paragraph, SECONDARY, say, showErrors, textField } from "./dom.js";
import { sha256Hex } from "./bytes.js";
import { committeeFlaws } from "./committee.js";
import { bidForm, filesOf, judged, readBack } from "./form.js";
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
  const bidder = { id: textField(say("bidderId")), name: textField(say("bidderName")) };
  const earlier = fileField(say("replaces"), { hint: say("replacesHint"), accept: ".json" });
  const form = bidForm(tender, {});
  const page = [h("h2", {}, tender.title), bidder.id, bidder.name, earlier, form];
  const next = button(say("continue"), async () => {
    const read = form.read();
    for (const field of Object.values(bidder)) required(field, read.errors);
    if (!judged(place, read)) return;
    const facts = { id: bidder.id.control.value.trim(), name: bidder.name.control.value.trim() };
    check(tender, read, facts, await seqAfter(earlier.control.files[0]), () => place.replaceChildren(...page, next));
  });
  place.replaceChildren(...page, next);
}

function required(field, errors) {
  const text = field.control.value.trim() ? "" : say("required", { field: field.querySelector("label").textContent });
  field.flaw(text);
  if (text) errors.push([text, field.control]);
}

/** The number of this bid and what it replaces, from the header of the one before. */
async function seqAfter(earlier) {
  if (!earlier) return { seq: 1, replaces: null };
  const raw = new Uint8Array(await earlier.arrayBuffer());
  const { core } = JSON.parse(new TextDecoder().decode(raw));
  return { seq: core.seq + 1, replaces: sha256Hex(raw) };
}

function check(tender, read, bidder, order, back) {
  const title = h("h2", { tabindex: "-1" }, say("check"));
  const go = button(say("sealOnly"), () => make(tender, read, bidder, order));
  place.replaceChildren(title, readBack(tender, read, { language }), go, button(say("back"), back, SECONDARY));
  title.focus();
}

async function make(tender, read, bidder, order) {
  const bar = meter(say("sealing"));
  place.replaceChildren(bar);
  const lots = read.lots.map((lot) => lot.lot_id).filter(Boolean);
  const bid = { tender: tender.tender, bidder: bidder.id, lots, stage: tender.stage, ...order };
  const parts = [];
  // Each part becomes a Blob, which the browser may put on disk; the page itself never holds the whole.
  const write = (part) => void parts.push(new Blob([part]));
  try {
    const task = { committee: tender.committee, files: filesOf(read, bidder), write, progress: (done, total) => bar.set(done / total) };
    const { header, commitment } = await seal(bid, task);
    const links = [downloadLink("header.json", new Blob([header])), " ", downloadLink("payload.age", new Blob(parts))];
    place.replaceChildren(h("div", { class: "panel", "data-commitment": commitment }, paragraph(say("offlineDone")), links, h("code", { class: "hash" }, commitment)));
  } catch (error) {
    place.replaceChildren();
    showErrors(place, [[failure(error), null]]);
  }
}
