/** Widths of figures in papers. @module */

/** One column of a journal page, or the whole of it. */
export type FigureWidth = "column" | "page";

const millimetres = { column: 85, page: 174 } as const;

/**
 * A width in pixels, of which there are 96 to the inch.
 *
 * @example
 * ```ts
 * import { pixels } from "./width.ts";
 * import { equal } from "node:assert/strict";
 * equal(pixels("column"), 321);
 * ```
 */
export function pixels(width: FigureWidth): number {
  return Math.round(millimetres[width] / 25.4 * 96);
}
