/** How precise a de-identifier is once it finds nearly everything. @module */

import type { Span } from "../../corpus/letter.ts";
import type { Range } from "../../text/sentences.ts";
import { countedCharacters, type DeidOptions } from "./deidentification.ts";
import { checkIds, checkSpans } from "./source.ts";

/** A predicted span with the tagger's confidence: the higher, the surer. */
export interface Candidate extends Span {
  readonly score: number;
}

/** A letter with its PHI and everything that the tagger would redact at its loosest. */
export interface CandidateLetter {
  readonly id: string;
  readonly text: string;
  readonly gold: readonly Span[];
  readonly candidates: readonly Candidate[];
  /** As in `DeidLetter`. */
  readonly aside?: readonly Range[];
}

/** Precision at a recall, over the characters of a corpus. */
export interface PrecisionAtRecall {
  /** `deid-precision|recall:0.99|labels:blind|characters:all|v1` */
  readonly signature: string;
  /** The greatest precision of all thresholds that reach the recall; null where none does, or there is no PHI. */
  readonly precision: number | null;
  /** The recall at that threshold; where none reaches it, that of all candidates, null without PHI. */
  readonly recall: number | null;
  /** Candidates with at least this score are redacted; null where there is no such threshold. */
  readonly threshold: number | null;
  /** Why `precision` is null. */
  readonly reason?: string;
}

/**
 * The precision of redaction at the best threshold at which at least `recall` of the PHI characters is found (0.99 by
 * default). Candidates of equal score are redacted together, so that their order does not matter. Characters are counted as by
 * `deidentification()`.
 *
 * @throws {Error} for two letters of one id, a span that is none, a score that is no number, and a recall outside (0, 1]
 *
 * @example
 * ```ts
 * import { precisionAtRecall } from "./precision_at_recall.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "Ann Lee saw Bo.";
 * const gold = [{ start: 0, end: 7, label: "NAME" }, { start: 12, end: 14, label: "NAME" }];
 * const candidates = [
 *   { start: 0, end: 7, label: "NAME", score: 0.9 },
 *   { start: 8, end: 11, label: "NAME", score: 0.5 },
 *   { start: 12, end: 14, label: "NAME", score: 0.4 },
 * ];
 * const { precision, threshold } = precisionAtRecall([{ id: "a", text, gold, candidates }]);
 * deepEqual([precision, threshold], [9 / 12, 0.4]);
 * ```
 */
export function precisionAtRecall(
  letters: readonly CandidateLetter[],
  options: DeidOptions & { readonly recall?: number } = {},
): PrecisionAtRecall {
  const { recall: target = 0.99, labels = "blind", characters = "all" } = options;
  if (!(target > 0 && target <= 1)) {
    throw new Error(`precisionAtRecall: recall is ${target}. Give a share above 0, up to 1.`);
  }
  checkIds(letters.map(({ id }) => id));
  const signature = `deid-precision|recall:${target}|labels:${labels}|characters:${characters}|v1`;
  const progress = letters.map((letter) => new Redaction(letter, labels === "aware", characters));
  const phi = progress.reduce((sum, one) => sum + one.phi, 0);
  if (phi === 0) {
    return { signature, precision: null, recall: null, threshold: null, reason: "no letter has PHI" };
  }
  const queue = letters
    .flatMap(({ candidates }, letter) => candidates.map((candidate) => ({ letter, candidate })))
    .sort((a, b) => b.candidate.score - a.candidate.score);
  let [found, redacted] = [0, 0];
  let best: { precision: number; recall: number; threshold: number } | undefined;
  for (const [i, { letter, candidate }] of queue.entries()) {
    const added = progress[letter]?.redact(candidate) ?? { found: 0, redacted: 0 };
    found += added.found;
    redacted += added.redacted;
    const threshold = candidate.score;
    if (queue[i + 1]?.candidate.score === threshold || found / phi < target) continue;
    const precision = found / redacted;
    if (best === undefined || precision > best.precision) {
      best = { precision, recall: found / phi, threshold };
    }
  }
  if (best !== undefined) return { signature, ...best };
  const reason = `all candidates together reach a recall of ${found / phi}`;
  return { signature, precision: null, recall: found / phi, threshold: null, reason };
}

/** A letter as more and more of it is redacted. */
class Redaction {
  /** Characters of PHI. */
  readonly phi: number;
  readonly #counted: Uint8Array;
  /** The gold spans' places, by label; under one label for all where labels are blind. */
  readonly #gold = new Map<string, Uint8Array>();
  readonly #redacted: Uint8Array;
  readonly #found: Uint8Array;

  constructor(letter: CandidateLetter, readonly byLabel: boolean, characters: "all" | "alphanumeric") {
    const { id, text, gold, candidates, aside } = letter;
    checkSpans({ id, text, gold, predicted: candidates });
    const bad = candidates.find(({ score }) => !Number.isFinite(score));
    if (bad) {
      throw new Error(
        `letter ${id}: candidate [${bad.start}, ${bad.end}) has the score ${bad.score}. Give it a number.`,
      );
    }
    this.#counted = countedCharacters(text, characters, aside);
    this.#redacted = new Uint8Array(text.length);
    this.#found = new Uint8Array(text.length);
    const anyPhi = new Uint8Array(text.length);
    for (const { start, end, label } of gold) {
      const key = byLabel ? label : "";
      const places = this.#gold.get(key) ?? new Uint8Array(text.length);
      this.#gold.set(key, places.fill(1, start, end));
      anyPhi.fill(1, start, end);
    }
    this.phi = anyPhi.reduce((sum, is, at) => sum + (is & this.#counted[at]!), 0); // one a code unit
  }

  /** Redacts one more span; gives how many characters this finds and redacts anew. */
  redact({ start, end, label }: Span): { found: number; redacted: number } {
    const gold = this.#gold.get(this.byLabel ? label : "");
    let [found, redacted] = [0, 0];
    for (let at = start; at < end; at++) {
      if (this.#counted[at] === 0) continue;
      if (this.#redacted[at] === 0) redacted++;
      this.#redacted[at] = 1;
      if (gold?.[at] !== 1 || this.#found[at] === 1) continue;
      this.#found[at] = 1;
      found++;
    }
    return { found, redacted };
  }
}
