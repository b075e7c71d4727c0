// The bid as a list of tasks with a page for each, and "check your answers"; the address after # says which is shown.
import { copyIn, withCopy } from "./earlier.js";
import { button, fileField, folded, h, paragraph, say, SECONDARY, showErrors } from "./dom.js";
import { emptyDraft, JUDGES, responseOf } from "./judge.js";
import { committeePanel, readBack } from "./readback.js";
import { isComplete, namesOf, nextOf, tasksOf } from "./tasks.js";
import { VIEWS } from "./views.js";

const LOOKS = { todo: "govuk-tag--blue", doing: "govuk-tag--light-blue", optional: "govuk-tag--grey" };

/**
 * Show the bid in `place` until it is sealed. bidder: {id, name}. draft, keep(draft): what was typed, and who keeps it.
 * copies: earlier bids of this bidder. seal({response, files}): called when all has been checked. act: the last button.
 */
export function bidFlow(place, { tender, bidder, language, limit, draft, keep, note = say("draft"), copies = [], seal, act, before }) {
  const state = { tender, bidder, language, limit, files: [], draft: { ...emptyDraft(tender), ...draft } };
  const flow = { place, state, language, copies, act, before, note, changed: () => keep(state.draft) };
  const turn = () => show(flow);
  flow.seal = (answer) => {
    removeEventListener("hashchange", turn);
    seal(answer);
  };
  addEventListener("hashchange", turn);
  show(flow, { isFirst: true });
}

function show(flow, { isFirst = false } = {}) {
  const { place, state } = flow;
  const name = decodeURIComponent(location.hash.slice(1));
  const page = pageOf(name, flow);
  place.replaceChildren(...page.filter(Boolean));
  place.dataset.page = VIEWS[name] || (name === "check" && isComplete(state)) ? name : "list";
  if (isFirst) return;
  const title = place.querySelector("h2");
  title?.focus({ preventScroll: true });
  (title ?? place).scrollIntoView({ block: "start" });
}

function pageOf(name, flow) {
  if (namesOf(flow.state).includes(name)) return taskPage(name, flow);
  return name === "check" && isComplete(flow.state) ? checkPage(flow) : listPage(flow);
}

const heading = (text) => h("h2", { class: "govuk-heading-m", tabindex: "-1" }, text);

function listPage(flow) {
  const tasks = tasksOf(flow.state);
  const done = tasks.filter(({ state }) => state === "done").length;
  const bar = h("progress", { class: "meter", max: tasks.length, value: done, "aria-label": say("progress", { done, total: tasks.length }) });
  const last = { name: "check", title: say("task_check"), hint: say("checkTaskHint"), state: isComplete(flow.state) ? "todo" : "waiting" };
  return [
    heading(say("tasks")),
    paragraph(say("progress", { done, total: tasks.length })),
    bar,
    copyFrom(flow),
    h("ul", { class: "govuk-task-list", "data-tasks": true }, [...tasks, last].map(taskRow)),
    paragraph(flow.note),
  ];
}

function taskRow({ name, title, hint, state }) {
  const id = `task-${name}`;
  const isOpen = state !== "waiting";
  const label = isOpen ? h("a", { class: "govuk-link govuk-task-list__link", href: `#${name}`, "aria-describedby": id }, title) : h("div", {}, title);
  const text = say(`state_${state}`);
  const status = LOOKS[state] ? h("strong", { class: `govuk-tag ${LOOKS[state]}` }, text) : text;
  const name_ = h("div", { class: "govuk-task-list__name-and-hint" }, label, h("div", { class: "govuk-task-list__hint" }, hint));
  const waits = isOpen ? "" : "govuk-task-list__status--cannot-start-yet";
  return h("li", { class: `govuk-task-list__item ${isOpen ? "govuk-task-list__item--with-link" : ""}` }, name_, h("div", { class: `govuk-task-list__status task--${state} ${waits}`, id }, status));
}

/** Take answers, partners and, for the same tender, prices from an earlier bid. */
function copyFrom(flow) {
  const note = h("p", { class: "govuk-body", role: "status" });
  const take = (copy) => {
    flow.state.draft = withCopy(flow.state, copy);
    flow.changed();
    show(flow);
    flow.place.querySelector("[role=status]").textContent = say("copied");
  };
  const input = fileField(say("copyFile"), { hint: say("copyFileHint"), accept: ".json" });
  input.control.addEventListener("change", async () => {
    try {
      take(copyIn(await input.control.files[0].text()));
    } catch {
      input.flaw(say("copyUnread"));
    }
  });
  const known = flow.copies.map((copy) => h("li", {}, button(say("copyThis", copy), () => take(copy), SECONDARY)));
  return h("div", {}, note, folded(say("copyAsk"), {}, paragraph(say("copyHint")), known.length > 0 && h("ul", { class: "govuk-list" }, known), input));
}

function taskPage(name, flow) {
  const { element, fields } = VIEWS[name](flow.state, flow.changed);
  const area = h("div");
  const save = button(say("continue"), () => {
    const flaws = JUDGES[name](flow.state);
    for (const field of fields.values()) field.flaw("");
    for (const { field, text } of flaws) fields.get(field)?.flaw(text);
    showErrors(area, flaws.map(({ field, text }) => [text, fields.get(field)?.control]));
    if (!flaws.length) location.hash = isComplete(flow.state) && nextOf(name, flow.state) === "check" ? "check" : nextOpen(name, flow.state);
  });
  const back = h("a", { class: "govuk-link", href: "#" }, say("allTasks"));
  return [area, heading(say(`task_${name}`)), element, h("div", { class: "govuk-button-group" }, save, back)];
}

/** The next task; the list after the last when something before it is still open. */
const nextOpen = (name, state) => (nextOf(name, state) === "check" ? "" : nextOf(name, state));

function checkPage(flow) {
  const { state, language } = flow;
  const response = responseOf(state);
  const area = h("div");
  const go = button(flow.act, async () => {
    const flaws = flow.before ? flow.before.flaws() : [];
    showErrors(area, flaws);
    if (!flaws.length) flow.seal({ response, files: state.files });
  });
  const back = h("a", { class: "govuk-link", href: "#" }, say("back"));
  const whole = readBack({ tender: state.tender, response, files: state.files, language }, { change: true });
  return [area, heading(say("check")), paragraph(say("checkHint")), flow.before?.element, whole, committeePanel(state.tender), h("div", { class: "govuk-button-group" }, go, back)];
}
