/** Every architecture family, by the `model_type` of `config.json`. A new one is a file and a line here. @module */

import type { Architecture } from "./architecture.ts";
import { bert } from "./bert.ts";
import { biogpt } from "./biogpt.ts";
import { bloom } from "./bloom.ts";
import { distilbert } from "./distilbert.ts";
import { gpt2 } from "./gpt2.ts";
import { longformer } from "./longformer.ts";
import { roberta } from "./roberta.ts";
import { mt5, t5 } from "./t5.ts";

/** From the keys of a `config.json` to an architecture; a zod error where they do not fit. */
export type Family = (config: unknown) => Architecture;

export const families: ReadonlyMap<string, Family> = new Map<string, Family>([
  ["bert", bert],
  ["distilbert", distilbert],
  ["roberta", roberta],
  ["xlm-roberta", (config) => roberta(config, "xlm-roberta")],
  ["camembert", (config) => roberta(config, "camembert")],
  ["longformer", longformer],
  ["gpt2", gpt2],
  ["bloom", bloom],
  ["biogpt", biogpt],
  ["t5", t5],
  ["mt5", mt5],
]);
