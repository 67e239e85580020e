/**
 * Annotating letters beside transformers' token-classification pipeline, in one run, the two taking turns: `deno task bench annotate`.
 * The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and transformers.
 */

import { z } from "zod";
import { openEncoder } from "../checkpoint/model.ts";
import { letters } from "../corpus/letters.ts";
import { Peer } from "../peer.ts";
import { project } from "../project.ts";
import { pythonWith } from "../python.ts";
import { initialize } from "../train/initialize.ts";
import { Annotator } from "./annotate.ts";
import { Tagger } from "./tagger.ts";
import { tagsFor } from "./word_tags.ts";

const [LETTERS, ROUNDS, THREADS] = [12, 3, 2];
const Seconds = z.object({ seconds: z.number() }).optional();
const median = (xs: readonly number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;

const source = `${project.models}/encoder-clinical`;
const tags = tagsFor(["DRUG", "PROBLEM", "TEST", "TREATMENT"]);
const head = { kind: "token-classification", labels: tags.length } as const;
const model = await openEncoder(source, head, { missing: (name, shape) => initialize(name, shape, 1) });
await using tagger = await Tagger.of(model, source, tags, { threads: THREADS });
const folder = await Deno.makeTempDir();
await tagger.save(folder);
const texts = (await letters(`${project.root}/data/letters`)).slice(0, LETTERS);
const python = await pythonWith("torch", "transformers");
console.log(
  `annotating ${LETTERS} letters with ${model.name}, ${THREADS} threads, windows of ${model.maxLength} pieces`,
);
for (const batch of [1, 16]) {
  const script = new URL("annotate_bench.py", import.meta.url).pathname;
  const peer = python === undefined ? undefined : new Peer(python, script, folder, `${THREADS}`, `${batch}`);
  await peer?.answer();
  const [ours, theirs]: number[][] = [[], []];
  for (let round = -1; round < ROUNDS; round++) {
    const start = performance.now();
    await new Annotator([tagger]).annotate(texts);
    const seconds = (performance.now() - start) / 1000;
    const other = Seconds.parse(await peer?.ask(JSON.stringify(texts.map(({ text }) => text))))?.seconds ??
      NaN;
    if (round < 0) continue; // the first round warms caches and allocators
    ours?.push(seconds);
    theirs?.push(other);
  }
  const [us, them] = [median(ours ?? []), median(theirs ?? [])];
  console.log(
    `  ${(LETTERS / us).toFixed(1)} letters/s; the pipeline with batch_size ${batch} ${
      (LETTERS / them).toFixed(1)
    }, ` +
      `ours ${(them / us).toFixed(2)} times that`,
  );
  await peer?.close();
}
await Deno.remove(folder, { recursive: true });
