/** What finds identifying data. @module */

import type { Letter, Span } from "../corpus/letter.ts";
import type { PhiKind } from "./labels.ts";

/** Identifying data found in a letter, `[start, end)` in UTF-16 code units. */
export interface PhiSpan extends Span {
  readonly label: PhiKind;
  /** The name of the rule, or the model, that found it. */
  readonly by: string;
  /** How probable it is that it identifies somebody, calibrated; left out where the finder does not say. */
  readonly probability?: number;
}

/** Finds identifying data: by rules, by a trained tagger, or by both. */
export interface PhiFinder {
  /** What results name it by. */
  readonly name: string;
  /** In the order of the text, without overlaps. Reads the letter's text alone, not its spans. */
  find(letter: Letter): PhiSpan[];
}
