/** Parts of a long array. @module */

/** The places `[start, end)` of an array of words or characters. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}
