/** A masked letter in windows, a sentinel for each blank. @module */

import type { MaskedLetter } from "../../mask/mask.ts";
import { chunks } from "../../text/chunks.ts";
import type { InfillingModel } from "./infilling_model.ts";

/** What the encoder reads, and what its sentinels stand for. */
export interface SentinelWindow {
  readonly ids: readonly number[];
  /** For each sentinel, in order, the index of its word in the masked letter. */
  readonly words: readonly number[];
}

/** How windows are cut. */
export interface WindowOptions {
  readonly prompt: string;
  /** The most pieces, prompt and end included. */
  readonly window?: number | undefined;
  readonly minLines?: number | undefined;
}

/** Words that touch, or a blank. */
interface Unit {
  readonly start: number;
  readonly blank?: number;
  readonly pieces: readonly number[];
}

type WindowModel = Pick<InfillingModel, "maxLength" | "sentinels" | "end" | "pieces">;

/** Words that touch are cut into pieces together up to so many; more are dots and dashes that mean no word. */
const MOST_TOGETHER = 16;

/**
 * Cuts a masked letter into windows of whole sentences: as many as the model takes, by its own pieces, and as it has sentinels for. In each,
 * every blank is a sentinel, counted from the first anew. Windows without blanks are left out.
 *
 * What stands between blanks is cut into pieces without a look at the words behind the blanks, as the model was trained: no piece begins
 * behind a sentinel that would not begin there in a text.
 *
 * @param written words that were filled before: they are text
 * @throws Error when the prompt leaves no room, or words that touch are longer than the model's input
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { sentinelWindows } from "./sentinel_windows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No fever.", spans: [{ start: 3, end: 8, label: "PROBLEM" }], meta: {} };
 * const model = { maxLength: 8, sentinels: [99, 98], end: [1], pieces: (text: string) => [text.length] };
 * const windows = mask([letter], { strategy: "random", ratio: 1, seed: 42 })
 *   .flatMap((masked) => sentinelWindows(masked, model, { prompt: "fill: " }));
 * deepEqual(windows, [{ ids: [5, 99, 6, 1], words: [0] }]);
 * ```
 */
export function sentinelWindows(
  masked: MaskedLetter,
  model: WindowModel,
  { prompt, window = Infinity, minLines }: WindowOptions,
  written: ReadonlyMap<number, string> = new Map(),
): SentinelWindow[] {
  const { letter } = masked;
  const before = prompt.trim() === "" ? [] : model.pieces(prompt.trim(), true);
  const budget = Math.min(window, model.maxLength) - before.length - model.end.length;
  if (budget < 1) {
    throw new Error(
      `a window of ${
        Math.min(window, model.maxLength)
      } pieces holds nothing beside the prompt's ${before.length}. ` +
        "Shorten the prompt, or take a longer window.",
    );
  }
  // A letter without an end to its length is never read as one: what is counted are pieces before each offset.
  const units = unitsOf(masked, model, written);
  for (const { start, pieces } of units) {
    if (pieces.length <= budget) continue;
    throw new Error(
      `letter ${letter.id}: the words at ${start} have ${pieces.length} pieces, the model takes ${budget}. Mask or cut them.`,
    );
  }
  const { text } = letter;
  const [pieces, blanks] = [new Uint32Array(text.length + 1), new Uint32Array(text.length + 1)];
  for (const unit of units) {
    pieces[unit.start + 1] = unit.pieces.length;
    blanks[unit.start + 1] = unit.blank === undefined ? 0 : 1;
  }
  for (let i = 1; i <= text.length; i++) {
    pieces[i] = (pieces[i] ?? 0) + (pieces[i - 1] ?? 0);
    blanks[i] = (blanks[i] ?? 0) + (blanks[i - 1] ?? 0);
  }
  const within = (sums: Uint32Array, start: number, end: number) => (sums[end] ?? 0) - (sums[start] ?? 0);
  const count = (stretch: string, start: number) => {
    const end = start + stretch.length;
    return within(blanks, start, end) > model.sentinels.length ? Infinity : within(pieces, start, end);
  };
  let from = 0; // chunks and units are both in order
  return chunks(text, { budget, count, ...(minLines !== undefined && { minLines }) }).flatMap(({ end }) => {
    let to = from;
    while ((units[to]?.start ?? Infinity) < end) to++;
    const inside = units.slice(from, to);
    from = to;
    const words = inside.flatMap(({ blank }) => blank === undefined ? [] : [blank]);
    if (words.length === 0) return [];
    let sentinel = 0;
    const ids = inside.flatMap(({ blank, pieces }) =>
      blank === undefined ? pieces : [model.sentinels[sentinel++] ?? 0]
    );
    return [{ ids: [...before, ...ids, ...model.end], words }];
  });
}

function unitsOf(
  { letter: { text }, words, masked }: MaskedLetter,
  model: WindowModel,
  written: ReadonlyMap<number, string>,
): Unit[] {
  const open = new Set(masked);
  const units: Unit[] = [];
  for (let i = 0, end = 0; i < words.length; i++) {
    const first = words[i];
    if (!first) continue;
    const afterBlank = first.start === 0 || first.start > end;
    const filled = written.get(i);
    let last = first;
    if (open.has(i)) {
      units.push(
        filled === undefined
          ? { start: first.start, blank: i, pieces: [0] }
          : { start: first.start, pieces: model.pieces(filled, afterBlank) },
      );
    } else {
      for (let n = 1; n < MOST_TOGETHER; n++) {
        const next = words[i + 1];
        if (!next || open.has(i + 1) || next.start !== last.end) break;
        [last, i] = [next, i + 1];
      }
      units.push({ start: first.start, pieces: model.pieces(text.slice(first.start, last.end), afterBlank) });
    }
    end = last.end;
  }
  return units;
}
