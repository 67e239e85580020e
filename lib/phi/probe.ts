/** How a finder does on queries written by hand, none of them from a template: `deno run -A lib/phi/probe.ts [MODEL]`. @module */

import type { Letter } from "../corpus/letter.ts";
import { marked } from "./surrogate/fixture.ts";
import { measuresOf, rateOf } from "./evaluate.ts";
import { openPhiFinder } from "./finders.ts";
import { FINDERS } from "./tagger.ts";

/** The queries with what identifies in them, `texts/english/probe.txt`. */
export async function probeLetters(): Promise<Letter[]> {
  const lines = (await Deno.readTextFile(new URL("texts/english/probe.txt", import.meta.url))).split("\n");
  return lines.filter((line) => line !== "").map((line, i) => marked(line, `probe-${i + 1}`));
}

if (import.meta.main) {
  const [model = "phi-english"] = Deno.args;
  const letters = await probeLetters();
  for (const finder of FINDERS) {
    await using opened = await openPhiFinder({ finder, model, ages: "all" });
    const found = await opened.findAll(letters);
    const { measures } = measuresOf(letters.map((letter, i) => ({ letter, found: found[i] ?? [] })), {
      aside: ["AGE"],
    });
    const share = (name: string) => `${(100 * (rateOf(measures, name) ?? 0)).toFixed(2)}%`;
    console.log(
      `${finder}: ${share("found")} of identifying characters, ${share("other redacted")} of others`,
    );
    for (const [i, { id, text, spans }] of letters.entries()) {
      const seen = new Set(
        (found[i] ?? []).flatMap(({ start, end }) =>
          Array.from({ length: end - start }, (_, at) => start + at)
        ),
      );
      const missed = spans.filter(({ start, end, label }) =>
        label !== "AGE" &&
        [...text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)].some(({ index }) => !seen.has(start + index))
      );
      if (missed.length > 0) {
        console.log(
          `  ${id}: ${
            missed.map(({ start, end, label }) => `${label} ${text.slice(start, end)}`).join(", ")
          }`,
        );
      }
    }
  }
}
