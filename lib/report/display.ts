/** What a notebook shows for a value. @module */

/** The method that Deno's kernel asks a value for its display. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** Mime type → content. */
export type MimeBundle = Record<string, unknown>;

/** A value that a notebook shows in its own way. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle;
}

/**
 * A value whose only purpose is to be shown in a notebook.
 *
 * @param bundle the forms it can be shown in; `text/plain` for where none of the others is known
 *
 * @example
 * ```ts
 * import { displayable, jupyterDisplay } from "./display.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(displayable({ "text/plain": "a" })[jupyterDisplay](), { "text/plain": "a" });
 * ```
 */
export function displayable(bundle: MimeBundle): Displayable {
  return { [jupyterDisplay]: () => bundle };
}
