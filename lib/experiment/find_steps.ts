/** The step of an experiment that finds identifying data. @module */

import { z } from "zod";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { type FinderOptions, openPhiFinder } from "../phi/finders.ts";

/** How a step finds: as `openPhiFinder()`, threads and models being the experiment's. */
export type FindingPlan = Omit<FinderOptions, "models" | "threads">;

const found = z.object({ start: z.int(), end: z.int(), label: z.string() });

/** The shape of what is stored: the spans of each letter. */
export const findingsSchema: z.ZodType<Letter["spans"][]> = z.array(z.array(found));

/** The tagger's name; none where rules alone find. */
export function taggerOf(
  { finder = "both", model = "phi-english", recall }: FindingPlan,
): string | undefined {
  return finder === "rules" && recall === undefined ? undefined : model;
}

/** Finds identifying data in letters. */
export async function findings(
  letters: readonly Letter[],
  how: FindingPlan,
  options: ModelOptions,
): Promise<Letter["spans"][]> {
  await using finder = await openPhiFinder({ ...how, ...options });
  const all = await finder.findAll(letters);
  return all.map((spans) => spans.map(({ start, end, label }) => ({ start, end, label })));
}
