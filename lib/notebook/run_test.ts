import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { type Output, readNotebook } from "./notebook.ts";
import { runNotebook, type RunProgress } from "./run.ts";

const progressModule = new URL("../progress.ts", import.meta.url);

/** A notebook of these code cells in a folder of its own; the first is the parameters cell. */
async function write(...sources: string[]): Promise<{ path: string; output: string; partial: string }> {
  const folder = await Deno.makeTempDir({ prefix: "palimpsest-test-" });
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `c${index}`,
    metadata: index === 0 ? { tags: ["parameters"] } : {},
    source,
    outputs: [{ output_type: "stream", name: "stdout", text: "of an earlier run" }],
    execution_count: 99,
  }));
  const path = `${folder}/in.ipynb`;
  await Deno.writeTextFile(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  return { path, output: `${folder}/out.ipynb`, partial: `${folder}/out.partial.ipynb` };
}

/** Outputs in short: `stdout "a"`, `display_data "b"`, `execute_result "c"`. */
function short(output: Output): string {
  if (output.output_type === "stream") return `${output.name} ${JSON.stringify(output.text)}`;
  if (output.output_type === "error") return `error ${output.ename}: ${output.evalue}`;
  return `${output.output_type} ${JSON.stringify(output.data["text/plain"] ?? output.data["text/html"])}`;
}

async function outputs(path: string): Promise<string[][]> {
  return (await readNotebook(path)).cells.map((cell) =>
    cell.cell_type === "code" ? cell.outputs.map(short) : []
  );
}

const display = (text: string, id = "") =>
  `Deno.jupyter.broadcast("display_data", { data: { "text/plain": "${text}" }, metadata: {}, transient: { display_id: "${id}" } })`;

Deno.test("runNotebook() keeps every output in each of 10 runs, and writes the same bytes", async () => {
  const { path, output } = await write(
    `for (let i = 0; i < 200; i++) console.log(i); console.error("e"); "last"`,
    `await ${display("shown")}; console.log("between"); ${display("not awaited")}; 1 + 1`,
    `await ${display("old", "x")}; Deno.jupyter.html\`<b>bold</b>\``,
    `await ${display("new", "x").replace("display_data", "update_display_data")};`,
    `"x".repeat(300_000).length`,
    `console.log("a"); await Deno.jupyter.broadcast("clear_output", { wait: true }); console.log("b");`,
    ``,
  );
  const numbers = Array.from({ length: 200 }, (_, i) => `${i}\n`).join("");
  let first: string | undefined;
  for (let run = 0; run < 10; run++) {
    await runNotebook(path, { output });
    deepEqual(await outputs(output), [
      [`stdout ${JSON.stringify(numbers)}`, 'stderr "e\\n"', `execute_result "\\"last\\""`],
      ['display_data "shown"', 'stdout "between\\n"', 'display_data "not awaited"', 'execute_result "2"'],
      ['display_data "new"', 'execute_result "<b>bold</b>"'],
      [],
      ['execute_result "300000"'],
      ['stdout "b\\n"'],
      [],
    ]);
    const text = await Deno.readTextFile(output);
    equal(text, first ??= text);
  }
});

Deno.test("runNotebook() sets parameters, runs in the notebook's folder, and counts progress", async () => {
  const { path, output } = await write(
    `let ratio = 0.5;`,
    `import { two } from "./two.ts";\nratio * two`,
    `Deno.cwd()`,
  );
  await Deno.writeTextFile(path.replace("in.ipynb", "two.ts"), "export const two: number = 2;");
  const seen: RunProgress[] = [];
  await runNotebook(path, {
    output,
    parameters: { ratio: 0.1 },
    onProgress: (progress) => seen.push(progress),
  });
  const folder = await Deno.realPath(path.replace("/in.ipynb", ""));
  deepEqual(await outputs(output), [[], [], ['execute_result "0.2"'], [
    `execute_result ${JSON.stringify(`"${folder}"`)}`,
  ]]);
  deepEqual(seen.map(({ done, total }) => [done, total]), [[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]]);
});

Deno.test("runNotebook() turns progress() in a cell into progress of the run and keeps none of it", async () => {
  const { path, output } = await write(
    `import { progress } from "${progressModule}";
const bar = progress("letters", 2, { unit: "letters" });
bar.update(2, "1 cached");
await bar.done();`,
  );
  const config = new URL("../../deno.json", import.meta.url);
  await Deno.copyFile(config, path.replace("in.ipynb", "deno.json")); // for the import map
  const seen: unknown[] = [];
  await runNotebook(path, { output, onProgress: ({ inner }) => inner && seen.push(inner) });
  const report = { label: "letters", total: 2, unit: "letters" };
  deepEqual(seen, [{ ...report, done: 0, note: "" }, { ...report, done: 2, note: "1 cached" }]);
  deepEqual(await outputs(output), [[]]);
});

