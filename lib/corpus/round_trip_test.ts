import { deepEqual, equal, ok } from "node:assert/strict";
import { readBrat, writeBrat } from "./brat.ts";
import { readJsonl, writeJsonl } from "./jsonl.ts";
import { letters } from "./letters.ts";
import { sharedFolder } from "./shared_folder.ts";

const meddocan = sharedFolder("data/meddocan/dev");

Deno.test({
  name: "BRAT and JSON Lines give every MEDDOCAN letter back as it was read",
  ignore: meddocan === undefined,
  async fn() {
    const corpus = await readBrat(meddocan ?? "");
    equal(corpus.length, 250);
    ok(corpus.every(({ spans }) => spans.length > 0));
    const folder = await Deno.makeTempDir();
    try {
      await writeBrat(`${folder}/brat`, corpus);
      deepEqual(await letters(`${folder}/brat`), corpus);
      await writeJsonl(`${folder}/letters.jsonl`, corpus);
      deepEqual(await readJsonl(`${folder}/letters.jsonl`), corpus);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("letters() says what it knows when it is given something else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a.csv`, "");
    for (
      const [path, message] of [["a.csv", /no corpus by its name/], ["none", /nothing there/], [
        ".",
        /no \.txt file in it/,
      ]] as const
    ) {
      const error = await letters(`${folder}/${path}`).then(() => undefined, (error: Error) => error);
      ok(error && message.test(error.message), String(error));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
