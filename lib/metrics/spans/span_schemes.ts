/** Every way to score spans, by its name. @module */

import { nearestName } from "../../nearest_name.ts";
import type { CountTable } from "./match_counts.ts";
import { matchMerged } from "./merged_spans.ts";
import { matchOverlaps, type OverlapStrategy } from "./overlap_matching.ts";
import { matchSets } from "./set_matching.ts";
import type { ReadingMode, Source } from "./source.ts";
import { matchTokens } from "./token_matching.ts";

/** A way to score spans. */
export interface SpanScheme {
  /** The name users write: `nervaluate-type`. */
  readonly name: string;
  /** The name for tables: `Type (nervaluate)`. */
  readonly title: string;
  /** How tags are read into spans. */
  readonly reading: ReadingMode;
  /** Whether missed spans over sentences are its leak rate. */
  readonly leak?: true;
  count(source: Source): CountTable;
}

function nervaluate(strategy: OverlapStrategy, title: string): SpanScheme {
  return {
    name: `nervaluate-${strategy}`,
    title: `${title} (nervaluate)`,
    reading: "lenient",
    count: (source) => matchOverlaps(source.spans("lenient"), strategy),
  };
}

/** All schemes, in the order in which tables show them. */
export const SPAN_SCHEMES: readonly SpanScheme[] = [
  {
    name: "seqeval",
    title: "Entities (seqeval)",
    reading: "lenient",
    count: (source) => matchSets(source.spans("lenient"), "aware"),
  },
  {
    name: "seqeval-strict",
    title: "Entities, strict (seqeval)",
    reading: "strict",
    count: (source) => matchSets(source.spans("strict"), "aware"),
  },
  nervaluate("strict", "Strict"),
  nervaluate("exact", "Exact border"),
  nervaluate("partial", "Partial border"),
  nervaluate("type", "Type"),
  {
    name: "token",
    title: "Tokens",
    reading: "lenient",
    count: (source) => matchTokens(source.tokens("labels")),
  },
  {
    name: "token-tags",
    title: "Tokens, B and I apart",
    reading: "lenient",
    count: (source) => matchTokens(source.tokens("tags")),
  },
  {
    name: "meddocan-ner",
    title: "NER (MEDDOCAN)",
    reading: "lenient",
    leak: true,
    count: (source) => matchSets(source.spans("lenient"), "aware"),
  },
  {
    name: "meddocan-spans",
    title: "Spans (MEDDOCAN)",
    reading: "lenient",
    count: (source) => matchSets(source.spans("lenient"), "blind"),
  },
  {
    name: "meddocan-merged",
    title: "Merged spans (MEDDOCAN)",
    reading: "lenient",
    count: (source) => matchMerged(source.spans("lenient"), "meddocan", source.isGap),
  },
  {
    name: "merged",
    title: "Merged spans",
    reading: "lenient",
    count: (source) => matchMerged(source.spans("lenient"), "plain", source.isGap),
  },
];

/**
 * The scheme of a name.
 *
 * @throws {Error} with the nearest name and all names, when there is none of that name
 *
 * @example
 * ```ts
 * import { spanSchemeNamed } from "./span_schemes.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(spanSchemeNamed("token").title, "Tokens");
 * throws(() => spanSchemeNamed("seqval"), /unknown scheme "seqval"\. Did you mean seqeval\?/);
 * ```
 */
export function spanSchemeNamed(name: string): SpanScheme {
  const scheme = SPAN_SCHEMES.find((one) => one.name === name);
  if (scheme !== undefined) return scheme;
  const names = SPAN_SCHEMES.map((one) => one.name);
  throw new Error(
    `unknown scheme "${name}". Did you mean ${nearestName(name, names)}? Known: ${names.join(", ")}.`,
  );
}
