/** How well stand-ins hold together, how they read, and what of the originals is left. @module */

import type { Letter } from "../../corpus/letter.ts";
import { formOf } from "./form.ts";
import { LabelMap, type SurrogateSort } from "./label_sets.ts";
import { folded, survivors } from "./like.ts";

/** A letter before and after, its spans in the same order. */
export interface ReplacedLetter {
  readonly before: Letter;
  readonly after: Letter;
}

/** A count, of how many; the share is null of none. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly rate: number | null;
}

/** See {@linkcode surrogateScores}. */
export interface SurrogateScores {
  readonly signature: string;
  readonly consistency: Share;
  readonly distinctness: Share;
  readonly readability: Share;
  readonly residual: Share;
  /** What the residual would be by chance. */
  readonly chance: Share;
  readonly elsewhere: Share;
  readonly unchanged: Share;
  /** Readability and unchanged mentions by label. */
  readonly perLabel: ReadonlyMap<string, { readonly readability: Share; readonly unchanged: Share }>;
}

/** A replaced mention. */
export interface ReplacedMention {
  readonly letter: string;
  /** Where it stood in the letter before, `[start, end)` in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly sort: SurrogateSort;
  readonly original: string;
  readonly standIn: string;
}

/**
 * Scores stand-ins, mention by mention; ages and what names nobody (sex) are not counted. Words are runs of four or more letters or digits,
 * without case and diacritics.
 *
 * - `consistency`: of the mentions whose original occurs more than once within the scope (dates and ages left aside, and in a corpus names of
 *   one word, which many bear), those with its most frequent stand-in;
 * - `distinctness`: of the different stand-ins in a letter, those that stand for one original alone;
 * - `readability`: mentions whose form is kept (`formOf`);
 * - `residual`: words of the originals that still stand in their own stand-in, `chance`: in that of the next mention of the same label in
 *   another letter ("Hospital" is in nearly all of them; what exceeds chance is left of this one);
 * - `elsewhere`: originals of four characters or more that stand as a whole, with borders of words, somewhere in the letter after;
 * - `unchanged`: mentions that are what they were.
 *
 * @throws {Error} when a letter's spans are not those it had before
 *
 * @example
 * ```ts
 * import { surrogateKey } from "./key.ts";
 * import { replacer } from "./replace.ts";
 * import { surrogateScores } from "./scores.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 3, end: 9, label: "PATIENT" }, { start: 14, end: 20, label: "PATIENT" }];
 * const before = { id: "a", text: "Mr Ortega and ORTEGA.", spans, meta: {} };
 * const { consistency, residual } = surrogateScores([{ before, after: replacer(surrogateKey("0123456789abcdef"))(before) }]);
 * deepEqual([consistency.rate, residual.count, residual.of], [1, 0, 2]);
 * ```
 */
export function surrogateScores(
  letters: Iterable<ReplacedLetter>,
  { scope = "letter", labels = new LabelMap() }: { scope?: "letter" | "corpus"; labels?: LabelMap } = {},
): SurrogateScores {
  const mentions: ReplacedMention[] = [];
  const elsewhere = { count: 0, of: 0 };
  for (const pair of letters) {
    const own = replacedMentions(pair, labels).filter(({ sort }) => sort !== "age");
    mentions.push(...own);
    const after = ` ${folded(pair.after.text).replace(/[^\p{L}\p{N}]+/gu, " ")} `;
    for (const { original } of own) {
      const words = folded(original).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      if (words.length < 4) continue;
      elsewhere.of++;
      if (after.includes(` ${words} `)) elsewhere.count++;
    }
  }
  const perLabel = new Map<string, { readability: Share; unchanged: Share }>();
  for (const label of [...new Set(mentions.map(({ label }) => label))].sort()) {
    const own = mentions.filter((mention) => mention.label === label);
    perLabel.set(label, { readability: readability(own), unchanged: unchanged(own) });
  }
  return {
    signature: `surrogates|scope:${scope}|words:4+|ages:uncounted|v1`,
    consistency: consistency(mentions, scope),
    distinctness: distinctness(mentions),
    readability: readability(mentions),
    residual: residual(mentions, (mention) => mention.standIn),
    chance: residual(mentions, nextStandIn(mentions)),
    elsewhere: share(elsewhere.count, elsewhere.of),
    unchanged: unchanged(mentions),
    perLabel,
  };
}

/** The mentions of a letter that are to be replaced, with their stand-ins. */
export function replacedMentions({ before, after }: ReplacedLetter, labels: LabelMap): ReplacedMention[] {
  if (before.spans.length !== after.spans.length || before.id !== after.id) {
    throw new Error(
      `letter ${before.id}: it has ${before.spans.length} spans before and ${after.spans.length} after. Compare a letter with its own stand-ins.`,
    );
  }
  return before.spans.flatMap((span, index) => {
    const moved = after.spans[index];
    const meaning = labels.meaning(span.label);
    if (
      moved === undefined || meaning === undefined || meaning.sort === "kept" || meaning.sort === "relative"
    ) return [];
    const original = before.text.slice(span.start, span.end);
    if (!/[\p{L}\p{N}]/u.test(original)) return [];
    return [{
      letter: before.id,
      start: span.start,
      end: span.end,
      label: span.label,
      sort: meaning.sort,
      original,
      standIn: after.text.slice(moved.start, moved.end),
    }];
  });
}

function consistency(mentions: readonly ReplacedMention[], scope: "letter" | "corpus"): Share {
  const standIns = new Map<string, Map<string, number>>();
  for (const { letter, sort, original, standIn } of mentions) {
    if (sort === "date" || (scope === "corpus" && sort === "name" && !/\p{L}\W+\p{L}/u.test(original))) {
      continue;
    }
    const id = JSON.stringify([scope === "letter" ? letter : "", sort, folded(original)]);
    const counts = standIns.get(id) ?? new Map<string, number>();
    counts.set(folded(standIn), (counts.get(folded(standIn)) ?? 0) + 1);
    standIns.set(id, counts);
  }
  let [same, all] = [0, 0];
  for (const counts of standIns.values()) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (total > 1) [same, all] = [same + Math.max(...counts.values()), all + total];
  }
  return share(same, all);
}

