import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { letters } from "../../corpus/letters.ts";
import { sharedFolder } from "../../corpus/shared_folder.ts";
import { project } from "../../project.ts";
import { random } from "../../random.ts";
import { CopiedText } from "./copied_text.ts";
import { longestCopiedRuns } from "./longest_copied_run.ts";
import { letterNgramPrecision, ngramOverlap } from "./ngram_overlap.ts";
import { sharedPrefixes, suffixArray } from "./suffix_array.ts";
import { WordReader } from "./word_reader.ts";

const wordsOf = (text: string) => {
  const reader = new WordReader();
  const found: string[] = [];
  reader.read(text, (number) => found.push(reader.word(number)));
  return found;
};

const ngrams = (texts: readonly string[], n: number) =>
  texts.flatMap((text) => {
    const words = wordsOf(text);
    return Array.from(
      { length: Math.max(0, words.length - n + 1) },
      (_, i) => words.slice(i, i + n).join(" "),
    );
  });

/** The definition, with sets of strings. */
function bruteForce(train: readonly string[], synthetic: readonly string[], n: number) {
  const [left, right] = [ngrams(train, n), ngrams(synthetic, n)];
  const of = (these: Iterable<string>, those: readonly string[]) => {
    const [all, known] = [[...these], new Set(those)];
    const shared = all.filter((gram) => known.has(gram)).length;
    return { shared, of: all.length, share: all.length > 0 ? shared / all.length : null };
  };
  return {
    n,
    recall: of(new Set(left), right),
    precision: of(new Set(right), left),
    recallOfPlaces: of(left, right),
    precisionOfPlaces: of(right, left),
  };
}

function bruteRun(train: readonly string[], text: string): number {
  const words = wordsOf(text);
  let longest = 0;
  for (const other of train.map(wordsOf)) {
    for (let i = 0; i < words.length; i++) {
      for (let j = 0; j < other.length; j++) {
        let length = 0;
        while (i + length < words.length && words[i + length] === other[j + length]) length++;
        longest = Math.max(longest, length);
      }
    }
  }
  return longest;
}

const rng = random("copied");
/** Few words, so that runs are long and repeated. */
const madeUp = (letters: number, kinds: number) =>
  Array.from(
    { length: letters },
    () =>
      Array.from({ length: rng.below(40) }, () => `w${rng.below(kinds)}`).join(
        [" ", ", ", "\r\n"][rng.below(3)],
      ),
  );

Deno.test("ngramOverlap() and longestCopiedRuns() equal brute force, empty letters and copies of copies included", () => {
  for (let round = 0; round < 60; round++) {
    const kinds = 1 + rng.below(9);
    const train = madeUp(rng.below(5), kinds);
    const synthetic = [...madeUp(rng.below(5), kinds + 1), ...train.slice(0, rng.below(2))];
    const copied = new CopiedText(train, synthetic);
    deepEqual(
      ngramOverlap(copied),
      Array.from({ length: 10 }, (_, i) => bruteForce(train, synthetic, i + 1)),
    );
    for (const n of [1, 3]) {
      const shares = synthetic.map((text) => bruteForce(train, [text], n).precisionOfPlaces.share ?? NaN);
      deepEqual([...letterNgramPrecision(copied, n)], shares);
    }
    const named = (texts: readonly string[]) => texts.map((text, i) => ({ id: `${i}`, text }));
    for (const [i, run] of longestCopiedRuns(copied, named(train), named(synthetic)).entries()) {
      equal(run.words, bruteRun(train, synthetic[i] ?? ""));
      if (!run.place || !run.source) continue;
      const source = train[Number(run.source.id)] ?? "";
      deepEqual(
        wordsOf(source.slice(...run.source.place)),
        wordsOf((synthetic[i] ?? "").slice(...run.place)),
      );
      equal(wordsOf(source.slice(...run.source.place)).length, run.words);
    }
  }
});

