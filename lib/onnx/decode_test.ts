import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import proto from "onnx-proto";
import { GraphBuilder } from "./builder.ts";
import { encodeModel } from "./codec.ts";
import { decodeModel } from "./decode.ts";
import { fixture } from "./fixtures/fixture.ts";
import { readModel } from "./read_model.ts";
import { Session } from "./session.ts";
import type { Tensor } from "./tensor.ts";

const FLOAT = 1;

/** A model whose one node takes the arrays. */
function model(
  arrays: readonly proto.onnx.ITensorProto[],
  node: proto.onnx.INodeProto = { opType: "Sum", name: "total" },
  more: proto.onnx.IModelProto = {},
): Uint8Array {
  const input = arrays.map(({ name }) => name ?? "");
  const y = { name: "y", type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimValue: 2 }] } } } };
  return proto.onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: { name: "g", node: [{ input, output: ["y"], ...node }], initializer: [...arrays], output: [y] },
    ...more,
  }).finish();
}

const two = { name: "x", dims: [2], dataType: FLOAT, floatData: [1, 2] };

for (
  const file of Array.from(Deno.readDirSync(new URL("fixtures", import.meta.url)), ({ name }) => name)
    .toSorted()
) {
  if (!file.endsWith(".gz")) continue;
  Deno.test(`a graph that is read and written again computes the same: ${file}`, async () => {
    const bytes = await fixture(file);
    const graph = decodeModel(bytes);
    const feeds = Object.fromEntries(graph.inputs.map(({ name, dtype, shape }): [string, Tensor] => {
      const sizes = shape.map((dim) => typeof dim === "number" ? dim : 2);
      const count = sizes.reduce((a, b) => a * b, 1);
      return dtype === "int64"
        ? [name, { dtype, shape: sizes, data: new BigInt64Array(count).fill(1n) }]
        : [name, {
          dtype: "float32",
          shape: sizes,
          data: Float32Array.from({ length: count }, (_, i) => i % 7 / 7),
        }];
    }));
    const folder = await Deno.makeTempDir();
    const run = async (bytes: Uint8Array) => {
      await Deno.writeFile(`${folder}/model.onnx`, bytes);
      const session = await Session.open(`${folder}/model.onnx`, { threads: 1 });
      const results = await session.run(feeds);
      await session.close();
      return results;
    };
    deepEqual(await run(encodeModel(graph)), await run(bytes));
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("decodeModel() reads arrays from every field that holds them", () => {
  const raw = (data: ArrayBufferView) => ({ rawData: new Uint8Array(data.buffer) });
  const cases: [Tensor, proto.onnx.ITensorProto][] = [
    [{ dtype: "float32", shape: [2], data: Float32Array.of(1.5, -2) }, { dataType: 1, floatData: [1.5, -2] }],
    [{ dtype: "float64", shape: [2], data: Float64Array.of(0.1, -2) }, {
      dataType: 11,
      doubleData: [0.1, -2],
    }],
    [{ dtype: "float16", shape: [2], data: Float16Array.of(1, -2) }, {
      dataType: 10,
      int32Data: [0x3c00, 0xc000],
    }],
    [{ dtype: "int64", shape: [2], data: BigInt64Array.of(1n, -2n) }, { dataType: 7, int64Data: [1, -2] }],
    [{ dtype: "int32", shape: [2], data: Int32Array.of(1, -2) }, { dataType: 6, int32Data: [1, -2] }],
    [{ dtype: "int8", shape: [2], data: Int8Array.of(1, -2) }, { dataType: 3, int32Data: [1, -2] }],
    [{ dtype: "uint8", shape: [2], data: Uint8Array.of(1, 254) }, { dataType: 2, int32Data: [1, 254] }],
    [{ dtype: "bool", shape: [2], data: Uint8Array.of(1, 0) }, { dataType: 9, int32Data: [1, 0] }],
  ];
  const arrays = cases.flatMap(([tensor, message], i) => [
    { name: `${i}`, dims: [2], ...message },
    { name: `${i} raw`, dims: [2], dataType: message.dataType ?? 0, ...raw(tensor.data.slice()) },
  ]);
  const { initializers } = decodeModel(model(arrays));
  for (const [i, [tensor]] of cases.entries()) {
    deepEqual(initializers.get(`${i}`), tensor);
    deepEqual(initializers.get(`${i} raw`), tensor);
  }
});

Deno.test("decodeModel() does not copy an array whose bytes are aligned", () => {
  const bytes = model([{ name: "x", dims: [2], dataType: FLOAT, rawData: new Uint8Array(8) }]);
  const shared = [0, 1, 2, 3].filter((shift) => {
    const placed = new Uint8Array(new ArrayBuffer(bytes.length + shift), shift);
    placed.set(bytes);
    return decodeModel(placed).initializers.get("x")?.data.buffer === placed.buffer;
  });
  equal(shared.length, 1);
});

Deno.test("decodeModel() keeps domains, attributes of all kinds, left-out inputs and outputs, and the versions", () => {
  const attribute = [
    { name: "float", type: 1, f: 0.5 },
    { name: "int", type: 2, i: -3 },
    { name: "text", type: 3, s: new TextEncoder().encode("é") },
    { name: "floats", type: 6, floats: [0.5, 1] },
    { name: "ints", type: 7, ints: [1, -1] },
    { name: "texts", type: 8, strings: [new TextEncoder().encode("a"), new Uint8Array()] },
    { name: "tensor", type: 4, t: { dims: [2], dataType: FLOAT, floatData: [1, 2] } },
  ];
  const node = {
    opType: "Skip",
    domain: "com.microsoft",
    input: ["x", "", "x"],
    output: ["y", "", "z"],
    attribute,
  };
  const opsetImport = [{ domain: "", version: 14 }, { domain: "com.microsoft", version: 1 }];
  const graph = decodeModel(model([two], node, { opsetImport }));
  deepEqual(graph.nodes, [{
    operator: "com.microsoft.Skip",
    inputs: [{ name: "x" }, undefined, { name: "x" }],
    outputs: [{ name: "y" }, { name: "" }, { name: "z" }],
    attributes: {
      float: { float: 0.5 },
      int: { int: -3 },
      text: { text: "é" },
      floats: { floats: [0.5, 1] },
      ints: { ints: [1, -1] },
      texts: { texts: ["a", ""] },
      tensor: { tensor: { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) } },
    },
  }]);
  deepEqual(graph.opsets, new Map([["", 14], ["com.microsoft", 1]]));
  const again = decodeModel(encodeModel(graph));
  deepEqual(
    again.nodes.map(({ inputs, outputs, operator, attributes }) => ({
      inputs,
      outputs,
      operator,
      attributes,
    })),
    graph.nodes,
  );
  deepEqual(again.opsets, graph.opsets);
});

Deno.test("decodeModel() takes Constant nodes for arrays, and arrays that are listed as inputs too", () => {
  const constant = (attribute: proto.onnx.IAttributeProto) => {
    const nodes = [{ opType: "Constant", output: ["x"], attribute: [attribute] }, {
      opType: "Neg",
      input: ["x"],
      output: ["y"],
    }];
    const y = { name: "y", type: { tensorType: { elemType: FLOAT, shape: { dim: [] } } } };
    const graph = { name: "g", node: nodes, output: [y] };
    return decodeModel(model([], {}, { graph })).initializers.get("x");
  };
  deepEqual(constant({ name: "value_int", type: 2, i: 3 }), {
    dtype: "int64",
    shape: [],
    data: BigInt64Array.of(3n),
  });
  deepEqual(constant({ name: "value_ints", type: 7, ints: [1, 2] })?.shape, [2]);
  deepEqual(constant({ name: "value_float", type: 1, f: 0.5 })?.data, Float32Array.of(0.5));
  deepEqual(constant({ name: "value_floats", type: 6, floats: [0.5] })?.shape, [1]);
  throws(
    () => constant({ name: "value_string", type: 3, s: new Uint8Array(1) }),
    { message: "model.onnx: Constant (node x): value_string is not an array of numbers." },
  );
  const x = { name: "x", type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimValue: 2 }] } } } };
  const graph = {
    name: "g",
    node: [{ opType: "Neg", input: ["x"], output: ["y"] }],
    input: [x],
    initializer: [two],
    output: [{ ...x, name: "y" }],
  };
  equal(decodeModel(model([], {}, { graph })).inputs.length, 0);
});

