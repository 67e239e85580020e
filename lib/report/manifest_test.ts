import { deepEqual, doesNotMatch, equal } from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { manifest, sha256File } from "./manifest.ts";

Deno.test("manifest() names every package of the import map, and neither host nor folder", () => {
  const made = manifest({
    command: "repro",
    options: { ratio: 0.5 },
    seed: 1,
    inputs: { b: "2", a: "1" },
    started: new Date(0),
    finished: new Date(0),
  });
  const pinned = Object.values(config.imports).filter((specifier) => specifier.startsWith("npm:"));
  equal(Object.keys(made.versions.packages).length, pinned.length);
  equal(made.versions.packages["vega-lite"], config.imports["vega-lite"].split("@").at(-1));
  deepEqual(Object.keys(made.inputs), ["a", "b"]);
  const json = JSON.stringify(made);
  doesNotMatch(json, new RegExp(`${Deno.hostname()}|${Deno.cwd()}`));
});

Deno.test("sha256File() reads a file larger than one piece", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, new Uint8Array(1_000_000));
  equal(await sha256File(path), "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025"); // sha256sum's
});
