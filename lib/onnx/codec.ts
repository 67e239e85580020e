/** Graphs as ONNX files. @module */

import proto from "onnx-proto";
import type { Attribute, Dim, Graph, Value } from "./graph.ts";
import type { DType, Tensor } from "./tensor.ts";

/** The version of the operator set that graphs are written in. */
export const OPSET = 20;

/** ONNX's numbers of element types. */
export const ELEMENT_TYPE = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
} as const satisfies Record<
  DType,
  number
>;

const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, tensor: 4, ints: 7 } as const;

/**
 * The bytes of an ONNX model: what ONNX Runtime, transformers.js and Python's onnx read. Arrays that no element of
 * the graph needs are not in it; the same graph gives the same bytes.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { encodeModel } from "./codec.ts";
 * import { ok } from "node:assert/strict";
 * const b = new GraphBuilder("twice");
 * ok(encodeModel(b.graph([b.mul(b.input("x", "float32", ["n"]), b.scalar(2))])).length > 0);
 * ```
 */
export function encodeModel(graph: Graph): Uint8Array {
  const model = proto.onnx.ModelProto.create({
    irVersion: 9,
    producerName: "palimpsest",
    opsetImport: [{ domain: "", version: OPSET }],
    graph: {
      name: graph.name,
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer: [...graph.initializers].map(([name, tensor]) => tensorProto(name, tensor)),
      node: graph.nodes.map((node, i) => ({
        name: `${node.operator}/${i}`,
        opType: node.operator,
        input: node.inputs.map((value) => value?.name ?? ""),
        output: node.outputs.map((value) => value.name),
        attribute: Object.entries(node.attributes).map(([name, attribute]) =>
          attributeProto(name, attribute)
        ),
      })),
    },
  });
  return proto.onnx.ModelProto.encode(model).finish();
}

function valueInfo(value: Value) {
  const dim = value.shape.map((size: Dim) =>
    typeof size === "number" ? { dimValue: size } : { dimParam: size }
  );
  return { name: value.name, type: { tensorType: { elemType: ELEMENT_TYPE[value.dtype], shape: { dim } } } };
}

function tensorProto(name: string, { dtype, shape, data }: Tensor) {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dataType: ELEMENT_TYPE[dtype], dims: [...shape], rawData };
}

function attributeProto(name: string, attribute: Attribute) {
  if ("int" in attribute) return { name, type: ATTRIBUTE_TYPE.int, i: attribute.int };
  if ("ints" in attribute) return { name, type: ATTRIBUTE_TYPE.ints, ints: [...attribute.ints] };
  if ("float" in attribute) return { name, type: ATTRIBUTE_TYPE.float, f: attribute.float };
  if ("text" in attribute) {
    return { name, type: ATTRIBUTE_TYPE.text, s: new TextEncoder().encode(attribute.text) };
  }
  return { name, type: ATTRIBUTE_TYPE.tensor, t: tensorProto("", attribute.tensor) };
}