Deno.test("decodeModel() says in one line what is wrong with a file", async () => {
  const says = (bytes: Uint8Array, message: string | RegExp) => {
    throws(() => decodeModel(bytes, { file: "m.onnx" }), typeof message === "string" ? { message } : message);
  };
  says(
    new TextEncoder().encode("<!DOCTYPE html>"),
    /^Error: m\.onnx: not a whole ONNX model of 15 bytes \(.*\)\. Fetch or export it again\.$/,
  );
  says(new Uint8Array(), "m.onnx: not an ONNX model: no graph in it.");
  const whole = await fixture("bert_dynamo.onnx.gz");
  says(
    whole.subarray(0, whole.length - 9),
    /^Error: m\.onnx: not a whole ONNX model of \d+ bytes \(index out of range/,
  );
  says(
    model([{ ...two, floatData: [1] }]),
    "m.onnx: array x: 1 elements for float32[2], which takes 2. Export it again.",
  );
  says(
    model([{ name: "x", dims: [2], dataType: FLOAT, rawData: new Uint8Array(7) }]),
    "m.onnx: array x: 7 bytes for float32[2], which takes 8. Export it again.",
  );
  says(model([{ ...two, dims: [-2] }]), "m.onnx: array x: shape [-2] has a negative size.");
  says(
    model([{ ...two, dataType: 16 }]),
    "m.onnx: array x: element type number 16 of ONNX is not supported. " +
      "Convert it to one of float32, uint8, int8, int32, int64, bool, float16, float64.",
  );
  says(
    model([two], {
      opType: "If",
      name: "cache",
      attribute: [{ name: "then_branch", type: 5, g: { name: "g" } }],
    }),
    "m.onnx: If (node cache): attribute then_branch holds a graph, which is not supported. " +
      "Export the model without control flow, as separate files.",
  );
  says(
    model([two], { opType: "Neg", input: ["z"], name: "" }),
    "m.onnx: Neg (node y) reads z, which nothing before it makes.",
  );
  says(
    model([two], {}, { functions: [{ name: "gelu" }] }),
    "m.onnx: holds functions (gelu). Inline them with Python's onnx.inliner.",
  );
});

Deno.test("readModel() reads arrays from files beside the model, and says where these end", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/model.onnx`;
  await Deno.writeFile(`${folder}/weights`, new Uint8Array(Float32Array.of(9, 1, 2).buffer));
  const outside = async (fields: Record<string, string>) => {
    const externalData = Object.entries(fields).map(([key, value]) => ({ key, value }));
    await Deno.writeFile(
      path,
      model([{ name: "x", dims: [2], dataType: FLOAT, dataLocation: 1, externalData }]),
    );
    return await readModel(path);
  };
  const read = await outside({ location: "weights", offset: "4", length: "8" });
  deepEqual(read.initializers.get("x")?.data, Float32Array.of(1, 2));
  deepEqual((await outside({ location: "weights" })).initializers.get("x")?.data, Float32Array.of(9, 1));
  await rejects(outside({ location: "weights", offset: "8" }), {
    message: `${path}: array x: ${folder}/weights: ends at byte 12, not at 16. Fetch it again.`,
  });
  await rejects(outside({ location: "weights", length: "4" }), {
    message: `${path}: array x: 4 bytes from 0 of weights, but its shape takes 8. Export it again.`,
  });
  await rejects(outside({ location: "none" }), {
    message: `${path}: array x: ${folder}/none: missing. Put it beside the model.`,
  });
  for (const location of ["../weights", "/etc/passwd", "a/../../b"]) {
    await rejects(outside({ location }), {
      message: `${path}: array x: its bytes are said to be in ${location}, not in a file beside the model.`,
    });
  }
  await outside({ location: "weights" });
  throws(() => decodeModel(Deno.readFileSync(path)), {
    message: "model.onnx: array x: its bytes are in weights. Read the model by its path.",
  });
  await rejects(readModel(`${folder}/no.onnx`), /no\.onnx: missing/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what encodeModel() writes of a built graph, decodeModel() reads", () => {
  const b = new GraphBuilder("built");
  const x = b.input("x", "float32", ["batch", 4]);
  const y = b.named(
    "y",
    b.one("com.microsoft.BiasGelu", [
      x,
      b.initializer("bias", { dtype: "float32", shape: [4], data: new Float32Array(4) }),
    ]),
  );
  const graph = decodeModel(encodeModel(b.graph([y])));
  deepEqual(graph.inputs, [{ name: "x", dtype: "float32", shape: ["batch", 4] }]);
  deepEqual(graph.nodes.map(({ operator }) => operator), ["com.microsoft.BiasGelu", "Identity"]);
  equal(graph.opsets?.get("com.microsoft"), 1);
});
