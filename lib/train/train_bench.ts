/**
 * Training steps beside PyTorch's, the two taking turns in one run: `deno task bench train`.
 * The interpreter is `python3`, or what the environment variable `PYTHON` names; it needs torch and transformers, and peft
 * for the LoRA step.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { pythonWith } from "../python.ts";
import { writeFiles } from "../write_file.ts";
import { measure, WARM_UP } from "./bench/measure.ts";
import { merged, Report, resultOf, table, whereTimeGoes } from "./bench/report.ts";
import { FORMS, ROWS } from "./bench/work.ts";

/**
 * Measures and prints: `--threads 2,1`, `--rows NAME,NAME`, `--forms trainer,same`, `--rounds 5`, and `--write FILE.json`,
 * which keeps the results of other rows in the file where machine and versions are the same.
 *
 * @throws Error naming an option or a value that is not known, or with what a side says when it cannot
 */
export async function trainBench(args: readonly string[]): Promise<void> {
  const options = parsed(args);
  const others = options.rows.some((row) => row !== "lora");
  const plain = others ? await pythonWith("torch", "transformers") : undefined;
  const peft = options.rows.includes("lora") ? await pythonWith("torch", "transformers", "peft") : undefined;
  let report: Report | undefined;
  console.log(
    `Medians of ${options.rounds} steps after ${WARM_UP}. ` +
      `trainer: PyTorch as Hugging Face's trainer runs it, dropout 0.1 on both sides. same: the same arithmetic on both sides.`,
  );
  for (const threads of options.threads) {
    for (const row of options.rows) {
      for (const form of options.forms) {
        const work = ROWS.get(row)?.work(form, threads);
        if (!work) continue; // options are checked
        const { machine, versions, ...sides } = await measure(
          work,
          options.rounds,
          work.task === "lora" ? peft : plain,
        );
        const result = resultOf(sides, { row, form, threads, rounds: options.rounds });
        console.error(table([result]));
        report = merged(report, { machine, versions, results: [result] });
      }
    }
  }
  if (!report) return;
  const { processor, cores, instructions } = report.machine;
  console.log(`${processor}, ${cores} cores (${instructions.join(" ")}); ${JSON.stringify(report.versions)}`);
  console.log(`${table(report.results)}\n\n${whereTimeGoes(report.results)}`);
  if (options.write === undefined) return;
  const whole = merged(await known(options.write), report);
  await writeFiles({ [options.write]: `${JSON.stringify(whole, undefined, 2)}\n` });
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { threads: text, rows: text, forms: text, rounds: text, write: text },
  });
  const list = <T extends string>(
    option: string,
    value: string | undefined,
    known: readonly T[],
  ): readonly T[] =>
    value?.split(",").map((name) => {
      const found = known.find((other) => other === name);
      if (found === undefined) throw new Error(`--${option} ${name}: known are ${known.join(", ")}`);
      return found;
    }) ?? known;
  return {
    threads: (values.threads ?? "2,1").split(",").map((value) => count("threads", value)),
    rows: list("rows", values.rows, [...ROWS.keys()]),
    forms: list("forms", values.forms, FORMS),
    rounds: count("rounds", values.rounds ?? "5"),
    write: values.write,
  };
}

function count(option: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`--${option} ${value}: not a whole number above 0`);
  }
  return number;
}

async function known(path: string): Promise<Report | undefined> {
  try {
    return Report.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
