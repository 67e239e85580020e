/** Running graphs under ONNX Runtime's profiler. @module */

import * as ort from "onnxruntime-node";
import { encodeModel } from "../../onnx/codec.ts";
import type { Graph } from "../../onnx/graph.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import { withWeights } from "../../onnx/tensor_source.ts";
import { writeModel } from "../../onnx/write_model.ts";
import type { Base } from "../step_graph.ts";
import { type GraphRun, graphRuns } from "./operator_profile.ts";

/** Runs a graph once. */
export type Run = (
  feeds: Readonly<Record<string, Tensor>>,
  into: Readonly<Record<string, Tensor>>,
) => Promise<void>;

/**
 * What a body does with a graph, run by run. The session is opened as `Session` and `openGraph` open it.
 *
 * @param body is given what runs the graph
 */
export async function profiled(
  graph: Graph,
  { threads, base }: { readonly threads: number; readonly base?: Base | undefined },
  body: (run: Run) => Promise<void>,
): Promise<GraphRun[]> {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-" });
  try {
    const settings = {
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      enableMemPattern: false,
      logSeverityLevel: 3,
      enableProfiling: true,
      profileFilePrefix: `${folder}/profile`,
      ...(base?.session?.without && {
        extra: { optimization: { disable_specified_optimizers: base.session.without.join(";") } },
      }),
    } satisfies ort.InferenceSession.SessionOptions;
    const session = await open(graph, base, `${folder}/model.onnx`, settings);
    await body(async (feeds, into) => {
      await session.run(mapped(feeds), mapped(into));
    });
    session.endProfiling();
    await session.release();
    for await (const { name } of Deno.readDir(folder)) {
      if (name.startsWith("profile")) return graphRuns(await Deno.readTextFile(`${folder}/${name}`));
    }
    throw new Error("the runtime wrote no profile");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function open(
  graph: Graph,
  base: Base | undefined,
  path: string,
  settings: ort.InferenceSession.SessionOptions,
): Promise<ort.InferenceSession> {
  if (!base) return await ort.InferenceSession.create(encodeModel(graph), settings);
  await writeModel(withWeights(graph, base.frozen), path, { externalAbove: 0 });
  return await ort.InferenceSession.create(path, settings);
}

function mapped(tensors: Readonly<Record<string, Tensor>>): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { data, shape }]) => {
      if (data instanceof Float32Array) return [name, new ort.Tensor("float32", data, shape)];
      if (data instanceof BigInt64Array) return [name, new ort.Tensor("int64", data, shape)];
      throw new Error(`${name}: steps are given float32 and int64 arrays`);
    }),
  );
}
