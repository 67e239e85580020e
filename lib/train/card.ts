/** The card of a trained model. @module */

import type { BertConfig } from "../checkpoint/config.ts";
import type { Recipe } from "./recipe.ts";

/** What a text source came to. */
export interface TextCount {
  readonly corpus: string;
  readonly file: string;
  readonly licence: string;
  readonly from: string;
  readonly weight: number;
  readonly texts: number;
  readonly characters: number;
  readonly pieces: number;
}

/** What was measured in a training run. */
export interface TrainingLog {
  readonly parameters: number;
  readonly texts: readonly TextCount[];
  readonly validation: readonly TextCount[];
  readonly batchesPerEpoch: number;
  readonly curve: readonly {
    readonly step: number;
    /** The mean training loss since the entry before. */
    readonly loss: number;
    readonly learningRate: number;
    readonly validationLoss: number;
    readonly validationAccuracy: number;
  }[];
  /** Over several choices of the hidden pieces, with the weights as written. */
  readonly final: {
    readonly seeds: readonly number[];
    readonly share: number;
    readonly accuracies: readonly number[];
    readonly accuracy: number;
    readonly loss: number;
    readonly hidden: number;
  };
  /** Wall time of the whole run. */
  readonly seconds: number;
}

/** The model card, in the hub's form: front matter, then what a user has to know. */
export function card(recipe: Recipe, log: TrainingLog, config: BertConfig): string {
  const { start, batch: [windows, length] } = recipe;
  const base = start.kind === "checkpoint"
    ? `Weights start from ${start.folder} (${start.licence}, ${start.from}) with a new masked-LM head tied to the word embeddings.`
    : "Weights start at random; the WordPiece vocabulary was trained on the same texts.";
  const last = log.curve.at(-1);
  const percent = (x: number) => `${(100 * x).toFixed(1)}%`;
  return `---
language: en
library_name: transformers
pipeline_tag: fill-mask
---

# ${recipe.name}

${recipe.description}

${base} ${config.num_hidden_layers} layers, hidden ${config.hidden_size}, ${
    config.vocab_size.toLocaleString("en-US")
  } pieces (uncased English), ${
    (log.parameters / 1e6).toFixed(1)
  } million parameters, weights in ${recipe.weights}.

## Accuracy

Of the pieces hidden behind \`[MASK]\` (${
    percent(log.final.share)
  } of each window of ${length} pieces) in the held-out text, the
model's first choice restores **${
    percent(log.final.accuracy)
  }** (mean over ${log.final.seeds.length} choices of the hidden pieces, ${
    log.final.accuracies.map(percent).join(", ")
  }; ${Math.round(log.final.hidden)} pieces each; loss ${log.final.loss.toFixed(3)}).

Held-out text: ${
    log.validation.map(({ corpus, file, texts }) => `${corpus} (\`${file}\`, ${texts} texts)`).join("; ")
  }. No training saw it.

| step | training loss | held-out loss | held-out accuracy |
|---:|---:|---:|---:|
${
    log.curve.map(({ step, loss, validationLoss, validationAccuracy }) =>
      `| ${step} | ${loss.toFixed(3)} | ${validationLoss.toFixed(3)} | ${percent(validationAccuracy)} |`
    ).join("\n")
  }

## Training

${recipe.steps} steps of ${windows} × ${length} pieces, ${
    percent(recipe.share)
  } of them asked for; AdamW, learning rate ${recipe.learningRate}
with ${
    percent(recipe.warmUp)
  } warm-up and linear decay to zero, weight decay ${recipe.weightDecay}, gradients clipped to norm ${recipe.clipNorm}, no dropout, seed ${recipe.seed}.
${
    Math.round(log.seconds / 60)
  } minutes on ${recipe.threads} processor threads, without Python. Last training loss ${
    last?.loss.toFixed(3)
  }.
An epoch is ${log.batchesPerEpoch} steps.

| text | file | licence | texts | characters | pieces | weight |
|---|---|---|---:|---:|---:|---:|
${
    log.texts.map(({ corpus, file, licence, texts, characters, pieces, weight, from }) =>
      `| [${corpus}](${from}) | \`${file}\` | ${licence} | ${texts} | ${characters} | ${pieces} | ${weight} |`
    ).join("\n")
  }

\`recipe.json\` trains it again: \`deno task palimpsest train data/models/${recipe.name}/recipe.json OUT --corpora FOLDER --checkpoints FOLDER\`.

## Limits

Trained for minutes on little text, to make experiments runnable everywhere, not to be a good language model. What it
writes is no medical advice. It was not trained on the letters of this project, which experiments measure on.
`;
}
