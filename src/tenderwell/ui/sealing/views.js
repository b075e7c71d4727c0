// A page for each task of the bid. What is typed goes into the draft at once.
import { area, button, fileField, folded, group, h, paragraph, SECONDARY, say, textField, tick } from "./dom.js";
import { fileSize, grouped } from "./inwords.js";
import { chosenLots, chosenRows, wordsIn } from "./judge.js";
import { csvCells, keyOf, priceCells, priceList, readAmount, readPriceCells, total } from "./prices.js";
import { readSheet, writeSheet } from "./sheet.js";

/**
 * The view of a task: {element, fields}. state: {tender, draft, files}; changed(): called after each change.
 * fields: by the name of a flaw's field, {control, flaw(text)}.
 */
export const VIEWS = { eligibility, lots, prices, answers, files, partners };

const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function eligibility({ tender, draft }, changed) {
  const list = choices(tender.declarations.map(({ id, text }) => [id, text]), draft.declarations, { changed, wrong: say("declareAll") });
  const why = area(say("exception"), { hint: say("exceptionHint"), value: draft.exception, changed: (text) => changed((draft.exception = text)) });
  const element = h("div", {}, paragraph(say("eligibilityIntro")), list.element, folded(say("exceptionAsk"), { open: draft.exception !== "" }, why));
  return { element, fields: new Map(tender.declarations.map(({ id }) => [`declare:${id}`, list.field(id)])) };
}

function lots({ tender, draft }, changed) {
  const list = choices(tender.lots.map(({ id, title }) => [id, title]), draft.lots, { changed, wrong: say("chooseLot") });
  return { element: h("div", {}, paragraph(say("lotsIntro")), list.element), fields: new Map([["lots", list.field(tender.lots[0].id)]]) };
}

/** Boxes to tick; `chosen` is changed in place. wrong: what is said above them when one is missing. */
function choices(options, chosen, { changed, wrong }) {
  const error = h("p", { class: "govuk-error-message", hidden: true });
  const boxes = new Map(options.map(([id, label]) => [id, tick(label)]));
  for (const [id, box] of boxes) {
    box.control.checked = chosen.includes(id);
    box.control.addEventListener("change", () => {
      chosen.splice(0, chosen.length, ...[...boxes].filter(([, each]) => each.control.checked).map(([name]) => name));
      changed();
    });
  }
  const element = h("div", { class: "govuk-form-group" }, error, h("div", { class: "govuk-checkboxes" }, ...boxes.values()));
  const flaw = (control, text) => {
    control.setAttribute("aria-invalid", String(Boolean(text)));
    if (text && !error.hidden) return;
    element.classList.toggle("govuk-form-group--error", Boolean(text));
    error.textContent = text && wrong;
    error.hidden = !text;
  };
  return { element, field: (id) => ({ control: boxes.get(id).control, flaw: (text) => flaw(boxes.get(id).control, text) }) };
}

function prices(state, changed) {
  const rows = chosenRows(state);
  const sum = h("output", { class: "panel__big", dir: "ltr" });
  const fields = new Map(rows.map((row) => [`price:${keyOf(row)}`, priceField(row, state, () => changed(tell()))]));
  const tell = () => void (sum.textContent = sumOf(rows, state));
  const fill = () => {
    for (const row of rows) fields.get(`price:${keyOf(row)}`).fill(state.draft.amounts[keyOf(row)] ?? "");
    changed(tell());
  };
  const groups = chosenLots(state).map((lot) => lotGroup(lot, state, rows.filter((row) => row.lot === lot).map((row) => fields.get(`price:${keyOf(row)}`))));
  tell();
  const panel = h("div", { class: "panel panel--plain" }, h("p", { class: "panel__title" }, say("sum")), sum);
  const none = rows.length ? null : paragraph(say("lotsFirst"));
  return { element: h("div", {}, paragraph(say("pricesIntro", state.tender)), none, spreadsheet(rows, state, fill), groups, panel), fields };
}

