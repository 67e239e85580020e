import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { fit } from "./fit.ts";
import { fitted, parameters, squares } from "./fit_fixture.ts";
import { readRunState } from "./run_state.ts";

const bytes = (parameters: Awaited<ReturnType<typeof fitted>>["parameters"]) =>
  [...parameters.values()].map(({ data }) => `${new Uint8Array(data.slice().buffer)}`);
const curveOf = (folder: string) => Deno.readTextFile(`${folder}/curve.jsonl`);

/** Runs the fixture in a process of its own and kills it as soon as it has taken a step. */
async function killedAt(step: number, folder: string): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", new URL("fit_fixture.ts", import.meta.url).pathname, folder],
    stdout: "piped",
  }).spawn();
  let said = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (said.split("\n").includes(`${step}`)) child.kill("SIGKILL");
  }
  equal((await child.status).signal, "SIGKILL");
}

Deno.test("fit() killed twice goes on to the same bytes and the same curve as a run that was left alone", async () => {
  const folder = await Deno.makeTempDir();
  const whole = await fitted(`${folder}/whole`);
  for (const step of [11, 25]) {
    await killedAt(step, `${folder}/parts`);
    const at = (await readRunState(`${folder}/parts`))?.progress.step ?? 0;
    ok(at >= step - 3 && at < 40, `killed after step ${step}, the state is of step ${at}`);
  }
  const parts = await fitted(`${folder}/parts`);
  deepEqual(bytes(parts.parameters), bytes(whole.parameters));
  deepEqual(parts.result.curve, whole.result.curve);
  equal(await curveOf(`${folder}/parts`), await curveOf(`${folder}/whole`));
  deepEqual(whole.result.curve.map(({ step }) => step), [5, 10, 15, 20, 25, 30, 35, 40]);
  deepEqual(
    (await curveOf(`${folder}/whole`)).trim().split("\n").map((line) => JSON.parse(line)),
    whole.result.curve,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fit() that is done takes no step when it is called again", async () => {
  const folder = await Deno.makeTempDir();
  const first = await fitted(folder);
  let steps = 0;
  const again = await fitted(folder, { onStep: () => steps++ });
  equal(steps, 0);
  deepEqual(bytes(again.parameters), bytes(first.parameters));
  deepEqual(again.result.curve, first.result.curve);
});

Deno.test("fit() stopped by its signal keeps its state and says so", async () => {
  const folder = await Deno.makeTempDir();
  const stop = new AbortController();
  const onStep = ({ step }: { step: number }) => step === 7 && stop.abort();
  await rejects(
    fitted(folder, { onStep, signal: stop.signal }),
    /^Error: stopped at step 8 of 40\. Run again to go on from there\./,
  );
  equal((await readRunState(folder))?.progress.step, 8);
  deepEqual(bytes((await fitted(folder)).parameters), bytes((await fitted(`${folder}/whole`)).parameters));
});

Deno.test("fit() refuses the state of another run, and a damaged one", async () => {
  const folder = await Deno.makeTempDir();
  await fitted(folder, { keep: { folder, identity: "another", steps: 3 } });
  await rejects(
    fitted(folder),
    (error: Error) =>
      error.message ===
        `${folder}: holds another run, at step 40. Go on with its recipe, or begin anew with --fresh.`,
  );
  const path = `${folder}/state.safetensors`;
  const whole = await Deno.readFile(path);
  await Deno.writeFile(path, whole.subarray(0, whole.length - 5));
  await rejects(fitted(folder), (error: Error) => error.message.startsWith(path));
});

Deno.test("fit() stops when a measure no longer gets better, and ends with the best parameters", async () => {
  const folder = await Deno.makeTempDir();
  const values = [3, 2, 1, 1.5, 1, 7, 0];
  const run = async (keep: boolean, stopAt = Infinity) => {
    const trained = parameters();
    const seen: string[][] = [];
    const stop = new AbortController();
    const result = await fit(trained, squares, {
      ...{ steps: 100, learningRate: 0.01, threads: 1, measureEvery: 2, dropout: 7 },
      measure: () => {
        seen.push(bytes(trained));
        return Promise.resolve({ dev: values[result0.length + seen.length - 1] ?? NaN });
      },
      early: { metric: "dev", better: "lower", patience: 3 },
      ...(keep && { keep: { folder, identity: "early", steps: 1 } }),
      signal: stop.signal,
      onStep: ({ step }) => step === stopAt && stop.abort(),
    });
    return { result, seen, trained };
  };
  let result0: readonly unknown[] = [];
  const { result, seen, trained } = await run(false);
  deepEqual(result.curve.map((point) => point["dev"]), [3, 2, 1, 1.5, 1, 7]);
  deepEqual(result.best, { step: 6, value: 1 });
  equal(result.steps, 12);
  deepEqual(bytes(trained), seen[2]);
  // Stopped in the middle of its patience, it still knows the best parameters.
  await rejects(run(true, 8), /stopped at step 9/);
  result0 = (await readRunState(folder))?.progress.curve ?? [];
  equal(result0.length, 4);
  const again = await run(true);
  deepEqual(again.result.curve, result.curve);
  deepEqual(bytes(again.trained), bytes(trained));
  const files = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  deepEqual(files, ["best-6.safetensors", "curve.jsonl", "state.safetensors"]);
});

Deno.test("fit() names the measures there are where it is told to stop by another", async () => {
  await rejects(
    fitted(await Deno.makeTempDir(), { early: { metric: "f1", better: "higher", patience: 1 } }),
    /no measure f1 to stop by\. There are step, loss, learningRate, first\./,
  );
});
