import { deepEqual, equal, ok } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import type { Letter } from "../corpus/letter.ts";
import { combinations } from "../experiment/cells.ts";
import type { Steps } from "../experiment/steps.ts";
import { type FilledLetter, filledLetters, unfilled } from "../fill/fill.ts";
import { mask, type MaskedLetter } from "../mask/mask.ts";
import { score as scoreOf } from "../metrics/score.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import { phiKindOf } from "../phi/labels.ts";
import { project } from "../project.ts";
import { preservation } from "./preservation.ts";

const corpus = (await letters(project.letters)).filter((_, i) => i % 8 === 0);

/** Runs a cell with a model that writes one word, and says what went through each step. */
async function run(cell: Omit<Parameters<typeof preservation.run>[0], "corpus">) {
  const seen = new Map<string, readonly Letter[]>();
  const used: { readonly model: string; readonly masked: readonly MaskedLetter[] }[] = [];
  let candidates: readonly (Letter | FilledLetter)[] = [];
  const steps: Steps = {
    ...{ mask, unfilled },
    adapt(training) {
      const name = `adapted-${seen.size}`;
      seen.set(name, training);
      return Promise.resolve(name);
    },
    fill(masked, { model }) {
      used.push({ model, masked });
      const fills = masked.map((one) =>
        one.masked.map((word) => ({ word, text: "zzz", raw: "zzz", valid: true }))
      );
      return Promise.resolve(filledLetters(masked, fills));
    },
    trainTagger: () => Promise.reject(new Error("not asked for")),
    annotate: () => Promise.reject(new Error("not asked for")),
    find: () => Promise.reject(new Error("not asked for")),
    adaptCausal: () => Promise.reject(new Error("not asked for")),
    synthesize: () => Promise.reject(new Error("not asked for")),
    losses: () => Promise.reject(new Error("not asked for")),
    note: () => {},
    score(_, filled) {
      candidates = filled;
      return Promise.resolve([]);
    },
  };
  await preservation.run({ ...cell, corpus }, steps);
  return { seen, used, candidates, masked: used.flatMap(({ masked }) => masked) };
}

Deno.test("preservation masks as many words of a letter in every approach, and fills none with a model that saw it", async () => {
  for (const [share, seed] of [[0.15, 42], [0.25, 43]] as const) {
    const numbers = new Map<string, Set<number>>();
    for (const { approach } of combinations({ approach: preservation.factors.approach })) {
      const { seen, used, candidates, masked } = await run({ approach, model: "encoder-small", share, seed });
      deepEqual(candidates.map(({ id }) => id), corpus.map(({ id }) => id));
      for (const one of masked) {
        const known = numbers.get(one.letter.id) ?? new Set();
        numbers.set(one.letter.id, known.add(one.masked.length));
      }
      const tuned = approach.startsWith("reconstruct") || approach.includes("fine-tuned");
      equal(seen.size > 1, tuned, approach);
      for (const { model, masked } of tuned ? used : []) {
        const training = seen.get(model) ?? [];
        ok(training.length > 0);
        ok(masked.every(({ letter }) => training.every(({ meta }) => meta.fold !== letter.meta.fold)));
      }

      const scores = await scoreOf(pairsOf(corpus, candidates), ["entities-kept", "phi-left"]);
      const of = (metric: string) => {
        const values = [...scores.find((one) => one.metric === metric)?.values ?? []];
        return values.filter((value) => !Number.isNaN(value));
      };
      const hides = approach.includes("identifying");
      if (approach.startsWith("preserve")) ok(of("entities-kept").every((value) => value === 1), approach);
      else ok(of("entities-kept").some((value) => value < 1), approach);
      if (hides) {
        const left = masked.flatMap(({ letter, words, masked }) => {
          const gone = new Set(masked);
          const phi = letter.spans.filter(({ label }) => phiKindOf(label) !== undefined);
          return words.filter((word, i) =>
            !gone.has(i) && phi.some(({ start, end }) => word.start < end && start < word.end)
          );
        });
        equal(left.length, 0, approach);
      } else if (approach.startsWith("preserve")) ok(of("phi-left").every((value) => value === 1));
    }
    deepEqual([...numbers.values()].filter(({ size }) => size !== 1), []);
    equal(numbers.size, corpus.length);
  }
});
