import { equal, match, ok, rejects } from "node:assert/strict";
import { tinyProject } from "./cli/tiny_project.ts";
import { fill, letters, mask, score, show } from "./mod.ts";
import { jupyterDisplay } from "./report/display.ts";

Deno.test("a researcher's first ten minutes: letters, mask, fill, show, score", async () => {
  await using made = await tinyProject(["encoder"]);
  const model = `${made.folder}/models/encoder`;
  const corpus = await letters(`${made.folder}/letters.jsonl`);
  const masked = mask(corpus, { strategy: "random", ratio: 0.5, seed: 42 });
  const filled = await fill(masked, { model });
  equal(filled.length, corpus.length);

  const page = String(show(filled[0])[jupyterDisplay]()["text/html"]);
  for (const title of ["original", "masked", "synthetic"]) match(page, new RegExp(`>${title}<`));

  const judge = { encoder: model, layer: 5 };
  const table = await score(corpus, filled, ["rougeL", "bertscore", "copy-rate"], { judge });
  const [rougeL, bertscore] = table.summary;
  ok(rougeL && bertscore && rougeL.low <= rougeL.mean && rougeL.mean <= rougeL.high && rougeL.mean < 1);
  match(bertscore.signature, /^bertscore\|encoder:encoder\|layer:5/);
  match(String(table[jupyterDisplay]()["text/html"]), /ROUGE-L/);

  await rejects(score(corpus, filled, ["rouge9"]), /unknown metric "rouge9"\..* Known: rouge1/);
  await rejects(
    fill(masked, { model: "nope", models: `${made.folder}/models` }),
    /unknown model "nope".*encoder/,
  );
});
