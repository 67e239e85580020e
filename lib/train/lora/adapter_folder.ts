/** Adapters as folders that Python's PEFT opens. @module */

import { z } from "zod";
import { checkJson, readJson } from "../../checkpoint/read_json.ts";
import { readSafetensors } from "../../checkpoint/safetensors.ts";
import { safetensorsParts } from "../../checkpoint/safetensors_encode.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import { writeFiles } from "../../write_file.ts";
import type { Head } from "../../architectures/heads.ts";
import type { Architecture } from "../../architectures/architecture.ts";
import type { Adapted } from "./lora.ts";

/** What PEFT puts before the names of the model's own layers. */
const PREFIX = "base_model.model.";

/** The keys of an `adapter_config.json` that say what is computed; those for other methods must be off. */
const AdapterConfig = z.looseObject({
  peft_type: z.literal("LORA", "known is LORA"),
  r: z.int().positive(),
  lora_alpha: z.number(),
  lora_dropout: z.number().min(0).lt(1).default(0),
  target_modules: z.array(z.string(), "known is a list of names"),
  modules_to_save: z.array(z.string()).nullish(),
  fan_in_fan_out: z.boolean().default(false),
  bias: z.literal("none", "known is none").default("none"),
  use_dora: z.literal(false, "known is false").nullish(),
  use_rslora: z.literal(false, "known is false").nullish(),
  rank_pattern: z.record(z.string(), z.never("known is none")).nullish(),
  alpha_pattern: z.record(z.string(), z.never("known is none")).nullish(),
});

/** An adapter, apart from the model that it adapts. */
export interface Adapter {
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  readonly targets: readonly string[];
  readonly modulesToSave: readonly string[];
  /** By the names of the model's own layers: `LAYER.lora_A.weight`, `LAYER.lora_B.weight`, and whole layers' weights. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Writes `adapter_config.json` and `adapter_model.safetensors`, in float32, both or neither.
 *
 * @param baseModel the folder or the hub's name of the model that is adapted
 *
 * @example See {@linkcode readAdapter}.
 */
export async function saveAdapter(
  folder: string,
  adapted: Pick<Adapted, "parameters" | "layers" | "options">,
  model: { readonly architecture: Architecture; readonly head: Head },
  baseModel: string,
): Promise<void> {
  const { rank, alpha, dropout = 0, targets, modulesToSave = [] } = adapted.options;
  const config = {
    base_model_name_or_path: baseModel,
    bias: "none",
    fan_in_fan_out: adapted.layers.every(({ transposed }) => transposed),
    inference_mode: true,
    lora_alpha: alpha,
    lora_dropout: dropout,
    modules_to_save: modulesToSave.length > 0 ? modulesToSave : null,
    peft_type: "LORA",
    r: rank,
    target_modules: targets,
    task_type: taskType(model.architecture, model.head),
  };
  const named = new Map([...adapted.parameters].map(([name, tensor]) => [`${PREFIX}${name}`, tensor]));
  await writeFiles({
    [`${folder}/adapter_config.json`]: `${JSON.stringify(config, undefined, 2)}\n`,
    [`${folder}/adapter_model.safetensors`]: ReadableStream.from(safetensorsParts(named)),
  });
}

/**
 * Reads a folder that PEFT or {@linkcode saveAdapter} wrote.
 *
 * @throws Error in one line, with file and key or tensor, where it is missing, damaged, or of a kind that is not known here
 *
 * @example
 * ```ts
 * import { gpt2 } from "../../architectures/gpt2.ts";
 * import { modelParameters } from "../../architectures/heads.ts";
 * import { inMemory } from "../../onnx/tensor_source.ts";
 * import { initialize } from "../initialize.ts";
 * import { readAdapter, saveAdapter } from "./adapter_folder.ts";
 * import { lora } from "./lora.ts";
 * import { deepEqual } from "node:assert/strict";
 * const architecture = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const head = { kind: "language-model" } as const;
 * const shapes = [...modelParameters(architecture, head)];
 * const weights = new Map(shapes.map(([name, shape]) => [name, inMemory(initialize(name, shape, 1))]));
 * const adapted = await lora({ architecture, head, weights }, { rank: 2, alpha: 4, targets: ["c_attn"], seed: 42 });
 * const folder = await Deno.makeTempDir();
 * await saveAdapter(folder, adapted, { architecture, head }, "gpt2");
 * deepEqual((await readAdapter(folder)).tensors, adapted.parameters);
 * ```
 */
export async function readAdapter(folder: string): Promise<Adapter> {
  const path = `${folder}/adapter_config.json`;
  const json = await readJson(path, z.unknown());
  const config = checkJson(path, json, () => AdapterConfig.parse(json));
  const file = `${folder}/adapter_model.safetensors`;
  const { tensors } = await readSafetensors(file);
  const named = [...tensors].map(([name, tensor]): [string, Tensor] => {
    if (name.startsWith(PREFIX)) return [name.slice(PREFIX.length), tensor];
    throw new Error(`${file}: ${name} does not begin with ${PREFIX}. Name the folder of a PEFT adapter.`);
  });
  return {
    rank: config.r,
    alpha: config.lora_alpha,
    dropout: config.lora_dropout,
    targets: config.target_modules,
    modulesToSave: config.modules_to_save ?? [],
    tensors: new Map(named),
  };
}

/** PEFT's name of what a model is for. */
function taskType({ kind }: Architecture, head: Head): string | null {
  if (head.kind === "token-classification") return "TOKEN_CLS";
  if (head.kind === "none") return "FEATURE_EXTRACTION";
  return { "encoder": null, "decoder": "CAUSAL_LM", "encoder-decoder": "SEQ_2_SEQ_LM" }[kind];
}
