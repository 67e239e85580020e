/** Filled letters from files: what `palimpsest fill` told of its fills. @module */

import { z } from "zod";
import type { Letter } from "../../corpus/letter.ts";
import { applyFills } from "../../fill/apply_fills.ts";
import type { FilledLetter } from "../../fill/fill.ts";
import type { Fill } from "../../fill/filler.ts";
import { words } from "../../text/words.ts";

const fillsSchema: z.ZodType<Fill[]> = z.array(z.object({
  word: z.int().min(0),
  text: z.string(),
  raw: z.string(),
  valid: z.boolean(),
  left: z.literal(true).exactOptional(),
  refused: z.record(z.string(), z.number()).exactOptional(),
  original: z.string().exactOptional(),
  candidates: z.array(z.object({
    text: z.string(),
    pieces: z.array(z.number()),
    probability: z.number(),
    refused: z.string().exactOptional(),
  })).exactOptional(),
  choice: z.object({
    rank: z.number(),
    probability: z.number(),
    how: z.enum(["likeliest", "drawn", "several pieces"]),
  }).exactOptional(),
  changed: z.record(z.string(), z.string()).exactOptional(),
}));

/**
 * A letter that was written with `--candidates` as the filled letter it is: what was masked is known by the fills in its metadata. Any
 * other letter, or one whose fills do not give its text from this original, is given back as it is.
 *
 * @example
 * ```ts
 * import { withFillsOf } from "./told_fills.ts";
 * import { equal } from "node:assert/strict";
 * const original = { id: "a", text: "He was ill.", spans: [], meta: {} };
 * const fills = JSON.stringify([{ word: 2, text: "well", raw: "well", valid: true }]);
 * const filled = withFillsOf({ ...original, text: "He was well.", meta: { fills } }, original);
 * equal("masked" in filled && filled.masked.masked[0], 2);
 * ```
 */
export function withFillsOf(letter: Letter, original: Letter | undefined): Letter | FilledLetter {
  const { fills: told, ...meta } = letter.meta;
  if (told === undefined || original === undefined) return letter;
  const fills = parsed(told);
  if (fills === undefined) return letter;
  const inWords = words(original.text);
  const masked = {
    letter: original,
    words: inWords,
    protectedBy: inWords.map(() => undefined),
    heldBy: inWords.map(() => []),
    masked: fills.map(({ word }) => word),
  };
  try {
    if (applyFills(masked, fills).text !== letter.text) return letter;
  } catch {
    return letter; // of another original
  }
  return { ...letter, meta, masked, fills };
}

function parsed(told: string): Fill[] | undefined {
  try {
    return fillsSchema.safeParse(JSON.parse(told)).data;
  } catch {
    return undefined; // metadata of that name that this project did not write
  }
}
