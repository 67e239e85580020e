/** What the embedded corpus promises. `PALIMPSEST_LETTERS` names another folder to be held to the same. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { assignFolds } from "./folds.ts";
import { clinicalLabels, phiLabels } from "./labels.ts";
import { letters } from "./letters.ts";

const folder = Deno.env.get("PALIMPSEST_LETTERS") ?? new URL("../../data/letters", import.meta.url).pathname;

Deno.test("the embedded letters", async (t) => {
  const corpus = await letters(folder); // every span reads its slice and no two overlap, or this throws
  const tally = (values: (string | undefined)[]) => {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value ?? "none", (counts.get(value ?? "none") ?? 0) + 1);
    return counts;
  };

  await t.step("are at least 100, of at least 15 specialties, 1,500 to 6,000 characters each", () => {
    ok(corpus.length >= 100, `${corpus.length} letters`);
    const specialties = tally(corpus.map(({ meta }) => meta.specialty));
    ok(specialties.size >= 15 && !specialties.has("none"), `${specialties.size} specialties`);
    const odd = corpus.filter(({ text }) => text.length < 1500 || text.length > 6000).map(({ id, text }) =>
      `${id} ${text.length}`
    );
    deepEqual(odd, []);
  });

  await t.step("lie in five folds that differ by at most one letter, in all and in each specialty", () => {
    const spread = (counts: Map<string, number>) => {
      const all = ["0", "1", "2", "3", "4"].map((fold) => counts.get(fold) ?? 0);
      return Math.max(...all) - Math.min(...all);
    };
    const folds = tally(corpus.map(({ meta }) => meta.fold));
    deepEqual([...folds.keys()].sort(), ["0", "1", "2", "3", "4"]);
    ok(spread(folds) <= 1);
    for (const specialty of new Set(corpus.map(({ meta }) => meta.specialty))) {
      const ofIt = corpus.filter(({ meta }) => meta.specialty === specialty);
      ok(spread(tally(ofIt.map(({ meta }) => meta.fold))) <= 1, specialty ?? "none");
    }
  });

  await t.step("lie in the folds that assignFolds() cuts with seed 42", () => {
    const members = corpus.map(({ id, meta }) => ({ id, specialty: meta.specialty ?? "" }));
    const inFold = (fold: number) => corpus.filter(({ meta }) => meta.fold === `${fold}`).map(({ id }) => id);
    deepEqual(assignFolds(members, 5, 42), [0, 1, 2, 3, 4].map(inFold));
  });

  await t.step("use all labels and no others", () => {
    const used = tally(corpus.flatMap(({ spans }) => spans.map(({ label }) => label)));
    deepEqual([...used.keys()].sort(), Object.keys({ ...clinicalLabels, ...phiLabels }).sort());
  });

  await t.step("are annotated throughout: clinical spans in every quarter", () => {
    const bare = corpus.flatMap(({ id, text, spans }) => {
      const quarters = new Set(
        spans.filter(({ label }) => Object.hasOwn(clinicalLabels, label)).map(({ start }) =>
          Math.floor(4 * start / text.length)
        ),
      );
      return quarters.size === 4 ? [] : [id];
    });
    deepEqual(bare, []);
  });

  await t.step("are written one by one: no two share more than 5% of their word 5-grams", () => {
    const grams = corpus.map(({ text }) => fiveGrams(text));
    const alike: string[] = [];
    for (const [i, a] of grams.entries()) {
      for (const [j, b] of grams.slice(0, i).entries()) {
        const shared = a.intersection(b).size / Math.min(a.size, b.size);
        if (shared > 0.05) alike.push(`${corpus[i]?.id} and ${corpus[j]?.id}: ${(100 * shared).toFixed(1)}%`);
      }
    }
    deepEqual(alike, []);
  });

  await t.step("are sorted by id", () => {
    const ids = corpus.map(({ id }) => id);
    equal(ids.join(), [...ids].sort().join());
  });
});

/** Distinct runs of five words, in lower case. */
function fiveGrams(text: string): Set<string> {
  const all = text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  return new Set(all.slice(4).map((_, i) => all.slice(i, i + 5).join(" ")));
}
