import { deepEqual, equal, throws } from "node:assert/strict";
import { checkTags } from "../corpus/tag_scheme.ts";
import { random } from "../random.ts";
import { words } from "../text/words.ts";
import { bestTags } from "./best_tags.ts";
import { spansOf, tagsFor, wordTags, wrongTag } from "./word_tags.ts";

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

for (
  const [scheme, tags] of [["iob2", ["I-A", "O", "B-A", "B-B", "I-B"]], ["bilou", [
    "L-A",
    "I-A",
    "O",
    "U-A",
    "B-A",
  ]]] as const
) {
  Deno.test(`bestTags() finds the best of all sequences that ${scheme} allows`, () => {
    const stream = random(42);
    for (let round = 0; round < 20; round++) {
      const scores = Float32Array.from({ length: 4 * tags.length }, () => stream.normal());
      let [best, most]: [string[], number] = [[], -Infinity];
      for (let code = 0; code < tags.length ** 4; code++) {
        const picks = [0, 1, 2, 3].map((i) => Math.floor(code / tags.length ** i) % tags.length);
        const sequence = picks.map((pick) => tags[pick] ?? "");
        const sum = picks.reduce((sum, pick, word) => sum + (scores[word * tags.length + pick] ?? NaN), 0);
        if (sum > most && checkTags(sequence, scheme) === undefined) [best, most] = [sequence, sum];
      }
      deepEqual(bestTags(scores, tags), best);
    }
    deepEqual(bestTags(new Float32Array(), tagsFor(["A"], scheme)), []);
  });
}

Deno.test("wordTags() and spansOf() keep spans in BILOU, too", () => {
  const found = words("No chest pain on aspirin today");
  const spans = [{ start: 3, end: 13, label: "PROBLEM" }, { start: 17, end: 24, label: "DRUG" }];
  const tags = wordTags({ id: "a", spans }, found, "bilou");
  deepEqual(tags, ["O", "B-PROBLEM", "L-PROBLEM", "O", "U-DRUG", "O"]);
  deepEqual(spansOf(tags, found, "bilou"), spans);
});

Deno.test("wrongTag() names a tag that no tagger can have", () => {
  for (const scheme of ["iob2", "bilou"] as const) equal(wrongTag(tagsFor(["A", "B"], scheme)), undefined);
  equal(wrongTag(["O", "LABEL_1"]), "LABEL_1");
  equal(wrongTag(["O", "B-A", "I-A", "B-A"]), "B-A");
  equal(wrongTag(["O", "B-A", "U-A"]), "B-A");
  equal(wrongTag(["B-A", "I-A"]), "B-A");
});
