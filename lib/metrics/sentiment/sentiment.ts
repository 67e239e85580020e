/** Subjectivity and polarity: how much of a text is opinion, and how positive it is. @module */

import type { Metric } from "../metric.ts";
import { openSentimentLexicon, type SentimentLexicon } from "./sentiment_lexicon.ts";
import { EMOTICONS, PUNCTUATION, sentimentWords } from "./sentiment_words.ts";

/** What a text's words of feeling say together. */
export interface Sentiment {
  /** From -1 (negative) to 1 (positive); 0 for a text without words of feeling. */
  readonly polarity: number;
  /** From 0 (fact) to 1 (opinion); 0 for a text without words of feeling. */
  readonly subjectivity: number;
}

/** A word of feeling with the modifiers and negations around it. */
interface Assessment {
  polarity: number;
  subjectivity: number;
  intensity: number;
  negated: boolean;
}

const NEGATIONS = new Set(["no", "not", "n't", "never"]);

/** The polarity of faces in lower case; the first counts where two are the same then. */
const FACES = new Map(
  EMOTICONS.flatMap(([polarity, faces]) => faces.map((face) => [face.toLowerCase(), polarity] as const))
    .toReversed(),
);

/**
 * The polarity and subjectivity of a text, equal to TextBlob 0.20's `TextBlob(text).sentiment`: the means over its words of
 * feeling, each strengthened by a modifier and turned round by a negation before it.
 *
 * Source: T. De Smedt, W. Daelemans, "Pattern for Python", Journal of Machine Learning Research 13, 2012.
 *
 * @example
 * ```ts
 * import { sentiment } from "./sentiment.ts";
 * import { openSentimentLexicon } from "./sentiment_lexicon.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lexicon = await openSentimentLexicon();
 * deepEqual(sentiment("She felt terrible.", lexicon), { polarity: -1, subjectivity: 1 });
 * deepEqual(sentiment("She was not terrible.", lexicon), { polarity: 0.5, subjectivity: 1 });
 * ```
 */
export function sentiment(text: string, lexicon: SentimentLexicon): Sentiment {
  const assessments = assess(sentimentWords(text), lexicon);
  const n = Math.max(assessments.length, 1);
  const polarity = assessments.reduce((sum, one) => sum + one.polarity * (one.negated ? -0.5 : 1), 0) / n;
  const subjectivity = assessments.reduce((sum, one) => sum + one.subjectivity, 0) / n;
  return { polarity, subjectivity };
}

function assess(words: readonly string[], lexicon: SentimentLexicon): Assessment[] {
  const all: Assessment[] = [];
  let modifier: string | undefined; // the word before, or a short one between
  let negated = false;
  for (const word of words) {
    const known = lexicon.get(word);
    const before = all.at(-1);
    if (known) {
      const { polarity, subjectivity, intensity, modifies } = known;
      if (modifier === undefined || !before) all.push({ polarity, subjectivity, intensity, negated: false });
      else {
        before.polarity = clipped(polarity * before.intensity);
        before.subjectivity = clipped(subjectivity * before.intensity);
        before.intensity = intensity;
      }
      const last = all.at(-1);
      if (negated && last) {
        last.intensity = 1 / last.intensity;
        last.negated = true;
      }
      modifier = modifies ? word : undefined;
      negated = NEGATIONS.has(word);
      continue;
    }
    if (NEGATIONS.has(word)) negated = true;
    else if (negated && lengthOf(word.replace(/^'+|'+$/g, "")) > 1) negated = false;
    if (negated && modifier?.endsWith("ly") && before) { // "really not good"
      before.negated = true;
      negated = false;
    } else if (modifier !== undefined && lengthOf(word) > 2) modifier = undefined;
    if (word === "!" && before) before.polarity = clipped(before.polarity * 1.25);
    if (word === "(!)") all.push({ polarity: 0, subjectivity: 1, intensity: 1, negated: false }); // irony
    const face = isFaceLike(word) ? FACES.get(word) : undefined;
    if (face !== undefined) all.push({ polarity: face, subjectivity: 1, intensity: 1, negated: false });
  }
  return all;
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(value, 1));
}

/** In characters, as Python counts. */
function lengthOf(word: string): number {
  return [...word].length;
}

function isFaceLike(word: string): boolean {
  return !/^\p{L}+$/u.test(word) && lengthOf(word) <= 5 && !PUNCTUATION.includes(word);
}

/** The project's lexicon, opened when it is first needed. */
let opened: Promise<SentimentLexicon> | undefined;

async function projectLexicon(): Promise<SentimentLexicon> {
  try {
    return await (opened ??= openSentimentLexicon());
  } catch (error) {
    opened = undefined; // the lexicon may be there the next time
    throw error;
  }
}

/**
 * `sentiment()` of the candidates as a metric; the references play no part.
 *
 * @param lexicon opens the words; left out, the project's lexicon is opened, once
 *
 * @example
 * ```ts
 * import { sentimentMetric } from "./sentiment.ts";
 * import { equal } from "node:assert/strict";
 * const { values } = await sentimentMetric("subjectivity").score([{ id: "1", reference: "", candidate: "A nice man" }], {});
 * equal(values[0], 1);
 * ```
 */
export function sentimentMetric(part: keyof Sentiment, lexicon?: () => Promise<SentimentLexicon>): Metric {
  return {
    name: part,
    title: part === "polarity" ? "Polarity" : "Subjectivity",
    range: part === "polarity" ? [-1, 1] : [0, 1],
    signature: () => `${part}|lexicon:en-sentiment-1.3|textblob:0.20|v1`,
    async score(pairs) {
      const words = await (lexicon ?? projectLexicon)();
      return { values: Float64Array.from(pairs.map(({ candidate }) => sentiment(candidate, words)[part])) };
    },
  };
}
