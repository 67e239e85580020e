/** The code that each step's results depend on. @module */

import { project } from "../../project.ts";
import { codeVersion } from "../code_version.ts";

/** The modules that a step's result depends on, with all they import. */
const modules = {
  mask: ["mask/mask.ts"],
  adapt: ["train/adapt.ts"],
  trainTagger: ["ner/train_tagger.ts"],
  annotate: ["ner/annotate.ts"],
  find: ["phi/finders.ts"],
  adaptCausal: ["synth/adapt_causal.ts"],
  synthesize: ["synth/sample_corpus.ts"],
  losses: ["metrics/perplexity/causal_lm.ts"],
  fill: ["fill/fill.ts"],
  score: ["metrics/score.ts", "metrics/judge.ts"],
} as const satisfies Record<string, readonly string[]>;

/** A step whose results are stored. */
export type StepName = keyof typeof modules;

const isStep = (name: string): name is StepName => Object.hasOwn(modules, name);

/**
 * The version of a step's code: the hash of all its sources. A step that there is no more has that of no sources.
 *
 * @example
 * ```ts
 * import { stepVersion } from "./step_code.ts";
 * import { notEqual } from "node:assert/strict";
 * notEqual(await stepVersion("mask"), await stepVersion("fill"));
 * ```
 */
export async function stepVersion(step: string): Promise<string> {
  const paths = isStep(step) ? modules[step].map((path) => `${project.lib}/${path}`) : [];
  return await codeVersion(paths, project.root);
}