function lotGroup(lot, { tender }, inputs) {
  const title = tender.lots.find(({ id }) => id === lot)?.title;
  return title ? group(title, inputs) : h("div", {}, inputs);
}

function priceField(row, { tender, draft, language }, changed) {
  const hint = row.item ? say("perUnit", row) : say("noItems");
  const input = textField(row.description || row.item || say("noItems"), { hint, dir: "ltr", inputmode: "decimal", width: "govuk-input--width-10" });
  const prefix = h("div", { class: "govuk-input__prefix", "aria-hidden": "true" }, tender.currency);
  const wrapper = h("div", { class: "govuk-input__wrapper", dir: "ltr" });
  const line = h("p", { class: "govuk-hint", dir: "ltr" });
  input.control.replaceWith(wrapper);
  wrapper.append(prefix, input.control);
  input.append(line);
  const tell = () => void (line.textContent = row.quantity === "1" ? "" : lineTotal(row, draft, { currency: tender.currency, language }));
  input.control.addEventListener("input", () => {
    draft.amounts[keyOf(row)] = input.control.value;
    changed(tell());
  });
  const filled = Object.assign(input, { fill: (text) => tell(void (input.control.value = text)) });
  filled.fill(draft.amounts[keyOf(row)] ?? "");
  return filled;
}

function lineTotal(row, { amounts }, { currency, language }) {
  try {
    const sum = total([{ unit_amount: readAmount(amounts[keyOf(row)] ?? ""), quantity: row.quantity }]);
    return `× ${row.quantity} = ${grouped(sum, currency, language)}`;
  } catch {
    return "";
  }
}

/** What is priced so far. */
function sumOf(rows, { tender, draft, language }) {
  const items = rows.flatMap((row) => {
    try {
      return [{ unit_amount: readAmount(draft.amounts[keyOf(row)] ?? ""), quantity: row.quantity }];
    } catch {
      return [];
    }
  });
  return grouped(total(items), tender.currency, language);
}

/** The price list as a file, both ways. */
function spreadsheet(rows, { draft }, fill) {
  const input = fileField(say("csv"), { hint: say("csvHint"), accept: ".csv,.xlsx" });
  input.control.addEventListener("change", async () => {
    const [file] = input.control.files;
    if (!file) return;
    try {
      Object.assign(draft.amounts, readPriceCells(await cellsOf(file), rows));
      input.flaw("");
      fill();
    } catch (error) {
      input.flaw(error.message);
    }
  });
  const links = [["prices.xlsx", () => new Blob([writeSheet(priceCells(rows, draft.amounts))], { type: SHEET })], ["prices.csv", () => new Blob([priceList(rows, draft.amounts)], { type: "text/csv" })]];
  return folded(say("spreadsheet"), {}, h("ul", { class: "govuk-list" }, links.map(fresh)), input);
}

/** A download made anew whenever it is asked for. */
function fresh([name, make]) {
  const link = h("a", { class: "govuk-link", download: name, href: URL.createObjectURL(make()) }, say("download", { name }));
  link.addEventListener("click", () => void (link.href = URL.createObjectURL(make())));
  return h("li", {}, link);
}

async function cellsOf(file) {
  const raw = new Uint8Array(await file.arrayBuffer());
  if (raw[0] !== 0x50 || raw[1] !== 0x4b) return csvCells(new TextDecoder().decode(raw));
  try {
    return await readSheet(raw);
  } catch {
    throw new Error(say("listUnread"));
  }
}

function answers({ tender, draft }, changed) {
  const fields = new Map(tender.questions.map((question) => [`answer:${question.title}`, answerField(question, draft, changed)]));
  return { element: h("div", {}, paragraph(say("answersIntro")), ...fields.values()), fields };
}

