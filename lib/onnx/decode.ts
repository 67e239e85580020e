/** ONNX files as graphs. @module */

import proto from "onnx-proto";
import { decodeTensor, dtypeOf, type ReadBeside, whole } from "./decode_tensor.ts";
import { type Attribute, describeNode, type Dim, type Edge, type ExportedGraph, type Node } from "./graph.ts";
import type { Value, ValueType } from "./graph.ts";
import type { Tensor } from "./tensor.ts";

export interface DecodeOptions {
  /** What error messages call the file. Default `model.onnx`. */
  readonly file?: string;
  /** Reads files that lie beside the model, for arrays that are kept there. */
  readonly beside?: ReadBeside;
}

/** AttributeProto.AttributeType, as far as a graph here can hold it. */
const ATTRIBUTE = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7, texts: 8 } as const;
const REFUSED: Readonly<Record<number, string>> = {
  5: "a graph",
  9: "tensors",
  10: "graphs",
  11: "a sparse tensor",
  12: "sparse tensors",
  13: "a type",
  14: "types",
};

/**
 * The graph in the bytes of an ONNX model, whoever exported it: nodes with their domains, arrays in whatever fields the
 * file keeps them, `Constant` nodes as arrays. Arrays are views of `bytes` where these are aligned.
 * What comes out can be encoded again; {@linkcode bind} gives it types, so that it can be differentiated.
 *
 * @throws Error in one line naming the file, and the node or array, where the bytes are no ONNX model, an array is cut
 * off or has an element type that nothing here computes with, or a node holds a graph of its own (If, Loop)
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { encodeModel } from "./codec.ts";
 * import { decodeModel } from "./decode.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("twice");
 * const y = b.mul(b.input("x", "float32", ["n"]), b.scalar(2));
 * const graph = decodeModel(encodeModel(b.graph([y])));
 * deepEqual(graph.nodes.map(({ operator }) => operator), ["Mul"]);
 * ```
 */
export function decodeModel(bytes: Uint8Array, options: DecodeOptions = {}): ExportedGraph {
  const { file = "model.onnx", beside } = options;
  const model = parse(bytes, file);
  if (model.functions.length > 0) {
    const names = model.functions.map(({ name }) => name).join(", ");
    throw new Error(`${file}: holds functions (${names}). Inline them with Python's onnx.inliner.`);
  }
  const { name, node: nodes = [], initializer: arrays = [], input, output, valueInfo, sparseInitializer } =
    model.graph;
  if (sparseInitializer?.length) throw new Error(`${file}: holds sparse arrays, which are not supported.`);

  const read = (message: proto.onnx.ITensorProto, what: string) =>
    decodeTensor(message, `${file}: ${what}`, beside);
  const initializers = new Map<string, Tensor>();
  for (const message of arrays ?? []) {
    initializers.set(message.name ?? "", read(message, `array ${message.name}`));
  }
  const stated = new Map((valueInfo ?? []).flatMap((info): [string, ValueType][] => {
    const type = typeOf(info);
    return type ? [[info.name ?? "", type]] : [];
  }));
  const decoded = (nodes ?? []).flatMap((message) => {
    const node = decodeNode(message, read, file);
    if (node.operator !== "Constant") return [node];
    initializers.set(node.outputs[0]?.name ?? "", constantOf(node, file));
    return [];
  });
  const graph: ExportedGraph = {
    name: name ?? "",
    // Until IR version 3, arrays were listed among the inputs too.
    inputs: (input ?? []).filter(({ name }) => !initializers.has(name ?? "")).map((info) =>
      valueOf(info, file)
    ),
    outputs: (output ?? []).map((info) => valueOf(info, file)),
    nodes: decoded,
    initializers,
    stated,
    opsets: new Map(
      model.opsetImport.map((
        { domain, version },
      ) => [domain === "ai.onnx" ? "" : domain ?? "", whole(version)]),
    ),
  };
  checkEdges(graph, file);
  return graph;
}

function parse(bytes: Uint8Array, file: string) {
  let model: proto.onnx.ModelProto;
  try {
    model = proto.onnx.ModelProto.decode(bytes);
  } catch (error) {
    throw new Error(
      `${file}: not a whole ONNX model of ${bytes.length} bytes (${
        error instanceof Error ? error.message : error
      }). Fetch or export it again.`,
      { cause: error },
    );
  }
  const { graph, opsetImport, functions } = model;
  if (!graph || opsetImport.length === 0) {
    throw new Error(`${file}: not an ONNX model: no ${graph ? "operator set" : "graph"} in it.`);
  }
  return { graph, opsetImport, functions };
}

