/** Which tag may follow which. @module */

import { schemeOf } from "./word_tags.ts";

/** What a scheme allows, tags by their places in the set. */
export interface TagOrder {
  /** For each tag those that it may follow; one list for all that follow the same. */
  readonly follows: readonly (readonly number[])[];
  /** Tags that a text may begin with. */
  readonly first: readonly number[];
  /** Tags that a text may end with. */
  readonly last: readonly number[];
}

/**
 * What the scheme of a set of tags allows. In IOB2 `I-` follows `B-` or `I-` of its label only; in BILOU `I-` and `L-` follow `B-` or `I-`
 * of their label and nothing else follows those, the end of the text neither.
 *
 * @example
 * ```ts
 * import { tagOrder } from "./tag_order.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { follows, first, last } = tagOrder(["O", "B-X", "I-X"]);
 * deepEqual([follows, first, last], [[[0, 1, 2], [0, 1, 2], [1, 2]], [0, 1], [0, 1, 2]]);
 * ```
 */
export function tagOrder(tags: readonly string[]): TagOrder {
  const bilou = schemeOf(tags) === "bilou";
  const goesOn = (tag: string) => /^[IL]-/.test(tag);
  const open = (tag: string) => bilou && /^[BI]-/.test(tag); // something of its label must follow
  const places = [...tags.keys()];
  const last = places.filter((i) => !open(tags[i] ?? ""));
  const begun = Map.groupBy(
    places.filter((i) => /^[BI]-/.test(tags[i] ?? "")),
    (i) => tags[i]?.slice(2),
  );
  return {
    follows: tags.map((tag) => goesOn(tag) ? begun.get(tag.slice(2)) ?? [] : last),
    first: places.filter((i) => !goesOn(tags[i] ?? "")),
    last,
  };
}
