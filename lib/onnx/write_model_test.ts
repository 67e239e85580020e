import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import proto from "onnx-proto";
import { random } from "../random.ts";
import { GraphBuilder } from "./builder.ts";
import { encodeModel } from "./codec.ts";
import type { Graph } from "./graph.ts";
import { numbersOf, runWritten } from "./run_written.ts";
import { Session } from "./session.ts";
import type { Tensor } from "./tensor.ts";
import { inMemory, type LazyTensor, type TensorSource, withWeights } from "./tensor_source.ts";
import { writeModel } from "./write_model.ts";

const LAYERS = ["a", "b", "c"];

/** Three layers of 32 × 32 with a bias, whose weights come in two pieces each. */
function layers(): { graph: Graph; weights: TensorSource; whole: Graph } {
  const arrays = LAYERS.flatMap((name): [string, Tensor<"float32">][] => {
    const rng = random(name);
    const of = (shape: readonly number[], length: number) =>
      ({ dtype: "float32", shape, data: Float32Array.from({ length }, () => rng.next() - 0.5) }) as const;
    return [[`${name}.weight`, of([32, 32], 1024)], [`${name}.bias`, of([32], 32)]];
  });
  const build = (
    parameter: (b: GraphBuilder, name: string, tensor: Tensor) => ReturnType<GraphBuilder["input"]>,
  ) => {
    const b = new GraphBuilder("layers");
    const parameters = new Map(arrays.map(([name, tensor]) => [name, parameter(b, name, tensor)]));
    let x = b.input("x", "float32", ["n", 32]);
    for (const name of LAYERS) {
      const weight = parameters.get(`${name}.weight`);
      if (weight) x = b.dense(x, weight, parameters.get(`${name}.bias`));
    }
    return b.graph([b.named("y", x)]);
  };
  return {
    graph: build((b, name, { dtype, shape }) => b.input(name, dtype, shape)),
    whole: build((b, name, tensor) => b.initializer(name, tensor)),
    weights: new Map(arrays.map(([name, tensor]) => [name, {
      ...inMemory(tensor),
      async *pieces() {
        yield await Promise.resolve(tensor.data.subarray(0, 7));
        yield tensor.data.subarray(7);
      },
    }])),
  };
}

const x: Tensor = {
  dtype: "float32",
  shape: [2, 32],
  data: Float32Array.from({ length: 64 }, (_, i) => i / 64),
};

Deno.test("a model written piece by piece has the bytes of one encoded in memory", async () => {
  const { graph, weights, whole } = layers();
  const path = await Deno.makeTempFile();
  await writeModel(withWeights(graph, weights), path);
  deepEqual(await Deno.readFile(path), encodeModel(whole));
  await Deno.remove(path);
});

Deno.test("a model over the limit has its arrays beside it, in files under the limit, and runs the same", async () => {
  const { graph, weights, whole } = layers();
  const folder = await Deno.makeTempDir();
  const limit = 9000; // two weights of 4096 bytes
  await writeModel(withWeights(graph, weights), `${folder}/model_fp16.onnx`, { externalAbove: limit });
  const sizes: Record<string, number> = {};
  for await (const { name } of Deno.readDir(folder)) {
    sizes[name] = (await Deno.stat(`${folder}/${name}`)).size;
  }
  deepEqual(Object.keys(sizes).sort(), ["model_fp16.onnx", "model_fp16.onnx_data", "model_fp16.onnx_data_1"]);
  ok(Object.values(sizes).every((size) => size <= limit), JSON.stringify(sizes));

  const model = proto.onnx.ModelProto.decode(await Deno.readFile(`${folder}/model_fp16.onnx`));
  const arrays = model.graph?.initializer ?? [];
  deepEqual(arrays.map(({ name }) => name), [...weights.keys()]);
  for (const { name, externalData, rawData } of arrays) {
    const offset = externalData?.find(({ key }) => key === "offset")?.value;
    if (name?.endsWith("bias")) equal(rawData?.length, 128); // small: stays where shape inference sees it
    else equal(Number(offset) % 4096, 0);
  }
  await Deno.remove(folder, { recursive: true });

  const expected = await runWritten(withWeights(whole), { x });
  const got = await runWritten(withWeights(graph, weights), { x }, { externalAbove: limit });
  deepEqual(numbersOf(got["y"]?.data), numbersOf(expected["y"]?.data));
});

Deno.test("arrays that do not hold what their type says leave the old file as it was", async () => {
  const { graph, weights } = layers();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/model.onnx`;
  await Deno.writeTextFile(path, "before");
  const replaced = (name: string, pieces: LazyTensor["pieces"]) => {
    const tensor = weights.get(name);
    if (!tensor) throw new Error(name);
    return withWeights(graph, new Map([...weights, [name, { ...tensor, pieces }]]));
  };
  const short = replaced(
    "b.weight",
    inMemory({ dtype: "float32", shape: [3], data: new Float32Array(3) }).pieces,
  );
  await rejects(
    writeModel(short, path),
    /^Error: b\.weight: 12 bytes or more came, 4096 make float32\[32, 32\]/,
  );
  const long = replaced(
    "c.bias",
    inMemory({ dtype: "float32", shape: [33], data: new Float32Array(33) }).pieces,
  );
  await rejects(writeModel(long, path), /^Error: c\.bias: 132 bytes/);
  const error = new Error("model.safetensors: changed since it was opened. Open it again.");
  const next = () => Promise.reject(error);
  const failing = replaced("c.weight", () => ({ [Symbol.asyncIterator]: () => ({ next }) }));
  await rejects(writeModel(failing, path), error);
  equal(await Deno.readTextFile(path), "before");
  deepEqual((await Array.fromAsync(Deno.readDir(folder))).length, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("withWeights() widens float16 and refuses a weight of another type", async () => {
  const { graph, weights } = layers();
  const narrow = inMemory({ dtype: "float16", shape: [32], data: new Float16Array(32).fill(0.5) });
  const widened = withWeights(graph, new Map([...weights, ["a.bias", narrow]])).initializers.get("a.bias");
  deepEqual(await Array.fromAsync(widened?.pieces() ?? []), [new Float32Array(32).fill(0.5)]);
  const short = inMemory({ dtype: "float32", shape: [31], data: new Float32Array(31) });
  throws(() => withWeights(graph, new Map([["a.bias", short]])), (error) => {
    match(String(error), /weight a\.bias is float32\[31\], the graph wants float32\[32\]/);
    return true;
  });
});

Deno.test("Session.open() takes graphs over the limit by way of a file", async () => {
  const b = new GraphBuilder("large");
  const weight = b.initializer("w", { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  const graph = b.graph([b.named("y", b.matMul(b.input("x", "float32", [1, 2]), weight))]);
  const session = await Session.open(graph, { externalAbove: 8 });
  const { y } = await session.run({ x: { dtype: "float32", shape: [1, 2], data: Float32Array.of(1, 1) } });
  await session.close();
  deepEqual(y?.data, Float32Array.of(4, 6));
});
