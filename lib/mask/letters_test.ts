import { deepEqual, equal, ok } from "node:assert/strict";
import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { phiKindOf } from "../phi/labels.ts";
import { project } from "../project.ts";
import { masker, type MaskOptions } from "./mask.ts";
import { maskedLetter } from "./rewrite.ts";

const strategies: MaskOptions[] = [
  { strategy: "random", ratio: 0.5, seed: 42 },
  { strategy: "stopwords", ratio: 1, seed: 42 },
  { strategy: "hybrid", ratios: { nouns: 0.5, verbs: 0.5, adjectives: 1 }, seed: 42 },
  { strategy: "spans", ratio: 0.4, seed: 42 },
  { strategy: "random", ratio: 0, seed: 42, phi: "all" },
];

function check(letter: Letter, options: MaskOptions): void {
  const one = masker(options)(letter);
  const { words, masked, heldBy, protectedBy, phi } = one;
  for (const { start, end, text } of words) equal(letter.text.slice(start, end), text);
  deepEqual(protectedBy, heldBy.map(([first]) => first));
  ok(masked.every((index) => heldBy[index]?.length === 0));
  if (phi) ok(phi.every((kind, index) => kind === undefined || masked.includes(index)));
  // What is not masked stays, blanks included: the masked text is the letter's with the masked words cut out.
  const chosen = new Set(masked);
  let [kept, end] = ["", 0];
  for (const [index, word] of words.entries()) {
    kept += letter.text.slice(end, word.start) + (chosen.has(index) ? "\u0000" : word.text);
    end = word.end;
  }
  const result = maskedLetter(one, "\u0000");
  equal(result.text, kept + letter.text.slice(end));
  for (const span of result.spans) ok(!result.text.slice(span.start, span.end).includes("\u0000"));
}

Deno.test("masking touches nothing but the masked words of the embedded letters, and masks nothing that is protected", async () => {
  for (const letter of await letters(project.letters)) {
    for (const options of strategies) check(letter, options);
  }
});

Deno.test("masking does so in Spanish letters too", async () => {
  const folder = sharedFolder("data/meddocan/dev");
  if (folder === undefined) return;
  for (const letter of (await letters(folder)).slice(0, 60)) {
    for (const options of strategies) check(letter, options);
  }
});

Deno.test("masking keeps its offsets in text of any script", () => {
  const text = "Señora Nuñez 🙂 tomó 5 mg; cafe\u0301 – 体温 38,5 °C 𝒳 está\u00A0bien\u2028fin";
  for (const options of strategies) {
    check({ id: "a", text, spans: [{ start: 7, end: 12, label: "PATIENT" }], meta: {} }, options);
  }
});

Deno.test("identifying data are masked whatever the ratio, the protection and the gold entity that they are", async () => {
  const [letter] = await letters(project.letters);
  ok(letter);
  const { words, phi, masked, letter: same } = masker({
    strategy: "random",
    ratio: 0,
    seed: 42,
    phi: "gold",
  })(letter);
  equal(same, letter);
  for (const { start, end, label } of letter.spans) {
    const kind = phiKindOf(label);
    for (const [index, word] of words.entries()) {
      if (word.start < end && word.end > start) equal(phi?.[index], kind);
    }
  }
  deepEqual(masked, phi?.flatMap((kind, index) => kind ? [index] : []));
});

Deno.test("what rules find stays where a gold span says that it is clinical", () => {
  const text = "Dr Parkinson saw her for Parkinson disease.";
  const letter = { id: "a", text, spans: [{ start: 25, end: 42, label: "PROBLEM" }], meta: {} };
  const { words, masked } = masker({ strategy: "random", ratio: 0, seed: 42, phi: "rules" })(letter);
  deepEqual(masked.map((index) => words[index]?.start), [3]);
});

Deno.test("a finder of the user's own decides what is identifying", () => {
  const finder = {
    name: "mine",
    find: (
      { text }: Letter,
    ) => [{ start: text.indexOf("blue"), end: text.indexOf("blue") + 4, label: "ID" as const, by: "mine" }],
  };
  const letter = { id: "a", text: "The blue one", spans: [], meta: {} };
  const { phi, masked } = masker({ strategy: "random", ratio: 0, seed: 42, phi: finder })(letter);
  deepEqual([masked, phi], [[1], [undefined, "ID", undefined]]);
});
