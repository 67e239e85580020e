/** Privacy: what synthetic letters give away of the real ones. @module */

import { PhraseFinder } from "../metrics/privacy/phrase_finder.ts";
import type { Measure, Section } from "./card.ts";
import { copyMeasures } from "./copy_measures.ts";
import { meanReading, OVER_LETTERS } from "./estimates.ts";
import type { Material } from "./material.ts";
import { measured, sectionOf } from "./measures.ts";
import { neighbourMeasures } from "./neighbour_measures.ts";
import type { ReportCardOptions } from "./options.ts";
import type { SpanKinds } from "./phi_spans.ts";
import { replayMeasures } from "./replay_measures.ts";
import { riskiest } from "./riskiest.ts";

/**
 * Looks in each corpus for what it has of the real reference: PHI, runs of words, near-duplicates; tells whether it lies nearer to the
 * reference than to the holdout, and whether that gives away which real letters it was made from; and lists the riskiest letters.
 *
 * @throws {Error} for two letters of one id in a corpus
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { spanKinds } from "./phi_spans.ts";
 * import { privacySection } from "./privacy.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["Ann", "Bob", "Cyd", "Dee"].map((name) => ({ id: name, text: `Mrs ${name} rang on 3 May.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const { measures } = await privacySection(material, {}, spanKinds(letters));
 * const replay = measures.find(({ name }) => name === "phi-replay");
 * equal(replay?.synthetic[0]?.value, 1); // letters give all of themselves away
 * ```
 */
export async function privacySection(
  material: Material,
  options: ReportCardOptions,
  kinds: SpanKinds,
): Promise<Section> {
  const { canaries = [], listed = 10 } = options;
  const measures = [
    ...await replayMeasures(material, kinds),
    ...await copyMeasures(material),
    ...await neighbourMeasures(material),
    ...canaries.length > 0 ? [await planted(material, canaries)] : [],
  ];
  return {
    ...await section(material, measures, canaries),
    listings: riskiest(material, kinds, listed, canaries),
  };
}

function section({ from }: Material, measures: readonly Measure[], canaries: readonly string[]): Section {
  const against = from === "given"
    ? "the real letters"
    : "half of the real letters, and the real holdout is the other half; of letters with ids of real ones only those count that were " +
      "made from the first half. Letters are listed by what they have of all real letters";
  return sectionOf(
    {
      name: "privacy",
      title: "Privacy",
      about:
        `What each corpus has of ${against}. What the real holdout has of them is chance: common names, weekdays, phrases that ` +
        `every letter has. A corpus above that tells of the letters behind it.`,
    },
    measures,
    canaries.length > 0 ? {} : { leftOut: [{ what: "canaries", why: "none were named as planted" }] },
  );
}

async function planted(material: Material, canaries: readonly string[]): Promise<Measure> {
  const finder = new PhraseFinder(canaries);
  const signature = `canaries|planted:${canaries.length}|text:folded|borders:words|${OVER_LETTERS}|v1`;
  return await measured(
    material,
    { name: "canaries", title: "letters with a planted canary", better: "lower", signature },
    ({ name, letters }) =>
      meanReading(name, letters.map(({ text }): number => finder.in(text).size > 0 ? 1 : 0)),
  );
}
