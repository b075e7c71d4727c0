// The bid as a form: lots, prices, answers, declarations, partners, files; then everything read back.
import { area, button, fileField, group, h, paragraph, SECONDARY, say, showErrors, textField, tick } from "./dom.js";
import { wordsOf, hashOf } from "./committee.js";
import { inFull, inWords } from "./inwords.js";
import { checkNames } from "./names.js";
import { bidJson, keyOf, offer, priceList, readAmount, readPriceList, rowsOf } from "./prices.js";

/** The form of a tender. draft: what was typed before. changed(draft): called as the bidder types. */
export function bidForm(tender, { draft = {}, changed = () => {} }) {
  const rows = rowsOf(tender);
  const lots = (tender.lots ?? []).map((lot) => ({ lot, box: tick(lot) }));
  const prices = rows.map((row) => ({ row, input: priceField(row) }));
  const answers = (tender.questions ?? []).map((question) => ({ question, input: area(question) }));
  const declarations = (tender.declarations ?? []).map((id) => ({ id, box: tick(id) }));
  const partners = { consortium: partyList("consortium"), subcontractors: partyList("subcontractors") };
  const files = fileField(say("files"), { hint: say("filesHint"), multiple: true });
  const parts = { tender, rows, lots, prices, answers, declarations, partners, files };
  fill(parts, draft);
  const element = h(
    "div",
    { input: () => changed(draftOf(parts)) },
    paragraph(say("draft")),
    lots.length > 0 && group(say("lots"), h("div", { class: "govuk-checkboxes" }, lots.map(({ box }) => box))),
    group(say("prices", { currency: tender.currency }), priceFile(parts, changed), prices.map(({ input }) => input)),
    answers.length > 0 && group(say("answers"), answers.map(({ input }) => input)),
    declarations.length > 0 && group(say("declarations"), h("div", { class: "govuk-checkboxes" }, declarations.map(({ box }) => box))),
    partners.consortium,
    partners.subcontractors,
    files,
  );
  return Object.assign(element, { read: () => readForm(parts) });
}

function priceField(row) {
  const label = row.description || row.lot || say("noItems");
  const hint = row.item ? `${row.lot ? `${row.lot} · ` : ""}${say("perUnit", row)}` : say("noItems");
  return textField(label, { hint, dir: "ltr", inputmode: "decimal", width: "govuk-input--width-10" });
}

/** The price list as a file, both ways. */
function priceFile({ rows, prices, lots }, changed) {
  const list = new Blob([priceList(rows)], { type: "text/csv" });
  const link = h("a", { class: "govuk-link", download: "prices.csv", href: URL.createObjectURL(list) }, say("downloadList"));
  const input = fileField(say("csv"), { hint: say("csvHint"), accept: ".csv" });
  input.control.addEventListener("change", async () => {
    try {
      const amounts = readPriceList(await input.control.files[0].text(), rows);
      for (const { row, input: price } of prices) price.control.value = amounts[keyOf(row)] ?? "";
      for (const { lot, box } of lots) box.control.checked = rows.some((row) => row.lot === lot && amounts[keyOf(row)]);
      input.flaw("");
      input.dispatchEvent(new Event("input", { bubbles: true }));
    } catch (error) {
      input.flaw(error.message);
    }
  });
  return h("div", {}, paragraph(link), input);
}

function partyList(title) {
  const list = h("div");
  const add = (party = {}) => {
    const inputs = [textField(say("name")), textField(say("id")), textField(say("part"))];
    ["name", "id", "part"].forEach((key, place) => (inputs[place].control.value = party[key] ?? ""));
    const one = h("div", { class: "panel panel--plain" }, inputs, button(say("remove"), () => one.remove(), SECONDARY));
    list.append(Object.assign(one, { inputs }));
  };
  const values = () =>
    [...list.children].map(({ inputs: [name, id, part] }) => ({ id: id.control.value.trim(), name: name.control.value.trim(), part: part.control.value.trim() }));
  return Object.assign(group(say(title), list, button(say("add"), () => add(), SECONDARY)), { add, values, list });
}

function draftOf({ prices, lots, answers, declarations, partners }) {
  return {
    amounts: Object.fromEntries(prices.map(({ row, input }) => [keyOf(row), input.control.value])),
    lots: lots.filter(({ box }) => box.control.checked).map(({ lot }) => lot),
    answers: Object.fromEntries(answers.map(({ question, input }) => [question, input.control.value])),
    declarations: declarations.filter(({ box }) => box.control.checked).map(({ id }) => id),
    consortium: partners.consortium.values(),
    subcontractors: partners.subcontractors.values(),
  };
}

function fill({ prices, lots, answers, declarations, partners }, draft) {
  for (const { row, input } of prices) input.control.value = draft.amounts?.[keyOf(row)] ?? "";
  for (const { lot, box } of lots) box.control.checked = draft.lots ? draft.lots.includes(lot) : lots.length === 1;
  for (const { question, input } of answers) input.control.value = draft.answers?.[question] ?? "";
  for (const { id, box } of declarations) box.control.checked = draft.declarations?.includes(id) ?? false;
  draft.consortium?.forEach(partners.consortium.add);
  draft.subcontractors?.forEach(partners.subcontractors.add);
}

