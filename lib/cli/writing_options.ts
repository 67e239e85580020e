/** The options of commands that write letters. @module */

import { type Command, Option } from "commander";
import { formatNamed, formatNames } from "../corpus/formats.ts";
import { OFFSET_UNITS, type OffsetUnit } from "../corpus/offsets.ts";
import type { WriteLettersOptions } from "../corpus/write_letters.ts";
import { TAG_SCHEMES, type TagScheme } from "../corpus/tag_scheme.ts";
import { usage } from "./usage_error.ts";

/** What an output of letters may be, for `--help`. */
export const output = "a .jsonl, .csv or .tsv file (packed where .gz is behind its name), or a folder (BRAT)";

/** What the options say. */
export interface Writing {
  readonly to?: string;
  readonly toOffsets?: OffsetUnit;
  readonly toTags?: TagScheme;
  readonly tokens?: "words" | "blanks";
  readonly dropSpans?: true;
  readonly gzip?: true;
  readonly fresh?: true;
}

/** Adds the options to a command. */
export function writing(command: Command): Command {
  return command
    .option("--to <format>", `of the output, where its name does not say: ${formatNames.join(", ")}`)
    .addOption(new Option("--to-offsets <unit>", "what the output's offsets count").choices(OFFSET_UNITS))
    .addOption(
      new Option("--to-tags <scheme>", "of the output's tags (IOB); left out, iob2").choices(TAG_SCHEMES),
    )
    .addOption(
      new Option(
        "--tokens <what>",
        "of the output (IOB); left out, blanks where the input is IOB, else words",
      )
        .choices(["words", "blanks"]),
    )
    .option("--drop-spans", "write letters without their spans where the format has no place for them")
    .option("--gzip", "pack each file of an output folder")
    .option("--fresh", "begin anew where an earlier run was interrupted");
}

/** The same for the functions that write; wrong names are wrong usage. */
export function writeOptions(flags: Writing): WriteLettersOptions {
  const { to, toOffsets, toTags, tokens, dropSpans, gzip } = flags;
  if (to !== undefined) usage(() => formatNamed(to));
  return {
    ...to !== undefined && { format: to },
    ...toOffsets !== undefined && { offsets: toOffsets },
    ...toTags !== undefined && { tags: toTags },
    ...tokens !== undefined && { tokens },
    ...dropSpans && { dropSpans },
    ...gzip && { gzip },
  };
}
