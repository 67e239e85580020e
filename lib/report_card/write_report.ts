/** A report card as files. @module */

import { figureFiles } from "../report/write_figure.ts";
import { tableFiles } from "../report/write_table.ts";
import { writeFiles } from "../write_file.ts";
import type { ReportCard } from "./card.ts";
import { measureFigure } from "./figures.ts";
import { type QuotedLetters, reportPage } from "./page.ts";
import { cardTable, sectionTable } from "./tables.ts";

/**
 * Writes a report card: the page `index.html`, `report.json`, all numbers as `report.{csv,md,tex,parquet}`, each section as a table
 * with the corpora side by side, and each figure as `figure-NAME.{svg,pdf,png,csv}`: all or none. Nothing but the page quotes letters.
 *
 * @param letters as of {@linkcode reportPage}
 * @throws {Error} one line, when a figure can't be drawn or a file can't be written
 *
 * @example
 * ```ts
 * import { reportCard } from "./report_card.ts";
 * import { writeReport } from "./write_report.ts";
 * const real = ["Ann", "Bo", "Cy", "Di"].map((name) => ({ id: name, text: `Mrs ${name} is well.`, spans: [], meta: {} }));
 * const card = await reportCard(real, [{ name: "same", letters: real }], { embeddings: false, utility: false });
 * const folder = await Deno.makeTempDir();
 * await writeReport(folder, { ...card, sections: [] });
 * await Deno.stat(`${folder}/index.html`);
 * ```
 */
export async function writeReport(folder: string, card: ReportCard, letters?: QuotedLetters): Promise<void> {
  const files: Record<string, string | Uint8Array> = {
    [`${folder}/report.json`]: `${JSON.stringify(card, null, 2)}\n`,
    ...tableFiles(folder, "report", cardTable(card)),
  };
  for (const section of card.sections) {
    if (section.measures.length === 0) continue;
    Object.assign(files, tableFiles(folder, section.name, sectionTable(section)));
    for (const measure of section.measures.filter(({ drawn }) => drawn)) {
      const { name, spec, data } = measureFigure(measure);
      Object.assign(files, await figureFiles(folder, name, spec, data));
    }
  }
  // The page last: it is there when all it speaks of is.
  files[`${folder}/index.html`] = await reportPage(card, letters);
  await writeFiles(files);
}
