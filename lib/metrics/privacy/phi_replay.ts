/** Identifying data of the training letters that stand in synthetic ones. @module */

import type { Letter, Span } from "../../corpus/letter.ts";
import { share } from "../spans/deid_counts.ts";
import { checkIds, checkSpans, isBlank } from "../spans/source.ts";
import { ratio, type Replicates, SumBootstrap } from "../spans/sum_bootstrap.ts";
import { quantile } from "../stats/quantile.ts";
import type { Text } from "./longest_copied_run.ts";
import { PhraseFinder, searchable } from "./phrase_finder.ts";

/** A letter with its PHI. */
export type PhiLetter = Pick<Letter, "id" | "text" | "spans">;

/** How replay is counted. */
export interface ReplayOptions {
  /** Letters that nothing was trained on, their PHI marked as in the training letters: how often PHI comes up by chance. */
  readonly holdout?: readonly PhiLetter[];
  /** The labels that are PHI; default all. */
  readonly labels?: readonly string[];
  /**
   * `corpus` (default): PHI is replayed where any synthetic letter has it. `same-id`: where the synthetic letter of the same
   * id has it, for letters that were made one from one.
   */
  readonly within?: "corpus" | "same-id";
  /** Decides which letters the intervals draw; default 42. */
  readonly seed?: number | string;
}

