/** Annotations given as spans of letters. @module */

import type { Span } from "../../corpus/letter.ts";
import { sentences } from "../../text/sentences.ts";
import { words } from "../../text/words.ts";
import { checkIds, checkSpans, isBlank, type Source } from "./source.ts";
import { LabelNumbers, type SpanTables, tablesOf } from "./span_table.ts";
import { spansOver } from "./spans_over.ts";
import type { TokenTables } from "./token_matching.ts";

/** A letter with gold and predicted spans, `[start, end)` in UTF-16 code units, in any order; they may overlap. */
export interface SpanPair {
  readonly id: string;
  readonly gold: readonly Span[];
  readonly predicted: readonly Span[];
  /** Needed for token-level and merged scores and, without `sentences`, for MEDDOCAN's leak rate. */
  readonly text?: string;
  /** How many sentences the leak rate divides by; left out, those that `sentences()` finds in the text. */
  readonly sentences?: number;
}

/**
 * Makes the source of spans of letters; throws where a span is none.
 *
 * @example
 * ```ts
 * import { letterSource } from "./letter_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const source = letterSource([{ id: "a", text: "Dr. Bo", gold: [{ start: 4, end: 6, label: "NAME" }], predicted: [] }]);
 * deepEqual([...source.tokens("labels").gold], [0, 0, 1]);
 * ```
 */
export function letterSource(pairs: readonly SpanPair[]): Source {
  checkIds(pairs.map(({ id }) => id));
  pairs.forEach(checkSpans);
  let tables: SpanTables | undefined;
  const textOf = ({ id, text }: SpanPair) => {
    if (text === undefined) throw new Error(`letter ${id} comes without its text, which this scheme needs.`);
    return text;
  };
  return {
    ids: pairs.map(({ id }) => id),
    describe: () => "from:spans",
    spans: () => tables ??= tablesOf(pairs.map(({ gold }) => gold), pairs.map(({ predicted }) => predicted)),
    tokens: (classes) =>
      tokenTables(pairs.map((pair) => ({ ...pair, tokens: words(textOf(pair)) })), classes === "tags"),
    isGap: (letter, from, to) => isBlank(textOf(pairs[letter]!).slice(from, to)), // the caller's letters are ours
    sentences() {
      const known = pairs.every((pair) => pair.sentences !== undefined || pair.text !== undefined);
      if (!known) return undefined;
      return Int32Array.from(pairs, (pair) => pair.sentences ?? sentences(textOf(pair)).length);
    },
  };
}

type Tokenised = SpanPair & { readonly tokens: readonly { readonly start: number; readonly end: number }[] };

/** A word belongs to the first span (by start, end and label) that it overlaps; the first word of a span begins it. */
function tokenTables(pairs: readonly Tokenised[], asTags: boolean): TokenTables {
  const numbers = new LabelNumbers();
  const offsets = new Int32Array(pairs.length + 1);
  for (const [i, { tokens }] of pairs.entries()) offsets[i + 1] = offsets[i]! + tokens.length; // i < letters
  const [gold, predicted] = (["gold", "predicted"] as const).map((side) => {
    const classes = new Int32Array(offsets.at(-1) ?? 0);
    for (const [i, pair] of pairs.entries()) {
      const over = spansOver(pair[side]);
      let previous: Span | undefined;
      for (const [j, { start, end }] of pair.tokens.entries()) {
        const [span] = over(start, end);
        const prefix = asTags ? `${span === previous ? "I" : "B"}-` : "";
        if (span) classes[offsets[i]! + j] = numbers.of(prefix + span.label) + 1; // i < letters
        previous = span;
      }
    }
    return classes;
  });
  const { labels, ranks } = numbers.sorted();
  const byRank = (number: number) => number && ranks[number - 1]! + 1; // a rank for every number
  return { classes: labels, offsets, gold: gold!.map(byRank), predicted: predicted!.map(byRank) }; // two sides
}
