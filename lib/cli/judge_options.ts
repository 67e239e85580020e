/** The options of a command that asks a language model behind an endpoint. @module */

import { type Command, InvalidArgumentError } from "commander";
import { completionsUrl } from "../judge/endpoint.ts";
import type { CardJudge } from "../report_card/judged.ts";
import { wholeNumber } from "./number_options.ts";
import { usage, UsageError } from "./usage_error.ts";

/** What the options say. */
export interface JudgeFlags {
  readonly judge?: string;
  readonly judgeModel?: string;
  readonly judgeKeyFrom?: string;
  readonly judgeLetters?: number;
  readonly judgeRepeats?: number;
  readonly judgeTokens?: number;
  readonly judgeTimeout?: number;
  readonly judgePrices?: CardJudge["prices"];
  readonly judgeGrade?: string;
  readonly judgePreference?: string;
  readonly judgeAnswers?: string;
}

/** Adds the options to a command. */
export function judging(command: Command): Command {
  return command
    .option(
      "--judge <address>",
      "an OpenAI-compatible endpoint that is asked how consistent letters are; letters are sent there, and to nowhere else",
    )
    .option("--judge-model <name>", "the model there")
    .option(
      "--judge-key-from <variable>",
      "the environment variable with the endpoint's key; left out, none is sent",
    )
    .option(
      "--judge-letters <number>",
      "letters of each corpus that are judged (default 20)",
      wholeNumber({ least: 1 }),
    )
    .option(
      "--judge-repeats <number>",
      "how often each question is asked (default 3)",
      wholeNumber({ least: 1 }),
    )
    .option(
      "--judge-tokens <number>",
      "the most of an answer (default 16; more for models that think)",
      wholeNumber({ least: 1 }),
    )
    .option("--judge-timeout <seconds>", "for an answer (default 60)", wholeNumber({ least: 1 }))
    .option("--judge-prices <prompt,completion>", "of a million tokens each, to tell the cost", prices)
    .option(
      "--judge-grade <file>",
      "the question that is asked of a letter, in the place of the project's own",
    )
    .option("--judge-preference <file>", "the one that is asked of two letters")
    .option("--judge-answers <folder>", "where answers are kept; left out, .cache/judge of the project");
}

function prices(text: string): { prompt: number; completion: number } {
  const [prompt = "", completion = "", ...rest] = text.split(",").map((price) => price.trim());
  const isPrice = (price: string) => /^\d+(\.\d+)?$/.test(price);
  if (isPrice(prompt) && isPrice(completion) && rest.length === 0) {
    return { prompt: Number(prompt), completion: Number(completion) };
  }
  throw new InvalidArgumentError("Give two numbers with a comma between, such as 0.15,0.60.");
}

/**
 * The judge that the options name; `undefined` where they name none.
 *
 * @throws {UsageError} for an option without `--judge`, no model, or an address that is no endpoint
 *
 * @example
 * ```ts
 * import { judgeOf } from "./judge_options.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * const flags = { judge: "http://127.0.0.1:8000/v1", judgeModel: "m", judgeTimeout: 5 };
 * deepEqual(judgeOf(flags), { url: "http://127.0.0.1:8000/v1", model: "m", timeout: 5000 });
 * throws(() => judgeOf({ judgeModel: "m" }), /--judge-model without --judge/);
 * ```
 */
export function judgeOf(flags: JudgeFlags): CardJudge | undefined {
  const {
    judge: url,
    judgeModel: model,
    judgeKeyFrom,
    judgeLetters,
    judgeRepeats,
    judgeTokens,
    judgeTimeout,
    judgePrices,
    judgeGrade,
    judgePreference,
    judgeAnswers,
  } = flags;
  if (url === undefined) {
    const [odd] = Object.entries(flags).find(([name, value]) =>
      /^judge[A-Z]/.test(name) && value !== undefined
    ) ?? [];
    if (odd === undefined) return undefined;
    const option = `--${odd.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(
      `${option} without --judge: no endpoint is asked. Name one, or leave the option out.`,
    );
  }
  if (model === undefined) {
    throw new UsageError("--judge goes with --judge-model: name the model to ask there.");
  }
  const keyFrom = judgeKeyFrom === undefined ? {} : { keyFrom: judgeKeyFrom };
  usage(() => completionsUrl({ url, model, ...keyFrom }));
  return {
    ...{ url, model, ...keyFrom },
    ...judgeLetters !== undefined && { letters: judgeLetters },
    ...judgeRepeats !== undefined && { repeats: judgeRepeats },
    ...judgeTokens !== undefined && { mostTokens: judgeTokens },
    ...judgeTimeout !== undefined && { timeout: 1000 * judgeTimeout },
    ...judgePrices && { prices: judgePrices },
    ...judgeAnswers !== undefined && { answers: judgeAnswers },
    ...(judgeGrade !== undefined || judgePreference !== undefined) && {
      questions: {
        ...judgeGrade !== undefined && { grade: judgeGrade },
        ...judgePreference !== undefined && { preference: judgePreference },
      },
    },
  };
}
