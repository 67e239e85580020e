/** How much of the identifying data of letters is found, and how much else is. @module */

import type { Letter } from "../corpus/letter.ts";
import { words } from "../text/words.ts";
import type { PhiFinder } from "./finder.ts";
import { type PhiKind, phiKindOf, phiKinds } from "./labels.ts";

/** What was found of one kind of identifying data; of spans as the gold annotation marks them. */
export interface KindCoverage {
  readonly kind: PhiKind;
  readonly spans: number;
  /** Every letter and digit of them was found, as whatever kind. */
  readonly covered: number;
  /** Something of them was found. */
  readonly touched: number;
  /** Words found as this kind, and those of them that are identifying by no gold span. */
  readonly words: number;
  readonly surplus: number;
}

/** What was found in all letters. */
export interface Coverage {
  /** Kinds that are marked or found, in the order of `phiKinds`. */
  readonly kinds: readonly KindCoverage[];
  /** Words of letters or digits that no gold span marks as identifying, and those of them that were found nevertheless. */
  readonly harmless: number;
  readonly surplus: number;
  /** Of the words in clinical gold spans those that were found. */
  readonly clinical: number;
  readonly clinicalSurplus: number;
}

/**
 * Compares what a finder finds with the gold spans of identifying data: recall by kind, whatever kind the finder takes it for, and
 * over-redaction in words (runs of letters or digits).
 *
 * @example
 * ```ts
 * import { coverage } from "./coverage.ts";
 * import { phiRules } from "./rules.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Seen on 3 May 2021 by Dr Osei.", spans: [{ start: 8, end: 18, label: "DATE" }], meta: {} };
 * const { kinds, harmless, surplus } = coverage([letter], phiRules);
 * deepEqual(kinds.map(({ kind, spans, covered }) => [kind, spans, covered]), [["CLINICIAN", 0, 0], ["DATE", 1, 1]]);
 * deepEqual([harmless, surplus], [5, 1]); // "Osei" is not marked
 * ```
 */
export function coverage(letters: Iterable<Letter>, finder: PhiFinder): Coverage {
  const kinds = new Map(
    phiKinds.map((kind) => [kind, { kind, spans: 0, covered: 0, touched: 0, words: 0, surplus: 0 }]),
  );
  const total = { harmless: 0, surplus: 0, clinical: 0, clinicalSurplus: 0 };
  for (const letter of letters) {
    const found: (PhiKind | undefined)[] = [];
    for (const { start, end, label } of finder.find(letter)) {
      found.fill(label, extend(found, start), extend(found, end));
    }
    const [gold, clinical]: [boolean[], boolean[]] = [[], []];
    for (const { start, end, label } of letter.spans) {
      const kind = phiKindOf(label);
      const marks = kind === undefined ? clinical : gold;
      for (let i = start; i < end; i++) marks[i] = true;
      const count = kind && kinds.get(kind);
      if (count === undefined) continue;
      const places = Array.from(
        letter.text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu),
        ({ index }) => start + index,
      );
      const seen = places.filter((place) => found[place] !== undefined).length;
      count.spans++;
      if (seen === places.length) count.covered++;
      if (seen > 0) count.touched++;
    }
    for (const { start, text } of words(letter.text)) {
      if (!/[\p{L}\p{N}]/u.test(text)) continue;
      const label = found[start];
      const count = label && kinds.get(label);
      if (count) count.words++;
      if (clinical[start]) total.clinical++;
      if (clinical[start] && count) total.clinicalSurplus++;
      if (gold[start]) continue;
      total.harmless++;
      if (count) [count.surplus, total.surplus] = [count.surplus + 1, total.surplus + 1];
    }
  }
  return { kinds: [...kinds.values()].filter(({ spans, words }) => spans > 0 || words > 0), ...total };
}

/** An offset up to which an array has places. */
function extend(places: unknown[], to: number): number {
  if (places.length < to) places.length = to;
  return to;
}
