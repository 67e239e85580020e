import { equal, ok, throws } from "node:assert/strict";
import { fillMarks } from "../fill_marks.ts";
import { cardTables } from "./card.ts";
import { letters } from "./letters.ts";

const folder = new URL("../../data/letters", import.meta.url).pathname;

Deno.test("cardTables() states what the card of the embedded letters states", async () => {
  const card = await Deno.readTextFile(`${folder}/README.md`);
  equal(fillMarks(card, "counts", cardTables(await letters(folder))), card);
});

Deno.test("cardTables() counts spans, letters, blanked letters and lengths", () => {
  const tables = cardTables([
    {
      id: "a",
      text: "On aspirin and statins. ___",
      spans: [{ start: 3, end: 10, label: "DRUG" }, { start: 15, end: 22, label: "DRUG" }],
      meta: { specialty: "urology", fold: "0" },
    },
    {
      id: "b",
      text: "x".repeat(1200),
      spans: [{ start: 0, end: 1, label: "DATE" }],
      meta: { specialty: "cardiology", fold: "1" },
    },
  ]);
  ok(tables.includes("| 2 | 1,227 | 3 | 2 | 1 |"));
  ok(tables.includes("| `DRUG` | 2 | 1 |"));
  ok(tables.includes("| `TEST` | 0 | 0 |"));
  ok(
    tables.includes(
      "| cardiology | 1 | 1 | 0 | 1,200 to 1,200 | 1 |\n| urology | 1 | 0 | 1 | 27 to 27 | 2 |",
    ),
  );
  ok(tables.includes("| 27 | 27 | 27 | 1,200 | 1,200 |"));
  ok(tables.includes("| 0 | 1 | 1 | 2 |\n| 1 | 1 | 0 | 1 |"));
});

Deno.test("cardTables() wants a letter", () => {
  throws(() => cardTables([]), /No letters/);
});
