/** What a language model says of how consistent letters are. @module */

import { judge, type Judged, type Judgement, type JudgeSettings } from "../judge/judge.ts";
import { type Question, readQuestion } from "../judge/question.ts";
import { project } from "../project.ts";
import { random } from "../random.ts";
import type { Section } from "./card.ts";
import { judgedMeasures } from "./judged_measures.ts";
import type { Candidate, Material } from "./material.ts";
import { sectionOf } from "./measures.ts";
import type { ReportCardOptions } from "./options.ts";

/** A language model as the judge of a report card. */
export interface CardJudge extends JudgeSettings {
  /** Of each corpus, so many letters are judged, drawn by the seed; default 20. */
  readonly letters?: number;
  /** Files of the questions, in the place of the project's own. */
  readonly questions?: { readonly grade?: string; readonly preference?: string };
  /** What a million tokens cost, to tell what the judgement cost. */
  readonly prices?: { readonly prompt: number; readonly completion: number };
}

/** The project's own questions. */
export const QUESTIONS = {
  grade: `${project.lib}/judge/prompts/consistency.md`,
  preference: `${project.lib}/judge/prompts/preference.md`,
} as const;

const LETTERS = 20;
const HEAD = {
  name: "judged",
  title: "Clinical validity, as a language model judges",
} as const;

/**
 * Asks a language model how consistent letters of each corpus are, and which of a real and a synthetic letter is more so: of letters in
 * pairs, the real one it was made from, else a real one at random, as for the real holdout. Where no endpoint is named, or it does
 * not let us in, the section is left out and says so.
 *
 * @throws {Error} in one line, for settings that make no sense, or a question's file that can't be read
 *
 * @example
 * ```ts
 * import { judgedSection } from "./judged.ts";
 * import { materialOf } from "./material.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const { leftOut } = await judgedSection(materialOf(letters, [{ name: "same", letters }], { seed: 42 }), {});
 * deepEqual(leftOut, [{ what: "judgement by a language model", why: "no endpoint was named" }]);
 * ```
 */
export async function judgedSection(material: Material, { llmJudge }: ReportCardOptions): Promise<Section> {
  const none = (why: string) =>
    sectionOf({ ...HEAD, about: "" }, [], { leftOut: [{ what: "judgement by a language model", why }] });
  if (llmJudge === undefined) return none("no endpoint was named");
  const { letters = LETTERS, questions = {} } = llmJudge;
  const [grade, preference] = await Promise.all([
    questionOf(questions.grade ?? QUESTIONS.grade, 1),
    questionOf(questions.preference ?? QUESTIONS.preference, 2),
  ]);
  const items = new Map([material.holdout, ...material.synthetic].map((candidate) => [
    candidate.name,
    itemsOf(candidate, material, { letters, grade, preference }),
  ]));
  const all = [...items.values()].flatMap(({ grades, preferences }) => [...grades, ...preferences]);
  let judgement: Judgement;
  try {
    judgement = await judge(all, { seed: material.seed, ...llmJudge });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("judge: ")) throw error;
    return none(error.message.replace(/^judge: /, "").replace(/\.$/, ""));
  }
  const of = new Map(judgement.verdicts.map((verdict) => [verdict.id, verdict]));
  const verdicts = new Map(
    [...items].map(([name, { grades, preferences }]) => [name, {
      grades: grades.flatMap(({ id }) => of.get(id) ?? []),
      preferences: preferences.flatMap(({ id }) => of.get(id) ?? []),
    }]),
  );
  return {
    ...sectionOf(
      {
        ...HEAD,
        about:
          `${llmJudge.model} read ${letters} letters of each corpus at most, drawn by the seed, and was asked each question ` +
          `${
            llmJudge.repeats ?? 3
          } times, with the options, and of two letters their places, in another order. A letter's value is ` +
          "the mean of its answers. A synthetic letter stands beside the real one of its id, or one at random where there is none, as " +
          "for the real holdout. How far answers to one question agree says how far such a judge can be trusted.",
      },
      await judgedMeasures(material, verdicts, llmJudge, { grade, preference }),
    ),
    notes: notesOf(judgement, llmJudge),
    texts: [grade, preference].map(({ title, source }) => ({
      title: `The question: ${title}`,
      text: source,
    })),
  };
}

async function questionOf(path: string, letters: 1 | 2): Promise<Question> {
  const question = await readQuestion(path);
  if (question.letters === letters) return question;
  throw new Error(`${path}: a question of ${question.letters} letters. Here one of ${letters} is asked.`);
}

/** What is asked of one corpus; ids name corpus, question and letter. */
function itemsOf(
  { name, letters: all, pairs }: Candidate,
  { seed, reference }: Material,
  { letters, grade, preference }: {
    readonly letters: number;
    readonly grade: Question;
    readonly preference: Question;
  },
): { grades: Judged[]; preferences: Judged[] } {
  const rng = random(`${seed}/judged/${name}`);
  const origin = new Map(pairs.map(({ synthetic, real }) => [synthetic.id, real]));
  const chosen = rng.shuffle([...all]).slice(0, letters);
  const idOf = (question: string, id: string) => JSON.stringify([name, question, id]);
  return {
    grades: chosen.map(({ id, text }) => ({ id: idOf("grade", id), question: grade, texts: [text] })),
    preferences: chosen.map(({ id, text }) => {
      const real = origin.get(id) ?? reference[rng.below(reference.length)]!; // not empty
      return { id: idOf("preference", id), question: preference, texts: [real.text, text] };
    }),
  };
}

/** What it took, and what stayed without an answer. */
function notesOf({ questions, unanswered, tokens }: Judgement, { prices }: CardJudge): string[] {
  const without = unanswered.reduce((sum, { times }) => sum + times, 0);
  const number = (value: number) => value.toLocaleString("en-GB");
  const cost = prices &&
    (prices.prompt * tokens.prompt + prices.completion * tokens.completion) / 1e6;
  return [
    `${number(questions)} questions, ${number(questions - without)} answered.`,
    ...unanswered.map(({ reason, times }) => `Without an answer, ${times} times: ${reason}.`),
    `The answers took ${number(tokens.prompt)} tokens of questions and ${
      number(tokens.completion)
    } of answers` +
    (cost === undefined
      ? "."
      : `: ${cost.toPrecision(3)}, at ${prices?.prompt} and ${prices?.completion} a million.`) +
    (tokens.uncounted > 0 ? ` Of ${number(tokens.uncounted)} answers the endpoint counted none.` : ""),
  ];
}
