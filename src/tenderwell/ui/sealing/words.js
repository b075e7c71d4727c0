// The words of the pages, in the reader's language. Needs no page.
import { TEXTS } from "./texts.generated.js";

let words = TEXTS;

/** Take the page's translations. */
export const speak = (given) => void (words = { ...TEXTS, ...given });

/** The text with this name, {names} filled in. */
export const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
