/** How the fixtures that hold PyTorch's results are written down. @module */

import { z } from "zod";
import type { Tensor } from "../onnx/tensor.ts";

const packed = z.object({ shape: z.array(z.number()), data: z.string() });

/** Numbers of single precision, as base64. */
export const float32 = packed.transform(({ shape, data }): Tensor<"float32"> => ({
  dtype: "float32",
  shape,
  data: new Float32Array(bytesOf(data).buffer),
}));

/** The same, stored in half precision. */
export const float16 = packed.transform(({ shape, data }): Tensor<"float32"> => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(new Float16Array(bytesOf(data).buffer)),
}));

/** Rows of whole numbers. */
export const rows = z.array(z.array(z.number()));

/** 50 steps of AdamW: the loss, and the norm of the gradient, of every step. */
export const training = z.object({
  steps: z.number(),
  learning_rate: z.number(),
  warm_up: z.number(),
  curve: z.array(z.tuple([z.number(), z.number()])),
});
export type Training = z.infer<typeof training>;

/** What computed a fixture. */
export const madeWith = z.object({ torch: z.string(), transformers: z.string() });

/**
 * A fixture beside the architectures, by its name without `_oracle.json`.
 *
 * @throws {Error} where there is none of that name, or it is of another shape
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * import { readFixture } from "./stored.ts";
 * import { equal } from "node:assert/strict";
 * equal((await readFixture("bert", z.object({ family: z.string() }))).family, "bert");
 * ```
 */
export async function readFixture<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  const file = new URL(`../architectures/${name}_oracle.json`, import.meta.url);
  return schema.parse(JSON.parse(await Deno.readTextFile(file)));
}

/** Rows of one length as an array. */
export function int64(rows: readonly (readonly number[])[]): Tensor<"int64"> {
  const shape = [rows.length, rows[0]?.length ?? 0];
  return { dtype: "int64", shape, data: BigInt64Array.from(rows.flat(), BigInt) };
}

/** Numbers as an array of one axis. */
export function vector(values: readonly number[]): Tensor<"int64"> {
  return { dtype: "int64", shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}

/** The same numbers in memory of their own, for training, which changes them. */
export function copied(
  parameters: ReadonlyMap<string, Tensor<"float32">>,
): Map<string, Tensor<"float32">> {
  return new Map([...parameters].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }]));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
