import { deepEqual, equal } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import { project } from "../project.ts";
import { sections } from "./sections.ts";

const split = (text: string) =>
  sections(text).map(({ title, body }) => [
    title && text.slice(title.start, title.end),
    text.slice(body.start, body.end),
  ]);

Deno.test("sections() reads titles before a colon and titles in capitals", () => {
  deepEqual(split("CHIEF COMPLAINT\n\nCough.\n\nPast medical history: asthma\n  Plan:\n1. Rest"), [
    ["CHIEF COMPLAINT", "Cough."],
    ["Past medical history:", "asthma"],
    ["Plan:", "1. Rest"],
  ]);
  deepEqual(split("Antecedentes: ninguno.\nExploración física:\nNormal."), [
    ["Antecedentes:", "ninguno."],
    ["Exploración física:", "Normal."],
  ]);
});

Deno.test("sections() takes no clause, time or list for a title", () => {
  for (
    const text of [
      "He came at 12:30 by bus",
      "She said so, and then: nothing",
      "we agreed: rest",
      "Seen today. Plan: rest",
      "What I think of all this and of what came before it: rest",
      "A",
    ]
  ) deepEqual(split(text), [[undefined, text]]);
});

Deno.test("sections() keeps an empty section, and gives none for a text without characters", () => {
  deepEqual(split("Allergies:\nPlan:\n"), [["Allergies:", ""], ["Plan:", ""]]);
  deepEqual(split(" \n"), []);
});

Deno.test("sections() holds every visible character of the embedded letters once, in order", async () => {
  for (const { text } of await letters(project.letters)) {
    let [end, kept] = [0, ""];
    for (const { title, body } of sections(text)) {
      for (const range of [title, body]) {
        if (range === undefined) continue;
        equal(range.start >= end && range.end >= range.start, true);
        end = range.end;
        kept += text.slice(range.start, range.end);
      }
    }
    equal(kept.replace(/\s/g, ""), text.replace(/\s/g, ""));
  }
});
