/** The list of letters under review, a page at a time. @module */

import { z } from "zod";
import type { LetterSources } from "../letters/sources.ts";
import { keyOf, reviewerSchema, type Unit } from "./entry.ts";
import type { ReviewHistory } from "./history.ts";
import { isDisputed, type ReviewedLetter } from "./reviewed_letter.ts";

/** Which letters are listed, and for whom. */
export const reviewedSchema = z.object({
  corpus: z.string(),
  reviewer: reviewerSchema,
  show: z.enum(["all", "to do", "to adjudicate"]).default("all"),
  from: z.int().min(0).default(0),
  count: z.int().min(1).max(500).default(100),
});

/** Where a letter's review is, to a reviewer. */
export type Progress = "new" | "begun" | "done" | "open" | "disputed";

/** A page of the list. */
export interface ReviewedList {
  readonly total: number;
  readonly of: number;
  readonly letters: readonly { readonly id: string; readonly progress: Progress }[];
  readonly notes: readonly string[];
}

/**
 * Letters of a corpus with how far a reviewer is with them. What others decided shows in a letter that is open alone.
 *
 * @throws {Unanswerable} as the source does
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { openResults } from "../results/open_results.ts";
 * import { letterSources } from "../letters/sources.ts";
 * import { ReviewHistory } from "./history.ts";
 * import { reviewedList, reviewedSchema } from "./reviewed_list.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const { letters, results, runs } = await tinyProject(folder);
 * const sources = letterSources([{ name: "mine", path: letters }], await openResults(results), runs);
 * const query = reviewedSchema.parse({ corpus: "mine", reviewer: "Ann", show: "to do" });
 * equal((await reviewedList(sources, await ReviewHistory.open(`${folder}/review`), query)).total, 12);
 * ```
 */
export async function reviewedList(
  sources: LetterSources,
  history: ReviewHistory,
  { corpus, reviewer, show, from, count }: z.output<typeof reviewedSchema>,
): Promise<ReviewedList> {
  const { letters } = await sources.load({ corpus });
  const reviewed = await history.letters(corpus, letters.map(({ id }) => id));
  const all = letters.map(({ id, spans }) => ({
    id,
    progress: progressOf(reviewed.get(id), spans, reviewer),
  }));
  const found = all.filter(({ progress }) =>
    show === "all" || (show === "to do" ? ["new", "begun"].includes(progress) : progress === "disputed")
  );
  return {
    total: found.length,
    of: all.length,
    letters: found.slice(from, from + count),
    notes: history.notes,
  };
}

/**
 * What can be decided about a letter: first the letter as a whole, then its spans, of equal ones the first.
 *
 * @example
 * ```ts
 * import { unitsOf } from "./reviewed_list.ts";
 * import { equal } from "node:assert/strict";
 * const span = { start: 3, end: 10, label: "DRUG" };
 * equal(unitsOf([span, span]).length, 2);
 * ```
 */
export function unitsOf(
  spans: readonly { readonly start: number; readonly end: number; readonly label: string }[],
): Unit[] {
  const units = new Map<string, Unit>([["", null]]);
  for (const { start, end, label } of spans) {
    const unit = { start, end, label };
    if (!units.has(keyOf(unit))) units.set(keyOf(unit), unit);
  }
  return [...units.values()];
}

function progressOf(
  review: ReviewedLetter | undefined,
  spans: Parameters<typeof unitsOf>[0],
  reviewer: string,
): Progress {
  if (review?.open) {
    return unitsOf(spans).some((unit) => isDisputed(review.seen(unit, reviewer))) ? "disputed" : "open";
  }
  return review?.isDone(reviewer) ? "done" : review?.hasBegun(reviewer) ? "begun" : "new";
}
