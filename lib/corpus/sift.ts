/** From drafts to letters: what is wrong is thrown, or told and left out. @module */
import type { Letter } from "./letter.ts";
import {
  bareLetter,
  byId,
  type Draft,
  draftProblems,
  type Problem,
  problemError,
  UsedIds,
  type ValidateOptions,
} from "./validate.ts";

/** How drafts are sifted. */
export interface SiftOptions extends ValidateOptions {
  /** Called with all that is wrong with a letter, which is then left out; without it, the first problem is thrown. */
  readonly onBad?: (problems: readonly Problem[]) => void;
  /** How many drafts at the beginning only count as read: where an interrupted run goes on. */
  readonly skip?: number;
  /** Called when a draft has been read, whether it became a letter or not. */
  readonly onRead?: () => void;
}

/** The letters of drafts, one by one, in their order. */
export async function* sifted(
  drafts: AsyncIterable<Draft>,
  options: SiftOptions = {},
): AsyncGenerator<Letter> {
  const ids = new UsedIds();
  let left = options.skip ?? 0;
  for await (const draft of drafts) {
    if (left > 0) {
      left--;
      if (!draft.problems) ids.problems(draft);
      continue;
    }
    const problems = draft.problems ?? [...ids.problems(draft), ...draftProblems(draft, options)];
    options.onRead?.();
    const [first] = problems;
    if (!first) yield bareLetter(draft);
    else if (options.onBad) options.onBad(problems);
    else throw problemError(first);
  }
}

/** All letters of drafts, sorted by id. */
export async function collected(drafts: AsyncIterable<Draft>, options: SiftOptions = {}): Promise<Letter[]> {
  return (await Array.fromAsync(sifted(drafts, options))).sort(byId);
}
