import { deepEqual, equal, throws } from "node:assert/strict";
import { splice } from "./splice.ts";

const text = "Mrs Pell takes aspirin, no fever.";
const spans = [
  { start: 4, end: 8, label: "PATIENT" },
  { start: 15, end: 22, label: "DRUG" },
  { start: 27, end: 32, label: "PROBLEM" },
];
const letter = { id: "a", text, spans, meta: { fold: "1" } };

Deno.test("splice() moves spans, keeps spacing, and takes replacements in any order", () => {
  const result = splice(letter, [{ start: 24, end: 26, text: "without" }, { start: 0, end: 3, text: "M" }, {
    start: 9,
    end: 14,
    text: "",
  }]);
  equal(result.text, "M Pell  aspirin, without fever.");
  deepEqual(result.spans.map(({ start, end }) => result.text.slice(start, end)), [
    "Pell",
    "aspirin",
    "fever",
  ]);
  deepEqual(result.meta, letter.meta);
});

Deno.test("splice() puts an insertion at a span's edge outside the span", () => {
  const result = splice(letter, [{ start: 4, end: 4, text: "[" }, { start: 8, end: 8, text: "]" }, {
    start: 33,
    end: 33,
    text: "!",
  }]);
  equal(result.text, "Mrs [Pell] takes aspirin, no fever.!");
  deepEqual(result.spans.map(({ start, end }) => result.text.slice(start, end)), [
    "Pell",
    "aspirin",
    "fever",
  ]);
});

Deno.test("splice() rejects whatever touches a span, another replacement, or the outside", () => {
  const one = (start: number, end: number) => [{ start, end, text: "x" }];
  for (const [start, end] of [[15, 22], [14, 16], [21, 23], [16, 16], [0, 33]] as const) {
    throws(() => splice(letter, one(start, end)), /letter a: replacement \[\d+, \d+\) touches the/);
  }
  throws(() => splice(letter, [...one(9, 12), ...one(11, 14)]), /overlaps the one that ends at 12/);
  for (const [start, end] of [[-1, 2], [3, 2], [30, 34]] as const) {
    throws(() => splice(letter, one(start, end)), /does not fit the letter \[0, 33\)/);
  }
});

Deno.test("splice() without replacements gives the letter back", () => {
  deepEqual(splice(letter, []), letter);
});
