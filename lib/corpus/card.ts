/** The counts that a corpus card states, computed from the corpus itself so that the card cannot drift from it. @module */
import { clinicalLabels, phiLabels } from "./labels.ts";
import type { Letter } from "./letter.ts";
import { letters as readLetters } from "./letters.ts";
import { fillMarks } from "../fill_marks.ts";
import { writeFile } from "../write_file.ts";

/**
 * The card's tables as Markdown: the whole, the labels, the specialties, the lengths and the folds.
 * A letter counts as blanked when its text holds `___`; lengths are UTF-16 code units; quartiles are nearest-rank.
 *
 * @throws Error when there is no letter.
 *
 * @example
 * ```ts
 * import { cardTables } from "./card.ts";
 * import { ok } from "node:assert/strict";
 * const letter = { id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * ok(cardTables([letter]).includes("| `DRUG` | 1 | 1 |"));
 * ```
 */
export function cardTables(letters: readonly Letter[]): string {
  if (letters.length === 0) throw new Error("No letters to describe. Name a corpus with at least one.");
  return [
    section("The whole", ["letters", "characters", "spans", "clinical spans", "identifying spans"], [[
      letters.length,
      sum(letters.map(({ text }) => text.length)),
      spanCount(letters),
      spanCount(letters, clinicalLabels),
      spanCount(letters, phiLabels),
    ]]),
    section(
      "Clinical labels",
      ["label", "spans", "letters", "what it marks"],
      labelRows(letters, clinicalLabels),
    ),
    section(
      "Identifying labels",
      ["label", "spans", "letters", "what it marks"],
      labelRows(letters, phiLabels),
    ),
    section(
      "Specialties",
      ["specialty", "letters", "with invented identities", "blanked", "characters", "spans"],
      groups(letters, "specialty").map(([name, group]) => {
        const blanked = group.filter(isBlanked).length;
        return [name, group.length, group.length - blanked, blanked, range(group), spanCount(group)];
      }),
    ),
    section("Lengths, in characters", ["shortest", "first quartile", "median", "third quartile", "longest"], [
      quartiles(letters.map(({ text }) => text.length)),
    ]),
    section(
      "Folds",
      ["fold", "letters", "blanked", "spans"],
      groups(letters, "fold").map((
        [name, group],
      ) => [name, group.length, group.filter(isBlanked).length, spanCount(group)]),
    ),
  ].join("\n\n");
}

type Cell = string | number;

function section(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(cellText).join(" | ")} |`;
  return [`### ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function cellText(cell: Cell): string {
  return typeof cell === "string" ? cell : String(cell).replace(/\B(?=(\d{3})+$)/g, ",");
}

function labelRows(letters: readonly Letter[], labels: Readonly<Record<string, string>>): Cell[][] {
  return Object.entries(labels).map(([label, meaning]) => {
    const counts = letters.map(({ spans }) => spans.filter((span) => span.label === label).length);
    return [`\`${label}\``, sum(counts), counts.filter((count) => count > 0).length, meaning];
  });
}

function groups(letters: readonly Letter[], key: string): [string, Letter[]][] {
  const found = new Map<string, Letter[]>();
  for (const letter of letters) {
    const name = letter.meta[key] ?? "none";
    found.set(name, [...found.get(name) ?? [], letter]);
  }
  return [...found].sort(([a], [b]) => a < b ? -1 : 1);
}

function spanCount(letters: readonly Letter[], labels?: Readonly<Record<string, string>>): number {
  return sum(
    letters.map(({ spans }) =>
      spans.filter(({ label }) => labels === undefined || Object.hasOwn(labels, label)).length
    ),
  );
}

function isBlanked({ text }: Letter): boolean {
  return text.includes("___");
}

function range(letters: readonly Letter[]): string {
  const lengths = letters.map(({ text }) => text.length);
  return [Math.min(...lengths), Math.max(...lengths)].map(cellText).join(" to ");
}

function quartiles(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return [0, 0.25, 0.5, 0.75, 1].map((share) =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

// deno run -A lib/corpus/card.ts data/letters: brings the counts of the folder's README.md up to date.
if (import.meta.main) {
  const folder = Deno.args[0];
  if (folder === undefined) throw new Error("No folder. Name the corpus, as in: card.ts data/letters.");
  const card = await Deno.readTextFile(`${folder}/README.md`);
  await writeFile(`${folder}/README.md`, fillMarks(card, "counts", cardTables(await readLetters(folder))));
}
