/** Running one graph on several threads at once, a batch each. @module */

/** What a worker is asked. */
export type Question =
  | { readonly kind: "open"; readonly model: Uint8Array }
  | { readonly kind: "run"; readonly ids: BigInt64Array; readonly shape: readonly number[] }
  | { readonly kind: "close" };

/** What it answers. */
export interface Answer {
  readonly states?: Float32Array;
  readonly error?: string;
}

/** Workers that are open until they are closed. */
export interface EmbeddingPool {
  /** The states of a batch; batches that are waited for together run on all workers. */
  run(ids: BigInt64Array, shape: readonly [texts: number, length: number]): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens a graph `input_ids` → `unit` in so many workers, each with a thread of its own. For many short texts that is faster
 * than as many threads within every operator, which wait for each other at its end.
 *
 * @param model an ONNX file's bytes
 * @throws {Error} where a worker can't open it
 *
 * @example
 * ```ts
 * import { encodeModel } from "../../onnx/codec.ts";
 * import { GraphBuilder } from "../../onnx/builder.ts";
 * import { openEmbeddingPool } from "./embedding_pool.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("numbers");
 * const y = b.cast(b.reshape(b.input("input_ids", "int64", ["batch", "sequence"]), ["batch*sequence", 1]), "float32");
 * const pool = await openEmbeddingPool(encodeModel(b.graph([b.named("unit", y)])), 2);
 * const runs = [pool.run(BigInt64Array.of(7n, 8n), [1, 2]), pool.run(BigInt64Array.of(9n), [1, 1])];
 * deepEqual(await Promise.all(runs), [Float32Array.of(7, 8), Float32Array.of(9)]);
 * await pool.close();
 * ```
 */
export async function openEmbeddingPool(model: Uint8Array, workers: number): Promise<EmbeddingPool> {
  const idle: Asked[] = [];
  const waiting: ((worker: Asked) => void)[] = [];
  const free = (worker: Asked) => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  const all = Array.from({ length: workers }, () => new Asked());
  const close = async () => {
    await Promise.all(all.map((worker) => worker.close()));
  };
  try {
    await Promise.all(all.map((worker) => worker.ask({ kind: "open", model })));
  } catch (error) {
    await close();
    throw error;
  }
  all.forEach(free);
  return {
    async run(ids, shape) {
      const worker = idle.pop() ?? await new Promise<Asked>((resolve) => waiting.push(resolve));
      try {
        const { states } = await worker.ask({ kind: "run", ids, shape });
        if (states) return states;
        throw new Error("a worker gave no states");
      } finally {
        free(worker);
      }
    },
    close,
  };
}

/** A worker that is asked one thing at a time. */
class Asked {
  readonly #worker = new Worker(new URL("./embedding_worker.ts", import.meta.url), { type: "module" });

  ask(question: Question): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.error === undefined) resolve(data);
      else reject(new Error(data.error));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`a worker failed: ${event.message}`));
    };
    this.#worker.postMessage(question);
    return promise;
  }

  async close(): Promise<void> {
    await this.ask({ kind: "close" });
    this.#worker.terminate();
  }
}
