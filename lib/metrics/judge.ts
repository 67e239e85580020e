/** The language model that metrics consult. @module */

import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { type OpenTokenEncoder, openTokenEncoder } from "./encoder_embeddings.ts";
import type { Pair, Scores } from "./metric.ts";
import { metricNamed } from "./registry.ts";
import { score } from "./score.ts";
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
 * @throws {Error} for an unknown metric
 *
 * @example
 * ```ts
 * import { needsJudge } from "./judge.ts";
 * import { equal } from "node:assert/strict";
 * equal(needsJudge(["rougeL"]), false);
 * ```
 */
export function needsJudge(metrics: readonly string[]): boolean {
  return metrics.map(metricNamed).some(({ needsEncoder }) => needsEncoder);
}

/**
 * Opens the judge's model.
 *
 * @throws {Error} when there is no such model folder or layer, or its files are missing or damaged
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openJudge } from "./judge.ts";
 * import { equal } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["fever"], positions: 16 });
 * const judge = await openJudge({ encoder: "tiny", layer: 2 }, { models });
 * equal((await judge.encode(["fever"])).length, 1);
 * await judge.close();
 * ```
 */
export async function openJudge(judge: Judge, options: ModelOptions = {}): Promise<OpenTokenEncoder> {
  const path = await findModel(judge.encoder, options);
  const { threads } = options;
  return await openTokenEncoder(path, {
    layer: judge.layer,
    ...(threads === undefined ? {} : { threads }),
  });
}

/** Which judge, and where its model is looked for. */
export interface JudgeOptions extends ModelOptions {
  /** Left out: {@linkcode defaultJudge}. */
  readonly judge?: Judge;
}

/**
 * As `score()`; a judge is opened, and closed again, where a metric asks for one.
 *
 * @throws {Error} for an unknown metric, before any work, and as `openJudge()` and `score()` do
 *
 * @example
 * ```ts
 * import { scoreWithJudge } from "./judge.ts";
 * import { equal } from "node:assert/strict";
 * const pairs = [{ id: "a", reference: "no chest pain", candidate: "no back pain" }];
 * const [rougeL] = await scoreWithJudge(pairs, ["rougeL"]);
 * equal(rougeL?.values[0], 2 / 3);
 * ```
 */
export async function scoreWithJudge(
  pairs: readonly Pair[],
  metrics: readonly string[],
  { judge = defaultJudge, ...options }: JudgeOptions = {},
): Promise<Scores[]> {
  if (!needsJudge(metrics)) return await score(pairs, metrics);
  const encoder = await openJudge(judge, options);
  try {
    return await score(pairs, metrics, { encoder: oneByOne(encoder, []) });
  } finally {
    await encoder.close();
  }
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
