import { equal, notEqual, rejects } from "node:assert/strict";
import { codeVersion } from "./code_version.ts";

/** A project of a few files; returns its folder and a way to change them. */
async function madeOf(files: Record<string, string>) {
  const root = await Deno.makeTempDir();
  const write = async (changed: Record<string, string>) => {
    for (const [name, text] of Object.entries(changed)) await Deno.writeTextFile(`${root}/${name}`, text);
  };
  await write({ "deno.json": '{"imports":{"zod":"npm:zod@1.0.0","vega":"npm:vega@1.0.0"}}', ...files });
  return { version: () => codeVersion([`${root}/a.ts`], root), write };
}

const files = {
  "a.ts": 'import {\n  b,\n} from "./b.ts";\nimport type { T } from "./types.ts";\nimport "node:path";\n',
  "b.ts":
    'import { z } from "zod";\nexport * from "./c.ts";\nimport table from "./table.json" with { type: "json" };\n',
  "c.ts": 'export const c = await import("./d.ts");\nnew URL("./words.txt", import.meta.url);\n',
  "d.ts": '/**\n * import { x } from "./none.ts";\n */\nexport const d = 1;\n',
  "table.json": "[1]",
  "words.txt": "a\n",
  "types.ts": "export type T = 1;\n",
  "other.ts": "export const other = 1;\n",
};

Deno.test("codeVersion() changes with any file that is run or read, and with nothing else", async () => {
  const { version, write } = await madeOf(files);
  const first = await version();
  for (const name of ["a.ts", "b.ts", "c.ts", "d.ts", "table.json", "words.txt"] as const) {
    await write({ [name]: `${files[name]}\n` });
    notEqual(await version(), first, name);
    await write({ [name]: files[name] });
    equal(await version(), first, name);
  }
  await write({ "other.ts": "", "types.ts": "" });
  equal(await version(), first);
});

Deno.test("codeVersion() changes with the versions of packages that are imported, and of no others", async () => {
  const { version, write } = await madeOf(files);
  const first = await version();
  await write({ "deno.json": '{"imports":{"zod":"npm:zod@1.0.0","vega":"npm:vega@2.0.0"}}' });
  equal(await version(), first);
  await write({ "deno.json": '{"imports":{"zod":"npm:zod@1.0.1","vega":"npm:vega@1.0.0"}}' });
  notEqual(await version(), first);
  await write({ "deno.json": '{"imports":{}}' });
  await rejects(version(), /b\.ts: imports "zod", which deno\.json does not pin/);
});
