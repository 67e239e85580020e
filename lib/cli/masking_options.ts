/** The options of commands that mask letters. @module */

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Letter } from "../corpus/letter.ts";
import { lettersOf } from "../corpus/letters.ts";
import { modelHash } from "../fill/models.ts";
import { openPhiFinder } from "../phi/finders.ts";
import { openUncertainty } from "../fill/uncertainty.ts";
import { mask, type MaskedLetter, masker, type MaskOptions, strategyNames } from "../mask/mask.ts";
import { strategyNamed } from "../mask/options.ts";
import { strategyOptions } from "../mask/strategy_options.ts";
import { type WordEntropies, wordEntropies } from "../mask/strategies/entropy.ts";
import { type WordFrequencies, wordFrequencies } from "../mask/strategies/rarest.ts";
import { type ClassName, classNamed, classNames } from "../mask/strategies/word_classes.ts";
import { type Language, languageNamed, languages } from "../text/language.ts";
import { share, wholeNumber } from "./number_options.ts";
import { type Reading, readOptions } from "./reading_options.ts";
import { UsageError } from "./usage_error.ts";

const phiSources = ["gold", "rules", "all", "tagger"] as const;
type PhiSource = typeof phiSources[number];

/** What the options say. */
export interface Masking {
  /** A name, or a line that `strategyOptions()` reads. */
  readonly strategy: string;
  readonly ratio: number;
  readonly seed: number;
  readonly classes?: readonly ClassName[];
  readonly ratios?: Readonly<Partial<Record<ClassName, number>>>;
  readonly meanLength?: number;
  readonly distance?: number;
  readonly entropyModel?: string;
  readonly language?: Language;
  readonly phi?: PhiSource;
  readonly phiModel?: string;
  readonly keepWords?: readonly string[];
  readonly keepPattern?: readonly string[];
}

/** Adds the options to a command. */
export function masking(command: Command): Command {
  return command
    .option(
      `--strategy <name>`,
      `which words: ${
        strategyNames.join(", ")
      }; on one line as in nouns+verbs, hybrid:nouns=.5,verbs=.2, spans:5`,
      strategy,
      "random",
    )
    .option("--ratio <share>", "how many of them, from 0 to 1", share(), 0.5)
    .option("--seed <number>", "decides which", wholeNumber({ least: -Infinity }), 42)
    .option("--classes <names>", `for the strategy classes: ${classNames.join(",")}`, classes)
    .option("--ratios <shares>", "for the strategy hybrid, as in nouns=0.5,verbs=0.2", ratios)
    .option("--mean-length <words>", "for the strategy spans; left out, 3", wholeNumber({ least: 1 }))
    .option("--distance <words>", "for the strategies away-from-entities and near-entities", wholeNumber())
    .option(
      "--entropy-model <name>",
      "for the strategy entropy: the encoder that says of which words it is least certain",
    )
    .addOption(
      new Option("--language <code>", "of the letters; left out, as each letter's words say").choices(
        languages,
      )
        .argParser((code) => valid(() => languageNamed(code))),
    )
    .addOption(
      new Option(
        "--phi <which>",
        "mask identifying data in any case: those that gold spans mark, that rules find, all of these, or those that rules and a trained tagger find",
      )
        .choices(phiSources),
    )
    .option("--phi-model <name>", "for --phi tagger: the tagger's folder, by name or path", "phi-english")
    .option("--keep-words <words>", "words and phrases that are not masked, with commas between", list)
    .option(
      "--keep-pattern <regex...>",
      "words that a match of the regular expression touches are not masked",
    );
}

/** Masks letters as they come; holds memory until it is closed. */
export interface OpenMasker {
  /** What decides the masks beside the letters. */
  readonly identity: unknown;
  mask(letters: readonly Letter[]): Promise<MaskedLetter[]> | MaskedLetter[];
  close(): Promise<void>;
}

