/** Which models can fill, by name. @module */

import type { Letter } from "../corpus/letter.ts";
import { project } from "../project.ts";
import { encoder } from "./encoder.ts";
import { openMaskedLM } from "./encoder_model.ts";
import type { Filler } from "./filler.ts";
import { frequentWord } from "./frequent_word.ts";
import { trigram } from "./trigram.ts";

/** Models without a folder: they are trained on the corpus itself, on other folds than the letter's own. */
const baselines: Readonly<Record<string, (corpus: readonly Letter[]) => Filler>> = {
  "frequent-word": frequentWord,
  "trigram": trigram,
};

/** What a folder must have to be a model. */
export const modelFiles = ["config.json", "tokenizer.json", "model.safetensors"] as const;

/** A model by what it is made of. */
export type ModelSource =
  | { readonly kind: "baseline"; readonly make: (corpus: readonly Letter[]) => Filler }
  | { readonly kind: "folder"; readonly path: string };

/** Where models are looked for, and how they are run. */
export interface ModelOptions {
  /** Folder of model folders; left out: the project's `data/models`. */
  readonly models?: string;
  /** Threads of the engine; left out: its own choice. */
  readonly threads?: number;
}

/**
 * Finds a model: a baseline (`frequent-word`, `trigram`), a folder of the models folder by its name, or a folder by its
 * path, which has a `/`.
 *
 * @throws {Error} when there is none of that name, listing those there are, or when the folder lacks a file
 *
 * @example
 * ```ts
 * import { findModel } from "./models.ts";
 * import { equal } from "node:assert/strict";
 * equal((await findModel("trigram")).kind, "baseline");
 * ```
 */
export async function findModel(
  name: string,
  { models = project.models }: ModelOptions = {},
): Promise<ModelSource> {
  const make = Object.hasOwn(baselines, name) ? baselines[name] : undefined;
  if (make) return { kind: "baseline", make };
  const path = /[\\/]/.test(name) ? name : `${models}/${name}`;
  const files = await filesOf(path);
  if (!files) {
    const known = [...Object.keys(baselines), ...await foldersOf(models)].join(", ");
    throw new Error(`unknown model "${name}": no folder ${path}. Known: ${known}; or give a folder's path.`);
  }
  const missing = modelFiles.find((file) => !files.includes(file));
  if (missing === undefined) return { kind: "folder", path };
  throw new Error(`${path}/${missing}: missing, so this is no whole model. Train or copy the model again.`);
}

/** A filler that holds a model open. */
export interface OpenFiller extends Filler {
  /** Lets the model go. */
  close(): Promise<void>;
}

/**
 * Opens a model for filling.
 *
 * @param corpus what a baseline is trained on
 * @throws {Error} as {@linkcode findModel} does, and when the model's files are damaged
 *
 * @example
 * ```ts
 * import { openFiller } from "./models.ts";
 * import { equal } from "node:assert/strict";
 * const filler = await openFiller("trigram", []);
 * equal(filler.name, "trigram");
 * await filler.close();
 * ```
 */
export async function openFiller(
  name: string,
  corpus: readonly Letter[],
  options: ModelOptions = {},
): Promise<OpenFiller> {
  const source = await findModel(name, options);
  if (source.kind === "baseline") return { ...source.make(corpus), close: () => Promise.resolve() };
  const { threads } = options;
  const model = await openMaskedLM(source.path, threads === undefined ? {} : { threads });
  return { ...encoder(model), close: async () => await model.close() };
}

async function filesOf(folder: string): Promise<string[] | undefined> {
  try {
    const names: string[] = [];
    for await (const { name } of Deno.readDir(folder)) names.push(name);
    return names;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

async function foldersOf(models: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of await filesOf(models) ?? []) {
    if ((await filesOf(`${models}/${name}`))?.includes("config.json")) names.push(name);
  }
  return names.sort();
}
