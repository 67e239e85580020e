/** Running graphs under ONNX Runtime's profiler. @module */

import type { Graph } from "../../onnx/graph.ts";
import type { Session } from "../../onnx/session.ts";
import { type GraphOptions, openGraph } from "../open_graph.ts";
import { type GraphRun, graphRuns } from "./operator_profile.ts";

/** What a body does with a graph, run by run. */
export async function profiled(
  graph: Graph,
  options: GraphOptions,
  body: (session: Session) => Promise<void>,
): Promise<GraphRun[]> {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-" });
  try {
    const session = await openGraph(graph, { ...options, profileTo: `${folder}/profile` });
    await body(session);
    await session.close();
    for await (const { name } of Deno.readDir(folder)) {
      return graphRuns(await Deno.readTextFile(`${folder}/${name}`));
    }
    throw new Error("the runtime wrote no profile");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
