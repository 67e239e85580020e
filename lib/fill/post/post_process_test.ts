import { deepEqual, equal } from "node:assert/strict";
import { mask } from "../../mask/mask.ts";
import { maskedLetter } from "../../mask/rewrite.ts";
import { applyFills } from "../apply_fills.ts";
import { countFills } from "../counts.ts";
import { type Fill, type Filler, LEFT_BLANK } from "../filler.ts";
import { letterCase } from "./case.ts";
import { leftOver } from "./left_over.ts";
import { postProcess } from "./post_process.ts";
import { spacing } from "./spacing.ts";
import { corrected, spelling } from "./spelling.ts";
import { wordListOf } from "./word_list.ts";

const letter = {
  id: "a",
  text: "Seen today with chest pain\nand WELL otherwise.",
  spans: [{ start: 16, end: 26, label: "PROBLEM" }],
  meta: {},
};
const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42, protect: ["gold entity"] });
const fills = (texts: Readonly<Record<string, string>>): Fill[] =>
  (masked?.masked ?? []).map((word): Fill => {
    const text = texts[masked?.words[word]?.text ?? ""];
    return text === undefined
      ? { word, text: LEFT_BLANK, raw: "", valid: false, left: true }
      : { word, text, raw: text, valid: true };
  });

Deno.test("postProcess() takes the steps in their order, and each change is told and counted", async () => {
  if (!masked) throw new Error("no masked letter");
  const list = wordListOf(["stable", "stable", "reviewed"]);
  const given = fills({
    Seen: " reveiwed",
    today: "now",
    with: "with",
    and: "and",
    WELL: "stble ",
    otherwise: "too",
    ".": ".",
  });
  const [result = []] = await postProcess([{ masked, fills: given }], [
    leftOver(),
    spacing,
    spelling(list),
    letterCase,
  ]);
  equal(applyFills(masked, result).text, "Reviewed now with chest pain\nand STABLE too.");
  deepEqual(result[0]?.changed, { spacing: " reveiwed", spelling: "reveiwed", case: "reviewed" });
  deepEqual(countFills([{ fills: result }]).changed, { spacing: 2, spelling: 2, case: 2 });
  deepEqual(await postProcess([{ masked, fills: given }], []), [given]);
});

Deno.test("leftOver() lets another model fill what was left, in sight of what was written", async () => {
  if (!masked) throw new Error("no masked letter");
  const seen: string[] = [];
  const other: Filler = {
    name: "other",
    fill: (letters) => {
      seen.push(...letters.map((one) => maskedLetter(one, "<>").text));
      return Promise.resolve(
        letters.map((one) =>
          one.masked.map((word) => ({ word, text: `${one.words[word]?.text}!`, raw: "x", valid: true }))
        ),
      );
    },
  };
  const given = fills({ Seen: "Reviewed", with: "for", and: "and", otherwise: "too", ".": "." });
  const [result = []] = await postProcess([{ masked, fills: given }], [leftOver(other)]);
  deepEqual(seen, ["Reviewed <> for chest pain\nand <> too."]);
  deepEqual(result.filter(({ changed }) => changed).map(({ text, left, changed }) => [text, left, changed]), [
    ["___!", undefined, { "left-over": "___" }],
    ["___!", undefined, { "left-over": "___" }],
  ]);
});

Deno.test("corrected() leaves what is known, short, no word, or near to nothing", () => {
  const list = wordListOf(["fever", "never", "never", "naïve", "pain"], (word) => word === "feverish");
  const cases = {
    fevr: "fever",
    evver: "evver",
    Nevre: "Never",
    feverish: "feverish",
    pan: "pan",
    "fev3r": "fev3r",
    naive: "naïve",
    PIAN: "PAIN",
  };
  for (const [word, expected] of Object.entries(cases)) equal(corrected(word, list), expected);
});
