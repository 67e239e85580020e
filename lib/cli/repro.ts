/** `repro`: runs the notebooks headless and writes their results. @module */

import { type Command, Option } from "commander";
import { relative, resolve } from "node:path";
import { letters } from "../corpus/letters.ts";
import { type Profile, profiles } from "../experiment/experiment.ts";
import type { RunOptions } from "../experiment/run.ts";
import { experiments } from "../experiments/all.ts";
import { notebookPage } from "../notebook/html.ts";
import { interruptible } from "../interrupt.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { declaredParameters, type Parameters, parseParameters } from "../notebook/parameters.ts";
import { runNotebook } from "../notebook/run.ts";
import { showRunProgress } from "../notebook/run_progress.ts";
import { project } from "../project.ts";
import { writeFile } from "../write_file.ts";
import { type NotebookFile, notebooksOf } from "./notebooks.ts";
import { addSpreadOptions, spreadOf, type SpreadOptions } from "./spread_options.ts";
import { usage, UsageError } from "./usage_error.ts";

interface ReproOptions extends SpreadOptions {
  readonly profile: Profile;
  readonly fresh: boolean;
  readonly dryRun: boolean;
  readonly results?: string;
  readonly set: readonly string[];
}

/** Adds `repro` to the command line. */
export function addRepro(program: Command): void {
  addSpreadOptions(program.command("repro"))
    .description("run the notebooks headless and write their results")
    .argument("[name...]", "which notebooks; all, where none is named")
    .addOption(
      new Option("--profile <name>", "how much of each experiment").choices(profiles).default("quick"),
    )
    .option("--fresh", "forget the stored results of these experiments first", false)
    .option("--dry-run", "run nothing; say what is stored and what is to do", false)
    .option("--results <folder>", "where to write (default: results/quick; with --profile full, results)")
    .option(
      "--set <name=value...>",
      "parameters of the notebooks, paths as seen from their folder: --set corpusFolder=../mine",
      [],
    )
    .action((names: string[], options: ReproOptions) => repro(names, options));
}

/** Parameters that are options of their own, because the folder of results goes by them. */
const flags = { profile: "--profile", output: "--results" } as const;

async function repro(names: readonly string[], options: ReproOptions): Promise<void> {
  const notebooks = await notebooksOf(project.notebooks, names);
  const set = usage(() => parseParameters(options.set));
  for (const [parameter, flag] of Object.entries(flags)) {
    if (Object.hasOwn(set, parameter)) throw new UsageError(`--set ${parameter}: use ${flag} instead.`);
  }
  const declared = new Map<string, readonly string[]>();
  for (const { name, path } of notebooks) declared.set(name, declaredParameters(await readNotebook(path)));
  const known = new Set([...declared.values()].flat());
  const unknown = Object.keys(set).find((parameter) => !known.has(parameter));
  if (unknown !== undefined) {
    throw new UsageError(
      `--set ${unknown}: no notebook has this parameter. There are ${[...known].join(", ")}.`,
    );
  }
  const given = { ...set, ...(options.profile === "quick" ? {} : { profile: options.profile }) };
  if (options.dryRun) {
    for (const { name } of notebooks) console.log(await plan(name, given));
    return;
  }
  const pages = pagesInTurn();
  try {
    for (const notebook of withoutCellsFirst(notebooks, given)) {
      if (options.fresh) await forget(notebook.name, given);
      await pages.beside(() => runCells(notebook.name, given, options));
      await pages.begin((shows) => run(notebook, given, declared.get(notebook.name) ?? [], options, shows));
    }
  } catch (error) {
    await pages.done().catch(({ message }: Error) => console.error(message));
    throw error;
  }
  await pages.done();
}

/** Their pages are long in the making, and need nothing that another one computes. */
function withoutCellsFirst(notebooks: readonly NotebookFile[], given: Parameters): NotebookFile[] {
  const hasCells = ({ name }: NotebookFile) => experimentsOf(name, given).length > 0;
  return [...notebooks.filter((one) => !hasCells(one)), ...notebooks.filter(hasCells)];
}

/** Whether a page may show how far it is. */
type Shows = () => boolean;

