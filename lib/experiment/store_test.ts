import { deepEqual, equal, rejects } from "node:assert/strict";
import { z } from "zod";
import { openStore, type Step, type Store } from "./store.ts";

const step = (of: number, compute = () => Promise.resolve([of * of, 0.1 + 0.2])): Step<number[]> => ({
  name: "square",
  inputs: { of, options: { b: 1, a: ["x"] } },
  schema: z.array(z.number()),
  compute,
});

/** The files of a store. */
async function entries(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    for await (const file of Deno.readDir(`${folder}/${name}`)) files.push(`${folder}/${name}/${file.name}`);
  }
  return files.sort();
}

async function computesAgain(store: Store, folder: string): Promise<void> {
  deepEqual(await store.result(step(7)), [49, 0.1 + 0.2]);
  deepEqual(store.counts, { found: 0, computed: 1, damaged: 1 });
  deepEqual(await openStore(folder, { dry: true }).result(step(7)), [49, 0.1 + 0.2]);
}

Deno.test("a store gives back exactly what was computed, and tells inputs apart", async () => {
  const folder = await Deno.makeTempDir();
  await openStore(folder).result(step(7));
  const again = openStore(folder);
  const failing = () => Promise.reject(new Error("computed twice"));
  deepEqual(await again.result({ ...step(7, failing), inputs: { options: { a: ["x"], b: 1 }, of: 7 } }), [
    49,
    0.1 + 0.2,
  ]);
  await rejects(again.result(step(8, failing)), /computed twice/);
  await rejects(again.result({ ...step(7, failing), name: "cube" }), /computed twice/);
  deepEqual(again.counts, { found: 1, computed: 0, damaged: 0 });
  equal((await entries(folder)).length, 1);
});

Deno.test("a store computes anew what was cut short at any place, altered, or swapped", async () => {
  for (const share of [0, 0.1, 0.5, 0.99]) {
    const folder = await Deno.makeTempDir();
    await openStore(folder).result(step(7));
    const [file = ""] = await entries(folder);
    const whole = await Deno.readFile(file);
    await Deno.writeFile(file, whole.slice(0, Math.floor(share * whole.length)));
    await computesAgain(openStore(folder), folder);
  }
  const folder = await Deno.makeTempDir();
  await openStore(folder).result(step(7));
  const [file = ""] = await entries(folder);
  await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace("49", "48"));
  await computesAgain(openStore(folder), folder);

  const other = await Deno.makeTempDir();
  await openStore(other).result(step(8));
  const [whole = ""] = await entries(other); // sound in itself, but the result of another step
  await Deno.copyFile(whole, file);
  await computesAgain(openStore(folder), folder);
});

Deno.test("a store keeps what was finished when a later step fails, and leaves nothing half-written", async () => {
  const folder = await Deno.makeTempDir();
  const store = openStore(folder);
  await store.result(step(1));
  await rejects(store.result(step(2, () => Promise.reject(new Error("stopped")))), /stopped/);
  deepEqual(openStore(folder).counts, { found: 0, computed: 0, damaged: 0 });
  const files = await entries(folder);
  equal(files.length, 1);
  equal(files[0]?.endsWith(".json"), true);
});

Deno.test("a dry store computes nothing", async () => {
  await rejects(openStore(await Deno.makeTempDir(), { dry: true }).result(step(1)), /square: not stored/);
});

Deno.test("a store says in one line where it can't write", async () => {
  const file = await Deno.makeTempFile();
  await rejects(openStore(`${file}/runs`).result(step(1)), /a part of the path is a file/);
});
