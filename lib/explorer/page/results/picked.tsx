/** @jsxImportSource preact */
/// <reference lib="dom" />
/** What was picked in a figure, and where to go from it. @module */

import type { FigureMark } from "../../results/drawn_figure.ts";
import { linkTo, set } from "../address.ts";
import type { Settings } from "./settings.ts";

/** A mark of the figure: its numbers, its letters, and what it can be compared with. */
export function Picked({ mark, settings, onClose }: {
  readonly mark: FigureMark;
  readonly settings: Settings;
  onClose(): void;
}) {
  const { experiment, condition, letter, lines } = mark;
  const run = JSON.stringify({ experiment, condition });
  const filter = Object.fromEntries(Object.entries(condition).map(([factor, level]) => [factor, [level]]));
  return (
    <aside class="picked" aria-label="Picked in the figure" aria-live="polite">
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      <div class="row">
        <a
          class="button"
          href={linkTo("letters", { e: experiment, c: JSON.stringify(condition), id: letter })}
        >
          {letter === undefined ? "Its letters" : "This letter"}
        </a>
        <button type="button" onClick={() => set({ a: run })}>As A</button>
        <button type="button" onClick={() => set({ b: run })}>As B</button>
        <button
          type="button"
          onClick={() => set({ w: JSON.stringify({ ...settings.where, ...filter }), from: undefined })}
        >
          Only these cells
        </button>
        <button type="button" class="quiet" onClick={onClose}>Close</button>
      </div>
    </aside>
  );
}
