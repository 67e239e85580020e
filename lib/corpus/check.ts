/** All that is wrong with a corpus. @module */
import { draftsAt, type LettersOptions } from "./letters.ts";
import { NearDuplicates } from "./near_duplicates.ts";
import { draftProblems, type Problem, UsedIds } from "./validate.ts";

/** How like each other two letters may be. */
const nearly = 0.8;

/** What a check found. */
export type Finding = { readonly problem: Problem } | { readonly letters: number; readonly bad: number };

/**
 * Goes through a corpus letter by letter and tells all that is wrong with it: what keeps it from being read, spans that do not fit, overlap
 * or cover other text than the file says, ids used twice, letters that are nearly the same (an estimated 80% or more of their five-word
 * runs). Last, it tells how many letters there are, and how many of them are not in order.
 *
 * @throws Error when nothing more can be read: there is nothing, or it is of no known format or encoding
 *
 * @example
 * ```ts
 * import { check, compilerLine } from "./check.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin.");
 * await Deno.writeTextFile(`${folder}/a.ann`, "T1\tDRUG 4 11\taspirin\n");
 * const lines: string[] = [];
 * for await (const found of check(folder)) if ("problem" in found) lines.push(compilerLine(found.problem).replace(folder, ""));
 * deepEqual(lines, ['/a.ann:1:9: span T1 [4, 11) reads "spirin.", annotation says "aspirin". Fix the offsets.']);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function* check(path: string, options: LettersOptions = {}): AsyncGenerator<Finding> {
  const ids = new UsedIds();
  const seen = new NearDuplicates(nearly);
  let [letters, bad] = [0, 0];
  for await (const draft of await draftsAt(path, options)) {
    letters++;
    const problems = draft.problems ?? [...ids.problems(draft), ...draftProblems(draft, options)];
    const like = draft.problems ? undefined : seen.add(`"${draft.id}" (${draft.at})`, draft.text);
    const all = like
      ? [...problems, {
        at: draft.at,
        message: `letter "${draft.id}" is nearly the same as ${like.of}: about ${
          Math.round(100 * like.similarity)
        }% of their five-word runs. Keep one of them.`,
      }]
      : problems;
    if (all.length > 0) bad++;
    for (const problem of all) yield { problem };
  }
  yield { letters, bad };
}

/** A problem as compilers write it: `file:line:column: message`. */
export function compilerLine({ at, column = 1, message }: Problem): string {
  return `${/:\d+$/.test(at) ? at : `${at}:1`}:${column}: ${message}`;
}
