/**
 * ROUGE beside Python's rouge_score, on pairs of 1,500 made-up words: `deno run -A lib/metrics/rouge_bench.ts`.
 * The interpreter is `python3`, or what the environment variable `PYTHON` names.
 */

import { random } from "../random.ts";
import { rouge, type RougeType } from "./rouge.ts";

const [PAIRS, WORDS, TYPES] = [10, 1500, ["rouge1", "rouge2", "rougeL"] satisfies RougeType[]] as const;

const PYTHON = `
import json, sys, time
from rouge_score.rouge_scorer import RougeScorer
pairs, types = json.load(open(sys.argv[1]))
seconds = {}
for stem in [False, True]:
    scorer = RougeScorer(types, use_stemmer=stem)
    start = time.perf_counter()
    total = sum(s.fmeasure for a, b in pairs for s in scorer.score(a, b).values())
    seconds[str(stem).lower()] = [time.perf_counter() - start, total]
print(json.dumps(seconds))
`;

function madeUpPairs(): [reference: string, candidate: string][] {
  const rng = random("rouge-bench");
  const syllables = ["car", "di", "o", "pul", "mo", "na", "ry", "ing", "ed", "tion", "al", "ly", "ness", "s"];
  const word = () =>
    Array.from({ length: 2 + rng.below(3) }, () => syllables[rng.below(syllables.length)]).join("");
  const lexicon = Array.from({ length: 800 }, word);
  const pick = () => lexicon[Math.floor(lexicon.length * rng.next() ** 3)] ?? "";
  return Array.from({ length: PAIRS }, () => {
    const reference = Array.from({ length: WORDS }, pick);
    return [reference.join(" "), reference.map((w) => rng.next() < 0.3 ? pick() : w).join(" ")];
  });
}

/** Seconds for all pairs, the median of five rounds after a first one to warm up, and the sum of all F1. */
function measure(pairs: [string, string][], stemmer: boolean): [seconds: number, total: number] {
  const rounds: number[] = [];
  let total = 0;
  for (let round = 0; round < 6; round++) {
    const start = performance.now();
    total = 0;
    for (const [a, b] of pairs) for (const type of TYPES) total += rouge(type, a, b, { stemmer }).f1;
    if (round > 0) rounds.push((performance.now() - start) / 1000);
  }
  return [rounds.toSorted((x, y) => x - y)[2] ?? NaN, total];
}

/** Python's seconds and sum of F1 by stemmer, or why there are none. */
async function python(pairs: [string, string][]): Promise<Record<string, [number, number]> | string> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, JSON.stringify([pairs, TYPES]));
    const command = new Deno.Command(Deno.env.get("PYTHON") ?? "python3", { args: ["-c", PYTHON, path] });
    const { success, stdout, stderr } = await command.output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    return success ? JSON.parse(decode(stdout)) : decode(stderr).split("\n").at(-1) ?? "python failed";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await Deno.remove(path);
  }
}

const pairs = madeUpPairs();
const theirs = await python(pairs);
if (typeof theirs === "string") console.log(`rouge: no comparison with Python's rouge_score: ${theirs}`);
for (const stemmer of [false, true]) {
  const [seconds, total] = measure(pairs, stemmer);
  const name = `rouge1, rouge2, rougeL, stemmer ${stemmer ? "on" : "off"}, ${WORDS} words`;
  const ours = `${(1000 * seconds / PAIRS).toFixed(2)} ms a pair`;
  const peer = typeof theirs === "string" ? undefined : theirs[String(stemmer)];
  if (peer === undefined) {
    console.log(`${name}: ${ours}`);
    continue;
  }
  if (Math.abs(peer[1] - total) > 1e-9) {
    throw new Error(`rouge: sum of F1 is ${total}, Python's is ${peer[1]}.`);
  }
  const [slower, ratio] = [`${(1000 * peer[0] / PAIRS).toFixed(0)} ms`, (peer[0] / seconds).toFixed(0)];
  console.log(`${name}: ${ours}, rouge_score ${slower}: ${ratio} times as fast`);
}
