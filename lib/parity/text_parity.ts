/** Generated text beside PyTorch's. @module */

/** How much of what PyTorch writes is written here too. */
export interface TextParity {
  /** Tokens that PyTorch wrote, all texts together. */
  readonly tokens: number;
  /** How many of them were written here, up to the first difference of each text. */
  readonly same: number;
  /** Whether all texts are equal, their ends included. */
  readonly equal: boolean;
}

/**
 * Compares texts, given as ids.
 *
 * @example
 * ```ts
 * import { textsBeside } from "./text_parity.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(textsBeside([[5, 6], [7, 9, 8]], [[5, 6], [7, 8, 8]]), { tokens: 5, same: 3, equal: false });
 * ```
 */
export function textsBeside(
  ours: readonly (readonly number[])[],
  theirs: readonly (readonly number[])[],
): TextParity {
  let [tokens, same] = [0, 0];
  let equal = ours.length === theirs.length;
  for (const [i, text] of theirs.entries()) {
    const written = ours[i] ?? [];
    const differs = text.findIndex((id, at) => id !== written[at]);
    tokens += text.length;
    same += differs < 0 ? text.length : differs;
    equal &&= differs < 0 && written.length === text.length;
  }
  return { tokens, same, equal };
}
