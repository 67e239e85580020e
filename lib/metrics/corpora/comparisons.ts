/** The measures of two corpora, each with its name, its parts and its signature. @module */

import type { Letter } from "../../corpus/letter.ts";
import { kolmogorovSmirnov, mannWhitney } from "../stats/two_sample.ts";
import { compressionRatio } from "./compression_ratio.ts";
import { distinctN } from "./distinct_n.ts";
import { jensenShannon, smoothedKullbackLeibler, SMOOTHING } from "./divergences.ts";
import { frechetDistance } from "./frechet_distance.ts";
import type { Rows } from "./householder.ts";
import { mauve, mauveClusters } from "./mauve.ts";
import { type Counts, NgramTable } from "./ngram_table.ts";
import { selfBleu } from "./self_bleu.ts";

/** One number about two corpora. */
export interface Comparison {
  /** `null` where the corpora do not have what it takes, which `reason` then names. */
  readonly value: number | null;
  readonly reason?: string;
  /** What it is made of, the two numbers whose difference (second − first) it is, or the p of a test. */
  readonly parts?: Readonly<Record<string, number>>;
  /** What exactly was computed. */
  readonly signature: string;
}

/** Measures by name. */
export type Comparisons = Readonly<Record<string, Comparison>>;

/** Lengths of the n-grams that are compared. */
const ORDERS = [1, 2, 3] as const;
const WORDS = "tok:words|case:folded";

/** A measure of something that each corpus has to have some of. */
function measured(
  sizes: readonly [first: number, second: number],
  least: number,
  what: string,
  signature: string,
  measure: () => Omit<Comparison, "signature" | "reason">,
): Comparison {
  const lacking = sizes.findIndex((size) => size < least);
  if (lacking < 0) return { ...measure(), signature };
  const which = lacking === 0 ? "first" : "second";
  const reason = least === 1 ? `no ${what}` : `fewer than ${least} ${what}s`;
  return { value: null, reason: `${reason} in the ${which} corpus`, signature };
}

/**
 * MAUVE and the Fréchet distance of embeddings.
 *
 * @param signature what the embeddings are
 *
 * @example
 * ```ts
 * import { nearness } from "./comparisons.ts";
 * import { equal } from "node:assert/strict";
 * const rows = [0, 1, 5].map((x) => Float64Array.of(x, 1));
 * equal(nearness(rows, rows, "encoder:none")["frechet"]?.value, 0);
 * ```
 */
export function nearness(
  a: Rows,
  b: Rows,
  signature: string,
  options: { readonly clusters?: number; readonly seed?: number | string } = {},
): Comparisons {
  const { clusters = mauveClusters(a.length, b.length), seed = 42 } = options;
  const sizes = [a.length, b.length] as const;
  return {
    mauve: measured(sizes, 1, "letter", `mauve|${signature}|clusters:${clusters}|seed:${seed}|c:5|v1`, () => {
      const { mauve: value, ...parts } = mauve(a, b, { clusters, seed });
      return { value, parts };
    }),
    frechet: measured(sizes, 2, "letter", `frechet|${signature}|v1`, () => {
      const { distance: value, ...parts } = frechetDistance(a, b);
      return { value, parts };
    }),
  };
}

/**
 * Divergences of words, 2-grams and 3-grams.
 *
 * @example
 * ```ts
 * import { divergences } from "./comparisons.ts";
 * import { equal } from "node:assert/strict";
 * equal(divergences(["no fever"], ["well"])["js-words"]?.value, 1);
 * ```
 */
export function divergences(a: readonly string[], b: readonly string[]): Comparisons {
  return Object.assign(
    {},
    ...ORDERS.map((n) => {
      const table = new NgramTable(n);
      const [p, q] = [table.counts(a), table.counts(b)];
      const name = n === 1 ? "words" : `${n}-grams`;
      return divergencesOf(name, p, q, n === 1 ? "word" : `${n}-gram`, `of:${name}|${WORDS}`);
    }),
  );
}

