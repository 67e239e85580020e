/** Annotations given as columns of tags. @module */

import { readSpans, readTag } from "./seqeval_reading.ts";
import type { Reading } from "./seqeval_rules.ts";
import { checkIds, isBlank, type ReadingMode, type Source } from "./source.ts";
import { LabelNumbers, SpanTableBuilder, type SpanTables } from "./span_table.ts";
import { TAG_SCHEMES, type TagScheme } from "../../corpus/tag_scheme.ts";
import type { TokenTables } from "./token_matching.ts";

/** A sentence's tags, a token each, and its tokens where they are known. */
export interface TaggedSentence {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  readonly tokens?: readonly string[];
}

/** A letter, or where letters are not known a sentence, with gold and predicted tags. */
export interface TagPair {
  readonly id: string;
  readonly sentences: readonly TaggedSentence[];
}

/** The tags of a corpus as numbers, token after token; `O` is 0. */
interface TagNumbers {
  readonly names: readonly string[];
  readonly gold: Int32Array;
  readonly predicted: Int32Array;
  /** Where sentences begin, and where the last one ends. */
  readonly sentences: Int32Array;
  /** Where letters begin among the sentences, and where the last one ends. */
  readonly letters: Int32Array;
}

/**
 * Makes the source of columns of tags.
 *
 * @param scheme which scheme seqeval's strict mode reads them in
 * @throws {Error} when gold and prediction of a sentence differ in length
 *
 * @example
 * ```ts
 * import { tagSource } from "./tag_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const source = tagSource([{ id: "a", sentences: [{ gold: ["O", "B-NAME"], predicted: ["O", "O"] }] }], "iob2");
 * deepEqual([...source.spans("strict").gold.starts], [1]);
 * ```
 */
export function tagSource(pairs: readonly TagPair[], scheme: TagScheme): Source {
  checkIds(pairs.map(({ id }) => id));
  if (!TAG_SCHEMES.includes(scheme)) {
    throw new Error(`unknown tag scheme "${scheme}". Known: ${TAG_SCHEMES.join(", ")}.`);
  }
  const numbers = numberTags(pairs);
  const tables = new Map<ReadingMode, SpanTables>();
  let tokens: readonly string[] | undefined;
  return {
    ids: pairs.map(({ id }) => id),
    describe: (mode) => `from:tags|tags:${mode === "lenient" ? "any" : scheme}`,
    spans(mode) {
      const made = tables.get(mode) ?? spanTables(numbers, mode === "lenient" ? mode : scheme);
      tables.set(mode, made);
      return made;
    },
    tokens: (classes) => tokenTables(numbers, classes),
    isGap(_letter, from, to) {
      tokens ??= tokensOf(pairs);
      for (let at = from; at < to; at++) if (!isBlank(tokens[at] ?? "")) return false;
      return true;
    },
    sentences: () => Int32Array.from(pairs, ({ sentences }) => sentences.length),
  };
}

function numberTags(pairs: readonly TagPair[]): TagNumbers {
  const sentences = pairs.flatMap((pair) => pair.sentences);
  const total = sentences.reduce((sum, { gold }) => sum + gold.length, 0);
  const [gold, predicted] = [new Int32Array(total), new Int32Array(total)];
  const starts = new Int32Array(sentences.length + 1);
  const numbers = new Map([["O", 0]]);
  for (const [s, sentence] of sentences.entries()) {
    const start = starts[s]!; // s < sentences
    const { length } = sentence.gold;
    if (sentence.predicted.length !== length) {
      throw new Error(
        `sentence ${
          s + 1
        }: ${length} gold tags for ${sentence.predicted.length} predicted. Tag the same tokens.`,
      );
    }
    numberColumn(sentence.gold, numbers, gold, start);
    numberColumn(sentence.predicted, numbers, predicted, start);
    starts[s + 1] = start + length;
  }
  const letters = new Int32Array(pairs.length + 1);
  for (const [i, pair] of pairs.entries()) letters[i + 1] = letters[i]! + pair.sentences.length; // i < letters
  return { names: [...numbers.keys()], gold, predicted, sentences: starts, letters };
}

function numberColumn(
  tags: readonly string[],
  numbers: Map<string, number>,
  column: Int32Array,
  start: number,
): void {
  for (let i = 0; i < tags.length; i++) {
    const tag = tags[i]!; // i < length
    if (tag === "O") continue; // nearly all tags, and columns are 0 to begin with
    let number = numbers.get(tag);
    if (number === undefined) numbers.set(tag, number = numbers.size);
    column[start + i] = number;
  }
}

function spanTables(numbers: TagNumbers, reading: Reading): SpanTables {
  const labelNumbers = new LabelNumbers();
  const read = numbers.names.map((name) => readTag(name, reading));
  const tags = {
    letters: Uint8Array.from(read, ({ letter }) => letter),
    labels: Int32Array.from(read, ({ label }) => labelNumbers.of(label)),
  };
  const used = new Uint8Array(read.length); // strict reading may find no span of a label
  const [gold, predicted] = [numbers.gold, numbers.predicted].map((column) => {
    const builder = new SpanTableBuilder();
    const take = (start: number, end: number, label: number) => {
      builder.push(start, end, label);
      used[label] = 1;
    };
    for (let letter = 0; letter + 1 < numbers.letters.length; letter++) {
      const [from, to] = [numbers.letters[letter]!, numbers.letters[letter + 1]!]; // letter + 1 < length
      for (let s = from; s < to; s++) {
        const [start, end] = [numbers.sentences[s]!, numbers.sentences[s + 1]!]; // s < sentences
        readSpans(column, start, end, tags, reading, take);
      }
      builder.endLetter();
    }
    return builder;
  });
  const sorted = labelNumbers.sorted((number) => used[number] === 1);
  return {
    labels: sorted.labels,
    gold: gold!.build(sorted.ranks),
    predicted: predicted!.build(sorted.ranks),
  }; // two columns
}

function tokenTables(
  { names, gold, predicted, sentences, letters }: TagNumbers,
  classes: "labels" | "tags",
): TokenTables {
  const numbers = new LabelNumbers();
  const numberOf = names.map((tag) => {
    const { label } = readTag(tag, "lenient");
    return tag === "O" ? -1 : numbers.of(classes === "tags" ? tag : label);
  });
  const { labels, ranks } = numbers.sorted();
  const classOf = Int32Array.from(numberOf, (number) => number < 0 ? 0 : ranks[number]! + 1); // a rank for every number
  const classed = (column: Int32Array) => column.map((tag) => classOf[tag]!); // a class for every tag
  const offsets = letters.map((sentence) => sentences[sentence]!); // a start for every sentence
  return { classes: labels, offsets, gold: classed(gold), predicted: classed(predicted) };
}

function tokensOf(pairs: readonly TagPair[]): string[] {
  return pairs.flatMap(({ id, sentences }) =>
    sentences.flatMap(({ tokens, gold }) => {
      if (tokens?.length === gold.length) return [...tokens];
      throw new Error(`letter ${id} comes without its tokens, which this scheme needs.`);
    })
  );
}
