import { deepEqual, equal, match, ok } from "node:assert/strict";
import { project } from "../project.ts";
import { tinyProject } from "./tiny_project.ts";

/** `palimpsest experiment …` in a tiny project, and what it said. */
async function experiment(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", `${project.lib}/cli/main.ts`, "experiment", ...args, "--profile=quick"],
      ...[`--corpus=${folder}/letters.jsonl`, `--models=${folder}/models`, `--runs=${folder}/runs`],
    ],
    cwd: project.root,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), said: new TextDecoder().decode(stderr) };
}

Deno.test("experiment runs chosen cells, says what is stored and why it is stale, and removes what nobody uses", async () => {
  await using made = await tinyProject(["encoder-general", "encoder-clinical", "encoder-small"]);
  const { folder } = made;
  const name = "model_comparison";
  match((await experiment(folder, "ls")).out, /^model_comparison: 6 cells, 6 missing, time unknown$/m);

  const run = await experiment(folder, "run", name, "--cell", "model=encoder-small,seed=42");
  equal(run.code, 0, run.said);
  match((await experiment(folder, "ls")).out, /^model_comparison: 6 cells, 1 stored, 5 missing, \d/m);
  const why = await experiment(folder, "why", name, "--cell", "model=encoder-small");
  match(
    why.out,
    /^model=encoder-small,ratio=0\.5,seed=42: stored\n {2}model encoder-general: [0-9a-f]{16}\n/,
  );
  match(why.out, /\n {2}took \d+\.\d s and \d+ MB\n$/);

  const weights = `${folder}/models/encoder-small/model.safetensors`;
  const bytes = await Deno.readFile(weights);
  bytes[bytes.length - 1] = ~(bytes[bytes.length - 1] ?? 0);
  await Deno.writeFile(weights, bytes);
  match(
    (await experiment(folder, "why", name, "--cell", "model=encoder-small")).out,
    /: stale\n {2}model encoder-small has changed\n/,
  );

  const dry = await experiment(folder, "run", name, "--dry-run", "--slurm", "--partition", "cpu");
  deepEqual(dry.out.split("\n").slice(0, 3).map((line) => line.replace(/, [\d.]+ s$/, "")), [
    "model=encoder-clinical,ratio=0.5,seed=42: missing",
    "model=encoder-general,ratio=0.5,seed=42: missing",
    "model=encoder-small,ratio=0.5,seed=42: stale",
  ]);
  match(dry.out, /\n#SBATCH --array=0-0%50\n(.*\n)*#SBATCH --partition=cpu\n/);

  // The record of the stale cell stays: it is of the experiment. Its steps are of another model and go.
  const gc = await experiment(folder, "gc", "--dry-run");
  match(gc.out, /^[1-9]\d* files, \d+\.\d MB to remove$/m);
  await experiment(folder, "gc");
  match((await experiment(folder, "gc")).out, /^0 files, 0\.0 MB removed$/m);
});

Deno.test("experiment says what there is when it is asked for what there is not", async () => {
  await using made = await tinyProject([]);
  const { folder } = made;
  const unknown = await experiment(folder, "why", "model_comparson");
  equal(unknown.code, 2);
  match(
    unknown.said,
    /unknown experiment "model_comparson"\. Did you mean model_comparison\? Known: model_comparison, /,
  );
  const level = await experiment(folder, "why", "model_comparison", "--cell", "model=bert");
  equal(level.code, 2);
  match(
    level.said,
    /no cell with model=bert\. There are the factors model \(encoder-clinical, .*ratio \(0\.5\)/,
  );
  const form = await experiment(folder, "why", "model_comparison", "--cell", "bert");
  equal(form.code, 2);
  ok(form.said.includes("FACTOR=LEVEL"));
});
