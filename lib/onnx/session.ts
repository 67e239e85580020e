/** Running graphs on ONNX Runtime. @module */

import * as ort from "onnxruntime-node";
import { byFile } from "./by_file.ts";
import { encodeModel } from "./codec.ts";
import { type Device, requireDevice } from "./device.ts";
import type { ExportedGraph } from "./graph.ts";
import type { DType, Tensor } from "./tensor.ts";
import { inMemory } from "./tensor_source.ts";

export interface SessionOptions {
  /** Threads within an operator; default: one a core. */
  readonly threads?: number;
  /** What computes; default the processor. */
  readonly device?: Device;
  /** Optimisations that the runtime leaves out, by its names of them. */
  readonly without?: readonly string[];
  /** Above so many bytes of arrays, a graph goes through a temporary file. Default 2 GB, what a message of ONNX can hold. */
  readonly externalAbove?: number;
  /** Writes what each operator took when the session is closed: the beginning of the file's path. */
  readonly profileTo?: string;
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
  readonly #profiles: boolean;

  private constructor(session: ort.InferenceSession, profiles: boolean) {
    this.#session = session;
    this.#profiles = profiles;
  }

  /**
   * Opens a graph, or the path of an ONNX file.
   *
   * @throws Error in one line where this machine or this build of the runtime does not have the device
   */
  static async open(model: ExportedGraph | string, options: SessionOptions = {}): Promise<Session> {
    const { threads = navigator.hardwareConcurrency, device = "cpu", without, profileTo } = options;
    const { externalAbove = 1.9e9 } = options;
    await requireDevice(device);
    if (typeof model !== "string" && bytesOf(model) > externalAbove) {
      const initializers = new Map([...model.initializers].map(([name, tensor]) => [name, inMemory(tensor)]));
      return await byFile({ ...model, initializers }, (path) => Session.open(path, options));
    }
    const settings: ort.InferenceSession.SessionOptions = {
      executionProviders: [device],
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      // Planning one block for all arrays of a run takes half as much memory again as allocating them one by one, and no less time.
      enableMemPattern: false,
      logSeverityLevel: 3,
      ...(without && { extra: { optimization: { disable_specified_optimizers: without.join(";") } } }),
      ...(profileTo !== undefined && { enableProfiling: true, profileFilePrefix: profileTo }),
    };
    const opened = typeof model === "string"
      ? ort.InferenceSession.create(model, settings)
      : ort.InferenceSession.create(encodeModel(model), settings);
    return new Session(await opened, profileTo !== undefined);
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  /**
   * Runs the graph: arrays by the names of its inputs → arrays by the names of its outputs. Inputs are read where they lie;
   * outputs are copies of the runtime's, new at each run, and arrays that are given for them (`fetches` of onnxruntime-node)
   * are copied as well. Large ones are best given back with {@linkcode release}.
   */
  async run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const given = Object.fromEntries(
      Object.entries(feeds).map(([name, tensor]) => [name, toRuntime(tensor)]),
    );
    const results = await this.#session.run(given);
    return Object.fromEntries(
      Object.entries(results).map(([name, value]) => [name, fromRuntime(name, value)]),
    );
  }

  async close(): Promise<void> {
    if (this.#profiles) this.#session.endProfiling();
    await this.#session.release();
  }
}

function bytesOf({ initializers }: ExportedGraph): number {
  return initializers.values().reduce((bytes, { data }) => bytes + data.byteLength, 0);
}

/**
 * Gives the memory of a run's outputs back at once, where the collector of garbage would wait until several runs' lie about.
 * The arrays are empty then.
 */
export function release(outputs: Iterable<Tensor>): void {
  for (const { data: { buffer } } of outputs) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
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
