// Small builders for the page's own components; text never becomes markup.
import { say, speak } from "./words.js";

export { say, speak };

let count = 0;

export const newId = () => `sealing-${(count += 1)}`;

/** An element: h("p", {class: "x"}, "text", child). A function is a listener; false and null are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** A labelled control with its hint and a place for its error. make(attributes) gives the control. */
export function field(label, { hint = "", className = "" } = {}, make) {
  const id = newId();
  const described = `${hint ? `${id}-hint ` : ""}${id}-error`;
  const control = make({ id, "aria-describedby": described });
  const error = h("p", { class: "govuk-error-message", id: `${id}-error`, hidden: true });
  const group = h(
    "div",
    { class: `govuk-form-group ${className}` },
    h("label", { class: "govuk-label", for: id }, label),
    hint && h("div", { class: "govuk-hint", id: `${id}-hint` }, hint),
    error,
    control,
  );
  return Object.assign(group, { control, flaw: (text) => showFlaw(group, control, error, text) });
}

function showFlaw(group, control, error, text) {
  group.classList.toggle("govuk-form-group--error", Boolean(text));
  control.classList.toggle("govuk-input--error", Boolean(text));
  control.setAttribute("aria-invalid", String(Boolean(text)));
  error.textContent = text;
  error.hidden = !text;
}

/** value, changed(text): what it holds at first, and who hears of each change. */
export const textField = (label, options = {}) =>
  kept(options, field(label, options, (ids) =>
    h("input", { class: `govuk-input ${options.width ?? ""}`, type: "text", dir: options.dir, inputmode: options.inputmode, maxlength: options.maxlength, autocomplete: "off", ...ids }),
  ));

export const area = (label, options = {}) =>
  kept(options, field(label, options, (ids) => h("textarea", { class: "govuk-textarea", rows: "5", maxlength: "50000", ...ids })));

function kept({ value = "", changed }, group) {
  group.control.value = value;
  if (changed) group.control.addEventListener("input", () => changed(group.control.value));
  return group;
}

export const fileField = (label, options = {}) =>
  field(label, options, (ids) =>
    h("input", { class: "govuk-file-upload", type: "file", multiple: options.multiple, accept: options.accept, ...ids }),
  );

export const secretField = (label, options = {}) =>
  field(label, options, (ids) => h("input", { class: "govuk-input", type: "password", autocomplete: "new-password", ...ids }));

export function tick(label) {
  const id = newId();
  const control = h("input", { class: "govuk-checkboxes__input", type: "checkbox", id });
  const text = h("label", { class: "govuk-label govuk-checkboxes__label", for: id }, label);
  return Object.assign(h("div", { class: "govuk-checkboxes__item" }, control, text), { control });
}

export function group(title, ...children) {
  const legend = h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--m" }, h("h2", { class: "govuk-fieldset__heading" }, title));
  return h("fieldset", { class: "govuk-fieldset govuk-!-margin-bottom-6" }, legend, ...children);
}

/** What is shown only when it is asked for. */
export function folded(title, { open = false }, ...children) {
  const summary = h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, title));
  return h("details", { class: "govuk-details", open }, summary, h("div", { class: "govuk-details__text" }, ...children));
}

export const button = (text, onClick, kind = "") =>
  h("button", { type: "button", class: `govuk-button ${kind}`, click: onClick }, text);

export const SECONDARY = "govuk-button--secondary";
export const paragraph = (...children) => h("p", { class: "govuk-body" }, ...children);

/** Show the errors above the form, each leading to its control, and move there. errors: [[text, control]]. */
export function showErrors(place, errors) {
  place.querySelector(":scope > .govuk-error-summary")?.remove();
  if (!errors.length) return;
  const lines = errors.map(([text, control]) => {
    const link = h("a", { href: `#${control?.id ?? ""}`, click: (event) => { event.preventDefault(); control?.focus(); } }, text);
    return h("li", {}, control ? link : text);
  });
  const title = h("h2", { class: "govuk-error-summary__title" }, say("error"));
  const list = h("ul", { class: "govuk-list govuk-error-summary__list" }, lines);
  const summary = h("div", { class: "govuk-error-summary", role: "alert", tabindex: "-1" }, title, h("div", { class: "govuk-error-summary__body" }, list));
  place.prepend(summary);
  summary.focus();
}

/** A progress bar that screen readers hear in tenths. */
export function meter(label) {
  const id = newId();
  const bar = h("progress", { class: "meter", max: "1", value: "0", "aria-labelledby": id });
  const note = h("p", { class: "govuk-body-s", role: "status" });
  const whole = h("div", { class: "govuk-form-group" }, h("p", { class: "govuk-body", id }, label), bar, note);
  let told = -1;
  const set = (part) => {
    bar.value = part;
    const tenth = Math.floor(part * 10);
    if (tenth !== told) note.textContent = `${(told = tenth) * 10} %`;
  };
  return Object.assign(whole, { set, tell: (text) => void (note.textContent = text) });
}

/** Offer bytes as a download. */
export function downloadLink(name, blob, text = say("download", { name })) {
  return h("a", { class: "govuk-button govuk-button--secondary", role: "button", download: name, href: URL.createObjectURL(blob) }, text);
}

/** What hinders, in words. */
export const failure = (error) => say("failed", { reason: error?.message ?? String(error) });
