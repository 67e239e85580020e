/** Answers that are kept, so that nothing is asked twice. @module */

import { z } from "zod";
import { isFile } from "../look.ts";
import { readFile } from "../read_file.ts";
import { writeFile } from "../write_file.ts";

const Kept = z.object({
  format: z.literal("palimpsest-judge-1"),
  /** The value of the option that was chosen. */
  value: z.string(),
  /** Of all that was asked for it. */
  tokens: z.object({ prompt: z.number(), completion: z.number() }).nullable(),
});

/** An answer as it is kept: nothing of a letter is in it. */
export type KeptAnswer = Omit<z.output<typeof Kept>, "format">;

/** A folder of answers, each under the hash of all that was asked. */
export interface KeptAnswers {
  /** The answer of a hash; `undefined` where there is none, or a damaged one. */
  get(hash: string): Promise<KeptAnswer | undefined>;
  put(hash: string, answer: KeptAnswer): Promise<void>;
}

/**
 * Opens a folder of answers.
 *
 * @throws {Error} one line, when the folder can't be written or read
 *
 * @example
 * ```ts
 * import { keptAnswers } from "./kept_answers.ts";
 * import { deepEqual } from "node:assert/strict";
 * const kept = keptAnswers(await Deno.makeTempDir());
 * await kept.put("ab12", { value: "5", tokens: null });
 * deepEqual(await kept.get("ab12"), { value: "5", tokens: null });
 * ```
 */
export function keptAnswers(folder: string): KeptAnswers {
  const pathOf = (hash: string) => `${folder}/${hash.slice(0, 2)}/${hash}.json`;
  return {
    async get(hash) {
      const path = pathOf(hash);
      if (!await isFile(path)) return undefined;
      const found = Kept.safeParse(parsed(new TextDecoder().decode(await readFile(path))));
      return found.success ? { value: found.data.value, tokens: found.data.tokens } : undefined;
    },
    put: (hash, answer) =>
      writeFile(pathOf(hash), `${JSON.stringify({ format: "palimpsest-judge-1", ...answer })}\n`),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // damaged: it is asked again
  }
}
