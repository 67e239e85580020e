/** Which parameters an architecture has, asked of the architecture itself. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import { type Net, plainNet } from "./net.ts";

/** Names and shapes of parameters, in the order in which a graph asks for them. */
export type ParameterShapes = Map<string, readonly number[]>;

/**
 * The parameters that a model uses: it is built once and the names it asks for are written down, so that the list cannot
 * differ from the model.
 *
 * @example
 * ```ts
 * import { parametersOf } from "./parameters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const shapes = parametersOf((net) => net.dense(net.b.input("x", "float32", [1, 4]), "classifier", 4, 2));
 * deepEqual([...shapes], [["classifier.weight", [2, 4]], ["classifier.bias", [2]]]);
 * ```
 */
export function parametersOf(build: (net: Net) => void): ParameterShapes {
  const b = new GraphBuilder("parameters");
  const shapes: ParameterShapes = new Map();
  const net = plainNet(b, (name, shape) => {
    const known = shapes.has(name);
    shapes.set(name, shape);
    return b.input(known ? `${name} again ${b.nodes.length}` : name, "float32", shape);
  });
  build(net);
  return shapes;
}
