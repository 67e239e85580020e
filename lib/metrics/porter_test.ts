import { equal } from "node:assert/strict";
import { porterStem } from "./porter.ts";
import oracle from "./porter_oracle.json" with { type: "json" };

Deno.test("porterStem() equals NLTK's Porter stemmer on roots with endings, and on what is hardly a word", () => {
  for (const entry of oracle.stems.split("\n")) {
    const [word = "", stem = ""] = entry.split(" ");
    equal(porterStem(word), stem, word);
  }
});
