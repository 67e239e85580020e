/** What an experiment's results were made with. @module */

import { sha256 } from "../experiment/hash.ts";
import { metricsOf } from "../experiment/letter_values.ts";
import type { Outcome } from "../experiment/run.ts";

/** All that is needed to tell whether two folders of results can differ, and why. */
export interface Manifest {
  readonly experiment: string;
  readonly question: string;
  readonly profile: string;
  readonly factors: Outcome["factors"];
  readonly corpus: { readonly letters: number; readonly sha256: string };
  readonly metrics: readonly { readonly metric: string; readonly signature: string }[];
  readonly statistics: Readonly<Record<string, string>>;
  /** Name → fingerprint. */
  readonly models: Readonly<Record<string, string>>;
  /** Step → hash of the sources that it ran. */
  readonly code: Readonly<Record<string, string>>;
  readonly platform: { readonly deno: string; readonly target: string };
  /** When it was written, as ISO 8601 in UTC: the one thing that differs between two runs alike. */
  readonly written: string;
}

/**
 * The manifest of an outcome, as of now.
 *
 * @param now for tests
 */
export function manifest(outcome: Outcome, now: Date = new Date()): Manifest {
  const { experiment, profile, factors, corpus, cells, provenance } = outcome;
  return {
    experiment: experiment.name,
    question: experiment.question,
    profile,
    factors,
    corpus: { letters: corpus.length, sha256: sha256(JSON.stringify(corpus)) },
    metrics: metricsOf(cells),
    statistics: {
      unit:
        "letter; its value is the mean over seeds (in comparisons and claims: over all factors not compared)",
      intervals: "95% bootstrap of the mean, BCa, 10,000 resamples, seed 42",
      tests:
        "paired permutation test, two-sided, 10,000 sign assignments, seed 42; Holm over comparisons.csv",
      claims: "interval of the mean difference at 1 − 0.05 / number of claims",
    },
    models: provenance.models,
    code: provenance.code,
    platform: { deno: Deno.version.deno, target: Deno.build.target },
    written: now.toISOString(),
  };
}
