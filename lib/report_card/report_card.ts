/** One report card for any synthetic corpus, made by whatever tool. @module */

import type { Letter } from "../corpus/letter.ts";
import { progress } from "../progress.ts";
import type { ReportCard, Section } from "./card.ts";
import { causalModel } from "./causal_model.ts";
import { corporaSection } from "./corpora.ts";
import { judgedSection } from "./judged.ts";
import { type Corpus, materialOf } from "./material.ts";
import type { ReportCardOptions } from "./options.ts";
import { pairsSection } from "./pairs.ts";
import { spanKinds } from "./phi_spans.ts";
import { privacySection } from "./privacy.ts";
import { utilitySection } from "./utility.ts";
import { validitySection } from "./validity.ts";

/**
 * Judges synthetic corpora against the real letters: fidelity letter by letter and as a corpus, utility, privacy, clinical validity.
 * Every number has its interval, the number of letters and a signature, and beside it what real letters get that stood aside: those of
 * the holdout, or half of the real ones. There is no overall grade. The same letters, options and seed give the same card.
 *
 * What can't be measured, for want of labels, ids in common or a language in common, is left out with its reason.
 *
 * @param real letters that synthetic ones may be made from, or just like them
 * @param synthetic corpora that stand side by side; letters with the id of a real one count as made from it
 * @throws {Error} one line, where a corpus has fewer than two letters (real ones without a holdout: four), two letters of one id, a
 * holdout has letters of the real corpus, a label or a model is not known
 *
 * @example
 * ```ts
 * import { reportCard } from "./report_card.ts";
 * import { equal, ok } from "node:assert/strict";
 * const real = ["Ann Lee", "Bo Fry", "Cy Dunn", "Di Moss"].map((name, i) => (
 *   { id: `${i}`, text: `Mrs ${name} had no pain. She takes 5 mg of it.`, spans: [], meta: {} }
 * ));
 * const changed = real.map((letter) => ({ ...letter, text: letter.text.replace("no pain", "pain") }));
 * const { sections } = await reportCard(real, [{ name: "changed", letters: changed }], { embeddings: false, utility: false });
 * const measure = (name: string) => sections.flatMap(({ measures }) => measures).find((one) => one.name === name);
 * equal(measure("negations-flipped")?.synthetic[0]?.value, 1);
 * equal(measure("doses-changed")?.synthetic[0]?.value, 0);
 * ok((measure("phi-replay")?.synthetic[0]?.value ?? 0) > (measure("phi-replay")?.real.value ?? 1));
 * ```
 */
export async function reportCard(
  real: readonly Letter[],
  synthetic: readonly Corpus[],
  options: ReportCardOptions = {},
): Promise<ReportCard> {
  const { seed = 42, holdout, unpaired } = options;
  const material = materialOf(real, synthetic, {
    seed,
    ...holdout && { holdout },
    ...unpaired !== undefined && { unpaired },
  });
  const kinds = spanKinds(real, options.labels);
  const causal = await causalModel(options.causalLM, options, material.language);
  const made: readonly (readonly [what: string, make: () => Promise<Section>])[] = [
    ["fidelity of letters", () => pairsSection(material, options, causal)],
    ["fidelity of corpora", () => corporaSection(material, options, causal)],
    ["utility", () => utilitySection(material, options)],
    ["privacy", () => privacySection(material, options, kinds)],
    ["validity", () => validitySection(material, options, kinds, causal)],
    ["judgement", () => judgedSection(material, options)],
  ];
  const bar = progress("report card", made.length, { unit: "sections" });
  const sections: Section[] = [];
  try {
    for (const [what, make] of made) {
      bar.update(sections.length, what);
      sections.push(await make());
    }
    bar.update(sections.length);
  } finally {
    await bar.done();
  }
  return {
    format: "palimpsest-report-1",
    real: { name: "real", letters: real.length, language: material.language },
    holdout: {
      from: material.from,
      letters: material.holdout.letters.length,
      against: material.reference.length,
    },
    synthetic: material.synthetic.map(({ name, letters, language, pairs }) => ({
      name,
      letters: letters.length,
      language,
      paired: pairs.length,
    })),
    seed,
    sections,
  };
}
