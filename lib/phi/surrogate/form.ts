/** The form of identifying data: what is left when its content is taken away. @module */

import type { SurrogateSort } from "./label_sets.ts";
import { monthPattern } from "./dates/months.ts";

const month = new RegExp(monthPattern, "giu");

/**
 * A mention's form: case of words, number of digits, separators. Words of one case in a row count as one in names of places and
 * institutions; a day or month of a date may have one digit or two; addresses of mail and pages count by what they are.
 *
 * @example
 * ```ts
 * import { formOf } from "./form.ts";
 * import { equal } from "node:assert/strict";
 * equal(formOf("3 May 2021", "date"), formOf("14 April 2019", "date"));
 * equal(formOf("ORTEGA, Juan", "name"), formOf("VIDAL, Ana", "name"));
 * ```
 */
export function formOf(text: string, sort: SurrogateSort): string {
  if (sort === "email") return /^[^@\s]+@\s*[\w-]+(?:\.[\w-]+)+$/.test(text.trim()) ? "mail" : "no mail";
  if (sort === "url") {
    return `${/^[a-z]+:\/\//i.exec(text)?.[0] ?? ""}${
      text.replace(/^[a-z]+:\/\//i, "").replace(/[^/]+/g, "x")
    }`;
  }
  if (sort === "ip") return text.replace(/[0-9a-f]+/gi, "9");
  if (sort === "date") {
    return words(text.replace(month, "Mon")).replace(/(?<!9)99?(?!9)/g, "d").replace(
      /d(?:st|nd|rd|th)|d(?:a)/g,
      "dth",
    );
  }
  if (sort === "age") return words(text).replace(/9+\+?/g, "9");
  if (sort === "name" || sort === "relative") return words(text);
  if (["place", "street", "organisation", "country", "profession", "other"].includes(sort)) {
    return words(text).replace(/\b(Aa|a|A)(?:[ -]+(?:Aa|a|A)\b)+/g, "$1");
  }
  return text.replace(/\p{Lu}/gu, "A").replace(/\p{Ll}/gu, "a").replace(/\d/g, "9");
}

function words(text: string): string {
  return text.replace(/\p{L}[\p{L}\p{M}'’]*/gu, (word) => {
    if (word === word.toLowerCase()) return "a";
    return word.length > 1 && word === word.toUpperCase() ? "A" : "Aa";
  }).replace(/\d/g, "9");
}
