import { deepEqual, equal } from "node:assert/strict";
import { checkNotebooks, unformattedNotebooks } from "./check.ts";

async function notebook(folder: string, name: string, ...sources: string[]): Promise<string> {
  const cells = sources.flatMap((source, i) => [
    { cell_type: "markdown", id: `m${i}`, metadata: {}, source: "let not code = 1" },
    { cell_type: "code", id: `c${i}`, metadata: {}, source },
  ]);
  await Deno.writeTextFile(
    `${folder}/${name}`,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
  );
  return `${folder}/${name}`;
}

Deno.test("checkNotebooks() names notebook, cell and line of what types and lint find", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/two.ts`, "export const two = 2;");
  const good = await notebook(
    folder,
    "good.ipynb",
    `import { two } from "./two.ts";\nlet ratio = two / 4;`,
    `await Promise.resolve(ratio)`,
    `Deno.jupyter.html\`<b>\${ratio}</b>\``,
  );
  const bad = await notebook(
    folder,
    "bad.ipynb",
    `const a: number = 1;`,
    `// a comment\n\na.foo;\nconst b: any = a;\nb`,
    `const s: string = a;\ns`,
  );
  deepEqual(
    (await checkNotebooks([good, bad])).map((
      { path, cell, line, message },
    ) => [path, cell, line, message.split(":")[0]]),
    [[bad, 2, 3, "TS2339"], [bad, 2, 4, "no-explicit-any"], [bad, 3, 1, "TS2322"]],
  );
  const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  deepEqual(left, ["bad.ipynb", "good.ipynb", "two.ts"]);
});

Deno.test("checkNotebooks() reports a cell that can't be parsed, and an import that is not there", async () => {
  const folder = await Deno.makeTempDir();
  const broken = await notebook(folder, "broken.ipynb", `1`, `let a = ;`);
  const [problem] = await checkNotebooks([broken]);
  deepEqual([problem?.path, problem?.cell, problem?.line], [broken, 2, 1]);
  const missing = await notebook(folder, "missing.ipynb", `1;\nimport { a } from "./nowhere.ts";\na`);
  const [unfound] = await checkNotebooks([missing]);
  deepEqual([unfound?.path, unfound?.cell, unfound?.line], [missing, 1, 2]);
});

Deno.test("checkNotebooks() of no notebooks is fine", async () => {
  equal((await checkNotebooks([])).length, 0);
});

Deno.test("unformattedNotebooks() finds a notebook that deno fmt would change, and no other", async () => {
  const folder = await Deno.makeTempDir();
  const write = async (name: string, source: string) => {
    const cell = {
      cell_type: "code",
      execution_count: null,
      id: "a",
      metadata: {},
      outputs: [],
      source: [source],
    };
    const metadata = { language_info: { file_extension: ".ts", name: "typescript" } };
    const notebook = { cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 };
    await Deno.writeTextFile(`${folder}/${name}`, `${JSON.stringify(notebook, null, 1)}\n`);
    return `${folder}/${name}`;
  };
  const good = await write("good.ipynb", "const n = 1;");
  const bad = await write("bad.ipynb", "const n   =  1");
  const config = new URL("../../deno.json", import.meta.url).pathname;
  deepEqual(await unformattedNotebooks([good, bad], config), [bad]);
});
