/** The graph of a training step. @module */

import { type Net, type Parameters, plainNet } from "../architectures/net.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { differentiate } from "../onnx/differentiate.ts";
import { forwardFirst } from "../onnx/forward_first.ts";
import { needed } from "../onnx/needed.ts";
import { recompute } from "../onnx/recompute.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import type { SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import type { LazyGraph, TensorSource } from "../onnx/tensor_source.ts";
import { Dropout } from "./dropout.ts";
import type { Batch, Task } from "./task.ts";

/** What is trained, by name. */
export type Trained = ReadonlyMap<string, Tensor<"float32">>;

/** What the trained parameters stand on. */
export interface Base {
  /** Weights that stay as they are: no gradient is computed for them. The runtime lays them out for its products. */
  readonly frozen: TensorSource;
  /** Such weights that graphs are given at each run: large tables, which the runtime would copy for each of their uses. */
  readonly tables: Trained;
  /** What layers are made of: `dense` with a low-rank update, of quantised weights. */
  net(net: Net): Net;
  /** Puts a finished graph into the form that runs best. */
  finish?(graph: LazyGraph): LazyGraph;
  /** How graphs on it must be run. */
  readonly session?: SessionOptions;
}

export interface StepOptions {
  /** Left out: all of the model is trained. */
  readonly base?: Base;
  /** The seed of dropout's masks. Left out: nothing drops out. */
  readonly dropout?: number | string;
}

/** A graph that is being built on parameters. */
export interface Ground {
  readonly b: GraphBuilder;
  readonly net: Net;
  /** The trained parameters as inputs of the graph, in their order. */
  readonly trained: ReadonlyMap<string, Value>;
  readonly dropout: Dropout | undefined;
  /** The parameters in the order in which layers asked for them, and how many nodes there were then. */
  readonly asked: readonly { readonly name: string; readonly from: number }[];
}

/** What a graph's inputs are given that are no part of a batch. */
export function given(parameters: Trained, base: Base | undefined): Batch {
  return { ...Object.fromEntries(base?.tables ?? []), ...Object.fromEntries(parameters) };
}

/** A net for building on: trained parameters are inputs of the graph, and so are frozen weights when they are asked for. */
export function ground(name: string, parameters: Trained, { base, dropout: seed }: StepOptions = {}): Ground {
  const b = new GraphBuilder(name);
  const trained = new Map(
    [...parameters].map(([name, { shape }]) => [name, b.input(name, "float32", shape)]),
  );
  const asked: { readonly name: string; readonly from: number }[] = [];
  const parameter = parametersFrom(b, trained, base);
  const plain = plainNet(b, (name, shape) => {
    asked.push({ name, from: b.nodes.length });
    return parameter(name, shape);
  });
  const dropout = seed === undefined ? undefined : new Dropout(seed);
  const dropping = dropout?.net(plain) ?? plain;
  return { b, net: base?.net(dropping) ?? dropping, trained, dropout, asked };
}

function parametersFrom(
  b: GraphBuilder,
  trained: ReadonlyMap<string, Value>,
  base: Base | undefined,
): Parameters {
  const made = new Map(trained);
  return (name, shape) => {
    const source = base?.tables.get(name) ?? base?.frozen.get(name);
    const value = made.get(name) ?? (source && b.input(name, source.dtype, source.shape));
    if (!value) throw new Error(`the model has no parameter ${name}`);
    made.set(name, value);
    if (`${value.shape}` !== `${shape}`) {
      throw new Error(`${name} is [${value.shape}], the architecture wants [${shape}]`);
    }
    return value;
  };
}

/** What a step's gradient by a parameter is called among the graph's outputs. */
export function gradientOf(name: string): string {
  return `gradient of ${name}`;
}

/** The gradients among what a step's graph gave, by the names of the parameters that have one. */
export function gradientsIn(results: Batch, parameters: Trained): Trained {
  return new Map([...parameters].flatMap(([name, { shape }]) => {
    const data = results[gradientOf(name)]?.data;
    return data instanceof Float32Array ? [[name, { dtype: "float32", shape, data } as const] as const] : [];
  }));
}

/**
 * The graph of a training step: parameters, frozen weights and a batch go in, `loss` and a gradient a parameter come out. A
 * parameter that the batch's loss does not depend on (Longformer's global projections, where no place is global) has none.
 *
 * @throws Error naming the parameter that the model lacks or has in another shape, or where the loss depends on none
 */
export function stepGraph(
  parameters: Trained,
  task: Task,
  batch: Batch,
  options: StepOptions = {},
): { readonly graph: Graph; readonly dropout: Dropout | undefined } {
  const { b, net, trained, dropout } = ground("training-step", parameters, options);
  const loss = task.loss(net, batch);
  const { names } = needed(b.nodes, [loss]);
  const by = [...trained.values()].filter(({ name }) => names.has(name));
  if (by.length === 0) throw new Error("the loss depends on none of the parameters");
  const outputs = differentiate(b, loss, by).map((gradient, i) =>
    b.named(gradientOf(by[i]?.name ?? ""), gradient)
  );
  const graph = b.graph([b.named("loss", loss), ...outputs]);
  return { graph: forwardFirst(recompute(graph, loss), loss), dropout };
}

/** The graph of a task's first batch, where all of the model is trained. */
export function trainingGraph(parameters: Trained, task: Task): Graph {
  return stepGraph(parameters, task, task.batch(0)).graph;
}
