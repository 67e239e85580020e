/** Cutting a corpus into folds, for everything that must not be tried on what it was trained on. @module */
import { random } from "../random.ts";

/** A letter, as far as folds are concerned. */
export interface FoldMember {
  readonly id: string;
  readonly specialty: string;
}

/**
 * Cuts letters into `k` folds balanced by specialty: any two folds differ by at most one letter, in all and in each specialty.
 * The members and the seed decide, not the order in which they are given. Ids within a fold are sorted.
 *
 * @throws Error when `k` is no whole number from 2 to the number of letters.
 *
 * @example
 * ```ts
 * import { assignFolds } from "./folds.ts";
 * import { deepEqual } from "node:assert/strict";
 * const members = ["a", "b", "c", "d"].map((id) => ({ id, specialty: id < "c" ? "cardiology" : "urology" }));
 * deepEqual(assignFolds(members, 2, 1).map((fold) => fold.length), [2, 2]);
 * ```
 */
export function assignFolds(members: readonly FoldMember[], k: number, seed: number): string[][] {
  if (!Number.isInteger(k) || k < 2 || k > members.length) {
    throw new Error(
      `k = ${k} folds of ${members.length} letters: choose a whole number from 2 to ${members.length}.`,
    );
  }
  const bySpecialty = new Map<string, string[]>();
  for (const { id, specialty } of members) {
    bySpecialty.set(specialty, [...bySpecialty.get(specialty) ?? [], id]);
  }
  const folds = Array.from({ length: k }, (): string[] => []);
  let next = 0; // dealing goes on where the specialty before ended, which balances the totals as well
  for (const specialty of [...bySpecialty.keys()].sort()) {
    const ids = (bySpecialty.get(specialty) ?? []).sort();
    for (const id of random(`${seed}/${specialty}`).shuffle(ids)) folds[next++ % k]?.push(id);
  }
  return folds.map((fold) => fold.sort());
}
