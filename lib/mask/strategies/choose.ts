/** From the name of a strategy to the strategy. @module */

import type { MaskOptions } from "../options.ts";
import { anyClass } from "./any_class.ts";
import { authorsSample } from "./authors_sample.ts";
import { entropy } from "./entropy.ts";
import { awayFromEntities, nearEntities } from "./entity_distance.ts";
import { hybrid } from "./hybrid.ts";
import { randomWords } from "./random_words.ts";
import { rarest } from "./rarest.ts";
import { spans } from "./spans.ts";
import type { Context } from "./strategy.ts";

/** The words that the options' strategy masks. Options are those that `checkOptions()` passed. */
export function choose(context: Context, options: MaskOptions): readonly number[] {
  switch (options.strategy) {
    case "random":
      return randomWords.choose(context, options);
    case "authors":
      return authorsSample.choose(context, options);
    case "classes":
      return anyClass.choose(context, options);
    case "hybrid":
      return hybrid.choose(context, options);
    case "spans":
      return spans.choose(context, options);
    case "rarest":
      return rarest.choose(context, { ...options, frequencies: options.frequencies ?? {} });
    case "entropy":
      return entropy.choose(context, options);
    case "away-from-entities":
      return awayFromEntities.choose(context, options);
    case "near-entities":
      return nearEntities.choose(context, options);
    default:
      return anyClass.choose(context, { classes: [options.strategy], ratio: options.ratio });
  }
}
