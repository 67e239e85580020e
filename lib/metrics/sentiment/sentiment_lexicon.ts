/** Words of feeling. @module */

import { fileURLToPath } from "node:url";
import { readFile } from "../../read_file.ts";

const TABLE = new URL("../../../data/lexicons/en-sentiment.tsv", import.meta.url);

/** What a word says about the feeling of a text. */
export interface SentimentWord {
  /** From -1 to 1. */
  readonly polarity: number;
  /** From 0 to 1. */
  readonly subjectivity: number;
  /** How much it strengthens the word behind it, 1 to 2. */
  readonly intensity: number;
  /** Whether it modifies the word behind it, as adverbs do. */
  readonly modifies: boolean;
}

/** By word in lower case. */
export type SentimentLexicon = ReadonlyMap<string, SentimentWord>;

/**
 * The lexicon of the pattern library, as TextBlob loads it. `data/lexicons/README.md` says where it comes from.
 *
 * @throws {Error} when the file is missing, or a line has other than a word and four numbers
 *
 * @example
 * ```ts
 * import { openSentimentLexicon } from "./sentiment_lexicon.ts";
 * import { equal } from "node:assert/strict";
 * equal((await openSentimentLexicon()).get("terribly")?.polarity, -1);
 * ```
 */
export async function openSentimentLexicon(path: string = fileURLToPath(TABLE)): Promise<SentimentLexicon> {
  const bytes = await readFile(path, "It is part of the project: fetch it again, or name another lexicon");
  const [, ...lines] = new TextDecoder().decode(bytes).trimEnd().split("\n");
  return new Map(lines.map((line, i) => {
    const [word = "", ...numbers] = line.split("\t");
    const [polarity = NaN, subjectivity = NaN, intensity = NaN, modifies = NaN] = numbers.map(Number);
    if (numbers.length !== 4 || [polarity, subjectivity, intensity, modifies].some(Number.isNaN)) {
      throw new Error(
        `${path}:${i + 2}: not a word and four numbers with tabs between. Fetch the file again.`,
      );
    }
    return [word, { polarity, subjectivity, intensity, modifies: modifies === 1 }];
  }));
}
