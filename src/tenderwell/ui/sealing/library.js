// Everything that needs no page: what the tests run under Node, and what the pages' bundles are made of.
export * from "./bytes.js";
export * from "./committee.js";
export * from "./envelopes.js";
export * from "./earlier.js";
export * from "./inwords.js";
export * from "./judge.js";
export * from "./keys.js";
export * from "./names.js";
export * from "./padding.js";
export * from "./prices.js";
export * from "./seal.js";
export { isComplete, nextOf, tasksOf } from "./tasks.js";
export { complaint, contest, encodeShares, handOver, openPayload, otherCommittee, parseHeader, recoverIdentity, rehearse, release, standing, takeOver } from "./shares.js";
export { interpolate } from "./shamir.js";
export { checkInclusion, checkSignatures, closingIn, parsePolicy, parseProof } from "./log.js";
export { checkBids } from "./toopen.js";
