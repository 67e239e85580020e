/** What taggers learn from: the levels of the downstream experiment. @module */

/** The models that fill, the first being the one of all other comparisons. */
export const MODELS = ["encoder-clinical", "encoder-general", "encoder-small", "t5-small-clinical"] as const;

/** The classes of words that are masked, the first being the one of all other comparisons. */
export const STRATEGIES = ["random", "stopwords", "nouns", "verbs"] as const;

/** How the letters of a kind are made of the originals. */
export type Making =
  | { readonly how: "original" }
  /** Masked words filled by a model; `draw` tells several synthetic letters of one original apart. */
  | { readonly how: "filled"; readonly model: string; readonly strategy: string; readonly draw: number }
  /** The fills dealt out anew among the masked words of a letter. */
  | { readonly how: "shuffled" }
  /** The blanks themselves. */
  | { readonly how: "masked" }
  /** Without the masked words. */
  | { readonly how: "dropped" };

/** Letters of one kind, and which of them. */
export interface Part {
  readonly making: Making;
  /** Whose spans are learnt: those of the annotator, or gold ones, moved to where they stand in the letter. */
  readonly labels: "silver" | "gold";
  /** Every letter has a place in its fold, from 0, counted modulo 4: which places are taken. */
  readonly quarters: readonly number[];
}

/** A training: the parts that it consists of. */
export interface Training {
  readonly name: string;
  /** The comparison that it belongs to. */
  readonly group: "reference" | "model" | "words masked" | "baseline" | "mixture" | "amount";
  readonly parts: readonly Part[];
  /** Original letters among those that are learnt from, as a share of the originals. */
  readonly real: number;
  /** Synthetic ones likewise; above 1 where there are several of each original. */
  readonly synthetic: number;
}

const ALL = [0, 1, 2, 3] as const;
const [model] = MODELS;
const [strategy] = STRATEGIES;

const part = (making: Making, labels: Part["labels"] = "silver", quarters: readonly number[] = ALL): Part => (
  { making, labels, quarters }
);
const original = (quarters: readonly number[] = ALL) => part({ how: "original" }, "silver", quarters);
const filled = (draw = 0, quarters: readonly number[] = ALL) =>
  part({ how: "filled", model, strategy, draw }, "silver", quarters);

/** The names of the trainings that claims are about. */
export const [gold, originals, synthetic, masked, dropped, shuffled, both] = [
  "original letters, gold labels",
  "original letters",
  "synthetic letters",
  "masked letters",
  "word dropout",
  "shuffled fills",
  "original and synthetic",
] as const;

/** All trainings, the references first. */
export const TRAININGS = [
  {
    ...{ name: gold, group: "reference", real: 1, synthetic: 0 },
    parts: [part({ how: "original" }, "gold")],
  },
  { name: originals, group: "reference", real: 1, synthetic: 0, parts: [original()] },
  { name: synthetic, group: "reference", real: 0, synthetic: 1, parts: [filled()] },
  {
    ...{ name: "synthetic letters, gold labels", group: "reference", real: 0, synthetic: 1 },
    parts: [part({ how: "filled", model, strategy, draw: 0 }, "gold")],
  },
  ...(["encoder-general", "encoder-small", "t5-small-clinical"] as const).map((model) => ({
    ...{ name: `filled by ${model}`, group: "model", real: 0, synthetic: 1 } as const,
    parts: [part({ how: "filled", model, strategy, draw: 0 })],
  })),
  ...(["stopwords", "nouns", "verbs"] as const).map((strategy) => ({
    ...{ name: `${strategy} masked`, group: "words masked", real: 0, synthetic: 1 } as const,
    parts: [part({ how: "filled", model, strategy, draw: 0 })],
  })),
  { name: masked, group: "baseline", real: 0, synthetic: 1, parts: [part({ how: "masked" })] },
  { name: dropped, group: "baseline", real: 0, synthetic: 1, parts: [part({ how: "dropped" })] },
  { name: shuffled, group: "baseline", real: 0, synthetic: 1, parts: [part({ how: "shuffled" })] },
  ...([[1, [0], [1, 2, 3]], [2, [0, 1], [2, 3]], [3, [0, 1, 2], [3]]] as const).map((
    [real, ours, theirs],
  ) => ({
    ...{ name: `${25 * real}% original, ${100 - 25 * real}% synthetic`, group: "mixture" } as const,
    ...{ real: real / 4, synthetic: 1 - real / 4 },
    parts: [original(ours), filled(0, theirs)],
  })),
  { name: both, group: "mixture", real: 1, synthetic: 1, parts: [original(), filled()] },
  ...([[0.25, [0]], [0.5, [0, 2]]] as const).map(([share, quarters]) => ({
    ...{ name: `synthetic letters, ${100 * share}%`, group: "amount", real: 0, synthetic: share } as const,
    parts: [filled(0, quarters)],
  })),
  ...([2, 4] as const).map((times) => ({
    ...{ name: `synthetic letters, ${100 * times}%`, group: "amount", real: 0, synthetic: times } as const,
    parts: Array.from({ length: times }, (_, draw) => filled(draw)),
  })),
] as const satisfies readonly Training[];

/** The name of a training. */
export type TrainingName = typeof TRAININGS[number]["name"];

/**
 * A training by its name.
 *
 * @throws {Error} where there is none
 *
 * @example
 * ```ts
 * import { trainingNamed } from "./trainings.ts";
 * import { equal } from "node:assert/strict";
 * equal(trainingNamed("masked letters").parts[0]?.making.how, "masked");
 * ```
 */
export function trainingNamed(name: string): Training {
  const found = TRAININGS.find((one) => one.name === name);
  if (!found) {
    throw new Error(`no training "${name}". There are ${TRAININGS.map((one) => one.name).join(", ")}.`);
  }
  return found;
}
