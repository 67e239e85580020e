/** Attention a few texts at a time. @module */

import type { GraphBuilder } from "../onnx/builder.ts";
import type { Dim, Value } from "../onnx/graph.ts";

/** Scores of queries with keys that a processor's second cache holds, in elements: 3 MB. */
const MOST_SCORES = 800_000;

/**
 * What `mix` makes of some texts at a time, laid end to end: as many as have scores that stay in the cache while they are
 * added to, normalised and multiplied. Of arrays larger than the cache every one of these passes would wait for memory.
 *
 * @param texts how many there are; where that is not known yet, or few enough, all are mixed at once
 * @param scores of a text
 * @param arrays whose first axis has the texts, each in as many rows as the others; an array of one row is every group's
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { byTexts } from "./text_groups.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const [query, key] = ["query", "key"].map((name) => b.input(name, "float32", [6 * 4, 8])); // 6 texts of 4 places
 * if (query && key) {
 *   const both = byTexts(b, 6, 300_000, [query, key], (texts, [q = query, k = key]) => b.add(q, k));
 *   deepEqual(both.shape, [24, 8]);
 *   deepEqual(b.nodes.filter(({ operator }) => operator === "Add").length, 3); // of two texts each
 * }
 * ```
 */
export function byTexts(
  b: GraphBuilder,
  texts: Dim,
  scores: Dim,
  arrays: readonly (Value | undefined)[],
  mix: (texts: Dim, arrays: readonly (Value | undefined)[]) => Value,
): Value {
  if (typeof texts !== "number" || typeof scores !== "number") return mix(texts, arrays);
  const most = Math.max(1, Math.floor(MOST_SCORES / scores));
  if (texts <= most) return mix(texts, arrays);
  const groups = Array.from({ length: Math.ceil(texts / most) }, (_, i) => Math.min(most, texts - i * most));
  const parts = arrays.map((array) => {
    const [rows] = array?.shape ?? [];
    if (!array || rows === 1) return groups.map(() => array);
    if (typeof rows !== "number" || rows % texts !== 0) {
      throw new Error(`${array.name}: ${rows} rows for ${texts} texts`);
    }
    return b.parts(array, 0, groups.map((group) => group * rows / texts));
  });
  const mixed = groups.map((group, i) => mix(group, parts.map((part) => part[i])));
  return b.one("Concat", mixed, { axis: { int: 0 } });
}
