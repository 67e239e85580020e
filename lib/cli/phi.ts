/** `palimpsest phi`: identifying data found, replaced, evaluated. @module */

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Letter } from "../corpus/letter.ts";
import { readSurrogateKey } from "../phi/surrogate/key.ts";
import { LabelMap, readLabelMap } from "../phi/surrogate/label_sets.ts";
import { culturePolicies, type SurrogatePolicy } from "../phi/surrogate/policy.ts";
import { replacer } from "../phi/surrogate/replace.ts";
import { plainSight } from "../phi/surrogate/plain_sight.ts";
import { surrogateScores } from "../phi/surrogate/scores.ts";
import { writeFile } from "../write_file.ts";
import { streamLetters } from "./letter_stream.ts";
import { wholeNumber } from "./number_options.ts";
import { addEvaluate } from "./phi_evaluate.ts";
import { addFind, type Finding, finding, language, Marker } from "./phi_find.ts";
import { placedLetters } from "./placed_letters.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";
import { output, type Writing, writing } from "./writing_options.ts";

type Policy = Omit<SurrogatePolicy, "labels">;

interface Replacing extends Policy, Omit<Finding, "language"> {
  readonly key: string;
  readonly labels?: string;
  readonly labelMap?: string;
  readonly find?: true;
}

interface Scoring extends Reading {
  readonly scope: "letter" | "corpus";
  readonly labelMap?: string;
  readonly missRates?: readonly number[];
}

/** Adds `phi find`, `phi replace`, `phi evaluate` and `phi score-replaced` to the command line. */
export function addPhi(program: Command): void {
  const phi = program.command("phi").description(
    "identifying data: find it, replace it by stand-ins, measure both",
  );
  addFind(phi);
  addReplace(phi);
  addEvaluate(phi);
  addScoreReplaced(phi);
}

function addReplace(phi: Command): void {
  finding(writing(reading(phi.command("replace"))))
    .description("write stand-ins, drawn by a secret key, for the identifying spans of letters")
    .argument("<in>", input)
    .argument("<out>", output)
    .requiredOption("--key <file>", "the secret: at least 16 random bytes (head -c 32 /dev/urandom > FILE)")
    .addOption(
      new Option("--scope <what>", "within which the same name has the same stand-in").choices([
        "letter",
        "corpus",
      ])
        .default("letter"),
    )
    .option("--labels <names>", "labels to replace, with commas between; left out, all that identify")
    .option("--label-map <file>", 'labels of your own: {"LABEL": {"kind": "PATIENT", "sort": "name"}}')
    .option("--find", "replace what a finder finds, instead of the spans that are marked")
    .addOption(new Option("--gender <policy>", "of first names").choices(["keep", "neutral"]).default("keep"))
    .addOption(
      new Option(
        "--culture <policy>",
        "of names: the original's, the letter's language's, any, or one by its name",
      )
        .choices(culturePolicies)
        .default("keep"),
    )
    .addOption(
      new Option("--initials <policy>", "follow: those of the stand-in; keep: stand-ins with the original's")
        .choices(["follow", "keep"])
        .default("follow"),
    )
    .addOption(
      new Option("--ages <policy>", "coarsen: 90+ and infants'; five-years: all others too").choices([
        "coarsen",
        "five-years",
      ])
        .default("coarsen"),
    )
    .addOption(
      new Option(
        "--dates <policy>",
        "one shift a letter, or a patient; left out, a patient where the scope is the corpus",
      )
        .choices(["letter", "patient"]),
    )
    .option(
      "--shift-days <number>",
      "the same shift for all, a multiple of 7",
      wholeNumber({ least: -Infinity }),
    )
    .addOption(
      new Option("--date-order <order>", "of 04/05/2021; left out, told letter by letter").choices([
        "dmy",
        "mdy",
      ]),
    )
    .addOption(language())
    .action(async (from: string, to: string, flags: Replacing & Reading & Writing) => {
      const { find, skipBad, labels, labelMap } = flags;
      const key = await readSurrogateKey(flags.key);
      const map = labelMap === undefined ? new LabelMap() : await readLabelMap(labelMap);
      const policy: SurrogatePolicy = {
        ...policyOf(flags),
        ...labels !== undefined && { labels: labels.split(",").map((label) => label.trim()) },
      };
      const replace = replacer(key, policy, map);
      const change = (letter: Letter) => {
        if (find) return replace(letter);
        if (letter.spans.length > 0) return replace(letter);
        throw new Error(
          `letter ${letter.id}: nothing is marked in it. Run phi find first, or replace with --find.`,
        );
      };
      await streamLetters(from, to, flags, () => {
        const finder = new Marker(flags, "over-89");
        return {
          change: async (letters) => each(find ? await finder.marked(letters) : letters, change, skipBad),
          batch: 16,
          identity: [
            "phi replace",
            policy,
            find && [flags.finder, flags.model, flags.recall],
            key.fingerprint,
            map.fingerprint,
          ],
          [Symbol.asyncDispose]: () => finder.close(),
        };
      });
    });
}

