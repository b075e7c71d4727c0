// A bid in one sealed package or in two: what goes into which, and where each waits in this browser. Pure.

/** The stages of a tender's envelopes, in the order of their opening. */
export const envelopesOf = (tender) => tender.envelopes ?? [tender.stage];

/** Where an envelope waits; a bid in one package keeps the place of the bid. */
export const placeFor = (place, stage) => (stage === "bid" ? place : `${place}\n${stage}`);

/** What of a bid goes into this envelope: no price into the technical one, nothing but prices into the price. */
export function partFor(stage, { response, files }) {
  if (stage === "technical") return { response: { ...response, lots: [] }, files };
  if (stage === "price") return { response: { ...response, answers: {}, declarations: [], subcontractors: [] }, files: [] };
  return { response, files };
}
