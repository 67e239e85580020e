import { equal, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { project } from "../project.ts";
import { random } from "../random.ts";

const KILLS = 200;

const start = (runs: string, workers: number) =>
  new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      fileURLToPath(new URL("./tiny_run.ts", import.meta.url)),
      runs,
      `${workers}`,
    ],
    cwd: project.root,
    stdout: "piped",
    stderr: "null",
  }).spawn();

async function tableOf(process: Deno.ChildProcess): Promise<string | undefined> {
  const { success, stdout } = await process.output();
  return success ? new TextDecoder().decode(stdout) : undefined;
}

Deno.test(`an experiment that is killed ${KILLS} times, two runs at once on one store, ends in the same table`, async () => {
  const clean = await Deno.makeTempDir();
  const begun = performance.now();
  const expected = await tableOf(start(clean, 1));
  const whole = performance.now() - begun; // milliseconds of a run that is left alone
  ok(expected && expected.length > 100);

  const rng = random("kills");
  const runs = await Deno.makeTempDir();
  let [killed, finished] = [0, 0];
  while (killed < KILLS) {
    const tables = await Promise.all([1, 2].map(async (workers) => {
      const process = start(runs, workers);
      const timer = setTimeout(() => process.kill("SIGKILL"), whole * (0.3 + 0.9 * rng.next()));
      const table = await tableOf(process);
      clearTimeout(timer);
      return table;
    }));
    for (const table of tables) {
      if (table === undefined) killed++;
      else equal(table, expected);
    }
    if (tables.every((table) => table !== undefined) || rng.next() < 0.2) {
      finished++;
      equal(await tableOf(start(runs, 2)), expected);
      await Deno.remove(runs, { recursive: true }); // and from nothing again
    }
  }
  ok(finished > 10, `${finished} runs came to their end`);
});
