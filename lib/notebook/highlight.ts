/** Coloured code. @module */

import core from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";

core.registerLanguage("typescript", typescript);

/**
 * TypeScript as HTML with its parts in spans of highlight.js's classes; all text is escaped.
 *
 * @example
 * ```ts
 * import { highlight } from "./highlight.ts";
 * import { equal } from "node:assert/strict";
 * equal(highlight("1 < 2"), '<span class="hljs-number">1</span> &lt; <span class="hljs-number">2</span>');
 * ```
 */
export function highlight(code: string): string {
  return core.highlight(code, { language: "typescript" }).value;
}
