/** Postcodes. @module */

import type { SurrogateKey } from "../key.ts";
import { digits, poured } from "../numbers/identifier.ts";

/** British postcodes, American ZIP codes, Spanish códigos postales. */
export const postcode =
  /(?<![\p{L}\p{N}])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}(?:-\d{4})?)(?![\p{L}\p{N}])/giu;

/**
 * A postcode of the same form that is none: British ones of areas that begin with Q, V or X, American ones from 00001 to 00499, Spanish ones
 * of provinces from 53 up.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "../key.ts";
 * import { postcodeLike } from "./postcode.ts";
 * import { ok } from "node:assert/strict";
 * const key = surrogateKey("0123456789abcdef");
 * ok(/^[QVX][A-Z]\d \d[A-Z]{2}$/.test(postcodeLike("OB4 7QX", key, "a", "en")));
 * ok(/^00[0-4]\d\d$/.test(postcodeLike("02139", key, "a", "en")));
 * ```
 */
export function postcodeLike(
  original: string,
  key: SurrogateKey,
  scope: string,
  language: "en" | "es",
): string {
  const bare = original.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  const draw = key.draw("postcode", scope, bare);
  for (;;) {
    let drawn: string;
    if (/^\d/.test(bare)) {
      drawn = language === "es"
        ? String(53 + draw.below(47)) + digits(draw, bare.length - 2)
        : "00" + String(1 + draw.below(499)).padStart(3, "0") + digits(draw, bare.length - 5);
    } else {
      drawn = Array.from(bare, (old, i) => {
        if (/\d/.test(old)) return String(draw.below(10));
        return i === 0 ? draw.pick([..."QVX"]) : draw.pick([..."ABDEFGHJLNPRSTUWY"]);
      }).join("");
    }
    if (drawn !== bare) return poured(drawn, original);
  }
}
