/** The language model that metrics consult. @module */

import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { readBaseline } from "./bertscore/baseline_file.ts";
import type { Precision } from "./bertscore/embedding_runner.ts";
import { ENCODINGS, rememberingEncoder } from "./bertscore/remembering_encoder.ts";
import { type LongTexts, type OpenTokenEncoder, openTokenEncoder } from "./encoder_embeddings.ts";
import { type Pair, referencesOf, type Scores } from "./metric.ts";
import { openCausalLM } from "./perplexity/causal_lm.ts";
import { openMaskedLM } from "./perplexity/masked_lm.ts";
import { metricNamed } from "./registry.ts";
import { score } from "./score.ts";

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
export async function openJudge(judge: Judge, options: ReadingOptions = {}): Promise<OpenTokenEncoder> {
  const path = await findModel(judge.encoder, options);
  const { threads, long, precision, baseline } = options;
  const { layer } = judge;
  const rescaling = await baselineOf(path, layer, baseline);
  const encoder = await openTokenEncoder(path, {
    layer,
    ...threads !== undefined && { threads },
    ...long && { long },
    ...precision && { precision },
  });
  return { ...encoder, ...rescaling && { baseline: rescaling } };
}

/** Of the file that is named, or else of the one in the model's folder, where there is one. */
async function baselineOf(model: string, layer: number, file?: string) {
  if (file !== undefined) return await readBaseline(file, layer);
  const own = `${model}/bertscore_baseline.tsv`;
  try {
    await Deno.stat(own);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  return await readBaseline(own, layer);
}

/** How the judge reads texts. */
export interface ReadingOptions extends ModelOptions {
  /** What becomes of texts that are longer than the judge's input; default `window`. */
  readonly long?: LongTexts;
  /** Default `float32`. */
  readonly precision?: Precision;
  /** A baseline file of bert_score's form; left out: `bertscore_baseline.tsv` in the model's folder, where it is there. */
  readonly baseline?: string;
}

/** Which models are asked, and where they are looked for. */
export interface JudgeOptions extends ReadingOptions {
  /** Left out: {@linkcode defaultJudge}. */
  readonly judge?: Judge;
  /** The causal language model behind perplexity: a folder's name in the models folder, or its path. */
  readonly causalLM?: string;
  /** The masked language model behind pseudo-perplexity; left out: the judge's model. */
  readonly maskedLM?: string;
  /** The folder where the references' encodings are kept for later calls, or `false`; left out: below `.cache`. */
  readonly encodings?: string | false;
}

/**
 * As `score()`; models are opened, and closed again, where a metric asks for one. Encodings of the references are kept on
 * disk, so that a second model's scores over the same letters cost half.
 *
 * @throws {Error} for an unknown metric, before any work, where perplexity is wanted and no model named, and as `openJudge()`,
 * `openCausalLM()`, `openMaskedLM()` and `score()` do
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
  options: JudgeOptions = {},
): Promise<Scores[]> {
  const { judge = defaultJudge, causalLM, maskedLM = judge.encoder, encodings = ENCODINGS, ...reading } =
    options;
  const kinds = new Set(metrics.map((name) => metricNamed(name).needsLanguageModel));
  if (kinds.has("causal") && causalLM === undefined) {
    throw new Error(
      "perplexity: no causal language model is named. Name the folder of one, GPT-2's or another decoder's.",
    );
  }
  // Candidates are rarely seen again, but where several metrics ask for them.
  const several = metrics.filter((name) => metricNamed(name).needsEncoder).length > 1;
  const kept = pairs.flatMap((pair) => [...referencesOf(pair), ...several ? [pair.candidate] : []]);
  const open: { close(): Promise<void> }[] = [];
  const opened = <T extends { close(): Promise<void> }>(model: T): T => {
    open.push(model);
    return model;
  };
  const { threads } = reading;
  const session = threads === undefined ? {} : { threads };
  try {
    return await score(pairs, metrics, {
      ...needsJudge(metrics) && { encoder: opened(await openRemembering(judge, reading, kept, encodings)) },
      ...kinds.has("causal") && causalLM !== undefined &&
        { causalLM: opened(await openCausalLM(await findModel(causalLM, reading), session)) },
      ...kinds.has("masked") &&
        { maskedLM: opened(await openMaskedLM(await findModel(maskedLM, reading), session)) },
    });
  } finally {
    for (const model of open) await model.close();
  }
}

/**
 * Opens the judge's model so that it finds again on disk what it has read before.
 *
 * @param kept the texts that are kept: the references, with which every model's letters are compared
 * @param folder where they are kept, or `false`
 * @throws {Error} as `openJudge()`
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openRemembering } from "./judge.ts";
 * import { equal } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["fever"], positions: 16 });
 * const judge = await openRemembering({ encoder: "tiny", layer: 2 }, { models }, ["fever"], `${models}/kept`);
 * equal((await judge.encode(["fever"])).length, 1);
 * await judge.close();
 * ```
 */
export async function openRemembering(
  judge: Judge,
  options: ReadingOptions,
  kept: readonly string[],
  folder: string | false,
): Promise<OpenTokenEncoder> {
  const encoder = await openJudge(judge, options);
  if (folder === false) return encoder;
  const model = await findModel(judge.encoder, options);
  return await rememberingEncoder(encoder, model, kept, folder);
}
