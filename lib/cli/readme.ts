/** The parts of the README that are computed. @module */

import { fillMarks } from "../fill_marks.ts";
import { isFile } from "../look.ts";
import { project } from "../project.ts";
import { writeFile } from "../write_file.ts";
import { readRecipe } from "../train/recipe.ts";
import { percent } from "../train/result.ts";
import { TrainingLog } from "../train/training_log.ts";

/**
 * The README with its computed parts brought up to date: the headline results of each experiment and the embedded
 * models, from the files that runs and training wrote.
 *
 * @throws {Error} when such a file is missing, or the README lacks the marks of a part
 */
export async function currentReadme(readme: string): Promise<string> {
  const claims = await Deno.readTextFile(`${project.results}/claims.md`);
  const results = [
    await Deno.readTextFile(`${project.results}/model_comparison/table.md`),
    claims.replaceAll("[figure](", "[figure](results/"),
  ];
  return fillMarks(
    fillMarks(readme, "model_comparison", results.map((text) => text.trim()).join("\n\n")),
    "models",
    await modelsTable(),
  );
}

/** A row a model: what it is and how well it restores hidden pieces. */
async function modelsTable(): Promise<string> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(project.models)) if (isDirectory) names.push(name);
  const rows: string[] = [];
  for (const name of names.sort()) {
    const path = `${project.models}/${name}`;
    if (!await isFile(`${path}/training.json`)) continue; // a recipe alone, whose model is made elsewhere
    const { start, texts, steps, batch } = await readRecipe(`${path}/recipe.json`);
    const { parameters, final, seconds } = TrainingLog.parse(
      JSON.parse(await Deno.readTextFile(`${path}/training.json`)),
    );
    const cells = [
      `[${name}](data/models/${name}/README.md)`,
      `${(parameters / 1e6).toFixed(1)} M`,
      start.kind === "checkpoint" ? start.folder : "random weights",
      [...new Set(texts.map(({ corpus }) => corpus))].join(", "),
      `${steps} × ${batch.join(" × ")}, ${Math.round(seconds / 60)} min`,
      final.accuracy === undefined ? `perplexity ${final.perplexity?.toFixed(1)}` : percent(final.accuracy),
    ];
    rows.push(`| ${cells.join(" | ")} |`);
  }
  const head = "| model | parameters | start | text | training | held-out accuracy |";
  return [head, "|:--|--:|:--|:--|:--|--:|", ...rows].join("\n");
}

// deno run -A lib/cli/readme.ts: brings the README up to date.
if (import.meta.main) {
  const path = `${project.root}/README.md`;
  await writeFile(path, await currentReadme(await Deno.readTextFile(path)));
}
