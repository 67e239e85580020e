/** What a language model's verdicts are as measures. @module */

import type { JudgeSettings, Verdicts } from "../judge/judge.ts";
import type { Question } from "../judge/question.ts";
import { krippendorffAlpha } from "../metrics/stats/krippendorff_alpha.ts";
import { sha256 } from "../sha256.ts";
import type { Measure, Reading } from "./card.ts";
import { JACKKNIFE, jackknifed, meanReading, noReading, OVER_LETTERS } from "./estimates.ts";
import type { Candidate, Material } from "./material.ts";
import { measured, type MeasureHead } from "./measures.ts";

/** How much an answer counts for the real letter. */
const FOR_REAL: Readonly<Record<string, number>> = { first: 1, neither: 0.5, second: 0 };

/** The verdicts of a corpus. */
export interface Verdict {
  readonly grades: readonly Verdicts[];
  readonly preferences: readonly Verdicts[];
}

/**
 * The grades and preferences of each corpus, how far repeats agree, and how much stayed without an answer.
 *
 * @param verdicts by the corpus' name
 *
 * @example
 * ```ts
 * import { project } from "../project.ts";
 * import { readQuestion } from "../judge/question.ts";
 * import { judgedMeasures } from "./judged_measures.ts";
 * import { materialOf } from "./material.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const [grade, preference] = await Promise.all(
 *   ["consistency", "preference"].map((name) => readQuestion(`${project.lib}/judge/prompts/${name}.md`)),
 * );
 * const grades = [["5", "4"], ["1", null]].map((values, i) => ({ id: `${i}`, values }));
 * const verdicts = new Map([["same", { grades, preferences: [] }]]);
 * const questions = { grade: grade!, preference: preference! };
 * const measures = await judgedMeasures(material, verdicts, { model: "m" }, questions);
 * deepEqual(measures.map(({ synthetic }) => synthetic[0]?.value), [2.75, null, null, null, 0.25]);
 * ```
 */
export async function judgedMeasures(
  material: Material,
  verdicts: ReadonlyMap<string, Verdict>,
  { model, repeats = 3, temperature = 0 }: Pick<JudgeSettings, "model" | "repeats" | "temperature">,
  { grade, preference }: { readonly grade: Question; readonly preference: Question },
): Promise<Measure[]> {
  const by = ({ title, source }: Question) =>
    `model:${model}|question:${title} ${
      sha256(source).slice(0, 8)
    }|repeats:${repeats}|temperature:${temperature}|order:random`;
  const grades = grade.options.map(({ value }) => Number(value));
  const head = (name: string, title: string, better: Measure["better"], signature: string): MeasureHead => ({
    ...{ name, title, better, signature },
  });
  const read = (of: (verdict: Verdict, name: string) => Reading) => ({ name }: Candidate): Reading =>
    of(verdicts.get(name) ?? { grades: [], preferences: [] }, name);
  return [
    await measured(
      material,
      {
        ...head(
          "judge-grade",
          `consistency, graded ${Math.min(...grades)} to ${Math.max(...grades)}`,
          "higher",
          `judge-grade|${by(grade)}|${OVER_LETTERS}|v1`,
        ),
        drawn: true,
      },
      read(({ grades }, name) => meanReading(name, meansOf(grades, Number))),
    ),
    await measured(
      material,
      {
        ...head(
          "judge-prefers-real",
          "real letter found more consistent (0.5: as often as the other)",
          "real",
          `judge-prefers-real|${by(preference)}|neither:0.5|${OVER_LETTERS}|v1`,
        ),
        drawn: true,
      },
      read(({ preferences }, name) =>
        meanReading(name, meansOf(preferences, (value) => FOR_REAL[value] ?? NaN))
      ),
    ),
    await measured(
      material,
      head(
        "judge-grade-agreement",
        "agreement of repeated grades, Krippendorff's α",
        "higher",
        `krippendorff-alpha|ordinal|${by(grade)}|${JACKKNIFE}|v1`,
      ),
      read(({ grades }, name) => agreement(name, grades, Number, "ordinal")),
    ),
    await measured(
      material,
      head(
        "judge-preference-agreement",
        "agreement of repeated preferences, Krippendorff's α",
        "higher",
        `krippendorff-alpha|nominal|${by(preference)}|${JACKKNIFE}|v1`,
      ),
      read(({ preferences }, name) =>
        agreement(name, preferences, (value) => FOR_REAL[value] ?? NaN, "nominal")
      ),
    ),
    await measured(
      material,
      head(
        "judge-unanswered",
        "questions without an answer",
        "lower",
        `judge-unanswered|${by(grade)}|${OVER_LETTERS}|v1`,
      ),
      read(({ grades, preferences }, name) =>
        meanReading(
          name,
          grades.map(({ values }, i) => {
            const both = [...values, ...preferences[i]?.values ?? []];
            return both.filter((value) => value === null).length / both.length;
          }),
        )
      ),
    ),
  ];
}

/** The mean of each letter's answers; NaN where it has none. */
function meansOf(verdicts: readonly Verdicts[], numberOf: (value: string) => number): number[] {
  return verdicts.map(({ values }) => {
    const numbers = values.filter((value) => value !== null).map(numberOf);
    return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  });
}

function agreement(
  corpus: string,
  verdicts: readonly Verdicts[],
  numberOf: (value: string) => number,
  level: "nominal" | "ordinal",
): Reading {
  const units = verdicts.map(({ values }) => values.map((value) => value === null ? null : numberOf(value)));
  const alphaOf = (kept: readonly number[]) => krippendorffAlpha(kept.map((i) => units[i] ?? []), level);
  if (Number.isNaN(alphaOf([...units.keys()]))) {
    return noReading(corpus, "all answers are equal, or none was repeated: there is nothing to agree on");
  }
  const { alpha } = jackknifed(
    corpus,
    [units.length, units.length],
    ([, kept]) => ({ alpha: alphaOf(kept) }),
    [-1, 1],
  );
  return alpha ?? noReading(corpus, "there is no value");
}
