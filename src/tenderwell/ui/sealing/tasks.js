// The bid as a list of tasks, each with its state. Pure.
import { chosenLots, chosenRows, JUDGES, wordsIn } from "./judge.js";
import { keyOf } from "./prices.js";
import { say } from "./words.js";

const IS_BEGUN = {
  eligibility: ({ draft }) => draft.declarations.length > 0 || draft.exception !== "",
  lots: ({ draft }) => draft.lots.length > 0,
  prices: (state) => chosenRows(state).some((row) => state.draft.amounts[keyOf(row)]),
  answers: ({ draft }) => Object.values(draft.answers).some(wordsIn),
  files: ({ draft }) => draft.files.length > 0,
  partners: ({ draft }) => draft.consortium.length + draft.subcontractors.length > 0,
};
const OPTIONAL = new Set(["files", "partners"]);

/** The names of the tasks that this tender has, in order. */
export function namesOf({ tender }) {
  const has = { eligibility: tender.declarations.length, lots: tender.lots.length, answers: tender.questions.length };
  return Object.keys(JUDGES).filter((name) => has[name] !== 0);
}

/** [{name, title, hint, state}]; state: todo, doing, done, optional. */
export const tasksOf = (state) => namesOf(state).map((name) => ({ name, title: say(`task_${name}`), hint: hintOf(name, state), state: stateOf(name, state) }));

function stateOf(name, state) {
  const isBegun = IS_BEGUN[name](state);
  if (!isBegun && OPTIONAL.has(name)) return "optional";
  if (!isBegun && !isSettled(name, state)) return "todo";
  return JUDGES[name](state).length ? "doing" : "done";
}

/** Nothing has to be done: no question is essential, or no lot has a row. */
const isSettled = (name, state) => name === "answers" && !JUDGES.answers(state).length;

function hintOf(name, state) {
  const { tender, draft } = state;
  const answered = tender.questions.filter(({ title }) => wordsIn(draft.answers[title] ?? "")).length;
  const priced = chosenRows(state).filter((row) => draft.amounts[keyOf(row)]).length;
  const partners = draft.consortium.length + draft.subcontractors.length;
  const hints = {
    eligibility: say("doneOf", { done: draft.declarations.length, total: tender.declarations.length }),
    lots: say("doneOf", { done: tender.lots.length ? chosenLots(state).length : 0, total: tender.lots.length }),
    prices: say("doneOf", { done: priced, total: chosenRows(state).length }),
    answers: say("doneOf", { done: answered, total: tender.questions.length }),
    files: draft.files.length ? draft.files.join(", ") : say("filesHint"),
    partners: partners ? say("partnersCount", { count: partners }) : say("partnersHint"),
  };
  return hints[name];
}

/** Whether the bid can be checked and sealed. */
export const isComplete = (state) => namesOf(state).every((name) => JUDGES[name](state).length === 0);

/** The task after this one; "check" after the last. */
export function nextOf(name, state) {
  const names = namesOf(state);
  return names[names.indexOf(name) + 1] ?? "check";
}
