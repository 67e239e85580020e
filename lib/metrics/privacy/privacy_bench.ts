/**
 * N-gram recall, precision and longest copied runs of ten million made-up words against ten million, a fifth of them copied
 * in runs: `deno task bench privacy`.
 */

import { random } from "../../random.ts";
import { CopiedText } from "./copied_text.ts";
import { longestCopiedRuns } from "./longest_copied_run.ts";
import { ngramOverlap } from "./ngram_overlap.ts";

const [LETTERS, WORDS, KINDS] = [10_000, 1_000, 150_000];

const rng = random("privacy-bench");
/** About as often as words come in text: the k-th most frequent one in proportion to 1 / k. */
const word = () => Math.floor(KINDS ** rng.next()).toString(36);
const train = Array.from({ length: LETTERS }, () => Array.from({ length: WORDS }, word));
const synthetic = train.map(() => {
  const words: string[] = [];
  while (words.length < WORDS) {
    const run = Math.min(5 + rng.below(40), WORDS - words.length);
    const from = rng.below(WORDS - run + 1);
    const source = rng.next() < 0.2 ? train[rng.below(LETTERS)] : undefined;
    words.push(...source ? source.slice(from, from + run) : Array.from({ length: run }, word));
  }
  return words;
});
const letters = (of: string[][]) => of.splice(0).map((words, i) => ({ id: `${i}`, text: words.join(" ") }));
const [left, right] = [letters(train), letters(synthetic)];

const started = performance.now();
const copied = new CopiedText(left.map(({ text }) => text), right.map(({ text }) => text));
const overlap = ngramOverlap(copied);
const runs = longestCopiedRuns(copied, left, right);
const seconds = (performance.now() - started) / 1000;
// The greatest so far, where the system tells it and may be asked; else what is in use now, with the index.
const status = await Deno.readTextFile("/proc/self/status").catch(() => "");
const greatest = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024;
const memory = (greatest || Deno.memoryUsage().rss) / 2 ** 30;
const recall = overlap.map(({ recall }) => (recall.share ?? NaN).toFixed(3)).join(" ");
console.log(
  `${LETTERS * WORDS / 1e6} million words against as many: ${seconds.toFixed(1)} s, ${
    memory.toFixed(2)
  } GiB, ` +
    `n-gram recall ${recall}, longest run ${Math.max(...runs.map(({ words }) => words))} words`,
);
