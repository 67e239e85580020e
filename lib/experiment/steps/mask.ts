/** The step that masks letters. @module */

import type { Letter } from "../../corpus/letter.ts";
import { mask, type MaskedLetter, type MaskOptions } from "../../mask/mask.ts";
import { sha256 } from "../../sha256.ts";

/** As `mask()`. */
export type MaskStep = (letters: readonly Letter[], options: MaskOptions) => readonly MaskedLetter[];

/** Masked letters are large; cells that share them come one after another. */
const KEPT = 4;

/**
 * Masking that remembers what it masked last: the same letters masked alike twice are masked once. Nothing of it is stored, because
 * masking again is faster than reading.
 *
 * @example
 * ```ts
 * import { maskStep } from "./mask.ts";
 * import { equal } from "node:assert/strict";
 * const mask = maskStep();
 * const letters = [{ id: "a", text: "She was well.", spans: [], meta: {} }];
 * const masked = () => mask(letters, { strategy: "random", ratio: 0.5, seed: 42 });
 * equal(masked(), masked());
 * ```
 */
export function maskStep(): MaskStep {
  const kept = new Map<string, readonly MaskedLetter[]>();
  return (letters, how) => {
    if (hasFunction(how)) return mask(letters, how); // of which nobody can tell whether it is the same
    const key = sha256(JSON.stringify([letters, how]));
    const masked = kept.get(key) ?? mask(letters, how);
    kept.delete(key);
    kept.set(key, masked); // the last used is the last
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return masked;
  };
}

function hasFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null &&
    (value instanceof Map || Object.values(value).some(hasFunction));
}
