/** A tagger's training beside PyTorch's with the same weights, batches and recipe. @module */

import { z } from "zod";
import { openEncoder, saveModel } from "../checkpoint/model.ts";
import { copyTokenizer } from "../checkpoint/tokenizer_files.ts";
import { decode } from "../decode.ts";
import { isFile } from "../look.ts";
import { scoreTags } from "../metrics/spans/score_spans.ts";
import { progress } from "../progress.ts";
import { readFile } from "../read_file.ts";
import { sha256 } from "../sha256.ts";
import { IGNORED } from "../train/cross_entropy.ts";
import { initialize } from "../train/initialize.ts";
import { type LabelledPieces, labelledPieces, type LabelledWords } from "../train/labelled_pieces.ts";
import { LengthBuckets } from "../train/length_buckets.ts";
import { learningRate } from "../train/schedule.ts";
import { labelledLines } from "../train/texts/labelled_lines.ts";
import { TokenClassification } from "../train/token_classification.ts";
import { writeFile } from "../write_file.ts";
import { bestTags } from "./best_tags.ts";
import { tagsFor } from "./word_tags.ts";
import { median, Row } from "./yardstick_rows.ts";
import { ourSide, peerSide, type Side } from "./yardstick_sides.ts";

/** The recipe of the yardsticks. */
const RECIPE = { batch: 16, peak: 2e-4, warmUp: 0.1 } as const;

/** Texts that are labelled at once. */
const LABELLED = 64;

/** The labels of each corpus. */
export const CORPORA: Readonly<Record<string, readonly string[]>> = {
  bc5cdr: ["Chemical", "Disease"],
  "ncbi-disease": ["Disease"],
};

const Kept = z.object({ identity: z.string(), rows: z.array(Row.extend({ seconds: z.array(z.number()) })) });

/** What is trained, on what, for how long, and where it is kept. */
export interface YardstickRun {
  readonly corpus: string;
  readonly seed: number;
  /** The folder of the encoder. */
  readonly model: string;
  /** The folder that holds `CORPUS/train.tsv` and `CORPUS/devel.tsv`. */
  readonly data: string;
  readonly threads: number;
  readonly epochs: number;
  readonly dropout: boolean;
  /** A folder is made in it for the run. */
  readonly keep: string;
  /** Ends a trial early. */
  readonly steps: number;
  /** The interpreter for PyTorch's side; left out: this side alone. */
  readonly python: string | undefined;
}

/**
 * Trains both sides, step by step in turns, and scores them after each epoch. What is kept then is what a run that was killed goes on from.
 *
 * @throws {Error} where the folder holds another run, or a corpus is not there
 */
