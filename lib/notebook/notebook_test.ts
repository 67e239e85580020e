import { deepEqual, equal, throws } from "node:assert/strict";
import { formatNotebook, parseNotebook } from "./notebook.ts";

const file = (...cells: unknown[]) => JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const code = (more: object) => ({
  cell_type: "code",
  metadata: {},
  source: "1",
  outputs: [],
  execution_count: null,
  ...more,
});

Deno.test("formatNotebook() is the form Jupyter writes: sorted keys, one space, lists of lines, a final newline", () => {
  const outputs = [{
    output_type: "display_data",
    metadata: {},
    data: { "text/plain": "a\nb", "application/json": ["x"] },
  }];
  const text = formatNotebook(parseNotebook(file(code({ id: "one", source: "1\n2", outputs })), "n"));
  equal(
    text,
    `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "one",
   "metadata": {},
   "outputs": [
    {
     "data": {
      "application/json": [
       "x"
      ],
      "text/plain": [
       "a\\n",
       "b"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "1\\n",
    "2"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`,
  );
  equal(formatNotebook(parseNotebook(text, "n")), text);
});

Deno.test("parseNotebook() keeps metadata it does not know", () => {
  const cell = code({ id: "one", metadata: { tags: ["t"], editable: false } });
  deepEqual(parseNotebook(file(cell), "n").cells[0]?.metadata, { tags: ["t"], editable: false });
});

Deno.test("parseNotebook() gives ids to cells without and refuses an id twice", () => {
  deepEqual(parseNotebook(file(code({}), code({ id: "b" })), "n").cells.map(({ id }) => id), ["cell-1", "b"]);
  throws(() => parseNotebook(file(code({ id: "b" }), code({ id: "b" })), "n.ipynb"), {
    message: 'n.ipynb: cell 2 has the id "b" of an earlier cell. Change it.',
  });
});

Deno.test("parseNotebook() says where a file is no notebook", () => {
  throws(() => parseNotebook("{", "n.ipynb"), /^Error: n.ipynb: not a notebook: /);
  throws(() => parseNotebook(file(code({ source: 3 })), "n.ipynb"), /cells\.0\.source/);
  throws(() => parseNotebook('{"nbformat": 3}', "n.ipynb"), /nbformat/);
});
