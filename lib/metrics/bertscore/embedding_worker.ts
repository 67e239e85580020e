/** The thread that a worker of {@linkcode openEmbeddingPool} is: opens a graph, then runs it when asked. @module */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import * as ort from "onnxruntime-node";
import type { Answer, Question } from "./embedding_pool.ts";

let session: ort.InferenceSession | undefined;

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    self.postMessage(...await answerTo(data));
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
};

async function answerTo(question: Question): Promise<[Answer, Transferable[]]> {
  if (question.kind === "open") {
    session = await ort.InferenceSession.create(question.model, {
      executionProviders: ["cpu"],
      graphOptimizationLevel: "all",
      intraOpNumThreads: 1,
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
    return [{}, []];
  }
  if (question.kind === "close") {
    await session?.release();
    return [{}, []];
  }
  const { ids, shape } = question;
  const { unit } = await session?.run({ input_ids: new ort.Tensor("int64", ids, shape) }) ?? {};
  if (!(unit?.data instanceof Float32Array)) throw new Error("the model gave no hidden states");
  const states = unit.data.slice();
  return [{ states }, [states.buffer]];
}
