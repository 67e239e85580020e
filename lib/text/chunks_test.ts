import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../random.ts";
import { chunks } from "./chunks.ts";
import { words } from "./words.ts";

const count = (stretch: string) => words(stretch).length;
const split = (text: string, options: { budget: number; minLines?: number }) =>
  chunks(text, { ...options, count }).map(({ start, end }) => text.slice(start, end));

Deno.test("chunks() fills the window with as many whole sentences as fit", () => {
  const text = "One two. Three four.\nFive six. Seven";
  deepEqual(split(text, { budget: 9 }), ["One two. Three four.\nFive six.", "Seven"]);
  deepEqual(split(text, { budget: 8 }), ["One two. Three four.", "Five six. Seven"]);
  deepEqual(split(text, { budget: 100 }), [text]);
});

Deno.test("chunks() ends a chunk at the asked number of lines, blank lines not counted", () => {
  const text = "a\n\nb. C.\nc\nd\ne";
  deepEqual(split(text, { budget: 100, minLines: 3 }), ["a\n\nb. C.\nc", "d\ne"]);
  deepEqual(split(text, { budget: 2, minLines: 3 }), ["a", "b.", "C.", "c\nd", "e"]);
  deepEqual(split(text, { budget: 100, minLines: 41 }), [text]);
});

Deno.test("chunks() cuts a sentence that is over the budget between words", () => {
  deepEqual(split("Go. One two three four five. End", { budget: 3 }), [
    "Go.",
    "One two three",
    "four five.",
    "End",
  ]);
});

Deno.test("chunks() rejects a word over the budget, and a budget that is none", () => {
  throws(() => chunks("a bb", { budget: 1, count: (s) => s.length }), /\[2, 4\) alone is over the budget/);
  throws(() => chunks("a", { budget: 0, count }), /budget = 0/);
  throws(() => chunks("a", { budget: 5, count, minLines: 0.5 }), /minLines = 0.5/);
});

Deno.test("chunks() holds every word once, in order, within the budget, and could not be longer", () => {
  const stream = random("chunks");
  for (let round = 0; round < 50; round++) {
    const pick = () => ["fever", "Pain", ".", "\n", " ", "7.5", ":", "! ", " Dr. "][stream.below(9)];
    const text = Array.from({ length: 120 }, pick).join(" ");
    const budget = 3 + stream.below(20);
    const found = chunks(text, { budget, count });
    deepEqual(
      found.flatMap(({ start, end }) => words(text.slice(start, end)).map((word) => word.start + start)),
      words(text).map(({ start }) => start),
    );
    for (const { start, end } of found) {
      ok(count(text.slice(start, end)) <= budget);
      equal(text.slice(start, end).trim().length, end - start);
    }
  }
});
