import { deepEqual } from "node:assert/strict";
import { findFault } from "./source_line.ts";

const error = (evalue: string, ...traceback: string[]) => ({
  output_type: "error" as const,
  ename: "Error",
  evalue,
  traceback,
});

Deno.test("findFault() finds the line through imports, types, blank lines and objects", async () => {
  const source = [
    "// a comment",
    'import { readFile } from "node:fs/promises";',
    "import {",
    "  writeFile,",
    '} from "node:fs/promises";',
    'import type { Letter } from "./letter.ts";',
    "interface A {",
    "  x: number;",
    "}",
    "",
    "const a: A = { x: 1 };",
    "",
    "boom();",
  ].join("\n");
  // Lines of the JavaScript: the comment, two imports, three of the object, the call.
  deepEqual(
    await findFault(
      source,
      error("no", "Error: no", "    at boom (<anonymous>:2:3)", "    at <anonymous>:7:1"),
    ),
    {
      line: 13,
      message: "Error: no",
    },
  );
});

Deno.test("findFault() explains a syntax error, of which the kernel says nothing", async () => {
  const { line, message } = await findFault("let a = 1;\n\nlet x = ;", error("Execution failed"));
  deepEqual([line, message], [3, "SyntaxError: Expression expected"]);
});

Deno.test("findFault() cuts a message to one line and leaves the place open where there is none", async () => {
  deepEqual(await findFault("throw 3", error("one\ntwo", "")), { line: undefined, message: "Error: one" });
});
