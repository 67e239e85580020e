/** The language model that metrics consult. @module */

import { findModel, type ModelOptions } from "../fill/models.ts";
import { type OpenTokenEncoder, openTokenEncoder } from "./encoder_embeddings.ts";
import type { EncodedText, TokenEncoder } from "./token_encoder.ts";

/** A model and the layer whose embeddings BERTScore compares. */
export interface Judge {
  /** A model folder's name in the models folder, or its path. */
  readonly encoder: string;
  readonly layer: number;
}

/** The judge where none is named: the general encoder, at five of its six layers; bert_score goes about as deep in BERT. */
export const defaultJudge: Judge = { encoder: "encoder-general", layer: 5 };

/**
 * Whether any of the metrics asks a judge.
 *
 * @example
 * ```ts
 * import { needsJudge } from "./judge.ts";
 * import { equal } from "node:assert/strict";
 * equal(needsJudge(["rougeL"]), false);
 * ```
 */
export function needsJudge(metrics: readonly string[]): boolean {
  return metrics.some((name) => name.startsWith("bertscore"));
}

/**
 * Opens the judge's model.
 *
 * @throws {Error} when there is no such model or layer, the model is a baseline, or its files are damaged
 */
export async function openJudge(judge: Judge, options: ModelOptions = {}): Promise<OpenTokenEncoder> {
  const source = await findModel(judge.encoder, options);
  if (source.kind === "baseline") {
    throw new Error(`"${judge.encoder}" has no embeddings to judge by. Name a model folder.`);
  }
  const { threads } = options;
  return await openTokenEncoder(source.path, {
    layer: judge.layer,
    ...(threads === undefined ? {} : { threads }),
  });
}

/**
 * The same encoder, which gives each text to the model alone, so that no embedding depends on what else is scored, and
 * remembers the given texts: originals are compared with every model's letters.
 *
 * @example
 * ```ts
 * import { oneByOne } from "./judge.ts";
 * import { deepEqual } from "node:assert/strict";
 * const asked: string[][] = [];
 * const encoder = {
 *   signature: "none",
 *   specialIds: [],
 *   encode: (texts: readonly string[]) => {
 *     asked.push([...texts]);
 *     return Promise.resolve(texts.map(() => ({ ids: new Int32Array(), embeddings: new Float32Array(), hidden: 1 })));
 *   },
 * };
 * const remembering = oneByOne(encoder, ["a"]);
 * await remembering.encode(["a", "b"]);
 * await remembering.encode(["a", "b"]);
 * deepEqual(asked, [["a"], ["b"], ["b"]]);
 * ```
 */
export function oneByOne(encoder: TokenEncoder, remember: Iterable<string>): TokenEncoder {
  const known = new Map<string, EncodedText | undefined>([...remember].map((text) => [text, undefined]));
  return {
    signature: encoder.signature,
    specialIds: encoder.specialIds,
    async encode(texts) {
      const encoded: EncodedText[] = [];
      for (const text of texts) {
        const one = known.get(text) ?? (await encoder.encode([text]))[0];
        if (!one) throw new Error(`encoder ${encoder.signature}: gave nothing for a text. Give one a text.`);
        if (known.has(text)) known.set(text, one);
        encoded.push(one);
      }
      return encoded;
    },
  };
}
