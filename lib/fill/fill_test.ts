import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { mask } from "../mask/mask.ts";

import { countFills } from "./counts.ts";
import { fill, fillOf } from "./fill.ts";
import { tinyEncoder } from "./tiny_encoders.ts";

const folder = `${await Deno.makeTempDir()}/tiny`;
await tinyEncoder(folder, "bert");
const corpus = Array.from({ length: 7 }, (_, i) => ({
  id: `letter-${i}`,
  text: `She was seen with chest pain ${i} times.\n\nPlan:\nStop aspirin, and walk ${
    "slowly ".repeat(i)
  }home.`,
  spans: [{ start: 18, end: 28, label: "PROBLEM" }].map((span) => ({ ...span })),
  meta: { fold: `${i % 2}` },
}));
const masked = mask(corpus, { strategy: "random", ratio: 0.8, seed: 42 });

Deno.test("fillOf() gives what fill() gives, as letters come", async () => {
  const expected = await fill(masked, { model: folder, candidates: 2 });
  let read = 0;
  async function* stream() {
    for (const one of masked) {
      read++;
      yield await Promise.resolve(one);
    }
  }
  for (const lettersAtOnce of [1, 3, 100]) {
    read = 0;
    const letters = [];
    for await (const letter of fillOf(stream(), { model: folder, candidates: 2, lettersAtOnce })) {
      if (letters.length === 0) equal(read, Math.min(lettersAtOnce, masked.length));
      letters.push(letter);
    }
    deepEqual(
      letters.map(({ text, spans }) => ({ text, spans })),
      expected.map(({ text, spans }) => ({ text, spans })),
    );
  }
  for (const { text, spans } of expected) {
    deepEqual(spans.map(({ start, end }) => text.slice(start, end)), ["chest pain"].slice(0, spans.length));
  }
});

Deno.test("fill() tells for every masked word the original, candidates and the choice, and post-processing what it changed", async () => {
  const filled = await fill(masked, {
    model: folder,
    candidates: 3,
    post: ["left-over", "spelling", "case"],
  });
  for (const { masked, fills } of filled) {
    for (const { word, original, candidates = [], choice } of fills) {
      equal(original, masked.words[word]?.text);
      ok(candidates.length >= 3 && choice !== undefined);
      const falling = candidates.map(({ probability }) => probability);
      deepEqual(falling, falling.toSorted((a, b) => b - a));
    }
  }
  const { blanks, left, changed } = countFills(filled);
  equal(blanks, masked.reduce((sum, one) => sum + one.masked.length, 0));
  equal(left, 0);
  deepEqual(Object.keys(changed).filter((name) => !["spelling", "case"].includes(name)), []);
});

Deno.test("fill() gives the same in two workers", async () => {
  const options = { model: folder, candidates: 1, sampling: { seed: 5 } };
  const two = await fill(masked, { ...options, workers: 2 });
  deepEqual(two.map(({ fills }) => fills), (await fill(masked, options)).map(({ fills }) => fills));
});

Deno.test("fill() and fillOf() refuse what they cannot do", async () => {
  const all = (options: Parameters<typeof fillOf>[1]) => Array.fromAsync(fillOf(masked, options));
  await rejects(all({ model: "trigram" }), /trigram learns from all letters, which a stream does not have/);
  await rejects(all({ model: folder, lettersAtOnce: 0 }), /lettersAtOnce 0/);
  await rejects(
    fill(masked, { model: "trigram", mode: "left-to-right" }),
    /trigram has one way of filling: leave out mode/,
  );
  await rejects(
    fill(masked, { model: "trigram", workers: 2 }),
    /trigram has one way of filling: leave out workers/,
  );
  await rejects(fill(masked, { model: folder, workers: 0 }), /workers 0: choose a whole number of 1 or more/);
  await rejects(fill(masked, { model: "no-such" }), /unknown model "no-such"/);
  const unknown: object = { post: ["speling"] };
  await rejects(
    fill(masked, { model: folder, ...unknown }),
    /unknown step of post-processing "speling"\. Did you mean "spelling"\?/,
  );
});
