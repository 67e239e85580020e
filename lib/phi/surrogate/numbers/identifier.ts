/** Numbers and codes of people, cases and things. @module */

import type { Draw, SurrogateKey } from "../key.ts";
import { ibanCheck, luhnDigit, nassCheck, nhsCheckDigit, nifLetter, passes } from "./check_digits.ts";

/** Letters before a number that say what number it is. */
const prefixes =
  /^(?:MRN|NHC|NHS|SN|S\/N|ID|ACC|NASS|DNI|NIF|NIE|CIPA|GMC|NMC|NPI|DEA|No|Nº|N°|HOSP|REF|LOT|UDI)(?=[\s:.#\-]*\d)[\s:.#\-]*/iu;

/**
 * A number or code of the same form: letters for letters in their case, digits for digits, all else as it stands, and the check
 * digits right where the original's are. It lies where no real one does: NHS numbers in the 999 test range, social security numbers of
 * area 000 or 666, NIF from 99,000,000, NIE from Z9,000,000, NASS of province 99, cards and IBAN of issuers and banks that do not exist,
 * numbers of seven digits (GMC) from 9,000,000. The same number with other separators has the same stand-in.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "../key.ts";
 * import { identifierLike } from "./identifier.ts";
 * import { ok } from "node:assert/strict";
 * const key = surrogateKey("0123456789abcdef");
 * ok(/^[A-Z]{2}-\d{4}\/[a-z]$/.test(identifierLike("AB-1234/x", key, "letter-1")));
 * ok(/^999 \d{3} \d{4}$/.test(identifierLike("943 476 5919", key, "letter-1")));
 * ```
 */
export function identifierLike(original: string, key: SurrogateKey, scope: string): string {
  const prefix = prefixes.exec(original)?.[0] ?? "";
  const body = original.slice(prefix.length);
  const bare = body.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  const draw = key.draw("id", scope, bare);
  for (let i = 0; i < 100; i++) {
    const drawn = known(bare, body, draw) ?? scrambled(bare, draw);
    if (drawn !== bare) return prefix + poured(drawn, body);
  }
  throw new Error("no stand-in is left for so short a code. Leave it out, or give it another label.");
}

/** Characters in the places of letters and digits of a model, in their case. */
export function poured(characters: string, model: string): string {
  let index = 0;
  return model.replace(/[\p{L}\p{N}]/gu, (old) => {
    const next = characters.charAt(index++);
    return old === old.toLowerCase() && old !== old.toUpperCase() ? next.toLowerCase() : next;
  });
}

/** So many digits. */
export function digits(draw: Draw, count: number): string {
  return Array.from({ length: count }, () => draw.below(10)).join("");
}

const consonants = "BCDFGHJKLMNPQRSTVWXZ"; // no words by chance

/** Letters for letters, digits for digits; no zero in front where there was none. */
function scrambled(bare: string, draw: Draw): string {
  return Array.from(bare, (old, i) => {
    if (!/\p{N}/u.test(old)) return consonants.charAt(draw.below(consonants.length));
    const zero = i === 0 && old !== "0" && bare.length > 1;
    return String(zero ? 1 + draw.below(9) : draw.below(10));
  }).join("");
}

/** Numbers of known kinds. */
function known(bare: string, body: string, draw: Draw): string | undefined {
  if (passes.iban(bare)) {
    const [country, rest] = [bare.slice(0, 2), bare.slice(4)];
    const account = /^\d+$/.test(rest)
      ? "0000" + digits(draw, rest.length - 4)
      : "ZZZZ" + scrambled(rest.slice(4), draw);
    return country + ibanCheck(country, account) + account;
  }
  if (/^\d{3}[-\s]?\d{2}[-\s]?\d{4}$/.test(body.trim()) && /[-\s]/.test(body)) {
    return draw.pick(["000", "666"]) + String(1 + draw.below(99)).padStart(2, "0") + digits(draw, 4);
  }
  if (
    /^\d{10}$/.test(bare) &&
    (passes.nhs(bare) || bare.startsWith("999") || /^\d{3}[ -]\d{3}[ -]\d{4}$/.test(body.trim()))
  ) {
    const valid = passes.nhs(bare);
    for (;;) {
      const nine = "999" + digits(draw, 6);
      const check = nhsCheckDigit(nine);
      if (check !== undefined) return nine + (valid ? check : (check + 1 + draw.below(9)) % 10);
    }
  }
  if (/^\d{12}$/.test(bare) && (passes.nass(bare) || /^\d{2}[ \/-]\d{8}[ \/-]\d{2}$/.test(body.trim()))) {
    const ten = "99" + String(1 + draw.below(9)) + digits(draw, 7);
    return ten + nassCheck(ten);
  }
  if (/^\d{8}[A-Z]$/.test(bare)) {
    const number = "99" + digits(draw, 6);
    return number + (passes.nif(bare) ? nifLetter(number) : "I"); // I, O and U are no letters of a NIF
  }
  if (/^[XYZ]\d{7}[A-Z]$/.test(bare)) {
    const number = "9" + digits(draw, 6);
    return "Z" + number + (passes.nie(bare) ? nifLetter("2" + number) : "I");
  }
  if (passes.luhn(bare) && bare.length >= 13) {
    const number = "00" + digits(draw, bare.length - 3); // no issuer begins with 00
    return number + luhnDigit(number);
  }
  if (/^\d{7}$/.test(bare)) return "9" + digits(draw, 6);
}

/** Number plates: British ones of letters that no region has, Spanish ones not yet given out, others of the same form. */
export function plateLike(original: string, key: SurrogateKey, scope: string): string {
  const bare = original.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  const draw = key.draw("id", scope, bare);
  const letters = (count: number) =>
    Array.from({ length: count }, () => draw.pick([..."BCDFGHJKLMNPRSTVWXYZ"])).join("");
  for (let i = 0; i < 100; i++) {
    let drawn: string | undefined;
    if (/^[A-Z]{2}\d{2}[A-Z]{3}$/.test(bare)) drawn = `Q${letters(1)}${digits(draw, 2)}${letters(3)}`;
    else if (/^\d{4}[A-Z]{3}$/.test(bare)) drawn = `${digits(draw, 4)}Z${letters(2)}`;
    else return identifierLike(original, key, scope);
    if (drawn !== bare) return poured(drawn, original);
  }
  throw new Error("no stand-in is left for it. Give it another label.");
}
