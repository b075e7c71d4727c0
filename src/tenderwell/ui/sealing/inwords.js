// Amounts read back: in full by the browser's own rules, and in words or by their digits beside them. Pure.
import { say } from "./words.js";

const ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = ["", "", ..."twenty thirty forty fifty sixty seventy eighty ninety".split(" ")];
const GROUPS = ["", "thousand", "million", "billion", "trillion"];

function underThousand(count) {
  if (count < 20) return ONES[count];
  if (count < 100) return TENS[Math.floor(count / 10)] + (count % 10 ? `-${ONES[count % 10]}` : "");
  const rest = count % 100;
  return `${ONES[Math.floor(count / 100)]} hundred${rest ? ` and ${underThousand(rest)}` : ""}`;
}

/** English words of a whole number of up to fifteen digits. */
export function whole(digits) {
  const groups = [];
  for (let left = BigInt(digits); left > 0n; left /= 1000n) groups.push(Number(left % 1000n));
  const said = groups.map((count, place) => count && `${underThousand(count)} ${GROUPS[place]}`.trim());
  return said.filter(Boolean).reverse().join(", ") || "zero";
}

/** "four thousand, two hundred and 50/100 USD". */
export function inWords(amount, currency) {
  const [digits, cents = ""] = amount.split(".");
  const rest = /[1-9]/.test(cents) ? ` and ${cents}/1${"0".repeat(cents.length)}` : "";
  return `${whole(digits)}${rest} ${currency}`;
}

/** What helps to notice a digit too many: the words where we know the language's, else how many digits there are. */
export function spoken(amount, currency, language) {
  if (language.startsWith("en")) return inWords(amount, currency);
  return say("digitsBefore", { count: amount.split(".")[0].length });
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
