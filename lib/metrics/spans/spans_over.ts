/** Which spans lie over a word, word after word. @module */

import type { Span } from "../../corpus/letter.ts";
import { inOrder } from "./span_table.ts";

/**
 * Gives the spans over `[start, end)`, sorted by start, end and label, for places that are asked for from left to right.
 *
 * @example
 * ```ts
 * import { spansOver } from "./spans_over.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [drug, test] = [{ start: 3, end: 10, label: "DRUG" }, { start: 12, end: 16, label: "TEST" }];
 * const over = spansOver([test, drug]);
 * deepEqual([over(0, 2), over(9, 13), over(16, 18)], [[], [drug, test], []]);
 * ```
 */
export function spansOver(spans: readonly Span[]): (start: number, end: number) => Span[] {
  const sorted = spans.toSorted(inOrder);
  let first = 0; // all before it have ended
  return (start, end) => {
    while ((sorted[first]?.end ?? Infinity) <= start) first++;
    const found: Span[] = [];
    for (let i = first; i < sorted.length; i++) {
      const span = sorted[i]!; // i < length
      if (span.start >= end) break;
      if (span.end > start) found.push(span);
    }
    return found;
  };
}
