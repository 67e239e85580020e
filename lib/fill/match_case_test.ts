import { equal } from "node:assert/strict";
import { matchCase } from "./match_case.ts";

Deno.test("matchCase() writes the fill as the original was written", () => {
  const cases: [fill: string, original: string, expected: string][] = [
    ["Stable", "well", "stable"],
    ["stable", "Well", "Stable"],
    ["STABLE", "Well", "Stable"],
    ["stable", "WELL", "STABLE"],
    ["the", "A", "The"], // one capital says the word starts a sentence, not that it shouts
    ["stable", "mRNA", "stable"],
    ["Dr", "McLeod", "Dr"],
    ["élan", "Émile", "Élan"],
    ["straße", "WEG", "STRASSE"],
    ["i", "İz", "I"], // no Turkish rules, whatever the machine's language
    ["well", "患者", "well"],
    ["", "Well", ""],
  ];
  for (const [fill, original, expected] of cases) {
    equal(matchCase(fill, original), expected, `${fill} for ${original}`);
  }
});
