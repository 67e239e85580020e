/** `palimpsest mask`: letters in, letters with `[MASK]` for words out. @module */

import type { Command } from "commander";
import { maskedLetter } from "../mask/rewrite.ts";
import { streamLetters } from "./letter_stream.ts";
import { type Masking, masking, openMasker } from "./masking_options.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { output, type Writing, writing } from "./writing_options.ts";

/** Adds `mask IN OUT` to the command line. */
export function addMask(program: Command): void {
  writing(reading(masking(program.command("mask"))))
    .description("write [MASK] for words that are no entity, title or number")
    .argument("<in>", input)
    .argument("<out>", output)
    .action(async (from: string, to: string, flags: Masking & Reading & Writing) =>
      await streamLetters(from, to, flags, async () => {
        const masker = await openMasker(from, flags);
        return {
          change: async (letters) =>
            (await masker.mask(letters)).map((masked) => maskedLetter(masked, "[MASK]")),
          batch: 16,
          identity: ["mask", masker.identity],
          [Symbol.asyncDispose]: () => masker.close(),
        };
      })
    );
}