/**
 * A notebook's page is made by one process, which leaves cores idle, while the cells of the next notebook are computed. Their bar is the one that
 * is shown; what pages have to say waits for its end.
 */
function pagesInTurn() {
  let page: Promise<string | undefined> = Promise.resolve(undefined);
  let computing = false;
  const last = async () => {
    const said = await page;
    if (said !== undefined) console.error(said);
    page = Promise.resolve(undefined);
  };
  return {
    async beside(compute: () => Promise<void>): Promise<void> {
      computing = true;
      try {
        await compute();
      } finally {
        computing = false;
      }
    },
    /** Begins a page when the last is done. */
    async begin(make: (shows: Shows) => Promise<string>): Promise<void> {
      await last();
      page = make(() => !computing);
      page.catch(() => {}); // thrown where it is waited for
    },
    done: last,
  };
}

async function run(
  { name, stem, path }: NotebookFile,
  given: Parameters,
  declared: readonly string[],
  { profile, results }: ReproOptions,
  shows: Shows,
): Promise<string> {
  const quick = `${project.results}/quick`;
  const folder = resolve(results ?? (profile === "full" ? project.results : quick));
  // As seen from the notebook, and only what is not its default: a page holds no path of this machine without need.
  const output = relative(project.notebooks, folder);
  const parameters = Object.fromEntries(
    Object.entries({ ...given, ...(folder === quick ? {} : { output }) })
      .filter(([parameter]) => declared.includes(parameter)),
  );
  const page = `${folder}/notebooks/${stem}`;
  const shown = showRunProgress(name);
  try {
    await interruptible(async (signal) => {
      const notebook = await runNotebook(relative(Deno.cwd(), path), {
        output: `${relative(Deno.cwd(), page)}.ipynb`,
        parameters,
        signal,
        onProgress: (progress) => shows() && shown.update(progress),
      });
      await writeFile(`${page}.html`, await notebookPage(notebook, name)); // soon done: not stopped any more
    });
  } finally {
    await shown.done();
  }
  return `${name}: results in ${relative(Deno.cwd(), folder) || "."}, page ${
    relative(Deno.cwd(), page)
  }.html`;
}

/** What a run would do, a line an experiment. */
async function plan(name: string, given: Parameters): Promise<string> {
  const lines: string[] = [];
  for (const experiment of experimentsOf(name, given)) {
    const { cells, total } = await experiment.stored(await runOptions(given));
    lines.push(`${experiment.name}: ${total} cells, ${cells} stored, ${total - cells} to compute`);
  }
  if (lines.length > 0) return lines.join("\n");
  const own = experiments.some(({ notebook }) => notebook === name);
  return `${name}: ${
    own ? "runs in the notebook alone, with models of your own" : "a notebook without an experiment"
  }`;
}

async function forget(name: string, given: Parameters): Promise<void> {
  for (const experiment of experimentsOf(name, given)) {
    for (const file of (await experiment.stored(await runOptions(given))).files) await Deno.remove(file);
  }
}

/**
 * Runs a notebook's experiments before the notebook, which then finds every cell: side by side, or on a cluster, and with one
 * bar for all of it.
 */
async function runCells(name: string, given: Parameters, spread: SpreadOptions): Promise<void> {
  for (const experiment of experimentsOf(name, given)) {
    const options = await runOptions(given);
    await interruptible(async (signal) => {
      await experiment.run({ ...options, ...spreadOf(spread), signal });
    });
  }
}

function experimentsOf(notebook: string, given: Parameters) {
  return experiments.filter((experiment) =>
    experiment.notebook === notebook &&
    !experiment.unless.some((parameter) => Object.hasOwn(given, parameter))
  );
}

/** How the experiments of a notebook are run with the parameters that the notebook is given. */
async function runOptions(given: Parameters): Promise<RunOptions> {
  const at = (parameter: string, otherwise: string) => {
    const value = given[parameter];
    return typeof value === "string" ? resolve(project.notebooks, value) : otherwise;
  };
  return {
    corpus: await letters(at("corpusFolder", project.letters)),
    models: at("models", project.models),
    runs: at("runs", project.runs),
    profile: given.profile === "full" ? "full" : "quick",
  };
}