/**
 * Divergences of the labels of spans.
 *
 * @example
 * ```ts
 * import { labelDivergences } from "./comparisons.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "fever", spans: [{ start: 0, end: 5, label: "PROBLEM" }], meta: {} };
 * equal(labelDivergences([letter], [letter])["js-labels"]?.value, 0);
 * ```
 */
export function labelDivergences(first: readonly Letter[], second: readonly Letter[]): Comparisons {
  const places = new Map<string, number>();
  const [p, q] = [first, second].map((corpus) => {
    const counts: number[] = [];
    for (const { spans } of corpus) {
      for (const { label } of spans) {
        const place = places.get(label) ?? places.size;
        places.set(label, place);
        while (counts.length <= place) counts.push(0);
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
    return counts;
  });
  return divergencesOf("labels", p ?? [], q ?? [], "span", "of:labels");
}

function divergencesOf(name: string, p: Counts, q: Counts, what: string, signature: string): Comparisons {
  const sizes = [p.length, q.length] as const;
  const smoothing = `add:${SMOOTHING}`;
  return {
    [`js-${name}`]: measured(
      sizes,
      1,
      what,
      `js|${signature}|log:2|v1`,
      () => ({ value: jensenShannon(p, q) }),
    ),
    [`kl-${name}`]: measured(sizes, 1, what, `kl|${signature}|${smoothing}|log:2|v1`, () => ({
      value: smoothedKullbackLeibler(p, q),
      parts: { reverse: smoothedKullbackLeibler(q, p) },
    })),
  };
}

/**
 * How varied each corpus is in itself: the second's number less the first's, and both.
 *
 * @example
 * ```ts
 * import { variety } from "./comparisons.ts";
 * import { equal } from "node:assert/strict";
 * equal(variety(["no fever"], ["no no"])["distinct-1"]?.value, -0.5);
 * ```
 */
export function variety(a: readonly string[], b: readonly string[]): Comparisons {
  const both = (of: (texts: readonly string[]) => number, what: string, signature: string) => {
    const [first, second] = [of(a), of(b)];
    const sizes = [first, second].map((value) => Number.isNaN(value) ? 0 : 1);
    return measured([sizes[0] ?? 0, sizes[1] ?? 0], 1, what, signature, () => ({
      value: second - first,
      parts: { first, second },
    }));
  };
  return {
    ...Object.fromEntries(ORDERS.map((n) => [
      `distinct-${n}`,
      both((texts) => distinctN(texts, n), n === 1 ? "word" : `${n}-gram`, `distinct-${n}|${WORDS}|v1`),
    ])),
    "self-bleu": both(selfBleu, "pair of letters with words", "self-bleu|tok:13a|smooth:exp|eff:yes|v1"),
    "compression-ratio": both(compressionRatio, "text", "compression-ratio|gzip:9|v1"),
  };
}

/**
 * Whether the values of letters come from one distribution: the two-sample Kolmogorov–Smirnov and Mann–Whitney tests.
 *
 * @example
 * ```ts
 * import { twoSampleTests } from "./comparisons.ts";
 * import { equal } from "node:assert/strict";
 * equal(twoSampleTests("length", [1, 2, 3], [1, 2, 3], "of:words")["length-ks"]?.parts?.["p"], 1);
 * ```
 */
export function twoSampleTests(
  name: string,
  a: readonly number[],
  b: readonly number[],
  signature: string,
): Comparisons {
  return Object.fromEntries(
    ([["ks", kolmogorovSmirnov], ["mwu", mannWhitney]] as const).map(([short, test]) => {
      const comparison = measured(
        [a.length, b.length],
        1,
        `letter with a ${name}`,
        `${short}|${signature}|v1`,
        () => {
          const { statistic, p } = test(a, b);
          return { value: statistic, parts: { p, first: a.length, second: b.length } };
        },
      );
      return [`${name}-${short}`, comparison];
    }),
  );
}
