/** The three families of models that fill: encoders, encoder-decoders and causal language models. @module */

import type { Architecture } from "../architectures/architecture.ts";
import { readConfig } from "../checkpoint/config.ts";
import { causal } from "./causal/causal.ts";
import { openCausalModel } from "./causal/causal_model.ts";
import { type CausalOptions, causalSettings } from "./causal/options.ts";
import { encoder } from "./encoder.ts";
import { openMaskedLM } from "./encoder_model.ts";
import { type EncoderOptions, settings } from "./encoder_options.ts";
import { encoderDecoder } from "./encoder_decoder/encoder_decoder.ts";
import { openInfillingModel } from "./encoder_decoder/infilling_model.ts";
import { type InfillingOptions, infillingSettings } from "./encoder_decoder/options.ts";
import type { Filler } from "./filler.ts";

/** How a model of any family fills, and how it is run. */
export interface FamilyOptions extends EncoderOptions, InfillingOptions, CausalOptions {
  /** Threads of the engine; left out: its own choice. */
  readonly threads?: number;
  /** Of encoders: products in whole numbers of eight bits, other fills here and there, in less time and memory. Left out: float32. */
  readonly int8?: boolean;
}

/** A filler that holds a model open. */
export interface OpenFiller extends Filler {
  /** Lets the model go. */
  close(): Promise<void>;
}

type Kind = Architecture["kind"];

/** The options that not every family has, and which have them. */
const FAMILIES_OF = {
  mode: ["encoder"],
  tokensPerBatch: ["encoder"],
  int8: ["encoder"],
  filters: ["encoder", "encoder-decoder"],
  prompt: ["encoder-decoder"],
  beams: ["encoder-decoder"],
  noRepeat: ["encoder-decoder"],
  lengthPenalty: ["encoder-decoder"],
  earlyStopping: ["encoder-decoder"],
  minLines: ["encoder-decoder"],
  rounds: ["encoder-decoder"],
  textsAtOnce: ["encoder-decoder"],
  keep: ["decoder"],
} as const satisfies Partial<Record<keyof FamilyOptions, readonly Kind[]>>;

/**
 * Opens a model folder for filling, as its configuration has it: an encoder fills as {@linkcode encoder} says, an encoder-decoder as
 * {@linkcode encoderDecoder}, a causal language model as {@linkcode causal}.
 *
 * @throws Error where an option is not what it can be or is another family's, or a file of the folder is missing or damaged
 *
 * @example
 * ```ts
 * import { tinyT5 } from "./encoder_decoder/tiny_t5.ts";
 * import { openFamily } from "./families.ts";
 * import { equal, rejects } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyT5(folder);
 * const filler = await openFamily(folder, { beams: 3 });
 * equal(filler.name, "tiny");
 * await filler.close();
 * await rejects(openFamily(folder, { mode: "one-pass" }), /tiny: mode is for encoders, and t5 is an encoder-decoder/);
 * ```
 */
export async function openFamily(folder: string, options: FamilyOptions = {}): Promise<OpenFiller> {
  const { architecture: { kind, modelType } } = await readConfig(folder);
  for (const [option, kinds] of Object.entries(FAMILIES_OF)) {
    const known: readonly Kind[] = kinds;
    if (known.includes(kind) || !isGiven(options, option)) continue;
    throw new Error(
      `${folder}: ${option} is for ${
        known.map((name) => `${nameOf(name)}s`).join(" and ")
      }, and ${modelType} is ${kind === "decoder" ? "a" : "an"} ${nameOf(kind)}. Leave it out.`,
    );
  }
  const { threads, int8 = false, ...how } = options;
  const session = threads === undefined ? {} : { threads };
  // Options are asked before a model's weights are read.
  switch (kind) {
    case "encoder": {
      settings(how);
      const model = await openMaskedLM(folder, { int8, ...session });
      return { ...encoder(model, how), close: () => model.close() };
    }
    case "encoder-decoder": {
      infillingSettings(how);
      const model = await openInfillingModel(folder, session);
      const filler = encoderDecoder(model, how);
      return { name: filler.name, fill: (...given) => filler.fill(...given), close: () => model.close() };
    }
    case "decoder": {
      causalSettings(how);
      const model = await openCausalModel(folder, session);
      return { ...causal(model, how), close: () => model.close() };
    }
  }
}

function isGiven(options: FamilyOptions, name: string): boolean {
  return new Map<string, unknown>(Object.entries(options)).get(name) !== undefined;
}

function nameOf(kind: Kind): string {
  return kind === "decoder" ? "causal language model" : kind;
}
