/** Words that are not to be written. @module */

/** A word that could be written, and where. */
export interface Proposal {
  /** In the case of the word it would replace. */
  readonly text: string;
  /** The word it would replace. */
  readonly original: string;
  /** The words beside it as they stand now; `undefined` at the letter's ends and where they are blanks still. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What stands on the same line before it and behind it, blanks that are not written yet as `___`. */
  line(): readonly [before: string, behind: string];
}

/** A rule by which words are refused. A new one is a file here and a line in `filters.ts`. */
export interface Filter {
  readonly name: string;
  /** Whether the word is not to be written. */
  refuses(proposal: Proposal): boolean;
}
