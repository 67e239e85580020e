/** Training a token classifier as a recipe says. @module */

import type { Encoder } from "../../architectures/architecture.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { labelledPieces, type LabelledWords } from "../labelled_pieces.ts";
import type { RecipeOf } from "../recipe.ts";
import { TokenClassification } from "../token_classification.ts";
import { TokenScores } from "../token_scores.ts";
import { baseOf, type Job, type Subject } from "./job.ts";

/** @throws Error naming the place and the label that the recipe does not have */
export function tokenClassificationJob(
  recipe: RecipeOf<"token-classification">,
  subject: Subject,
  encoder: Encoder,
  tokenizer: Tokenizer,
  texts: readonly (readonly LabelledWords[])[],
  validation: readonly (readonly LabelledWords[])[],
  seed: number,
): Job {
  const { batch: [batch, longest], labels, labelWeights, threads } = recipe;
  const { pad } = tokenizer.special;
  const inPieces = (sentences: readonly LabelledWords[]) =>
    sentences.flatMap((sentence) => labelledPieces(sentence, tokenizer, labels, longest));
  const [train, held] = [texts.map(inPieces), validation.map(inPieces)];
  const gaugeOf = (subject: Subject) =>
    new TokenScores(subject.parameters, encoder, held.flat(), {
      labels,
      batch,
      pad,
      threads,
      ...baseOf(subject),
    });
  const gauge = gaugeOf(subject);
  const count = (texts: readonly { readonly ids: readonly number[] }[]) =>
    texts.reduce((sum, { ids }) => sum + ids.length, 0);
  return {
    task: new TokenClassification(encoder, train.flat(), {
      ...{ labels: labels.length, batch, seed, pad },
      ...(Object.keys(labelWeights).length > 0 &&
        { weights: labels.map((label) => labelWeights[label] ?? 1) }),
    }),
    early: { metric: "validationF1", better: "higher" },
    pieces: { texts: train.map(count), validation: held.map(count) },
    async measure() {
      const { loss, accuracy, f1 } = await gauge.measure();
      return { validationLoss: loss, validationAccuracy: accuracy, validationF1: f1 };
    },
    async judge(written) {
      const of = written === subject ? gauge : gaugeOf(written);
      const result = await of.measure();
      await of.close();
      return { ...result };
    },
    close: () => gauge.close(),
  };
}