/** What was typed, checked: {lots, answers, …, files} and errors [[text, control]]. */
function readForm(parts) {
  const errors = [];
  const chosen = parts.lots.length ? parts.lots.filter(({ box }) => box.control.checked).map(({ lot }) => lot) : [""];
  if (!chosen.length) errors.push([say("chooseLot"), parts.lots[0].box.control]);
  const offers = chosen.map((lot) => lotOffer(lot, parts, errors)).filter(Boolean);
  const given = parts.answers.map(({ question, input }) => [question, input.control.value.trim()]);
  const files = [...parts.files.control.files];
  try {
    checkNames(["bid.json", ...files.map((file) => file.name)]);
    parts.files.flaw("");
  } catch (error) {
    errors.push([error.message, parts.files.control]);
    parts.files.flaw(error.message);
  }
  const { consortium, subcontractors } = parts.partners;
  for (const list of [consortium, subcontractors]) checkParties(list, errors);
  return {
    errors,
    lots: offers,
    answers: Object.fromEntries(given.filter(([, text]) => text)),
    declarations: draftOf(parts).declarations,
    consortium: consortium.values(),
    subcontractors: subcontractors.values(),
    files,
  };
}

function lotOffer(lot, { tender, prices }, errors) {
  const before = errors.length;
  const items = prices.filter(({ row }) => row.lot === lot).map(({ row, input }) => {
    const unit_amount = amountIn(input, errors);
    return { item_id: row.item, unit_amount, quantity: row.quantity };
  });
  return errors.length === before && items.length ? offer(lot, tender.currency, items) : null;
}

function amountIn(input, errors) {
  const typed = input.control.value.trim();
  try {
    const amount = readAmount(typed);
    input.flaw("");
    return amount;
  } catch (error) {
    const text = typed ? say(error.message === "ambiguous" ? "ambiguous" : "number", { typed }) : say("pricesMissing");
    errors.push([text, input.control]);
    input.flaw(text);
    return "";
  }
}

function checkParties({ list }, errors) {
  for (const { inputs } of list.children) {
    for (const input of inputs.slice(0, 2)) {
      const missing = input.control.value.trim() ? "" : say("required", { field: input.querySelector("label").textContent });
      input.flaw(missing);
      if (missing) errors.push([missing, input.control]);
    }
  }
}

/** The files of a package: bid.json first. */
export function filesOf(read, bidder) {
  const leader = { id: bidder.id, name: bidder.name, part: "" };
  const { lots, answers, declarations, consortium, subcontractors } = read;
  const raw = bidJson({ lots, answers, declarations, tenderers: [leader, ...consortium], subcontractors });
  return [{ name: "bid.json", blob: new Blob([raw]) }, ...read.files.map((file) => ({ name: file.name, blob: file }))];
}

/** Everything read back: amounts in full and in words, and the committee's eight words. */
export function readBack(tender, read, { language }) {
  const cards = read.lots.map((lot) => lotCard(tender, lot, language));
  const { committee } = tender;
  return h(
    "div",
    {},
    paragraph(say("checkHint")),
    cards,
    facts([...Object.entries(read.answers), ...read.files.map((file) => [file.name, `${file.size} B`])]),
    h("div", { class: "panel" }, paragraph(say("committee", committee)), paragraph(say("words")), h("p", { class: "govuk-body", dir: "ltr", "data-words": true }, h("strong", {}, wordsOf(hashOf(committee)).join(" ")))),
  );
}

function lotCard(tender, lot, language) {
  const items = new Map((tender.items ?? []).map((item) => [`${item.lot_id}\n${item.id}`, item]));
  const rows = lot.items.map((item) => {
    const asked = items.get(`${lot.lot_id}\n${item.item_id}`);
    return [asked?.description ?? item.item_id, `${inFull(item.unit_amount, lot.currency, language)} × ${item.quantity}`];
  });
  const all = inFull(lot.amount, lot.currency, language);
  const said = language.startsWith("en") ? [[say("spoken"), inWords(lot.amount, lot.currency)]] : [];
  const title = lot.lot_id ? h("h2", { class: "govuk-heading-m" }, lot.lot_id) : null;
  return h("div", { "data-offer": lot.amount }, title, facts([...rows, [say("total"), all], ...said]));
}

const facts = (rows) =>
  h("dl", { class: "govuk-summary-list" }, rows.map(([name, value]) =>
    h("div", { class: "govuk-summary-list__row" }, h("dt", { class: "govuk-summary-list__key" }, name), h("dd", { class: "govuk-summary-list__value" }, value))));

/** Throws away the summary of errors, or shows it. */
export const judged = (place, { errors }) => {
  showErrors(place, errors);
  return errors.length === 0;
};

