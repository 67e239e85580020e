/** What all models share. @module */

/** Pieces of a text: their ids and the ranges that they stand for, half-open, in UTF-16 units. */
export interface Pieces {
  readonly ids: number[];
  readonly starts: number[];
  readonly ends: number[];
}

/** What cuts a word into pieces. */
export interface Model {
  /** The id of each piece. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Whether no piece goes on over a `▁` or a space that follows something else, so that texts can be cut there. */
  readonly endsAtSpace: boolean;
  /** Adds the pieces of a word, with ranges in the word. */
  readonly tokenize: (word: string, pieces: Pieces) => void;
}

/**
 * Whether no piece has a space, as `▁` or `Ġ` or itself, after something else.
 *
 * @example
 * ```ts
 * import { endsAtSpace } from "./model.ts";
 * import { equal } from "node:assert/strict";
 * equal(endsAtSpace(["▁a", "▁▁", "b"]), true);
 * equal(endsAtSpace(["a▁b"]), false);
 * ```
 */
export function endsAtSpace(pieces: Iterable<string>): boolean {
  for (const piece of pieces) {
    if (/[^▁][▁]|[^ ] /.test(piece)) return false;
  }
  return true;
}
