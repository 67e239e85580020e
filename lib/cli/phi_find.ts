/** `palimpsest phi find`, and how other commands find identifying data. @module */

import { type Command, Option } from "commander";
import type { Letter } from "../corpus/letter.ts";
import { isFile } from "../look.ts";
import { type LettersFinder, openPhiFinder } from "../phi/finders.ts";
import { LABEL_SETS, labelOf, type LabelSet } from "../phi/labels.ts";
import { checkLanguage } from "../phi/surrogate/other_language.ts";
import { FINDERS, type FinderSort } from "../phi/tagger.ts";
import { project } from "../project.ts";
import { type Language, languageOf } from "../text/language.ts";
import { streamLetters } from "./letter_stream.ts";
import { share } from "./number_options.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { UsageError } from "./usage_error.ts";
import { output, type Writing, writing } from "./writing_options.ts";

/** How identifying data is found. */
export interface Finding {
  /** Left out: both, where there is a tagger of the letter's language; else rules. */
  readonly finder?: FinderSort;
  readonly model?: string;
  readonly recall?: number;
  readonly language?: Language;
}

interface Flags extends Finding, Reading, Writing {
  readonly ages: "all" | "over-89";
  readonly labelsAs: LabelSet;
}

/** The taggers of languages, in the models folder. */
const MODELS: Readonly<Record<Language, string>> = { en: "phi-english", es: "phi-spanish" };
/** Letters a batch: enough for batches of windows of one length. */
const BATCH = 64;

/** `--finder`, `--model` and `--recall`. */
export function finding(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--finder <what>",
        "that finds; left out, both where there is a tagger of the letter's language, else rules",
      ).choices(FINDERS),
    )
    .option(
      "--model <name>",
      "the tagger, by name or folder; left out, phi-english or phi-spanish, by the letter's language",
    )
    .option(
      "--recall <share>",
      "of identifying letters and digits to be found, as on the letters of the model's calibration",
      share(),
    );
}

/** `--language`. */
export function language(): Option {
  return new Option("--language <code>", "of all letters; left out, told letter by letter").choices([
    "en",
    "es",
  ]);
}

/** Adds `find IN OUT` to `phi`. */
export function addFind(phi: Command): void {
  finding(writing(reading(phi.command("find"))))
    .description("mark identifying data in English and Spanish letters, by rules, a tagger or both")
    .argument("<in>", input)
    .argument("<out>", output)
    .addOption(new Option("--ages <which>", "that count").choices(["all", "over-89"]).default("over-89"))
    .addOption(new Option("--labels-as <set>", "labels to write").choices(LABEL_SETS).default("palimpsest"))
    .addOption(language())
    .action(async (from: string, to: string, flags: Flags) => {
      await streamLetters(from, to, flags, () => {
        const finder = new Marker(flags, flags.ages);
        return {
          change: async (letters: readonly Letter[]) =>
            (await finder.marked(
              sifted(letters, (letter) => checkLanguage(letter, flags.language), flags.skipBad),
            ))
              .map((letter) => ({
                ...letter,
                spans: letter.spans.map(({ start, end, label }) => ({
                  start,
                  end,
                  label: labelOf(label, flags.labelsAs),
                })),
              })),
          batch: BATCH,
          identity: [
            "phi find",
            flags.finder,
            flags.model,
            flags.recall,
            flags.ages,
            flags.language,
            flags.labelsAs,
          ],
          [Symbol.asyncDispose]: () => finder.close(),
        };
      });
    });
}

/** Letters that pass a check; with `--skip-bad` the others are told and left out. */
export function sifted(
  letters: readonly Letter[],
  check: (letter: Letter) => void,
  skipBad: true | undefined,
): Letter[] {
  return letters.filter((letter) => {
    try {
      check(letter);
      return true;
    } catch (error) {
      if (!skipBad || !(error instanceof Error)) throw error;
      console.error(`left out: ${error.message}`);
      return false;
    }
  });
}

/** Marks letters with what is found in them, each by the tagger of its language. */
export class Marker {
  readonly #finding: Finding;
  readonly #ages: "all" | "over-89";
  readonly #finders = new Map<string, LettersFinder>();

  /** @throws {UsageError} for a recall of 0, or a model that rules alone do not use */
  constructor(finding: Finding, ages: "all" | "over-89") {
    if (finding.recall === 0) throw new UsageError("--recall 0: choose a share above 0.");
    if (finding.finder === "rules" && finding.model !== undefined && finding.recall === undefined) {
      throw new UsageError("--model: rules alone use none. Choose --finder tagger or both.");
    }
    [this.#finding, this.#ages] = [finding, ages];
  }

  /** The letters with what is found as their spans, in place of any that they had. */
  async marked(letters: readonly Letter[]) {
    const models = letters.map(({ text }) =>
      this.#finding.model ?? MODELS[this.#finding.language ?? languageOf(text)]
    );
    const found = new Map<Letter, Awaited<ReturnType<LettersFinder["findAll"]>>[number]>();
    for (const model of new Set(models)) {
      const own = letters.filter((_, i) => models[i] === model);
      const spans = await (await this.#open(model)).findAll(own);
      for (const [i, letter] of own.entries()) found.set(letter, spans[i] ?? []);
    }
    return letters.map((letter) => {
      const { id, text, meta } = letter;
      return {
        id,
        text,
        meta,
        spans: (found.get(letter) ?? []).map(({ start, end, label }) => ({ start, end, label })),
      };
    });
  }

  async close(): Promise<void> {
    for (const finder of this.#finders.values()) await finder[Symbol.asyncDispose]();
  }

  async #open(model: string): Promise<LettersFinder> {
    const { recall } = this.#finding;
    const finder = this.#finding.finder ?? await this.#likely(model);
    const name = finder === "rules" && recall === undefined ? "" : model;
    const known = this.#finders.get(name);
    if (known) return known;
    const opened = await openPhiFinder({
      finder,
      model,
      ages: this.#ages,
      ...recall !== undefined && { recall },
    });
    this.#finders.set(name, opened);
    return opened;
  }

  async #likely(model: string): Promise<FinderSort> {
    const asked = this.#finding.model !== undefined || this.#finding.recall !== undefined;
    return asked || await isFile(`${project.models}/${model}/model.safetensors`) ? "both" : "rules";
  }
}
