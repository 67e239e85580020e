/** Clinical validity as a language model judges it, where the user names one. @module */

import type { Letter } from "../corpus/letter.ts";
import { type CardJudge, judgedSection } from "../report_card/judged.ts";
import type { Section } from "../report_card/card.ts";
import { type Corpus, materialOf } from "../report_card/material.ts";

/** So far from a half the share of preferences may be for the letters to count as equally consistent. */
const MARGIN = 0.1;

/**
 * Has a language model grade real and filled letters and choose between each filled letter and its original: the report card's section by
 * itself.
 *
 * @throws {Error} in one line, as a report card does, and where the endpoint does not let us in
 *
 * @example
 * ```ts
 * import { judgedLetters } from "./clinical_validity_judged.ts";
 * import { rejects } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const judge = { url: "nowhere", model: "m" };
 * await rejects(judgedLetters(letters, [{ name: "same", letters }], judge), /"nowhere" is no endpoint/);
 * ```
 */
export async function judgedLetters(
  real: readonly Letter[],
  filled: readonly Corpus[],
  judge: CardJudge,
): Promise<Section> {
  const section = await judgedSection(materialOf(real, filled, { seed: judge.seed ?? 42 }), {
    llmJudge: judge,
  });
  const [left] = section.leftOut;
  if (section.measures.length === 0) throw new Error(`judge: ${left?.why ?? "it judged nothing"}.`);
  return section;
}

/**
 * What the judgement says of the claim that hallucinated content has little effect, as Markdown: supported where the whole interval of how
 * often the original is found more consistent than the filled letter lies within 0.1 of a half.
 *
 * @example
 * ```ts
 * import { judgedAnswer } from "./clinical_validity_judged.ts";
 * import { match } from "node:assert/strict";
 * const reading = (corpus: string, low: number, high: number) => ({ corpus, value: 0.5, low, high, n: 20 });
 * const measure = { name: "judge-prefers-real", title: "", better: "real" as const, signature: "", real: reading("real", 0.4, 0.6) };
 * const section = { name: "judged", title: "", about: "", listings: [], leftOut: [] };
 * const measures = [{ ...measure, synthetic: [reading("one pass", 0.45, 0.55), reading("trigram", 0.65, 0.9)] }];
 * match(judgedAnswer({ ...section, measures }), /one pass.* 0.50 .*supported[\s\S]*trigram.*contradicted/);
 * ```
 */
export function judgedAnswer({ measures }: Pick<Section, "measures">): string {
  const readings = measures.find(({ name }) => name === "judge-prefers-real")?.synthetic ?? [];
  return readings.map(({ corpus, value, low, high, n, reason }) => {
    if (value === null || low === null || high === null) {
      return `- ${corpus}: no verdict, ${reason ?? "no value"}.`;
    }
    const verdict = low > 0.5 - MARGIN && high < 0.5 + MARGIN
      ? "supported"
      : low > 0.5 + MARGIN || high < 0.5 - MARGIN
      ? "contradicted"
      : "undecided";
    return `- ${corpus}: the judge finds the original more consistent in ${value.toFixed(2)} [${
      low.toFixed(2)
    }, ` +
      `${
        high.toFixed(2)
      }] of ${n} letters, where 0.5 is no difference. That the effect is little is **${verdict}** ` +
      `(claimed: within ${MARGIN} of 0.5).`;
  }).join("\n");
}
