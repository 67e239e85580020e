/** Annotating letters by one tagger or several together. @module */

import type { Letter } from "../corpus/letter.ts";
import type { Word } from "../text/words.ts";
import { rowsOf, type Tagger, type WordScores } from "./tagger.ts";
import { bestTags } from "./best_tags.ts";
import { schemeOf, spansOf } from "./word_tags.ts";

/** How letters are annotated. */
export interface AnnotateOptions {
  /** The share of a window's pieces that the next window of a long letter has too. Default 0.25. */
  readonly overlap?: number;
  /** Whether `meta.probabilities` is written. Default false. */
  readonly probabilities?: boolean;
}

/**
 * Annotates letters by one tagger, or by several that know the same labels: at each word the mean of their probabilities counts
 * (Lakshminarayanan et al. 2017), and of all sequences of tags that the scheme allows the likeliest is taken, an `I-` after `O` never.
 * Spans that the letters had are replaced. With `probabilities`, `meta.probabilities` is a JSON array of a number for each span, the least mean
 * probability of the tags of its words; the numbers are as the models give them, not calibrated. A tagger alone that scores transitions
 * (`crf`) decides by them; several decide by the mean of the probabilities that their tags have over all sequences.
 */
export class Annotator {
  readonly #taggers: readonly Tagger[];
  readonly #tags: readonly string[];
  readonly #options: AnnotateOptions;
  /** Spans by label so far. */
  readonly #found = new Map<string, number>();
  /** For each tagger, words that it would give another tag than `O`, so far. */
  readonly #tagged: number[];
  #letters = 0;

  /**
   * @throws {Error} where there is no tagger, their labels or schemes differ, or an option is out of its range
   *
   * @example
   * ```ts
   * import { tinyModel } from "../checkpoint/tiny_model.ts";
   * import { Annotator } from "./annotate.ts";
   * import { trainTagger } from "./train_tagger.ts";
   * import { deepEqual, ok } from "node:assert/strict";
   * const models = await Deno.makeTempDir();
   * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
   * const spans = [{ start: 3, end: 10, label: "DRUG" }];
   * const letter = { id: "a", text: "On aspirin today.", spans, meta: {} };
   * const options = { model: "tiny", models, steps: 40, learningRate: 0.02, batch: 1, seed: 42 };
   * await using tagger = await trainTagger([letter], options);
   * const annotator = new Annotator([tagger], { probabilities: true });
   * const [annotated] = await annotator.annotate([{ ...letter, spans: [] }]);
   * deepEqual(annotated?.spans, spans);
   * ok(JSON.parse(annotated?.meta["probabilities"] ?? "[]")[0] > 0.5);
   * ```
   */
  constructor(taggers: readonly Tagger[], options: AnnotateOptions = {}) {
    const [first, ...others] = taggers;
    if (!first) throw new Error("no tagger to annotate with. Give one or more.");
    const { overlap = 0.25 } = options;
    if (!(overlap >= 0 && overlap <= 0.9)) {
      throw new Error(`overlap ${overlap}: choose a share from 0 to 0.9.`);
    }
    for (const other of others) {
      if (other.tags.toSorted().join(" ") !== first.tags.toSorted().join(" ")) {
        throw new Error(
          `${first.name} has the tags ${first.tags.join(" ")}, ${other.name} has ${other.tags.join(" ")}. ` +
            "Annotate with models of the same labels and scheme.",
        );
      }
    }
    this.#taggers = taggers;
    this.#tags = first.tags;
    this.#options = { ...options, overlap };
    this.#tagged = taggers.map(() => 0);
  }

