import { deepEqual } from "node:assert/strict";
import { random } from "../../random.ts";
import { Merges, type Symbols } from "./merges.ts";

/** Merging as it is defined: the best pair there is, the leftmost of equal ones, until there is none. */
function merged(word: Symbols, ranks: ReadonlyMap<string, readonly [rank: number, merged: number]>): Symbols {
  const { ids, starts, ends } = { ids: [...word.ids], starts: [...word.starts], ends: [...word.ends] };
  while (true) {
    const found = ids.map((id, i) => ranks.get(`${id} ${ids[i + 1]}`));
    const best = found.reduce(
      (best, one, i) => one && one[0] < (found[best]?.[0] ?? Infinity) ? i : best,
      -1,
    );
    const merge = found[best];
    if (!merge) return { ids, starts, ends };
    ids.splice(best, 2, merge[1]);
    starts.splice(best + 1, 1);
    ends.splice(best, 1);
  }
}

Deno.test("Merges.apply() merges the best pair first, in words of any length", () => {
  const { below } = random("merges");
  for (let n = 0; n < 60; n++) {
    let symbols = 4;
    const merges: (readonly [number, number, number])[] = [];
    const ranks = new Map<string, readonly [number, number]>();
    for (let rank = 0; rank < 25; rank++) {
      const [left, right] = [below(symbols), below(symbols)];
      if (ranks.has(`${left} ${right}`)) continue;
      ranks.set(`${left} ${right}`, [merges.length, symbols]);
      merges.push([left, right, symbols++]);
    }
    const length = n % 2 === 0 ? 1 + below(40) : 90 + below(300);
    const word = {
      ids: Array.from({ length }, () => below(4)),
      starts: Array.from({ length }, (_, i) => i),
      ends: Array.from({ length }, (_, i) => i + 1),
    };
    const expected = merged(word, ranks);
    new Merges(merges).apply(word);
    deepEqual(word, expected);
  }
});
