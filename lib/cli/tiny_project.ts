/** A few short letters and tiny random models, for running whole experiments in tests. @module */

import { tinyModel } from "../checkpoint/tiny_model.ts";
import { random } from "../random.ts";

const words = "she he was is well ill seen in on the clinic ward with and slept today plan made".split(" ");

/**
 * Makes `letters.jsonl` and `models/NAME` for each name in a fresh temporary folder.
 *
 * @returns the folder, which is removed when it goes out of scope under `await using`
 */
export async function tinyProject(models: readonly string[]) {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-test-" });
  const letters = Array.from({ length: 6 }, (_, i) => {
    const rng = random(i);
    const text = Array.from({ length: 30 }, () => words[rng.below(words.length)]).join(" ");
    return { id: `letter-${i}`, text: `${text}.`, spans: [], meta: { fold: `${i % 2}`, specialty: "none" } };
  });
  await Deno.writeTextFile(
    `${folder}/letters.jsonl`,
    letters.map((one) => `${JSON.stringify(one)}\n`).join(""),
  );
  for (const [seed, name] of models.entries()) {
    await tinyModel(`${folder}/models/${name}`, {
      pieces: [".", "##ed", ...words],
      positions: 64,
      layers: 5,
      seed,
    });
  }
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}
