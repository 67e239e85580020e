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
import { median } from "../../train/bench/median.ts";
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

interface Measured {
  readonly seconds: number;
  readonly f1: readonly number[];
}

/** Seconds for all pairs, and their F1. */
async function measure(encoder: OpenTokenEncoder, texts: readonly Text[]): Promise<Measured> {
  const start = performance.now();
  const scores = await bertscorePairs(encoder, texts.map(([a]) => a), texts.map(([, b]) => b));
  return { seconds: (performance.now() - start) / 1000, f1: scores.map(({ f1 }) => f1) };
}

/** Measures both, and prints a line for each kind of text and each way to score it. */
export async function bertscoreBench(most = Infinity): Promise<void> {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const model = await modelFolder();
  const all = await readTexts();
  const some = (pairs: readonly Text[]) => pairs.filter(hasWords).slice(0, most);
  const texts = { sentences: some(all.sentences), notes: some(all.notes) };
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
      await compareOn(kind, texts[kind], { peer, open, model, kept });
    }
  } finally {
    await peer?.close();
    await Deno.remove(file);
    await Deno.remove(kept, { recursive: true });
  }
}

interface Sides {
  readonly peer: Peer | undefined;
  readonly open: (precision: Precision) => Promise<OpenTokenEncoder>;
  readonly model: string;
  /** Folder for encodings that are kept. */
  readonly kept: string;
}

/** Both sides take turns on parts of the pairs: what else the machine does hits both. */
async function compareOn(
  kind: string,
  pairs: readonly Text[],
  { peer, open, model, kept }: Sides,
): Promise<void> {
  const others = edited(pairs.map(([, candidate]) => candidate))
    .map(([, candidate], i): Text => [pairs[i]?.[0] ?? "", candidate]);
  const plain = await open("float32");
  const small = await open("int8");
  const references = pairs.map(([reference]) => reference);
  const remembering = await rememberingEncoder(plain, model, references, kept);
  await remembering.encode(references);
  await measure(plain, pairs.slice(0, 1000)); // warm, its workers open
  await measure(small, pairs.slice(0, 20));

  const turns: Turn[] = [];
  for (const [from, to] of partsOf(pairs.length)) {
    const part = pairs.slice(from, to);
    const first = await measure(plain, part);
    const theirs = peer && Answer.parse(await peer.ask(JSON.stringify({ kind, from, to })));
    const second = await measure(remembering, others.slice(from, to));
    const eighth = await measure(small, part);
    checkTotal(kind, first.f1, theirs?.total);
    turns.push({ pairs: part.length, first, second, eighth, theirs });
  }
  await remembering.close();
  await small.close();

  const line = (what: string, secondsOf: (turn: Turn) => number) => {
    const each = 1e3 * median(turns.map((turn) => secondsOf(turn) / turn.pairs));
    const ratios = turns.flatMap((turn) => turn.theirs ? [turn.theirs.seconds / secondsOf(turn)] : []);
    const theirs = 1e3 * median(turns.map((turn) => (turn.theirs?.seconds ?? NaN) / turn.pairs));
    const beside = ratios.length > 0
      ? `, bert_score ${theirs.toFixed(2)} ms: ${median(ratios).toFixed(1)} times as fast`
      : "";
    console.log(`BERTScore, ${pairs.length} ${kind}, ${what}: ${each.toFixed(2)} ms a pair${beside}`);
  };
  line("float32", ({ first }) => first.seconds);
  line("float32, the references kept from an earlier call", ({ second }) => second.seconds);
  const gaps = turns.flatMap(({ first, eighth }) =>
    eighth.f1.map((f1, i) => Math.abs(f1 - (first.f1[i] ?? NaN)))
  );
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const error = `F1 off by ${mean.toFixed(4)} on average, ${Math.max(...gaps).toFixed(4)} at most`;
  line(`int8 (${error})`, ({ eighth }) => eighth.seconds);
}

/** One after the other on the same pairs. */
interface Turn {
  readonly pairs: number;
  readonly first: Measured;
  readonly second: Measured;
  readonly eighth: Measured;
  readonly theirs: z.infer<typeof Answer> | undefined;
}

const TURNS = 5;

/** Parts of many pairs, or all of few again and again. */
function partsOf(pairs: number): [from: number, to: number][] {
  const size = pairs < 1000 ? pairs : Math.ceil(pairs / TURNS);
  return Array.from({ length: TURNS }, (_, i) => {
    const from = size === pairs ? 0 : i * size;
    return [from, Math.min(pairs, from + size)];
  });
}

function checkTotal(kind: string, f1: readonly number[], theirs?: number): void {
  const total = f1.reduce((sum, one) => sum + one, 0);
  if (theirs === undefined || Math.abs(theirs - total) <= 1e-4 * f1.length) return;
  throw new Error(`${kind}: the sum of all F1 is ${total}, bert_score's is ${theirs}.`);
}

/** Beside transformers 5, bert_score 0.3.13 fails on an empty text. */
function hasWords(pair: Text): boolean {
  return pair.every((text) => text.trim() !== "");
}
