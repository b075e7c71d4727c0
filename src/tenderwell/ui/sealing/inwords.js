// Amounts read back: in full by the browser's own rules, and in words or by their digits beside them. Pure.
import { toCardinal as arabicNumber } from "n2words/ar-SA";
import { toCardinal as english } from "n2words/en-GB";
import { toCardinal as french } from "n2words/fr-FR";
import { say } from "./words.js";

const MOST_DIGITS = 15;
const LANGUAGES = { en: [english, " and "], fr: [french, " et "], ar: [arabic, " و"] };
// One, two, three to ten, and more than ten thousands, millions ...; the last loses its ending where the currency follows.
const SCALES = ["ألف ألفان آلاف ألفاً", "مليون مليونان ملايين مليوناً", "مليار ملياران مليارات ملياراً", "تريليون تريليونان تريليونات تريليوناً"];
const FORMS = SCALES.map((forms) => forms.split(" "));

/** Arabic words of a whole number. The package knows the numbers below a thousand; of 101 000 it makes another number. */
function arabic(digits) {
  const groups = [];
  for (let left = BigInt(digits); left > 0n; left /= 1000n) groups.push(Number(left % 1000n));
  const lowest = groups.findIndex(Boolean);
  const said = groups.map((count, place) => (place && count ? scaled(count, FORMS[place - 1], place === lowest) : count && arabicNumber(count)));
  return said.filter(Boolean).reverse().join(" و") || arabicNumber(0);
}

/** So many thousands or millions. isLast: nothing but the currency follows. */
function scaled(count, [one, two, few, many], isLast) {
  const rest = count % 100;
  const hundreds = count - rest;
  const alone = `${hundreds === 200 ? "مئتا" : arabicNumber(hundreds)} ${one}`;
  if (rest === 0) return alone;
  if (rest < 3) return [...(hundreds ? [alone] : []), rest === 1 ? one : two].join(" و");
  return `${arabicNumber(count)} ${rest <= 10 ? few : isLast ? one : many}`;
}

/** "four thousand two hundred and 50/100 USD"; null in a language, or of a number, that we have no words for. */
export function inWords(amount, currency, language) {
  const [digits, cents = ""] = amount.split(".");
  const [words, and] = LANGUAGES[language.split("-")[0]] ?? [];
  if (!words || digits.length > MOST_DIGITS) return null;
  const rest = /[1-9]/.test(cents) ? `${and}${cents}/1${"0".repeat(cents.length)}` : "";
  return `${words(digits)}${rest} ${currency}`;
}

/** What helps to notice a digit too many, with its title: the words, else how many digits there are. */
export function spoken(amount, currency, language) {
  const words = inWords(amount, currency, language);
  return words ? [say("spoken"), words] : [say("compared"), say("digitsBefore", { count: amount.split(".")[0].length })];
}

/** The amount as the language writes it, the currency by its name. */
export function inFull(amount, currency, language) {
  const form = { style: "currency", currency, currencyDisplay: "name", numberingSystem: "latn" };
  return new Intl.NumberFormat(language === "en" ? "en-001" : language, form).format(amount);
}

/** An amount in figures, its thousands in groups: "15,006.00 USD". */
export function grouped(amount, currency, language) {
  const [whole, cents] = amount.split(".");
  const digits = new Intl.NumberFormat(language === "en" ? "en-001" : language, { numberingSystem: "latn" });
  const point = digits.formatToParts(1.5).find(({ type }) => type === "decimal").value;
  return `${digits.format(BigInt(whole))}${cents ? point + cents : ""} ${currency}`;
}

/** 1250000 as "1.3 MB". */
export function fileSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const place = Math.min(Math.floor(Math.log10(bytes) / 3), 3);
  return `${(bytes / 1000 ** place).toFixed(1)} ${["B", "KB", "MB", "GB"][place]}`;
}
