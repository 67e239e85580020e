/** How shapes combine element by element. @module */

import type { Dim } from "./graph.ts";

/**
 * The shape of two arrays combined element by element, by ONNX's multidirectional broadcasting: axes are aligned at
 * the right, and an axis of size 1 stretches. A named axis fits only itself and 1.
 *
 * @example
 * ```ts
 * import { broadcastShape } from "./broadcast.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual(broadcastShape(["batch", 1, 4], [3, 1]), ["batch", 3, 4]);
 * throws(() => broadcastShape([2], [3]), /do not broadcast/);
 * ```
 */
export function broadcastShape(a: readonly Dim[], b: readonly Dim[]): Dim[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new Error(`shapes [${a}] and [${b}] do not broadcast`);
    return x === 1 ? y : x;
  });
}
