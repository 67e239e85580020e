/** Letters side by side in a notebook. @module */

import type { Letter } from "../corpus/letter.ts";
import { type Displayable, displayable } from "./display.ts";
import { escapeHtml } from "../escape_html.ts";
import { pieces } from "./pieces.ts";
import { palette } from "./theme.ts";

/** A stretch of a letter that is marked, `[start, end)` in UTF-16 code units. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** What it is; marks of a kind have one colour and one line below, and stand in the legend once. */
  readonly kind: string;
  /** Told to whoever points at it; left out: the kind. */
  readonly title?: string;
}

/** One letter in one of its states. */
export interface Version {
  /** What stands above it: `"original"`, `"masked"`, `"synthetic"`. */
  readonly title: string;
  readonly letter: Letter;
  /** What is marked; left out: the letter's spans, by their labels. */
  readonly marks?: readonly Mark[];
}

/** What the model families write where a word was taken out. */
const blanks = /\[MASK\]|<mask>|<extra_id_\d+>|_{3,}/g;
const blankLabel = "masked";

/** What became of words; no label of a span. */
const roles = ["filled", blankLabel, "protected"];

/**
 * Versions of a letter side by side, their spans coloured by label (or their marks by kind), blanks in grey. A label has the
 * same colour, and the same line below it for whom colours are alike, in all of them. The plain-text form, which ends up in logs, names the letters and quotes nothing of them.
 *
 * @throws {Error} when a span lies outside of its text
 *
 * @example
 * ```ts
 * import { showLetters } from "./show.ts";
 * import { jupyterDisplay } from "./display.ts";
 * import { match } from "node:assert/strict";
 * const letter = { id: "a", text: "Has asthma.", spans: [{ start: 4, end: 10, label: "PROBLEM" }], meta: {} };
 * const html = String(showLetters([{ title: "original", letter }])[jupyterDisplay]()["text/html"]);
 * match(html, /<mark title="PROBLEM"[^>]*>asthma<\/mark>/);
 * ```
 */
export function showLetters(versions: readonly Version[]): Displayable {
  const marked = versions.map((version) => ({ ...version, marks: version.marks ?? marksOf(version.letter) }));
  const kinds = [...new Set(marked.flatMap(({ marks }) => marks.map(({ kind }) => kind)))].sort();
  const labels = kinds.filter((kind) => !roles.includes(kind));
  const looks = new Map([
    ...labels.map((kind, index) => [kind, lookOf(index)] as const),
    ...roles.map((kind, index) => [kind, lookOf(index)] as const), // the same wherever they stand
  ]);
  const legend = kinds.map((kind) => markHtml(escapeHtml(kind), [{ start: 0, end: 0, kind }], looks)).join(
    " ",
  );
  const columns = marked.map(({ title, letter, marks }) =>
    `<div style="flex: 1 1 13em; min-width: 0"><div style="font-weight: 600; opacity: .7">${
      escapeHtml(title)
    }</div>` +
    `<div style="white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6">${
      letterHtml(letter, marks, looks)
    }</div></div>`
  );
  return displayable({
    "text/html": `<div style="font-size: .85em"><div style="margin-bottom: .6em">${legend}</div>` +
      `<div style="display: flex; flex-wrap: wrap; gap: 1.2em">${columns.join("")}</div></div>`,
    "text/plain": versions.map(({ title, letter }) => `${title}: ${letter.id}, ${letter.spans.length} spans`)
      .join("\n"),
  });
}

/** How marks of a kind look. */
interface Look {
  readonly colour: string;
  readonly line: string;
}

const lines = ["solid", "dotted", "double", "dashed"] as const;

function lookOf(index: number): Look {
  return {
    colour: palette[index % palette.length] ?? "#555555",
    line: lines[index % lines.length] ?? "solid",
  };
}

function marksOf({ text, spans }: Letter): Mark[] {
  const marks: Mark[] = spans.map(({ start, end, label }) => ({ start, end, kind: label }));
  for (const { index, 0: blank } of text.matchAll(blanks)) {
    marks.push({ start: index, end: index + blank.length, kind: blankLabel });
  }
  return marks;
}

function letterHtml({ id, text }: Letter, marks: readonly Mark[], looks: ReadonlyMap<string, Look>): string {
  for (const { start, end, kind } of marks) {
    if (start < 0 || end > text.length || start >= end) {
      throw new Error(
        `letter ${id}: span ${kind} [${start}, ${end}) lies outside of its ${text.length} characters.`,
      );
    }
  }
  return pieces(text, marks).map(({ text, over }) =>
    over.length === 0 ? escapeHtml(text) : markHtml(escapeHtml(text), over, looks)
  ).join("");
}

/** The colours are see-through, so that the text keeps the page's own colour, light or dark. */
function markHtml(html: string, over: readonly Mark[], looks: ReadonlyMap<string, Look>): string {
  const { colour, line } = looks.get(over[0]?.kind ?? "") ?? { colour: "#888888", line: "solid" };
  const width = line === "double" ? 3 : 2;
  const style = `color: inherit; background: ${colour}40; border-bottom: ${width}px ${line} ${colour}; ` +
    "border-radius: 2px; padding: 0 .1em";
  const title = [...new Set(over.map(({ kind, title }) => title ?? kind))].join(", ");
  return `<mark title="${escapeHtml(title)}" style="${style}">${html}</mark>`;
}
