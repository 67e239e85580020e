import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { random } from "../random.ts";
import { type BeamOptions, BeamSearch } from "./beam.ts";
import { GreedySearch } from "./beam_greedy.ts";
import { repeating } from "./beam_no_repeat.ts";

const END = 0;
const VOCABULARY = 4;

/** Log-probabilities that the text so far alone decides. */
function model(text: readonly number[]): Float32Array {
  const stream = random(`model/${text}`);
  const weights = Array.from({ length: VOCABULARY }, () => Math.exp(2 * stream.normal()));
  const sum = weights.reduce((a, b) => a + b);
  return Float32Array.from(weights, (weight) => Math.log(weight / sum));
}

/** The search's answer and its steps, where the texts behind its beams are followed from outside, by what advance() returns. */
function search(options: Omit<BeamOptions, "end">) {
  let steps = 0;
  const beams = new BeamSearch([9], { ...options, end: END });
  let texts: (readonly number[])[] = beams.last.map(() => [9]);
  while (!beams.done) {
    const before = texts;
    steps++;
    const parents = beams.advance((i) => model(before[i] ?? []));
    texts = parents.map((parent, i) => [...before[parent] ?? [], beams.last[i] ?? -1]);
  }
  return { found: beams.found, steps };
}

/** All texts of at most so many pieces, the best first: ended ones, and those as long as allowed. */
function everyText(maxPieces: number, penalty: number): { pieces: number[]; score: number }[] {
  const found: { pieces: number[]; score: number }[] = [];
  const visit = (pieces: number[], sum: number) => {
    for (const [piece, x] of model([9, ...pieces]).entries()) {
      const [length, score] = [pieces.length + 1, sum + x];
      if (piece === END) found.push({ pieces, score: score / length ** penalty });
      else if (length === maxPieces) {
        found.push({ pieces: [...pieces, piece], score: score / length ** penalty });
      } else visit([...pieces, piece], score);
    }
  };
  visit([], 0);
  return found.sort((a, b) => b.score - a.score);
}

Deno.test("with enough beams the search finds the best texts of all", () => {
  for (const lengthPenalty of [0, 1, 2]) {
    const { found } = search({ beams: 64, maxPieces: 4, lengthPenalty, earlyStopping: "never" });
    const best = everyText(4, lengthPenalty).slice(0, 10);
    deepEqual(found.slice(0, 10).map(({ pieces }) => pieces), best.map(({ pieces }) => pieces));
    for (const [i, { score }] of best.entries()) ok(Math.abs((found[i]?.score ?? NaN) - score) < 1e-5);
  }
});

Deno.test("no text that is found repeats an n-gram that must not come twice", () => {
  const { found } = search({ beams: 3, maxPieces: 12, noRepeat: 2 });
  equal(found.length, 3);
  for (const { pieces } of found) {
    const bigrams = pieces.slice(1).map((piece, i) => `${pieces[i]} ${piece}`);
    equal(new Set(bigrams).size, bigrams.length);
  }
});

Deno.test("the sooner a search stops, the fewer its steps, and its best text is no better for it", () => {
  const options = { beams: 2, maxPieces: 12, lengthPenalty: 2 };
  const [early, usual, patient] = ([true, false, "never"] as const).map((earlyStopping) =>
    search({ ...options, earlyStopping })
  );
  ok(early && usual && patient);
  ok(early.steps < patient.steps && early.steps <= usual.steps && usual.steps <= patient.steps);
  ok((early.found[0]?.score ?? 0) <= (patient.found[0]?.score ?? NaN));
});

Deno.test("a greedy search takes the best piece at each step", () => {
  const greedy = new GreedySearch([9], { end: END, maxPieces: 6 });
  const text = [9];
  while (!greedy.done) {
    const row = model(text);
    greedy.advance(() => row);
    equal(row[greedy.last[0] ?? -1], Math.max(...row));
    text.push(greedy.last[0] ?? -1);
  }
  deepEqual(greedy.found[0]?.pieces, text.slice(1).filter((piece) => piece !== END));
});

Deno.test("repeating() bans what would end an n-gram again", () => {
  deepEqual(repeating([1, 2, 3, 1, 2], 3), new Set([3]));
  deepEqual(repeating([1, 2, 1, 3, 1], 2), new Set([2, 3]));
  deepEqual(repeating([5, 5], 2), new Set([5]));
  deepEqual(repeating([1, 2], 1), new Set([1, 2]));
  deepEqual(repeating([1, 2], 3), new Set());
  deepEqual(repeating([1, 1], 0), new Set());
});

Deno.test("a greedy search that may say nothing more says so", () => {
  const greedy = new GreedySearch([0], { end: 9, maxPieces: 9, noRepeat: 1 });
  greedy.advance(() => Float32Array.of(-1, -1));
  throws(() => greedy.advance(() => Float32Array.of(-1, -1)), /all 2 pieces would repeat/);
});
