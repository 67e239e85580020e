import { equal, throws } from "node:assert/strict";
import { fillMarks } from "./fill_marks.ts";

Deno.test("fillMarks() changes nothing but what is between the marks, and wants both", () => {
  const card = "a\n<!-- counts -->old<!-- /counts -->\nb\n";
  const filled = fillMarks(card, "counts", "t");
  equal(filled, "a\n<!-- counts -->\n\nt\n\n<!-- /counts -->\nb\n");
  equal(fillMarks(filled, "counts", "t"), filled);
  throws(() => fillMarks("<!-- counts -->", "counts", "t"), /Put both/);
});
