/** The models of the data-constrained study. @module */

import type { Letter } from "../../corpus/letter.ts";
import { type Language, languageOf } from "../../text/language.ts";
import type { CausalLora } from "../../synth/adapt_causal.ts";

/** Which models play which part: folders of the models folder by their names, or folders by their paths. */
export interface StudyModels {
  /** Writes the synthetic letters. */
  readonly decoder: string;
  /** A smaller one of its kind, for the question of size. */
  readonly smaller: string;
  /** Becomes the annotator and the tagger. */
  readonly encoder: string;
  /** Adapts the decoder with low rank. Left out: all of its weights. */
  readonly lora?: CausalLora;
}

const BY_LANGUAGE: Readonly<Record<Language, StudyModels>> = {
  en: { decoder: "decoder-small", smaller: "decoder-tiny", encoder: "encoder-small" },
  es: { decoder: "decoder-spanish", smaller: "decoder-spanish-tiny", encoder: "encoder-spanish" },
};

/**
 * The project's models for the language of a corpus, which is that of most of its letters.
 *
 * @example
 * ```ts
 * import { modelsFor } from "./models.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "Paciente con dolor en la rodilla.", spans: [], meta: {} };
 * equal(modelsFor([letter]).decoder, "decoder-spanish");
 * ```
 */
export function modelsFor(corpus: readonly Letter[]): StudyModels {
  const spanish = corpus.filter(({ text }) => languageOf(text) === "es").length;
  return BY_LANGUAGE[2 * spanish > corpus.length ? "es" : "en"];
}
