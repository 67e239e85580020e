/**
 * Beams over windows of the embedded letters beside transformers with PyTorch, in one run, the two taking turns:
 * `deno task bench infill`. The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and
 * transformers. Both are given the same pieces in the same batches; what they write is compared.
 *
 * @module
 */

import { z } from "zod";
import { letters } from "../../corpus/letters.ts";
import { mask } from "../../mask/mask.ts";
import { Peer } from "../../peer.ts";
import { project } from "../../project.ts";
import { pythonWith } from "../../python.ts";
import { openInfillingModel } from "./infilling_model.ts";
import { PROMPT } from "./options.ts";
import { sentinelWindows } from "./sentinel_windows.ts";

const MODEL = "t5-small-clinical";
const SEARCH = { beams: 5, noRepeat: 2, maxPieces: 64 } as const;
const BATCH = 8;
const Answer = z.object({ seconds: z.number(), texts: z.array(z.array(z.number())) });

/** What is measured. */
export interface InfillingBenchOptions {
  /** How many windows are written. Default 32. */
  readonly windows?: number;
  readonly rounds?: number;
  readonly threads?: number;
}

/** Measures, and prints a line. */
export async function infillingBench(
  { windows = 32, rounds = 3, threads = 2 }: InfillingBenchOptions = {},
): Promise<void> {
  const masked = mask(await letters(project.letters), { strategy: "random", ratio: 0.5, seed: 42 });
  const folder = `${project.models}/${MODEL}`;
  const model = await openInfillingModel(folder, { threads });
  const texts = masked.flatMap((one) => sentinelWindows(one, model, { prompt: PROMPT })).slice(0, windows)
    .map(({ ids }) => ids)
    .sort((a, b) => b.length - a.length);
  const python = await pythonWith("torch", "transformers");
  const script = new URL("infilling_bench.py", import.meta.url).pathname;
  const peer = python === undefined ? undefined : new Peer(python, script, folder, `${threads}`);
  try {
    const versions = await peer?.answer();
    console.log(
      `${SEARCH.beams} beams, ${SEARCH.maxPieces} pieces at most, ${texts.length} windows of ${BATCH} at once, ${MODEL}, ` +
        `threads ${threads}${versions === undefined ? "" : `, beside ${JSON.stringify(versions)}`}`,
    );
    const [ours, theirs]: [number[], number[]] = [[], []];
    let same = 0;
    for (let round = -1; round < rounds; round++) {
      const start = performance.now();
      const found = await model.search(texts, { ...SEARCH, textsAtOnce: BATCH });
      const seconds = (performance.now() - start) / 1000;
      const other = Answer.optional().parse(
        await peer?.ask(JSON.stringify({ texts, batch: BATCH, ...SEARCH })),
      );
      same = other?.texts.filter((text, i) => `${text}` === `${found[i]?.[0]?.pieces}`).length ?? NaN;
      if (round < 0) continue; // the first round warms caches and allocators
      ours.push(seconds);
      theirs.push(other?.seconds ?? NaN);
    }
    const [mine, their] = [median(ours), median(theirs)];
    console.log(
      `  ours ${(texts.length / mine).toFixed(1)} windows/s, transformers ${
        (texts.length / their).toFixed(1)
      }: ` +
        `${(their / mine).toFixed(2)} times as fast; ${same} of ${texts.length} texts are the same`,
    );
  } finally {
    await peer?.close();
    await model.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
