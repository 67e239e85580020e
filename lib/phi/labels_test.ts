import { deepEqual, equal, ok } from "node:assert/strict";
import { LABEL_SETS, labelOf, phiKindOf, phiKinds } from "./labels.ts";
import sets from "./surrogate/label_sets.json" with { type: "json" };

Deno.test("every kind has a label in every set, and it is one that is mapped", () => {
  for (const set of LABEL_SETS) {
    for (const kind of phiKinds) {
      const label = labelOf(kind, set);
      ok(phiKindOf(label) !== undefined, `${set}: ${label}`);
      ok([label in sets.palimpsest, ...Object.values(sets).map((one) => label in one)].includes(true), label);
    }
  }
});

Deno.test("MEDDOCAN's 29 labels are all mapped; those that name nobody to no kind", () => {
  equal(Object.keys(sets.meddocan).length, 29);
  deepEqual(Object.keys(sets.meddocan).filter((label) => phiKindOf(label) === undefined), [
    "FAMILIARES_SUJETO_ASISTENCIA",
    "SEXO_SUJETO_ASISTENCIA",
    "PROFESION",
  ]);
});

Deno.test("presidio's and HIPAA's labels are of the kinds that they mean", () => {
  deepEqual(
    ["US_SSN", "DATE_TIME", "ORGANIZATION", "NAME", "GEOGRAPHIC_LOCATION", "IP_ADDRESS"].map(phiKindOf),
    [
      ...["SSN", "DATE", "ORGANISATION", "PERSON", "LOCATION", "IP"],
    ],
  );
});
