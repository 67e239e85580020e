/** Running graphs on ONNX Runtime. @module */

import * as ort from "onnxruntime-node";
import { encodeModel } from "./codec.ts";
import type { ExportedGraph } from "./graph.ts";
import type { DType, Tensor } from "./tensor.ts";

export interface SessionOptions {
  /** Threads within an operator; default: one a core. */
  readonly threads?: number;
  /** Optimisations that the runtime leaves out, by its names of them. */
  readonly without?: readonly string[];
}

/**
 * A graph, or the file of one, ready to run.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { Session } from "./session.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("twice");
 * const y = b.mul(b.input("x", "float32", ["n"]), b.scalar(2));
 * const session = await Session.open(b.graph([b.named("y", y)]));
 * const { y: result } = await session.run({ x: { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) } });
 * deepEqual(result?.data, Float32Array.of(2, 4));
 * await session.close();
 * ```
 */
export class Session {
  readonly #session: ort.InferenceSession;

  private constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  /** Opens a graph, or the path of an ONNX file. */
  static async open(model: ExportedGraph | string, options: SessionOptions = {}): Promise<Session> {
    const threads = options.threads ?? navigator.hardwareConcurrency;
    const settings: ort.InferenceSession.SessionOptions = {
      executionProviders: ["cpu"],
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      // Planning one block for all arrays of a run takes half as much memory again as allocating them one by one, and no less time.
      enableMemPattern: false,
      logSeverityLevel: 3,
      ...(options.without && {
        extra: { optimization: { disable_specified_optimizers: options.without.join(";") } },
      }),
    };
    const opened = typeof model === "string"
      ? ort.InferenceSession.create(model, settings)
      : ort.InferenceSession.create(encodeModel(model), settings);
    return new Session(await opened);
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  /**
   * Runs the graph: arrays by the names of its inputs → arrays by the names of its outputs.
   *
   * @param into arrays that outputs are written to, by name; the others are new at each run. For large outputs this
   * saves a copy and the cost of fresh memory.
   */
  async run(
    feeds: Readonly<Record<string, Tensor>>,
    into: Readonly<Record<string, Tensor>> = {},
  ): Promise<Record<string, Tensor>> {
    const given = Object.fromEntries(
      Object.entries(feeds).map(([name, tensor]) => [name, toRuntime(tensor)]),
    );
    const wanted = Object.fromEntries(
      this.#session.outputNames.map((name) => [name, into[name] ? toRuntime(into[name]) : null]),
    );
    const results = await this.#session.run(given, wanted);
    return Object.fromEntries(
      Object.entries(results).map(([name, value]) => [name, fromRuntime(name, value)]),
    );
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function toRuntime({ dtype, shape, data }: Tensor): ort.Tensor {
  if (data instanceof Float32Array) return new ort.Tensor("float32", data, shape);
  if (data instanceof BigInt64Array) return new ort.Tensor("int64", data, shape);
  if (data instanceof Int32Array) return new ort.Tensor("int32", data, shape);
  if (data instanceof Uint8Array) return new ort.Tensor("bool", data, shape);
  throw new Error(`the runtime is not given ${dtype} arrays; widen them to float32 first`);
}

function fromRuntime(name: string, { data, dims }: ort.OnnxValue): Tensor<Exclude<DType, "float16">> {
  if (data instanceof Float32Array) return { dtype: "float32", shape: dims, data };
  if (data instanceof BigInt64Array) return { dtype: "int64", shape: dims, data };
  if (data instanceof Int32Array) return { dtype: "int32", shape: dims, data };
  throw new Error(`output ${name} has an element type that is not supported`);
}
