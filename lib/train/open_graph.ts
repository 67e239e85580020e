/** Graphs over trained parameters and frozen weights, ready to run. @module */

import { byFile } from "../onnx/by_file.ts";
import type { Graph } from "../onnx/graph.ts";
import { WITHOUT } from "../onnx/recompute.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import { byteLength, withWeights } from "../onnx/tensor_source.ts";
import type { StepOptions } from "./step_graph.ts";
import { type Batch, shapesOf } from "./task.ts";

export interface GraphOptions extends StepOptions, SessionOptions {
  /**
   * How many graphs stay open; each keeps the memory of its largest run, and frozen weights of its own. Where batches have
   * more shapes, the one used longest ago is closed. Default 8, or fewer if their frozen weights are more than 2 GB.
   */
  readonly graphs?: number;
}

/**
 * A graph, open. With frozen weights by way of a file, which the runtime maps: they may be larger than a message of ONNX
 * can be.
 */
export async function openGraph(graph: Graph, options: GraphOptions): Promise<Session> {
  const { base } = options;
  const settings = { ...options, ...base?.session, without: [...WITHOUT, ...base?.session?.without ?? []] };
  if (!base) return await Session.open(graph, settings);
  const whole = withWeights(graph, base.frozen);
  return await byFile(base.finish?.(whole) ?? whole, (path) => Session.open(path, settings));
}

/** Opens a graph for each shape of batches when it first comes, and keeps the last few. */
export class OpenGraphs<T> {
  readonly #build: (batch: Batch) => { readonly graph: Graph } & T;
  readonly #options: GraphOptions;
  /** The one used last stands last. */
  readonly #open = new Map<string, { readonly session: Session } & T>();

  constructor(build: (batch: Batch) => { readonly graph: Graph } & T, options: GraphOptions) {
    this.#build = build;
    this.#options = options;
  }

  async for(batch: Batch): Promise<{ readonly session: Session } & T> {
    const shapes = shapesOf(batch);
    const known = this.#open.get(shapes);
    this.#open.delete(shapes);
    const opened = known ?? await this.#openFor(batch);
    this.#open.set(shapes, opened);
    return opened;
  }

  async close(): Promise<void> {
    await this.#closeDownTo(0);
  }

  async #openFor(batch: Batch) {
    const { graphs = defaultCount(this.#options) } = this.#options;
    await this.#closeDownTo(graphs - 1);
    const built = this.#build(batch);
    return { ...built, session: await openGraph(built.graph, this.#options) };
  }

  async #closeDownTo(count: number): Promise<void> {
    for (const [shapes, { session }] of this.#open) {
      if (this.#open.size <= count) return;
      this.#open.delete(shapes);
      await session.close();
    }
  }
}

function defaultCount({ base }: GraphOptions): number {
  const frozen = [...base?.frozen.values() ?? []].reduce((sum, weight) => sum + byteLength(weight), 0);
  return Math.max(1, Math.min(8, Math.floor(2e9 / frozen)));
}
