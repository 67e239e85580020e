/** What an encoder-decoder wrote, sentinel by sentinel. @module */

import type { Found } from "../../generate/beam.ts";

/** What was written behind one sentinel. */
export interface Written {
  readonly pieces: readonly number[];
  /** Of the pieces, each given all before it. */
  readonly probability: number;
}

/** What a text comes to. */
export interface AnswerParts {
  /** For each sentinel that was asked for; undefined where the model passed it over or wrote nothing behind it. */
  readonly parts: readonly (Written | undefined)[];
  /** Sentinels that were not asked for, or came before: what is behind them is passed over. */
  readonly surplus: number;
}

/**
 * Takes a text apart at its sentinels. Of a sentinel that comes twice, the first counts; what stands before the first sentinel belongs to
 * none. Sentinels need not be in order.
 *
 * @param count how many were asked for
 *
 * @example
 * ```ts
 * import { readAnswer } from "./read_answer.ts";
 * import { deepEqual } from "node:assert/strict";
 * const found = { pieces: [99, 5, 97, 6, 7, 99, 8], score: -1, logProbabilities: [0, -1, 0, -1, -1, 0, 0] };
 * const { parts, surplus } = readAnswer(found, [99, 98, 97], 2);
 * deepEqual([parts.map((part) => part?.pieces), surplus], [[[5], undefined], 2]);
 * ```
 */
export function readAnswer(
  { pieces, logProbabilities }: Found,
  sentinels: readonly number[],
  count: number,
): AnswerParts {
  const numbers = new Map(sentinels.map((id, number) => [id, number]));
  const parts = Array<{ pieces: number[]; logProbability: number } | undefined>(count).fill(undefined);
  let open: { pieces: number[]; logProbability: number } | undefined;
  let surplus = 0;
  for (const [at, piece] of pieces.entries()) {
    const number = numbers.get(piece);
    if (number === undefined) {
      open?.pieces.push(piece);
      if (open) open.logProbability += logProbabilities[at] ?? 0;
      continue;
    }
    open = undefined;
    if (number >= count || parts[number] !== undefined) surplus++;
    else parts[number] = open = { pieces: [], logProbability: 0 };
  }
  return {
    surplus,
    parts: parts.map((part) =>
      part && part.pieces.length > 0
        ? { pieces: part.pieces, probability: Math.exp(part.logProbability) }
        : undefined
    ),
  };
}
