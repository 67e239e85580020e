/** The letters that a report card compares with each other. @module */

import type { Letter } from "../corpus/letter.ts";
import { random } from "../random.ts";
import { type Language, languageOf } from "../text/language.ts";

/** A synthetic corpus by its name. */
export interface Corpus {
  readonly name: string;
  readonly letters: readonly Letter[];
}

/** A real letter and the one that is compared with it. */
export interface LetterPair {
  readonly real: Letter;
  readonly synthetic: Letter;
}

/** A corpus that is compared with the real reference: a synthetic one, or the real holdout. */
export interface Candidate {
  readonly name: string;
  readonly letters: readonly Letter[];
  readonly language: Language;
  /** As many as of every other candidate, for what depends on their number. */
  readonly sample: readonly Letter[];
  /** Those that may have been made from letters of the reference: what privacy looks at. */
  readonly exposed: readonly Letter[];
  /** Those that can't have been made from letters of the holdout: what a tagger that is tested there may learn from. */
  readonly learnable: readonly Letter[];
  /** By id; of the holdout with letters of the reference at random. */
  readonly pairs: readonly LetterPair[];
}

/** All of them. */
export interface Material {
  readonly real: readonly Letter[];
  readonly reference: readonly Letter[];
  readonly holdout: Candidate;
  readonly from: "given" | "half";
  readonly language: Language;
  readonly synthetic: readonly Candidate[];
  readonly seed: number;
}

/** The name of the real holdout among corpora. */
export const REAL_HOLDOUT = "real holdout";

/** An interval over letters takes two, and a half of the real corpus has to be one. */
const LEAST = 2;

/**
 * Sets real letters apart from which synthetic ones may be made: a holdout that was given, or half of the real corpus by the
 * seed. In halves, synthetic letters with the ids of real ones count as made from these: distributions are compared for those
 * made from the holdout, copies looked for in those made from the reference, so that the real letters themselves come out as the
 * holdout does.
 *
 * @throws {Error} for two corpora of one name, a real corpus of too few letters, a letter of the holdout that is a real one too,
 * or where no synthetic corpus has letters enough
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}.`, spans: [], meta: {} }));
 * const { reference, holdout, synthetic } = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * equal(reference.length, 2);
 * equal(holdout.letters.length, 2);
 * equal(synthetic[0]?.pairs.length, 4);
 * ```
 */
export function materialOf(
  real: readonly Letter[],
  corpora: readonly Corpus[],
  { holdout, seed, unpaired = false }: {
    readonly holdout?: readonly Letter[];
    readonly seed: number;
    readonly unpaired?: boolean;
  },
): Material {
  checkNames(corpora);
  checkSizes(real, holdout, corpora);
  const [reference, unseen] = holdout === undefined
    ? halves(real, seed)
    : [real, checkedHoldout(real, holdout)];
  const inReference = idsOf(reference);
  const known = new Map(real.map((letter) => [letter.id, letter]));
  const pools = corpora.map(({ name, letters }) => {
    const pairs = unpaired ? [] : letters.flatMap((synthetic) => {
      const origin = known.get(synthetic.id);
      return origin === undefined ? [] : [{ real: origin, synthetic }];
    });
    const ofReference = pairs.filter(({ real }) => inReference.has(real.id)).map(({ synthetic }) =>
      synthetic
    );
    const ofHoldout = pairs.filter(({ real }) => !inReference.has(real.id)).map(({ synthetic }) => synthetic);
    // A few ids in common are no sign that letters were made from each other.
    const split = holdout === undefined && ofReference.length >= LEAST && ofHoldout.length >= LEAST;
    const exposed = split ? ofReference : letters;
    return { name, letters, pairs, exposed, learnable: exposed, pool: split ? ofHoldout : letters };
  });
  const size = Math.min(unseen.length, ...pools.map(({ pool }) => pool.length));
  const rng = random(`${seed}/report pairs`);
  return {
    real,
    reference,
    from: holdout === undefined ? "half" : "given",
    language: mostly(real),
    seed,
    holdout: {
      name: REAL_HOLDOUT,
      letters: unseen,
      language: mostly(unseen),
      sample: drawn(unseen, size, seed),
      exposed: unseen,
      learnable: unseen,
      pairs: unseen.map((synthetic) => ({ real: reference[rng.below(reference.length)]!, synthetic })), // not empty
    },
    synthetic: pools.map(({ pool, ...rest }) => ({
      ...rest,
      language: mostly(rest.letters),
      sample: drawn(pool, size, seed),
    })),
  };
}

function checkNames(corpora: readonly Corpus[]): void {
  const names = [REAL_HOLDOUT, ...corpora.map(({ name }) => name)];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new Error(`report: two corpora are named "${twice}". Name each by its own.`);
  if (corpora.length === 0) throw new Error("report: no synthetic corpus. Give at least one.");
}

function checkSizes(
  real: readonly Letter[],
  holdout: readonly Letter[] | undefined,
  corpora: readonly Corpus[],
): void {
  const least = holdout === undefined ? 2 * LEAST : LEAST;
  if (real.length < least) {
    const why = holdout === undefined ? "its halves are compared with each other" : "an interval takes two";
    throw new Error(`report: ${real.length} letters in the real corpus, and ${why}. Give at least ${least}.`);
  }
  if (holdout !== undefined && holdout.length < LEAST) {
    throw new Error(
      `report: ${holdout.length} letters in the holdout. Give at least ${LEAST}, or none at all.`,
    );
  }
  const small = corpora.find(({ letters }) => letters.length < LEAST);
  if (small) {
    throw new Error(
      `report: ${small.letters.length} letters in ${small.name}. Give at least ${LEAST}: an interval takes two.`,
    );
  }
}

function checkedHoldout(real: readonly Letter[], holdout: readonly Letter[]): readonly Letter[] {
  const ofText = new Map(real.map(({ text, id }) => [text, id]));
  for (const { id, text } of holdout) {
    const twin = ofText.get(text);
    if (twin === undefined) continue;
    throw new Error(
      `report: letter ${id} of the holdout is letter ${twin} of the real corpus. Leave it out there.`,
    );
  }
  return holdout;
}

/** Two halves in the order of the letters. */
function halves(letters: readonly Letter[], seed: number): [Letter[], Letter[]] {
  const chosen = new Set(
    random(`${seed}/report halves`).shuffle([...letters.keys()]).slice(0, Math.ceil(letters.length / 2)),
  );
  return [letters.filter((_, i) => chosen.has(i)), letters.filter((_, i) => !chosen.has(i))];
}

function drawn(letters: readonly Letter[], size: number, seed: number): readonly Letter[] {
  if (letters.length === size) return letters;
  const chosen = new Set(
    random(`${seed}/report sample`).shuffle([...letters.keys()]).slice(0, size),
  );
  return letters.filter((_, i) => chosen.has(i));
}

function idsOf(letters: readonly Letter[]): Set<string> {
  return new Set(letters.map(({ id }) => id));
}

/** The language of most letters. */
function mostly(letters: readonly Letter[]): Language {
  const spanish = letters.filter(({ text }) => languageOf(text) === "es").length;
  return 2 * spanish > letters.length ? "es" : "en";
}
