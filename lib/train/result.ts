/** What a training run came to, in words. @module */

import type { Recipe } from "./recipe.ts";
import type { Final } from "./training_log.ts";

/** A share as one reads it. */
export function percent(x = NaN): string {
  return `${(100 * x).toFixed(1)}%`;
}

/**
 * The one number that a model is judged by, with what it is.
 *
 * @example
 * ```ts
 * import { result } from "./result.ts";
 * import { equal } from "node:assert/strict";
 * equal(result("causal-lm", { loss: 2, perplexity: 7.389 }), "held-out perplexity 7.39");
 * equal(result("masked-lm", { loss: 2, accuracy: 0.5 }), "held-out masked-token accuracy 50.0%");
 * ```
 */
export function result(task: Recipe["task"], { accuracy, f1, perplexity }: Final): string {
  switch (task) {
    case "masked-lm":
      return `held-out masked-token accuracy ${percent(accuracy)}`;
    case "token-classification":
      return `held-out word F1 ${percent(f1)}, accuracy ${percent(accuracy)}`;
    case "span-infilling":
      if (accuracy !== undefined) return `held-out accuracy of hidden words' pieces ${percent(accuracy)}`;
      return `held-out perplexity ${perplexity?.toFixed(2)}`;
    case "causal-lm":
      return `held-out perplexity ${perplexity?.toFixed(2)}`;
  }
}

/** The same as sentences for a card, with how it was measured. */
export function resultSentences(recipe: Recipe, final: Final): string {
  const { batch: [, length] } = recipe;
  const { accuracy, accuracies = [], seeds = [], share, hidden = NaN, loss, f1, perplexity } = final;
  switch (recipe.task) {
    case "masked-lm":
      return `Of the pieces hidden behind \`[MASK]\` (${
        percent(share)
      } of each window of ${length} pieces) in the held-out text, the
model's first choice restores **${
        percent(accuracy)
      }** (mean over ${seeds.length} choices of the hidden pieces, ${accuracies.map(percent).join(", ")}; ${
        Math.round(hidden)
      } pieces each; loss ${loss.toFixed(3)}).`;
    case "token-classification":
      return `Of the words of the held-out text, **${
        percent(accuracy)
      }** get their label; over the words that are something
(any label but \`O\`), F1 is **${percent(f1)}**, word by word (loss ${loss.toFixed(3)}).`;
    case "causal-lm":
      return `On windows of ${length} pieces of the held-out text, perplexity is **${
        perplexity?.toFixed(2)
      }** a piece (loss ${loss.toFixed(3)}).`;
    case "span-infilling":
      if (recipe.spans === "words") {
        return `Of the pieces of words hidden behind sentinels (${
          percent(share)
        } of the words of letters in each window of ${length} pieces) in the
held-out text, the model's first choice, given what is right before it, restores **${
          percent(accuracy)
        }** (mean over ${seeds.length} choices of the
hidden words, ${accuracies.map(percent).join(", ")}; ${
          Math.round(hidden)
        } pieces each; all pieces of a word: ${percent(final.wordAccuracy)}; loss
with the sentinels ${loss.toFixed(3)}).`;
      }
      return `Of windows of the held-out text (${length} pieces read, ${
        percent(recipe.share)
      } put aside in spans), perplexity is **${perplexity?.toFixed(2)}** a piece that is written (loss ${
        loss.toFixed(3)
      }).`;
  }
}
