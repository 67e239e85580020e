/** Speed of finding identifying data by rules. @module */

import { letters } from "../corpus/letters.ts";
import { project } from "../project.ts";
import { phiRules } from "./rules.ts";

const ROUNDS = 21;
/** Rounds before the first that counts: the compiler learns which functions are hot. */
const WARM_UP = 10;

/** Searches the embedded letters, and prints the median of several rounds. */
export async function rulesBench(): Promise<void> {
  const corpus = await letters(project.letters);
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const began = performance.now();
    for (const letter of corpus) phiRules.find(letter);
    if (round >= WARM_UP) times.push(performance.now() - began);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  const rate = Math.round(corpus.length / median * 1000).toLocaleString("en");
  console.log(`phi rules: ${corpus.length} letters in ${median.toFixed(1)} ms (${rate} letters a second)`);
}