  /** Annotates some letters, all of them in the same batches. */
  async annotate(letters: readonly Letter[]): Promise<Letter[]> {
    const texts = letters.map(({ text }) => text);
    const said: WordScores[][] = [];
    for (const [i, tagger] of this.#taggers.entries()) {
      const scores = (await tagger.scores(texts, this.#options)).map((one) =>
        inOrder(one, tagger.tags, this.#tags)
      );
      said.push(scores);
      const tagged = scores.reduce((sum, one) => sum + taggedWords(one, this.#tags), 0);
      this.#tagged[i] = (this.#tagged[i] ?? 0) + tagged;
    }
    this.#letters += letters.length;
    return letters.map(({ standoff: _, ...letter }, i) => {
      const together = mean(said.flatMap((one) => one[i] ?? []), this.#tags.length);
      const { spans, probabilities } = likeliest(together, this.#tags);
      for (const { label } of spans) this.#found.set(label, (this.#found.get(label) ?? 0) + 1);
      const meta = this.#options.probabilities
        ? { ...letter.meta, probabilities: JSON.stringify(probabilities) }
        : letter.meta;
      return { ...letter, spans, meta };
    });
  }

  /** What was found so far, as a line; and a line for each annotator that found nothing, which is worth a look. */
  get report(): { readonly found: string; readonly warnings: readonly string[] } {
    const count = [...this.#found.values()].reduce((a, b) => a + b, 0);
    const labels = [...this.#found].sort(([a], [b]) => a < b ? -1 : 1).map(([label, n]) => `${label} ${n}`);
    const letters = `${this.#letters} letter${this.#letters === 1 ? "" : "s"}`;
    const silent = this.#taggers.flatMap(({ name, labels }, i) =>
      this.#letters > 0 && this.#tagged[i] === 0
        ? [
          `${name} found nothing in ${letters}: it knows ${
            labels.join(", ")
          }. Is it trained, and for such texts?`,
        ]
        : []
    );
    const none = count === 0 && this.#letters > 0 && silent.length < this.#taggers.length
      ? [`nothing was found in ${letters}: no sequence with a span was the likeliest.`]
      : [];
    return {
      found: `${count} span${count === 1 ? "" : "s"} in ${letters}${
        labels.length > 0 ? `: ${labels.join(", ")}` : ""
      }`,
      warnings: [...silent, ...none],
    };
  }
}

/** The same scores with the tags in another order. */
function inOrder(one: WordScores, from: readonly string[], to: readonly string[]): WordScores {
  if (from.every((tag, i) => tag === to[i])) return one;
  const places = to.map((tag) => from.indexOf(tag));
  const scores = one.scores.map((_, i) => {
    const word = Math.floor(i / to.length);
    return one.scores[word * to.length + (places[i % to.length] ?? 0)] ?? -Infinity;
  });
  return { ...one, scores };
}

/** ln of the mean probability at each word over those that saw it. */
function mean(said: readonly WordScores[], count: number): WordScores {
  const [first] = said;
  if (!first) throw new Error("no tagger gave scores.");
  if (said.length === 1) return first;
  const seen = first.seen.map((_, word) => said.some((one) => one.seen[word] === 1) ? 1 : 0);
  const scores = first.scores.map((_, i) => {
    const those = said.filter(({ seen }) => seen[Math.floor(i / count)] === 1);
    return Math.log(
      those.reduce((sum, { scores }) => sum + Math.exp(scores[i] ?? -Infinity), 0) / those.length,
    );
  });
  return { words: first.words, scores, seen };
}

function likeliest({ words, scores, seen, best }: WordScores, tags: readonly string[]) {
  const known: Word[] = words.filter((_, word) => seen[word] === 1);
  if (known.length === 0) return { spans: [], probabilities: [] };
  const rows = rowsOf(scores, seen, tags.length);
  const chosen = best ?? bestTags(rows, tags);
  const spans = spansOf(chosen, known, schemeOf(tags));
  let word = 0; // spans and words are both in order
  const probabilities = spans.map(({ start, end }) => {
    let least = 0;
    for (; (known[word]?.end ?? Infinity) <= end; word++) {
      if ((known[word]?.start ?? 0) < start) continue;
      least = Math.min(least, rows[word * tags.length + tags.indexOf(chosen[word] ?? "O")] ?? 0);
    }
    return Number(Math.exp(least).toFixed(6));
  });
  return { spans, probabilities };
}

/** Words whose likeliest tag alone is another than `O`. */
function taggedWords({ scores, seen }: WordScores, tags: readonly string[]): number {
  let count = 0;
  for (const [word, known] of seen.entries()) {
    if (known === 0) continue;
    let best = 0;
    for (let tag = 1; tag < tags.length; tag++) {
      const at = word * tags.length;
      if ((scores[at + tag] ?? 0) > (scores[at + best] ?? 0)) best = tag;
    }
    if (tags[best] !== "O") count++;
  }
  return count;
}
