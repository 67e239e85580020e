/**
 * Span scoring beside seqeval and nervaluate on 10,000 made-up sentences, in one run, the two taking turns:
 * `deno task bench spans`. The interpreter is `python3`, or what the environment variable `PYTHON` names.
 */

import { z } from "zod";
import { pythonWith } from "../../python.ts";
import { Peer } from "../../peer.ts";
import { random } from "../../random.ts";
import { scoreTags } from "./score_spans.ts";

const [SENTENCES, WARM_UP, ROUNDS] = [10_000, 10, 7];
const LABELS = ["AGE", "DATE", "HOSPITAL", "ID", "NAME", "PHONE"];

interface Task {
  readonly title: string;
  readonly schemes: readonly string[];
  readonly values: (scores: ReturnType<typeof scoreTags>) => number[];
}

const report = ([scores]: ReturnType<typeof scoreTags>) =>
  scores ? [scores.micro.f1, scores.macro.f1, scores.weighted.f1] : [];
const tasks: Readonly<Record<string, Task>> = {
  seqeval: {
    title: "seqeval, micro average alone",
    schemes: ["seqeval"],
    values: ([scores]) => scores ? [scores.micro.f1] : [],
  },
  report: { title: "seqeval, report of all averages and labels", schemes: ["seqeval"], values: report },
  strict: { title: "seqeval's strict mode, IOB2, report", schemes: ["seqeval-strict"], values: report },
  nervaluate: {
    title: "nervaluate, its four strategies",
    schemes: ["nervaluate-strict", "nervaluate-exact", "nervaluate-partial", "nervaluate-type"],
    values: (scores) => scores.map(({ micro }) => micro.f1),
  },
};

/** Tags of sentences of 5 to 45 tokens, about a tenth of which a tagger got wrong. */
function madeUpTags(): { gold: string[]; predicted: string[] }[] {
  const rng = random("spans-bench");
  return Array.from({ length: SENTENCES }, () => {
    const gold: string[] = [];
    for (const length = 5 + rng.below(41); gold.length < length;) {
      const label = LABELS[rng.below(LABELS.length)] ?? "";
      const size = Math.min(rng.next() < 0.15 ? 1 + rng.below(3) : 0, length - gold.length);
      gold.push(...size ? Array.from({ length: size }, (_, i) => `${i ? "I" : "B"}-${label}`) : ["O"]);
    }
    const other = () =>
      rng.next() < 0.7 ? "O" : `${rng.next() < 0.5 ? "B" : "I"}-${LABELS[rng.below(LABELS.length)]}`;
    return { gold, predicted: gold.map((tag) => rng.next() < (tag === "O" ? 0.02 : 0.15) ? other() : tag) };
  });
}

const median = (xs: readonly number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;
const Answer = z.object({ seconds: z.number(), values: z.array(z.number()) });

const sentences = madeUpTags();
const pairs = sentences.map((sentence, i) => ({ id: `${i}`, sentences: [sentence] }));
const python = await pythonWith("seqeval", "nervaluate");
const file = await Deno.makeTempFile({ suffix: ".json" });
const column = (side: "gold" | "predicted") => sentences.map((sentence) => sentence[side].join(" "));
await Deno.writeTextFile(
  file,
  JSON.stringify({ gold: column("gold"), predicted: column("predicted"), labels: LABELS }),
);
const script = new URL("spans_bench.py", import.meta.url).pathname;
const peer = python === undefined ? undefined : new Peer(python, script, file);
await peer?.answer();
for (const [name, { title, schemes, values }] of Object.entries(tasks)) {
  const [ours, theirs]: number[][] = [[], []];
  for (let round = 0; round < WARM_UP; round++) values(scoreTags(pairs, schemes));
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const found = values(scoreTags(pairs, schemes));
    const seconds = (performance.now() - start) / 1000;
    const other = peer && Answer.parse(await peer.ask(name));
    other?.values.forEach((value, i) => {
      if (!(Math.abs(value - (found[i] ?? NaN)) <= 1e-12)) {
        throw new Error(`${title}: ${found} here, ${other.values} there.`);
      }
    });
    ours?.push(seconds);
    theirs?.push(other?.seconds ?? NaN);
  }
  const [here, there] = [median(ours ?? []), median(theirs ?? [])];
  const beside = peer
    ? `, there ${(1000 * there).toFixed(0)} ms: ${(there / here).toFixed(0)} times as fast`
    : "";
  console.log(`${title}, ${SENTENCES} sentences: ${(1000 * here).toFixed(1)} ms${beside}`);
}
await peer?.close();
await Deno.remove(file);
