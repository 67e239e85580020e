import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { tinyProject } from "../cli/tiny_project.ts";
import { letters } from "../corpus/letters.ts";
import { experiments } from "./all.ts";
import { reproduce, reproductionLines } from "./reproduce.ts";
import { resultsOf, saveResults } from "./results.ts";

Deno.test("reproduce() finds every value again, and says which letter's value differs and what has changed", async () => {
  await using made = await tinyProject(["encoder-general", "encoder-clinical", "encoder-small"]);
  const { folder } = made;
  const options = {
    corpus: await letters(`${folder}/letters.jsonl`),
    models: `${folder}/models`,
    workers: 1,
  };
  const [experiment] = experiments;
  const outcome = await experiment?.run({ ...options, runs: `${folder}/runs`, profile: "quick" });
  if (!outcome) throw new Error("there is no experiment");
  await saveResults(resultsOf(outcome), `${folder}/results/one`);
  const path = `${folder}/results/one/manifest.json`;

  const again = await reproduce(path, { ...options, runs: await Deno.makeTempDir() });
  deepEqual(again.inputs, []);
  deepEqual(again.differences, []);
  equal(reproductionLines(again).at(-1), `all ${again.values} values are the same`);

  const [first, ...rest] = options.corpus;
  if (!first) throw new Error("there is no letter");
  const corpus = [{ ...first, text: `${first.text} Thanks for seeing her today.` }, ...rest];
  const other = await reproduce(path, { ...options, corpus, runs: await Deno.makeTempDir() });
  equal(other.inputs.length, 1);
  match(other.inputs[0] ?? "", /^letters: [0-9a-f]{12} then, [0-9a-f]{12} now$/);
  equal(other.differences.length > 0, true);
  equal(other.differences.every(({ row }) => row.endsWith(`letter ${first.id}`)), true);

  await Deno.writeTextFile(path, "{}");
  await rejects(reproduce(path, options), /no manifest of an experiment\. Name a manifest\.json/);
});
