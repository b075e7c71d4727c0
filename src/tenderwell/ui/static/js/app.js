// Enhancements only: every page works without this file.
import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, createAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

function enhance(scope) {
  for (const Part of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation]) {
    createAll(Part, undefined, scope);
  }
}
enhance(document);
// What htmx swaps in gets the same behaviour.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) enhance(event.target);
});

// On a narrow screen the results come first: fold the filters away.
const filters = document.getElementById("filter-box");
const inUse = ':checked:not([value=""]), [aria-invalid="true"]';
if (filters && matchMedia("(max-width: 40em)").matches && !filters.querySelector(inUse)) filters.open = false;

// The name and size of a chosen file, and a warning before a long upload is refused.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
  const note = document.getElementById(`${input.id}_chosen`);
  const limit = Number(input.dataset.maxBytes || 0);
  const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
  const isTooLarge = limit > 0 && size > limit;
  if (note) note.hidden = !isTooLarge;
  input.setAttribute("aria-invalid", String(isTooLarge));
});

// A copy button beside hashes and addresses.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}
document.documentElement.classList.add("ready");
