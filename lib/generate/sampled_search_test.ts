import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { SampledSearch } from "./sampled_search.ts";

const LIKELY = Float32Array.of(0.1, 0.6, 0.3).map(Math.log);

function drawn(
  name: string,
  options: { readonly topK?: number; readonly temperature?: number } = {},
  noRepeat = 0,
) {
  const search = new SampledSearch(
    [9],
    { end: 0, maxPieces: 6, noRepeat, sampling: { seed: 5, ...options } },
    name,
  );
  while (!search.done) search.advance(() => LIKELY);
  return search.found[0]?.pieces ?? [];
}

Deno.test("pieces come as often as they are likely, by the seed and the text's name", () => {
  const counts = [0, 0, 0];
  for (let i = 0; i < 2000; i++) {
    const search = new SampledSearch([9], { end: 9, maxPieces: 1, sampling: { seed: 1 } }, `${i}`);
    search.advance(() => LIKELY);
    const piece = search.found[0]?.pieces[0] ?? 0;
    counts[piece] = (counts[piece] ?? 0) + 1;
  }
  [0.1, 0.6, 0.3].forEach((p, i) => ok(Math.abs((counts[i] ?? 0) / 2000 - p) < 0.04, `${counts}`));
  deepEqual(drawn("a"), drawn("a"));
  ok(["b", "c", "d", "e"].some((name) => `${drawn(name)}` !== `${drawn("a")}`));
});

Deno.test("limits, temperature and n-grams count", () => {
  deepEqual(drawn("a", { topK: 1 }), [1, 1, 1, 1, 1, 1]);
  deepEqual(drawn("a", { temperature: 0.01 }), [1, 1, 1, 1, 1, 1]);
  const pieces = drawn("a", {}, 1);
  equal(new Set(pieces).size, pieces.length);
  throws(() => drawn("a", { temperature: 0 }), /temperature 0/);
});
