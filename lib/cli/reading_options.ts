/** The options of commands that read letters. @module */

import { type Command, Option } from "commander";
import type { ReadOptions } from "../corpus/format.ts";
import { formatNamed, formatNames, knownInputs } from "../corpus/formats.ts";
import type { LettersOptions } from "../corpus/letters.ts";
import { OFFSET_UNITS, type OffsetUnit } from "../corpus/offsets.ts";
import { TAG_SCHEMES, type TagScheme } from "../corpus/tag_scheme.ts";
import { encodingOption } from "./encoding_option.ts";
import { usage } from "./usage_error.ts";

/** What a path of letters may be, for `--help`. */
export const input = `letters: ${knownInputs}; each file may be packed (.gz)`;

/** What the options say. */
export interface Reading {
  readonly from?: string;
  readonly encoding?: string;
  readonly offsets?: OffsetUnit;
  readonly overlapping: "refuse" | "keep";
  readonly discontinuous: "refuse" | "split" | "keep";
  readonly idColumn?: string;
  readonly textColumn?: string;
  readonly annotations?: string;
  readonly tags?: TagScheme | "labels";
  readonly skipBad?: true;
}

/** Adds the options to a command. */
export function reading(command: Command): Command {
  return command
    .option("--from <format>", `of the input, where its name does not say: ${formatNames.join(", ")}`)
    .addOption(encodingOption())
    .addOption(
      new Option("--offsets <unit>", "what the input's offsets count, where it is not what its format counts")
        .choices(OFFSET_UNITS),
    )
    .addOption(
      new Option("--overlapping <what>", "spans that overlap").choices(["refuse", "keep"]).default("refuse"),
    )
    .addOption(
      new Option("--discontinuous <what>", "spans of several parts (BRAT): split makes each part a span")
        .choices(["refuse", "split", "keep"]).default("refuse"),
    )
    .option("--id-column <name>", "the column of ids (CSV); left out, id")
    .option("--text-column <name>", "the column of texts (CSV); left out, text")
    .option("--annotations <file>", "the file of annotations (SNOMED), where it is not beside the notes")
    .addOption(
      new Option("--tags <scheme>", "of the input's tags (IOB); left out, found in the file")
        .choices([...TAG_SCHEMES, "labels"]),
    )
    .option("--skip-bad", "leave out letters that are not in order, list them, and go on");
}

/** The same for the functions that read; wrong names are wrong usage. */
export function readOptions(flags: Reading): LettersOptions {
  const { from, encoding, offsets, idColumn, textColumn, annotations, tags, overlapping, discontinuous } =
    flags;
  if (from !== undefined) usage(() => formatNamed(from));
  const given: ReadOptions = {
    overlapping,
    discontinuous,
    ...encoding !== undefined && { encoding },
    ...offsets !== undefined && { offsets },
    ...idColumn !== undefined && { idColumn },
    ...textColumn !== undefined && { textColumn },
    ...annotations !== undefined && { annotations },
    ...tags !== undefined && { tags },
  };
  return { ...given, ...from !== undefined && { format: from } };
}
