/** Speed of finding identifying data: `deno task bench phi`. @module */

import { letters } from "../corpus/letters.ts";
import type { Letter } from "../corpus/letter.ts";
import { project } from "../project.ts";
import { median } from "../train/bench/median.ts";
import { openPhiFinder } from "./finders.ts";
import { phiRules } from "./rules.ts";

/** Measures rules, and rules with the trained tagger where it is there, on the embedded letters. */
export async function finderBench(): Promise<void> {
  const corpus = await letters(project.letters);
  // Rounds before the first that counts: the compiler learns which functions are hot.
  await report("rules", corpus, { warmUp: 10, rounds: 21 }, () => {
    for (const letter of corpus) phiRules.find(letter);
  });
  await using finder = await openPhiFinder();
  await report(finder.name, corpus, { warmUp: 1, rounds: 5 }, () => finder.findAll(corpus));
  console.log(`  memory: ${Math.round(Deno.memoryUsage().rss / 1e6)} MB`);
}

async function report(
  what: string,
  { length }: readonly Letter[],
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
  work: () => unknown,
): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const began = performance.now();
    await work();
    if (round >= warmUp) times.push(performance.now() - began);
  }
  const ms = median(times);
  const rate = Math.round(length / ms * 1000).toLocaleString("en");
  console.log(`phi, ${what}: ${length} letters in ${ms.toFixed(1)} ms (${rate} letters a second)`);
}
