import { deepEqual, throws } from "node:assert/strict";
import { withFolds } from "./folds_file.ts";

const letters = ["a", "b", "c"].map((id) => ({ id, text: "x", spans: [], meta: { source: "s" } }));
const read = (value: unknown) => withFolds(letters, JSON.stringify(value), "folds.json");

Deno.test("withFolds() sets fold and specialty beside what meta holds", () => {
  deepEqual(read({ folds: [["b", "a"], ["c"]], specialties: { a: "urology" } }).map(({ meta }) => meta), [
    { source: "s", fold: "0", specialty: "urology" },
    { source: "s", fold: "0" },
    { source: "s", fold: "1" },
  ]);
});

Deno.test("withFolds() rejects a letter in no fold, in two, or not there", () => {
  throws(() => read({ folds: [["a"], ["c"]] }), /letter "b" is in no fold/);
  throws(() => read({ folds: [["a", "b"], ["c", "b"]] }), /letter "b" is in folds 0 and 1/);
  throws(() => read({ folds: [["a", "b"], ["c", "d"]] }), /names letter "d"/);
  throws(() => read({ folds: [["a", "b"], ["c"]], specialties: { d: "x" } }), /names letter "d"/);
});

Deno.test("withFolds() rejects another shape", () => {
  throws(() => read({ folds: { a: 1 } }), /folds\.json: folds: /);
  throws(() => read({ folds: [["a", "b", "c"]] }), /folds\.json: folds: /);
  throws(() => withFolds(letters, "{", "folds.json"), /folds\.json: not valid JSON/);
});
