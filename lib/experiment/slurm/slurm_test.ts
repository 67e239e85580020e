import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { type CellsFailed, runExperiment } from "../run.ts";
import { tiny, tinyCorpus as corpus, unlucky } from "../tiny_experiment.ts";
import { localSlurm } from "./local_slurm.ts";
import { chunksOf, slurmScript } from "./script.ts";

Deno.test("slurmScript() quotes what a shell would read, and refuses options with lines of their own", () => {
  const job = { name: "a", folder: "/runs", elements: 2, command: ["/my deno", "it's"] };
  match(slurmScript(job), /\nexec '\/my deno' 'it'\\''s' "\$SLURM_ARRAY_TASK_ID"\n$/);
  throws(() => slurmScript(job, { partition: "a\n#SBATCH --uid=0" }), /partition ".*": use letters, digits/s);
  throws(() => slurmScript(job, { throttle: 0 }), /throttle 0/);
});

Deno.test("chunksOf() keeps every cell once, and gives a long one a job of its own", () => {
  const cells = Array.from({ length: 50 }, (_, i) => i);
  const chunks = chunksOf(cells, (i) => i === 7 ? 4000 : 100, 10);
  deepEqual(chunks.flat(), cells);
  ok(chunks.some((chunk) => chunk.length === 1 && chunk[0] === 7));
  equal(Math.max(...chunks.map(({ length }) => length)), 6);
});

Deno.test("runExperiment() on Slurm ends as it does here; failures and a refused partition are named", async () => {
  const slurm = await localSlurm();
  if (typeof slurm === "string") {
    console.warn(`skipped: no Slurm here, ${slurm}`);
    return;
  }
  await using _ = slurm;
  Deno.env.set("SLURM_CONF", slurm.conf);
  try {
    const runs = await Deno.makeTempDir();
    await rejects(
      runExperiment(tiny, { corpus, runs, slurm: { partition: "none" } }),
      /sbatch refuses the job: .*partition.*\. Look at partition, time and memory\./,
    );
    const there = await runExperiment(tiny, { corpus, runs, slurm: { minutes: 4, memory: "500M" } });
    const here = await runExperiment(tiny, { corpus, runs: await Deno.makeTempDir(), workers: 1 });
    deepEqual(there.cells, here.cells);
    deepEqual(Array.from(Deno.readDirSync(`${runs}/slurm`)), []); // no letter stays behind

    // A process that ends takes its job's other cells with it: they are sent out again.
    await rejects(runExperiment(unlucky, { corpus, runs, slurm: {} }), ({ failures }: CellsFailed) => {
      deepEqual(failures.map(({ cell, message }) => `${cell.does}: ${message.slice(0, 25)}`).sort(), [
        "exit: its job ended 3 times wit",
        "throw: no luck today",
      ]);
      return true;
    });
  } finally {
    Deno.env.delete("SLURM_CONF");
  }
});

Deno.test("runExperiment() says that there is no Slurm", async () => {
  const path = Deno.env.get("PATH") ?? "";
  Deno.env.set("PATH", "/none");
  try {
    const runs = await Deno.makeTempDir();
    await rejects(
      runExperiment(tiny, { corpus, runs, slurm: {} }),
      /sbatch: not there\. Run where Slurm's commands/,
    );
  } finally {
    Deno.env.set("PATH", path);
  }
});
