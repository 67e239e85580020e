/** Stretches of a text put aside, each behind a sentinel (Raffel et al. 2020, section 3.1.4). @module */

/** A stretch of pieces, half-open: [start, end). */
export interface PieceSpan {
  readonly start: number;
  readonly end: number;
}

/** What an encoder-decoder reads and is to write. */
export interface Infilling {
  /** The text with one sentinel in place of each span. */
  readonly input: number[];
  /** Every sentinel, followed by the pieces of its span. */
  readonly target: number[];
}

/**
 * A text with spans put aside. No end is added to input or target.
 *
 * @param spans in their order, none empty and none within another; two may touch
 * @param sentinels the ids of the sentinels, the first span's first
 * @throws Error where spans are out of order or outside the text, or there are more of them than sentinels
 *
 * @example
 * ```ts
 * import { toSentinels } from "./sentinels.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 1, end: 3 }, { start: 4, end: 5 }];
 * deepEqual(toSentinels([10, 11, 12, 13, 14], spans, [99, 98, 97]), { input: [10, 99, 13, 98], target: [99, 11, 12, 98, 14] });
 * ```
 */
export function toSentinels(
  pieces: readonly number[],
  spans: readonly PieceSpan[],
  sentinels: readonly number[],
): Infilling {
  const [input, target]: [number[], number[]] = [[], []];
  let done = 0;
  for (const [i, { start, end }] of spans.entries()) {
    const sentinel = sentinels[i];
    if (sentinel === undefined) {
      throw new Error(
        `${spans.length} spans, but ${sentinels.length} sentinels. Cut the text into shorter ones.`,
      );
    }
    if (start < done || end <= start || end > pieces.length) {
      throw new Error(
        `span ${i} [${start}, ${end}): must be a stretch of [${done}, ${pieces.length}). Put spans in order.`,
      );
    }
    input.push(...pieces.slice(done, start), sentinel);
    target.push(sentinel, ...pieces.slice(start, end));
    done = end;
  }
  input.push(...pieces.slice(done));
  return { input, target };
}

/**
 * What a model wrote for each of the spans that were put aside: the pieces behind the span's sentinel, up to the next
 * sentinel. A sentinel that comes again, or was not asked for, is passed over with what is behind it.
 *
 * @param written without start and end
 * @param count how many spans there are
 * @returns a list of pieces a span; undefined where the model wrote nothing for it
 *
 * @example
 * ```ts
 * import { fromSentinels } from "./sentinels.ts";
 * import { deepEqual } from "node:assert/strict";
 * const sentinels = [99, 98, 97, 96];
 * deepEqual(fromSentinels([99, 11, 12, 97, 14, 96, 15], sentinels, 3), [[11, 12], undefined, [14]]);
 * ```
 */
export function fromSentinels(
  written: readonly number[],
  sentinels: readonly number[],
  count: number,
): (readonly number[] | undefined)[] {
  const numbers = new Map(sentinels.map((id, i) => [id, i]));
  const found = Array<number[] | undefined>(count).fill(undefined);
  let current: number[] | undefined;
  for (const piece of written) {
    const number = numbers.get(piece);
    if (number === undefined) current?.push(piece);
    else {
      current = [];
      if (number < count) found[number] ??= current;
    }
  }
  return found.map((pieces) => pieces && pieces.length > 0 ? pieces : undefined);
}
