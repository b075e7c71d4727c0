// A committee member's pages: make and prove a key; rehearse; after the deadline, check everything and take the shares out.
import { button, downloadLink, failure, fileField, h, meter, paragraph, say, secretField, showErrors, speak } from "./dom.js";
import { committeeFor, hashOf, memberWith, wordsOf } from "./committee.js";
import { inWorker, TaskFailed } from "./inworker.js";
import { answerTo, hasPasskeys, identityToRecipient, isByPasskey, newKey, SHORTEST, unwrapByPasskey, wrapByPasskey } from "./keys.js";
import { checkSignatures, closingIn, parsePolicy, parseProof } from "./log.js";
import { decode, sha256Hex, utf8 } from "./bytes.js";
import { contest, encodeShares, Flaw, handOver, otherCommittee, rehearse, release, takeOver } from "./shares.js";
import { keepKeyFile, keepLogKey, keepPolicy, keyFileAt, logKeyAt, policyAt } from "./store.js";
import { checkBids } from "./toopen.js";

const root = document.getElementById("sealing");
const config = JSON.parse(document.getElementById("sealing-config").textContent);
const area = h("div");
speak(config.texts);
root.append(area);
const TASKS = { key: makeKey, rehearse: tryIt, release: takeOut, handover: handShares };
TASKS[config.task]().catch(complain);

function complain(error) {
  showErrors(area, [[failure(error), null]]);
}

/** Do it once: no button of the page can be pressed meanwhile; what hinders is said. */
async function once(work) {
  const buttons = [...area.querySelectorAll("button")];
  buttons.forEach((each) => (each.disabled = true));
  await work().catch(complain);
  buttons.forEach((each) => (each.disabled = false));
}

/** A passphrase is slow to try on purpose, for some seconds; `status` says so until the Worker has answered. */
async function slowly(status, task) {
  status.replaceChildren(paragraph(say("keyWorking")));
  return inWorker(config.worker, task).finally(() => status.replaceChildren());
}

// Making a key

async function makeKey() {
  const first = secretField(say("keyPassphrase"), { hint: say("keyHint") });
  const again = secretField(say("keyAgain"));
  const status = h("div", { role: "status" });
  const make = button(say("keyMake"), () => {
    const passphrase = first.control.value;
    const flaw = passphraseFlaw(passphrase, again.control.value);
    again.flaw(flaw);
    if (!flaw) once(() => keyMade((identity) => slowly(status, { identity, passphrase })));
  });
  area.replaceChildren(...(hasPasskeys() ? byPasskey() : []), first, again, make, status);
  root.dataset.ready = "yes";
}

/** The device itself guards the key: nothing to remember, and the file is of no use elsewhere. */
function byPasskey() {
  const make = button(say("keyByPasskey"), () => {
    const name = `${config.ocid} ${new Date().toISOString().slice(0, 10)}`;
    once(() => keyMade((identity) => wrapByPasskey(identity, name)).catch(passkeyFailed));
  });
  return [paragraph(say("keyPasskeyHint")), make, paragraph(say("keyOr"))];
}

function passkeyFailed(error) {
  throw new Error(say("passkeyFailed", { reason: error.message }));
}

function passphraseFlaw(first, again) {
  if (first.trim().length < SHORTEST) return say("keyShort");
  return first === again ? "" : say("keyDiffers");
}

async function keyMade(wrap) {
  const key = await newKey(config.suite);
  const wrapped = await wrap(key.identity);
  await keepKeyFile(config.ocid, wrapped);
  const file = downloadLink(`${config.ocid}.key.age`, new Blob([wrapped]), say("download", { name: say("keyFile") }));
  const prove = button(say("prove"), () => proved(key).catch(complain));
  const made = h("div", { class: "panel", tabindex: "-1" }, paragraph(say("keyMade")));
  area.replaceChildren(made, file, recoverySheet(key), prove);
  made.focus();
}

/** For the printer only: nothing of it is sent or kept. */
function recoverySheet({ identity, recipient }) {
  const text = h("code", { class: "hash", dir: "ltr" }, identity);
  const words = h("p", { class: "govuk-body", dir: "ltr" }, wordsOf(sha256Hex(utf8(recipient))).join(" "));
  const sheet = h("details", { class: "govuk-details" }, h("summary", { class: "govuk-details__summary" }, say("keySheet")), paragraph(say("keySheetHint")), paragraph(config.ocid), text, paragraph(say("keyPublic")), words);
  const print = () => {
    sheet.open = true;
    window.print();
  };
  return h("div", {}, sheet, button(say("keyPrint"), print, "govuk-button--secondary"));
}

