// What of an earlier bid of one's own can be used again. Pure.
import { EXCEPTION } from "./judge.js";
import { keyOf, rowsOf } from "./prices.js";

/** The bid in bid.json as the form's own copies hold it; throws when it is none. */
export function copyIn(text) {
  const { v, lots, answers, tenderers, subcontractors } = JSON.parse(text);
  if (v !== "tenderwell/bid/v1" || !Array.isArray(lots)) throw new Error("not a bid");
  return { tender: "", response: { lots, answers, consortium: tenderers.slice(1), subcontractors } };
}

/**
 * The draft with what fits of the copy. Declarations are made anew for each tender. Prices come only from a bid for
 * the same tender: "item-1" of another tender is another thing.
 */
export function withCopy(state, { tender, response }) {
  const { draft } = state;
  const isSame = tender === state.tender.tender;
  return {
    ...draft,
    ...(isSame ? { lots: lotsIn(response, state), amounts: { ...draft.amounts, ...amountsIn(response, state) } } : {}),
    ...(isSame ? { exception: response.answers[EXCEPTION] ?? draft.exception } : {}),
    answers: { ...draft.answers, ...answersIn(response, state) },
    consortium: response.consortium,
    subcontractors: response.subcontractors,
  };
}

const lotsIn = ({ lots }, { tender }) => tender.lots.map(({ id }) => id).filter((id) => lots.some((lot) => lot.lot_id === id));

const answersIn = ({ answers }, { tender }) =>
  Object.fromEntries(tender.questions.map(({ title }) => [title, answers[title]]).filter(([, text]) => text));

function amountsIn({ lots }, { tender }) {
  const amounts = lots.flatMap((lot) =>
    lot.items.length ? lot.items.map((item) => [keyOf({ lot: lot.lot_id, item: item.item_id }), item.unit_amount]) : [[keyOf({ lot: lot.lot_id, item: "" }), lot.amount]],
  );
  const known = new Set(rowsOf(tender).map(keyOf));
  return Object.fromEntries(amounts.filter(([key]) => known.has(key)));
}