Deno.test("ngramOverlap() and longestCopiedRuns() equal brute force on letters, English and Spanish", async () => {
  const spanish = sharedFolder("data/meddocan/dev");
  for (const folder of [project.letters, ...spanish === undefined ? [] : [spanish]]) {
    const some = (await letters(folder)).slice(0, 14);
    const texts = some.map(({ text }) => text);
    const [train, synthetic] = [texts.slice(0, 8), texts.slice(8)];
    const copied = new CopiedText(train, synthetic);
    deepEqual(
      ngramOverlap(copied, 5),
      Array.from({ length: 5 }, (_, i) => bruteForce(train, synthetic, i + 1)),
    );
    const runs = longestCopiedRuns(copied, some.slice(0, 8), some.slice(8)).map(({ words }) => words);
    deepEqual(runs, synthetic.map((text) => bruteRun(train, text)));
  }
});

Deno.test("suffixArray() and sharedPrefixes() equal sorting, for any sequence", () => {
  for (let round = 0; round < 200; round++) {
    const greatest = 1 + rng.below(4);
    const symbols = Int32Array.from({ length: rng.below(60) }, () => rng.below(greatest + 1));
    const text = [...symbols].map((symbol) => String.fromCharCode(97 + symbol)).join("");
    const expected = [...symbols.keys()].sort((a, b) => text.slice(a) < text.slice(b) ? -1 : 1);
    const order = suffixArray(symbols, greatest);
    deepEqual([...order], expected);
    const shared = sharedPrefixes(symbols, order);
    for (const [k, at] of expected.entries()) {
      let length = 0;
      const before = k === 0 ? "" : text.slice(expected[k - 1]);
      while (before[length] !== undefined && before[length] === text[at + length]) length++;
      equal(shared[at], length);
    }
  }
});

Deno.test("ngramOverlap() does not see runs over the end of a letter, nor capitals, punctuation and line breaks", () => {
  const copied = new CopiedText(["no chest", "pain"], ["NO (chest)\r\npain"]);
  const [, pairs] = ngramOverlap(copied, 2);
  deepEqual(pairs?.precision, { shared: 1, of: 2, share: 0.5 });
  const [words] = ngramOverlap(new CopiedText(["…"], ["🙂", ""]), 1);
  deepEqual(words?.recall, { shared: 0, of: 0, share: null });
  throws(() => ngramOverlap(copied, 0), /longest is 0/);
});

Deno.test("ngramOverlap() of a corpus with itself is 1, and recall mirrors precision", () => {
  const [train, synthetic] = [madeUp(6, 20), madeUp(5, 25)];
  for (const { recall, precision } of ngramOverlap(new CopiedText(train, train))) {
    ok(recall.share === 1 || recall.share === null);
    deepEqual(recall, precision);
  }
  const there = ngramOverlap(new CopiedText(train, synthetic));
  const back = ngramOverlap(new CopiedText(synthetic, train));
  deepEqual(there.map(({ recall }) => recall), back.map(({ precision }) => precision));
});

Deno.test("WordReader reads words of any script, however they are encoded", () => {
  deepEqual(wordsOf("E\u0301TE\u0301 été O\u00ADsei Osei\u200Bx"), ["été", "été", "osei", "osei", "x"]);
  deepEqual(wordsOf("شدید، درد王伟 สมชาย Ålder 45-årig"), [
    ..."شدید درد".split(" "),
    "王",
    "伟",
    ..."สมชาย",
    "ålder",
    "45",
    "årig",
  ]);
  deepEqual(wordsOf("\u{1D400}x \u{20000} 🙂 ́ ‍"), ["ax", "\u{20000}"]);
});

Deno.test("longestCopiedRuns() reads a letter of a megabyte, and refuses letters that are not those of the index", () => {
  const text = "the pain went on and on ".repeat(45_000);
  const copied = new CopiedText([text], [text]);
  const [run] = longestCopiedRuns(copied, [{ id: "a", text }], [{ id: "b", text }]);
  equal(run?.words, 270_000);
  throws(() => longestCopiedRuns(copied, [], []), /0 and 0 letters for an index of 1 and 1/);
});
