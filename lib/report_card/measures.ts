/** Making measures and sections. @module */

import type { LeftOut, Measure, Reading, Section } from "./card.ts";
import type { Candidate, Material } from "./material.ts";

/** A measure but for its readings. */
export type MeasureHead = Pick<Measure, "name" | "title" | "better" | "signature" | "drawn">;

/**
 * A measure of the real holdout and of every synthetic corpus.
 *
 * @param read gives the reading of one of them
 *
 * @example
 * ```ts
 * import { noReading } from "./estimates.ts";
 * import { materialOf } from "./material.ts";
 * import { measured } from "./measures.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const head = { name: "m", title: "m", better: "lower" as const, signature: "m|v1" };
 * const { real, synthetic } = await measured(material, head, ({ name }) => noReading(name, "not tried"));
 * deepEqual([real.corpus, synthetic[0]?.corpus], ["real holdout", "same"]);
 * ```
 */
export async function measured(
  material: Material,
  head: MeasureHead,
  read: (candidate: Candidate) => Reading | Promise<Reading>,
): Promise<Measure> {
  const synthetic: Reading[] = [];
  const real = await read(material.holdout);
  for (const candidate of material.synthetic) synthetic.push(await read(candidate));
  return { ...head, real, synthetic };
}

/**
 * A section of the measures that at least one synthetic corpus has; of the others, and of what single corpora lack, it says why.
 *
 * @example
 * ```ts
 * import { noReading } from "./estimates.ts";
 * import { sectionOf } from "./measures.ts";
 * import { deepEqual } from "node:assert/strict";
 * const none = noReading("a", "no label");
 * const measure = { name: "m", title: "labels", better: "lower" as const, signature: "", real: none, synthetic: [none] };
 * const { measures, leftOut } = sectionOf({ name: "s", title: "S", about: "" }, [measure]);
 * deepEqual([measures, leftOut], [[], [{ what: "labels of a", why: "no label" }]]);
 * ```
 */
export function sectionOf(
  head: Pick<Section, "name" | "title" | "about">,
  measures: readonly Measure[],
  rest: Partial<Pick<Section, "listings" | "leftOut">> = {},
): Section {
  const reasons = new Map<string, string[]>();
  for (const { title, synthetic } of measures) {
    for (const { corpus, value, reason } of synthetic) {
      if (value !== null) continue;
      const key = JSON.stringify([corpus, reason ?? "there is no value"]);
      reasons.set(key, [...reasons.get(key) ?? [], title]);
    }
  }
  const lacking = [...reasons].map(([key, titles]): LeftOut => {
    const [corpus, why] = JSON.parse(key);
    const [first, second, ...others] = titles;
    const named = others.length > 1 ? [first, second, `${others.length} other measures`] : titles;
    return { what: `${named.join(", ")} of ${corpus}`, why };
  });
  return {
    ...head,
    measures: measures.filter(({ synthetic }) => synthetic.some(({ value }) => value !== null)),
    listings: rest.listings ?? [],
    leftOut: [...rest.leftOut ?? [], ...lacking],
  };
}
