import { deepEqual, ok, throws } from "node:assert/strict";
import { GraphBuilder } from "../onnx/builder.ts";
import { numbersOf } from "../onnx/constant.ts";
import type { Graph } from "../onnx/graph.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { bert } from "./bert.ts";
import { weightsByName } from "../parity/encoder_fixture.ts";
import { modelParameters } from "./heads.ts";
import { encoderGraph, maskedLMGraph, tokenClassificationGraph, type Weights } from "./inference.ts";
import { longformer } from "./longformer.ts";
import { fixedParameters, plainNet } from "./net.ts";

const sizes = {
  vocab_size: 31,
  hidden_size: 8,
  num_hidden_layers: 3,
  num_attention_heads: 2,
  intermediate_size: 12,
  max_position_embeddings: 12,
};
const encoder = bert(sizes);
const weights = weightsByName(modelParameters(encoder, { kind: "language-model" }));
const feeds = {
  input_ids: int64([2, 5], [2, 7, 9, 11, 3, 2, 8, 3, 0, 0]),
  attention_mask: int64([2, 5], [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]),
};
const rows = int64([3], [2, 6, 1]);

function int64(shape: readonly number[], values: readonly number[]): Tensor<"int64"> {
  return { dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) };
}

async function run(
  graph: Graph,
  inputs: Readonly<Record<string, Tensor>>,
): Promise<Record<string, number[][]>> {
  const session = await Session.open(graph);
  const results = await session.run(inputs);
  await session.close();
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => {
      const columns = tensor.shape.at(-1) ?? 1;
      const numbers = numbersOf(tensor);
      return [
        name,
        Array.from(
          { length: numbers.length / columns },
          (_, i) => numbers.slice(i * columns, (i + 1) * columns),
        ),
      ];
    }),
  );
}

function statesGraph(weights: Weights, layer: number): Graph {
  const b = new GraphBuilder("states");
  return encoderGraph(plainNet(b, fixedParameters(b, weights)), encoder, { kind: "none" }, { layer });
}

function close(got: readonly number[] | undefined, expected: readonly number[] | undefined): void {
  ok(got && expected && got.length === expected.length);
  ok(got.every((x, i) => Math.abs(x - (expected[i] ?? NaN)) < 1e-5), `${got} is not ${expected}`);
}

Deno.test("chosen rows have the scores that they have among all", async () => {
  const { logits: all } = await run(maskedLMGraph(encoder, weights), feeds);
  const { logits: chosen } = await run(maskedLMGraph(encoder, weights, { rows: true }), { ...feeds, rows });
  deepEqual(chosen?.length, 3);
  for (const [i, at] of [2, 6, 1].entries()) close(chosen?.[i], all?.[at]);
});

Deno.test("a graph up to a layer needs no weight of the layers behind it, and a head can be put on any layer", async () => {
  const early = new Map([...weights].filter(([name]) => !/layer\.[12]/.test(name)));
  const { last_hidden_state: hidden = [] } = await run(statesGraph(early, 1), feeds);
  const labels = weightsByName([["classifier.weight", [4, 8]], ["classifier.bias", [4]]]);
  const tagger = tokenClassificationGraph(encoder, new Map([...early, ...labels]), 4, { layer: 1 });
  const { logits = [] } = await run(tagger, feeds);
  const [weight, bias] = [
    labels.get("classifier.weight")?.data ?? [],
    labels.get("classifier.bias")?.data ?? [],
  ];
  for (const [row, state] of hidden.entries()) {
    close(
      logits[row],
      Array.from(
        { length: 4 },
        (_, label) =>
          state.reduce((sum, x, i) => sum + x * (weight[label * 8 + i] ?? NaN), bias[label] ?? NaN),
      ),
    );
  }
  throws(() => statesGraph(weights, 4), /4 layers: the model has 3/);
});

Deno.test("global places of a Longformer are seen from everywhere, and see everything", async () => {
  const long = longformer({
    ...sizes,
    num_hidden_layers: 1,
    max_position_embeddings: 64,
    attention_window: 4,
  });
  const weights = weightsByName(modelParameters(long, { kind: "none" }));
  weights.set("classifier.weight", { dtype: "float32", shape: [8, 8], data: identity(8) });
  weights.set("classifier.bias", { dtype: "float32", shape: [8], data: new Float32Array(8) });
  const graph = tokenClassificationGraph(long, weights, 8, { globals: true });
  const length = 30;
  const states = (places: readonly number[], change: number) => {
    const ids = Array.from({ length }, (_, i) => i === change ? 4 : 5 + i % 20);
    return run(graph, {
      input_ids: int64([1, length], ids),
      attention_mask: int64([1, length], ids.map(() => 1)),
      globals: int64([1, places.length], places),
    });
  };
  /** The places whose state depends on the piece at a place. */
  const seers = async (places: readonly number[], at: number) => {
    const [{ logits: before = [] }, { logits: after = [] }] = await Promise.all([
      states(places, -1),
      states(places, at),
    ]);
    return before.flatMap((state, i) => `${state}` === `${after[i]}` ? [] : [i]);
  };
  deepEqual(await seers([-1, -1], 17), [15, 16, 17, 18, 19]);
  deepEqual(await seers([3, -1], 17), [3, 15, 16, 17, 18, 19]);
  deepEqual(await seers([17, 3], 17), Array.from({ length }, (_, i) => i));
});

function identity(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => i % (size + 1) === 0 ? 1 : 0);
}
