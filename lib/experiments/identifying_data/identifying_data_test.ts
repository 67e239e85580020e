import { deepEqual, equal, ok } from "node:assert/strict";
import { letters } from "../../corpus/letters.ts";
import { combinations } from "../../experiment/cells.ts";
import { openSteps } from "../../experiment/steps.ts";
import { openStore } from "../../experiment/store.ts";
import type { CellResult } from "../../experiment/run.ts";
import { measuresOf, rateOf } from "../../phi/evaluate.ts";
import { changes } from "../../phi/robustness/changes.ts";
import { project } from "../../project.ts";
import { checkTable } from "../../report/table.ts";
import { findingsOf, missCountsTable, missesTable, ratesTable } from "./findings.ts";
import { finderNamed } from "./finders.ts";
import { identifyingAnswer } from "./identifying_answer.ts";
import { identifyingData, unchanged } from "./identifying_data.ts";
import { lossComparisons, lossesOf, lossesTable } from "./losses.ts";
import { hidingResults, hidingTable } from "./plain_sight.ts";

const corpus = (await letters(project.letters)).filter((_, i) => i % 12 === 0);
const tried = [
  unchanged,
  "names in small letters",
  "ages as 72yo",
  "african names",
  "letters turned round in names and places",
];

/** The cells of some changes, run as they are in the experiment. */
async function cells(): Promise<CellResult[]> {
  const steps = openSteps(openStore(await Deno.makeTempDir()));
  const run: CellResult[] = [];
  for (const cell of combinations({ finder: ["rules"] as const, change: tried, seed: [42, 43] })) {
    steps.begin();
    run.push({ cell, scores: await identifyingData.run({ ...cell, corpus }, steps) });
  }
  await steps.close();
  return run;
}

Deno.test("identifyingData loses what a change costs: unchanged letters are those of the evaluation, small letters cost names", async () => {
  const run = await cells();
  const [found] = run[0]?.scores ?? [];
  await using finder = await finderNamed("rules");
  const { letters: searched } = await findingsOf("letters", corpus, finder);
  const { measures } = measuresOf(searched);
  equal(found?.corpus?.value, rateOf(measures, "found"));
  const own = measures.find(({ name }) => name === "found");
  deepEqual(
    [...found?.values ?? []],
    Array.from(own?.above ?? [], (above, i) => above / (own?.below[i] ?? NaN)),
  );

  const losses = lossesOf({ cells: run }, lossComparisons({ cells: run }));
  deepEqual(losses.map(({ change }) => change).sort(), tried.filter((change) => change !== unchanged).sort());
  const of = (change: string) => losses.find((one) => one.change === change);
  ok((of("names in small letters")?.loss.low ?? 0) > 0);
  ok(Math.abs(of("african names")?.loss.value ?? 1) < 0.05);
  ok(losses.every(({ p, letters }) => p <= 1 && letters === corpus.length));
  equal(checkTable(lossesTable(losses)).rows.length, losses.length);
});

Deno.test("identifyingData runs every change, those that draw nothing with one seed", () => {
  const levels = identifyingData.factors.change;
  deepEqual(levels, [unchanged, ...changes.map(({ name }) => name)]);
  equal(new Set(levels).size, levels.length);
  const once = identifyingData.without?.[0]?.change ?? [];
  deepEqual(once.filter((name) => changes.find((one) => one.name === name)?.drawn), []);
});

Deno.test("findings tell rates, misses and hiding, in tables that are sound and sentences of their numbers", async () => {
  await using finder = await finderNamed("rules");
  const one = await findingsOf("embedded letters", corpus, finder);
  const table = checkTable(ratesTable([one]));
  ok(table.rows.some(({ of, measure }) => of === "clinical words redacted" && measure === "PROBLEM"));
  equal(checkTable(missesTable(one)).rows.length, one.misses.length);
  const counts = checkTable(missCountsTable(one, 10));
  ok(counts.rows.length <= 10 && counts.rows.every((row) => !("missed" in row)));
  const hiding = hidingResults(one.letters, [0.1]);
  const [guess] = checkTable(hidingTable(hiding)).rows;
  equal(guess?.reader, "blind");
  const missed = hiding.byFinder[0]?.missRate ?? 0;
  ok(missed > 0 && missed < 0.3);
  const said = identifyingAnswer({ findings: [one], losses: [], hiding });
  const found = rateOf(measuresOf(one.letters).measures, "found") ?? NaN;
  ok(said.includes(`finds ${(100 * found).toFixed(1)}%`) && said.includes("99.0% is not reached"));
});
