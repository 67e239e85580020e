/** A finished model put where it belongs. @module */

import { z } from "zod";
import { writeErrorLine, writeFile } from "../../write_file.ts";

/** The files that hold weights; they go last, so that a folder with weights is a whole one. */
const WEIGHTS = ["adapter_model.safetensors", "model.safetensors"] as const;

/** Files of an earlier model that would contradict those of the new one, if this one has not the like. */
const OF_A_MODEL = [
  ...WEIGHTS,
  ...["model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"],
  ...["config.json", "adapter_config.json", "generation_config.json"],
  ...["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"],
  ...["vocab.txt", "vocab.json", "merges.txt", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model"],
  ...["README.md", "recipe.json", "training.json", "curve.jsonl"],
] as const;

const READY = "ready.json";

/**
 * Moves a model's files from a folder within `work` to `out`, the weights last; then removes what is left there of an earlier
 * model, and `work`. Until then `out` is untouched. If the process is killed meanwhile, {@linkcode placeIfReady} ends the work.
 *
 * @param work a folder in `out`, which holds the finished files in `work/model`
 *
 * @example
 * ```ts
 * import { place } from "./place.ts";
 * import { deepEqual } from "node:assert/strict";
 * const out = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${out}/vocab.txt`, "of the model before");
 * await Deno.mkdir(`${out}/checkpoint/model`, { recursive: true });
 * await Deno.writeTextFile(`${out}/checkpoint/model/config.json`, "{}");
 * await place(`${out}/checkpoint`, out);
 * deepEqual((await Array.fromAsync(Deno.readDir(out))).map(({ name }) => name), ["config.json"]);
 * ```
 */
export async function place(work: string, out: string): Promise<void> {
  const names = (await Array.fromAsync(Deno.readDir(`${work}/model`))).map(({ name }) => name).sort();
  const isWeights = (name: string) => WEIGHTS.some((weights) => weights === name);
  const ordered = [...names.filter((name) => !isWeights(name)), ...names.filter(isWeights)];
  await writeFile(`${work}/${READY}`, JSON.stringify(ordered));
  await placeIfReady(work, out);
}

/** Moves a model that {@linkcode place} had begun to move. @returns whether there was one */
export async function placeIfReady(work: string, out: string): Promise<boolean> {
  const text = await orAbsent(Deno.readTextFile(`${work}/${READY}`));
  if (text === undefined) return false;
  const names = z.array(z.string()).parse(JSON.parse(text));
  for (const name of names) await orAbsent(moved(`${work}/model/${name}`, `${out}/${name}`));
  for (const name of OF_A_MODEL) {
    if (!names.includes(name)) await orAbsent(Deno.remove(`${out}/${name}`));
  }
  await Deno.remove(`${work}/${READY}`); // first: what is left of `work` without it is an ordinary run
  await Deno.remove(work, { recursive: true });
  return true;
}

async function moved(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw error; // it has been moved before
    throw new Error(writeErrorLine(to, error), { cause: error });
  }
}

async function orAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
