/**
 * What running experiments costs beside the work itself: a cell that takes a second, a cell that is stored, and summing up ten
 * thousand stored cells. All of it in a store of its own that is removed at the end.
 *
 * @module
 */

import process from "node:process";
import { letters } from "../corpus/letters.ts";
import type { Letter } from "../corpus/letter.ts";
import { meansTable } from "../experiments/tables.ts";
import { project } from "../project.ts";
import { random } from "../random.ts";
import { comparisons } from "./comparisons.ts";
import { experiment } from "./experiment.ts";
import { means } from "./means.ts";
import { runExperiment } from "./run.ts";

const METRICS = ["rouge1", "rouge2", "rougeL", "bleu", "chrf", "copy-rate"] as const;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Any values, the same for the same cell. */
function anyScores(corpus: readonly Letter[], seed: string) {
  const stream = random(seed);
  const ids = corpus.map(({ id }) => id);
  return METRICS.map((metric) => (
    { metric, signature: metric, ids, values: Float64Array.from(ids, () => stream.next()) }
  ));
}

/** As many cells as a large study has, of no work. */
export const many = experiment({
  name: "bench_many",
  module: import.meta.url,
  question: "How long does it take to sum up ten thousand cells?",
  factors: { strategy: upTo(11), condition: upTo(303), seed: [1, 2, 3] },
  quick: { letters: 120, factors: { condition: [1, 2, 3] } },
  compare: "strategy",
  run: ({ corpus, strategy, condition, seed }) =>
    Promise.resolve(anyScores(corpus, `${strategy}/${condition}/${seed}`)),
  claims: [],
});

/** Cells of one second each; the quick profile has one for each of two workers. */
export const paced = experiment({
  name: "bench_paced",
  module: import.meta.url,
  question: "What does it cost to have cells run and stored?",
  factors: { part: upTo(22) },
  quick: { letters: 120, factors: { part: [1, 2] } },
  compare: "part",
  run: async ({ corpus, part }) => {
    await new Promise((done) => setTimeout(done, 1000));
    return anyScores(corpus, `${part}`);
  },
  claims: [],
});

/** Cells of stored steps: it names no module, so that none is remembered as a whole. */
const stepwise = experiment({
  name: "bench_steps",
  question: "What does it cost to put cells together from their stored steps?",
  factors: { ratio: [0.3, 0.4, 0.5, 0.6], seed: [1, 2, 3] },
  quick: { letters: 120, factors: {} },
  compare: "ratio",
  run: async ({ corpus, ratio, seed }, { mask, fill, score }) => {
    const masked = mask(corpus, { strategy: "random", ratio, seed });
    return await score(corpus, await fill(masked, { model: "frequent-word" }), ["rougeL", "copy-rate"]);
  },
  claims: [],
});

/** Measures all of it, and prints wall time with the time of this process's processor beside it. */
export async function gridBench(): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const corpus = upTo(120).map((i): Letter => (
      { id: `letter-${i}`, text: `This is letter ${i}.`, spans: [], meta: {} }
    ));
    await pacedBench(corpus, folder);
    await stepsBench(await letters(project.letters), folder);
    await manyBench(corpus, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function pacedBench(corpus: readonly Letter[], folder: string): Promise<void> {
  const run = async (profile: "quick" | "full") => {
    const runs = await Deno.makeTempDir({ dir: folder });
    return await timed(() => runExperiment(paced, { corpus, profile, workers: 2, runs }));
  };
  await run("quick"); // whose processes are the first to load their modules
  const [started, whole] = [await run("quick"), await run("full")];
  const rounds = (whole.value.cells.length - started.value.cells.length) / 2;
  const over = (whole.wall - started.wall) / rounds - 1000;
  console.log(
    `grid: ${whole.value.cells.length} cells of 1 s by 2 workers in ${seconds(whole.wall)}: ${
      over.toFixed(1)
    } ms ` +
      `(${(over / 10).toFixed(2)}%) over a cell, and ${seconds(started.wall - 1000)} once to start`,
  );
}

async function stepsBench(corpus: readonly Letter[], folder: string): Promise<void> {
  const run = () => runExperiment(stepwise, { corpus, runs: `${folder}/steps` });
  const { cells } = await run();
  const again = await timed(run);
  console.log(
    `grid: a cached cell of ${corpus.length} letters from its stored steps: ${each(again, cells.length)}`,
  );
}

async function manyBench(corpus: readonly Letter[], folder: string): Promise<void> {
  const run = (profile: "quick" | "full") =>
    runExperiment(many, { corpus, profile, workers: 1, runs: `${folder}/many` });
  const written = await timed(() => run("full"));
  const cells = written.value.cells.length;
  console.log(`grid: a cell of no work, run and stored: ${each(written, cells)}`);
  await run("quick");
  await means(await run("quick")); // compiled by now
  const read = await timed(() => run("full"));
  const summed = await timed(() => meansTable(means(read.value)));
  console.log(`grid: a cached cell: ${each(read, cells)}`);
  console.log(
    `grid: ${cells} cached cells to ${summed.value.rows.length} rows of ${METRICS.length} means with intervals: ` +
      `${seconds(read.wall + summed.wall)} (processor ${
        seconds(read.cpu + summed.cpu)
      }): read and verified in ` +
      `${seconds(read.wall)}, summed up in ${seconds(summed.wall)}`,
  );
  const compared = await timed(() => comparisons(read.value));
  console.log(`grid: ${compared.value.length} paired comparisons of them: ${seconds(compared.wall)}`);
}

interface Timed<T> {
  readonly value: T;
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(used);
  return { value, wall: performance.now() - began, cpu: (user + system) / 1000 };
}

function each({ wall, cpu }: Timed<unknown>, count: number): string {
  return `${(wall / count).toFixed(2)} ms (processor ${(cpu / count).toFixed(2)} ms)`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
