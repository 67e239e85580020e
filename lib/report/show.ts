/** Letters side by side in a notebook. @module */

import type { Letter, Span } from "../corpus/letter.ts";
import { type Displayable, displayable } from "./display.ts";
import { escapeHtml } from "./escape_html.ts";
import { palette } from "./theme.ts";

/** One letter in one of its states. */
export interface Version {
  /** What stands above it: `"original"`, `"masked"`, `"synthetic"`. */
  readonly title: string;
  readonly letter: Letter;
}

/** What the model families write where a word was taken out. */
const blanks = /\[MASK\]|<mask>|<extra_id_\d+>|_{3,}/g;
const blankLabel = "masked";

/**
 * Versions of a letter side by side, their spans coloured by label, blanks in grey. A label has the same colour in all
 * of them. The plain-text form, which ends up in logs, names the letters and quotes nothing of them.
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
  const labels = [...new Set(versions.flatMap(({ letter }) => letter.spans.map(({ label }) => label)))]
    .sort();
  const colours = new Map(
    labels.map((label, index) => [label, palette[index % palette.length] ?? "#555555"]),
  );
  const legend = labels.map((label) => mark(escapeHtml(label), [label], colours)).join(" ");
  const columns = versions.map(({ title, letter }) =>
    `<div style="flex: 1 1 13em; min-width: 0"><div style="font-weight: 600; opacity: .7">${
      escapeHtml(title)
    }</div>` +
    `<div style="white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6">${
      letterHtml(letter, colours)
    }</div></div>`
  );
  return displayable({
    "text/html": `<div style="font-size: .85em"><div style="margin-bottom: .6em">${legend}</div>` +
      `<div style="display: flex; flex-wrap: wrap; gap: 1.2em">${columns.join("")}</div></div>`,
    "text/plain": versions.map(({ title, letter }) => `${title}: ${letter.id}, ${letter.spans.length} spans`)
      .join("\n"),
  });
}

function letterHtml({ id, text, spans }: Letter, colours: ReadonlyMap<string, string>): string {
  for (const { start, end, label } of spans) {
    if (start < 0 || end > text.length || start >= end) {
      throw new Error(
        `letter ${id}: span ${label} [${start}, ${end}) lies outside of its ${text.length} characters.`,
      );
    }
  }
  const marked: Span[] = [...spans];
  for (const { index, 0: blank } of text.matchAll(blanks)) {
    marked.push({ start: index, end: index + blank.length, label: blankLabel });
  }
  // Spans may overlap: the text is cut at every boundary, and each piece knows all the labels over it.
  const cuts = [...new Set([0, text.length, ...marked.flatMap(({ start, end }) => [start, end])])].sort((
    a,
    b,
  ) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const labels = marked.filter((span) => span.start <= start && span.end >= end).map(({ label }) => label);
    const piece = escapeHtml(text.slice(start, end));
    return labels.length === 0 ? piece : mark(piece, labels, colours);
  }).join("");
}

/** The colours are see-through, so that the text keeps the page's own colour, light or dark. */
function mark(html: string, labels: readonly string[], colours: ReadonlyMap<string, string>): string {
  const colour = colours.get(labels[0] ?? "") ?? "#888888";
  const style =
    `color: inherit; background: ${colour}40; border-bottom: 2px solid ${colour}; border-radius: 2px; padding: 0 .1em`;
  return `<mark title="${escapeHtml([...new Set(labels)].join(", "))}" style="${style}">${html}</mark>`;
}
