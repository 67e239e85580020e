/**
 * The one type of a clinical letter that every other part of Palimpsest reads and writes.
 *
 * Offsets are UTF-16 code units, half-open: `text.slice(span.start, span.end)` is the text of a span.
 *
 * @module
 */

/** A stretch of a text, `[start, end)` in UTF-16 code units. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
}

/** A labelled stretch of a letter, `[start, end)` in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** What the stretch is, in the corpus's own label set: `"PROBLEM"`, `"DATE"`, … */
  readonly label: string;
  /** The parts of a discontinuous span that was kept whole, from first to last: `start` is the first's, `end` the last's. */
  readonly fragments?: readonly Fragment[];
}

/** What a file of BRAT standoff says beside its spans. */
export interface Standoff {
  /** The file's names of the spans (`"T7"`), in the order of the letter's spans. */
  readonly names: readonly string[];
  /** The file's lines in their order: a span's as its name alone, any other (relation, attribute, note, …) as it stands. */
  readonly lines: readonly string[];
  /** Whether the text file begins with a byte-order mark, which its offsets count or do not. */
  readonly mark?: "counted" | "uncounted";
}

/** A letter with its annotations. Spans are sorted by start, then end. */
export interface Letter {
  /** Unique in its corpus; the file's name without its extension, where it came from a file. */
  readonly id: string;
  readonly text: string;
  readonly spans: readonly Span[];
  /** What else the corpus says of the letter (`specialty`, `fold`, `source`), as text. */
  readonly meta: Readonly<Record<string, string>>;
  /** Only of letters whose BRAT file holds more than spans. */
  readonly standoff?: Standoff;
}
