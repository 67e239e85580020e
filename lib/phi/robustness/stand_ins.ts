/** Names and places drawn by the surrogate generator. @module */

import type { Letter } from "../../corpus/letter.ts";
import { surrogateKey } from "../surrogate/key.ts";
import type { SurrogateSort } from "../surrogate/label_sets.ts";
import type { SurrogatePolicy } from "../surrogate/policy.ts";
import { replacer } from "../surrogate/replace.ts";
import { type Change, mentionsOf } from "./change.ts";

/** A change that puts stand-ins for the mentions of some sorts, drawn anew for each seed. */
export function withStandIns(
  { factor, name }: Pick<Change, "factor" | "name">,
  sorts: readonly SurrogateSort[],
  policy: SurrogatePolicy = {},
): Change {
  return {
    ...{ factor, name, reach: "spans" as const, drawn: true as const },
    apply(letter, seed): Letter {
      const labels = [...new Set(mentionsOf(letter, sorts).map(({ label }) => label))];
      if (labels.length === 0) return letter;
      const key = surrogateKey(`robustness, ${name}, seed ${seed}`);
      const { text, spans } = replacer(key, { ...policy, labels })(letter);
      return { ...letter, text, spans };
    },
  };
}
