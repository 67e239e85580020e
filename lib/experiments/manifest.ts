/** What an experiment's results were made with. @module */

import { sha256 } from "../sha256.ts";
import { metricsOf } from "../experiment/letter_values.ts";
import type { Outcome } from "../experiment/run.ts";
import { type Manifest, manifest } from "../report/manifest.ts";

/**
 * The manifest of an outcome. Times and machine apart, two runs of the same code on the same data have the same one.
 *
 * @param finished when the results were written
 */
export function experimentManifest(outcome: Outcome, finished: Date): Manifest {
  const { experiment, profile, factors, corpus, cells, provenance, started } = outcome;
  const folders = Object.entries(provenance.models).filter(([name, hash]) => name !== hash); // baselines have none
  const named = (kind: string, hashes: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(hashes).map(([name, hash]) => [`${kind} ${name}`, hash]));
  return manifest({
    command: `deno task repro ${experiment.name} --profile ${profile}`,
    options: {
      experiment: experiment.name,
      question: experiment.question,
      profile,
      factors,
      letters: corpus.length,
      metrics: Object.fromEntries(metricsOf(cells).map(({ metric, signature }) => [metric, signature])),
      unit:
        "letter; its value is the mean over seeds, in comparisons and claims over all factors not compared",
      intervals: "95% bootstrap of the mean, BCa, 10,000 resamples",
      tests:
        "paired permutation test, two-sided, 10,000 sign assignments; Holm over all rows of comparisons.csv",
      claims: "bootstrap interval of the mean difference at 1 − 0.05 / number of claims",
    },
    seed: 42, // of resamples and permutations; the masks' seeds are a factor
    inputs: {
      letters: sha256(JSON.stringify(corpus)),
      ...named("model", Object.fromEntries(folders)),
      ...named("code", provenance.code),
    },
    started,
    finished,
  });
}
