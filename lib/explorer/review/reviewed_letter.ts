/** Where the review of a letter is, and who may see what of it. @module */

import { type Decision, type Entry, keyOf, type Unit } from "./entry.ts";

/** A decision with whose it is. */
export interface Given extends Decision {
  readonly reviewer: string;
}

/** What a reviewer may see of a unit. */
export interface SeenUnit {
  readonly own: Decision;
  /** Of both reviewers, once both are done with the letter. */
  readonly both?: readonly Given[];
  readonly adjudicated?: Given;
}

/** So many review a letter. */
const REVIEWERS = 2;

/** Nobody said anything of it. */
export const undecided: Decision = { decision: "none", comment: "" };

/**
 * A letter under review. Until two reviewers are done with it, each sees their own decisions alone. From then on it is open: what they
 * decided stands, and whoever adjudicates adds to it.
 *
 * @example
 * ```ts
 * import { ReviewedLetter } from "./reviewed_letter.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const letter = new ReviewedLetter();
 * const by = (reviewer: string) => ({ at: "2026-01-01T00:00:00Z", reviewer, corpus: "c", letter: "a" });
 * letter.add({ ...by("Ann"), span: null, decision: "accept", comment: "" });
 * equal(letter.seen(null, "Bo").both, undefined);
 * for (const reviewer of ["Ann", "Bo"]) letter.add({ ...by(reviewer), done: true });
 * deepEqual(letter.seen(null, "Bo").both?.map(({ decision }) => decision), ["accept", "none"]);
 * ```
 */
export class ReviewedLetter {
  /** By reviewer, then by unit. */
  readonly #decisions = new Map<string, Map<string, Decision>>();
  readonly #adjudicated = new Map<string, Given>();
  readonly #done = new Set<string>();

  /** Whether two reviewers are done with it. */
  get open(): boolean {
    return this.#done.size === REVIEWERS;
  }

  /** Takes a line of the history. What comes after both are done (from another server) and adjudicates nothing changes nothing. */
  add(entry: Entry): void {
    if ("done" in entry) {
      if (this.open) return;
      if (entry.done) this.#done.add(entry.reviewer);
      else this.#done.delete(entry.reviewer);
      return;
    }
    const { reviewer, span, decision, comment, adjudicated = false } = entry;
    if (adjudicated !== this.open) return;
    if (adjudicated) this.#adjudicated.set(keyOf(span), { reviewer, decision, comment });
    else {
      const own = this.#decisions.get(reviewer) ?? new Map<string, Decision>();
      this.#decisions.set(reviewer, own.set(keyOf(span), { decision, comment }));
    }
  }

  /** Whether a reviewer said they are done. */
  isDone(reviewer: string): boolean {
    return this.#done.has(reviewer);
  }

  /** Whether a reviewer decided anything. */
  hasBegun(reviewer: string): boolean {
    return this.#decisions.has(reviewer);
  }

  /** What a reviewer may see. */
  seen(unit: Unit, reviewer: string): SeenUnit {
    const key = keyOf(unit);
    const of = (who: string) => this.#decisions.get(who)?.get(key) ?? undecided;
    const adjudicated = this.#adjudicated.get(key);
    return {
      own: of(reviewer),
      ...this.open && { both: [...this.#done].sort().map((who) => ({ reviewer: who, ...of(who) })) },
      ...adjudicated && { adjudicated },
    };
  }
}

/**
 * Whether the reviewers decided differently, and nobody between them.
 *
 * @example
 * ```ts
 * import { isDisputed, undecided } from "./reviewed_letter.ts";
 * import { equal } from "node:assert/strict";
 * const both = [{ reviewer: "Ann", ...undecided }, { reviewer: "Bo", decision: "accept", comment: "" }] as const;
 * equal(isDisputed({ own: undecided, both }), true);
 * ```
 */
export function isDisputed({ both = [], adjudicated }: SeenUnit): boolean {
  const [first] = both;
  return (adjudicated?.decision ?? "none") === "none" &&
    both.some(({ decision }) => decision !== first?.decision);
}

/**
 * What holds for a unit: what was adjudicated, else what both decided alike; of a letter that is not open, what the reviewer decided.
 *
 * @example
 * ```ts
 * import { outcomeOf } from "./reviewed_letter.ts";
 * import { equal } from "node:assert/strict";
 * equal(outcomeOf({ own: { decision: "reject", comment: "" } }), "reject");
 * ```
 */
export function outcomeOf({ own, both, adjudicated }: SeenUnit): Decision["decision"] {
  if (!both) return own.decision;
  if (adjudicated && adjudicated.decision !== "none") return adjudicated.decision;
  const [first] = both;
  return first && both.every(({ decision }) => decision === first.decision) ? first.decision : "none";
}
