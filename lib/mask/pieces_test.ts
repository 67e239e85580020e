import { deepEqual, equal, throws } from "node:assert/strict";
import { words } from "../text/words.ts";
import { mask, type MaskOptions } from "./mask.ts";
import { piecesOf } from "./pieces.ts";
import { maskedLetter } from "./rewrite.ts";

/** Pieces of two characters. */
const pairs = {
  name: "pairs",
  cut: (word: string) =>
    Array.from(
      { length: Math.ceil(word.length / 2) },
      (_, i) => ({ start: 2 * i, end: Math.min(2 * i + 2, word.length) }),
    ),
};
const letter = { id: "a", text: "Heparin is given today", spans: [], meta: {} };
const one = (options: MaskOptions) => {
  const [masked] = mask([letter], options);
  if (masked === undefined) throw new Error("no letter");
  return masked;
};

Deno.test("mask() counts a mask a word, or one for each of its pieces", () => {
  const byWord = one({ strategy: "random", ratio: 1, seed: 1 });
  equal(byWord.masks, undefined);
  const byPiece = one({ strategy: "random", ratio: 1, seed: 1, count: "piece", pieces: pairs });
  deepEqual(byPiece.masked, byWord.masked);
  equal(byPiece.masks?.length, 4 + 1 + 3 + 3);
  equal(maskedLetter(byPiece, "#").text, "#### # ### ###");
  equal(maskedLetter(byWord, "#").text, "# # # #");
});

Deno.test("mask() draws floor(n × ratio) of all pieces singly, nested, and tells the words they are of", () => {
  let before: readonly string[] = [];
  for (const ratio of [0.1, 0.3, 0.6, 1]) {
    const { masks, masked } = one({ strategy: "random", ratio, seed: 3, unit: "piece", pieces: pairs });
    const now = (masks ?? []).map(({ start, end }) => `${start}-${end}`);
    equal(now.length, Math.floor(11 * ratio + 1e-9));
    equal(new Set(before).isSubsetOf(new Set(now)), true);
    deepEqual([...new Set(masks?.map(({ word }) => word))], [...masked]);
    before = now;
  }
  const half = one({ strategy: "random", ratio: 0.3, seed: 3, unit: "piece", pieces: pairs });
  const taken = (half.masks ?? []).reduce((sum, { start, end }) => sum + end - start, 0);
  equal(maskedLetter(half, "#").text.replaceAll("#", "").length, letter.text.length - taken);
});

Deno.test("piecesOf() refuses pieces that overlap, leave the word, cut a pair, or are none", () => {
  const bad = (pieces: { start: number; end: number }[], word = "abcd") => () =>
    piecesOf([0], words(word), { name: "bad", cut: () => pieces });
  throws(
    bad([{ start: 0, end: 3 }, { start: 2, end: 4 }]),
    /bad: piece \[2, 4\) of the word at 0 overlaps or leaves it/,
  );
  throws(bad([{ start: 0, end: 5 }]), /overlaps or leaves/);
  throws(bad([{ start: 0, end: 2 }, { start: 2, end: 4 }], "a🙂b"), /cuts a surrogate pair/);
  throws(bad([]), /no piece for the word at 0/);
});
