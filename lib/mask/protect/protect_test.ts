import { deepEqual, throws } from "node:assert/strict";
import type { Span } from "../../corpus/letter.ts";
import { words } from "../../text/words.ts";
import { protect, type RuleName } from "./protect.ts";

/** The words that rules protect, the first occurrence of `spans`' texts being gold. */
function protectedWords(text: string, only?: RuleName[], gold: string[] = []): string[] {
  const spans = gold.map((part): Span => ({
    start: text.indexOf(part),
    end: text.indexOf(part) + part.length,
    label: "X",
  }));
  const found = protect({ id: "a", text, spans, meta: {} }, only);
  return words(text).filter((_, index) => found[index] !== undefined).map((word) => word.text);
}

Deno.test("protect() keeps every word that shares a character with a gold entity", () => {
  const text = "Mrs Pell had chest pain, then painless hours.";
  deepEqual(protectedWords(text, ["gold entity"], ["Pell", "chest pain", "less"]), [
    "Pell",
    "chest",
    "pain",
    "painless",
  ]);
});

Deno.test("protect() keeps a section title back to the sentence's start or a word in lower case", () => {
  const cases: [string, string[]][] = [
    ["Stable. History of Present Illness: well", ["History", "of", "Present", "Illness", ":"]],
    ["What I found: nothing", [":"]], // the paper's rule: "found" is no small word of titles
    ["seen when Past History: none", ["Past", "History", ":"]],
    ["Allergies:\nnone", ["Allergies", ":"]],
    ["came at 12:30 by bus", []],
    ["Ends here:", [":"]],
    ["Was Well\nPlan:", ["Plan", ":"]],
  ];
  for (const [text, expected] of cases) deepEqual(protectedWords(text, ["section title"]), expected, text);
});

Deno.test("protect() keeps capitals, digits, blanks and what is not letters", () => {
  const text = "ECG and SpO2 of ___ in café (I agree) 9.8";
  deepEqual(protectedWords(text, ["all capitals"]), ["ECG", "I"]);
  deepEqual(protectedWords(text, ["digit"]), ["SpO2", "9", "8"]);
  deepEqual(protectedWords(text, ["blank"]), ["_", "_", "_"]);
  deepEqual(protectedWords(text, ["not alphabetic"]), ["SpO2", "_", "_", "_", "(", ")", "9", ".", "8"]);
});

Deno.test("protect() keeps words that are part of a token which is not letters only", () => {
  const letters = (text: string) =>
    protectedWords(text, ["not alphabetic"]).filter((word) => /\p{L}/u.test(word));
  deepEqual(letters("patient's wife doesn't agree, she’s tired"), ["s", "doesn", "t", "s"]);
  deepEqual(letters("e.g. ask anna@clinic.example or Dr. Osei vs. nobody. Then"), [
    ...["e", "g", "anna", "clinic", "example", "Dr", "vs"],
  ]);
  deepEqual(letters("three-week and/or 'quoted' words. Next"), []);
});

Deno.test("protect() keeps what a mark before a digit ties together", () => {
  deepEqual(protectedWords("scored: 3 of ten, rate = 5, aged (4) x", ["mark before digit"]), [
    ...["scored", ":", "3", "rate", "=", "5", "aged", "(", "4"],
  ]);
});

Deno.test("protect() gives the first rule's reason", () => {
  const letter = { id: "a", text: "BP: 120", spans: [{ start: 0, end: 2, label: "TEST" }], meta: {} };
  deepEqual(protect(letter), ["gold entity", "section title", "digit"]);
});

Deno.test("protect() rejects an unknown rule", () => {
  const untyped = JSON.parse('["titles"]');
  throws(
    () => protect({ id: "a", text: "x", spans: [], meta: {} }, untyped),
    /unknown protection rule "titles"\. The nearest is "digit"\. Known: gold entity, section title/,
  );
});

Deno.test("the rule dose holds units behind numbers, and what they are per", () => {
  const text = "took 0.9 mU/L, 71 mL/min, 5 mg/day of it, a min or a day, 3 mg/word";
  const letter = { id: "a", text, spans: [], meta: {} };
  const held = words(text).filter((_, i) => protect(letter, ["dose"])[i] === "dose").map(({ text }) => text);
  deepEqual(held, ["mU", "L", "mL", "min", "mg", "day", "mg"]);
});
