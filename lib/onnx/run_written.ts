/** Graphs put to the test: written, opened and run. @module */

import { Session } from "./session.ts";
import type { LazyGraph } from "./tensor_source.ts";
import type { Tensor } from "./tensor.ts";
import { writeModel, type WriteModelOptions } from "./write_model.ts";

/** What the runtime computes of a graph that went through a file. */
export async function runWritten(
  graph: LazyGraph,
  feeds: Readonly<Record<string, Tensor>>,
  options: WriteModelOptions = {},
): Promise<Record<string, Tensor>> {
  const folder = await Deno.makeTempDir();
  await writeModel(graph, `${folder}/model.onnx`, options);
  const session = await Session.open(`${folder}/model.onnx`);
  const results = await session.run(feeds);
  await session.close();
  await Deno.remove(folder, { recursive: true });
  return results;
}

/** The elements of an array as numbers. */
export function numbersOf(data: Tensor["data"] | undefined): number[] {
  const numbers: number[] = [];
  for (const x of data ?? []) numbers.push(Number(x));
  return numbers;
}

/** The largest difference between the elements of two arrays, as a share of the second one's largest element. */
export function largestError(a: Tensor | undefined, b: Tensor | undefined): number {
  const [got, expected] = [numbersOf(a?.data), numbersOf(b?.data)];
  if (got.length !== expected.length || got.length === 0) {
    throw new Error(`${got.length} and ${expected.length} elements`);
  }
  const differences = got.map((x, i) => Math.abs(x - (expected[i] ?? NaN)));
  return Math.max(...differences) / Math.max(...expected.map(Math.abs));
}
