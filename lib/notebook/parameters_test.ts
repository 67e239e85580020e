import { deepEqual, equal, throws } from "node:assert/strict";
import type { Cell, Notebook } from "./notebook.ts";
import { injectParameters, parseParameters } from "./parameters.ts";

function notebook(source: string, tags = ["parameters"]): Notebook {
  const cell = (id: string, source: string, tags: string[]): Cell => ({
    cell_type: "code",
    id,
    metadata: { tags },
    source,
    execution_count: null,
    outputs: [],
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [cell("a", "1", []), cell("b", source, tags), cell("c", "2", [])],
  };
}

Deno.test("injectParameters() sets values in a cell behind the declaring one", () => {
  const { cells } = injectParameters(notebook("let ratio = 0.5; // of words\nlet model: string = 'a';"), {
    model: 'b"',
    ratio: 1,
  }, "n");
  deepEqual(cells.map(({ id }) => id), ["a", "b", "injected-parameters", "c"]);
  equal(cells[2]?.source, 'model = "b\\"";\nratio = 1;');
});

Deno.test("injectParameters() replaces what was injected before", () => {
  const once = injectParameters(notebook("let n = 1;"), { n: 2 }, "n");
  const { cells } = injectParameters(once, { n: 3 }, "n");
  deepEqual(cells.map(({ source }) => source), ["1", "let n = 1;", "n = 3;", "2"]);
});

Deno.test("injectParameters() leaves a notebook alone when there is nothing to set", () => {
  const given = notebook("1", []);
  equal(injectParameters(given, {}, "n"), given);
});

Deno.test("injectParameters() refuses an unknown name and lists the declared ones", () => {
  throws(
    () =>
      injectParameters(
        notebook("let ratio = 0.5;\nvar size = 1;\n  let inner = 2;"),
        { ration: 1 },
        "n.ipynb",
      ),
    { message: 'n.ipynb: no parameter "ration" in cell 2. Declared there: ratio, size.' },
  );
});

Deno.test("injectParameters() refuses a const, and a notebook without a parameters cell", () => {
  throws(
    () => injectParameters(notebook("const n = 1;"), { n: 2 }, "n"),
    /"n" is declared with const in cell 2. Declare it with let/,
  );
  throws(
    () => injectParameters(notebook("let n = 1;", []), { n: 2 }, "n"),
    /no code cell is tagged "parameters"/,
  );
});

Deno.test("parseParameters() keeps all after the first =, and refuses what has none", () => {
  deepEqual(parseParameters(["a=b=c", "empty=", "yes=true"]), { a: "b=c", empty: "", yes: true });
  throws(() => parseParameters(["ratio"]), /"ratio" is not of the form name=value/);
  throws(() => parseParameters(["=1"]), /"=1"/);
});
