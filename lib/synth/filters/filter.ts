/** What a filter of sampled texts is. @module */

import type { Letter } from "../../corpus/letter.ts";

/** A sampled text that is to be kept or left out. */
export interface Sample {
  /** With its prompt. */
  readonly text: string;
  /** Whether the model ended it. */
  readonly ended: boolean;
}

/** What filters go by; all of it has a default but the training letters. */
export interface FilterOptions {
  /** The fewest words of a text. Default 10. */
  readonly minWords?: number;
  /** The greatest share of a text's word 4-grams that it had before. Default 0.5. */
  readonly maxRepetition?: number;
  /** The letters that the model was trained on. */
  readonly training?: AsyncIterable<Letter> | Iterable<Letter>;
}

/** A reason to leave sampled texts out. */
export interface Filter {
  readonly name: string;
  /** What it leaves out, for `--help`. */
  readonly what: string;
  /** Gets ready; what it gives says whether a text is to be left out. */
  open(options: FilterOptions): Promise<(sample: Sample) => boolean>;
}
