/** The card of a trained model. @module */

import type { Architecture } from "../architectures/architecture.ts";
import { readConfig } from "../checkpoint/config.ts";
import { writeFile } from "../write_file.ts";
import { readRecipe, type Recipe } from "./recipe.ts";
import { percent, resultSentences } from "./result.ts";
import { TrainingLog } from "./training_log.ts";

const PIPELINE = {
  "masked-lm": "fill-mask",
  "causal-lm": "text-generation",
  "span-infilling": "text2text-generation",
  "token-classification": "token-classification",
} as const;

const HEAD = {
  "masked-lm": " with a new masked-LM head tied to the word embeddings",
  "causal-lm": "",
  "span-infilling": "",
  "token-classification": " with a head for the labels",
} as const;

const DECAY = {
  linear: "linear decay to zero",
  cosine: "cosine decay to zero",
  constant: "no decay",
} as const;

const LANGUAGE = { en: "English", es: "Spanish", sv: "Swedish" } as const;

const MEASURES: Readonly<Record<string, { readonly name: string; readonly as: (x: number) => string }>> = {
  validationLoss: { name: "held-out loss", as: (x) => x.toFixed(3) },
  validationAccuracy: { name: "held-out accuracy", as: percent },
  validationWordAccuracy: { name: "held-out words", as: percent },
  validationF1: { name: "held-out F1", as: percent },
};

/** The model card, in the hub's form: front matter, then what a user has to know. */
export function card(
  recipe: Recipe,
  log: TrainingLog,
  { layers, hidden, vocabulary }: Pick<Architecture, "layers" | "hidden" | "vocabulary">,
): string {
  const { start, lora, language = "en" } = recipe;
  const letters = "cased" in start && start.cased ? "cased" : "uncased";
  const origin = start.kind === "checkpoint"
    ? `Weights start from ${start.folder} (${start.licence}, ${start.from})${HEAD[recipe.task]}.`
    : `Weights start at random; the ${
      "decoderLayers" in start ? "unigram" : recipe.task === "causal-lm" ? "byte-level" : "WordPiece"
    } vocabulary was trained on the same texts.`;
  const based = start.kind === "checkpoint"
    ? `\nbase_model: ${start.from.replace("https://huggingface.co/", "")}`
    : "";
  return `---
language: ${language}
library_name: ${lora && !lora.merge ? "peft" : "transformers"}
pipeline_tag: ${PIPELINE[recipe.task]}
license: ${start.kind === "checkpoint" ? start.licence.toLowerCase() : "mit"}${based}
---

# ${recipe.name}

${recipe.description}

${origin} ${
    "decoderLayers" in start ? `${layers} encoder and ${start.decoderLayers} decoder` : layers
  } layers, hidden ${hidden}, ${vocabulary} pieces${
    recipe.task === "masked-lm" || "decoderLayers" in start ? ` (${letters} ${LANGUAGE[language]})` : ""
  }, ${(log.parameters / 1e6).toFixed(1)} million ${lora ? "trained " : ""}parameters, weights in ${
    lora && !lora.merge ? "float32" : recipe.weights
  }.

## Accuracy

${resultSentences(recipe, log.final)}
${restored(log)}
Held-out text: ${
    log.validation.map(({ corpus, file, texts }) => `${corpus} (\`${file}\`, ${texts} texts)`).join("; ")
  }. No training saw it.

${curve(log)}

## Training

${training(recipe, log)}

| text | file | licence | texts | characters | pieces | weight |
|---|---|---|---:|---:|---:|---:|
${
    log.texts.map(({ corpus, file, licence, texts, characters, pieces, weight, from }) =>
      `| [${corpus}](${from}) | \`${file}\` | ${licence} | ${texts} | ${characters} | ${pieces} | ${weight} |`
    ).join("\n")
  }

\`recipe.json\` trains it again: \`deno task palimpsest train data/models/${recipe.name}/recipe.json OUT --corpora FOLDER --checkpoints FOLDER\`.

## Limits

Trained for minutes on little text, to make experiments runnable everywhere, not to be a good ${
    recipe.task === "token-classification" ? "tagger" : "language model"
  }. What it
writes is no medical advice. It was not trained on the letters of this project, which experiments measure on.
`;
}

/** Beside other models, where that was measured. */
function restored({ restored }: TrainingLog): string {
  if (!restored) return "";
  const { share, words, models } = restored;
  const shares = Object.entries(models).map(([name, right]) => `${name} ${percent(right)}`);
  return `
In use, filling restores of ${words} masked words of that text (${
    percent(share)
  } of those that no rule protects): ${shares.join(", ")}.
`;
}

/** A row a measurement. */
function curve({ curve }: TrainingLog): string {
  const measures = Object.keys(curve[0] ?? {}).flatMap((key) =>
    MEASURES[key] ? [{ key, ...MEASURES[key] }] : []
  );
  const rows = curve.map((point) => [
    `${point.step}`,
    point.loss.toFixed(3),
    ...measures.map(({ key, as }) => as(point[key] ?? NaN)),
  ]);
  return [
    `| step | training loss | ${measures.map(({ name }) => name).join(" | ")} |`,
    `|---:|---:|${measures.map(() => "---:|").join("")}`,
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

function training(recipe: Recipe, log: TrainingLog): string {
  const { batch: [texts, length], accumulate, schedule, dropout, lora } = recipe;
  const asked = recipe.task === "span-infilling" && recipe.spans === "words"
    ? `, ${percent(recipe.share)} of their words put aside`
    : recipe.task === "masked-lm"
    ? `, ${percent(recipe.share)} of them asked for${recipe.wholeWords ? " in whole words" : ""}`
    : "";
  const stages = recipe.task === "masked-lm" || recipe.task === "span-infilling"
    ? recipe.stages.map(({ batch, steps }) => ` (${steps} steps of ${batch.join(" × ")} first)`).join("")
    : "";
  const last = log.curve.at(-1);
  return `${last?.step ?? recipe.steps} steps of ${
    accumulate > 1 ? `${accumulate} × ` : ""
  }${texts} × ${length} pieces${stages}${asked}; AdamW, learning rate ${recipe.learningRate}${
    recipe.relativeSteps ? " times each parameter's root mean square" : ""
  }
with ${percent(recipe.warmUp)} warm-up and ${
    DECAY[schedule]
  }, weight decay ${recipe.weightDecay}, gradients clipped to norm ${recipe.clipNorm}, ${
    dropout ? "the model's" : "no"
  } dropout, seed ${recipe.seed}.${
    lora
      ? `\nLoRA of rank ${lora.rank}, alpha ${lora.alpha} on ${
        lora.targets.join(", ")
      }, the frozen model held in ${lora.base}.`
      : ""
  }${log.best ? `\nThe weights are those of step ${log.best.step}, the best on held-out text.` : ""}
${
    Math.round(log.seconds / 60)
  } minutes on ${recipe.threads} processor threads, without Python. Last training loss ${
    last?.loss.toFixed(3)
  }.
An epoch is ${log.batchesPerEpoch} steps.`;
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
