/** Ways of filling from text, as a command line gives them. @module */

import { checkWhole } from "../check_whole.ts";
import { knownName } from "../nearest_name.ts";
import { type FillMode, fillModes, settings } from "./encoder_options.ts";
import type { FillOptions } from "./fill.ts";
import { type FilterName, filterNames } from "./filters/filters.ts";
import { type PostStepName, postStepNames } from "./post/steps.ts";

/** The values of a command line's options, by their names in camel case; `true` for a flag that is given. */
export interface FillOptionValues {
  readonly mode?: string;
  readonly window?: string;
  readonly topK?: string;
  readonly topP?: string;
  readonly temperature?: string;
  /** Decides what is drawn, where one of the three above is given. */
  readonly fillSeed?: string;
  /** Names with commas between. */
  readonly filters?: string;
  readonly pieces?: string;
  readonly candidates?: string;
  readonly int8?: boolean;
  readonly threads?: string;
  readonly workers?: string;
  readonly prompt?: string;
  readonly beams?: string;
  /** `noRepeat` of the options: on a command line, names in `no-` mean something else. */
  readonly ngramOnce?: string;
  readonly lengthPenalty?: string;
  readonly minLines?: string;
  readonly rounds?: string;
  readonly keep?: string;
  /** Names with commas between. */
  readonly post?: string;
  readonly leftModel?: string;
  readonly wordList?: string;
  readonly time?: boolean;
}

/** What each option means, for `--help`: by its flags. */
export const fillOptionHelp: ReadonlyMap<string, string> = new Map([
  ["--mode <name>", `order in which blanks are filled: ${fillModes.join(", ")} (default one-pass)`],
  [
    "--window <pieces>",
    "what the model sees around each blank; left out: as many whole sentences as it takes",
  ],
  ["--top-k <number>", "draw words by chance from so many of the likeliest"],
  ["--top-p <share>", "draw words by chance from the likeliest that together have this share"],
  ["--temperature <number>", "draw words by chance, below 1 rather likely ones, above 1 less so"],
  ["--fill-seed <number>", "decides what is drawn (default 42)"],
  ["--filters <names>", `words that are not written, with commas between: ${filterNames.join(", ")}`],
  ["--pieces <number>", "the most pieces that a written word may have (default 1)"],
  [
    "--candidates <number>",
    "how many candidates are told for each blank, as JSON in the letter's metadata (default none)",
  ],
  ["--int8", "compute in whole numbers of eight bits: faster, other words here and there"],
  ["--threads <number>", "threads of the model (default: one a core)"],
  ["--workers <number>", "copies of the model that fill side by side and share the threads (default 1)"],
  ["--prompt <text>", "what stands before each window (encoder-decoders)"],
  ["--beams <number>", "texts that the search keeps (encoder-decoders, default 5)"],
  ["--ngram-once <number>", "no n-gram of this size twice (encoder-decoders, default 2; 0: all may)"],
  ["--length-penalty <number>", "by how much longer texts win (encoder-decoders, default 1)"],
  ["--min-lines <number>", "end a window as soon as it holds so many lines (encoder-decoders)"],
  ["--rounds <number>", "how often blanks that were passed over are asked for (encoder-decoders, default 1)"],
  ["--keep <share>", "of each letter's words, those from its beginning that stay (causal models, default 0)"],
  ["--post <names>", `what is done to fills, with commas between: ${postStepNames.join(", ")}`],
  ["--left-model <name>", "the model that fills what was left, with --post left-over"],
  ["--word-list <path>", "a corpus whose words are spelt right, with --post spelling"],
  ["--time", "fill each letter by itself, and tell in its metadata the seconds that it took"],
]);

/**
 * The options of `fill()` that values stand for.
 *
 * @throws Error in one line naming the option, its value, and what may be chosen, with the nearest name where it is one
 *
 * @example
 * ```ts
 * import { parseFillOptions } from "./parse_options.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual(parseFillOptions({ mode: "most-certain", topK: "6", filters: "copy,phi" }), {
 *   mode: "most-certain",
 *   filters: ["copy", "phi"],
 *   sampling: { seed: 42, topK: 6 },
 * });
 * throws(() => parseFillOptions({ topP: "2" }), /topP 2: choose a number above 0, at most 1/);
 * throws(() => parseFillOptions({ window: "x" }), { message: 'window "x" is no number. Give one.' });
 * ```
 */
export function parseFillOptions(values: FillOptionValues): Omit<FillOptions, "model"> {
  const numbers = numbersOf(values);
  const { topK, topP, temperature, fillSeed: seed, ngramOnce: noRepeat, ...others } = numbers;
  const drawn = topK !== undefined || topP !== undefined || temperature !== undefined;
  if (seed !== undefined && !drawn) {
    throw new Error(
      `fillSeed ${seed}: nothing is drawn by chance. Give topK, topP or temperature, or leave the seed out.`,
    );
  }
  for (const name of COUNTS) {
    const count = numbers[name];
    if (count !== undefined) checkWhole(name, count);
  }
  const { int8, leftModel, wordList, prompt, time } = values;
  const options = {
    ...(values.mode !== undefined && { mode: modeOf(values.mode) }),
    ...others,
    ...(noRepeat !== undefined && { noRepeat }),
    ...(values.filters !== undefined &&
      { filters: namesOf<FilterName>("filter", values.filters, filterNames) }),
    ...(drawn && {
      sampling: {
        seed: seed ?? 42,
        ...(topK !== undefined && { topK }),
        ...(topP !== undefined && { topP }),
        ...(temperature !== undefined && { temperature }),
      },
    }),
    ...(int8 === true && { int8 }),
    ...(prompt !== undefined && { prompt }),
    ...(values.post !== undefined && {
      post: namesOf<PostStepName>("step of post-processing", values.post, postStepNames),
    }),
    ...(leftModel !== undefined && { leftModel }),
    ...(wordList !== undefined && { wordList }),
    ...(time === true && { timed: true }),
  };
  const { sampling, candidates } = options;
  settings({ ...(sampling && { sampling }), ...(candidates !== undefined && { candidates }) });
  return options;
}

const NUMBERS = [
  ...[
    "window",
    "topK",
    "topP",
    "temperature",
    "fillSeed",
    "pieces",
    "candidates",
    "threads",
    "workers",
  ] as const,
  ...["beams", "ngramOnce", "lengthPenalty", "minLines", "rounds", "keep"] as const,
] as const;

/** Whole numbers of 1 or more for every family. */
const COUNTS = ["window", "pieces", "threads", "workers", "beams", "minLines", "rounds"] as const;

function numbersOf(values: FillOptionValues): Partial<Record<typeof NUMBERS[number], number>> {
  const found: Partial<Record<typeof NUMBERS[number], number>> = {};
  for (const name of NUMBERS) {
    const text = values[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (text.trim() === "" || Number.isNaN(value)) {
      throw new Error(`${name} "${text}" is no number. Give one.`);
    }
    found[name] = value;
  }
  return found;
}

function modeOf(name: string): FillMode {
  knownName("mode", name, fillModes);
  return fillModes.find((mode) => mode === name) ?? "one-pass";
}

function namesOf<Name extends string>(what: string, text: string, known: readonly Name[]): Name[] {
  const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
  for (const name of names) knownName(what, name, known);
  return known.filter((name) => names.includes(name));
}