/** Get the challenge for this key, decrypt it, and fill in the form below. */
async function proved(key) {
  const url = `${location.pathname}?recipient=${encodeURIComponent(key.recipient)}`;
  const page = new DOMParser().parseFromString(await fetched(url), "text/html");
  const challenge = page.querySelector("[data-challenge]").textContent;
  const form = document.querySelector("form[method=post] [name=proof]").form;
  form.elements.recipient.value = key.recipient;
  form.elements.proof.value = await answerTo(challenge, key.identity);
  area.replaceChildren(paragraph(say("proved")));
  form.scrollIntoView();
  form.querySelector("button.govuk-button").focus();
}

// Using the key

/** Asks for the key file and what opens it, then acts with the key. extra: more fields. */
async function withKey(text, act, extra = []) {
  const stored = await keyFileAt(config.ocid);
  const file = fileField(say("keyFile"), { accept: ".age,.key", hint: stored ? say("keyStored") : "" });
  const passphrase = secretField(say("keyPassphrase"), { hint: say("keyOpenHint") });
  passphrase.control.autocomplete = "current-password";
  const status = h("div", { role: "status" });
  const use = async () => {
    const wrapped = file.control.files[0] ? new Uint8Array(await file.control.files[0].arrayBuffer()) : stored;
    file.flaw(wrapped ? "" : say("required", { field: say("keyFile") }));
    const identity = wrapped && (await unwrapped(wrapped, passphrase, status));
    if (identity) await act(identity, status);
  };
  const go = button(text, () => once(use));
  area.replaceChildren(file, passphrase, ...extra, go, status);
  root.dataset.ready = "yes";
}

/** The identity; undefined when the passphrase does not open it, which is said beside it. Throws for a passkey. */
async function unwrapped(wrapped, passphrase, status) {
  passphrase.flaw("");
  if (isByPasskey(wrapped)) return unwrapByPasskey(wrapped).catch(passkeyFailed);
  return slowly(status, { wrapped, passphrase: passphrase.control.value }).catch((error) => {
    if (!(error instanceof TaskFailed)) throw error;
    passphrase.flaw(say("keyWrong"));
    passphrase.control.focus();
  });
}

// Rehearsing

function tryIt() {
  return withKey(say("rehearse"), async (identity) => {
    const { member, share } = await rehearse(utf8(await fetched(config.urls.rehearsal)), identity);
    const { form } = Object.assign(document.querySelector("form [name=share]"), { value: share });
    area.replaceChildren(paragraph(say("recordOwn", { member })), paragraph(say("rehearsed")));
    form.scrollIntoView();
    form.querySelector("button.govuk-button").focus();
  });
}

// Releasing shares

async function takeOut() {
  const policy = fileField(say("policyFile"), { hint: say("policyHint"), accept: ".txt,.policy,text/plain" });
  const own = async () => (policy.control.files[0] ? policy.control.files[0].text() : "");
  await withKey(say("release"), async (identity, status) => releaseAll(identity, status, await own()), [policy]);
}

async function releaseAll(identity, status, ownPolicy) {
  const { headers, member } = await allChecked(identity, status, ownPolicy);
  const bar = meter(say("release"));
  status.append(bar);
  const shares = [];
  for (const [place, header] of headers.entries()) {
    shares.push(await given(header, place, member, status));
    bar.set(shares.length / headers.length);
  }
  put("shares", encodeShares(shares), "shares.json").requestSubmit();
}

/** One's share of a bid. An envelope without a good one is contested, so that no bidder can keep the others shut. */
async function given(header, place, { take, contested }, status) {
  return take(header).catch(async (error) => {
    if (!contested || !(error instanceof Flaw)) throw bidError(place, error.message);
    status.append(paragraph(say("bidContested", { number: place + 1, reason: error.message })));
    return contested(header);
  });
}

/** The same checks as before a release; then the file is in the form, to be sent. */
async function handShares() {
  if (!document.getElementById("deputy")) return;
  const policy = fileField(say("policyFile"), { hint: say("policyHint"), accept: ".txt,.policy,text/plain" });
  await withKey(say("handOver"), async (identity, status) => {
    const own = policy.control.files[0] ? await policy.control.files[0].text() : "";
    const { headers, member } = await allChecked(identity, status, own);
    const recipient = document.getElementById("deputy").value;
    const raw = await handOver(headers, { member: member.id, identity, recipient });
    const form = put("handover", raw, "handover.json");
    area.replaceChildren(paragraph(say("handedOver", { member: member.id })));
    form.scrollIntoView();
    form.querySelector("button.govuk-button").focus();
  }, [policy]);
}

