import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { letters } from "../../../corpus/letters.ts";
import { project } from "../../../project.ts";
import { changed, chosenChanges, inCaseOf } from "./change.ts";
import { deletions } from "./deletions.ts";
import { doses } from "./doses.ts";
import { negations } from "./negations.ts";
import { changesOf, isPerturbation, perturbed } from "./perturbed.ts";
import { reversals } from "./reversals.ts";
import { rewordings } from "./rewordings.ts";
import { sides } from "./sides.ts";
import { swaps } from "./swaps.ts";

const graded = ["masked", "deleted", "swapped", "negated", "re-cased"] as const;
const single = ["negation flipped", "dose changed", "side changed", "reworded", "in figures"] as const;
const corpus = (await letters(project.letters)).filter((_, i) => i % 10 === 0);
const wordsOf = (text: string) => text.split(/\s+/);
const every = (text: string, changes: ReturnType<typeof negations>) => changed(text, changes);

Deno.test("perturbed() changes the words that it says, and no others", () => {
  for (const kind of [...graded, ...single]) {
    ok(isPerturbation(kind));
    for (const letter of corpus) {
      const changes = changesOf(letter, { kind, amount: 1, seed: 1 }); // changed() throws where two overlap
      const [made] = perturbed([letter], { kind, amount: 1, seed: 1 });
      if (changes.length === 0) equal(made, undefined);
      else notEqual(made?.text, letter.text, kind);
    }
  }
});

Deno.test("perturbed() is decided by seed, kind, amount and letter", () => {
  const options = { kind: "masked", amount: 0.2, seed: 1 } as const;
  deepEqual(perturbed(corpus, options), perturbed(corpus.toReversed(), options).toReversed());
  for (const other of [{ seed: 2 }, { amount: 0.21 }]) {
    notEqual(perturbed(corpus, options)[0]?.text, perturbed(corpus, { ...options, ...other })[0]?.text);
  }
});

Deno.test("perturbed() changes as large a share as it is asked for", () => {
  const [letter] = corpus;
  ok(letter);
  const all = changesOf(letter, { kind: "deleted", amount: 1, seed: 1 }).length;
  equal(changesOf(letter, { kind: "deleted", amount: 0.4, seed: 1 }).length, Math.floor(0.4 * all));
  equal(changesOf(letter, { kind: "deleted", amount: 1e-9, seed: 1 }).length, 1);
});

Deno.test("sharp and harmless edits are one word for one word, once", () => {
  for (const kind of single) {
    for (const letter of corpus) {
      const [made] = perturbed([letter], { kind, amount: "one", seed: 1 });
      if (!made) continue;
      const [before, after] = [wordsOf(letter.text), wordsOf(made.text)];
      equal(after.length, before.length, `${kind}: ${letter.id}`);
      equal(after.filter((word, i) => word !== before[i]).length, 1, `${kind}: ${letter.id}`);
    }
  }
});

Deno.test("harmless edits touch nothing that sharp ones do", () => {
  for (const { text } of corpus) {
    const touched = new Set([negations, doses, sides].flatMap((of) => of(text).map(({ start }) => start)));
    deepEqual(rewordings(text).filter(({ start }) => touched.has(start)), []);
  }
});

Deno.test("perturbations bear texts without words", () => {
  for (const text of ["", "…!?", "👍🏽 \r\n\r\n", "123 45/6", "e\u0301 مرحبا"]) {
    for (const kind of [...graded, ...single]) {
      const letter = { id: "a", text, spans: [], meta: {} };
      for (const made of perturbed([letter], { kind, amount: 0.5, seed: 1 })) notEqual(made.text, text);
    }
  }
});

Deno.test("chosenChanges() takes shares above 0 and at most 1", () => {
  for (const amount of [0, 1.1, -1, NaN]) {
    throws(() => chosenChanges([], amount, "1"), /give "one", or a share/);
  }
});

Deno.test("changed() refuses changes that overlap", () => {
  const change = { start: 0, end: 3, text: "" };
  throws(() => changed("abcdef", [change, { ...change, start: 2, end: 4 }]), /overlaps another/);
  throws(() => changed("ab", [change]), /outside the text/);
});

Deno.test("inCaseOf() keeps the case of one letter apart from capitals", () => {
  deepEqual(["I", "IV", "Iv", "iv"].map((word) => inCaseOf(word, "two")), ["Two", "TWO", "Two", "two"]);
});

Deno.test("negations() leaves numbers, names of fields and phrases alone", () => {
  const text =
    "Unit No: 12. See no. 4. No longer well, no one came. No pain; not seen, cannot walk, HIV neg.";
  equal(
    every(text, negations(text)),
    "Unit No: 12. See no. 4. No longer well, no one came. Some pain; also seen, can walk, HIV pos.",
  );
});

Deno.test("reversals() negate a verb once, and no verb that is negated already", () => {
  const text = "She is well, was not seen, has never smoked. He is. Not had pain.";
  equal(
    every(text, reversals(text)),
    "She is not well, was also seen, has often smoked. He is. Also had pain.",
  );
});

Deno.test("doses() move the point of decimals, keep groups of digits, and leave measurements alone", () => {
  const cases = [
    ["0.5 mg", "5 mg"],
    ["0.05 mg", "0.5 mg"],
    ["2.25 g", "22.5 g"],
    ["62.5 micrograms", "625 micrograms"],
    ["1,000 units", "10,000 units"],
    ["5mg", "50mg"],
    ["Hb 98 g/L", "Hb 98 g/L"],
    ["50 kg", "50 kg"],
    ["10 mL", "10 mL"],
    ["5-10 mg", "5-10 mg"],
  ] as const;
  for (const [before, after] of cases) equal(every(before, doses(before)), after);
});

Deno.test("sides() are sides", () => {
  const text =
    "He left. She has left the ward. Nothing left. Right away! The LEFT eye, left-sided, right hip.";
  equal(
    every(text, sides(text)),
    "He left. She has left the ward. Nothing right. Right away! The RIGHT eye, left-sided, left hip.",
  );
});

Deno.test("deletions() and swaps() keep the breaks of lines", () => {
  const text = "one two\nthree four, five";
  equal(every(text, deletions(text)), "\n, ");
  equal(every(text, swaps(text)), "two one\nfour three, five");
});
