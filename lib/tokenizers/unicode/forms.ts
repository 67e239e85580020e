/** Unicode's normalisation forms, with alignments. @module */

import type { Aligned } from "../aligned.ts";
import { classOf } from "./ranges.ts";

/** The forms of Unicode Standard Annex 15. */
export type Form = "NFC" | "NFD" | "NFKC" | "NFKD";

/** Characters whose decomposition is younger than the tables of Hugging Face's tokenizers: they are left alone. */
const LATER = new RegExp(
  `^[${
    classOf(
      "32ff a7f2-a7f4 ab69 105c9 105e4 10781-10785 10787-107b0 107b2-107ba 11383 11385 1138e 11391 113c5 113c7-113c8 11938 " +
        "16121-16128 16d68-16d6a 1ccd6-1ccf9 1e030-1e06d 1f16c 1fbf0-1fbf9",
    )
  }]$`,
  "v",
);

/** A character with all that can be reordered or composed with it: marks, vowel and final jamo, half-width voicing marks. */
const SEGMENT =
  /[^\p{M}\u1161-\u1175\u11a8-\u11c2\uff9e\uff9f]?[\p{M}\u1161-\u1175\u11a8-\u11c2\uff9e\uff9f]*/gu;

/**
 * The text in a normalisation form. A character that decomposes gives its range to all it becomes; one that is composed of several has
 * the range of the first.
 *
 * @example
 * ```ts
 * import { Aligned } from "../aligned.ts";
 * import { normalized } from "./forms.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = normalized(Aligned.of("x\u0065\u0301"), "NFC");
 * deepEqual([text.text, text.range(1, 2)], ["xé", [1, 2]]);
 * ```
 */
export function normalized(source: Aligned, form: Form): Aligned {
  if (source.text.normalize(form) === source.text) return source;
  const [characters, changes]: [string[], number[]] = [[], []];
  for (const [segment] of source.text.matchAll(SEGMENT)) {
    if (segment.length === 1 && segment.charCodeAt(0) < 0x80) {
      characters.push(segment);
      changes.push(0);
    } else {
      normalizeSegment(segment, form, characters, changes);
    }
  }
  return source.edited(characters, changes);
}

function normalizeSegment(segment: string, form: Form, characters: string[], changes: number[]): void {
  const decomposition = form === "NFC" || form === "NFD" ? "NFD" : "NFKD";
  const [parts, news]: [string[], number[]] = [[], []];
  let plain = "";
  for (const character of segment) {
    const later = LATER.test(character);
    plain += later ? "" : character;
    let change = 0;
    for (const part of later ? character : character.normalize(decomposition)) {
      parts.push(part);
      news.push(change);
      change = 1;
    }
  }
  // Each character of the result takes the first of the parts that it can be made of; a sort by combining class is stable.
  const used = new Set<number>();
  for (const character of plain.length === segment.length ? segment.normalize(form) : segment) {
    let change: number | undefined;
    for (const part of character.normalize("NFD")) {
      const at = parts.findIndex((one, i) => one === part && !used.has(i));
      used.add(at);
      change = change === undefined ? news[at] ?? 0 : change + (news[at] ?? 0) - 1;
    }
    characters.push(character);
    changes.push(change ?? 0);
  }
}