/** What of the options says how stand-ins are drawn. */
function policyOf(flags: Policy): Policy {
  const { scope, gender, culture, initials, ages, dates, shiftDays, dateOrder, language } = flags;
  return {
    ...scope && { scope },
    ...gender && { gender },
    ...culture && { culture },
    ...initials && { initials },
    ...ages && { ages },
    ...dates && { dates },
    ...shiftDays !== undefined && { shiftDays },
    ...dateOrder && { dateOrder },
    ...language && { language },
  };
}

/** Changes letters one by one; with `--skip-bad` those that can't be changed are told and left out. */
function each(
  letters: readonly Letter[],
  change: (letter: Letter) => Letter,
  skipBad: true | undefined,
): Letter[] {
  return letters.flatMap((letter) => {
    try {
      return [change(letter)];
    } catch (error) {
      if (!skipBad || !(error instanceof Error)) throw error;
      console.error(`left out: ${error.message}`);
      return [];
    }
  });
}

function addScoreReplaced(phi: Command): void {
  reading(phi.command("score-replaced"))
    .description(
      "score stand-ins: consistency, readability, what is left of the originals, and how well what was missed hides",
    )
    .argument("<before>", input)
    .argument("<after>", "the same letters, replaced")
    .argument("<out>", "a .json file")
    .addOption(
      new Option("--scope <what>", "that was replaced in").choices(["letter", "corpus"]).default("letter"),
    )
    .option("--label-map <file>", "as for phi replace")
    .option("--miss-rates <shares>", "for the simulated reader, with commas between", shares)
    .action(stoppable(async (before: string, after: string, out: string, flags: Scoring) => {
      const labels = flags.labelMap === undefined ? new LabelMap() : await readLabelMap(flags.labelMap);
      const [left, right] = [await placedLetters(before, flags), await placedLetters(after, flags)];
      const replaced = new Map(right.letters.map((letter) => [letter.id, letter]));
      const pairs = left.letters.flatMap((letter) => {
        const other = replaced.get(letter.id);
        return other ? [{ before: letter, after: other }] : [];
      });
      if (pairs.length === 0) {
        throw new Error(
          `${after}: none of its letters has the id of one of ${before}. Name the same letters.`,
        );
      }
      const { perLabel, ...scores } = surrogateScores(pairs, { scope: flags.scope, labels });
      const sight = plainSight(pairs, { labels, ...flags.missRates && { missRates: flags.missRates } });
      const report = {
        ...{ letters: pairs.length, left_out: left.letters.length - pairs.length, ...scores },
        perLabel: Object.fromEntries(perLabel),
        plainSight: sight,
      };
      await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
    }));
}

function shares(text: string): number[] {
  const values = text.split(",").map(Number);
  if (text.trim() !== "" && values.every((value) => value >= 0 && value <= 1)) return values;
  throw new InvalidArgumentError("Choose shares from 0 to 1, with commas between.");
}
