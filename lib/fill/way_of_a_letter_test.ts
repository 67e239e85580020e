/** From letters over masks and fills to letters: what must hold for every letter, ratio and seed. */
import { deepEqual, equal, ok } from "node:assert/strict";
import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { validate } from "../corpus/validate.ts";
import { mask, type MaskedLetter } from "../mask/mask.ts";
import { maskedLetter } from "../mask/rewrite.ts";
import { words } from "../text/words.ts";
import { applyFills } from "./apply_fills.ts";
import type { Filler } from "./filler.ts";
import { frequentWord } from "./frequent_word.ts";
import { matchCase } from "./match_case.ts";
import { trigram } from "./trigram.ts";

const embedded = Deno.env.get("PALIMPSEST_LETTERS") ??
  new URL("../../data/letters", import.meta.url).pathname;
const meddocan = sharedFolder("data/meddocan/dev");

/** Stretches of text that no fill may change: what lies between and beside the masked words. */
function kept({ text }: Letter, masked: readonly { start: number; end: number }[]): string[] {
  const ends = [0, ...masked.map(({ end }) => end)];
  return ends.map((end, i) => text.slice(end, masked[i]?.start));
}

function checkSame(masked: MaskedLetter, result: Letter, written: readonly string[]): void {
  const { letter, words, masked: indices } = masked;
  equal(written.length, indices.length);
  const before = indices.flatMap((index) => words[index] ?? []);
  let shift = 0; // where each written word must stand, given the lengths of those before it
  const after = before.map(({ start, end }, i) => {
    const length = written[i]?.length ?? 0;
    const place = { start: start + shift, end: start + shift + length };
    shift += length - (end - start);
    return place;
  });
  deepEqual(after.map(({ start, end }) => result.text.slice(start, end)), written);
  deepEqual(kept(result, after), kept(letter, before));
  const read = ({ text, spans }: Letter) =>
    spans.map(({ start, end, label }) => `${label} ${text.slice(start, end)}`);
  deepEqual(read(result), read(letter));
}

async function check(corpus: readonly Letter[], fillers: readonly Filler[]): Promise<void> {
  validate(
    corpus.map(({ spans, ...letter }) => ({
      ...letter,
      at: letter.id,
      annotations: spans.map((s) => ({ ...s, at: letter.id })),
    })),
  );
  for (const ratio of [0, 0.1, 0.5, 0.9, 1]) {
    for (const seed of [1, 42]) {
      const masked = mask(corpus, { strategy: "random", ratio, seed });
      for (const one of masked) {
        const maskable = one.protectedBy.filter((reason) => reason === undefined).length;
        equal(one.masked.length, Math.floor(maskable * ratio + 1e-9));
        checkSame(one, maskedLetter(one, "[MASK]"), one.masked.map(() => "[MASK]"));
      }
      for (const filler of fillers) {
        const fills = await filler.fill(masked);
        equal(fills.length, masked.length);
        for (const [i, one] of masked.entries()) {
          const ofLetter = fills[i] ?? [];
          deepEqual(ofLetter.map(({ word }) => word), [...one.masked]);
          for (const { word, text } of ofLetter) equal(text, matchCase(text, one.words[word]?.text ?? ""));
          const result = applyFills(one, ofLetter);
          checkSame(one, result, ofLetter.map(({ text }) => text));
          equal(words(result.text).length, one.words.length); // whole words only, so the words still pair up
        }
      }
    }
  }
}

Deno.test("every embedded letter keeps its entities, spacing and unmasked words", async () => {
  const corpus = await letters(embedded);
  ok(corpus.length > 0);
  await check(corpus, [frequentWord(corpus)]);
  await check(corpus.filter((_, i) => i % 10 === 0), [trigram(corpus)]);
});

Deno.test({
  name: "every Spanish MEDDOCAN letter keeps its entities, spacing and unmasked words",
  ignore: meddocan === undefined,
  async fn() {
    const all = await letters(meddocan ?? "");
    const corpus = all.map((letter, i) => ({ ...letter, meta: { fold: String(i % 5) } }));
    await check(corpus.slice(0, 50), [frequentWord(corpus)]);
  },
});
