/** Titles of figures. @module */

/** What stands above a figure. */
export interface FigureTitle {
  readonly title?: string;
  /** Below the title, in smaller letters. */
  readonly subtitle?: string;
}

/**
 * The title as Vega-Lite has it; nothing where there is none.
 *
 * @example
 * ```ts
 * import { titleOf } from "./title.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([titleOf({}), titleOf({ title: "A" })], [{}, { title: { text: "A", subtitle: "" } }]);
 * ```
 */
export function titleOf(
  { title, subtitle = "" }: FigureTitle,
): { readonly title?: { readonly text: string; readonly subtitle: string } } {
  return title === undefined ? {} : { title: { text: title, subtitle } };
}
