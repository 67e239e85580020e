/** The two sides of a yardstick: this engine and PyTorch, fed the same batches. @module */

import { z } from "zod";
import type { Encoder } from "../architectures/architecture.ts";
import type { Model } from "../checkpoint/model.ts";
import { Peer } from "../peer.ts";
import { Forward } from "../train/forward.ts";
import type { LabelledPieces } from "../train/labelled_pieces.ts";
import { LENGTHS } from "../train/length_buckets.ts";
import { type CurvePoint, readRunState, writeRunState } from "../train/run_state.ts";
import { labelledBatch, labelScores } from "../train/token_classification.ts";
import type { Task } from "../train/task.ts";
import { Trainer } from "../train/trainer.ts";

/** What is known of a side's step. */
export interface SideStep {
  readonly loss: number;
  readonly seconds: number;
}

/** A side: it takes the steps of one run, and says what it thinks of a text's pieces in between. */
export interface Side {
  readonly name: string;
  step(texts: readonly LabelledPieces[], rate: number): Promise<SideStep>;
  /** Scores of every label at every piece of each text, row after row. */
  scores(texts: readonly LabelledPieces[]): Promise<Float32Array[]>;
  /** Writes all that the run needs to go on from here. */
  save(folder: string, point: CurvePoint): Promise<void>;
  close(): Promise<void>;
}

/** What decides a run on both sides. */
export interface SideOptions {
  readonly labels: number;
  readonly threads: number;
  readonly seed: number;
  readonly dropout: boolean;
  /** Of the whole run, after which nothing is learnt any more. */
  readonly steps: number;
  readonly peak: number;
  readonly warmUp: number;
  /** The folder that a run goes on from. */
  readonly from?: string;
}

/**
 * This engine's side.
 *
 * @param task gives the batch of each step, which the texts that `step()` is given are
 */
export async function ourSide(model: Model<Encoder>, task: Task, options: SideOptions): Promise<Side> {
  const { labels, threads, seed, dropout, steps, peak: learningRate, warmUp, from } = options;
  const { architecture, parameters, tokenizer: { special: { pad } } } = model;
  const state = from === undefined ? undefined : await readRunState(from);
  for (const [name, { data }] of state?.parameters ?? []) parameters.get(name)?.data.set(data);
  const how = { steps, learningRate, warmUp, threads, ...dropout && { dropout: seed } };
  const trainer = new Trainer(parameters, task, how, state?.optimizer);
  const forward = new Forward(parameters, (net, batch) => ({
    scores: labelScores(architecture, net, batch, labels),
  }), { threads });
  return {
    name: "here",
    async step() {
      const start = performance.now();
      const { loss } = await trainer.next();
      return { loss, seconds: (performance.now() - start) / 1000 };
    },
    async scores(texts) {
      const longest = Math.max(...texts.map(({ ids }) => ids.length));
      const length = LENGTHS.find((length) => length >= longest) ?? longest;
      const { labels: _, ...batch } = labelledBatch(texts, texts.length, length, pad);
      const { scores } = await forward.run(batch);
      return rowsOf(scores?.data, texts, length, labels);
    },
    async save(folder, point) {
      const { steps: step } = trainer.state;
      const progress = {
        step,
        curve: [point],
        since: { sum: 0, count: 0 },
        seconds: 0,
        done: step === steps,
      };
      await Deno.mkdir(folder, { recursive: true });
      const optimizer = trainer.state;
      await writeRunState(folder, {
        progress: { identity: "yardstick", ...progress },
        parameters,
        optimizer,
      });
    },
    async close() {
      await trainer.close();
      await forward.close();
    },
  };
}

const Step = z.object({ loss: z.number(), seconds: z.number() });
const Shape = z.object({ shape: z.tuple([z.number(), z.number(), z.number()]) });

/**
 * PyTorch's side, in a process of its own.
 *
 * @param folder the model with its new head, as both sides begin
 */
export async function peerSide(python: string, folder: string, options: SideOptions): Promise<Side> {
  const { labels, threads, seed, dropout, from } = options;
  const script = new URL("yardstick_peer.py", import.meta.url).pathname;
  const file = await Deno.makeTempFile();
  const peer = new Peer(python, script, folder, `${threads}`, file, dropout ? "dropout" : "none", `${seed}`);
  const ask = (request: object) => peer.ask(JSON.stringify(request));
  await peer.answer();
  if (from !== undefined) await ask({ do: "load", path: `${from}/peer.pt` });
  return {
    name: "PyTorch",
    step: async (texts, rate) =>
      Step.parse(
        await ask({ do: "step", ids: texts.map(({ ids }) => ids), labels: texts.map((t) => t.labels), rate }),
      ),
    async scores(texts) {
      const { shape } = Shape.parse(await ask({ do: "label", ids: texts.map(({ ids }) => ids) }));
      const bytes = await Deno.readFile(file);
      return rowsOf(new Float32Array(bytes.buffer, 0, bytes.length / 4), texts, shape[1], labels);
    },
    async save(folder) {
      await Deno.mkdir(folder, { recursive: true });
      await ask({ do: "save", path: `${folder}/peer.pt.partial` });
      await Deno.rename(`${folder}/peer.pt.partial`, `${folder}/peer.pt`);
    },
    async close() {
      await peer.close();
      await Deno.remove(file);
    },
  };
}

function rowsOf(
  data: unknown,
  texts: readonly LabelledPieces[],
  length: number,
  labels: number,
): Float32Array[] {
  if (!(data instanceof Float32Array)) throw new Error("no scores of labels came back.");
  return texts.map(({ ids }, row) => data.slice(row * length * labels, (row * length + ids.length) * labels));
}
