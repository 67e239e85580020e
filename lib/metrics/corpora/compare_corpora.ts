/** A corpus against another: do synthetic letters, taken together, look like real ones? @module */

import type { Letter } from "../../corpus/letter.ts";
import { words } from "../../text/words.ts";
import { defaultJudge, type JudgeOptions, openJudge } from "../judge.ts";
import type { ReadabilityFormula } from "../readability/formulas.ts";
import { readabilityMetric } from "../readability/readability.ts";
import {
  type Comparison,
  divergences,
  labelDivergences,
  nearness,
  twoSampleTests,
  variety,
} from "./comparisons.ts";
import { documentEmbeddings } from "./document_embeddings.ts";

/** Comparisons by name, and how many letters there were. */
export interface CorpusComparison {
  readonly letters: { readonly first: number; readonly second: number };
  readonly measures: Readonly<Record<string, Comparison>>;
}

/** How corpora are compared. */
export interface ComparisonOptions
  extends Omit<JudgeOptions, "causalLM" | "maskedLM" | "encodings" | "baseline"> {
  /** Whether texts are embedded, for MAUVE and the Fréchet distance, which takes most of the time; default true. */
  readonly embeddings?: boolean;
  /** The formula of the readability that is compared, or `false`; default Flesch's reading ease. */
  readonly readability?: ReadabilityFormula | false;
  /** Clusters of MAUVE; default: a tenth of the letters of the smaller corpus, at least 2. */
  readonly clusters?: number;
  /** Of MAUVE's clustering; default 42. */
  readonly seed?: number | string;
}

/**
 * Compares two corpora, real letters and synthetic ones, say. By name:
 *
 * - `mauve` (parts `smoothed`, `frontierIntegral`) and `frechet` (parts `means`, `covariances`) of embeddings;
 * - `js-words`, `js-2-grams`, `js-3-grams`, `js-labels`: Jensen–Shannon divergence in bits;
 * - `kl-words` and on: smoothed KL(first|second) in bits, and the other direction as the part `reverse`;
 * - `distinct-1` to `distinct-3`, `self-bleu`, `compression-ratio`: second − first, and both as parts;
 * - `length-ks`, `length-mwu`, `readability-ks`, `readability-mwu`: the statistic of a two-sample test, and its `p`.
 *
 * Each has its definition in the file of its name in this folder, and a signature. What two corpora do not have, such as
 * labels, is `null` with a reason.
 *
 * @throws {Error} where a corpus has no letter, or the encoder can't be opened
 *
 * @example
 * ```ts
 * import { compareCorpora } from "./compare_corpora.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["No fever.", "He was well."].map((text, i) => ({ id: `${i}`, text, spans: [], meta: {} }));
 * const { measures } = await compareCorpora(corpus, corpus, { embeddings: false });
 * equal(measures["js-words"]?.value, 0);
 * equal(measures["js-labels"]?.reason, "no span in the first corpus");
 * ```
 */
export async function compareCorpora(
  first: readonly Letter[],
  second: readonly Letter[],
  options: ComparisonOptions = {},
): Promise<CorpusComparison> {
  for (const [which, { length }] of [["first", first], ["second", second]] as const) {
    if (length === 0) throw new Error(`compare: no letter in the ${which} corpus. Give at least one.`);
  }
  const { readability = "flesch-reading-ease", embeddings = true } = options;
  const a = first.map(({ text }) => text);
  const b = second.map(({ text }) => text);
  const lengthOf = (text: string) => words(text).length;
  return {
    letters: { first: a.length, second: b.length },
    measures: {
      ...embeddings && await embedded(a, b, options),
      ...divergences(a, b),
      ...labelDivergences(first, second),
      ...variety(a, b),
      ...twoSampleTests("length", a.map(lengthOf), b.map(lengthOf), "of:words"),
      ...readability !== false && await readable(a, b, readability),
    },
  };
}

async function embedded(a: readonly string[], b: readonly string[], options: ComparisonOptions) {
  const { judge = defaultJudge, clusters, seed, ...reading } = options;
  const encoder = await openJudge(judge, reading);
  try {
    return nearness(
      await documentEmbeddings(encoder, a),
      await documentEmbeddings(encoder, b),
      `encoder:${encoder.signature}|pool:mean`,
      { ...clusters !== undefined && { clusters }, ...seed !== undefined && { seed } },
    );
  } finally {
    await encoder.close();
  }
}

/** Letters without a value are left out; how many are left is among the parts. */
async function readable(a: readonly string[], b: readonly string[], formula: ReadabilityFormula) {
  const metric = readabilityMetric(formula);
  const values = async (texts: readonly string[]) => {
    const pairs = texts.map((candidate, i) => ({ id: `${i}`, reference: "", candidate }));
    return [...(await metric.score(pairs, {})).values].filter(Number.isFinite);
  };
  return twoSampleTests("readability", await values(a), await values(b), `of:${metric.signature({})}`);
}
