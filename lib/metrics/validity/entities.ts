/** Entities lost, added or changed. @module */

import type { Letter } from "../../corpus/letter.ts";
import { changedItems, type ChangeKind, type Item } from "./changes.ts";

/**
 * Entities that the synthetic letter has lost, added or put in place of others. Where it has spans of its own, these are its
 * entities; where it has none, an entity stands wherever its words do, so that none can be added.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { entities } from "./entities.ts";
 * import { deepEqual } from "node:assert/strict";
 * const real = { id: "a", text: "Has gout.", spans: [{ start: 4, end: 8, label: "PROBLEM" }], meta: {} };
 * const synthetic = { ...real, text: "Has asthma.", spans: [{ start: 4, end: 10, label: "PROBLEM" }] };
 * const { items, changes } = entities.compare(real, synthetic, hunks(real.text, synthetic.text));
 * deepEqual([items, changes.map(({ how }) => how)], [1, ["changed"]]);
 * ```
 */
export const entities: ChangeKind = {
  name: "entities-changed",
  title: "entities lost, added or changed",
  signature: "changes|of:spans by label and words|at:word diff|v1",
  lacking: (real) => real.spans.length === 0 ? "the real letters have no spans" : undefined,
  compare: (real, synthetic, hunks) =>
    changedItems(
      itemsOf(real),
      synthetic.spans.length > 0 ? itemsOf(synthetic) : standing(real, synthetic.text),
      hunks,
    ),
};

function itemsOf({ text, spans }: Letter): Item[] {
  return spans.map(({ start, end, label }) => ({
    start,
    end,
    key: `${label} ${folded(text.slice(start, end))}`,
  }));
}

/** Every place in a text where words of the real entities stand. */
function standing(real: Letter, text: string): Item[] {
  const keys = new Map(
    itemsOf(real).map(({ start, end, key }) => [folded(real.text.slice(start, end)), key]),
  );
  const found: Item[] = [];
  const low = folded(text);
  if (low.length !== text.length) return found; // a few letters of other scripts change their length
  for (const [phrase, key] of keys) {
    for (let at = low.indexOf(phrase); at >= 0; at = low.indexOf(phrase, at + phrase.length)) {
      found.push({ start: at, end: at + phrase.length, key });
    }
  }
  return found;
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/\s/g, " ");
}
