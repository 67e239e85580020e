/** Running an encoder over batches: in place, or on several workers where there are many. @module */

import { encodeModel } from "../../onnx/codec.ts";
import type { Graph } from "../../onnx/graph.ts";
import { quantizeDynamic } from "../../onnx/quantize.ts";
import { Session, type SessionOptions } from "../../onnx/session.ts";
import { withWeights } from "../../onnx/tensor_source.ts";
import { writeModel } from "../../onnx/write_model.ts";
import { type EmbeddingPool, openEmbeddingPool } from "./embedding_pool.ts";

/** The numbers that the model computes in. `int8` is faster and off by about a hundredth; it is a variant of its own. */
export type Precision = "float32" | "int8";

/** Texts of one length, their ids one after the other. */
export interface Batch {
  readonly ids: BigInt64Array;
  readonly shape: readonly [texts: number, length: number];
}

/** A model that holds memory until it is closed. */
export interface EmbeddingRunner {
  /** Calls `given` with the embeddings of each batch and its index, in any order. */
  run(batches: readonly Batch[], given: (states: Float32Array, batch: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** From so many pieces in a call on, workers are worth opening; more bytes than that may their models not take. */
const PIECES_FOR_WORKERS = 20_000;
const MOST_MODEL_BYTES = 1.5e9;

/**
 * Opens a graph `input_ids` → `unit`, in `int8` where that is wanted. Calls with many pieces run on as many workers as there
 * are threads, with a thread each, opened when they are first needed: threads within an operator wait for each other.
 *
 * @throws {Error} where the runtime refuses the graph
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../../onnx/builder.ts";
 * import { openEmbeddingRunner } from "./embedding_runner.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("numbers");
 * const y = b.cast(b.reshape(b.input("input_ids", "int64", ["batch", "sequence"]), ["batch*sequence", 1]), "float32");
 * const runner = await openEmbeddingRunner(b.graph([b.named("unit", y)]), "float32");
 * await runner.run([{ ids: BigInt64Array.of(7n, 8n), shape: [1, 2] }], (states) => deepEqual(states, Float32Array.of(7, 8)));
 * await runner.close();
 * ```
 */
export async function openEmbeddingRunner(
  graph: Graph,
  precision: Precision,
  options: SessionOptions = {},
): Promise<EmbeddingRunner> {
  const { threads = navigator.hardwareConcurrency, device = "cpu" } = options;
  const quantized = precision === "int8" ? await openQuantized(graph, options) : undefined;
  const size = quantized?.model.length ?? bytesOf(graph);
  const workers = device === "cpu" ? Math.min(threads, Math.floor(MOST_MODEL_BYTES / size)) : 1;
  const session = quantized?.session ?? await Session.open(graph, options);
  let pool: EmbeddingPool | undefined;
  return {
    async run(batches, given) {
      const pieces = batches.reduce((sum, { ids }) => sum + ids.length, 0);
      if (workers < 2 || pieces < PIECES_FOR_WORKERS) {
        for (const [i, { ids, shape }] of batches.entries()) {
          const { unit } = await session.run({ input_ids: { dtype: "int64", shape, data: ids } });
          if (!(unit?.data instanceof Float32Array)) throw new Error("the model gave no hidden states.");
          given(unit.data, i);
        }
        return;
      }
      const { run } = pool ??= await openEmbeddingPool(quantized?.model ?? encodeModel(graph), workers);
      await Promise.all(batches.map(async ({ ids, shape }, i) => given(await run(ids, shape), i)));
    },
    async close() {
      await pool?.close();
      await session.close();
    },
  };
}

function bytesOf({ initializers }: Graph): number {
  return initializers.values().reduce((sum, { data }) => sum + data.byteLength, 0);
}

async function openQuantized(graph: Graph, options: SessionOptions) {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-int8-" });
  try {
    const path = `${folder}/model.onnx`;
    await writeModel(quantizeDynamic(withWeights(graph)), path);
    return { model: await Deno.readFile(path), session: await Session.open(path, options) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
