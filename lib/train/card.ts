/** The card of a trained model. @module */

import { z } from "zod";
import type { Encoder } from "../architectures/architecture.ts";
import { readConfig } from "../checkpoint/config.ts";
import { writeFile } from "../write_file.ts";
import { readRecipe, type Recipe } from "./recipe.ts";

const TextCounts = z.object({
  corpus: z.string(),
  file: z.string(),
  licence: z.string(),
  from: z.string(),
  weight: z.number(),
  texts: z.number(),
  characters: z.number(),
  pieces: z.number(),
});

/** What was measured in a training run; {@linkcode https://zod.dev | zod} schema of `training.json`. */
export const TrainingLog = z.object({
  /** Numbers that were trained. */
  parameters: z.number(),
  texts: z.array(TextCounts),
  validation: z.array(TextCounts),
  batchesPerEpoch: z.number(),
  curve: z.array(z.object({
    step: z.number(),
    /** The mean training loss since the entry before. */
    loss: z.number(),
    learningRate: z.number(),
    validationLoss: z.number(),
    validationAccuracy: z.number(),
  })),
  /** Over several choices of the hidden pieces, with the weights as written. */
  final: z.object({
    seeds: z.array(z.number()),
    share: z.number(),
    accuracies: z.array(z.number()),
    accuracy: z.number(),
    loss: z.number(),
    hidden: z.number(),
  }),
  /** Wall time of the whole run. */
  seconds: z.number(),
});

/** What a text source came to. */
export type TextCount = z.infer<typeof TextCounts>;
/** What was measured in a training run. */
export type TrainingLog = z.infer<typeof TrainingLog>;

/** The model card, in the hub's form: front matter, then what a user has to know. */
export function card(
  recipe: Recipe,
  log: TrainingLog,
  { layers, hidden, vocabulary }: Pick<Encoder, "layers" | "hidden" | "vocabulary">,
): string {
  const { start, batch: [windows, length] } = recipe;
  const base = start.kind === "checkpoint"
    ? `Weights start from ${start.folder} (${start.licence}, ${start.from}) with a new masked-LM head tied to the word embeddings.`
    : "Weights start at random; the WordPiece vocabulary was trained on the same texts.";
  const last = log.curve.at(-1);
  const based = start.kind === "checkpoint"
    ? `\nbase_model: ${start.from.replace("https://huggingface.co/", "")}`
    : "";
  const percent = (x: number) => `${(100 * x).toFixed(1)}%`;
  return `---
language: en
library_name: transformers
pipeline_tag: fill-mask
license: ${start.kind === "checkpoint" ? start.licence.toLowerCase() : "mit"}${based}
---

# ${recipe.name}

${recipe.description}

${base} ${layers} layers, hidden ${hidden}, ${vocabulary} pieces (uncased English), ${
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

// deno run -A lib/train/card.ts FOLDER…: writes the cards of trained models anew.
if (import.meta.main) {
  for (const folder of Deno.args) {
    const log = TrainingLog.parse(JSON.parse(await Deno.readTextFile(`${folder}/training.json`)));
    const text = card(
      await readRecipe(`${folder}/recipe.json`),
      log,
      (await readConfig(folder)).architecture,
    );
    await writeFile(`${folder}/README.md`, text);
  }
}
