import { deepEqual, notDeepEqual, ok, throws } from "node:assert/strict";
import { assignFolds } from "./folds.ts";

const members = Array.from(
  { length: 47 },
  (_, i) => ({ id: `letter-${i}`, specialty: `specialty-${i % 7}` }),
);

Deno.test("assignFolds() puts every letter in one fold and balances totals and specialties", () => {
  for (const k of [2, 5, 10]) {
    const folds = assignFolds(members, k, 42);
    deepEqual(folds.flat().sort(), members.map(({ id }) => id).sort());
    const spread = (counts: number[]) => Math.max(...counts) - Math.min(...counts);
    ok(spread(folds.map((fold) => fold.length)) <= 1);
    for (let s = 0; s < 7; s++) {
      const of = new Set(
        members.filter(({ specialty }) => specialty === `specialty-${s}`).map(({ id }) => id),
      );
      ok(spread(folds.map((fold) => fold.filter((id) => of.has(id)).length)) <= 1);
    }
  }
});

Deno.test("assignFolds() depends on the seed and not on the order", () => {
  deepEqual(assignFolds([...members].reverse(), 5, 42), assignFolds(members, 5, 42));
  notDeepEqual(assignFolds(members, 5, 43), assignFolds(members, 5, 42));
});

Deno.test("assignFolds() rejects a number of folds that cannot be", () => {
  for (const k of [1, 2.5, 48]) {
    throws(() => assignFolds(members, k, 1), /choose a whole number from 2 to 47/);
  }
});
