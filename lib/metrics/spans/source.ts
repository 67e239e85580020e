/** Where the schemes get spans, tokens and text from, however the annotations were given. @module */

import type { Span } from "../../corpus/letter.ts";
import type { IsGap } from "./merged_spans.ts";
import type { SpanTables } from "./span_table.ts";
import type { TokenTables } from "./token_matching.ts";

/** How seqeval reads tags: its default mode, or its strict mode under the scheme that the tags are in. */
export type ReadingMode = "lenient" | "strict";

/** Two annotations of the same letters. */
export interface Source {
  readonly ids: readonly string[];
  /** The part of a signature that says what the spans were read from, for a way of reading them. */
  describe(mode: ReadingMode): string;
  spans(mode: ReadingMode): SpanTables;
  /** Tokens with the label of their span as class, or with their tag. */
  tokens(classes: "labels" | "tags"): TokenTables;
  isGap: IsGap;
  /** The number of sentences of each letter, where it is known. */
  sentences(): Int32Array | undefined;
}

/**
 * Whether a text holds no letter and no digit.
 *
 * @example
 * ```ts
 * import { isBlank } from "./source.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([isBlank(", (+"), isBlank(""), isBlank("y")], [true, true, false]);
 * ```
 */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

/**
 * Throws where two letters have one id: their counts would be two values of one letter.
 *
 * @example
 * ```ts
 * import { checkIds } from "./source.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => checkIds(["a", "a"]), /letter id a comes twice/);
 * ```
 */
export function checkIds(ids: readonly string[]): void {
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) {
    throw new Error(`letter id ${twice} comes twice. Give every letter an id of its own.`);
  }
}

/**
 * Throws where a gold or predicted span of a letter is none.
 *
 * @example
 * ```ts
 * import { checkSpans } from "./source.ts";
 * import { throws } from "node:assert/strict";
 * const empty = { start: 3, end: 3, label: "NAME" };
 * throws(() => checkSpans({ id: "a", gold: [empty], predicted: [] }), /letter a: gold span \[3, 3\)/);
 * ```
 */
export function checkSpans(
  { id, text, gold, predicted }: {
    readonly id: string;
    readonly text?: string;
    readonly gold: readonly Span[];
    readonly predicted: readonly Span[];
  },
): void {
  for (const [side, spans] of [["gold", gold], ["predicted", predicted]] as const) {
    for (const { start, end, label } of spans) {
      const inside = start >= 0 && start < end && end <= (text?.length ?? Infinity);
      if (Number.isInteger(start) && Number.isInteger(end) && inside && label !== "") continue;
      throw new Error(
        `letter ${id}: ${side} span [${start}, ${end}) "${label}" is empty, unlabelled or outside the letter. Mend it.`,
      );
    }
  }
}
