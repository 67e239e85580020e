import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type CellsFailed, runExperiment } from "./run.ts";
import { tiny, tinyCorpus as corpus, unlucky } from "./tiny_experiment.ts";

Deno.test("runExperiment() gives the same with workers as without, and runs nothing twice", async () => {
  const [here, there] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const alone = await runExperiment(tiny, { corpus, runs: here, workers: 1 });
  const together = await runExperiment(tiny, { corpus, runs: there, workers: 2 });
  equal(alone.cells.length, 10);
  deepEqual(together.cells, alone.cells);
  deepEqual(together.provenance, alone.provenance);
  deepEqual(Object.keys(alone.provenance.code), ["fill", "mask", "score", "tiny"]);
  equal(together.counts.computed, alone.counts.computed);

  const again = await runExperiment(tiny, { corpus, runs: there, workers: 2 });
  deepEqual(again.cells, alone.cells);
  deepEqual(again.counts, { found: 0, computed: 0, damaged: 0 }); // whole cells are remembered: no step was looked up
});

Deno.test("runExperiment() goes on when cells fail or their process ends, and names them at the end", async () => {
  const runs = await Deno.makeTempDir();
  let failed: CellsFailed | undefined;
  await rejects(runExperiment(unlucky, { corpus, runs, workers: 2 }), (error: CellsFailed) => {
    failed = error;
    return true;
  });
  ok(failed);
  match(failed.message, /^unlucky: 2 of 4 cells failed, the others are stored\./);
  deepEqual(failed.failures.map(({ cell, message }) => `${cell.does}: ${message}`).sort(), [
    "exit: its process ended with exit code 7.",
    "throw: no luck today",
  ]);
  const works = { ...unlucky, factors: { does: ["work", "work again"] } };
  equal((await runExperiment(works, { corpus, runs, workers: 2 })).counts.computed, 0);
});

Deno.test("runExperiment() ends its workers when it is stopped, and keeps what they finished", async () => {
  const runs = await Deno.makeTempDir();
  const stop = new AbortController();
  const stopped = rejects(
    runExperiment(tiny, { corpus, runs, workers: 2, signal: stop.signal }),
    /^Error: tiny: stopped with \d+ of 10 cells stored\. Run it again to go on\.$/,
  );
  setTimeout(() => stop.abort(new Error("stopped by hand")), 200);
  await stopped;
  const { cells } = await runExperiment(tiny, { corpus, runs, workers: 2 });
  equal(cells.length, 10);
});

Deno.test("runExperiment() refuses a store that it can't write or that is newer, before any work", async () => {
  const runs = await Deno.makeTempDir();
  await Deno.writeTextFile(`${runs}/version`, "2\n");
  await rejects(
    runExperiment(tiny, { corpus, runs }),
    /version: the store was written by a newer version of the project \(2/,
  );
  await Deno.writeTextFile(`${runs}/file`, "");
  await rejects(
    runExperiment(tiny, { corpus, runs: `${runs}/file` }),
    /file\/version: a file is in the way of the folder/,
  );
  await rejects(
    runExperiment(tiny, { corpus, runs, workers: 0 }),
    /workers 0: choose a whole number of 1 or more/,
  );
});