Deno.test("runNotebook() stops at the first error, names cell, line and error, and saves what there is", async () => {
  const { path, output, partial } = await write(
    `console.log("before");`,
    `import {\n  equal,\n} from "node:assert/strict";\nconst a = { x: 1 };\n\n// here\nequal(a.x, 1); throw new RangeError("ratio 2 is not in [0, 1]\\nsecond line");`,
    `console.log("never");`,
  );
  await rejects(runNotebook(path, { output }), {
    message:
      `${path}: code cell 2, line 7 (equal(a.x, 1); throw new RangeError("ratio 2 is not in [0, 1]\\nsecond line");): ` +
      `RangeError: ratio 2 is not in [0, 1]. The outputs so far are in ${partial}.`,
  });
  deepEqual(await outputs(partial), [['stdout "before\\n"'], [
    "error RangeError: ratio 2 is not in [0, 1]\nsecond line",
  ], []]);
  await rejects(Deno.stat(output), Deno.errors.NotFound);
});

Deno.test("runNotebook() leaves the last good output alone on failure, and removes the partial one on success", async () => {
  const { path, output, partial } = await write(
    `let fail = false;`,
    `if (fail) throw new Error("asked to"); "good"`,
  );
  await runNotebook(path, { output });
  await rejects(
    runNotebook(path, { output, parameters: { fail: true } }),
    /code cell 2, line 1 .*: Error: asked to\. /,
  );
  deepEqual((await outputs(output)).at(-1), [`execute_result "\\"good\\""`]);
  await Deno.stat(partial);
  await runNotebook(path, { output });
  await rejects(Deno.stat(partial), Deno.errors.NotFound);
});

Deno.test("runNotebook() explains a syntax error", async () => {
  const { path, output } = await write(`let a = 1;\nlet b = ;`);
  await rejects(
    runNotebook(path, { output }),
    /code cell 1, line 2 \(let b = ;\): SyntaxError: Expression expected\. /,
  );
});

Deno.test("runNotebook() fails on an error that no cell awaited", async () => {
  for (
    const throwing of [
      `setTimeout(() => { throw new Error("lost"); }, 1);`,
      `Promise.reject(new Error("lost"));`,
    ]
  ) {
    const { path, output, partial } = await write(
      `${throwing}\nawait new Promise((resolve) => setTimeout(resolve, 20_000));`,
    );
    await rejects(runNotebook(path, { output }), /code cell 1.*: Error: lost\. /);
    deepEqual(await outputs(partial), [["error Error: lost"]]);
  }
});

Deno.test("runNotebook() notices that the kernel died, and keeps what came before", async () => {
  const { path, output, partial } = await write(
    `console.log("a");`,
    `await ${display("b")}; setTimeout(() => Deno.exit(3), 200); await new Promise(() => {});`,
    `1`,
  );
  await rejects(
    runNotebook(path, { output }),
    /code cell 2: the kernel ended with exit code 3\. The outputs so far/,
  );
  deepEqual(await outputs(partial), [['stdout "a\\n"'], ['display_data "b"'], []]);
});

Deno.test("runNotebook() refuses another kernel's notebook and an unknown parameter, before it starts anything", async () => {
  const { path, output } = await write(`let n = 1;`);
  await rejects(
    runNotebook(path, { output, parameters: { m: 1 } }),
    /no parameter "m" .* Declared there: n\./,
  );
  const python = (await Deno.readTextFile(path)).replace(
    '"metadata":{},"cells"',
    '"metadata":{"kernelspec":{"name":"python3"}},"cells"',
  );
  await Deno.writeTextFile(path, python);
  await rejects(runNotebook(path, { output }), /made for the kernel "python3"/);
});

Deno.test("runNotebook() saves the partial notebook on Ctrl-C, leaves no kernel behind, and says how to go on", async () => {
  const { path, output, partial } = await write(
    `console.log("a");`,
    `Deno.writeTextFileSync("pid", String(Deno.pid)); await new Promise(() => setInterval(() => {}, 1000));`,
  );
  const script = path.replace("in.ipynb", "run.ts");
  await Deno.writeTextFile(
    script,
    `import { interruptible } from "${new URL("../interrupt.ts", import.meta.url)}";
    import { runNotebook } from "${new URL("run.ts", import.meta.url)}";
    await interruptible((signal) => runNotebook("${path}", { output: "${output}", signal })).catch((error) => {
      console.error(error.message);
      Deno.exitCode = 1;
    });`,
  );
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", "--config", config, script],
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const kernel = await appearing(path.replace("in.ipynb", "pid"));
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  equal(code, 1);
  match(
    new TextDecoder().decode(stderr),
    /^[^\n]*stopped in code cell 2 of 2\. Run it again to go on.*The outputs so far are in .*out\.partial\.ipynb\.\n$/,
  );
  deepEqual(await outputs(partial), [['stdout "a\\n"'], []]);
  await rejects(Deno.stat(`/proc/${kernel}`), Deno.errors.NotFound);
});

/** The text of a file that somebody is about to write. */
async function appearing(path: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text) return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${path} did not appear.`);
}
