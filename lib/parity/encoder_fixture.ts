/** What encoders_oracle.py computed with PyTorch, and the weights that both sides make from names. @module */

import { z } from "zod";
import { mixed } from "../hash.ts";
import { sizeOf, type Tensor } from "../onnx/tensor.ts";
import { float32, int64, madeWith, readFixture, rows, training, vector } from "./stored.ts";

/** `ids`, `mask` where there is padding, and `globals`. */
const inputs = z.record(z.string(), rows.transform(int64));
const row = z.array(z.number()).transform(vector);
const digests = z.record(z.string(), z.tuple([z.number(), z.number()]));

/** One configuration of a family, with what was computed with it. */
export const EncoderCase = z.object({
  family: z.string(),
  config: z.record(z.string(), z.unknown()),
  shapes: z.record(z.string(), z.array(z.number())),
  /** Texts with padding; `hidden` are the last layers' states, or all. */
  inference: z.array(z.object({ inputs, logits: float32, hidden: z.array(float32) })),
  /** Masked-LM training: the places, counted over the batch, that are asked for, and what belongs there. */
  batches: z.array(z.object({ inputs, places: row, labels: row })),
  /** The masked-LM loss of the first batch. */
  loss: z.number(),
  /** Of every gradient its norm, and a sum with weights that the parameter's name decides. */
  digests,
  /** Token classification: `wanted` is −100 where the loss does not look. */
  tagging: z.object({ labels: z.number(), inputs, wanted: row, loss: z.number(), logits: float32, digests }),
});
export type EncoderCase = z.infer<typeof EncoderCase>;

const EncoderFixture = EncoderCase.extend({
  made_with: madeWith,
  gradients: z.record(z.string(), float32),
  training,
  variants: z.array(EncoderCase),
});
/** A family's first configuration in full, and others in short. */
export type EncoderFixture = z.infer<typeof EncoderFixture>;

/** What is stored of a family. */
export async function encoderFixture(family: string): Promise<EncoderFixture> {
  return await readFixture(family, EncoderFixture);
}

/** The weights of a model, by the names and shapes of its parameters. */
export function weightsByName(
  shapes: Iterable<readonly [string, readonly number[]]>,
): Map<string, Tensor<"float32">> {
  return new Map(Array.from(shapes, ([name, shape]) => {
    const centre = /norm.*weight$/i.test(name) ? 1 : 0;
    const data = Float32Array.from(hashed(name, sizeOf(shape)), (x) => x * 0.2 + centre);
    return [name, { dtype: "float32", shape, data }];
  }));
}

/** Numbers of [-1, 1) that a name decides: FNV-1a of it, then MurmurHash3's finalizer of each place. */
export function hashed(name: string, size: number): Float64Array {
  let seed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 0x01000193);
  return Float64Array.from({ length: size }, (_, i) => {
    const h = (Math.imul(i, 0x9e3779b9) + seed) | 0;
    return mixed(h) / 2 ** 31 - 1;
  });
}
