/** `palimpsest letters`: converting and checking a corpus. @module */

import type { Command } from "commander";
import { check, compilerLine } from "../corpus/check.ts";
import { streamLetters } from "./letter_stream.ts";
import { input, type Reading, reading, readOptions } from "./reading_options.ts";
import { UsageError } from "./usage_error.ts";
import { output, type Writing, writing } from "./writing_options.ts";

/** Adds `letters IN OUT` and `letters IN --check` to the command line. */
export function addLetters(program: Command): void {
  writing(reading(program.command("letters")))
    .description("convert a corpus, or with --check list what is wrong with it")
    .argument("<in>", input)
    .argument("[out]", output)
    .option("--check", "write nothing; list all that is wrong as file:line:column: message, and count it")
    .action(async (from: string, to: string | undefined, flags: Reading & Writing & { check?: true }) => {
      if (flags.check) return await list(from, flags);
      if (to === undefined) throw new UsageError("letters needs an output, or --check. Try letters --help.");
      await streamLetters(
        from,
        to,
        flags,
        () => ({ change: (letters) => letters, batch: 64, identity: "letters", lossless: true }),
      );
    });
}

async function list(path: string, flags: Reading): Promise<void> {
  let problems = 0;
  for await (const found of check(path, readOptions(flags))) {
    if ("problem" in found) {
      problems++;
      console.log(compilerLine(found.problem));
    } else if (problems === 0) console.log(`${found.letters} letters, no problem`);
    else {
      const count = `${problems} problem${problems === 1 ? "" : "s"}`;
      throw new Error(`${path}: ${count} in ${found.bad} of ${found.letters} letters.`);
    }
  }
}
