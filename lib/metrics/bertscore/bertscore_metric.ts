/** BERTScore as a metric of the registry. @module */

import { bertscorePairs, bertscoreSignature } from "../bertscore.ts";
import { type InverseDocumentFrequency, inverseDocumentFrequency } from "../inverse_document_frequency.ts";
import { type Metric, type Pair, referencesOf, type Resources, valuesOfTriples } from "../metric.ts";
import type { PrecisionRecallF1 } from "../precision_recall_f1.ts";
import type { TokenEncoder } from "../token_encoder.ts";

/** What a BERTScore of a corpus is made with, where it is found out when the corpus is there. */
export interface BertscoreMetricOptions {
  /** `references`: counted over the references of all pairs, as bert_score does with `idf=True`. */
  readonly idf?: InverseDocumentFrequency | "references";
  /** `encoder`: the one that comes with the encoder. */
  readonly baseline?: PrecisionRecallF1 | "encoder";
}

/**
 * BERTScore as a metric, named `bertscore-rescaled` where there is a baseline, `bertscore-idf` where tokens are weighed, and
 * `bertscore-idf-rescaled` with both. With several references each of the three numbers is its greatest, as in bert_score.
 *
 * @example
 * ```ts
 * import { bertscoreMetric } from "./bertscore_metric.ts";
 * import { equal } from "node:assert/strict";
 * equal(bertscoreMetric({ idf: "references" }).name, "bertscore-idf");
 * ```
 */
export function bertscoreMetric(options: BertscoreMetricOptions = {}): Metric {
  const { idf, baseline } = options;
  const rescaled = baseline !== undefined;
  const name = `bertscore${idf === undefined ? "" : "-idf"}${rescaled ? "-rescaled" : ""}`;
  return {
    name,
    title: `BERTScore${idf === undefined ? "" : " (idf)"}${rescaled ? ", rescaled" : ""}`,
    higherIsBetter: true,
    needsEncoder: true,
    range: rescaled ? [-Infinity, 1] : [-1, 1],
    signature(resources, pairs = []) {
      const encoder = encoderOf(resources);
      const counted = idf === "references"
        ? { documents: pairs.reduce((sum, pair) => sum + referencesOf(pair).length, 0) }
        : idf;
      const rescaling = baselineOf(encoder, baseline);
      return bertscoreSignature(encoder.signature, {
        ...counted && { idf: counted },
        ...rescaling && { baseline: rescaling },
      });
    },
    async score(pairs, resources) {
      const encoder = encoderOf(resources);
      const flat = pairs.flatMap((pair) => referencesOf(pair).map((reference) => ({ pair, reference })));
      const references = flat.map(({ reference }) => reference);
      const rescaling = baselineOf(encoder, baseline);
      const weights = idf === "references" ? await frequenciesIn(encoder, references) : idf;
      const scores = await bertscorePairs(
        encoder,
        references,
        flat.map(({ pair }) => pair.candidate),
        { ...weights && { idf: weights }, ...rescaling && { baseline: rescaling } },
      );
      const best = new Map<Pair, PrecisionRecallF1>();
      flat.forEach(({ pair }, i) => {
        const score = scores[i];
        if (score !== undefined) best.set(pair, greatest(score, best.get(pair)));
      });
      return valuesOfTriples(pairs.map((pair) => {
        const score = best.get(pair);
        if (score === undefined) {
          throw new Error(`bertscore: letter ${pair.id} has 0 references. Give at least one.`);
        }
        return score;
      }));
    },
  };
}

/** Inverse document frequencies over texts, each as often as it comes. */
async function frequenciesIn(
  encoder: TokenEncoder,
  texts: readonly string[],
): Promise<InverseDocumentFrequency> {
  const ids = new Map<string, Int32Array>();
  for (const text of new Set(texts)) {
    ids.set(text, encoder.tokenIds?.(text) ?? (await encoder.encode([text]))[0]?.ids ?? new Int32Array());
  }
  return inverseDocumentFrequency(texts.map((text) => ids.get(text) ?? new Int32Array()));
}

function baselineOf(
  encoder: TokenEncoder,
  baseline: BertscoreMetricOptions["baseline"],
): PrecisionRecallF1 | undefined {
  if (baseline !== "encoder") return baseline;
  if (encoder.baseline !== undefined) return encoder.baseline;
  throw new Error(
    `bertscore: encoder ${encoder.signature} has no baseline. Name a baseline file, or make one with bertscoreBaselineFile().`,
  );
}

function encoderOf({ encoder }: Resources): TokenEncoder {
  if (encoder === undefined) {
    throw new Error("bertscore: needs a token encoder, got none. Pass resources { encoder }.");
  }
  return encoder;
}

function greatest(a: PrecisionRecallF1, b: PrecisionRecallF1 = a): PrecisionRecallF1 {
  return {
    precision: Math.max(a.precision, b.precision),
    recall: Math.max(a.recall, b.recall),
    f1: Math.max(a.f1, b.f1),
  };
}
