/** One recipe, several seeds: how much of a result is chance. @module */

import { z } from "zod";
import { sha256 } from "../sha256.ts";
import { writeFile, writeFiles } from "../write_file.ts";
import type { Recipe } from "./recipe.ts";
import { result } from "./result.ts";
import { type RunOptions, runRecipe } from "./run_recipe.ts";
import { TrainingLog } from "./training_log.ts";

/** What the runs came to; {@linkcode https://zod.dev | zod} schema of `training.json`. */
export const SeedsLog = z.object({
  seeds: z.array(z.number()),
  /** By the names of `final` in each run's `training.json`; sd is that of a sample. */
  measures: z.record(z.string(), z.object({ mean: z.number(), sd: z.number(), values: z.array(z.number()) })),
});

/** What the runs of several seeds came to. */
export type SeedsLog = z.infer<typeof SeedsLog>;

const Done = z.object({ identity: z.string(), seeds: z.array(z.number()) });

/**
 * Trains what a recipe says once for each of its seeds, into `OUT/seed-N`, and writes the mean and standard deviation of what
 * they come to: `OUT/training.json` and `OUT/README.md`. Killed at any moment, it goes on from there.
 *
 * @throws as {@linkcode runRecipe}
 */
export async function runSeeds(recipe: Recipe, out: string, options: RunOptions): Promise<SeedsLog> {
  const { seeds = [], ...rest } = recipe;
  const identity = sha256(JSON.stringify(recipe));
  const path = `${out}/checkpoint/seeds.json`;
  const before = options.fresh ? undefined : await doneBefore(path);
  if (before && before.identity !== identity) {
    throw new Error(`${path}: holds another run. Go on with its recipe, or begin anew with --fresh.`);
  }
  const done = new Set(before?.seeds);
  const total = seeds.length * recipe.steps;
  const logs: TrainingLog[] = [];
  for (const [i, seed] of seeds.entries()) {
    const folder = `${out}/seed-${seed}`;
    if (done.has(seed)) {
      logs.push(TrainingLog.parse(JSON.parse(await Deno.readTextFile(`${folder}/training.json`))));
      continue;
    }
    await writeFile(path, JSON.stringify({ identity, seeds: [...done] }));
    const log = await runRecipe({ ...rest, seed }, folder, {
      ...options,
      onStart: (step) => options.onStart?.(i * recipe.steps + step, total),
      onStep: (step, _, note) => options.onStep?.(i * recipe.steps + step, total, `seed ${seed}, ${note}`),
    });
    logs.push(log);
    done.add(seed);
    await writeFile(path, JSON.stringify({ identity, seeds: [...done] }));
  }
  const log = summary(seeds, logs);
  await writeFiles({
    [`${out}/recipe.json`]: `${JSON.stringify(recipe, undefined, 2)}\n`,
    [`${out}/training.json`]: `${JSON.stringify(log, undefined, 2)}\n`,
    [`${out}/README.md`]: readme(recipe, log, logs),
  });
  await Deno.remove(`${out}/checkpoint`, { recursive: true });
  return log;
}

/**
 * Means and standard deviations over runs.
 *
 * @example
 * ```ts
 * import { summary } from "./run_seeds.ts";
 * import { deepEqual } from "node:assert/strict";
 * const runs = [1, 3].map((loss) => ({ final: { loss } }));
 * deepEqual(summary([7, 8], runs).measures, { loss: { mean: 2, sd: Math.SQRT2, values: [1, 3] } });
 * ```
 */
export function summary(seeds: readonly number[], logs: readonly Pick<TrainingLog, "final">[]): SeedsLog {
  const names = Object.entries(logs[0]?.final ?? {}).flatMap(([name, x]) =>
    typeof x === "number" ? [name] : []
  );
  const measures = names.map((name) => {
    const values = logs.map(({ final }) => Number(Reflect.get(final, name)));
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
    return [name, { mean, sd: Math.sqrt(variance), values }];
  });
  return SeedsLog.parse({ seeds, measures: Object.fromEntries(measures) });
}

function readme(recipe: Recipe, { seeds, measures }: SeedsLog, logs: readonly TrainingLog[]): string {
  const rows = Object.entries(measures).map(([name, { mean, sd, values }]) =>
    `| ${name} | ${mean.toFixed(4)} ± ${sd.toFixed(4)} | ${values.map((x) => x.toFixed(4)).join(", ")} |`
  );
  return `# ${recipe.name}

${recipe.description}

${seeds.length} runs of one recipe (\`recipe.json\`), each with a seed of its own, each a model in \`seed-N\`:

${seeds.map((seed, i) => `- seed ${seed}: ${logs[i] ? result(recipe.task, logs[i].final) : ""}`).join("\n")}

| on held-out text | mean ± sd | each |
|---|---|---|
${rows.join("\n")}
`;
}

async function doneBefore(path: string): Promise<z.infer<typeof Done> | undefined> {
  try {
    return Done.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
