/**
 * One-pass filling of the embedded letters beside transformers with PyTorch, in one run, the two taking turns:
 * `deno task bench fill`. The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and
 * transformers. Their time is that of the model alone, ours also that of cutting letters into windows and pieces and of
 * writing.
 *
 * @module
 */

import { z } from "zod";
import { letters } from "../corpus/letters.ts";
import { mask } from "../mask/mask.ts";
import { project } from "../project.ts";
import { pythonWith } from "../python.ts";
import { Peer } from "../peer.ts";
import { encoder } from "./encoder.ts";
import { openMaskedLM } from "./encoder_model.ts";
import { filledLetters } from "./fill.ts";
import type { Fill } from "./filler.ts";
import { Page } from "./page.ts";
import { settings } from "./encoder_options.ts";

const MODEL = "encoder-general";
const BATCH = 32; // of what was tried for transformers, none was faster
const Answer = z.object({ seconds: z.number(), pieces: z.array(z.number()) });

/** What is measured. */
export interface FillBenchOptions {
  /** Every how many letters one is filled. Default 1: all. */
  readonly every?: number;
  readonly rounds?: number;
  readonly threads?: number;
}

/** Measures, and prints a line for each way of filling. */
export async function fillBench(
  { every = 1, rounds = 3, threads = 2 }: FillBenchOptions = {},
): Promise<void> {
  const corpus = (await letters(project.letters)).filter((_, i) => i % every === 0);
  const masked = mask(corpus, { strategy: "random", ratio: 0.5, seed: 42 });
  const folder = `${project.models}/${MODEL}`;
  const [model, small] = [
    await openMaskedLM(folder, { threads }),
    await openMaskedLM(folder, { threads, int8: true }),
  ];
  const windows = masked.flatMap((one) => {
    const { sheet } = new Page(one, model, settings({}));
    return sheet.chunks().map((chunk) => sheet.window(chunk));
  });
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(windows));
  const python = await pythonWith("torch", "transformers");
  const script = new URL("fill_bench.py", import.meta.url).pathname;
  const peer = python === undefined ? undefined : new Peer(python, script, folder, `${threads}`, file);
  try {
    const versions = await peer?.answer();
    const blanks = masked.reduce((sum, one) => sum + one.masked.length, 0);
    const pieces = windows.reduce((sum, { ids }) => sum + ids.length, 0);
    console.log(
      `one-pass filling of ${corpus.length} letters, ${blanks} blanks, ${pieces} pieces in ${windows.length} windows, ` +
        `${MODEL}, ${threads} threads${versions === undefined ? "" : `, beside ${JSON.stringify(versions)}`}`,
    );
    const seconds: Record<"float32" | "candidates" | "int8" | "theirs", number[]> = {
      ...{ float32: [], candidates: [], int8: [], theirs: [] },
    };
    let [fills, rounded, found]: [Fill[][], Fill[][], number[]] = [[], [], []];
    for (let round = -1; round < rounds; round++) {
      const turn = round < 0 ? masked.slice(0, 2) : masked; // the first round warms caches and allocators
      const time = async (way: "float32" | "candidates" | "int8", candidates: number) => {
        const start = performance.now();
        const written = await encoder(way === "int8" ? small : model, { candidates }).fill(turn);
        filledLetters(turn, written);
        if (round >= 0) seconds[way].push((performance.now() - start) / 1000);
        return written;
      };
      fills = await time("float32", 0);
      await time("candidates", 5);
      rounded = await time("int8", 0);
      if (peer === undefined || round < 0) continue;
      const answer = Answer.parse(await peer.ask(`${BATCH}`));
      seconds.theirs.push(answer.seconds);
      found = answer.pieces;
    }
    report(seconds, pieces, fills.flat(), rounded.flat());
    if (peer) {
      const ours = fills.flat().map(({ raw }) => raw);
      const same = found.filter((id, i) => model.piece(id) === ours[i]).length;
      console.log(`the likeliest piece is transformers' at ${same} of ${ours.length} blanks`);
    }
  } finally {
    await peer?.close();
    await model.close();
    await small.close();
    await Deno.remove(file);
  }
}

function report(
  seconds: Readonly<Record<"float32" | "candidates" | "int8" | "theirs", readonly number[]>>,
  pieces: number,
  fills: readonly Fill[],
  rounded: readonly Fill[],
): void {
  const median = (xs: readonly number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;
  const theirs = median(seconds.theirs);
  const same = fills.filter(({ text }, i) => rounded[i]?.text === text).length;
  const notes = {
    float32: "",
    candidates: ", with 5 candidates each",
    int8: `, the same word at ${(100 * same / fills.length).toFixed(1)}% of the blanks`,
    theirs: "",
  };
  for (const way of ["float32", "candidates", "int8", "theirs"] as const) {
    const time = median(seconds[way]);
    if (Number.isNaN(time)) continue;
    const name = way === "theirs" ? "transformers" : way === "candidates" ? "float32" : way;
    const beside = way === "theirs" || Number.isNaN(theirs)
      ? ""
      : `, ${(theirs / time).toFixed(1)} times as fast as transformers`;
    console.log(
      `  ${name}${notes[way]}: ${time.toFixed(2)} s, ${(pieces / time).toFixed(0)} pieces/s${beside}`,
    );
  }
}
