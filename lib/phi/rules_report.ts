/**
 * Prints what the rules find of the identifying data of the embedded letters, of MEDDOCAN's dev part and of ACI-BENCH's metadata:
 *
 *     deno run --allow-read --allow-env=PALIMPSEST_SHARED lib/phi/rules_report.ts
 *
 * @module
 */

import { parse } from "csv-parse/sync";
import type { Letter, Span } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { project } from "../project.ts";
import { type Coverage, coverage } from "./coverage.ts";
import { phiFinder } from "./rules.ts";

/** The coverage as a table in Markdown, kinds in rows. */
function table({ kinds, harmless, surplus, clinical, clinicalSurplus }: Coverage): string {
  const percent = (part: number, whole: number) => whole === 0 ? "" : `${(100 * part / whole).toFixed(1)}%`;
  const rows = kinds.map((kind) =>
    `| ${kind.kind} | ${kind.spans} | ${percent(kind.covered, kind.spans)} | ${
      percent(kind.touched, kind.spans)
    } | ${kind.words} | ${kind.surplus} |`
  );
  const sum = (of: "spans" | "covered" | "touched" | "words" | "surplus") =>
    kinds.reduce((n, kind) => n + kind[of], 0);
  return [
    "| kind | gold spans | found whole | found in part | words found | of these surplus |",
    "|---|--:|--:|--:|--:|--:|",
    ...rows,
    `| all | ${sum("spans")} | ${percent(sum("covered"), sum("spans"))} | ${
      percent(sum("touched"), sum("spans"))
    } | ${sum("words")} | ${sum("surplus")} |`,
    "",
    `Of ${harmless} words that identify nobody ${surplus} were found (${
      percent(surplus, harmless)
    }); of ${clinical} words in clinical ` +
    `spans ${clinicalSurplus}${clinical === 0 ? "" : ` (${percent(clinicalSurplus, clinical)})`}.`,
  ].join("\n");
}

/** Notes of ACI-BENCH with the patient's names and age, as the metadata tell them, wherever the note has them. */
function aciBench(folder: string): Letter[] {
  return ["train", "valid"].flatMap((part) => {
    const rows = (name: string): Record<string, string>[] =>
      parse(Deno.readTextFileSync(`${folder}/${name}.csv`), { columns: true });
    const people = new Map(rows(`${part}_metadata`).map((row) => [row["encounter_id"], row]));
    return rows(part).map(({ encounter_id: id = "", note: text = "" }): Letter => {
      const { patient_firstname: first, patient_familyname: family, patient_age: age } = people.get(id) ?? {};
      const spans: Span[] = [
        ...placesOf(text, first?.trim(), "PATIENT"),
        ...placesOf(text, family?.trim(), "PATIENT"),
        ...placesOf(text, age?.trim(), "AGE").filter(({ end }) =>
          /^[\s-]*(?:years?|y\.?o)/.test(text.slice(end, end + 8))
        ),
      ];
      return { id, text, spans: spans.sort((a, b) => a.start - b.start), meta: {} };
    });
  });
}

function placesOf(text: string, word: string | undefined, label: string): Span[] {
  if (!word) return [];
  return Array.from(
    text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${word}(?![\p{L}\p{N}])`, "gu")),
    ({ index }) => ({
      start: index,
      end: index + word.length,
      label,
    }),
  );
}

if (import.meta.main) {
  const finder = phiFinder({ ages: "all" });
  const embedded = await letters(project.letters);
  console.log(`## The embedded letters\n\n${table(coverage(embedded, finder))}\n`);
  const meddocan = sharedFolder("data/meddocan/dev");
  if (meddocan) console.log(`## MEDDOCAN, dev\n\n${table(coverage(await letters(meddocan), finder))}\n`);
  const aci = sharedFolder("data/aci-bench");
  if (aci) {
    console.log(
      `## ACI-BENCH, patients' names and ages from the metadata\n\n${
        table(coverage(aciBench(aci), finder))
      }\n`,
    );
  }
}
