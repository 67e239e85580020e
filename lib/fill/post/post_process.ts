/** What the paper does to letters after they are filled. @module */

import type { Fill } from "../filler.ts";
import type { FillsOf, PostStep } from "./step.ts";

/**
 * Fills after steps of post-processing, in their order: blanks that were left are filled, spelling is put right against a word list,
 * case and spacing (Synthetic4Health, arXiv 2409.09501). A fill that a step changed says so in `changed`: what it was before, by step.
 *
 * @throws Error as the steps do
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { letterCase } from "./case.ts";
 * import { postProcess } from "./post_process.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Stopped.", spans: [], meta: {} };
 * const letters = mask([letter], { strategy: "random", ratio: 1, seed: 42 }).map((masked) => (
 *   { masked, fills: [{ word: 0, text: "begun", raw: "begun", valid: true }] }
 * ));
 * deepEqual(await postProcess(letters, [letterCase]), [[
 *   { word: 0, text: "Begun", raw: "begun", valid: true, changed: { case: "begun" } },
 * ]]);
 * ```
 */
export async function postProcess(
  letters: readonly FillsOf[],
  steps: readonly PostStep[],
): Promise<Fill[][]> {
  let current = letters.map(({ fills }) => [...fills]);
  for (const step of steps) {
    const now = letters.map(({ masked }, i) => ({ masked, fills: current[i] ?? [] }));
    const changes = await step.apply(now);
    current = current.map((fills, i) =>
      fills.map((fill) => {
        const text = changes[i]?.get(fill.word);
        if (text === undefined || text === fill.text) return fill;
        const { left: _, ...rest } = fill;
        return { ...rest, text, changed: { ...fill.changed, [step.name]: fill.text } };
      })
    );
  }
  return current;
}
