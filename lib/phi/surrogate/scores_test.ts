import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { letters } from "../../corpus/letters.ts";
import { project } from "../../project.ts";
import { key, marked } from "./fixture.ts";
import { plainSight } from "./plain_sight.ts";
import { replacer } from "./replace.ts";
import { surrogateScores } from "./scores.ts";

Deno.test("surrogateScores() sees one person under two names, two under one, forms broken and originals left", () => {
  const before = marked(
    "[PATIENT Ortega] saw [PATIENT Ortega] and [CLINICIAN Vidal] on [DATE 3 May 2021] in Vidal.",
  );
  const after = marked(
    "[PATIENT Lara] saw [PATIENT Soto] and [CLINICIAN Vidal] on [DATE 2021-04-03] in Vidal.",
  );
  const { consistency, readability, residual, elsewhere, unchanged, perLabel } = surrogateScores([{
    before,
    after,
  }]);
  deepEqual([consistency.count, consistency.of], [1, 2]);
  deepEqual([readability.count, readability.of], [3, 4]);
  deepEqual([residual.count, residual.of], [2, 4]); // "vidal" and "2021"
  deepEqual([elsewhere.count, elsewhere.of], [1, 4]);
  equal(unchanged.count, 1);
  equal(perLabel.get("DATE")?.readability.rate, 0);
  const merged = marked("[PATIENT Lara] saw [PATIENT Lara] and [PATIENT Lara] on [DATE 3 May 2021].");
  const two = marked("[PATIENT Ortega] saw [PATIENT Ortega] and [PATIENT Vidal] on [DATE 3 May 2020].");
  deepEqual(surrogateScores([{ before: two, after: merged }]).distinctness, { count: 0, of: 1, rate: 0 });
  throws(() => surrogateScores([{ before, after: { ...after, spans: [] } }]), /4 spans before and 0 after/);
});

Deno.test("plainSight(): a reader with the lists finds foreign names, one without anything is right by chance", async () => {
  const replace = replacer(key);
  const pairs = (await letters(project.letters)).slice(0, 40).map((before) => ({
    before,
    after: replace(before),
  }));
  const sight = plainSight(pairs, { missRates: [0, 0.1], runs: 5 });
  const at = (rate: number, reader: string) =>
    sight.find((one) => one.missRate === rate && one.reader === reader);
  equal(at(0, "blind")?.found.of, 0);
  ok(Math.abs(at(0.1, "blind")?.advantage ?? 1) < 0.08);
  ok(Math.abs((at(0.1, "blind")?.right.rate ?? 1) - 0.1) < 0.06);
  ok((at(0.1, "lists")?.advantage ?? 0) > 0.2);
  ok((at(0, "lists")?.false.rate ?? 1) < 0.01); // stand-ins look like stand-ins
  deepEqual(
    plainSight(pairs, { missRates: [0.1], runs: 5 }),
    plainSight(pairs, { missRates: [0.1], runs: 5 }),
  );
  throws(() => plainSight(pairs, { missRates: [2] }), /miss rate 2/);
});

Deno.test("plainSight(): one missed mention of the patient among replaced ones is the odd one out", () => {
  const before = marked("[PATIENT Ortega] came. [PATIENT Ortega] coughs. [PATIENT Ortega] smokes.");
  const pairs = Array.from({ length: 30 }, (_, i) => ({ ...before, id: String(i) }))
    .map((letter) => ({ before: letter, after: replacer(key)(letter) }));
  const odd = plainSight(pairs, { missRates: [0.2], runs: 10 }).find(({ reader }) =>
    reader === "odd-one-out"
  );
  ok((odd?.found.rate ?? 0) > 0.5);
});
