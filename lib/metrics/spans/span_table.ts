/** Spans of a whole corpus as numbers, which is what the schemes compare. @module */

import type { Span } from "../../corpus/letter.ts";

/** Spans of letters: those of letter i stand at `[offsets[i], offsets[i + 1])`, sorted by start, end and label. */
export interface SpanTable {
  readonly offsets: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Places in the list of labels. */
  readonly labels: Int32Array;
}

/** Gold and predicted spans of the same letters, with the labels of both, sorted by code unit. */
export interface SpanTables {
  readonly labels: readonly string[];
  readonly gold: SpanTable;
  readonly predicted: SpanTable;
}

/** Collects spans in the order of the letters. */
export class SpanTableBuilder {
  #offsets: number[] = [0];
  #fields = new Int32Array(3 * 1024);
  #count = 0;

  push(start: number, end: number, label: number): void {
    if (3 * this.#count === this.#fields.length) {
      const longer = new Int32Array(2 * this.#fields.length);
      longer.set(this.#fields);
      this.#fields = longer;
    }
    const at = 3 * this.#count++;
    this.#fields[at] = start;
    this.#fields[at + 1] = end;
    this.#fields[at + 2] = label;
  }

  endLetter(): void {
    this.#offsets.push(this.#count);
  }

  /** The table, with labels by their rank instead of the number they were pushed with. */
  build(ranks: ArrayLike<number>): SpanTable {
    const column = (field: number) => {
      const values = new Int32Array(this.#count);
      for (let i = 0; i < values.length; i++) values[i] = this.#fields[3 * i + field]!; // 3i + field < 3 · count
      return values;
    };
    const [starts, ends] = [column(0), column(1)];
    const labels = column(2).map((label) => ranks[label]!); // a rank for every label
    return { offsets: Int32Array.from(this.#offsets), starts, ends, labels };
  }
}

/** Labels as numbers, in the order in which they come. */
export class LabelNumbers {
  readonly #numbers = new Map<string, number>();

  of(label: string): number {
    let number = this.#numbers.get(label);
    if (number === undefined) this.#numbers.set(label, number = this.#numbers.size);
    return number;
  }

  /** The labels, or those of the numbers that `used` admits, by code unit; and the rank of each number in that order. */
  sorted(used: (number: number) => boolean = () => true): { labels: string[]; ranks: Int32Array } {
    const labels = [...this.#numbers].filter(([, number]) => used(number)).map(([label]) => label).sort();
    const ranks = new Int32Array(this.#numbers.size).fill(-1);
    for (const [rank, label] of labels.entries()) ranks[this.of(label)] = rank;
    return { labels, ranks };
  }
}

/**
 * Spans as tables; their order within a letter does not matter, and equal ones are kept.
 *
 * @example
 * ```ts
 * import { tablesOf } from "./span_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const gold = [[{ start: 5, end: 9, label: "B" }, { start: 0, end: 4, label: "A" }]];
 * const { labels, gold: table } = tablesOf(gold, [[]]);
 * deepEqual([labels, [...table.starts]], [["A", "B"], [0, 5]]);
 * ```
 */
export function tablesOf(
  gold: readonly (readonly Span[])[],
  predicted: readonly (readonly Span[])[],
): SpanTables {
  const numbers = new LabelNumbers();
  const built = [gold, predicted].map((letters) => {
    const builder = new SpanTableBuilder();
    for (const spans of letters) {
      for (const { start, end, label } of spans.toSorted(inOrder)) {
        builder.push(start, end, numbers.of(label));
      }
      builder.endLetter();
    }
    return builder;
  });
  const { labels, ranks } = numbers.sorted();
  const [goldTable, predictedTable] = built.map((builder) => builder.build(ranks));
  return { labels, gold: goldTable!, predicted: predictedTable! }; // two went in
}

/** The order of spans in a table. */
export function inOrder(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}

const apart = new WeakMap<SpanTables, SpanTables>();

/**
 * The same spans with every label of a letter as a letter of its own: label l of letter i is letter i · labels + l. Several
 * schemes ask for it of the same tables, so that it is remembered.
 *
 * @example
 * ```ts
 * import { labelsApart, tablesOf } from "./span_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = [{ start: 0, end: 3, label: "B" }, { start: 5, end: 9, label: "A" }];
 * const { gold } = labelsApart(tablesOf([letter], [[]]));
 * deepEqual([[...gold.offsets], [...gold.starts]], [[0, 1, 2], [5, 0]]);
 * ```
 */
export function labelsApart(tables: SpanTables): SpanTables {
  const known = apart.get(tables);
  if (known) return known;
  const size = tables.labels.length;
  const made = {
    labels: tables.labels,
    gold: splitByLabel(tables.gold, size),
    predicted: splitByLabel(tables.predicted, size),
  };
  apart.set(tables, made);
  return made;
}

function splitByLabel({ offsets, starts, ends, labels }: SpanTable, size: number): SpanTable {
  const letters = offsets.length - 1;
  const next = new Int32Array(letters * size + 1);
  const eachRow = (take: (row: number, group: number) => void) => {
    for (let letter = 0; letter < letters; letter++) {
      const to = offsets[letter + 1]!; // letter < letters
      for (let row = offsets[letter]!; row < to; row++) take(row, letter * size + labels[row]!); // row < rows
    }
  };
  eachRow((_, group) => next[group + 1]!++); // group < letters · size
  for (let group = 1; group < next.length; group++) next[group]! += next[group - 1]!; // in range
  const split = { offsets: next.slice(), starts: starts.slice(), ends: ends.slice(), labels: labels.slice() };
  eachRow((row, group) => {
    const at = next[group]!++; // group < letters · size
    split.starts[at] = starts[row]!; // row < rows
    split.ends[at] = ends[row]!;
    split.labels[at] = labels[row]!;
  });
  return split;
}
