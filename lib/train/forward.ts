/** Computing with a model while it is trained. @module */

import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import type { SessionOptions } from "../onnx/session.ts";
import { type GraphOptions, OpenGraphs } from "./open_graph.ts";
import { type Base, given, ground, type Trained } from "./step_graph.ts";
import type { Batch } from "./task.ts";

export interface ForwardOptions extends SessionOptions, Pick<GraphOptions, "graphs"> {
  readonly base?: Base;
}

/**
 * A part of a model, for batches of any shape, with the parameters as they are at the time. Nothing drops out.
 *
 * @example
 * ```ts
 * import { Forward } from "./forward.ts";
 * import { inputFor } from "./task.ts";
 * import { deepEqual } from "node:assert/strict";
 * const weight = { dtype: "float32", shape: [1, 2], data: Float32Array.of(1, 2) } as const;
 * const forward = new Forward(new Map([["out.weight", weight]]), (net, batch) => ({
 *   y: net.dense(inputFor(net.b, batch, "x"), "out", 2, 1, { bias: false }),
 * }));
 * const { y } = await forward.run({ x: { dtype: "float32", shape: [1, 2], data: Float32Array.of(3, 4) } });
 * deepEqual(y?.data, Float32Array.of(11));
 * await forward.close();
 * ```
 */
export class Forward {
  readonly #parameters: Trained;
  readonly #base: Base | undefined;
  readonly #graphs: OpenGraphs<object>;

  /** @param build adds the graph's inputs, of the batch's shapes, and gives its outputs by name */
  constructor(
    parameters: Trained,
    build: (net: Net, batch: Batch) => Readonly<Record<string, Value>>,
    options: ForwardOptions = {},
  ) {
    this.#parameters = parameters;
    this.#base = options.base;
    this.#graphs = new OpenGraphs((batch) => {
      const { b, net } = ground("forward", parameters, options.base ? { base: options.base } : {});
      const outputs = Object.entries(build(net, batch)).map(([name, value]) => b.named(name, value));
      return { graph: b.graph(outputs) };
    }, options);
  }

  async run(batch: Batch): Promise<Batch> {
    const { session } = await this.#graphs.for(batch);
    return await session.run({ ...given(this.#parameters, this.#base), ...batch });
  }

  async close(): Promise<void> {
    await this.#graphs.close();
  }
}
