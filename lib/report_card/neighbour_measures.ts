/** Whether synthetic letters lie nearer to the real ones they may be made from than to others. @module */

import type { Letter } from "../corpus/letter.ts";
import { membershipInference } from "../metrics/privacy/membership_inference.ts";
import { textNeighbourRatios } from "../metrics/privacy/nearest_neighbours.ts";
import type { Measure, Reading } from "./card.ts";
import { noReading, OVER_LETTERS } from "./estimates.ts";
import type { Material } from "./material.ts";
import { measured, type MeasureHead } from "./measures.ts";

/** A side is halved for the holdout's own numbers, and each half takes two letters for an interval. */
const LEAST_HALVED = 4;

/**
 * Nearest neighbours of each corpus among the real reference and the holdout, and whether the distance to the corpus tells which real
 * letters it was made from. For its own numbers the holdout is halved: is one half nearer to the reference than to the other?
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { neighbourMeasures } from "./neighbour_measures.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["Ann", "Bob", "Cyd", "Dee"].map((name) => ({ id: name, text: `Mrs ${name} rang on 3 May.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const [, , auc] = await neighbourMeasures(material);
 * equal(auc?.synthetic[0]?.value, 1); // what is in the corpus is a member
 * ```
 */
export async function neighbourMeasures(material: Material): Promise<Measure[]> {
  const { reference, holdout, synthetic } = material;
  const halves = [0, 1].map((half) => holdout.letters.filter((_, i) => i % 2 === half));
  const sides = new Map<string, { made: readonly Letter[]; others: readonly Letter[] }>([
    [holdout.name, { made: halves[0] ?? [], others: halves[1] ?? [] }],
    ...synthetic.map(({ name, exposed }) => [name, { made: exposed, others: holdout.letters }] as const),
  ]);
  const few = `fewer than ${LEAST_HALVED} letters in the holdout`;
  const lacking = (name: string) => name === holdout.name && holdout.letters.length < LEAST_HALVED;
  const ratios = new Map(
    [...sides].filter(([name]) => !lacking(name)).map(([name, { made, others }]) =>
      [name, textNeighbourRatios(made, reference, others)] as const
    ),
  );
  const ratio = (name: string, of: "ratio" | "closerToTrain"): Reading => {
    const result = ratios.get(name);
    if (result === undefined) return noReading(name, few);
    const { mean, low, high, n } = result[of];
    if (mean === null || low === null || high === null) {
      return noReading(name, "fewer than two letters have a value");
    }
    return { corpus: name, value: mean, low: Math.min(low, mean), high: Math.max(high, mean), n };
  };
  const head = (name: string, title: string, signature: string, drawn = false): MeasureHead => ({
    name,
    title,
    better: "real",
    signature: `${signature}|distance:jaccard-words:1`,
    ...drawn && { drawn },
  });
  return [
    await measured(
      material,
      head(
        "closer-to-real",
        "nearer to the real letters than to the holdout (0.5: neither)",
        `neighbours-closer|${OVER_LETTERS}|v1`,
      ),
      ({ name }) => ratio(name, "closerToTrain"),
    ),
    await measured(
      material,
      head(
        "distance-ratio",
        "distance to the nearest real letter, over that to the holdout's",
        `neighbour-ratio|${OVER_LETTERS}|v1`,
      ),
      ({ name }) => ratio(name, "ratio"),
    ),
    await measured(
      material,
      head(
        "membership-auc",
        "membership inference, area under the ROC curve (0.5: nothing told)",
        "membership|by:distance to the nearest of the corpus|interval:percentile over letters|v1",
        true,
      ),
      ({ name }) => {
        const side = sides.get(name);
        if (side === undefined || lacking(name)) return noReading(name, few);
        const [members, others] = [reference, side.others].map((real) =>
          textNeighbourRatios(real, side.made, side.made).letters.map(({ train }) => train)
        );
        const { auc: { value, low, high } } = membershipInference(members ?? [], others ?? [], {
          seed: material.seed,
        });
        const n = reference.length + side.others.length;
        return { corpus: name, value, low: Math.min(low, value), high: Math.max(high, value), n };
      },
    ),
  ];
}