function answerField({ title, text, words, is_essential }, draft, changed) {
  const hint = `${text} ${say(is_essential ? "essential" : "desirable")}`.trim();
  const count = h("p", { class: "govuk-hint", "aria-live": "polite" });
  const tell = () => void (count.textContent = countText(words - wordsIn(draft.answers[title] ?? "")));
  const keep = (value) => {
    draft.answers[title] = value;
    changed(tell());
  };
  const input = area(title, { hint, value: draft.answers[title] ?? "", changed: keep });
  input.append(count);
  tell();
  return input;
}

const countText = (left) => (left >= 0 ? say("wordsLeft", { count: left }) : say("wordsOver", { count: -left }));

function files(state, changed) {
  const list = h("ul", { class: "docs" });
  const input = fileField(say("addFiles"), { hint: say("filesHint"), multiple: true });
  const show = () => list.replaceChildren(...state.draft.files.map((name) => fileRow(name, state, removed)));
  const removed = (name) => {
    state.files = state.files.filter((file) => file.name !== name);
    state.draft.files = state.draft.files.filter((each) => each !== name);
    changed(show());
    input.control.focus();
  };
  input.control.addEventListener("change", () => {
    const added = [...input.control.files];
    const names = new Set(added.map((file) => file.name));
    state.files = [...state.files.filter((file) => !names.has(file.name)), ...added];
    state.draft.files = [...new Set([...state.draft.files, ...names])];
    input.control.value = "";
    input.flaw("");
    changed(show());
  });
  show();
  return { element: h("div", {}, paragraph(say("filesIntro")), input, list), fields: new Map([["files", input]]) };
}

function fileRow(name, { files: chosen }, removed) {
  const file = chosen.find((each) => each.name === name);
  const kind = name.includes(".") ? name.split(".").at(-1).slice(0, 4).toUpperCase() : "–";
  const meta = file ? fileSize(file.size) : say("chooseAgain", { name });
  const remove = h("button", { type: "button", class: "copy", click: () => removed(name) }, say("remove"), h("span", { class: "govuk-visually-hidden" }, ` ${name}`));
  const body = h("div", { class: "doc__body" }, h("p", { class: "doc__title" }, h("bdi", {}, name)), h("p", { class: "doc__meta" }, meta), remove);
  return h("li", { class: "doc" }, h("span", { class: "doc__type", "aria-hidden": "true" }, kind), body);
}

function partners({ draft }, changed) {
  const fields = new Map();
  const lists = ["consortium", "subcontractors"].map((name) => partyList(name, draft[name], fields, changed));
  return { element: h("div", {}, paragraph(say("partnersIntro")), lists), fields };
}

function partyList(name, parties, fields, changed) {
  const rows = h("div");
  const show = () => rows.replaceChildren(...parties.map((party, place) => partyRow(`${name}:${place}`, party, { fields, changed, remove: () => remove(place) })));
  const remove = (place) => {
    parties.splice(place, 1);
    changed(show());
    add.focus();
  };
  const add = button(say("add"), () => {
    parties.push({ id: "", name: "", part: "" });
    changed(show());
    rows.lastChild.querySelector("input").focus();
  }, SECONDARY);
  show();
  return group(say(name), h("div", { class: "govuk-hint" }, say(`${name}Hint`)), rows, add);
}

const LENGTHS = { name: 300, id: 200, part: 1000 };

function partyRow(place, party, { fields, changed, remove }) {
  const inputs = Object.entries(LENGTHS).map(([key, maxlength]) => {
    const input = textField(say(key), { maxlength, value: party[key], changed: (text) => changed((party[key] = text)) });
    fields.set(`${place}:${key}`, input);
    return input;
  });
  const off = h("button", { type: "button", class: "govuk-button govuk-button--secondary row__remove", click: remove }, say("remove"), h("span", { class: "govuk-visually-hidden" }, ` ${party.name}`));
  return h("div", { class: "row" }, off, h("div", { class: "row__fields" }, inputs));
}
