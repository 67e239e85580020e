/** How probable it is, word by word, that something identifies, and what then. @module */

import type { Span } from "../corpus/letter.ts";
import { bestTags } from "../ner/best_tags.ts";
import { schemeOf, spansOf } from "../ner/word_tags.ts";
import type { Word } from "../text/words.ts";
import type { PhiSpan } from "./finder.ts";
import type { PhiKind } from "./labels.ts";

/** The tags of a model, and the kind of identifying data that each stands for; none for `O` and for what identifies nobody. */
export interface TagKinds {
  readonly tags: readonly string[];
  readonly kinds: readonly (PhiKind | undefined)[];
}

/** The words of a text, and p of every tag at every word, row after row. */
export interface WordProbabilities {
  readonly words: readonly Word[];
  readonly rows: Float32Array;
}

/**
 * How probable it is that each word identifies: the sum over tags that do.
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { identifying } from "./word_probabilities.ts";
 * import { deepEqual } from "node:assert/strict";
 * const kinds = { tags: ["O", "B-DATE", "I-DATE"], kinds: [undefined, "DATE", "DATE"] } as const;
 * deepEqual(identifying({ words: words("May"), rows: Float32Array.of(0.25, 0.5, 0.25) }, kinds), Float32Array.of(0.75));
 * ```
 */
export function identifying({ words, rows }: WordProbabilities, { kinds }: TagKinds): Float32Array {
  return Float32Array.from(words, (_, word) => {
    let sum = 0;
    for (const [tag, kind] of kinds.entries()) {
      if (kind !== undefined) sum += rows[word * kinds.length + tag] ?? 0;
    }
    return Math.min(1, sum);
  });
}

/**
 * Adds what rules found, each right as often as it is trusted to be, and independent of the model: a word is harmless where both are wrong. What the model took
 * from harmlessness goes to the rule's kind. Words that no tag can name so (a kind that the model does not know) keep the rule's trust with the model's
 * likeliest kind.
 *
 * @param found spans by rules, without overlaps, in order
 * @param trust by the names of rules; one that is not there counts for certain
 */
export function withRules(
  { words, rows }: WordProbabilities,
  found: readonly PhiSpan[],
  trust: ReadonlyMap<string, number>,
  { tags, kinds }: TagKinds,
): WordProbabilities {
  const mixed = rows.slice();
  const count = tags.length;
  const places = new Map<string, number>();
  for (const [tag, kind] of kinds.entries()) {
    const place = `${tags[tag]?.charAt(0)}${kind}`;
    if (!places.has(place)) places.set(place, tag);
  }
  let next = 0;
  for (const span of found) {
    const sure = trust.get(span.by) ?? 1;
    let first = true;
    while (next < words.length && (words[next]?.end ?? 0) <= span.start) next++;
    for (let word = next; (words[word]?.start ?? Infinity) < span.end; word++) {
      const place = places.get(`${first ? "B" : "I"}${span.label}`) ?? likeliest(rows, word, kinds);
      first = false;
      for (const [tag, kind] of kinds.entries()) {
        if (kind !== undefined) continue;
        const at = word * count + tag;
        const moved = (mixed[at] ?? 0) * sure;
        mixed[at] = (mixed[at] ?? 0) - moved;
        mixed[word * count + place] = (mixed[word * count + place] ?? 0) + moved;
      }
    }
  }
  return { words, rows: mixed };
}

function likeliest(rows: Float32Array, word: number, kinds: TagKinds["kinds"]): number {
  let best = -1;
  for (const [tag, kind] of kinds.entries()) {
    const better = best < 0 ||
      (rows[word * kinds.length + tag] ?? 0) > (rows[word * kinds.length + best] ?? 0);
    if (kind !== undefined && better) best = tag;
  }
  return best;
}

