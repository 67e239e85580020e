/** What a training run leaves: a folder that transformers.js, Python's transformers, or its PEFT opens. @module */

import { saveModel } from "../../checkpoint/model.ts";
import { copyTokenizer } from "../../checkpoint/tokenizer_files.ts";
import { float16, float32 } from "../../checkpoint/float.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import type { Subject } from "../jobs/job.ts";
import { saveAdapter } from "../lora/adapter_folder.ts";
import type { Adapted } from "../lora/lora.ts";
import { mergeAdapter } from "../lora/merge.ts";
import { readFloat32 } from "../lora/read_float32.ts";
import type { Recipe } from "../recipe.ts";
import type { Start } from "./start.ts";

/** Parameters as they are once written, in float32 again. */
export function asWritten(
  parameters: Subject["parameters"],
  dtype: Recipe["weights"],
): Map<string, Tensor<"float32">> {
  if (dtype === "float32") return new Map(parameters);
  return new Map([...parameters].map(([name, tensor]) => [name, float32(float16(tensor, name), name)]));
}

/** Writes a model, or its adapter alone where the recipe says so, with configuration and tokenizer. */
export async function writeTrained(
  recipe: Recipe,
  start: Start,
  subject: Subject,
  adapted: Adapted | undefined,
  folder: string,
): Promise<void> {
  await copyTokenizer(start.folder, folder, recipe.task === "masked-lm" ? recipe.batch[1] : undefined);
  if (adapted && recipe.start.kind === "checkpoint" && !recipe.lora?.merge) {
    const name = recipe.start.from.replace("https://huggingface.co/", "");
    return await saveAdapter(folder, adapted, start, name);
  }
  const labels = recipe.task === "token-classification"
    ? {
      id2label: Object.fromEntries(recipe.labels.entries()),
      label2id: Object.fromEntries(recipe.labels.map((label, id) => [label, id])),
    }
    : {};
  const parameters = adapted
    ? await allOf(mergeAdapter(start, { ...adapted.options, tensors: adapted.parameters }))
    : new Map(subject.parameters);
  const config = { ...start.config, ...labels };
  await saveModel({ ...start, config, parameters }, folder, recipe.weights);
}

/** All of a source in memory. */
export async function allOf(source: Start["weights"]): Promise<Map<string, Tensor<"float32">>> {
  const tensors = new Map<string, Tensor<"float32">>();
  for (const [name, tensor] of source) tensors.set(name, await readFloat32(name, tensor));
  return tensors;
}