/** Opens what masks the letters of a corpus as the options say. */
export async function openMasker(path: string, flags: Masking & Reading): Promise<OpenMasker> {
  await using opened = new AsyncDisposableStack();
  const { entropyModel, phiModel = "phi-english" } = flags;
  const uncertain = flags.strategy === "entropy"
    ? needed(entropyModel, flags.strategy, "--entropy-model")
    : undefined;
  const uncertainty = uncertain === undefined ? undefined : await openUncertainty(uncertain);
  if (uncertainty) opened.defer(() => uncertainty.close());
  const finder = flags.phi === "tagger" ? opened.use(await openPhiFinder({ model: phiModel })) : undefined;

  const entropies = uncertain === undefined ? undefined : { name: uncertain, of: {} };
  const options = optionsOf(flags, entropies);
  const frequencies = flags.strategy === "rarest" ? await frequenciesOf(path, flags) : undefined;
  const counted = options.strategy === "rarest" && frequencies ? { ...options, frequencies } : options;
  const models = [uncertain, finder && phiModel].filter((name) => name !== undefined);
  const identity = models.length === 0
    ? options
    : [options, ...await Promise.all(models.map((name) => modelHash(name)))];
  const kept = opened.move();
  const one = models.length === 0 ? masker(counted) : undefined;
  return {
    identity,
    close: () => kept.disposeAsync(),
    async mask(letters) {
      if (one) return letters.map(one);
      const seen = uncertainty ? optionsOf(flags, await wordEntropies(letters, uncertainty)) : counted;
      return mask(letters, finder ? { ...seen, phi: await finder.over(letters) } : seen);
    },
  };
}

function optionsOf(flags: Masking, entropies?: WordEntropies): MaskOptions {
  const { strategy, ratio, seed, language, phi, keepWords, keepPattern: keepPatterns } = flags;
  const common = {
    seed,
    ...language && { language },
    ...phi && phi !== "tagger" && { phi },
    ...keepWords && { keepWords },
    ...keepPatterns && { keepPatterns },
  };
  if (/[:+]/.test(strategy)) return { ...common, ...strategyOptions(strategy, flags) };
  const named = strategyNamed(strategy);
  switch (named) {
    case "classes":
      return { ...common, ratio, strategy: named, classes: needed(flags.classes, strategy, "--classes") };
    case "hybrid":
      return { ...common, strategy: named, ratios: needed(flags.ratios, strategy, "--ratios") };
    case "spans":
      return {
        ...common,
        ratio,
        strategy: named,
        ...flags.meanLength !== undefined && { meanLength: flags.meanLength },
      };
    case "away-from-entities":
    case "near-entities":
      return { ...common, ratio, strategy: named, distance: needed(flags.distance, strategy, "--distance") };
    case "entropy":
      return {
        ...common,
        ratio,
        strategy: named,
        entropies: needed(entropies, strategy, "--entropy-model"),
      };
    default:
      return { ...common, ratio, strategy: named };
  }
}

function needed<T>(value: T | undefined, strategy: string, option: string): T {
  if (value !== undefined) return value;
  throw new UsageError(`strategy ${strategy} needs ${option}. Try --help.`);
}

async function frequenciesOf(path: string, flags: Reading): Promise<WordFrequencies> {
  const counts = new Map<string, number>();
  for await (const letter of lettersOf(path, { ...readOptions(flags), onBad: () => {} })) {
    for (const [word, count] of Object.entries(wordFrequencies([letter]))) {
      counts.set(word, (counts.get(word) ?? 0) + count);
    }
  }
  return Object.fromEntries(counts);
}

function strategy(text: string): string {
  const hint = `Allowed choices are ${strategyNames.join(", ")}.`;
  valid(() => /[:+]/.test(text) ? strategyOptions(text, { ratio: 1, seed: 0 }) : strategyNamed(text), hint);
  return text;
}

function classes(names: string): ClassName[] {
  return list(names).map((name) => valid(() => classNamed(name)));
}

function ratios(text: string): Partial<Record<ClassName, number>> {
  return Object.fromEntries(
    list(text).map((one) => {
      const [name = "", value = ""] = one.split("=");
      return [valid(() => classNamed(name)), share()(value)];
    }),
  );
}

function list(text: string): string[] {
  return text.split(",").map((one) => one.trim()).filter((one) => one !== "");
}

/** What is read; where it can't be, the error's message, which names what is nearest. */
function valid<T>(read: () => T, hint = ""): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidArgumentError(`${error instanceof Error ? error.message : error} ${hint}`.trim());
  }
}
