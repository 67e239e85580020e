/** `experiment`: what is stored of experiments, why, and cells run one by one. @module */

import { type Command, InvalidArgumentError, Option } from "commander";
import { resolve } from "node:path";
import { letters } from "../corpus/letters.ts";
import { asOption, type Condition } from "../experiment/condition.ts";
import { type Profile, profiles } from "../experiment/experiment.ts";
import type { RunOptions } from "../experiment/run.ts";
import { arrayJob } from "../experiment/slurm/run_on_slurm.ts";
import { chunksOf, slurmScript } from "../experiment/slurm/script.ts";
import { removeUnused } from "../experiment/unused.ts";
import type { CellPlan } from "../experiment/states.ts";
import { type AnyExperiment, experiments } from "../experiments/all.ts";
import { interruptible } from "../interrupt.ts";
import { nearestName } from "../nearest_name.ts";
import { project } from "../project.ts";
import { addSpreadOptions, spreadOf, type SpreadOptions } from "./spread_options.ts";
import { UsageError } from "./usage_error.ts";

interface Where {
  readonly profile: Profile;
  readonly corpus: string;
  readonly models: string;
  readonly runs: string;
}

interface Chosen extends Where {
  readonly cell: Condition;
}

/** Adds `experiment` to the command line. */
export function addExperiment(program: Command): void {
  const command = program.command("experiment").description(
    "look into stored experiments, and run their cells",
  );
  where(command.command("ls"))
    .description("each experiment with its cells: stored, stale, missing, and the time the rest will take")
    .action(ls);
  where(command.command("why"))
    .argument("<name>", "of an experiment")
    .addOption(cellOption())
    .description("what the stored results of cells depend on, and what made them stale")
    .action(why);
  addSpreadOptions(where(command.command("run")))
    .argument("<name>", "of an experiment")
    .addOption(cellOption())
    .option("--dry-run", "run nothing; list the cells, and with --slurm the job's script", false)
    .description("run an experiment's cells, all or some")
    .action(run);
  where(command.command("gc"))
    .option("--dry-run", "remove nothing; say how much there is", false)
    .description("remove stored results that no experiment uses any more, in either profile")
    .action(gc);
}

function where(command: Command): Command {
  return command
    .addOption(new Option("--profile <name>", "how much of the experiment").choices(profiles).default("full"))
    .option("--corpus <folder>", "letters", project.letters)
    .option("--models <folder>", "models", project.models)
    .option("--runs <folder>", "where results are stored", project.runs);
}

function cellOption(): Option {
  return new Option("--cell <levels>", "cells with these levels alone: model=trigram,seed=42")
    .argParser((text) => {
      const parts = text.split(",").map((part) => part.split("="));
      if (parts.some(({ length }) => length !== 2)) {
        throw new InvalidArgumentError("Write it as FACTOR=LEVEL,….");
      }
      return Object.fromEntries(parts);
    })
    .default({}, "all");
}

async function ls(options: Where): Promise<void> {
  for (const experiment of experiments) {
    const plans = await experiment.states(await optionsOf(options));
    const count = (kind: string) => plans.filter(({ state }) => state.kind === kind).length;
    const counts = ["stored", "stale", "damaged", "missing"].flatMap((kind) => {
      const found = count(kind);
      return found > 0 ? [`${found} ${kind}`] : [];
    });
    console.log(`${experiment.name}: ${plans.length} cells, ${counts.join(", ")}${costOf(plans)}`);
  }
}

async function why(name: string, options: Chosen): Promise<void> {
  const plans = chosen(await named(name).states(await optionsOf(options)), options.cell);
  for (const { cell, state } of plans) {
    console.log(`${asOption({ ...cell })}: ${state.kind}`);
    if (!("record" in state)) continue;
    const { trace, seconds, megabytes } = state.record;
    if (state.kind === "stale") { for (const reason of state.why) console.log(`  ${reason}`); }
    for (const [what, hashes] of [["model", trace.models], ["code", trace.code]] as const) {
      for (const [of, hash] of Object.entries(hashes)) console.log(`  ${what} ${of}: ${hash.slice(0, 16)}`);
    }
    console.log(`  took ${seconds.toFixed(1)} s and ${Math.round(megabytes)} MB`);
  }
}

