/** Steps of post-processing by name. @module */

import type { Filler } from "../filler.ts";
import { letterCase } from "./case.ts";
import { leftOver } from "./left_over.ts";
import { spacing } from "./spacing.ts";
import { spelling } from "./spelling.ts";
import type { PostStep } from "./step.ts";
import { clinicalWords } from "./word_list.ts";

/** The steps, in the order in which they are taken. */
export const postStepNames = ["left-over", "spacing", "spelling", "case"] as const;

/** The name of a step. */
export type PostStepName = typeof postStepNames[number];

/** What steps work with. */
export interface PostSources {
  /** Fills what was left; left out: the letter's own most frequent word. */
  readonly filler?: Filler;
  /** A corpus whose words are spelt right; left out: the embedded letters. WordNet's words are right beside them. */
  readonly words?: string;
}

/**
 * The steps of some names, in the order in which they are taken.
 *
 * @throws Error where the words cannot be read
 *
 * @example
 * ```ts
 * import { postSteps } from "./steps.ts";
 * import { deepEqual } from "node:assert/strict";
 * const steps = await postSteps(["case", "left-over"]);
 * deepEqual(steps.map(({ name }) => name), ["left-over", "case"]);
 * ```
 */
export async function postSteps(
  names: readonly PostStepName[],
  { filler, words }: PostSources = {},
): Promise<PostStep[]> {
  const make: Readonly<Record<PostStepName, () => PostStep | Promise<PostStep>>> = {
    "left-over": () => leftOver(filler),
    "spacing": () => spacing,
    "spelling": async () => spelling(await clinicalWords(words)),
    "case": () => letterCase,
  };
  const steps: PostStep[] = [];
  for (const name of postStepNames) if (names.includes(name)) steps.push(await make[name]());
  return steps;
}
