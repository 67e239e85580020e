import { deepEqual, throws } from "node:assert/strict";
import { decodeTags } from "../metrics/spans/tag_scheme.ts";
import { random } from "../random.ts";
import { words } from "../text/words.ts";
import { bestTags, spansOf, tagsFor, wordTags } from "./word_tags.ts";

Deno.test("wordTags() and spansOf() keep spans that begin and end with words, beyond the Basic Multilingual Plane too", () => {
  const text = "🩺🩺 Naïve pt on co-codamol, 𝒙-ray: no PE.";
  const spans = [["co-codamol", "DRUG"], ["𝒙-ray", "TEST"], ["PE", "PROBLEM"]].map(
    ([found = "", label = ""]) => {
      const start = text.indexOf(found);
      return { start, end: start + found.length, label };
    },
  );
  const found = words(text);
  const tags = wordTags({ id: "a", spans: spans.toReversed() }, found);
  deepEqual(spansOf(tags, found), spans);
});

Deno.test("wordTags() tells neighbours of one label apart, and gives a word to the first of its spans", () => {
  const found = words("aspirin ramipril 68F");
  const drugs = [{ start: 0, end: 7, label: "DRUG" }, { start: 8, end: 16, label: "DRUG" }];
  const [age, sex] = [{ start: 17, end: 19, label: "AGE" }, { start: 19, end: 20, label: "SEX" }];
  deepEqual(wordTags({ id: "a", spans: [...drugs, age, sex] }, found), ["B-DRUG", "B-DRUG", "B-AGE"]);
  throws(
    () => wordTags({ id: "a", spans: [{ start: 5, end: 9, label: "X" }, ...drugs] }, found),
    /letter a: spans \[0, 7\) and \[5, 9\) overlap/,
  );
});

Deno.test("bestTags() finds the best of all sequences that IOB2 allows", () => {
  const tags = ["I-A", "O", "B-A", "B-B", "I-B"]; // in any order
  const stream = random(42);
  for (let round = 0; round < 20; round++) {
    const scores = Float32Array.from({ length: 4 * tags.length }, () => stream.normal());
    let [best, most]: [string[], number] = [[], -Infinity];
    for (let code = 0; code < tags.length ** 4; code++) {
      const picks = [0, 1, 2, 3].map((i) => Math.floor(code / tags.length ** i) % tags.length);
      const sequence = picks.map((pick) => tags[pick] ?? "");
      const sum = picks.reduce((sum, pick, word) => sum + (scores[word * tags.length + pick] ?? NaN), 0);
      if (sum > most && allowed(sequence)) [best, most] = [sequence, sum];
    }
    deepEqual(bestTags(scores, tags), best);
  }
  deepEqual(bestTags(new Float32Array(), tagsFor(["A"])), []);
});

function allowed(tags: readonly string[]): boolean {
  try {
    decodeTags(tags, "iob2");
    return true;
  } catch {
    return false;
  }
}
