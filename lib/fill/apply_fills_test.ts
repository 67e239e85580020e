import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mask } from "../mask/mask.ts";
import { applyFills } from "./apply_fills.ts";

const text = "Seen  today:\n\taspirin (stopped),now well.";
const letter = { id: "a", text, spans: [{ start: 14, end: 21, label: "DRUG" }], meta: { fold: "0" } };
const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
ok(masked);
const fill = (word: number, text: string) => ({ word, text, raw: text, valid: true });

Deno.test("applyFills() keeps spacing, marks and spans", () => {
  const words = new Map([
    ["stopped", "begun"],
    ["now", "otherwise"],
    ["well", "fit"],
    ["today", "yesterday"],
    ["Seen", "Met"],
  ]);
  const fills = masked.masked.map((index) => fill(index, words.get(masked.words[index]?.text ?? "") ?? "?"));
  const result = applyFills(masked, fills.toReversed());
  equal(result.text, "Met  yesterday:\n\taspirin (begun),otherwise fit.");
  deepEqual(result.spans.map(({ start, end }) => result.text.slice(start, end)), ["aspirin"]);
  deepEqual(result.meta, letter.meta);
});

Deno.test("applyFills() rejects fills that are not one for each masked word", () => {
  const all = masked.masked.map((index) => fill(index, "x"));
  throws(() => applyFills(masked, all.slice(1)), /letter a: 4 fills for 4 words, 5 words are masked/);
  throws(
    () => applyFills(masked, [...all.slice(1), fill(masked.masked[1] ?? -1, "x")]),
    /letter a: 5 fills for 4 words/,
  );
  throws(() => applyFills(masked, [...all.slice(1), fill(99, "x")]), /letter a: masked word 0 has no fill/);
});