/**
 * The spans that identify: with a threshold those words that identify at least as probably, cut and named by the likeliest sequence of tags that the scheme
 * allows; without one that sequence alone. A span of punctuation alone is left out, and an age is its number ("53yoM").
 *
 * @param by what the spans say that found them
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { spansAt } from "./word_probabilities.ts";
 * import { deepEqual } from "node:assert/strict";
 * const kinds = { tags: ["O", "B-DATE", "I-DATE"], kinds: [undefined, "DATE", "DATE"] } as const;
 * const text = "May hurt";
 * const read = { words: words(text), rows: Float32Array.of(0.75, 0.25, 0, 1, 0, 0) };
 * deepEqual(spansAt(text, read, kinds, "model"), []);
 * deepEqual(spansAt(text, read, kinds, "model", 0.2), [{ start: 0, end: 3, label: "DATE", by: "model", probability: 0.25 }]);
 * ```
 */
export function spansAt(
  text: string,
  read: WordProbabilities,
  kinds: TagKinds,
  by: string,
  threshold?: number,
): PhiSpan[] {
  const { words, rows } = read;
  if (words.length === 0) return [];
  const count = kinds.tags.length;
  const sure = identifying(read, kinds);
  const scores = rows.map((p, i) => {
    const harmless = kinds.kinds[i % count] === undefined;
    const allowed = threshold === undefined || harmless !== ((sure[Math.floor(i / count)] ?? 0) >= threshold);
    return allowed ? Math.log(Math.max(p, 1e-12)) : -Infinity;
  });
  const spans: PhiSpan[] = [];
  let word = 0;
  for (const span of spansOf(bestTags(scores, kinds.tags), words, schemeOf(kinds.tags))) {
    const label = kinds.kinds[kinds.tags.indexOf(`B-${span.label}`)];
    if (label === undefined) continue;
    let [sum, members] = [0, 0];
    for (; (words[word]?.end ?? Infinity) <= span.end; word++) {
      if ((words[word]?.start ?? 0) < span.start) continue;
      sum += sure[word] ?? 0;
      members++;
    }
    const whole = { start: span.start, end: span.end };
    const kept = label === "AGE" ? numberOf(text, whole) : whole;
    if (!/[\p{L}\p{N}]/u.test(text.slice(kept.start, kept.end))) continue;
    spans.push({ ...kept, label, by, probability: Number((sum / Math.max(1, members)).toFixed(6)) });
  }
  return spans;
}

/**
 * Every word that identifies with some probability, by itself, with its likeliest kind: what a curve of recall is drawn from. A word of punctuation alone is
 * none.
 *
 * @param least probability
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { candidatesOf } from "./word_probabilities.ts";
 * import { deepEqual } from "node:assert/strict";
 * const kinds = { tags: ["O", "B-DATE", "I-DATE"], kinds: [undefined, "DATE", "DATE"] } as const;
 * const read = { words: words("May hurt"), rows: Float32Array.of(0.75, 0.25, 0, 1, 0, 0) };
 * deepEqual(candidatesOf(read, kinds, "model"), [{ start: 0, end: 3, label: "DATE", by: "model", probability: 0.25 }]);
 * ```
 */
export function candidatesOf(read: WordProbabilities, kinds: TagKinds, by: string, least = 0.001): PhiSpan[] {
  const sure = identifying(read, kinds);
  return read.words.flatMap(({ start, end, text }, word) => {
    const probability = sure[word] ?? 0;
    const label = kinds.kinds[likeliest(read.rows, word, kinds.kinds)];
    if (label === undefined || probability < least || !/[\p{L}\p{N}]/u.test(text)) return [];
    return [{ start, end, label, by, probability }];
  });
}

/** The number in "53yoM", "F68"; the whole where there is none. */
function numberOf(text: string, { start, end }: Omit<Span, "label">): Omit<Span, "label"> {
  const found = /^(\p{L}{0,2})(\d{1,3})\p{L}*$/u.exec(text.slice(start, end));
  if (!found) return { start, end };
  const from = start + (found[1]?.length ?? 0);
  return { start: from, end: from + (found[2]?.length ?? 0) };
}
