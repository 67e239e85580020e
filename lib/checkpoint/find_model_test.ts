import { equal, rejects } from "node:assert/strict";
import { findModel } from "./find_model.ts";

Deno.test("findModel() says how to train a model that is a recipe so far", async () => {
  const models = await Deno.makeTempDir();
  await Deno.mkdir(`${models}/small`);
  await Deno.writeTextFile(`${models}/small/recipe.json`, "{}");
  await rejects(
    findModel("small", { models }),
    /small holds a recipe alone\. Train it: deno task palimpsest train .*small\/recipe\.json/,
  );
  await Deno.writeTextFile(`${models}/small/config.json`, "{}");
  equal(await findModel("small", { models }), `${models}/small`);
  await rejects(findModel("none", { models }), /unknown model "none"/);
});
