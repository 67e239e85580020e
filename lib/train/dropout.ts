/** Dropout (Srivastava et al. 2014) whose random numbers cost little. @module */

import type { Net } from "../architectures/net.ts";
import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";
import { sizeOf } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { drawMask } from "./draw_mask.ts";
import type { Batch } from "./task.ts";

/** Where a pool ends beyond its largest site, so that sites of that size do not all see the same elements. */
const SLACK = { least: 4096, share: 1 / 8 } as const;

interface Site {
  readonly probability: number;
  readonly size: number;
}

/**
 * The dropout of one training graph. Drawing a number for every element of every layer would take longer than the layers;
 * so for each probability there is one pool of masks a step (0, or 1/(1 − p)), as large as the largest site and a little
 * larger, and each site multiplies by a stretch of it that begins at a random place. Within a site, elements drop out
 * independently; the masks of two sites may be shifted copies. The pools are inputs of the graph: backward uses the same
 * stretches, and the seed and the step alone decide them.
 *
 * @example
 * ```ts
 * import { plainNet } from "../architectures/net.ts";
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { Dropout } from "./dropout.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const dropout = new Dropout(42);
 * const net = dropout.net(plainNet(b, (name, shape) => b.input(name, "float32", shape)));
 * net.dropout(b.input("x", "float32", [2, 3]), 0.1);
 * deepEqual(Object.keys(dropout.masks(0)), ["dropout starts", "dropout 0.1"]);
 * ```
 */
export class Dropout {
  readonly #seed: number | string;
  readonly #sites: Site[] = [];
  readonly #pools = new Map<number, Value>();
  readonly #drawn = new Map<number, Float32Array>();
  #starts: Value | undefined;

  constructor(seed: number | string) {
    this.#seed = seed;
  }

  /** The net with dropout. */
  net(net: Net): Net {
    return {
      ...net,
      dropout: (x, probability) => probability === 0 ? x : this.#drop(net.b, x, probability),
    };
  }

  /** What the graph's inputs are given at a step; arrays are used again at the next. */
  masks(step: number): Batch {
    if (this.#sites.length === 0) return {};
    const starts = BigInt64Array.from(this.#sites, ({ probability, size }, i) => {
      const room = this.#pool(probability).length - size;
      return BigInt(random(`${this.#seed}/dropout/${step}/site/${i}`).below(room + 1));
    });
    const masks: Record<string, Batch[string]> = {
      "dropout starts": { dtype: "int64", shape: [starts.length], data: starts },
    };
    for (const probability of this.#pools.keys()) {
      const data = this.#pool(probability);
      drawMask(data, probability, `${this.#seed}/dropout/${step}`);
      masks[`dropout ${probability}`] = { dtype: "float32", shape: [data.length], data };
    }
    return masks;
  }

  #drop(b: GraphBuilder, x: Value, probability: number): Value {
    const size = sizeOf(x.shape.map((dim) => {
      if (typeof dim === "number") return dim;
      throw new Error(`dropout: the axis ${dim} of ${x.name} has no size yet`);
    }));
    this.#starts ??= b.input("dropout starts", "int64", ["sites"]);
    const pool = this.#pools.get(probability) ??
      b.input(`dropout ${probability}`, "float32", [`pool ${probability}`]);
    this.#pools.set(probability, pool);
    const start = b.one("Gather", [this.#starts, b.ints([this.#sites.length])]); // (1)
    this.#sites.push({ probability, size });
    return b.mul(x, b.reshape(b.stretch(pool, start, size), x.shape));
  }

  #pool(probability: number): Float32Array {
    const known = this.#drawn.get(probability);
    if (known) return known;
    const sizes = this.#sites.flatMap((site) => site.probability === probability ? [site.size] : []);
    const largest = Math.max(...sizes);
    const pool = new Float32Array(largest + Math.max(SLACK.least, Math.ceil(largest * SLACK.share)));
    this.#drawn.set(probability, pool);
    return pool;
  }
}
