import { deepEqual, equal, rejects } from "node:assert/strict";
import { writeErrorLine, writeFiles } from "./write_file.ts";

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("writeFiles() writes all files, and leaves nothing beside them", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a`, "old");
  await writeFiles({ [`${folder}/a`]: "new", [`${folder}/b`]: Uint8Array.of(98) });
  equal(await Deno.readTextFile(`${folder}/a`) + await Deno.readTextFile(`${folder}/b`), "newb");
  deepEqual(await names(folder), ["a", "b"]);
});

Deno.test("writeFiles() writes none of the files when one can't be written, and says which and what helps", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a`, "old");
  await rejects(writeFiles({ [`${folder}/a`]: "new", [`${folder}/a/b`]: "x" }), {
    message: `${folder}/a/b: a file is in the way of the folder. Remove it, or choose another folder.`,
  });
  equal(await Deno.readTextFile(`${folder}/a`), "old");
  deepEqual(await names(folder), ["a"]);
});

Deno.test("writeErrorLine() is one line with a remedy for what happens to users", () => {
  const line = (code: string) => writeErrorLine("t.csv", Object.assign(new Error("os\nerror"), { code }));
  equal(line("EROFS"), "t.csv: the disk is read-only. Choose another folder.");
  equal(line("EIO"), "t.csv: could not be written: os.");
});
