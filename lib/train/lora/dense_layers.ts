/** Which dense layers a model has. @module */

import type { Architecture } from "../../architectures/architecture.ts";
import { type Head, useModel } from "../../architectures/heads.ts";
import { parametersOf } from "../../architectures/parameters.ts";

/** A dense layer of a model. */
export interface DenseLayer {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Its weight is stored (from, to): PEFT's `fan_in_fan_out`. */
  readonly transposed: boolean;
}

/**
 * The dense layers of an architecture with a head, in the order in which they are used.
 *
 * @example
 * ```ts
 * import { gpt2 } from "../../architectures/gpt2.ts";
 * import { denseLayers } from "./dense_layers.ts";
 * import { deepEqual } from "node:assert/strict";
 * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * deepEqual(denseLayers(decoder, { kind: "language-model" }).map(({ name }) => name), [
 *   "transformer.h.0.attn.c_attn",
 *   "transformer.h.0.attn.c_proj",
 *   "transformer.h.0.mlp.c_fc",
 *   "transformer.h.0.mlp.c_proj",
 * ]);
 * ```
 */
export function denseLayers(architecture: Architecture, head: Head): DenseLayer[] {
  const layers = new Map<string, DenseLayer>();
  parametersOf((net) =>
    useModel(
      {
        ...net,
        dense: (x, name, from, to, options = {}) => {
          layers.set(name, { name, from, to, transposed: options.transposed ?? false });
          return net.dense(x, name, from, to, options);
        },
      },
      architecture,
      head,
    )
  );
  return [...layers.values()];
}

/**
 * The layers whose names are, or end in a dot and, one of the targets: PEFT's `target_modules`.
 *
 * @throws Error naming the target that no layer has, and the endings there are
 */
export function targeted(layers: readonly DenseLayer[], targets: readonly string[]): DenseLayer[] {
  const hit = (name: string, target: string) => name === target || name.endsWith(`.${target}`);
  for (const target of targets) {
    if (layers.some(({ name }) => hit(name, target))) continue;
    const endings = new Set(layers.map(({ name }) => name.slice(name.lastIndexOf(".") + 1)));
    throw new Error(`no dense layer is called ${target}. There are ${[...endings].join(", ")}.`);
  }
  return layers.filter(({ name }) => targets.some((target) => hit(name, target)));
}
