/** Pairs to score, of letters and of the corpus that they were made from. @module */

import { z } from "zod";
import type { Letter } from "../corpus/letter.ts";
import type { Pair } from "../metrics/metric.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import { words } from "../text/words.ts";
import { placedLetters } from "./placed_letters.ts";

const fillsSchema = z.array(z.object({ word: z.int().min(0), text: z.string(), valid: z.boolean() }));
const asStored = { overlapping: "keep", discontinuous: "split" } as const;

/**
 * Reads letters and pairs each with the letter of its id in the corpus that it was made from. What `fill` has noted in a letter's
 * metadata comes along: its fills (`--candidates`) and its seconds (`--time`).
 *
 * @throws {Error} as readers do; naming file and line where a letter has no original, or its notes are not those of `fill`
 *
 * @example
 * ```ts
 * import { pairsAgainst } from "./pairs_against.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [original, filled] = [await Deno.makeTempFile({ suffix: ".jsonl" }), await Deno.makeTempFile({ suffix: ".jsonl" })];
 * await Deno.writeTextFile(original, '{"id":"a","text":"He was well."}\n');
 * const fills = '[{\\"word\\":0,\\"text\\":\\"She\\",\\"valid\\":true}]';
 * await Deno.writeTextFile(filled, `{"id":"a","text":"She was well.","meta":{"fills":"${fills}","seconds":"0.5"}}\n`);
 * const [pair] = await pairsAgainst(filled, original);
 * deepEqual([pair?.reference, pair?.candidate, pair?.seconds], ["He was well.", "She was well.", 0.5]);
 * deepEqual(pair?.fills, [{ original: "He", text: "She", valid: true }]);
 * ```
 */
export async function pairsAgainst(
  candidates: string,
  originals: string,
  encoding?: string,
): Promise<Pair[]> {
  const reading = { ...asStored, ...encoding !== undefined && { encoding } };
  const corpus = new Map((await placedLetters(originals, reading)).letters.map((one) => [one.id, one]));
  const { letters, placeOf } = await placedLetters(candidates, reading);
  return letters.flatMap((letter) => {
    const original = corpus.get(letter.id);
    if (original) {
      return pairsOf([original], [letter]).map((pair) => ({ ...pair, ...noted(letter, original, placeOf) }));
    }
    throw new Error(
      `${
        placeOf(letter.id)
      }: letter "${letter.id}" is not in ${originals}. Score letters against their own corpus.`,
    );
  });
}

/** What `fill` has noted of a letter. */
function noted({ id, meta }: Letter, original: Letter, placeOf: (id: string) => string): Partial<Pair> {
  const were = words(original.text);
  const wrong = (what: string) =>
    new Error(`${placeOf(id)}: letter "${id}": its ${what} are not those that fill writes. Leave them out.`);
  const seconds = meta.seconds === undefined ? undefined : Number(meta.seconds);
  if (seconds !== undefined && !(seconds >= 0)) throw wrong("seconds");
  const fills = meta.fills === undefined ? undefined : fillsIn(meta.fills)?.map(({ word, text, valid }) => {
    const original = were[word]?.text;
    if (original === undefined) throw wrong("fills");
    return { original, text, valid };
  });
  if (meta.fills !== undefined && fills === undefined) throw wrong("fills");
  return { ...fills && { fills, words: were.length }, ...seconds !== undefined && { seconds } };
}

function fillsIn(json: string) {
  try {
    return fillsSchema.safeParse(JSON.parse(json)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
