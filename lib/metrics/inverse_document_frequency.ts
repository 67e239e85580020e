/** Token weights for BERTScore. @module */

/** How much a token id counts, by how few of the references hold it. */
export interface InverseDocumentFrequency {
  readonly documents: number;
  readonly weights: ReadonlyMap<number, number>;
  /** The weight of a token that no reference holds. */
  readonly unseen: number;
}

/**
 * `log((N + 1) / (n + 1))` for a token in n of N references, as `bert_score.utils.get_idf_dict` 0.3.13 counts it.
 * A token in every reference, as `[CLS]` and `[SEP]` are, weighs 0.
 *
 * @param references The token ids of each reference.
 * @throws {Error} for fewer than two references: every token would weigh 0.
 *
 * @example
 * ```ts
 * import { inverseDocumentFrequency } from "./inverse_document_frequency.ts";
 * import { equal } from "node:assert/strict";
 * const idf = inverseDocumentFrequency([Int32Array.of(101, 7, 102), Int32Array.of(101, 8, 8, 102)]);
 * equal(idf.weights.get(101), 0);
 * equal(idf.weights.get(8), Math.log(3 / 2));
 * ```
 */
export function inverseDocumentFrequency(references: readonly Int32Array[]): InverseDocumentFrequency {
  const documents = references.length;
  if (documents < 2) {
    throw new Error(
      `idf: got ${documents} references, where every token weighs 0. Give at least 2, or no idf.`,
    );
  }
  const counts = new Map<number, number>();
  for (const ids of references) {
    for (const id of new Set(ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const weight = (count: number) => Math.log((documents + 1) / (count + 1));
  return {
    documents,
    weights: new Map(Array.from(counts, ([id, count]) => [id, weight(count)])),
    unseen: weight(0),
  };
}
