/** One vector a text. @module */

import type { TokenEncoder } from "../token_encoder.ts";

/** Code units of the texts handed to the encoder at a time: enough to find many of one length, few enough to hold. */
const UNITS_A_CALL = 200_000;

/**
 * A vector a text: the mean of its tokens' contextual embeddings, special tokens left out where there are others.
 *
 * @throws {Error} where the encoder gives another number of texts than it was asked for
 *
 * @example
 * ```ts
 * import { documentEmbeddings } from "./document_embeddings.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = {
 *   signature: "",
 *   specialIds: [0],
 *   encode: () => Promise.resolve([{ ids: Int32Array.of(0, 7, 8), embeddings: Float32Array.of(9, 9, 1, 0, 3, 2), hidden: 2 }]),
 * };
 * deepEqual(await documentEmbeddings(encoder, ["no fever"]), [Float64Array.of(2, 1)]);
 * ```
 */
export async function documentEmbeddings(
  encoder: TokenEncoder,
  texts: readonly string[],
): Promise<Float64Array[]> {
  const special = new Set(encoder.specialIds);
  const means: Float64Array[] = [];
  while (means.length < texts.length) {
    let [end, units] = [means.length, 0];
    while (end < texts.length && units < UNITS_A_CALL) units += 1 + (texts[end++]?.length ?? 0);
    const some = texts.slice(means.length, end);
    const encoded = await encoder.encode(some);
    if (encoded.length !== some.length) {
      throw new Error(`encoder ${encoder.signature}: gave ${encoded.length} texts for ${some.length}.`);
    }
    for (const { ids, embeddings, hidden } of encoded) {
      const all = Array.from(ids.keys());
      const own = all.filter((i) => !special.has(ids[i] ?? -1));
      const counted = own.length > 0 ? own : all;
      const mean = new Float64Array(hidden);
      for (const i of counted) {
        for (let k = 0; k < hidden; k++) {
          mean[k] = (mean[k] ?? 0) + (embeddings[i * hidden + k] ?? 0) / counted.length;
        }
      }
      means.push(mean);
    }
  }
  return means;
}
