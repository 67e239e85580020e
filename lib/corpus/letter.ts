/**
 * The one type of a clinical letter that every other part of Palimpsest reads and writes.
 *
 * Offsets are UTF-16 code units, half-open: `text.slice(span.start, span.end)` is the text of a span.
 *
 * @module
 */

/** A labelled stretch of a letter, `[start, end)` in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** What the stretch is, in the corpus's own label set: `"PROBLEM"`, `"DATE"`, … */
  readonly label: string;
}

/** A letter with its annotations. Spans are sorted by start, then end. */
export interface Letter {
  /** Unique in its corpus; the file's name without its extension, where it came from a file. */
  readonly id: string;
  readonly text: string;
  readonly spans: readonly Span[];
  /** What else the corpus says of the letter (`specialty`, `fold`, `source`), as text. */
  readonly meta: Readonly<Record<string, string>>;
}
