// What a draft of a bid says, and what is still wrong with it, task by task. Pure. The same rules: ledger/sealing/fit.py.
import { nameFlaw, checkNames } from "./names.js";
import { isSayable, isTooExact, keyOf, offer, readAmount, rowsOf, total } from "./prices.js";
import { say } from "./words.js";

/** The answer under which a bidder explains what it cannot declare; the same in every language. */
export const EXCEPTION = "What you cannot declare, and why";

/** A draft with nothing in it but the only lot, if there is only one. */
export const emptyDraft = (tender) => ({
  declarations: [],
  exception: "",
  lots: tender.lots.length === 1 ? [tender.lots[0].id] : [],
  amounts: {},
  answers: {},
  files: [],
  consortium: [],
  subcontractors: [],
});

export const wordsIn = (text) => text.split(/\s+/).filter(Boolean).length;

/** The lots that are bid for; one without a name when the tender is not divided. */
export const chosenLots = ({ tender, draft }) =>
  tender.lots.length ? tender.lots.map((lot) => lot.id).filter((id) => draft.lots.includes(id)) : [""];

/** The rows to price in the chosen lots. */
export const chosenRows = (state) => rowsOf(state.tender).filter((row) => chosenLots(state).includes(row.lot));

const flaw = (field, text) => ({ field, text });

/** What is wrong in each task, as [{field, text}]. state: {tender, draft, files, bidder, limit}. */
export const JUDGES = {
  eligibility({ tender, draft }) {
    const open = tender.declarations.filter(({ id }) => !draft.declarations.includes(id));
    return draft.exception.trim() ? [] : open.map(({ id, text }) => flaw(`declare:${id}`, say("declareMissing", { text })));
  },
  lots: (state) => (chosenLots(state).length ? [] : [flaw("lots", say("chooseLot"))]),
  prices(state) {
    const flaws = chosenRows(state).flatMap((row) => amountFlaws(keyOf(row), state.draft.amounts[keyOf(row)] ?? ""));
    return flaws.length ? flaws : sumFlaws(state);
  },
  answers: ({ tender, draft }) => tender.questions.flatMap((question) => answerFlaws(question, draft.answers[question.title] ?? "")),
  files({ draft, files, limit }) {
    const missing = draft.files.filter((name) => !files.some((file) => file.name === name));
    const size = files.reduce((sum, file) => sum + file.size, 0);
    return [
      ...missing.map((name) => flaw("files", say("chooseAgain", { name }))),
      ...files.filter(({ name }) => nameFlaw(name)).map(({ name }) => flaw("files", say("fileName", { name }))),
      ...(haveOneName(files) ? [flaw("files", say("fileTwice"))] : []),
      ...(limit && size > limit ? [flaw("files", say("filesLarge"))] : []),
    ];
  },
  partners: ({ draft, bidder }) => [
    ...partyFlaws("consortium", draft.consortium, [bidder?.id]),
    ...partyFlaws("subcontractors", draft.subcontractors, []),
  ],
};

function amountFlaws(key, typed) {
  try {
    readAmount(typed);
    return [];
  } catch (error) {
    const known = { ambiguous: "ambiguous", digits: "digits" }[error.message] ?? "number";
    const text = typed.trim() ? say(known, { typed }) : say("pricesMissing");
    return [flaw(`price:${key}`, text)];
  }
}

/** A lot, or all lots together, whose amount has more digits than can be published. */
function sumFlaws(state) {
  const lots = chosenLots(state).map((lot) => lotOffer(lot, state));
  const rowOf = (lot) => chosenRows(state).find((row) => row.lot === lot);
  const wrong = lots.filter(({ amount }) => !isSayable(amount)).map(({ lot_id, amount }) => [rowOf(lot_id), amount]);
  const all = wrong.length ? "0" : total(lots.map(({ amount }) => ({ unit_amount: amount, quantity: "1" })));
  if (isTooExact(all)) wrong.push([chosenRows(state)[0], all]);
  return wrong.map(([row, amount]) => flaw(`price:${keyOf(row)}`, say("digits", { typed: amount })));
}

function answerFlaws({ title, words, is_essential }, text) {
  const count = wordsIn(text);
  if (is_essential && !count) return [flaw(`answer:${title}`, say("answerMissing", { title }))];
  return count > words ? [flaw(`answer:${title}`, say("answerLong", { title, count, words }))] : [];
}

/** Two files, or one and bid.json, that are one file on some system. */
function haveOneName(files) {
  try {
    checkNames(["bid.json", ...files.map((file) => file.name).filter((name) => !nameFlaw(name))]);
    return false;
  } catch {
    return true;
  }
}

function partyFlaws(list, parties, taken) {
  const ids = parties.map(({ id }) => id.trim());
  return parties.flatMap(({ id, name }, place) => [
    ...(name.trim() ? [] : [flaw(`${list}:${place}:name`, say("required", { field: say("name") }))]),
    ...(id.trim() ? [] : [flaw(`${list}:${place}:id`, say("required", { field: say("id") }))]),
    ...([...taken, ...ids.slice(0, place)].includes(id.trim()) && id.trim() ? [flaw(`${list}:${place}:id`, say("partyTwice"))] : []),
  ]);
}

/** What the bid says, for bid.json and to be read back; only of a draft without flaws. */
export function responseOf(state) {
  const { tender, draft } = state;
  const asked = tender.questions.map(({ title }) => [title, (draft.answers[title] ?? "").trim()]);
  const answers = Object.fromEntries([...asked, [EXCEPTION, draft.exception.trim()]].filter(([, text]) => text));
  return {
    lots: chosenLots(state).map((lot) => lotOffer(lot, state)),
    answers,
    declarations: tender.declarations.map(({ id }) => id).filter((id) => draft.declarations.includes(id)),
    consortium: draft.consortium.map(trimmed),
    subcontractors: draft.subcontractors.map(trimmed),
  };
}

function lotOffer(lot, { tender, draft }) {
  const rows = rowsOf(tender).filter((row) => row.lot === lot);
  const items = rows.map((row) => ({ item_id: row.item, unit_amount: readAmount(draft.amounts[keyOf(row)]), quantity: row.quantity }));
  return offer(lot, tender.currency, items);
}

const trimmed = ({ id, name, part }) => ({ id: id.trim(), name: name.trim(), part: (part ?? "").trim() });
