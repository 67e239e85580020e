/** What each letter is by itself: its length, how it reads, how expected its words are. @module */

import type { Letter } from "../corpus/letter.ts";
import { type JudgeOptions, scoreWithJudge } from "../metrics/judge.ts";
import { metricNamed } from "../metrics/registry.ts";
import { sentences } from "../text/sentences.ts";
import { words } from "../text/words.ts";
import type { Measure } from "./card.ts";
import { type CausalModel, NO_MODEL } from "./causal_model.ts";
import { JACKKNIFE, meanReading, noReading, OVER_LETTERS } from "./estimates.ts";
import type { Material } from "./material.ts";
import { measured } from "./measures.ts";
import type { ReportCardOptions } from "./options.ts";
import { sameDistribution } from "./same_distribution.ts";

/** A value of every letter of every corpus, the reference's under its own name. */
interface Column {
  readonly name: string;
  readonly title: string;
  readonly signature: string;
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
  /** By corpus, why it has none. */
  readonly lacking?: ReadonlyMap<string, string>;
  readonly drawn?: true;
}

const REFERENCE = "real reference";
const READABILITY = { en: "flesch-reading-ease", es: "fernandez-huerta" } as const;

/**
 * Means of what letters are by themselves, and whether it is distributed as in the real reference.
 *
 * @throws {Error} when a language model can't be opened
 *
 * @example
 * ```ts
 * import { lettersAlone } from "./letters_alone.ts";
 * import { materialOf } from "./material.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: "It is well.", spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const [length] = await lettersAlone(material, {});
 * equal(length?.synthetic[0]?.value, 4);
 * ```
 */
export async function lettersAlone(
  material: Material,
  options: ReportCardOptions,
  causal: CausalModel = NO_MODEL,
): Promise<Measure[]> {
  const counted = (
    name: string,
    title: string,
    signature: string,
    of: (letter: Letter) => number,
  ): Column => ({
    name,
    title,
    signature,
    values: new Map(sides(material).map(([side, letters]) => [side, letters.map(of)])),
  });
  const columns: Column[] = [
    { ...counted("words", "words a letter", "words|v1", ({ text }) => words(text).length), drawn: true },
    counted("sentences", "sentences a letter", "sentences|v1", ({ text }) => sentences(text).length),
    ...material.reference.some(({ spans }) => spans.length > 0)
      ? [{
        ...counted("spans", "spans a letter", "spans|v1", ({ spans }) => spans.length),
        lacking: new Map(
          material.synthetic.filter(({ letters }) => letters.every(({ spans }) => spans.length === 0))
            .map(({ name }) => [name, "its letters have no spans"]),
        ),
      }]
      : [],
    ...await scored(material, options, causal),
  ];
  const measures: Measure[] = [];
  for (const { name, title, signature, values, lacking, drawn } of columns) {
    const missing = (corpus: string) => {
      const reason = lacking?.get(corpus);
      return reason === undefined ? undefined : noReading(corpus, reason);
    };
    const of = (corpus: string) => values.get(corpus) ?? [];
    measures.push(
      await measured(
        material,
        { name, title, better: "real", signature: `${signature}|${OVER_LETTERS}`, ...drawn && { drawn } },
        ({ name }) => missing(name) ?? meanReading(name, of(name)),
      ),
      await measured(material, {
        name: `${name}-ks`,
        title: `${title}, Kolmogorov–Smirnov statistic`,
        better: "lower",
        signature: `ks|of:${signature}|${JACKKNIFE}`,
      }, ({ name }) => missing(name) ?? sameDistribution(name, of(REFERENCE), of(name))),
    );
  }
  return measures;
}

function sides({ reference, holdout, synthetic }: Material): [string, readonly Letter[]][] {
  return [
    [REFERENCE, reference],
    ...[holdout, ...synthetic].map(({ name, sample }): [string, readonly Letter[]] => [name, sample]),
  ];
}

async function scored(
  material: Material,
  options: ReportCardOptions,
  causal: CausalModel,
): Promise<Column[]> {
  const { maskedLM, models, threads } = options;
  const names = [
    READABILITY[material.language],
    "word-entropy",
    ..."model" in causal ? ["perplexity"] : [],
    ...maskedLM === undefined ? [] : ["pseudo-perplexity"],
  ];
  const asked: JudgeOptions = {
    ..."model" in causal && { causalLM: causal.model },
    ...maskedLM !== undefined && { maskedLM },
    ...models !== undefined && { models },
    ...threads !== undefined && { threads },
  };
  const all = sides(material);
  // In one call, so that a model is opened once.
  const pairs = all.flatMap(([side, letters]) =>
    letters.map(({ id, text }) => ({ id: JSON.stringify([side, id]), reference: "", candidate: text }))
  );
  const foreign = new Map(
    material.synthetic.filter(({ language }) => language !== material.language)
      .map(({ name, language }) => [name, `its letters are ${language}, the real ones ${material.language}`]),
  );
  return (await scoreWithJudge(pairs, names, asked)).map(({ metric, signature, values }): Column => {
    let from = 0;
    const { title } = metricNamed(metric);
    return {
      name: metric,
      title,
      signature,
      values: new Map(all.map(([side, { length }]) => [side, values.subarray(from, from += length)])),
      ...metric === READABILITY[material.language] && { lacking: foreign },
      ...metric.endsWith("perplexity") && { drawn: true },
    };
  });
}
