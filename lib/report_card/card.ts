/** What a report card holds: plain data, which `report.json` is and the page is made of. @module */

/** What a measure gives for one corpus. */
export interface Reading {
  readonly corpus: string;
  /** `null` where there is none, for the reason given. */
  readonly value: number | null;
  /** Ends of the 95% interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** Letters that it is of. */
  readonly n: number;
  /** Of a test against the real corpus, where the value is its statistic. */
  readonly p?: number;
  /** Where something was trained with several seeds: the value of each. */
  readonly runs?: readonly number[];
  readonly reason?: string;
}

/** A number that every corpus has, the real holdout first. */
export interface Measure {
  /** Names files and rows: `phi-replay`. */
  readonly name: string;
  readonly title: string;
  /** What is better, where anything is: `real` for as near to the real holdout as can be. */
  readonly better: "higher" | "lower" | "real";
  /** What exactly was computed, and how the interval. */
  readonly signature: string;
  /** The real holdout against the real corpus. */
  readonly real: Reading;
  /** A reading a synthetic corpus, in the order in which they were given. */
  readonly synthetic: readonly Reading[];
  /** Whether the page draws it. */
  readonly drawn?: true;
}

/** A stretch of a letter that is shown, `[start, end)` in UTF-16 code units. */
export interface Quote {
  readonly id: string;
  readonly side: "real" | "synthetic";
  readonly start: number;
  readonly end: number;
}

/** One thing to look at in a letter: what it is, and where. */
export interface Finding {
  /** `"12 words copied"`, `"PATIENT replayed"`, `"dose changed"` */
  readonly what: string;
  readonly quotes: readonly Quote[];
}

/** A letter to look at. */
export interface Listed {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** How many findings there are, where not all are listed. */
  readonly of: number;
}

/** The letters of a corpus that are worth a look, worst first. */
export interface Listing {
  readonly title: string;
  readonly corpus: string;
  readonly letters: readonly Listed[];
}

/** What could not be measured, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** One side of a corpus: fidelity, utility, privacy, validity. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** How to read it, in a few sentences. */
  readonly about: string;
  readonly measures: readonly Measure[];
  readonly listings: readonly Listing[];
  readonly leftOut: readonly LeftOut[];
  /** What else is to be said, a sentence or two each. */
  readonly notes?: readonly string[];
  /** Texts that are shown whole: the questions that a judge was asked. */
  readonly texts?: readonly { readonly title: string; readonly text: string }[];
}

/** A report card. It says where letters have something to look at, and quotes none. */
export interface ReportCard {
  readonly format: "palimpsest-report-1";
  readonly real: { readonly name: string; readonly letters: number; readonly language: string };
  readonly holdout: {
    /** `given`, or `half` of the real corpus, drawn by the seed. */
    readonly from: "given" | "half";
    readonly letters: number;
    /** Real letters that everything is compared with. */
    readonly against: number;
  };
  readonly synthetic: readonly {
    readonly name: string;
    readonly letters: number;
    readonly language: string;
    readonly paired: number;
  }[];
  readonly seed: number;
  readonly sections: readonly Section[];
}
