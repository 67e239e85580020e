/** Which causal language model perplexity is of. @module */

import { basename } from "node:path";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import { namesIn } from "../look.ts";
import { project } from "../project.ts";
import type { Language } from "../text/language.ts";

/** The model, or why there is none. */
export type CausalModel = { readonly model: string } | { readonly why: string };

/** What holds where nobody asks for one. */
export const NO_MODEL: CausalModel = { why: "no causal language model was named" };

/** Folders that are looked for, in this order, whatever the case. */
const FOLDERS = ["biogpt", "decoder-small"];

/**
 * The model that is named; where none is, BioGPT if the models folder has it, and the embedded one otherwise: both read English.
 *
 * @param causalLM `false` for none
 * @returns the folder, or why there is none
 *
 * @example
 * ```ts
 * import { causalModel } from "./causal_model.ts";
 * import { deepEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * deepEqual(await causalModel("gpt2", { models }), { model: "gpt2" });
 * await Deno.mkdir(`${models}/BioGPT`);
 * await Deno.writeTextFile(`${models}/BioGPT/config.json`, "{}");
 * deepEqual(await causalModel(undefined, { models }), { model: `${models}/BioGPT` });
 * deepEqual(await causalModel(false, { models }), { why: "perplexity was not asked for" });
 * ```
 */
export async function causalModel(
  causalLM: string | false | undefined,
  { models = project.models }: ModelOptions,
  language: Language = "en",
): Promise<CausalModel> {
  if (causalLM === false) return { why: "perplexity was not asked for" };
  if (causalLM !== undefined) return { model: causalLM };
  if (language !== "en") {
    return { why: `no causal language model was named, and the embedded one is no ${language} one` };
  }
  const names = await namesIn(models) ?? [];
  for (const wanted of FOLDERS) {
    const name = names.find((one) => one.toLowerCase() === wanted);
    // A recipe alone is no model yet.
    if (name !== undefined && (await namesIn(`${models}/${name}`))?.includes("config.json")) {
      return { model: `${models}/${name}` };
    }
  }
  return {
    why: `no causal language model was named, and ${basename(models)} has neither ${FOLDERS.join(" nor ")}`,
  };
}
