/** What a synthetic letter says otherwise than the real one it was made from. @module */

import type { Fragment, Letter } from "../../corpus/letter.ts";
import type { Hunk } from "./align.ts";

/** Something that a letter says: a dose, a side, a negation. */
export interface Item extends Fragment {
  /** Items of one key say the same: `"5mg"` for `5 mg`. */
  readonly key: string;
}

/** Something that was lost, added, or put in place of something else. */
export interface Change {
  readonly how: "lost" | "added" | "changed";
  /** The item in each letter; where it was lost or added, what stands there in the other letter, if anything does. */
  readonly real?: Fragment;
  readonly synthetic?: Fragment;
}

/** What the synthetic letter changed, of how many items that the real one has. */
export interface Changes {
  readonly items: number;
  readonly changes: readonly Change[];
}

/** A kind of change, one a file. */
export interface ChangeKind {
  readonly name: string;
  /** For tables: `"doses"`. */
  readonly title: string;
  /** What counts as one, and the version of the rule. */
  readonly signature: string;
  /** Where the letters can't be compared in this way, why. */
  readonly lacking?: (real: Letter, synthetic: Letter) => string | undefined;
  compare(real: Letter, synthetic: Letter, hunks: readonly Hunk[]): Changes;
}

/**
 * Compares the items of two letters where their words differ: within a stretch, items that both have are kept, of the others each
 * of the real letter is changed into one of the synthetic letter as long as there is one, and what is left over is lost or added.
 * An item of which only a part was changed counts with the whole of it.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { changedItems } from "./changes.ts";
 * import { equal } from "node:assert/strict";
 * const numbers = (text: string) =>
 *   Array.from(text.matchAll(/\d+/g), ({ 0: key, index }) => ({ start: index, end: index + key.length, key }));
 * const [real, synthetic] = ["Take 5 now, 7 then", "Take 6 now, 7 then"];
 * const { items, changes } = changedItems(numbers(real), numbers(synthetic), hunks(real, synthetic));
 * equal(items, 2);
 * equal(changes[0]?.how, "changed");
 * ```
 */
export function changedItems(
  real: readonly Item[],
  synthetic: readonly Item[],
  hunks: readonly Hunk[],
): Changes {
  const changes: Change[] = [];
  const seen = { real: new Set<Item>(), synthetic: new Set<Item>() };
  for (const hunk of hunks) {
    const lost = real.filter((item) => !seen.real.has(item) && touches(item, hunk.real));
    const added = synthetic.filter((item) => !seen.synthetic.has(item) && touches(item, hunk.synthetic));
    // An item reaches into the next stretch where only its middle is the same.
    lost.forEach((item) => seen.real.add(item));
    added.forEach((item) => seen.synthetic.add(item));
    for (const item of [...lost]) {
      const at = added.findIndex(({ key }) => key === item.key);
      if (at < 0) continue;
      added.splice(at, 1);
      lost.splice(lost.indexOf(item), 1);
    }
    for (let i = 0; i < Math.max(lost.length, added.length); i++) {
      const [before, after] = [lost[i], added[i]];
      changes.push({
        how: before && after ? "changed" : before ? "lost" : "added",
        ...stretchOf("real", before ?? hunk.real),
        ...stretchOf("synthetic", after ?? hunk.synthetic),
      });
    }
  }
  return { items: real.length, changes };
}

function stretchOf(side: "real" | "synthetic", { start, end }: Fragment): Partial<Change> {
  return start < end ? { [side]: { start, end } } : {};
}

function touches(item: Fragment, stretch: Fragment): boolean {
  return item.start < stretch.end && stretch.start < item.end;
}

/**
 * The matches of a pattern as items. The key is the match in lower case without blanks, or what `keyOf` makes of it; no item
 * where that is `null`.
 *
 * @example
 * ```ts
 * import { matched } from "./changes.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(matched("On 5 MG", /\d+ \w+/g), [{ start: 3, end: 7, key: "5mg" }]);
 * ```
 */
export function matched(
  text: string,
  pattern: RegExp,
  keyOf: (match: RegExpMatchArray) => string | null = ([found]) => found.toLowerCase().replaceAll(/\s/g, ""),
): Item[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const key = keyOf(match);
    return key === null ? [] : [{ start: match.index, end: match.index + match[0].length, key }];
  });
}
