import { deepEqual, equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { mosesDetokenize } from "./detokenize.ts";
import oracle from "./moses_oracle.json" with { type: "json" };
import { mosesTokenize } from "./tokenize.ts";

Deno.test("mosesTokenize() and mosesDetokenize() do what sacremoses does", () => {
  for (const [text, words, together] of oracle.cases) {
    if (typeof text !== "string" || !Array.isArray(words)) throw new Error("a text and its words");
    deepEqual(mosesTokenize(text), words, JSON.stringify(text));
    equal(mosesDetokenize(words), together, JSON.stringify(words));
  }
});

Deno.test("mosesTokenize() and mosesDetokenize() know characters as sacremoses does", () => {
  const every = createHash("sha256");
  const together = createHash("sha256");
  for (let code = 0; code < 0x110000; code += code < 0x3000 ? 1 : 101) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const c = String.fromCodePoint(code);
    for (const text of [`a${c}b`, `xx. ${c}`, `${c}'${c},${c}`]) {
      every.update(mosesTokenize(text).join("\n") + "\t");
    }
    together.update(mosesDetokenize(["x", c, `'${c}`, "y"]) + "\t");
  }
  equal(every.digest("hex"), oracle.every);
  equal(together.digest("hex"), oracle.together);
});