/** Everything that a member checks: {headers, member: {id, take}}; throws, or says in `status` what was checked. */
async function allChecked(identity, status, ownPolicy) {
  const tender = JSON.parse(await fetched(config.urls.tender));
  const tell = (text) => status.append(paragraph(text));
  status.replaceChildren();
  const listed = decode(utf8(await fetched(config.urls.bids)));
  const committee = committeeFor(tender, listed.stage);
  const member = await memberIn(committee, identity);
  tell(say(member.isDeputy ? "deputyOf" : "recordOwn", { member: member.id }));
  status.append(h("p", { class: "govuk-body", dir: "ltr" }, wordsOf(hashOf(committee)).join(" ")));
  const { proof, policy, said } = await closingChecked(tender, listed.closing, ownPolicy);
  said.forEach(tell);
  const headers = headersChecked(tender, listed, { proof, policy, committee });
  tell(say("listGood", { bids: headers.length, ended: listed.ended.length }));
  return { headers, member };
}

/** Who acts with this key: a member of the committee, or the deputy to whom one handed over. Throws for others. */
async function memberIn(committee, identity) {
  const recipient = await identityToRecipient(identity);
  const own = memberWith(committee, recipient);
  if (own) return { id: own.id, take: (header) => release(header, own.id, identity), contested: (header) => contest(header, own.id, identity) };
  const answer = await fetch(config.urls.handover, { credentials: "same-origin" });
  const handed = answer.ok ? await answer.json() : {};
  if (handed.recipient !== recipient) throw new Error(say("recordNot"));
  return { id: handed.member, isDeputy: true, take: (header) => takeOver(handed, header, identity) };
}

/** The deadline by this device's clock, and the end of the period in the ledger; throws, or says what was checked. */
async function closingChecked(tender, closing, ownPolicy) {
  if (Date.now() < Date.parse(tender.closes)) throw new Error(say("closeTooEarly"));
  try {
    const proof = parseProof(closing);
    const end = closingIn(proof, tender.tender);
    if (end !== Date.parse(tender.closes)) throw new Error("another end than the tender’s");
    const { policy, isOwn } = await policyFor(proof.checkpoint.origin, ownPolicy);
    const witnesses = checkSignatures(proof, policy);
    if (ownPolicy) await keepPolicy(proof.checkpoint.origin, ownPolicy);
    const seen = witnesses.length ? say("closeSeen", { names: witnesses.join(", ") }) : say("closeUnseen");
    return { proof, policy, said: [say("closeGood"), seen, say(isOwn ? "policyOwn" : "policySite")] };
  } catch (error) {
    throw new Error(say("closeBad", { reason: error.message }));
  }
}

/** The member's own policy, chosen now or before; else the site's, with the log's key that this browser saw first. */
async function policyFor(origin, chosen) {
  const own = chosen || (await policyAt(origin));
  if (own) return { policy: parsePolicy(own), isOwn: true };
  const policy = parsePolicy(await fetched(config.urls.policy));
  await sameLog(origin, policy);
  return { policy, isOwn: false };
}

/** The log's keys must be those that this browser saw first. */
async function sameLog(origin, policy) {
  const keys = policy.logs.map((log) => log.vkey).sort().join("\n");
  const known = await logKeyAt(origin);
  if (known && known !== keys) throw new Error("the log shows another key than before");
  if (!known) await keepLogKey(origin, keys);
}

function headersChecked(tender, listed, { committee, ...seen }) {
  const headers = checkedList(tender, listed, seen);
  headers.forEach((header, place) => {
    const flaw = otherCommittee(header, committee);
    if (flaw) throw bidError(place, flaw);
  });
  return headers;
}

function checkedList(tender, listed, seen) {
  try {
    return checkBids(listed, { tender: tender.tender, closes: Date.parse(tender.closes), ...seen });
  } catch (error) {
    throw new Error(say("listBad", { reason: error.message }));
  }
}

const bidError = (place, reason) => new Error(say("bidBad", { number: place + 1, reason }));

/** Put a file into the field of the page's own form; returns the form. */
function put(field, raw, name) {
  const input = document.querySelector(`form [name=${field}]`);
  const files = new DataTransfer();
  files.items.add(new File([raw], name, { type: "application/json" }));
  input.files = files.files;
  return input.form;
}

async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.text();
}
