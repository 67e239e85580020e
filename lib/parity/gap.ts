/** How far what is computed here lies from what PyTorch computed. @module */

import type { Tensor } from "../onnx/tensor.ts";

/** How far a named array lies from PyTorch's. */
export interface Gap {
  /** `logits`, `hidden 3`, or a parameter's name. */
  readonly name: string;
  /** The greatest difference over the greatest absolute value that PyTorch has. */
  readonly apart: number;
}

/**
 * The greatest difference, relative to the greatest absolute value expected; NaN where either holds one.
 *
 * @param rows which rows of the last axis count; left out: all
 * @throws {Error} where the array is not there or has another shape
 *
 * @example
 * ```ts
 * import { difference } from "./gap.ts";
 * import { equal } from "node:assert/strict";
 * const array = (...data: number[]) => ({ dtype: "float32", shape: [2], data: Float32Array.from(data) } as const);
 * equal(difference(array(1, 3), array(1, 4)), 0.25);
 * ```
 */
export function difference(
  got: Tensor | undefined,
  expected: Tensor<"float32">,
  rows: (row: number) => boolean = () => true,
): number {
  if (`${got?.shape}` !== `${expected.shape}`) {
    throw new Error(`an array is [${got?.shape ?? "not there"}], PyTorch's is [${expected.shape}].`);
  }
  const columns = expected.shape.at(-1) ?? 1;
  let [most, scale] = [0, 0];
  for (const [i, y] of expected.data.entries()) {
    if (!rows(Math.floor(i / columns))) continue;
    most = Math.max(most, Math.abs(Number(got?.data[i]) - y));
    scale = Math.max(scale, Math.abs(y));
  }
  return most / scale;
}

/**
 * The gap of those that are furthest apart; NaN where one is, and where there are none.
 *
 * @example
 * ```ts
 * import { largest } from "./gap.ts";
 * import { equal } from "node:assert/strict";
 * equal(largest([{ name: "a", apart: 1e-7 }, { name: "b", apart: 1e-6 }]), 1e-6);
 * ```
 */
export function largest(gaps: readonly Gap[]): number {
  return gaps.length === 0 ? NaN : Math.max(...gaps.map(({ apart }) => apart));
}

/**
 * Refuses parameters that are not exactly those that PyTorch has gradients for.
 *
 * @throws {Error} naming one that is only on one side
 *
 * @example
 * ```ts
 * import { sameNames } from "./gap.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => sameNames(["a", "b"], ["a"]), /b is a parameter here, and not in PyTorch/);
 * ```
 */
export function sameNames(ours: Iterable<string>, theirs: Iterable<string>): void {
  const [here, there] = [new Set(ours), new Set(theirs)];
  for (const name of here.difference(there)) {
    throw new Error(`${name} is a parameter here, and not in PyTorch.`);
  }
  for (const name of there.difference(here)) {
    throw new Error(`${name} is a parameter in PyTorch, and not here.`);
  }
}
