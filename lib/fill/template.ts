/** What a word of several pieces is to be written into. @module */

import type { PieceMask } from "../mask/pieces.ts";
import type { Word } from "../text/words.ts";
import type { MaskedLanguageModel } from "./masked_language_model.ts";

/** A place for a piece: a blank, or a piece that stays, with its text in the letter. */
export type Slot = { readonly piece?: never } | { readonly piece: number; readonly text: string };

/** A word's places for pieces; at least one is a blank. */
export type Template = readonly Slot[];

/**
 * So many blanks.
 *
 * @example
 * ```ts
 * import { blankTemplate } from "./template.ts";
 * import { equal } from "node:assert/strict";
 * equal(blankTemplate(3).length, 3);
 * ```
 */
export function blankTemplate(length: number): Template {
  return Array.from({ length }, () => ({}));
}

/**
 * The places of a word of which masks are pieces: those that no mask touches stay. Where the model's own pieces are not those that the
 * letter has, a blank for each mask. `undefined` for a word that is one mask.
 *
 * @param masks those of the word
 *
 * @example
 * ```ts
 * import { templateOf } from "./template.ts";
 * import { deepEqual } from "node:assert/strict";
 * const ids = ["walk", "##ing"];
 * const model = {
 *   pieces: () => [0, 1],
 *   surface: (id: number) => ({ text: (ids[id] ?? "").replace("##", ""), begins: id === 0 }),
 * };
 * const word = { start: 10, end: 17, text: "Walking" };
 * deepEqual(templateOf(word, [{ word: 3, start: 14, end: 17 }], model), [{ piece: 0, text: "Walk" }, {}]);
 * deepEqual(templateOf(word, [{ word: 3, start: 10, end: 17 }], model), undefined);
 * ```
 */
export function templateOf(
  { start, end, text }: Word,
  masks: readonly PieceMask[],
  model: Pick<MaskedLanguageModel, "pieces" | "surface">,
): Template | undefined {
  const [first] = masks;
  if (masks.length === 1 && first?.start === start && first.end === end) return undefined;
  const ids = model.pieces(text, " ");
  let at = 0;
  const slots = ids.map((piece): Slot => {
    const from = at;
    at += model.surface(piece).text.length;
    const masked = masks.some((mask) => mask.start < start + at && mask.end > start + from);
    return masked ? {} : { piece, text: text.slice(from, at) };
  });
  const fits = at === text.length && slots.some(({ piece }) => piece === undefined);
  return fits ? slots : blankTemplate(masks.length);
}
