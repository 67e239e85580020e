import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { modelParameters } from "../architectures/heads.ts";
import { t5 } from "../architectures/t5.ts";
import { random } from "../random.ts";
import { InfillingAccuracy } from "./infilling_accuracy.ts";
import { initializeT5 } from "./initialize_t5.ts";
import { fromSentinels } from "./sentinels.ts";
import { train } from "./trainer.ts";
import { type PieceKind, WordInfilling } from "./word_infilling.ts";

const SIZES = { layers: 1, decoderLayers: 1, hidden: 16, heads: 4, headSize: 8, intermediate: 32 };
const model = t5({ vocab_size: 48, d_model: 16, d_kv: 8, d_ff: 32, num_layers: 1, num_heads: 4 });
const SENTINELS = [47, 46, 45, 44, 43, 42, 41, 40, 39, 38];
/** 2 to 21 begin words, 22 to 29 go on with them, 30 to 37 are marks. */
const kinds = Array.from(
  { length: 48 },
  (_, id): PieceKind => id >= 2 && id < 22 ? "begins" : id >= 22 && id < 30 ? "continues" : "other",
);
/** Words of two pieces, words of one, and marks: what follows a word is always the same. */
const text = Array.from(
  { length: 600 },
  (_, i) => [2 + (i % 20), ...(i % 3 === 0 ? [22 + (i % 8)] : []), ...(i % 5 === 0 ? [30] : [])],
)
  .flat();
const options = { batch: [3, 24], share: 0.3, seed: 42 } as const;

function rows(batch: ReturnType<WordInfilling["batch"]>, name: string): number[][] {
  const values = Array.from(batch[name]?.data ?? [], Number);
  const length = values.length / 3;
  return [0, 1, 2].map((row) => values.slice(row * length, (row + 1) * length));
}

Deno.test("whole words of letters are put aside, one a sentinel, and with them the text is whole again", () => {
  const task = new WordInfilling(model, [text], SENTINELS, kinds, options);
  let hidden = 0;
  for (let step = 0; step < 20; step++) {
    const batch = task.batch(step);
    const [ids, written, labels] = [rows(batch, "ids"), rows(batch, "written"), rows(batch, "labels")];
    for (const row of [0, 1, 2]) {
      const [read, target] = [ids[row] ?? [], (labels[row] ?? []).filter((label) => label >= 0)];
      equal(read.length, 24);
      equal(read.at(-1), 1);
      equal(target.at(-1), 1);
      deepEqual(written[row]?.slice(0, target.length), [0, ...target.slice(0, -1)]);
      const sentinels = read.filter((id) => SENTINELS.includes(id));
      deepEqual(target.filter((id) => SENTINELS.includes(id)), sentinels);
      sentinels.forEach((id, i) => equal(SENTINELS.indexOf(id), SENTINELS.indexOf(sentinels[0] ?? -1) + i));
      const words = fromSentinels(target.slice(0, -1), sentinels, sentinels.length);
      for (const word of words) {
        equal(kinds[word?.[0] ?? -1], "begins");
        ok(word?.slice(1).every((piece) => kinds[piece] === "continues"));
      }
      hidden += words.length;
      const whole = read.slice(0, -1).flatMap((id) => words[sentinels.indexOf(id)] ?? [id]);
      ok(`${[...text, 1]}`.includes(`${whole}`)); // no word is cut in two, none is left out
    }
  }
  ok(hidden > 20 * 3 * 3 && hidden < 20 * 3 * 8, `${hidden} words`);
});

Deno.test("the step and the seed alone decide a batch, and its weight is what it asks for", () => {
  const task = new WordInfilling(model, [text], SENTINELS, kinds, options);
  deepEqual(task.batch(7), new WordInfilling(model, [text], SENTINELS, kinds, options).batch(7));
  const asked = Array.from(task.batch(7)["labels"]?.data ?? [], Number).filter((label) => label >= 0).length;
  equal(task.weight(task.batch(7)), asked);
  throws(() => new WordInfilling(model, [[2, 3]], SENTINELS, kinds, options), /a batch takes/);
});

Deno.test("training teaches the words that are missing, and the accuracy says so", async () => {
  const parameters = new Map(
    [...modelParameters(model, { kind: "language-model" })].map(([name, shape]) => [
      name,
      initializeT5(name, shape, 3, SIZES),
    ]),
  );
  const stream = random("words");
  const spoken = Array.from({ length: 400 }, () => 2 + stream.below(20)).flatMap((
    word,
  ) => [word, word, word]);
  const taskOf = (rows: number) =>
    new WordInfilling(model, [spoken], SENTINELS, kinds, { batch: [rows, 24], share: 0.2, seed: 42 });
  const gauge = new InfillingAccuracy(parameters, taskOf(3), 38, { threads: 1 });
  const before = await gauge.measure();
  const how = { steps: 500, learningRate: 0.03, relativeSteps: true, weightDecay: 0, threads: 1 };
  for await (const { loss } of train(parameters, taskOf(8), how)) ok(Number.isFinite(loss));
  const after = await gauge.measure();
  await gauge.close();
  ok(before.accuracy < 0.15 && after.accuracy > 0.3, `${before.accuracy} → ${after.accuracy}`);
  ok(after.loss < before.loss / 2, `${before.loss} → ${after.loss}`);
  equal(after.wordAccuracy, after.accuracy); // all words have one piece
});

Deno.test("at first a piece of the decoder asks the text for itself, and heads of the encoder look at neighbours", () => {
  const of = (name: string, shape: number[]) => initializeT5(name, shape, 1, SIZES).data;
  const [q, k] = ["q", "k"].map((part) =>
    of(`decoder.block.0.layer.1.EncDecAttention.${part}.weight`, [32, 16])
  );
  const ratio = (q?.[0] ?? 0) / (k?.[0] ?? 1);
  ok(ratio > 0 && q?.every((x, i) => Math.abs(x - ratio * (k?.[i] ?? 0)) < 1e-5));
  const bias = of("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", [32, 4]);
  deepEqual([...bias.entries()].filter(([, x]) => x > 0).map(([i]) => [Math.floor(i / 4), i % 4]), [[1, 0], [
    17,
    1,
  ]]);
  ok(
    of("decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", [32, 4]).every((x) => x === 0),
  );
});
