/** Graphs as ONNX files: a ModelProto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). @module */

import proto from "onnx-proto";
import type { Attribute, Dim, Edge, ExportedGraph, Graph, Node, Value, ValueType } from "./graph.ts";
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
  float64: 11,
} as const satisfies Record<
  DType,
  number
>;

const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7, texts: 8 } as const;
const IN_ANOTHER_FILE = 1; // TensorProto.DataLocation.EXTERNAL

/** Keys of fields that hold bytes: their number in the message, and wire type 2. */
const KEY = { graph: 7 << 3 | 2, initializer: 5 << 3 | 2, rawData: 9 << 3 | 2 } as const;

/** Where the bytes of an array are, in a file beside the model's. */
export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** An array as a file describes it; `place` is left out where its bytes stand in the model's own file. */
export interface StoredArray {
  readonly name: string;
  readonly type: ValueType;
  readonly bytes: number;
  readonly place?: Place;
}

/**
 * The bytes of an ONNX model: what ONNX Runtime, transformers.js and Python's onnx read. The same graph gives the same
 * bytes. `writeModel()` writes models that memory does not hold.
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
export function encodeModel(graph: ExportedGraph): Uint8Array<ArrayBuffer> {
  const arrays = [...graph.initializers].map(([name, tensor]) => ({
    name,
    type: tensor,
    bytes: tensor.data.byteLength,
  }));
  const parts = modelParts(graph, arrays).map((part) => {
    if (part instanceof Uint8Array) return part;
    const tensor = graph.initializers.get(part.name);
    if (!tensor) throw new Error(`${graph.name}: no array ${part.name}`);
    return bytesOf(tensor.data);
  });
  const model = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    model.set(part, at);
    at += part.length;
  }
  return model;
}

/**
 * An ONNX file in parts, in their order: bytes, and arrays whose bytes come between them. Put together by hand from
 * encoded messages, so that no array need be in memory.
 */
export function modelParts(
  graph: Omit<ExportedGraph, "initializers">,
  arrays: readonly StoredArray[],
): (Uint8Array | StoredArray)[] {
  const { ModelProto, GraphProto } = proto.onnx;
  const opsets = operatorSets(graph);
  const nodeNames = uniqueNames(graph.nodes);
  const head = ModelProto.encode({
    irVersion: fileVersion(opsets.get("") ?? OPSET),
    producerName: "palimpsest",
    opsetImport: [...opsets].map(([domain, version]) => ({ domain, version })),
  }).finish();
  const body = GraphProto.encode({
    name: graph.name,
    input: graph.inputs.map(valueInfo),
    output: graph.outputs.map(valueInfo),
    valueInfo: [...graph.stated ?? []].map(([name, type]) => valueInfo({ name, ...type })),
    node: graph.nodes.map((node, i) => ({
      name: nodeNames[i] ?? null,
      domain: domainOf(node.operator) || null,
      opType: node.operator.slice(node.operator.lastIndexOf(".") + 1),
      input: node.inputs.map((value) => value?.name ?? ""),
      output: node.outputs.map((value) => value.name),
      attribute: Object.entries(node.attributes).map(([name, attribute]) => attributeProto(name, attribute)),
    })),
  }).finish();
  const inside: (Uint8Array | StoredArray)[] = [body, ...arrays.flatMap(initializerParts)];
  const size = inside.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : part.bytes), 0);
  return [head, fieldStart(KEY.graph, size), ...inside];
}

/** The domain of an operator by its full name; empty for ONNX's own. */
function domainOf(operator: string): string {
  return operator.slice(0, Math.max(0, operator.lastIndexOf(".")));
}

/** The version of every domain that the nodes use. */
function operatorSets({ nodes, opsets }: Pick<Graph<Edge>, "nodes" | "opsets">): Map<string, number> {
  const used = new Set(nodes.map(({ operator }) => domainOf(operator)));
  const own = [...used].map((domain): [string, number] => [domain, domain === "" ? OPSET : 1]);
  return new Map([["", OPSET], ...own, ...(opsets ?? [])]);
}

/** A name for every node: its own, which may be taken where graphs were put together. */
function uniqueNames(nodes: readonly Node<Edge>[]): string[] {
  const taken = new Set<string>();
  return nodes.map(({ name, operator }, i) => {
    let free = name || `${operator}/${i}`;
    while (taken.has(free)) free += "'";
    taken.add(free);
    return free;
  });
}

/** The version of the file format that goes with a version of ONNX's operators. */
function fileVersion(opset: number): number {
  return opset <= 20 ? 9 : opset <= 22 ? 10 : 11;
}

/** The bytes of an array, little-endian as on all machines that the runtime knows; not a copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: Tensor["data"]): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function initializerParts(array: StoredArray): (Uint8Array | StoredArray)[] {
  const { name, type, bytes, place } = array;
  const header = proto.onnx.TensorProto.encode({
    name,
    dataType: ELEMENT_TYPE[type.dtype],
    dims: type.shape.map(Number),
    ...(place && {
      dataLocation: IN_ANOTHER_FILE,
      externalData: [
        { key: "location", value: place.file },
        { key: "offset", value: `${place.offset}` },
        { key: "length", value: `${place.length}` },
      ],
    }),
  }).finish();
  if (place) return [fieldStart(KEY.initializer, header.length), header];
  const data = fieldStart(KEY.rawData, bytes);
  return [fieldStart(KEY.initializer, header.length + data.length + bytes), header, data, array];
}

/** The key of a field and the length of what follows, both as base-128 varints, the low seven bits first. */
function fieldStart(key: number, length: number): Uint8Array {
  const bytes = [key];
  let rest = length;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(rest % 128 + 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function valueInfo(value: Value) {
  const dim = value.shape.map((size: Dim) =>
    typeof size === "number" ? { dimValue: size } : { dimParam: size }
  );
  return { name: value.name, type: { tensorType: { elemType: ELEMENT_TYPE[value.dtype], shape: { dim } } } };
}

function tensorProto(name: string, { dtype, shape, data }: Tensor) {
  return { name, dataType: ELEMENT_TYPE[dtype], dims: [...shape], rawData: bytesOf(data) };
}

function attributeProto(name: string, attribute: Attribute) {
  if ("int" in attribute) return { name, type: ATTRIBUTE_TYPE.int, i: attribute.int };
  if ("ints" in attribute) return { name, type: ATTRIBUTE_TYPE.ints, ints: [...attribute.ints] };
  if ("float" in attribute) return { name, type: ATTRIBUTE_TYPE.float, f: attribute.float };
  if ("floats" in attribute) return { name, type: ATTRIBUTE_TYPE.floats, floats: [...attribute.floats] };
  if ("text" in attribute) {
    return { name, type: ATTRIBUTE_TYPE.text, s: new TextEncoder().encode(attribute.text) };
  }
  if ("texts" in attribute) {
    const strings = attribute.texts.map((text) => new TextEncoder().encode(text));
    return { name, type: ATTRIBUTE_TYPE.texts, strings };
  }
  return { name, type: ATTRIBUTE_TYPE.tensor, t: tensorProto("", attribute.tensor) };
}
