import { deepEqual, match, throws } from "node:assert/strict";
import { applyFills } from "../fill/apply_fills.ts";
import { mask } from "../mask/mask.ts";
import { jupyterDisplay } from "../report/display.ts";
import { show } from "./show.ts";

const text = "Plan: no chest pain <today>, on aspirin.";
const start = text.indexOf("aspirin");
const letter = { id: "a", text, spans: [{ start, end: start + 7, label: "DRUG" }], meta: {} };
const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
if (!masked) throw new Error("one letter gives one masked letter");

/** What is marked in each column: `title: text`. */
function columns(html: string): string[][] {
  return html.split("white-space: pre-wrap").slice(1).map((column) =>
    [...column.matchAll(/<mark title="([^"]*)"[^>]*>([^<]*)<\/mark>/g)].map(([, title, marked]) =>
      `${title}: ${marked}`
    )
  );
}
const htmlOf = (shown: ReturnType<typeof show>) => String(shown[jupyterDisplay]()["text/html"]);

Deno.test("show() tells of a masked letter what is protected, by which rules, and what is masked", () => {
  const [original = [], blanks = []] = columns(htmlOf(show(masked)));
  deepEqual(original.filter((mark) => mark.startsWith("protected")), [
    "protected: section title: Plan",
    "protected: section title, not alphabetic: :",
    "protected: not alphabetic: &lt;",
    "protected: not alphabetic: &gt;",
    "protected: not alphabetic: ,",
    "protected: gold entity: aspirin",
    "protected: not alphabetic: .",
  ]);
  deepEqual(original.filter((mark) => mark.startsWith("masked")).length, masked.masked.length);
  deepEqual(new Set(blanks), new Set(["masked: [MASK]"]));
});

Deno.test("show() marks each word written at its new place, with what it was and what else there was", () => {
  const fills = masked.masked.map((word, i) => ({
    ...{ word, text: "x".repeat(i + 1), raw: "x", valid: true },
    ...i === 0 && {
      candidates: [{ text: "<x>", pieces: [1], probability: 0.5 }, {
        text: "y",
        pieces: [2],
        probability: 0.25,
        refused: "copy",
      }],
      choice: { rank: 1, probability: 0.5, how: "likeliest" as const },
    },
  }));
  const filled = { ...applyFills(masked, fills), masked, fills };
  const [, , synthetic = []] = columns(htmlOf(show(filled)));
  deepEqual(synthetic.map((mark) => mark.split(": ").at(-1)), fills.map((fill) => fill.text));
  match(synthetic[0] ?? "", /^was no; likeliest, rank 1; &lt;x&gt; 0\.50 · y 0\.25 \(copy\): x$/);
  match(synthetic[1] ?? "", /^was chest: xx$/);
});

Deno.test("show() quotes no letter in its plain text, and says when there is none", () => {
  deepEqual(String(show(masked)[jupyterDisplay]()["text/plain"]).includes("aspirin"), false);
  throws(() => show(undefined), /no letter there/);
});
