import { deepEqual, equal } from "node:assert/strict";
import type { Scores } from "../metrics/metric.ts";
import { loadedScores, scoresSchema, storedScores } from "./stored_scores.ts";

const scores = { metric: "fog", signature: "s", ids: ["a", "b"], values: Float64Array.of(0.1 + 0.2, NaN) };

Deno.test("scores come back from JSON as they were", () => {
  const all: Scores[] = [scores, {
    ...scores,
    metric: "copy-rate",
    unscored: new Map([[1, "no masked word"]]),
  }];
  const stored: unknown = JSON.parse(JSON.stringify(storedScores(all)));
  const plain = (one: (typeof all)[number]) => ({ ...one, values: [...one.values] });
  deepEqual(loadedScores(scoresSchema.parse(stored)).map(plain), all.map(plain));
});

Deno.test("letters that are scored again are held once", () => {
  const [one, two] = loadedScores([[1], [2]].map((values) => ({ ...scores, ids: [`${7}`], values })));
  equal(one?.ids === two?.ids, true);
});

Deno.test("scoresSchema refuses all that scores are not", () => {
  const [good] = storedScores([scores]);
  equal(scoresSchema.safeParse([good]).success, true);
  for (
    const bad of [
      null,
      {},
      [null],
      [{ ...good, metric: 1 }],
      [{ ...good, signature: undefined }],
      [{ ...good, ids: ["a", 1] }],
      [{ ...good, ids: "ab" }],
      [{ ...good, values: [0.1, "0.2"] }],
      [{ ...good, values: [0.1, NaN] }],
      [{ ...good, values: { 0: 1 } }],
      [{ ...good, unscored: [[0]] }],
      [{ ...good, unscored: [[null, "why"]] }],
    ]
  ) equal(scoresSchema.safeParse(bad).success, false, JSON.stringify(bad));
});