function distinctness(mentions: readonly ReplacedMention[]): Share {
  const originals = new Map<string, Set<string>>();
  for (const { letter, label, sort, original, standIn } of mentions) {
    if (sort === "date") continue;
    const id = JSON.stringify([letter, label, folded(standIn)]);
    originals.set(id, (originals.get(id) ?? new Set()).add(folded(original).replace(/[^\p{L}\p{N}]/gu, "")));
  }
  return share([...originals.values()].filter(({ size }) => size === 1).length, originals.size);
}

function readability(mentions: readonly ReplacedMention[]): Share {
  return share(
    mentions.filter(({ original, standIn, sort }) => formOf(original, sort) === formOf(standIn, sort)).length,
    mentions.length,
  );
}

function unchanged(mentions: readonly ReplacedMention[]): Share {
  return share(
    mentions.filter(({ original, standIn }) => folded(original) === folded(standIn)).length,
    mentions.length,
  );
}

function residual(
  mentions: readonly ReplacedMention[],
  standIn: (mention: ReplacedMention, index: number) => string | undefined,
): Share {
  let [left, all] = [0, 0];
  for (const [index, mention] of mentions.entries()) {
    const other = standIn(mention, index);
    if (other === undefined) continue;
    all += survivors(mention.original, mention.original).length;
    left += survivors(mention.original, other).length;
  }
  return share(left, all);
}

/** For each mention the stand-in of the next one of its label in another letter, round to the first; none where there is one letter. */
function nextStandIn(
  mentions: readonly ReplacedMention[],
): (mention: ReplacedMention, index: number) => string | undefined {
  const found = new Map<number, string>();
  for (const label of new Set(mentions.map(({ label }) => label))) {
    const own = [...mentions.entries()].filter(([, mention]) => mention.label === label);
    const starts = own.map(([, { letter }], i) => {
      let next = i;
      while (next < own.length && own[next]?.[1].letter === letter) next++;
      return next;
    });
    for (const [i, [index, { letter }]] of own.entries()) {
      const other = own[starts[i] ?? 0] ?? own[0];
      if (other && other[1].letter !== letter) found.set(index, other[1].standIn);
    }
  }
  return (_, index) => found.get(index);
}

/** A share. */
export function share(count: number, of: number): Share {
  return { count, of, rate: of === 0 ? null : count / of };
}
