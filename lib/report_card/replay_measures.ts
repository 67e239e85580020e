/** PHI of the real letters that stands in synthetic ones. @module */

import { phiReplay } from "../metrics/privacy/phi_replay.ts";
import type { Measure, Reading } from "./card.ts";
import { noReading, OVER_LETTERS } from "./estimates.ts";
import type { Material } from "./material.ts";
import { measured, type MeasureHead } from "./measures.ts";
import type { SpanKinds } from "./phi_spans.ts";

/**
 * How much PHI of the real reference each corpus replays, of how many letters, and how much more than PHI of the holdout.
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { spanKinds } from "./phi_spans.ts";
 * import { replayMeasures } from "./replay_measures.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["Ann", "Bob", "Cyd", "Dee"].map((name) => ({ id: name, text: `Mrs ${name} rang on 3 May.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const [replay] = await replayMeasures(material, spanKinds(letters));
 * equal(replay?.synthetic[0]?.value, 1); // letters give all of themselves away
 * ```
 */
export async function replayMeasures(material: Material, kinds: SpanKinds): Promise<Measure[]> {
  const [train, holdout] = [material.reference, material.holdout.letters].map((side) => side.map(kinds.phi));
  if (train === undefined || holdout === undefined) return [];
  const results = new Map([material.holdout, ...material.synthetic].map(({ name, exposed }) => {
    const own = name === material.holdout.name;
    return [name, phiReplay(train, exposed, own ? {} : { holdout })] as const;
  }));
  const none = "the real letters have no PHI";
  const head = (name: string, title: string, drawn = false): MeasureHead => ({
    name,
    title,
    better: "lower",
    signature: `phi-replay|text:folded|borders:words|within:corpus|${kinds.signature}|${OVER_LETTERS}|v1`,
    ...drawn && { drawn },
  });
  const rate = (name: string, of: "spans" | "letters"): Reading => {
    const result = results.get(name)?.train[of];
    if (!result || result.rate === null || result.low === null || result.high === null) {
      return noReading(name, none);
    }
    const { rate: value, low, high } = result;
    return { corpus: name, value, low: Math.min(low, value), high: Math.max(high, value), n: train.length };
  };
  return [
    await measured(
      material,
      head("phi-replay", "PHI of real letters replayed", true),
      ({ name }) => rate(name, "spans"),
    ),
    await measured(
      material,
      head("phi-replay-letters", "real letters of which PHI is replayed"),
      ({ name }) => rate(name, "letters"),
    ),
    await measured(
      material,
      head("phi-replay-excess", "PHI replayed, above that of the holdout"),
      ({ name }) => {
        const excess = results.get(name)?.excess?.spans;
        if (name === material.holdout.name) return noReading(name, "the holdout is what is compared with");
        if (!excess || excess.low === null || excess.high === null) return noReading(name, none);
        const { difference: value, low, high } = excess;
        return {
          corpus: name,
          value,
          low: Math.min(low, value),
          high: Math.max(high, value),
          n: train.length,
        };
      },
    ),
  ];
}
