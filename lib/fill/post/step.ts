/** What is done to fills after a model has written them. @module */

import type { MaskedLetter } from "../../mask/mask.ts";
import type { Fill } from "../filler.ts";

/** A letter and its fills. */
export interface FillsOf {
  readonly masked: MaskedLetter;
  /** One a masked word, in their order. */
  readonly fills: readonly Fill[];
}

/** A step of post-processing. A new one is a file here and a line in `post_process.ts`. */
export interface PostStep {
  readonly name: string;
  /** New texts by masked word, for those that change. */
  apply(letters: readonly FillsOf[]): Promise<ReadonlyMap<number, string>[]> | ReadonlyMap<number, string>[];
}

/**
 * A step that looks at each fill by itself.
 *
 * @param change the text that a fill is to have; what it has where nothing changes
 *
 * @example
 * ```ts
 * import { eachFill } from "./step.ts";
 * import { deepEqual } from "node:assert/strict";
 * const shout = eachFill("shout", ({ text }) => text.toUpperCase());
 * const masked = { letter: { id: "a", text: "so", spans: [], meta: {} }, words: [], protectedBy: [], heldBy: [], masked: [0] };
 * const fills = [{ word: 0, text: "no", raw: "no", valid: true }];
 * deepEqual(await shout.apply([{ masked, fills }]), [new Map([[0, "NO"]])]);
 * ```
 */
export function eachFill(name: string, change: (fill: Fill, original: string) => string): PostStep {
  return {
    name,
    apply: (letters) =>
      letters.map(({ masked, fills }) =>
        new Map(fills.flatMap((fill): [number, string][] => {
          if (isLeft(fill)) return [];
          const text = change(fill, masked.words[fill.word]?.text ?? "");
          return text === fill.text ? [] : [[fill.word, text]];
        }))
      ),
  };
}

/**
 * Whether nothing was written in a blank.
 *
 * @example
 * ```ts
 * import { isLeft } from "./step.ts";
 * import { equal } from "node:assert/strict";
 * equal(isLeft({ word: 0, text: " ", raw: "", valid: false }), true);
 * ```
 */
export function isLeft({ left, text }: Fill): boolean {
  return left === true || text.trim() === "";
}
