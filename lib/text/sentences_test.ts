import { deepEqual, equal } from "node:assert/strict";
import { sentences } from "./sentences.ts";

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

Deno.test("sentences() ends prose sentences at full stops, question and exclamation marks", () => {
  deepEqual(split('Came in today. Any pain? "None." She left! Home'), [
    "Came in today.",
    "Any pain?",
    '"None."',
    "She left!",
    "Home",
  ]);
});

Deno.test("sentences() does not end at decimals, abbreviations, initials and ratios", () => {
  for (
    const text of [
      "Hb 9.8 g/dL and INR 2.5 today.",
      "Seen by Dr. Osei with Mrs. Pell approx. 3 weeks ago.",
      "Reviewed by A. B. Osei, p.r.n. Codeine given.",
      "Takes it b.d. with food.",
      "Ward no. 12 was full.",
      "Dose e.g. 5 mg, i.e. half.",
      "He paused ... then went on.",
    ]
  ) deepEqual(split(text), [text]);
});

Deno.test("sentences() ends at a negative answer, which reads like an abbreviation", () => {
  deepEqual(split("Smoker? No. Drinks little."), ["Smoker?", "No.", "Drinks little."]);
});

Deno.test("sentences() keeps the number of a list item with the item", () => {
  deepEqual(split("Plan:\n1. Stop heparin. Start apixaban.\n  a. Then review.\n(2. Home"), [
    "Plan:",
    "1. Stop heparin.",
    "Start apixaban.",
    "a. Then review.",
    "(2. Home",
  ]);
});

Deno.test("sentences() ends at every kind of line break and keeps the offsets exact", () => {
  const text = "\n  One\r\nTwo\rThree\u2028Four \n\n\n Five.";
  deepEqual(split(text), ["One", "Two", "Three", "Four", "Five."]);
  equal(sentences(" \r\n\n").length, 0);
});
