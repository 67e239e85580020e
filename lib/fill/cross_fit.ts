/** Models that never saw the letter they are asked about. @module */
import type { Letter } from "../corpus/letter.ts";

/**
 * A function that gives, for a letter, the model trained on the letters of all other folds (`meta.fold`). Each is trained when it is
 * first asked for.
 *
 * @throws Error when a letter of the corpus, or one asked about, has no fold, or there is no letter in any other fold.
 *
 * @example
 * ```ts
 * import { crossFit } from "./cross_fit.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["0", "1", "2"].map((fold) => ({ id: `letter-${fold}`, text: fold, spans: [], meta: { fold } }));
 * const model = crossFit(letters, (training) => training.map(({ id }) => id).join());
 * equal(model({ id: "x", text: "", spans: [], meta: { fold: "1" } }), "letter-0,letter-2");
 * ```
 */
export function crossFit<Model>(
  corpus: readonly Letter[],
  train: (letters: readonly Letter[]) => Model,
): (letter: Letter) => Model {
  for (const letter of corpus) foldOf(letter);
  const models = new Map<string, Model>();
  return (letter) => {
    const fold = foldOf(letter);
    const known = models.get(fold);
    if (known !== undefined) return known;
    const training = corpus.filter(({ meta }) => meta.fold !== fold);
    if (training.length === 0) {
      throw new Error(
        `letter ${letter.id}: all letters are in fold ${fold}, none is left to train on. Cut the corpus into folds.`,
      );
    }
    const model = train(training);
    models.set(fold, model);
    return model;
  };
}

function foldOf({ id, meta }: Letter): string {
  if (meta.fold !== undefined) return meta.fold;
  throw new Error(
    `letter ${id} has no fold (meta.fold), so it cannot be kept out of the training. Cut the corpus into folds.`,
  );
}
