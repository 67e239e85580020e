/** Windows put to a model in batches. @module */

import type { Window } from "./masked_language_model.ts";

/**
 * Windows by falling length, in batches that stay within the given tokens once each is padded to its longest.
 *
 * @example
 * ```ts
 * import { inBatches } from "./batches.ts";
 * import { deepEqual } from "node:assert/strict";
 * const windows = [2, 4, 3].map((length) => ({ ids: Array<number>(length).fill(0), masked: [] }));
 * deepEqual(inBatches(windows, 8).map((batch) => batch.map(({ ids }) => ids.length)), [[4, 3], [2]]);
 * ```
 */
export function inBatches<W extends Window>(windows: readonly W[], tokens: number): W[][] {
  const sorted = windows.toSorted((a, b) => b.ids.length - a.ids.length);
  const batches: W[][] = [];
  for (let i = 0; i < sorted.length;) {
    const size = Math.max(1, Math.floor(tokens / (sorted[i]?.ids.length ?? 1)));
    batches.push(sorted.slice(i, i + size));
    i += size;
  }
  return batches;
}

/**
 * What a model answers for windows, in their order. Windows of like length go together; those that are the same go once.
 *
 * @param model its name, for messages
 * @param ask answers for the places asked about in each window of a batch
 * @param done called after each batch with the indices of the windows that are answered by it
 * @throws Error when there is not an answer for every place
 *
 * @example
 * ```ts
 * import { askInBatches } from "./batches.ts";
 * import { deepEqual } from "node:assert/strict";
 * const windows = [{ ids: [1, 0], masked: [1] }, { ids: [1, 0], masked: [1] }];
 * let asked = 0;
 * const answers = await askInBatches(windows, { model: "one", tokens: 8 }, (batch) => {
 *   asked += batch.length;
 *   return Promise.resolve(batch.map(() => ["x"]));
 * });
 * deepEqual([answers, asked], [[["x"], ["x"]], 1]);
 * ```
 */
export async function askInBatches<Answer>(
  windows: readonly Window[],
  { model, tokens }: { readonly model: string; readonly tokens: number },
  ask: (batch: readonly Window[]) => Promise<readonly (readonly Answer[])[]>,
  done: (windows: readonly number[]) => void = () => {},
): Promise<(readonly Answer[])[]> {
  const same = new Map<string, number[]>();
  for (const [i, { ids, masked }] of windows.entries()) {
    const key = `${ids};${masked}`;
    const known = same.get(key);
    if (known) known.push(i);
    else same.set(key, [i]);
  }
  const once = [...same.values()].flatMap((indices) => {
    const window = windows[indices[0] ?? -1];
    return window ? [{ ...window, indices }] : [];
  });
  const answers = windows.map((): readonly Answer[] => []);
  for (const batch of inBatches(once, tokens)) {
    const given = await ask(batch);
    if (given.length !== batch.length) throw mismatch(model, "windows", given.length, batch.length);
    for (const [row, { masked, indices }] of batch.entries()) {
      const places = given[row] ?? [];
      if (places.length !== masked.length) throw mismatch(model, "masks", places.length, masked.length);
      for (const i of indices) answers[i] = places;
    }
    done(batch.flatMap(({ indices }) => indices));
  }
  return answers;
}

function mismatch(name: string, what: string, given: number, asked: number): Error {
  return new Error(`model ${name} answered for ${given} ${what}, asked were ${asked}. Mend the model.`);
}
