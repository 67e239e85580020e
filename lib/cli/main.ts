/**
 * Palimpsest on the command line.
 *
 * ```sh
 * deno task palimpsest --help
 * ```
 *
 * Results go to stdout, progress and errors to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage. An error is one line;
 * `PALIMPSEST_DEBUG=1` adds where in the code it came from.
 *
 * @module
 */

import { Command, CommanderError } from "commander";
import config from "../../deno.json" with { type: "json" };
import { UsageError } from "./usage_error.ts";

/** The commands by their names: only the one that is asked for is loaded, so that a long run over letters takes little memory. */
const commands: readonly (readonly [name: string, load: () => Promise<(program: Command) => void>])[] = [
  ["repro", async () => (await import("./repro.ts")).addRepro],
  ["experiment", async () => (await import("./experiment.ts")).addExperiment],
  ["reproduce", async () => (await import("./reproduce.ts")).addReproduce],
  ["letters", async () => (await import("./letters.ts")).addLetters],
  ["mask", async () => (await import("./mask.ts")).addMask],
  ["fill", async () => (await import("./fill.ts")).addFill],
  ["score", async () => (await import("./score.ts")).addScore],
  ["score-ner", async () => (await import("./score_ner.ts")).addScoreNer],
  ["compare", async () => (await import("./compare.ts")).addCompare],
  ["phi", async () => (await import("./phi.ts")).addPhi],
  ["score-phi", async () => (await import("./score_phi.ts")).addScorePhi],
  ["score-privacy", async () => (await import("./score_privacy.ts")).addScorePrivacy],
  ["report", async () => (await import("./report.ts")).addReport],
  ["annotate", async () => (await import("./annotate.ts")).addAnnotate],
  ["synthesize", async () => (await import("./synthesize.ts")).addSynthesize],
  ["train", async () => (await import("./train.ts")).addTrain],
  ["convert", async () => (await import("./convert.ts")).addConvert],
  ["pull", async () => (await import("./pull.ts")).addPull],
  ["explore", async () => (await import("./explore.ts")).addExplore],
  ["data", async () => (await import("./data.ts")).addData],
];

/**
 * Runs a command line.
 *
 * @returns the exit code
 *
 * @example
 * ```ts
 * import { main } from "./main.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "He was well.");
 * equal(await main(["mask", `${folder}/a.txt`, `${folder}/masked.jsonl`]), 0);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command("palimpsest")
    .description("synthetic clinical letters: made, measured, reproduced")
    .version(config.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${usageLine(text, asking(program, args))}\n`) });
  const asked = commands.filter(([name]) => name === args[0]);
  for (const [, load] of asked.length > 0 ? asked : commands) (await load())(program);
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said why
    console.error(oneLine(error instanceof Error ? error.message : String(error)));
    if (Deno.env.get("PALIMPSEST_DEBUG") === "1") console.error(error);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** The command that arguments name: of `phi find` it is `find`, of `phi nope` it is `phi`. */
function asking(program: Command, [name, ...rest]: readonly string[]): Command {
  const command = program.commands.find((one) => one.name() === name);
  return command ? asking(command, rest) : program;
}

/** Commander's message as a sentence, with the commands there are where there is no such one. */
function usageLine(text: string, program: Command): string {
  const said = oneLine(text).replace(/^error: /, "").replace(/\.?$/, ".");
  const known = program.commands.map((command) => command.name()).join(", ");
  return `${said} ${said.startsWith("unknown command") ? `Known: ${known}.` : "Try --help."}`;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, " ");
}

if (import.meta.main) Deno.exit(await main(Deno.args));
