/** How the data-constrained study cuts a corpus: into folds, shares and short texts. @module */

import { assignFolds } from "../../corpus/folds.ts";
import { clinicalLabels } from "../../corpus/labels.ts";
import type { Letter } from "../../corpus/letter.ts";
import { random } from "../../random.ts";
import { firstWords, type Prompt } from "../../synth/prompts.ts";
import { chunks } from "../../text/chunks.ts";
import { wordsIn } from "./effort.ts";

/** Folds of the paper's cross-validation. */
export const FOLDS = 5;
/** The share of what is not tested on that is held out for prompts: the paper's 95% are all the rest. */
const HELD_OUT = 0.05;
/** The paper's texts for tagging have so many words; here the language model's have as well. */
const WORDS = 128;
/** A prompt has the first three words of a held-out text. */
const PROMPT = 3;
const SEED = 42;

/** A corpus in one fold of the cross-validation. */
export interface Split {
  /** Tested on. */
  readonly test: readonly Letter[];
  /** Not tested on: in an order of its own, those that prompts come from first. */
  readonly rest: readonly Letter[];
  readonly heldOut: readonly Letter[];
  readonly available: readonly Letter[];
}

/**
 * Cuts a corpus. The folds are the corpus's own (`meta.fold`) where each letter has one, else five balanced ones. Spans of clinical
 * entities, as the embedded letters have them, are left out: what is to be found is what identifies.
 *
 * @throws {Error} where there is no such fold, or the fold has no span to find
 *
 * @example
 * ```ts
 * import { splitOf } from "./split.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 0, end: 3, label: "PATIENT" }];
 * const corpus = Array.from({ length: 20 }, (_, i) => ({ id: `${i}`, text: "Ann was well.", spans, meta: {} }));
 * const { test, heldOut, available } = splitOf(corpus, 0);
 * deepEqual([test.length, heldOut.length, available.length], [4, 1, 15]);
 * ```
 */
export function splitOf(corpus: readonly Letter[], fold: number): Split {
  const letters = corpus.map(toFind);
  const folds = foldsOf(letters);
  const own = folds[fold];
  if (!own) throw new Error(`fold ${fold}: the corpus has ${folds.length}, from 0. Ask for one of them.`);
  const test = letters.filter(({ id }) => own.has(id));
  if (!test.some(({ spans }) => spans.length > 0)) {
    throw new Error(`fold ${fold}: none of its ${test.length} letters has a span to find. Label some.`);
  }
  const rest = random(`${SEED}/fold ${fold}`).shuffle(letters.filter(({ id }) => !own.has(id)));
  const prompting = Math.max(1, Math.round(HELD_OUT * rest.length));
  if (rest.length <= prompting) {
    throw new Error(`fold ${fold}: ${rest.length} letters are left to learn from. Give a larger corpus.`);
  }
  return { test, rest, heldOut: rest.slice(0, prompting), available: rest.slice(prompting) };
}

/** A letter with the spans that are to be found. */
function toFind({ standoff: _, ...letter }: Letter): Letter {
  return { ...letter, spans: letter.spans.filter(({ label }) => !(label in clinicalLabels)) };
}

function foldsOf(letters: readonly Letter[]): ReadonlySet<string>[] {
  if (letters.every(({ meta }) => meta.fold !== undefined)) {
    const names = [...new Set(letters.map(({ meta }) => meta.fold ?? ""))];
    return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((name) =>
      new Set(letters.filter(({ meta }) => meta.fold === name).map(({ id }) => id))
    );
  }
  const members = letters.map(({ id, meta }) => ({ id, specialty: meta.specialty ?? "" }));
  return assignFolds(members, FOLDS, SEED).map((ids) => new Set(ids));
}

/**
 * The first letters of a split that make a share of what is not tested on; a larger share has all of a smaller one's. 0.95 are all
 * that are available.
 *
 * @param fold for the message
 * @throws {Error} where the share is none, or none of its letters has a span to learn from
 *
 * @example
 * ```ts
 * import { shareOf, splitOf } from "./split.ts";
 * import { equal } from "node:assert/strict";
 * const spans = [{ start: 0, end: 3, label: "PATIENT" }];
 * const corpus = Array.from({ length: 20 }, (_, i) => ({ id: `${i}`, text: "Ann was well.", spans, meta: {} }));
 * equal(shareOf(splitOf(corpus, 0), 0.25, 0).length, 4);
 * ```
 */
export function shareOf({ rest, available }: Split, share: number, fold: number): readonly Letter[] {
  if (!(share > 0 && share <= 1)) throw new Error(`share ${share}: choose one above 0, at most 1.`);
  const letters = available.slice(0, Math.max(1, Math.round(share * rest.length)));
  if (letters.some(({ spans }) => spans.length > 0)) return letters;
  throw new Error(
    `fold ${fold}, ${
      Math.round(100 * share)
    }% of the data: none of the ${letters.length} letters has a span to learn ` +
      "from. Label some, or give a larger corpus.",
  );
}

/**
 * Letters as texts of up to 128 words, cut between sentences, without spans: what the language model learns to write.
 *
 * @example
 * ```ts
 * import { textsOf } from "./split.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "She was seen in clinic. ".repeat(40).trim();
 * deepEqual(textsOf([{ id: "a", text, spans: [], meta: {} }]).map(({ id, text }) => [id, text.length]), [
 *   ["a#1", 599],
 *   ["a#2", 359],
 * ]);
 * ```
 */
export function textsOf(letters: readonly Letter[]): Letter[] {
  return letters.flatMap(({ id, text, meta }) =>
    chunks(text, { budget: WORDS, count: wordsIn }).map(({ start, end }, i) => (
      { id: `${id}#${i + 1}`, text: text.slice(start, end), spans: [], meta }
    ))
  );
}

/**
 * The first three words of each text that has more.
 *
 * @throws {Error} where none has
 *
 * @example
 * ```ts
 * import { promptsOf } from "./split.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "She was seen in clinic.", spans: [], meta: {} };
 * deepEqual(promptsOf([letter, { ...letter, id: "b", text: "Plan:" }]), [{ id: "a", text: "She was seen" }]);
 * ```
 */
export function promptsOf(texts: readonly Letter[]): Prompt[] {
  const prompts = texts.filter(({ text }) => wordsIn(text) > PROMPT)
    .map(({ id, text }) => ({ id, text: firstWords(text, PROMPT, `letter ${id}`) }));
  if (prompts.length > 0) return prompts;
  throw new Error(`${texts.length} held-out texts: none has more than ${PROMPT} words to begin with.`);
}
