import { deepEqual, equal, ok, throws } from "node:assert/strict";
import type { Tensor } from "../onnx/tensor.ts";
import { bert } from "../architectures/bert.ts";
import { MaskedLM } from "./masked_lm.ts";

const config = {
  ...{
    hidden_size: 8,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 16,
    vocab_size: 2000,
  },
  ...{ max_position_embeddings: 32, type_vocab_size: 2, layer_norm_eps: 1e-12 },
};
const special = { pad: 0, unk: 1, cls: 2, sep: 3, mask: 4 };
/** Ascending pieces from 5, so that a piece tells its place; some are unknown. */
const documents = [
  Array.from({ length: 700 }, (_, i) => i % 50 === 49 ? special.unk : 5 + i),
  Array.from({ length: 600 }, (_, i) => 800 + i),
];
const options = { batch: [4, 32], share: 0.2, seed: 42 } as const;
const task = () => new MaskedLM(bert(config), documents, special, options);
const numbers = (tensor: Tensor | undefined) => Array.from(tensor?.data ?? [], Number);

Deno.test("MaskedLM asks for the share it is told, of ordinary pieces only, and knows what stood there", () => {
  const { ids, positions, labels } = task().batch(0);
  const [pieces, places, answers] = [numbers(ids), numbers(positions), numbers(labels)];
  equal(places.length, Math.round(4 * 30 * 0.2));
  equal(new Set(places).size, places.length);
  for (let row = 0; row < 4; row++) {
    equal(pieces[row * 32], special.cls);
    equal(pieces[row * 32 + 31], special.sep);
  }
  ok(answers.every((piece) => piece >= 5), "no special or unknown piece is asked for");
  // Where a neighbour was left in place, the label continues its count.
  let checked = 0;
  for (const [i, at] of places.entries()) {
    const [left, right] = [pieces[at - 1] ?? 0, pieces[at + 1] ?? 0];
    if (places.includes(at - 1) || places.includes(at + 1) || Math.min(left, right) < 5) continue;
    equal(answers[i], left + 1);
    equal(answers[i], right - 1);
    checked++;
  }
  ok(checked > 5);
});

Deno.test("MaskedLM hides 80%, replaces 10% and leaves 10%", () => {
  let [hidden, kept, total] = [0, 0, 0];
  for (let step = 0; step < 200; step++) {
    const batch = task().batch(step);
    const [pieces, answers] = [numbers(batch["ids"]), numbers(batch["labels"])];
    for (const [i, at] of numbers(batch["positions"]).entries()) {
      total++;
      if (pieces[at] === special.mask) hidden++;
      else if (pieces[at] === answers[i]) kept++;
    }
  }
  ok(Math.abs(hidden / total - 0.8) < 0.02, `${hidden / total}`);
  ok(Math.abs(kept / total - 0.1) < 0.015, `${kept / total}`);
});

Deno.test("MaskedLM gives a step's batch whatever was asked before, and cuts an epoch anew", () => {
  const forwards = task();
  for (let step = 0; step < 2 * forwards.batchesPerEpoch; step++) forwards.batch(step);
  deepEqual(forwards.batch(3), task().batch(3));
  const of = (epoch: number) => {
    const batches = task();
    return Array.from(
      { length: batches.batchesPerEpoch },
      (_, i) => numbers(batches.batch(epoch * batches.batchesPerEpoch + i)["ids"]),
    ).flat();
  };
  ok(`${of(0)}` !== `${of(1)}`);
  // An epoch shows nearly every piece, none twice but for random replacements.
  const seen = new Set(of(0));
  ok(seen.size > 900, `${seen.size}`);
});

Deno.test("MaskedLM refuses a text shorter than a batch", () => {
  throws(
    () => new MaskedLM(bert(config), [[5, 6, 7]], special, options),
    /the text has 4 pieces, a batch takes 120/,
  );
});

Deno.test("MaskedLM asks for whole words, all their pieces, and as many as it is told but for what no word fills", () => {
  // Words of one, two or three pieces: a piece goes on with the word where its id is no multiple of 10 plus 5.
  const begins = (piece: number) => piece % 10 === 5;
  const words = Array.from({ length: 400 }, (_, i) => {
    const first = 15 + 10 * (i % 150);
    return Array.from({ length: 1 + i % 3 }, (_, k) => first + k);
  });
  const whole = new MaskedLM(bert(config), [words.flat()], special, {
    ...options,
    continues: (piece) => !begins(piece),
  });
  let missing = 0;
  for (let step = 0; step < 20; step++) {
    const batch = whole.batch(step);
    const [pieces, places, labels] = ["ids", "positions", "labels"].map((name) => numbers(batch[name]));
    ok(pieces && places && labels);
    const asked = new Map(
      places.map((at, i): [number, number] => [at, labels[i] ?? 0]).filter(([, id]) => id >= 0),
    );
    missing += labels.filter((label) => label === -100).length;
    equal(whole.weight(batch), asked.size);
    equal(places.length, Math.round(4 * 30 * 0.2));
    for (const [at, label] of asked) {
      const piece = (place: number): number => asked.get(place) ?? pieces[place] ?? 0;
      const inWindow = (place: number) => place % 32 > 0 && place % 32 < 31 && piece(place) >= 5;
      // What goes on from an asked piece is asked for, and so is what it goes on from.
      if (inWindow(at + 1) && !asked.has(at + 1)) ok(begins(piece(at + 1)) || piece(at + 1) !== label + 1);
      if (!begins(label) && inWindow(at - 1) && !asked.has(at - 1)) ok(piece(at - 1) !== label - 1);
    }
  }
  ok(missing < 20, `${missing}`);
});
