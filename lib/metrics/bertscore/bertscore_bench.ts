/**
 * BERTScore beside Python's bert_score on the same texts, weights, layer and threads, in one run: `deno task bench bertscore`.
 * The interpreter is `python3`, or what the environment variable `PYTHON` names. Texts longer than the model's input are
 * cut off on both sides, since bert_score can do nothing else.
 *
 * @module
 */

import { z } from "zod";
import { Peer } from "../../peer.ts";
import { project } from "../../project.ts";
import { pythonWith } from "../../python.ts";
import { bertscorePairs } from "../bertscore.ts";
import { type OpenTokenEncoder, openTokenEncoder } from "../encoder_embeddings.ts";
import { edited, readTexts, type Text } from "../overlap_bench.ts";
import type { Precision } from "./embedding_runner.ts";
import { rememberingEncoder } from "./remembering_encoder.ts";

const LAYER = 5;
const SHARED = `${project.root}/../shared`;

async function modelFolder(): Promise<string> {
  try {
    await Deno.stat(`${SHARED}/models/all-MiniLM-L6-v2/model.safetensors`);
    return `${SHARED}/models/all-MiniLM-L6-v2`;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return `${project.models}/encoder-general`;
  }
}

const Answer = z.object({ seconds: z.number(), total: z.number() });

/** Seconds for all pairs, and their F1. */
async function measure(encoder: OpenTokenEncoder, texts: readonly Text[]) {
  const start = performance.now();
  const scores = await bertscorePairs(encoder, texts.map(([a]) => a), texts.map(([, b]) => b));
  return { seconds: (performance.now() - start) / 1000, f1: scores.map(({ f1 }) => f1) };
}

/** Measures both, and prints a line for each kind of text and each way to score it. */
export async function bertscoreBench(most = Infinity): Promise<void> {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const model = await modelFolder();
  const all = await readTexts();
  const texts = { sentences: all.sentences.slice(0, most), notes: all.notes.slice(0, most) };
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify({ texts, model, layer: LAYER, threads }));
  const python = await pythonWith("torch", "bert_score");
  const script = new URL("bertscore_bench.py", import.meta.url).pathname;
  const peer = python === undefined ? undefined : new Peer(python, script, file);
  const kept = await Deno.makeTempDir();
  const open = (precision: Precision) =>
    openTokenEncoder(model, { layer: LAYER, threads, long: "truncate", precision });
  try {
    await peer?.answer();
    for (const kind of ["sentences", "notes"] as const) {
      const pairs = texts[kind];
      const others = edited(pairs.map(([, candidate]) => candidate))
        .map(([, candidate], i): Text => [pairs[i]?.[0] ?? "", candidate]);
      const plain = await open("float32");
      await measure(plain, pairs.slice(0, 20)); // warm
      const first = await measure(plain, pairs);
      const references = pairs.map(([reference]) => reference);
      const encoder = await rememberingEncoder(plain, model, references, kept);
      await encoder.encode(references);
      const second = await measure(encoder, others);
      await encoder.close();
      const small = await open("int8");
      await measure(small, pairs.slice(0, 20));
      const eighth = await measure(small, pairs);
      await small.close();
      const theirs = peer && Answer.parse(await peer.ask(JSON.stringify(kind)));
      checkTotal(kind, first.f1, theirs?.total);
      const line = (what: string, seconds: number) => {
        const each = `${(1e3 * seconds / pairs.length).toFixed(2)} ms a pair`;
        const beside = theirs
          ? `, bert_score ${(1e3 * theirs.seconds / pairs.length).toFixed(2)} ms: ${
            (theirs.seconds / seconds).toFixed(1)
          } times as fast`
          : "";
        console.log(`BERTScore, ${pairs.length} ${kind}, ${what}: ${each}${beside}`);
      };
      line("float32", first.seconds);
      line("float32, the references kept from an earlier call", second.seconds);
      const gaps = eighth.f1.map((f1, i) => Math.abs(f1 - (first.f1[i] ?? NaN)));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const error = `F1 off by ${mean.toFixed(4)} on average, ${Math.max(...gaps).toFixed(4)} at most`;
      line(`int8 (${error})`, eighth.seconds);
    }
  } finally {
    await peer?.close();
    await Deno.remove(file);
    await Deno.remove(kept, { recursive: true });
  }
}

function checkTotal(kind: string, f1: readonly number[], theirs?: number): void {
  const total = f1.reduce((sum, one) => sum + one, 0);
  if (theirs === undefined || Math.abs(theirs - total) <= 1e-4 * f1.length) return;
  throw new Error(`${kind}: the sum of all F1 is ${total}, bert_score's is ${theirs}.`);
}
