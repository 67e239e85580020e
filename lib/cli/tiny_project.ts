/** A few short letters and tiny random models, for running whole experiments in tests. @module */

import { maskedLMParameters } from "../architectures/parameters.ts";
import { readConfig } from "../checkpoint/config.ts";
import { saveModel } from "../checkpoint/model.ts";
import { random } from "../random.ts";
import { initialize } from "../train/initialize.ts";
import { writeTokenizer } from "../train/wordpiece/write_tokenizer.ts";

const words = "she he was is well ill seen in on the clinic ward with and slept today plan made".split(" ");

/**
 * Makes `letters.jsonl` and `models/NAME` for each name in a fresh temporary folder.
 *
 * @returns the folder, which is removed when it goes out of scope under `await using`
 */
export async function tinyProject(models: readonly string[]) {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-test-" });
  const letters = Array.from({ length: 6 }, (_, i) => {
    const rng = random(i);
    const text = Array.from({ length: 30 }, () => words[rng.below(words.length)]).join(" ");
    return { id: `letter-${i}`, text: `${text}.`, spans: [], meta: { fold: `${i % 2}`, specialty: "none" } };
  });
  await Deno.writeTextFile(
    `${folder}/letters.jsonl`,
    letters.map((one) => `${JSON.stringify(one)}\n`).join(""),
  );
  for (const [seed, name] of models.entries()) await tinyModel(`${folder}/models/${name}`, seed);
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

async function tinyModel(folder: string, seed: number): Promise<void> {
  const pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "##ed", ...words];
  await Deno.mkdir(folder, { recursive: true });
  await writeTokenizer(folder, pieces, 64);
  const sizes = { hidden_size: 16, num_hidden_layers: 5, num_attention_heads: 2, intermediate_size: 24 };
  await Deno.writeTextFile(
    `${folder}/config.json`,
    JSON.stringify({ model_type: "bert", vocab_size: pieces.length, max_position_embeddings: 64, ...sizes }),
  );
  const config = await readConfig(folder);
  const parameters = new Map([...maskedLMParameters(config)].map(([name, shape]) => {
    const tensor = initialize(name, shape, seed);
    if (!name.includes("LayerNorm")) tensor.data.forEach((x, i) => tensor.data[i] = 20 * x); // so that answers differ
    return [name, tensor];
  }));
  await saveModel({ config, parameters }, folder, "float16");
}
