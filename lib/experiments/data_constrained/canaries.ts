/** Canaries: secrets that are planted in training text to see how much a model gives away of them. @module */

import type { Letter } from "../../corpus/letter.ts";
import { random } from "../../random.ts";

/** Secrets of one form: planted ones, others that could have been planted in their place, and those that are only compared. */
export interface Canaries {
  readonly planted: readonly string[];
  /** As the planted ones in all but that no training text has them: what chance gives. */
  readonly control: readonly string[];
  /** The candidates that each of both is ranked among. */
  readonly others: readonly string[];
}

const PLANTED = 8;
/** With the secret itself 512 candidates: an exposure of 9 is the most there is. */
const OTHERS = 511;

/**
 * Secrets of eight digits, "Ref. 4831 7206.", all different.
 *
 * @example
 * ```ts
 * import { canariesOf } from "./canaries.ts";
 * import { match } from "node:assert/strict";
 * match(canariesOf("fold 1").planted[0] ?? "", /^Ref\. \d{4} \d{4}\.$/);
 * ```
 */
export function canariesOf(seed: string): Canaries {
  const stream = random(`canaries/${seed}`);
  const digits = () => `${1000 + stream.below(9000)}`;
  const all = new Set<string>();
  while (all.size < 2 * PLANTED + OTHERS) all.add(`Ref. ${digits()} ${digits()}.`);
  const secrets = [...all];
  return {
    planted: secrets.slice(0, PLANTED),
    control: secrets.slice(PLANTED, 2 * PLANTED),
    others: secrets.slice(2 * PLANTED),
  };
}

/**
 * The texts with each secret once, on a last line of its own, in texts that are evenly spread.
 *
 * @example
 * ```ts
 * import { planted } from "./canaries.ts";
 * import { deepEqual } from "node:assert/strict";
 * const texts = ["a", "b", "c", "d"].map((id) => ({ id, text: id, spans: [], meta: {} }));
 * deepEqual(planted(texts, ["1", "2"]).map(({ text }) => text), ["a\n1", "b", "c\n2", "d"]);
 * ```
 */
export function planted(texts: readonly Letter[], secrets: readonly string[]): Letter[] {
  const lines = new Map<number, string[]>();
  secrets.forEach((secret, i) => {
    const at = Math.floor(i * texts.length / secrets.length);
    lines.set(at, [...lines.get(at) ?? [], secret]);
  });
  return texts.map((letter, i) => ({ ...letter, text: [letter.text, ...lines.get(i) ?? []].join("\n") }));
}
