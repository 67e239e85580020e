/** What a report card is asked for. @module */

import type { Letter } from "../corpus/letter.ts";
import type { Judge, ReadingOptions } from "../metrics/judge.ts";
import type { CardJudge } from "./judged.ts";

/** How corpora are judged; everything has a default. */
export interface ReportCardOptions extends Omit<ReadingOptions, "baseline"> {
  /** Real letters that no synthetic one was made from. Left out: half of the real ones, drawn by the seed. */
  readonly holdout?: readonly Letter[];
  /** The labels of spans that are PHI. Left out: all but the clinical ones; where there are none, PHI is found by rules. */
  readonly labels?: readonly string[];
  /** Whether equal ids mean nothing: no letter is compared with the real one of its id. */
  readonly unpaired?: boolean;
  /** Of all that is drawn; default 42. */
  readonly seed?: number;
  /** For letters in pairs. Left out: ROUGE-L, BLEU, chrF and, with embeddings, BERTScore. */
  readonly metrics?: readonly string[];
  /** Whether letters are embedded, for MAUVE, the Fréchet distance and BERTScore; default true. */
  readonly embeddings?: boolean;
  /** Which encoder embeds. Left out: that of other metrics. */
  readonly judge?: Judge;
  /**
   * A causal language model for perplexity: a folder's name in the models folder, or its path; `false` for no perplexity. Left out: BioGPT
   * where its folder is in the models folder, the embedded one otherwise.
   */
  readonly causalLM?: string | false;
  /** A masked one for pseudo-perplexity. */
  readonly maskedLM?: string;
  /** A language model behind an endpoint that is asked how consistent letters are. Left out: none, and no letter goes anywhere. */
  readonly llmJudge?: CardJudge;
  /** Texts that were planted among the letters that a model was trained on. */
  readonly canaries?: readonly string[];
  /** How taggers are trained, or `false` for no utility. */
  readonly utility?: UtilityOptions | false;
  /** Of letters to look at, how many are listed of each corpus; default 10. */
  readonly listed?: number;
}

/** How taggers are trained. */
export interface UtilityOptions {
  /** The encoder that is fine-tuned; default `encoder-small`. */
  readonly model?: string;
  /** Default 150. */
  readonly steps?: number;
  /** A tagger a seed; default 1, 2 and 3. */
  readonly seeds?: readonly number[];
  /** Shares of each corpus that a tagger learns from alone; default a half and a quarter. */
  readonly shares?: readonly number[];
  readonly learningRate?: number;
  readonly batch?: number;
  /** Folder in which trained taggers are kept; left out: the project's `.cache/taggers`. */
  readonly taggers?: string;
}
