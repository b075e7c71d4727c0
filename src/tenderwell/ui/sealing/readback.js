// A whole bid read back: amounts in full and in words, declarations, answers, partners, files; and who opens it.
import { committeesOf, hashOf, wordsOf } from "./committee.js";
import { h, paragraph, say } from "./dom.js";
import { fileSize, inFull, spoken } from "./inwords.js";
import { EXCEPTION } from "./judge.js";
import { total } from "./prices.js";

/**
 * What a bid says. change: shows a link to each task. response: as judge.responseOf gives it; files: [{name, size}].
 * tender may be null for a bid that is read back later; ids then stand for titles.
 */
export function readBack({ tender, response, files, language }, { change = false } = {}) {
  const { answers, consortium, subcontractors, lots } = response;
  const declared = new Map((tender?.declarations ?? []).map(({ id, text }) => [id, text]));
  const parties = (list) => list.map(({ id, name, part }) => [name, [id, part].filter(Boolean).join(", ")]);
  const asked = Object.entries(answers).map(([title, text]) => [title === EXCEPTION ? say("exception") : title, text]);
  return h(
    "div",
    {},
    ...lots.map((lot) => lotCard(tender, lot, { language, change })),
    lots.length > 1 && together(lots, language),
    card("eligibility", bullets(response.declarations.map((id) => declared.get(id) ?? id)), change),
    card("answers", facts(asked), change && tender.questions.length > 0),
    card("partners", facts([...parties(consortium), ...parties(subcontractors).map(([name, about]) => [`${say("subcontractor")}: ${name}`, about])]), change),
    card("files", facts(files.map(({ name, size }) => [name, fileSize(size)])), change),
  );
}

function lotCard(tender, lot, { language, change }) {
  const items = new Map((tender?.items ?? []).map((item) => [`${item.lot_id}\n${item.id}`, item]));
  const title = tender?.lots.find(({ id }) => id === lot.lot_id)?.title ?? lot.lot_id;
  const rows = lot.items.map((item) => {
    const asked = items.get(`${lot.lot_id}\n${item.item_id}`);
    return [asked?.description || item.item_id, `${inFull(item.unit_amount, lot.currency, language)} × ${item.quantity}`];
  });
  const shown = card("prices", facts([...rows, ...amountRows(say("total"), lot, language)]), change, [say("part_prices"), title].filter(Boolean).join(": "));
  shown.dataset.offer = lot.amount;
  return shown;
}

/** An amount in full, and in words or by the number of its digits. */
function amountRows(title, { amount, currency }, language) {
  const all = h("strong", {}, inFull(amount, currency, language));
  return [[title, all], spoken(amount, currency, language)];
}

/** All lots as one amount. */
function together(lots, language) {
  const amount = total(lots.map((lot) => ({ unit_amount: lot.amount, quantity: "1" })));
  return card("prices", facts(amountRows(say("sum"), { amount, currency: lots[0].currency }, language)), false, say("allLots"));
}

/** What a task says, under its title, with a link to where it is changed. */
function card(task, content, change, title = say(`part_${task}`)) {
  if (!content && !change) return h("div");
  const link = change && h("a", { class: "govuk-link", href: `#${task}` }, say("change"), h("span", { class: "govuk-visually-hidden" }, ` ${title}`));
  const head = h("div", { class: "govuk-summary-card__title-wrapper" }, h("h3", { class: "govuk-summary-card__title" }, title), link && h("div", { class: "govuk-summary-card__actions" }, link));
  const body = content ?? paragraph(say("nothing"));
  return h("div", { class: "govuk-summary-card" }, head, h("div", { class: "govuk-summary-card__content" }, body));
}

const bullets = (texts) => (texts.length ? h("ul", { class: "govuk-list govuk-list--bullet" }, texts.map((text) => h("li", {}, text))) : null);

const facts = (rows) =>
  rows.length === 0 ? null : h("dl", { class: "govuk-summary-list" }, rows.map(([name, value]) =>
    h("div", { class: "govuk-summary-list__row" }, h("dt", { class: "govuk-summary-list__key" }, name), h("dd", { class: "govuk-summary-list__value" }, value))));

/** Who opens the bid, and the words by which that is compared with the notice. */
export function committeePanel(tender) {
  const named = committeesOf(tender).flatMap((committee, place) => [paragraph(say(place ? "priceCommittee" : "committee", committee)), wordsLine(committee)]);
  return h("div", { class: "panel" }, ...named, paragraph(say("words")), (tender.envelopes ?? []).length > 1 && paragraph(say("twoEnvelopes")));
}

const wordsLine = (committee) => h("p", { class: "govuk-body", dir: "ltr", "data-words": true }, h("strong", {}, wordsOf(hashOf(committee)).join(" ")));
