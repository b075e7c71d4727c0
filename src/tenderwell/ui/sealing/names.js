// Which file names may stand in a bid: one plain name that is safe to write on any system. Pure.
import { utf8 } from "./bytes.js";

const DEVICES = new Set(["con", "prn", "aux", "nul"]);
for (let digit = 0; digit < 10; digit += 1) DEVICES.add(`com${digit}`).add(`lpt${digit}`);

const RULES = [
  [(name) => !name || utf8(name).length > 200, "has not 1 to 200 bytes"],
  [(name) => /[/\\:<>"|?*]/.test(name), "holds a character that has a meaning in paths"],
  [(name) => /\p{C}/u.test(name), "holds an invisible character"],
  [(name) => /[\p{Zl}\p{Zp}]/u.test(name), "holds a line break"],
  [(name) => /^[. ~-]/.test(name) || /[. ]$/.test(name), "begins or ends badly"],
  [(name) => DEVICES.has(name.split(".")[0].toLowerCase().trim()), "is the name of a device"],
  [(name) => name.normalize("NFC") !== name, "is not in Unicode form NFC"],
];

/** Why a file may not be called so; "" when it may. */
export const nameFlaw = (name) => RULES.find(([isWrong]) => isWrong(name))?.[1] ?? "";

/** Throws when a name is unsafe, or two would be one file on some system. */
export function checkNames(names) {
  for (const name of names) {
    const flaw = nameFlaw(name);
    if (flaw) throw new Error(`The file name “${name}” ${flaw}.`);
  }
  const folded = names.map((name) => name.normalize("NFKC").toUpperCase().toLowerCase());
  if (new Set(folded).size !== names.length) throw new Error("Two files have one name, perhaps but for capitals.");
}