async function run(
  name: string,
  options: Chosen & SpreadOptions & { readonly dryRun: boolean },
): Promise<void> {
  const experiment = named(name);
  const given = await optionsOf(options);
  const plans = chosen(await experiment.states(given), options.cell);
  if (options.dryRun) {
    for (const { cell, state, cost } of plans) {
      const seconds = cost === undefined ? "" : `, ${cost.toFixed(1)} s`;
      console.log(`${asOption({ ...cell })}: ${state.kind}${seconds}`);
    }
    if (options.slurm) console.log(`\n${script(name, plans, options)}`);
    return;
  }
  const only = plans.length === 1 ? { ...plans[0]?.cell } : await levelsOf(experiment, given, options.cell);
  await interruptible(async (signal) => {
    await experiment.run({ ...given, ...spreadOf(options), only, signal });
  });
}

/** What the user typed is text; levels may be numbers. */
async function levelsOf(experiment: AnyExperiment, given: RunOptions, cell: Condition): Promise<Condition> {
  const [first] = chosen(await experiment.states(given), cell);
  return Object.fromEntries(Object.keys(cell).map((factor) => [factor, first?.cell[factor]]));
}

function script(name: string, plans: readonly CellPlan[], options: Where & SpreadOptions): string {
  const { slurm = {} } = spreadOf(options);
  const pending = plans.filter(({ state }) => state.kind !== "stored");
  const chunks = chunksOf(pending, ({ cost }) => cost, slurm.minutes ?? 10);
  const runs = resolve(options.runs);
  return slurmScript(
    arrayJob({ module: "", name, letters: [], runs }, `${runs}/slurm/ID`, chunks.length),
    slurm,
  );
}

async function gc(options: Where & { readonly dryRun: boolean }): Promise<void> {
  const used = new Set<string>();
  for (const experiment of experiments) {
    for (const profile of profiles) {
      for (const file of (await experiment.stored(await optionsOf({ ...options, profile }))).files) {
        used.add(file);
      }
    }
  }
  const { files, bytes } = await removeUnused(resolve(options.runs), used, options.dryRun);
  console.log(`${files} files, ${(bytes / 1e6).toFixed(1)} MB ${options.dryRun ? "to remove" : "removed"}`);
}

async function optionsOf({ profile, corpus, models, runs }: Where): Promise<RunOptions> {
  return { corpus: await letters(corpus), profile, models, runs: resolve(runs) };
}

function named(name: string): AnyExperiment {
  const found = experiments.find((experiment) => experiment.name === name);
  if (found) return found;
  const names = experiments.map((experiment) => experiment.name);
  const near = nearestName(name, names);
  throw new UsageError(
    `unknown experiment "${name}".${near === undefined ? "" : ` Did you mean ${near}?`} Known: ${
      names.join(", ")
    }.`,
  );
}

function chosen(plans: readonly CellPlan[], cell: Condition): CellPlan[] {
  const found = plans.filter((plan) =>
    Object.entries(cell).every(([factor, level]) => String(plan.cell[factor]) === String(level))
  );
  if (found.length > 0) return found;
  const factors = Object.entries(plans[0]?.cell ?? {}).map(([factor]) =>
    `${factor} (${[...new Set(plans.map((plan) => plan.cell[factor]))].join(", ")})`
  );
  throw new UsageError(`no cell with ${asOption(cell)}. There are the factors ${factors.join(", ")}.`);
}

function costOf(plans: readonly CellPlan[]): string {
  const pending = plans.filter(({ state }) => state.kind !== "stored");
  if (pending.length === 0) return "";
  const costs = pending.map(({ cost }) => cost);
  if (!costs.every((cost) => cost !== undefined)) return ", time unknown";
  return `, ${(costs.reduce((sum, cost) => sum + cost, 0) / 60).toFixed(1)} min of one core to go`;
}
