import { deepEqual, doesNotMatch, equal } from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { manifest } from "./manifest.ts";

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
