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

Deno.test("sentences() reads over line breaks that stand within a sentence", () => {
  deepEqual(split("The patient was admitted\nyesterday with fever. She has\nimproved."), [
    "The patient was admitted\nyesterday with fever.",
    "She has\nimproved.",
  ]);
  deepEqual(split("Known history of\nHypertension\r\nand diabetes\n\nwell"), [
    "Known history of\nHypertension\r\nand diabetes",
    "well",
  ]);
  deepEqual(split("Ingresa por dolor\nen fosa renal de\ntres días."), [
    "Ingresa por dolor\nen fosa renal de\ntres días.",
  ]);
});

Deno.test("sentences() reads text that is wrapped at a margin, whatever the next line starts with", () => {
  const wrapped = "Seen in the clinic today by the registrar and by the specialist nurse Miss\n" +
    "Osei because of a cough that troubles her at night. Started on the inhaler\n" +
    "Symbicort two puffs twice daily, to be reviewed by her general practitioner\nin May.\nPlan:\nrest";
  equal(split(wrapped).length, 4);
  equal(split(wrapped)[0]?.endsWith("at night."), true);
});

Deno.test("sentences() ends at line breaks of lists, headings and values", () => {
  for (
    const text of [
      "Current meds\nlithium 450 mg\nquetiapine 200 mg",
      "TREATED WITH\naciclovir 10 mg",
      "She was told\n- to rest\n[ ] to walk\n2) to eat",
      "He is well\nallergies: none",
      "How he is\nThe cough has gone",
    ]
  ) deepEqual(split(text), text.split("\n"));
});
