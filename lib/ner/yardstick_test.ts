import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { z } from "zod";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { pythonWith } from "../python.ts";
import { yardsticks } from "./yardstick.ts";

const folder = await Deno.makeTempDir();
await tinyModel(`${folder}/tiny`, {
  pieces: ["on", "aspirin", "fever", "no", "."],
  positions: 32,
  layers: 1,
});
const sentence = "On\tO\naspirin\tB-Chemical\n.\tO\n\nNo\tO\nfever\tB-Disease\n.\tO\n\n";
await Deno.mkdir(`${folder}/bc5cdr`);
await Deno.writeTextFile(`${folder}/bc5cdr/train.tsv`, sentence.repeat(16));
await Deno.writeTextFile(`${folder}/bc5cdr/devel.tsv`, sentence);
const Rows = z.array(
  z.object({ side: z.string(), f1: z.array(z.number()), loss: z.array(z.number()), steps: z.number() }),
);

async function run(keep: string, ...more: readonly string[]) {
  const out = `${folder}/rows.json`;
  await yardsticks([
    ...["--corpora", "bc5cdr", "--seeds", "1", "--data", folder, "--model", `${folder}/tiny`],
    ...["--keep", `${folder}/${keep}`, "--write", out, ...more],
  ], () => {});
  return Rows.parse(JSON.parse(await Deno.readTextFile(out)));
}

Deno.test("yardsticks() learns, epoch by epoch, and goes on from the last epoch that is kept", async () => {
  const [row] = await run("whole", "--epochs", "3");
  equal(row?.steps, 6);
  equal(row?.loss.length, 3);
  ok((row?.loss[2] ?? NaN) < (row?.loss[0] ?? NaN));
  deepEqual((await run("whole", "--epochs", "3"))[0], row); // nothing is left to do
  await rejects(run("whole", "--epochs", "2"), /holds another run/);
  await rejects(run("whole", "--corpora", "nope"), /--corpora nope: known are bc5cdr/);

  await run("part", "--epochs", "3", "--steps", "4"); // as if it was killed after two epochs
  deepEqual((await run("part", "--epochs", "3"))[0]?.loss, row?.loss);
});

Deno.test("PyTorch beside takes the same steps to the same losses", async () => {
  if (await pythonWith("torch", "transformers") === undefined) return;
  const [ours, theirs] = await run("peer", "--epochs", "2", "--peer", "--no-dropout");
  equal(theirs?.side, "PyTorch");
  for (const [i, loss] of ours?.loss.entries() ?? []) {
    ok(
      Math.abs(loss - (theirs?.loss[i] ?? NaN)) < 1e-4 * loss,
      `epoch ${i + 1}: ${loss}, ${theirs?.loss[i]}`,
    );
  }
  deepEqual(ours?.f1, theirs?.f1);
});
