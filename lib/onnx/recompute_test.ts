import { deepEqual, equal } from "node:assert/strict";
import { bert } from "../architectures/bert.ts";
import { modelParameters } from "../architectures/heads.ts";
import { lastOf } from "../architectures/architecture.ts";
import { meanCrossEntropy } from "../train/cross_entropy.ts";
import { Dropout } from "../train/dropout.ts";
import { initialize } from "../train/initialize.ts";
import { inputParameters, plainNet } from "../architectures/net.ts";
import { GraphBuilder } from "./builder.ts";
import { differentiate } from "./differentiate.ts";
import { forwardFirst } from "./forward_first.ts";
import type { Graph } from "./graph.ts";
import { recompute, WITHOUT } from "./recompute.ts";
import { Session } from "./session.ts";
import type { Tensor } from "./tensor.ts";

const encoder = bert({
  ...{ vocab_size: 20, hidden_size: 8, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 16 },
  ...{ max_position_embeddings: 8, hidden_dropout_prob: 0.2, attention_probs_dropout_prob: 0.2 },
});

/** Loss and gradients of a tiny encoder with dropout, and what goes in. */
function step() {
  const b = new GraphBuilder("step");
  const dropout = new Dropout(1);
  const net = dropout.net(plainNet(b, inputParameters(b)));
  const ids = b.input("ids", "int64", [3, 5]);
  const mask = b.input("mask", "int64", [3, 5]);
  const labels = b.input("labels", "int64", [15]);
  const scores = encoder.maskedLM(net, lastOf(encoder.states(net, { ids, mask })));
  const loss = b.named("loss", meanCrossEntropy(b, scores, labels));
  const shapes = modelParameters(encoder, { kind: "language-model" });
  const parameters = Object.fromEntries(
    [...shapes].map(([name, shape]) => [name, initialize(name, shape, 1)]),
  );
  const graph = b.graph([loss]);
  const by = graph.inputs.filter(({ name }) => name in parameters);
  const gradients = differentiate(b, loss, by).map((value, i) => b.named(`d ${by[i]?.name}`, value));
  const integers = (shape: readonly number[], of: (i: number) => number) => ({
    ...{ dtype: "int64", shape } as const,
    data: BigInt64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => BigInt(of(i))),
  });
  const feeds: Record<string, Tensor> = {
    ...parameters,
    ids: integers([3, 5], (i) => 3 + i),
    mask: integers([3, 5], (i) => i % 5 < 3 || i < 10 ? 1 : 0),
    labels: integers([15], (i) => i),
    ...dropout.masks(0),
  };
  return { graph: b.graph([loss, ...gradients]), loss, feeds };
}

async function results(graph: Graph, feeds: Readonly<Record<string, Tensor>>) {
  const session = await Session.open(graph, { threads: 1, without: WITHOUT });
  const given = await session.run(feeds);
  await session.close();
  return Object.fromEntries(
    Object.entries(given).map(([name, { data }]) => [name, Array.from(data, Number)]),
  );
}

const count = ({ nodes }: Graph, operator: string) =>
  nodes.filter((node) => node.operator === operator).length;

Deno.test("recompute() makes attention weights, activations, norms and masks again, and every bit stays", async () => {
  const { graph, loss, feeds } = step();
  const again = recompute(graph, loss, 0);
  deepEqual(["Softmax", "Gelu"].map((operator) => [count(graph, operator), count(again, operator)]), [
    [2, 4],
    [3, 6],
  ]);
  equal(count(again, "Gemm"), count(graph, "Gemm"), "a product of a dense layer is not made again");
  deepEqual(await results(forwardFirst(again, loss), feeds), await results(graph, feeds));
});

Deno.test("recompute() keeps small arrays", () => {
  const { graph, loss } = step();
  deepEqual(recompute(graph, loss), graph);
});

Deno.test("forwardFirst() has the last layer's weights wait for nothing that comes later in backward", () => {
  const { graph, loss } = step();
  const { nodes, outputs } = forwardFirst(graph, loss);
  deepEqual(new Set(nodes), new Set(graph.nodes));
  const place = (name: string) =>
    nodes.findIndex((node) => node.outputs.some((output) => output.name === name));
  const layers = [0, 1].map((layer) => place(`d bert.encoder.layer.${layer}.attention.self.query.weight`));
  equal(layers[0] !== undefined && layers[1] !== undefined && layers[0] < layers[1], true, `${layers}`);
  equal(outputs, graph.outputs);
});
