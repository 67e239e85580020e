/** What ONNX Runtime's profiler says of a session. @module */

import { z } from "zod";

/** An operator's run, with the shapes of what went in and what came out. */
export interface OperatorRun {
  readonly operator: string;
  readonly seconds: number;
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

/** A run of the graph. */
export interface GraphRun {
  /** Inside the runtime, all operators and what lies between them. */
  readonly seconds: number;
  readonly operators: readonly OperatorRun[];
}

const Shapes = z.array(z.record(z.string(), z.array(z.number()))).default([]);
const Event = z.object({
  name: z.string(),
  /** Microseconds, as `dur`. */
  ts: z.number(),
  dur: z.number().default(0),
  args: z.object({
    op_name: z.string().optional(),
    input_type_shape: Shapes,
    output_type_shape: Shapes,
  }).optional(),
});

/**
 * The runs that a profile holds, in their order.
 *
 * @example
 * ```ts
 * import { graphRuns } from "./operator_profile.ts";
 * import { deepEqual } from "node:assert/strict";
 * const shapes = { input_type_shape: [{ float: [2] }], output_type_shape: [{ float: [2] }] };
 * const [run] = graphRuns(JSON.stringify([
 *   { name: "relu_kernel_time", ts: 11, dur: 5, args: { op_name: "Relu", ...shapes } },
 *   { name: "model_run", ts: 10, dur: 8 },
 * ]));
 * deepEqual(run?.operators.map(({ operator, outputs }) => [operator, outputs]), [["Relu", [[2]]]]);
 * ```
 */
export function graphRuns(profile: string): GraphRun[] {
  const events = z.array(Event).parse(JSON.parse(profile));
  const kernels = events.filter(({ name }) => name.endsWith("_kernel_time"));
  return events.filter(({ name }) => name === "model_run").map((run) => ({
    seconds: run.dur / 1e6,
    operators: kernels.filter(({ ts }) => ts >= run.ts && ts <= run.ts + run.dur).map(({ dur, args }) => ({
      operator: args?.op_name ?? "",
      seconds: dur / 1e6,
      inputs: shapes(args?.input_type_shape),
      outputs: shapes(args?.output_type_shape),
    })),
  }));
}

const PRODUCTS = new Set(["Gemm", "FusedGemm", "MatMul", "FusedMatMul"]);

/** Whether an operator is a matrix product, alone or with what the runtime puts into it. */
export function isProduct({ operator }: OperatorRun): boolean {
  return PRODUCTS.has(operator);
}

/**
 * Multiplications and additions of a matrix product. Whichever side is transposed, with A of m·k numbers, B of k·n and
 * the product of m·n, √(A · B · product) is m·k·n. Frozen weights that the runtime has laid out anew are no longer among
 * a profile's inputs; it does that for B alone, where A is not transposed.
 *
 * @example
 * ```ts
 * import { productOperations } from "./operator_profile.ts";
 * import { equal } from "node:assert/strict";
 * const product = { operator: "Gemm", seconds: 1, inputs: [[384, 2048], [384, 1536]], outputs: [[2048, 1536]] };
 * equal(productOperations(product), 2 * 2048 * 384 * 1536);
 * ```
 */
export function productOperations({ inputs: [a = [], b = []], outputs: [y = []] }: OperatorRun): number {
  const matrices = size(b.slice(0, -2)); // where B holds one matrix, A's are rows of one product
  const between = Math.sqrt(size(a) * size(b) / size(y) / matrices);
  return a.slice(-2).includes(between) ? 2 * size(y) * between : 2 * size(a) * (y.at(-1) ?? 1);
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

function shapes(typed: z.infer<typeof Shapes> = []): number[][] {
  return typed.flatMap((shape) => Object.values(shape));
}