/** A count, of how many, and the share; null of none. */
export interface ReplayRate {
  readonly replayed: number;
  readonly of: number;
  readonly rate: number | null;
  /** Ends of the 95% bootstrap interval (BCa) over letters; null for fewer than two letters. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A span of a source letter that was found, and in which synthetic letters. */
export interface ReplayedSpan extends Span {
  readonly id: string;
  readonly in: readonly string[];
}

/** Replay of the PHI of one corpus. */
export interface SourceReplay {
  /** Spans of PHI, every mention counted. */
  readonly spans: ReplayRate;
  /** Letters of which at least one span is replayed, of those with PHI. */
  readonly letters: ReplayRate;
  /** By label, sorted by code unit. */
  readonly perLabel: ReadonlyMap<string, { readonly replayed: number; readonly of: number }>;
  /** Spans without a letter or digit, which are not looked for and not counted. */
  readonly blank: number;
  readonly found: readonly ReplayedSpan[];
}

/** A difference of rates with its 95% interval (percentile bootstrap, letters of each side drawn by themselves). */
export interface RateDifference {
  readonly difference: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What was replayed, and how much more than by chance. */
export interface PhiReplay {
  readonly signature: string;
  readonly train: SourceReplay;
  /** Synthetic letters that hold PHI of the training letters. */
  readonly synthetic: { readonly letters: number; readonly of: number };
  /** The chance level. */
  readonly holdout?: SourceReplay;
  /** Rate of the training letters less that of the holdout; absent without one, null where a rate is. */
  readonly excess?: { readonly spans: RateDifference | null; readonly letters: RateDifference | null };
}

/**
 * Looks for each PHI span of the training letters in the running text of the synthetic ones, wherever it stands (see
 * {@linkcode PhraseFinder}), and for that of a holdout, which tells how much of it chance alone brings up: common names,
 * weekdays, ages. A span is looked for as a whole; a part of a name is no replay of it.
 *
 * @throws {Error} for two letters of one id, a span that is none, `same-id` with a holdout, or with a training letter of
 * which no synthetic one has the id
 *
 * @example
 * ```ts
 * import { phiReplay } from "./phi_replay.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const letter = (id: string, text: string, name: string) => {
 *   const start = text.indexOf(name);
 *   return { id, text, spans: [{ start, end: start + name.length, label: "NAME" }] };
 * };
 * const { train, holdout, excess } = phiReplay(
 *   [letter("t1", "Seen by Dr. Osei.", "Dr. Osei"), letter("t2", "Bo was well.", "Bo")],
 *   [{ id: "s", text: "He thanked dr. OSEI for this." }],
 *   { holdout: [letter("h1", "Cy is new.", "Cy"), letter("h2", "Di is new.", "Di")] },
 * );
 * deepEqual([train.spans.rate, holdout?.spans.rate, excess?.spans?.difference], [0.5, 0, 0.5]);
 * equal(train.found[0]?.in[0], "s");
 * ```
 */
export function phiReplay(
  train: readonly PhiLetter[],
  synthetic: readonly Text[],
  options: ReplayOptions = {},
): PhiReplay {
  const { holdout, labels, within = "corpus", seed = 42 } = options;
  checkIds(synthetic.map(({ id }) => id));
  if (within === "same-id" && holdout !== undefined) {
    throw new Error(
      "phiReplay: a holdout has no synthetic letter of the same id. Compare within the corpus.",
    );
  }
  const source = replayOf(train, synthetic, within, labels, `${seed}/train`);
  const chance = holdout && replayOf(holdout, synthetic, within, labels, `${seed}/holdout`);
  const found = new Set(source.result.found.flatMap(({ in: ids }) => ids));
  const kinds = labels === undefined ? "all" : labels.toSorted().join(",");
  return {
    signature: `phi-replay|text:folded|borders:words|within:${within}|labels:${kinds}|v1`,
    train: source.result,
    synthetic: { letters: found.size, of: synthetic.length },
    ...chance && {
      holdout: chance.result,
      excess: {
        spans: differenceOf(source.result.spans, chance.result.spans, source.spans, chance.spans),
        letters: differenceOf(source.result.letters, chance.result.letters, source.letters, chance.letters),
      },
    },
  };
}

function replayOf(
  sources: readonly PhiLetter[],
  synthetic: readonly Text[],
  within: "corpus" | "same-id",
  labels: readonly string[] | undefined,
  seed: string,
) {
  checkIds(sources.map(({ id }) => id));
  for (const { id, text, spans } of sources) checkSpans({ id, text, gold: spans, predicted: [] });
  const own = new Set(synthetic.map(({ id }) => id));
  const alone = within === "same-id" ? sources.find(({ id }) => !own.has(id)) : undefined;
  if (alone) {
    throw new Error(`phiReplay: no synthetic letter has the id ${alone.id}. Give one for each letter.`);
  }

  const phi = (spans: readonly Span[]) => spans.filter(({ label }) => labels?.includes(label) ?? true);
  const phrases = new Map<string, number>();
  let blank = 0;
  const mentions = sources.map(({ id, text, spans }) =>
    phi(spans).flatMap((span) => {
      const phrase = searchable(text.slice(span.start, span.end));
      if (isBlank(phrase)) {
        blank++;
        return [];
      }
      const number = phrases.get(phrase) ?? phrases.size;
      phrases.set(phrase, number);
      return [{ id, span, number }];
    })
  );
  const finder = new PhraseFinder([...phrases.keys()]);
  const holders: string[][] = Array.from(phrases, () => []);
  for (const { id, text } of synthetic) for (const number of finder.in(text)) holders[number]?.push(id);

  const perLabel = new Map<string, { replayed: number; of: number }>();
  const found: ReplayedSpan[] = [];
  const counts = mentions.map((ofLetter) => {
    const before = found.length;
    for (const { id, span, number } of ofLetter) {
      const all = holders[number] ?? [];
      const ids = within === "corpus" ? all : all.filter((holder) => holder === id);
      const sum = perLabel.get(span.label) ?? { replayed: 0, of: 0 };
      const replayed = ids.length > 0 ? 1 : 0;
      perLabel.set(span.label, { replayed: sum.replayed + replayed, of: sum.of + 1 });
      if (replayed) found.push({ id, ...span, in: ids });
    }
    return { replayed: found.length - before, of: ofLetter.length };
  });
  const bootstrap = counts.length > 1 ? new SumBootstrap(counts.length, { seed }) : undefined;
  const rate = (above: readonly number[], below: readonly number[]) => {
    const [replayed, of] = [sumOf(above), sumOf(below)];
    const value = share(replayed, of);
    const replicates = bootstrap && ratio(bootstrap.sums(above), bootstrap.sums(below));
    const interval = value !== null && replicates ? bootstrap?.interval(value, replicates) : undefined;
    const ends = { low: interval?.low ?? null, high: interval?.high ?? null };
    return { rate: { replayed, of, rate: value, ...ends }, replicates };
  };
  const spans = rate(counts.map(({ replayed }) => replayed), counts.map(({ of }) => of));
  const any = (value: number) => value > 0 ? 1 : 0;
  const letters = rate(counts.map(({ replayed }) => any(replayed)), counts.map(({ of }) => any(of)));
  const result: SourceReplay = {
    spans: spans.rate,
    letters: letters.rate,
    perLabel: new Map([...perLabel].sort(([a], [b]) => a < b ? -1 : 1)),
    blank,
    found,
  };
  return { result, spans: spans.replicates, letters: letters.replicates };
}

function differenceOf(
  left: ReplayRate,
  right: ReplayRate,
  leftReplicates: Replicates | undefined,
  rightReplicates: Replicates | undefined,
): RateDifference | null {
  if (left.rate === null || right.rate === null) return null;
  const difference = left.rate - right.rate;
  if (!leftReplicates || !rightReplicates) return { difference, low: null, high: null };
  // Corpora of more than a thousand letters are drawn less often.
  const draws = Math.min(leftReplicates.resampled.length, rightReplicates.resampled.length);
  const differences = leftReplicates.resampled.slice(0, draws)
    .map((value, r) => value - rightReplicates.resampled[r]!) // r < draws
    .sort();
  return { difference, low: quantile(differences, 0.025), high: quantile(differences, 0.975) };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