export async function yardstickRun(
  { corpus, seed, model: folder, data, threads, epochs, dropout, keep, steps: most, python }: YardstickRun,
): Promise<Row[]> {
  const tags = tagsFor(CORPORA[corpus] ?? []);
  const model = await openEncoder(folder, { kind: "token-classification", labels: tags.length }, {
    missing: (name, shape) => initialize(name, shape, seed),
  });
  const { architecture, tokenizer, maxLength } = model;
  const read = async (part: string) => {
    const path = `${data}/${corpus}/${part}.tsv`;
    return labelledLines(decode(await readFile(path), path), path);
  };
  const [train, devel] = [await read("train"), await read("devel")];
  const inPieces = (sentences: readonly LabelledWords[]) =>
    sentences.map((sentence) => labelledPieces(sentence, tokenizer, tags, maxLength));
  const texts = inPieces(train).flat();
  const held = inPieces(devel);
  const settings = { batch: RECIPE.batch, seed };
  const buckets = new LengthBuckets(texts.map(({ ids }) => ids.length), settings);
  const task = new TokenClassification(architecture, texts, {
    ...{ ...settings, labels: tags.length, pad: tokenizer.special.pad },
  });
  const perEpoch = buckets.batchesPerEpoch;
  const steps = epochs * perEpoch;
  const identity = sha256(
    JSON.stringify([RECIPE, corpus, seed, epochs, threads, dropout, python !== undefined, folder]),
  );
  const place = `${keep}/${corpus}-${seed}`;
  const kept = await keptRows(`${place}/rows.json`, identity);
  const begun = kept?.[0]?.f1.length ?? 0; // epochs
  const how = {
    ...{ labels: tags.length, threads, seed, dropout, steps, peak: RECIPE.peak, warmUp: RECIPE.warmUp },
    ...begun > 0 && { from: epochFolder(place, begun) },
  };
  const start = `${place}/start`; // the same weights for both, the new head's included
  await copyTokenizer(folder, start);
  await saveModel({ ...model, config: { ...model.config, num_labels: tags.length } }, start, "float32");
  const sides: Side[] = [await ourSide(model, task, how)];
  const bar = progress(`${corpus}, seed ${seed}`, Math.min(steps, most), {
    unit: "steps",
    from: begun * perEpoch,
  });
  try {
    if (python !== undefined) sides.push(await peerSide(python, start, how));
    const rows = sides.map(({ name }, i) =>
      kept?.[i] ?? { corpus, seed, side: name, f1: [], loss: [], median: 0, steps: 0, seconds: [] }
    ).map((row) => ({ ...row, f1: [...row.f1], loss: [...row.loss], seconds: [...row.seconds] }));
    let sums = sides.map(() => 0);
    for (let step = begun * perEpoch; step < Math.min(steps, most); step++) {
      const batch = buckets.batch(step).members.flatMap((member) => texts[member] ?? []);
      const rate = learningRate(step, {
        steps,
        peak: RECIPE.peak,
        warmUp: RECIPE.warmUp,
        schedule: "linear",
      });
      const losses: string[] = [];
      for (const [i, side] of sides.entries()) {
        const { loss, seconds } = await side.step(batch, rate);
        sums[i] = (sums[i] ?? 0) + loss;
        rows[i]?.seconds.push(seconds);
        losses.push(`${side.name} ${loss.toFixed(4)}`);
      }
      bar.update(step + 1, losses.join(", "));
      const ended = (step + 1) % perEpoch === 0;
      if (!ended && step + 1 < most) continue;
      for (const [i, side] of sides.entries()) {
        const row = rows[i];
        if (!row) continue;
        row.f1.push(await spanF1(side, held, devel, tags));
        row.loss.push((sums[i] ?? NaN) / (step % perEpoch + 1));
        row.steps = step + 1;
        row.median = median(row.seconds.slice(3)); // the first ones build graphs
        if (ended) {
          await side.save(epochFolder(place, row.f1.length), {
            step: step + 1,
            loss: row.loss.at(-1) ?? NaN,
            learningRate: rate,
          });
        }
      }
      sums = sides.map(() => 0);
      if (!ended) continue;
      await writeFile(`${place}/rows.json`, JSON.stringify({ identity, rows })); // from now on this epoch counts
      const before = (step + 1) / perEpoch - 1;
      if (before > 0) await Deno.remove(epochFolder(place, before), { recursive: true });
    }
    return rows.map(({ seconds: _, ...row }) => row);
  } finally {
    await bar.done();
    for (const side of sides) await side.close();
  }
}

/** Micro span F1 (seqeval-strict) of the likeliest tags that IOB2 allows. */
async function spanF1(
  side: Side,
  held: readonly (readonly LabelledPieces[])[],
  gold: readonly LabelledWords[],
  tags: readonly string[],
): Promise<number> {
  const texts = held.flatMap((parts, sentence) => parts.map((part) => ({ ...part, sentence })));
  const order = [...texts.keys()].sort((a, b) => (texts[a]?.ids.length ?? 0) - (texts[b]?.ids.length ?? 0));
  const scores = new Map<number, Float32Array>();
  for (let first = 0; first < order.length; first += LABELLED) {
    const places = order.slice(first, first + LABELLED);
    const some = await side.scores(places.flatMap((place) => texts[place] ?? []));
    for (const [i, place] of places.entries()) if (some[i]) scores.set(place, some[i]);
  }
  const rows = held.map((): number[] => []);
  for (const [place, { labels, sentence }] of texts.entries()) {
    for (const [piece, label] of labels.entries()) {
      if (label === IGNORED) continue;
      const from = piece * tags.length;
      rows[sentence]?.push(...scores.get(place)?.subarray(from, from + tags.length) ?? []);
    }
  }
  const pairs = gold.map(({ labels }, sentence) => {
    const found = bestTags(Float32Array.from(rows[sentence] ?? []), tags);
    if (found.length !== labels.length) throw new Error(`sentence ${sentence}: a word has no piece.`);
    return { id: `${sentence}`, sentences: [{ gold: [...labels], predicted: found }] };
  });
  return scoreTags(pairs, ["seqeval-strict"])[0]?.micro.f1 ?? NaN;
}

/** Where what a side goes on from after an epoch lies; `rows.json` says which epoch is whole. */
function epochFolder(place: string, epoch: number): string {
  return `${place}/epoch-${epoch}`;
}

async function keptRows(path: string, identity: string) {
  if (!await isFile(path)) return undefined;
  const kept = Kept.parse(JSON.parse(await Deno.readTextFile(path)));
  if (kept.identity === identity) return kept.rows;
  throw new Error(`${path}: holds another run. Remove its folder, or name another one with --keep.`);
}