function decodeNode(
  message: proto.onnx.INodeProto,
  read: (message: proto.onnx.ITensorProto, what: string) => Tensor,
  file: string,
): Node<Edge> {
  const { name, opType, domain, input, output, attribute } = message;
  const bare = {
    operator: domain && domain !== "ai.onnx" ? `${domain}.${opType}` : opType ?? "",
    ...(name ? { name } : {}),
    inputs: (input ?? []).map((name) => name === "" ? undefined : { name }),
    outputs: (output ?? []).map((name) => ({ name })),
  };
  const where = describeNode(bare);
  const attributes = (attribute ?? []).map((message): [string, Attribute] => {
    return [message.name ?? "", decodeAttribute(message, where, read, file)];
  });
  return { ...bare, attributes: Object.fromEntries(attributes) };
}

function decodeAttribute(
  message: proto.onnx.IAttributeProto,
  where: string,
  read: (message: proto.onnx.ITensorProto, what: string) => Tensor,
  file: string,
): Attribute {
  const { name, type, f, i, s, t, floats, ints, strings } = message;
  switch (type) {
    case ATTRIBUTE.float:
      return { float: f ?? 0 };
    case ATTRIBUTE.int:
      return { int: whole(i) };
    case ATTRIBUTE.text:
      return { text: text(s) };
    case ATTRIBUTE.floats:
      return { floats: floats ?? [] };
    case ATTRIBUTE.ints:
      return { ints: (ints ?? []).map(whole) };
    case ATTRIBUTE.texts:
      return { texts: (strings ?? []).map(text) };
    case ATTRIBUTE.tensor:
      if (t) return { tensor: read(t, `${where}, attribute ${name}`) };
  }
  const held = REFUSED[type ?? 0] ?? `something of type ${type}`;
  throw new Error(
    `${file}: ${where}: attribute ${name} holds ${held}, which is not supported. ` +
      "Export the model without control flow, as separate files.",
  );
}

function text(bytes: Uint8Array | null | undefined): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}

/** The array that a `Constant` node stands for. */
function constantOf(node: Node<Edge>, file: string): Tensor {
  const [[name, value] = []] = Object.entries(node.attributes);
  if (value && "tensor" in value) return value.tensor;
  if (value && "int" in value) {
    return { dtype: "int64", shape: [], data: BigInt64Array.of(BigInt(value.int)) };
  }
  if (value && "ints" in value) {
    return { dtype: "int64", shape: [value.ints.length], data: BigInt64Array.from(value.ints, BigInt) };
  }
  if (value && "float" in value) return { dtype: "float32", shape: [], data: Float32Array.of(value.float) };
  if (value && "floats" in value) {
    return { dtype: "float32", shape: [value.floats.length], data: Float32Array.from(value.floats) };
  }
  throw new Error(`${file}: ${describeNode(node)}: ${name ?? "no value"} is not an array of numbers.`);
}

function typeOf({ name, type }: proto.onnx.IValueInfoProto): ValueType | undefined {
  const { elemType, shape } = type?.tensorType ?? {};
  const dtype = dtypeOf(elemType ?? 0);
  if (!dtype || !shape) return undefined;
  const dims = (shape.dim ?? []).map(({ dimValue, dimParam }, axis): Dim =>
    dimValue ? whole(dimValue) : dimParam || `${name}/${axis}`
  );
  return { dtype, shape: dims };
}

function valueOf(info: proto.onnx.IValueInfoProto, file: string): Value {
  const type = typeOf(info);
  if (type) return { name: info.name ?? "", ...type };
  throw new Error(
    `${file}: ${info.name}: not an array of a known element type and shape ` +
      `(element type number ${info.type?.tensorType?.elemType ?? 0} of ONNX). Export it with shapes.`,
  );
}

/** Every edge that a node reads must be made before it. */
function checkEdges(graph: ExportedGraph, file: string): void {
  const made = new Set([...graph.initializers.keys(), ...graph.inputs.map(({ name }) => name)]);
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      if (!input || made.has(input.name)) continue;
      throw new Error(`${file}: ${describeNode(node)} reads ${input.name}, which nothing before it makes.`);
    }
    for (const output of node.outputs) made.add(output.name);
  }
  for (const { name } of graph.outputs) {
    if (!made.has(name)) throw new Error(`${file}: the output ${name} is made by no node.`);
  }
}
