import { PythonRandom } from "./python_random.ts";
import { share, type Strategy } from "./strategy.ts";

/**
 * Any word that is not protected, drawn as Synthetic4Health's authors draw: Python's `random.seed(seed)`, then
 * `random.sample(candidates, floor(n × ratio))`, for each letter anew. The same places are drawn in every letter with as many candidates,
 * and what is masked at a ratio need not be masked at a higher one: for comparison only.
 */
export const authorsSample = {
  name: "authors",
  choose({ maskable, seed }, { ratio }) {
    const drawn = new PythonRandom(seed).sample(maskable.length, share(maskable.length, ratio));
    return drawn.flatMap((place) => maskable[place] ?? []);
  },
} as const satisfies Strategy;
