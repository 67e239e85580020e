/** The hits of ROUGE-Lsum. @module */

import type { Stretch } from "../words/stretch.ts";
import type { CommonSubsequence } from "./longest_common_subsequence.ts";
import type { NumberedPair, NumberedText } from "./rouge_reader.ts";

/**
 * How many words of a reference are in the union of each of its lines' longest common subsequences with all lines of the
 * candidate, no word counted more often than it stands in either text.
 *
 * Source: C.-Y. Lin, "ROUGE: a package for automatic evaluation of summaries", 2004, section 3.2, with the clipped counts
 * of ROUGE 1.5.5 and of rouge_score 0.1.2.
 *
 * @example
 * ```ts
 * import { CommonSubsequence } from "./longest_common_subsequence.ts";
 * import { RougeReader } from "./rouge_reader.ts";
 * import { unionHits } from "./union_hits.ts";
 * import { equal } from "node:assert/strict";
 * const { words, pairs } = new RougeReader().read([{ candidate: "a b f g h\na c h i e", reference: "a b c d e" }]);
 * for (const pair of pairs) {
 *   for (const reference of pair.references) equal(unionHits(words, reference, pair, new CommonSubsequence()), 4);
 * }
 * ```
 */
export function unionHits(
  words: Int32Array,
  reference: NumberedText,
  { candidate, distinct }: NumberedPair,
  common: CommonSubsequence,
): number {
  const [referenceLines, candidateLines] = [linesOf(reference), linesOf(candidate)];
  // One line each: the union is one subsequence, and no count can exceed another.
  if (referenceLines.length <= 1 && candidateLines.length <= 1) {
    return common.length(words, reference, candidate, distinct);
  }
  const leftInReference = counts(words, reference, distinct);
  const leftInCandidate = counts(words, candidate, distinct);
  const lines = linesByWord(words, candidateLines, distinct);
  const wanted = new Int32Array(distinct + 1); // by word, its places in the line that are not in the union yet
  const seen = new Int32Array(candidateLines.length); // by line of the candidate, 1 + the last line it was looked at for
  let hits = 0;
  for (const [i, line] of referenceLines.entries()) {
    const marked = new Uint8Array(line.end - line.start);
    const lookAt = (at: number) => {
      const other = candidateLines[at];
      if (other === undefined || seen[at] === i + 1) return;
      seen[at] = i + 1;
      common.mark(words, line, other, distinct, marked);
      for (let j = line.start; j < line.end; j++) wanted[words[j]!] = 0; // every word is at most `distinct`
      for (let j = line.start; j < line.end; j++) {
        if (marked[j - line.start] === 0) wanted[words[j]!] = wanted[words[j]!]! + 1;
      }
    };
    for (let j = line.start; j < line.end; j++) wanted[words[j]!] = wanted[words[j]!]! + 1;
    // The line at the same place first: in an edited letter it has most of the words. Then those that have what is missing.
    lookAt(i);
    for (let j = line.start; j < line.end; j++) {
      for (const at of lines[words[j]!] ?? []) {
        if (wanted[words[j]!] === 0) break;
        lookAt(at);
      }
    }
    for (let j = line.start; j < line.end; j++) {
      const word = words[j]!;
      wanted[word] = 0;
      if (marked[j - line.start] === 0 || leftInReference[word] === 0 || leftInCandidate[word] === 0) {
        continue;
      }
      leftInReference[word] = leftInReference[word]! - 1;
      leftInCandidate[word] = leftInCandidate[word]! - 1;
      hits++;
    }
  }
  return hits;
}

/** The lines that have words. */
function linesOf({ start, end, lineEnds }: NumberedText): Stretch[] {
  return [...lineEnds, end].map((end, i) => ({ start: lineEnds[i - 1] ?? start, end }))
    .filter((line) => line.end > line.start);
}

function counts(words: Int32Array, { start, end }: Stretch, distinct: number): Int32Array {
  const counts = new Int32Array(distinct + 1);
  for (let i = start; i < end; i++) counts[words[i]!] = counts[words[i]!]! + 1; // every word is at most `distinct`
  return counts;
}

/** By word, the lines in which it stands. */
function linesByWord(
  words: Int32Array,
  lines: readonly Stretch[],
  distinct: number,
): (number[] | undefined)[] {
  const found = new Array<number[] | undefined>(distinct + 1).fill(undefined);
  lines.forEach(({ start, end }, at) => {
    for (let j = start; j < end; j++) {
      const of = found[words[j]!] ??= []; // every word is at most `distinct`
      if (of.at(-1) !== at) of.push(at);
    }
  });
  return found;
}
