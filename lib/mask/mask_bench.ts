/** Speed of masking beside NLTK, as the paper's authors mask: the same letters, the two taking turns in one run. @module */

import { z } from "zod";
import { letters } from "../corpus/letters.ts";
import { project } from "../project.ts";
import { Peer } from "../peer.ts";
import { pythonWith } from "../python.ts";
import { mask } from "./mask.ts";
import { maskedLetter } from "./rewrite.ts";

const STRATEGIES = ["random", "stopwords", "nouns", "verbs"] as const;
const ROUNDS = 5;
/** Rounds of ours alone before the first that counts: the compiler learns which functions are hot. */
const WARM_UP = 10;
const peerAnswer = z.object({ ms: z.number(), masked: z.number(), words: z.number() });

/** Masks the embedded letters at ratio 0.5 by each strategy, and prints medians and their ratio. */
export async function maskBench(): Promise<void> {
  const corpus = await letters(project.letters);
  const python = await pythonWith("nltk");
  const peer = python === undefined
    ? undefined
    : new Peer(python, new URL("mask_bench.py", import.meta.url).pathname);
  const asked = corpus.map(({ text, spans }) => ({
    text,
    spans: spans.map(({ start, end }) => [start, end]),
  }));
  try {
    for (const strategy of STRATEGIES) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      const work = () => {
        for (const one of mask(corpus, { strategy, ratio: 0.5, seed: 42 })) maskedLetter(one, "<mask>");
      };
      for (let round = 0; round < WARM_UP; round++) work();
      for (let round = 0; round <= ROUNDS; round++) {
        const began = performance.now();
        work();
        const ms = performance.now() - began;
        const answer = peer &&
          peerAnswer.parse(await peer.ask(JSON.stringify({ strategy, ratio: 0.5, letters: asked })));
        if (round === 0) continue; // both warm up
        ours.push(ms);
        if (answer !== undefined) theirs.push(answer.ms);
      }
      console.log(
        line(strategy, corpus.length, median(ours), theirs.length > 0 ? median(theirs) : undefined),
      );
    }
  } finally {
    await peer?.close();
  }
}

function line(strategy: string, n: number, ours: number, theirs: number | undefined): string {
  const rate = `${Math.round(n / ours * 1000).toLocaleString("en")} letters a second`;
  const beside = theirs === undefined
    ? ""
    : `, NLTK ${theirs.toFixed(0)} ms, ratio ${(theirs / ours).toFixed(1)}`;
  return `mask ${strategy}: ${n} letters in ${ours.toFixed(1)} ms (${rate})${beside}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
