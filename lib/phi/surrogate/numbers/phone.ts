/** Telephone and fax numbers. @module */

import type { Draw, SurrogateKey } from "../key.ts";
import { digits, identifierLike, poured } from "./identifier.ts";

/** Numbers kept for drama by Ofcom: what is fixed, and how many digits follow. */
const british: readonly (readonly [fixed: string, free: number])[] = [
  ["01632960", 3],
  ["02079460", 3],
  ["01134960", 3],
  ["01144960", 3],
  ["01154960", 3],
  ["01164960", 3],
  ["01174960", 3],
  ["01184960", 3],
  ["01214960", 3],
  ["01314960", 3],
  ["01414960", 3],
  ["01514960", 3],
  ["01614960", 3],
  ["01914980", 3],
];
const areas = "201 206 212 303 312 404 415 503 512 602 614 617 702 713 801 802 913 919".split(" ");

/**
 * A number written in the same way that reaches nobody: American numbers 555-0100 to 555-0199 (NANPA), British ones of Ofcom's
 * drama ranges (07700 900xxx, 020 7946 0xxx, …), Spanish ones of prefixes that are not given out (99x, 79x), foreign ones with a zero behind
 * the country code. Extensions are drawn by themselves.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "../key.ts";
 * import { phoneLike } from "./phone.ts";
 * import { ok } from "node:assert/strict";
 * const key = surrogateKey("0123456789abcdef");
 * ok(/^\(\d{3}\) 555-01\d\d$/.test(phoneLike("(617) 253-1000", key, "a", "en")));
 * ok(/^07700 900\d{3}$/.test(phoneLike("07911 123456", key, "a", "en")));
 * ok(/^99\d \d{3} \d{3}$/.test(phoneLike("948 255 400", key, "a", "es")));
 * ```
 */
export function phoneLike(original: string, key: SurrogateKey, scope: string, language: "en" | "es"): string {
  const [, main = original, between = "", extension = ""] =
    /^(.*?\d)(\s*(?:,\s*)?(?:extension|ext|extn|int|x)\.?:?\s*)(\d+)\s*$/iu.exec(original) ?? [];
  const bare = main.replace(/\D/g, "");
  const draw = key.draw("phone", scope, bare);
  for (let i = 0; i < 100; i++) {
    const drawn = number(bare, main, draw, language);
    if (drawn === undefined) return identifierLike(main, key, scope) + tail(between, extension, key, scope);
    if (drawn !== bare) {
      return poured(drawn.padEnd(bare.length, "0"), main) + tail(between, extension, key, scope);
    }
  }
  throw new Error("no stand-in is left for so short a number. Leave it out, or give it another label.");
}

function tail(between: string, extension: string, key: SurrogateKey, scope: string): string {
  return extension === "" ? "" : between + identifierLike(extension, key, scope);
}

function number(bare: string, main: string, draw: Draw, language: "en" | "es"): string | undefined {
  if (/[\p{L}]/u.test(main)) return undefined;
  const plus = /^\s*\(?\+/.test(main);
  const code = plus
    ? countryCode(bare)
    : bare.startsWith("00") && bare.length > 10
    ? "00" + countryCode(bare.slice(2))
    : "";
  const rest = bare.slice(code.length);
  const country = code.replace(/^00/, "");
  if (country === "44") {
    const trunk = rest.startsWith("0"); // +44 (0)20 …
    return code + uk(trunk ? rest : "0" + rest, draw).slice(trunk ? 0 : 1);
  }
  if (country === "34") return code + spain(rest, draw);
  if (country === "1") return code + america(rest, draw);
  if (country !== "") return code + "0" + digits(draw, rest.length - 1);
  if (language === "en" && bare.startsWith("0") && bare.length >= 10) return uk(bare, draw);
  if (language === "es" && bare.length === 9 && /^[6-9]/.test(bare)) return spain(bare, draw);
  if (bare.length === 11 && bare.startsWith("1")) return "1" + america(bare.slice(1), draw);
  if (bare.length === 10 || (bare.length === 7 && language === "en")) return america(bare, draw);
  if (bare.length > 7) return "0" + digits(draw, bare.length - 1);
  return undefined;
}

function america(rest: string, draw: Draw): string {
  const line = "55501" + digits(draw, 2);
  return rest.length >= 10 ? draw.pick(areas) + line : line;
}

function uk(rest: string, draw: Draw): string {
  if (rest.startsWith("07")) return "07700900" + digits(draw, Math.max(0, rest.length - 8));
  if (rest.startsWith("0800") || rest.startsWith("0808")) {
    return "08081570" + digits(draw, Math.max(0, rest.length - 8));
  }
  if (/^03/.test(rest)) return "03069990" + digits(draw, Math.max(0, rest.length - 8));
  if (rest.startsWith("020")) return "02079460" + digits(draw, Math.max(0, rest.length - 8));
  const [fixed] = /^01\d1|^011/.test(rest) ? draw.pick(british.slice(2)) : british[0] ?? ["01632960"];
  return fixed + digits(draw, Math.max(0, rest.length - 8));
}

function spain(rest: string, draw: Draw): string {
  return (/^[67]/.test(rest) ? "79" : "99") + digits(draw, Math.max(0, rest.length - 2));
}

/** The country code a number begins with: of one digit (1, 7), of two, or of three where a prefix says so (ITU-T E.164). */
function countryCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  return digits.slice(0, /^(?:2[1-689]|3[578]|42|5[09]|6[789]|8[0578]|9[679])/.test(digits) ? 3 : 2);
}
