/** The step that finds identifying data. @module */

import { z } from "zod";
import type { Letter } from "../../corpus/letter.ts";
import { type FinderOptions, openPhiFinder } from "../../phi/finders.ts";
import type { StepContext } from "./step_context.ts";
import { textHash } from "./text_hash.ts";

/** How a step finds: as `openPhiFinder()`, threads and models being the experiment's. */
export type FindingPlan = Omit<FinderOptions, "models" | "threads">;

/** The letters with the identifying data that a finder finds in them, in place of any spans that they had. */
export type FindStep = (letters: readonly Letter[], options: FindingPlan) => Promise<Letter[]>;

const findingsSchema: z.ZodType<Letter["spans"][]> = z.array(
  z.array(z.object({ start: z.int(), end: z.int(), label: z.string() })),
);

/** `openPhiFinder()`, its findings stored. */
export function findStep({ store, options, hashOf, codeOf }: StepContext): FindStep {
  return async (letters, how) => {
    const tagger = taggerOf(how);
    const findings = await store.result({
      name: "find",
      inputs: {
        letters: textHash(letters),
        model: tagger === undefined ? null : await hashOf(tagger),
        how: JSON.stringify(how),
        code: await codeOf("find"),
      },
      schema: findingsSchema,
      async compute() {
        await using finder = await openPhiFinder({ ...how, ...options });
        const all = await finder.findAll(letters);
        return all.map((spans) => spans.map(({ start, end, label }) => ({ start, end, label })));
      },
    });
    return letters.map((letter, i) => ({ ...letter, spans: findings[i] ?? [] }));
  };
}

/** The tagger's name; none where rules alone find. */
function taggerOf({ finder = "both", model = "phi-english", recall }: FindingPlan): string | undefined {
  return finder === "rules" && recall === undefined ? undefined : model;
}
